"""Restore the original URLs in a saved page."""

from __future__ import annotations

import hashlib
import html
import posixpath
import re
from collections.abc import Iterable
from urllib.parse import parse_qs, quote, unquote

from msgspec import Struct

from .urls import SAVED_PAGE, join_url, split_url

#: Schemes that run code or reveal local data where a page is shown.
_UNSAFE = frozenset({"javascript", "vbscript", "data", "blob", "file", "filesystem", "about", "view-source"})
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_DROPPED = re.compile(r"[\x00-\x1f\x7f\u200b\u2060\ufeff]")
# The editor of some years wrote `http://` before email addresses and phone numbers (docs/wix/viewer.md#links).
_WRAPPED = re.compile(r"https?://((?:mailto|tel|sms):[^\s]+?)/?$", re.I)
_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}$", re.I)
_TRANSLATOR = ".translate.goog"
_RELATIVE_PAGE = re.compile(r"(?!\w+:|/)[^#?]*\.html?$", re.I)
# Characters that must be encoded in a path; non-ASCII ones stay, as Wix keeps them in its slugs.
_NOT_IN_PATH = re.compile(r"[^\w/~!$&()*+,;=:@%.'-]")
# HTTrack writes the `~` of a media id as `_`.
_MEDIA_MARK = re.compile(r"(?<=[0-9a-f]{32})_(?=mv\d)")
#: A file that a browser saved next to the page, in a directory with a suffix in the browser's language.
LOCAL_FILE = re.compile(
    r"(?:\./)?[^/:?#]+(?:_(?:files?|fichiers|archivos|arquivos|ficheiros|bestanden|pliki|soubory|elemei|tiedostot|dosyalar"
    r"|datoteke|fitxers)|-Dateien|-filer)/[^/]+$"
)
_WGET_QUERY = re.compile(r"@((?:lang|[a-z_]+)=[^@/]*)$", re.I)


class RestoredUrl(Struct, frozen=True):
    """A URL for the article: `href`, or None with the reason."""

    href: str | None
    problem: str | None = None


class LinkRestorer(Struct, frozen=True):
    """Makes the links of one saved page absolute.

    `page_url` is the page's own URL, or None. `depth` is the number of directories above the file in its mirror,
    including the host's (HTTrack and `wget -k` link from file to file: docs/wix/pages.md#how-pages-are-saved).
    """

    page_url: str | None
    depth: int | None = None

    def restore(self, href: str) -> RestoredUrl:
        """Return the absolute URL of a link in the page; in-page anchors stay `#…`."""
        href = _DROPPED.sub("", href.strip())
        if wrapped := _WRAPPED.match(href):
            href = wrapped[1]
        if href.startswith("#"):
            return RestoredUrl(href)
        scheme = _SCHEME.match(href)
        if scheme:
            if scheme[1].lower() in _UNSAFE:
                return RestoredUrl(None, "unsafe-link")
            return _without_redirect(_untranslated(href) if "translate" in href else href)
        return self._absolute(href) if href else RestoredUrl(None)

    def _absolute(self, href: str) -> RestoredUrl:
        """Return the absolute URL of a link without a scheme."""
        if href.startswith("//"):
            return RestoredUrl("https:" + href)
        if LOCAL_FILE.match(href):
            return RestoredUrl(None, "relative-link")
        if self.page_url is None:
            return RestoredUrl(href, "relative-link")
        if href.startswith("/"):
            return RestoredUrl(join_url(self.page_url, href))
        # Wix writes every link in full: a relative one was written by the saving program.
        return RestoredUrl(self._from_mirror(href))

    def _from_mirror(self, href: str) -> str:
        """Return the URL of a link from file to file: the first directory of the mirror is the host."""
        page = split_url(self.page_url or "")
        path, mark, fragment = href.partition("#")
        path, _, query = path.partition("?")
        folders = [page.netloc, *page.path.strip("/").split("/")]
        # The file of /post/slug is post/slug.html or post/slug/index.html: links that climb to a known host show which.
        home = "/".join(folders[: self.depth] if self.depth else folders[:-1])
        if not path:
            return mark + fragment
        target = posixpath.normpath(posixpath.join("/", home, unquote(path))).strip("/")
        host, _, rest = target.partition("/")
        if not _HOST.match(host) or SAVED_PAGE.search(host):
            # It climbs out of the site: a mirror without a directory of its own for it.
            host, rest = page.netloc, target
        renamed = _unhashed(rest, query)
        if host == page.netloc or renamed != rest:
            rest = SAVED_PAGE.sub("", renamed) if rest not in ("index.html", "index.htm") else ""
        if match := _WGET_QUERY.search(rest):
            rest, query = rest[: match.start()], query or match[1]
        scheme = page.scheme if host == page.netloc else "https"
        if host.endswith("wixstatic.com"):
            rest = _MEDIA_MARK.sub("~", rest)
        rest = _NOT_IN_PATH.sub(lambda m: quote(m[0]), rest)
        return f"{scheme}://{host}/{rest}" + (f"?{query}" if query else "") + (mark + fragment if fragment else "")


