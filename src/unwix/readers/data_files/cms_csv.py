"""CMS CSV: the table that Wix's CMS exports of the collection Blog/Posts → posts, one for each row.

Columns are matched by name, as owners drop, reorder and add them: the names that the CMS shows, or the ids of its
fields (docs/wix/csv-exports.md#columns, docs/wix/ricos.md#where-documents-are-stored). A row becomes the object that
post.py reads.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from ...model.errors import UnreadablePage
from ...model.post import Post
from ...model.problems import Problem
from ...model.skipped import Skipped
from ...web.encoding import decode
from ...web.json_path import Json, line
from ...wix.ids import is_id
from ..documents.body import Body, body_of, document
from ..documents.names import Names
from .post import make_post, name_of

#: For each column, by either of its names: the field of the Blog API that it is.
COLUMNS: dict[str, str] = {
    **dict.fromkeys(("ID", "id", "_id", "UUID", "uuid"), "id"),
    **dict.fromkeys(("Internal ID", "internalId"), "internalId"),
    **dict.fromkeys(("Title", "title"), "title"),
    **dict.fromkeys(("Slug", "slug"), "slug"),
    **dict.fromkeys(("Excerpt", "excerpt"), "excerpt"),
    **dict.fromkeys(("Rich Content", "richContent"), "richContent"),
    **dict.fromkeys(("Plain Content", "plainContent", "contentText", "Content Text"), "contentText"),
    **dict.fromkeys(
        ("Published Date", "publishedDate", "firstPublishedDate", "First Published Date"), "firstPublishedDate"
    ),
    **dict.fromkeys(("Last Published Date", "lastPublishedDate"), "lastPublishedDate"),
    **dict.fromkeys(("Author", "author", "memberId", "Member ID"), "author"),
    **dict.fromkeys(("Main Category", "mainCategory"), "mainCategory"),
    **dict.fromkeys(("Categories", "categories", "categoryIds", "Category"), "categoryIds"),
    **dict.fromkeys(("Tags", "tags", "tagIds"), "tagIds"),
    **dict.fromkeys(("Hashtags", "hashtags"), "hashtags"),
    **dict.fromkeys(("Cover Image", "coverImage", "media"), "coverImage"),
    **dict.fromkeys(("Cover Image Displayed", "coverImageDisplayed"), "coverImageDisplayed"),
    **dict.fromkeys(("Language", "language"), "language"),
    **dict.fromkeys(("Translation ID", "translationId"), "translationId"),
    **dict.fromkeys(("Post Page URL", "postPageUrl", "url.path", "url"), "postPageUrl"),
    **dict.fromkeys(("Public URL", "publicUrl"), "publicUrl"),
    **dict.fromkeys(("Time To Read", "timeToRead", "minutesToRead"), "minutesToRead"),
    **dict.fromkeys(("View Count", "viewCount", "metrics.views"), "viewCount"),
    **dict.fromkeys(("Like Count", "likeCount", "metrics.likes"), "likeCount"),
    **dict.fromkeys(("Comment Count", "commentCount", "metrics.comments"), "totalComments"),
    **dict.fromkeys(("Featured", "featured"), "featured"),
    **dict.fromkeys(("Pinned", "pinned"), "pinned"),
    **dict.fromkeys(("paidPlans", "Paid Plans", "pricingPlanIds"), "pricingPlanIds"),
    **dict.fromkeys(("Status", "status"), "status"),
}
_BY_NAME = {re.sub(r"[\s._-]+", "", name).lower(): field for name, field in COLUMNS.items()}
_LISTS = frozenset({"categoryIds", "tagIds", "hashtags", "pricingPlanIds"})
_BODIES = frozenset({"richContent", "contentText"})
#: A cell of a post's document can be larger than the csv module's limit of 128 KB.
_LARGEST_CELL = 50_000_000


def read_csv(source: str, raw: bytes, names: Names | None = None) -> list[Post]:
    """The posts of a table. Raises Skipped for a table of something else."""
    posts = read_rows(source, raw, 2, names)
    if len(posts) == 1:
        posts[0].source = source
    return posts


def read_rows(source: str, raw: bytes, first: int, names: Names | None = None) -> list[Post]:
    """The posts of a table, or of a part of one below its header.

    `first` is the number of the first row there, the header's being 1.
    """
    text, problems = decode(raw)
    rows = reader(io.StringIO(text, newline=""), text)
    fields = columns(next(rows, []))
    if not is_of_posts(fields):
        raise Skipped(
            "no-posts", "a table without the columns of Wix's blog posts (Title, and Rich Content or Plain Content)"
        )
    posts: list[Post] = []
    n = first - 1
    try:
        for n, row in enumerate(rows, first):
            if (post := _post(source, n, row, fields, names or Names())) is not None:
                posts.append(post)
    except csv.Error as error:
        problems.append(Problem("line-unreadable", f"row {n + 1}", f"the table cannot be read at this row: {error}"))
        if not posts:
            raise UnreadablePage(problems[-1].detail) from None
    if not posts:
        raise Skipped("posts-without-bodies", "a table of posts without a single row that has a body")
    posts[0].problems[:0] = problems
    return posts


def reader(lines: Iterable[str], head: str) -> Iterator[list[str]]:
    """The records of a table; `head` is its beginning."""
    csv.field_size_limit(_LARGEST_CELL)
    # A spreadsheet of a country with decimal commas writes semicolons.
    return csv.reader(lines, delimiter=max(",;\t", key=head.partition("\n")[0].count))


def columns(header: list[str]) -> list[str | None]:
    """For each column the field that it is, None for the owner's own."""
    return [_BY_NAME.get(re.sub(r"[\s._-]+", "", name).lower()) for name in header]


