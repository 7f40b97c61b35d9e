"""Read one page into posts, or skip it. Pure: bytes in, data out.

Each reader is imported on demand: a run needs one or two of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..model.errors import UnreadablePage
from ..model.page import Page
from ..model.post import Post
from ..model.skipped import Skipped
from .article_building.encoding_damage import note_damage_elsewhere
from .sniff import Kind, sniff, unzip

if TYPE_CHECKING:
    from .documents.names import Names
    from .text_dump.site_lines import SiteLines

#: The reason for skipping each other kind of file: a key of `SKIP_KINDS`.
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
#: Space and a byte order mark before a page, and their maximum number.
_BEFORE_A_PAGE, _MOST_BEFORE = b"\xef\xbb\xbf \t\r\n", 100
#: Kinds of files whose records may be text dumps, and the function that reads them.
RECORDS: dict[Kind, str] = {Kind.JSON: "json", Kind.CSV: "table", Kind.PARQUET: "parquet"}


def read(page: Page, names: Names | None = None, site_lines: SiteLines | None = None) -> list[Post]:
    """Return the posts of a page, one or more.

    `names` are those of categories, tags and members in other files of the run, `site_lines` the lines that recur at
    the edges of its text dumps. Raises Skipped if the page is something else, UnreadablePage if it cannot be read.
    """
    posts = _read(page, names, site_lines)
    for post in posts:
        note_damage_elsewhere(post)
    return posts


def _read(page: Page, names: Names | None, site_lines: SiteLines | None) -> list[Post]:
    raw = unzip(page.read())
    kind = sniff(raw)
    if kind in RECORDS:
        return _read_data(page, raw, kind, names, site_lines)
    if kind in (Kind.HTML, Kind.TEXT) and raw[:_MOST_BEFORE].lstrip(_BEFORE_A_PAGE)[:3] in (b"---", b"+++"):
        from .page_below_head import begins_with_head, read_page_below_head  # noqa: PLC0415

        if begins_with_head(raw):
            return read_page_below_head(page, raw)
    if kind is Kind.HTML:
        from .saved_page.reader import read_saved_page  # noqa: PLC0415

        return read_saved_page(page.source, raw, page.url, page.captured)
    if kind is Kind.FEED:
        from .feed import read_feed  # noqa: PLC0415

        return read_feed(page.source, raw)
    if kind in (Kind.TEXT, Kind.WET):
        from .text_dump.reader import read_text, read_wet  # noqa: PLC0415

        is_text = kind is Kind.TEXT
        return read_text(page.source, raw, page.as_text, site_lines) if is_text else read_wet(page.source, raw)
    if kind is Kind.NULS:
        raise UnreadablePage("the file contains only NUL characters; it is damaged")
    raise Skipped(SKIPPED_KINDS[kind], kind.value)


def _read_data(page: Page, raw: bytes, kind: Kind, names: Names | None, site_lines: SiteLines | None) -> list[Post]:
    """Return the posts of a data file: Wix's own documents, else texts of pages in its records."""
    from .data_files.cms_csv import read_csv, read_rows  # noqa: PLC0415
    from .data_files.read_json import read_json, read_lines  # noqa: PLC0415

    try:
        if kind is Kind.PARQUET:
            return _read_records(page, raw, kind, site_lines)
        if page.first_row is not None:
            return (read_rows if kind is Kind.CSV else read_lines)(page.source, raw, page.first_row, names)
        return (read_csv if kind is Kind.CSV else read_json)(page.source, raw, names)
    except Skipped as reason:
        if kind is Kind.PARQUET or reason.kind not in ("no-posts", "posts-without-bodies"):
            raise
        refusal: Skipped | UnreadablePage = reason
    except UnreadablePage as error:
        if kind is not Kind.JSON:
            raise
        refusal = error  # several JSON values in a row, or a text below a JSON head
    try:
        return _read_records(page, raw, kind, site_lines)
    except UnreadablePage:
        raise refusal from None
    except Skipped as other:
        raise (refusal if other.kind == "no-posts" else other) from None


def _read_records(page: Page, raw: bytes, kind: Kind, site_lines: SiteLines | None) -> list[Post]:
    """Return the posts among records with the texts of pages: as text or Markdown, else as HTML."""
    from .text_dump.reader import read_records  # noqa: PLC0415

    try:
        return read_records(page.source, raw, RECORDS[kind], page.first_row, page.as_text, site_lines)
    except Skipped as reason:
        if kind is Kind.PARQUET or reason.kind != "no-posts":
            raise
    from .html_records import read_html_records  # noqa: PLC0415

    return read_html_records(page.source, raw, RECORDS[kind], page.first_row)
