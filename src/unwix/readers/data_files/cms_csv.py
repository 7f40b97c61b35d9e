"""Read the CSV table that Wix's CMS exports of the collection Blog/Posts; each row is a post.

A row is converted to an object of the Blog API, for `post.py` (docs/wix/csv-exports.md).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice

from msgspec import Struct

from ...fidelity.ledger.fields_left_out import fields_left_out
from ...model.errors import UnreadablePage
from ...model.facts import words
from ...model.post import Post
from ...model.problems import Problem
from ...model.skipped import Skipped
from ...web.csv_tables import SEPARATOR_LINE, csv_rows
from ...web.dates import orders_of, read_date
from ...web.encoding import decode
from ...web.json_path import Json, first_line, json_value, line, text
from ...web.saved_links import LinkRestorer
from ...web.text_cleaning import without_controls
from ...wix.ids import is_id
from ..documents.body import Body, body_facts, body_of, document
from ..documents.names import Names
from .columns import BODIES, columns, is_of_posts
from .cut_json import cut_json_value
from .post import make_post, name_of
from .rendered_html import html_post

_LISTS = frozenset({"categoryIds", "tagIds", "hashtags", "pricingPlanIds"})
_DATES = ("firstPublishedDate", "lastPublishedDate")
#: So many rows show which column has the documents.
_SAMPLE = 20


def read_csv(source: str, raw: bytes, names: Names | None = None) -> list[Post]:
    """Return the posts of a table. Raises Skipped for a table of something else."""
    posts = read_rows(source, raw, 2, names)
    if len(posts) == 1:
        posts[0].source = source
    return posts


def read_rows(source: str, raw: bytes, first: int, names: Names | None = None) -> list[Post]:
    """Return the posts of a table, or of a part of a table with its header.

    `first` is the number of the first row below the header, which is row 1. Raises Skipped for a table of something
    else, UnreadablePage if not even one row can be read.
    """
    decoded, problems = decode(raw)
    decoded = without_controls(decoded)
    records = csv_rows(io.StringIO(decoded, newline=""), decoded)
    header = header_of(records)
    rows: list[list[str]] = []
    try:
        rows.extend(records)
    except csv.Error as error:
        where = f"row {first + len(rows)}"
        problems.append(Problem("line-unreadable", where, f"the table cannot be read at this row: {error}"))
    fields = columns(header, rows[:_SAMPLE])
    if not is_of_posts(fields):
        raise Skipped(
            "no-posts", "a table without the columns of Wix's blog posts (Title, and Rich Content or Plain Content)"
        )
    if problems and not rows:
        raise UnreadablePage(problems[-1].detail)
    table = _Table(source, header, fields, names or Names(), _orders(rows, fields))
    posts = [post for n, row in enumerate(rows, first) if (post := table.post(n, row)) is not None]
    if not posts:
        raise Skipped("posts-without-bodies", "a table of posts without a single row that has a body")
    posts[0].problems[:0] = problems
    return posts


def _orders(rows: list[list[str]], fields: list[str | None]) -> frozenset[str]:
    """Return the orders of day, month and year that the dates of a table have."""
    places = [n for n, field in enumerate(fields) if field in _DATES]
    return orders_of(row[n] for row in rows for n in places if n < len(row))


def header_of(records: Iterator[list[str]]) -> list[str]:
    """Return the names of a table's columns, below the line for spreadsheets that states the delimiter."""
    header = next(records, [])
    return next(records, []) if header and header[0].startswith(SEPARATOR_LINE) else header


def is_table_of_posts(head: str) -> bool:
    """Return True if this is the beginning of a table of posts, by its header and its first rows."""
    records = csv_rows(io.StringIO(head, newline=""), head)
    rows: list[list[str]] = []
    try:
        header = header_of(records)
        rows.extend(islice(records, _SAMPLE))
    except csv.Error:
        header = header if rows else []  # the beginning of a table can end inside of a row
    return is_of_posts(columns(header, rows))


