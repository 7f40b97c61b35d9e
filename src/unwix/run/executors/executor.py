"""Executor: an ordered map over items with bounded memory, in which items cannot harm each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

from ...model.page import Page

Item = TypeVar("Item")
Result = TypeVar("Result")

DIED = "the process that read the page died; the page may need more memory than there is"


def too_slow(seconds: float) -> str:
    """Return the sentence for a page that exceeded the time limit."""
    return f"the page took longer than {seconds:g} seconds and was given up"


class Executor(Protocol):
    """Does the work of a run. All executors return the same results in the same order."""

    def map(
        self, work: Callable[[Item], Result], items: Iterable[Item], failed: Callable[[Item, str], Result]
    ) -> Iterator[Result]:
        """Yield the result of each item, in the order of the items.

        `failed` returns the result of an item that exceeded the time limit or killed its process, given a sentence.
        """
        ...

    def portable(self, page: Page) -> Iterator[Page]:
        """Yield a page in a form that `map` can send to a process, or the pages of a slice."""
        ...

    def close(self, stopped: bool) -> None:
        """Stop all processes; immediately if the run was stopped."""
        ...
