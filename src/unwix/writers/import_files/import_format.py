"""The description of a format in which a system imports all posts as one file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ...model.article import Element
from .import_html import ImportHtml, import_html
from .records import Records


@dataclass(frozen=True, slots=True)
class ImportFormat:
    """One import file: its name below OUTPUT, the form of a post's body in it, and the function that writes it."""

    file: str
    html: type[ImportHtml]
    write: Callable[[Records], Iterator[str]]
    """Yields the file in pieces."""
    body: Callable[[Element], str] | None = None
    """Returns a post's body in a form other than HTML."""
    read_back: Callable[[str], str] | None = None
    """Returns such a body as HTML, for fidelity."""

    def body_of(self, article: Element) -> str:
        """Return the body of a post as it is in the file."""
        return self.body(article) if self.body else import_html(article, self.html)

    def html_of(self, body: str) -> str:
        """Return a body of the file as HTML, for fidelity."""
        return self.read_back(body) if self.read_back else self.html.read_back(body)
