"""Split the text of facts into lines and tokens, with the kinds of the breaks between the lines."""

from __future__ import annotations

import re

from msgspec import Struct, field

from ..model.facts import (
    DETAILS,
    DETAILS_END,
    DIVIDER,
    EITHER,
    IMAGE,
    IMAGE_END,
    LOOSE_END,
    QUOTE,
    QUOTE_END,
    SOFT,
    UNCERTAIN,
    UNCERTAIN_END,
    tokens,
)

#: The kind of a break between two blocks; the others are SOFT, EITHER and LOOSE_END.
BLOCK = "\n"
_BLANK = f" \t\xa0\u200b{SOFT}"
#: The kinds of tokens that are no text, by their first character.
_KINDS = {
    IMAGE: "image",
    DIVIDER: "divider",
    **dict.fromkeys((QUOTE, QUOTE_END, DETAILS, DETAILS_END), "container"),
}
_SPACES = re.compile("  +")
#: A line that is one linked image: images are never uncertain, so it equals the line of the same image without a link.
_LINKED_IMAGE = re.compile(f"{UNCERTAIN}({IMAGE}[^{IMAGE}{IMAGE_END}]*{IMAGE_END}){UNCERTAIN_END}")


def has_empty_blocks(text: str) -> bool:
    """Return True for a text with a block of only spaces or a line break, by which authors separate paragraphs."""
    return any(line and not line.strip(_BLANK) for line in text.split("\n"))


def kind_of(token: str) -> str:
    """Return `word`, `image`, `divider`, `container` or `character`."""
    if token[0] < " ":
        return _KINDS[token[0]]
    return "word" if token[0].isalnum() or token[0] == "_" else "character"


class Lines(Struct):
    """The lines of a text that are not empty."""

    texts: list[str]
    kinds: dict[int, str] = field(default_factory=dict)
    """By number of the line, the kind of the break before it: SOFT or EITHER. All others are between blocks."""

    @classmethod
    def of(cls, text: str) -> Lines:
        """Return the lines of `Facts.text`, without differences that no token shows."""
        if not text.isascii():
            text = text.replace("\xa0", " ").replace("\u200b", "")
        if "  " in text:
            text = _SPACES.sub(" ", text)
        if IMAGE in text and UNCERTAIN in text:
            text = _LINKED_IMAGE.sub(r"\1", text)
        raw = text.split("\n")
        lines = cls([bare for line in raw if (bare := line.strip())])
        if SOFT in text or EITHER in text:
            lines.kinds = _kinds_of_breaks(raw)
        return lines


def _kinds_of_breaks(raw: list[str]) -> dict[int, str]:
    kinds: dict[int, str] = {}
    number, kind = 0, BLOCK
    for line in raw:
        is_empty = not line.strip()
        if not is_empty:
            if kind != BLOCK:
                kinds[number] = kind
            number += 1
            kind = SOFT if line.endswith(SOFT) else BLOCK
        elif kind == SOFT:
            kind = BLOCK  # two line breaks look like the end of a paragraph
        if EITHER in line:
            kind = EITHER
    return kinds


class Tokens(Struct):
    """The tokens of some lines, and their properties by position."""

    tokens: list[str] = field(default_factory=list)
    uncertain: set[int] = field(default_factory=set)
    starts: dict[int, str] = field(default_factory=dict)
    """For each token at the beginning of a line, the kind of the break before it."""
    lines: dict[int, int] = field(default_factory=dict)
    """The number of the line that begins with a token."""

    @classmethod
    def of(cls, lines: Lines, start: int, end: int) -> Tokens:
        """Return the tokens of the lines with these numbers."""
        result = cls()
        depth = 0
        for number in range(start, end):
            for n, part in enumerate(lines.texts[number].split(LOOSE_END)):
                at = len(result.tokens)
                for token in tokens(part):
                    if token == UNCERTAIN:
                        depth += 1
                    elif token == UNCERTAIN_END:
                        depth -= 1
                    else:
                        if depth > 0 and token[0] != IMAGE:
                            result.uncertain.add(len(result.tokens))
                        result.tokens.append(token)
                if len(result.tokens) > at:
                    result.starts[at] = LOOSE_END if n else lines.kinds.get(number, BLOCK)
                    result.lines[at] = number
        return result
