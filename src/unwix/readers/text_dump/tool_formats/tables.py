"""Join tables in Markdown to one line each: rows of pipes, and HTML tables that tools leave unchanged.

html2text writes rows without outer pipes, trafilatura without the delimiter row; Turndown and Jina Reader keep the HTML
of a table without a header row, as all of Wix's are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

import lxml.html

from ....model.article import Element, element
from ....model.facts import words
from ...article_building.inline_runs import inline_elements, one_line, tidy
from .line import CELL, HEAD, ROW, TABLE, Line
from .markdown import decode

_DASHES = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*\Z")
_ROW = re.compile(r"\s*\|.*\|\s*\Z")
_PIPE = re.compile(r"(?<!\\)\|")
_HTML = re.compile(r"\s*<table[\s>]", re.I)
_HTML_END = "</table>"
_LONGEST = 400
_SIGNS = {"strong": "**", "b": "**", "em": "*", "i": "*"}
_Rows = list[list[str]]


def joined_tables(lines: Sequence[Line], encode: Callable[[str], str]) -> list[Line]:
    """Return the lines with each table joined; `encode` encodes the Markdown of a cell."""
    out: list[Line] = []
    at = 0
    while at < len(lines):
        rows, head, end = _table_at(lines, at)
        if end > at:
            encoded = ROW.join(CELL.join(encode(cell) for cell in row) for row in rows)
            out.append(Line(f"{TABLE}{HEAD if head else ''}{encoded}", lines[at].number))
        else:
            out.append(lines[at])
        at = max(end, at + 1)
    return out


def _table_at(lines: Sequence[Line], at: int) -> tuple[_Rows, bool, int]:
    """Return the rows of the table that begins in a line, whether the first is its header, and the end of the table."""
    text = lines[at].text
    if "|" not in text and "<" not in text:
        return [], False, at
    if _HTML.match(text):
        return _html_table(lines, at)
    if "|" not in text:
        return [], False, at
    dashes = lines[at + 1].text if at + 1 < len(lines) else ""
    head = _cells(text)
    has_dashes = "|" in dashes and bool(_DASHES.match(dashes)) and len(_cells(dashes)) == len(head)
    if not has_dashes and not (_ROW.match(text) and _ROW.match(dashes) and len(_cells(dashes)) == len(head) > 1):
        return [], False, at
    end = at + 2 if has_dashes else at + 1
    rows = [head]
    while (
        end < min(len(lines), at + _LONGEST) and "|" in lines[end].text and (has_dashes or _ROW.match(lines[end].text))
    ):
        rows.append(_cells(lines[end].text)[: len(head)])
        if len(cells := _cells(lines[end].text)) > len(head):
            rows[-1][-1] = "|".join(cells[len(head) - 1 :])
        end += 1
    if len(rows) < 2 or len(head) < 2:
        return [], False, at
    if not any(head):
        return rows[1:], False, end
    return rows, has_dashes or all(cell.startswith("**") for cell in head if cell), end


def _cells(text: str) -> list[str]:
    text = text.strip()
    text = text[1:] if text.startswith("|") else text
    text = text[:-1] if text.endswith("|") and not text.endswith("\\|") else text
    return [cell.strip() for cell in _PIPE.split(text)]


def _html_table(lines: Sequence[Line], at: int) -> tuple[_Rows, bool, int]:
    last = min(len(lines), at + _LONGEST)
    end = next((n for n in range(at, last) if _HTML_END in lines[n].text.lower()), None)
    if end is None or lines[end].text.lower().partition(_HTML_END)[2].strip():
        return [], False, at
    table = lxml.html.fragment_fromstring(" ".join(line.text for line in lines[at : end + 1]), create_parent="div")
    cells = [list(row.iter("td", "th")) for row in table.iter("tr")]
    if Counter(words(" ".join(table.itertext()))) != Counter(
        word for row in cells for cell in row for word in words(" ".join(cell.itertext()))
    ):
        return [], False, at  # a table inside another one, or text outside of cells
    rows = [[" ".join(_markdown(cell).split()) for cell in row] for row in cells]
    rows = [row for row in rows if any(row)]
    has_head = len(rows) > 1 and next(table.iter("th"), None) is not None
    return (rows, has_head, end + 1) if rows else ([], False, at)


def _markdown(node: Element) -> str:
    """Return the Markdown of a cell: words, bold and italic text, links and images."""
    if node.tag == "img":
        return f"![{node.get('alt') or ''}]({node.get('src') or ''})"
    own = _escaped(node.text or "") + "".join(_markdown(child) + _escaped(child.tail or "") for child in node)
    if node.tag in ("p", "div", "br", "li"):
        return f" {own} "
    if node.tag == "a" and node.get("href") and own.strip():
        return f"[{own}]({node.get('href')})"
    mark = _SIGNS.get(str(node.tag), "") if own.strip() else ""
    return f"{mark}{own.strip()}{mark}" if mark else own


def _escaped(text: str) -> str:
    return re.sub(r"([\\*_`\[\]<])", r"\\\1", text)


def table_element(text: str) -> Element:
    """Return the table in a line of `joined_tables`."""
    has_head = text.startswith(TABLE + HEAD)
    rows = [row.split(CELL) for row in text.strip().removeprefix(TABLE).removeprefix(HEAD).split(ROW)]
    width = max(map(len, rows))
    row_elements = [
        _row(row + [""] * (width - len(row)), "th" if has_head and n == 0 else "td") for n, row in enumerate(rows)
    ]
    return element(
        "table", element("thead", row_elements.pop(0)) if has_head else None, element("tbody", *row_elements)
    )


def _row(cells: Sequence[str], tag: str) -> Element:
    return element("tr", *(element(tag, *inline_elements(one_line(tidy(decode(cell))))) for cell in cells))
