"""Sources: where bytes come from → Pages. They know nothing of Wix."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

from ..page import Page
from .files import Files


class Source(Protocol):
    """Something that pages come from."""

    def pages(self) -> Iterator[Page]:
        """Its pages, in a stable order. Can be walked more than once. Raises UnwixError when there is no such thing."""
        ...

    def count(self) -> int | None:
        """How many pages it has; None where only walking it would tell."""
        ...


def open_sources(args: Iterable[str | Path], plain: bool = False) -> list[Source]:
    """The sources that the arguments of a command name, in their order; nothing is read yet.

    All files and folders are one source, as one may lie in another. With `plain` a text is a post as it stands.
    """
    return [Files([Path(arg) for arg in args], plain)]
