"""Write the title of a post as the first line of its text, for generators whose themes show no title."""

from __future__ import annotations

import html
import re
import unicodedata

from ..model.article import HEADINGS, Element, element, text_of
from .markdown.flavor import MarkdownFlavor
from .markdown.writer import write_markdown


def title_heading(title: str | None, article: Element, flavor: MarkdownFlavor) -> str:
    """Return the heading and a blank line; empty for a post without title.

    It is HTML, which gets no id, if its id would be that of a heading in the article, or if its characters cannot be
    written as a line of Markdown.
    """
    words = " ".join((title or "").split())
    if not words:
        return ""
    slug = flavor.slug or _rough_id
    identity = slug(words)
    is_unique = not identity or all(slug(text_of(el)) != identity for el in article.iter(*HEADINGS))
    heading = element("article")
    heading.append(element("h1", words))
    markdown = write_markdown(heading, False, flavor)
    if is_unique and markdown.startswith("# "):
        return markdown + "\n"
    return f"<h1>{html.escape(words, quote=False).replace('{', '&#123;')}</h1>\n\n"


def _rough_id(text: str) -> str:
    """Return a key that is equal for all headings to which a generator could give the same id."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", "-", plain.casefold()).strip("-")
