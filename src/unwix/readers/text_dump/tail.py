"""Dump tail: where the body of a text dump ends.

And what the lines behind it tell: counters, comments, categories, tags.
"""

from __future__ import annotations

import re

from ...wix.ui_texts import catalogue as chrome
from .head import Head
from .lines import Lines
from .markdown_marks import plain

#: Lines that stand only behind the body.
_CLOSERS = frozenset(
    {"counters", "like", "commenting_off", "write_comment", "edge", "comments_widget", "subscribed", "cookies"}
)
_DIGITS = re.compile(r"[\d٠-٩]+")
_SHORTENED = re.compile(r"[^\d٠-٩\s.,\u00a0\u202f]")
_CONTACT = re.compile(r"©|\S+@\S+\Z|\+?\d[\d\s()/.-]{6,}\Z|(?:https?://|www\.)\S+\Z")
#: Parts of the URLs of a blog's lists (docs/wix/discovery.md#url-shapes); old blogs call tags hashtags.
_CATEGORIES, _TAGS = "/categories/", "tags/"
_LABEL_WORDS, _LABEL_LETTERS = 5, 40
#: Scripts that set no blanks between words; a sign of them says as much as three letters.
_WITHOUT_BLANKS = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
_LABEL_SIGNS = 14
_SENTENCE = re.compile(r"[!?;,…。！？、]$|[。！？]|:\s|:$|https?:|@")
#: So many lines of the menu make a row of short lines a footer.
_FOOTER = 3
_MOST_LABELS = 40
#: Lines, blank ones too, in which two that belong together stand.
_NEAR = 20
_WIDE_GAP = 5
#: So many paragraphs a footer may have above its labels.
_FOOTER_TEXTS = 3
#: So many lines of a footer may stand between two that are known for what they are.
_MOST_UNKNOWN = 12
#: A title that is moved so far to the right says that the dump shows nesting.
_INDENTED = 4


def read_tail(lines: Lines, head: Head) -> int:
    """The number of the line that the body ends before; what the tail tells goes into the head's metadata."""
    end = _end_of_body(lines, head.title_line, head.body)
    _read_counters(lines, end, head)
    end = _cut_labels(lines, end, head)
    for n in lines.filled(end):
        lines.verdicts.setdefault(n, "behind the post")
    return end


def _end_of_body(lines: Lines, title: int | None, start: int) -> int:
    """The first line that is surely behind the body, or the end of the text less the footer."""
    kinds = lines.kinds
    for n in lines.filled(start):
        following = [kinds[m] for m in lines.filled(n + 1, min(len(kinds), n + _NEAR))[:2]]
        recent = kinds[n] == "recent" and "see_all" in following
        counted = (kinds[n] == "views" and following[:1] in (["comments"], ["like"])) or (
            kinds[n] == "comments" and "like" in following[:1]
        )
        heading = kinds[n] == "comments_heading" and following[:1] and following[0] in _CLOSERS
        if kinds[n] in _CLOSERS - {"edge"} or recent or counted or heading:
            return n
        if kinds[n] == "edge":
            return _above_footer(lines, start, _end_of_column(lines, title, start, n))
    return _above_footer(lines, start, _end_of_column(lines, title, start, len(lines.text)))


def _end_of_column(lines: Lines, title: int | None, start: int, end: int) -> int:
    """Where a tool shows nesting by indents, the footer stands further left than the body; elsewhere `end` as it is."""
    first = lines.filled(start, end)[:3]
    if title is None or not first or lines.indent(title) < _INDENTED:
        return end
    column = min(lines.indent(n) for n in first)
    inside = [n for n in lines.filled(start, end) if lines.indent(n) >= column]
    return inside[-1] + 1 if inside and column >= _INDENTED else end


