"""Import HTML: an article as the HTML that a blog system with an importer keeps as it is.

`ImportHtml` has one short method a kind of block; what one system reads otherwise is its own class. Blocks are parted
by a blank line and have no other line break (but code), since WordPress makes `<br>` of one.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from ...model.article import HEADINGS, INLINE, Element, text_of
from ..markdown.heading_ids import HeadingIds, anchors_of
from ..markdown.html import missing
from ..markdown.html_blocks import attributes
from ..markdown.players import frame_of, player_of, plays_itself
from ..markdown.read_back import PLAYER, player_link

_KEPT = {"a": ("href", "title"), "img": ("src", "alt", "width", "height")}
_DONE, _OPEN = "☑ ", "☐ "


def import_html(article: Element, form: ImportHtml) -> str:
    """The article as HTML; empty for an empty article."""
    form = form.over(anchors_of(article))
    return "\n\n".join(said for child in article if (said := form.block(child)))


class ImportHtml:
    """HTML as any system takes it."""

    anchors = HeadingIds()

    def over(self, anchors: HeadingIds) -> ImportHtml:
        """The same for one article, with the ids of its headings."""
        made = type(self)()
        made.anchors = anchors
        return made

    # ---- what systems differ in ---------------------------------------------------------------------------------

    def quoted(self, text: str) -> str:
        """Escaped text in which the system finds nothing of its own."""
        return text

    def card(self, said: str, inside: bool) -> str:
        """HTML that the system's editor has no block for; `inside` another block it is plain."""
        return said

    def heading(self, el: Element, inside: bool) -> str:
        """A heading, with an id where a link leads to it."""
        key = self.anchors.slugs.get(el.get("id") or "")
        return f"<{el.tag}{attributes(id=key)}>{self.inline(el)}</{el.tag}>"

    def player(self, address: str, title: str | None, caption: str, inside: bool) -> str | None:
        """A film or sound of a site that has a player; None where it has none."""
        if player_of(address) is None:
            return None
        frame = f'<iframe{attributes(src=frame_of(address), title=title)} loading="lazy" allowfullscreen></iframe>'
        return self.card(f'<figure class="embed">{frame}{caption}</figure>', inside)

    def read_back(self, said: str) -> str:
        """What was written, players as links again, for fidelity."""
        return re.sub(PLAYER, player_link, said)

    # ---- blocks -------------------------------------------------------------------------------------------------

    def block(self, el: Element, inside: bool = False) -> str:
        """One block of the article."""
        tag = str(el.tag)
        if tag in HEADINGS:
            return self.heading(el, inside)
        return _BLOCKS[tag](self, el, inside)

    def paragraph(self, el: Element, inside: bool) -> str:
        """A paragraph, a button, a file: a link alone."""
        said = self.inline(el)
        return f"<p>{said}</p>" if said else ""

    def items(self, el: Element, inside: bool) -> str:
        """A list; an item of one paragraph has none."""
        said = "".join(f"<li>{self._item(item)}</li>" for item in el)
        return f"<{el.tag}{attributes(start=el.get('start'))}>{said}</{el.tag}>"

    def _item(self, item: Element) -> str:
        box = {"true": _DONE, "false": _OPEN}.get(item.get("checked") or "", "")
        blocks = list(item)
        if blocks and blocks[0].tag == "p" and all(other.tag in ("ul", "ol") for other in blocks[1:]):
            return box + self.inline(blocks[0]) + "".join(self.block(other, True) for other in blocks[1:])
        return box + "".join(self.block(one, True) for one in blocks)

    def quote(self, el: Element, inside: bool) -> str:
        """A quotation."""
        return f"<blockquote>{''.join(self.block(child, True) for child in el)}</blockquote>"

    def code(self, el: Element, inside: bool) -> str:
        """Code, line by line as it stands."""
        return f"<pre><code>{self.quoted(html.escape(text_of(el), quote=False))}</code></pre>"

    def rule(self, el: Element, inside: bool) -> str:
        """A line across."""
        return "<hr>"

    def table(self, el: Element, inside: bool) -> str:
        """A table, merged cells and all."""
        parts = "".join(f"<{part.tag}>{''.join(self._row(row) for row in part)}</{part.tag}>" for part in el)
        return self.card(f"<table>{parts}</table>", inside)

    def _row(self, row: Element) -> str:
        cells = (
            f"<{cell.tag}{attributes(colspan=cell.get('colspan'), rowspan=cell.get('rowspan'))}>"
            f"{self.mixed(cell)}</{cell.tag}>"
            for cell in row
        )
        return f"<tr>{''.join(cells)}</tr>"

    def figure(self, el: Element, inside: bool) -> str:
        """A picture with its caption, a gallery, a player, or the link to what has none."""
        kind = el.get("class")
        if kind == "gallery":
            return ("" if inside else "\n\n").join(self.figure(child, inside) for child in el)
        captions = [child for child in el if child.tag == "figcaption"]
        caption = f"<figcaption>{self.inline(captions[0])}</figcaption>" if captions else ""
        link = el.find("a")
        if kind and link is not None and link.find("img") is None:
            return self._played(str(link.get("href") or ""), text_of(link).strip() or None, caption, inside)
        shown = "".join(self._inline(child) for child in el if child.tag != "figcaption")
        return f"<figure>{shown}{caption}</figure>"

    def _played(self, address: str, title: str | None, caption: str, inside: bool) -> str:
        if (kind := plays_itself(address)) is not None:
            said = f'<{kind}{attributes(src=address, title=title)} preload="metadata" controls></{kind}>'
            return self.card(f'<figure class="{kind}">{said}{caption}</figure>', inside)
        if (said_by_player := self.player(address, title, caption, inside)) is not None:
            return said_by_player
        link = f"<p><a{attributes(href=address)}>{self.text(title or address)}</a></p>"
        return link + self._below(caption)

    def _below(self, caption: str) -> str:
        said = re.sub("</?figcaption>", "", caption)
        return f"<p><em>{said}</em></p>" if said else ""

    def details(self, el: Element, inside: bool) -> str:
        """A piece that its title opens."""
        summary = el.find("summary")
        title = self.mixed(summary) if summary is not None else ""
        rest = "".join(self.block(child, True) for child in el if child is not summary)
        return self.card(f"<details><summary>{title}</summary>{rest}</details>", inside)

    def division(self, el: Element, inside: bool) -> str:
        """A poll, or the mark of what the source did not carry."""
        if el.get("class") == "missing":
            return self.card(missing(text_of(el)), inside)
        return ("" if inside else "\n\n").join(self.block(child, inside) for child in el)

    # ---- lines --------------------------------------------------------------------------------------------------

    def text(self, said: str | None) -> str:
        """Text in a line: a line break is a `<br>`, so each other white space is a blank."""
        return self.quoted(re.sub(r"[ \t\r\n]+", " ", html.escape(said or "", quote=False)))

    def inline(self, el: Element) -> str:
        """What a line says, marks and links in it."""
        return self.text(el.text) + "".join(self._inline(child) + self.text(child.tail) for child in el)

    def mixed(self, el: Element) -> str:
        """What a cell or a title says: lines, blocks, or both."""
        parts = [self.text(el.text)]
        for child in el:
            parts += [self._inline(child) if child.tag in INLINE else self.block(child, True), self.text(child.tail)]
        return "".join(parts)

    def _inline(self, el: Element) -> str:
        tag = str(el.tag)
        values = {name: el.get(name) for name in _KEPT.get(tag, ())}
        if (href := values.get("href") or "").startswith("#"):
            values["href"] = "#" + self.anchors.slugs.get(href[1:], href[1:])
        said = self.quoted(attributes(**values))
        if tag in ("br", "img"):
            return f"<{tag}{said}>"
        inside = self.inline(el)
        if tag == "a" and not inside and not href.startswith("#"):
            inside = self.text(href)
        return f"<{tag}{said}>{inside}</{tag}>" if inside else ""


