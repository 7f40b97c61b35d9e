"""Remove scripts, styles and SVG images from a page before it is parsed: 90 % of its bytes, and nothing of a post.

The bytes are scanned by the rules of HTML: a tag inside a comment, an attribute, the title or a longer element name
(`<style-guide>`) is not a tag.
"""

from __future__ import annotations

import html
import re

from msgspec import Struct, field

#: The scan stops at a comment, an element to remove, an element whose content is text, a tag about the whole page, and
#: the end of the page.
_STOP = re.compile(
    rb"<(?:!--|(?P<noise>script|style|svg)(?=[\s/>])|(?P<text>title|textarea|xmp|iframe|noembed|noframes)(?=[\s/>])"
    rb"|(?P<head>link|meta|LINK|META)(?=[\s/>])|/(?P<end>body|html|BODY|HTML))"
)
#: The end of each element to remove. Formatters insert a line break before the bracket of an end tag.
_ENDS = {
    name: re.compile(rb"</" + name + rb"(?=[\s/>])", re.I)
    for name in (b"script", b"style", b"svg", b"title", b"textarea", b"xmp", b"iframe", b"noembed", b"noframes")
}
_SVG = re.compile(rb"<(?P<end>/?)svg(?=[\s/>])[^>]*?(?P<closed>/?)>")
#: A tag up to the value of an attribute that has no quotation marks, or spaces before them.
_OPEN_VALUE = re.compile(rb"<[a-z][^<>]*=(?:[^\s\"'<>]*|\s+(?:\"[^\"]*|'[^']*))\Z", re.I)
_LONGEST_TAG = 1000
_COMMENT_END = re.compile(rb"--!?>")
#: The first bytes of a comment without end.
_LONGEST_NOTE = 4000
#: End tags, comments and spaces up to the end of the file.
_NOTHING = re.compile(rb"(?:\s+|<!--(?:(?!-->).)*-->|</[a-z][^>]*>)*+\Z", re.I | re.S)
_LINKED_DATA, _WARMUP_DATA = b"ld+json", b"wix-warmup-data"
#: The settings of the viewer: the longest script of a page since 2022.
_VIEWER_MODEL = b'id="wix-viewer-model"'
#: Wix's own style sheets, which are most of a page's, have the URL that they were loaded from.
_STYLE_OF_WIX = b"//static.parastorage.com/"
#: Wix's id of the site, in scripts of all real pages: `wix-viewer-model` since 2022, before that a plain script.
_SITE, _SITE_ID = b'"metaSiteId"', re.compile(rb'"metaSiteId"\s*:\s*"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"')
#: Words that a style sheet generates next to an element: two letters in a string, in any script.
_GENERATED = re.compile(
    rb"content\s*:\s*(?:\"[^\"]*?|'[^']*?)"
    rb"(?:[A-Za-z]{2}|(?:[\xc3-\xdf][\x80-\xbf]|[\xe0\xe1\xe3-\xed][\x80-\xbf]{2}){2}|\\[0-9A-Fa-f]{2})"
)


class CutPage(Struct):
    """A page without its scripts, styles and SVG images."""

    html: bytes = b""
    notes: list[bytes] = field(default_factory=list)
    """The comments, and the tags of links and metadata: what archives and saving programs state about the page."""
    has_early_end: bool = False
    """An end tag of the body or the root precedes other content."""
    scripts: list[tuple[bytes, bytes]] = field(default_factory=list)
    """The scripts that contain data: start tag and content of each."""
    styles: list[bytes] = field(default_factory=list)
    """The contents of the style sheets that generate words. Those of Wix itself are left out."""
    truncated: bool = False
    """The file ends inside a script, style or SVG image."""
    site: str | None = None
    """Wix's id of the site."""
    settings_at: int = 0
    """Where the settings of the viewer begin; 0 if the page has none."""


def cut_scripts(raw: bytes) -> CutPage:
    """Return the page without scripts, styles and SVG images, and the scripts that contain data.

    The regular expression reads only the remaining tenth of a page; the ends of scripts are found by byte search.
    """
    cut = CutPage()
    pieces: list[bytes] = []
    first_end: int | None = None
    xml = raw.startswith(b"<?xml")
    start = at = end = 0
    no_svg_ends = False
    while stop := _STOP.search(raw, at):
        name = stop["noise"]
        if name is None:
            if stop["end"] and first_end is None:
                first_end = sum(map(len, pieces)) + stop.start() - start
            at = _after_kept(cut, raw, stop)
            continue
        if start < stop.start() and _is_in_attribute(raw, start, stop.start()):
            at = stop.end()
            continue
        pieces.append(raw[start : stop.start()])
        closed = raw.find(b">", stop.end())
        if (xml or name == b"svg") and closed >= 0 and raw[closed - 1 : closed] == b"/":
            start = at = closed + 1
            continue
        if name == b"svg" and (no_svg_ends or (end := _svg_end(raw, stop.end())) < 0):
            # Browsers end an unclosed SVG image at the next paragraph: remove only its start tag.
            no_svg_ends, start = True, closed + 1 or len(raw)
            at = start
            continue
        if name != b"svg":
            end = _end(raw, name, stop.end())
        if end < 0:
            cut.truncated, start = True, len(raw)
            break
        _keep(cut, raw, name, stop.start(), end, xml)
        start = at = raw.find(b">", end) + 1 or len(raw)
    cut.html = b"".join([*pieces, raw[start:]])
    cut.has_early_end = first_end is not None and _NOTHING.match(cut.html, first_end) is None
    return cut


