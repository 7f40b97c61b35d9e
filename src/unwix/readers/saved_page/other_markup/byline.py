"""Read bylines without the blog's hooks: of Studio pages, AMP pages and Firefox's reader view.

Facts: docs/wix/studio-pages.md#byline, docs/wix/pages.md#amp-pages.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from msgspec import Struct, field

from ....model.article import HEADINGS, Element, text_of
from ....web.printed_dates import printed_date
from ....web.tags import LANDMARKS, LISTS
from ....web.text_cleaning import plain
from ....wix.ui_texts.match import classify, updated_date
from ..field_sources import OTHER_HOOKS, Sources, authors, shown_text

_LONGEST, _MOST_TEXTS = 60, 40
_CREDITS = "credits reader-credits"
_TEXT_TAGS = frozenset({*HEADINGS, "p", "span", "div", "time", "a", "li"})
_LEAF_BLOCKS = frozenset({*HEADINGS, "p", "div", "li", "ul", "section", "article", "time"})
_AROUND = LANDMARKS | LISTS | {"button"}
_NUMBER = re.compile(r"\d+")
#: Particles in names that are not capitalized.
_PARTICLES = frozenset("de da do dos di du del della la le van von der den zu el y e bin ibn al ten ter".split())
_BEFORE_NAME = re.compile(r"^(?:(?:written )?by|par|por)\s+(?=\w)", re.IGNORECASE)
_MOST_WORDS, _LONGEST_CASELESS = 5, 15


class Byline(Struct):
    """What the texts between title and body state; empty fields if they state nothing."""

    authors: list[str] = field(default_factory=list)
    date: str | None = None
    updated: str | None = None
    minutes: int | None = None


def byline(s: Sources) -> Byline:
    """Return the byline of a page without the blog's hooks; empty for any other page."""
    found = Byline()
    if s.body is None or s.root is not s.page.tree or s.hooks("post-title", "user-name", "time-ago", "time-to-read"):
        return found
    language = plain(s.page.tree.get("lang"))
    candidates: list[str] = []
    for text in _texts_before_body(s.page.tree, s.body):
        known = classify(text)
        if known is not None and known.kind == "minutes":
            number = _NUMBER.search(text)
            found.minutes = found.minutes or (int(number[0]) if number and len(number[0]) < 4 else None)
        elif (rest := updated_date(text)) is not None:
            found.updated = found.updated or printed_date(rest, language)
        elif day := printed_date(text, language):
            found.date = found.date or day
        elif known is None and _may_be_name(name := _BEFORE_NAME.sub("", text)):
            candidates.append(name)
    if len(candidates) == 1 and (found.date or found.minutes):
        found.authors = candidates
    return found


def amp_author(s: Sources) -> str | None:
    """Return the author of an AMP page: the first text above the title that is no date and no reading time."""
    title = next(s.page.tree.iter("h1"), None) if s.page.is_amp else None
    if title is None:
        return None
    header = next((div for div in title.iterancestors("div") if div.getnext() is not None), title)
    language = plain(s.page.tree.get("lang"))
    for node in header.iter():
        if node is title:
            break
        text = plain(node.text) if isinstance(node.tag, str) else None
        if not text or len(text) > _LONGEST or not any(c.isalpha() for c in text):
            continue
        if classify(text) is None and updated_date(text) is None and printed_date(text, language) is None:
            return text
    return None


def reader_view_author(s: Sources) -> list[str]:
    """Return the author in the header of a page that Firefox's reader view shows."""
    if b"reader-credits" not in s.page.raw:
        return []
    return next((authors(text_of(node)) for node in s.page.tree.iter("div") if node.get("class") == _CREDITS), [])


def _may_be_name(text: str) -> bool:
    """Return True for two to five capitalized words, or a short text in a script without capitals."""
    # Vowels of Thai and Hindi are marks, and joiners occur in Hindi and Persian names.
    letters = [c for c in text if unicodedata.category(c)[0] != "M" and c not in "\u200c\u200d"]
    if not all(c.isalpha() or c in " .'’-·" for c in letters):
        return False
    if text.upper() == text.lower():
        return len(letters) <= _LONGEST_CASELESS
    names = text.split()
    capitals = all(name[0].isupper() or name in _PARTICLES for name in names)
    return 2 <= len(names) <= _MOST_WORDS and capitals and names[0][0].isupper()


def _texts_before_body(tree: Element, body: Element) -> Iterator[str]:
    """Yield the short texts of the blocks between the last `<h1>` before the body and the body.

    The blocks are chosen by their place, tag and links, so that this is a walk of elements rather than of texts.
    """
    texts: list[str] = []
    for node in tree.iter():
        if node is body:
            break
        if node.tag == "h1" and not _is_around(node):
            texts = []
        elif node.tag in _TEXT_TAGS and not _is_around(node) and not any(n.tag in _LEAF_BLOCKS for n in node):
            text = plain(shown_text(node)) if node.tag in _LEAF_BLOCKS else None
            if text and len(text) <= _LONGEST and not _links_to_list(node):
                texts.append(text)
    yield from list(dict.fromkeys(texts))[-_MOST_TEXTS:]


def _is_around(node: Element) -> bool:
    return any(
        parent.tag in _AROUND or (parent.get("data-hook") or "").startswith(OTHER_HOOKS)
        for parent in node.iterancestors()
    )


def _links_to_list(node: Element) -> bool:
    return any(part in (a.get("href") or "") for a in node.iter("a") for part in ("/categories/", "/tags/", "/blog"))
