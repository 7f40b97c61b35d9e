"""Read rendered images with their links and captions, galleries, and GIFs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.article import Blocks, Element, append, element
from ...web.saved_links import LOCAL_FILE
from ..article_building.context import Context
from ..article_building.inline_runs import Run, inline_elements, one_line, text_element, tidy
from .collapsibles import spoiler, spoiler_of
from .hooked_elements import hooked, lines_of_author, words_of
from .inline import SILENT_TAGS, collect, has_url, inline_image

# Giphy's video of a GIF, with the parameters that Wix's editor appends for statistics.
_GIPHY = re.compile(r"(https?://[^/]*giphy\.com/.*?/giphy)\.(?:mp4|webp)(?:\?.*)?")


def image_block(node: Element, ctx: Context, depth: int) -> Blocks:
    """Return an image with its link and caption."""
    source = next((n for n in node.iter("wow-image", "amp-img", "img")), None)
    if source is None:
        return [ctx.missing("image")]
    image = inline_image(source, ctx)
    if image is None:
        lost = ctx.missing("image")
        words = [r for r in _caption_runs(node, ctx, without=(source, None)) if r.text]
        # the block from the page's document has its own caption
        return [lost, element("p", element("em", *inline_elements(words)))] if words and lost.tag == "div" else [lost]
    href = next(
        (ctx.link(a.get("href")) for a in source.iterancestors("a") if a is node or node in a.iterancestors()), None
    )
    linked = element("a", image, href=href) if href else image
    overlay = next((s for s in map(spoiler_of, node.iter()) if s is not None), None) if ctx.spoilers else None
    caption = [r for r in _caption_runs(node, ctx, without=(source, overlay)) if r.text]
    figure = element("figure", linked, text_element("figcaption", caption) if caption else None, id=ctx.anchor(node))
    return [spoiler(overlay, [figure])] if overlay is not None else [figure]


def _caption_runs(node: Element, ctx: Context, without: tuple[Element | None, ...]) -> list[Run]:
    """Return the text next to an image: its `<figcaption>`, and the loose text, which was the caption until 2022."""
    return one_line(tidy(_loose_text(node, ctx, without, None)))


def _loose_text(node: Element, ctx: Context, without: tuple[Element | None, ...], href: str | None) -> Iterator[Run]:
    if not any(piece in without or piece.tag == "figcaption" for piece in node.iter() if piece is not node):
        yield from (run for run in collect(node, ctx, 0, href) if run.image is None)
        return
    yield Run(node.text or "", 0, href)
    for child in node:
        if child not in without and isinstance(child.tag, str) and child.tag not in SILENT_TAGS:
            inner = (
                ctx.link(child.get("href")) if child.tag == "a" and child.find(".//figcaption") is not None else href
            )
            yield from _loose_text(child, ctx, without, inner)
            yield Run(" ")
        yield Run(child.tail or "", 0, href)


def figure(node: Element, ctx: Context, depth: int) -> Blocks:
    """Return a `<figure>` without a hook: the image in it, or its other content."""
    if any(n.get("data-hook") for n in node.iter("div", "video", "iframe") if isinstance(n.tag, str)):
        return ctx.walk(node, ctx, depth + 1)
    nested = ("wow-image", "amp-img", "noscript")
    images = [n for n in node.iter("img", "wow-image", "amp-img") if next(n.iterancestors(*nested), None) is None]
    return image_block(node, ctx, depth) if len(images) == 1 else ctx.walk(node, ctx, depth + 1)


def gallery(node: Element, ctx: Context, depth: int) -> Blocks:
    """Return a gallery's images in order. Until about 2024, galleries are empty in the saved HTML."""
    items: list[Element] = []
    for item in (
        list(hooked(node, "item-container"))
        or list(hooked(node, "image-item"))
        or list(node.iter("wow-image"))
        or _parts_with_one_image(node)
    ):
        item_figure = _gallery_item(item, ctx)
        if item_figure is not None:
            items.append(item_figure)
    if not items:
        return [ctx.missing("gallery")]
    return [element("figure", *items, class_="gallery", id=ctx.anchor(node))]


def _parts_with_one_image(node: Element) -> list[Element]:
    """Return the largest elements in a gallery that contain only one image: its items, if they have no known hooks."""
    items: dict[Element, None] = {}
    for image in node.iter("img"):
        item = image
        while (parent := item.getparent()) is not None and parent is not node and len(list(parent.iter("img"))) == 1:
            item = parent
        if has_url(image):
            items[item] = None
    return list(items)


def _gallery_item(item: Element, ctx: Context) -> Element | None:
    href = next((ctx.link(a.get("href")) for a in item.iterancestors("a")), None) or next(
        (ctx.link(a.get("href")) for a in item.iter("a")), None
    )
    lines = _item_texts(item)
    caption = element("figcaption", lines[0]) if lines else None
    if caption is not None:
        append(caption, [part for line in lines[1:] for part in (element("br"), line)])
    movie = next((v.get("src") for v in item.iter("video", "source") if v.get("src")), None)
    if movie:
        return element("figure", element("a", href=ctx.link(movie)), caption, class_="video")
    nodes = list(item.iter("img", "wow-image"))
    # SingleFile embeds the bytes of the blurred preview, and leaves the URL in the image after it.
    named = [node for node in nodes if has_url(node)]
    images = [image_element for node in named or nodes if (image_element := inline_image(node, ctx)) is not None]
    if not images:
        return None
    image = images[0]
    # The blurred copy that loads first has no alternative text; the image after it has the author's.
    image.set("alt", next((alt for i in images if (alt := i.get("alt"))), ""))
    return element("figure", element("a", image, href=href) if href else image, caption)


def _item_texts(item: Element) -> list[str]:
    """Return the author's title and description of a gallery image; some viewers show them on hover."""
    named = [words_of(n) for n in hooked(item, "item-title", "gallery-item-title")][:1]
    described = [words_of(n) for n in hooked(item, "item-description", "gallery-item-description")][:1]
    if texts := [text for text in (*named, *described) if text]:
        return texts
    hover = next(hooked(item, "item-hover-"), None)
    return lines_of_author(hover) if hover is not None else []


def gif(node: Element, ctx: Context, depth: int) -> Blocks:
    """Return a GIF: the viewer plays its video; the image of the same name next to it is the GIF."""
    video = next((v.get("src") for v in node.iter("video", "source") if v.get("src")), None)
    if video is None or LOCAL_FILE.match(video) or video.startswith(("data:", "blob:")):
        return image_block(node, ctx, depth)
    url = ctx.image_url(_GIPHY.sub(r"\1.gif", video))
    caption = one_line(tidy(r for c in node.iter("figcaption") for r in collect(c, ctx)))
    image = element("img", src=url, alt="")
    return [element("figure", image, text_element("figcaption", caption) if caption else None, id=ctx.anchor(node))]
