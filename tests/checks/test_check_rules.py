"""Test every rule of `unwix check`: it reports its fault with the correct line, and nothing else in the file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from support.check_cases import CASES, Case, Files, post
from support.terminal import run
from unwix.checks.check_output import lint_output
from unwix.checks.findings import Finding
from unwix.checks.markdown_file import Document
from unwix.checks.rules.interface_text import certain_lines
from unwix.checks.rules.table import FOLDER, PLACE, POST, RULES, RUN
from unwix.checks.settings import BadSetting, settings
from unwix.wix.ui_texts import catalogue as chrome

ALL = [(rule, case) for rule, cases in CASES.items() for case in cases]
#: Rules of a conversion, whose cases are in test_check_conversion.py.
OF_RUNS = set(RUN) - {"unreadable"}


def lint(folder: Path, files: Files, off: tuple[str, ...] = ()) -> list[Finding]:
    """Return the findings in a directory with these files."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return [finding for _, found in lint_output(folder, settings(off, {})) for finding in found]


def test_every_rule_has_a_failing_and_a_passing_case() -> None:
    assert set(CASES) == set(RULES) - OF_RUNS
    assert all(CASES.values())


def test_no_rule_is_in_two_tables() -> None:
    assert len(RULES) == len(POST) + len(PLACE) + len(FOLDER) + len(RUN)


@pytest.mark.parametrize(("rule", "case"), ALL, ids=[f"{rule}-{n}" for n, (rule, _) in enumerate(ALL)])
def test_rule_reports_a_file_that_breaks_it(rule: str, case: Case, tmp_path: Path) -> None:
    found = [finding for finding in lint(tmp_path, case.bad) if finding.rule == rule]
    assert found, "nothing was found"
    assert case.message in found[0].message
    assert found[0].severity == RULES[rule].severity
    if case.line is not None:
        assert found[0].line == case.line
        assert found[0].file is not None


@pytest.mark.parametrize(("rule", "case"), ALL, ids=[f"{rule}-{n}" for n, (rule, _) in enumerate(ALL)])
def test_rule_does_not_report_a_good_file(rule: str, case: Case, tmp_path: Path) -> None:
    found = lint(tmp_path, case.good)
    assert [finding for finding in found if finding.rule == rule] == []
    others = [finding for finding in found if finding.severity != "note"]
    assert others == [], "the good files of a case should be good"


@pytest.mark.parametrize(("rule", "cases"), CASES.items(), ids=list(CASES))
def test_a_rule_can_be_switched_off(rule: str, cases: list[Case], tmp_path: Path) -> None:
    assert [finding for finding in lint(tmp_path, cases[0].bad, (rule,)) if finding.rule == rule] == []


@pytest.mark.parametrize(
    "rule",
    sorted(
        (set(POST) | set(PLACE))
        - {"front-matter-missing", "front-matter-unreadable", "body-empty", "unknown-suppression"}
    ),
)
def test_a_comment_in_the_post_switches_a_rule_off(rule: str, tmp_path: Path) -> None:
    bad = CASES[rule][0].bad
    phrase = {
        name: f"{text}\n<!-- unwix-check: off image-alt, {rule} -->\n" if name == "pot.md" else text
        for name, text in bad.items()
    }
    if rule in ("fence-open", "html-open"):  # which hide the text behind them
        text = str(bad["pot.md"])
        phrase["pot.md"] = text.replace("---\n\n", f"---\n\n<!-- unwix-check: off image-alt, {rule} -->\n\n", 1)
    assert [finding for finding in lint(tmp_path, phrase) if finding.rule == rule] == []


def test_a_comment_in_code_switches_nothing_off(tmp_path: Path) -> None:
    files: Files = {"pot.md": post("Cl\u200bay.\n\n```\n<!-- unwix-check: off invisible-character -->\n```\n")}
    assert [finding.rule for finding in lint(tmp_path, files)] == ["invisible-character"]


def test_unknown_settings_are_reported() -> None:
    with pytest.raises(BadSetting, match="There is no rule “chrom”"):
        settings(["chrom"], {})
    with pytest.raises(BadSetting, match="“fatal” is not a severity for interface-text; use error, warning or note"):
        settings([], {"interface-text": "fatal"})


def test_the_rules_are_listed() -> None:
    result = run("check", "--rules")
    assert result.code == 0
    assert [line.split()[0] for line in result.out.splitlines()] == list(RULES)


def filled(kind: str, text: str) -> str:
    """Return a line of the catalogue as Wix prints it."""
    line = text.replace("{n}", "1,204").replace("{date}", "1 de julio de 2023").replace("{any}", "PDF")
    return f"{line} Ada Crewe" if kind == "author" else line


@pytest.mark.parametrize("kind", chrome.strings())
def test_interface_text_is_detected_in_every_language(kind: str) -> None:
    """Next to another line of the interface, as on a page, every line is reported."""
    other = "Write a comment..." if kind != "write_comment" else "top of page"
    for language, texts in chrome.strings()[kind].items():
        for text in texts:
            document = Document("a.md", f"{other}\n\n{gfm_safe(filled(kind, text))}\n")
            assert len([*certain_lines(document)]) == 2, (language, text)


def gfm_safe(text: str) -> str:
    """Return a text escaped for Markdown."""
    return re.sub(r"([*_<>#\[\]`~|])", r"\\\1", text)
