"""Ghost: one JSON file for Settings → Import/Export.

`ghost.json` is in Ghost's import format (Ghost 5 and later). With `--media copy` the images, videos and files are in
`content/images/`; pack both into a ZIP without `report.json`, and import that:

```
zip -qr ghost.zip ghost.json content
```

Otherwise posts refer to Wix's servers. Galleries, players, embedded pages, buttons, audio and video files and
collapsibles are the cards of Ghost's editor where these lose nothing: a collapsible of one plain paragraph, a gallery
of images without captions and links whose size is known. Else a gallery is single images, and a collapsible, a table
or a placeholder is an HTML card. Other files are links, because Ghost's file card shows a size of 0. Slugs are ASCII,
other scripts transliterated, because Ghost changes all others. Categories and tags are tags, the first of them the
primary one; names that differ only in case or spaces are one tag. Ghost needs an e-mail address of each author:
`NAME@authors.invalid` belongs to nobody; change it, or give the posts to others. Such users are contributors and
cannot log in. A description beyond 300 characters is the meta description instead of the excerpt; what is longer than
Ghost accepts (meta description 500, alternative text of the cover 191) is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import ClassVar

from ....model.article import PLAIN_LIST, Element
from ...article_html import attributes
from ...import_files.ghost_json import ghost_json
from ...import_files.import_format import ImportFormat
from ...import_files.import_html import ImportHtml
from ...import_files.read_back import ghost_posts
from ...markdown.flavor import MarkdownFlavor
from ...players import frame_title, frame_url, is_video, media_kind
from ...slugs import transliterated_slug
from ...target import FrontMatter, SitePages, Target

#: Ghost's editor takes nine images in a gallery.
_MAX_IMAGES = 9
#: Marks that captions of Ghost's cards keep.
_IN_CAPTION = re.compile(r"</?(?:figcaption|a|strong|em)\b[^>]*>")


def heading_slug(text: str) -> str:
    """Return the id that Ghost gives an ASCII heading (@tryghost/kg-utils, slugify); all others are percent-encoded."""
    if not text.isascii():
        return ""
    words = re.sub(r"""[\][!"#$%&'()*+,./:;<=>?@\\^_{|}~]""", "", text.strip().lower())
    return re.sub(r"^-|-{2,}|-$", "", re.sub(r"\s+", "-", words))


def _is_plain(el: Element | None) -> bool:
    """Return whether an element contains only text without marks, for cards that read no HTML."""
    return el is not None and len(el) == 0 and bool((el.text or "").strip()) and not re.search("[<&]", el.text or "")


