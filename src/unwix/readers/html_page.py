"""HTML page: bytes as saved → a tree that is quick to walk, and the few scripts that carry data."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import charset_normalizer
from lxml import etree

from ..article import Element
from ..errors import BadPage
from ..problems import Problem

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:.-]+)", re.I)
_LANG = re.compile(rb"<html[^>]{0,300}?\blang\s*=\s*[\"']?([a-zA-Z]{2})", re.I)
#: What a text that is not UTF-8 is encoded in, by language (the list that browsers go by); all others in cp1252.
_BY_LANGUAGE = {
    **dict.fromkeys(("cs", "hu", "pl", "sk", "sl", "hr", "ro"), "cp1250"),
    **dict.fromkeys(("ru", "uk", "bg", "be", "sr", "mk", "kk"), "cp1251"),
    **dict.fromkeys(("et", "lt", "lv"), "cp1257"),
    **dict.fromkeys(("ar", "fa"), "cp1256"),
    "el": "cp1253", "tr": "cp1254", "he": "cp1255", "vi": "cp1258", "th": "cp874",
    "ja": "cp932", "ko": "cp949", "zh": "gb18030",
}  # fmt: skip
_MIRRORED = re.compile(rb"<!-- Mirrored from (\S+?)(?: by HTTrack[^,>]*,\s*([^>]*?))? *-->")
# Chrome and Firefox note the address at the top of a page they save; so does the extension SingleFile.
_SAVED_FROM = re.compile(rb"<!--\s*saved from url=\(\d+\)(\S+)|<!--\s*Page saved with SingleFile\s+url:\s*(\S+)")
_BASE = b'"externalBaseUrl":"'
# Elements that say nothing about a post and are nine tenths of a page's bytes: cut before the parser sees them.
_NOISE = re.compile(rb"<(?:script|style|svg)")
_NOISE_ENDS = {b"<script": b"</script>", b"<style": b"</style>", b"<svg": b"</svg>"}
_DATA_SCRIPT = (b"ld+json", b"wix-warmup-data")
#: Wix's id of the site, in scripts of all real pages: `wix-viewer-model` since 2022, a plain script before.
_SITE, _SITE_ID = b'"metaSiteId"', re.compile(rb'"metaSiteId"\s*:\s*"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"')


@dataclass(slots=True)
class _Cut:
    kept: bytes
    scripts: list[tuple[bytes, bytes]]
    truncated: bool
    site: str | None


def _cut_noise(raw: bytes) -> _Cut:
    """The page without scripts, styles and drawings, and the scripts that hold data: (opening tag, content) each.

    The regular expression only looks at what is kept, a tenth of the page; `_end_of` passes over the rest.
    """
    kept: list[bytes] = []
    scripts: list[tuple[bytes, bytes]] = []
    site: str | None = None
    at = 0
    while hit := _NOISE.search(raw, at):
        start, head = hit.start(), hit[0]
        tail = _NOISE_ENDS[head]
        end = _end_of(tail, raw, hit.end())
        kept.append(raw[at:start])
        if end < 0:
            return _Cut(b"".join(kept), scripts, True, site)
        if head == b"<script":
            opening_end = raw.find(b">", start, end)
            opening = raw[start:opening_end]
            if any(mark in opening for mark in _DATA_SCRIPT):
                scripts.append((opening, raw[opening_end + 1 : end]))
            if site is None and (named := raw.find(_SITE, opening_end, end)) >= 0:
                told = _SITE_ID.match(raw, named)
                site = told[1].decode() if told else None
        at = end + len(tail)
    kept.append(raw[at:])
    return _Cut(b"".join(kept), scripts, False, site)


def _end_of(tail: bytes, raw: bytes, at: int) -> int:
    """Where an end tag stands, -1 when there is none.

    Scripts and styles have few `<`, and one byte is found at memory speed.
    """
    while (at := raw.find(b"<", at)) >= 0 and not raw.startswith(tail, at):
        at += 1
    return at


def decode(raw: bytes) -> tuple[str, list[Problem]]:
    """Text of any encoding as a string, and what had to be guessed.

    In order: byte order mark, UTF-8 if it is valid, the encoding that the page declares, a guess by its bytes.
    (Valid UTF-8 is never anything else by chance, while pages that other programs saved often declare wrongly.)
    """
    for bom, name in _BOMS:
        if raw.startswith(bom):
            return _decode_as(raw[len(bom) :], name)
    try:
        return raw.decode("utf-8"), []
    except UnicodeDecodeError as error:
        # A long text that is UTF-8 but for a few bytes is damaged UTF-8, not another encoding.
        damaged = raw.decode("utf-8", "replace")
        broken = damaged.count("\ufffd")
        if (error.start > 0 and broken * 200 < sum(1 for c in damaged if ord(c) > 127)) or (
            broken == 1 and error.end == len(raw)
        ):
            return damaged, [Problem("encoding-damaged", "file", f"{broken} bytes are not UTF-8 and were replaced")]
    if declared := _CHARSET.search(raw[:4096]):
        name = declared[1].decode("ascii")
        if name.lower() not in ("utf-8", "utf8"):
            try:
                return raw.decode(name), []
            except (LookupError, UnicodeDecodeError):
                pass
    if language := _LANG.search(raw[:4096]):
        name = _BY_LANGUAGE.get(language[1].decode("ascii").lower(), "cp1252")
        try:
            return raw.decode(name), [
                Problem(
                    "encoding-guessed",
                    "file",
                    f"the text is not UTF-8; it was read as {name}, usual for the page's language",
                )
            ]
        except UnicodeDecodeError:
            pass
    best = charset_normalizer.from_bytes(raw[:200_000]).best()
    name = best.encoding if best else "cp1252"
    try:
        text = raw.decode(name)
    except (LookupError, UnicodeDecodeError):
        text, name = raw.decode("cp1252", "replace"), "cp1252"
    return text, [Problem("encoding-guessed", "file", f"the text is not UTF-8; it was read as {name}")]


def _decode_as(raw: bytes, name: str) -> tuple[str, list[Problem]]:
    try:
        return raw.decode(name), []
    except UnicodeDecodeError:
        text = raw.decode(name, "replace")
        return text, [
            Problem("encoding-damaged", "file", f"{text.count(chr(0xFFFD))} bytes are not {name} and were replaced")
        ]


@dataclass(slots=True)
class HtmlPage:
    """A parsed page: `tree` (scripts, styles and drawings left out), and what else it tells about itself."""

    tree: Element
    scripts: list[tuple[bytes, bytes]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    truncated: bool = False
    cut_off: bool = False
    """The parser gave up on elements that are nested too deeply."""
    mirrored: tuple[str, str | None] | None = None
    """From HTTrack's comment: the page's true address without scheme, and when it was saved."""
    saved_from: str | None = None
    """The page's true address, from the comment that a browser leaves."""
    address: str | None = None
    """The page's true address, as its source tells it: a web archive, the live site."""
    base: str | None = None
    """Where the site begins (`externalBaseUrl` of its viewer's model), which no saving program rewrites."""
    site: str | None = None
    """Wix's id of the site (`metaSiteId`), which is one at all of its addresses."""
    replayed: bool = False
    """It was saved from the Internet Archive."""
    depth: int | None = None
    """How many folders deep the file lay in its mirror, told by links that climb to `static.wixstatic.com`."""
    reindented: bool = False
    """Somebody re-indented the file: line breaks in its text say nothing."""
    metas: dict[str, str] = field(default_factory=dict)
    """`<meta>` by `property` or `name`, in lower case, the first of each that is not empty."""
    hooks: dict[str, list[Element]] = field(default_factory=dict)
    """Elements by `data-hook`, in document order."""


