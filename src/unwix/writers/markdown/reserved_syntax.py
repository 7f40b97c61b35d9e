"""Guards: what a site generator would take for its own where CommonMark reads plain text, and how it is kept from that.

Three layers, each where it works: signs in a line of text (`Guard`, before the line is written), code (`Quote`, since
nothing can be escaped there), and the whole text (`liquid_raw`, for generators that run a template over it first).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

#: Where a line of text begins: a control character stands for a line break (see inline.py). A sign behind `**` or `_`
#: begins no block.
_START = "(?:(?:(?<=[\x12\n])|^)[ ]*)"
_LINK, _LINK_END = "\x0e", "\x0f"
_LOOSE_UNDERSCORE = r"(?<![^\W_])_|_(?![^\W_])"
#: For all: a comment's beginning is looked for by generators (`<!--more-->`) without asking a parser.
COMMENT = r"<(?=!--)"
DEFINITION = rf"{_START}:(?=\s)"
#: Parsers that make links of bare addresses take the marks on them for parts of the address.
_SIGN = "[\x01-\x06\x0e-\x11*~_\\[\\]`<&\\\\]"
AUTOLINK = rf"(?P<bare>https?:(?=//\S*{_SIGN})|www\.(?=\S*{_SIGN})|@(?=\S*{_SIGN})|(?<={_SIGN})[\w.+-]+@)"
#: micromark reads signs on both sides of `~~` otherwise than cmark.
ASTRO = "|".join([COMMENT, AUTOLINK, r"[*~](?=[^\s*~])", r"(?<=[^\s*~])[*~]"])
#: goldmark takes `[x]` for a box wherever it stands in a list item, and a link of that text too.
HUGO = "|".join([COMMENT, r"\{(?=\{[<%])", DEFINITION, AUTOLINK, r"\[(?=[ xX]\])", "(?<=\x11)[ xX](?=\x0f)"])
ZOLA = "|".join([COMMENT, r"\{(?=[{%])"])
_REFERENCE = rf"{_START}\[(?=[^\]\x12\n]*\]:)"
_LINK_NOTE = r"(?<=\x11)\^"  # a link's text that would be read as a footnote's mark
_IN_LINE = {
    "obsidian": (
        *(
            COMMENT,
            AUTOLINK,
            r"%(?=%)",
            r"=(?==)",
            r"\$(?=\$|[^\s$].*?(?<=\S)\$(?!\d))",
            r"\[(?=[\[\x0e])",
            r"(?<=\x11)\[",
            r"\^(?=\[)",
            r"(?<=\s)\^(?=[\w-]+$)",
        ),
        *(r"(?<![^\s(])#(?=[^\W\d])", r"(?<![^\s(])#(?=\w+[^\W\d])"),
    ),
    "kramdown": (
        r"[\\`*<|~]",
        _LOOSE_UNDERSCORE,
        r"\{(?=:)",
        r"\[(?=\^)",
        _LINK_NOTE,
        r"\$(?=\$)",
        r"(?<=\$)\$",
        r">(?=>)",
        r"(?<=>)>",
    ),
    "python_markdown": (
        r"[\\`*<{~]",
        _LOOSE_UNDERSCORE,
        r"\[(?=\^|TOC\])",
        _LINK_NOTE,
        r"&(?=#?\w+;)",
        r"(?<=\S)\s*#+$",
    ),
}
OBSIDIAN, KRAMDOWN_HEADING, PYTHON_MARKDOWN_HEADING = ("|".join(signs) for signs in _IN_LINE.values())
#: What begins a block where it begins a line, which the text of a heading never does.
_BEGINS = "|".join([DEFINITION, rf"{_START}\d+\.(?=\s)", _REFERENCE])
KRAMDOWN = "|".join([KRAMDOWN_HEADING, _BEGINS, rf"{_START}[-+>^]", rf"{_START}#(?=#*\s)"])
PYTHON_MARKDOWN = "|".join([PYTHON_MARKDOWN_HEADING, _BEGINS, rf"{_START}[-+>#=|]"])
#: In headings, for parsers that read `{#id}` at their end.
HEADING = r"\{"


@dataclass(frozen=True, slots=True)
class ReservedSyntax:
    """Signs that must never stand bare in a line: `active` finds them, `backslash` lists those that one can escape.

    All others are written as character references.
    """

    active: re.Pattern[str]
    backslash: str = r"\`*_{}[]()#+-.!<>|~$=%^"

    def split(self, line: str, atom: Callable[[str], str]) -> str:
        """The line with each such sign as an atom: a piece of ready Markdown."""

        def said(found: re.Match[str]) -> str:
            in_link = line.count(_LINK, 0, found.start()) > line.count(_LINK_END, 0, found.start())
            return found[0] if in_link and found.lastgroup == "bare" else self._said(found[0], atom)

        return self.active.sub(said, line)

    def _said(self, text: str, atom: Callable[[str], str]) -> str:
        if len(text) == 1:
            return atom(self.escape(text))
        return "".join(c if c.isalnum() or c.isspace() or c < " " else atom(self.escape(c)) for c in text)

    def escape(self, sign: str) -> str:
        """One sign as it can stand in a line."""
        if sign in "<&":
            return {"<": "&lt;", "&": "&amp;"}[sign]
        return "\\" + sign if sign in self.backslash else f"&#{ord(sign)};"


def guard(pattern: str, backslash: str | None = None) -> ReservedSyntax:
    """A guard for a pattern."""
    compiled = re.compile(pattern, re.MULTILINE)
    return ReservedSyntax(compiled) if backslash is None else ReservedSyntax(compiled, backslash)


Quote = Callable[[str], str | None]
"""Code → the code as it is written between fences or backquotes; None when only HTML can say it."""


def same(code: str) -> str | None:
    """Code as it stands."""
    return code


_HUGO_CALL = re.compile(r"\{\{<((?:(?!\{\{|>\}\}).)*)>\}\}|\{\{%((?:(?!\{\{|%\}\}).)*)%\}\}", re.S)


def hugo_quote(code: str) -> str | None:
    """Hugo's own way to show a shortcode, `{{</* … */>}}`; None where a call is not closed or has a comment in it."""
    if "<!--more-->" in code:
        return None

    def quoted(found: re.Match[str]) -> str:
        sign, inside = ("<", found[1]) if found[1] is not None else ("%", found[2])
        return f"{{{{{sign}/*{inside}*/{'>' if sign == '<' else sign}}}}}"

    if not re.search(r"\{\{[<%]", code):
        return code
    rest = _HUGO_CALL.sub("", code)
    if re.search(r"\{\{[<%]", rest) or any("/*" in found[0] or "*/" in found[0] for found in _HUGO_CALL.finditer(code)):
        return None
    return _HUGO_CALL.sub(quoted, code)