def _is_in_attribute(raw: bytes, start: int, at: int) -> bool:
    """Return True if a place is inside the value of an attribute that begins at `start` or later."""
    for quote in (b'"', b"'"):
        opened = raw.rfind(b"=" + quote, start, at)
        if opened >= 0 and raw.find(quote, opened + 2, at) < 0:
            return True
    tag = raw.rfind(b"<", max(start, at - _LONGEST_TAG), at)
    return tag >= 0 and _OPEN_VALUE.match(raw, tag, at) is not None


def _after_kept(cut: CutPage, raw: bytes, stop: re.Match[bytes]) -> int:
    """Return where the scan resumes after something that is not removed: a comment, a tag, or the text of a title."""
    at = stop.end()
    if stop["end"]:
        return at
    if stop["text"]:
        end = _end(raw, stop["text"], at)
        return end if end >= 0 else at
    if stop["head"]:
        cut.notes.append(raw[stop.start() : raw.find(b">", at, at + _LONGEST_NOTE) + 1 or at + _LONGEST_NOTE])
        return at
    if raw.startswith((b">", b"->"), at):
        return at  # `<!-->` is a complete comment
    closed = _COMMENT_END.search(raw, at)
    cut.notes.append(raw[stop.start() : min(closed.end() if closed else len(raw), at + _LONGEST_NOTE)])
    return closed.end() if closed else at


def _keep(cut: CutPage, raw: bytes, name: bytes, start: int, end: int, xml: bool) -> None:
    """Keep of a removed element what states something about the post."""
    if name == b"script":
        _keep_data(cut, raw, start, end, xml)
    elif name == b"style":
        _keep_style(cut, raw, start, end)


def _end(raw: bytes, name: bytes, at: int) -> int:
    """Return where the end tag of an element begins, or -1 if it is missing.

    Scripts and styles contain few `<`, and searching one byte is fast.
    """
    tag, end = b"</" + name[:1], _ENDS[name]
    while (at := raw.find(b"<", at)) >= 0 and not (raw.startswith(tag, at) and end.match(raw, at)):
        at += 1
    return at


def _svg_end(raw: bytes, at: int) -> int:
    """Return where the end tag of an SVG image begins, which may contain other ones; -1 if it is missing."""
    end = _end(raw, b"svg", at)
    if end < 0 or raw.find(b"<svg", at, end) < 0:
        return end
    depth = 1
    for tag in _SVG.finditer(raw, at):
        depth += -1 if tag["end"] else 0 if tag["closed"] else 1
        if depth == 0:
            return tag.start()
    return end


def _keep_data(cut: CutPage, raw: bytes, start: int, end: int, xml: bool) -> None:
    """Keep a script that contains data, and record the site's id in it."""
    opening_end = raw.find(b">", start, end)
    opening = raw[start:opening_end]
    if is_data_script(opening):
        content = raw[opening_end + 1 : end]
        cut.scripts.append((opening, html.unescape(content.decode("utf-8", "replace")).encode() if xml else content))
    elif _VIEWER_MODEL in opening:
        cut.settings_at = start
    if cut.site is None and (named := raw.find(_SITE, opening_end, end)) >= 0:
        site = _SITE_ID.match(raw, named)
        cut.site = site[1].decode() if site else None


def _keep_style(cut: CutPage, raw: bytes, start: int, end: int) -> None:
    """Keep a style sheet that generates words next to elements, unless it is one of Wix's own."""
    opening_end = raw.find(b">", start, end)
    if raw.find(_STYLE_OF_WIX, start, opening_end) < 0 and _GENERATED.search(raw, opening_end, end):
        cut.styles.append(raw[opening_end + 1 : end])


def is_data_script(opening: bytes) -> bool:
    """Return True for the start tag of a script that contains data about the post."""
    return _LINKED_DATA in opening or _WARMUP_DATA in opening
