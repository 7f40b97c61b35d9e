"""Read categories and tags between body and counters, which have a line each and no marker.

A category is also in the blog's menu above the post, after “All Posts”. Tags are short lines in a row after a gap: a
body usually ends with empty paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from ...model.facts import words
from ...model.words_of_scripts import WITHOUT_SPACES
from .head.read_head import Head
from .lines import Lines
from .tool_formats.markdown import plain

#: Parts of the URLs of the blog's lists; old blogs call tags hashtags.
_CATEGORIES, _TAGS = "/categories/", "tags/"
_LABEL_WORDS, _LABEL_LETTERS = 5, 40
#: Scripts without spaces between words, in which one character counts as three letters.
_LABEL_CHARACTERS = 14
#: The last word of a sentence; abbreviations (`Inc.`, `St.`) are shorter.
_WHOLE_WORD = re.compile(r"[^\W\d_]{4,}\.\Z")
_SENTENCE = re.compile(r"[!?;,…。！？、]$|[。！？]|:\s|:$|https?:|@")
_MOST_LABELS, _MOST_CATEGORIES = 40, 6
#: The maximum number of lines, including blank ones and images, between two labels and after the last one.
_NEAR = 30
#: Shorter words of a title are ignored.
_KEYWORD = 4
#: So many labels with words of the title are tags, where no category shows it.
_LEAST_TAGS = 3
_DOTS = ("•", "·", "|")


def cut_labels(lines: Lines, end: int, head: Head, stated: Sequence[str] = ()) -> int:
    """Read the labels above `end`, and return the end of the body before them. The container can state categories."""
    labels_start = _labelled(lines, end, head)
    if labels_start is None:
        labels_start = _unlabelled(lines, end, head, frozenset(name.casefold() for name in stated))
    for n in lines.filled(labels_start, end):
        lines.rules.setdefault(n, "label")
    return labels_start


def _labelled(lines: Lines, end: int, head: Head) -> int | None:
    """Read the labels after `Tags:`."""
    near = reversed(lines.filled(head.body, end)[-_MOST_LABELS:])
    label = next((n for n in near if lines.kinds[n] == "tags_label"), None)
    if label is None:
        return None
    menu = _blog_menu(lines, head)
    names = [
        name for n in lines.filled(label + 1, end) if (name := " ".join(lines.bare[n].split())) not in ("", *_DOTS)
    ]
    head.metadata.categories = [name for name in names if name.casefold() in menu]
    head.metadata.tags = [*dict.fromkeys(name for name in names if name.casefold() not in menu)]
    head.provenance["tags"] = head.provenance["categories"] = f"behind {lines.place(label)}"
    return label


def _unlabelled(lines: Lines, end: int, head: Head, stated: Set[str]) -> int:
    at, categories = _categories(lines, end, head, stated)
    if not categories and end < len(lines.text) and lines.kinds[end] not in (None, "edge"):
        at, categories = _likely_categories(lines, end, head)
    run, sure = _label_run(lines, head.body, at, bool(categories))
    if keywords := _keywords(lines, at, head, is_sure=bool(categories)):
        run, sure = keywords, True
    if run and (sure or (lines.gap_before(run[0]) > 1 and (len(run) > 1 or categories))):
        at = run[0]
        groups = _apart(lines, run)
        if len(groups) > 1 and len(groups[-1]) == 1 and not categories:
            # two consecutive lists are the tags and the categories
            categories = [" ".join(lines.bare[groups.pop()[0]].split())]
            run = [n for group in groups for n in group]
        head.metadata.tags = [*dict.fromkeys(" ".join(lines.bare[n].split()) for n in run)]
        head.provenance["tags"] = f"lines {lines.numbers[run[0]]} to {lines.numbers[run[-1]]}"
    if categories:
        head.metadata.categories = [*dict.fromkeys(categories)]
        head.provenance["categories"] = "behind the body, and in the menu"
    return at


def _categories(lines: Lines, end: int, head: Head, stated: Set[str]) -> tuple[int, list[str]]:
    """Return the lines above `end` that are categories: in the blog's menu, links to their pages, rows with dots."""
    menu = _blog_menu(lines, head) | (stated if end < len(lines.text) else set())
    categories: list[str] = []
    dotted = _dotted_row(lines, head.body, end)
    at = end
    while (n := _last(lines, head.body, at)) is not None:
        line = " ".join(lines.bare[n].split())
        known = line.casefold() in menu or n in dotted or lines.leads_to(n, _CATEGORIES)
        listed = _is_label(line) and known and not lines.leads_to(n, _TAGS)
        if line in _DOTS or listed or lines.kinds[n] == "share":
            if listed:
                categories.insert(0, line)
            at = n
        else:
            break
    return at, categories


