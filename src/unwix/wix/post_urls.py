"""Parse URLs of a Wix site, in any spelling.

Facts: docs/wix/discovery.md#url-shapes, docs/wix/discovery.md#free-and-premium-sites. This module only handles text; it
never uses the network.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import json
import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from ..web.urls import ABSOLUTE, SAVED_PAGE, split_url

#: Hosts of Wix's free URLs: the first part of the path names the site.
_FREE = re.compile(r"[\w-]+\.(?:wixsite\.com|editorx\.io|wixstudio\.(?:io|com))$")
_LANGUAGE = re.compile(r"/([a-z]{2}(?:-[a-z]{2,4})?)(?=/)", re.I)
_DAY = r"/(?P<day>\d{4}/\d{1,2}/\d{1,2})"
#: Patterns of paths, best first: kind, and the last part as name. Owners can rename `/blog`, so one directory of any
#: name may precede.
_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.S))
    for kind, pattern in (
        ("home", r"/blog(?:/page/\d+)?"),
        ("feed", r"/(?:blog-feed|feed)\.xml"),
        ("category", r"(?:/[^/]+){0,2}/categories/(?P<name>[^/]+)(?:/page/\d+)?"),
        ("tag", r"(?:/[^/]+){0,2}/(?:tags|hashtags)/(?P<name>[^/]+)(?:/page/\d+)?"),
        ("author", r"/profile/(?P<name>[^/]+)(?:/(?:profile|blog-posts|blog-comments|blog-likes|about))?"),
        ("list", r"/[^/]+/(?:archive/\d{4}(?:/\d{1,2})?|search/.*)"),
        ("file", r"/_files/.*|/media/.*"),
        ("post", rf"(?:/[^/]+)?/(?:single-post|post)(?:{_DAY})?/(?P<name>[^/]+)"),
        ("post", r"/amp/(?P<name>[^/]+)"),
    )
)
#: Kinds of lists of posts with a name.
LIST_KINDS = ("category", "tag", "author")
#: Wix's emails link through `HOST/so/…/c?w=SIGNATURE.PAYLOAD`: the payload is base64url of `{"u": the URL, …}`.
_MAIL_LINK = re.compile(r"/so/[^?]*/(?:c|click)$")
_MOST_WRAPS = 3
#: The base of a URL without a host: in a document without a known site, such links stay inside the site.
NO_HOST = "site.invalid"


class WixUrl(NamedTuple):
    """A URL on a site, without parts that do not affect which page it is.

    `path` is decoded (NFC) without a slash at its end (the home page is ``""``); `base` is the host in lower case
    without `www.`, and for free sites with the site's part of the path: `user.wixsite.com/site`.
    """

    base: str
    path: str
    kind: str
    """post, category, tag, author, home, feed, list, file or page."""
    name: str = ""
    """The last part, which names the post, category, tag or author."""
    language: str | None = None
    """The language in `/en/…` or `?lang=en`."""
    fragment: str = ""

    @property
    def folder(self) -> str:
        """Return the part before the name: `/blog/categories`."""
        return self.path.partition(f"/{self.name}")[0] if self.name else self.path


def unwrap_redirect(href: str) -> str:
    """Return the target of one of Wix's redirect URLs; any other URL unchanged."""
    for _ in range(_MOST_WRAPS):
        inner = _unwrapped_once(href)
        if inner is None:
            return href
        href = inner
    return href


def _unwrapped_once(href: str) -> str | None:
    if "/so/" not in href:
        return None
    try:
        parts = urlsplit(href)
        if not _MAIL_LINK.search(parts.path):
            return None
        payload = dict(parse_qsl(parts.query)).get("w", "").rpartition(".")[2]
        inner = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))["u"]
    except (ValueError, KeyError, TypeError, binascii.Error, RecursionError):
        return None
    return inner if isinstance(inner, str) and inner.startswith(("http://", "https://")) else None


