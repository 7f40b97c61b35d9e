"""Test that docs/check.md lists the rules of the code.

`UPDATE_EXPECTED=1` rewrites the table and fails, so that somebody reads the difference.
"""

from __future__ import annotations

import os
import re

import pytest

from support.check_cases import CASES
from support.output_faults import FAULTS
from support.paths import ROOT_DIR
from unwix.checks.rules.table import FOLDER, PLACE, POST, RUN, Rule

DOC = ROOT_DIR / "docs/check.md"
TABLES: dict[str, dict[str, Rule[object]]] = {
    "In each post": POST,  # type: ignore[dict-item]  # only read
    "Where a post leads": PLACE,  # type: ignore[dict-item]
    "All posts together": FOLDER,  # type: ignore[dict-item]
    "The conversion": RUN,  # type: ignore[dict-item]
}


def tables() -> str:
    """Return the generated part of the document."""
    made = []
    for title, rules in TABLES.items():
        rows = [f"| `{name}` | {rule.severity} | {rule.reason} |" for name, rule in rules.items()]
        made.append("\n".join([f"### {title}", "", "| rule | severity | why |", "| --- | --- | --- |", *rows, ""]))
    alone = sum(fault.alone is not None for fault in FAULTS)
    cases = sum(len(found) for found in CASES.values())
    made.append(
        f"{cases} pairs of small files, one that breaks a rule and one that does not, test this table. Tests put "
        f"{len(FAULTS)} faults into correct outputs: `--expect` finds all {len(FAULTS)}; `check OUTPUT` alone finds {alone}, "
        "and reports for the others only that the file was edited.\n"
    )
    return "\n".join(made)


def test_the_document_lists_the_rules_as_they_are() -> None:
    text = DOC.read_text(encoding="utf-8")
    start, end = "<!-- rules: made by tests/docs/test_check_doc.py -->\n\n", "\n<!-- end of rules -->"
    assert start in text
    assert end in text
    made = text[: text.index(start) + len(start)] + tables() + text[text.index(end) :]
    if os.environ.get("UPDATE_EXPECTED"):
        DOC.write_text(made, encoding="utf-8")
        pytest.fail("docs/check.md was written anew: read the difference, then run again without UPDATE_EXPECTED")
    assert text == made, "make expected writes it anew"


def test_document_names_only_existing_rules() -> None:
    text = DOC.read_text(encoding="utf-8")
    rules = {name for table in TABLES.values() for name in table}
    assert set(re.findall(r"unwix-check: off ([\w-]+)", text)) <= rules
    listed = re.search(r"^off = \[(.*)\]", text, re.M)
    assert listed
    assert set(re.findall(r'"([\w-]+)"', listed[1])) <= rules