def _likely_categories(lines: Lines, end: int, head: Head) -> tuple[int, list[str]]:
    """Return the lines directly above the counters that are categories of other posts of the run, or in a menu.

    A single entry of the site's menu can be the author's last word, a single recurring line a signature.
    """
    menu = _site_menu(lines, head)
    own = {word.casefold() for name in head.metadata.authors for word in name.split()}
    run: list[int] = []
    at = end
    while (n := _last(lines, head.body, at)) is not None and len(run) < _MOST_CATEGORIES:
        line = " ".join(lines.bare[n].split())
        known = n in lines.site_lines or n in lines.labels or line.casefold() in menu
        signed = own & {word.strip(",.!").casefold() for word in line.split()}
        if not known or signed or not _is_label(line) or _is_hashtag(lines, n) or lines.level(n):
            break
        run.insert(0, n)
        at = n
    above = _last(lines, head.body, run[0]) if run else None
    listed = above is not None and lines.spaced and _is_below_list(lines, above, run[0])
    listed |= bool(run) and bool(_keywords(lines, run[0], head))
    recurs = bool(run) and run[0] in lines.site_lines and " ".join(lines.bare[run[0]].split()).casefold() not in menu
    if len(run) > 1 or listed or recurs:
        return run[0], [" ".join(lines.bare[n].split()) for n in run]
    return end, []


def _keywords(lines: Lines, at: int, head: Head, is_sure: bool = True) -> list[int]:
    """Return the labels above a category that are tags, in a dump without blank lines.

    Only the words show where the body ends there: at least half of the labels have a word of the title, and the line
    above them ends a sentence. Without a category (`is_sure` False), three in four have one, directly above counters.
    """
    title = set(words(head.metadata.title or ""))
    run: list[int] = []
    while (
        not lines.spaced
        and (n := _last(lines, head.body, run[0] if run else at)) is not None
        and _is_label(lines.bare[n])
        and lines.bare[n][:1].upper() == lines.bare[n][:1]
        and not _is_hashtag(lines, n)
    ):
        run.insert(0, n)
    named = [n for n in run if any(len(word) >= _KEYWORD and word in title for word in words(lines.bare[n]))]
    above = _last(lines, head.body, run[0]) if run else None
    is_end = above is not None and lines.is_text(above) and lines.bare[above].endswith((".", "!", "?", "…", "。"))
    if not is_sure:
        is_above_counters = at < len(lines.text) and lines.kinds[at] in ("counters", "views")
        return run if is_above_counters and len(run) >= _LEAST_TAGS and 4 * len(named) >= 3 * len(run) else []
    return run if is_end and 2 * len(named) >= max(len(run), 4) and len(run) <= _MOST_LABELS else []


def _is_below_list(lines: Lines, above: int, n: int) -> bool:
    """Return True if a label ends a list without gaps, or follows one: tags come first, then the categories."""
    if not _is_label(lines.bare[above]):
        return False
    before = lines.filled(max(0, above - 12), above)[-1:]
    is_list = bool(before) and lines.gap_before(above) == 0 and _is_label(lines.bare[before[0]])
    return lines.gap_before(n) == 0 or (lines.gap_before(n) == 1 and is_list)


def _blog_menu(lines: Lines, head: Head) -> set[str]:
    """Return the entries of the blog's menu: what follows “All Posts” above the post."""
    stop = head.title_line if head.title_line is not None else head.body
    first = next((n for n, kind in enumerate(lines.kinds[:stop]) if kind == "all_posts"), None)
    if first is None:
        return set()
    own = {head.metadata.title, *head.metadata.authors}
    texts = (" ".join(lines.bare[n].split()) for n in lines.filled(first + 1, stop) if lines.kinds[n] is None)
    return {text.casefold() for text in texts if text not in own}


