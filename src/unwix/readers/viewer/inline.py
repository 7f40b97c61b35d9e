"""Read the text of a rendered block as runs, with the marks of its elements and styles."""

from __future__ import annotations

from functools import lru_cache

from ...model.article import HEADINGS, Element, element, text_of
from ...web.data_urls import inline_name
from ...web.saved_links import LOCAL_FILE
from ...web.tags import FORM_FIELDS, LISTS, MARK_TAGS, NO_TEXT, is_within_line
from ...web.text_cleaning import clean
from ...wix.filler_texts import author_alt
from ...wix.hooks import is_interface
from ...wix.media_urls import MEDIA_URL, image_data, original_url
from ..article_building import inline_runs as r
from ..article_building.context import Context
from ..article_building.image_renditions import author_file_name, srcset_urls
from ..article_building.inline_runs import Run

#: Elements that never contain text, so that leaving them out needs no report.
_NEVER_TEXT = frozenset({"link", "meta", "col", "colgroup"})
#: Elements without text of the author: those that browsers never show, and form fields.
SILENT_TAGS = NO_TEXT | FORM_FIELDS | _NEVER_TEXT
#: Elements other than text that can be inside a line.
_IN_LINES = frozenset({"img", "wow-image", "button"})
_BITS = {tag: bit for bit, tag in r.MARKS}
_TAG_MARKS = {tag: _BITS[mark] for tag, mark in MARK_TAGS.items()}
#: Longer styles are not kept.
_LONG_STYLE = 300
_STYLED = ("font-weight", "font-style", "text-decoration", "vertical-align")
#: A shorter `data:` URL is the blurred preview of an image that was not loaded.
_LARGE_DATA_URL = 2000
#: Elements that a line of text cannot hold.
_STRUCTURES = frozenset(
    {
        *LISTS,
        *HEADINGS,
        "table",
        "pre",
        "blockquote",
        "hr",
        "figure",
        "video",
        "audio",
        "iframe",
        "object",
        "embed",
        "map",
    }
)
_BREAK = Run("\n")
_IN_PAGE = "the image is in the saved page itself, and its URL is unknown; --media copy writes it to a file"


def is_inline(tag: str) -> bool:
    """Return True for an element that can be inside a line; all others are blocks."""
    return is_within_line(tag) or tag in _IN_LINES


def marks_of(node: Element, tag: str) -> tuple[int, int]:
    """Return the marks that an element adds and removes.

    `<strong style="font-weight:400">` is not bold (docs/wix/ricos.md#decorations), `<span style="font-weight:700">` is
    (docs/wix/viewer.md#inline-markup).
    """
    add = _TAG_MARKS.get(tag, 0)
    style = node.get("style")
    if not style:
        return add, 0
    return _marks_of_style(style, add) if len(style) < _LONG_STYLE else _marks_of_style.__wrapped__(style, add)


@lru_cache(maxsize=256)
def _marks_of_style(style: str, add: int) -> tuple[int, int]:
    """Return the marks that a style adds and removes, if its element adds some. Most elements of a page share a few."""
    drop = 0
    if not any(name in style for name in _STYLED):
        return add, drop
    for declaration in style.lower().split(";"):
        name, _, value = declaration.partition(":")
        name, value = name.strip(), value.strip().removesuffix("!important").strip()
        if name == "font-weight":
            bold = value in ("bold", "bolder") or (value.isdecimal() and int(value[:9]) >= 600)
            add, drop = (add | r.STRONG, drop) if bold else (add & ~r.STRONG, drop | r.STRONG)
        elif name == "font-style":
            add, drop = (add | r.EM, drop) if value in ("italic", "oblique") else (add & ~r.EM, drop | r.EM)
        elif name in ("text-decoration", "text-decoration-line"):
            add |= (r.UNDERLINE if "underline" in value else 0) | (r.STRIKE if "line-through" in value else 0)
            if value == "none":
                add &= ~(r.UNDERLINE | r.STRIKE)
        elif name == "vertical-align" and value in ("super", "sub"):
            add |= r.SUP if value == "super" else r.SUB
    return add, drop


def collect(node: Element, ctx: Context, marks: int = 0, href: str | None = None, depth: int = 0) -> list[Run]:
    """Return the runs of everything inside an element, in order."""
    runs = [Run(node.text, marks, href)] if node.text else []
    for child in node:
        runs += collect_child(child, ctx, marks, href, depth + 1)
        if child.tail:
            runs.append(Run(child.tail, marks, href))
    return runs


