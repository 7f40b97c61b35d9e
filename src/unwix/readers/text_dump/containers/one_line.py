"""Split byline, title and counters from a text that a tool printed on the same line, if the title is stated.

Article extractors print a short post as `Ann Stone May 4, 2023 1 min read Ten books Updated: May 9, 2023 The text … 3
views0 comments`. A whole page on one line, with its menu, stays unchanged: nothing shows where its post begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ....web.printed_dates import printed_date
from ....wix.ui_texts.match import classify, updated_date
from ..head.names import name_shape
from ..lines import size
from ..tool_formats.line import Line
from .part import Part

#: A page on one line, with what Wix prints at its edges.
_LONGEST_LINE = 500
_GLUED_EDGES = ("top of page", "bottom of page", "use tab to navigate through the menu items")
#: A line from one edge of a page to the other.
_GLUED_PAGE = re.compile(r"\A\W*top of page.*bottom of page\W*\Z", re.I | re.S)
_SHORTEST_PAGE = 120
#: A longer text has several lines, and its head is in them.
_MOST_LINES = 40
#: The maximum number of characters before the title: a name, a date and the minutes.
_LONGEST_HEAD = 160
_MOST_WORDS_OF_DATE, _MOST_WORDS_OF_NAME, _MOST_WORDS_OF_TEXT = 7, 5, 9
_MOST_WORDS_OF_BYLINE = 18
_ENDS = frozenset({"counters", "views", "comments", "like", "commenting_off", "write_comment", "edge"})
#: `27 июл. 2023 г.`
_ABBREVIATED_YEAR = re.compile(r"[^\W\d]\.\Z")
_NO_NAME = re.compile(r"[\d:!?…/|#©<>{}\[\]]")


def has_glued_page(texts: Iterable[str]) -> bool:
    """Return True if one of the lines is a whole page: nothing shows where its menu ends and its post begins."""
    return any(
        size(text) > (_SHORTEST_PAGE if _GLUED_PAGE.search(text) else _LONGEST_LINE)
        and any(edge in text.lower() for edge in _GLUED_EDGES)
        for text in texts
    )


def take_apart(part: Part) -> Part:
    """Return the part with the byline, the title and the counters of a one-line text on lines of their own."""
    filled = [n for n, line in enumerate(part.lines) if line.text.strip()]
    if not part.stated.title or not filled or len(filled) > _MOST_LINES:
        return part
    head = _head(part.lines[filled[0]].text, part.stated.title, part.stated.language)
    if head is None:
        return part
    first, last = filled[0], filled[-1]
    if last == first:
        body, tail = _tail(head[-1], part.stated.categories)
        head[-1:] = [body, *tail]
    else:
        body, tail = _tail(part.lines[last].text, part.stated.categories)
        part.lines[last : last + 1] = _apart([body, *tail], part.lines[last].number)
    part.lines[first : first + 1] = _apart(head, part.lines[first].number)
    return part


def _apart(texts: Sequence[str], number: int) -> list[Line]:
    """Return lines with these texts and blank lines between them, all with the same number."""
    return [Line(text, number) for piece in texts if piece.strip() for text in ("", piece.strip())]


def _head(text: str, title: str, language: str | None) -> list[str] | None:
    """Return the byline, the title and the text of a line that begins with all three, else None."""
    title_pattern = re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, title.split())) + r"(?!\w)", re.I)
    match = title_pattern.search(text, 0, _LONGEST_HEAD + len(title))
    if match is None or match.start() > _LONGEST_HEAD:
        return None
    above = _byline(text[: match.start()].split(), language)
    if above is None:
        return None
    below, rest = ([], text[match.end() :]) if above else _byline_below(text[match.end() :], language)
    updated, rest = _update(rest, language)
    below += updated
    if not rest.strip() or not any(map(_is_of_wix, (*above, *below))):
        return None
    return [*above, text[match.start() : match.end()], *below, rest]


def _is_of_wix(piece: str) -> bool:
    interface_text = classify(piece)
    return interface_text is not None and interface_text.kind in ("minutes", "updated")


def _byline(words: list[str], language: str | None) -> list[str] | None:
    """Return the author, the date and the minutes in these words, or None if they are anything else."""
    pieces: list[str] = []
    languages = [language] if language else []
    for count in range(1, min(_MOST_WORDS_OF_DATE, len(words)) + 1):  # the year before it is not part of the number
        interface_text = classify(" ".join(words[-count:]))
        if interface_text is not None and interface_text.kind == "minutes":
            pieces.insert(0, " ".join(words[-count:]))
            words = words[:-count]
            languages += sorted(interface_text.languages)
            break
    for count in range(min(_MOST_WORDS_OF_DATE, len(words)), 0, -1):
        if _is_date(" ".join(words[-count:]), languages or ["en"]):
            pieces.insert(0, " ".join(words[-count:]))
            words = words[:-count]
            break
    name = " ".join(words)
    if not words:
        return pieces
    is_name = "@" in name or (not _NO_NAME.search(name) and name_shape(name) > 0)
    return [name, *pieces] if is_name and len(words) <= _MOST_WORDS_OF_NAME and pieces else None


def _byline_below(text: str, language: str | None) -> tuple[list[str], str]:
    """Return the byline at the beginning of a text, up to its minutes, and the text after it."""
    words = text.split(maxsplit=_MOST_WORDS_OF_BYLINE)
    for end in range(2, len(words)):
        for count in range(2, min(_MOST_WORDS_OF_DATE, end) + 1):
            interface_text = classify(" ".join(words[end - count : end]))
            if interface_text is not None and interface_text.kind == "minutes":
                byline = _byline(words[:end], language)
                languages = [*([language] if language else ["en"]), *sorted(interface_text.languages)]
                has_date = byline is not None and len(byline) > 1 and _is_date(byline[-2], languages)
                return (byline or [], " ".join(words[end:])) if has_date else ([], text)
    return [], text


def _update(text: str, language: str | None) -> tuple[list[str], str]:
    """Return the update at the beginning of a text, and the text after it."""
    words = text.split(maxsplit=_MOST_WORDS_OF_TEXT)
    for year in (True, False):
        for count in range(2, min(_MOST_WORDS_OF_TEXT, len(words)) + 1):
            piece = " ".join(words[:count])
            interface_text = classify(piece)
            date = updated_date(piece) if interface_text is not None and interface_text.kind == "updated" else None
            languages = [language or "en", *sorted(interface_text.languages if interface_text else ())]
            if date and _is_date(date, languages, year):
                end = count + (len(words) > count and bool(_ABBREVIATED_YEAR.match(words[count])))
                return [" ".join(words[:end])], " ".join(words[end:])
    return [], text


def _tail(text: str, categories: Sequence[str]) -> tuple[str, list[str]]:
    """Return a text without the counters at its end, and the counters; a stated category above them is removed too."""
    tail = [*_ends(text.split())][::-1]
    for piece in reversed(tail):
        text = re.sub(rf"{re.escape(piece)}\s*\Z", "", text.rstrip()) if piece in text else text
    text = text.rstrip()
    while tail and (name := next((one for one in categories if re.search(rf"\s{re.escape(one)}\Z", text)), None)):
        text = text[: -len(name)].rstrip()
        tail.insert(0, name)
    return text, tail


def _ends(words: list[str]) -> Iterator[str]:
    """Yield what Wix prints after a body at the end of these words, the last one first."""
    while words:
        for count in range(min(_MOST_WORDS_OF_TEXT, len(words)), 0, -1):
            interface_text = classify(" ".join(words[-count:]))
            if interface_text is not None and interface_text.kind in _ENDS:
                yield " ".join(words[-count:])
                words = words[:-count]
                break
        else:
            return


def _is_date(text: str, languages: Sequence[str], year: bool = False) -> bool:
    return any(c.isdigit() for c in text) and any(printed_date(text, one, year=year) for one in languages)
