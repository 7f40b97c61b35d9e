"""Write the blocks for which Markdown has no syntax: one class per style, one short method per kind of block.

`MarkdownBlocks` is plain Markdown (target `markdown`); `HtmlBlocks` uses HTML where it expresses more. Blocks in the
syntax of a single generator are in its module in `targets/`.
"""

from __future__ import annotations

import html
import re
from typing import ClassVar

from ...model.article import Element, text_of
from .. import block_styles
from ..article_html import ArticleHtml, attributes, missing
from ..players import frame_title, frame_url, media_kind, player_of
from .interfaces import ArticleWriter
from .marks import CLOSE, EM
from .read_back import PLAYER, Reading, player_link
from .reserved_syntax import escape_braces


class MarkdownHtml(ArticleHtml):
    """HTML inside Markdown without blank lines, which would end it: line ends of code are character references."""

    code_line_end: ClassVar[str] = "&#10;"
    row_end: ClassVar[str] = "\n"


class OneLineSummaries(MarkdownHtml):
    """The same HTML, with a heading in the title of a collapsible section on the line of the triangle."""

    def summary(self, el: Element) -> str:
        """Return the title of a collapsible section."""
        return self.summary_on_one_line(el)


def note(text: str) -> str:
    """Return the placeholder of missing content as a link definition, which no built page contains."""
    words = missing(text).removeprefix("<!-- ").removesuffix(" -->")
    return '[//]: # "' + words.translate(_NOT_IN_NOTES) + '"'


_NOT_IN_NOTES = str.maketrans({'"': "”", "\\": "/", "{": "(", "}": ")"})
#: Such a definition, and the comment that checks and the review look for.
NOTE: Reading = (r'(?m)\[//\]: # "(unwix: [^"\n]*)"$', r"<!-- \1 -->")


class MarkdownBlocks:
    """Plain Markdown: captions in italics below images, a gallery as its images, a video as a link."""

    readings: ClassVar[tuple[Reading, ...]] = ()

    def html_writer(self, ids: dict[str, str]) -> ArticleHtml:
        """Return the serializer of elements that are written as HTML; `ids` as in `ArticleHtml`."""
        return MarkdownHtml(ids)

    def raw(self, markup: str) -> str:
        """Return HTML unchanged."""
        return markup

    def anchor(self, identity: str) -> str:
        """Return a link target."""
        return self.raw(f'<a id="{html.escape(identity)}"></a>')

    def anchored(self, text: str, identity: str, inside: bool) -> str:
        """Return a block with a link target in it (`inside`) or before it."""
        return self.anchor(identity) + text if inside else f"{self.anchor(identity)}\n\n{text}"

    def fragment(self, identity: str) -> str:
        """Return the fragment of a link to such a target."""
        return identity

    def figure(self, writer: ArticleWriter, el: Element, caption: Element | None) -> str:
        """Return an image or a player, with its caption as a paragraph of its own."""
        body = writer.line(writer.inline_of(el, skip=caption), "p")
        return "\n\n".join(part for part in (body, self.caption(writer, caption)) if part)

    def caption(self, writer: ArticleWriter, caption: Element | None) -> str:
        """Return a caption in italics; "" for None."""
        if caption is None:
            return ""
        return writer.line(f"{EM}{writer.inline_of(caption)}{CLOSE[EM]}", "p")

    def gallery(self, writer: ArticleWriter, el: Element) -> str:
        """Return the images of a gallery, one after another."""
        return writer.blocks_of(el)

    def details(self, writer: ArticleWriter, el: Element, summary: Element | None) -> str:
        """Return a collapsible section: its title in HTML, the rest in Markdown."""
        title = writer.html.summary(summary) if summary is not None else ""
        parts = (self.raw(self.details_opening(title)), writer.blocks_of(el, skip=summary), self.raw("</details>"))
        return "\n\n".join(part for part in parts if part)

    def details_opening(self, title: str) -> str:
        """Return the beginning of a collapsible section."""
        return f"<details>\n<summary>{title}</summary>"

    def button(self, writer: ArticleWriter, el: Element, position: str) -> str:
        """Return a button as a link."""
        return writer.line(writer.inline_of(el), position)

    def missing(self, text: str, inline: bool = False) -> str:
        """Return the placeholder of missing content: a comment. `inline` is True in a line of a table cell."""
        return self.raw(missing(text))

    def image(self, writer: ArticleWriter, el: Element, alt: str) -> str:
        """Return an inline image; `alt` is its text as Markdown."""
        return f"![{alt}]({writer.destination(el.get('src') or '')})"

    def link(self, writer: ArticleWriter, el: Element, href: str, text: str) -> str:
        """Return an inline link."""
        return writer.inline.link(text or href, writer.without_braces(href), el.get("title") or None)

    def task(self, is_done: bool) -> str:
        """Return a checkbox for positions in which `[x]` is not read as one."""
        return self.raw(f'<input type="checkbox"{" checked" if is_done else ""} disabled> ')


