"""Progress of long tasks, for those who show it. Nothing is shown here."""

from __future__ import annotations

from typing import Protocol


class ProgressListener(Protocol):
    """Receives the progress of a task."""

    def phase(self, name: str, total: int | None = None) -> None:
        """Start a phase of the work (`finding posts`); `total` is its number of steps, if known."""

    def step(self, what: str, total: int | None = None) -> None:
        """Count one step; `total` if it is now known better."""

    def note(self, text: str) -> None:
        """Show a line, such as that a run resumes."""


class NullProgress:
    """A listener that ignores all progress."""

    def phase(self, name: str, total: int | None = None) -> None:
        """Ignore it."""

    def step(self, what: str, total: int | None = None) -> None:
        """Ignore it."""

    def note(self, text: str) -> None:
        """Ignore it."""
