"""Describe a format in which a system imports all posts as one file."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from msgspec import Struct

from ...model.article import Element
from .import_html import ImportHtml, import_html
from .read_back import ReadBack
from .records import Records


class FileLimits(Struct, frozen=True):
    """The maximum size of an import file, for systems that limit uploads; a larger post has a file of its own."""

    size: float = math.inf
    """In bytes."""
    images: float = math.inf


class ImportFormat(Struct, frozen=True):
    """An import file: its name below OUTPUT, the form of a post's body in it, and the function that writes it."""

    file: str
    html: type[ImportHtml]
    write: Callable[[Records], Iterator[str]] | None = None
    """A function that yields the file in pieces."""
    write_files: Callable[[Records, FileLimits], Iterator[str]] | None = None
    """A function that yields the text of each file, for a system that imports several."""
    name_groups: tuple[tuple[str, ...], ...] = ()
    """Fields whose names become terms in the system; names of a group that mean the same become one (`SameNames`)."""
    takes_comments: bool = False
    """Whether the file can contain readers' comments."""
    posts: ReadBack | None = None
    """A function that yields title and body of each post in a file, to verify it."""
    body: Callable[[Element], str] | None = None
    """A function that returns a post's body in a form other than HTML."""
    read_back: Callable[[str], str] | None = None
    """A function that converts such a body to HTML, for the fidelity check."""

    def texts(self, records: Records, limits: FileLimits) -> Iterator[str]:
        """Yield the text of each file; most systems import one."""
        if self.write_files is not None:
            yield from self.write_files(records, limits)
        elif self.write is not None:
            yield "".join(self.write(records))

    def body_of(self, article: Element) -> str:
        """Return the body of a post in the form of the file."""
        return self.body(article) if self.body else import_html(article, self.html)

    def html_of(self, body: str) -> str:
        """Return a body in the form of the file as HTML, for the fidelity check."""
        return self.read_back(body) if self.read_back else self.html.read_back(body)
