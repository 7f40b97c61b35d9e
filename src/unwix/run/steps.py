"""Pipeline: the steps of one page, in order, on one screen: it is read, and each of its posts is written."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from .. import readers
from ..blog.duplicates.merge import merge
from ..blog.links.rewrite import remove_unused_ids, rewrite_urls
from ..blog.paths import OutputPlace
from ..blog.summarize import summarize
from ..fidelity.compare import Fidelity, compare
from ..fidelity.markdown import html_facts, markdown_facts
from ..fidelity.other_forms import disagreements
from ..model.article import has_content
from ..model.errors import UnreadablePage
from ..model.facts import Facts, forget_lines
from ..model.ledger import Ledger
from ..model.page import Page
from ..model.post import Metadata, Post
from ..model.problems import Problem
from ..model.results import Result, result_of
from ..model.skipped import Skipped
from ..model.source_info import RemovedLine
from ..readers.documents.names import Names
from ..writers.front_matter.fields import NO_CHANGES, Changes
from ..writers.front_matter.write import front_matter
from ..writers.import_files.import_html import import_html
from ..writers.import_files.records import as_line, record_of
from ..writers.markdown.writer import write_markdown
from ..writers.target import Target, url_path
from ..writers.targets import TARGETS
from .spool import read_post, serialize


@dataclass(frozen=True, slots=True)
class Options:
    """What a user may choose about the text of a post."""

    keep_underline: bool = False
    """Write underlined text as `<u>`; Markdown has no word for it."""
    include_deleted: bool = False
    """Write posts too that Wix keeps in its trash."""
    sidecar: bool = False
    """Keep each post's own document beside it, so that a better version can convert it again without the site."""
    target: str = "markdown"
    """What the posts are for: a key of `writers.targets.TARGETS`."""
    changes: Changes = NO_CHANGES
    """Fields of the front matter that the user renames, drops or adds."""
    names: Names | None = None
    """Names of categories, tags and members by id, from all files of the run (`readers.names`)."""


@dataclass(slots=True)
class WrittenPost:
    """A post as a text, with all that the report says of it. It is plain data and pickles small."""

    source: str
    reader: str
    metadata: Metadata
    text: str
    """Front matter and Markdown."""
    fidelity: Fidelity
    problems: list[Problem] = field(default_factory=list)
    removed_lines: list[RemovedLine] = field(default_factory=list)
    """The lines of a text dump that are not part of the post."""
    detected_by: list[str] = field(default_factory=list)
    """The signals that identify a text as the dump of a Wix post page."""
    ledger: Ledger | None = None
    sidecar: tuple[str, str] | None = None
    """The post's own document, when it is wanted: the ending of its file, and the JSON."""
    files: tuple[str, ...] = ()
    """Files that the text needs, below OUTPUT: keys of the target's `files`."""
    merged_from: dict[str, str] = field(default_factory=dict)
    """Fields and blocks that came from a duplicate of the post, and from which."""

    @property
    def result(self) -> Result:
        """The verdict on the post."""
        return result_of((problem.severity for problem in self.problems), self.fidelity.lossless)


@dataclass(slots=True)
class ConversionResult:
    """What became of one page.

    Its posts, or why there are none (`skipped` when it is none, `failed` when it should be).
    """

    source: str
    posts: list[WrittenPost] = field(default_factory=list)
    skipped: Skipped | None = None
    failed: str | None = None
    left_out: list[tuple[str, Skipped]] = field(default_factory=list)
    """Posts that were read and are not wanted: (source, reason)."""


_USUAL = Options()


def convert(source: Page | bytes | str | Path) -> Post:
    """The post in a page: bytes, or the path of a file.

    Of a page with several posts it is the first; `readers.read` gives all. Raises Skipped when the page is something
    else (the text says what), BadPage when it cannot be read.
    """
    post = readers.read(_page(source))[0]
    remove_unused_ids(post.article, ())
    return post


def _page(source: Page | bytes | str | Path) -> Page:
    if isinstance(source, Page):
        return source
    if isinstance(source, bytes):
        return Page("bytes", data=source)
    return Page(Path(source).as_posix(), path=Path(source))


def write(
    post: Post, options: Options = _USUAL, place: OutputPlace | None = None, anchors: Collection[str] = ()
) -> WrittenPost:
    """The post as front matter and Markdown for a target, read back and held against its source.

    `place` is where it goes, for targets whose posts say their own address; `anchors` are the ids of headings that
    links of other posts point to.
    """
    remove_unused_ids(post.article, anchors)
    target = TARGETS[options.target]
    text, body, said = (_as_record if target.file else _as_markdown)(post, options, target, place)
    fidelity = compare(post.facts, said)
    problems = [*post.problems, *fidelity.problems, *(post.ledger.problems() if post.ledger else ())]
    if not has_content(post.article):
        problems.append(Problem("body-empty", "body", "the source shows no content for this post"))
    problems += [differs for name, facts in post.other_facts for differs in disagreements(name, facts, said)]
    forget_lines()
    return WrittenPost(
        post.source,
        post.reader,
        post.metadata,
        text,
        fidelity,
        problems,
        removed_lines=post.removed_lines,
        detected_by=post.source_info.detection_signals,
        ledger=post.ledger,
        sidecar=_sidecar(*post.document) if options.sidecar and post.document else None,
        files=target.needed_files(body),
        merged_from=post.merged_from,
    )


