"""Generator forms: what single site generators have words of their own for, on top of forms.py."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, ClassVar

from bs4 import Tag

from ..markdown.escaping import CLOSE, EM
from ..markdown.html import inner_html
from ..markdown.html_blocks import HtmlBlocks, MarkdownBlocks, attributes
from ..markdown.link_destination import destination
from ..markdown.players import player_of, plays_itself
from ..markdown.read_back import Reading
from ..markdown.reserved_syntax import html_signs
from ..markdown.wikilinks import WIKI, WIKI_LINKS, wiki_link

if TYPE_CHECKING:
    from ..markdown.flavor import LineWriter


class JekyllBlocks(HtmlBlocks):
    """HTML, and kramdown's attributes."""

    def opening(self, title: str) -> str:
        """Kramdown reads Markdown in HTML only where it is told to."""
        return f'<details markdown="1">\n<summary markdown="0">{title}</summary>'

    def button(self, writer: LineWriter, el: Tag, text: str, where: str) -> str:
        """A link with kramdown's class."""
        said = writer.line(text, where)
        return said + "{: .button}" if said.endswith(")") and el.find("a") else said


class PelicanBlocks(JekyllBlocks):
    """HTML, and the attributes of Python-Markdown's `extra`, which Pelican turns on.

    Pelican warns of each `alt=""`; an `alt` without a value says the same.
    """

    def raw(self, markup: str) -> str:
        """HTML with such an `alt`."""
        return re.sub(r'(<img [^>]*?alt)=""', r"\1", super().raw(markup))

    def image(self, writer: LineWriter, el: Tag, alt: str) -> str:
        """Markdown, unless the picture has no text."""
        if alt:
            return super().image(writer, el, alt)
        return self.raw(f'<img src="{html.escape(str(el.get("src") or ""))}" alt="">')

    def opening(self, title: str) -> str:
        """`md_in_html` leaves elements without the attribute alone."""
        return f'<details markdown="1">\n<summary>{title}</summary>'


class MkDocsBlocks(HtmlBlocks):
    """HTML only where nothing in it is an address of the site: MkDocs sets right those in Markdown alone."""

    def figure(self, writer: LineWriter, el: Tag, caption: Tag | None) -> str:
        """Pictures are Markdown, with the caption in italics under them."""
        said = f"<figcaption>{inner_html(caption)}</figcaption>" if caption is not None else ""
        link = el.find("a")
        outside = isinstance(link, Tag) and re.match(r"https?://", str(link.get("href") or ""))
        return (self.player(el, said) if outside else None) or MarkdownBlocks.figure(self, writer, el, caption)

    def gallery(self, writer: LineWriter, el: Tag, text: str) -> str:
        """Its pictures."""
        return text.strip("\n")

    def details(self, writer: LineWriter, el: Tag, summary: Tag | None, text: str) -> str:
        """All in HTML: MkDocs reads no Markdown in it unless it is told to."""
        return writer.html_of(el)

    def button(self, writer: LineWriter, el: Tag, text: str, where: str) -> str:
        """A link."""
        return writer.line(text, where)


class ObsidianBlocks(HtmlBlocks):
    """Obsidian's own: embeds with `!`, foldable callouts and headings."""

    reads: ClassVar[tuple[Reading, ...]] = (
        (r"!(\[[^\]\n]*\]\(https://(?:www\.youtube\.com/watch|twitter\.com|x\.com)[^)\n]*\))", r"\1"),
        (r"!(\[[^\]\n]*\]\([^)\n]*\.(?:mp4|webm|ogv|mov|m4v|mp3|m4a|ogg|oga|wav|aac|flac)\))", r"\1"),
        (r"\[!example\]- ?", ""),
        WIKI_LINKS,
        (r"(?m)(?:^| )\^[a-zA-Z0-9-]+$", ""),
    )

    def link(self, writer: LineWriter, el: Tag, href: str, text: str) -> str:
        """A link to another note as Obsidian says it."""
        place = href.removeprefix(WIKI)
        if place == href:
            return super().link(writer, el, href, text)
        said = wiki_link(el, place)
        return writer.inline.link(text or place, place) if said is None else writer.inline.atom(said)

    def anchored(self, text: str, identity: str, inside: bool) -> str:
        """A block with Obsidian's own id behind it."""
        return f"{text}{' ' if inside else chr(10) * 2}{self.place(identity)}"

    def place(self, identity: str) -> str:
        """Such an id: letters, digits and hyphens."""
        return "^" + re.sub(r"[^a-zA-Z0-9-]+", "-", identity)

    def figure(self, writer: LineWriter, el: Tag, caption: Tag | None) -> str:
        """Pictures as plain Markdown; a film is an embed where Obsidian embeds it, else a player."""
        link = el.find("a")
        if el.get("class") in ("video", "audio", "embed") and isinstance(link, Tag):
            href = str(link.get("href") or "")
            local = plays_itself(href) and not re.match(r"\w+:", href)
            if local or re.match(r"https://(?:www\.youtube\.com/watch|(?:twitter|x)\.com/\w+/status)", href):
                title = writer.inline.write(link.get_text(" ", strip=True), "alt")
                embed = f"![{title}]({destination(href)})"
                said = writer.line(f"{EM}{writer.said_in(caption)}{CLOSE[EM]}", "p") if caption is not None else ""
                return f"{embed}\n\n{said}" if said else embed
            said = f"<figcaption>{inner_html(caption)}</figcaption>" if caption is not None else ""
            if (played := self.player(el, said)) is not None:
                return played
        return MarkdownBlocks.figure(self, writer, el, caption)

    def gallery(self, writer: LineWriter, el: Tag, text: str) -> str:
        """Its pictures."""
        return text.strip("\n")

    def details(self, writer: LineWriter, el: Tag, summary: Tag | None, text: str) -> str:
        """A heading, which Obsidian folds, where the title is one; else a folded callout."""
        heading = summary.find(re.compile("^h[1-6]$")) if summary is not None else None
        title = writer.line(writer.said_in(summary).replace("\n", " "), "heading") if summary is not None else ""
        body = text.strip("\n")
        if isinstance(heading, Tag):
            title = writer.line(writer.said_in(heading), "heading")
            return f"{'#' * int(heading.name[1])} {title}\n\n{body}"
        inside = f"[!example]- {title}\n\n{body}" if body else f"[!example]- {title}"
        return "\n".join(f"> {line}" if line else ">" for line in inside.split("\n"))

    def button(self, writer: LineWriter, el: Tag, text: str, where: str) -> str:
        """A link."""
        return writer.line(text, where)


