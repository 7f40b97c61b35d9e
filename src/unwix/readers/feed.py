"""Feed: RSS and Atom as Wix writes them → the posts in it, each item one.

`blog-feed.xml` has the newest 20 posts; until about 2025 with their whole text in `content:encoded`, later often with
the excerpt only (docs/wix/feeds.md#current-feed, docs/wix/feeds.md#old-blog-feed). lxml parses the XML, not feedparser:
feedparser cleans and rebuilds the HTML, and the text must stay the author's.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Any

from lxml import etree

from ..fidelity import viewer_html as witness
from ..model.article import Element, element, missing, text_of
from ..model.errors import UnreadablePage
from ..model.facts import Facts, text_key
from ..model.post import Metadata, Post
from ..model.problems import Problem
from ..model.skipped import Skipped
from ..model.source_info import SourceInfo
from ..web import language_detection as languages
from ..web.encoding import decode
from ..web.printed_dates import instant
from ..web.saved_links import LinkRestorer, slug_of
from ..web.text_cleaning import plain
from ..wix import media_urls as media
from ..wix.ids import is_id
from .article_building.context import Context
from .ricos.text import whole_address
from .viewer import walk as rendered

_ATOM, _CONTENT, _DC = (
    "{http://www.w3.org/2005/Atom}",
    "{http://purl.org/rss/1.0/modules/content/}",
    "{http://purl.org/dc/elements/1.1/}",
)
_RSS1 = "{http://purl.org/rss/1.0/}"
#: For each field the elements that may tell it, best first: RSS 2, RSS 1 (RDF), Atom.
_PLACES: dict[str, tuple[str, ...]] = {
    "title": ("title", f"{_RSS1}title", f"{_ATOM}title"),
    "address": ("link", f"{_RSS1}link"),
    "id": ("guid", f"{_ATOM}id"),
    "date": ("pubDate", f"{_DC}date", f"{_ATOM}published"),
    "updated": (f"{_ATOM}updated",),
    "author": (f"{_DC}creator", "author", f"{_ATOM}author/{_ATOM}name"),
    "body": (f"{_CONTENT}encoded", f"{_ATOM}content"),
    "excerpt": ("description", f"{_RSS1}description", f"{_ATOM}summary"),
}
#: What tells that a feed is of a Wix site: its pictures, or the program that Wix makes feeds with.
_WIX = (b"wixstatic.com", b"RSS for Node", b".wixsite.com")
_ITEMS = ("item", f"{_RSS1}item", f"{_ATOM}entry")
#: Written like XML, these stay open in HTML and take in what stands behind them.
_CLOSED = re.compile(r"<((?:iframe|video|audio|span|div|p|a)\b[^<>]*)/>", re.I)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_ENDS = (b"</rss>", b"</feed>", b"</rdf:RDF>")
_PARSER: dict[str, Any] = {"resolve_entities": False, "no_network": True, "huge_tree": True, "remove_comments": True}
_EXCERPT = "the feed has only an excerpt of this post; its page, or the API, has the whole"


def read_feed(source: str, raw: bytes) -> list[Post]:
    """The posts of a feed. Raises Skipped for one without any or of another kind of site, BadPage for a broken one."""
    if not any(sign in raw for sign in _WIX):
        raise Skipped("other-feed")
    root, problems = _parse(raw)
    items = [item for item in root.iter(*_ITEMS) if _address(item) or _text(item, "body")]
    if not items:
        raise Skipped("empty-feed")
    declared = next((plain(node.text) for node in root.iter("language", f"{_DC}language")), None)
    posts = [_read_item(item, declared) for item in items]
    for number, post in enumerate(posts, 1):
        post.source = f"{source}#{post.metadata.slug or number}" if len(posts) > 1 else source
        post.problems[:0] = problems
    if not any(end in raw[-200:] for end in _ENDS):
        posts[-1].problems.append(Problem("truncated", "file", "the feed ends before its last post does"))
    return posts


def _parse(raw: bytes) -> tuple[Element, list[Problem]]:
    """The feed's tree; one that is no sound XML is read as far as it goes, in the encoding that its bytes tell."""
    try:
        return etree.fromstring(raw, etree.XMLParser(**_PARSER)), []
    except (etree.XMLSyntaxError, ValueError):
        text, problems = decode(raw)
    clean = _DECLARATION.sub("", text).encode("utf-8", "replace")
    root = etree.fromstring(clean, etree.XMLParser(encoding="utf-8", recover=True, **_PARSER))
    if root is None:
        raise UnreadablePage("the file looks like a feed, but cannot be read as such")
    return root, problems


def _read_item(item: Element, language: str | None) -> Post:
    address = _address(item)
    body, excerpt = _html(_text(item, "body")), _html(_text(item, "excerpt"))
    article, facts, ctx = _body(body, LinkRestorer(address))
    problems = ctx.problems
    metadata, places = _metadata(item, address, excerpt, article if body is not None else None)
    spoken = article if body is not None else excerpt
    metadata.language = language or (languages.detect(text_of(spoken)) if spoken is not None else None)
    places["language"] = "feed language" if language else "the text itself"
    if metadata.title is None:
        problems.append(Problem("title-missing", "front matter", "the item tells no title"))
    post = Post("", "feed", metadata, article, places, problems, facts)
    post.media = ctx.media
    post.ids = [guid] if (guid := _text(item, "id") or "") and is_id(guid.strip()) else []
    post.source_info = SourceInfo(is_feed_item=True, is_excerpt=body is None)
    return post


