"""One media file of the blog, for all posts that use it, and the result of getting it."""

from __future__ import annotations

from msgspec import Struct, field

from ...model.post_summary import MediaRef, PostSummary
from ...model.problems import Problem
from .index_file import FileInfo
from .urls import is_remote, media_key

#: The number of saved files of one image that are examined.
_MOST_SAVED_FILES = 16
_WORDS = {"video": "video", "audio": "audio", "file": "file"}


class MediaResult(Struct, frozen=True):
    """The result of getting one item."""

    state: str
    """`original`; `rendition`: a smaller version from Wix; `local`: a file in a directory of the sources; `archive`: a
    member of an archive; `edited`: the owner changed the file; `failed`."""
    file: FileInfo | None = None
    source: str | None = None
    """The origin, if it is not the item's URL."""
    reason: str | None = None
    """Why the original is missing, or was replaced by another version."""
    is_cached: bool = False
    """The file is in the cache and may be moved."""
    is_placed: bool = False
    """The file is already in OUTPUT."""

    def problem(self, kind: str, url: str) -> Problem | None:
        """Return the problem for posts with this file, or None."""
        word = media_noun(kind)
        if self.file is None:
            return Problem("download-failed", word, f"the {word} {url}: {self.reason}")
        if self.reason is None:
            return None
        instead = "the copy next to the saved page" if self.state == "local" else str(self.source)
        return Problem("media-lower-resolution", word, f"the {word} {url}: {self.reason}; used instead: {instead}")


def media_noun(kind: str) -> str:
    """Return the noun for a kind of media, for messages."""
    return _WORDS.get(kind, "image")


class MediaItem(Struct):
    """One file of the blog."""

    url: str
    """The first URL in a post; for a file next to a page its path from the working directory."""
    kind: str
    alt: str | None = None
    name: str | None = None
    """The author's name for the file."""
    width: int | None = None
    height: int | None = None
    renditions: tuple[str, ...] = ()
    saved_files: tuple[tuple[str, str], ...] = ()
    """Files saved next to a page: (the source of the page, the path relative to it)."""
    used_by: list[int] = field(default_factory=list)
    """Numbers of the posts that use it, ascending."""
    got: MediaResult | None = None
    file_name: str | None = None
    """Its name in OUTPUT, once it is known."""

    def learn(self, ref: MediaRef, source: str, post: int) -> None:
        """Add a use of the file, with the facts that earlier uses lacked."""
        self.alt = self.alt or ref.alt
        self.name = self.name or ref.name
        if not self.width or not self.height:
            self.width, self.height = ref.width, ref.height
        for copy in ref.copies:
            if is_remote(copy):
                self.renditions += () if copy in self.renditions else (copy,)
            elif len(self.saved_files) < _MOST_SAVED_FILES:
                self.saved_files += ((ref.source or source, copy),)
        if not self.used_by or self.used_by[-1] != post:
            self.used_by.append(post)


def item_of(ref: MediaRef, entry: PostSummary) -> MediaItem:
    """Return a new item for the first use of a file."""
    if is_remote(ref.url):
        return MediaItem(ref.url.partition("#")[0], ref.kind)
    return MediaItem(_saved_path(ref, entry), ref.kind, saved_files=((entry.source, ref.url),))


def key_of(ref: MediaRef, entry: PostSummary) -> str | None:
    """Return the key of an item: the identity of its URL, or the path of a file next to a page; None for no file."""
    if is_remote(ref.url):
        return media_key(ref.url)
    return None if "://" in ref.url or ref.url.startswith(("data:", "#", "/")) else _saved_path(ref, entry)


def _saved_path(ref: MediaRef, entry: PostSummary) -> str:
    folder, slash, _ = entry.source.rpartition("/")
    return folder + slash + ref.url.removeprefix("./")