def collect_child(child: Element, ctx: Context, marks: int, href: str | None, depth: int = 0) -> list[Run]:
    """Return the runs of an element including itself."""
    tag = child.tag
    if not isinstance(tag, str) or ((tag == "button" or child.get("data-hook")) and is_interface(child)):
        return []
    if tag in SILENT_TAGS:
        note_left_out(child, ctx)
        return []
    if depth > ctx.MAX_DEPTH:
        ctx.too_deep()
        return [Run(text_of(child), marks, href)]
    if tag == "br":
        return [Run("\n", marks, href)]
    if tag in ("img", "wow-image"):
        return [Run("", marks, href, image)] if (image := _image_or_problem(child, ctx)) is not None else []
    add, drop = marks_of(child, tag)
    inner = (marks | add) & ~drop
    if tag == "a" and (target := ctx.link(child.get("href"))) is not None:
        href = target
    if href is not None:
        inner &= ~r.UNDERLINE  # Wix underlines every link
    runs = collect(child, ctx, inner, href, depth)
    if not is_inline(tag):
        runs = _on_own_lines(tag, runs, ctx)
    if tag == "a" and href is not None and not any(run.text.strip() or run.image is not None for run in runs):
        ctx.problem("links-without-anchor-text", f"the link to {href[:200]} has no text; it is left out")
    return runs


def _on_own_lines(tag: str, runs: list[Run], ctx: Context) -> list[Run]:
    """Return the runs of a block in a line of text as a browser shows them."""
    ctx.has_block_in_line = ctx.has_block_in_line or tag in _STRUCTURES
    return [_BREAK, *runs, _BREAK] if runs or tag in _STRUCTURES else runs


def _image_or_problem(node: Element, ctx: Context) -> Element | None:
    """Return an image, or None if its URL is missing, which is a problem if the image shows anything."""
    image = inline_image(node, ctx)
    if image is None and (node.get("alt") or len(node.get("src") or "") > _LARGE_DATA_URL):
        name = node.get("alt") or ""
        ctx.problem("image-not-in-page", f"the saved page does not contain the URL of the image “{name}”")
    return image


def note_left_out(node: Element, ctx: Context) -> None:
    """Report the text of an element that browsers hide, or of a form field."""
    if node.tag in _NEVER_TEXT or node.tag in ("script", "style"):
        return
    text = " ".join(" ".join(map(str, node.itertext())).split())
    if text and (node.tag != "noscript" or node.find(".//img") is None):
        ctx.problem("unknown-block", f"the text of a <{node.tag}> is left out: “{text[:300]}”")


def inline_image(node: Element, ctx: Context) -> Element | None:
    """Return an `<img>` of the vocabulary for a rendered image, or None if no URL of it remains.

    `data-image-info` (since 2022), otherwise `data-pin-media`, states the original; `src` is a blurred placeholder on
    most pages (docs/wix/viewer.md#images).
    """
    image = node if node.tag in ("img", "amp-img") else node.find(".//img")
    wow = node if node.tag == "wow-image" else next(node.iterancestors("wow-image"), None)
    info = image_data(wow.get("data-image-info")) if wow is not None else {}
    attributes: dict[str, str] = {str(k): str(v) for k, v in image.attrib.items()} if image is not None else {}
    candidates = [
        info.get("uri"), wow.get("id") if wow is not None else None, attributes.get("data-pin-media"),
        attributes.get("data-src"), attributes.get("src"),
        next(srcset_urls(attributes.get("srcset", "")), None), *_image_sources(node),
    ]  # fmt: skip
    stated = [c for c in candidates if c and isinstance(c, str) and not c.startswith(("data:", "new-image"))]
    # A browser that saved the image next to the page keeps its URL in `srcset` only.
    for candidate in sorted(map(original_url, stated), key=lambda url: LOCAL_FILE.match(url) is not None):
        url = ctx.image_url(candidate)
        if url and url != MEDIA_URL:  # the viewer writes only the directory for an image without a file name
            break
    else:
        if (name := inline_name(attributes.get("src"), None)) is None:
            return None
        ctx.problem("image-only-local", _IN_PAGE)
        url = name
    inside = inline_name(attributes.get("src"), attributes.get("style"))
    named = [c for c in (*candidates, inside, *srcset_urls(attributes.get("srcset", ""))) if isinstance(c, str) and c]
    ctx.note_media(url, named, author_file_name(str(info.get("name") or "")))
    alt = author_alt(clean(str(attributes.get("alt") or "")))
    return element("img", src=url, alt=alt, width=_size(info.get("width")), height=_size(info.get("height")))


def has_url(node: Element) -> bool:
    """Return True if an image states a URL; False if it has only its bytes, or a blurred preview."""
    inside = [n for n in node.iter("img", "wow-image", "amp-img") if isinstance(n.tag, str)]
    names = ("data-image-info", "data-pin-media", "data-src", "src", "srcset")
    return any((value := n.get(name)) and not value.startswith("data:") for n in inside for name in names)


def _image_sources(node: Element) -> list[str]:
    """Return the URLs in the sources of a `<picture>`, whose `<img>` may have none."""
    parent = next(node.iterancestors("picture"), None)
    if parent is None:
        return []
    return [url for source in parent.iter("source") for url in srcset_urls(source.get("srcset") or "")]


def note_images(body: Element, ctx: Context) -> None:
    """Record what a rendered body states about its images, if the images themselves are read from another form."""
    for image in body.iter("img"):
        inline_image(image, ctx)


def _size(value: object) -> str | None:
    return str(int(value)) if isinstance(value, int | float) and 0 < value < 100_000 else None
