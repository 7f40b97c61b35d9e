"""Find texts and URLs in attributes of elements, which widgets show when their script has run.

`<div class="countdown" data-title="Sale ends in">` is empty in a saved page, and `<x-tab heading="Prices">` shows more
than the text in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ...web.tags import IMAGES, NO_TEXT, PLAYERS
from .shown_strings import LETTERS, kind_of_key, shown_strings

_DATA_NAME = re.compile(rb"data-([a-z][\w-]*)")
#: Attributes of Wix's viewer: settings, and URLs of images, which are checked elsewhere.
_OF_VIEWER = frozenset(
    {
        "animate-blur", "bg-effect-name", "block", "breakout", "class", "editor", "has-ssr-src", "hook", "id",
        "image-info", "is-svg", "is-svg-mask", "key", "level", "load-done", "mesh-id", "motion-part", "offset-key",
        "pin-media", "pin-url", "rce-version", "slot", "src", "ssr-src-done", "style", "testid", "type",
    }
)  # fmt: skip
#: Prefixes of names that the viewer, and programs that save, style or correct pages, use for their own attributes.
_OF_PROGRAMS = (
    "ad-",
    "cf",
    "darkreader-",
    "gr-",
    "gramm",
    "lt-",
    "new-gr-",
    "pin-",
    "ricos-",
    "savepage-",
    "sf-",
    "wf-",
)
#: Elements whose attributes are checked elsewhere, or whose texts no browser shows.
_OTHERS = frozenset({*IMAGES, *PLAYERS, *NO_TEXT, "picture", "source", "image", "head", "html", "body"})
#: Attributes with the URL of something that replaces the text of the element.
_SHOWN_URL = re.compile("embed|iframe|media|permalink|video")
_LINK = re.compile(r"\s*(?:https?:)?//\S+\s*")


def attribute_texts(
    tree: LexborHTMLParser, region: bytes, custom: list[str], reported: list[str]
) -> Iterator[tuple[LexborNode, str]]:
    """Yield the texts and URLs in attributes that programs read, each with its element.

    `custom` are the names of custom elements in the region, all of whose attributes are read. Empty ones among them
    that are `reported` are checked elsewhere.
    """
    names = {name.decode() for name in set(_DATA_NAME.findall(region))}
    selectors = [f"[data-{name}]" for name in sorted(names) if not _is_known(name)] + custom
    for node in tree.css(",".join(selectors)) if selectors else ():
        tag = str(node.tag)
        if tag in _OTHERS:
            continue
        is_empty = LETTERS.search(node.text()) is None
        for name, value in node.attributes.items():
            is_data = name.startswith("data-")
            key = name.removeprefix("data-")
            is_own = tag in custom and not (is_empty and tag in reported)
            if not value or _is_known(key) or not (is_data or is_own):
                continue
            if _LINK.fullmatch(value):
                if (is_empty or _SHOWN_URL.search(key)) and node.css_first("img,iframe,a[href]") is None:
                    yield node, value.strip()
            elif is_empty or kind_of_key(key) == "text" or value.lstrip()[:1] in ("{", "["):
                yield from ((node, text) for text in shown_strings(value, key))


def _is_known(name: str) -> bool:
    return name in _OF_VIEWER or name.startswith(_OF_PROGRAMS)
