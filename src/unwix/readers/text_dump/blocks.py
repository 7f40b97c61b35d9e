"""Paragraphs, headings, lists and quotes of a text dump's body, detected by shape and the empty lines around them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ...model.article import Element, element, missing
from ...model.facts import UNCERTAIN, UNCERTAIN_END, Facts, words_and_uncertain
from ...wix.url_keys import image_key, url_key
from ..article_building.inline_runs import STRONG, Run, split_paragraphs, text_element, tidy
from .lines import size
from .structure.headings import LONGEST_HEADING, Group, headings_among
from .structure.line_paragraphs import with_blank_lines
from .structure.nesting import BULLET, nested_block, passages
from .tool_formats.code_blocks import code_element
from .tool_formats.line import CODE_BLOCK, TABLE
from .tool_formats.markdown import RULE, decode, figures, is_images, plain, urls
from .tool_formats.tables import table_element

_HEADING = re.compile(r"\A\s*(#{1,6})\s+(\S.*)")
_QUOTE = re.compile(r"\A\s*>\s?(?=[^\s>])")  # an author points at something with two of them
_IN_QUOTATION_MARKS = re.compile(r"\A\s*(?:“[^“”]+”|„[^„“”]+[“”]|«[^«»]+»|»[^«»]+«|「[^「」]+」|\"[^\"]+\")\s*\Z", re.S)
#: The author of a quote: a dash and a name below it.
_ATTRIBUTION = re.compile(r"\A\s*[—–―-]\s*\w[^.!?]{1,60}\Z")
_MOVED = 2  # if paragraphs are not indented, a number with this indent is the tool's list marker
_NUMBERED = re.compile(r"\s*[1-9]\d{0,2}[.)]\s")
_STARRED = re.compile(r"\s*\*\s+\S")
#: Begins a line that describes missing content; a text cannot contain this control character.
_MISSING = "\x00"


def missing_line(what: str, detail: str) -> str:
    """Return a line for missing content that a text cannot contain."""
    return f"{_MISSING}{what}{_MISSING}{detail}"


_Taken = tuple[Sequence[Element], int]
"""Blocks, and the number of groups of lines they consist of: 0 if it is no block of that kind."""
_NOTHING: _Taken = ((), 0)


def body_facts(lines: Iterable[str]) -> Facts:
    """Return the words of a body for fidelity; the marker of a list need not be a word of the Markdown."""
    own = [line for line in lines if not line.startswith(_MISSING)]
    own_text = (_with_uncertain_bullet(plain(line)) for line in own)
    links, image_urls = urls("\n".join(own))
    return Facts(
        *words_and_uncertain("\n".join(own_text)),
        links=Counter(url_key(link) for link in links),
        images=Counter(image_key(url) for url in image_urls if url.startswith("http")),
    )


def _with_uncertain_bullet(line: str) -> str:
    own = line.lstrip("> \t")
    bullet = BULLET.match(own)
    return f"{UNCERTAIN}{bullet[0]}{UNCERTAIN_END}{own[bullet.end() :]}" if bullet else line


def body_blocks(
    lines: Iterable[str], spaced: bool = True, marked: bool = False, source_lines: Iterable[str] | None = None
) -> Iterator[Element]:
    """Yield the blocks of a body.

    If a dump has no blank lines (`spaced` False), or none between its paragraphs, each line is a block. In a dump whose
    tool marked headings (`marked`, or by its `source_lines`), no other line is a heading.
    """
    own = list(lines)
    is_marked = marked or any(line.startswith("#") and _HEADING.match(line) for line in source_lines or own)
    yield from _blocks(*with_blank_lines(own, spaced, marked), marked, is_marked)


def _blocks(lines: list[str], spaced: bool, marked: bool, is_marked: bool, inside: bool = False) -> Iterator[Element]:
    for passage in passages(lines, marked, inside):
        if passage.kind == "flat":
            yield from _flat_blocks(passage.lines, spaced, marked, is_marked)
        else:
            yield nested_block(passage, lambda inner: _blocks(inner, True, marked, True, inside=True))


def _flat_blocks(lines: list[str], spaced: bool, marked: bool, is_marked: bool) -> Iterator[Element]:
    groups = _groups(lines, spaced, marked)
    headings = set() if is_marked else headings_among(groups)
    at = 0
    while at < len(groups):
        if groups[at].lines[0].lstrip()[:1].isalpha():  # as most do: it is a text
            yield from _text(groups[at], at in headings)
            at += 1
            continue
        for take in (_take_whole, _take_list, _take_quote, _take_missing, _take_rule, _take_images):
            blocks, group_count = take(groups, at)
            if group_count:
                yield from blocks
                break
        else:
            yield from _text(groups[at], at in headings)
            group_count = 1
        at += group_count


def _take_whole(groups: list[Group], at: int) -> _Taken:
    """Return the table or the code block in a line."""
    line = groups[at].lines[0]
    if line.startswith(TABLE):
        return [table_element(line)], 1
    return ([code_element(line)], 1) if line.startswith(CODE_BLOCK) else _NOTHING


def _take_list(groups: list[Group], at: int) -> _Taken:
    group_count = _bulleted(groups, at)
    items = [line for group in groups[at : at + group_count] for line in group.lines]
    moved = bool(items) and groups[at].column == 0 and _indent(items[0]) >= _MOVED
    alone = bool(items) and ((moved and _NUMBERED.match(items[0])) or (groups[at].marked and _STARRED.match(items[0])))
    return ([_list(items)], group_count) if len(items) > 1 or alone else _NOTHING


def _bulleted(groups: list[Group], at: int) -> int:
    """Return the number of groups from here that form one list: all bulleted, or numbered consecutively."""
    number, first = None, True
    for count, group in enumerate(groups[at:]):
        for line in group.lines:
            marker = BULLET.match(line)
            now = int(marker[1]) if marker and marker[1] else None
            # elinks begins each list anew, and Wix makes a separate list of an item with content below it
            follows = now == number + 1 or now == number == 1 if number is not None else now is None or first
            if marker is None or not follows:
                return count
            number, first = now, False
    return len(groups) - at


def _list(lines: list[str]) -> Element:
    first = BULLET.match(lines[0])
    ordered = first is not None and first[1] is not None
    items = [element("li", text_element("p", tidy(decode(BULLET.sub("", line, count=1))))) for line in lines]
    start = first[1] if first is not None and ordered and first[1] != "1" else None
    return element("ol" if ordered else "ul", *items, start=start)


def _take_quote(groups: list[Group], at: int) -> _Taken:
    """Return a quote whose lines all begin with `>`, or one in quotation marks with its author below."""
    lines = groups[at].lines
    if all(map(_QUOTE.match, lines)):
        own_text = [_QUOTE.sub("", line, count=1) for line in lines]
        return [
            element(
                "blockquote", *(text_element("p", part) for part in split_paragraphs(tidy(decode("\n".join(own_text)))))
            )
        ], 1
    source = lines[-1:] if len(lines) > 1 else groups[at + 1].lines if at + 1 < len(groups) else []
    quoted = lines[:-1] if len(lines) > 1 else lines
    if len(source) == 1 and _ATTRIBUTION.match(source[0]) and _IN_QUOTATION_MARKS.match("\n".join(quoted)):
        parts = ["\n".join(quoted), source[0]]
        quote = element("blockquote", *(text_element("p", tidy(decode(part))) for part in parts))
        return [quote], 1 if len(lines) > 1 else 2
    return _NOTHING


def _take_missing(groups: list[Group], at: int) -> _Taken:
    line = groups[at].lines[0]
    if not line.startswith(_MISSING):
        return _NOTHING
    _, what, detail = line.split(_MISSING, 2)
    return [missing(what, detail)], 1


def _take_rule(groups: list[Group], at: int) -> _Taken:
    return ([element("hr")], 1) if groups[at].lines == [RULE] else _NOTHING


def _take_images(groups: list[Group], at: int) -> _Taken:
    """Return the images on lines of their own."""
    line = groups[at].lines[0]
    return (figures(line), 1) if is_images(line) else _NOTHING


def _text(group: Group, is_heading: bool) -> Iterator[Element]:
    lines = group.lines
    if marked := _HEADING.match(lines[0]):
        yield text_element(f"h{len(marked[1])}", tidy(_unbold(decode(marked[2]))))
        lines = lines[1:]
    elif is_heading:
        yield text_element("h2", tidy(_unbold(decode(lines[0]))))
        return
    if len(lines) == 1 and lines[0].isprintable() and "  " not in (text := lines[0].strip()):
        yield element("p", text)  # nothing to decode or to tidy, as in most
        return
    for part in split_paragraphs(tidy(decode("\n".join(lines)))):
        yield text_element("p", part)


def _unbold(runs: list[Run]) -> list[Run]:
    """Return a heading's runs without bold, because a heading is bold anyway."""
    return [run._replace(marks=run.marks & ~STRONG) for run in runs]


