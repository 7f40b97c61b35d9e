"""Test the rules about a conversion: each has a run that breaks it and one that does not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from support.check_cases import post
from unwix.checks.check_conversion import Conversion, kept_of
from unwix.checks.findings import Finding
from unwix.checks.rules.table import RUN
from unwix.checks.settings import settings
from unwix.model.problems import Problem
from unwix.model.results import result_of
from unwix.model.skipped import Skipped

TEXT = post()


def row(words: tuple[int, int] = (7, 7), status: str = "unchanged", **more: Any) -> dict[str, Any]:
    """Return a row of a report."""
    lossless = more.pop("lossless", words[0] == words[1])
    counts = {"words": [*words], "links": more.pop("links", [2, 2]), "cells": [0, 0]}
    problems = [Problem(more["kind"], "block 3", "it is gone").as_dict()] if "kind" in more else []
    result = result_of((problem["severity"] for problem in problems), lossless)
    made = {"output": "pot.md", "source": "in/pot.html", "file": status, "result": result}
    return {**made, "fidelity": counts, "problems": problems}


def judge(
    expect: Path | None, made: dict[str, Any], text: str = TEXT, name: str = "pot.md", **chosen: Any
) -> list[Finding]:
    """Return the findings for a run of one post."""
    conversion = Conversion(expect, settings([], {}, **chosen))
    if made["file"] != "failed":
        conversion.put(name, text)
    return [*conversion.row(made), *conversion.rest()]


def failed(_folder: Path) -> list[Finding]:
    return judge(None, {**row(status="failed", kind="failed"), "output": None, "fidelity": None})


def lossy(_folder: Path) -> list[Finding]:
    return judge(None, row((6, 7), kind="words-lost"))


def incomplete(_folder: Path) -> list[Finding]:
    return judge(None, row(kind="gallery-missing"))


def differing(folder: Path) -> list[Finding]:
    return judge(folder, row(), TEXT.replace("Clay", "Loam"))


def missing(folder: Path) -> list[Finding]:
    return judge(folder, {**row(), "output": "kiln.md"}, name="kiln.md")


def extra(folder: Path) -> list[Finding]:
    (folder / "kiln.md").write_text(post(slug="kiln"))
    return judge(folder, row())


def binary(folder: Path) -> list[Finding]:
    (folder / "pot.md").write_bytes(b"\xff")
    return judge(folder, row())


def doubtful(_folder: Path) -> list[Finding]:
    return list(Conversion(None, settings([], {})).skipped([("in/pot.html", Skipped("site-page", words=120))]))


BAD: dict[str, tuple[Callable[[Path], list[Finding]], str, str]] = {
    "post-failed": (failed, "in/pot.html", "it is gone"),
    "lossy": (lossy, "in/pot.html", "85.7% of the source is in the output: block 3: it is gone"),
    "possible-post": (doubtful, "in/pot.html", "may be a post: it has 120 words"),
    "incomplete": (incomplete, "in/pot.html", "gallery-missing (block 3): it is gone"),
    "differs": (differing, "{}/pot.md", "output differs from a fresh conversion"),
    "post-missing": (missing, "{}/kiln.md", "missing in"),
    "post-extra": (extra, "{}/kiln.md", "no source produces it"),
    "unreadable": (binary, "{}/pot.md", "cannot be read"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pot.md").write_text(TEXT)
    return tmp_path


def test_every_rule_of_a_conversion_has_a_case() -> None:
    assert set(BAD) == set(RUN)


@pytest.mark.parametrize("rule", BAD)
def test_rule_reports_a_file_that_breaks_it(rule: str, folder: Path) -> None:
    make, file, message = BAD[rule]
    found = [finding for finding in make(folder) if finding.rule == rule]
    assert [(f.file, f.severity) for f in found] == [(file.format(folder), RUN[rule].severity)]
    assert message in found[0].message


@pytest.mark.parametrize("expect", [True, False])
def test_good_conversion_has_no_findings(expect: bool, folder: Path) -> None:
    assert judge(folder if expect else None, row()) == []


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (row(), 1.0),
        (row((99, 100)), 0.99),
        (row((99, 100), links=[1, 2]), 0.5),
        (row((100, 100), lossless=False), 0.99),  # in another order, or with words added
        (row((0, 0), links=[0, 0], lossless=False), 0.0),
    ],
)
def test_share_of_the_source_that_was_kept(made: dict[str, Any], expected: float) -> None:
    assert kept_of(made) == pytest.approx(expected)


def test_min_fidelity_allows_loss() -> None:
    assert [f.rule for f in judge(None, row((98, 100)), min_fidelity=0.99)] == ["lossy"]
    assert judge(None, row((99, 100)), min_fidelity=0.99) == []


def test_rules_of_files_apply_to_a_conversion(folder: Path) -> None:
    bad = TEXT + "\n[x](kiln.md) and ![](media/a.png) [y](javascript:x)\n"
    assert {f.rule for f in judge(None, row(), bad)} == {"link-broken", "image-alt", "link-unsafe"}
    assert {f.rule for f in judge(folder, row(), bad)} == {
        "differs",
        "link-broken",
        "file-not-found",
        "image-alt",
        "link-unsafe",
    }


def test_files_too_long_to_compare_are_reported_without_a_diff(folder: Path) -> None:
    found = judge(folder, row(), TEXT + "x\n\n" * 15_000)
    assert [f.diff for f in found if f.rule == "differs"] == ["(too long to compare)\n"]
