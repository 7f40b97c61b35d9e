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
from .text_dump.reader import read_records, read_text, read_wet
from .text_dump.site_lines import SiteLines

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
    Kind.IMAGE: "image",
    Kind.PDF: "document-format",
    Kind.MEDIA: "media",
    Kind.CODE: "style-or-script",
    Kind.BINARY: "binary-file",
    Kind.EMPTY: "empty-file",
}
#: Those of Wix's own documents: they take the names that other files of the run tell; and of parts of large files.
DOCUMENTS: dict[Kind, Callable[[str, bytes, Names | None], list[Post]]] = {Kind.JSON: read_json, Kind.CSV: read_csv}


#: Kinds of files whose records may be text dumps, and how they are read.
RECORDS: dict[Kind, str] = {Kind.JSON: "json", Kind.CSV: "table", Kind.PARQUET: "parquet"}


def read(page: Page, names: Names | None = None, site_lines: SiteLines | None = None) -> list[Post]:
    """Return the posts of a page, one or more.

    `names` are those of categories, tags and members that other files of the run contain, `site_lines` the lines that
    recur at the edges of its text dumps. Raises Skipped when the page is something else, UnreadablePage when it cannot
    be read.
    """
    raw = unzip(page.read())
    kind = sniff(raw)
    if kind in RECORDS:
        return _read_data(page, raw, kind, names)
    if kind is Kind.HTML:
        return read_saved_page(page.source, raw, page.url)
    if kind is Kind.NULS:
        raise UnreadablePage("the file contains only NUL characters; it is damaged")
    reader = READERS.get(kind)
    if reader is None:
        raise Skipped(SKIPPED_KINDS[kind], kind.value)
    return read_text(page.source, raw, page.as_text, site_lines) if kind is Kind.TEXT else reader(page.source, raw)


def _read_data(page: Page, raw: bytes, kind: Kind, names: Names | None) -> list[Post]:
    """Posts of a file of records: Wix's own documents, else texts of pages in them."""
    try:
        if kind is Kind.PARQUET:
            return read_records(page.source, raw, RECORDS[kind], plain=page.as_text)
        if page.first_row is not None:
            return (read_rows if kind is Kind.CSV else read_lines)(page.source, raw, page.first_row, names)
        return DOCUMENTS[kind](page.source, raw, names)
    except Skipped as reason:
        if kind is Kind.PARQUET or reason.kind not in ("no-posts", "posts-without-bodies"):
            raise
        refusal: Skipped | UnreadablePage = reason
    except UnreadablePage as error:
        if kind is not Kind.JSON:
            raise
        refusal = error  # several values in a row, or a text below a head that is JSON
    try:
        return read_records(page.source, raw, RECORDS[kind], page.first_row, page.as_text)
    except UnreadablePage:
        raise refusal from None
    except Skipped as other:
        raise (refusal if other.kind == "no-posts" else other) from None
