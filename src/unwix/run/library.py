"""`convert` and `convert_all`, for programs that use unwix without its command line (docs/api.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from msgspec.structs import replace

from ..blog.links.rewrite import remove_unused_ids
from ..fidelity.compare import Fidelity
from ..model.article import Element
from ..model.errors import UnreadablePage, UnwixError
from ..model.page import Page
from ..model.post import Metadata, Post
from ..model.problems import Problem
from ..model.results import Result
from ..model.skipped import Skipped
from ..sources import LiveSource, open_sources
from .inputs import Inputs
from .output_folder import NullSink
from .report import Report
from .rows import PostRow
from .run import Run
from .steps import Planned, read_posts
from .workers import Workers
from .write_post import Options, WrittenPost, write

#: Called with the source and the reason for each input that is not a blog post.
OnSkipped = Callable[[str, Skipped], object]
#: Called with the source and the error for each input that should be a post but cannot be read.
OnFailed = Callable[[str, UnreadablePage], object]


class ConvertedPost:
    """A blog post: its metadata, its article, its text for any target, and the comparison with its source."""

    def __init__(self, post: Post, written: WrittenPost | None = None, options: Options | None = None) -> None:
        self._post = post
        self._options = options or Options()
        self._written = {self._options.target: written or write(post, self._options)}
        remove_unused_ids(post.article, ())

    def __repr__(self) -> str:
        return f"<ConvertedPost {self.metadata.title!r} from {self.source}: {self.result}>"

    @property
    def source(self) -> str:
        """The file or URL that the post was read from."""
        return self._post.source

    @property
    def reader(self) -> str:
        """What the body was read from: `viewer`, `ricos`, `draftjs`, `text` or `feed`."""
        return self._post.reader

    @property
    def metadata(self) -> Metadata:
        """The front matter's fields."""
        return self._post.metadata

    @property
    def provenance(self) -> dict[str, str]:
        """For each metadata field, the part of the source that it came from."""
        return self._post.provenance

    @property
    def article(self) -> Element:
        """The body as an lxml tree in the vocabulary of `unwix.model.article`."""
        return self._post.article

    @property
    def markdown(self) -> str:
        """The body as Markdown, without front matter."""
        return self._default.body

    @property
    def result(self) -> Result:
        """`complete`, `incomplete` or `lossy`."""
        return self._default.result

    @property
    def problems(self) -> list[Problem]:
        """Problems that the owner of the post should know about."""
        return self._default.problems

    @property
    def fidelity(self) -> Fidelity:
        """The comparison of the Markdown with the source."""
        return self._default.fidelity

    def to_markdown(self, target: str = "markdown") -> str:
        """Return the text of the post's file for a target: front matter and body.

        `target` is a key of `unwix.TARGETS`, such as `hugo`. Raises ValueError for another one.
        """
        if target not in self._written:
            self._written[target] = write(self._post, replace(self._options, target=target))
        return self._written[target].text

    @property
    def _default(self) -> WrittenPost:
        return self._written[self._options.target]


def convert(source: Page | bytes | str | Path) -> ConvertedPost:
    """Return the post in a file, or in the bytes of one.

    Raises Skipped if the input is not a blog post, UnreadablePage if it cannot be read, and UnwixError if it has
    several posts; `convert_all` yields all of them.
    """
    page = _page(source)
    posts, left_out = read_posts(page)
    if not posts:
        raise left_out[0][1]
    if len(posts) > 1:
        raise UnwixError(f"{page.source} has {len(posts)} posts. Use convert_all to get all of them.")
    return ConvertedPost(posts[0])


def convert_all(
    sources: Iterable[str | Path] | str | Path,
    *,
    jobs: int | None = None,
    on_skipped: OnSkipped | None = None,
    on_failed: OnFailed | None = None,
) -> Iterator[ConvertedPost]:
    """Yield the posts of files, directories, archives and sites (URLs), in the order of the sources.

    A post that is found several times, on a page and in a feed say, is yielded once, with all that its duplicates
    know. `jobs` is the number of worker processes: None for one per core, 0 for none.

    `on_skipped` is called for each input that is not a blog post. `on_failed` is called for each input that cannot be
    read; without it an ExceptionGroup of UnreadablePage is raised after the last post. Raises UnwixError for a source
    that does not exist.
    """
    args = [sources] if isinstance(sources, str | Path) else list(sources)
    opened = open_sources(args)
    sites = [source for source in opened if isinstance(source, LiveSource)]
    failures: list[UnreadablePage] = []
    report = Report("")
    run = Run(NullSink(), report)
    finished = False
    try:
        with Workers(jobs) as workers:
            inputs = Inputs(opened, workers)
            names, site_lines = inputs.learned()
            run.options = options = Options(names=names, site_lines=site_lines)
            for _ in run.read(workers, inputs.to_read()):
                pass
            plan = run.plan(workers)
            for source, reason in report.skipped:
                if on_skipped is not None:
                    on_skipped(source, reason)
            for planned, written in run.texts(workers, plan):
                if isinstance(planned, Planned) and isinstance(written, WrittenPost):
                    yield ConvertedPost(run.post(planned), written, options)
                    continue
                source, detail = _failure(run, planned, written)
                failures.append(error := UnreadablePage(f"{source}: {detail}"))
                if on_failed is not None:
                    on_failed(source, error)
        finished = True
    finally:
        run.close()
        report.rows.close()
        for site in sites:
            site.close(finished)
    if failures and on_failed is None:
        raise ExceptionGroup("Some inputs could not be read", failures)


def _failure(run: Run, planned: Planned | PostRow, sentence: object) -> tuple[str, str]:
    if isinstance(planned, Planned):
        return run.post(planned).source, str(sentence)
    return planned["source"], planned["problems"][0]["detail"]


def _page(source: Page | bytes | str | Path) -> Page:
    if isinstance(source, Page):
        return source
    if isinstance(source, bytes):
        return Page("bytes", data=source)
    return Page(Path(source).as_posix(), path=Path(source))
