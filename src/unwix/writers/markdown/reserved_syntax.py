"""Protect the author's text from syntax of site generators that CommonMark reads as plain text.

There are three layers: characters in a line (`ReservedSyntax`, before the line is written), code (`ProtectCode`,
because nothing can be escaped in it), and the whole text (`liquid_raw`, for generators that first run a template over
it). The patterns of a generator are in its module in `targets/`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct

from .marks import BREAK, END, LINK, LINK_END

#: The beginning of a line of text. A character after `**` or `_` begins no block.
LINE_START = f"(?:(?:(?<=[{BREAK}\n])|^)[ ]*)"
_NEAR_MARK = "[\x01-\x06\x0e-\x11*~_\\[\\]`<&\\\\]"
LOOSE_UNDERSCORE = r"(?<![^\W_])_|_(?![^\W_])"
#: The label of the definitions that are placeholders (`blocks.note`).
NOTE_LABEL = r"\[(?=//\])"
#: Generators search for the beginning of a comment (`<!--more-->`) without a parser.
COMMENT = rf"<(?=!--)|{NOTE_LABEL}"
DEFINITION = rf"{LINE_START}:(?=\s)"
#: Parsers that link bare URLs read marks at their edges as parts of the URL.
AUTOLINK = (
    rf"(?P<bare>https?:(?=//\S{{0,2000}}{_NEAR_MARK})|www\.(?=\S{{0,2000}}{_NEAR_MARK})"
    rf"|@(?=\S{{0,300}}{_NEAR_MARK})|(?<={_NEAR_MARK})[\w.+-]+@)"
)
REFERENCE = rf"{LINE_START}\[(?=[^\]{BREAK}\n]*\]:)"
#: A link text that would be read as the number of a footnote.
LINK_NOTE = rf"(?<={END})\^"
#: In headings, for parsers that read `{#id}` at their end.
HEADING_ID = r"\{"
#: For `escape` below: a backslash before a brace does not hide `{{` from a search before Markdown is read.
NO_BRACES = r"\`*_[]()#+-.!<>|~$=%^"


class ReservedSyntax(Struct, frozen=True):
    """Characters that must not be unescaped in a line: `active` finds them, a backslash escapes some (`backslash`).

    All others are written as character references.
    """

    active: re.Pattern[str]
    backslash: str = r"\`*_{}[]()#+-.!<>|~$=%^"

    def protect(self, line: str, raw: Callable[[str], str]) -> str:
        """Return a raw line in which each active character is a piece of finished Markdown (`raw`)."""
        in_link = False
        out: list[str] = []
        at = 0
        for match in self.active.finditer(line):
            between = line[at : match.start()]
            opened, closed = between.rfind(LINK), between.rfind(LINK_END)
            in_link = opened > closed or (in_link and closed < 0)
            out.append(between)
            out.append(match[0] if in_link and match.lastgroup == "bare" else self._escaped(match[0], raw))
            at = match.end()
        return "".join([*out, line[at:]])

    def _escaped(self, text: str, raw: Callable[[str], str]) -> str:
        if len(text) == 1:
            return raw(self.escape(text))
        return "".join(c if c.isalnum() or c.isspace() or c < " " else raw(self.escape(c)) for c in text)

    def escape(self, char: str) -> str:
        """Return one character in its escaped form."""
        if char in "<&":
            return {"<": "&lt;", "&": "&amp;"}[char]
        return "\\" + char if char in self.backslash else f"&#{ord(char)};"


def reserve(*patterns: str, backslash: str | None = None) -> ReservedSyntax:
    """Return the reserved syntax that consists of these patterns."""
    compiled = re.compile("|".join(patterns), re.MULTILINE)
    return ReservedSyntax(compiled) if backslash is None else ReservedSyntax(compiled, backslash)


ProtectCode = Callable[[str], str | None]
"""Code → the code to write between fences or backquotes; None if only HTML can express it."""


def unchanged(code: str) -> str | None:
    """Return code unchanged."""
    return code


def escape_braces(html: str) -> str:
    """Return HTML in which no generator finds a template: `{` before another character of templates is a reference."""
    return re.sub(r"\{(?=[{%#<])", "&#123;", html)


# ---- templates that run over the whole text ------------------------------------------------------------------------

RAW, END_RAW = "{% raw %}", "{% endraw %}"
_BLANK_LINE = re.compile(r"(\n[ \t>]*\n)")
_CLOSING = re.compile(r"\}\}|%\}|#\}")


def liquid_raw(text: str, openers: str = "{%") -> str:
    """Put everything that Liquid would run between `raw` tags, which disappear before Markdown is read.

    No pair of tags spans a blank line, because Jekyll cuts an excerpt there. `openers` open a tag after `{`.
    """
    opening = re.compile(rf"\{{[{re.escape(openers)}]")
    if not opening.search(text):
        return text
    return "".join(_raw(piece, opening) for piece in _BLANK_LINE.split(text))


def _raw(piece: str, opening: re.Pattern[str]) -> str:
    matches = [*opening.finditer(piece)]
    if not matches:
        return piece
    if "raw" in piece[matches[0].start() :]:  # might end the tags around it
        return opening.sub(lambda m: f"{RAW}{m[0]}{END_RAW}", piece)
    last = _CLOSING.search(piece, matches[-1].end())
    start, end = matches[0].start(), last.end() if last else matches[-1].end()
    return f"{piece[:start]}{RAW}{piece[start:end]}{END_RAW}{piece[end:]}"


def without_liquid_raw(text: str) -> str:
    """Undo `liquid_raw`."""
    return re.sub(r"\{% raw %\}(.*?)\{% endraw %\}", r"\1", text, flags=re.S)