class HtmlBlocks(MarkdownBlocks):
    """HTML where it expresses more: figures with captions, galleries and buttons with a class, players."""

    readings: ClassVar[tuple[Reading, ...]] = (NOTE, (PLAYER, player_link))
    escapes_in_alt: ClassVar[bool] = True
    """Whether the generator processes escapes in the alternative text of an image."""

    def html_writer(self, ids: dict[str, str]) -> ArticleHtml:
        """Return the serializer of elements that are written as HTML."""
        return OneLineSummaries(ids)

    def raw(self, markup: str) -> str:
        """Return HTML in which no generator finds a template."""
        return escape_braces(markup)

    def missing(self, text: str, inline: bool = False) -> str:
        """Return the placeholder of missing content: if possible a definition, which no built page contains."""
        return super().missing(text) if inline else note(text)

    def figure(self, writer: ArticleWriter, el: Element, caption: Element | None) -> str:
        """Return an image as Markdown, an image with a caption as `<figure>`, a video or audio as a player."""
        caption_html = f"<figcaption>{writer.html.inline(caption)}</figcaption>" if caption is not None else ""
        if (player := self.player(el, caption_html)) is not None:
            return player
        if caption is None or el.find(".//img") is None:
            return super().figure(writer, el, caption)
        images = "".join(writer.html.element(child) for child in el if child is not caption)
        return self.raw(f"<figure>{images}{caption_html}</figure>")

    def player(self, el: Element, caption: str) -> str | None:
        """Return the player of a video or audio, or None if the URL is only a page."""
        link = el.find("a")
        if el.get("class") not in ("video", "audio", "embed") or link is None or link.find(".//img") is not None:
            return None
        url = link.get("href") or ""
        title = " ".join(text_of(link).split()) or None
        if (kind := media_kind(url)) is not None:
            return self.media_player(kind, url, title, caption)
        if player_of(url) is not None:
            return self.frame(url, title, caption)
        return None

    def media_player(self, kind: str, url: str, title: str | None, caption: str) -> str:
        """Return the player of a file that browsers play; `kind` is `video` or `audio`."""
        named = attributes(src=url, title=title, style=block_styles.VIDEO_FILE if kind == "video" else None)
        player = f'<{kind}{named} preload="metadata" controls></{kind}>'
        return self.raw(f'<figure class="{kind}">{player}{caption}</figure>')

    def frame(self, url: str, title: str | None, caption: str) -> str:
        """Return the player of a video or audio site as a frame."""
        known = player_of(url)
        kind = known[0].kind if known else "embed"
        style = block_styles.FRAMES.get(kind, block_styles.OTHER_FRAME)
        named = attributes(src=frame_url(url), title=frame_title(url, title), style=style)
        frame = f'<iframe{named} loading="lazy" allowfullscreen></iframe>'
        return self.raw(f'<figure class="{kind}">{frame}{caption}</figure>')

    def gallery(self, writer: ArticleWriter, el: Element) -> str:
        """Return a gallery as one block of HTML with a `<figure>` for each image."""
        figures = [writer.html.element(child) for child in el]
        images = [
            re.sub("^<figure>", f'<figure style="{block_styles.IN_GALLERY}">', figure.strip()) for figure in figures
        ]
        return self.raw("\n".join([f'<div class="gallery" style="{block_styles.GALLERY}">', *images, "</div>"]))

    def button(self, writer: ArticleWriter, el: Element, position: str) -> str:
        """Return a link of class `button`; a button without a label shows its URL."""
        link = el.find("a")
        label = writer.html.inline(link) if link is not None else ""
        if link is None or not label:
            return super().button(writer, el, position)
        return self.raw(f'<a class="button" href="{html.escape(link.get("href") or "")}">{label}</a>')

    def image(self, writer: ArticleWriter, el: Element, alt: str) -> str:
        """Return an image as Markdown, or as HTML if the generator would show or drop the escapes in its text."""
        if not self.escapes_in_alt and ("\\" in alt or "&" in alt):
            return self.raw(f"<img{attributes(src=el.get('src') or '', alt=el.get('alt') or '')}>")
        return super().image(writer, el, alt)
