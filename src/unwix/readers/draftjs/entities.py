"""Convert Draft.js entities to Ricos nodes, one function each (docs/wix/draftjs.md#entities)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...web.json_path import Json, dig, first_line, flag, kind_of, line, obj, objects, text
from ..ricos.text import plain_text
from ..viewer.html_snippets import only_link

Make = Callable[[str, Json], Json]
#: Converts a document nested in another one.
Inner = Callable[[Any], list[Json]]


def node(kind: str, key: str, nodes: list[Json], **data: Any) -> Json:
    """Return a Ricos node."""
    return {"type": kind, "id": key, "nodes": nodes, **data}


def text_node(content: str, decorations: list[Json]) -> Json:
    """Return a TEXT node."""
    return node("TEXT", "", [], textData={"text": content, "decorations": decorations})


def _image(key: str, data: Json) -> Json:
    link = obj(data, "config", "link") or {"anchor": dig(data, "config", "anchor")}
    media = {
        "src": {"url": _image_file(data.get("src"))},
        "width": dig(data, "src", "width"),
        "height": dig(data, "src", "height"),
    }
    texts = {"altText": first_line(data, ("metadata", "alt"), ("alt",)), "caption": line(data, "metadata", "caption")}
    return node("IMAGE", key, [], imageData={"image": media, "link": link, **texts, **_spoiler(data)})


def _image_file(src: Any) -> str:
    """Return the file of an image: an object, or the URL itself."""
    return line({"src": src}, "src") or first_line(src, ("url",), ("file_name",), ("id",), ("original_file_name",))


def _spoiler(data: Json) -> Json:
    cover = obj(data, "config", "spoiler")
    return {
        "containerData": {"spoiler": {**cover, "buttonText": first_line(cover, ("buttonText",), ("buttonContent",))}}
    }


def _gallery(key: str, data: Json) -> Json:
    return node(
        "GALLERY",
        key,
        [],
        galleryData={"items": [_gallery_item(item) for item in objects(data, "items")], **_spoiler(data)},
    )


def _gallery_item(item: Json) -> Json:
    about = obj(item, "metadata")
    media = {"src": {"url": line(item, "url")}, "width": about.get("width"), "height": about.get("height")}
    texts = {name: line(about, name) for name in ("title", "description")}
    texts["altText"] = line(about, "altText") or line(about, "alt")
    if kind_of(about) == "video":
        return {"video": {"media": media, "thumbnail": {"src": {"url": _image_file(about.get("poster"))}}}, **texts}
    return {"image": {"media": media, "link": obj(about, "link")}, **texts}


def _video(key: str, data: Json) -> Json:
    url = line(data, "src") or first_line(
        data, ("src", "pathname"), ("src", "url"), ("src", "id"), ("url",), ("metadata", "oembed", "video_url")
    )
    poster = first_line(
        data, ("src", "thumbnail", "pathname"), ("metadata", "thumbnail_url"), ("metadata", "oembed", "thumbnail_url")
    )
    title = first_line(data, ("metadata", "title"), ("oembed", "title"))
    video = {"video": {"src": {"url": url}}, "thumbnail": {"src": {"url": poster}}, "title": title}
    return node("VIDEO", key, _caption(data), videoData={**video, **_spoiler(data)})


def _caption(data: Json) -> list[Json]:
    caption = line(data, "metadata", "caption")
    return [node("CAPTION", "", [text_node(caption, [])])] if caption else []


def _soundcloud(key: str, data: Json) -> Json:
    """Return an audio player for SoundCloud, which Wix's own converter no longer supports."""
    about = obj(data, "metadata")
    return node(
        "AUDIO",
        key,
        [],
        audioData={"audio": {"src": {"url": line(data, "src")}}, "html": text(about, "html"), **_spoiler(data)},
    )


def _audio(key: str, data: Json) -> Json:
    cover = {"src": {"url": _image_file(data.get("coverImage"))}}
    return node("AUDIO", key, [], audioData={**data, "coverImage": cover, **_spoiler(data)})


def _giphy(key: str, data: Json) -> Json:
    gif = obj(data, "gif")
    original = {"gif": gif.get("originalUrl"), "mp4": gif.get("originalMp4"), "still": gif.get("stillUrl")}
    downsized = {
        "gif": gif.get("downsizedUrl"),
        "mp4": gif.get("downsizedSmallMp4"),
        "still": gif.get("downsizedStillUrl"),
    }
    sizes = {"width": gif.get("width"), "height": gif.get("height")}
    return node(
        "GIF", key, _caption(data), gifData={"original": original, "downsized": downsized, **sizes, **_spoiler(data)}
    )


def _divider(key: str, data: Json) -> Json:
    return node("DIVIDER", key, [])


def _html(key: str, data: Json) -> Json:
    code = text(data, "src").strip()
    is_address = line(data, "srcType") == "url" or flag(data, "config", "isSrc") is True or not code.startswith("<")
    source = "ADSENSE" if flag(data, "config", "isAdsense") else "HTML"
    return node("HTML", key, [], htmlData={"url" if is_address else "html": code, "source": source, **_spoiler(data)})


