"""Golden cases in `cases/<reader>/<name>/`: a directory per case with `source.*`, `expected.md` and `expected.json`.

`UPDATE_EXPECTED=1 pytest tests/test_cases.py` rewrites the goldens and fails, so that somebody reads the diff.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from support.paths import TESTS_DIR
from unwix import readers
from unwix.model import article
from unwix.model.page import Page
from unwix.run.write_post import write

CASES = TESTS_DIR / "cases"
FOLDERS = sorted(folder for folder in CASES.glob("*/*") if folder.is_dir())
UPDATE = os.environ.get("UPDATE_EXPECTED") == "1"
FILES = ("expected.json", "expected.md")


@dataclass
class Result:
    """Return the texts of a case's goldens, and what is not in the article's vocabulary."""

    text: str
    facts: dict[str, Any]
    faults: list[str]


def source_of(folder: Path) -> Path:
    sources = sorted(folder.glob("source.*"))
    assert len(sources) == 1, f"{folder.name} has {len(sources)} sources; a case has one"
    return sources[0]


def convert(folder: Path) -> Result:
    source = source_of(folder)
    posts = readers.read(Page(source.name, data=source.read_bytes()))
    assert len(posts) == 1, f"{folder.name} holds {len(posts)} posts; a case has one"
    post = posts[0]
    written = write(post)
    facts = {
        "reader": post.reader,
        "result": written.result,
        "fidelity": {name: list(pair) for name, pair in written.fidelity.counts.items()},
        "problems": [{"kind": p.kind, "where": p.where, "detail": p.detail} for p in written.problems],
        "provenance": post.provenance,
    }
    return Result(written.text, facts, article.validate(post.article))


def as_text(facts: dict[str, Any]) -> str:
    """Return the facts in the form of the golden: one line for each."""
    fidelity = ", ".join(f"{json.dumps(name)}: {json.dumps(value)}" for name, value in facts["fidelity"].items())
    problems = ",\n  ".join(json.dumps(problem, ensure_ascii=False) for problem in facts["problems"])
    provenance = ",\n  ".join(
        f"{json.dumps(name)}: {json.dumps(place, ensure_ascii=False)}" for name, place in facts["provenance"].items()
    )
    return (
        f'{{"reader": {json.dumps(facts["reader"])}, "result": {json.dumps(facts["result"])},\n'
        f' "fidelity": {{{fidelity}}},\n'
        f' "problems": [{f"{chr(10)}  {problems}" if problems else ""}],\n'
        f' "provenance": {{{f"{chr(10)}  {provenance}" if provenance else ""}}}}}\n'
    )


def test_golden_cases_exist() -> None:
    assert len(FOLDERS) >= 60


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.relative_to(CASES).as_posix())
def test_case(folder: Path) -> None:
    result = convert(folder)
    if UPDATE:
        (folder / "expected.md").write_text(result.text, encoding="utf-8", newline="\n")
        (folder / "expected.json").write_text(as_text(result.facts), encoding="utf-8", newline="\n")
        pytest.fail("goldens rewritten: read the diff")
    absent = [name for name in FILES if not (folder / name).exists()]
    assert not absent, f"{folder.name} lacks {' and '.join(absent)}; UPDATE_EXPECTED=1 writes them"
    assert result.text == (folder / "expected.md").read_text(encoding="utf-8")
    assert result.facts == json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    assert result.faults == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.relative_to(CASES).as_posix())
def test_case_directory_has_only_known_files(folder: Path) -> None:
    names = {path.name for path in folder.iterdir()}
    assert names == {source_of(folder).name, *FILES}
