"""Write a post for a target, read the text back, and compare it with the source."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field
from msgspec.structs import replace

from ..blog.edits.edit import NO_CHOICES, Edits, edited
from ..blog.links.rewrite import remove_unused_ids
from ..blog.paths import OutputPlace
from ..blog.time_zones import local_dates
from ..fidelity.compare import Fidelity, compare
from ..fidelity.markdown import html_facts, markdown_facts
from ..fidelity.other_forms import all_disagreements
from ..model.article import Element, has_content, is_placeholder
from ..model.facts import Facts, forget_lines
from ..model.ledger import Ledger
from ..model.post import Metadata, Post
from ..model.problems import Problem
from ..model.results import Result, result_of
from ..model.source_info import RemovedLine
from ..writers.front_matter.fields import NO_CHANGES, Changes, fields_of
from ..writers.front_matter.write import front_matter
from ..writers.markdown.writer import write_markdown
from ..writers.target import Target, cover_path, url_path
from ..writers.targets import TARGETS
from ..writers.title_heading import title_heading
from .executors.deep_nesting import deep_nesting

if TYPE_CHECKING:
    from ..readers.documents.names import Names
    from ..readers.text_dump.site_lines import SiteLines

_SIDECARS = {"ricos": ".ricos.json", "draftjs": ".draft.json"}
#: Begins the comment that stands for missing content, in all targets.
_PLACEHOLDER_START = "unwix: "
_SURROGATE = re.compile("[\ud800-\udfff]")


class Options(Struct, frozen=True):
    """The user's choices for the text of posts."""

    keep_underline: bool = False
    """Write underlined text as `<u>`; Markdown cannot express it."""
    include_deleted: bool = False
    """Also write posts in the blog's trash."""
    sidecar: bool = False
    """Write the document of each post to a file next to it, so that a later version can convert it again."""
    time_zone: str | None = None
    """The time zone of all dates; None: the zone that the pages of the blog state."""
    edits: Edits = NO_CHOICES
    """How the articles are edited."""
    target: str = "markdown"
    """A key of `writers.targets.TARGETS`."""
    theme: str | None = None
    """A key of `writers.themes.THEMES`."""
    changes: Changes = NO_CHANGES
    """Fields of the front matter to rename, drop or add."""
    names: Names | None = None
    """The names of categories, tags and members by id, from all files of the run."""
    site_lines: SiteLines | None = None
    """Lines that recur at the edges of the run's text dumps: the menus and footers of their sites."""


class WrittenPost(Struct):
    """The text of a post for a target, with everything that the report states about it; small when pickled."""

    source: str
    reader: str
    metadata: Metadata
    text: str
    """Front matter and Markdown, or the record for a target that is one import file."""
    fidelity: Fidelity
    problems: list[Problem] = field(default_factory=list)
    removed_lines: list[RemovedLine] = field(default_factory=list)
    """The lines of a text dump that are not part of the post."""
    detected_by: list[str] = field(default_factory=list)
    """The signals that identify a text as the dump of a Wix post page."""
    ledger: Ledger | None = None
    sidecar: tuple[str, str] | None = None
    """The post's own document if it is written: the extension of its file, and the JSON."""
    files: tuple[str, ...] = ()
    """Files that the text needs in the output (`Target.support_text`)."""
    merged_from: dict[str, str] = field(default_factory=dict)
    """Fields and blocks that came from a duplicate of the post, with its source."""
    body_start: int = 0
    """The position in `text` where the body begins."""

    @property
    def body(self) -> str:
        """The text without front matter."""
        return self.text[self.body_start :]

    @property
    def result(self) -> Result:
        """The verdict on the post."""
        return result_of((problem.severity for problem in self.problems), self.fidelity.lossless)


_DEFAULT = Options()


@deep_nesting()
def write(
    post: Post,
    options: Options = _DEFAULT,
    place: OutputPlace | None = None,
    anchors: Collection[str] = (),
    unlinked: Collection[str] = (),
) -> WrittenPost:
    """Return the text of a post for a target, compared with its source. Unused ids are removed from the article.

    `place` is the post's file, for targets whose posts state their own URL. `anchors` are the ids that links of other
    posts point to, `unlinked` the URLs whose links become text. Raises ValueError for an unknown target.
    """
    if options.target not in TARGETS:
        raise ValueError(f"{options.target!r} is not a target. Targets: {', '.join(TARGETS)}.")
    remove_unused_ids(post.article, anchors)
    metadata, differs = local_dates(post.metadata, options.time_zone or post.time_zone, post.printed_day)
    if metadata is not post.metadata or differs:
        post = replace(post, metadata=metadata, problems=[*post.problems, *differs])
    target = TARGETS[options.target]
    if options.theme is not None:
        from ..writers.themes import themed_target

        target = themed_target(options.target, options.theme)
    text, body, facts = _form_of(target)(post, options, target, place)
    fidelity = compare(post.facts, facts)
    if not target.file and (lost := _placeholders_lost(post.article, body)):
        post = replace(post, problems=[*post.problems, *lost])
    if target.record:
        from ..writers.check_record import record_problems

        post = replace(post, problems=[*post.problems, *record_problems(post, target.record)])
    if (changed := edited(post, options.edits, target, unlinked)) is not None:
        new_text, new_body, new_facts = _form_of(target)(changed.post, options, target, place)
        if compare(_article_facts(changed.post.article), new_facts).lossless:
            from ..blog.edits.footnotes import write_footnotes

            text, body, post = write_footnotes(new_text), write_footnotes(new_body), changed.post
            post = replace(post, problems=[*post.problems, *changed.problems])
        else:
            detail = "the post is written without them, since its text would not have stayed the same"
            post = replace(post, problems=[*post.problems, Problem("edits-left-out", "body", detail)])
    written = WrittenPost(
        post.source,
        post.reader,
        post.metadata,
        text,
        fidelity,
        _problems(post, fidelity, facts),
        removed_lines=post.removed_lines,
        detected_by=post.source_info.detection_signals,
        ledger=post.ledger,
        sidecar=_sidecar(*post.document) if options.sidecar and post.document else None,
        files=() if target.file else target.needed_files(body),
        merged_from=post.merged_from,
        body_start=0 if target.file or target.record else len(text) - len(body),
    )
    if target.record:
        written.text = _record_text(post, written, target, options, place)
    forget_lines()
    return written


