"""Find the end of a dump's body.

In a single dump, only exact interface texts, a repeated menu, and a footer with a copyright line end a body. Lines that
recur at the edges of other dumps of the run belong to the site. URLs, names and contacts alone are the author's.
"""

from __future__ import annotations

import re

from ...wix.post_urls import parse_url
from .head.read_head import Head
from .lines import Lines, size
from .tool_formats.markdown import is_images, is_link

#: Lines that occur only after the body.
_CLOSERS = frozenset({"counters", "like", "commenting_off", "write_comment", "edge", "comments_widget", "subscribed"})
#: Lines that the platform or a site's theme prints at the end of a page.
_TRAILING = frozenset(
    {
        "social", "legal", "follow_us", "login", "cookies", "search", "more", "menu", "views", "comments", "share",
        "comments_heading", "banner", "see_all", "recent", "widget_label", "ratings", "like", "counters", "edge",
    }
)  # fmt: skip
#: Those of them that no author writes as a last line.
_SURE = frozenset(
    {
        "recent", "comments_heading", "login", "banner", "legal", "follow_us", "cookies", "menu", "views", "comments",
        "share", "widget_label", "ratings",
    }
)  # fmt: skip
#: A line of a footer; in a photo credit, the name of the photo precedes the sign.
_COPYRIGHT = re.compile(
    r"\A\W*(?:©|\(c\)|copyright\b)\D{0,60}(?:19|20)\d\d|(?:©|\(c\))\W{0,3}(?:19|20)\d\d"
    r"|(?:19|20)\d\d\W{0,3}(?:©|\(c\)(?!\w)|copyright\b)|\ball rights reserved\b",
    re.I,
)
#: A credit for images or texts, which is the author's.
_CREDIT = re.compile(
    r"\b(?:photos?|fotos?|images?|imagen(?:es)?|imagens|immagin[ei]|pictures?|bild(?:er)?|illustrations?|zdjęcia|фото|kuvat?)"
    r"\s*(?:credit\w*)?\s*(?::|©|\b(?:by|von|par|por|di|av|af|door|courtesy)\b)|(?:写真|画像|사진|图片|照片)\s*[:：]",
    re.I,
)
#: An email address, a phone number, a host or a profile. Another URL with a path is an author's source.
_CONTACT = re.compile(
    r"\S+@\S+\Z|\D{0,20}\+?\d[\d\s()/.-]{6,}\Z|(?:https?://|www\.)[^\s/]+/?\Z"
    r"|(?:https?://|www\.)(?:[\w-]+\.)*(?:facebook|instagram|twitter|x|linkedin|youtube|pinterest|tiktok|vk|t|wa)\.\w+/\S*\Z",
    re.I,
)
#: A street's abbreviation (`ul. Portowa 14`, `Hafenstr. 3`) and the full stop behind a Hungarian or Czech number.
_ABBREVIATION = re.compile(
    r"(?:\A|(?<=, )|(?<=,))(\w{1,5})\.(?=\s?\w)|(?<=[^\W\d_])(str|tr|u|út|nám)\.(?=\s*\d)|(?<=\d)\.\Z"
)
_ADDRESS = re.compile(r"(?=.*\d)[^.!?…]{4,60}\Z")
#: The maximum number of lines, including blank ones, between two lines that belong together.
_NEAR = 20
#: The maximum distance of a copyright line from the end of the page, and the maximum length of a footer's line.
_LAST_LINES, _LONGEST_COPYRIGHT, _LONGEST_BELOW, _SHORT = 12, 160, 80, 48
_REPEATED = 3
#: For the labels of a footer: how many must be in the menu too, and the maximum number of others between two of them.
_LEAST_KNOWN, _MOST_UNKNOWN = 4, 8
_LEAST_CARDS, _MOST_CARDS, _LONGEST_CARD = 2, 13, 140
#: A title with this indent shows that the dump shows nesting.
_INDENTED = 4
GUESS, BELOW_COPYRIGHT = "footer, by its place", "below the copyright line"
RECURS = "recurs in other texts of the run"
TEXT_RECURS = "text that recurs above the site's footer"
CARDS = "cards of other posts, by their links and images"
#: This many recurring lines are a whole footer, above which a recurring text is the site's too.
_WHOLE_FOOTER = 5


