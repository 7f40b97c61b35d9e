"""Convert TEXT nodes and their decorations to runs (docs/wix/ricos.md#decorations)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from msgspec import Struct

from ...web.json_path import Json, dig, flag, kind_of, line, number, obj, objects, text
from ..article_building import inline_runs as r
from ..article_building.context import Context
from ..article_building.inline_runs import Run

#: Markers of an old “inline header” plugin: `{$h2}words{$h}` (docs/wix/draftjs.md#inline-headers).
_REMNANT = re.compile(r"\{\$h\d?\}")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+-]*:")
#: A space typed inside a URL: `https: //x.org`.
_BLANK_IN_SCHEME = re.compile(r"^(https?:)\s+//", re.I)
#: A URL at the end of pasted text: `CC BY 4.0, https://x.org/picture`; the viewer links it too.
_INSIDE = re.compile(r"(?<=\s)https?://\S+", re.I)
_MAIL = re.compile(r"[^\s@/:]+@[^\s@/:]+\.[a-zA-Z]{2,}\Z")
#: Text of a lower weight is not bold: Wix disables bold in headings by a weight of 400.
_BOLD_FROM = 600


class Style(Struct):
    """The combined effect of the decorations of one TEXT node."""

    marks: int = 0
    href: str | None = None


Decorate = Callable[[Json, Style, Context], None]


def _bold(decoration: Json, style: Style, _ctx: Context) -> None:
    weight = number(decoration, "fontWeightValue")
    if weight is None or weight >= _BOLD_FROM:
        style.marks |= r.STRONG


def _switch(mark: int, field: str) -> Decorate:
    """Return a mark that its data can disable."""

    def decorate(decoration: Json, style: Style, _ctx: Context) -> None:
        if flag(decoration, field) is not False:
            style.marks |= mark

    return decorate


def _link(decoration: Json, style: Style, ctx: Context) -> None:
    style.href = href_of(obj(decoration, "linkData", "link"), ctx) or style.href


def _anchor(decoration: Json, style: Style, ctx: Context) -> None:
    if style.href is None:
        style.href = href_of({"anchor": dig(decoration, "anchorData", "anchor")}, ctx)


def _plain(_decoration: Json, _style: Style, _ctx: Context) -> None:
    """Return no mark: for decorations of appearance only, or with complete text (a mention's `@Name`, a spoiler)."""


#: Every decoration of docs/wix/ricos.md#decorations. Unknown ones are from a newer release: their text is kept.
DECORATIONS: dict[str, Decorate] = {
    "BOLD": _bold,
    "ITALIC": _switch(r.EM, "italicData"),
    "UNDERLINE": _switch(r.UNDERLINE, "underlineData"),
    "STRIKETHROUGH": _switch(r.STRIKE, "strikethroughData"),
    "SUPERSCRIPT": _switch(r.SUP, "superscriptData"),
    "SUBSCRIPT": _switch(r.SUB, "subscriptData"),
    "LINK": _link,
    "ANCHOR": _anchor,
    "MENTION": _plain,
    "COLOR": _plain,
    "FONT_SIZE": _plain,
    "FONT_FAMILY": _plain,
    "SPOILER": _plain,
    "EXTERNAL": _plain,
    "SKETCH": _plain,
}


def href_of(link: Json, ctx: Context) -> str | None:
    """Return the URL of a link object: `url` takes precedence over `anchor` (docs/wix/ricos.md#links).

    None if it leads nowhere.
    """
    url = _BLANK_IN_SCHEME.sub(r"\1//", text(link, "url").replace("\n", "").strip())
    if url:
        return ctx.link(whole_address(url))
    anchor = line(link, "anchor").removeprefix("viewer-")
    return f"#{anchor}" if anchor and anchor in ctx.anchors else None


def whole_address(url: str) -> str:
    """Return the URL with the scheme that Wix's viewer adds to `wix.com` and `me@wix.com`.

    A page of the same site stays `/page`.
    """
    if inside := _INSIDE.search(url):
        return inside[0]
    if url.startswith(("/", "#", "?", "./", "../")) or _SCHEME.match(url):
        return url
    return f"mailto:{url}" if _MAIL.match(url) else f"http://{url}"


def runs_of(node: Json, ctx: Context) -> Iterator[Run]:
    """Return the runs of one TEXT node."""
    content = text(node, "textData", "text")
    if "{$h" in content:
        content = _REMNANT.sub("", content)
    if not content:
        return
    style = Style()
    for decoration in objects(node, "textData", "decorations"):
        DECORATIONS.get(kind_of(decoration), _plain)(decoration, style, ctx)
    marks = style.marks & ~r.UNDERLINE if style.href else style.marks  # Wix underlines every link
    yield Run(content, marks, style.href)


def _texts_in(nodes: list[Json]) -> Iterator[Json | None]:
    """Yield the TEXT nodes in some nodes, and None at each block boundary; without recursion, for any depth."""
    stack: list[Json | None] = list(reversed(nodes))
    while stack:
        node = stack.pop()
        if node is None or kind_of(node) == "TEXT":
            yield node
        else:
            yield None
            stack.append(None)
        if node is not None:
            stack.extend(reversed(objects(node, "nodes")))


def deep_runs(nodes: list[Json], ctx: Context) -> Iterator[Run]:
    """Yield the runs of all TEXT in some nodes, blocks separated by a space."""
    for node in _texts_in(nodes):
        yield from [Run(" ")] if node is None else runs_of(node, ctx)


def plain_text(nodes: list[Json]) -> str:
    """Return all text of some nodes, without marks."""
    return _REMNANT.sub(
        "", "".join(" " if node is None else text(node, "textData", "text") for node in _texts_in(nodes))
    )
