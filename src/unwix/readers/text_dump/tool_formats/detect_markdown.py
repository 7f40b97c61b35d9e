"""Detect dumps in Markdown, by signs that plain text does not contain by accident."""

from __future__ import annotations

import re
from itertools import pairwise

from .line import Line

RULE_LINE = re.compile(r"\s{0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})\Z")
#: The minimum number of signs: links or images, or headings and marks.
_A_LINK = re.compile(r"!\[[^\[\]]*\]\(|\]\(<?(?:https?:|mailto:|tel:|/|#|\.{1,2}/|\w[\w./-]*\.html?\b)", re.I)
_A_BOLD_LINE = re.compile(r"^[ \t]*(\*\*|__)[^\s*_](?:[^*\n]{0,200}[^\s*])?\1[ \t]*$", re.M)
_A_HEADING = re.compile(r"^[ \t]*#{1,6}[ \t]+\S|^[=-]{3,}[ \t]*$", re.M)
#: The title with the byline as a list below it; an author's own `# 1` is between paragraphs.
_A_HEADING_ABOVE_LIST = re.compile(r"^#{1,2}[ \t]+\S[^\n]*\n(?:[ \t]*\n){0,3}[ \t]*[*-][ \t]+\S", re.M)
_AN_AUTOLINK = re.compile(r"(?:^|(?<=[\s(]))<https?://[^\s<>]+>", re.M)
_A_TABLE = re.compile(r"^[ \t]*\|?[ \t]*:?-{3,}:?[ \t]*\|[-:| \t]*$|^[ \t]*<table[\s>]", re.I | re.M)
_A_MARK = re.compile(
    r"\*\*[^*\s]|(?<![\w*])\*[^*\s](?:[^*\n]*[^*\s])?\*(?![\w*])|</?u>|(?<!\w)_[^_\s][^_\n]*_(?!\w)|\\[-.!_*#+()\[\]]"
)
#: Italics and bold text between spaces; the underscores of a file name are inside a word.
_ITALICS = re.compile(r"(?<![\w*_/])_(?![\s_])[^_\n]{1,200}(?<!\s)_(?![\w*_/])")
_BOLD = re.compile(r"(?<![\w*_])\*\*(?=\w)[^*\n]{1,200}(?<=[\w.!?:])\*\*(?![\w*_])")
_LEAST_ITALICS = 2
#: A character that only a tool escapes; a path or a formula has letters behind the backslash.
_ESCAPED = re.compile(r"(?<![\\\w])\\[\[\]*_#](?=\S)|(?<=\w)\\_(?=\w)|(?<=\w)\\\]|^\s*(?:\d+\\[.)]|\\[-+])\s", re.M)
UNDERLINED = re.compile(r"\s{0,3}(=+|-+)\s*\Z")


def is_markdown(lines: list[Line]) -> bool:
    """Return True if a dump is Markdown: it has links or images, or headings and marks."""
    text = "\n".join(line.text for line in lines)
    return (
        ("](" in text and _A_LINK.search(text) is not None)
        or (_A_HEADING.search(text) is not None and _has_mark(lines))
        or ("#" in text and _A_HEADING_ABOVE_LIST.search(text) is not None)
        or ("<http" in text and _AN_AUTOLINK.search(text) is not None)
        or (("**" in text or "__" in text) and _A_BOLD_LINE.search(text) is not None)
        or (("|" in text or "<" in text) and _A_TABLE.search(text) is not None)
        or ("**" in text and _BOLD.search(text) is not None)
        or (text.count("_") >= 2 * _LEAST_ITALICS and len(_ITALICS.findall(text)) >= _LEAST_ITALICS)
        or any(_is_underlined(above.text, below.text) for above, below in pairwise(lines))
    )


def has_mark(lines: list[Line]) -> bool:
    """Return True if a text has a single sign of Markdown: an escaped character, italics or bold text."""
    text = "\n".join(line.text for line in lines)
    return any(
        sign in text and pattern.search(text) is not None
        for sign, pattern in (("\\", _ESCAPED), ("_", _ITALICS), ("**", _BOLD))
    )


def _has_mark(lines: list[Line]) -> bool:
    return any(
        _A_MARK.search(line.text) or (RULE_LINE.match(line.text) and not above.text.strip())
        for above, line in pairwise(lines)
        if any(sign in line.text for sign in "*_\\<-")
    )


def _is_underlined(above: str, below: str) -> bool:
    """Return True if a row of `=` or `-` is as long as the line above, as tools write them."""
    under = UNDERLINED.match(below) if below[:1] in ("=", "-") else None
    return under is not None and len(under[1]) > 2 and len(under[1]) == len(above.strip())
