"""Watch: what a long task tells while it works, for whoever shows it. It shows nothing itself."""

from __future__ import annotations

from typing import Protocol


class ProgressListener(Protocol):
    """Somebody who looks on."""

    def phase(self, name: str, total: int | None = None) -> None:
        """A part of the work begins (`finding posts`); `total` is how many steps it has, where that is known."""

    def step(self, what: str, total: int | None = None) -> None:
        """One step is done; `total` when it is now known better."""

    def note(self, text: str) -> None:
        """Something worth a line, such as a run that goes on where it stopped."""


class NullProgress:
    """Nobody looks on."""

    def phase(self, name: str, total: int | None = None) -> None:
        """Nothing."""

    def step(self, what: str, total: int | None = None) -> None:
        """Nothing."""

    def note(self, text: str) -> None:
        """Nothing."""
