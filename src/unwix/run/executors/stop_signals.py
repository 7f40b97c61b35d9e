"""End a run as cleanly on SIGTERM and SIGHUP as on Ctrl-C."""

from __future__ import annotations

import signal
from types import FrameType

#: The signals that stop a run; Windows has no SIGHUP.
_NAMES = ("SIGTERM", "SIGHUP")


class Terminated(KeyboardInterrupt):
    """Raised in the main thread for a stop signal. It is handled like KeyboardInterrupt."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.exit_code = 128 + number
        """The exit code of a program that a signal stops: 143 for SIGTERM, 129 for SIGHUP."""


def raise_on_stop_signals() -> None:
    """Raise Terminated in the main thread for a stop signal; ignored signals (`nohup`) stay ignored."""
    for name in _NAMES:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _stop)


def leave_stop_signals_to_parent() -> None:
    """Ignore Ctrl-C and SIGHUP in a worker: the main process handles them, and stops workers with SIGTERM."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_IGN)


def _stop(number: int, _frame: FrameType | None) -> None:
    for name in _NAMES:  # a second signal does not interrupt the clean-up
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    raise Terminated(number)
