"""Return URLs of links and images as keys, so that different spellings of one URL are equal."""

from __future__ import annotations

import re
from urllib.parse import unquote

from ..model.facts import INVISIBLE

#: The name of an image that Wix keeps, without its version and extension (docs/wix/media-urls.md). Most have 32
#: hexadecimal digits; those of Unsplash and of partners have others.
MEDIA_NAME = r"(?:[0-9a-z]{4,8}_)?[0-9a-f]{32}|nsplsh_[0-9a-z]{8,}|[0-9a-z]{3,8}_[0-9a-z]{2,64}(?=[~_]mv\d)"
_MEDIA_ID = re.compile(rf"(?<![0-9a-z])({MEDIA_NAME})", re.I)
#: The file name in the URL of Wix media, also below the directories of a mirror, and in a reference.
_WIX_MEDIA = re.compile(r"(?:static\.wixstatic\.com/media/|^wix:image://v1/)([^/?#]+)")
#: What precedes the host of a URL without a scheme: slashes, or the way to the directory of another host in a mirror.
_NO_SCHEME = re.compile(r"^(?://|(?:\.\./)+(?=[\w-]+(?:\.[\w-]+)+/))(?:www\.)?")
_SCHEME = re.compile(r"^https?://(www\.)?", re.I)
#: The URLs of one YouTube video, with parameters that state only who shared it; a start time is another thing to see.
_YOUTUBE = re.compile(
    r"(?:youtu\.be/|(?:m\.)?youtube\.com/(?:watch\?v=|shorts/|live/))([\w-]{11})(?:[?&](?:si|feature|ab_channel)=[^&#]*)*",
    re.I,
)


def url_key(url: str) -> str:
    """Return a URL as a key for comparing: decoded, without scheme, `www.` and trailing slash.

    All URLs of one YouTube video have one key.
    """
    url = _SCHEME.sub("", unquote(url.strip()))
    url = url if url.isascii() else INVISIBLE.sub("", url)
    key = "".join(url.split()).replace("\\", "").lower()
    if "youtu" in key and (identity := youtube_id(key)):
        return f"youtube.com/watch?v={identity}"
    return key.rstrip("/") or key[:1]  # `/` is the home page of a site


def url_spelling(url: str) -> str:
    """Return a URL as it is spelled, without differences that parsers make: escapes, spaces, a trailing slash."""
    url = unquote(url.strip())
    url = url if url.isascii() else INVISIBLE.sub("", url)
    return "".join(url.split()).replace("\\", "").rstrip("/")


def youtube_id(url: str) -> str | None:
    """Return the id in the URL of a YouTube video, or None for URLs that say more, such as a time to start at."""
    match = _YOUTUBE.fullmatch(_SCHEME.sub("", url))
    return match[1] if match else None


def image_key(url: str) -> str:
    """Return the URL of an image as a key: the id of its Wix media, or the URL key.

    Wix media with an unusual id have their file name as key: pages and documents state it without its URL, too.
    """
    match = _MEDIA_ID.search(INVISIBLE.sub("", unquote(url)))
    if match:
        return match[1].lower()
    key = url_key(url)
    named = _WIX_MEDIA.search(key)
    return named[1] if named else _NO_SCHEME.sub("", key)
