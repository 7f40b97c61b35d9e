"""Parse a saved page into a small tree, and collect the few scripts that contain data."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from functools import cached_property
from typing import Any

from lxml import etree
from msgspec import Struct, field

from ...model.article import Element
from ...model.errors import UnreadablePage
from ...model.problems import Problem
from ...web.encoding import ENCODED_TWICE, decode, encoded_once, switches, utf16
from ...web.text_cleaning import markup_without_controls
from .cut_scripts import cut_scripts, is_data_script
from .injected_markup import is_translated, take_out

_MIRRORED = re.compile(rb"<!-- Mirrored from (\S+?)(?: by HTTrack[^>]*?)? *-->")
# Chrome and Internet Explorer write the URL at the top of a page they save; so do SingleFile and monolith.
_SAVED_FROM = re.compile(
    rb"<!--\s*saved from url=\(\d+\)(\S+)|<!--\s*Page saved with SingleFile\s+url:\s*(\S+)"
    rb"|<!--\s*Saved from (https?://\S+) at \S+ using monolith"
)
#: Settings of the viewer that state the site's base and the page's own URL. Formatters insert spaces around the colon.
_BASE, _REQUESTED = (re.compile(rb'"%s"\s*:\s*"([^"]{1,2000})"' % name) for name in (b"externalBaseUrl", b"requestUrl"))
#: Part of the ids of a post page of Wix's old blog (docs/wix/old-blog.md).
OLD_POST = "_MediaPost__"


class HtmlPage(Struct):
    """A parsed page: `tree` (without scripts, styles and SVG images), and other facts about the page."""

    tree: Element
    scripts: list[tuple[bytes, bytes]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    raw: bytes = b""
    """The whole page, in UTF-8."""
    truncated: bool = False
    cut_off: bool = False
    """The parser gave up on deeply nested elements."""
    mirrored: str | None = None
    """The page's URL without scheme, from HTTrack's comment."""
    saved_from: str | None = None
    """The page's URL, from a browser's comment."""
    url: str | None = None
    """The page's URL, as its source states it: a web archive, the live site."""
    requested: str | None = None
    """The URL that the page was requested with (`requestUrl` of the viewer's settings)."""
    base: str | None = None
    """The base URL of the site (`externalBaseUrl` of its viewer's model), which no saving program rewrites."""
    site: str | None = None
    """Wix's id of the site (`metaSiteId`), which is the same at all of its URLs."""
    notes: bytes = b""
    """Its comments, and the tags of its links and metadata, before an archive's insertions were removed."""
    replayed: bool = False
    """It was saved from the Internet Archive."""
    depth: int | None = None
    """The number of directories above the file in its mirror, derived from links that climb to `static.wixstatic.com`.
    """
    translated: bool = False
    """A program showed the page in another language when it was saved."""
    has_folders: bool = False
    """It links to an `index.html` in a directory, as in some mirrors."""
    stray_ends: bool = False
    """More elements end in it than begin. Only set for pages without block ids."""
    has_old_blog: bool = False
    """It contains the name of an element of Wix's old blog (`other_markup/old_blog.py`)."""
    wrapped: bool = False
    """A formatter inserted line breaks between attributes: line breaks in its text have no meaning."""
    metas: dict[str, str] = field(default_factory=dict)
    """`<meta>` by `property` or `name`, in lower case; the first nonempty one of each."""
    hooks: dict[str, list[Element]] = field(default_factory=dict)
    """Elements by `data-hook`, in document order."""
    styles: list[bytes] = field(default_factory=list)
    """The contents of the style sheets that generate words. Those of Wix itself are left out."""
    settings_at: int = 0
    """Where the settings of the viewer begin in `raw`; 0 if that is unknown."""

    @property
    def is_amp(self) -> bool:
        """Return True for the AMP version of a page."""
        return self.tree.get("amp") is not None or self.tree.get("⚡") is not None