def _body(body: Element | None, restorer: LinkRestorer) -> tuple[Element, Facts, Context]:
    """The article of an item's body, what its witness says, and the context, which has what was lost."""
    ctx = Context(restorer, rendered.blocks)
    told = _EXCERPT
    if body is not None:
        _frame_films(body)
        for link in body.iter("a"):
            # As its author typed it: the viewer adds the scheme that `www.example.com` lacks, a feed does not.
            if href := (link.get("href") or "").strip():
                link.set("href", whole_address(href))
        try:
            return rendered.read_body(body, ctx), witness.viewer_facts(body, restorer), ctx
        except RecursionError:
            ctx, told = Context(restorer), "this post is nested too deeply in the feed to be read"
    ctx.problems.append(Problem("excerpt-only", "body", told))
    return element("article", missing("post", told)), Facts(), ctx


def _metadata(
    item: Element, address: str | None, excerpt: Element | None, article: Element | None
) -> tuple[Metadata, dict[str, str]]:
    author = plain(html.unescape(_text(item, "author") or ""))
    said = plain(text_of(excerpt)) if excerpt is not None else None
    if said and article is not None and (_is_cut(said) or text_key(text_of(article)).startswith(text_key(said))):
        said = None  # Wix cut it from the body
    found: dict[str, tuple[object, str]] = {
        "title": (plain(html.unescape(_text(item, "title") or "")), "title"),
        "slug": (slug_of(address) if address else None, "link"),
        "date": (_instant(_text(item, "date")), "pubDate"),
        "updated": (_instant(_text(item, "updated")), "updated"),
        "authors": ([author] if author else [], "dc:creator"),
        "description": (said, "description"),
        "categories": (list(_categories(item)), "category"),
        "cover": (_cover(item, excerpt), "enclosure"),
        "canonical_url": (address, "link"),
    }
    known = {name: (value, place) for name, (value, place) in found.items() if value}
    metadata = Metadata(**{name: value for name, (value, _) in known.items()})  # type: ignore[arg-type]
    return metadata, {name: f"feed {place}" for name, (_, place) in known.items()}


def _text(item: Element, field: str) -> str | None:
    """What the first element of a field says that says anything; HTML in Atom may be elements of its own."""
    for name in _PLACES[field]:
        node = item.find(name)
        if node is None:
            continue
        text = "".join([node.text or "", *(etree.tostring(child, encoding="unicode") for child in node)])
        if text.strip():
            return text
    return None


def _address(item: Element) -> str | None:
    """The post's own address: `link`, as text or as Atom's attribute, else a `guid` that is one."""
    links = [link for link in item.findall(f"{_ATOM}link") if link.get("rel", "alternate") == "alternate"]
    candidates = (_text(item, "address"), *(link.get("href") for link in links), _text(item, "id"))
    found = (LinkRestorer(None).restore(c.strip()).href for c in candidates if c)
    return next((f for f in found if f and f.startswith(("http://", "https://"))), None)


def _html(text: str | None) -> Element | None:
    """The body of a piece of HTML, None when there is nothing in it."""
    if text is None:
        return None
    closed = _CLOSED.sub(lambda found: f"<{found[1]}></{found[1].split()[0]}>", text)
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    page = f"<html><body>{closed}</body></html>".encode("utf-8", "replace")
    try:
        tree = etree.fromstring(page, parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    body = tree.find("body")
    return body if body is not None and (len(body) or (body.text or "").strip()) else None


def _frame_films(body: Element) -> None:
    """A link beside the paragraphs that shows its own address is what the feed has for a player: it becomes one."""
    for link in list(body.iter("a")):
        around = link.getparent()
        href = (link.get("href") or "").strip()
        if around is not None and around.tag in ("body", "div", "figure") and href and text_of(link).strip() == href:
            alone = not (link.tail or "").strip() and not _text_before(link).strip()
            if alone:
                link.tag, link.text = "iframe", None
                link.set("src", href)
                del link.attrib["href"]
                for child in list(link):
                    link.remove(child)


def _text_before(node: Element) -> str:
    previous, around = node.getprevious(), node.getparent()
    return (previous.tail if previous is not None else around.text if around is not None else None) or ""


def _is_cut(text: str) -> bool:
    return text.endswith(("...", "…"))


def _instant(text: str | None) -> str | None:
    """A date as RSS (RFC 5322) or Atom (RFC 3339) write it, in ISO 8601 and UTC."""
    if text is None:
        return None
    if found := instant(text):
        return found
    try:
        when = parsedate_to_datetime(text.strip())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    try:
        return when.astimezone(UTC).isoformat().replace("+00:00", "Z")
    except OverflowError:
        return None


def _categories(item: Element) -> Iterator[str]:
    nodes = [*item.findall("category"), *item.findall(f"{_ATOM}category")]
    labels = (plain(html.unescape(node.get("label") or node.get("term") or node.text or "")) for node in nodes)
    yield from dict.fromkeys(label for label in labels if label)


def _cover(item: Element, excerpt: Element | None) -> str | None:
    """The cover: the `enclosure` cut back to the original; the old blog put the picture behind the excerpt."""
    links = item.findall(f"{_ATOM}link")
    shown = [i.get("src") for i in excerpt.iter("img")] if excerpt is not None else []
    enclosed = [e.get("url") for e in item.findall("enclosure") if (e.get("type") or "image").startswith("image")]
    for address in (*enclosed, *(link.get("href") for link in links if link.get("rel") == "enclosure"), *shown):
        found = media.original_url(address) if address else ""
        if found.startswith(("http://", "https://")):
            return found
    return None
