"""Find the posts in one text: a single post, several in a row, or a list of cards, which is not a post."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import NamedTuple

from ...model.skipped import Skipped
from .containers.part import Part, Stated
from .head.bylines import Byline, find_bylines
from .head.layout import find_layout
from .lines import LONG_TEXT, TEXT, Lines, size, word_count

#: The author's name can be between a card's text and its byline, with blank lines around it.
_NEAR_TITLE = 8
#: A card has a title and at most a teaser of one paragraph.
_LEAST_BODY, _LONGEST_TEASER = 200, 600
#: At least two parts of a byline, or one with the author's label, mark a post.
_SURE = 2.5
_CUT = re.compile(r"(?:\.\.\.|…|\[…\])\s*\Z")
_SEPARATOR = re.compile(r"([-=*_~#])(?:\s*\1){2,}\Z")
_WHOLE = re.compile(r"[.!?。！？:)\"”»’'؟।]\s*\Z")
_ENDS = frozenset({"counters", "views", "like", "recent", "commenting_off", "edge", "write_comment"})
#: A text with fewer sure bylines is one post.
_FEW_CARDS = 2
#: A byline with more lines above it is not near the beginning of the text.
_MOST_LINES_ABOVE = 60
#: Signs of a Wix site that its pages without a post have, too.
_NOT_OF_POSTS = frozenset({"edge", "menu", "login", "all_posts", "see_all"})
#: A post has more words.
_FEW_WORDS = 40


class PostRange(NamedTuple):
    """The range of a post in the lines, and its byline."""

    start: int
    end: int
    byline: Byline | None


def find_posts(lines: Lines) -> list[PostRange]:
    """Return the posts in the lines. Raises Skipped for a page that lists posts."""
    bylines = find_bylines(lines)
    sure = [b for b in bylines if b.weight >= _SURE or b.has_label]
    first = bylines[0] if bylines else None
    if len(sure) < _FEW_CARDS:
        if len(bylines) == 1 and _is_behind_text(lines, bylines[0]):
            return [PostRange(0, len(lines.text), None)]
        return [
            PostRange(
                0,
                len(lines.text),
                sure[0] if sure and first and first.weight < 2 and not _early(lines, first) else first,
            )
        ]
    texts = [
        _text_below(lines, b, sure[i + 1].start if i + 1 < len(sure) else len(lines.text)) for i, b in enumerate(sure)
    ]
    if _end_with_bylines(lines, sure, texts):
        raise Skipped("list-page", words=sum(len(line.split()) for line in lines.bare))
    _drop_read_more(lines, texts)
    posts = [i for i, text in enumerate(texts) if _is_body(lines, text)]
    if not posts or (posts == [len(sure) - 1] and _is_card_list(lines, sure, texts)):
        if _is_card_list(lines, sure, texts):
            raise Skipped("list-page", words=sum(len(line.split()) for line in lines.bare))
        posts = [i for i, text in enumerate(texts) if text] or [0]
    one_page = lines.kinds.count("edge") > 0
    if not one_page:
        posts = [i for i in range(len(sure)) if i in posts or _is_short_post(lines, sure, texts, i, posts)]
    return _ranges(lines, [sure[i] for i in posts])


def _is_behind_text(lines: Lines, byline: Byline) -> bool:
    """Return True if a byline ends the text: it belongs to a card, or is the author's last line."""
    above, below = lines.filled(0, byline.start), lines.filled(byline.end)
    texts = [lines.bare[n] for n in above if size(lines.bare[n]) > TEXT]
    is_text = len(texts) > 1 or any(map(_WHOLE.search, texts))  # a single one can be the title
    return is_text and not any(lines.kinds[n] is None for n in below)


def is_of_no_post(lines: Lines, part: Part) -> bool:
    """Return True for a page without any line of a post: one of few words, or one next to the site's posts."""
    if not _NOT_OF_POSTS.issuperset(lines.signals()) or part.stated.date or part.stated.authors:
        return False
    if any(lines.is_date(n) for n in lines.filled(0)):
        return False
    has_edges = "edge" in lines.kinds
    return has_edges and (part.is_among_posts or sum(map(word_count, lines.bare)) < _FEW_WORDS)


def _early(lines: Lines, byline: Byline) -> bool:
    return len(lines.filled(0, byline.start)) < _MOST_LINES_ABOVE


