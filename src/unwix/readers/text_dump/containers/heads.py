"""Read metadata heads above a text: YAML and TOML front matter, `Key: value` lines, comments; several in a row, too."""

from __future__ import annotations

import re
from typing import Any

from ....model.words_of_scripts import VOWEL_MARKS
from ..tool_formats.detect_markdown import has_mark
from ..tool_formats.line import Line
from .clippings import (
    HEADING,
    RULE,
    first_filled,
    peel_answer,
    peel_code_block,
    peel_excerpt,
    peel_lists,
    peel_mail,
    peel_mailing,
    peel_repeated_title,
    peel_sections,
)
from .fields import FIELD_OF, field_key, instant_in, plain_key, stated_in, url_in
from .front_matter_values import front_matter_values
from .opening import closing_line, opening_lines
from .part import Part, Stated

#: The fences of a head, and the format of the lines between them.
_FENCE = re.compile(r"(---|\+\+\+|;;;|```|<!--)[ \t]*(yaml|yml|toml|json)?\s*\Z", re.I)
_ENDS = {
    "---": re.compile(r"(?:---|\.\.\.)\s*\Z"),
    "+++": re.compile(r"\+\+\+\s*\Z"),
    ";;;": re.compile(r";;;\s*\Z"),
    "```": re.compile(r"```\s*\Z"),
    "<!--": re.compile(r"-->\s*\Z"),
}
_LONGEST_HEAD = 200
#: `Key: value`, also `**Key:** value`, `- Key: value`, `# Key: value`, `:key: value`, `| key | value |` and
#: `<!-- key: value -->`.
_KEY_LINE = re.compile(
    r"\s*(?:<!--\s*)?[\s>#@:|*+_\-]{0,12}(?P<key>[^\W\d_][\w .\-]{0,30}?)[*_]{0,3}\s*(?:::?|[：=|])"
    r"\s*[*_]{0,3}\s*(?P<value>.*?)\s*(?:-->|\|)?\s*\Z"
)
_A_KEY = re.compile(r"[\w\"'{][\w .\-\"']*\s*[:=]|\{")
_TABLE_RULE = re.compile(r"\s*\|(?:\s*:?-+:?\s*\|)+\s*\Z")
#: A URL with only punctuation, a number and one of these words around it: `[1] https://…`, `Document 3: <https://…>`.
_BARE_URL = re.compile(
    r"(?P<before>[^\w\s]{0,40}\s*(?:document|doc|page|post|article|item|file|source|url|record|story)?\s*"
    r"(?:n[o°]\.?\s*)?\d{0,5}\s*[^\w\s]{0,40}\s*)(?P<url>https?://[^\s<>\[\]]+?)"
    # a URL can end with a vowel mark of Hindi or Thai
    rf"(?P<behind>[^\w\s/{VOWEL_MARKS}\u0e31-\u0e4e]{{0,40}}(?:\s+[^\w\s]{{1,40}})?)\s*\Z",
    re.I,
)
#: `[Source](https://…)`, `Saved from https://… on 2024-01-02`.
_SOURCE_LINK = re.compile(
    r"\s*\[(?:source|url|original(?: (?:post|article|page))?|link|permalink|https?://[^\]]*)\]"
    r"\((https?://\S+?)\)\s*\Z",
    re.I,
)
_SAVED_FROM = re.compile(
    r"\W*(?:saved|retrieved|fetched|scraped|downloaded|crawled|captured|archived|clipped|extracted)\s+from:?"
    r"\s+<?(?P<url>https?://[^\s>]+)>?(?:\s+(?:on|at)\s+(?P<day>\S.{0,40}?))?\W*\Z",
    re.I,
)
#: The end of a head by Jina Reader.
_MARKDOWN = re.compile(r"\s*Markdown Content:\s*\Z")
_CONTENT = frozenset({"markdowncontent", "content", "text"})
#: The maximum length of the value of an unknown key.
_LONGEST_VALUE = 120
_MOST_KEY_LINES = 40
_LONGEST_LINE = 500
_DIGITS = re.compile(r"\d+")
_ONLY_URL = re.compile(r"\s*<?https?://[^\s/<>]+/[^\s<>]+>?\s*\Z", re.I)
_MARKED_URL = re.compile(r"\s*(?:#+|=+|-{2,})\s*(https?://\S+?)\s*[=-]*\s*\Z")
#: `<source>https://…</source>`
_TAGGED_URL = re.compile(r"\s*<(?:source|url|link|href)>\s*(https?://[^\s<>]+)\s*</\w+>\s*\Z", re.I)
#: An attribute of a tag that a tool wrapped over several lines.
_ATTRIBUTE = re.compile(r"\s*(?:src|href|data-[\w-]+)=[\"']")


