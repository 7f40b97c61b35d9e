"""Join the cells of grid tables (`+----+----+`), which pandoc writes for tables with blocks in their cells.

The lines of a cell are wrapped at the width of its column. In pandoc's Markdown, a longer run of markup (`]{.class}`)
is cut there: its first piece takes what is left over, and each further piece fills the column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Set

from ....model.facts import words
from .detect_markdown import is_markdown
from .dump import Dump
from .line import CELL, HEAD, ROW, TABLE, Line
from .pandoc import without_markup
from .scripts import cell_width

_BORDER = re.compile(r"[ \t]*\+(?:[-=:]{3,}\+)+[ \t]*\Z")
_LONGEST = 2000
_LAST_WORD, _FIRST_WORD = re.compile(r"[^\W\d_]+\Z"), re.compile(r"[^\W\d_]+")
_MARKUP = frozenset('[]{}"=;:*')


def joined_grids(dump: Dump) -> list[Line] | None:
    """Return the lines with each grid table as rows of pipes, or, in plain text, as one line."""
    if not any("+-" in line.text and _BORDER.match(line.text) for line in dump.lines):
        return None
    marked = dump.is_markdown or is_markdown(dump.lines)
    known = frozenset(words("\n".join(line.text for line in dump.lines if not line.text.startswith("|"))))
    out: list[Line] = []
    at = 0
    while at < len(dump.lines):
        end = _end(dump.lines, at)
        texts = [line.text for line in dump.lines[at:end]]
        rows, has_head = _rows(texts, known if marked else None) if texts else ([], False)
        if rows:
            number = dump.lines[at].number
            out += _as_pipes(rows, has_head, number) if marked else [_as_line(rows, has_head, number)]
        else:
            out.append(dump.lines[at])
        at = end if rows else at + 1
    return out


def _end(lines: list[Line], at: int) -> int:
    """Return the end of the grid that begins in a line; the same line if none does."""
    if "+" not in lines[at].text or not _BORDER.match(lines[at].text):
        return at
    end = at + 1
    while end < min(len(lines), at + _LONGEST) and lines[end].text.lstrip()[:1] in ("|", "+"):
        end += 1
    while end > at and not _BORDER.match(lines[end - 1].text):
        end -= 1
    return end if end - at > 2 else at


def _rows(texts: list[str], known: Set[str] | None) -> tuple[list[list[str]], bool]:
    """Return the cells of each row, and True if the first is a header; nothing if a cell spans rows or columns.

    `known` are the words of the text around a table in Markdown.
    """
    border = texts[0].strip()
    widths = [len(piece) for piece in border.strip("+").split("+")]
    rows: list[list[str]] = []
    current: list[list[str]] = [[] for _ in widths]
    has_head = False
    for text in texts[1:]:
        if _BORDER.match(text):
            if len(text.strip().strip("+").split("+")) != len(widths):
                return [], False
            rows.append([_joined(column, width - 2, known) for column, width in zip(current, widths, strict=True)])
            has_head |= "=" in text and len(rows) == 1
            current = [[] for _ in widths]
            continue
        pieces = _pieces(text.strip(), widths)
        if pieces is None:
            return [], False
        for column, piece in zip(current, pieces, strict=True):
            column.append(piece)
    return rows, has_head


def _pieces(text: str, widths: list[int]) -> list[str] | None:
    """Return a line's piece of each cell, or None if its bars are not at the columns' borders."""
    pieces: list[str] = []
    at = 1
    for width in widths:
        end, columns = at, 0
        while end < len(text) and columns < width:
            columns += cell_width(text[end])
            end += 1
        if text[end : end + 1] != "|" or not text[at].isspace():
            return None
        pieces.append(text[at + 1 : end].rstrip())
        at = end + 1
    return pieces if at == len(text) else None


def _joined(lines: Iterable[str], width: int, known: Set[str] | None) -> str:
    """Return a cell's text: wrapped lines with spaces between them, pieces of cut markup without."""
    if known is None:
        return " ".join(" ".join(lines).split())
    texts: list[str] = []
    above = ""
    for line in lines:
        if above and len(line) == width and _is_piece(texts[-1], above, line, width, known):
            texts[-1] += line
        else:
            texts.append(line)
        above = line
    return without_markup(texts)


def _is_piece(text: str, above: str, line: str, width: int, known: Set[str]) -> bool:
    """Return True if a line that fills its column goes on inside the word or attribute above."""
    if text.count("{") > text.count("}"):
        return True
    if above.startswith(":::"):
        return line.lstrip().startswith("{")
    if _MARKUP.isdisjoint(line) or " " in above:
        return False
    first, second = _LAST_WORD.search(above), _FIRST_WORD.match(line)
    if not first or not second or len(above) == width:
        return True
    return (first[0] + second[0]).casefold() in known or first[0].casefold() not in known


def _as_pipes(rows: list[list[str]], has_head: bool, number: int) -> list[Line]:
    texts = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    head = texts.pop(0) if has_head else "| " + " | ".join("" for _ in rows[0]) + " |"
    return [Line(text, number) for text in (head, "|" + "---|" * len(rows[0]), *texts)]


def _as_line(rows: list[list[str]], has_head: bool, number: int) -> Line:
    return Line(f"{TABLE}{HEAD if has_head else ''}{ROW.join(map(CELL.join, rows))}", number)