def _above_footer(lines: Lines, start: int, end: int) -> int:
    """The end of a body that nothing but the site's footer follows: labels, of which several are in the menu too."""
    menu = _menu(lines, start)
    known = unknown = 0
    at = end
    for n in reversed(lines.filled(start, end)):
        line = " ".join(lines.bare[n].split())
        if line.casefold() in menu or lines.kinds[n] in ("legal", "social") or _CONTACT.match(line):
            known, unknown, at = known + 1, 0, n
        elif (known >= _FOOTER and not _is_short(line)) or unknown > _MOST_UNKNOWN:
            break
        else:
            unknown += 1
    return _footer_text(lines, start, at) if known >= _FOOTER else end


def _footer_text(lines: Lines, start: int, at: int) -> int:
    """Where a footer begins whose labels begin at a line.

    Texts of its own stand above, behind a gap that no author leaves.
    """
    if lines.gap_before(at) >= _WIDE_GAP:
        return at
    texts = 0
    for n in reversed(lines.filled(max(start, at - 60), at)):
        texts += not _is_short(lines.bare[n])
        if texts > _FOOTER_TEXTS:
            break
        if lines.gap_before(n) >= _WIDE_GAP:
            return n
    return at


def _is_short(line: str) -> bool:
    return len(line) <= _LABEL_LETTERS and not line.endswith((".", "!", "?", "…"))


def _menu(lines: Lines, end: int) -> set[str]:
    return {" ".join(lines.bare[n].split()).casefold() for n in lines.filled(0, end)}


def _read_counters(lines: Lines, end: int, head: Head) -> None:
    metadata, places = head.metadata, head.provenance
    for n in range(end, len(lines.text)):
        line, kind = lines.bare[n], lines.kinds[n]
        if kind == "recent":
            break  # the cards behind it have counters of their own
        if kind == "counters" and (found := chrome.lines()["counters"].match(line)):
            for name in ("views", "comments"):
                _count(found[name], name, lines.place(n), head)
        elif kind in ("views", "comments"):
            _count(line, kind, lines.place(n), head)
        elif kind == "like" and (number := re.match(r"\s*([\d٠-٩]+)\s", line)):
            _count(number[1], "likes", lines.place(n), head)
        elif kind == "commenting_off":
            metadata.commenting, places["commenting"] = "closed", lines.place(n)


def _count(text: str, name: str, place: str, head: Head) -> None:
    """A counter's number; a shortened one (`1.2K`) is not exact and left out."""
    if getattr(head.metadata, name) is not None:
        return
    number = re.search(chrome.NUMBER, text)
    if number and not _SHORTENED.search(number[0]):
        setattr(head.metadata, name, int("".join(_DIGITS.findall(number[0]))))
        head.provenance[name] = place


def _cut_labels(lines: Lines, end: int, head: Head) -> int:
    """Categories and tags stand between body and counters, a line each, without a mark that tells them.

    A category is in the blog's menu above the post too. Tags are short lines in a row behind a gap: a body ends with
    empty paragraphs more often than not.
    """
    menu = _menu(lines, head.title_line or head.body)
    categories: list[str] = []
    at = end
    label = next(
        (n for n in reversed(lines.filled(head.body, end)[-_MOST_LABELS:]) if lines.kinds[n] == "tags_label"), None
    )
    if label is not None:
        names = [" ".join(lines.bare[n].split()) for n in lines.filled(label + 1, end)]
        head.metadata.categories = [name for name in names if name.casefold() in menu]
        wanted = (name for name in names if name.casefold() not in menu and name not in ("", "•", "·"))
        head.metadata.tags = [*dict.fromkeys(wanted)]
        head.provenance["tags"] = head.provenance["categories"] = f"behind {lines.place(label)}"
        return label
    while (n := _last(lines, head.body, at)) is not None:
        line = " ".join(lines.bare[n].split())
        known = line.casefold() in menu or _is_parted(lines, n, at) or lines.leads_to(n, _CATEGORIES)
        listed = _is_label(line) and known and not lines.leads_to(n, _TAGS)
        if line in ("•", "·", "|") or listed or lines.kinds[n] == "share":
            if listed:
                categories.insert(0, line)
            at = n
        else:
            break
    run, sure = _label_run(lines, head.body, at, bool(categories))
    if run and (sure or (lines.gap_before(run[0]) > 1 and (len(run) > 1 or categories))):
        at = run[0]
        groups = _apart(lines, run)
        if len(groups) > 1 and len(groups[-1]) == 1 and not categories:
            # Two lists one below the other are the tags and the categories.
            categories = [" ".join(lines.bare[groups.pop()[0]].split())]
            run = [n for group in groups for n in group]
        head.metadata.tags = [*dict.fromkeys(" ".join(lines.bare[n].split()) for n in run)]
        head.provenance["tags"] = f"lines {lines.numbers[run[0]]} to {lines.numbers[run[-1]]}"
    if categories:
        head.metadata.categories = categories
        head.provenance["categories"] = "behind the body, and in the menu"
    return at


