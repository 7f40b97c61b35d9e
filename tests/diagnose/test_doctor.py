"""`unwix doctor` of files: it states what `unwix convert` would do."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from support.paths import ROOT_DIR as ROOT
from support.terminal import run


def test_doctor_reads_files_and_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("doctor", ROOT / "samples/saved", "--jobs", 0)
    assert result.code == 0
    assert (
        "× gallery-missing: the saved page does not contain the images of a gallery; where to find it: " in result.out
    )
    assert "skipped        1 × a forum page" in result.out
    assert list(tmp_path.iterdir()) == []


def test_doctor_of_a_file_that_is_no_post() -> None:
    result = run("doctor", ROOT / "samples/httrack/www.example.com/blog.html", "--jobs", 0)
    assert result.code == 2
    assert "a page with a list of posts: Lists contain only the beginnings of posts." in result.out
    assert "\nNext\n" not in result.out


def test_doctor_counts_what_convert_writes(tmp_path: Path) -> None:
    diagnosis = run("doctor", ROOT / "samples", "--jobs", 0).out
    run("convert", ROOT / "samples", "-o", tmp_path / "out", "--jobs", 0, "--no-cache")
    report = json.loads((tmp_path / "out/report.json").read_text(encoding="utf-8"))
    skipped = Counter(row["kind"] for row in report["skipped"])
    assert skipped["duplicate"] > 0
    assert f"posts          {len(report['posts'])}, and {skipped['duplicate']} duplicates of them\n" in diagnosis
    problems = Counter(p["kind"] for row in report["posts"] for p in row["problems"] if p["severity"] != "note")
    listed = {kind: int(number) for number, kind in re.findall(r"^  (\d+) × ([a-z-]+): ", diagnosis, re.M)}
    assert listed == problems


def test_doctor_reports_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04" + b"\0" * 60)
    result = run("doctor", tmp_path, "--jobs", 0)
    assert result.code == 2
    assert "broken.zip: " in result.out