_CLIMB = re.compile(rb"[\"'(=]((?:\.\./)+)static\.(?:wixstatic|parastorage)\.com/")
#: A line break between two attributes; an unformatted page has a few, only in its head.
_WRAPPED = re.compile(rb"\n[ \t]*[a-z][\w:-]*=[\"']")
_FEW_LINES, _FEW_WRAPPED, _SAMPLE = 200, 20, 1_000_000
_PAGE_END = re.compile(rb"</(?:body|html)\b[^>]*>", re.I)
_TAG_OR_COMMENT = re.compile(rb"<!--.*?-->|</?[a-z](?:\"[^\"]*\"|'[^']*'|[^'\">])*>", re.I | re.S)
_LANG = re.compile(rb"<html\b[^>]*?\slang\s*=\s*[\"']?([\w-]+)", re.I)
_DIV = re.compile(rb"<(/?)div\b", re.I)
_HOOKED: Callable[[Element], list[Element]] = etree.XPath("descendant-or-self::*[@data-hook]")  # type: ignore[assignment]  # of elements only
_PARSER_OPTIONS: dict[str, Any] = {
    "huge_tree": True, "remove_pis": True, "remove_comments": True, "collect_ids": False,
}  # fmt: skip


def parse(raw: bytes, undo_replay: Callable[[bytes, bytes], bytes] | None = None) -> HtmlPage:
    """Parse a page as it was saved. Raises UnreadablePage if it contains no element.

    `undo_replay` returns a page without the insertions of an archive, given the page and its notes (`HtmlPage.notes`).
    """
    if utf16(raw) or switches(raw):
        raw = decode(raw)[0].encode("utf-8", "replace")
    cut = cut_scripts(raw.replace(b"\0", b""))
    saved, notes = raw, b"\n".join(cut.notes)
    if undo_replay is not None and (raw := undo_replay(raw, notes)) is not saved:
        cut = cut_scripts(raw.replace(b"\0", b""))
    is_replayed = raw is not saved
    problems: list[Problem] = []
    try:
        cut.html.decode("utf-8")
    except UnicodeDecodeError:
        # Data in the page's scripts has the same encoding as its text.
        decoded, problems = decode(raw.replace(b"\0", b""))
        raw = decoded.encode("utf-8", "replace")
        cut = cut_scripts(raw)
    if (once := encoded_once(cut.html)) is not None:
        problems = [*problems, ENCODED_TWICE]
        raw = encoded_once(raw) or once
        cut = cut_scripts(raw.replace(b"\0", b""))
    text = markup_without_controls(cut.html)
    if text.startswith(b"\xef\xbb\xbf"):
        text = text[3:]
    tree, cut_off = _parse_tree(_without_early_ends(text) if cut.has_early_end else text)
    if tree.get("lang") is None and (late := _LANG.search(text)):
        tree.set("lang", late[1].decode())  # text before `<html` makes the parser create a root of its own
    empty_embeds(tree)
    if not cut_off:
        take_out(tree, text)
    page = HtmlPage(tree, cut.scripts, problems, truncated=cut.truncated or _ends_early(raw, text), cut_off=cut_off)
    page.site, page.styles, page.settings_at = cut.site, cut.styles, cut.settings_at
    page.raw, page.notes, page.replayed = raw, notes, is_replayed
    page.translated = is_translated(tree)
    _note_urls(page, raw, text)
    page.has_old_blog = OLD_POST.encode() in text
    page.wrapped = text.count(b"\n") > _FEW_LINES and len(_WRAPPED.findall(text, 0, _SAMPLE)) > _FEW_WRAPPED
    _index(page)
    page.saved_from = page.saved_from or page.metas.get("savepage-url")  # by the extension Save Page WE
    return page


def _index(page: HtmlPage) -> None:
    """Collect the metadata, the scripts with data and the hooked elements of the tree of a page."""
    for meta in page.tree.iter("meta"):
        name = meta.get("property") or meta.get("name")
        content = (meta.get("content") or "").strip()
        if name and content:
            page.metas.setdefault(name.lower(), content)
    for script in page.tree.iter("script"):
        # Scripts in capitals, as some browsers save them, are not removed above.
        opening = f"<script id={script.get('id')} type={script.get('type')}".encode()
        if is_data_script(opening):
            page.scripts.append((opening, (script.text or "").encode()))
    for node in _HOOKED(page.tree):
        page.hooks.setdefault(str(node.get("data-hook")), []).append(node)


def _note_urls(page: HtmlPage, raw: bytes, text: bytes) -> None:
    """Record what comments, settings and links state about where the page was saved from; `text` is without scripts."""
    if mirrored := _MIRRORED.search(page.notes):
        page.mirrored = mirrored[1].decode("utf-8", "replace")
    if saved := _SAVED_FROM.search(raw[:4000]):
        page.saved_from = (saved[1] or saved[2] or saved[3]).decode("utf-8", "replace")
    if b"reader-domain" in text:  # Firefox's reader view
        links = (a.get("href") for a in page.tree.iter("a") if "reader-domain" in (a.get("class") or "").split())
        page.saved_from = page.saved_from or next(links, None)
    page.base, page.requested = _setting(raw, _BASE), _setting(raw, _REQUESTED)
    page.has_folders = b"/index.htm" in text
    if b"../static." in text and (climb := _CLIMB.search(text)):
        page.depth = climb[1].count(b"../")


