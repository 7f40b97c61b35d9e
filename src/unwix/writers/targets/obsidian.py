"""Obsidian: notes of a vault, named by their titles, with wikilinks, callouts and embeds.

The notes are at the top of the vault. Tags are single words; dates are as Obsidian's date fields take them.
Collapsibles are folded callouts, or headings where their title is one; videos are embeds.
"""

from __future__ import annotations

import re
from typing import ClassVar

from ...model.article import HEADINGS, Element, text_of
from ..article_html import missing
from ..markdown.blocks import HtmlBlocks, MarkdownBlocks
from ..markdown.flavor import MarkdownFlavor
from ..markdown.interfaces import ArticleWriter
from ..markdown.link_destination import destination
from ..markdown.read_back import Reading
from ..markdown.reserved_syntax import AUTOLINK, COMMENT, reserve
from ..players import media_kind
from ..target import WIKI, FrontMatter, SitePages, Target

_RESERVED = (
    COMMENT,
    AUTOLINK,
    r"%(?=%)",
    r"=(?==)",
    r"\$(?=\$|[^\s$].{0,2000}?(?<=\S)\$(?!\d))",
    r"\[(?=[\[\x0e])",
    r"(?<=\x11)\[",
    r"\^(?=\[)",
    r"(?<=\s)\^(?=[\w-]+$)",
    r"(?<![^\s(])#(?=[^\W\d])",
    r"(?<![^\s(])#(?=\w+[^\W\d])",
)
_PLAIN_TEXT = re.compile(r"[^\[\]|#^\\`*_~<>=$&%\n]+")
_EMBEDDED = r"https://(?:www\.youtube\.com/watch|(?:twitter|x)\.com/\w+/status)"


def _wiki_link(el: Element, place: str) -> str | None:
    """Return `[[file#heading|text]]` (help.obsidian.md/links), or None for rich text and in tables."""
    text = text_of(el)
    if not _PLAIN_TEXT.fullmatch(text) or len(el) or any(True for _ in el.iterancestors("table")):
        return None
    file, mark, heading = place.partition("#")
    short = file.removesuffix(".md") + mark + heading
    return f"[[{short}]]" if text == short else f"[[{short}|{text}]]"


def _as_markdown(match: re.Match[str]) -> str:
    file, heading, text = match.groups(default="")
    return f"[{text or file + heading}](<{file}.md{heading}>)"


class ObsidianBlocks(HtmlBlocks):
    """Obsidian's own syntax: embeds with `!`, foldable callouts and headings, block ids."""

    readings: ClassVar[tuple[Reading, ...]] = (
        (r"!(\[[^\]\n]*\]\(https://(?:www\.youtube\.com/watch|twitter\.com|x\.com)[^)\n]*\))", r"\1"),
        (r"!(\[[^\]\n]*\]\([^)\n]*\.(?:mp4|webm|ogv|mov|m4v|mp3|m4a|ogg|oga|wav|aac|flac)\))", r"\1"),
        (r"(?m)\[!example\]- ?(?:…$)?", '<wbr class="callout">'),
        (r"(?<![!\\])\[\[([^\[\]|#\n]+)(#[^\[\]|\n]*)?(?:\|([^\[\]\n]+))?\]\]", _as_markdown),
        (r"(?m)(?:^| )\^[a-zA-Z0-9-]+$", ""),
    )

    def missing(self, text: str, inline: bool = False) -> str:
        """Return the placeholder of missing content: a comment, which Obsidian shows only in its editor."""
        return self.raw(missing(text))

    def link(self, writer: ArticleWriter, el: Element, href: str, text: str) -> str:
        """Return a link to another note in Obsidian's syntax."""
        place = href.removeprefix(WIKI)
        if place == href:
            return super().link(writer, el, href, text)
        wiki_link = _wiki_link(el, place)
        return writer.inline.link(text or place, place) if wiki_link is None else writer.inline.raw(wiki_link)

    def anchored(self, text: str, identity: str, inside: bool) -> str:
        """Return a block with Obsidian's block id after it."""
        return f"{text}{' ' if inside else chr(10) * 2}{self.fragment(identity)}"

    def fragment(self, identity: str) -> str:
        """Return a block id: letters, digits and hyphens."""
        return "^" + re.sub(r"[^a-zA-Z0-9-]+", "-", identity)

    def figure(self, writer: ArticleWriter, el: Element, caption: Element | None) -> str:
        """Return images as plain Markdown; a video as an embed if Obsidian can embed it, else as a player."""
        link = el.find("a")
        if el.get("class") in ("video", "audio", "embed") and link is not None:
            href = link.get("href") or ""
            local = media_kind(href) and not re.match(r"\w+:", href)
            if local or re.match(_EMBEDDED, href):
                title = writer.inline.write(" ".join(text_of(link).split()), "alt")
                parts = (f"![{title}]({destination(href)})", self.caption(writer, caption))
                return "\n\n".join(part for part in parts if part)
            caption_html = f"<figcaption>{writer.html.inline(caption)}</figcaption>" if caption is not None else ""
            if (player := self.player(el, caption_html)) is not None:
                return player
        return MarkdownBlocks.figure(self, writer, el, caption)

    def gallery(self, writer: ArticleWriter, el: Element) -> str:
        """Return the images of a gallery, one after another."""
        return MarkdownBlocks.gallery(self, writer, el)

    def details(self, writer: ArticleWriter, el: Element, summary: Element | None) -> str:
        """Return a heading, which Obsidian can fold, if the title is one; else a folded callout."""
        heading = next(summary.iter(*HEADINGS), None) if summary is not None else None
        body = writer.blocks_of(el, skip=summary)
        if heading is not None:
            return f"{'#' * int(str(heading.tag)[1])} {writer.line(writer.inline_of(heading), 'heading')}\n\n{body}"
        title = writer.line(writer.inline_of(summary).replace("\n", " "), "heading") if summary is not None else ""
        inside = f"[!example]- {title}\n\n{body}" if body else f"[!example]- {title}"
        return "\n".join(f"> {line}" if line else ">" for line in inside.split("\n"))

    def button(self, writer: ArticleWriter, el: Element, position: str) -> str:
        """Return a button as a link."""
        return MarkdownBlocks.button(self, writer, el, position)


TARGET = Target(
    "obsidian",
    path="{title}.md",
    front=FrontMatter(
        names={"comments": "comment_count", "date": "created", "canonical_url": "source"},
        dates="local",
        single_word_tags=True,
    ),
    flavor=MarkdownFlavor(
        "obsidian",
        ObsidianBlocks(),
        text_ids=True,
        reserved=reserve(*_RESERVED),
        readings=(*ObsidianBlocks.readings, *HtmlBlocks.readings),
    ),
    url="{place}",
    pages=SitePages(),
    media="attachments",
    links="wiki",
    links_between="files",
)
