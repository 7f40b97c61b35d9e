"""Read RSS and Atom feeds as Wix writes them, and JSON feeds made of them; each item is a post.

`blog-feed.xml` has the newest 20 posts; until about 2025 with their whole text in `content:encoded`, later often with
the excerpt only (docs/wix/feeds.md#current-feed, docs/wix/feeds.md#old-blog-feed). lxml parses the XML, not feedparser:
feedparser cleans and rebuilds the HTML, and the text must stay the author's.
"""

from __future__ import annotations

import html
import re
from typing import Any

from lxml import etree

from ..fidelity.ledger.fields_left_out import fields_left_out
from ..fidelity.ledger.html_ledger import account
from ..fidelity.viewer_html import viewer_facts
from ..model.article import Element, element, missing, text_before, text_of
from ..model.errors import UnreadablePage
from ..model.facts import Facts, text_key
from ..model.post import Metadata, Post
from ..model.problems import Problem
from ..model.skipped import Skipped
from ..model.source_info import SourceInfo
from ..web.dates import instant
from ..web.encoding import decode, utf16
from ..web.language_detection import detect
from ..web.saved_links import LinkRestorer, slug_of
from ..web.text_cleaning import markup_without_controls, plain
from ..wix import media_urls as media
from ..wix.ids import is_id
from ..wix.tracking import without_tracking
from .article_building.context import Context
from .article_building.finish_metadata import add_hashtags
from .article_building.teaser import is_teaser
from .feed_excerpts import EXCERPT, empty_section, is_cut, is_excerpt
from .feed_fields import MEDIA, unread_fields
from .feed_markup import closed, parse_html
from .feed_wordpress import is_draft, is_tag, slug_in, without_other_items
from .json_feed import as_rss
from .ricos.text import whole_address
from .viewer import walk as viewer

_ATOM, _CONTENT, _DC = (
    "{http://www.w3.org/2005/Atom}",
    "{http://purl.org/rss/1.0/modules/content/}",
    "{http://purl.org/dc/elements/1.1/}",
)
_RSS1 = "{http://purl.org/rss/1.0/}"
#: For each field, the elements that may contain it, best first: RSS 2, RSS 1 (RDF), Atom.
_ELEMENTS: dict[str, tuple[str, ...]] = {
    "title": ("title", f"{_RSS1}title", f"{_ATOM}title"),
    "url": ("link", f"{_RSS1}link"),
    "id": ("guid", f"{_ATOM}id"),
    "date": ("pubDate", f"{_DC}date", f"{_ATOM}published"),
    "updated": (f"{_ATOM}updated",),
    "author": (f"{_DC}creator", "author", f"{_ATOM}author/{_ATOM}name"),
    "body": (f"{_CONTENT}encoded", f"{_ATOM}content"),
    "excerpt": (
        "{http://wordpress.org/export/1.2/excerpt/}encoded",
        "description",
        f"{_RSS1}description",
        f"{_ATOM}summary",
    ),
}
#: Signs of a Wix site's feed: its images, or Wix's feed generator.
_WIX_SIGNS = (b"wixstatic.com", b"RSS for Node", b".wixsite.com")
#: `<generator uri="https://www.wix.com">Wix.com</generator>`: Atom feeds that programs make of Wix's.
_WIX_GENERATOR = re.compile(
    rb"<(?:\w+:)?generator\b(?:[^<>]*\buri\s*=\s*[\"']?(?:https?:)?(?://)?(?:www\.)?wix\.com\b"
    rb"|[^<>]*>\s*(?:<!\[CDATA\[)?[^<]*\bwix\b)",
    re.I,
)
_ITEMS = ("item", f"{_RSS1}item", f"{_ATOM}entry")
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
#: An ampersand that is no XML: bare, or the beginning of an entity's name.
_AMPERSAND = re.compile(r"&(?:([a-zA-Z][a-zA-Z0-9]*);|(?!#))")
_XML_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})
#: The prefixes of Wix's feeds, and a feed's first tag.
_PREFIXES = {"content": _CONTENT, "dc": _DC, "media": MEDIA}
_ROOT = re.compile(r"(<[a-zA-Z][\w:.-]*)([^<>]*>)")
_ENDS = (b"</rss>", b"</feed>", b"</rdf:RDF>")
_PARSER: dict[str, Any] = {"resolve_entities": False, "no_network": True, "huge_tree": True, "remove_comments": True}
_TOO_DEEP = "the post is nested too deeply in the feed to be read"
#: Reported for every post of a feed: nothing in a feed shows what Wix left out.
_FEED_ONLY = Problem(
    "feed-only",
    "body",
    "Wix leaves collapsible lists, buttons, galleries and embeds out of feeds; convert the saved page to be sure",
)


