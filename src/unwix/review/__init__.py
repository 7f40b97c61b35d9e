"""Write the review page: each post next to its source, with the differences highlighted.

Everything that it shows is untrusted: texts are escaped by the templates, HTML goes through normalize_html.py and a
sanitizer, and the page's own Content-Security-Policy allows no script but the review's file.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from ..blog.duplicates.merge import merge
from ..model.errors import UnreadablePage, UnwixError
from ..model.page import Page
from ..model.post import Post
from ..model.skipped import Skipped
from ..readers.source_view import SourceView, source_view
from ..readers.text_dump.learn_site_lines import site_lines_of
from ..readers.text_dump.site_lines import SiteLines
from ..run.cache.cached_steps import CachedRead
from ..run.spool import read_post
from ..run.steps import read_posts
from ..run.workers import Workers
from ..run.write_post import Options, write
from .covers import list_cover
from .folder import NAME, ReviewFolder
from .image_files import Place
from .pages import ASSETS, ListEntry, asset, list_pages, post_page
from .post_view import make_post_view
from .verdict import Row
from .workspace import Workspace, open_workspace, page_name


class Review(Struct, frozen=True):
    """A review that was written."""

    index: Path
    posts: int
    alone: int
    """The number of posts whose source was not found."""


class _Desk(Struct, frozen=True):
    """The data that a worker needs to make pages, small enough to be sent to another process."""

    output: Path
    folder: Path
    remote: bool
    report: bytes
    """Identifies report.json and the edited files, so that a worker's cache belongs to this run."""
    site_lines: SiteLines | None = None
    """The lines that recur in the text dumps of the run, as the conversion found them."""
    memory: CachedRead | None = None
    """Finds results in the cache of the conversion."""

    def place(self, case: Workspace, output: str | None) -> Place:
        return Place(self.output, output or "", self.folder / "posts", case.pages, case.urls, case.media, self.remote)


class _ReviewPage(Struct, frozen=True):
    """The page of one post."""

    number: int
    """Index of its row in the report."""
    html: str
    from_wix: bool
    """True if it loads images from Wix's servers."""
    differs_now: bool
    """True if the file differs from its source now."""
    entry: ListEntry
    """The values of the post in the list."""


def write_review(
    output: Path, into: Path | None = None, remote: bool = True, jobs: int | None = None, cache: Path | None = None
) -> Review:
    """Write the review of an output directory, into its directory `_review` or another one; same input, same bytes.

    With `remote`, images that were not copied are shown from Wix's servers, else linked. `cache` is the directory where
    conversions store their results: unchanged pages are not read again. Raises UnwixError if there is no report,
    OutputError or OutputFailed if the review cannot be written.
    """
    case = open_workspace(output)
    folder = ReviewFolder(into or output / NAME)
    site_lines = None
    if any(row["reader"] == "text" for row in case.rows):
        site_lines = site_lines_of(replace(page, as_text=False) for page in case.source_pages())
    memory = CachedRead.of(cache, replace(case.reading, site_lines=site_lines)) if cache is not None else None
    desk = _Desk(output, folder.path, remote, case.digest + repr(sorted(case.edited)).encode(), site_lines, memory)
    folder.begin()
    pages: dict[int, _ReviewPage] = {}

    def put(page: _ReviewPage) -> None:
        folder.put(f"posts/{page_name(page.number)}", page.html)
        pages[page.number] = replace(page, html="")

    for review_page in chain.from_iterable(_all_pages(desk, case, jobs)):
        if review_page.number not in pages:
            put(review_page)
    left = [n for n in range(len(case.rows)) if n not in pages]
    for number in left:
        put(_page_of(desk, case, number))
    loads = any(review_page.from_wix for review_page in pages.values())
    changed = {number for number, review_page in pages.items() if review_page.differs_now}
    for name in ASSETS:
        folder.put(f"assets/{name}", asset(name))
    for name, html in reversed(
        list_pages(case, loads, changed, {n: review_page.entry for n, review_page in pages.items()})
    ):
        folder.put(name, html)
    folder.finish()
    alone = sum(case.rows[n]["file"] != "failed" for n in left)
    return Review(folder.path / "index.html", len(case.rows), alone)


