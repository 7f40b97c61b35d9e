"""Replace the placeholders of images, buttons and form fields that text browsers write."""

from __future__ import annotations

import re

from .....wix.ui_texts.match import classify
from ..dump import Dump
from ..line import Line

#: Begins a line that replaces an image, with its file name or nothing; a text cannot contain this character.
IMAGE_PLACEHOLDER = "\x01"
_WIX_FILE = r"(?:[0-9a-f]{5,8}_[0-9a-f]+|[0-9a-f]{20,32}|nsplsh_\w+)(?:~mv2[^\]\s]*)?"
_NAMED = r"[^\[\]\n]+\.(?:png|jpe?g|jfif|gif|webp|avif|svg|heic)"
_IMAGE_LINE = re.compile(
    rf"[\s*•·+-]*(?:\[(?:IMG|IMAGE|INLINE|EMBED|file|{_WIX_FILE}|(?P<name>{_NAMED}))?\]|\(image\))\s*\Z", re.I
)
_FIELD_PLACEHOLDER = re.compile(
    r"\A[\s*•·+-]*(?:(?:\((?:BUTTON|FORM|SUBMIT)\)|\[?_{5,}\]?|\[ {3,}\]"
    r"|\[ (?:Submit|Reset|Button|Search) \]|\[Unknown INPUT type\])\s*)+"
)
_MAY_BE_PLACEHOLDER = re.compile(r"[\s*•·+-]*(?:[\[(_#]|I?FRAME|Link:)")
_BUTTON = "(BUTTON)"
_FRAME = re.compile(r"\s*I?FRAME: ?(?=https?://)")
#: The alternative text of an image or its file name, on a line of its own or before a text.
_BRACKETED = re.compile(r"(\s*(?:[*•·+-]\s+)?)\[([^\[\]]+)\]\s*\Z")
_BEFORE_NAME = re.compile(r"(\s*(?:[*•·+-]\s+)*)\[([^\[\]]+?)\s*\]\s*(?:\w.{0,60})?\Z")
_BEFORE = re.compile(
    rf"(?<![^\s*•·+-])\[(?:file|https?://[^\]\s]+|{_WIX_FILE}|{_NAMED}|(?=[^\]\s]*\d)(?=[^\]\s]*[A-Za-z])[\w%~.-]{{9,}})\]\s*(?=\w)",
    re.I,
)
#: A link in the page's head, as lynx (`#[1]alternate`) and elinks (`Link: [1]canonical`) print it.
_BROWSER_LINK = re.compile(
    r"\s*(?:#(?! )|Link:\s)\s*(?:\[\d+\])?[^\n]*(?:\((?:alternate|EditURI)\)|canonical|amphtml|shortlink|RSS)\s*\Z"
)


def without_placeholders(dump: Dump) -> list[Line] | None:
    """Replace placeholders of images, buttons and form fields, and brackets around alternative texts."""
    patterns = (_IMAGE_LINE, _FIELD_PLACEHOLDER, _FRAME, _BROWSER_LINK)
    may_be = [line.text for line in dump.lines if _MAY_BE_PLACEHOLDER.match(line.text)]
    is_found = any(pattern.match(text) for text in may_be for pattern in patterns)
    if not is_found and not any(map(_author_label, may_be)) and not any(_BUTTON in line.text for line in dump.lines):
        return None
    out: list[Line] = []
    for line in dump.lines:
        text = _BEFORE.sub("", _FRAME.sub("", _FIELD_PLACEHOLDER.sub("", line.text)))
        if place := _IMAGE_LINE.match(text):
            text = IMAGE_PLACEHOLDER + (place["name"] or "")
        elif _BROWSER_LINK.match(text) or (line.text.strip() and not text):
            dump.take_out([line], "a field of a form, or a link in the page's head")
            text = ""
        elif bracketed := _BRACKETED.match(text) or _author_label(text):
            text = bracketed[1] + bracketed[2]
        parts = _apart_at_buttons(text) if _BUTTON in text else [text]
        out += [Line(part.replace("[]", ""), line.number) for part in parts]
    return out


def _apart_at_buttons(text: str) -> list[str]:
    """Return a line in parts: the button that enlarges an image follows its alternative text."""
    *images, rest = text.split(_BUTTON)
    names = [" ".join(image.split()) for image in images]
    if any(name and classify(name) is not None for name in names):
        return [f"{' '.join(names)} {rest.lstrip()}"]
    return [*(IMAGE_PLACEHOLDER + name for name in names), rest]


def _author_label(text: str) -> re.Match[str] | None:
    """Return the label in the alternative text of the author's image, which the author's name can follow."""
    label = _BEFORE_NAME.match(text)
    interface_text = classify(label[2]) if label else None
    return label if interface_text is not None and interface_text.kind == "author" else None
