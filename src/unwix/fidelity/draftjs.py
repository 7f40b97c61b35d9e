"""Facts of a Draft.js document.

Counted directly from its JSON, independently of the reader (docs/wix/draftjs.md).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ..model.facts import Facts, text_key, words
from ..web.saved_links import LinkRestorer
from ..wix import media_urls as media
from .facts_builder import FactsBuilder, dicts, get, string, without_markers

_INLINE = frozenset(
    {"LINK", "ANCHOR", "mention", "EMOJI_TYPE", "wix-draft-plugin-hashtag", "wix-draft-plugin-external-link"}
)
_MAX_DEPTH = 20
Entity = dict[str, Any]


def draftjs_facts(document: dict[str, Any], restorer: LinkRestorer, video_titles: bool = True) -> Facts:
    """The facts of a Draft.js document; `video_titles` says whether the titles of films must be written."""
    return count_draftjs(document, restorer, video_titles).facts


def count_draftjs(document: dict[str, Any], restorer: LinkRestorer, video_titles: bool = True) -> FactsBuilder:
    """The facts of a Draft.js document, and what they were counted from."""
    tally = FactsBuilder(restorer, video_titles)
    _document(tally, document, 0)
    tally.facts.words = words("".join(tally.said))
    return tally


def _document(tally: FactsBuilder, document: Any, depth: int) -> None:
    if depth > _MAX_DEPTH:
        return
    entities = get(document, "entityMap")
    for block in dicts(document, "blocks"):
        _block(tally, block, entities if isinstance(entities, dict) else {}, depth)


def _block(tally: FactsBuilder, block: Entity, entities: Entity, depth: int) -> None:
    ranges = [
        (at, found)
        for at in dicts(block, "entityRanges")
        if isinstance(found := entities.get(str(at.get("key"))), dict)
    ]
    text = string(block, "text")
    for _, entity in ranges:
        if string(entity, "type") not in _INLINE:
            _entity(tally, entity, depth)
    start = len(tally.said)
    if depth == 0:
        tally.text(f"\n{text}\n")
    else:
        tally.say(text)  # a table's or a collapsible list's
    for at, entity in ranges:
        offset, length = get(at, "offset"), get(at, "length")
        if (
            entity.get("type") == "LINK"
            and isinstance(offset, int)
            and isinstance(length, int)
            and offset >= 0
            and length > 0
        ):
            tally.link(string(entity, "data", "url"), without_markers(text[offset : offset + length]))
    said = tally.since(start)
    kind = string(block, "type")
    if not said:
        return
    if kind.startswith("header-"):
        tally.facts.headings[said] += 1
    elif kind == "blockquote":
        tally.facts.quotes[said] += 1
    elif kind.endswith("-list-item"):
        tally.facts.items += 1


def _entity(tally: FactsBuilder, entity: Entity, depth: int) -> None:
    data = get(entity, "data")
    cover = get(data, "config", "spoiler")
    if get(cover, "enabled") is True:
        tally.aside(" ".join(string(cover, n) for n in ("description", "buttonText", "buttonContent")))
    kind = string(entity, "type")
    if kind == "wix-rich-content-plugin-table":
        for row in _numbered(get(data, "config", "rows")):
            for cell in _numbered(get(row, "columns")):
                covered = string(cell, "merge", "parentCellKey") and not any(
                    words(string(block, "text")) for block in dicts(cell, "content", "blocks")
                )
                tally.facts.cells += not covered
                _document(tally, get(cell, "content"), depth + 1)
    elif kind in ("wix-rich-content-plugin-collapsible-list", "wix-rich-content-plugin-accordion"):
        for pair in dicts(data, "pairs"):
            quotes, items = tally.facts.quotes.copy(), tally.facts.items
            _document(tally, get(pair, "title"), depth + 1)
            # `<summary>` takes a line of text: a quote or a list in a title is said as one.
            tally.facts.quotes, tally.facts.items = quotes, items
            _document(tally, get(pair, "content"), depth + 1)
    elif kind in _SHOWN:
        _SHOWN[kind](tally, data)
    else:
        for name in ("title", "name", "text", "label", "caption"):
            tally.aside(string(data, name))


def _numbered(value: Any) -> list[Entity]:
    """Values of an object whose keys are numbers, by number; or the objects of a list."""
    if isinstance(value, dict):
        value = [value[name] for name in sorted(value, key=lambda k: (len(k), k))]
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _first(data: Any, *paths: tuple[str, ...]) -> str:
    return next((found for path in paths if (found := string(data, *path).strip())), "")


def _file_of(source: Any) -> str:
    return (
        source
        if isinstance(source, str)
        else _first(source, ("url",), ("file_name",), ("id",), ("original_file_name",))
    )


def _caption(tally: FactsBuilder, data: Any) -> None:
    said = string(data, "metadata", "caption")
    tally.say(said)
    if name := text_key(said):
        tally.facts.captions[name] += 1


def _image(tally: FactsBuilder, data: Any) -> None:
    tally.picture(_file_of(get(data, "src")), _first(data, ("metadata", "alt"), ("alt",)))
    _caption(tally, data)
    if _file_of(get(data, "src")).strip():
        tally.link(string(data, "config", "link", "url"))


def _gallery(tally: FactsBuilder, data: Any) -> None:
    for item in dicts(data, "items"):
        address = string(item, "url")
        if string(item, "metadata", "type") == "video":
            tally.embed(media.video_url(address)[0] or "")
        else:
            tally.picture(address, _first(item, ("metadata", "altText"), ("metadata", "alt")))
        if address.strip():
            tally.say(string(item, "metadata", "title"))


def _video(tally: FactsBuilder, data: Any) -> None:
    address = _first(
        data,
        ("src",),
        ("src", "pathname"),
        ("src", "url"),
        ("src", "id"),
        ("url",),
        ("metadata", "oembed", "video_url"),
    )
    tally.embed(media.video_url(address)[0] or "")
    tally.film_title(_first(data, ("metadata", "title"), ("oembed", "title")))
    _caption(tally, data)


def _sound(tally: FactsBuilder, data: Any) -> None:
    tally.embed(string(data, "src"))
    tally.aside(string(data, "metadata", "html"))


def _audio(tally: FactsBuilder, data: Any) -> None:
    tally.picture(_file_of(get(data, "coverImage")))
    tally.say(string(data, "name"))
    tally.say(string(data, "authorName"))
    tally.embed(media.audio_url(_file_of(get(data, "audio", "src"))) or "")


def _giphy(tally: FactsBuilder, data: Any) -> None:
    forms = (("gif", "originalUrl"), ("gif", "downsizedUrl"), ("gif", "stillUrl"))
    tally.picture(_first(data, *forms))
    _caption(tally, data)


def _html(tally: FactsBuilder, data: Any) -> None:
    if get(data, "config", "isAdsense"):
        return
    code = string(data, "src").strip()
    if "<" not in code:
        tally.embed(code)
    tally.aside(code)
    tally.aside(re.sub(r"<[^>]*>", "", code))


def _upload(tally: FactsBuilder, data: Any) -> None:
    tally.say(string(data, "name"))
    tally.aside(string(data, "type"))
    tally.embed(string(data, "url"))


def _map(tally: FactsBuilder, data: Any) -> None:
    tally.say(
        _first(
            data, ("mapSettings", "locationDisplayName"), ("mapSettings", "locationName"), ("mapSettings", "address")
        )
    )
    tally.aside("https www google com maps search api 1 query")


def _preview(tally: FactsBuilder, data: Any) -> None:
    tally.say(string(data, "title"))
    tally.embed(_first(data, ("config", "link", "url"), ("url",)))
    tally.aside(string(data, "html"))


def _embed(tally: FactsBuilder, data: Any) -> None:
    tally.embed(_first(data, ("src",), ("url",), ("metadata", "url")))
    tally.say(_first(data, ("oembed", "title"), ("metadata", "title")))


def _button(tally: FactsBuilder, data: Any) -> None:
    tally.say(string(data, "button", "settings", "buttonText"))
    tally.embed(string(data, "button", "settings", "url"))


def _app(tally: FactsBuilder, data: Any) -> None:
    tally.say(string(data, "selectedProduct", "name"))
    tally.aside(string(data, "selectedProduct", "pageUrl") + " " + string(data, "selectedProduct", "html"))


def _poll(tally: FactsBuilder, data: Any) -> None:
    tally.poll(get(data, "poll"))


def _silent(_tally: FactsBuilder, _data: Any) -> None:
    """A divider or an app's own data: no words."""


_SHOWN: dict[str, Callable[[FactsBuilder, Any], None]] = {
    **dict.fromkeys(("wix-draft-plugin-image", "IMAGE", "image"), _image),
    "wix-draft-plugin-gallery": _gallery,
    **dict.fromkeys(("wix-draft-plugin-video", "VIDEO-EMBED", "VIDEO"), _video),
    "wix-draft-plugin-sound-cloud": _sound,
    "ricos-audio": _audio,
    "wix-draft-plugin-giphy": _giphy,
    "wix-draft-plugin-html": _html,
    "wix-draft-plugin-file-upload": _upload,
    "wix-draft-plugin-map": _map,
    "wix-draft-plugin-link-preview": _preview,
    "EMBED": _embed,
    **dict.fromkeys(("wix-draft-plugin-link-button", "wix-draft-plugin-action-button"), _button),
    "wix-draft-plugin-vertical-embed": _app,
    "wix-draft-plugin-poll": _poll,
    **dict.fromkeys(("wix-draft-plugin-divider", "EXTERNAL"), _silent),
}
