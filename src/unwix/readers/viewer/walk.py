"""Convert the body of a post, as Wix's viewer rendered it, to article blocks.

The walk descends through the viewer's wrappers. The `data-hook` of an element (table `PLUGINS` in plugins.py, names of
all eras) selects its reader, otherwise its tag (table `TAGS`). Class names are hashed and differ by release, so they
are ignored. Facts: docs/wix/viewer.md.
"""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from ...model.article import HEADINGS, Blocks, Element, element, text_of, text_with_breaks
from ...web.tags import LISTS, MARK_TAGS
from ...web.text_cleaning import clean
from ...wix.hooks import EMPTY_BLOCKS, HELPER_HOOKS, TEXT_MARKERS, is_interface
from ..article_building.block_cleanup import tidy_blocks
from ..article_building.context import ANCHOR, Context
from ..article_building.inline_runs import Run, one_line, split_paragraphs, text_element, tidy
from ..article_building.join_lines import join_lines
from ..article_building.paragraphs import empty_paragraph, paragraphs_of
from . import collapsibles, images, lists, tables, widgets
from . import embeds as players
from .inline import SILENT_TAGS, collect, collect_child, is_inline, marks_of, note_left_out
from .plugins import PLUGINS

_RIGHT_TO_LEFT = etree.XPath("boolean(descendant-or-self::div[@dir='rtl'][string(@data-id)])")


def read_body(body: Element, ctx: Context) -> Element:
    """Return the article of a rendered body."""
    ctx.anchors = frozenset(
        h.rpartition("#" + ANCHOR)[2] for a in body.iter("a") if "#" + ANCHOR in (h := a.get("href") or "")
    )
    return element("article", *tidy_blocks(join_lines(blocks(body, ctx))), dir=text_direction(body))


def read_block(node: Element, ctx: Context) -> Blocks:
    """Return the article blocks of one element of a body."""
    ctx.enter(node)
    return tidy_blocks(_block(node, str(node.tag), node.get("data-hook") or "", ctx, 0))


def text_direction(body: Element) -> str | None:
    """Return `rtl` if the viewer states that the whole post is written from right to left."""
    return "rtl" if _RIGHT_TO_LEFT(body) else None


def blocks(parent: Element, ctx: Context, depth: int = 0) -> Blocks:
    """Return the article blocks inside a wrapper; loose text between them becomes paragraphs."""
    out: Blocks = []
    line: list[Run] = [Run(parent.text, ctx.marks)] if parent.text else []
    since_marker = 0
    spoiler = collapsibles.spoiler_of(parent) if ctx.spoilers else None

    if depth > ctx.MAX_DEPTH:
        ctx.too_deep()
        return list(paragraphs_of([Run(text_of(parent))]))
    for child in parent:
        tag = child.tag
        if tag in SILENT_TAGS:
            note_left_out(child, ctx)
        elif isinstance(tag, str):
            hook = child.get("data-hook") or ""
            if hook.startswith("rcv-block") or (not hook and tag == "div" and _is_bare_marker(child)):
                _end_line(line, out)
                out.extend(_empty_block(child, ctx, produced=len(out) > since_marker))
                since_marker = len(out)
            elif child is spoiler or ((hook or tag == "button") and (hook in HELPER_HOOKS or is_interface(child))):
                pass
            elif is_inline(tag) and _is_line(child):
                line.extend(collect_child(child, ctx, ctx.marks, None))
            else:
                _end_line(line, out)
                key = ctx.enter(child)
                inside = _block(child, tag, hook, ctx, depth)
                out += ctx.mark_blocks(inside, key) if key else inside
        if child.tail:
            line.append(Run(child.tail, ctx.marks))
    _end_line(line, out)
    return [collapsibles.spoiler(spoiler, out)] if spoiler is not None else out


def _end_line(line: list[Run], out: Blocks) -> None:
    """Append the paragraphs of the text that was collected between two blocks, and forget it."""
    if line:
        out.extend(paragraphs_of(line))
        line.clear()


def _block(node: Element, tag: str, hook: str, ctx: Context, depth: int) -> Blocks:
    handler = (plugin_for(hook) if hook else None) or TAGS.get(tag)
    if handler is not None:
        return handler(node, ctx, depth)
    if collapsibles.is_old_collapsible_item(node):
        return collapsibles.old_collapsible_item(node, ctx, depth)
    outer = ctx.marks
    if tag in MARK_TAGS or node.get("style"):  # `<strong>` around paragraphs
        added, dropped = marks_of(node, tag)
        ctx.marks = (outer | added) & ~dropped
    inside = blocks(node, ctx, depth + 1)
    if ctx.anchors:
        inside = _anchored(inside, ctx.anchor(node))
    ctx.marks = outer
    return inside or ([empty_paragraph()] if _is_empty_line(node, ctx) else [])


def _is_empty_line(node: Element, ctx: Context) -> bool:
    """Return True for the editor's empty block: an element with a block id that contains nothing but a line break."""
    return ctx.own_block_id(node) is not None and all(n is node or n.tag in ("span", "br") for n in node.iter())


