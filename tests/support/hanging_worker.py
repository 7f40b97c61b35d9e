"""Pages that misbehave in ways that a worker process can import."""

from __future__ import annotations

import faulthandler
import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from unwix.model.page import Page


@dataclass(frozen=True)
class BadlyBehaved(Page):
    """A page that does what it is told when it is read."""

    how: str = ""
    note: Path | None = None
    """A file that gets the number of the process."""

    def read(self) -> bytes:
        if self.note is not None:
            self.note.write_text(str(os.getpid()))
        if self.how == "raise":
            raise ZeroDivisionError("made up by a test")
        if self.how == "hang":
            time.sleep(600)
        if self.how == "deaf":  # a hang that no polite signal ends
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, signal.SIG_IGN)
            time.sleep(600)
        if self.how == "exit":
            os._exit(3)
        if self.how == "sys.exit":
            raise SystemExit(3)
        if self.how == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if self.how == "crash":
            faulthandler.disable()
            os.kill(os.getpid(), signal.SIGSEGV)
        if self.how == "memory":
            raise MemoryError
        if self.how == "interrupt":
            raise KeyboardInterrupt
        return Page.read(self)
