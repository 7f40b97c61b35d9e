"""Limit the time of work in the main process, which no other process can end."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType


class TimeLimitExceeded(BaseException):
    """The work took too long. Not an Exception, so that no handler for faults of a page catches it."""


class Alarm:
    """Limits for many short pieces of work, with one signal handler as long as the context lasts.

    There is no limit outside of the main thread, on systems without timers, and if another program uses the timer. A
    loop in C code is interrupted when it returns.
    """

    def __enter__(self) -> Alarm:
        self._works = (
            threading.current_thread() is threading.main_thread()
            and hasattr(signal, "setitimer")
            and signal.getsignal(signal.SIGALRM) is signal.SIG_DFL
        )
        if self._works:
            signal.signal(signal.SIGALRM, _raise)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        if self._works:
            self.stop()
            signal.signal(signal.SIGALRM, signal.SIG_DFL)

    def start(self, seconds: float) -> None:
        """Raise TimeLimitExceeded after so many seconds, unless `stop` is called before."""
        if self._works:
            signal.setitimer(signal.ITIMER_REAL, seconds)

    def stop(self) -> None:
        """End the work that `start` limits."""
        if self._works:
            signal.setitimer(signal.ITIMER_REAL, 0)


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TimeLimitExceeded if the block takes longer than `seconds`, where an `Alarm` works."""
    with Alarm() as alarm:
        alarm.start(seconds)
        yield


def _raise(_number: int, _frame: FrameType | None) -> None:
    raise TimeLimitExceeded
