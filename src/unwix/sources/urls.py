"""The URLs of a Wix site: what they mean, and when two are the same (docs/wix/discovery.md#url-shapes)."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import parse_qsl, quote, unquote, urljoin, urlsplit, urlunsplit

from msgspec import Struct

from ..model.errors import UnwixError
from ..web.urls import split_url

#: Hosts with many sites, each under the first part of the path.
_SHARED_HOSTS = (".wixsite.com", ".editorx.io", ".wixstudio.com", ".wixstudio.io")
#: First parts of a path that are lists, never posts.
_LISTS = frozenset("categories category tags hashtags archive search page profile forum amp".split())
#: Parts of a path that precede the slug of a post: on the current blog, and on the old one.
_POST_PARTS = frozenset({"post", "single-post"})
#: Files that a site keeps at its root next to its pages.
_FILES = re.compile(r"\.(?:xml|txt|json|jpe?g|png|gif|webp|svg|ico|pdf|css|js|mp[34])$", re.I)
#: URLs of object storage and other remote file systems, as fsspec names them.
REMOTE = re.compile(r"(?:s3a?|gcs|gs|az|abfss?|oss|hdfs|webhdfs|sftp)://[^/\s]+", re.I)
_REMOTE_ARCHIVE = re.compile(r"https?://[^?#]+\.(?:(?:warc|wet|arc|tar)(?:\.gz)?|wacz|zip|tgz)(?:[?#]|$)", re.I)
_PAGED = re.compile(r"/page/(\d{1,6})$")
_PAGED_BY_QUERY = re.compile(r"(?:^|&)page=(\d{1,6})(?=&|$)")
#: The name of a blog page. Wix adds a number if the site has another.
_BLOG = re.compile(r"blog(?:-\d{1,2})?")
_SCHEME = re.compile(r"^[a-zA-Z][a-zA-Z0-9+.-]*:")
_HOST_FIRST = re.compile(r"^[^\s/?#@:.]+(?:\.[^\s/?#@:.]+)+(?::\d+)?(?:[/?#]|$)")
_DROPPED = re.compile(r"[\x00-\x20\x7f\u200b\u2060\ufeff]")
#: Characters that stay unencoded in a path.
_SAFE = "/~!$&'()*+,;=:@-._%"


def is_web_url(text: str) -> bool:
    """Return True if a source is a URL of the web, by its scheme, and not a file."""
    return text.lower().startswith(("http://", "https://"))


def is_remote_file(text: str) -> bool:
    """Return True if a source is a file or directory of object storage, or an archive on a web server."""
    return bool(REMOTE.match(text) or _REMOTE_ARCHIVE.match(text))


def looks_like_url(text: str) -> bool:
    """Return True if a source that is not a file is surely a URL without its scheme: `www.example.com/blog`.

    `site.zip` may be either: it is a file.
    """
    host = text.lower().split("/")[0]
    return bool(_HOST_FIRST.match(text)) and (host.startswith("www.") or host.endswith(_SHARED_HOSTS))


def normalize_url(url: str, base: str = "") -> str | None:
    """Return a URL as it is requested: absolute, encoded, without a fragment; None if it is not a URL of the web."""
    try:
        joined = urljoin(base, _DROPPED.sub("", url))
        parts = urlsplit(joined)
        host, port = parts.hostname, parts.port
        if parts.scheme not in ("http", "https") or not host:
            return None
        host = host.rstrip(".") if host.isascii() else host.encode("idna").decode("ascii")
        if ":" in host:
            host = f"[{host}]"
    except (ValueError, UnicodeError):
        return None
    netloc = host if port in (None, 80 if parts.scheme == "http" else 443) else f"{host}:{port}"
    path, query = quote(parts.path, safe=_SAFE), quote(parts.query, safe=_SAFE + "?")
    return urlunsplit((parts.scheme, netloc, path or "/", query, ""))


def parse_user_url(text: str) -> str:
    """Return the URL that a user means, with `https` if the scheme is missing. Raises UnwixError if it is not a URL."""
    url = normalize_url(text if _SCHEME.match(text) and not _HOST_FIRST.match(text) else f"https://{text}")
    if url is None:
        raise UnwixError(f"{text} is not a URL. Give one such as https://www.example.com.")
    return url


class SiteBase(Struct, frozen=True):
    """Where a site lives: a host, and the first part of the path where many sites share it."""

    scheme: str
    netloc: str
    prefix: str = ""
    """`` or `/site`, without a slash behind it."""

    @classmethod
    def of(cls, url: str) -> SiteBase:
        """Return the base of the site that a URL belongs to."""
        parts = split_url(url)
        host = (parts.hostname or "").lower()
        first = parts.path.strip("/").split("/")[0]
        shared = host.endswith(_SHARED_HOSTS) and first and not _FILES.search(first)
        return cls(parts.scheme, parts.netloc.lower(), f"/{first}" if shared else "")

    @classmethod
    def at(cls, url: str) -> SiteBase:
        """Return the base at a URL that Wix states: all of its path is the prefix (a blog at `/blog` of a domain)."""
        parts = split_url(url)
        return cls(parts.scheme, parts.netloc.lower(), parts.path.rstrip("/"))

    @property
    def root(self) -> str:
        """The base as a URL, without a slash behind it."""
        return f"{self.scheme}://{self.netloc}{self.prefix}"

    @property
    def host(self) -> str:
        """The host for comparison, without `www.` and port."""
        return self.netloc.split(":")[0].removeprefix("www.")

    def place(self, url: str) -> str | None:
        """Return the path of a URL below this base, decoded and normalized; None for a URL of another site."""
        parts = split_url(url)
        if (parts.hostname or "").lower().removeprefix("www.") != self.host:
            return None
        path = unicodedata.normalize("NFC", unquote(parts.path)).rstrip("/")
        if not self.prefix:
            return path or "/"
        if path == self.prefix or path.startswith(f"{self.prefix}/"):
            return path[len(self.prefix) :] or "/"
        return None


def language_of(url: str) -> str:
    """Return the language in the query of an old multilingual site's URL (`?lang=fr`)."""
    return next((value.lower() for name, value in parse_qsl(split_url(url).query) if name == "lang"), "")