#: Redirect pages: host, path, and the parameters that can contain the target.
_REDIRECTS = (
    (re.compile(r"(?:www\.)?google\.[a-z.]{2,6}$"), "/url", ("q", "url")),
    (re.compile(r"(?:l|lm|www|m)\.facebook\.com$"), "/l.php", ("u",)),
    (re.compile(r"l\.instagram\.com$"), "/", ("u",)),
    (re.compile(r"(?:www\.)?youtube\.com$"), "/redirect", ("q",)),
    (re.compile(r"(?:www\.)?linkedin\.com$"), "/redir/redirect", ("url",)),
    (re.compile(r"slack-redir\.net$"), "/link", ("url",)),
)


def _without_redirect(href: str) -> RestoredUrl:
    """Return the target of a redirect of Google, Facebook and the like; any other URL unchanged."""
    if "?" not in href:
        return RestoredUrl(href)
    parts = split_url(href)
    host, path = parts.netloc.lower(), parts.path or "/"
    for hosts, page, names in _REDIRECTS:
        if path == page and hosts.match(host):
            parameters = parse_qs(parts.query)
            target = next((parameters[name][0] for name in names if name in parameters), "")
            if target.startswith(("http://", "https://")):
                return RestoredUrl(target, "redirect-unwrapped")
    return RestoredUrl(href)


def _untranslated(href: str) -> str:
    """Return the original of a URL of Google Translate: `www-example-com.translate.goog` (hyphens are doubled)."""
    split = split_url(href)
    if split.netloc.endswith(_TRANSLATOR):
        host = split.netloc.removesuffix(_TRANSLATOR).replace("--", "\0").replace("-", ".").replace("\0", "-")
        query = "&".join(part for part in split.query.split("&") if not part.startswith("_x_tr_"))
        return split._replace(netloc=host, query=query).geturl()
    parameters = parse_qs(split.query) if split.netloc == "translate.google.com" and split.path == "/website" else {}
    return parameters["u"][0] if "u" in parameters and "client" in parameters else href


def depth_of(hrefs: Iterable[str], page_url: str | None) -> int | None:
    """Return the directory depth of a page in a mirror whose pages are `index.html` in directories of their own.

    It follows from the page's links to others of its site. None if these are files (so is the page then), or unknown.
    """
    folders = files = 0
    for href in hrefs:
        path = href.partition("#")[0].partition("?")[0]
        if page_url and _RELATIVE_PAGE.match(path):
            names = [name for name in path.split("/") if name not in ("..", ".")]
            if not (names[1:] and _HOST.match(names[0])):
                is_folder = names[-1].startswith("index.")
                folders += is_folder and len(names) > 1
                files += not is_folder
    return len(split_url(page_url or "").path.strip("/").split("/")) + 1 if folders > files else None


def _unhashed(path: str, query: str) -> str:
    """Return the path without the four digits of the query's MD5 that HTTrack appends to a page's name."""
    digest = hashlib.md5(html.unescape(query).encode(), usedforsecurity=False).hexdigest()[:4]
    name, dot, extension = path.rpartition(".")
    return name.removesuffix(digest) + dot + extension if query and name.endswith(digest) else path


def slug_of(url: str) -> str | None:
    """Return the last part of a post's URL, decoded; None for the home page of a site."""
    path = split_url(url).path.strip("/")
    last = SAVED_PAGE.sub("", path).rsplit("/", 1)[-1]
    return unquote(last) or None
