"""The only way from the bytes of a page to written posts, for every command and the library.

A page is read into posts, duplicates are merged, and each post is written. The functions that workers call
(`read_page`, `merge_duplicates`, `write_task`) take and return serialized posts, and never raise for faults of a page.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct, field

from .. import readers
from ..blog.links.rewrite import report_uncopied, rewrite_urls
from ..blog.paths import OutputPlace
from ..blog.summarize import summarize
from ..model.errors import UnreadablePage
from ..model.facts import forget_lines
from ..model.page import Page
from ..model.post import Post
from ..model.problems import Problem
from ..model.skipped import Skipped
from .executors.deep_nesting import deep_nesting
from .executors.in_process import flush
from .executors.prepared_file import PreparedFile, prepare_file
from .rows import PostRow, post_row
from .spool import read_post, serialize
from .write_post import Options, WrittenPost, write

#: Posts of a page that this run does not write: (source, reason).
LeftOut = list[tuple[str, Skipped]]
_DEFAULT = Options()
_FAILURES: dict[type[Exception], str] = {
    RecursionError: "the page is nested too deeply to be read",
    MemoryError: "the page needs more memory than there is",
}


class ReadResult(Struct):
    """The posts of one page, serialized, or why it has none."""

    source: str
    posts: list[tuple[bytes, bytes]] = field(default_factory=list)
    """For each post its PostSummary and the Post itself (`spool.serialize`)."""
    skipped: Skipped | None = None
    failed: str | None = None
    """Why the page, which should be a post, cannot be read."""
    left_out: LeftOut = field(default_factory=list)


class ConversionResult(Struct):
    """The written posts of one page, or why it has none."""

    source: str
    posts: list[WrittenPost] = field(default_factory=list)
    skipped: Skipped | None = None
    failed: str | None = None
    left_out: LeftOut = field(default_factory=list)


class WriteTask(Struct):
    """A post to write: serialized, with its file, the new URLs of its links and media, and their problems."""

    post: bytes
    new_urls: dict[str, str] = field(default_factory=dict)
    """An empty URL turns the link into text."""
    place: OutputPlace | None = None
    problems: list[Problem] = field(default_factory=list)
    time_zone: str | None = None
    """The time zone of the post's dates."""
    anchors: frozenset[str] = frozenset()
    """The ids in the post that links of other posts point to."""


@deep_nesting()
def read_posts(page: Page, options: Options = _DEFAULT) -> tuple[list[Post], LeftOut]:
    """Return the posts of a page, and those that the options exclude.

    Raises Skipped if the page is not a blog post, UnreadablePage if it cannot be read.
    """
    posts: list[Post] = []
    left_out: LeftOut = []
    forget_lines()
    for post in readers.read(page, options.names, options.site_lines):
        if post.source_info.state == "deleted" and not options.include_deleted:
            left_out.append((post.source, Skipped("trash")))
        else:
            if not options.sidecar:
                post.document = None
            posts.append(post)
    return posts, left_out


class Planned(Struct):
    """A post that will be written."""

    number: int
    """Its number in the spool."""
    place: OutputPlace

    @property
    def output(self) -> str:
        """Its file, a path below OUTPUT."""
        return self.place.output


class PreparedPost(NamedTuple):
    """A written post without its text, which waits in a temporary file."""

    row: PostRow
    """As if its file were written."""
    file: PreparedFile
    files: tuple[str, ...] = ()
    sidecar: tuple[str, str] | None = None


class PrepareFile(Struct, frozen=True):
    """Writes a post and puts its text into a temporary file, so that the process that plans the run need not see it."""

    write: Callable[[WriteTask], WrittenPost | str]
    folder: Path
    """The OUTPUT of the run."""

    def __call__(self, task: WriteTask) -> PreparedPost | str:
        """Return the post. Return a sentence if that failed."""
        post = self.write(task)
        if isinstance(post, str):
            return post
        assert task.place is not None
        output = task.place.output
        file = prepare_file(self.folder, output, post.text)
        return PreparedPost(post_row(post, output, "written"), file, post.files, post.sidecar)

    def flush(self) -> None:
        """Write what is to be remembered."""
        flush(self.write)


def convert_page(page: Page, options: Options = _DEFAULT) -> ConversionResult:
    """Read a page and write each of its posts, without the duplicates and links that only a whole run knows."""
    result = ConversionResult(page.source)
    try:
        posts, result.left_out = read_posts(page, options)
        result.posts = [write(post, options) for post in posts]
    except Skipped as reason:
        result.skipped = _located(page, reason)
    except Exception as error:
        result.failed = page.located(describe_failure(error))
    return result


@deep_nesting()
def read_page(page: Page, options: Options = _DEFAULT) -> ReadResult:
    """Read the posts of a page."""
    result = ReadResult(page.source)
    try:
        posts, result.left_out = read_posts(page, options)
        result.posts = [(serialize(summarize(post)), serialize(post)) for post in posts]
    except Skipped as reason:
        return ReadResult(page.source, skipped=_located(page, reason))
    except Exception as error:
        return ReadResult(page.source, failed=page.located(describe_failure(error)))
    return result


@deep_nesting()
def merge_duplicates(duplicates: list[bytes]) -> tuple[bytes, bytes]:
    """Merge the duplicates of a post, the best first. Return the summary of the merged post and the post itself."""
    from ..blog.duplicates.merge import merge

    best, *others = (read_post(data) for data in duplicates)
    try:
        merged = merge(best, others)
        return serialize(summarize(merged)), serialize(merged)
    except Exception as error:
        return without_merging(duplicates, describe_failure(error))


def without_merging(duplicates: list[bytes], reason: str) -> tuple[bytes, bytes]:
    """Return only the best duplicate, with a problem that states why the others were not merged into it."""
    best = read_post(duplicates[0])
    best.problems.append(Problem("merge-failed", "file", reason))
    return serialize(summarize(best)), serialize(best)


@deep_nesting()
def write_task(task: WriteTask, options: Options = _DEFAULT) -> WrittenPost | str:
    """Write a post with its new URLs. Return a sentence if that failed."""
    try:
        post = read_post(task.post)
        report_uncopied(post, task.new_urls)
        rewrite_urls(post, {old: new for old, new in task.new_urls.items() if new})
        unlinked = [url for url, new in task.new_urls.items() if not new]
        post.problems += task.problems
        post.time_zone = task.time_zone
        return write(post, options, task.place, task.anchors, unlinked)
    except Exception as error:
        return describe_failure(error)


def describe_failure(error: Exception) -> str:
    """Return the sentence for a page or post that failed."""
    if isinstance(error, UnreadablePage):
        return str(error)
    for kind, sentence in _FAILURES.items():
        if isinstance(error, kind):
            return sentence
    # A fault of unwix costs only this page, and is reported.
    return f"unwix itself failed on this page ({type(error).__name__}: {error}); please report it"


def _located(page: Page, reason: Skipped) -> Skipped:
    return Skipped(reason.kind, page.located(reason.detail), reason.words, reason.posts)