def _as_markdown(post: Post, options: Options, target: Target, place: OutputPlace | None) -> tuple[str, str, Facts]:
    """The text of the post's file, its body alone, and what that says when it is read back."""
    body = write_markdown(post.article, options.keep_underline, target.flavor)
    said = markdown_facts(target.flavor.to_plain_markdown(body))
    metadata = post.metadata
    if place is not None and place.slug:
        metadata = replace(metadata, slug=place.slug)
    url = url_path(target, place.output) if place else None
    head = front_matter(metadata, target, url=url, changes=options.changes)
    return f"{head}\n{body}" if body else head, body, said


def _as_record(post: Post, _options: Options, target: Target, place: OutputPlace | None) -> tuple[str, str, Facts]:
    """The same for a post of an import file: its text is a record, its body HTML."""
    assert target.import_format is not None
    form = target.import_format.html
    body = import_html(post.article, form)
    slug = place.slug if place else post.metadata.slug or "post"
    return as_line(record_of(post.metadata, slug, body, post.article)), body, html_facts(form.read_back(body))


def _sidecar(form: str, document: dict[str, Any]) -> tuple[str, str]:
    text = json.dumps(document, ensure_ascii=False)
    if not text.isascii() and _HALF.search(text):
        text = json.dumps(document)  # half a character, which only an escape can say
    return _SIDECARS[form], text + "\n"


_SIDECARS = {"ricos": ".ricos.json", "draftjs": ".draft.json"}
_HALF = re.compile("[\ud800-\udfff]")


@dataclass(slots=True)
class ReadResult:
    """What was read of one page: its posts, packed, or why there are none."""

    source: str
    posts: list[tuple[bytes, bytes]] = field(default_factory=list)
    """For each post its Entry and the Post itself, packed (`spool.packed`)."""
    skipped: Skipped | None = None
    failed: str | None = None
    """Why it should be one and is none."""
    left_out: list[tuple[str, Skipped]] = field(default_factory=list)
    """Posts that were read and are not wanted: (source, reason)."""


@dataclass(slots=True)
class WriteTask:
    """A post to be written: packed, its place, the new addresses of links and media, and what is wrong with these."""

    post: bytes
    addresses: dict[str, str] = field(default_factory=dict)
    place: OutputPlace | None = None
    problems: list[Problem] = field(default_factory=list)
    anchors: frozenset[str] = frozenset()
    """The ids in it that links of other posts point to."""


def read_page(page: Page, options: Options = _USUAL) -> ReadResult:
    """The first half of the way: a page is read. Never raises for what a page may be."""
    reading = ReadResult(page.source)
    try:
        posts, reading.left_out = _wanted(page, options)
        reading.posts = [(serialize(summarize(post)), serialize(post)) for post in posts]
    except Skipped as reason:
        return ReadResult(page.source, skipped=_located(page, reason))
    except Exception as error:
        return ReadResult(page.source, failed=page.located(_sentence(error)))
    return reading


def _located(page: Page, reason: Skipped) -> Skipped:
    return Skipped(reason.kind, page.located(reason.detail), reason.words)


def _wanted(page: Page, options: Options) -> tuple[list[Post], list[tuple[str, Skipped]]]:
    """The posts of a page, and those that are not wanted, with the reason."""
    posts: list[Post] = []
    left_out: list[tuple[str, Skipped]] = []
    forget_lines()
    for post in readers.read(page, options.names):
        if post.source_info.state == "deleted" and not options.include_deleted:
            left_out.append((post.source, Skipped("trash")))
        else:
            if not options.sidecar:
                post.document = None
            posts.append(post)
    return posts, left_out


def merge_copies(copies: list[bytes]) -> tuple[bytes, bytes]:
    """Between both: one post of the packed copies of it, the best of which is first. Its entry and itself, packed."""
    best, *others = (read_post(data) for data in copies)
    try:
        merged = merge(best, others)
        return serialize(summarize(merged)), serialize(merged)
    except Exception as error:
        return unmerged(copies, _sentence(error))


def unmerged(copies: list[bytes], reason: str) -> tuple[bytes, bytes]:
    """The best copy alone, where merging failed."""
    best = read_post(copies[0])
    best.problems.append(Problem("merge-failed", "file", reason))
    return serialize(summarize(best)), serialize(best)


def write_task(job: WriteTask, options: Options = _USUAL) -> WrittenPost | str:
    """The second half: a post is written with its new addresses; a sentence where that failed."""
    try:
        post = read_post(job.post)
        rewrite_urls(post, job.addresses)
        post.problems += job.problems
        return write(post, options, job.place, job.anchors)
    except Exception as error:
        return _sentence(error)


def _sentence(error: Exception) -> str:
    """What is said of a page or post that failed."""
    if isinstance(error, UnreadablePage):
        return str(error)
    for kind, told in _FAILURES.items():
        if isinstance(error, kind):
            return told
    # A fault of ours costs this page alone, and is told.
    return f"unwix itself failed on this page ({type(error).__name__}: {error}); please report it"


_FAILURES: dict[type[Exception], str] = {
    RecursionError: "the page is nested too deeply to be read",
    MemoryError: "the page needs more memory than there is",
}


def convert_page(page: Page, options: Options = _USUAL) -> ConversionResult:
    """All of one page by itself: read, and each post written as it stands."""
    outcome = ConversionResult(page.source)
    try:
        posts, outcome.left_out = _wanted(page, options)
        outcome.posts = [write(post, options) for post in posts]
    except Skipped as reason:
        outcome.skipped = _located(page, reason)
    except Exception as error:
        outcome.failed = page.located(_sentence(error))
    return outcome
