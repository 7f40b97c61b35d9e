"""Represent a line of text as flat pieces with their marks, cleaned up as a careful editor would.

Wix splits words over adjacent spans, begins bold text with a space, and inserts zero-width and no-break spaces without
meaning. Readers collect `Run`s as they are; `tidy` cleans them; `inline_elements` builds article elements.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from ...model.article import Element, append, element
from ...web.text_cleaning import clean

STRONG, EM, STRIKE, UNDERLINE, SUP, SUB, CODE = (1 << n for n in range(7))
#: The element for each mark, in nesting order from the outermost.
MARKS: tuple[tuple[int, str], ...] = (
    (STRONG, "strong"),
    (EM, "em"),
    (STRIKE, "s"),
    (UNDERLINE, "u"),
    (SUP, "sup"),
    (SUB, "sub"),
    (CODE, "code"),
)


_WEIGHT = STRONG | EM


class Run(NamedTuple):
    """A piece of text with uniform marks; a line feed in the text is a line break."""

    text: str
    marks: int = 0
    href: str | None = None
    image: Element | None = None
    """An image in the line, instead of text."""


_NOTHING = Run("")
#: Without single quotes, because `’` is also an apostrophe.
_CLOSING_OF = {pair[0]: pair[1] for pair in ("“”", "„“", "«»", "()", "[]", "「」", "『』", "（）", "《》", '""')}
_OPENING_OF = {closing: opening for opening, closing in _CLOSING_OF.items()}
_CLOSING = re.compile(f"(?<=\\S)([{re.escape(''.join(_OPENING_OF))}])[.,:;!?…]*\\Z")


_INNER = re.compile(r"(?<=(\S))(?:\s{2,}|[^\S ])(?=(\S))")
_MEANT_BEFORE = frozenset(":;!?»”%€")
_MEANT_AFTER = frozenset("«“")


def _space(blank: str, before: str, after: str, joint: bool = True) -> str:
    """Return the replacement for white space between two characters; `joint`: both are in the same piece of text.

    A no-break space is kept before and after French punctuation, and between a number and its unit.
    """
    breaks = blank.count("\n")
    if breaks:
        return "\n" * min(breaks, 2)
    if blank == "\xa0":
        meant = before in _MEANT_AFTER or after in _MEANT_BEFORE or (joint and before.isdigit())
        return "\xa0" if meant and before and after else " "
    if "\u3000" in blank:
        return "\u3000"
    return blank if blank in ("\u202f", "\u2009") else " "


def tidy(runs: Iterable[Run]) -> list[Run]:
    """Return the line with single, trimmed white space outside of the marks, and with equal neighbours joined."""
    pieces: list[Run] = []
    for run in runs:
        if run.image is not None:
            pieces.append(run)
            continue
        text = run.text
        plain = text.isprintable()  # nothing to clean up, and no white space but spaces
        if plain and text and text[0] != " " != text[-1] and "  " not in text:
            pieces.append(run)
            continue
        if not plain:
            text = clean(text)
        left = text.lstrip()
        core = left.rstrip()
        if lead := text[: len(text) - len(left)]:
            pieces.append(Run(lead))
        if core:
            even = core if plain and "  " not in core else _INNER.sub(lambda m: _space(m[0], m[1], m[2]), core)
            pieces.append(Run(even, run.marks, run.href))
        if trail := left[len(core) :]:
            pieces.append(Run(trail))
    pieces = _without_blank_ends(pieces)
    if len(pieces) == 1:
        return _unmark_punctuation(pieces)  # most lines have one piece
    return _join(_unmark_punctuation(_whole_quotes(_join(_settle_spaces(pieces)))))


def _without_blank_ends(pieces: list[Run]) -> list[Run]:
    first, end = 0, len(pieces)
    while end and _is_blank(pieces[end - 1]):
        end -= 1
    while first < end and _is_blank(pieces[first]):
        first += 1
    return pieces[first:end]


def _is_blank(piece: Run) -> bool:
    return piece.image is None and piece.text.isspace()


def _settle_spaces(pieces: list[Run]) -> list[Run]:
    """Join adjacent white space, and give it the marks that both neighbours have."""
    out: list[Run] = []
    blank = ""
    for piece in pieces:
        if _is_blank(piece):
            blank += piece.text
            continue
        if blank and out:
            last = out[-1]
            space = _space(blank, last.text[-1:], piece.text[:1], joint=last[1:3] == piece[1:3])
            shared = last.marks & piece.marks if "\n\n" not in space else 0
            if last[1:3] != piece[1:3]:
                shared &= ~CODE  # a single space is not code
            href = last.href if last.href == piece.href and "\n\n" not in space else None
            out.append(Run(space, shared, href))
        blank = ""
        out.append(piece)
    return out


def _whole_quotes(pieces: list[Run]) -> list[Run]:
    """Remove bold and italics from one of a pair of quotes or brackets if the other one has none.

    `“_word”_` becomes `“_word_”`: the author selected the word and one quote with it.
    """
    out: list[Run] = []
    for n, piece in enumerate(pieces):
        before, after = out[-1] if out else _NOTHING, pieces[n + 1] if n + 1 < len(pieces) else _NOTHING
        if piece.image is None and piece.marks & _WEIGHT & ~before.marks and (end := _CLOSING.search(piece.text)):
            opening, inside = _OPENING_OF[end[1]], piece.text[: end.start()]
            if before.text.endswith(opening) and opening not in inside:
                out += [piece._replace(text=inside), _unweighted(piece, end[0], before)]
                continue
        if piece.image is None and piece.marks & _WEIGHT & ~after.marks and piece.text[0] in _CLOSING_OF:
            closing, inside = _CLOSING_OF[piece.text[0]], piece.text[1:]
            if after.text.startswith(closing) and closing not in inside and inside:
                out += [_unweighted(piece, piece.text[0], after), piece._replace(text=inside)]
                continue
        out.append(piece)
    return out


def _unweighted(piece: Run, sign: str, neighbour: Run) -> Run:
    return piece._replace(text=sign, marks=piece.marks & (neighbour.marks | ~_WEIGHT))


def _unmark_punctuation(pieces: list[Run]) -> list[Run]:
    """Remove bold and italics from a full stop or a dash that has them alone, where they are invisible."""
    for n, piece in enumerate(pieces):
        if piece.marks & _WEIGHT and piece.image is None and not any(c.isalnum() for c in piece.text):
            around = (pieces[n - 1].marks if n else 0) | (pieces[n + 1].marks if n + 1 < len(pieces) else 0)
            pieces[n] = piece._replace(marks=piece.marks & (around | ~_WEIGHT))
    return pieces


def _join(pieces: list[Run]) -> list[Run]:
    out: list[Run] = []
    for piece in pieces:
        if out and piece.image is None and out[-1].image is None and out[-1][1:3] == piece[1:3]:
            out[-1] = out[-1]._replace(text=out[-1].text + piece.text)
        else:
            out.append(piece)
    return out


def text_alone(run: Run) -> str:
    """Return the text of a run that is a whole paragraph without marks and breaks, as most are, or an empty text."""
    text, marks, href, image = run
    is_plain = not marks and href is None and image is None and "\n" not in text and text == text.strip()
    return text if is_plain else ""


def split_paragraphs(runs: Sequence[Run]) -> list[list[Run]]:
    """Split the line at double line breaks, by which authors mean a new paragraph."""
    out: list[list[Run]] = [[]]
    for run in runs:
        if run.text == "\n\n":
            out.append([])
        elif "\n\n" in run.text:
            first, *rest = run.text.split("\n\n")
            out[-1].append(run._replace(text=first))
            out.extend([run._replace(text=part)] for part in rest)
        else:
            out[-1].append(run)
    return [part for part in (_trim(p) for p in out) if part]


def _trim(runs: list[Run]) -> list[Run]:
    """Remove empty pieces, and white space at both ends."""
    runs = [r for r in runs if r.text or r.image is not None]
    while runs and runs[0].image is None and not runs[0].text.strip():
        runs = runs[1:]
    while runs and runs[-1].image is None and not runs[-1].text.strip():
        runs = runs[:-1]
    if runs and runs[0].image is None and runs[0].text[0].isspace():
        runs[0] = runs[0]._replace(text=runs[0].text.lstrip())
    if runs and runs[-1].image is None and runs[-1].text[-1].isspace():
        runs[-1] = runs[-1]._replace(text=runs[-1].text.rstrip())
    return runs


def one_line(runs: Iterable[Run]) -> list[Run]:
    """Replace line breaks by spaces: headings have none in Markdown."""
    return [r._replace(text=re.sub(r"\n+", " ", r.text)) for r in runs]


def inline_elements(runs: Sequence[Run]) -> list[Element | str]:
    """Return article elements for tidy runs: the longest mark is the outermost, a link before a style."""
    out: list[Element | str] = []
    runs = list(runs)
    at = 0
    while at < len(runs):
        run = runs[at]
        if run.image is None and run.text[:1].isspace() and out and not isinstance(out[-1], str):
            # Where marks overlap, a space has those of both sides, and is the first character of one of them.
            core = run.text.lstrip()
            out.extend(_with_breaks(run.text[: len(run.text) - len(core)]))
            run = run._replace(text=core)
            runs[at] = run
            if not core:
                at += 1
                continue
        if run.href is None and run.marks in (0, CODE):  # code is always the innermost: it contains nothing but text
            tag = "code" if run.marks else None
            out.extend([run.image] if run.image is not None else _with_breaks(run.text, tag))
            at += 1
            continue
        end, mark, tag = _outermost(runs, at)
        inside = runs[at:end]
        if mark:
            content = inline_elements([r._replace(marks=r.marks & ~mark) for r in inside])
            # Where a link divides marked text, a full stop may be left alone with the mark.
            alone = mark & _WEIGHT and not any(c.isalnum() for r in inside for c in r.text)
            out.extend(content if alone else [element(tag, *content)])
        else:
            out.append(element(tag, *inline_elements([r._replace(href=None) for r in inside]), href=run.href))
        at = end
    return _joined_code(out)


def _outermost(runs: Sequence[Run], at: int) -> tuple[int, int, str]:
    """Return the end of the link or mark that begins at a run and reaches furthest, its bit (0: a link) and its tag."""
    run = runs[at]
    end, mark, tag = at, 0, ""
    if run.href is not None:
        end, tag = _reach(runs, at, lambda r: r.href == run.href), "a"
    for bit, name in MARKS:
        if run.marks & bit & ~CODE:
            # An underline is seldom written and must not split other marks, so it is the innermost.
            only = UNDERLINE | CODE if bit == UNDERLINE else ~0
            far = _reach(runs, at, lambda r, bit=bit, only=only: bool(r.marks & bit) and not r.marks & ~only)  # type: ignore[misc]
            if far > end:
                end, mark, tag = far, bit, name
    return end, mark, tag


def _joined_code(items: list[Element | str]) -> list[Element | str]:
    """Return the items with adjacent `<code>` elements joined: Markdown cannot write two next to each other."""
    out: list[Element | str] = []
    for item in items:
        last = out[-1] if out else ""
        if not isinstance(item, str) and not isinstance(last, str) and item.tag == last.tag == "code":
            last.text = (last.text or "") + (item.text or "")
        else:
            out.append(item)
    return out


def _reach(runs: Sequence[Run], at: int, has: Callable[[Run], bool]) -> int:
    while at < len(runs) and has(runs[at]):
        at += 1
    return at


def _with_breaks(text: str, tag: str | None = None) -> Iterable[Element | str]:
    """Return the lines of a text, each in an element if it has a tag, and `<br>` between them."""
    for number, part in enumerate(text.split("\n")):
        if number:
            yield element("br")
        if part:
            yield element(tag, part) if tag else part


def text_element(tag: str, runs: Sequence[Run], **attributes: str | None) -> Element:
    """Return an element of the vocabulary with the content of tidy runs."""
    inline_element = element(tag, **attributes)
    append(inline_element, inline_elements(runs))
    return inline_element