def read_feed(source: str, raw: bytes) -> list[Post]:
    """Return the posts of a feed.

    Raises Skipped for a feed without items or of another kind of site, UnreadablePage for a broken one.
    """
    if utf16(raw):
        raw = _as_utf8(decode(raw)[0])
    if not any(sign in raw for sign in _WIX_SIGNS) and not _WIX_GENERATOR.search(raw):
        raise Skipped("other-feed")
    is_json = raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"
    root, problems = (as_rss(decode(raw)[0]), []) if is_json else _parse(raw)
    items = [item for item in root.iter(*_ITEMS) if _url(item) or _text(item, "body")]
    items, others = without_other_items(items)
    if not items:
        raise Skipped("empty-feed")
    problems += others
    declared = next((plain(node.text) for node in root.iter("language", f"{_DC}language")), None)
    posts = [_read_item(item, declared) for item in items]
    for number, post in enumerate(posts, 1):
        post.source = f"{source}#{post.metadata.slug or number}" if len(posts) > 1 else source
        post.problems[:0] = problems
    if not is_json and not any(end in raw[-200:] for end in _ENDS):
        posts[-1].problems.append(Problem("truncated", "file", "the feed ends before its last post does"))
    return posts


def _parse(raw: bytes) -> tuple[Element, list[Problem]]:
    """Return the feed's tree; broken XML is read as far as possible, in the encoding that its bytes show."""
    try:
        return etree.fromstring(raw, etree.XMLParser(**_PARSER)), []
    except (etree.XMLSyntaxError, ValueError):
        text, problems = decode(raw)
    text = _AMPERSAND.sub(_as_xml, text)
    if text.rfind("<![CDATA[") > text.rfind("]]>"):
        text += "]]>"  # the feed is cut inside of a post
    text = _ROOT.sub(_with_namespaces, text, count=1)
    root = etree.fromstring(_as_utf8(text), etree.XMLParser(encoding="utf-8", recover=True, **_PARSER))
    if root is None:
        raise UnreadablePage("the file looks like a feed, but its XML cannot be read")
    return root, problems


def _with_namespaces(root: re.Match[str]) -> str:
    """Return the first tag of a feed with all prefixes declared; a piece of a feed has no declarations."""
    missing = (name for name in _PREFIXES if f"<{name}:" in root.string and f"xmlns:{name}=" not in root[0])
    return root[1] + "".join(f' xmlns:{name}="{_PREFIXES[name].strip("{}")}"' for name in missing) + root[2]


def _as_xml(ampersand: re.Match[str]) -> str:
    """Return what an ampersand in broken XML stands for: the parser would drop it, or an entity that only HTML has."""
    name = ampersand[1]
    if name is None:
        return "&amp;"
    return ampersand[0] if name in _XML_ENTITIES else html.unescape(ampersand[0])


def _as_utf8(text: str) -> bytes:
    return markup_without_controls(_DECLARATION.sub("", text).encode("utf-8", "replace"))


def _read_item(item: Element, language: str | None) -> Post:
    url = _url(item)
    body, excerpt = parse_html(_text(item, "body")), parse_html(_text(item, "excerpt"))
    article, facts, ctx = _body(body, LinkRestorer(url))
    excerpt_text = plain(text_of(excerpt)) if excerpt is not None else None
    if body is not None and is_excerpt(article, excerpt_text, url):
        ctx.problems.append(Problem("excerpt-only", "body", EXCERPT))
    elif body is not None and (heading := empty_section(article)) is not None:
        detail = f"nothing follows the heading “{heading}”: Wix may have left a block out of the feed"
        ctx.problems.append(Problem("section-empty", "body", detail))
    is_short = any(problem.kind == "excerpt-only" for problem in ctx.problems)
    problems = ctx.problems if is_short else [*ctx.problems, _FEED_ONLY]
    metadata, provenance = _metadata(item, url, excerpt, article if body is not None else None)
    sample = article if body is not None else excerpt
    metadata.language = language or (detect(text_of(sample)) if sample is not None else None)
    provenance["language"] = "feed language" if language else "the text itself"
    if metadata.title is None:
        problems.append(Problem("title-missing", "front matter", "the item states no title"))
    for name in ("date", "updated"):
        if (value := _text(item, name)) and getattr(metadata, name) is None:
            problems.append(Problem("date-unclear", "front matter", f"the date “{value.strip()[:60]}” cannot be read"))
    add_hashtags(metadata, provenance, article)
    post = Post("", "feed", metadata, article, provenance, problems, facts)
    # In an item without a body, the excerpt is all there is; it becomes the description.
    region = closed(_text(item, "body" if body is not None else "excerpt") or "")
    texts = [metadata.title or "", *([metadata.description or ""] if body is None else [])]
    post.ledger, left_out = account(region, article, facts.word_counts()[0], texts)
    post.problems += left_out if body is not None else []
    post.problems += fields_left_out(unread_fields(item, _ELEMENTS), article, metadata)
    post.media = ctx.media
    post.ids = [guid] if (guid := (_text(item, "id") or "").strip()) and is_id(guid) else []
    post.source_info = SourceInfo(is_feed_item=True, is_excerpt=is_short)
    return post


