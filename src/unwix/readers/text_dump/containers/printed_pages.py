"""Remove the headers and footers of a printed page from the text that `pdftotext` and others make of a PDF.

Browsers print the date and `<title>` above each sheet, and its URL and number below it; a form feed ends the sheet.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from ..tool_formats.line import Line
from .fields import instant_in, url_in
from .part import Stated

_FEED = "\f"
_DIGITS = re.compile(r"\d+")
_URL = re.compile(r"https?://\S+")
#: `1/5/24, 10:11 AM   The title | Site`
_HEADER = re.compile(
    r"\s*(?P<day>\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\.?),?\s+\d{1,2}[:.]\d\d(?:\s*[AP]\.?M\.?)?\s+(?P<title>\S.*?)\s*\Z",
    re.I,
)
_NUMBER = re.compile(r"\s*(?:\S+\s+)?\d{1,4}\s*(?:/|of|von|de|sur|di|van|из)\s*\d{1,4}\s*\Z", re.I)
#: At most so many lines at each edge of a sheet; a line recurs if it does on so large a share of the sheets.
_EDGE, _SHARE = 3, 0.6
_WHERE = "the header and footer of the printed pages"
_Removed = list[tuple[int, str, str]]


def without_sheets(lines: list[Line]) -> tuple[list[Line], Stated, _Removed] | None:
    """Return the lines without headers, footers and page breaks, what they state, and the removed lines.

    Return None for a text that is not of a print: no line recurs at the edges of its sheets.
    """
    sheets = _sheets(lines)
    if len(sheets) < 2:
        return None
    edges = [_edge_lines(lines, *sheet) for sheet in sheets]
    counts = Counter(form for edge in edges for form in {_form(lines[n].text) for n in edge})
    recurring = {n for edge in edges for n in edge if counts[_form(lines[n].text)] >= max(2, _SHARE * len(sheets))}
    printed = {n for n in recurring if _HEADER.match(lines[n].text.replace(_FEED, "")) or _URL.search(lines[n].text)}
    if not printed:
        return None
    recurring = printed | {n for n in recurring if _NUMBER.match(lines[n].text)}
    stated = Stated(where=_WHERE)
    removed: _Removed = []
    for n in sorted(recurring):
        text = lines[n].text.replace(_FEED, "")
        removed.append((lines[n].number, "header or footer of a printed page", text.strip()))
        if header := _HEADER.match(text):
            stated.title = stated.title or header["title"]
            stated.saved = stated.saved or instant_in(header["day"])
        elif (url := _URL.search(text)) and "…" not in url[0] and not url[0].endswith("..."):
            stated.url = stated.url or url_in(url[0])
    return _joined(lines, sheets, recurring), stated, removed


def _sheets(lines: list[Line]) -> list[tuple[int, int]]:
    """Return the start and end of each sheet; a form feed begins the line that is the first of the next sheet."""
    starts = [0, *(n for n, line in enumerate(lines) if n and _FEED in line.text), len(lines)]
    return [(start, end) for start, end in pairwise(starts) if any(_text(line) for line in lines[start:end])]


def _edge_lines(lines: list[Line], start: int, end: int) -> list[int]:
    filled = [n for n in range(start, end) if _text(lines[n])]
    return [*filled[:_EDGE], *filled[_EDGE:][-_EDGE:]]


def _text(line: Line) -> str:
    return line.text.replace(_FEED, "").strip()


def _form(text: str) -> str:
    return " ".join(_DIGITS.sub("0", text.replace(_FEED, "")).split())


def _joined(lines: list[Line], sheets: list[tuple[int, int]], removed: set[int]) -> list[Line]:
    """Return the lines that stay; a paragraph that goes on after a page break has no blank line in it."""
    out: list[Line] = []
    for start, end in sheets:
        own = [
            Line(line.text.replace(_FEED, ""), line.number)
            for n, line in enumerate(lines[start:end], start)
            if n not in removed
        ]
        while own and not own[0].text.strip():
            own.pop(0)
        while own and not own[-1].text.strip():
            own.pop()
        goes_on = bool(out and own) and own[0].text.strip()[:1].islower()
        out += [*([] if goes_on or not out else [Line("", start)]), *own]
    return out
