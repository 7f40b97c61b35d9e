"""Test concurrent runs: the second one ends before it changes anything, and a killed run blocks nobody."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from support.post_pages import files, p, post_page
from support.terminal import environment, process, run, unheard
from unwix.model.errors import OutputError
from unwix.run import lock
from unwix.run.lock import LOCK, locked
from unwix.run.state_file import STATE

REDIRECTS = ("--for", "netlify", "--to", "hugo")


def sources(folder: Path, count: int = 150) -> Path:
    folder.mkdir()
    for number in range(count):
        page = post_page(p("Clay and water. " * 100), f"Pot {number}", f"pot-{number}")
        (folder / f"{number:03d}.html").write_bytes(page)
    return folder


@contextmanager
def under_way(*args: object, out: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Start a run and stop it after its first post."""
    with unheard("convert", *args, "-o", out) as child:
        deadline = time.monotonic() + 60
        while not list(out.glob("*.md")) and time.monotonic() < deadline:
            time.sleep(0.001)
        os.kill(child.pid, signal.SIGSTOP)
        os.waitpid(child.pid, os.WUNTRACED)
        try:
            yield child
        finally:
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)


def test_second_run_is_refused_and_reading_commands_work(tmp_path: Path) -> None:
    source, out = sources(tmp_path / "in"), tmp_path / "out"
    with under_way(source, "-j", 0, out=out) as first:
        before = files(out)
        for command in (
            ("convert", source, "-o", out, "-j", 0),
            ("review", out, "-j", 0),
            ("check", source, "--expect", out, "--update", "-j", 0),
        ):
            second = process(*command)
            assert second.code == 2, command
            assert second.err == (
                f"unwix: Another run of unwix (process {first.pid}) is writing to {out}. "
                "Wait until it has ended, or choose another place.\n"
            )
        assert files(out) == before
        assert process("convert", source, "-o", out, "--dry-run", "-j", 0).code == 0
        assert process("check", source / "000.html", "-j", 0).code == 0
        assert process("check", source, "--expect", out, "-j", 0).code == 1  # most do not exist yet
        assert process("inspect", source / "000.html").code == 0
        assert process("convert", source, "-o", tmp_path / "other", "-j", 0).code == 0
        assert files(out) == before


@pytest.mark.parametrize("jobs", [0, 2])
def test_lock_of_a_killed_run_is_released(jobs: int, tmp_path: Path) -> None:
    """Also with workers, which may outlive it for a moment."""
    source, out = sources(tmp_path / "in"), tmp_path / "out"
    with under_way(source, "-j", jobs, out=out) as first:
        assert (out / LOCK).read_text() == str(first.pid)
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
        assert (out / LOCK).exists()
        assert run("convert", source, "-o", out, "-j", 0).code == 0
    assert not (out / LOCK).exists()
    assert run("check", source, "--expect", out, "-j", 0).code == 0


def test_concurrent_runs_write_one_at_a_time(tmp_path: Path) -> None:
    source, out = sources(tmp_path / "in", 5), tmp_path / "out"
    command = [sys.executable, "-m", "unwix", "convert", source, "-o", out, "-j", "0"]
    runs = [
        subprocess.Popen(command, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        for _ in range(6)
    ]
    ends = [(child.communicate(timeout=120)[1].decode(), child.returncode) for child in runs]
    assert {code for _, code in ends} <= {0, 2}
    assert any(code == 0 for _, code in ends)
    assert all(message.startswith("unwix: Another run of unwix") for message, code in ends if code == 2)
    assert {*files(out)} == {*(f"pot-{n}.md" for n in range(5)), "report.json", STATE}
    assert run("check", source, "--expect", out, "-j", 0).code == 0


def test_stopped_or_failed_run_releases_the_lock(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with suppress(KeyboardInterrupt), locked(out / LOCK, out):
        assert (out / LOCK).exists()
        raise KeyboardInterrupt
    assert not out.exists()  # nor a directory that it created in vain
    (tmp_path / "no.html").write_bytes(b"<html>no post</html>")
    assert run("convert", tmp_path / "no.html", "-o", out, "-j", 0).code == 2
    assert not (out / LOCK).exists()


def test_each_command_that_writes_takes_the_lock(tmp_path: Path) -> None:
    source, out = sources(tmp_path / "in", 2), tmp_path / "out"
    assert run("convert", source, "-o", out, "--to", "hugo", "-j", 0).code == 0
    holder = "import sys, pathlib, unwix.run.lock as l\nwith l.locked(p := pathlib.Path(sys.argv[1]), p): print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", holder, out / LOCK], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        before = files(out)
        for command in (("redirects", out, *REDIRECTS), ("review", out, "-j", 0), ("convert", source, "-o", out)):
            assert run(*command).code == 2, command
        assert run("review", out, "--output", tmp_path / "review", "-j", 0).code == 0  # it writes elsewhere
        assert run("check", out).code == 0
        assert files(out) == before
        other.kill()
    assert run("redirects", out, *REDIRECTS).code == 0


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL, None])
def test_missing_lock_support_is_reported_and_the_run_continues(
    number: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some network file systems have no locks, and Windows has others."""

    def none(*_: object) -> None:
        raise OSError(number, "no locks")

    if number is None:
        monkeypatch.setattr(lock, "fcntl", None)
    else:
        monkeypatch.setattr(lock.fcntl, "lockf", none)
    result = run("convert", sources(tmp_path / "in", 1), "-o", tmp_path / "out", "-j", 0)
    assert result.code == 0
    assert (
        f"{tmp_path / 'out'} cannot be locked on this system. Do not start a second run that writes to it."
        in result.err
    )
    assert {*files(tmp_path / "out")} == {"pot-0.md", "report.json", STATE}


def test_lock_that_is_not_a_regular_file_is_not_changed(tmp_path: Path) -> None:
    out, mine = tmp_path / "out", tmp_path / "mine.txt"
    out.mkdir()
    mine.write_text("mine")
    (out / LOCK).symlink_to(mine)
    result = run("convert", sources(tmp_path / "in", 1), "-o", out, "-j", 0)
    assert result.code == 0
    assert "cannot be locked" in result.err
    assert mine.read_text() == "mine"


def test_a_folder_that_cannot_be_written_is_reported_once(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    result = run("convert", sources(tmp_path / "in", 1), "-o", tmp_path / "file/out", "-j", 0)
    assert result.code == 2
    assert len(result.err.splitlines()) == 1
    assert "cannot be written" in result.err
    assert run("review", tmp_path / "none").code == 2
    assert not (tmp_path / "none").exists()


def test_the_holder_is_named_only_where_it_is_known(tmp_path: Path) -> None:
    holder = "import sys, fcntl, time\nf = open(sys.argv[1], 'w'); f.write('no number'); f.flush(); fcntl.lockf(f, fcntl.LOCK_EX); print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", holder, tmp_path / LOCK], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with (
            pytest.raises(OutputError, match="Another run of unwix is writing to "),
            locked(tmp_path / LOCK, tmp_path),
        ):
            pass
        other.kill()
