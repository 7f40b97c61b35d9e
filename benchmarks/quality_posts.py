"""Generate Wix post pages of which everything is known: their words, headings, links, images, lists, tables, metadata.

The markup follows docs/wix/viewer.md and docs/wix/pages.md, the text is random. A seed gives the same posts everywhere.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

ERAS = ("A", "B", "C", "D")
SITE = "https://www.example.com"
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_SYLLABLES = "ba do fi gru hel jo ka lim mo na pel ri sta tu vo wen xa yor zim".split()


@dataclass
class Truth:
    """What an editor would expect to find in the Markdown of a post."""

    title: str = ""
    author: str = ""
    date: str = ""
    tags: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    """The words of the body in order, captions and list items included."""
    headings: list[tuple[int, str]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    """(text, URL)"""
    images: list[str] = field(default_factory=list)
    """Wix media ids."""
    captions: list[str] = field(default_factory=list)
    items: list[tuple[str, str]] = field(default_factory=list)
    """(`ul` or `ol`, text)"""
    cells: list[str] = field(default_factory=list)
    embeds: list[str] = field(default_factory=list)
    collapsible_titles: list[str] = field(default_factory=list)


class PostGenerator:
    """Builds one page and its truth together."""

    def __init__(self, seed: int, era: str) -> None:
        self.random = random.Random(seed)
        self.era = era
        self.truth = Truth()
        self.number = 0
        self.blocks: list[Callable[[], str]] = [
            self.paragraph,
            self.paragraph,
            self.paragraph_with_link,
            self.heading,
            self.image,
            self.list,
            self.quote,
            self.table,
            self.divider,
            self.video,
            self.button,
            self.collapsible,
        ]

    # ---- text ---------------------------------------------------------------------------------------------------

    def word(self) -> str:
        return "".join(self.random.choice(_SYLLABLES) for _ in range(self.random.randint(1, 3)))

    def text(self, least: int, most: int) -> str:
        words = [self.word() for _ in range(self.random.randint(least, most))]
        return " ".join(words).capitalize()

    def add(self, text: str) -> str:
        """Record the words of a text and return it as HTML."""
        self.truth.words += text.lower().split()
        return escape(text)

    def key(self) -> str:
        self.number += 1
        return f"viewer-{self.number:05x}"

    def media_id(self) -> str:
        return f"ab12cd_{self.random.getrandbits(128):032x}~mv2.jpg"

    # ---- blocks -------------------------------------------------------------------------------------------------

    def block(self, markup: str, kind: str) -> str:
        if self.era == "A":
            return markup
        marker = f'<div type="{kind}" data-hook="rcv-block{self.number}"></div>'
        return f'<div data-breakout="normal">{markup}</div>{marker}'

    def bold(self, html: str) -> str:
        return {
            "C": f'<span style="font-weight:700">{html}</span>',
            "D": f"<strong>{html}</strong>",
        }.get(self.era, f'<strong style="font-weight:700">{html}</strong>')

    def line(self, html: str) -> str:
        return f'<p dir="auto" id="{self.key()}"><span><span>{html}</span></span></p>'

    def paragraph(self) -> str:
        start, middle, end = (self.add(self.text(3, 20)) for _ in range(3))
        return self.block(self.line(f"{start} {self.bold(middle)} {end}"), "paragraph")

    def paragraph_with_link(self) -> str:
        start = self.add(self.text(3, 9))
        text = self.text(1, 4)
        url = f"https://{self.word()}.example/{self.word()}"
        self.truth.links.append((text, url))
        link = f'<a href="{url}" target="_blank" rel="noopener noreferrer"><u>{self.add(text)}</u></a>'
        return self.block(self.line(f"{start} {link} {self.add(self.text(2, 9))}"), "paragraph")

    def heading(self) -> str:
        level = 3 if self.era == "A" else self.random.choice((2, 3, 4))
        text = self.text(2, 6)
        self.truth.headings.append((level, text))
        html = f'<h{level} dir="auto" id="{self.key()}"><span><span>{self.add(text)}</span></span></h{level}>'
        return self.block(html, "heading")

    def image(self) -> str:
        media, alt, caption = self.media_id(), self.text(2, 5), self.text(2, 6)
        self.truth.images.append(media)
        self.truth.captions.append(caption)
        base = f"https://static.wixstatic.com/media/{media}"
        small = f"{base}/v1/fill/w_49,h_37,al_c,q_20,blur_2/{media}"
        image = f'<img alt="{alt}" data-pin-media="{base}" src="{small}">'
        if self.era != "A":
            info = escape(json.dumps({"imageData": {"width": 800, "height": 600, "uri": media}}))
            image = f'<wow-image id="{media}" data-image-info="{info}">{image}</wow-image>'
        hook = "image-viewer" if self.era == "D" else "imageViewer"
        text = self.add(caption)
        text = f"<span>{text}</span>" if self.era == "D" else text
        return self.block(
            f'<figure data-hook="figure-IMAGE"><div data-hook="{hook}">{image}</div>'
            f'<figcaption dir="auto">{text}</figcaption></figure>',
            "image",
        )

    def list(self) -> str:
        tag = self.random.choice(("ul", "ol"))
        items = []
        for level in (1, 1, 2, 1)[: self.random.randint(2, 4)]:
            text = self.text(2, 8)
            self.truth.items.append((tag, text))
            items.append(f'<li dir="auto" aria-level="{level}">{self.line(self.add(text))}</li>')
        return self.block(f"<{tag}>{''.join(items)}</{tag}>", "bulleted_list" if tag == "ul" else "ordered_list")

    def quote(self) -> str:
        text = self.add(self.text(4, 14))
        if self.era in "CD":
            inner = f'<div dir="auto" id="{self.key()}">{text}</div>'
            html = f'<div dir="ltr" id="{self.key()}"><blockquote><span>{inner}</span></blockquote></div>'
        else:
            html = f'<blockquote id="{self.key()}"><span>{text}</span></blockquote>'
        return self.block(html, "blockquote")

    def table(self) -> str:
        rows = []
        for _ in range(self.random.randint(2, 4)):
            cells = []
            for _ in range(3):
                text = self.text(1, 3)
                self.truth.cells.append(text)
                cells.append(f'<td data-hook="table-plugin-cell"><div>{self.line(self.add(text))}</div></td>')
            rows.append(f"<tr>{''.join(cells)}</tr>")
        return self.block(f'<table data-hook="table-component"><tbody>{"".join(rows)}</tbody></table>', "table")

    def divider(self) -> str:
        return self.block('<div data-hook="divider-single"><svg><path d="M0 0h9"></path></svg></div>', "divider")

    def video(self) -> str:
        name = f"{self.random.getrandbits(60):011x}"[:11]
        self.truth.embeds.append(name)
        style = f"background-image:url(https://i.ytimg.com/vi/{name}/maxresdefault.jpg)"
        button = f'<button aria-label="Play video" style="{style}"></button>'
        return self.block(f'<div data-hook="reactPlayerWrapper"><div>{button}</div></div>', "video")

    def button(self) -> str:
        text, url = self.text(1, 3), f"https://{self.word()}.example/"
        self.truth.links.append((text, url))
        return self.block(f'<a data-hook="buttonViewer" href="{url}"><div>{self.add(text)}</div></a>', "button")

    def collapsible(self) -> str:
        title, text = self.text(2, 5), self.text(4, 12)
        self.truth.words += title.lower().split()
        self.truth.collapsible_titles.append(title)
        body = self.line(self.add(text))
        return self.block(
            '<div data-hook="collapsible-list-component"><div data-hook="collapsible-list-item collapsed">'
            '<div role="button" data-hook="collapsible-list-expand-button" aria-label="Item is collapsed"></div>'
            f'<div data-hook="collapsible-list-item-title"><h3 id="{self.key()}">{escape(title)}</h3></div>'
            f'<div data-hook="collapsible-list-item-body">{body}</div></div></div>',
            "collapsible_list",
        )

    # ---- page ---------------------------------------------------------------------------------------------------

    def page(self) -> tuple[bytes, Truth]:
        """Return a page as it was saved, and its truth."""
        truth = self.truth
        truth.title = self.text(3, 7)
        truth.author = f"{self.word().capitalize()} {self.word().capitalize()}"
        day, month = self.random.randint(1, 28), self.random.randint(1, 12)
        truth.date = f"2023-{month:02d}-{day:02d}"
        truth.tags = [self.word() for _ in range(2)]
        choices = [self.random.choice(self.blocks) for _ in range(self.random.randint(6, 16))]
        blocks = "".join(make() for make in [self.paragraph, *choices, self.paragraph])
        if self.era != "A":
            edge = '<div type="{0}" data-hook="rcv-block-{0}"></div>'
            blocks = edge.format("first") + blocks + edge.format("last")
        viewer = "rich-content-viewer" if self.era in "AB" else "content-viewer"
        version = {"A": "8.17.5", "B": "9.2.1", "C": "10.30.0", "D": "10.150.0"}[self.era]
        slug = truth.title.lower().replace(" ", "-")
        footer = "".join(f'<a data-hook="tag" href="{SITE}/blog/tags/{tag}">{tag}</a>' for tag in truth.tags)
        return (
            f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{truth.title}</title>'
            '<meta name="generator" content="Wix.com Website Builder"><meta property="og:type" content="article">'
            f'<meta property="og:title" content="{truth.title}"><meta property="og:url" content="{SITE}/post/{slug}">'
            f'<link rel="canonical" href="{SITE}/post/{slug}">'
            f'<meta property="article:published_time" content="{truth.date}T10:00:00.000Z">'
            f'<meta property="article:author" content="{truth.author}"><style>{"p{margin:0}" * 300}</style></head>'
            '<body><div id="SITE_CONTAINER"><span>top of page</span><nav><a href="/">Home</a><a href="/blog">Blog</a>'
            '</nav><div data-hook="post-page-root"><article data-hook="post"><div data-hook="post-header">'
            f'<span data-hook="user-name">{truth.author}</span><span data-hook="time-ago">{_MONTHS[month - 1]} {day}, '
            '2023</span><span data-hook="time-to-read">2 min read</span></div><div data-hook="post-title">'
            f'<h1 data-hook="post-title">{truth.title}</h1></div><section data-hook="post-description">'
            f'<article class="blog-post-page-font"><div class="post-content__body"><div data-rce-version="{version}">'
            f'<style>.a{{color:red}}</style><div dir="ltr" data-id="{viewer}">{blocks}</div></div></div></article>'
            f'</section><nav aria-label="tags" data-hook="tag-cloud-root">{footer}</nav>'
            '<div data-hook="post-main-actions__stats">12 views0 comments</div></article>'
            '<section data-hook="recent-posts"><h2>Recent Posts</h2><a data-hook="recent-post" href="/post/other">'
            "Another post</a></section><div>Comments</div></div><span>bottom of page</span></div></body></html>"
        ).encode(), truth


def generate(posts_per_era: int, seed: int = 1) -> list[tuple[str, bytes, Truth]]:
    """Return (era, page, truth) of the posts of all eras."""
    return [
        (era, *PostGenerator(seed * 10_000 + number * 10 + ERAS.index(era), era).page())
        for era in ERAS
        for number in range(posts_per_era)
    ]