def _text_below(lines: Lines, byline: Byline, end: int) -> list[int]:
    """Return the author's texts between a byline and the next one, without that one's title and author."""
    own: list[int] = []
    for n in lines.filled(byline.end, end):
        if lines.kinds[n] in _ENDS:
            return own
        if lines.kinds[n] is None:
            own.append(n)
    for _ in range(2 if end < len(lines.text) else 0):
        if own and size(lines.bare[own[-1]]) <= TEXT:
            own.pop()
    return own


def _end_with_bylines(lines: Lines, bylines: list[Byline], texts: list[list[int]]) -> bool:
    """Return True for cards with their bylines below the texts: a text above the first byline, none below the last."""
    above = lines.filled(max(0, bylines[0].start - _NEAR_TITLE), bylines[0].start)[-2:]
    has_text = any(lines.is_text(n) and not lines.level(n) and size(lines.bare[n]) > LONG_TEXT for n in above)
    return has_text and not texts[-1] and all(len(_long(lines, text)) <= 1 for text in texts)


def _drop_read_more(lines: Lines, texts: list[list[int]]) -> None:
    """Remove the last line of each text if it is the label of a card's link, such as `Read More`.

    It is below a truncated text in each card.
    """
    ends = [(text[-1], text[-2]) for text in texts if len(text) > 1]
    cards = [label for label, teaser in ends if _CUT.search(lines.bare[teaser]) and lines.is_text(teaser)]
    labels = Counter(lines.bare[n] for n in cards)
    for text in texts:
        if text and labels[lines.bare[text[-1]]] > 1 and not lines.is_text(text[-1]):
            text.pop()


def _long(lines: Lines, text: list[int]) -> list[int]:
    return [n for n in text if size(lines.bare[n]) > TEXT]


def _is_body(lines: Lines, text: list[int]) -> bool:
    """Return True if a text is more than a teaser: several paragraphs, or one that is longer than any teaser."""
    long = _long(lines, text)
    total = sum(size(lines.bare[n]) for n in text)
    return (
        total > _LEAST_BODY
        and (len(long) > 1 or (bool(long) and size(lines.bare[long[0]]) > _LONGEST_TEASER) or (len(text) > 3))
    ) or (len(text) > 2 and not _CUT.search(lines.bare[text[-1]]) and total > _LEAST_BODY)


def _is_card_list(lines: Lines, bylines: list[Byline], texts: list[list[int]]) -> bool:
    """Return True if the text is a list of cards, each with a title and at most one paragraph."""
    first = bylines[0]
    above = [n for n in lines.filled(max(0, first.start - 12), first.start) if size(lines.bare[n]) > TEXT]
    teasers = [*above[-1:], *(n for text in texts for n in _long(lines, text))]
    is_cut = any(_CUT.search(lines.bare[n]) or not _WHOLE.search(lines.bare[n]) for n in teasers)
    has_edges = "edge" in lines.kinds
    at_most_one = all(len(_long(lines, text)) <= 1 for text in texts)
    return at_most_one and (is_cut or has_edges) and not _main_ends(lines, bylines)


def _main_ends(lines: Lines, bylines: list[Byline]) -> bool:
    """Return True if the block of recent posts is between the first byline and the next: the first is a post's."""
    between = lines.kinds[bylines[0].end : bylines[1].start]
    return "recent" in between and bool(_long(lines, _text_below(lines, bylines[0], bylines[1].start)))


def _is_short_post(lines: Lines, bylines: list[Byline], texts: list[list[int]], i: int, posts: list[int]) -> bool:
    """Return True for a short post among others: a whole paragraph, and no block of recent posts since the last."""
    text = texts[i]
    if not text or not _long(lines, text) or _CUT.search(lines.bare[text[-1]]):
        return False
    last = max((p for p in posts if p < i), default=None)
    since = lines.kinds[bylines[last].end : bylines[i].start] if last is not None else []
    return "recent" not in since


def _ranges(lines: Lines, bylines: list[Byline]) -> list[PostRange]:
    starts = [0]
    for last, byline in pairwise(bylines):
        layout = find_layout(lines, Stated(), byline, last.end, len(lines.text))
        starts.append(max(last.end, layout.start))
    ends = [*(_above_separator(lines, end) for end in starts[1:]), len(lines.text)]
    return [PostRange(*one) for one in zip(starts, ends, bylines, strict=True)]


def _above_separator(lines: Lines, end: int) -> int:
    """Return the end of a post before the row of one character that separates it from the next one."""
    while end > 0 and (not lines.bare[end - 1] or _SEPARATOR.match(lines.bare[end - 1])):
        end -= 1
    return end