class GhostHtml(ImportHtml):
    """HTML that Ghost splits into the cards of its editor; what no card expresses is one HTML card.

    Ghost recognizes its cards by the classes of @tryghost/kg-default-nodes (`*-parser.js`).
    """

    heading_slug: ClassVar[Callable[[str], str] | None] = staticmethod(heading_slug)
    #: The written form, and the form that the fidelity check reads instead.
    _READINGS = (
        (re.compile(r"<!--kg-card-(?:begin|end): html-->"), ""),
        (re.compile(r'<figure class="kg-card kg-embed-card">'), '<figure class="embed">'),
        (
            re.compile(r'<figure class="kg-card kg-video-card"><div class="kg-video-container">(.*?)</div>'),
            r'<figure class="video">\1',
        ),
        (
            re.compile(
                r'<div class="kg-card kg-audio-card"><div class="kg-audio-player-container">'
                r'<audio([^>]*)></audio>(?:<div class="kg-audio-title">(.*?)</div>)?</div></div>'
            ),
            r'<figure class="audio"><audio title="\2"\1></audio></figure>',
        ),
        (
            re.compile(
                r'<div class="kg-card kg-toggle-card"[^>]*><div class="kg-toggle-heading">'
                r'<h4 class="kg-toggle-heading-text">(.*?)</h4></div><div class="kg-toggle-content">(.*?)</div></div>'
            ),
            r"<details><summary>\1</summary>\2</details>",
        ),
        (
            re.compile(
                r'<figure class="kg-card kg-bookmark-card"><a class="kg-bookmark-container"([^>]*)>'
                r'<div class="kg-bookmark-title">(.*?)</div></a></figure>'
            ),
            r"<p><a\1>\2</a></p>",
        ),
    )

    # ---- text ---------------------------------------------------------------------------------------------------

    def card(self, markup: str, inside: bool) -> str:
        """Return an HTML card between the comments of Ghost's editor, Koenig."""
        return markup if inside else f"<!--kg-card-begin: html-->\n{markup}\n<!--kg-card-end: html-->"

    def heading(self, el: Element, inside: bool) -> str:
        """Return a heading; an anchor precedes it if its id is not the one that Ghost makes."""
        key = el.get("id") or ""
        heading = f"<{el.tag}>{self.inline(el)}</{el.tag}>"
        if key not in self.explicit_ids:
            return heading
        return f"{self.card(f'<a{attributes(id=self.ids[key])}></a>', inside)}\n\n{heading}"

    def list(self, el: Element, inside: bool) -> str:
        """Return a list; a list whose items contain more than a line and lists below it is a card."""
        markup = super().list(el, inside)
        before = el.getprevious()
        if not inside and before is not None and before.tag == el.tag:
            markup = f"{self.card('<!-- -->', inside)}\n\n{markup}"  # Ghost joins two adjacent lists
        lines = all(inner.tag in PLAIN_LIST for inner in el.iterdescendants())
        one_each = all([child.tag == "p" for child in li] == [n == 0 for n in range(len(li))] for li in el.iter("li"))
        return markup if lines and one_each else self.card(markup, inside)

    def quote(self, el: Element, inside: bool) -> str:
        """Return a quotation as one paragraph; one that contains more than paragraphs is a card."""
        if all(child.tag == "p" for child in el):
            return f"<blockquote>{'<br><br>'.join(self.inline(child) for child in el)}</blockquote>"
        return self.card(super().quote(el, inside), inside)

    def paragraph(self, el: Element, inside: bool) -> str:
        """Return a paragraph; a button with a plain label is a card."""
        link = el.find("a")
        if el.get("class") != "button" or inside or link is None or not link.get("href") or not _is_plain(link):
            return super().paragraph(el, inside)
        button = f'<a{attributes(href=link.get("href"))} class="kg-btn kg-btn-accent">{self.inline(link)}</a>'
        return f'<div class="kg-card kg-button-card kg-align-left">{button}</div>'

    def details(self, el: Element, inside: bool) -> str:
        """Return a collapsible section; Ghost's toggle keeps only the text of its title and its content."""
        summary, *rest = [*el] or [None]
        plain = summary is not None and summary.tag == "summary" and _is_plain(summary) and len(rest) == 1
        if inside or el.get("id") or not plain or rest[0].tag != "p" or not _is_plain(rest[0]):
            return super().details(el, inside)
        title = f'<h4 class="kg-toggle-heading-text">{self.inline(el[0])}</h4>'
        content = f'<div class="kg-toggle-content"><p>{self.inline(rest[0])}</p></div>'
        heading = f'<div class="kg-toggle-heading">{title}</div>'
        return f'<div class="kg-card kg-toggle-card" data-kg-toggle-state="close">{heading}{content}</div>'

    # ---- images and media ---------------------------------------------------------------------------------------

    def figure(self, el: Element, inside: bool) -> str:
        """Return a figure; Ghost's image has no link within the page, and none to itself."""
        markup = super().figure(el, inside)
        link, image = el.find("a"), el.find("a/img")
        if link is None or image is None:
            return markup
        href = link.get("href") or ""
        return self.card(markup, inside) if href.startswith("#") or href == image.get("src") else markup

    def gallery(self, el: Element, inside: bool) -> str:
        """Return gallery cards; images with captions, links or an unknown size are images one after another."""
        images = [child.find("img") for child in el]
        if inside or not all(len(child) == 1 for child in el) or not all(map(_has_size, images)):
            return super().gallery(el, inside)
        images_shown = [self.inline_element(image) for image in images if image is not None]
        groups = (images_shown[at : at + _MAX_IMAGES] for at in range(0, len(images_shown), _MAX_IMAGES))
        classes = "kg-card kg-gallery-card kg-width-wide"
        return "\n\n".join(f'<figure class="{classes}">{"".join(group)}</figure>' for group in groups)

    def played(self, url: str, title: str | None, caption: str, inside: bool) -> str:
        """Return a player, or a bookmark for another page.

        A title that Ghost's player would not show, or would show with escapes, is kept in an HTML card.
        """
        kind = media_kind(url)
        is_lost = title and (kind == "video" or (kind == "audio" and re.search("[<&]", title)))
        if inside or is_lost or "<" in _IN_CAPTION.sub("", caption):
            return super().played(url, title, caption, inside)
        if kind == "video":  # used until the browser knows the size of the file
            video = f'<video{attributes(src=url)} width="1280" height="720"></video>'
            container = f'<div class="kg-video-container">{video}</div>'
            return f'<figure class="kg-card kg-video-card">{container}{caption}</figure>'
        if kind == "audio":
            named = f'<div class="kg-audio-title">{self.text(title)}</div>' if title else ""
            player = f'<audio{attributes(src=url)} preload="metadata"></audio>{named}'
            container = f'<div class="kg-audio-player-container">{player}</div>'
            return self._with_caption(f'<div class="kg-card kg-audio-card">{container}</div>', caption)
        if (source := frame_url(url)) is not None:
            # Like Ghost's own cards: its themes compute the ratio from the size.
            size = ' width="200" height="113"' if is_video(url) else ""
            named = attributes(src=source, title=frame_title(url, title))
            frame = f'<iframe{named}{size} frameborder="0" allowfullscreen></iframe>'
            return f'<figure class="kg-card kg-embed-card">{frame}{caption}</figure>'
        if not url.startswith(("http://", "https://")):
            return super().played(url, title, caption, inside)
        named = f'<div class="kg-bookmark-title">{self.text(title or url)}</div>'
        link = f'<a class="kg-bookmark-container"{attributes(href=url)}>{named}</a>'
        return self._with_caption(f'<figure class="kg-card kg-bookmark-card">{link}</figure>', caption)

    def _with_caption(self, card: str, caption: str) -> str:
        return "\n\n".join(filter(None, (card, self.below(caption))))

    @classmethod
    def read_back(cls, body: str) -> str:
        """Return the body with the cards as plain HTML, for the fidelity check."""
        for pattern, replacement in cls._READINGS:
            body = pattern.sub(replacement, body)
        return super().read_back(body)


def _has_size(image: Element | None) -> bool:
    return image is not None and bool(image.get("width")) and bool(image.get("height"))


TARGET = Target(
    "ghost",
    path="ghost.json!/{slug}",
    shows_title=True,
    draws_cover=True,
    base="ghost.json!",
    front=FrontMatter(),
    flavor=MarkdownFlavor("import", slug=heading_slug),
    url="/{place}/",
    slug=transliterated_slug,  # Ghost transliterates all others with a table of its own
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
    media_url="/content/images/{file}",  # Ghost searches for the file name without encoding
    import_format=ImportFormat(
        "ghost.json", GhostHtml, ghost_json, posts=ghost_posts, name_groups=(("categories", "tags"), ("authors",))
    ),
)