def _file(key: str, data: Json) -> Json:
    source = {"url": line(data, "url"), "id": line(data, "id"), "private": line(data, "privacy") == "private"}
    return node(
        "FILE", key, [], fileData={"src": source, "name": line(data, "name"), "type": kind_of(data), **_spoiler(data)}
    )


def _map(key: str, data: Json) -> Json:
    place = obj(data, "mapSettings")
    return node(
        "MAP",
        key,
        [],
        mapData={
            "mapSettings": {**place, "locationName": first_line(place, ("locationDisplayName",), ("locationName",))}
        },
    )


def _preview(key: str, data: Json) -> Json:
    """Return a link preview, or an embed if it contains the code of a service."""
    link = obj(data, "config", "link") or {"url": line(data, "url")}
    if text(data, "html"):
        return node(
            "EMBED",
            key,
            [],
            embedData={"src": line(link, "url"), "oembed": {"html": text(data, "html"), "title": line(data, "title")}},
        )
    texts = {"title": line(data, "title"), "description": line(data, "description")}
    return node("LINK_PREVIEW", key, [], linkPreviewData={"link": link, **texts, **_spoiler(data)})


def _embed(key: str, data: Json) -> Json:
    url = first_line(data, ("src",), ("url",), ("metadata", "url"))
    return node("EMBED", key, [], embedData={"src": url, "oembed": obj(data, "oembed") or obj(data, "metadata")})


def _button(key: str, data: Json) -> Json:
    settings = obj(data, "button", "settings")
    return node("BUTTON", key, [], buttonData={"type": "LINK", "text": line(settings, "buttonText"), "link": settings})


def _app(key: str, data: Json) -> Json:
    product = obj(data, "selectedProduct")
    name, url = line(product, "name"), line(product, "pageUrl") or only_link(text(product, "html"))
    event = {"scheduling": line(product, "scheduling"), "location": line(product, "location")}
    return node("APP_EMBED", key, [], appEmbedData={"name": name, "url": url, "eventData": event, **_spoiler(data)})


def _poll(key: str, data: Json) -> Json:
    return node("POLL", key, [], pollData={"poll": obj(data, "poll"), **_spoiler(data)})


def _external(key: str, data: Json) -> Json:
    return node("EXTERNAL", key, [], externalData=data)


def _table(key: str, data: Json, inner: Inner) -> Json:
    config = obj(data, "config")
    rows = [
        node(
            "TABLE_ROW",
            "",
            [
                node("TABLE_CELL", "", cell_nodes, tableCellData=_spans(cell))
                for cell in objects(row, "columns")
                for cell_nodes in [inner(cell.get("content"))]
                if not _is_covered(cell) or plain_text(cell_nodes).strip()
            ],
        )
        for row in objects(config, "rows")
    ]
    return node("TABLE", key, rows, tableData={"rowHeader": bool(config.get("rowHeader"))})


def _is_covered(cell: Json) -> bool:
    """Return True if a merged cell covers this cell: the editor keeps it, the viewer does not show it."""
    return bool(line(cell, "merge", "parentCellKey"))


def _spans(cell: Json) -> Json:
    merge = obj(cell, "merge") or cell
    return {"colspan": first_of(merge, "colSpan", "colspan"), "rowspan": first_of(merge, "rowSpan", "rowspan")}


def first_of(value: Json, *names: str) -> Any:
    """Return the first of some fields that is present."""
    return next((value[name] for name in names if value.get(name) is not None), None)


def _collapsible(key: str, data: Json, inner: Inner) -> Json:
    items = [
        node(
            "COLLAPSIBLE_ITEM",
            "",
            [
                node("COLLAPSIBLE_ITEM_TITLE", "", inner(pair.get("title"))),
                node("COLLAPSIBLE_ITEM_BODY", "", inner(pair.get("content"))),
            ],
        )
        for pair in objects(data, "pairs")
    ]
    return node("COLLAPSIBLE_LIST", key, items)


#: Entities that contain documents.
NESTED: dict[str, Callable[[str, Json, Inner], Json]] = {
    "wix-rich-content-plugin-table": _table,
    **dict.fromkeys(("wix-rich-content-plugin-collapsible-list", "wix-rich-content-plugin-accordion"), _collapsible),
}
#: All other entities that are blocks; unknown ones are kept as blocks of an unknown kind.
ENTITIES: dict[str, Make] = {
    **dict.fromkeys(("wix-draft-plugin-image", "IMAGE", "image"), _image),
    "wix-draft-plugin-gallery": _gallery,
    **dict.fromkeys(("wix-draft-plugin-video", "VIDEO-EMBED", "VIDEO"), _video),
    "wix-draft-plugin-sound-cloud": _soundcloud,
    "ricos-audio": _audio,
    "wix-draft-plugin-giphy": _giphy,
    "wix-draft-plugin-divider": _divider,
    "wix-draft-plugin-html": _html,
    "wix-draft-plugin-file-upload": _file,
    "wix-draft-plugin-map": _map,
    "wix-draft-plugin-link-preview": _preview,
    "EMBED": _embed,
    **dict.fromkeys(("wix-draft-plugin-link-button", "wix-draft-plugin-action-button"), _button),
    "wix-draft-plugin-vertical-embed": _app,
    "wix-draft-plugin-poll": _poll,
    "EXTERNAL": _external,
}
