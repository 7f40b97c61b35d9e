"""The command line as tests run it: in this process, or as a process of its own."""

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
    """`unwix ARGS` in this process, as its entry point runs it."""
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
    """`python -m unwix ARGS` as a process of its own."""
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
    """`python -m unwix ARGS`, begun, in a process group of its own (so that all of it can get a signal, as from a terminal).

    Nobody reads its stdout, which takes no more than a page of memory: a run that has more to say stands still in its
    middle, however busy the machine is, until it is stopped or read.
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
    """The lines of stdout of `unwix ARGS` where stdout and stderr are a terminal, codes included."""
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
