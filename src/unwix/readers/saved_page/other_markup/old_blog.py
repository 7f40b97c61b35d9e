"""Read post pages of Wix's blog of 2014 to 2018, the predecessor of the current blog.

Its elements have ids that end in their names: `comp-abc_SinglePostMediaTop_MediaPost__0_0_daterichTextContainer`.
Facts: docs/wix/old-blog.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from ....model.article import Element, text_of
from ....web.printed_dates import printed_date
from ....web.text_cleaning import plain
from ..field_sources import Sources, names, shown_text
from ..parse import OLD_POST, HtmlPage
from .stray_content import has_stray_ends, take_stray_content

_POSTS = etree.XPath(f"//*[contains(@id, '{OLD_POST}')]")
_BODY = "MediaLabel"


def is_old_post(page: HtmlPage) -> bool:
    """Return True if a page has the elements of the old blog's post page."""
    return page.has_old_blog and next(_elements(page), None) is not None


def old_bodies(page: HtmlPage) -> list[Element]:
    """Return the element with the text of an old post: the longest label of its media post."""
    if not is_old_post(page):
        return []
    labels = [node for node in page.tree.iter() if node.get("data-proxy-name") == _BODY]
    full = [node for node in labels if text_of(node).strip() or node.find(".//img") is not None]
    if not full and not (labels and has_stray_ends(page)):
        return []
    body = max(full or labels, key=lambda node: len(text_of(node)))
    take_stray_content(page, body)
    return [body]


def _elements(page: HtmlPage) -> Iterator[Element]:
    return iter(_POSTS(page.tree))  # type: ignore[arg-type]  # of elements only


def _parts(s: Sources, name: str) -> list[Element]:
    """Return the parts of an old post by the suffix of their ids, with or without the suffix of their text."""
    if not is_old_post(s.page):
        return []
    return [n for n in _elements(s.page) if (n.get("id") or "").endswith((f"_{name}", f"_{name}richTextContainer"))]


def old_title(s: Sources) -> str | None:
    """Return the title of an old post."""
    return next(iter(names(_parts(s, "title"))), None)


def old_authors(s: Sources) -> list[str]:
    """Return the author of an old post."""
    return names(_parts(s, "author"))[:1]


def old_date(s: Sources) -> str | None:
    """Return the day that an old post prints."""
    texts = (plain(shown_text(node)) for node in _parts(s, "date"))
    language = plain(s.page.tree.get("lang"))
    return next((day for text in texts if text and (day := printed_date(text, language))), None)


def old_tags(s: Sources) -> list[str]:
    """Return the tags of an old post."""
    return [name.removeprefix("#") for name in names(a for part in _parts(s, "tags") for a in part.iter("a"))]