_CLIMB = re.compile(rb"[\"'(]((?:\.\./)+)static\.(?:wixstatic|parastorage)\.com/")
_HOOKED: Callable[[Element], list[Element]] = etree.XPath("descendant-or-self::*[@data-hook]")  # type: ignore[assignment]  # of elements only
_PARSER_OPTIONS: dict[str, Any] = {
    "huge_tree": True, "remove_pis": True, "remove_comments": True, "collect_ids": False,
}  # fmt: skip


def parse(raw: bytes) -> HtmlPage:
    """Parse a page as it was saved. Raises BadPage when there is no element in it at all."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or raw[:200].count(b"\0") > 20:
        raw = decode(raw)[0].encode("utf-8", "replace")
    cut = _cut_noise(raw.replace(b"\0", b""))
    problems: list[Problem] = []
    text = cut.kept
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        decoded, problems = decode(text)
        text = decoded.encode("utf-8", "replace")
    if text.startswith(b"\xef\xbb\xbf"):
        text = text[3:]
    tree, cut_off = _parse_tree(text)
    page = HtmlPage(tree, cut.scripts, problems, truncated=cut.truncated or _ends_early(raw), cut_off=cut_off)
    page.site = cut.site
    _note_addresses(page, raw, text)
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name")
        content = (meta.get("content") or "").strip()
        if name and content:
            page.metas.setdefault(name.lower(), content)
    for script in tree.iter("script"):
        # Written in capitals, as some browsers save it, a script is not cut above.
        opening = f"<script id={script.get('id')} type={script.get('type')}".encode()
        if any(mark in opening for mark in _DATA_SCRIPT):
            page.scripts.append((opening, (script.text or "").encode()))
    for node in _HOOKED(tree):
        page.hooks.setdefault(str(node.get("data-hook")), []).append(node)
    return page


def _note_addresses(page: HtmlPage, raw: bytes, text: bytes) -> None:
    """Note what comments, settings and links say of where the page was saved from; `text` is without scripts."""
    if mirrored := _MIRRORED.search(text):
        page.mirrored = (
            mirrored[1].decode("utf-8", "replace"),
            mirrored[2].decode("utf-8", "replace") if mirrored[2] else None,
        )
    if saved := _SAVED_FROM.search(raw[:4000]):
        page.saved_from = (saved[1] or saved[2]).decode("utf-8", "replace")
    if (at := raw.find(_BASE)) >= 0:
        page.base = raw[at + len(_BASE) : at + 500].split(b'"', 1)[0].decode("utf-8", "replace").replace("\\/", "/")
    if b"../static." in text and (climb := _CLIMB.search(text)):
        page.depth = climb[1].count(b"../")


def _parse_tree(text: bytes) -> tuple[Element, bool]:
    """The tree, and whether the parser gave up on what is nested too deeply (libxml2 reads 2048 levels)."""
    parser = etree.HTMLParser(encoding="utf-8", **_PARSER_OPTIONS)
    try:
        tree = etree.fromstring(text, parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        tree = None
    if tree is None:
        raise BadPage("the file has no readable HTML in it")
    return tree, any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log)


def _ends_early(raw: bytes) -> bool:
    """Whether a whole page (it has `<html`) stops before its end tag."""
    return b"<html" in raw[:3000] and b"</html" not in raw[-3000:] and b"</body" not in raw[-6000:]


@dataclass
class JsonLd:
    """The page's JSON-LD: the `BlogPosting` in it, empty when there is none."""

    posting: dict[str, Any]

    @classmethod
    def of(cls, page: HtmlPage) -> JsonLd:
        """The first `BlogPosting` (or `Article`) among the page's JSON-LD scripts."""
        for opening, content in page.scripts:
            if b"ld+json" not in opening:
                continue
            for item in _json_items(content):
                if item.get("@type") in ("BlogPosting", "Article", "NewsArticle"):
                    return cls(item)
        return cls({})

    def text(self, *path: str) -> str | None:
        """A string in the posting, by its path."""
        value: Any = self.posting
        for name in path:
            if isinstance(value, list):
                value = value[0] if value else None
            value = value.get(name) if isinstance(value, dict) else None
        return value if isinstance(value, str) and value.strip() else None

    @cached_property
    def authors(self) -> list[str]:
        """The names of the posting's authors."""
        value = self.posting.get("author")
        people = value if isinstance(value, list) else [value]
        return [p["name"] for p in people if isinstance(p, dict) and isinstance(p.get("name"), str)]


def _json_items(content: bytes) -> list[dict[str, Any]]:
    try:
        value = json.loads(content.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return []
    if isinstance(value, dict) and isinstance(value.get("@graph"), list):
        value = value["@graph"]
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, dict)]
