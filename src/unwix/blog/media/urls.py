"""Decide which of a post's URLs are media files, which of them are the same file, and where it can be downloaded.

Wix's hosts and ids: docs/wix/media-urls.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import unquote

from ...web.urls import split_url
from ...wix.media_urls import original_url

#: Hosts that serve only the files of Wix sites.
_WIX_HOST = re.compile(r"(?:[\w-]+\.)*(?:wixstatic\.com|usrfiles\.com|wixmp\.com)\Z", re.I)
#: A file on the site's own host: `https://<site>/_files/ugd/<id>.pdf`.
_SITE_FILE = re.compile(r"/_files/ugd/[^/]+\Z")
_EXTENSIONS = {
    "video": frozenset("mp4 m4v mov webm ogv avi mkv mpg mpeg wmv 3gp".split()),
    "audio": frozenset("mp3 m4a wav ogg oga opus flac aac wma aiff".split()),
}
#: `https://video.wixstatic.com/video/<id>/<resolution>/mp4/file.mp4`
_VIDEO = re.compile(r"(https?://video\.wixstatic\.com/video/[^/?#]+)/(\d{3,4}p)/mp4/file\.mp4\Z", re.I)
#: The renditions that Wix makes of a video, best first.
RESOLUTIONS = ("1080p", "720p", "480p", "360p")
#: Hosts that can have the same upload; which of them serve it depends on its age.
_MIRRORS = (
    (
        re.compile(r"https?://(?:static|music)\.wixstatic\.com/(mp3/[^?#]+)"),
        ("static.wixstatic.com", "music.wixstatic.com"),
    ),
    (
        re.compile(r"https?://(?:[\w-]+\.(?:wixstatic|usrfiles)\.com|[^/]+/_files)/(ugd/[^/?#]+)\Z"),
        ("docs.wixstatic.com",),
    ),
)
_WIDTH = re.compile(r"[/,]w_(\d+)")


class Candidate(NamedTuple):
    """A URL that may serve a file."""

    url: str
    smaller: bool = False
    """It serves less than the post has: a rendition of an image, or a video in lower resolution."""


def is_remote(url: str) -> bool:
    """Return True if a URL can be requested over the network."""
    return url[:8].lower().startswith(("https://", "http://")) and bool(host_and_path(url))


def host_and_path(url: str) -> tuple[str, str] | None:
    """Return the host and the path of a URL; None if it has no host."""
    parts = split_url(url)
    return (parts.hostname, parts.path) if parts.hostname else None


def is_file(url: str, kind: str | None = None) -> bool:
    """Return True if a link leads to a media file rather than a page, by its host, path or (for a kind) extension."""
    parts = host_and_path(url) if is_remote(url) else None
    if parts is None:
        return False
    host, path = parts
    if _WIX_HOST.match(host):
        return len(path) > 1
    return bool(_SITE_FILE.search(path)) or _extension(path) in _EXTENSIONS.get(kind or "", frozenset())


def kind_of(url: str) -> str:
    """Return the kind of a file at Wix by its URL: `image`, `video`, `audio` or `file`."""
    host, path = host_and_path(url) or ("", "")
    if "/media/" in path or host.startswith("images-wixmp"):
        return "image"
    return next((kind for kind, extensions in _EXTENSIONS.items() if _extension(path) in extensions), "file")


def _extension(path: str) -> str:
    return path.rpartition(".")[2].lower()


def media_key(url: str) -> str:
    """Return a key that all URLs of one file share: the original's URL without scheme, resolution and spelling."""
    if not is_remote(url):
        return url
    original = _original(url)
    if video := _VIDEO.match(original):
        original = video[1]
    for pattern, _ in _MIRRORS:
        if upload := pattern.match(original):
            return unquote(upload[1])
    parts = host_and_path(original)
    if parts is None:
        return url
    _, slash, path = original.partition("://")[2].partition("/")
    return parts[0] + slash + unquote(path)


def candidates(url: str, copies: Iterable[str] = ()) -> list[Candidate]:
    """Return the URLs that can serve a file, the best first: the original, then smaller renditions.

    A post can name a low resolution of a video because its page plays that one, so better ones come first; the named
    one counts as complete.
    """
    if not is_remote(url):
        return []
    if video := _VIDEO.match(url):
        named = video[2].lower()
        steps = [r for r in RESOLUTIONS if r != named]
        whole = [r for r in steps if int(r[:-1]) > int(named[:-1])]
        below = [r for r in steps if int(r[:-1]) < int(named[:-1])]
        at = f"{video[1]}/{{}}/mp4/file.mp4"
        return [*(Candidate(at.format(r)) for r in (*whole, named)), *(Candidate(at.format(r), True) for r in below)]
    best = _original(url)
    result = [Candidate(best)]
    for pattern, hosts in _MIRRORS:
        if path := pattern.match(best):
            result += [Candidate(f"https://{host}/{path[1]}") for host in hosts]
    renditions = [copy for copy in copies if is_remote(copy) and "/v1/" in copy and _original(copy) == best]
    result += [Candidate(copy, True) for copy in sorted(renditions, key=width_of, reverse=True)]
    return list({candidate.url: candidate for candidate in reversed(result)}.values())[::-1]


def is_lower_resolution(copy: str, url: str) -> bool:
    """Return True if the URL of a copy has a lower resolution than the other URL."""
    video, whole = _VIDEO.match(copy), _VIDEO.match(url)
    if video and whole:
        return int(video[2][:-1]) < int(whole[2][:-1])
    return "/media/" in copy and "/v1/" in copy


def width_of(url: str) -> int:
    """Return the width of a rendition by its URL, in pixels; 0 if the URL does not state it."""
    match = _WIDTH.search(unquote(url))
    return int(match[1][:6]) if match else 0


def _original(url: str) -> str:
    url = url.partition("#")[0]
    return original_url(url) if "/media/" in url else url