def find_end(lines: Lines, head: Head, end: int) -> int:
    """Return the index of the line before which the body ends; each line after it gets a rule."""
    behind = end_line = _closing_line(lines, head.body, end)
    if end_line == end or lines.kinds[end_line] == "edge":  # no text of the site is between a body and its counters
        end_line = _without_footer(lines, head, _end_of_column(lines, head.title_line, head.body, end_line))
    end_line = _cards_below_heading(lines, head.body, _cards(lines, head.body, end_line, end), end)
    for n in lines.filled(end_line, behind):
        lines.rules.setdefault(n, lines.kinds[n] or "footer")
    for n in lines.filled(behind, end):
        lines.rules.setdefault(n, lines.kinds[n] or "behind the post")
    return end_line


def _closing_line(lines: Lines, start: int, end: int) -> int:
    """Return the first line that is certainly after the body, else the end."""
    kinds = lines.kinds
    for n in lines.filled(start, end):
        kind = kinds[n]
        if kind is None:
            continue
        following = [kinds[m] for m in lines.filled(n + 1, min(end, n + _NEAR))[:2]]
        if kind in _CLOSERS:
            return n
        if kind == "recent" and "see_all" in following:
            return n
        if kind == "views" and (
            following[:1] in (["comments"], ["like"], ["edge"], []) or following[:2] == ["more", "edge"]
        ):
            return n
        if kind == "comments" and following[:1] in (["like"], ["edge"], []):
            return n
        if kind == "comments_heading" and following[:1] and following[0] in _CLOSERS:
            return n
    return end


def _cards(lines: Lines, start: int, end_line: int, end: int) -> int:
    """Return the beginning of cards that are links to other posts with images between them, else `end_line`.

    Wix prints them above the page's end. Links of the author have text around them, or no images.
    """
    if end_line == end or lines.kinds[end_line] != "edge":
        return end_line
    links: list[int] = []
    images = 0
    for n in range(end_line - 1, start - 1, -1):
        if is_images(lines.text[n]):
            images += 1
        elif lines.bare[n]:
            urls = (parse_url(url) for url in lines.linked.get(lines.numbers[n], ()))
            if not is_link(lines.text[n]) or not any(url is not None and url.kind == "post" for url in urls):
                break
            links.append(n)
    if len(links) < _LEAST_CARDS or images < len(links) - 1:
        return end_line
    for n in range(links[-1], end_line):
        if lines.bare[n] or lines.text[n].strip():
            lines.rules[n] = CARDS
    return links[-1]


def _cards_below_heading(lines: Lines, start: int, end_line: int, end: int) -> int:
    """Return the line of “Recent Posts” if only titles follow it until the end of the text, else `end_line`."""
    if end_line != end:
        return end_line
    tail = lines.filled(start, end)[-_MOST_CARDS:]
    heading = next((n for n in reversed(tail) if lines.kinds[n] == "recent"), None)
    if heading is None or any(
        size(lines.bare[n]) > _LONGEST_CARD or lines.bare[n].endswith((".", ":", "。"))
        for n in lines.filled(heading, end)
    ):
        return end_line
    for n in lines.filled(heading + 1, end):
        lines.rules[n] = lines.kinds[n] or CARDS
    return heading


def _end_of_column(lines: Lines, title: int | None, start: int, end: int) -> int:
    """Return the end of the body if a tool shows nesting by indents: the footer has a smaller indent; else `end`."""
    first = lines.filled(start, end)[:3]
    if title is None or not first or lines.indent(title) < _INDENTED:
        return end
    column = min(lines.indent(n) for n in first)
    inside = [n for n in lines.filled(start, end) if lines.indent(n) >= column]
    return inside[-1] + 1 if inside and column >= _INDENTED else end


def _without_footer(lines: Lines, head: Head, end: int) -> int:
    """Return the end of the body without the site's lines above it."""
    menu = _menu(lines, head)
    bottom = end
    while True:
        last = end
        end = _copyright(lines, head.body, end, menu)
        end = _repeated_menu(lines, head.body, end, menu)
        end = _site_lines(lines, head, end, bottom)
        if end == last:
            return _without_site_texts(lines, head.body, end, bottom)


def _site_lines(lines: Lines, head: Head, end: int, bottom: int) -> int:
    """Return the beginning of a row of interface texts and recurring lines, else `end`."""
    run: list[int] = []
    while (n := _last(lines, head.body, run[-1] if run else end)) is not None:
        if n not in lines.site_lines and lines.kinds[n] not in _TRAILING:
            break
        run.append(n)
    sure = end < bottom or any(lines.kinds[n] in _SURE for n in run)
    if not sure and not lines.filled(0, head.first) and "edge" not in lines.kinds:
        return end  # only the article: recurring lines are the author's
    # a single word such as “X” or “Search” can be the author's last
    if len(run) > 1 or (run and (sure or run[0] in lines.site_lines)):
        for n in run:
            lines.rules[n] = lines.kinds[n] or RECURS
        return run[-1]
    return end