def _is_parted(lines: Lines, n: int, at: int) -> bool:
    """Whether nothing but a dot stands between a line and what was cut below it: Wix parts categories so."""
    return any(
        set(line.split()) & {"•", "·"} and not lines.bare[m] for m, line in enumerate(lines.text[n + 1 : at], n + 1)
    )


def _label_run(lines: Lines, start: int, at: int, below_categories: bool) -> tuple[list[int], bool]:
    """The short lines in a row above a line, and whether they are surely labels.

    They are when a hashtag, which is the end of a body, stands above them; when they are list items of the dump's
    tool in
    several lists; when they are one list above the categories.
    """
    run: list[int] = []
    behind = at
    bulleted = (n := _last(lines, start, at)) is not None and lines.is_bulleted(n)
    while (n := _last(lines, start, behind)) is not None and _is_label(lines.bare[n]) and not _is_hashtag(lines, n):
        if (bulleted and not lines.is_bulleted(n)) or (lines.linked and lines.numbers[n] not in lines.linked):
            break
        run.insert(0, n)
        behind = n
        if lines.gap_before(n) > 1 and not bulleted:
            break
    before = _last(lines, start, run[0]) if run else None
    hashtags = before is not None and _is_hashtag(lines, before)
    # In a browser's text lists alone have lines without gaps between them.
    together = len(run) > 1 and lines.gap_before(run[0]) > 0 and not any(map(lines.gap_before, run[1:]))
    # Labels are links, and an author's list below which Wix prints categories is hardly nothing but links.
    listed = below_categories and bulleted and bool(lines.linked)
    tagged = bool(run) and all(lines.leads_to(n, _TAGS) for n in run)
    return run, hashtags or listed or tagged or (bulleted and len(_apart(lines, run)) > 1) or (
        below_categories and together
    )


def _is_hashtag(lines: Lines, n: int) -> bool:
    """Whether a line is the author's hashtags, also where a tool parted sign and word."""
    return plain(lines.text[n]).lstrip("*+- \t").startswith("#")


def _apart(lines: Lines, run: list[int]) -> list[list[int]]:
    """The lines of a run, parted where a wide gap stands between them."""
    groups: list[list[int]] = []
    for n in run:
        if not groups or lines.gap_before(n) > 1:
            groups.append([])
        groups[-1].append(n)
    return groups


def _last(lines: Lines, start: int, end: int) -> int | None:
    filled = lines.filled(max(start, end - 12), end)
    return filled[-1] if filled else None


def _is_label(line: str) -> bool:
    """Whether a line may be a category, a tag or a menu's entry: short, and no sentence."""
    words = len(line.split())
    longest = _LABEL_LETTERS if _WITHOUT_BLANKS.search(line) is None else _LABEL_SIGNS
    return (
        len(line) <= longest
        and words <= _LABEL_WORDS
        and not _SENTENCE.search(line)
        and (words < 5 or not line.endswith("."))
    )
