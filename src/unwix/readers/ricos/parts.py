"""Read parts of Ricos nodes that several media nodes share: sources, images, captions, placeholders."""

from __future__ import annotations

from collections.abc import Callable

from ...model.article import Blocks, Element, element, missing
from ...web.json_path import Json, first_line, line, number, obj, objects
from ...wix import media_urls as media
from ...wix.filler_texts import author_alt
from ..article_building.context import Context
from ..article_building.image_renditions import author_file_name
from ..article_building.inline_runs import Run, one_line, text_element, tidy
from ..article_building.placeholders import DOCUMENT, placeholder_text
from .text import deep_runs

#: A function that reads one kind of node at a depth.
Reader = Callable[[Json, Context, int], Blocks]


def source(value: object, *path: str) -> str:
    """Return the file reference in a source: `url` or `id`, formerly `custom` (docs/wix/ricos.md#media-objects)."""
    return first_line(obj(value, *path), ("url",), ("id",), ("custom",), ("_id",))


def image_of(media_object: Json, alt: str, ctx: Context) -> Element | None:
    """Return an `<img>` for a Media object, or None if it references no image."""
    named = source(media_object, "src")
    url = media.image_url(named)
    url = ctx.image_url(url) if url else None
    if url is None:
        return None
    own = first_line(media_object, ("filename",), ("fileName",), ("src", "filename"), ("src", "fileName"))
    ctx.note_media(url, [named], author_file_name(own))
    return element(
        "img",
        src=url,
        alt=author_alt(alt),
        width=size_of(media_object, "width"),
        height=size_of(media_object, "height"),
    )


def size_of(media_object: Json, name: str) -> str | None:
    """Return a width or height if it is plausible for an image."""
    value = number(media_object, name)
    return str(value) if value and 0 < value < 100_000 else None


def caption_of(node: Json, data: Json, ctx: Context) -> Element | None:
    """Return the caption: the CAPTION child, else the older `caption` field."""
    runs = one_line(tidy(deep_runs(objects(node, "nodes"), ctx)))
    runs = [run for run in runs if run.text.strip()] and runs
    if not runs and (plain := line(data, "caption")):
        runs = tidy([Run(plain)])
    return text_element("figcaption", runs) if runs else None


def figure(kind: str | None, url: str, title: str | None = None, caption: Element | None = None) -> Element:
    """Return a figure with a link to a video, audio or embedded page."""
    return element("figure", element("a", title or None, href=url), caption, class_=kind)


def titled(title: str) -> Blocks:
    """Return the title of an element without a URL."""
    return [element("p", title)] if title else []


def lost(ctx: Context, thing: str, name: str = "") -> Element:
    """Return a placeholder for content that the document does not contain, and record its problem."""
    kind, text = placeholder_text(thing, DOCUMENT, name)
    return ctx.placeholder(missing(thing, text), kind, text)


def unwritable(ctx: Context, kind: str, thing: str, text: str) -> Element:
    """Return a placeholder for content that Markdown cannot express, and record its problem."""
    return ctx.placeholder(missing(thing, text), kind, text)


def as_paragraph(caption: Element | None) -> Blocks:
    """Return the caption of a missing element as a paragraph."""
    return [] if caption is None else [element("p", caption.text, *caption)]


def video_address(name: str, ctx: Context) -> str | None:
    """Return the URL of a video; record a problem if its resolution had to be assumed."""
    url, assumed = media.video_url(name)
    href = ctx.link(url) if url else None
    if href and assumed:
        ctx.problem(
            "video-url-guessed",
            f"the document states no resolution of a video; its URL assumes 1080p: {href}",
        )
    return href