def _body(body: Element | None, restorer: LinkRestorer) -> tuple[Element, Facts, Context]:
    """Return the article of an item's body, its source facts, and the context with problems and media."""
    ctx = Context(restorer, viewer.blocks)
    detail = EXCERPT
    if body is not None:
        _frame_players(body)
        for link in body.iter("a"):
            # Unchanged: the viewer adds the missing scheme to `www.example.com`, a feed does not.
            if href := (link.get("href") or "").strip():
                link.set("href", whole_address(href))
        try:
            return viewer.read_body(body, ctx), viewer_facts(body, restorer), ctx
        except RecursionError:
            ctx, detail = Context(restorer), _TOO_DEEP
    ctx.problems.append(Problem("excerpt-only", "body", detail))
    return element("article", missing("post", detail)), Facts(), ctx


def _metadata(
    item: Element, url: str | None, excerpt: Element | None, article: Element | None
) -> tuple[Metadata, dict[str, str]]:
    author = plain(html.unescape(_text(item, "author") or ""))
    description = plain(text_of(excerpt)) if excerpt is not None else None
    if description and article is not None:
        begins_so = text_key(text_of(article)).startswith(text_key(description))
        if is_cut(description) or begins_so or is_teaser(description, article):
            description = None  # Wix cut it from the body
    values: dict[str, tuple[object, str]] = {
        "title": (plain(html.unescape(_text(item, "title") or "")), "title"),
        "slug": (slug_of(url) if url else slug_in(item), "link"),
        "date": (instant(_text(item, "date")), "pubDate"),
        "updated": (instant(_text(item, "updated")), "updated"),
        "authors": ([author] if author else [], "dc:creator"),
        "description": (description, "description"),
        "categories": (_categories(item, tags=False), "category"),
        "tags": (_categories(item, tags=True), "category"),
        "draft": (is_draft(item), "status"),
        "cover": (_cover(item, excerpt), "enclosure"),
        "canonical_url": (url, "link"),
    }
    known = {name: (value, source) for name, (value, source) in values.items() if value}
    metadata = Metadata(**{name: value for name, (value, _) in known.items()})  # type: ignore[arg-type]
    return metadata, {name: f"feed {source}" for name, (_, source) in known.items()}


def _text(item: Element, field: str) -> str | None:
    """Return the text of the first nonempty element of a field; HTML in Atom may be child elements."""
    for name in _ELEMENTS[field]:
        node = item.find(name)
        if node is None:
            continue
        text = "".join([node.text or "", *(etree.tostring(child, encoding="unicode") for child in node)])
        if text.strip():
            return text
    return None


def _url(item: Element) -> str | None:
    """Return the post's own URL: `link`, as text or as Atom's attribute, else a `guid` that is a URL."""
    links = [link for link in item.findall(f"{_ATOM}link") if link.get("rel", "alternate") == "alternate"]
    candidates = (_text(item, "url"), *(link.get("href") for link in links), _text(item, "id"))
    urls = (LinkRestorer(None).restore(candidate.strip()).href for candidate in candidates if candidate)
    url = next((url for url in urls if url and url.startswith(("http://", "https://"))), None)
    return without_tracking(url) if url else None


def _frame_players(body: Element) -> None:
    """Turn each link between paragraphs whose text is its URL into a frame: feeds write players this way."""
    for link in list(body.iter("a")):
        parent = link.getparent()
        href = (link.get("href") or "").strip()
        if parent is None or parent.tag not in ("body", "div", "figure") or not href:
            continue
        alone = not (link.tail or "").strip() and not text_before(link).strip()
        if alone and text_of(link).strip() == href:
            link.tag, link.text = "iframe", None
            link.set("src", href)
            del link.attrib["href"]
            for child in list(link):
                link.remove(child)


def _categories(item: Element, tags: bool) -> list[str]:
    """Return the categories of an item, or its tags: only a feed for WordPress has them."""
    nodes = [*item.findall("category"), *item.findall(f"{_ATOM}category")]
    chosen = (node for node in nodes if is_tag(node) == tags)
    labels = (plain(html.unescape(node.get("label") or node.get("term") or node.text or "")) for node in chosen)
    return list(dict.fromkeys(label for label in labels if label))


def _cover(item: Element, excerpt: Element | None) -> str | None:
    """Return the original of the `enclosure`; in the old blog's feeds, the cover follows the excerpt."""
    links = item.findall(f"{_ATOM}link")
    image_urls = [i.get("src") for i in excerpt.iter("img")] if excerpt is not None else []
    enclosed = [e.get("url") for e in item.findall("enclosure") if (e.get("type") or "image").startswith("image")]
    for url in (*enclosed, *(link.get("href") for link in links if link.get("rel") == "enclosure"), *image_urls):
        original = media.original_url(url) if url else ""
        if original.startswith(("http://", "https://")):
            return original
    return None
