"""The document that a saved page embeds in addition to its rendered body, and which of the two is the source.

The document is the source: it has the author's own links, and the videos, galleries and files whose URLs are not in
the HTML. The body is then the witness. The roles are reversed when the document is a preview, older than the page, or
has less content. What is missing in one is filled from the other (fill_from_other_form.py).
Facts: docs/wix/pages.md#embedded-data.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ...model.article import Element
from ...model.facts import Facts, words
from ...model.problems import Problem
from ...web.json_path import Json, flag, kind_of, line, objects, text
from ...web.saved_links import LinkRestorer
from ...wix import media_urls as media
from ..article_building.context import Context
from ..documents.body import PREVIEW_ONLY, Body, body_builder, body_of, read_body
from .page_data import PageData

#: URLs that the viewer makes and no document has: of a hashtag, of a download, of a map's or a player's frame.
_VIEWERS = ("?query=#", "?dn=", "static.wixstatic.com/media", "google.com/maps")


@dataclass(frozen=True, slots=True)
class PageDocument:
    """The document of a page, and what it is for."""

    body: Body
    facts: Facts
    """What the document states. Titles of videos are not sure: the page does not show them (see `read_as_source`)."""
    media_words: Counter[str]
    """What its media say, which the page need not show."""
    is_source: bool
    is_preview: bool
    """It is the preview of a post for paying members."""
    preview_only: bool
    """It is, and the page shows no more either."""

    def read(self, ctx: Context) -> Element:
        """Return the article of the document. Problems go into the context."""
        return read_body(self.body, ctx)

    def problems(self) -> list[Problem]:
        """Return what the reader of the page has to know."""
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
            words=prose, optional_words=self.media_words + page.optional_words + page_words
        )


def page_document(data: PageData, page: Facts, modified: str | None, restorer: LinkRestorer) -> PageDocument | None:
    """Return the document that a page contains; None when it has none.

    `page` are the facts of the page's body, `modified` when the page states that the post was changed last.
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
    """Return True if the post was changed after the page's copy of its data was made."""
    try:
        return datetime.fromisoformat(line(post, "lastPublishedDate")) < datetime.fromisoformat(modified or "")
    except (ValueError, TypeError):  # one of them is missing, or has no time zone
        return False


def _has_less(body: Body, document: Facts, page: Facts) -> bool:
    """Return True if the document lacks words that the page shows, and its text has none of its own in their place."""
    page_words = Counter(page.words)
    sure = page_words.copy()
    sure.subtract(page.words[n] for n in page.uncertain)
    return bool(sure - Counter(document.words) - document.optional_words) and not Counter(_prose(body)) - page_words


def _body_as_source_facts(page: Facts, document: Facts, media_words: Counter[str]) -> Facts:
    """Return what the page's body states, less what is the viewer's and not the author's."""
    videos = {media.video_page_url(url) for url in (*document.embeds, *document.links)}
    links = (a for a in page.links if "/" in a and not any(sign in a for sign in _VIEWERS))
    return Facts(
        words=page.words,
        uncertain=page.uncertain,
        optional_words=media_words,
        headings=page.headings,
        links=Counter(a for a in links if media.video_page_url(a) not in videos - {None}),
        images=page.images,
        embeds=Counter(a for a in page.embeds if media.video_page_url(a) not in videos),
    )


def _prose(body: Body) -> list[str]:
    """Return the words of a document's text alone."""
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
