"""Read buttons, files, polls and dividers: the author's words are kept, the viewer's are not."""

from __future__ import annotations

from ...model.article import Blocks, Element, element
from ..article_building.context import Context
from .hooked_elements import hooked, words_of
from .inline import inline_image


def button(node: Element, ctx: Context, depth: int) -> Blocks:
    """Return a button as a link with the author's text; a button with an action on the page becomes its text."""
    source = node if node.tag == "a" else next(node.iter("a"), node)
    href = ctx.link(source.get("href"))
    text = words_of(node)
    if href is None and ctx.block_id and (counterpart := ctx.lookup(ctx.block_id)) is not None:
        return [counterpart]
    if not text and href is None:
        return []
    return [element("p", element("a", text or None, href=href) if href else text, class_="button", id=ctx.anchor(node))]


def file(node: Element, ctx: Context, depth: int) -> Blocks:
    """Return a file as a link with the author's name. Type icon, size and `Download` belong to the viewer."""
    name = _file_name(node)
    href = next((h for a in node.iter("a") if (h := ctx.link(a.get("href")))), None)
    if href is None:
        mark = ctx.missing("file", name)
        if mark.tag != "div":
            return [mark]
        return [element("p", name, class_="file", id=ctx.anchor(node)), mark] if name else [mark]
    return [element("p", element("a", name or None, href=href), class_="file", id=ctx.anchor(node))]


def _file_name(node: Element) -> str:
    name = words_of(
        next(
            (n for n in hooked(node, "fileUploadName", "file-upload-name") if "ontainer" not in n.get("data-hook", "")),
            None,
        )
    )
    extension = words_of(next(hooked(node, "fileUploadExtension", "file-upload-extension"), None))
    if not name:
        # Until 2022 the parts have no hooks: the first two texts are the name and its extension.
        texts = [t for n in node.iter("div", "span") if not len(n) and (t := words_of(n))]
        name = texts[0] if texts else ""
        extension = texts[1] if len(texts) > 1 and texts[1].startswith(".") else ""
    return name if name.lower().endswith(extension.lower()) else name + extension


def poll(node: Element, ctx: Context, depth: int) -> Blocks:
    """Return a poll with its question and options. Votes and buttons belong to the viewer."""
    question = words_of(next(hooked(node, "polls-question-text"), None))
    poll_block = element("div", class_="poll", id=ctx.anchor(node))
    if question:
        poll_block.append(element("p", element("strong", question)))
    options = element("ul")
    for item in hooked(node, "polls-answer-items", "polls-answer-item"):
        text = words_of(next(hooked(item, "polls-answer-text"), None))
        images = [
            element("figure", i) for i in (inline_image(n, ctx) for n in item.iter("img", "wow-image")) if i is not None
        ]
        if text or images:
            options.append(element("li", element("p", text) if text else None, *images))
    if len(options):
        poll_block.append(options)
    return [poll_block] if len(poll_block) else []


def image_map(node: Element, ctx: Context, depth: int) -> Blocks:
    """Return the links of an image map as a list."""
    areas = [(a.get("alt") or a.get("title"), ctx.link(a.get("href"))) for a in node.iter("area")]
    items = [element("li", element("p", element("a", text or href, href=href))) for text, href in areas if href]
    return [*([element("ul", *items)] if items else []), *ctx.walk(node, ctx, depth + 1)]


def rule(node: Element, ctx: Context, depth: int) -> Blocks:
    """Return a divider."""
    return [element("hr", id=ctx.anchor(node))]