@lru_cache(maxsize=4096)
def parse_url(href: str) -> WixUrl | None:
    """Return the parts of an absolute http(s) URL; None for any other."""
    parts = split_url(unwrap_redirect(href.strip()))
    host = parts.hostname
    if parts.scheme.lower() not in ("http", "https") or not host:
        return None
    path = decode_path(parts.path)
    base = site_of(host)
    if "." not in base and base != "localhost":
        # Some free sites write their own URL without the host: `https://post/slug` (real pages of 2023).
        base, path = NO_HOST, f"/{base}{path}"
    if _FREE.search(base):
        site, path = _first_part(path)
        base += site.lower()
    query = parse_qsl(parts.query) if parts.query else []
    language_in_query = next((value for name, value in query if name == "lang" and value), None)
    return _with_kind(base, path, language_in_query, unquote(parts.fragment))


def on_site(href: str) -> WixUrl | None:
    """Return the parts of a URL, where a URL without host is inside the site; None for another scheme."""
    if not ABSOLUTE.match(href):
        return parse_url(f"https://{NO_HOST}/" + href.lstrip("./"))
    return parse_url(href)


def _with_kind(base: str, path: str, language: str | None, fragment: str) -> WixUrl:
    lang = _LANGUAGE.match(path)
    # `/en/post/…`: the same patterns below a language
    for rest, code in ((path[lang.end() :], lang[1]), (path, language)) if lang else ((path, language),):
        for kind, shape in _SHAPES:
            if match := shape.fullmatch(rest):
                name = match.groupdict().get("name") or ""
                return WixUrl(base, path, kind, name, code.lower() if code else None, fragment)
    return WixUrl(base, path, "page", language=language.lower() if language else None, fragment=fragment)


def decode_path(path: str) -> str:
    """Return a path decoded, in one Unicode form, without double slashes, a final slash, and a mirror's `.html`."""
    text = unicodedata.normalize("NFC", unquote(path, errors="replace"))
    return SAVED_PAGE.sub("", re.sub(r"/{2,}", "/", text).rstrip("/"))


def site_of(host: str) -> str:
    """Return a host as a key: lower case, non-ASCII characters decoded, without `www.`."""
    host = host.lower().rstrip(".").removeprefix("www.")
    if "xn--" in host:
        with contextlib.suppress(UnicodeError):
            host = host.encode("ascii").decode("idna")
    return host


def base_of(url: str) -> str | None:
    """Return the base of a site's URL from the user, with or without a scheme."""
    wix_url = parse_url(url if "//" in url else f"https://{url}")
    return wix_url.base if wix_url is not None and wix_url.base != NO_HOST else None


def new_site(text: str) -> str:
    """Return the URL of the new site as prefix for paths: ASCII, without a slash at its end.

    Raises ValueError if it is not an http(s) URL of a site.
    """
    parts = split_url(text.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment or parts.username:
        raise ValueError("it should be like https://www.example.org or https://example.org/blog")
    host = parts.hostname.encode("idna").decode()
    if not re.fullmatch(r"[a-z0-9.-]+", host):
        raise ValueError("its host has signs that no host has")
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{host}{port}{encode_path(unquote(parts.path)).rstrip('/')}"


def is_free_site(base: str) -> bool:
    """Return True if a base is one of Wix's free URLs, not a domain of the owner."""
    return _FREE.fullmatch(base.partition("/")[0]) is not None


def _first_part(path: str) -> tuple[str, str]:
    site, slash, rest = path.removeprefix("/").partition("/")
    return ("/" + site if site else ""), slash + rest


def encode_path(path: str) -> str:
    """Return a decoded path percent-encoded as UTF-8, without anything that a configuration file interprets.

    Only letters, digits, `-._~/` and `+,@` stay unencoded.
    """
    return quote(path, safe="/-._~+,@", errors="replace")


def name_key(text: str) -> str:
    """Return a name of a category, tag or author as a key: its letters and digits, with hyphens for everything between.

    Wix makes slugs of names this way, with or without accents, and numbers duplicates.
    """
    folded = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(c for c in folded if not unicodedata.combining(c))
    return re.sub(r"[^\w]+|_+", "-", letters).strip("-")
