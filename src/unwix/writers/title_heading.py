"""The title of a post as the first line of its text, for generators whose themes show none."""

from __future__ import annotations

import html

from ..model.article import HEADINGS, Element, element, text_of
from .markdown.flavor import MarkdownFlavor
from .markdown.writer import write_markdown


def title_heading(title: str | None, article: Element, flavor: MarkdownFlavor) -> str:
    """Return the heading and a blank line; empty for a post without title.

    It is HTML, which gets no id, if its id would be that of a heading in the article.
    """
    words = " ".join((title or "").split())
    if not words:
        return ""
    identity = flavor.slug(words) if flavor.slug else None
    if identity and any(flavor.slug and flavor.slug(text_of(el)) == identity for el in article.iter(*HEADINGS)):
        return f"<h1>{html.escape(words, quote=False)}</h1>\n\n"
    heading = element("article")
    heading.append(element("h1", words))
    return write_markdown(heading, False, flavor) + "\n"