def _setting(raw: bytes, name: re.Pattern[bytes]) -> str | None:
    """Return the first string of the viewer's settings with this name."""
    match = name.search(raw)
    return match[1].decode("utf-8", "replace").replace("\\/", "/") if match else None


def _without_early_ends(text: bytes) -> bytes:
    """Return a page without end tags of its body and root before other content, which browsers ignore."""
    return _TAG_OR_COMMENT.sub(lambda tag: b"" if _PAGE_END.match(tag[0]) else tag[0], text)


def _parse_tree(text: bytes) -> tuple[Element, bool]:
    """Return the tree, and True if the parser gave up on deep nesting (libxml2 reads 2048 levels)."""
    parser = etree.HTMLParser(encoding="utf-8", **_PARSER_OPTIONS)
    try:
        tree = etree.fromstring(text, parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        tree = None
    if tree is None:
        raise UnreadablePage("the file has no readable HTML in it")
    return tree, any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log)


def empty_embeds(tree: Element) -> None:
    """Move elements out of each `<embed>` and `<image>`: the parser does not know that they have no end tags."""
    for node in list(tree.iter("embed", "image")):
        if node.tag == "image":
            node.tag = "img"  # as browsers read it
        parent, tail, last = node.getparent(), node.tail, node
        if parent is None or not (node.text or len(node)):
            continue
        node.tail, node.text = node.text, None
        for place, child in enumerate(list(node), parent.index(node) + 1):
            parent.insert(place, child)
            last = child
        last.tail = (last.tail or "") + (tail or "")


def _ends_early(raw: bytes, text: bytes) -> bool:
    """Return True if a whole page (it has `<html`) is truncated.

    Programs that minify a page omit optional end tags (SingleFile does), but never `</div>`.
    """
    if b"<html" not in raw[:3000] or b"</html" in raw[-3000:] or b"</body" in raw[-6000:]:
        return False
    tags = _DIV.findall(text)
    return not tags or len(tags) > 2 * tags.count(b"/")


_POSTINGS = ("BlogPosting", "Article", "NewsArticle")


class JsonLd(Struct, dict=True):
    """The `BlogPosting` in the page's JSON-LD, empty if there is none."""

    posting: dict[str, Any]
    types: frozenset[str] = frozenset()
    """The types of all items that the page describes."""

    @classmethod
    def of(cls, page: HtmlPage) -> JsonLd:
        """Return the first `BlogPosting` (or `Article`) in the page's JSON-LD scripts, and all types in them."""
        scripts = (content for opening, content in page.scripts if b"ld+json" in opening)
        items = [item for content in scripts for item in _json_items(content)]
        typed = [(kind, item) for item in items for kind in _types_of(item)]
        posting = next((item for kind, item in typed if kind in _POSTINGS), {})
        return cls(posting, frozenset(kind for kind, _ in typed))

    def text(self, *path: str) -> str | None:
        """Return a string in the posting, by its path."""
        value: Any = self.posting
        for name in path:
            if isinstance(value, list):
                value = value[0] if value else None
            value = value.get(name) if isinstance(value, dict) else None
        # Wix escapes these strings as in HTML: `&amp;`, `&quot;`, `&#010;`.
        return html.unescape(value) if isinstance(value, str) and value.strip() else None

    @cached_property
    def authors(self) -> list[str]:
        """Return the names of the posting's authors."""
        value = self.posting.get("author")
        people = value if isinstance(value, list) else [value]
        return [p["name"] for p in people if isinstance(p, dict) and isinstance(p.get("name"), str)]


def _types_of(item: dict[str, Any]) -> list[str]:
    value = item.get("@type")
    return [kind for kind in (value if isinstance(value, list) else [value]) if isinstance(kind, str)]


def _json_items(content: bytes) -> list[dict[str, Any]]:
    try:
        value = json.loads(content.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return []
    if isinstance(value, dict) and isinstance(value.get("@graph"), list):
        value = value["@graph"]
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, dict)]
