"""Read the Ricos nodes that show external content by URL: videos, audio, pages, maps.

The article blocks equal those of the rendered form (viewer/plugins.py). Facts: docs/wix/ricos.md#embed-nodes,
docs/wix/ricos.md#media-nodes.
"""

from __future__ import annotations

from urllib.parse import parse_qs, quote

from ...model.article import Blocks, element
from ...web.json_path import Json, dig, first_line, flag, line, obj, text
from ...web.urls import split_url
from ...wix import media_urls as media
from ..article_building.context import Context
from ..viewer import walk as viewer_walk
from ..viewer.html_snippets import address_in, blocks_in, is_program, only_link, text_in
from .parts import as_paragraph, caption_of, figure, image_of, lost, source, titled, unwritable, video_address
from .text import href_of, whole_address


def video(node: Json, ctx: Context, _depth: int) -> Blocks:
    """Return a video from YouTube and the like, or one uploaded to Wix."""
    data = obj(node, "videoData")
    title = line(data, "title") if ctx.video_titles else ""
    caption = caption_of(node, data, ctx)
    url = video_address(source(data, "video", "src"), ctx)
    if url is None and (poster := source(data, "thumbnail", "src")):
        known = media.video_page_url(poster)
        url = known or media.wix_video_url(poster)
        if url and not known:
            ctx.problem("video-url-guessed", f"the URL of a video was made from its poster: {url}")
    if url is None:
        placeholder = lost(ctx, "video")
        return [*titled(title), placeholder, *as_paragraph(caption)]
    return [figure("video", url, title, caption)]


def audio(node: Json, ctx: Context, _depth: int) -> Blocks:
    """Return an audio player with title, performer and the author's image, for a file or the page of a service."""
    data = obj(node, "audioData")
    title = " – ".join(part for name in ("name", "authorName") if (part := line(data, name)))
    cover = image_of(obj(data, "coverImage"), "", ctx)
    out: Blocks = [element("figure", cover)] if cover is not None else []
    url = media.audio_url(source(data, "audio", "src")) or address_in(text(data, "html"))
    href = ctx.link(url) if url else None
    if href is None:
        placeholder = lost(ctx, "audio")
        return [*out, *titled(title), placeholder]
    return [*out, figure("audio", href, title)]


def html(node: Json, ctx: Context, depth: int) -> Blocks:
    """Return an embedded page or piece of HTML: its URL, the URL in its code, or else what the code shows."""
    data = obj(node, "htmlData")
    if line(data, "source") == "ADSENSE" or flag(data, "isAdsense"):
        ctx.problem("advertisement-dropped", "an advertisement of Google AdSense is left out")
        return []
    code = text(data, "html")
    url = line(data, "url") or address_in(code)
    href = ctx.link(whole_address(url)) if url else None
    if href is not None:
        return [figure("video" if media.video_page_url(href) else "embed", href)]
    if is_program(code):
        if (linked := only_link(code)) and (href := ctx.link(linked)):
            return [figure("embed", href)]
        return [unwritable(ctx, "program-missing", "embed", "embedded program: its code cannot run in Markdown")]
    snippet_blocks = blocks_in(code, ctx, viewer_walk.blocks)
    if snippet_blocks:
        ctx.problem(
            "embed-flattened",
            "embedded HTML without a URL: its text and images are kept, its styling and scripts are not",
        )
        return snippet_blocks
    if line(data, "widgetId") or code.strip():
        return [unwritable(ctx, "embed-missing", "embed", "embedded widget: its code has no URL and no text")]
    return [lost(ctx, "embed")]


def embed(node: Json, ctx: Context, _depth: int) -> Blocks:
    """Return a post of Twitter, Instagram, TikTok and the like as a link. Its text is the other site's."""
    data = obj(node, "embedData")
    oembed = obj(data, "oembed")
    if (shown := text_in(text(oembed, "html"))) not in line(oembed, "title"):
        ctx.card_text([shown])
    url = first_line(data, ("src",), ("oembed", "url"), ("oembed", "videoUrl")) or address_in(text(oembed, "html"))
    href = ctx.link(whole_address(url)) if url else None
    if href is None:
        placeholder = lost(ctx, "embed")
        return [*titled(line(oembed, "title")), placeholder]
    return [figure("video" if media.video_page_url(href) else "embed", href, line(oembed, "title"))]


def link_preview(node: Json, ctx: Context, _depth: int) -> Blocks:
    """Return a link preview as a link with its title. Image and description are the other page's, fetched by Wix."""
    data = obj(node, "linkPreviewData")
    title = line(data, "title")
    href = href_of(obj(data, "link"), ctx) or ((url := address_in(text(data, "html"))) and ctx.link(url)) or None
    ctx.card_text([line(data, "description")])
    return _linked(title, href)


def _linked(title: str, href: str | None) -> Blocks:
    return titled(title) if href is None else [figure("embed", href, title)]


def app_embed(node: Json, ctx: Context, _depth: int) -> Blocks:
    """Return a product, event or booking of the same site as a link with its name.

    The URL of its page is in `?d=` of a wix.app URL.
    """
    data = obj(node, "appEmbedData")
    title, url = line(data, "name"), line(data, "url")
    if "wix.app" in url and (behind := parse_qs(split_url(url).query).get("d")):
        url = behind[0]
    ctx.card_text(line(data, "eventData", name) for name in ("scheduling", "location"))
    return _linked(title, ctx.link(whole_address(url)) if url else None)


def map_(node: Json, ctx: Context, _depth: int) -> Blocks:
    """Return a map as a link to a map of its place."""
    place = obj(node, "mapData", "mapSettings")
    name, address = line(place, "locationName"), line(place, "address")
    title = name if address in name else address if name in address else f"{name}, {address}"
    lat, lng = dig(place, "lat"), dig(place, "lng")
    known = all(isinstance(v, int | float) and not isinstance(v, bool) and abs(v) <= 180 for v in (lat, lng))
    place_query = f"{lat},{lng}" if known else quote(first_line(place, ("address",), ("locationName",)))
    if not place_query:
        return [
            *titled(title),
            lost(ctx, "map"),
        ]
    return [figure("map", f"https://www.google.com/maps/search/?api=1&query={place_query}", title)]