def _groups(lines: list[str], spaced: bool, marked: bool) -> list[Group]:
    rows: list[tuple[int, list[str]]] = []
    gap = 0
    for line in lines:
        if not line.strip():
            gap += 1
        elif (
            gap
            or not rows
            or not spaced
            or _stands_alone(line)
            or _stands_alone(rows[-1][1][0])
            or _is_edge_of_list(rows[-1][1], line)
        ):
            rows.append((gap, [line]))
            gap = 0
        else:
            rows[-1][1].append(line)
    empty_lines = [*(g for g, _ in rows[1:]), gap][: len(rows)]
    column = _column(group for _, group in rows)
    return [
        Group(before, group, after, column, marked) for (before, group), after in zip(rows, empty_lines, strict=True)
    ]


def _stands_alone(line: str) -> bool:
    return (
        line.startswith((_MISSING, RULE, TABLE, CODE_BLOCK))
        or is_images(line)
        or (line.lstrip()[:1] == "#" and bool(_HEADING.match(line)))
    )


def _is_edge_of_list(above: list[str], line: str) -> bool:
    """Return True if a list begins or ends between lines without a gap, as in text browsers."""
    last = BULLET.match(above[-1])
    now = BULLET.match(line)
    if now is None:
        return last is not None and _indent(line) < last.end()
    return last is None and not BULLET.match(above[0])


def _column(groups: Iterable[list[str]]) -> int:
    """Return the indent of paragraphs in text browsers, which most long ones have; 0 in other dumps."""
    indents = Counter(_indent(lines[0]) for lines in groups if size(lines[0]) > LONGEST_HEADING)
    return indents.most_common(1)[0][0] if indents else 0


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
