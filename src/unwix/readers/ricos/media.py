"""Read the Ricos nodes that are not text: images, files, buttons, polls; and the table of all such nodes.

The article blocks equal those of the rendered form (viewer/plugins.py). Facts: docs/wix/ricos.md#media-nodes,
docs/wix/media-urls.md#names-in-documents.
"""

from __future__ import annotations

from urllib.parse import unquote

from ...model.article import Blocks, Element, append, element
from ...web.json_path import Json, dig, first_line, flag, line, obj, objects
from ...web.urls import split_url
from ...wix import media_urls as media
from ..article_building.context import Context
from . import embeds as ricos_embeds
from .parts import Reader, as_paragraph, caption_of, image_of, lost, size_of, source, unwritable, video_address
from .text import href_of

# ---- images -----------------------------------------------------------------------------------------------------


def image(node: Json, ctx: Context, _depth: int) -> Blocks:
    """Return an image with its link and caption."""
    data = obj(node, "imageData")
    alt = "" if flag(data, "decorative") else line(data, "altText")
    caption = caption_of(node, data, ctx)
    image_element = image_of(obj(data, "image"), alt, ctx)
    if image_element is None:
        placeholder = lost(ctx, "image")
        return [placeholder, *as_paragraph(caption)]
    href = href_of(obj(data, "link"), ctx)
    return [element("figure", element("a", image_element, href=href) if href else image_element, caption)]


def gallery(node: Json, ctx: Context, _depth: int) -> Blocks:
    """Return a gallery's images and videos in order, each with its alternative text and title."""
    items = [
        figure for item in objects(node, "galleryData", "items") if (figure := _gallery_item(item, ctx)) is not None
    ]
    if not items:
        return [lost(ctx, "gallery")]
    return [element("figure", *items, class_="gallery")]


def _gallery_item(item: Json, ctx: Context) -> Element | None:
    alt = first_line(item, ("altText",), ("image", "altText"))
    texts = [text for name in ("title", "description") if (text := line(item, name))]
    caption = element("figcaption", texts[0]) if texts else None
    if caption is not None:
        append(caption, [part for text in texts[1:] for part in (element("br"), text)])
    if obj(item, "video"):
        return _gallery_video(item, alt, caption, ctx)
    # Items of the first migrated documents kept their old form: the file in `url`, its size in `metadata`.
    old = {
        "src": {"url": line(item, "url")},
        "width": dig(item, "metadata", "width"),
        "height": dig(item, "metadata", "height"),
    }
    image_element = image_of(obj(item, "image", "media") or old, alt, ctx)
    if image_element is None:
        ctx.problem("image-not-in-page", "an image of a gallery has no URL")
        return None
    href = href_of(obj(item, "image", "link") or obj(item, "link"), ctx)
    return element("figure", element("a", image_element, href=href) if href else image_element, caption)


def _gallery_video(item: Json, alt: str, caption: Element | None, ctx: Context) -> Element | None:
    url = video_address(source(item, "video", "media", "src"), ctx)
    if url is None:
        ctx.problem("video-url-missing", "a video of a gallery has no URL")
        return None
    poster = image_of(obj(item, "video", "thumbnail"), alt, ctx)
    return element("figure", element("a", poster, href=url), caption, class_="video")


def gif(node: Json, ctx: Context, _depth: int) -> Blocks:
    """Return a GIF of Giphy."""
    data = obj(node, "gifData")
    names = [(size, form) for form in ("gif", "still", "mp4") for size in ("original", "downsized")]
    url = media.image_url(first_line(data, *names))
    url = ctx.image_url(url) if url else None
    caption = caption_of(node, data, ctx)
    if url is None:
        return [
            lost(ctx, "GIF"),
            *as_paragraph(caption),
        ]
    image_element = element(
        "img", src=url, alt=line(data, "altText"), width=size_of(data, "width"), height=size_of(data, "height")
    )
    return [element("figure", image_element, caption)]


def shape(node: Json, ctx: Context, _depth: int) -> Blocks:
    """Return a shape that has a link or an alternative text; others are decoration and are left out."""
    data = obj(node, "shapeData")
    href, alt = href_of(obj(data, "link"), ctx), line(data, "altText")
    image_element = image_of(obj(data, "shape"), alt, ctx) if href or alt else None
    if image_element is None:
        return []
    return [element("figure", element("a", image_element, href=href) if href else image_element)]


