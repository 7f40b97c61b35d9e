"""Test unusual systems: another file system, a directory without write permission, a clock that is set back."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

import pytest

from support.post_pages import save
from support.terminal import environment, run
from unwix.cli.commands import check as check_module

SHM = Path("/dev/shm")


@pytest.mark.skipif(not SHM.is_dir(), reason="no second file system")
def test_output_on_another_file_system(tmp_path: Path) -> None:
    save(tmp_path / "in", 2)
    assert SHM.stat().st_dev != tmp_path.stat().st_dev
    with tempfile.TemporaryDirectory(dir=SHM) as other:
        output = Path(other, "out")
        assert run("convert", tmp_path / "in", "-o", output, "-j", 2).code == 0
        again = run("convert", tmp_path / "in", "-o", output, "-j", 2)
        assert again.code == 0
        report = json.loads((output / "report.json").read_text())
        assert {post["file"] for post in report["posts"]} == {"unchanged"}
        assert run("review", output, "-j", 0).code == 0


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="no directory that takes no files")
def test_unwritable_directory_is_one_sentence(tmp_path: Path) -> None:
    save(tmp_path / "in", 1)
    result = run("convert", tmp_path / "in", "-o", "/proc/self/unwix-out", "-j", 0)
    assert result.code in (1, 2)
    assert "Traceback" not in result.err
    assert "/proc/self/unwix-out" in result.err


def test_clock_set_back_gives_no_negative_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(tmp_path / "in", 1)

    class Clock(datetime):
        calls = 0

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            cls.calls += 1
            return datetime(2026, 11, 30, 12, tzinfo=UTC) - timedelta(hours=cls.calls)

    monkeypatch.setattr(check_module, "datetime", Clock)
    result = run("check", tmp_path / "in", "-j", 0, "--save", f"junit={tmp_path}/unwix.xml")
    assert result.code == 0, result
    assert 'time="0' in (tmp_path / "unwix.xml").read_text()
    assert 'time="-' not in (tmp_path / "unwix.xml").read_text()


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("options", ["", "--json"])
def test_closed_standard_streams(closed: str, options: str, tmp_path: Path) -> None:
    save(tmp_path / "in", 2)
    command = f"{shlex.quote(sys.executable)} -m unwix convert in -o out -j 0 {options} {closed}"
    result = subprocess.run(["sh", "-c", command], cwd=tmp_path, env=environment(), capture_output=True, check=False)
    assert result.returncode == 0, result
    assert b"Traceback" not in result.stderr
    assert len(list((tmp_path / "out").glob("*.md"))) == 2
