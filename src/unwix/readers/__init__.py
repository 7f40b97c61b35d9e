"""Read one page into posts, or skip it. Pure: bytes in, data out."""

from __future__ import annotations

from collections.abc import Callable

from ..model.errors import UnreadablePage
from ..model.page import Page
from ..model.post import Post
from ..model.skipped import Skipped
from .data_files.cms_csv import read_csv, read_rows
from .data_files.read_json import read_json, read_lines
from .documents.names import Names
from .feed import read_feed
from .saved_page.reader import read_saved_page
from .sniff import Kind, sniff, unzip
from .text_dump.reader import read_text, read_wet

#: The reader of each kind of bytes; what is not in it is no post.
READERS: dict[Kind, Callable[[str, bytes], list[Post]]] = {
    Kind.TEXT: read_text,
    Kind.WET: read_wet,
    Kind.FEED: read_feed,
}
#: The reason why bytes of each other kind are skipped: a key of `SKIP_KINDS`.
SKIPPED_KINDS: dict[Kind, str] = {
    Kind.SITEMAP: "sitemap",
    Kind.XML: "no-posts",
    Kind.ARCHIVE: "archive",
    Kind.PICTURE: "image",
    Kind.PDF: "document-format",
    Kind.MEDIA: "media",
    Kind.CODE: "style-or-script",
    Kind.BINARY: "binary-file",
    Kind.EMPTY: "empty-file",
}
#: Those of Wix's own documents: they take the names that other files of the run tell; and of parts of large files.
DOCUMENTS: dict[Kind, Callable[[str, bytes, Names | None], list[Post]]] = {Kind.JSON: read_json, Kind.CSV: read_csv}


def read(page: Page, names: Names | None = None) -> list[Post]:
    """The posts of a page, one or more; `names` are those of categories, tags and members that other files tell.

    Raises Skipped when the page is something else (the text says what), BadPage when it cannot be read.
    """
    raw = unzip(page.read())
    kind = sniff(raw)
    if page.first_row is not None:
        return (read_rows if kind is Kind.CSV else read_lines)(page.source, raw, page.first_row, names)
    if kind in DOCUMENTS:
        return DOCUMENTS[kind](page.source, raw, names)
    if kind is Kind.HTML:
        return read_saved_page(page.source, raw, page.url)
    if kind is Kind.NULS:
        raise UnreadablePage("the file contains only NUL characters; it is damaged")
    reader = READERS.get(kind)
    if reader is None:
        raise Skipped(SKIPPED_KINDS[kind], kind.value)
    return read_text(page.source, raw, page.as_text) if kind is Kind.TEXT else reader(page.source, raw)
