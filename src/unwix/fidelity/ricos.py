"""Document witness: what a Ricos or Draft.js document says, counted straight from its JSON and apart from the reader.

It shares no code with the walk in ricos.py and draftjs.py, so that a fault there cannot hide itself; only how Wix names
its media and links (media.py, links.py) is agreed knowledge. Fidelity holds the Markdown against these facts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ..model.facts import Facts, text_key, words
from ..web.saved_links import LinkRestorer
from ..wix import media_urls as media
from .facts_builder import FactsBuilder, dicts, get, source_of, string

_TAGS = re.compile(r"<(?:style|script)\b.*?</(?:style|script)>|<[^>]*>", re.I | re.S)
#: Deeper documents are counted as one line: the reader cuts them off there too, and says so.
_MAX_DEPTH = 150


def ricos_facts(document: dict[str, Any], restorer: LinkRestorer, video_titles: bool = True) -> Facts:
    """The facts of a Ricos document; `video_titles` says whether the titles of films must be written."""
    return count_ricos(document, restorer, video_titles).facts


def count_ricos(document: dict[str, Any], restorer: LinkRestorer, video_titles: bool = True) -> FactsBuilder:
    """The facts of a Ricos document, and what they were counted from."""
    tally = FactsBuilder(restorer, video_titles)
    for node in dicts(document, "nodes"):
        _visit(tally, node, 0)
    if any(node.get("type") == "TOC" for node in dicts(document, "nodes")) or tally.facts.optional_words["\0toc"]:
        tally.facts.optional_words.update(
            word for heading, n in tally.facts.headings.items() for word in heading.split() * n
        )
    del tally.facts.optional_words["\0toc"]
    tally.facts.words = words("".join(tally.said))
    return tally


def _visit(tally: FactsBuilder, node: dict[str, Any], depth: int) -> None:
    kind = string(node, "type").strip()
    if kind == "TEXT":
        _text(tally, node)
        return
    tally.said.append("\n")
    start = len(tally.said)
    if show := _SHOWN.get(kind):
        show(tally, node)
    elif kind and kind not in _SILENT:
        _unknown(tally, node)
    cover = next(
        (v for k, v in node.items() if k.endswith("Data") and get(v, "containerData", "spoiler", "enabled") is True),
        None,
    )
    if cover:
        tally.aside(
            string(cover, "containerData", "spoiler", "description")
            + " "
            + string(cover, "containerData", "spoiler", "buttonText")
        )
    if depth > _MAX_DEPTH:
        _flat(tally, node)
    elif kind == "COLLAPSIBLE_ITEM_TITLE":
        # `<summary>` takes a line of text: a quote or a list in a title is said as one.
        quotes, items = tally.facts.quotes.copy(), tally.facts.items
        _children(tally, node, depth)
        tally.facts.quotes, tally.facts.items = quotes, items
    else:
        _children(tally, node, depth)
    whole = kind != "HEADING" or all(child.get("type") == "TEXT" for child in dicts(node, "nodes"))
    if whole and (count := _COUNTED.get(kind)):
        count(tally.facts, tally.since(start))
    tally.said.append("\n")


def _children(tally: FactsBuilder, node: dict[str, Any], depth: int) -> None:
    for child in dicts(node, "nodes"):
        _visit(tally, child, depth + 1)


def _flat(tally: FactsBuilder, node: dict[str, Any]) -> None:
    stack: list[dict[str, Any] | None] = [node]
    while stack:
        inner = stack.pop()
        is_text = inner is not None and inner.get("type") == "TEXT"
        tally.text(string(inner, "textData", "text") if is_text else " ")
        if inner is not None:
            stack.append(None)
            stack.extend(reversed(dicts(inner, "nodes")))


def _text(tally: FactsBuilder, node: dict[str, Any]) -> None:
    tally.text(string(node, "textData", "text"))
    said = tally.said[-1]
    # Words can have one link: the innermost, which is the last.
    links = (d for d in reversed(dicts(node, "textData", "decorations")) if d.get("type") == "LINK")
    any(tally.link(string(link, "linkData", "link", "url"), said) for link in links)
    for child in dicts(node, "nodes"):
        _flat(tally, child)


def _heading(facts: Facts, said: str) -> None:
    if said:
        facts.headings[said] += 1


def _quote(facts: Facts, said: str) -> None:
    if said:
        facts.quotes[said] += 1


def _item(facts: Facts, said: str) -> None:
    facts.items += bool(said)


def _cell(facts: Facts, _said: str) -> None:
    facts.cells += 1


def _caption(facts: Facts, said: str) -> None:
    if said:
        facts.captions[said] += 1


_COUNTED: dict[str, Callable[[Facts, str], None]] = {
    "HEADING": _heading,
    "BLOCKQUOTE": _quote,
    "LIST_ITEM": _item,
    "TABLE_CELL": _cell,
    "CAPTION": _caption,
}


# ---- what a node shows beside its children ----------------------------------------------------------------------


def _image(tally: FactsBuilder, node: dict[str, Any]) -> None:
    data = get(node, "imageData")
    tally.picture(get(data, "image", "src"), "" if get(data, "decorative") is True else string(data, "altText"))
    has_children = bool(words("".join(string(n, "textData", "text") for n in _all(node))))
    caption = string(data, "caption")
    if caption and not has_children:
        tally.say(caption)
        _caption(tally.facts, text_key(caption))
    if source_of(get(data, "image", "src")) and not source_of(get(data, "image", "src")).startswith("data:"):
        tally.link(string(data, "link", "url"))


def _all(node: dict[str, Any]) -> list[dict[str, Any]]:
    found, stack = [], [node]
    while stack:
        inner = stack.pop()
        found.append(inner)
        stack.extend(dicts(inner, "nodes"))
    return found


def _gallery(tally: FactsBuilder, node: dict[str, Any]) -> None:
    for item in dicts(node, "galleryData", "items"):
        alt = string(item, "altText") if string(item, "altText").strip() else string(item, "image", "altText")
        film = source_of(get(item, "video", "media", "src"))
        if get(item, "video"):
            address = media.video_url(film)[0]
            tally.embed(address or "")
            if address:
                tally.picture(get(item, "video", "thumbnail", "src"), alt)
        else:
            tally.picture(get(item, "image", "media", "src") or string(item, "url"), alt)
            film = source_of(get(item, "image", "media", "src") or string(item, "url"))
            tally.link(string(item, "image", "link", "url") if film else "")
        if film and not film.startswith("data:"):
            tally.say(string(item, "title"))
            _caption(tally.facts, text_key(string(item, "title")))


def _video(tally: FactsBuilder, node: dict[str, Any]) -> None:
    tally.embed(media.video_url(source_of(get(node, "videoData", "video", "src")))[0] or "")
    tally.film_title(string(node, "videoData", "title"))


def _audio(tally: FactsBuilder, node: dict[str, Any]) -> None:
    data = get(node, "audioData")
    tally.picture(get(data, "coverImage", "src"))
    tally.say(string(data, "name"))
    tally.say(string(data, "authorName"))
    tally.embed(media.audio_url(source_of(get(data, "audio", "src"))) or "")
    tally.aside(string(data, "html"))


def _gif(tally: FactsBuilder, node: dict[str, Any]) -> None:
    data = get(node, "gifData")
    sizes = (string(data, size, form) for form in ("gif", "still", "mp4") for size in ("original", "downsized"))
    tally.picture(next((address for address in sizes if address.strip()), ""), string(data, "altText"))


def _file(tally: FactsBuilder, node: dict[str, Any]) -> None:
    data = get(node, "fileData")
    tally.say(string(data, "name") if string(data, "name").strip() else string(data, "path"))
    tally.aside(string(data, "type"))
    tally.aside(source_of(get(data, "src")))
    tally.embed(string(data, "src", "url"))


def _html(tally: FactsBuilder, node: dict[str, Any]) -> None:
    data = get(node, "htmlData")
    if string(data, "source") == "ADSENSE" or get(data, "isAdsense") is True:
        return
    tally.embed(string(data, "url"))
    tally.aside(string(data, "html"))
    tally.aside(_TAGS.sub("", string(data, "html")))


def _embed(tally: FactsBuilder, node: dict[str, Any]) -> None:
    tally.embed(string(node, "embedData", "src"))
    tally.say(string(node, "embedData", "oembed", "title"))
    tally.aside(string(node, "embedData", "oembed", "html"))


def _preview(tally: FactsBuilder, node: dict[str, Any]) -> None:
    tally.say(string(node, "linkPreviewData", "title"))
    tally.embed(string(node, "linkPreviewData", "link", "url"))


def _button(tally: FactsBuilder, node: dict[str, Any]) -> None:
    tally.say(string(node, "buttonData", "text"))
    tally.embed(string(node, "buttonData", "link", "url"))


def _poll(tally: FactsBuilder, node: dict[str, Any]) -> None:
    tally.poll(get(node, "pollData", "poll"))


def _app(tally: FactsBuilder, node: dict[str, Any]) -> None:
    tally.say(string(node, "appEmbedData", "name"))
    tally.aside(string(node, "appEmbedData", "url"))


def _map(tally: FactsBuilder, node: dict[str, Any]) -> None:
    place = get(node, "mapData", "mapSettings")
    tally.say(string(place, "locationName") if string(place, "locationName").strip() else string(place, "address"))
    tally.aside("https www google com maps search api 1 query")


def _smart_cell(tally: FactsBuilder, node: dict[str, Any]) -> None:
    tally.say(string(node, "smartBlockCellData", "label"))


def _contents(tally: FactsBuilder, _node: dict[str, Any]) -> None:
    tally.facts.optional_words["\0toc"] += 1


def _unknown(tally: FactsBuilder, node: dict[str, Any]) -> None:
    """A node of a newer release: the reader keeps what looks like words of a visitor's."""
    for name, data in node.items():
        if name.endswith("Data"):
            for field in ("title", "name", "text", "label", "caption"):
                tally.aside(string(data, field))


#: Nodes that say nothing but what is in them.
_SILENT = frozenset(
    {
        "PARAGRAPH", "HEADING", "BULLETED_LIST", "BULLET_LIST", "ORDERED_LIST", "CHECKBOX_LIST", "LIST_ITEM",
        "BLOCKQUOTE", "CODE_BLOCK", "DIVIDER", "CAPTION", "TABLE", "TABLE_ROW", "TABLE_CELL", "COLLAPSIBLE_LIST",
        "COLLAPSIBLE_ITEM", "COLLAPSIBLE_ITEM_TITLE", "COLLAPSIBLE_ITEM_BODY", "LAYOUT", "LAYOUT_CELL", "SHAPE",
        "CARD", "SMART_BLOCK", "EXTERNAL",
    }
)  # fmt: skip
_SHOWN: dict[str, Callable[[FactsBuilder, dict[str, Any]], None]] = {
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
