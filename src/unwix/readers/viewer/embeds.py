"""Read players: videos, audio and embedded pages, whose URLs a saved page may have lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs

from ...model.article import HEADINGS, Blocks, Element, element, is_placeholder
from ...web.urls import split_url
from ...wix import media_urls as media
from ...wix.ui_texts.catalogue import viewer_words
from ..article_building.block_cleanup import tidy_blocks
from ..article_building.context import Context
from ..article_building.inline_runs import one_line, text_element, tidy
from .hooked_elements import hooked, lines_of_author, words_of
from .html_snippets import address_in, blocks_in, text_in, url_of_document
from .inline import collect, inline_image

#: AMP states a video by its id; the URL of that video's page.
_AMP_VIDEOS = {"amp-youtube": "https://www.youtube.com/watch?v={}", "amp-vimeo": "https://vimeo.com/{}"}
#: A text of a card that is the URL of the linked page, often without its scheme.
_URL = re.compile(r"(?:https?://)?[\w.-]+\.\w{2,}(?:/\S*)?")
#: Elements and attributes, best first: the video, a player's frame, a link to the video's page, Facebook's player.
_VIDEO_PLACES = (
    (("video", "source", "amp-video"), "src"),
    (("iframe",), "src"),
    (("a",), "href"),
    (("div",), "data-href"),
)


def video(node: Element, ctx: Context, depth: int) -> Blocks:
    """Return a video with its URL from any place that still has it: player, video, thumbnail, link."""
    url = _video_address(node, ctx)
    caption = one_line(tidy(r for c in node.iter("figcaption") for r in collect(c, ctx)))
    figcaption = text_element("figcaption", caption) if caption else None
    if url is None:
        lost = ctx.missing("video")
        if figcaption is None or lost.tag != "div":  # the block from the page's document has its own caption
            return [lost]
        return [lost, element("p", element("em", figcaption.text, *figcaption))]
    return [element("figure", element("a", href=url), figcaption, class_="video", id=ctx.anchor(node))]


def _video_address(node: Element, ctx: Context) -> str | None:
    # A link in the caption is the author's, not the video's.
    pieces = [
        p
        for p in node.iter()
        if isinstance(p.tag, str) and p.tag != "figcaption" and next(p.iterancestors("figcaption"), None) is None
    ]
    for piece in pieces:
        if (identity := piece.get("data-videoid")) and piece.tag in _AMP_VIDEOS:
            return _AMP_VIDEOS[str(piece.tag)].format(identity)
    urls = [url for piece in pieces for url in _urls_of(piece) if url]
    if known := next((v for s in urls if (v := media.video_page_url(s))), None):
        return known
    for tags, name in _VIDEO_PLACES:
        candidate = next((value for p in pieces if p.tag in tags and (value := p.get(name))), None)
        if candidate and not candidate.startswith(("blob:", "data:")) and (url := ctx.link(candidate)):
            return url
    if ctx.block_id and ctx.lookup(ctx.block_id) is not None:
        return None
    guess = next((v for s in urls if (v := media.wix_video_url(s))), None)
    if guess:
        ctx.problem("video-url-guessed", f"the URL of a video was made from its poster: {guess}")
    return guess


def _urls_of(piece: Element) -> Iterator[str | None]:
    """Yield the URLs that a piece of a player is loaded from; SingleFile keeps the player's page in `srcdoc`."""
    yield from map(piece.get, ("data-src", "src", "href", "poster"))
    if code := piece.get("srcdoc"):
        yield address_in(code)
        yield url_of_document(code)
    yield media.background_url(piece.get("style"))


def audio(node: Element, ctx: Context, depth: int) -> Blocks:
    """Return an audio player: the author's title and performer, and its file or the page of its service."""
    url = next((a.get("src") for a in node.iter("audio", "source", "iframe") if a.get("src")), None)
    href = ctx.link(url) if url else None
    title = " – ".join(
        t for t in (words_of(next(hooked(node, h), None)) for h in ("audio-title", "audio-creator")) if t
    )
    cover = next((i for i in (inline_image(n, ctx) for n in node.iter("wow-image", "img")) if i is not None), None)
    out: Blocks = []
    if cover is not None:
        if cover.get("alt") in viewer_words():
            cover.set("alt", "")
        out.append(element("figure", cover))
    if href is None:
        lost = ctx.missing("audio")
        return [*out, lost] if not title or lost.tag == "figure" else [*out, element("p", title), lost]
    return [*out, element("figure", element("a", title or None, href=href), class_="audio", id=ctx.anchor(node))]