def _without_site_texts(lines: Lines, start: int, end: int, bottom: int) -> int:
    """Return the beginning of long lines that recur directly above a whole footer, else `end`."""
    if sum(n in lines.site_lines for n in lines.filled(end, bottom)) < _WHOLE_FOOTER:
        return end
    while (n := _last(lines, start, end)) is not None and (n in lines.site_texts or n in lines.site_lines):
        lines.rules[n] = TEXT_RECURS if n in lines.site_texts else RECURS
        end = n
    return end


def _copyright(lines: Lines, start: int, end: int, menu: set[str]) -> int:
    """Return the beginning of a footer with a copyright line, else `end`."""
    tail = lines.filled(start, end)[-_LAST_LINES:]
    copyright_line = next((n for n in tail if _is_copyright(lines, n)), None)
    if copyright_line is None or any(
        len(lines.bare[n]) > _LONGEST_BELOW for n in lines.filled(copyright_line + 1, end)
    ):
        return end
    lines.rules[copyright_line] = "copyright line"
    for n in lines.filled(copyright_line + 1, end):
        lines.rules.setdefault(n, lines.kinds[n] or (RECURS if n in lines.site_lines else BELOW_COPYRIGHT))
    at = copyright_line
    while (above := _last(lines, start, at)) is not None:
        line = lines.bare[above]
        if lines.kinds[above] in _TRAILING or lines.kinds[above] == "site_menu":
            lines.rules[above] = lines.kinds[above] or ""
        elif len(line) <= _SHORT and (
            _CONTACT.match(line) or (at < copyright_line and _ADDRESS.match(_ABBREVIATION.sub(" ", line)))
        ):
            lines.rules[above] = GUESS
        else:
            break
        at = above
    return _footer_menu(lines, start, at, menu)


def _is_copyright(lines: Lines, n: int) -> bool:
    line = lines.bare[n]
    return len(line) <= _LONGEST_COPYRIGHT and bool(_COPYRIGHT.search(line)) and not _CREDIT.search(line)


def _footer_menu(lines: Lines, start: int, end: int, menu: set[str]) -> int:
    """Return the beginning of a list of labels above a copyright line, of which the menu has several, else `end`."""
    known = unknown = 0
    at = top = end
    while (n := _last(lines, start, at)) is not None and unknown <= _MOST_UNKNOWN:
        line = " ".join(lines.bare[n].split())
        if len(line) > _SHORT or line.endswith((".", "!", "?", "…", ":", ",", ";")):
            break
        at = n
        unknown += 1
        if line.casefold() in menu or lines.kinds[n] in _TRAILING or lines.kinds[n] == "site_menu":
            known, unknown, top = known + 1, 0, n
    if known < _LEAST_KNOWN:
        return end
    for n in lines.filled(top, end):
        lines.rules.setdefault(n, lines.kinds[n] or GUESS)
    return top


def _repeated_menu(lines: Lines, start: int, end: int, menu: set[str]) -> int:
    """Return the beginning of a row of short lines from the menu, else `end`."""
    run: list[int] = []
    known = 0
    at = end
    while (n := _last(lines, start, at)) is not None:
        line = " ".join(lines.bare[n].split())
        if line.casefold() in menu:
            known += 1
        elif lines.kinds[n] not in _TRAILING and not (len(line) <= _SHORT and _CONTACT.match(line)):
            break
        run.append(n)
        at = n
    while (
        run and " ".join(lines.bare[run[-1]].split()).casefold() not in menu and lines.kinds[run[-1]] not in _TRAILING
    ):
        run.pop()
    if known < _REPEATED:
        return end
    for n in run:
        lines.rules[n] = lines.kinds[n] or "menu again"
    return run[-1]


def _menu(lines: Lines, head: Head) -> set[str]:
    """Return the lines above the head, without title and author."""
    above = lines.filled(0, head.title_line if head.title_line is not None else head.body)
    own = {head.metadata.title, *head.metadata.authors}
    texts = {
        " ".join(lines.bare[n].split()) for n in above if n not in lines.rules or lines.rules[n] == "above the post"
    }
    return {text.casefold() for text in texts if text not in own and len(text) <= _SHORT}


def _last(lines: Lines, start: int, end: int) -> int | None:
    filled = lines.filled(max(start, end - 24), end)
    return filled[-1] if filled else None