_BLOCKS: dict[str, Callable[[ImportHtml, Element, bool], str]] = {
    "p": lambda form, el, inside: form.paragraph(el, inside),
    "ul": lambda form, el, inside: form.items(el, inside),
    "ol": lambda form, el, inside: form.items(el, inside),
    "blockquote": lambda form, el, inside: form.quote(el, inside),
    "pre": lambda form, el, inside: form.code(el, inside),
    "hr": lambda form, el, inside: form.rule(el, inside),
    "table": lambda form, el, inside: form.table(el, inside),
    "figure": lambda form, el, inside: form.figure(el, inside),
    "details": lambda form, el, inside: form.details(el, inside),
    "div": lambda form, el, inside: form.division(el, inside),
}


class WordPressHtml(ImportHtml):
    """WordPress: `[name]` is a shortcode, and an address alone on its line becomes the player of that site."""

    _ALONE = re.compile(r"(?m)^(https?://[^\s<>\"]+)$")

    def quoted(self, text: str) -> str:
        """Text that calls no shortcode; in an attribute neither."""
        return text.replace("[", "&#91;")

    def player(self, address: str, title: str | None, caption: str, inside: bool) -> str | None:
        """The address alone, where it may stand on a line of its own (wp-includes/class-wp-embed.php, autoembed).

        Frames would be taken away from all but administrators. The film's own title stands below.
        """
        if inside or player_of(address) is None:
            return None
        named = self._below(self.text(title)) if title and title != address else ""
        return "\n\n".join(part for part in (address, named, self._below(caption)) if part)

    def read_back(self, said: str) -> str:
        """Such addresses are links again."""
        return super().read_back(self._ALONE.sub(r'<p><a href="\1">\1</a></p>', said))


