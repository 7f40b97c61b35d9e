"""Names of metadata fields in front matter, `Key: value` lines, tags and records, and their values as `Stated`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from ....web.dates import instant, read_date
from ....wix.ids import is_id
from .part import Stated

_T = TypeVar("_T")
#: The keys of each field of `Stated`, in lower case and without separators, best first.
_KEYS: dict[str, tuple[str, ...]] = {
    "title": (
        "title", "headline", "h1", "heading", "titre", "titel", "título", "titulo", "titolo", "заголовок", "name",
        "subject", "fulltitle",
    ),
    "url": (
        "canonicalurl", "canonical", "url", "sourceurl", "urlsource", "finalurl", "loadedurl", "resolvedurl", "link",
        "permalink", "source", "originalurl", "weburl", "requesturl", "responseurl", "webpage", "fullurl", "uri", "loc",
        "targeturi", "warctargeturi", "address", "href", "src", "xurl", "contentlocation", "reference", "quelle",
        "fuente", "fonte", "bron", "источник", "oldurl", "publicurl", "liveurl", "id", "subject",
    ),
    "slug": ("slug", "urlslug", "postslug", "permalink"),
    "cover": (
        "cover", "coverimage", "coverimageurl", "coverurl", "featuredimage", "featuredimageurl", "heroimage",
        "heroimageurl", "imageurl",
    ),
    "authors": (
        "author", "authors", "byline", "writer", "creator", "by", "authorname", "writername", "creatorname", "postedby",
        "writtenby", "publishedby", "from", "auteur", "autor", "autora", "autore", "автор",
    ),
    "date": (
        "published", "publishedat", "publishedon", "publisheddate", "publishedtime", "datepublished",
        "publicationdate", "pubdate", "publishdate", "publishtime", "datepublish", "firstpublisheddate", "posted",
        "postedon", "postedat", "date", "datum", "fecha", "data", "дата",
    ),
    "updated": (
        "updated", "modified", "lastmodified", "datemodified", "modifieddate", "updatedat", "updatedon",
        "modifiedtime", "lastupdated", "datemodify", "dateupdated", "lastpublisheddate",
    ),
    "description": ("description", "excerpt", "summary"),
    "categories": ("categories", "category", "articlesection", "section"),
    "tags": ("tags", "keywordslist"),
    "language": ("language", "lang", "inlanguage", "languagecode"),
    "site_name": ("sitename", "site", "hostname", "sourcehostname", "websitename", "publication"),
    "saved": (
        "saved", "savedat", "datesaved", "fetchdate", "fetchedat", "fetchtime", "datefetched", "scrapedat",
        "scrapedate", "datescraped", "scraped", "ingestedat", "crawledat", "crawldate", "crawltime", "datecrawl",
        "datecrawled", "crawled", "downloadedat", "datedownload", "datedownloaded", "downloaddate", "loadedtime",
        "retrieved", "retrievedat", "accessed", "accessedat", "accessdate", "captured", "capturedat", "capturedate",
        "clipped", "created", "createdat", "timestamp", "warcdate",
        "savedon", "filedate", "collectedat", "addedat",
        "added",
    ),
}  # fmt: skip
FIELD_OF = {key: name for name, keys in reversed(_KEYS.items()) for key in keys}
#: Prefixes of keys: `og:title`, `post_date`, `articleAuthor`.
_PREFIX = re.compile(
    r"(?:og|dc|dcterms|dcx|twitter|citation|meta|metadata|seo|article|post|page|document|doc|entry|story|content|web)"
    r"(?=\w)"
)
#: Keys of the moment at which a tool read the page: `fetched`, `crawl_time`, `date_of_download`.
_CAPTURE = re.compile(
    r"(?:date|time|datetime|timestamp|last)?(?:of)?(?:fetch|crawl|scrap|download|captur|retriev|access|sav|archiv|collect"
    r"|ingest|harvest|snapshot|visit|import|clip|extract|index)(?:ed|e|ing|al|d)?(?P<when>at|on|utc|date|time|datetime"
    r"|timestamp|ts)*\Z"
)
#: Objects inside a record with more metadata of its text.
_NESTED = frozenset(
    "metadata meta metadatas warcheaders crawl properties attributes extra extrainfo frontmatter opengraph jsonld"
    " sourcemetadata pagemeta pagemetadata params".split()
)
#: Keys of records of a crawl; their `date` is the day of the crawl.
_OF_A_CRAWL = frozenset({"dump", "warcfilename", "warcrecordid", "warcrecordoffset", "crawlid", "ccpath"})
_URL = re.compile(r"https?://[^\s<>\"'`\]]+[^\s<>\"'`\].,;)]", re.I)
#: The copy of an email at the service that sends it.
MAILING_URL = re.compile(
    r"https?://(?:shoutout\.wix\.com|mailchi\.mp|(?:[\w-]+\.)*(?:campaign-archive|list-manage)\.com)/", re.I
)
_SEPARATORS = re.compile(r"[\s_.\-:/@]+")
_SLUG = re.compile(r"[\w%~-][\w%~.-]{0,199}\Z")
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?:[-_][A-Za-z]{2,4})?\Z")
_NO_NAMES = frozenset({"none", "null", "nan", "unknown", "n/a", "-"})
#: A missing value in Python, YAML, JSON and JavaScript.
_NO_VALUES = frozenset({"None", "null", "Null", "NULL", "~", "nan", "NaN", "undefined"})
#: Tags that programs add to every clipping.
_TOOL_TAGS = frozenset({"clippings", "clipping"})
_DEGREE = re.compile(r"(?:[A-Z]\.?){2,6}\Z|(?:Ph\.?D|M\.?Sc|B\.?Sc|Dr\.?|Esq|Jr|Sr)\.?\Z")
_LONGEST = 400
#: `#clay #kiln`
_HASHTAGS = re.compile(r"\s*#[^\s,;|#]+(?:\s+#[^\s,;|#]+)+\s*\Z")
#: The time of a date that a program has turned into an instant.
_MIDNIGHT = re.compile(r"T[0:.]+(?:Z|\+00:?00)?\Z")
#: More digits of a second than YAML readers accept.
_FRACTION = re.compile(r"(?<=\.\d{3})\d{4,}")
_NUMBERS_OF_DATE = re.compile(r"\d{1,4}([./-])\d{1,2}\1\d{2,4}\b")
#: The digits of a web archive's timestamp.
_ARCHIVED = re.compile(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\Z")
#: A shorter number is not a date.
_LEAST_DIGITS = 8


def plain_key(key: str) -> str:
    """Return a key in lower case without separators."""
    return _SEPARATORS.sub("", key.strip().strip("*_`\"'").casefold())


def field_key(key: str) -> str | None:
    """Return the known key of a key, perhaps after a prefix (`og:title` → `title`), or None."""
    plain = plain_key(key)
    while plain not in FIELD_OF:
        if _is_capture(plain):
            return "saved"
        shorter = _PREFIX.sub("", plain, count=1)
        if shorter == plain:
            return None
        plain = shorter
    return plain


def _is_capture(plain: str) -> bool:
    """Return True for a key with a word for reading a page in the past tense, or with one for a date."""
    match = _CAPTURE.match(plain)
    if match is None or plain in FIELD_OF:
        return False
    return bool(match["when"]) or plain.endswith("ed") or plain.startswith(("date", "time"))


def stated_in(values: Mapping[str, Any], where: str) -> Stated:
    """Return the metadata in a mapping of keys to values. For each field, the first known key in table order wins."""
    plain = {plain_key(str(key)): value for key, value in values.items()}
    known = dict(plain)
    for key, value in plain.items():
        if (known_key := field_key(key)) is not None:
            known.setdefault(known_key, value)
    stated = Stated(
        title=_first(known, "title", _title),
        url=_first(known, "url", url_in),
        slug=_first(known, "slug", _slug),
        cover=_first(known, "cover", _cover),
        authors=_first(known, "authors", _names) or [],
        language=_first(known, "language", _language),
        description=_first(known, "description", _text),
        categories=_first(known, "categories", _list) or [],
        tags=[tag for tag in _first(known, "tags", _list) or [] if tag.casefold() not in _TOOL_TAGS],
        site_name=_first(known, "site_name", _text),
        saved=_first(known, "saved", instant_in),
        where=where,
    )
    stated.date = _first(known, "date", lambda value: _moment_in(value, stated.language))
    stated.unclear_date = None if stated.date else _first(known, "date", _unclear_date)
    stated.updated = _first(known, "updated", lambda value: _moment_in(value, stated.language))
    for key, inner in plain.items():
        if key in _NESTED and isinstance(inner, Mapping):
            within = stated_in(inner, where)
            if "source" in {plain_key(str(name)) for name in inner} and within.date and not within.saved:
                within.saved = within.date  # the date on which a corpus retrieved the page
            stated.fill(within)
    if stated.date and not plain.keys().isdisjoint(_OF_A_CRAWL):
        stated.date, stated.saved = None, stated.saved or stated.date
    return stated


def _first(known: Mapping[str, Any], name: str, read: Callable[[Any], _T | None]) -> _T | None:
    values = (read(known[key]) for key in _KEYS[name] if key in known)
    return next((value for value in values if value), None)


def unquoted(text: str) -> str:
    """Return a text without the quotation marks around all of it; those around a part of it stay."""
    text = text.strip()
    is_quoted = len(text) > 1 and text[0] in "\"'" and text[0] == text[-1] and text[0] not in text[1:-1]
    return text[1:-1] if is_quoted else text


def _is_nothing(text: str) -> bool:
    """Return True for the text that a program writes where a value is missing."""
    return text in _NO_VALUES


def _text(value: Any) -> str | None:
    if isinstance(value, str):
        text = unquoted(" ".join(value.split()))
        return text if len(text) <= _LONGEST and text and not _is_nothing(text) else None
    return None


def _title(value: Any) -> str | None:
    title = _text(value)
    return title if title and not _URL.match(title) else None


def _slug(value: Any) -> str | None:
    """Return the slug in a value, also of a path (`/post/blue-wool`)."""
    slug = (_text(value) or "").strip("`/").rpartition("/")[2]
    return slug if _SLUG.match(slug) else None


def _cover(value: Any) -> str | None:
    """Return the URL of an image at Wix; `image_url` can be any other image."""
    url = url_in(value)
    return url if url is not None and "static.wixstatic.com/media/" in url else None


def _language(value: Any) -> str | None:
    language = _text(value)
    return language[:2].lower() if language and _LANGUAGE.match(language) else None


def url_in(value: Any) -> str | None:
    """Return the URL in a value, also in a Markdown link or angle brackets; None if the value is something else."""
    if isinstance(value, list) and value:
        value = value[0]
    match = _URL.search(value) if isinstance(value, str) and len(value) < 2000 else None
    if match is None or len(value.strip().split()) > 2:  # a sentence with a URL
        return None
    if MAILING_URL.match(match[0]):
        return None
    return match[0]


def _list(value: Any) -> list[str]:
    if isinstance(value, str):
        separators = r"\s+" if _HASHTAGS.match(value) else r"[,;|]"
        value = [] if _is_nothing(value.strip()) else re.split(separators, value.strip("[]"))
    names = (" ".join(str(item).strip(" \"'").split()) for item in value) if isinstance(value, list) else ()
    return list(dict.fromkeys(name.lstrip("#") for name in names if name and not is_id(name)))


def _names(value: Any) -> list[str]:
    """Return the names of authors in a list, an object or a string, without wiki brackets and email addresses."""
    if isinstance(value, Mapping):
        value = [value]
    if isinstance(value, str):
        value = re.split(r"\s*;\s*", value)
    texts = (text for item in (value if isinstance(value, list) else []) for text in _names_of(item))
    cleaned = (" ".join(re.sub(r"\[\[|\]\]|\s*<[^>]*>", "", text).strip(" \"'@").split()) for text in texts)
    names: list[str] = []
    for name in cleaned:
        if names and _DEGREE.match(name):
            names[-1] = f"{names[-1]}, {name}"  # trafilatura makes an author of each degree after a name
        elif name and not _URL.match(name) and name.casefold() not in _NO_NAMES and len(name) <= _LONGEST:
            names.append(name)
    return list(dict.fromkeys(names))


def _names_of(item: Any) -> Iterator[str]:
    if isinstance(item, Mapping):
        named = {plain_key(str(key)): value for key, value in item.items()}
        item = next((named[key] for key in ("name", "displayname", "fullname", "nickname") if named.get(key)), None)
    if isinstance(item, str):
        yield item


def day_in(value: Any, language: str | None = None) -> str | None:
    """Return the day of a date in any unambiguous form, or None."""
    moment = _moment_in(value, language)
    return moment[:10] if moment else None


def _moment_in(value: Any, language: str | None = None) -> str | None:
    """Return a date in any unambiguous form as ISO 8601, with its time unless that is midnight; or None."""
    if isinstance(value, str):
        text = value.strip().strip("\"'<>")
        if len(text) < _LEAST_DIGITS and text.isdigit():
            return None
        moment = instant_in(text) or read_date(text, language=language)
    else:
        moment = instant_in(value)
    return moment and _FRACTION.sub("", _MIDNIGHT.sub("", moment))


def _unclear_date(value: Any) -> str | None:
    text = _text(value)
    return text if text and _NUMBERS_OF_DATE.match(text) else None


def instant_in(value: Any) -> str | None:
    """Return a date or instant in ISO 8601, or None."""
    if hasattr(value, "isoformat"):  # a date of TOML or of a Parquet table
        return str(value.isoformat())
    if isinstance(value, str):
        value = value.strip().strip("\"'")
        if match := _ARCHIVED.match(value):
            year, month, day, hour, minute, second = match.groups()
            return instant(f"{year}-{month}-{day}T{hour}:{minute}:{second}Z")
        if len(value) < _LEAST_DIGITS:
            return None
    return instant(value)
