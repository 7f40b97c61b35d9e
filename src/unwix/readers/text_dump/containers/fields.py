"""Names of metadata fields in front matter, `Key: value` lines, tags and records, and their values as `Stated`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from ....web.printed_dates import printed_date
from .part import Stated

#: The field of `Stated` by the key, in small letters and without separators, in order of preference.
_KEYS: dict[str, tuple[str, ...]] = {
    "title": ("title", "headline", "ogtitle", "posttitle", "articletitle", "pagetitle", "name", "subject"),
    "url": (
        "canonicalurl", "canonical", "url", "sourceurl", "urlsource", "finalurl", "pageurl", "link", "permalink",
        "source", "originalurl", "weburl", "ogurl", "uri", "address", "href", "xurl", "contentlocation", "id",
        "subject",
    ),
    "authors": ("author", "authors", "byline", "writer", "creator", "by"),
    "date": (
        "date", "published", "publishedat", "publisheddate", "publishedtime", "datepublished", "publicationdate",
        "pubdate", "publishdate", "articlepublishedtime", "posted",
    ),
    "updated": ("updated", "modified", "lastmodified", "datemodified", "modifieddate", "updatedat", "modifiedtime"),
    "description": ("description", "excerpt", "summary", "ogdescription", "metadescription"),
    "tags": ("tags",),
    "language": ("language", "lang", "inlanguage"),
    "site_name": ("sitename", "site", "ogsitename", "hostname", "sourcehostname"),
    "saved": (
        "saved", "savedat", "datesaved", "fetchdate", "fetchedat", "datefetched", "scrapedat", "scrapedate",
        "datescraped", "ingestedat", "crawledat", "crawldate", "datecrawl", "downloadedat", "datedownload",
        "downloaddate", "retrieved", "retrievedat", "accessed", "accessedat", "captured", "capturedat", "created",
        "timestamp", "warcdate", "savedon", "filedate", "collectedat", "addedat", "added",
    ),
}  # fmt: skip
FIELD_OF = {key: name for name, keys in reversed(_KEYS.items()) for key in keys}
_URL = re.compile(r"https?://[^\s<>\"'`\]]+[^\s<>\"'`\].,;)]", re.I)
_SEPARATORS = re.compile(r"[\s_.\-:]+")
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?\Z")
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?:[-_][A-Za-z]{2,4})?\Z")
#: What programs put into every clipping's tags.
_TOOL_TAGS = frozenset({"clippings", "clipping"})
_LONGEST = 400


def plain_key(key: str) -> str:
    """Return a key in small letters without separators."""
    return _SEPARATORS.sub("", key.strip().strip("*_`\"'").lower())


def stated_in(values: Mapping[str, Any], where: str) -> Stated:
    """Return what a mapping of keys to values states. The first key of each field in the order of the table wins."""
    known = {plain_key(str(key)): value for key, value in values.items()}
    stated = Stated(where=where)
    stated.title = _text(_first(known, "title", lambda v: _text(v) if not _URL.match(_text(v) or "") else None))
    stated.url = _first(known, "url", url_in)
    stated.authors = _names(_first(known, "authors", lambda v: v or None))
    stated.date = _first(known, "date", day_in)
    stated.updated = _first(known, "updated", day_in)
    stated.description = _text(_first(known, "description", lambda v: v or None))
    stated.tags = [tag for tag in _list(known.get("tags")) if tag.lower() not in _TOOL_TAGS]
    language = _text(_first(known, "language", lambda v: v or None))
    stated.language = language[:2].lower() if language and _LANGUAGE.match(language) else None
    stated.site_name = _text(_first(known, "site_name", lambda v: v or None))
    stated.saved = _first(known, "saved", instant_in)
    for inner in ("metadata", "meta"):
        if isinstance(known.get(inner), Mapping):
            within = stated_in(known[inner], where)
            if "source" in {plain_key(str(key)) for key in known[inner]} and within.date and not within.saved:
                within.saved = within.date  # the date on which a retrieval corpus took the page
            stated.fill(within)
    return stated


def _first(known: Mapping[str, Any], name: str, read: Any) -> Any:
    return next((found for key in _KEYS[name] if key in known and (found := read(known[key])) is not None), None)


def _text(value: Any) -> str | None:
    if isinstance(value, str):
        text = " ".join(value.split())
        return text.strip("\"'") if len(text) <= _LONGEST and text else None
    return None


def url_in(value: Any) -> str | None:
    """Return the URL that a value is, also in a Markdown link or angle brackets; None if it is something else."""
    if isinstance(value, list) and value:
        value = value[0]
    found = _URL.search(value) if isinstance(value, str) and len(value) < 2000 else None
    if found is None or len(value.strip().split()) > 2:  # a sentence with a URL
        return None
    return found[0]


def _list(value: Any) -> list[str]:
    if isinstance(value, str):
        value = re.split(r"[,;]", value.strip("[]"))
    names = (" ".join(str(item).strip(" \"'").split()) for item in value) if isinstance(value, list) else ()
    return list(dict.fromkeys(name.lstrip("#") for name in names if name))


def _names(value: Any) -> list[str]:
    """Author names: a list, or one string; wiki brackets and mail addresses in angle brackets go."""
    if isinstance(value, Mapping):
        value = value.get("name")
    if isinstance(value, str):
        value = re.split(r"\s*;\s*", value)
    items = value if isinstance(value, list) else []
    texts = (str(item.get("name") if isinstance(item, Mapping) else item) for item in items)
    cleaned = (" ".join(re.sub(r"\[\[|\]\]|\s*<[^>]*>", "", text).strip(" \"'").split()) for text in texts)
    return list(
        dict.fromkeys(name for name in cleaned if name and not _URL.match(name) and name not in ("None", "null"))
    )


def day_in(value: Any) -> str | None:
    """Return the day of a date in any unambiguous form, or None."""
    found = instant_in(value)
    if found is not None:
        return found[:10]
    return printed_date(value.strip(), "en") if isinstance(value, str) and len(value) < 40 else None


def instant_in(value: Any) -> str | None:
    """Return a date or instant in ISO 8601, or None."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    text = value.strip().strip("\"'") if isinstance(value, str) else ""
    if _ISO.match(text):
        return text.replace(" ", "T")
    if len(text) == 14 and text.isdigit():  # as web archives write it
        return f"{text[:4]}-{text[4:6]}-{text[6:8]}T{text[8:10]}:{text[10:12]}:{text[12:]}Z"
    return None
