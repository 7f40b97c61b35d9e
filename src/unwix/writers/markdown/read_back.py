"""Reading back: a dialect's own forms as plain Markdown and HTML, which the parser that judges fidelity reads."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from .players import address_of

Reading = tuple[str, str | Callable[[re.Match[str]], str]]
"""A pattern, and what it is replaced by. It is never applied to code between fences."""

_FENCE = re.compile(r"^[ >]*(?:[-*+]|\d+[.)])?[ >]*(`{3,})[\w-]*$")
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
#: What a player stands in (forms.py).
PLAYER = (
    r'<figure class="(?:video|audio|embed)"><(?:iframe|video|audio) ([^>]*)></(?:iframe|video|audio)>(.*?)</figure>'
)


def read_back(text: str, readings: tuple[Reading, ...], unquote: Callable[[str], str] | None = None) -> str:
    """The text with every reading applied outside of code, and `unquote` over the whole."""
    if readings:
        text = "".join(piece if is_code else _applied(piece, readings) for is_code, piece in pieces(text))
    return unquote(text) if unquote else text


def _applied(text: str, readings: tuple[Reading, ...]) -> str:
    for pattern, replacement in readings:
        text = re.sub(pattern, replacement, text)
    return text


def pieces(text: str) -> list[tuple[bool, str]]:
    """The text in turns: outside of fences, and between them."""
    out: list[tuple[bool, list[str]]] = [(False, [])]
    fence = ""
    for line in text.splitlines(keepends=True):
        bare = line.strip(" >\n")
        if not fence and (opening := _FENCE.match(line.rstrip("\n"))):
            fence = opening[1]
            out.append((True, []))
        out[-1][1].append(line)
        if fence and bare == fence and len(out[-1][1]) > 1:
            fence = ""
            out.append((False, []))
    return [(is_code, "".join(lines)) for is_code, lines in out]


def player_link(found: re.Match[str]) -> str:
    """A player as a link to what it plays, in a paragraph, and its caption in another."""
    attributes = {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(found[1])}
    address = address_of(attributes.get("src", ""))
    said = html.escape(attributes.get("title") or address)
    caption = re.sub(r"</?figcaption>", "", found[2])
    return f'<p><a href="{html.escape(address)}">{said}</a></p>' + (f"<p>{caption}</p>" if caption else "")