def _placeholders_lost(article: Element, markdown: str) -> list[Problem]:
    """Return a problem if the Markdown has fewer placeholders for missing content than the article."""
    expected = sum(map(is_placeholder, article.iter("div")))
    number = markdown.count(_PLACEHOLDER_START) if expected else 0
    if number >= expected:
        return []
    return [Problem("blocks-lost", "body", f"placeholders of missing content: {number} of {expected} written")]


def _article_facts(article: Element) -> Facts:
    """Return the facts of an article, without in-page links, whose ids targets change."""
    from ..writers.import_files.import_html import ImportHtml, import_html

    facts = html_facts(ImportHtml.read_back(import_html(article, ImportHtml)))
    facts.links -= facts.embeds  # a link alone in its paragraph counts as both
    known: tuple[dict[str, Any], ...] = (facts.links, facts.embeds, facts.link_letters, facts.link_letters_at_most)
    for by_url in known:
        for url in [url for url in by_url if url.startswith("#")]:
            del by_url[url]
    return facts


def _problems(post: Post, fidelity: Fidelity, facts: Facts) -> list[Problem]:
    problems = [*post.problems, *fidelity.problems]
    if post.ledger is None:
        problems.append(Problem("account-missing", "source", "nothing shows that the post has all words of its source"))
    else:
        problems += post.ledger.problems()
    if not has_content(post.article):
        problems.append(Problem("body-empty", "body", "the source shows no content for this post"))
    return problems + all_disagreements(post.other_facts, facts)


def _as_markdown(post: Post, options: Options, target: Target, place: OutputPlace | None) -> tuple[str, str, Facts]:
    """Return the text of the post's file, its body, and the facts of the body as read back."""
    body = write_markdown(post.article, options.keep_underline, target.flavor)
    facts = markdown_facts(target.flavor.to_plain_markdown(body))
    if target.record:
        return body, body, facts
    metadata = _with_slug(post.metadata, place)
    url = url_path(target, place.output) if place else None
    if place and metadata.cover:
        metadata = replace(metadata, cover=cover_path(target, place.output, metadata.cover))
    head = front_matter(metadata, target, url=url, changes=options.changes)
    heading = title_heading(metadata.title, post.article, target.flavor) if target.title_heading else ""
    return f"{head}\n{heading}{body}" if heading or body else head, body, facts


def _with_slug(metadata: Metadata, place: OutputPlace | None) -> Metadata:
    return replace(metadata, slug=place.slug) if place is not None and place.slug else metadata


def _record_text(post: Post, written: WrittenPost, target: Target, options: Options, place: OutputPlace | None) -> str:
    """Return the JSON record of a post whose Markdown was written and compared."""
    from ..writers.import_files.records import post_id
    from ..writers.post_record import post_record

    assert target.record is not None
    metadata = _with_slug(post.metadata, place)
    return post_record(
        target.record,
        post.article,
        identity=post_id(metadata.canonical_url, metadata.slug or post.source),
        source=post.source,
        reader=post.reader,
        metadata=fields_of(metadata, target.front, changes=options.changes),
        markdown=written.text,
        result=written.result,
        problems=[problem.as_dict() for problem in written.problems],
    )


def _as_record(post: Post, _options: Options, target: Target, place: OutputPlace | None) -> tuple[str, str, Facts]:
    """Return the record of the post in an import file, its body as HTML, and the facts of that body."""
    from ..writers.import_files.records import as_line, record_of

    assert target.import_format is not None
    form = target.import_format
    body = form.body_of(post.article)
    slug = place.slug if place else post.metadata.slug or "post"
    return as_line(record_of(post.metadata, slug, body, post.article)), body, html_facts(form.html_of(body))


def _form_of(target: Target) -> Callable[[Post, Options, Target, OutputPlace | None], tuple[str, str, Facts]]:
    return _as_markdown if target.record or not target.file else _as_record


def _sidecar(form: str, document: dict[str, Any]) -> tuple[str, str]:
    text = json.dumps(document, ensure_ascii=False)
    if not text.isascii() and _SURROGATE.search(text):
        text = json.dumps(document)  # a lone surrogate, which only an escape sequence can express
    return _SIDECARS[form], text + "\n"
