"""Resolve images and links of a review page: local copies where there are any, Wix's own URLs, else plain links."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from msgspec import Struct, field

from ..web.urls import ABSOLUTE

#: Hosts that images are loaded from: Wix's own. Images at any other URL are shown as links.
WIX_HOSTS = re.compile(r"(?:[\w-]+\.)?(?:wixstatic\.com|wixmp\.com)\Z")
#: Directories below the project in which site generators keep the files of site-absolute URLs.
_ROOTS = ("", "static", "public", "assets", "source", "src", "content", "docs")
#: Pelican's prefix for paths from the content root.
_ROOT_MARK = re.compile(r"\A\{(?:static|attach|filename)\}/?")


class Place(Struct):
    """The positions of a review page and its post, relative to which URLs in the post are resolved."""

    output: Path
    """The directory of the site's project."""
    post: str
    """The post's file below it."""
    page: Path
    """The directory of the review page."""
    pages: dict[str, str]
    """The review pages of all posts by the posts' files."""
    urls: dict[str, str] = field(default_factory=dict)
    """The same, by the URL paths of the posts on the built site."""
    media: dict[str, str] = field(default_factory=dict)
    """The original URL of each copied file below `output`."""
    remote: bool = True
    """True if images that were not copied are shown from Wix's servers."""
    hosts: set[str] = field(default_factory=set)
    """The hosts that images of this page come from."""

    def image_url(self, url: str) -> str | None:
        """Return the URL to show an image from, or None if it is only linked."""
        if not ABSOLUTE.match(url):
            file = self._file(url)
            return self._relative(file) if file is not None else None
        parts = scheme_and_host(url if not url.startswith("//") else "https:" + url)
        if not self.remote or parts is None or parts[0] != "https" or not WIX_HOSTS.fullmatch(parts[1]):
            return None
        self.hosts.add(parts[1])
        return url

    def original(self, url: str) -> str | None:
        """Return the original URL of a copied image, as in the source."""
        file = self._file(url) if not ABSOLUTE.match(url) else None
        if file is None:
            return None
        return self.media.get(os.path.relpath(file, self.output).replace(os.sep, "/"))

    def link(self, url: str) -> str | None:
        """Return the target of a link on the page: a URL, or the review page of a post; None if it has neither."""
        if ABSOLUTE.match(url):
            return url if url.lower().startswith(("http://", "https://", "mailto:", "tel:")) else None
        base, _, _fragment = url.partition("#")
        if not base:
            return None
        if base.startswith("/") and (page := self.urls.get(unquote(base).strip("/"))):
            return page
        name = os.path.normpath(os.path.join(os.path.dirname(self.post), unquote(base))).replace(os.sep, "/")
        if name in self.pages:
            return self.pages[name]
        file = self._file(base)
        return self._relative(file) if file is not None else None

    def _file(self, url: str) -> Path | None:
        """Return the file for a local URL, or None if it is outside of the output directory."""
        name = _ROOT_MARK.sub("/", unquote(url.partition("?")[0].partition("#")[0]))
        if "\0" in name:
            return None
        roots = [self.output / root for root in _ROOTS] if name.startswith("/") else [(self.output / self.post).parent]
        for root in roots:
            file = root / name.lstrip("/")
            try:
                if file.is_file() and file.resolve().is_relative_to(self.output.resolve()):
                    return file
            except OSError:
                continue
        return None

    def _relative(self, file: Path) -> str:
        return quote(os.path.relpath(file, self.page).replace(os.sep, "/"))


def scheme_and_host(url: str) -> tuple[str, str] | None:
    """Return the scheme and the host of a URL; None if it cannot be split, an empty host if it has a port."""
    try:
        parts = urlsplit(url)
        return parts.scheme.lower(), (parts.hostname or "") if parts.port is None else ""
    except ValueError:
        return None
