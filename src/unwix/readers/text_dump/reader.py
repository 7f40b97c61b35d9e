"""Read a Wix post page saved as plain text or Markdown: alone, in a file with others, or in records.

A container (front matter, JSON, a table, tags) is opened first. Each text in it goes through the same steps: tool
formats are undone, lines are classified, posts are found, title, author, byline and body are decided together
(`layout`), the end of the body is found, and the body's lines become blocks.
"""

from __future__ import annotations

from collections.abc import Iterable

from ...model.post import Post
from ...model.problems import Problem
from ...model.skipped import Skipped
from ...web.encoding import decode
from ...web.text_cleaning import without_high_controls
from .containers.heads import peel
from .containers.one_line import has_glued_page, take_apart
from .containers.parquet import read_parquet
from .containers.part import Part, mark_other_pages
from .containers.records import parts_of_json, parts_of_rows, parts_of_table
from .containers.split import split_text, split_wet
from .page import plain_post, read_part
from .site_lines import SiteLines, learn
from .tool_formats.forms import numbered, undo

#: The maximum number of skipped texts named in a report.
_MOST_NAMED = 10
#: Separators of pages by pdftotext and line printers; browsers write none between lines.
_NEXT_PAGE = "\f"
_PRINTED = Problem("print-layout", "file", "the text has the page breaks of a print; save the page itself instead")


def read_text(source: str, raw: bytes, plain: bool = False, site_lines: SiteLines | None = None) -> list[Post]:
    """Return the posts in a text file, one or more.

    With `plain`, a text without signs of a Wix post page is read as a post unchanged. Raises Skipped for other texts.
    """
    text, problems = decode(raw)
    text = without_high_controls(text)
    if _NEXT_PAGE in text:
        problems = [*problems, _PRINTED]
    parts = split_text(text)
    try:
        return _posts(source, parts, problems, site_lines)
    except Skipped as reason:
        if not plain or reason.kind not in ("no-wix-signs", "no-line-breaks"):
            raise
    if len(parts) > 1 and any(part.stated.is_empty() for part in parts):
        parts = [peel(Part(numbered(text)))]  # rules between the sections of one text
    return _numbered_posts(source, [plain_post(source, part, problems) for part in parts])


def read_wet(source: str, raw: bytes) -> list[Post]:
    """Return the posts among the records of a WET file of Common Crawl. Raises Skipped if there are none."""
    return _posts(source, split_wet(raw), [], None)


def read_records(
    source: str,
    raw: bytes,
    kind: str,
    first: int | None = None,
    plain: bool = False,
    site_lines: SiteLines | None = None,
) -> list[Post]:
    """Return the posts among the texts of a JSON file or a table; `kind` is `json`, `table` or `parquet`.

    `first` is the number of the first line or row of a part of a large file. With `plain`, a text without signs of a
    Wix post page is read as a post unchanged. Raises Skipped if no record has a text, or none is a post; UnreadablePage
    for a damaged table.
    """
    problems: list[Problem] = []
    unread: list[Problem] = []
    if kind == "parquet":
        parts = parts_of_rows(read_parquet(raw))
    else:
        text, problems = decode(raw)
        parts, unread = parts_of_json(text, first or 1) if kind == "json" else parts_of_table(text, first or 2)
    if not parts:
        raise Skipped("no-posts")
    posts = _posts(source, parts, problems, site_lines, is_part=first is not None, plain=plain)
    posts[0].problems[:0] = unread
    return posts


def _posts(
    source: str,
    parts: Iterable[Part],
    problems: list[Problem],
    site_lines: SiteLines | None,
    is_part: bool = False,
    plain: bool = False,
) -> list[Post]:
    """Return the posts in the texts of a file, or of a part of it."""
    parts = [take_apart(part) for part in parts]
    dumps = [undo(part.lines, part.stated.url, part.is_markdown) for part in parts]
    if len(parts) > 1:
        mark_other_pages(parts)
        learned = learn(dumps)
        site_lines = learned if site_lines is None else site_lines.merged(learned)
    posts: list[Post] = []
    names: list[str | None] = []
    reasons: list[tuple[int, Skipped]] = []
    for number, (part, dump) in enumerate(zip(parts, dumps, strict=True), 1):
        try:
            posts_of_part = read_part(source, part, dump, problems, site_lines)
            posts += posts_of_part
            names += [part.name if len(posts_of_part) == 1 else None] * len(posts_of_part)
        except Skipped as reason:
            if plain and part.is_sure and reason.kind in ("no-wix-signs", "no-line-breaks"):
                posts.append(plain_post(source, part, problems))
                names.append(part.name)
            else:
                reasons.append((number, reason))
    if not posts:
        raise _reason([reason for _, reason in reasons], parts)
    if reasons:
        posts[0].problems.append(_skipped_texts(reasons, len(parts)))
    return _numbered_posts(source, posts, names, is_part)


def _numbered_posts(
    source: str, posts: list[Post], names: list[str | None] | None = None, is_part: bool = False
) -> list[Post]:
    """Return the posts, each with a source of its own if there are several."""
    if len(posts) > 1 or is_part:
        for number, (post, name) in enumerate(zip(posts, names or [None] * len(posts), strict=True), 1):
            post.source = f"{source}#{post.metadata.slug or name or number}"
    return posts


def _skipped_texts(reasons: list[tuple[int, Skipped]], count: int) -> Problem:
    """Return the note about the texts of a file that are not posts."""
    named = [f"{number} ({reason.detail})" for number, reason in reasons[:_MOST_NAMED]]
    more = [f"{len(reasons) - _MOST_NAMED} more"] if len(reasons) > _MOST_NAMED else []
    verb = "was" if len(reasons) == 1 else "were"
    detail = f"{len(reasons)} of {count} texts {verb} skipped: {', '.join([*named, *more])}"
    return Problem("texts-skipped", "file", detail)


def _reason(reasons: list[Skipped], parts: list[Part]) -> Skipped:
    """Return why a file without posts is skipped: the reason of its first text that looks like a Wix page."""
    special = next((reason for reason in reasons if reason.kind != "no-wix-signs"), None)
    if special is not None:
        return special
    if any(has_glued_page([line.text for line in part.lines]) for part in parts):
        return Skipped("no-line-breaks")
    return reasons[0] if reasons else Skipped("no-wix-signs")
