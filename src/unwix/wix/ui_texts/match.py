"""Classify a line as interface text, by one table lookup for all kinds and languages."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from ...web.printed_dates import begins_with_english_date
from .catalogue import NUMBER, cells, file_texts, pattern, strings, strings_of

_NUMBERS = re.compile(rf"{NUMBER}|(?<![A-Za-z])NaN(?![A-Za-z])")
_OPEN = re.compile(r"\{date\}|\{any\}")
#: Spaces, bidirectional marks and zero-width characters, which renderers add and remove.
_IGNORED = re.compile("[\\s\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\xad]+")
_HAS_NUMBER = re.compile(r"\d|NaN")
_LAST, _MOST_LAST = ".:：…", 3
#: The like state on a card has the number of likes before it, with their word, and again behind it.
_LIKES_BEFORE, _LIKES_BEHIND = re.compile(r"\A#(?:[^#]{1,30}?[.:])?"), re.compile(r"#\Z")
_LONGEST, _LONGEST_TEXT = 160, 60
_LONGEST_COUNTERS = 100
#: The number of comments behind their heading.
_COUNT_BEHIND = re.compile(r"[(（\[]#[)）\]]\Z")
#: Two numbers of one digit with nothing between them; longer ones can be divided in several ways.
_TWO_DIGITS = re.compile(r"(?<!\d)\d\d(?!\d)")
_LONGEST_DATE = 40
#: Shorter texts can be an author's: `No No`.
_SHORTEST_REPEATED = 10
#: The number of characters at the edges of a line that are not in its key.
_MOST_EDGES = 4
#: Kinds whose text precedes a name or date.
_LABELS = frozenset({"author", "updated"})
#: Kinds of lines that stand in elements of the interface next to a post, or in its widgets.
_IN_WIDGETS = frozenset(
    {"share", "like", "views", "comments", "ratings", "see_all", "more", "download", "social", "recent"}
)


class UiText(NamedTuple):
    """The kind of interface text of a line, and the languages in which Wix prints it so."""

    kind: str
    languages: frozenset[str]


def normalize(line: str) -> str:
    """Return a line as a key of the table: without spaces and case, `#` for each number."""
    text = _NUMBERS.sub("#", line) if _HAS_NUMBER.search(line) else line
    return _without_edges(_IGNORED.sub("", text).replace("’", "'").casefold())


def _without_edges(text: str) -> str:
    """Return a text without bullets at its start and without up to three of `.:…` at its end."""
    text = text.lstrip("•·")
    if text[-1:] in _LAST:
        bare = text.rstrip(_LAST)
        return bare if len(text) - len(bare) <= _MOST_LAST else text[:-_MOST_LAST]
    return text


@cache
def _table() -> dict[str, UiText]:
    entries: dict[str, tuple[str, set[str]]] = {}
    for kind, by_language in strings().items():
        if kind in _LABELS:
            continue
        for language, texts in by_language.items():
            for text in texts:
                if not _OPEN.search(text):
                    entry = entries.setdefault(normalize(text.replace("{n}", "0")), (kind, set()))
                    if entry[0] == kind:
                        entry[1].add(language)
    return {key: UiText(kind, frozenset(languages)) for key, (kind, languages) in entries.items()}


@cache
def _files() -> re.Pattern[str]:
    texts = [text for texts in strings()["download"].values() for text in texts]
    return re.compile(rf"\s*(?:{'|'.join(map(pattern, texts))})\s*\Z", re.I)


@cache
def _labels(kind: str) -> re.Pattern[str]:
    texts = {text.split("{date}")[0].strip(" :：") for texts in strings_of(kind).values() for text in texts}
    choices = "|".join(sorted((re.sub("['’]", "['’]", re.escape(t)) for t in texts), key=len, reverse=True))
    spaces = choices.replace(r"\ ", r"[\s\u00a0]*")
    return re.compile(rf"\s*(?:[•·]\s*)?(?:{spaces})[\s\u00a0]*[:：]?[\s\u00a0\u200e\u200f]*(?P<rest>\S.*)?\Z", re.I)


@cache
def _label_languages(kind: str) -> dict[str, frozenset[str]]:
    entries: dict[str, set[str]] = {}
    for language, texts in strings()[kind].items():
        for text in texts:
            entries.setdefault(normalize(text.split("{date}")[0]), set()).add(language)
    return {key: frozenset(languages) for key, languages in entries.items()}


@cache
def _longest_key() -> int:
    return max(map(len, _table()))


def _first_letter(line: str) -> str:
    return line.lstrip(" \t\u00a0•·")[:1].casefold()


@cache
def _first_letters() -> frozenset[str]:
    """Return the letters that labels before a name or a date begin with."""
    texts = (text for kind in _LABELS for texts in strings()[kind].values() for text in texts)
    return frozenset(letter for text in texts if (letter := _first_letter(text.split("{date}")[0].strip(" :：'’"))))


@cache
def _minute_words() -> re.Pattern[str]:
    """Return the longest word of each text for the reading time, without spaces and case."""
    texts = {text for texts in strings()["minutes"].values() for text in texts}
    words = {max((normalize(piece) for piece in text.split("{n}")), key=len) for text in texts}
    return re.compile("|".join(map(re.escape, sorted(words, key=len))))


def may_have_minutes(line: str) -> bool:
    """Return True if a text for the reading time may be in a line; searching it is slow."""
    return _minute_words().search(_IGNORED.sub("", line).replace("’", "'").casefold()) is not None


@lru_cache(maxsize=4096)
def classify(line: str) -> UiText | None:
    """Return the kind of interface text of a whole line, or None for any other line."""
    if not line or len(line) >= _LONGEST:
        return None
    # a long line without a number is not in the table, and few lines begin like a label
    is_long = (
        len(line) > _LONGEST_TEXT
        and len("".join(line.split())) > _longest_key() + _MOST_EDGES
        and not _HAS_NUMBER.search(line)
    )
    key = "" if is_long else normalize(line)
    return _table().get(key) or _labelled(line) or (_counted(line, key) if "#" in key else None) or _repeated(line)


def _repeated(line: str) -> UiText | None:
    """Match a text that a tool joins with itself: a field prints its label and its placeholder."""
    half = len(line) // 2
    first, second = line[:half].strip(), line[half:].strip()
    return _table().get(normalize(first)) if first == second and len(first) >= _SHORTEST_REPEATED else None


def _labelled(line: str) -> UiText | None:
    """Match a name or date behind its label."""
    for kind in ("author", "updated") if _first_letter(line) in _first_letters() else ():
        if label := _labels(kind).match(line):
            rest = label["rest"]
            if kind == "author" or rest is None or _may_be_date(rest):
                name = normalize(line[: label.start("rest")] if rest else line)
                return UiText(kind, _label_languages(kind).get(name, frozenset()))
    return None


def _may_be_date(text: str) -> bool:
    """Return True for a text that can be a date in any language, unlike the rest of `Updated: with a new glaze`."""
    if len(text) > _LONGEST_DATE:
        return False
    is_note = not _HAS_NUMBER.search(text) and len(text.split()) > 1
    return not is_note or getattr(_table().get(normalize(text)), "kind", None) == "relative"


def _counted(line: str, key: str) -> UiText | None:
    """Match a line with numbers: counters, the state of the likes, a file with its size."""
    if split := _counters(key):
        return split
    if likes := _likes(key):
        return likes
    heading = _table().get(_COUNT_BEHIND.sub("", key))
    if heading is not None and heading.kind == "comments_heading":
        return heading
    return UiText("download", frozenset()) if "•" in line and _files().match(line) else None


def _likes(key: str) -> UiText | None:
    """Match the like state, with the number of likes before or behind it."""
    likes = _without_edges(_LIKES_BEHIND.sub("", key))
    for text in (likes, _LIKES_BEFORE.sub("", likes)):
        if (entry := _table().get(text)) and entry.kind == "like":
            return entry
    return None


def _counters(key: str) -> UiText | None:
    """Match views and comments in one line without anything between them, perhaps with the like state behind them."""
    if len(key) > _LONGEST_COUNTERS:
        return None
    table = _table()
    for at in range(2, len(key) - 1):
        views = table.get(key[:at])
        if views is None or views.kind != "views":
            continue
        # where the one ends with its number, and the other begins with it, the numbers look like one
        for rest in (key[at:], key[at - 1 :] if key[at - 1] == "#" else ""):
            for end in (len(rest), *range(2, len(rest) - 1)):
                comments = table.get(rest[:end])
                if comments and comments.kind == "comments" and (end == len(rest) or _likes(rest[end:])):
                    return UiText("counters", views.languages & comments.languages or views.languages)
    return None


def split_counters(line: str) -> tuple[str, ...] | None:
    """Return the views, the comments and perhaps the likes of a line that contains all of them, as printed.

    None where two numbers look like one and can be divided in several ways.
    """
    for end in (len(line), *range(2, len(line) - 1)):
        likes = classify(line[end:]) if end < len(line) else None
        if end < len(line) and (likes is None or likes.kind != "like"):
            continue
        for at in range(end - 1, 0, -1):
            views, comments = classify(line[:at]), classify(line[at:end])
            if views and comments and (views.kind, comments.kind) == ("views", "comments"):
                is_divided = line[at - 1].isdecimal() and line[at].isdecimal()
                if is_divided and not _TWO_DIGITS.match(line, at - 1):
                    return None
                return (line[:at], line[at:end], *([line[end:]] if likes else []))
    return None


def author_name(line: str) -> str | None:
    """Return the name behind the label of the author's image; empty where the label stands alone, None for no label."""
    label = _labels("author").match(line)
    return None if label is None else (label["rest"] or "").strip()


