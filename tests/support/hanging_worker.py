"""Pages that raise an error, hang or end their process, in a module that worker processes can import."""

from __future__ import annotations

import faulthandler
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

from unwix.model.page import Page


def _hang_without_signals() -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    time.sleep(600)


def _crash() -> None:
    faulthandler.disable()
    os.kill(os.getpid(), signal.SIGSEGV)


_ERRORS = {
    "raise": ZeroDivisionError("made up by a test"),
    "sys.exit": SystemExit(3),
    "memory": MemoryError(),
    "interrupt": KeyboardInterrupt(),
}
_ACTIONS: dict[str, Callable[[], object]] = {
    "hang": lambda: time.sleep(600),
    "deaf": _hang_without_signals,
    "exit": lambda: os._exit(3),
    "kill": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "crash": _crash,
}


class BadlyBehaved(Page, frozen=True):
    """A page that raises an error, hangs or ends its process when it is read."""

    how: str = ""
    """A key of `_ERRORS` or `_ACTIONS`; the page is normal without one."""
    note: Path | None = None
    """A file to which the id of the process is written."""

    def read(self) -> bytes:
        if self.note is not None:
            self.note.write_text(str(os.getpid()))
        if error := _ERRORS.get(self.how):
            raise error
        if self.how:
            _ACTIONS[self.how]()
        return Page.read(self)
