"""Count the content of a Draft.js entity: an image, a gallery, a file, a button and so on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...wix import media_urls as media
from ..facts_builder import FactsBuilder
from ..json_values import dicts, get, string
from ..markdown import add_optional_html
from .ricos_media import place_title


def _first(data: Any, *paths: tuple[str, ...]) -> str:
    return next((value for path in paths if (value := string(data, *path).strip())), "")


def _file_of(source: Any) -> str:
    return (
        source
        if isinstance(source, str)
        else _first(source, ("url",), ("file_name",), ("id",), ("original_file_name",))
    )


def _caption(builder: FactsBuilder, data: Any) -> None:
    builder.add_caption(string(data, "metadata", "caption"))


def _image(builder: FactsBuilder, data: Any) -> None:
    builder.add_image_of(_file_of(get(data, "src")), _first(data, ("metadata", "alt"), ("alt",)))
    _caption(builder, data)
    if _file_of(get(data, "src")).strip():
        builder.add_link(string(data, "config", "link", "url"))


def _gallery(builder: FactsBuilder, data: Any) -> None:
    for item in dicts(data, "items"):
        url = string(item, "url")
        if string(item, "metadata", "type") == "video":
            builder.add_embed(media.video_url(url)[0] or "")
        else:
            builder.add_image_of(url, _first(item, ("metadata", "altText"), ("metadata", "alt")))
        if url.strip():
            texts = (string(item, "metadata", name) for name in ("title", "description"))
            builder.add_caption("\n".join(filter(str.strip, texts)))


def _video(builder: FactsBuilder, data: Any) -> None:
    url = _first(
        data,
        ("src",),
        ("src", "pathname"),
        ("src", "url"),
        ("src", "id"),
        ("url",),
        ("metadata", "oembed", "video_url"),
    )
    builder.add_embed(media.video_url(url)[0] or "")
    builder.add_video_title(_first(data, ("metadata", "title"), ("oembed", "title")))
    _caption(builder, data)


def _audio_player(builder: FactsBuilder, data: Any) -> None:
    builder.add_embed(string(data, "src"))
    builder.add_optional(string(data, "metadata", "html"))


def _audio(builder: FactsBuilder, data: Any) -> None:
    builder.add_image_of(_file_of(get(data, "coverImage")))
    builder.add_separate(string(data, "name"))
    builder.add_separate(string(data, "authorName"))
    builder.add_optional("–")  # between title and performer, if they are on one line
    builder.add_embed(media.audio_url(_file_of(get(data, "audio", "src"))) or "")


def _giphy(builder: FactsBuilder, data: Any) -> None:
    forms = (("gif", "originalUrl"), ("gif", "downsizedUrl"), ("gif", "stillUrl"))
    builder.add_image_of(_first(data, *forms))
    _caption(builder, data)


def _html(builder: FactsBuilder, data: Any) -> None:
    if get(data, "config", "isAdsense"):
        return
    code = string(data, "src").strip()
    if "<" not in code:
        builder.add_embed(code)
    add_optional_html(builder, code)


def _upload(builder: FactsBuilder, data: Any) -> None:
    builder.add_separate(string(data, "name"))
    builder.add_optional(string(data, "type"))
    builder.add_embed(string(data, "url"))


def _map(builder: FactsBuilder, data: Any) -> None:
    name = _first(data, ("mapSettings", "locationDisplayName"), ("mapSettings", "locationName"))
    builder.add_separate(place_title(name, string(data, "mapSettings", "address")))
    builder.add_optional("https www google com maps search api 1 query")


def _preview(builder: FactsBuilder, data: Any) -> None:
    builder.add_separate(string(data, "title"))
    builder.add_embed(_first(data, ("config", "link", "url"), ("url",)))
    builder.add_optional(string(data, "html"))


def _embed(builder: FactsBuilder, data: Any) -> None:
    builder.add_embed(_first(data, ("src",), ("url",), ("metadata", "url")))
    builder.add_separate(_first(data, ("oembed", "title"), ("metadata", "title")))


def _button(builder: FactsBuilder, data: Any) -> None:
    builder.add_separate(string(data, "button", "settings", "buttonText"))
    builder.add_embed(string(data, "button", "settings", "url"))


def _app(builder: FactsBuilder, data: Any) -> None:
    builder.add_separate(string(data, "selectedProduct", "name"))
    builder.add_optional(string(data, "selectedProduct", "pageUrl") + " " + string(data, "selectedProduct", "html"))


def _poll(builder: FactsBuilder, data: Any) -> None:
    builder.add_poll(get(data, "poll"))


def _no_facts(_builder: FactsBuilder, _data: Any) -> None:
    """Count nothing, for an app's own data."""


def _divider(builder: FactsBuilder, _data: Any) -> None:
    builder.add_divider()


SHOWN: dict[str, Callable[[FactsBuilder, Any], None]] = {
    **dict.fromkeys(("wix-draft-plugin-image", "IMAGE", "image"), _image),
    "wix-draft-plugin-gallery": _gallery,
    **dict.fromkeys(("wix-draft-plugin-video", "VIDEO-EMBED", "VIDEO"), _video),
    "wix-draft-plugin-sound-cloud": _audio_player,
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
    "wix-draft-plugin-divider": _divider,
    "EXTERNAL": _no_facts,
}
#: Entities that are part of a line of text.
INLINE = frozenset(
    {"LINK", "ANCHOR", "mention", "EMOJI_TYPE", "wix-draft-plugin-hashtag", "wix-draft-plugin-external-link"}
)
#: Every type of entity that unwix knows.
KNOWN_ENTITIES = frozenset(
    {
        *SHOWN, *INLINE, "wix-rich-content-plugin-table", "wix-rich-content-plugin-collapsible-list",
        "wix-rich-content-plugin-accordion",
    }
)  # fmt: skip