def updated_date(line: str) -> str | None:
    """Return the date behind the label of an update; empty where the label stands alone, None for no label."""
    text = line.lstrip(" \t\u00a0•·")
    if text[:1].isdecimal() or begins_with_english_date(text):
        return None  # most are only the date: the catalogue is not needed
    label = _labels("updated").match(line)
    return None if label is None else (label["rest"] or "").strip()


def is_interface_label(line: str) -> bool:
    """Return True for a text of the buttons and widgets of a post: `See All Results`, `Download PDF`, `Share`."""
    exact, open_texts = _widget_labels()
    if line.strip() in exact or open_texts.fullmatch(line) is not None:
        return True
    if not _HAS_NUMBER.search(line) and normalize(line) not in _squeezed_files():
        return False  # as for most lines: it takes longer to parse the files
    text = classify(line)
    return text is not None and text.kind in _IN_WIDGETS


@cache
def _squeezed_files() -> str:
    """Return the texts of all language files in the form of the keys of the table."""
    return _IGNORED.sub("", "\n".join(file_texts())).replace("’", "'").casefold()


@cache
def _widget_labels() -> tuple[frozenset[str], re.Pattern[str]]:
    """Return the texts of widgets, and the pattern of those with a number or a name in them."""
    texts = {cell for cell in cells("widgets.tsv") if cell}
    open_texts = sorted(re.escape(text).replace(r"\{\}", r"\S{0,20}") for text in texts if "{}" in text)
    return frozenset(text for text in texts if "{}" not in text), re.compile(rf"\s*(?:{'|'.join(open_texts)})\s*")
