"""Test that `unwix check` of real pages finds no errors, and warns only of content missing in the saved pages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.scorer import SHARED
from support.terminal import run

PAGES = SHARED / "corpus/pages"
pytestmark = pytest.mark.skipif(not PAGES.is_dir(), reason="../shared/corpus, the real pages, is not here")


def found(*args: object) -> set[tuple[str, str]]:
    result = run("check", *args, "--format", "json")
    assert result.code == 0, result.out[:2000]
    findings = json.loads(result.out)
    assert findings["posts"] > 20
    return {(f["rule"], f["severity"]) for f in findings["findings"] if f["severity"] != "note"}


@pytest.mark.parametrize("name", ["pages", "csv", "feeds"])
def test_real_pages_have_findings_only_for_missing_content(name: str) -> None:
    assert found(SHARED / "corpus" / name, "-j", 2) <= {("incomplete", "warning")}


@pytest.mark.parametrize("target", ["markdown", "hugo", "jekyll", "obsidian", "pelican", "zola"])
def test_outputs_of_real_pages_have_no_findings(target: str, tmp_path: Path) -> None:
    assert run("convert", PAGES, "-o", tmp_path, "--to", target, "-j", 2).code == 0
    assert found(tmp_path) == set()