def zola_quote(code: str) -> str | None:
    """Code without Zola's shortcodes; its own way to show one asks for a whole call, so all others are HTML."""
    return None if re.search(r"\{[{%]|<!-- *more *-->", code) else code


def html_signs(html: str) -> str:
    """HTML in which no generator finds a template: a brace before another sign of theirs is a character reference."""
    return re.sub(r"\{(?=[{%#<])", "&#123;", html)


# ---- templates that run over the whole text ------------------------------------------------------------------------

RAW, END_RAW = "{% raw %}", "{% endraw %}"
_BLANK_LINE = re.compile(r"(\n[ \t>]*\n)")
_CLOSING = re.compile(r"\}\}|%\}|#\}")


def liquid_raw(text: str, signs: str = "{%") -> str:
    """The text with all that Liquid would run between `raw` tags, which vanish before Markdown is read.

    No pair of tags goes over a blank line: Jekyll cuts an excerpt there. `signs` are those that open a tag after `{`.
    """
    opening = re.compile(rf"\{{[{re.escape(signs)}]")
    if not opening.search(text):
        return text
    return "".join(_raw(piece, opening) for piece in _BLANK_LINE.split(text))


def _raw(piece: str, opening: re.Pattern[str]) -> str:
    found = [*opening.finditer(piece)]
    if not found:
        return piece
    if "raw" in piece[found[0].start() :]:  # might end the tags that are put round it
        return opening.sub(lambda m: f"{RAW}{m[0]}{END_RAW}", piece)
    last = _CLOSING.search(piece, found[-1].end())
    start, end = found[0].start(), last.end() if last else found[-1].end()
    return f"{piece[:start]}{RAW}{piece[start:end]}{END_RAW}{piece[end:]}"


def liquid_read(text: str) -> str:
    """The inverse of `liquid_raw`."""
    return re.sub(r"\{% raw %\}(.*?)\{% endraw %\}", r"\1", text, flags=re.S)