class GhostHtml(ImportHtml):
    """Ghost takes HTML apart into its editor's blocks; what it has none for stays whole in an HTML card."""

    #: What Ghost's lists and quotations hold: lines and lists.
    _LINES = frozenset({"p", "ul", "ol", "li", *INLINE})
    _CARD = re.compile(r"<!--kg-card-(?:begin|end): html-->")

    def card(self, said: str, inside: bool) -> str:
        """An HTML card (Koenig's own marks round it)."""
        return said if inside else f"<!--kg-card-begin: html-->\n{said}\n<!--kg-card-end: html-->"

    def heading(self, el: Element, inside: bool) -> str:
        """Ghost gives headings ids of its own: a place of ours stands before it."""
        key = self.anchors.slugs.get(el.get("id") or "")
        said = f"<{el.tag}>{self.inline(el)}</{el.tag}>"
        return f"{self.card(f'<a{attributes(id=key)}></a>', inside)}\n\n{said}" if key else said

    def items(self, el: Element, inside: bool) -> str:
        """A list whose items hold more than one line, and lists below it, is a card."""
        said = super().items(el, inside)
        lines = all(inner.tag in self._LINES for inner in el.iterdescendants())
        one_each = all([child.tag == "p" for child in li] == [n == 0 for n in range(len(li))] for li in el.iter("li"))
        return said if lines and one_each else self.card(said, inside)

    def quote(self, el: Element, inside: bool) -> str:
        """A quotation is one paragraph; one with more than paragraphs in it is a card."""
        if all(child.tag == "p" for child in el):
            return f"<blockquote>{'<br><br>'.join(self.inline(child) for child in el)}</blockquote>"
        return self.card(super().quote(el, inside), inside)

    def figure(self, el: Element, inside: bool) -> str:
        """Ghost's own picture takes no link into the page, and none to itself."""
        said = super().figure(el, inside)
        link, picture = el.find("a"), el.find("a/img")
        if link is None or picture is None:
            return said
        href = link.get("href") or ""
        return self.card(said, inside) if href.startswith("#") or href == picture.get("src") else said

    def read_back(self, said: str) -> str:
        """Without the marks of cards."""
        return super().read_back(self._CARD.sub("", said))


#: By target.
FORMS: dict[str, ImportHtml] = {"wordpress": WordPressHtml(), "ghost": GhostHtml()}
