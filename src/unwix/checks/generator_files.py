"""The URLs of the site that a generator builds, and the files behind them."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote

from ..web.urls import join_url
from ..writers.target import Target, media_folder, url_path
from .link_targets import normal

#: Paths in the syntax of a generator: Pelican `{static}/images/x.jpg`, Zola `@/post/x/index.md`.
_OWN = re.compile(r"(?:\{(?:static|attach|filename)\}|@/)(/?)(.*)", re.S)


class Site:
    """The posts of a site by URL. Register all posts before looking up a URL."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self._posts: dict[str, str] = {}
        self._paths: dict[str, str] = {}
        self._rooms: set[str] = set()

    def register(self, name: str, site_url: str) -> None:
        """Register the post in the file `name` and its URL."""
        for url in (site_url, url_path(self.target, name)):
            path = _path(url)
            self._posts.setdefault(path, name)
            self._paths.setdefault(name, path)
            self._rooms.add(posixpath.dirname(path))

    def file_of(self, path: str) -> str | None:
        """Return the file behind an absolute path of the built site, or None if it is unknown.

        A path next to those of posts that belongs to none of them is a missing file.
        """
        path = _path(path)
        if (post := self._posts.get(path)) is not None:
            return post
        before, sign, _ = self.target.media_url.partition("{name}")
        if sign and before.startswith("/") and path.startswith(normal(before)):
            name = path[len(before) :]
            return f"{media_folder(self.target, name)}/{name}"
        room = posixpath.dirname(path)
        is_list = any(known == path or known.startswith(path + "/") for known in self._rooms)
        return path.lstrip("/") + "/" if room != "/" and room in self._rooms and not is_list else None

    def relative(self, document: str, site_url: str) -> str | None:
        """Return the file behind a URL that is relative to the URL of a post on the built site."""
        here = self._paths.get(normal(document))
        if here is None:
            return None
        return self.file_of(join_url(here + "/" * self.target.url.endswith("/"), site_url.partition("#")[0]))

    def generators_own(self, path: str, document: str) -> str | None:
        """Return the file behind a path in the syntax of the generator, or None."""
        match = _OWN.search(path)
        if match is None:
            return None
        from_base = bool(match[1]) or match[0].startswith("@")
        room = self.target.base if from_base else posixpath.dirname(document)
        return normal(posixpath.normpath(posixpath.join(room, match[2])))


def _path(url: str) -> str:
    """Return a path in the form that is compared: decoded, with a leading and without a trailing slash."""
    return "/" + normal(unquote(url)).strip("/")
