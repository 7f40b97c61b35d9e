"""Ghost: one JSON file for Settings → Import/Export.

`ghost.json` is in Ghost's import format (Ghost 5 and later). With `--media copy` the images, videos and files are in
`content/images/`; pack both into a ZIP without `report.json`, and import that:

```
zip -qr ghost.zip ghost.json content
```

Otherwise posts refer to Wix's servers. Tables, collapsibles, players and placeholders are HTML cards of Ghost's
editor; galleries are single images, buttons and files are links. Slugs are ASCII, other scripts transliterated,
because Ghost changes all others. Categories and tags are tags, the first of them the primary one. Ghost needs an
e-mail address of each author: `NAME@authors.invalid` belongs to nobody; change it, or give the posts to others. Such
users are contributors and cannot log in. A description beyond 300 characters is the meta description instead of the
excerpt; what is longer than Ghost accepts (meta description 500, alternative text of the cover 191) is left out.
"""

from __future__ import annotations

import re

from ....model.article import INLINE, Element
from ...article_html import attributes
from ...import_files.ghost_json import ghost_json
from ...import_files.import_format import ImportFormat
from ...import_files.import_html import ImportHtml
from ...markdown.flavor import MarkdownFlavor
from ...slugs import transliterated_slug
from ...target import FrontMatter, SitePages, Target


class GhostHtml(ImportHtml):
    """Ghost takes HTML apart into its editor's blocks; what it has none for stays whole in an HTML card."""

    #: What Ghost's lists and quotations contain: lines and lists.
    _LINES = frozenset({"p", "ul", "ol", "li", *INLINE})
    _CARD = re.compile(r"<!--kg-card-(?:begin|end): html-->")

    def card(self, markup: str, inside: bool) -> str:
        """Return an HTML card between the comments of Ghost's editor, Koenig."""
        return markup if inside else f"<!--kg-card-begin: html-->\n{markup}\n<!--kg-card-end: html-->"

    def heading(self, el: Element, inside: bool) -> str:
        """Return a heading; Ghost gives headings ids of its own, so a link's target stands before it."""
        key = self.ids.get(el.get("id") or "")
        heading = f"<{el.tag}>{self.inline(el)}</{el.tag}>"
        return f"{self.card(f'<a{attributes(id=key)}></a>', inside)}\n\n{heading}" if key else heading

    def list(self, el: Element, inside: bool) -> str:
        """Return a list; one whose items hold more than a line and lists below it is a card."""
        markup = super().list(el, inside)
        lines = all(inner.tag in self._LINES for inner in el.iterdescendants())
        one_each = all([child.tag == "p" for child in li] == [n == 0 for n in range(len(li))] for li in el.iter("li"))
        return markup if lines and one_each else self.card(markup, inside)

    def quote(self, el: Element, inside: bool) -> str:
        """Return a quotation as one paragraph; one with more than paragraphs in it is a card."""
        if all(child.tag == "p" for child in el):
            return f"<blockquote>{'<br><br>'.join(self.inline(child) for child in el)}</blockquote>"
        return self.card(super().quote(el, inside), inside)

    def figure(self, el: Element, inside: bool) -> str:
        """Return a figure; Ghost's own image takes no link into the page, and none to itself."""
        markup = super().figure(el, inside)
        link, image = el.find("a"), el.find("a/img")
        if link is None or image is None:
            return markup
        href = link.get("href") or ""
        return self.card(markup, inside) if href.startswith("#") or href == image.get("src") else markup

    @classmethod
    def read_back(cls, body: str) -> str:
        """Return the body without the comments of cards."""
        return super().read_back(cls._CARD.sub("", body))


TARGET = Target(
    "ghost",
    path="ghost.json!/{slug}",
    base="ghost.json!",
    front=FrontMatter(),
    flavor=MarkdownFlavor("import"),
    url="/{place}/",
    slug=transliterated_slug,  # Ghost transliterates all others, by a table of its own
    # Ghost's own routes (routes.yaml).
    pages=SitePages(
        {
            "post": "/{slug}/",
            "category": "/tag/{name}/",
            "tag": "/tag/{name}/",
            "author": "/author/{name}/",
            "home": "/",
            "feed": "/rss/",
        },
        slug=transliterated_slug,
        static="redirects",
    ),
    media="content/images",
    media_url="/content/images/{file}",  # Ghost looks for the file's name as it is
    import_format=ImportFormat("ghost.json", GhostHtml, ghost_json),
)
