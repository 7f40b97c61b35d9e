"""Run the command line in this process, or as a separate process."""

from __future__ import annotations

import contextlib
import io
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from support.paths import TESTS_DIR
from unwix.cli import main as cli


class Result(NamedTuple):
    code: int
    out: str
    err: str


class Screen(io.StringIO):
    """Standard error as a terminal whose text can be read."""

    def isatty(self) -> bool:
        return True

    @property
    def text(self) -> str:
        return self.getvalue()


def run(*args: object) -> Result:
    """Run `unwix ARGS` in this process, through its entry point."""
    out, err, argv = io.StringIO(), io.StringIO(), sys.argv
    sys.argv = ["unwix", *map(str, args)]
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            cli.main()
    except SystemExit as end:
        return Result(
            end.code if isinstance(end.code, int) else 0 if end.code is None else 1, out.getvalue(), err.getvalue()
        )
    finally:
        sys.argv = argv
    raise AssertionError("main() never returns")


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(TESTS_DIR), "PYTHONWARNINGS": "ignore"}


def process(*args: object, cwd: Path | None = None) -> Result:
    """Run `python -m unwix ARGS` as a separate process."""
    result = subprocess.run(
        [sys.executable, "-m", "unwix", *map(str, args)],
        capture_output=True,
        cwd=cwd,
        env=environment(),
        timeout=120,
        check=False,
    )
    return Result(result.returncode, result.stdout.decode(), result.stderr.decode())


def unheard(*args: object) -> subprocess.Popen[bytes]:
    """Start `python -m unwix ARGS` in a process group of its own, so that it can get a signal as a whole.

    Nobody reads its stdout, whose pipe holds one page of memory: a run with more output blocks in its middle, however
    busy the machine is, until it is stopped or read.
    """
    return subprocess.Popen(
        [sys.executable, "-m", "unwix", *map(str, args)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        pipesize=4096,
        env=environment(),
        start_new_session=True,
    )


def on_a_terminal(*args: object, cwd: Path, columns: int = 80, **more: str) -> list[str]:
    """Return the lines of stdout of `unwix ARGS` with stdout and stderr on a terminal, including codes."""
    ours, theirs = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-m", "unwix", *map(str, args)],
        stdout=theirs,
        stderr=subprocess.DEVNULL,
        cwd=cwd,
        env={**environment(), "TERM": "xterm", "COLUMNS": str(columns), **more},
    )
    os.close(theirs)
    seen = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:
            break
        if not piece:
            break
        seen += piece
    child.wait(60)
    os.close(ours)
    return seen.decode().replace("\r\n", "\n").splitlines()
