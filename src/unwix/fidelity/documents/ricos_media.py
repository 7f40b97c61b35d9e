"""Count the content of a Ricos node besides its children: an image, a gallery, a file, a button and so on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...model.facts import words
from ...wix import media_urls as media
from ..facts_builder import FactsBuilder, source_of
from ..json_values import dicts, get, string
from ..markdown import add_optional_html

Node = dict[str, Any]


def _image(builder: FactsBuilder, node: Node) -> None:
    data = get(node, "imageData")
    builder.add_image_of(get(data, "image", "src"), "" if get(data, "decorative") is True else string(data, "altText"))
    has_children = bool(words("".join(string(n, "textData", "text") for n in all_nodes(node))))
    caption = string(data, "caption")
    if caption and not has_children:
        builder.add_caption(caption)
    if source_of(get(data, "image", "src")) and not source_of(get(data, "image", "src")).startswith("data:"):
        builder.add_link(string(data, "link", "url"))


def all_nodes(node: Node) -> list[Node]:
    """Return a node and all nodes in it."""
    nodes, stack = [], [node]
    while stack:
        inner = stack.pop()
        nodes.append(inner)
        stack.extend(dicts(inner, "nodes"))
    return nodes


def _gallery(builder: FactsBuilder, node: Node) -> None:
    for item in dicts(node, "galleryData", "items"):
        alt = string(item, "altText") if string(item, "altText").strip() else string(item, "image", "altText")
        video = source_of(get(item, "video", "media", "src"))
        if get(item, "video"):
            url = media.video_url(video)[0]
            builder.add_embed(url or "")
            if url:
                builder.add_image_of(get(item, "video", "thumbnail", "src"), alt)
        else:
            builder.add_image_of(get(item, "image", "media", "src") or string(item, "url"), alt)
            video = source_of(get(item, "image", "media", "src") or string(item, "url"))
            builder.add_link(string(item, "image", "link", "url") if video else "")
        if video and not video.startswith("data:"):
            builder.add_caption("\n".join(filter(str.strip, (string(item, "title"), string(item, "description")))))


def _video(builder: FactsBuilder, node: Node) -> None:
    builder.add_embed(media.video_url(source_of(get(node, "videoData", "video", "src")))[0] or "")
    builder.add_video_title(string(node, "videoData", "title"))


def _audio(builder: FactsBuilder, node: Node) -> None:
    data = get(node, "audioData")
    builder.add_image_of(get(data, "coverImage", "src"))
    builder.add_separate(string(data, "name"))
    builder.add_separate(string(data, "authorName"))
    builder.add_optional("–")  # between title and performer, if they are on one line
    builder.add_embed(media.audio_url(source_of(get(data, "audio", "src"))) or "")
    builder.add_optional(string(data, "html"))


def _gif(builder: FactsBuilder, node: Node) -> None:
    data = get(node, "gifData")
    sizes = (string(data, size, form) for form in ("gif", "still", "mp4") for size in ("original", "downsized"))
    builder.add_image_of(next((url for url in sizes if url.strip()), ""), string(data, "altText"))


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


def place_title(name: str, address: str) -> str:
    """Return the title of a map: the name of its place and the postal address, unless one contains the other."""
    shorter, longer = sorted((name.strip(), address.strip()), key=len)
    return longer if shorter in longer else f"{name.strip()}, {address.strip()}"


def _map(builder: FactsBuilder, node: Node) -> None:
    place = get(node, "mapData", "mapSettings")
    builder.add_separate(place_title(string(place, "locationName"), string(place, "address")))
    builder.add_optional("https www google com maps search api 1 query")


def _smart_cell(builder: FactsBuilder, node: Node) -> None:
    builder.add_separate(string(node, "smartBlockCellData", "label"), ("bold",))


def _contents(builder: FactsBuilder, _node: Node) -> None:
    builder.tables_of_contents += 1


def count_unknown(builder: FactsBuilder, node: Node) -> None:
    """Make the texts of a node of a newer release optional: the reader keeps what looks like words."""
    for name, data in node.items():
        if name.endswith("Data"):
            for field in ("title", "name", "text", "label", "caption"):
                builder.add_optional(string(data, field))


#: Nodes that show only the nodes in them.
SILENT_TYPES = frozenset(
    {
        "PARAGRAPH", "HEADING", "BULLETED_LIST", "BULLET_LIST", "ORDERED_LIST", "CHECKBOX_LIST", "LIST_ITEM",
        "BLOCKQUOTE", "CODE_BLOCK", "DIVIDER", "CAPTION", "TABLE", "TABLE_ROW", "TABLE_CELL", "COLLAPSIBLE_LIST",
        "COLLAPSIBLE_ITEM", "COLLAPSIBLE_ITEM_TITLE", "COLLAPSIBLE_ITEM_BODY", "LAYOUT", "LAYOUT_CELL", "SHAPE",
        "CARD", "SMART_BLOCK", "EXTERNAL",
    }
)  # fmt: skip
SHOWN: dict[str, Callable[[FactsBuilder, Node], None]] = {
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
KNOWN_TYPES = frozenset({"TEXT", *SILENT_TYPES, *SHOWN})
