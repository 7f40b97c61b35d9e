"""Read the opening lines of an article that a reading app, a clipper or a person saved: title, byline, source, labels.

Such lines have no common format (`By Ann · May 4, 2023 · 3 min read`, `Clipped from: https://…`, `[Read Original](…)`).
Each short line above the first paragraph is tried as each kind; the lines are a head only if they state the URL of the
page, or the page's host and the reading time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import unquote

from msgspec import Struct, field

from ....model.facts import words
from ....web.urls import split_url
from ....wix.ui_texts.match import classify
from ..tool_formats.forms import BY
from .clippings import HEADING, RULE
from .fields import day_in, field_key, instant_in, stated_in, url_in
from .part import Part, Stated

_WHERE = "the lines above the post"
_MOST_LINES, _LONGEST = 16, 200
_URL_AT_END = re.compile(r"(?P<label>.*?)[\s:–—|<(\[-]*(?P<url>https?://[^\s<>\])]+)[>)\]]*\s*\Z", re.S)
_LINK = re.compile(r"\W*\[(?P<label>[^\[\]]{1,60})\]\((?P<url>https?://[^\s()]+(?:\([^\s()]*\)[^\s()]*)*)\)\W*\Z")
_ARCHIVED = re.compile(r"https?://web\.archive\.org/web/(\d{14})\w*/(https?://\S+)", re.I)
_CACHED = re.compile(r"This is Google's cache of (https?://\S+?)\.? .* appeared on (\d.{8,40}?) GMT", re.I)
_HOST = re.compile(r"(?:www\.)?(?:[\w-]+\.)+[a-z]{2,15}\Z", re.I)
_KEY = re.compile(r"(?P<key>[^\W\d_][\w .-]{0,30}?)[*_]{0,3}\s*(?:::?|：)[*_]{0,3}\s+(?P<value>\S.*)")
#: Headings and links of reading apps around the metadata and the text.
_LABEL = re.compile(
    r"#*\s*(?:metadata|full document|full text|full version|text-only version|view source|article|content"
    r"|tip: to quickly find .*)\s*\Z",
    re.I,
)
_HASHTAGS = re.compile(r"(?:#[^\W\d]\w*\s*)+\Z")
_IMAGE = re.compile(r"!\[[^\[\]]*\]\([^()\s]*\)\Z")
_TIME = re.compile(r"\d{1,2}:\d\d(?:\s*[AP]M)?\Z", re.I)
#: Between the parts of a byline.
_PARTS = re.compile(r"\s+[|•·–—/-]\s+|(?<=[^\s\d])\s*,\s+(?=[^\W_].{0,24}\d{4}\Z)|\t+|\s{3,}")
_ON = re.compile(r"(?:published|posted|updated|on|am|le|el|em|il|op|den)\b:?\s+(?:on\s+)?", re.I)
#: `3–4 minutes`, `5 min`: Firefox, Pocket and other apps, in their language.
_MINUTES = re.compile(
    r"~?\d{1,3}(?:\s*[-–]\s*\d{1,3})?\s*[\"']?\s*(?:min|мин|хв|دق|דק|分|분|นาที|phút|perc|λεπ)\w*.{0,20}\Z", re.I
)
_NAME = re.compile(r"[^\W\d_][^\d:;!?…/|#©•<>{}\[\]“”\"]{1,39}\Z")
_MOST_NAME_WORDS = 5
_LONGEST_LABEL = 8
_SENTENCE_END = (".", ":", ",", ";", "。")
_MARKUP = " \t\ufeff>*_`"
_BULLET = re.compile(r"(?:[-+•]\s+|:(?=\w))")
#: The share of the words of a URL's last part that a title has.
_NAMED = 0.75
_LEAST_LETTERS = 4


class _Opening(Struct):
    """What the opening lines state, and the index after the last line of them that is recognized."""

    stated: Stated = field(default_factory=lambda: Stated(where=_WHERE))
    end: int = 0
    below: int = 0
    """The index after the rule or label below them."""
    host: bool = False
    minutes: bool = False
    is_archived: bool = False
    """An archive or a cache states the URL, which can be of a whole page."""
    has_title: bool = False
    urls: list[tuple[str, str]] = field(default_factory=list)
    """The label and the URL of each line with a URL."""


def opening_lines(part: Part) -> tuple[int, Stated] | None:
    """Return the end of the opening lines, and their metadata, or None if they state no URL that is still unknown."""
    known = part.stated
    opening = _Opening()
    filled = [n for n, line in enumerate(part.lines[: 4 * _MOST_LINES]) if line.text.strip(_MARKUP)][:_MOST_LINES]
    texts = [_bare(part.lines[n].text) for n in filled]
    for at, n in enumerate(filled):
        if _is_of_the_app(texts[at], known):
            if opening.end and not _HASHTAGS.match(texts[at]):
                opening.below = n + 1
        elif _read(opening, texts[at], texts[at + 1 : at + 2], known, is_first=at == 0):
            opening.end = opening.below = n + 1
        else:
            break
    opening.end = opening.below
    stated = opening.stated
    if opening.urls and not stated.url:
        originals = [url for label, url in opening.urls if "original" in label.casefold()]
        stated.url = originals[0] if originals else opening.urls[0][1]
    has_title = bool(stated.title or known.title) or opening.is_archived
    if known.url and stated.url is None:
        # the head above has stated the page: a byline below it is the page's
        return (opening.end, stated) if stated.authors or (stated.date and opening.minutes) else None
    if stated.url is None and opening.host and opening.minutes and stated.title:
        part.is_article = True
        return opening.end, stated
    return (opening.end, stated) if stated.url and not known.url and has_title else None


def closing_line(part: Part) -> tuple[int, Stated] | None:
    """Return the last line if it states the page's URL: the URL's last part has the words of the title."""
    last = next((n for n in range(len(part.lines) - 1, 0, -1) if part.lines[n].text.strip(_MARKUP)), None)
    first = next((line.text for line in part.lines if line.text.strip(_MARKUP)), "")
    if part.stated.url or last is None or "://" not in part.lines[last].text:
        return None
    text = part.lines[last].text.strip().strip(_MARKUP)
    match = _LINK.match(text) or _URL_AT_END.match(text)
    if match is None or len(match["label"].split()) > _LONGEST_LABEL:
        return None
    last_part = unquote(split_url(match["url"]).path.rstrip("/").rpartition("/")[2])
    if len(first) > _LONGEST or not _names(last_part, part.stated.title or first):
        return None
    return last, Stated(url=url_in(match["url"]), where=f"line {part.lines[last].number}")


def _names(last_part: str, title: str) -> bool:
    """Return True if the last part of a URL has words of a title."""
    slug, own = set(words(last_part.replace("-", " "))), set(words(title))
    if len(slug) > 1:
        return len(slug & own) >= _NAMED * len(slug)
    return not last_part.isascii() and len(last_part) >= _LEAST_LETTERS and last_part in title  # without spaces


def _read(opening: _Opening, text: str, following: Sequence[str], known: Stated, is_first: bool) -> bool:
    """Read one line; return False for the first line of the text."""
    if len(text) > _LONGEST and "://" not in text:
        return False
    if _read_fields(opening, text, is_first):
        return True
    if "://" in text:
        return _read_url(opening, text, known, is_first)
    interface_text = classify(text)
    if interface_text is not None and (interface_text.kind != "minutes" or known.url):
        return False  # a whole page, or its own byline
    heading = HEADING.match(text)
    if not heading and _read_byline(opening, text, following):
        return True
    title = " ".join((heading[1] if heading else text).strip("*_ ").split())
    if not opening.has_title and not known.title and (heading or not text.endswith(_SENTENCE_END)):
        opening.stated.title, opening.has_title = title, True
        return True
    return (heading is not None or is_first) and bool(known.title) and words(title) == words(known.title or "")


def _bare(text: str) -> str:
    text = text.strip(_MARKUP)
    return _BULLET.sub("", text, count=1) if _BULLET.match(text) else text


def _is_of_the_app(text: str, known: Stated) -> bool:
    """Return True for a line that the reading app adds: a rule, a label, hashtags, its cover image."""
    if RULE.match(text) or _LABEL.match(text) or _HASHTAGS.match(text):
        return True
    return bool(_IMAGE.match(text)) and not known.url


def _read_fields(opening: _Opening, text: str, is_first: bool) -> bool:
    """Read a host, a `Key: value` line, a time, or the line of a search engine's cache."""
    stated = opening.stated
    if cached := _CACHED.match(text):
        stated.saved = instant_in(cached[2]) or day_in(cached[2])
        opening.urls.append(("", cached[1]))
        opening.is_archived = True
        return True
    if is_first and _HOST.match(text):
        opening.host = True
        return True
    if "://" not in text and (key := _KEY.match(text)) and field_key(key["key"]):
        if not _HASHTAGS.match(key["value"]):  # a label of the reading app
            stated.fill(stated_in({key["key"]: key["value"]}, _WHERE))
        return True
    if _TIME.match(text) and stated.date:
        stated.saved, stated.date = stated.saved or stated.date, None  # a date with a time is that of saving
        return True
    return False


