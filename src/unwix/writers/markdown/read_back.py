"""Convert the syntax of a flavor to plain Markdown and HTML, which cmark-gfm reads for the fidelity check."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from ..players import own_title, page_url

Reading = tuple[str, str | Callable[[re.Match[str]], str]]
"""A pattern and its replacement. It is not applied to code between fences."""

_FENCE = re.compile(r"^[ >]*(?:[-*+]|\d+[.)])?[ >]*(`{3,})[\w-]*$")
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
#: A player in the form of `blocks.HtmlBlocks`.
PLAYER = (
    r'<figure class="(?:video|audio|embed)"><(?:iframe|video|audio) ([^>]*)></(?:iframe|video|audio)>(.*?)</figure>'
)


def to_plain_markdown(text: str, readings: tuple[Reading, ...], unfinish: Callable[[str], str] | None = None) -> str:
    """Return the text with every replacement applied outside code, and `unfinish` applied to the whole."""
    if readings:
        text = "".join(piece if is_code else _applied(piece, readings) for is_code, piece in split_at_code(text))
    return unfinish(text) if unfinish else text


def _applied(text: str, readings: tuple[Reading, ...]) -> str:
    for pattern, replacement in readings:
        text = re.sub(pattern, replacement, text)
    return text


def split_at_code(text: str) -> list[tuple[bool, str]]:
    """Return the pieces of a text outside and between fences: (is code, piece)."""
    out: list[tuple[bool, list[str]]] = [(False, [])]
    fence = ""
    for line in text.splitlines(keepends=True):
        content = line.strip(" >\n")
        if not fence and (opening := _FENCE.match(line.rstrip("\n"))):
            fence = opening[1]
            out.append((True, []))
        out[-1][1].append(line)
        if fence and content == fence and len(out[-1][1]) > 1:
            fence = ""
            out.append((False, []))
    return [(is_code, "".join(lines)) for is_code, lines in out]


def player_link(match: re.Match[str]) -> str:
    """Return a player as a paragraph with a link to its video or audio, and its caption as another."""
    attributes = {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(match[1])}
    url = page_url(attributes.get("src", ""))
    title = html.escape(own_title(url, attributes.get("title")) or url)
    caption = re.sub(r"</?figcaption>", "", match[2])
    return f'<p><a href="{html.escape(url)}">{title}</a></p>' + (f"<p><em>{caption}</em></p>" if caption else "")