def _site_menu(lines: Lines, head: Head) -> set[str]:
    """Return the short lines above the post, without its title and author."""
    own = {head.metadata.title, *head.metadata.authors}
    texts = (" ".join(lines.bare[n].split()) for n in lines.filled(0, head.first))
    return {text.casefold() for text in texts if text not in own and _is_label(text)}


def _dotted_row(lines: Lines, start: int, end: int) -> set[int]:
    """Return the labels above `end` with only a dot between them, by which Wix separates categories.

    A dot before the first one makes the row a list of the author.
    """
    row: list[int] = []
    at = end
    while (
        (n := _last(lines, start, at)) is not None
        and _is_label(lines.bare[n])
        and (not row or _is_parted(lines, n, at))
    ):
        row.append(n)
        at = n
    above = _last(lines, start, at) if row else None
    if row and _is_parted(lines, above if above is not None else start - 1, at):
        return set()
    return set(row) if len(row) > 1 or (row and _is_parted(lines, row[0], end)) else set()


def _is_parted(lines: Lines, n: int, at: int) -> bool:
    """Return True if only a dot is between a line and the next one."""
    return any(
        set(line.split()) & {"•", "·"} and not lines.bare[m] for m, line in enumerate(lines.text[n + 1 : at], n + 1)
    )


def _label_run(lines: Lines, start: int, at: int, below_categories: bool) -> tuple[list[int], bool]:
    """Return the short lines in a row above a line, and True if they are certainly labels.

    They are if a hashtag, which ends a body, is above them; if they are the tool's list items in several lists; or if
    they are one list above the categories.
    """
    run: list[int] = []
    behind = at
    bulleted = (n := _last(lines, start, at)) is not None and lines.is_bulleted(n)
    while (n := _last(lines, start, behind)) is not None and _is_label(lines.bare[n]) and not _is_hashtag(lines, n):
        if (bulleted and not lines.is_bulleted(n)) or (lines.linked and lines.numbers[n] not in lines.linked):
            break
        if "," in lines.bare[n]:
            break  # Wix splits what an author types as tags at commas
        run.insert(0, n)
        behind = n
        if lines.gap_before(n) > 1 and not bulleted:
            break
    before = _last(lines, start, run[0]) if run else None
    hashtags = before is not None and _is_hashtag(lines, before)
    # in a browser's text, only lists have lines without gaps
    attached = lines.spaced and not any(lines.text[m].strip() == "" for m in range(behind, at))
    together = len(run) > 1 - attached and lines.gap_before(run[0]) > 0 and not any(map(lines.gap_before, run[1:]))
    # Labels are links, while an author's list above printed categories is seldom only links.
    listed = below_categories and bulleted and bool(lines.linked)
    tagged = bool(run) and all(lines.leads_to(n, _TAGS) for n in run)
    return run, hashtags or listed or tagged or (bulleted and len(_apart(lines, run)) > 1) or (
        below_categories and together
    )


def _is_hashtag(lines: Lines, n: int) -> bool:
    """Return True if a line consists of the author's hashtags, even if a tool separated sign and word."""
    return plain(lines.text[n]).lstrip("*+- \t").startswith("#")


def _apart(lines: Lines, run: list[int]) -> list[list[int]]:
    """Return the lines of a run, split at wide gaps."""
    groups: list[list[int]] = []
    for n in run:
        if not groups or lines.gap_before(n) > 1:
            groups.append([])
        groups[-1].append(n)
    return groups


def _last(lines: Lines, start: int, end: int) -> int | None:
    filled = lines.filled(max(start, end - _NEAR), end)
    return filled[-1] if filled else None


def _is_label(line: str) -> bool:
    """Return True if a line can be a category, a tag or a menu entry: short, and not a sentence."""
    count = len(line.split())
    longest = _LABEL_LETTERS if WITHOUT_SPACES.search(line) is None else _LABEL_CHARACTERS
    return (
        len(line) <= longest
        and count <= _LABEL_WORDS
        and not _SENTENCE.search(line)
        and not (line.endswith(".") and _WHOLE_WORD.search(line))
    )