class _Table(Struct, frozen=True):
    """Data that all rows of a table share."""

    source: str
    header: list[str]
    fields: list[str | None]
    names: Names
    orders: frozenset[str]

    def post(self, n: int, row: list[str]) -> Post | None:
        """Return the post of row number `n`, None for a row without a body and a title."""
        record = self._record(row)
        cut = _parse_document(record)
        body = body_of(record) or _added_document(row, self.fields)
        if body is None and not line(record, "title"):
            return None
        source = f"{self.source}#{name_of(record) or f'row {n}'}"
        html = line(record, "richContent")
        if (body is None or body.form == "text") and html.startswith("<"):
            post = html_post(source, record, text(record, "richContent"), self.names)
        else:
            post = make_post(source, record, body or Body("text", ""), self.names)
        post.problems += fields_left_out(self._unread(row), post.article, post.metadata)
        if len(row) != len(self.fields):
            detail = f"the row has {len(row)} cells, the table has {len(self.fields)} columns"
            post.problems.append(Problem("line-unreadable", f"row {n}", detail))
        if cut:
            post.problems.append(Problem("truncated", f"row {n}", _CUT))
        elif html and not html.startswith("<"):
            post.problems.append(Problem("embedded-data-unreadable", f"row {n}", _UNREADABLE))
        return post

    def _unread(self, row: list[str]) -> Iterator[tuple[str, str]]:
        """Yield name and value of each cell that is not in the record: of columns that Wix has not, or has twice."""
        first: dict[str, str] = {}
        for n, cell in enumerate(row):
            field = self.fields[n] if n < len(self.fields) else None
            if field is None or (field not in _LISTS and cell.strip() not in first.setdefault(field, cell.strip())):
                yield self.header[n].strip() if n < len(self.header) else f"column {n + 1}", cell

    def _record(self, row: list[str]) -> Json:
        """Return the row as a post object of the Blog API."""
        record: Json = {}
        for field, raw in zip(self.fields, row, strict=False):
            cell = repaired(raw) if field else ""
            if not field or not cell.strip():
                continue
            if field in _LISTS:
                record[field] = list(dict.fromkeys([*record.get(field, []), *_list(cell)]))
            elif field in ("featured", "pinned"):
                record[field] = cell.strip().lower() == "true"
            else:
                record.setdefault(field, cell if field in BODIES else cell.strip())
        if is_id(line(record, "author")):
            record["memberId"] = record.pop("author")
        for name in _DATES:
            if stated := line(record, name):
                record[name] = read_date(stated, self.orders, line(record, "language")) or stated
        return record


def _list(cell: str) -> list[str]:
    """Split a cell of several values: a JSON list (of ids, or of objects), or names separated by commas."""
    if cell.lstrip().startswith("[") and isinstance(value := json_value(cell), list):
        labels = (
            v if isinstance(v, str) else first_line(v, ("label",), ("title",), ("name",), ("_id",), ("id",))
            for v in value
        )
        return [label.strip() for label in labels if label.strip()]
    return [name for part in cell.split(",") if (name := part.strip())]


def _added_document(row: list[str], fields: list[str | None]) -> Body | None:
    """Return the longest document in the columns that the owner added, or None."""
    cells = (cell for field, cell in zip(fields, row, strict=False) if field is None and '"nodes"' in cell)
    bodies = [body for cell in cells if (body := document(cell)) is not None]
    return max(bodies, key=lambda body: len(str(body.value)), default=None)


def _parse_document(record: Json) -> bool:
    """Parse the document of a row, once for all uses; return True if its end is missing.

    The plain text of the row is better than the beginning of a document.
    """
    cell = record.get("richContent")
    if (whole := document(cell)) is not None:
        record["richContent"] = whole.value
    cut = document(cut_json_value(cell)) if isinstance(cell, str) and whole is None else None
    if cut is None or len(body_facts(cut, LinkRestorer(None)).words) <= len(words(text(record, "contentText"))):
        return False
    record["richContent"] = cut.value
    return True


_CUT = "the row's Rich Content is cut off, as by a spreadsheet: the end of the post is missing"
_UNREADABLE = "the row's Rich Content cannot be read as a document (a spreadsheet may have cut it off)"


_TWICE = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)


def repaired(cell: str) -> str:
    """Undo the double encoding of a spreadsheet (`Ã©` for `é`); return any other cell unchanged."""
    if cell.isascii() or not _TWICE.search(cell):
        return cell
    try:
        encoded = b"".join(c.encode("cp1252") if c not in _UNMAPPED else bytes([ord(c)]) for c in cell)
        return encoded.decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return cell


#: Bytes that cp1252 does not define are decoded as control characters.
_UNMAPPED = frozenset("\x81\x8d\x8f\x90\x9d")