def _anchored(inside: Blocks, anchor: str | None) -> Blocks:
    """Return the blocks of a wrapper that a link of the page points to: the first block gets its anchor."""
    if anchor is None:
        return inside
    if not inside or inside[0].tag in LISTS or inside[0].get("id") not in (None, anchor):
        return [element("p", id=anchor), *inside]
    inside[0].set("id", anchor)
    return inside


def plugin_for(hook: str) -> Callable[[Element, Context, int], Blocks] | None:
    """Return the reader for a plugin's element by its `data-hook`, of any era, or None."""
    if not hook:
        return None
    first = hook.split(" ", 1)[0]
    return PLUGINS.get(first) or (widgets.rule if first.startswith("divider-") else None)


def _is_bare_marker(node: Element) -> bool:
    """Return True if an element is the marker after a block, in a page that lost its hooks."""
    return node.get("type") is not None and not len(node) and not node.text


def _is_line(node: Element) -> bool:
    """Return True if an element contains only a line of text."""
    for inner in node.iter():
        if not isinstance(inner.tag, str) or inner.tag in SILENT_TAGS:
            continue
        if not is_inline(inner.tag) or plugin_for(inner.get("data-hook") or ""):
            return False
    return True


def _empty_block(marker: Element, ctx: Context, produced: bool) -> Blocks:
    """Return the placeholder or substitute for a plugin's block that shows nothing."""
    kind = marker.get("type") or ""
    if produced or kind in TEXT_MARKERS or not kind or kind.startswith("wix-rich-content-plugin-spacing"):
        return []
    if kind == "divider":
        return [element("hr")]  # a divider is drawn by style only
    if kind == "video" and (player := marker.getprevious()) is not None:
        return players.video(player, ctx, 0)  # players of some services have no hook
    name = (
        kind.removeprefix("wix-rich-content-plugin-")
        .removeprefix("wix-draft-plugin-")
        .replace("_", " ")
        .replace("-", " ")
    )
    return [ctx.missing(EMPTY_BLOCKS.get(kind, name))]


def _text_block(node: Element, ctx: Context, depth: int) -> Blocks:
    known = len(ctx.problems)
    ctx.has_block_in_line = False
    runs = collect(node, ctx, ctx.marks)
    if ctx.has_block_in_line:  # a list in a paragraph, for example: browsers end the paragraph there
        del ctx.problems[known:]
        return _anchored(blocks(node, ctx, depth + 1), ctx.anchor(node))
    paragraphs = list(paragraphs_of(runs, ctx.anchor(node)))
    if not paragraphs and any(problem.kind == "image-not-in-page" for problem in ctx.problems[known:]):
        del ctx.problems[known:]
        return [ctx.missing("image", next((alt for i in node.iter("img") if (alt := i.get("alt"))), ""))]
    return paragraphs or [empty_paragraph()]


def _heading(node: Element, ctx: Context, _depth: int) -> Blocks:
    runs = tidy(collect(node, ctx, ctx.marks))
    images = [element("figure", run.image) for run in runs if run.image is not None]
    words = one_line(run for run in runs if run.image is None)
    parts = split_paragraphs(words)
    heading = [text_element(str(node.tag), part, id=ctx.heading(node)) for part in parts[:1]]
    return images + heading


def _quote(node: Element, ctx: Context, depth: int) -> Blocks:
    anchor = ctx.anchor(node)
    inside = tidy_blocks(blocks(node, ctx, depth + 1))
    return [element("blockquote", *inside, id=anchor)] if inside else []


def _listing(node: Element, ctx: Context, _depth: int) -> Blocks:
    """Return a code block: the text as it stands, with its line breaks and indents."""
    code = clean(text_with_breaks(node, SILENT_TAGS)).replace("\xa0", " ")
    return [element("pre", element("code", code.strip("\n") if "\n" in code else code), id=ctx.anchor(node))]


def _rule(node: Element, ctx: Context, _depth: int) -> Blocks:
    return [element("hr", id=ctx.anchor(node))]


def _caption(node: Element, ctx: Context, _depth: int) -> Blocks:
    """Return a caption outside of its figure; `tidy_blocks` moves it."""
    return [text_element("figcaption", one_line(tidy(collect(node, ctx))))]


def _linked_block(node: Element, ctx: Context, depth: int) -> Blocks:
    """Return a link around whole blocks: a link preview, an image with a link, an embed that lost its frame."""
    return players.linked(blocks(node, ctx, depth + 1), ctx.link(node.get("href")), ctx)


TAGS: dict[str, Callable[[Element, Context, int], Blocks]] = {
    "p": _text_block,
    **dict.fromkeys(HEADINGS, _heading),
    "blockquote": _quote,
    "pre": _listing,
    "ul": lists.list_,
    "ol": lists.list_,
    "li": lists.stray_item,
    "table": tables.table,
    "tr": tables.stray_row,
    "hr": _rule,
    "img": images.image_block,
    "wow-image": images.image_block,
    "amp-img": images.image_block,
    "figure": images.figure,
    "figcaption": _caption,
    "video": players.video,
    "amp-youtube": players.video,
    "amp-vimeo": players.video,
    "amp-video": players.video,
    "audio": players.audio,
    "iframe": players.embed,
    "amp-iframe": players.embed,
    "object": players.embed,
    "embed": players.embed,
    "map": widgets.image_map,
    "a": _linked_block,
}