def peel(part: Part) -> Part:
    """Return the part without the heads above its text, and with their metadata."""
    peel_mail(part)
    peel_code_block(part)
    peel_answer(part, is_head=lambda text: key_of(text) is not None)
    _peel_heads(part)
    peel_mailing(part)
    if _peel_closing_line(part):
        _peel_heads(part)  # the URL makes a byline a head
    if not part.stated.is_empty() and peel_lists(part):
        _peel_closing_line(part)
    peel_excerpt(part)
    peel_sections(part)
    peel_repeated_title(part)
    return part


def _peel_heads(part: Part) -> None:
    """Remove the heads above the text, one after the other, and read their metadata."""
    while (
        found := _front_matter(part)
        or _key_lines(part)
        or _bare_url(part)
        or _title_and_url(part)
        or (opening_lines(part) if part.is_sure else None)
    ) is not None:
        end, stated = found
        head = part.lines[:end]
        part.removed += [(line.number, "head of the file", line.text.strip()) for line in head if line.text.strip()]
        part.is_markdown |= any(_MARKDOWN.match(line.text) for line in head[-1:])
        part.lines = part.lines[end:]
        part.is_markdown |= _is_of_markdown(head) and has_mark(part.lines)
        part.stated.fill(stated)


def _is_of_markdown(head: list[Line]) -> bool:
    """Return True for front matter and for a head with a heading, which Markdown often has: one mark is enough."""
    first = next((line.text.lstrip("\ufeff") for line in head if line.text.strip()), "")
    return bool(_FENCE.match(first) or HEADING.match(first))


def _peel_closing_line(part: Part) -> bool:
    """Read the page's URL in the last line; return True if it is there."""
    if (closing := closing_line(part)) is not None:
        end, stated = closing
        part.removed.append((part.lines[end].number, "the URL below the text", part.lines[end].text.strip()))
        while end and (RULE.match(part.lines[end - 1].text) or not part.lines[end - 1].text.strip()):
            end -= 1
        part.lines = part.lines[:end]
        part.stated.fill(stated)
        return True
    return False


def _title_and_url(part: Part) -> tuple[int, Stated] | None:
    """Read a title in the first line and a URL alone below it."""
    lines = part.lines
    start = first_filled(lines) if part.stated.url is None else None
    below = first_filled(lines[start + 1 :]) if start is not None else None
    if start is None or below is None or below > 1:
        return None
    title, end = lines[start].text.strip(" \t\ufeff"), start + 1 + below
    if not _ONLY_URL.match(lines[end].text) or len(title) > _LONGEST_VALUE * 2 or key_of(title) or "://" in title:
        return None
    heading = HEADING.match(title)
    url = url_in(lines[end].text.strip().strip("<>"))
    where = "the lines above the post"
    return end + 1, Stated(title=heading[1].strip("*_ ") if heading else title, url=url, where=where)


def _front_matter(part: Part) -> tuple[int, Stated] | None:
    """Read YAML, TOML or JSON between two fences, which can also be those of a code block or a comment."""
    start = first_filled(part.lines)
    fence = _FENCE.match(part.lines[start].text.lstrip("\ufeff")) if start is not None else None
    if start is None or fence is None:
        return None
    ends = _ENDS[fence[1]]
    last = min(len(part.lines), start + _LONGEST_HEAD)
    end = next((n for n in range(start + 1, last) if ends.match(part.lines[n].text)), None)
    if end is None or not any(_A_KEY.match(line.text) for line in part.lines[start + 1 : end]):
        return None
    text = "\n".join(line.text for line in part.lines[start + 1 : end])
    values = front_matter_values(text, is_toml=fence[1] == "+++" or (fence[2] or "").lower() == "toml")
    stated = stated_in(values, "the front matter")
    if fence[1] in ("```", "<!--") and stated.is_empty():
        return None  # code, or a comment of the page
    return (end + 1, stated) if values else None


def key_of(text: str) -> tuple[str, str] | None:
    """Return the key, without separators, and the value of a `Key: value` line with a known key."""
    key_and_value = _key_line(text)
    return None if key_and_value is None or not key_and_value[2] else (key_and_value[0], key_and_value[1])


