"""Test the time limit of the plan: a post for which no file name is found fails, and the others are written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from support.post_pages import save
from support.terminal import run
from unwix.blog.paths import OutputPlace, Paths
from unwix.run import run as run_module


def test_post_without_possible_file_name_fails_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(run_module, "PLAN_SECONDS", 0.2)
    save(Path("in"), 3)
    take, calls = Paths.take, []

    def endless(self: Paths, *args: Any) -> OutputPlace:
        calls.append(args)
        while len(calls) == 2:
            pass
        return take(self, *args)

    monkeypatch.setattr(Paths, "take", endless)
    result = run("convert", "in", "-o", "out", "-j", 0)
    assert result.code == 1
    assert "no file name was found for the post within 0.2 seconds" in Path("out/report.json").read_text()
    summary = json.loads(Path("out/report.json").read_text())["summary"]
    assert (summary["posts"], summary["complete"], summary["failed"]) == (3, 2, 1)
    assert len(list(Path("out").glob("*.md"))) == 2