def embed(node: Element, ctx: Context, depth: int) -> Blocks:
    """Return an embedded page or piece of HTML: the URL of its frame, or the frame's content if it has no URL."""
    frame = next((f for f in node.iter("iframe", "amp-iframe", "object", "embed")), None)
    code = (frame.get("srcdoc") or "") if frame is not None else ""
    url = next((u for n in ("src", "data-src", "data") if frame is not None and (u := frame.get(n))), None)
    if url is None or url.startswith(("data:", "blob:", "about:")):
        url = (address_in(code) or url_of_document(code)) if code else None
    if url and (known := media.video_page_url(url)):
        return [element("figure", element("a", href=known), class_="video", id=ctx.anchor(node))]
    href = ctx.link(url) if url else None
    if href is not None:
        if text := text_in(code):
            ctx.problem("embed-flattened", f"the embedded page {href} is written as a link; it shows “{text[:200]}”")
        return [element("figure", element("a", href=href), class_="embed", id=ctx.anchor(node))]
    if snippet_blocks := blocks_in(code, ctx, ctx.walk):
        ctx.problem("embed-flattened", "embedded HTML without a URL: its text and images are kept, its styling is not")
        return snippet_blocks
    inside = ctx.walk(frame, ctx, depth + 1) if frame is not None and frame.tag == "object" else []
    return inside or [ctx.missing("embed")]


def linked(inside: Blocks, href: str | None, ctx: Context) -> Blocks:
    """Return blocks with a link around the content that can be linked."""
    if href is None:
        return inside
    out: Blocks = []
    for inner_block in tidy_blocks(inside):
        block = inner_block
        if is_placeholder(block):
            # The link was the frame's content: nothing is missing.
            ctx.problems[:] = [p for p in ctx.problems if not (p.kind == "embed-missing" and p.where == ctx.where)]
            block = element("figure", element("a", href=href), class_="embed", id=block.get("id"))
        elif block.tag == "figure" and len(block) and block[0].tag == "img":
            block.insert(0, element("a", block[0], href=href))
        elif block.tag in ("p", *HEADINGS) and block.find(".//a") is None:
            inner = element("a", block.text, *block, href=href)
            block.text = None
            block.append(inner)
        out.append(block)
    return out or [element("figure", element("a", href=href), class_="embed")]


def link_preview(node: Element, ctx: Context, depth: int) -> Blocks:
    """Return a link preview as a link with its title. Image and description are the other page's, fetched by Wix."""
    outer = next((a for a in (*node.iterancestors("a"), *node.iter("a")) if a.get("href")), None)
    href = ctx.link(outer.get("href")) if outer is not None else None
    title = words_of(next(node.iter("figcaption"), None)) or None
    if href is None:
        return [element("p", title)] if title else ctx.walk(node, ctx, depth + 1)
    ctx.card_text(line for line in lines_of_author(node) if title and line != title and not _URL.fullmatch(line))
    title = title or words_of(node) or None
    return [element("figure", element("a", title, href=href), class_="embed", id=ctx.anchor(node))]


def app_embed(node: Element, ctx: Context, depth: int) -> Blocks:
    """Return a product, event or booking of the same site as a link with its name.

    The URL of its page is in `?d=` of a wix.app URL.
    """
    title = words_of(next(hooked(node, "vertical-embed-title"), None)) or None
    whole = " ".join((node.get("title") or "").split())
    if whole and (title is None or (title.endswith(("...", "…")) and whole.startswith(title.rstrip(".… ")))):
        title = whole  # the card truncates a long name
    url = node.get("data-url") or next((a.get("href") for a in node.iter("a") if a.get("href")), None)
    if url and "wix.app" in url:
        url = next(iter(parse_qs(split_url(url).query).get("d", [])), url)
    href = ctx.link(url)
    details = (child for part in hooked(node, "vertical-embed-subtitle") for child in (list(part) or [part]))
    ctx.card_text(line for detail in details for line in lines_of_author(detail))
    if href is None:
        counterpart = ctx.lookup(ctx.block_id) if ctx.block_id else None
        return [counterpart] if counterpart is not None else [element("p", title)] if title else []
    return [element("figure", element("a", title, href=href), class_="embed", id=ctx.anchor(node))]


def map_(node: Element, ctx: Context, depth: int) -> Blocks:
    """Return a map with the URL of its frame, if it has one."""
    if next(node.iter("iframe"), None) is not None:
        return embed(node, ctx, depth)
    return [ctx.missing("map")]
