"""Split posts into WXR files of a limited size, each of which can be imported alone, and again after a failure.

Web servers limit the size of an upload (PHP's default: 2 MB) and the time of an import, most of which the images take.
A file therefore contains all images, authors, categories and tags of its posts. The images come first: if an import
fails among them, it has not created a post yet.
"""

from __future__ import annotations

from collections.abc import Iterator

from .import_format import FileLimits
from .records import Records
from .wxr import Wxr, WxrItem


class _File:
    """The posts of one file, with their images, authors and terms."""

    def __init__(self, blog: Wxr) -> None:
        self._blog = blog
        self._terms: dict[str, None] = {}
        self._images: dict[str, str] = {}
        self._posts: list[str] = []
        self._size = _size_of(blog.head(), blog.tail())

    def fits(self, item: WxrItem, limits: FileLimits) -> bool:
        """Return whether the file stays within the limits with one more post; its first post always fits."""
        if not self._posts:
            return True
        images = len(self._images.keys() | item.images.keys())
        return self._size + _size_of(*self._new_pieces(item)) <= limits.size and images <= limits.images

    def add(self, item: WxrItem) -> None:
        """Add a post."""
        self._size += _size_of(*self._new_pieces(item))
        self._terms |= dict.fromkeys(item.terms)
        self._images = {**item.images, **self._images}
        self._posts.append(item.text)

    def _new_pieces(self, item: WxrItem) -> Iterator[str]:
        yield from (term for term in item.terms if term not in self._terms)
        yield from (text for url, text in item.images.items() if url not in self._images)
        yield item.text

    def text(self) -> str:
        """Return the text of the file."""
        return "".join([self._blog.head(), *self._terms, *self._images.values(), *self._posts, self._blog.tail()])


def _size_of(*pieces: str) -> int:
    return sum(len(piece.encode("utf-8", "replace")) for piece in pieces)


def wxr_files(records: Records, limits: FileLimits) -> Iterator[str]:
    """Yield the text of each file."""
    blog = Wxr(records)
    file = _File(blog)
    for item in blog.items(records):
        if not file.fits(item, limits):
            yield file.text()
            file = _File(blog)
        file.add(item)
    yield file.text()
