"""Reduce embed code, which an author pasted or a service provided, to its URL or to what it shows.

Markdown cannot contain the code, but a link to the page that it shows. Facts: docs/wix/ricos.md#embed-nodes (HTML,
EMBED), docs/wix/csv-exports.md#nodes-in-exports.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from ...model.article import Element, is_placeholder
from ..article_building.block_cleanup import tidy_blocks
from ..article_building.context import Context

_PARSER = etree.HTMLParser(encoding="utf-8", huge_tree=False, remove_comments=True, remove_pis=True)
#: Where services write the URL of the post that their script shows (Twitter, Instagram, TikTok, Facebook, Pinterest).
_CITED = ("cite", "data-instgrm-permalink", "data-href", "data-url")
_SERVICE = re.compile(
    r"twitter-(?:tweet|video)|instagram-media|tiktok-embed|fb-(?:post|video)|reddit-embed|bluesky-embed"
)
_GIST = re.compile(r"(https://gist\.github\.com/[^?\s]+?)\.js")
#: Longer code is a whole application; parsing it would cost more than it can yield.
_LONGEST = 500_000


def _parse(code: str) -> Element | None:
    if "<" not in code or len(code) > _LONGEST:
        return None
    try:
        return etree.fromstring(code.encode("utf-8", "ignore"), _PARSER)
    except etree.XMLSyntaxError:
        return None


def address_in(code: str) -> str | None:
    """Return the URL of what embed code shows: its frame, the post that a service's script shows, a gist, a video."""
    if re.match(r"https?://\S+\Z", code.strip()):
        return code.strip()
    root = _parse(code)
    if root is None:
        return None
    for node in root.iter("iframe", "embed", "video", "audio", "source", "object"):
        if url := _http(node.get("src") or node.get("data-src") or node.get("data")):
            return url
    for node in root.iter("blockquote", "div"):
        if not _SERVICE.search(node.get("class") or ""):
            continue
        if url := next((f for name in _CITED if (f := _http(node.get(name)))), None):
            return url
        links = [f for a in node.iter("a") if (f := _http(a.get("href")))]
        if links:
            return links[-1]  # a tweet's own URL is the last one, below its date
    return next((g[1] for script in root.iter("script") if (g := _GIST.match(script.get("src") or ""))), None)


def url_of_document(code: str) -> str | None:
    """Return the URL that a whole page in a frame states as its own: its canonical link, or `og:url`."""
    root = _parse(code)
    if root is None:
        return None
    links = (n.get("href") for n in root.iter("link") if (n.get("rel") or "").lower() == "canonical")
    metas = (n.get("content") for n in root.iter("meta") if (n.get("property") or n.get("name")) == "og:url")
    return next((url for found in (*links, *metas) if (url := _http(found))), None)


def text_in(code: str) -> str:
    """Return the text that code shows, as one line."""
    root = _parse(code)
    if root is None:
        return "" if "<" in code else " ".join(code.split())
    etree.strip_elements(root, "script", "style", "head", with_tail=False)
    return " ".join(" ".join(map(str, root.itertext())).split())


def only_link(code: str) -> str | None:
    """Return the only URL that code links to; None if there is none, or several."""
    root = _parse(code)
    links = {link for a in root.iter("a") if (link := _http(a.get("href")))} if root is not None else set()
    return links.pop() if len(links) == 1 else None


def _http(url: str | None) -> str | None:
    url = (url or "").strip()
    if url.startswith("//"):
        url = "https:" + url
    return url if url.startswith(("http://", "https://")) else None


def is_program(code: str) -> bool:
    """Return True for a program (a game, a calculator): code that draws, or contains more script than words."""
    root = _parse(code)
    if root is None:
        return len(code) > _LONGEST
    scripts = sum(len(script.text or "") for script in root.iter("script"))
    words = sum(len(node.text or "") for node in root.iter() if node.tag not in ("script", "style")) + sum(
        len(node.tail or "") for node in root.iter()
    )
    return root.find(".//canvas") is not None or scripts > words


def blocks_in(code: str, ctx: Context, walk: Callable[[Element, Context, int], list[Element]]) -> list[Element]:
    """Return what code without a URL shows: its texts, links and images, read like a body."""
    root = _parse(code)
    if root is None:
        return []
    body = root.find("body")
    inner = Context(ctx.restorer, walk, media=ctx.media)
    inner_blocks = tidy_blocks(walk(root if body is None else body, inner, 0))
    return [block for block in inner_blocks if not is_placeholder(block)]
