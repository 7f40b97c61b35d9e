"""Read the document that a page embeds in addition to its rendered body, and decide which of the two is the source.

Normally the document is the source: it has the author's links, and the videos, galleries and files whose URLs are not
in the HTML; the body then verifies it. The roles are reversed if the document is a preview, older than the page, or has
less content. Content missing in one is filled from the other (fill_from_other_form.py). Facts:
docs/wix/pages.md#embedded-data.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from unicodedata import category

from msgspec import Struct

from ...model.article import Element
from ...model.facts import Facts, split_uncertain, words
from ...model.problems import Problem
from ...web.json_path import Json, flag, kind_of, line, objects, text
from ...web.saved_links import LinkRestorer
from ...wix import media_urls as media
from ..article_building.context import Context
from ..documents.body import PREVIEW_ONLY, Body, body_builder, body_of, read_body
from .page_data import PageData

#: Few characters are neither letters nor spaces nor ASCII: only their category is looked up.
_MAYBE_SYMBOL = re.compile(r"[^\w\s\x00-\x7f]")
#: URLs that the viewer adds and no document contains: of hashtags, downloads, and frames of maps and players.
_VIEWERS = ("?query=#", "?dn=", "static.wixstatic.com/media", "google.com/maps")


class PageDocument(Struct, frozen=True):
    """The document of a page, and its role."""

    body: Body
    facts: Facts
    """The facts of the document. Titles of videos are uncertain: the page does not show them (see `read_as_source`)."""
    media_words: Counter[str]
    """Facts of its media that the page need not show."""
    is_source: bool
    is_preview: bool
    """The document is the preview of a post for paying members."""
    preview_only: bool
    """It is a preview, and the page shows no more either."""

    def read(self, ctx: Context) -> Element:
        """Return the article of the document. Problems are recorded in the context."""
        return read_body(self.body, ctx)

    def problems(self) -> list[Problem]:
        """Return the problems that the reader of the page reports."""
        return [PREVIEW_ONLY] if self.preview_only else []

    def source_facts(self, page: Facts) -> tuple[str, Facts] | None:
        """Return name and facts of the other form, which the Markdown is compared with; None if it adds nothing.

        `page` are the facts of the page's body.
        """
        if not (page.words or page.images or page.embeds):
            return None
        if self.is_source:
            return "the page's body", _body_as_source_facts(page, self.facts, self.media_words)
        if self.is_preview or not (prose := _prose(self.body)):
            return None
        page_words = Counter(page.words[n] for n in page.uncertain)
        return "the page's own document", Facts(
            prose, optional_words=self.media_words + page.optional_words + page_words
        )


def page_document(data: PageData, page: Facts, modified: str | None, restorer: LinkRestorer) -> PageDocument | None:
    """Return the document that a page embeds, or None.

    `page` are the facts of the page's body, `modified` the date of the last change that the page states.
    """
    body = body_of(data.post) if data.post else None
    if body is None or body.form == "text":
        return None
    builder = body_builder(body, restorer, video_titles=False)
    facts = builder.facts
    preview = flag(data.post, "preview") is True
    has_less = _has_less(body, facts, page)
    return PageDocument(
        body,
        facts,
        facts.optional_words + Counter(words("".join(builder.media_text))),
        is_source=bool(facts.words or facts.images or facts.embeds)
        and not (preview or has_less or _is_older(data.post, modified)),
        is_preview=preview,
        preview_only=preview and not has_less,
    )


def _is_older(post: Json, modified: str | None) -> bool:
    """Return True if the post was changed after the embedded document was saved."""
    try:
        return datetime.fromisoformat(line(post, "lastPublishedDate")) < datetime.fromisoformat(modified or "")
    except (ValueError, TypeError):  # one of them is missing, or has no time zone
        return False


def _has_less(body: Body, document: Facts, page: Facts) -> bool:
    """Return True if the document lacks words or emoji that the page shows, and has no other words in their place."""
    if page.words == document.words:
        return not page.text.isascii() and bool(_emoji(page) - _emoji(document))
    page_words = Counter(page.words)
    sure = page_words.copy()
    sure.subtract(page.words[n] for n in page.uncertain)
    return bool(sure - Counter(document.words) - document.optional_words) and not Counter(_prose(body)) - page_words


def _emoji(facts: Facts) -> Counter[str]:
    """Return the symbols of a text that are certain: emoji, stars, hearts."""
    text = " ".join(piece for piece, is_certain in split_uncertain(facts.text) if is_certain)
    return Counter(character for character in _MAYBE_SYMBOL.findall(text) if category(character) == "So")


def _body_as_source_facts(page: Facts, document: Facts, media_words: Counter[str]) -> Facts:
    """Return the facts of the page's body without those of the viewer's own content."""
    videos = {media.video_page_url(url) for url in (*document.embeds, *document.links)}
    links = (a for a in page.links if "/" in a and not any(sign in a for sign in _VIEWERS))
    return Facts(
        page.words,
        page.uncertain,
        optional_words=media_words,
        headings=page.headings,
        links=Counter(a for a in links if media.video_page_url(a) not in videos - {None}),
        images=page.images,
        embeds=Counter(a for a in page.embeds if media.video_page_url(a) not in videos),
    )


def _prose(body: Body) -> list[str]:
    """Return the words of a document's text only."""
    return words("".join(_text_of(body.value) if body.form == "ricos" else _draft_text(body.value)))


def _text_of(document: Json) -> Iterator[str]:
    stack: list[Any] = [document]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            yield node
        elif kind_of(node) == "TEXT":
            yield text(node, "textData", "text")
        else:
            stack += [" ", *reversed(objects(node, "nodes")), " "]


def _draft_text(document: Json) -> Iterator[str]:
    for block in objects(document, "blocks"):
        yield text(block, "text") + " "