def is_of_posts(fields: list[str | None]) -> bool:
    """Whether these are columns of Wix's blog posts."""
    return "title" in fields and not _BODIES.isdisjoint(fields)


def _post(source: str, n: int, row: list[str], fields: list[str | None], names: Names) -> Post | None:
    record = _record(row, fields)
    body = body_of(record) or _owners_document(row, fields)
    if body is None and not line(record, "title"):
        return None
    empty = Body("text", "")
    post = make_post(f"{source}#{name_of(record) or f'row {n}'}", record, body or empty, names)
    if len(row) > len(fields) or len(row) < len(fields):
        post.problems.append(
            Problem("line-unreadable", f"row {n}", f"the row has {len(row)} cells, the table has {len(fields)} columns")
        )
    if (broken := _broken_document(record)) is not None:
        post.problems.append(Problem("embedded-data-unreadable", f"row {n}", broken))
    return post


def _record(row: list[str], fields: list[str | None]) -> Json:
    """The row as a post's object of the Blog API."""
    record: Json = {}
    for field, raw in zip(fields, row, strict=False):
        cell = mended(raw) if field else ""
        if not field or not cell.strip():
            continue
        if field in _LISTS:
            record[field] = list(dict.fromkeys([*record.get(field, []), *_list(cell)]))
        elif field in ("featured", "pinned"):
            record[field] = cell.strip().lower() == "true"
        else:
            record.setdefault(field, cell if field in _BODIES else cell.strip())
    if is_id(line(record, "author")):
        record["memberId"] = record.pop("author")
    return record


def _list(cell: str) -> list[str]:
    """A cell of several values: a JSON list (of ids, or of objects with an id), or names with commas between them."""
    if cell.lstrip().startswith("["):
        try:
            value: Any = json.loads(cell)
        except (ValueError, RecursionError):
            value = None
        if isinstance(value, list):
            named = (
                v if isinstance(v, str) else line(v, "label") or line(v, "title") or line(v, "_id") or line(v, "id")
                for v in value
            )
            return [name.strip() for name in named if name.strip()]
    return [name for part in cell.split(",") if (name := part.strip())]


def _owners_document(row: list[str], fields: list[str | None]) -> Body | None:
    """A document in a column that the owner added, for a row whose own columns have none."""
    cells = (cell for field, cell in zip(fields, row, strict=False) if field is None and '"nodes"' in cell)
    found = [body for cell in cells if (body := document(cell)) is not None]
    return max(found, key=lambda body: len(str(body.value)), default=None)


def _broken_document(record: Json) -> str | None:
    cell = record.get("richContent")
    if isinstance(cell, str) and document(cell) is None:
        return "the row's Rich Content is no document that can be read (cut off by a spreadsheet?)"
    return None


_TWICE = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)


def mended(cell: str) -> str:
    """A cell that a spreadsheet encoded twice (`Ã©` for `é`) as it was; any other as it is."""
    if not _TWICE.search(cell):
        return cell
    try:
        back = b"".join(c.encode("cp1252") if c not in _UNMAPPED else bytes([ord(c)]) for c in cell)
        return back.decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return cell


#: The five bytes that cp1252 leaves out come through as control characters.
_UNMAPPED = frozenset("\x81\x8d\x8f\x90\x9d")