def is_list(place: str) -> bool:
    """Return whether a path is that of a list of posts, of a profile or of a forum."""
    *parents, name = place.strip("/").lower().split("/")
    post_part = next((n for n, part in enumerate(parents) if part in _POST_PARTS), None)
    if any(part in _LISTS for part in parents[:post_part]) or _FILES.search(name):
        return True
    # after `/post/` a slug can be any word, `blog` too
    return post_part is None and (name == "" or _BLOG.fullmatch(name) is not None)


def is_post_by_shape(place: str) -> bool:
    """Return True if a path has the form of a post's: something behind `/post/` or `/single-post/`."""
    before = place.strip("/").lower().split("/")[:-1]
    return not _POST_PARTS.isdisjoint(before) and not is_list(place)


def parent_path(place: str) -> str:
    """Return the path above the last part, for learning where a site keeps its posts; `/` at the top."""
    return place.rpartition("/")[0] or "/"


def split_page_number(url: str) -> tuple[str, int]:
    """Return the URL of the first page of a list, and the number of the page.

    `/blog/page/3` and `/blog?page=3` are the third page of `/blog`.
    """
    parts = split_url(url)
    path = parts.path.rstrip("/")
    if (match := _PAGED.search(path)) is not None:
        return urlunsplit((parts.scheme, parts.netloc, path[: match.start()] or "/", parts.query, "")), int(match[1])
    if (match := _PAGED_BY_QUERY.search(parts.query)) is not None:
        query = (parts.query[: match.start()] + parts.query[match.end() :]).lstrip("&")
        return urlunsplit((parts.scheme, parts.netloc, parts.path, query, "")), int(match[1])
    return url, 1
