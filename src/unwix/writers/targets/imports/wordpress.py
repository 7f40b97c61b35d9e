"""Target `wordpress`: one WXR file for Tools → Import → WordPress."""

from __future__ import annotations

import re

from ...import_files.import_format import ImportFormat
from ...import_files.import_html import ImportHtml
from ...import_files.wxr import wxr
from ...markdown.flavor import MarkdownFlavor
from ...players import player_of
from ...target import FrontMatter, SitePages, Target


class WordPressHtml(ImportHtml):
    """WordPress: `[name]` is a shortcode, and a URL alone on its line becomes the player of that site."""

    _ALONE = re.compile(r"(?m)^(https?://[^\s<>\"]+)$")

    def quoted(self, text: str) -> str:
        """Return text that calls no shortcode; in an attribute neither."""
        return text.replace("[", "&#91;")

    def player(self, url: str, title: str | None, caption: str, inside: bool) -> str | None:
        """Return the URL alone, where it may stand on a line of its own, and the video's own title below it.

        WordPress makes the player (wp-includes/class-wp-embed.php, autoembed); it would remove frames from the posts of
        all but administrators.
        """
        if inside or player_of(url) is None:
            return None
        named = self.below(self.text(title)) if title and title != url else ""
        return "\n\n".join(part for part in (url, named, self.below(caption)) if part)

    @classmethod
    def read_back(cls, body: str) -> str:
        """Return such URLs as links again."""
        return super().read_back(cls._ALONE.sub(r'<p><a href="\1">\1</a></p>', body))


TARGET = Target(
    "wordpress",
    path="wordpress.xml!/{slug}",
    base="wordpress.xml!",
    front=FrontMatter(),
    flavor=MarkdownFlavor("import"),
    url="/{place}/",
    # A new installation's own permalinks.
    pages=SitePages(
        {
            "post": "/{year}/{month}/{day}/{slug}/",
            "category": "/category/{name}/",
            "tag": "/tag/{name}/",
            "author": "/author/{name}/",
            "home": "/",
            "feed": "/feed/",
        },
        static="redirects",
    ),
    import_format=ImportFormat("wordpress.xml", WordPressHtml, wxr),
)
