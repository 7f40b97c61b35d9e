"""Write an article as HTML that the importers of blog systems keep unchanged."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import ClassVar

from ...model.article import Element
from ..article_html import ArticleHtml, attributes
from ..markdown.heading_ids import heading_ids
from ..markdown.read_back import PLAYER, player_link
from ..players import frame_title, frame_url, media_kind, player_of

_CHECKED = re.compile("<li>([☑☐]) ")


def import_html(article: Element, form: type[ImportHtml]) -> str:
    """Return the article as HTML, blocks separated by blank lines; empty for an empty article."""
    ids = heading_ids(article, form.heading_slug)
    writer = form(ids.slugs)
    writer.explicit_ids = frozenset(ids.explicit)
    return "\n\n".join(block for child in article if (block := writer.block(child)))


class ImportHtml(ArticleHtml):
    """HTML for any importer, with players for video and audio."""

    kept: ClassVar[dict[str, tuple[str, ...]]] = {"a": ("href", "title"), "img": ("src", "alt", "width", "height")}

    heading_slug: ClassVar[Callable[[str], str] | None] = None
    """The function by which the system makes the id of a heading from its text; None if it keeps the ids in the HTML.
    """
    explicit_ids: frozenset[str] = frozenset()
    """The keys of the headings whose id must be written."""

    def summary(self, el: Element) -> str:
        """Return the title of a collapsible."""
        return self.summary_on_one_line(el)

    def played(self, url: str, title: str | None, caption: str, inside: bool) -> str:
        """Return the player of a media file or of a known site, or a link."""
        if (kind := media_kind(url)) is not None:
            player = f'<{kind}{attributes(src=url, title=title)} preload="metadata" controls></{kind}>'
            return self.card(f'<figure class="{kind}">{player}{caption}</figure>', inside)
        if (player_html := self.player(url, title, caption, inside)) is not None:
            return player_html
        return super().played(url, title, caption, inside)

    def player(self, url: str, title: str | None, caption: str, inside: bool) -> str | None:
        """Return the player of a video or audio site, or None for other URLs."""
        if player_of(url) is None:
            return None
        named = attributes(src=frame_url(url), title=frame_title(url, title))
        frame = f'<iframe{named} loading="lazy" allowfullscreen></iframe>'
        return self.card(f'<figure class="embed">{frame}{caption}</figure>', inside)

    @classmethod
    def read_back(cls, body: str) -> str:
        """Return the HTML with links instead of players and boxes instead of check marks, for the fidelity check."""
        body = _CHECKED.sub(lambda m: f'<li><input type="checkbox"{" checked" if m[1] == "☑" else ""}>', body)
        return re.sub(PLAYER, player_link, body)