def _all_pages(desk: _Desk, case: Workspace, jobs: int | None) -> Iterator[list[_ReviewPage]]:
    """Yield the pages of all posts whose sources are found, in the order of the sources.

    Posts of a source that takes too long or kills its worker are shown without it.
    """
    with Workers(jobs) as workers:
        yield from workers.map(partial(_pages_of, desk), case.source_pages(), lambda _page, _reason: [])


@lru_cache(maxsize=1)
def _case(output: Path, _report: bytes) -> Workspace:
    """Return the workspace, opened once per worker."""
    return open_workspace(output)


def _pages_of(desk: _Desk, page: Page) -> list[_ReviewPage]:
    """Return the review pages of all posts in one page of a source."""
    case = _case(desk.output, desk.report)
    try:
        posts = _read(desk, page)
        pairs = list(zip(posts, source_view(page, posts), strict=True))
    except (Skipped, UnreadablePage, OSError, RecursionError, MemoryError):
        return []
    review_pages: list[_ReviewPage] = []
    used_rows: set[int] = set()
    for post, seen in pairs:
        number = _row_of(case, post, used_rows)
        if number is not None:
            used_rows.add(number)
            review_pages.append(_page_of(desk, case, number, _merged(case, case.rows[number], post), seen))
    return review_pages


def _read(desk: _Desk, page: Page) -> list[Post]:
    """Return the posts of a page, from the cache of the conversion or read now."""
    forms = (replace(page, as_text=False), page)  # without and with --as text
    known = next((found for form in forms if desk.memory and (found := desk.memory.recall(form))), None)
    if known is None:
        return read_posts(page, Options(include_deleted=True, site_lines=desk.site_lines))[0]
    return [read_post(post) for _, post in known.posts]


def _merged(case: Workspace, row: Row, post: Post) -> Post:
    """Return a post merged with its duplicates as `convert` did, as far as they are still found."""
    others = []
    for source in row["duplicates"]:
        found = [other for other in case.posts_of(source) if other.source == source]
        alike = [other for other in found if other.metadata.title == post.metadata.title]
        others += (found if len(found) == 1 else alike)[:1]
    return merge(post, others) if others else post


def _row_of(case: Workspace, post: Post, used_rows: set[int]) -> int | None:
    """Return the index of a post's row: the row of its source with its URL or title, else the only one."""
    rows = [n for n in case.by_source.get(post.source, ()) if n not in used_rows]
    found = post.metadata
    for name, value in (("url", found.canonical_url), ("title", found.title)):
        if value and (alike := [n for n in rows if case.rows[n][name] == value]):
            return alike[0]
    return rows[0] if len(rows) == 1 else None


def _page_of(
    desk: _Desk, case: Workspace, number: int, post: Post | None = None, seen: SourceView | None = None
) -> _ReviewPage:
    row = case.rows[number]
    fresh = _fresh_text(case, post) if post is not None and number in case.edited else None
    text, place = case.post_text(row), desk.place(case, row["output"])
    sheet = make_post_view(row, text, case.target, place, post, seen, fresh)
    entry = ListEntry(sheet.date, *list_cover(sheet.fields, case.target, place, desk.folder))
    return _ReviewPage(number, post_page(sheet, case, number), bool(sheet.hosts), sheet.differs_now, entry)


def _fresh_text(case: Workspace, post: Post) -> str | None:
    """Convert a post again, to compare the formatting of its edited file; None for a target without a file per post."""
    try:
        return write(deepcopy(post), Options(keep_underline=case.keep_underline, target=case.target.name)).text
    except (UnwixError, ValueError, RecursionError, MemoryError):
        return None