def _key_line(text: str) -> tuple[str, str, bool] | None:
    """Return the key and the value of a `Key: value` line, and True if the key is known."""
    match = _KEY_LINE.match(text) if len(text) <= _LONGEST_LINE else None
    if match is None:
        return None
    key = plain_key(match["key"])
    if key in _CONTENT:
        return key, match["value"], True
    known = field_key(match["key"])
    return (known, match["value"], True) if known else (key, match["value"], False)


def _key_lines(part: Part) -> tuple[int, Stated] | None:
    """Read lines of known keys, perhaps below a heading with the title; a rule or `Markdown Content:` can end them."""
    lines = part.lines
    start = first_filled(lines)
    if start is None:
        return None
    heading = HEADING.match(lines[start].text) if key_of(lines[start].text) is None else None
    above = heading or RULE.match(lines[start].text) or _TABLE_RULE.match(lines[start].text)
    end, values = _known_lines(lines, start + 1 if above else start)
    first = _key_line(lines[end].text) if end < len(lines) else None
    stated = stated_in(values, "the head of the file")
    if heading and "title" not in values:
        stated.title = heading[1].strip("*_ ")
    has_more = stated.date or stated.unclear_date or stated.authors or stated.slug
    if stated.url is None and (len(values) < 2 or not (stated.title and has_more)):
        return None
    if first is not None and first[0] in _CONTENT and first[1]:  # the text begins behind its key
        lines[end] = Line(first[1], lines[end].number)
    following = first_filled(lines[end:])
    if following is not None and RULE.match(lines[end + following].text):
        end += following + 1
    return end, stated


def _known_lines(lines: list[Line], start: int) -> tuple[int, dict[str, Any]]:
    """Return the index after the last line of a head, and its values by key.

    Lines with other keys belong to it if they are between known ones, or directly below.
    """
    values: dict[str, Any] = {}
    end, is_below = start, True
    for n in range(start, min(len(lines), start + _MOST_KEY_LINES)):
        text = lines[n].text
        if not text.strip():
            is_below = False
            continue
        key_and_value = _key_line(text)
        if key_and_value is None:
            if not _TABLE_RULE.match(text):
                break
        elif key_and_value[0] in _CONTENT:
            return (n + 1, values) if not key_and_value[1] else (n, values)
        elif key_and_value[2] and (is_below or not _is_between(lines, end, n)):
            if key_and_value[1]:
                values.setdefault(key_and_value[0], key_and_value[1])
            end, is_below = n + 1, True
        elif is_below and values and 0 < len(key_and_value[1]) <= _LONGEST_VALUE:
            end = n + 1
        elif not is_below and not 0 < len(key_and_value[1]) <= _LONGEST_VALUE:
            break
    return end, values


def _is_between(lines: list[Line], end: int, n: int) -> bool:
    """Return True if only lines of the head are between the last known line and another one after a gap."""
    return any(line.text.strip() for line in lines[end:n])


def _bare_url(part: Part) -> tuple[int, Stated] | None:
    """Read a URL alone in the first line, perhaps after punctuation: `# https://…`, `=== https://… ===`."""
    start = first_filled(part.lines)
    if start is None or part.stated.url is not None:
        return None
    text = part.lines[start].text
    if saved := _SAVED_FROM.match(text):
        where = "the line above the post"
        return start + 1, Stated(url=url_in(saved["url"]), saved=instant_in(saved["day"] or ""), where=where)
    link = _SOURCE_LINK.match(text) or _TAGGED_URL.match(text)
    url = link[1] if link else banner_url(text)[0]
    return None if url is None else (start + 1, Stated(url=url_in(url), where="the line above the post"))


def banner_url(text: str) -> tuple[str | None, str]:
    """Return the URL of a line that contains little else, and the line's form without URL and number."""
    may_be_url = "://" in text and "](" not in text and len(text) <= _LONGEST_LINE  # an image is the author's
    match = _BARE_URL.match(text.strip()) if may_be_url else None
    if match is None:
        return None, ""
    return match["url"], _DIGITS.sub("0", f"{match['before'].strip()} {match['behind'].strip()}").lower()


def url_line(text: str) -> str | None:
    """Return the URL in a line that states the URL of the text below it, or None."""
    if "://" not in text or len(text) > _LONGEST_LINE or _ATTRIBUTE.match(text):
        return None
    key_and_value = key_of(text)
    if key_and_value is not None and (FIELD_OF.get(key_and_value[0]) == "url" or key_and_value[0] == "subject"):
        return url_in(key_and_value[1])
    marked = _MARKED_URL.match(text) or _SAVED_FROM.match(text) or _TAGGED_URL.match(text)
    return marked[1] if marked else None