def _hugo_figure(found: re.Match[str]) -> str:
    values = {name: one or two for name, one, two in re.findall(r'(\w+)=(?:"([^"]*)"|`([^`]*)`)', found[1])}
    alt = html.escape(values.get("alt", ""))
    return f'<img src="{html.escape(values.get("src", ""))}" alt="{alt}"> {values.get("caption", "")}'.rstrip()


def _hugo_player(found: re.Match[str]) -> str:
    values = dict(re.findall(r'(\w+)="([^"]*)"', found[2]))
    address = {"youtube": "https://www.youtube.com/watch?v=", "vimeo": "https://vimeo.com/"}[found[1]] + values["id"]
    return f'<p><a href="{address}">{html.escape(values.get("title") or address)}</a></p>'


class HugoBlocks(HtmlBlocks):
    """Hugo's own shortcodes; what they cannot say is HTML in `rawhtml`, a shortcode that is written beside.

    Hugo drops HTML in the text unless the owner has set `unsafe`.
    """

    reads: ClassVar[tuple[Reading, ...]] = (
        (r"\{\{< /?rawhtml >\}\}", ""),
        (r"\{\{< figure (.*?) >\}\}", _hugo_figure),
        (r"\{\{< (youtube|vimeo) (.*?) >\}\}", _hugo_player),
    )
    #: Signs that a shortcode's parameter cannot carry as they are.
    _AWKWARD = re.compile(r"[\"`\\\n]|\{\{|[<>]\}\}|%\}\}|<")

    def raw(self, markup: str) -> str:
        """HTML in the shortcode that prints it as it is."""
        return f"{{{{< rawhtml >}}}}{html_signs(markup)}{{{{< /rawhtml >}}}}" if markup else ""

    def figure(self, writer: LineWriter, el: Tag, caption: Tag | None) -> str:
        """Hugo's `figure`, where its parameters can say it."""
        picture, link = el.find("img"), el.find("a")
        linked = link is not None and link.find_parent("figcaption") is None
        in_gallery = el.parent is not None and el.parent.get("class") == "gallery"
        if not isinstance(picture, Tag) or linked or (caption is None and not in_gallery):
            return super().figure(writer, el, caption)
        said = writer.line(writer.said_in(caption), "p") if caption is not None else ""
        source = destination(str(picture.get("src") or ""))
        alt = " ".join(str(picture.get("alt") or "").split())
        if self._AWKWARD.search(alt + source) or re.search(r"[`\n]|\{\{|>\}\}", said) or len(el.find_all("img")) > 1:
            return super().figure(writer, el, caption)
        parts = [f'src="{source}"', f'alt="{alt}"' if alt else "", f"caption=`{said}`" if said else ""]
        return f"{{{{< figure {' '.join(part for part in parts if part)} >}}}}"

    def frame(self, address: str, title: str | None, caption: str) -> str:
        """Hugo's `youtube` and `vimeo`, where there is no caption to keep with it."""
        found = player_of(address)
        awkward = title and self._AWKWARD.search(title)
        if not caption and not awkward and found is not None and found[0].name in ("youtube", "vimeo"):
            named = f' title="{title}"' if title and found[0].name == "youtube" else ""
            if not title or named:
                return f'{{{{< {found[0].name} id="{found[1]}"{named} >}}}}'
        return super().frame(address, title, caption)

    def gallery(self, writer: LineWriter, el: Tag, text: str) -> str:
        """Figures between two pieces of HTML."""
        opening, closing = self.raw('<div class="gallery">'), self.raw("</div>")
        return f"{opening}\n\n{text.strip(chr(10))}\n\n{closing}"

    def opening(self, title: str) -> str:
        """On one line: Hugo takes a shortcode that stands alone out of its paragraph."""
        return f"<details><summary>{title}</summary>"

    def image(self, writer: LineWriter, el: Tag, alt: str) -> str:
        """Markdown, unless Hugo would show the escapes in the picture's text."""
        if "\\" in alt or "&" in alt:
            return self.raw(f"<img{attributes(src=str(el.get('src') or ''), alt=str(el.get('alt') or ''))}>")
        return super().image(writer, el, alt)
