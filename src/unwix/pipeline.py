"""Pipeline: the steps of one page, in order, on one screen."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import readers
from .errors import BadPage, NotAPost
from .fidelity import Fidelity, compare, disagreements, markdown_facts
from .page import Page
from .post import Metadata, Post
from .problems import Problem
from .readers.document_metadata import Names
from .writers.front_matter import front_matter
from .writers.markdown import write_markdown


@dataclass(frozen=True, slots=True)
class Options:
    """What a user may choose about the text of a post."""

    keep_underline: bool = False
    """Write underlined text as `<u>`; Markdown has no word for it."""
    include_deleted: bool = False
    """Write posts too that Wix keeps in its trash."""
    sidecar: bool = False
    """Keep each post's own document beside it, so that a better version can convert it again without the site."""
    names: Names | None = None
    """Names of categories, tags and members by id, from all files of the run (`readers.names`)."""


@dataclass(slots=True)
class Written:
    """A post as a text, with all that the report says of it. It is plain data and pickles small."""

    source: str
    reader: str
    metadata: Metadata
    text: str
    """Front matter and Markdown."""
    fidelity: Fidelity
    problems: list[Problem] = field(default_factory=list)
    is_copy: bool = False
    """An AMP copy: any other copy of the post is better."""
    cut: list[tuple[int, str, str]] = field(default_factory=list)
    """Of a text dump, the lines that are not the post's: (number, what it was taken for, the line)."""
    evidence: str | None = None
    """Of a text dump, what it was told by."""
    sidecar: tuple[str, str] | None = None
    """The post's own document, when it is wanted: the ending of its file, and the JSON."""


@dataclass(slots=True)
class Outcome:
    """What became of one page.

    Its posts, or why there are none (`skipped` when it is none, `failed` when it should be).
    """

    source: str
    posts: list[Written] = field(default_factory=list)
    skipped: str | None = None
    failed: str | None = None
    left_out: list[tuple[str, str]] = field(default_factory=list)
    """Posts that were read and are not wanted: (source, reason)."""


_USUAL = Options()


def convert(source: Page | bytes | str | Path) -> Post:
    """The post in a page: bytes, or the path of a file.

    Of a page with several posts it is the first; `readers.read` gives all. Raises NotAPost when the page is something
    else (the text says what), BadPage when it cannot be read.
    """
    return readers.read(_page(source))[0]


def _page(source: Page | bytes | str | Path) -> Page:
    if isinstance(source, Page):
        return source
    if isinstance(source, bytes):
        return Page("bytes", data=source)
    return Page(Path(source).as_posix(), path=Path(source))


def write(post: Post, options: Options = _USUAL) -> Written:
    """The post as front matter and Markdown, read back and held against its source."""
    body = write_markdown(post.article, options.keep_underline)
    said = markdown_facts(body)
    fidelity = compare(post.facts, said)
    head = front_matter(post.metadata)
    text = f"{head}\n{body}" if body else head
    problems = [*post.problems, *fidelity.problems]
    problems += [differs for name, facts in post.witnesses for differs in disagreements(name, facts, said)]
    return Written(
        post.source,
        post.reader,
        post.metadata,
        text,
        fidelity,
        problems,
        is_copy="AMP" in post.traits.get("copy", ""),
        cut=post.cut,
        evidence=post.traits.get("evidence"),
        sidecar=_sidecar(*post.document) if options.sidecar and post.document else None,
    )


def _sidecar(form: str, document: dict[str, Any]) -> tuple[str, str]:
    text = json.dumps(document, ensure_ascii=False)
    if not text.isascii() and _HALF.search(text):
        text = json.dumps(document)  # half a character, which only an escape can say
    return _SIDECARS[form], text + "\n"


_SIDECARS = {"ricos": ".ricos.json", "draftjs": ".draft.json"}
_HALF = re.compile("[\ud800-\udfff]")


def _outcome(page: Page, posts: list[Post], options: Options) -> Outcome:
    outcome = Outcome(page.source)
    for post in posts:
        if post.traits.get("state") == "deleted" and not options.include_deleted:
            outcome.left_out.append((post.source, "a post in the blog's trash; --include-deleted writes it"))
        else:
            outcome.posts.append(write(post, options))
    return outcome


def convert_page(page: Page, options: Options = _USUAL) -> Outcome:
    """All of a page: read it, write each post, hold it against the source. Never raises for what a page may be."""
    try:
        return _outcome(page, readers.read(page, options.names), options)
    except NotAPost as reason:
        return Outcome(page.source, skipped=page.told(str(reason)))
    except BadPage as reason:
        return Outcome(page.source, failed=page.told(str(reason)))
    except RecursionError:
        return Outcome(page.source, failed=page.told("the page is nested too deeply to be read"))
    except MemoryError:
        return Outcome(page.source, failed=page.told("the page needs more memory than there is"))
    except Exception as error:  # a fault of ours costs this page alone, and is told
        return Outcome(
            page.source,
            failed=page.told(f"unwix itself failed on this page ({type(error).__name__}: {error}); please report it"),
        )
