"""The types of report.json (schema/report.schema.json), and the row of a post."""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict

from ..model.problems import Problem, ProblemRow
from ..model.results import Result
from .write_post import WrittenPost

FileState = Literal["written", "unchanged", "edited", "failed"]
#: The possible states of a post's file.
FILE_STATES: tuple[FileState, ...] = ("written", "unchanged", "edited", "failed")


class RemovedRow(TypedDict):
    """Lines that were removed from a text, with the rule that removed them."""

    lines: list[int]
    """The first and the last line number, from 1."""
    rule: str
    text: str


class PostRow(TypedDict):
    """The result of a post."""

    source: str
    output: str | None
    url: str | None
    title: str | None
    file: FileState
    result: Result | None
    """None for a post that failed."""
    reader: str | None
    fidelity: dict[str, list[int]] | None
    """For each kind of content, the amount in the output and in the source."""
    ledger: dict[str, int] | None
    problems: list[ProblemRow]
    removed: NotRequired[list[RemovedRow]]
    merged_from: NotRequired[dict[str, str]]
    """Fields and blocks that came from a duplicate of the post, with its source."""
    duplicates: NotRequired[list[str]]
    """Sources of the duplicates that were searched for missing parts."""
    detected_by: NotRequired[list[str]]
    """The signals that identify a text as the dump of a Wix post page."""
    other_urls: NotRequired[list[str]]
    """Further URLs of the post on the old site."""
    sidecar: NotRequired[str]
    comments: NotRequired[str]
    slug: NotRequired[str]
    date: NotRequired[str]
    language: NotRequired[str]
    draft: NotRequired[bool]
    authors: NotRequired[list[str]]
    categories: NotRequired[list[str]]
    tags: NotRequired[list[str]]


class Summary(TypedDict):
    """The totals: `complete`, `incomplete`, `lossy` and `failed` add up to `posts`."""

    posts: int
    complete: int
    incomplete: int
    lossy: int
    failed: int
    skipped: int


def post_row(post: WrittenPost, output: str, file: FileState) -> PostRow:
    """Return the row of a post that was read."""
    row: PostRow = {
        "source": post.source,
        "output": output,
        "url": post.metadata.canonical_url,
        "title": post.metadata.title,
        "file": file,
        "result": post.result,
        "reader": post.reader,
        "fidelity": {name: list(pair) for name, pair in post.fidelity.counts.items()},
        "ledger": post.ledger.as_dict() if post.ledger else None,
        "problems": [problem.as_dict() for problem in post.problems],
    }
    if post.removed_lines:
        row["removed"] = [{"lines": [n, n], "rule": rule, "text": text} for n, rule, text in post.removed_lines]
    if post.merged_from:
        row["merged_from"] = post.merged_from
    if post.detected_by:
        row["detected_by"] = post.detected_by
    metadata: Any = row  # the fields of the front matter that `unwix redirects` reads
    for name in ("slug", "date", "language", "draft", "authors", "categories", "tags"):
        if value := getattr(post.metadata, name):
            metadata[name] = value
    return row


def failed_row(source: str, reason: str) -> PostRow:
    """Return the row of a post that could not be read or written."""
    return {
        "source": source,
        "output": None,
        "url": None,
        "title": None,
        "file": "failed",
        "result": None,
        "reader": None,
        "fidelity": None,
        "ledger": None,
        "problems": [Problem("failed", "file", reason).as_dict()],
    }
