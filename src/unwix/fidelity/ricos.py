"""Count the facts of a Ricos document, straight from its JSON.

This shares no code with the readers, so that a fault there cannot hide itself. Only how Wix names its media and links
is agreed knowledge.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..model.facts import Facts, words
from ..web.saved_links import LinkRestorer
from ..wix import media_urls as media
from .facts_builder import FactsBuilder, Marks, dicts, get, source_of, string
from .markdown import add_optional_html

#: Deeper documents are counted as one line: the reader cuts them off there too, and says so.
_MAX_DEPTH = 150
#: Text of a lower weight is not bold (docs/wix/ricos.md#decorations).
_BOLD_FROM = 600
#: The kind of the items of a list; `+` for those with a check box.
_LISTS = {"BULLETED_LIST": "ul", "BULLET_LIST": "ul", "ORDERED_LIST": "ol", "CHECKBOX_LIST": "ul+"}
_MARKS = {
    "ITALIC": ("italic", "italicData"),
    "STRIKETHROUGH": ("strike", "strikethroughData"),
    "SUPERSCRIPT": ("superscript", "superscriptData"),
    "SUBSCRIPT": ("subscript", "subscriptData"),
}
Node = dict[str, Any]


def ricos_facts(document: Node, restorer: LinkRestorer, video_titles: bool = True) -> Facts:
    """Return the facts of a Ricos document. With `video_titles` the titles of videos must be in the Markdown."""
    return count_ricos(document, restorer, video_titles).facts


def count_ricos(document: Node, restorer: LinkRestorer, video_titles: bool = True) -> FactsBuilder:
    """Return the builder that counted the facts of a Ricos document, which knows the text of its media too."""
    builder = FactsBuilder(restorer, video_titles)
    _children(builder, document, -1, "", ())
    if any(node.get("type") == "TOC" for node in dicts(document, "nodes")) or builder.facts.optional_words["\0toc"]:
        builder.facts.optional_structure["lists ul"] += len(builder.facts.levels)
        for level in builder.facts.levels:
            builder.add_optional(level.partition(" ")[2])
        builder.facts.optional_words.update("\"'#().,:;?!-–—" * len(builder.facts.levels))
    del builder.facts.optional_words["\0toc"]
    builder.finish()
    return builder


def _visit(builder: FactsBuilder, node: Node, depth: int, path: str = "", marks: Marks = ()) -> None:
    """Count a node; `path` names the kinds of the lists around it, `marks` are those of its surroundings."""
    kind = string(node, "type").strip()
    if kind == "TEXT":
        _text(builder, node, marks)
        return
    builder.pieces.append("\n")
    start, counts = len(builder.pieces), (builder.bold_at(), len(builder.facts.lists))
    if show := _SHOWN.get(kind):
        show(builder, node)
    elif kind and kind not in _SILENT:
        _unknown(builder, node)
    _spoiler(builder, node)
    if kind in _LISTS:
        path = f"{path}/{_LISTS[kind]}" if path else _LISTS[kind]
    elif kind == "DIVIDER":
        builder.add_divider()
    elif kind == "CAPTION":
        marks = ("italic",)
    elif kind == "CODE_BLOCK":
        marks = ("code block",)
    if depth > _MAX_DEPTH:
        _flat(builder, node)
    elif kind == "COLLAPSIBLE_ITEM_TITLE":
        # `<summary>` takes a line of text: a quote or a list in a title is written as one.
        facts = builder.facts
        quotes, items, lists = facts.quotes.copy(), facts.items, len(facts.lists)
        _children(builder, node, depth, path, marks)
        facts.quotes, facts.items = quotes, items
        del facts.lists[lists:]
        builder.loosen(start)
    else:
        _children(builder, node, depth, path, marks)
    _end(builder, node, kind, path, start, counts)
    builder.pieces.append("\n")


def _end(builder: FactsBuilder, node: Node, kind: str, path: str, start: int, counts: tuple[int, int]) -> None:
    if kind == "HEADING":
        if all(child.get("type") == "TEXT" for child in dicts(node, "nodes")):
            builder.end_heading(_level(node), start, counts[0])
    elif kind == "BLOCKQUOTE":
        builder.end_quote(start)
    elif kind == "LIST_ITEM":
        checked = get(node, "listItemData", "checked")
        is_task = path.endswith("ul+") or isinstance(checked, bool)
        task = ("+done" if checked is True else "+open") if is_task else ""
        builder.end_item((path or "ul").replace("+", "") + task, start, counts[1])
    elif kind == "TABLE":
        rows = [row for row in dicts(node, "nodes") if row.get("type") == "TABLE_ROW"]
        builder.add_table([n for row in rows if (n := len(dicts(row, "nodes")))], start)
    elif kind == "TABLE_CELL":
        builder.facts.cells += 1
        builder.loosen(start)
    elif kind == "CAPTION":
        builder.end_caption(start)
    elif kind == "CODE_BLOCK":
        builder.end_code("".join(builder.pieces[start:]))


def _level(node: Node) -> int:
    """Return the level of a heading as the page shows it (docs/wix/ricos.md#text-nodes)."""
    levels = (get(node, "headingData", name) for name in ("renderedLevel", "level"))
    return next((int(n) for n in levels if isinstance(n, int | float) and n == int(n) and 1 <= n <= 6), 1)


def _spoiler(builder: FactsBuilder, node: Node) -> None:
    for name, data in node.items():
        if name.endswith("Data") and get(data, "containerData", "spoiler", "enabled") is True:
            for part in ("description", "buttonText"):
                builder.add_optional(string(data, "containerData", "spoiler", part))
            return


def _children(builder: FactsBuilder, node: Node, depth: int, path: str, marks: Marks) -> None:
    is_table = node.get("type") == "TABLE"
    bold = builder.bold_at()
    for n, child in enumerate(dicts(node, "nodes")):
        start = len(builder.pieces)
        _visit(builder, child, depth + 1, path, marks)
        if is_table and n == 0:
            builder.end_table_head(bold)
        elif not is_table and child.get("type") == "TABLE_ROW":
            builder.add_table([n] if (n := len(dicts(child, "nodes"))) else [], start)


def _flat(builder: FactsBuilder, node: Node) -> None:
    stack: list[Node | None] = [node]
    while stack:
        inner = stack.pop()
        is_text = inner is not None and inner.get("type") == "TEXT"
        builder.add_text(string(inner, "textData", "text") if is_text else " ")
        if inner is not None:
            stack.append(None)
            stack.extend(reversed(dicts(inner, "nodes")))


def _text(builder: FactsBuilder, node: Node, marks: Marks) -> None:
    decorations = dicts(node, "textData", "decorations")
    if marks != ("code block",):
        marks = tuple(dict.fromkeys((*marks, *(mark for d in decorations if (mark := _mark(d))))))
        builder.add_text(string(node, "textData", "text"), marks)
    else:
        builder.add_text(string(node, "textData", "text"))
    text = builder.pieces[-1]
    # Words can have one link: the innermost, which is the last.
    links = (d for d in reversed(decorations) if d.get("type") == "LINK")
    any(builder.add_link(string(link, "linkData", "link", "url"), text) for link in links)
    for child in dicts(node, "nodes"):
        _flat(builder, child)


def _mark(decoration: Node) -> str | None:
    """Return the mark of a decoration, None if it is switched off or has none."""
    kind = string(decoration, "type")
    if kind == "BOLD":
        weight = get(decoration, "fontWeightValue")
        return "bold" if not isinstance(weight, int | float) or weight >= _BOLD_FROM else None
    mark, switch = _MARKS.get(kind, (None, ""))
    return None if get(decoration, switch) is False else mark


# ---- what a node shows next to its children ----------------------------------------------------------------------


def _image(builder: FactsBuilder, node: Node) -> None:
    data = get(node, "imageData")
    builder.add_image_of(get(data, "image", "src"), "" if get(data, "decorative") is True else string(data, "altText"))
    has_children = bool(words("".join(string(n, "textData", "text") for n in _all(node))))
    caption = string(data, "caption")
    if caption and not has_children:
        builder.add_caption(caption)
    if source_of(get(data, "image", "src")) and not source_of(get(data, "image", "src")).startswith("data:"):
        builder.add_link(string(data, "link", "url"))


def _all(node: Node) -> list[Node]:
    found, stack = [], [node]
    while stack:
        inner = stack.pop()
        found.append(inner)
        stack.extend(dicts(inner, "nodes"))
    return found


def _gallery(builder: FactsBuilder, node: Node) -> None:
    for item in dicts(node, "galleryData", "items"):
        alt = string(item, "altText") if string(item, "altText").strip() else string(item, "image", "altText")
        film = source_of(get(item, "video", "media", "src"))
        if get(item, "video"):
            address = media.video_url(film)[0]
            builder.add_embed(address or "")
            if address:
                builder.add_image_of(get(item, "video", "thumbnail", "src"), alt)
        else:
            builder.add_image_of(get(item, "image", "media", "src") or string(item, "url"), alt)
            film = source_of(get(item, "image", "media", "src") or string(item, "url"))
            builder.add_link(string(item, "image", "link", "url") if film else "")
        if film and not film.startswith("data:"):
            builder.add_caption(string(item, "title"))


def _video(builder: FactsBuilder, node: Node) -> None:
    builder.add_embed(media.video_url(source_of(get(node, "videoData", "video", "src")))[0] or "")
    builder.add_video_title(string(node, "videoData", "title"))


def _audio(builder: FactsBuilder, node: Node) -> None:
    data = get(node, "audioData")
    builder.add_image_of(get(data, "coverImage", "src"))
    builder.add_separate(string(data, "name"))
    builder.add_separate(string(data, "authorName"))
    builder.add_embed(media.audio_url(source_of(get(data, "audio", "src"))) or "")
    builder.add_optional(string(data, "html"))


def _gif(builder: FactsBuilder, node: Node) -> None:
    data = get(node, "gifData")
    sizes = (string(data, size, form) for form in ("gif", "still", "mp4") for size in ("original", "downsized"))
    builder.add_image_of(next((address for address in sizes if address.strip()), ""), string(data, "altText"))


def _file(builder: FactsBuilder, node: Node) -> None:
    data = get(node, "fileData")
    builder.add_separate(string(data, "name") if string(data, "name").strip() else string(data, "path"))
    builder.add_optional(string(data, "type"))
    builder.add_optional(source_of(get(data, "src")))
    builder.add_embed(string(data, "src", "url"))


def _html(builder: FactsBuilder, node: Node) -> None:
    data = get(node, "htmlData")
    if string(data, "source") == "ADSENSE" or get(data, "isAdsense") is True:
        return
    builder.add_embed(string(data, "url"))
    add_optional_html(builder, string(data, "html"))


def _embed(builder: FactsBuilder, node: Node) -> None:
    builder.add_embed(string(node, "embedData", "src"))
    builder.add_separate(string(node, "embedData", "oembed", "title"))
    builder.add_optional(string(node, "embedData", "oembed", "html"))


def _preview(builder: FactsBuilder, node: Node) -> None:
    builder.add_separate(string(node, "linkPreviewData", "title"))
    builder.add_embed(string(node, "linkPreviewData", "link", "url"))


def _button(builder: FactsBuilder, node: Node) -> None:
    builder.add_separate(string(node, "buttonData", "text"))
    builder.add_embed(string(node, "buttonData", "link", "url"))


def _poll(builder: FactsBuilder, node: Node) -> None:
    builder.add_poll(get(node, "pollData", "poll"))


def _app(builder: FactsBuilder, node: Node) -> None:
    builder.add_separate(string(node, "appEmbedData", "name"))
    builder.add_optional(string(node, "appEmbedData", "url"))


def _map(builder: FactsBuilder, node: Node) -> None:
    place = get(node, "mapData", "mapSettings")
    builder.add_separate(
        string(place, "locationName") if string(place, "locationName").strip() else string(place, "address")
    )
    builder.add_optional("https www google com maps search api 1 query")


def _smart_cell(builder: FactsBuilder, node: Node) -> None:
    builder.add_separate(string(node, "smartBlockCellData", "label"), ("bold",))


def _contents(builder: FactsBuilder, _node: Node) -> None:
    builder.facts.optional_words["\0toc"] += 1


def _unknown(builder: FactsBuilder, node: Node) -> None:
    """A node of a newer release: the reader keeps what looks like words of a visitor's."""
    for name, data in node.items():
        if name.endswith("Data"):
            for field in ("title", "name", "text", "label", "caption"):
                builder.add_optional(string(data, field))


#: Nodes that say nothing but what is in them.
_SILENT = frozenset(
    {
        "PARAGRAPH", "HEADING", "BULLETED_LIST", "BULLET_LIST", "ORDERED_LIST", "CHECKBOX_LIST", "LIST_ITEM",
        "BLOCKQUOTE", "CODE_BLOCK", "DIVIDER", "CAPTION", "TABLE", "TABLE_ROW", "TABLE_CELL", "COLLAPSIBLE_LIST",
        "COLLAPSIBLE_ITEM", "COLLAPSIBLE_ITEM_TITLE", "COLLAPSIBLE_ITEM_BODY", "LAYOUT", "LAYOUT_CELL", "SHAPE",
        "CARD", "SMART_BLOCK", "EXTERNAL",
    }
)  # fmt: skip
_SHOWN: dict[str, Callable[[FactsBuilder, Node], None]] = {
    "IMAGE": _image,
    "GALLERY": _gallery,
    "VIDEO": _video,
    "AUDIO": _audio,
    "GIF": _gif,
    "FILE": _file,
    "HTML": _html,
    "EMBED": _embed,
    "LINK_PREVIEW": _preview,
    "BUTTON": _button,
    "POLL": _poll,
    "APP_EMBED": _app,
    "MAP": _map,
    "SMART_BLOCK_CELL": _smart_cell,
    "TOC": _contents,
}
#: Every node type that unwix knows.
KNOWN_TYPES = frozenset({"TEXT", *_SILENT, *_SHOWN})
