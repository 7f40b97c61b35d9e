"""Compare an edited file with a fresh conversion: link targets, heading levels, lists, emphasis, letter case."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from msgspec import Struct, field

from ..fidelity.equal_runs import equal_runs
from ..model.article import HEADINGS, Element
from ..wix.tracking import without_tracking
from .word_positions import Spot, Words, read_words

_EMPHASIS = {
    "strong": "bold",
    "em": "italics",
    "s": "strikethrough",
    "sup": "superscript",
    "sub": "subscript",
    "code": "code",
}
_LIST_NAMES, _NO_LIST = {"ul": "bulleted list", "ol": "numbered list"}, "not in a list"
#: Blocks that contain a word or not.
_AROUND = {"blockquote": "quote", "pre": "code block"}
#: The last part of a URL that identifies a post, whatever the site generator adds around it.
_LAST_PART = re.compile(r"([^/?#]+?)(?:/index)?(?:\.(?:md|html?))?/?(?:[?#].*)?\Z")
_LONGEST_PHRASE = 60


class FormattingChanges(Struct):
    """The words of a file whose formatting was changed."""

    numbers: list[int] = field(default_factory=list)
    """Numbers of words, as `read_words` counts them."""
    descriptions: list[str] = field(default_factory=list)
    """A sentence for each change: `“The kiln”: heading level 2, was 3`."""


def formatting_changes(fresh: Element, written: Element) -> FormattingChanges:
    """Compare the blocks of a file as it is now with those of a fresh conversion of its source."""
    before, now = read_words(fresh), read_words(written)
    changes = FormattingChanges()
    last: tuple[int, str] | None = None
    phrase: list[str] = []
    for i, j in _pairs(before, now):
        if now.is_image(j):
            continue
        text = "; ".join(_differences(before.spots[i], now.spots[j]))
        if not text:
            continue
        if last != (j - 1, text):
            _end_phrase(changes, phrase, last)
            phrase = []
        phrase.append(_word(now.spots[j]))
        changes.numbers.append(j)
        last = (j, text)
    _end_phrase(changes, phrase, last)
    return changes


def _pairs(before: Words, now: Words) -> Iterator[tuple[int, int]]:
    for i, j, length in equal_runs(before.keys, now.keys):
        yield from ((i + n, j + n) for n in range(length))


def _end_phrase(changes: FormattingChanges, phrase: list[str], last: tuple[int, str] | None) -> None:
    if last is not None and phrase:
        text = " ".join(phrase)
        text = text if len(text) <= _LONGEST_PHRASE else text[: _LONGEST_PHRASE - 1] + "…"
        changes.descriptions.append(f"“{text}”: {last[1]}")


def _differences(before: Spot, now: Spot) -> Iterator[str]:
    """Yield the differences in formatting of one word."""
    if (old := _word(before)) != _word(now):
        yield f"was “{old}”"
    old_link, new_link = _link(before), _link(now)
    if not _is_same_link(old_link, new_link):
        yield f"link to {new_link or 'nothing'}, was {old_link or 'not a link'}"
    old_level, new_level = _level(before), _level(now)
    if old_level != new_level:
        yield f"{_level_name(new_level)}, was {_level_name(old_level)}"
    old_list, new_list = _nearest(before, _LIST_NAMES), _nearest(now, _LIST_NAMES)
    if old_list != new_list and not (old_level or new_level):
        yield f"{_LIST_NAMES.get(new_list or '', _NO_LIST)}, was {_LIST_NAMES.get(old_list or '', _NO_LIST)}"
    old_depth, new_depth = _number_of(before, _LIST_NAMES), _number_of(now, _LIST_NAMES)
    if old_depth != new_depth and old_list and new_list:
        yield f"list level {new_depth}, was {old_depth}"
    for tag, name in _AROUND.items():
        if bool(was := _number_of(before, {tag})) != bool(_number_of(now, {tag})):
            yield f"no longer in a {name}" if was else f"now in a {name}"
    if not (old_level or new_level):  # headings are bold anyway
        old_marks, new_marks = _emphasis(before), _emphasis(now)
        yield from (f"no longer {_EMPHASIS[mark]}" for mark in sorted(old_marks - new_marks))
        yield from (f"now {_EMPHASIS[mark]}" for mark in sorted(new_marks - old_marks))


def _node(spot: Spot) -> Element:
    """Return the element that contains the beginning of a word."""
    node, is_tail = spot.pieces[0][:2]
    parent = node.getparent()
    return parent if is_tail and parent is not None else node


def _ancestors(spot: Spot) -> Iterator[Element]:
    node = _node(spot)
    yield node
    yield from node.iterancestors()


def _word(spot: Spot) -> str:
    return "".join(((node.tail if tail else node.text) or "")[begin:end] for node, tail, begin, end in spot.pieces)


def _link(spot: Spot) -> str:
    return next((str(node.get("href") or "") for node in _ancestors(spot) if node.tag == "a"), "")


def _is_same_link(old: str, new: str) -> bool:
    """Compare link targets; links between posts were rewritten, so only the last part of their URL counts."""
    old, new = without_tracking(old), without_tracking(new)
    if old == new or not old or not new:
        return old == new
    is_same_page = "//" in old and old.partition("?")[0] == new.partition("?")[0]  # only the query differs
    return not is_same_page and _last_part(old) == _last_part(new) != ""


def _last_part(url: str) -> str:
    match = _LAST_PART.search(url)
    return match[1].casefold() if match else ""


def _level(spot: Spot) -> int:
    return next((int(str(node.tag)[1]) for node in _ancestors(spot) if node.tag in HEADINGS), 0)


def _level_name(level: int) -> str:
    return f"heading level {level}" if level else "not a heading"


def _nearest(spot: Spot, tags: dict[str, str]) -> str | None:
    return next((str(node.tag) for node in _ancestors(spot) if node.tag in tags), None)


def _number_of(spot: Spot, tags: Container[str]) -> int:
    """Return the number of elements with one of the tags around a word."""
    return sum(node.tag in tags for node in _ancestors(spot))


def _emphasis(spot: Spot) -> set[str]:
    return {str(node.tag) for node in _ancestors(spot) if node.tag in _EMPHASIS}
