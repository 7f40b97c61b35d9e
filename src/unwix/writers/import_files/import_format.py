"""The description of a format in which a system imports all posts as one file."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ...model.article import Element
from .import_html import ImportHtml, import_html
from .read_back import ReadBack
from .records import Records


@dataclass(frozen=True, slots=True)
class FileLimits:
    """The largest import file, for systems that limit uploads; a single larger post still has a file."""

    size: float = math.inf
    """In bytes."""
    images: float = math.inf


@dataclass(frozen=True, slots=True)
class ImportFormat:
    """One import file: its name below OUTPUT, the form of a post's body in it, and the function that writes it."""

    file: str
    html: type[ImportHtml]
    write: Callable[[Records], Iterator[str]] | None = None
    """Yields the file in pieces."""
    write_files: Callable[[Records, FileLimits], Iterator[str]] | None = None
    """Yields the text of each file, for a system that takes several."""
    name_groups: tuple[tuple[str, ...], ...] = ()
    """Fields of names of which the system makes terms; names of a group that mean the same become one (`SameNames`)."""
    takes_comments: bool = False
    """The file can contain readers' comments."""
    posts: ReadBack | None = None
    """Yields title and body of each post in a file, to check what was written."""
    body: Callable[[Element], str] | None = None
    """Returns a post's body in a form other than HTML."""
    read_back: Callable[[str], str] | None = None
    """Returns such a body as HTML, for fidelity."""

    def texts(self, records: Records, limits: FileLimits) -> Iterator[str]:
        """Yield the text of each file; most systems take one."""
        if self.write_files is not None:
            yield from self.write_files(records, limits)
        elif self.write is not None:
            yield "".join(self.write(records))

    def body_of(self, article: Element) -> str:
        """Return the body of a post as it is in the file."""
        return self.body(article) if self.body else import_html(article, self.html)

    def html_of(self, body: str) -> str:
        """Return a body of the file as HTML, for fidelity."""
        return self.read_back(body) if self.read_back else self.html.read_back(body)
