"""Remove the headers and footers of a printed page from the text that `pdftotext` and others make of a PDF.

Browsers print the date and `<title>` above each sheet, and its URL and number below it; a form feed ends the sheet.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from ..tool_formats.line import Line
from ..tool_formats.rewrap import begins, joined
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
_STAMP = re.compile(r"\s*\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\.?,?\s+\d{1,2}[:.]\d\d(?:\s*[AP]\.?M\.?)?\s*\Z", re.I)
_NUMBER = re.compile(r"\s*(?:\S+\s+)?\d{1,4}\s*(?:/|of|von|de|sur|di|van|из)\s*\d{1,4}\s*\Z", re.I)
#: At most so many lines at each edge of a sheet; a line recurs if it does on so large a share of the sheets.
_EDGE, _SHARE = 3, 0.6
#: Between texts next to each other, and the longest of them: a longer one is a justified line.
_COLUMNS, _LONGEST_PIECE = re.compile(r"\s{3,}"), 40
#: A line of this share of the width of the wide lines has room for no more words.
_FULL, _QUANTILE = 0.75, 0.9
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
    recurring = {n for n in recurring if _is_printed(lines, edges, n)}
    if not any(_HEADER.match(_text(lines[n])) or _STAMP.match(_text(lines[n])) for n in recurring):
        return None
    stated = Stated(where=_WHERE)
    removed: _Removed = []
    for n in sorted(recurring):
        text = _text(lines[n])
        removed.append((lines[n].number, "header or footer of a printed page", text))
        header = _HEADER.match(text) if not _STAMP.match(text) else None
        if header:
            stated.title = stated.title or header["title"]
            stated.saved = stated.saved or instant_in(header["day"])
        elif (url := _URL.search(text)) and "…" not in url[0] and not url[0].endswith("..."):
            stated.url = stated.url or url_in(url[0])
        elif not (_STAMP.match(text) or _NUMBER.match(text) or url):
            stated.title = stated.title or text
    return _joined(lines, sheets, recurring), stated, removed


def _is_printed(lines: list[Line], edges: list[list[int]], n: int) -> bool:
    """Return True for a date and time, a URL, a number, and for the title next to a date and time."""
    text = _text(lines[n])
    if _HEADER.match(text) or _STAMP.match(text) or _URL.search(text) or _NUMBER.match(text):
        return True
    return any(above in edge and _STAMP.match(_text(lines[above])) for edge in edges for above in [_above(edge, n)])


def _above(edge: list[int], n: int) -> int:
    return edge[edge.index(n) - 1] if n in edge[1:] else -1


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
        kept = [n for n in range(start, end) if n not in removed]
        own = [piece for n in kept for piece in _pieces(Line(lines[n].text.replace(_FEED, ""), lines[n].number))]
        while own and not own[0].text:
            own.pop(0)
        while own and not own[-1].text:
            own.pop()
        goes_on = bool(out and own) and own[0].text[:1].islower()
        out += [*([] if goes_on or not out else [Line("", lines[start].number)]), *own]
    return _paragraphs(out)


def _pieces(line: Line) -> list[Line]:
    """Return the texts that stand next to each other in a line, such as a byline or a menu, else the line."""
    text = line.text.strip()
    texts = _COLUMNS.split(text)
    if len(texts) > 1 and all(len(piece) <= _LONGEST_PIECE and not piece[:1].islower() for piece in texts):
        return [Line(piece, line.number) for piece in texts]
    return [Line(" ".join(text.split()), line.number)]


def _paragraphs(lines: list[Line]) -> list[Line]:
    """Return each paragraph as one line; the widths of a print's lines differ, because its letters do."""
    widths = sorted(len(line.text) for line in lines if line.text)
    full = _FULL * widths[int(len(widths) * _QUANTILE)] if widths else 0
    out: list[Line] = []
    width = 0
    for line in lines:
        above = out[-1].text if out else ""
        if above and line.text and width >= full and not begins(line.text):
            out[-1] = Line(joined(above, line.text), out[-1].number)
        else:
            out.append(line)
        width = len(line.text)
    return out