# ---- buttons, files, polls --------------------------------------------------------------------------------------


def button(node: Json, ctx: Context, _depth: int) -> Blocks:
    """Return a button as a link with the author's text; a button with an action on the page becomes its text."""
    data = obj(node, "buttonData")
    label, href = line(data, "text"), href_of(obj(data, "link"), ctx)
    if not label and href is None:
        return []
    return [element("p", element("a", label or None, href=href) if href else label, class_="button")]


def file(node: Json, ctx: Context, _depth: int) -> Blocks:
    """Return a file as a link with the author's name; a placeholder if only Wix's server can provide the file."""
    data = obj(node, "fileData")
    name, extension = first_line(data, ("name",), ("path",)), line(data, "type").lstrip(".")
    if name and extension and not name.lower().endswith("." + extension.lower()) and "." not in name[-6:]:
        name = f"{name}.{extension}"
    private = flag(data, "src", "private") and not line(data, "src", "url")
    url = None if private else media.document_url(source(data, "src"), extension)
    href = ctx.link(url) if url else None
    if href is not None:
        return [
            element(
                "p",
                element("a", name or unquote(split_url(href).path).rpartition("/")[2] or None, href=href),
                class_="file",
            )
        ]
    placeholder = lost(ctx, "file", name)
    return [element("p", name, class_="file"), placeholder] if name else [placeholder]


def poll(node: Json, ctx: Context, _depth: int) -> Blocks:
    """Return a poll: question and options with their images. Votes belong to the viewer."""
    data = obj(node, "pollData", "poll")
    question = line(data, "title")
    cover = _poll_image(data, ctx)
    poll_block = element("div", element("p", element("strong", question)) if question else None, class_="poll")
    items = [
        element("li", element("p", label) if label else None, image_element)
        for label, image_element in _options(data, ctx)
        if label or image_element is not None
    ]
    if items:
        poll_block.append(element("ul", *items))
    return [block for block in (cover, poll_block) if block is not None and len(block)]


def _options(data: Json, ctx: Context) -> list[tuple[str, Element | None]]:
    return [(line(option, "title"), _poll_image(option, ctx)) for option in objects(data, "options")]


def _poll_image(value: Json, ctx: Context) -> Element | None:
    """Return the image of a poll or an option (`mediaId` in old data)."""
    holder = obj(value, "image") or {"src": {"id": line(value, "mediaId")}}
    image_element = image_of(holder, "", ctx)
    return element("figure", image_element) if image_element is not None else None


def external(node: Json, ctx: Context, _depth: int) -> Blocks:
    """Return a placeholder for the block of a third-party app: the document contains only its data."""
    return [unwritable(ctx, "unknown-block", "app", "block of an external app: the document contains only its data")]


#: Nodes that are blocks of their own.
MEDIA: dict[str, Reader] = {
    "IMAGE": image,
    "GALLERY": gallery,
    "VIDEO": ricos_embeds.video,
    "AUDIO": ricos_embeds.audio,
    "GIF": gif,
    "FILE": file,
    "HTML": ricos_embeds.html,
    "EMBED": ricos_embeds.embed,
    "LINK_PREVIEW": ricos_embeds.link_preview,
    "BUTTON": button,
    "POLL": poll,
    "APP_EMBED": ricos_embeds.app_embed,
    "MAP": ricos_embeds.map_,
    "SHAPE": shape,
    "EXTERNAL": external,
}
#: Nodes that use the text of their children as their caption.
CAPTIONED = frozenset({"IMAGE", "VIDEO", "GIF"})
#: The type for each name of a data field: `imageData` of IMAGE, `linkPreviewData` of LINK_PREVIEW.
_BY_DATA = {
    first.lower() + "".join(part.title() for part in rest) + "Data": kind
    for kind in MEDIA
    for first, *rest in [kind.split("_")]
}


def by_data(node: Json, ctx: Context, depth: int) -> Blocks:
    """Return the content of a node by the data of another type, if its own type has no data in it."""
    if _BY_DATA.keys().isdisjoint(node):  # like an empty line
        return []
    named = (kind for name, kind in _BY_DATA.items() if obj(node, name))
    return [block for kind in named for block in MEDIA[kind](node, ctx, depth)]
