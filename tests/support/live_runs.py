"""Run the command line on a live site in separate processes, which can be stopped and started again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from support.fake_web import Web
from support.terminal import environment

SITE = "http://www.example.com"

_COMMAND = """
import sys
from pathlib import Path
from unwix.cli import main as cli
from unwix.cli.options import sources as live
from unwix.sources.http.public_hosts import Endpoint, Network
from unwix.sources.http.rate_limit import Clock

usual, port = live._fetching, int(sys.argv.pop(1))

def here(chosen):
    settings = usual(chosen)
    settings.clock = Clock(lambda: 0.0, lambda seconds: None)
    settings.network = Network(lambda host, _: [Endpoint("127.0.0.1", port, trusted=True)])
    return settings

live._fetching = here
cli.main()
"""


def start(web: Web, *args: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _COMMAND, str(web.port), *map(str, args)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
    )


def run_again(web: Web, *command: object) -> str:
    """Run the command of a stopped run again; assert that it resumes and succeeds, and return its standard output."""
    before = set(web.paths())
    web.on_ask = lambda asked: None
    web.log.clear()
    out, err = start(web, *command).communicate(timeout=60)
    assert "What an earlier run has fetched is not fetched again." in err
    assert len(set(web.paths()) & before) <= 1  # the response that was being received
    return out


def files(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
