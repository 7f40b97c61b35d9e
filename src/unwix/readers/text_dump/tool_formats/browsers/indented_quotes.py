"""Find quotes that a text browser shows by an indent only, and mark them as Markdown does.

From the column at which paragraphs begin, elinks, pandoc and inscriptis indent a quote by two columns, w3m by four, and
Debian's html2text by five.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ..detect_markdown import is_markdown
from ..dump import Dump
from ..line import Line

#: A shorter line can be a menu entry, a caption or a centered title.
_LONG = 60
#: The indents of quotes, from the column of the paragraphs, the minimum share of long lines in that column, and the
#: maximum number of paragraphs of a quote: more are a list whose marks the tool does not show.
_STEPS, _SHARE, _MOST_IN_A_ROW = (2, 4, 5), 0.6, 3
_FEW = 3
_INDENT = "  "
#: The format of Debian's html2text, whose headings look like Markdown.
_DEBIAN = "underscores in links"
_ITEM = re.compile(r"\s*(?:[*•·▪◦‣□○+o-]|\(?(?:\d{1,3}|[a-zA-Z])[.)])(?:\s|\Z)")
#: Columns of a table, and placeholders and marks of the tools.
_NO_QUOTE = re.compile(r"\S {3,}\S|\A\s*[\[(|+>#_=~<-]")


def with_signs(dump: Dump) -> list[Line] | None:
    """Return the lines with the sign `>` before each line of an indented quote; None if there is none."""
    if not any(line.text.startswith(_INDENT) for line in dump.lines):
        return None
    if _DEBIAN not in dump.formats and any("](" in line.text for line in dump.lines):
        return None  # Markdown, as below; this is the fast test
    column = _column(dump.lines)
    if column is None or not any(_may_be_quoted(line.text, column) for line in dump.lines):
        return None
    groups = list(_groups(dump.lines))
    quoted = _quotes(groups, column)
    if not quoted or (_DEBIAN not in dump.formats and (dump.is_markdown or is_markdown(dump.lines))):
        return None  # in Markdown, an indent is code
    out: list[Line] = []
    for n, group in enumerate(groups):
        if n in quoted:
            blank = Line("", group[0].number)
            out += [*([blank] if out and out[-1].text.strip() else []), *(_quoted(line) for line in group)]
            follows = n + 1 < len(groups) and groups[n + 1][0].text.strip()
            out += [Line("", group[-1].number)] if follows else []
        else:
            out += group
    return out


def _may_be_quoted(text: str, column: int) -> bool:
    return text.startswith(_INDENT) and _indent(text) - column in _STEPS and not _ITEM.match(text)


def _quoted(line: Line) -> Line:
    return Line(f"> {line.text.strip()}", line.number)


def _column(lines: list[Line]) -> int | None:
    """Return the column at which nearly all paragraphs begin, None if there is none."""
    columns = Counter(_indent(line.text) for line in lines if len(line.text) > _LONG and not _ITEM.match(line.text))
    if not columns:
        return None
    column, count = columns.most_common(1)[0]
    return column if count >= max(_FEW, _SHARE * columns.total()) else None


def _groups(lines: list[Line]) -> Iterator[list[Line]]:
    """Yield the lines with the same indent next to each other; a blank line is a group of its own."""
    group: list[Line] = []
    for line in lines:
        is_next = group and line.text.strip() and _indent(line.text) == _indent(group[-1].text)
        if is_next and group[-1].text.strip() and not _ITEM.match(line.text):
            group.append(line)
            continue
        if group:
            yield group
        group = [line]
    if group:
        yield group


def _quotes(groups: list[list[Line]], column: int) -> set[int]:
    """Return the indices of the groups that are quotes: between paragraphs, and not in a list."""
    filled = [n for n, group in enumerate(groups) if group[0].text.strip()]
    texts = [n for n in filled if _is_paragraph(groups[n], column)]
    if len(texts) < _FEW:
        return set()
    found: set[int] = set()
    indents: Counter[int] = Counter()
    for above, n, below in zip(filled, filled[1:], filled[2:], strict=False):
        first = groups[n][0].text
        indent = _indent(first) - column
        is_inside = texts[0] <= above and below <= texts[-1]
        if not is_inside or indent not in _STEPS or _ITEM.match(first):
            continue
        if column and not _stands_alone(groups, n):
            continue  # centered lines
        if any(_NO_QUOTE.search(line.text) for line in groups[n]) or _ITEM.match(groups[above][-1].text):
            continue
        if above in found or _indent(groups[above][0].text) <= column:
            found.add(n)
            indents[indent] += 1
    usual = indents.most_common(1)[0][0] if indents else 0
    found = {n for n in found if _indent(groups[n][0].text) - column == usual}
    return {n for row in _rows(filled, found) if len(row) <= _MOST_IN_A_ROW for n in row}


def _stands_alone(groups: list[list[Line]], n: int) -> bool:
    return not any(groups[near][0].text.strip() for near in (n - 1, n + 1))


def _rows(filled: list[int], found: set[int]) -> Iterator[list[int]]:
    """Yield the groups that were found, those next to each other together."""
    row: list[int] = []
    for n in filled:
        if n in found:
            row.append(n)
        elif row:
            yield row
            row = []
    if row:
        yield row


def _is_paragraph(group: list[Line], column: int) -> bool:
    has_text = any(len(line.text) > _LONG for line in group)
    return has_text and _indent(group[0].text) == column and not _ITEM.match(group[-1].text)


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" "))
