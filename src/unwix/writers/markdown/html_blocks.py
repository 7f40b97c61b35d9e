"""Forms: how the things that Markdown has no word for are said: one class a way, one short method a thing.

`Forms` is plain Markdown, as target `markdown` has it. A method gets the writer, the element, and what the element's
children became.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, ClassVar

from bs4 import Tag

from .escaping import CLOSE, EM
from .html import inner_html, missing
from .players import frame_of, player_of, plays_itself
from .read_back import PLAYER, Reading, player_link
from .reserved_syntax import html_signs

if TYPE_CHECKING:
    from .flavor import LineWriter


def attributes(**values: str | None) -> str:
    """Attributes of an HTML element, each with a blank before it; those that are None are left out."""
    return "".join(
        f' {name.rstrip("_")}="{html.escape(" ".join(value.split()))}"'
        for name, value in values.items()
        if value is not None
    )


class MarkdownBlocks:
    """Plain Markdown: a caption in italics under its picture, a gallery as its pictures, a film as a link."""

    reads: ClassVar[tuple[Reading, ...]] = ()

    def raw(self, markup: str) -> str:
        """HTML as it stands in the text."""
        return markup

    def anchor(self, identity: str) -> str:
        """A place that links of the page lead to."""
        return self.raw(f'<a id="{html.escape(identity)}"></a>')

    def anchored(self, text: str, identity: str, inside: bool) -> str:
        """A block with a place in it (`inside`) or before it."""
        return self.anchor(identity) + text if inside else f"{self.anchor(identity)}\n\n{text}"

    def place(self, identity: str) -> str:
        """What a link says behind `#` for such a place."""
        return identity

    def figure(self, writer: LineWriter, el: Tag, caption: Tag | None) -> str:
        """A picture or a player, and its caption if it has one."""
        body = writer.line(writer.said_in(el, but=caption), "p")
        if caption is None:
            return body
        said = writer.line(f"{EM}{writer.said_in(caption)}{CLOSE[EM]}", "p")
        return f"{body}\n\n{said}" if said else body

    def gallery(self, writer: LineWriter, el: Tag, text: str) -> str:
        """Pictures that belong together."""
        return text.strip("\n")

    def details(self, writer: LineWriter, el: Tag, summary: Tag | None, text: str) -> str:
        """A piece that its title opens."""
        title = inner_html(summary) if summary is not None else ""
        opening = f"<details>\n<summary>{title}</summary>"
        return f"{opening}\n\n{text.strip(chr(10))}\n\n</details>".replace("\n\n\n\n", "\n\n")

    def button(self, writer: LineWriter, el: Tag, text: str, where: str) -> str:
        """A link that looks like a button."""
        return writer.line(text, where)

    def missing(self, text: str) -> str:
        """The mark of what the source did not carry."""
        return self.raw(missing(text))

    def image(self, writer: LineWriter, el: Tag, alt: str) -> str:
        """A picture in a line; `alt` is its text as Markdown."""
        return f"![{alt}]({writer.address(str(el.get('src') or ''))})"

    def link(self, writer: LineWriter, el: Tag, href: str, text: str) -> str:
        """A link in a line."""
        return writer.inline.link(text or href, writer.braces(href), str(el["title"]) if el.get("title") else None)

    def task(self, done: bool) -> str:
        """A box before a list item, where `[x]` is not read as one."""
        return self.raw(f'<input type="checkbox"{" checked" if done else ""} disabled> ')


class HtmlBlocks(MarkdownBlocks):
    """HTML where it says more: figures with captions, galleries and buttons with a class, players that play."""

    reads: ClassVar[tuple[Reading, ...]] = ((PLAYER, player_link),)

    def raw(self, markup: str) -> str:
        """HTML in which no generator finds a template."""
        return html_signs(markup)

    def figure(self, writer: LineWriter, el: Tag, caption: Tag | None) -> str:
        """A picture alone is Markdown; one with a caption is a `<figure>`; films and sounds are players."""
        said = f"<figcaption>{inner_html(caption)}</figcaption>" if caption is not None else ""
        if (played := self.player(el, said)) is not None:
            return played
        if caption is None or el.find("img") is None:
            return super().figure(writer, el, caption)
        pictures = "".join(inner_html(c, outer=True) for c in el.children if isinstance(c, Tag) and c is not caption)
        return self.raw(f"<figure>{pictures}{said}</figure>")

    def player(self, el: Tag, caption: str) -> str | None:
        """What plays a film or a sound; None where the address is only a page."""
        link = el.find("a")
        if el.get("class") not in ("video", "audio", "embed") or not isinstance(link, Tag) or link.find("img"):
            return None
        address = str(link.get("href") or "")
        title = link.get_text(" ", strip=True) or None
        if (kind := plays_itself(address)) is not None:
            return self.film(kind, address, title, caption)
        if player_of(address) is not None:
            return self.frame(address, title, caption)
        return None

    def film(self, kind: str, address: str, title: str | None, caption: str) -> str:
        """A file that the browser plays: `video` or `audio`."""
        said = f'<{kind}{attributes(src=address, title=title)} preload="metadata" controls></{kind}>'
        return self.raw(f'<figure class="{kind}">{said}{caption}</figure>')

    def frame(self, address: str, title: str | None, caption: str) -> str:
        """A page's own player."""
        found = player_of(address)
        kind = found[0].kind if found else "embed"
        said = f'<iframe{attributes(src=frame_of(address), title=title)} loading="lazy" allowfullscreen></iframe>'
        return self.raw(f'<figure class="{kind}">{said}{caption}</figure>')

    def gallery(self, writer: LineWriter, el: Tag, text: str) -> str:
        """One block of HTML: a `<figure>` for each picture."""
        figures = [inner_html(c, outer=True) for c in el.children if isinstance(c, Tag)]
        return self.raw("\n".join(['<div class="gallery">', *figures, "</div>"]))

    def details(self, writer: LineWriter, el: Tag, summary: Tag | None, text: str) -> str:
        """Title in HTML, the rest in Markdown."""
        title = inner_html(summary) if summary is not None else ""
        return f"{self.raw(self.opening(title))}\n\n{text.strip(chr(10))}\n\n{self.raw('</details>')}".replace(
            "\n\n\n\n", "\n\n"
        )

    def opening(self, title: str) -> str:
        """How a collapsible begins."""
        return f"<details>\n<summary>{title}</summary>"

    def button(self, writer: LineWriter, el: Tag, text: str, where: str) -> str:
        """A link of class `button`; one without a label is its address alone."""
        link = el.find("a")
        inside = inner_html(link) if isinstance(link, Tag) else ""
        if not isinstance(link, Tag) or not inside:
            return writer.line(text, where)
        href = str(link.get("href") or "")
        return self.raw(f'<a class="button" href="{html.escape(href)}">{inside}</a>')