def _read_url(opening: _Opening, text: str, known: Stated, is_first: bool) -> bool:
    if archived := _ARCHIVED.search(text):
        opening.stated.saved = instant_in(archived[1])
        opening.urls.append(("original", archived[2]))
        opening.is_archived = True
        return True
    link = _LINK.match(text)
    match = link or _URL_AT_END.match(text)
    url = url_in(match["url"]) if match else None
    if match is None or url is None or not split_url(url).path.strip("/") or (known.url and known.url != url):
        return False
    if link and not _names_source(link["label"]):
        return False  # a link of the page's menu, or of the author
    label = match["label"].strip(" -–—|:<(\t[*_#")
    if len(label.split()) > _LONGEST_LABEL or (is_first and label and not known.title and not _names_source(label)):
        if not is_first or len(label) > _LONGEST:
            return False
        opening.stated.title, opening.has_title = label, True  # `Title - https://…`
        label = ""
    opening.urls.append((label, url))
    return True


def _names_source(label: str) -> bool:
    key = label.casefold()
    return field_key(label) is not None or any(
        word in key for word in ("source", "original", "from", "url", "link", "read on")
    )


def _read_byline(opening: _Opening, text: str, following: Sequence[str]) -> bool:
    """Read a line of names, dates and reading times; a name alone counts only above or below one of the others."""
    names: list[str] = []
    day: str | None = None
    has_minutes = has_by = False
    for piece in [text] if _day(text) else (piece.strip(_MARKUP) for piece in _PARTS.split(text)):
        if not piece or _is_minutes(piece):
            has_minutes |= bool(piece)
        elif date := _day(piece):
            day = day or date
        elif by := BY.match(piece):
            has_by = True
            names.append(piece[by.end() :].strip(_MARKUP))
        else:
            names.append(piece)
    if not all(_is_name(name) for name in names) or len(names) > 2 or not (names or day or has_minutes):
        return False
    alone = bool(names) and not (day or has_minutes or has_by)
    if alone and (not opening.has_title or not any(_is_minutes(line) or _day(line) for line in following[:1])):
        return False
    stated = opening.stated
    stated.authors = stated.authors or names
    stated.date = stated.date or day
    opening.minutes |= has_minutes
    return True


def _is_minutes(text: str) -> bool:
    kind = classify(text)
    return bool(_MINUTES.match(text)) or (kind is not None and kind.kind == "minutes")


def _day(text: str) -> str | None:
    on = _ON.match(text)
    text = text[on.end() :] if on else text
    return day_in(text) if any(c.isdigit() for c in text) and len(text) < 40 else None


def _is_name(text: str) -> bool:
    return (
        bool(_NAME.match(text))
        and len(text.split()) <= _MOST_NAME_WORDS
        and not text.endswith(_SENTENCE_END)
        and classify(text) is None
    )
