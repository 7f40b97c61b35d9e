"""Post: what a reader makes of a page, and what a writer makes a file of."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

from lxml import etree

from .article import PROBLEM_KIND, PROBLEM_PLACE, Element
from .facts import Facts
from .ledger import Ledger
from .problems import Problem
from .source_info import RemovedLine, SourceInfo


@dataclass(slots=True)
class Metadata:
    """The front matter's fields, in the order they are written; None or empty when unknown, never invented.

    `date` and `updated` are ISO 8601 as precise as the source has them, a date alone when it tells no more.
    """

    title: str | None = None
    slug: str | None = None
    date: str | None = None
    updated: str | None = None
    authors: list[str] = field(default_factory=list)
    description: str | None = None
    categories: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    cover: str | None = None
    cover_alt: str | None = None
    language: str | None = None
    canonical_url: str | None = None
    reading_minutes: int | None = None
    views: int | None = None
    comments: int | None = None
    likes: int | None = None
    commenting: str | None = None
    hashtags: list[str] = field(default_factory=list)
    featured: bool | None = None
    pinned: bool | None = None
    draft: bool | None = None
    """True for a post that is not published; absent for one that is."""
    scheduled: bool | None = None
    """True for a draft that Wix publishes by itself at `date`."""
    unlisted: bool | None = None
    """True for a published post that no list of the blog shows."""
    author_id: str | None = None
    """The member that wrote it, where no source tells the name."""
    translation_id: str | None = None
    """What all translations of one post share."""
    seo_title: str | None = None
    seo_description: str | None = None
    pricing_plans: list[str] = field(default_factory=list)
    """Ids of the paid plans that may read the post."""

    def as_dict(self) -> dict[str, Any]:
        """The fields that are known, in order."""
        known = ((f.name, getattr(self, f.name)) for f in fields(self))
        return {name: value for name, value in known if value is not None and value not in ([], "")}


@dataclass(frozen=True, slots=True)
class MediaNote:
    """What a source tells of a picture besides the address of its original."""

    name: str | None = None
    """The author's own name of the file."""
    copies: tuple[str, ...] = ()
    """Smaller renditions by their address, and files saved beside the page by their relative path, as the page has
    them."""
    source: str | None = None
    """The page that has them, where it is another copy of the post."""


@dataclass(slots=True)
class Post:
    """One blog post: its metadata with the place each field came from, its body, and its problems."""

    source: str
    reader: str
    """What the body was read from: `viewer`, `ricos`, `draftjs`, `text` or `feed`."""
    metadata: Metadata
    article: Element
    provenance: dict[str, str] = field(default_factory=dict)
    """For each metadata field, where it was found."""
    problems: list[Problem] = field(default_factory=list)
    facts: Facts = field(default_factory=Facts)
    """What the source says, read apart from the article: the witness that fidelity asks."""
    source_info: SourceInfo = field(default_factory=SourceInfo)
    removed_lines: list[RemovedLine] = field(default_factory=list)
    """The lines of a text dump that are not part of the post."""
    ledger: Ledger | None = None
    """The accounts of all visible words of the source; None where they were not counted."""
    document: tuple[str, dict[str, Any]] | None = None
    """The post's own document, where the source carries it: `ricos` or `draftjs`, and the JSON as it stands."""
    other_facts: list[tuple[str, Facts]] = field(default_factory=list)
    """What other forms of the post say, under what they are called: a document beside a rendered body, other copies."""

    ids: list[str] = field(default_factory=list)
    """Ids by which Wix knows the post; a comment names one of them."""
    site: str | None = None
    """Wix's id of the site (`metaSiteId`), which is one at all of its addresses."""
    addresses: list[str] = field(default_factory=list)
    """Where other copies of the post stood, beside its canonical address: the site's free one, another domain."""
    media: dict[str, MediaNote] = field(default_factory=dict)
    """By the address of a picture as the article has it, what else the source tells of it."""
    merged_from: dict[str, str] = field(default_factory=dict)
    """Of `places`, what came from another copy of the post. Places of the body that were empty are there by the names
    that problems have for them (`block 17`)."""
    lists: dict[str, str] = field(default_factory=dict)
    """Addresses of the blog's categories, tags and authors that the source names, with their names."""

    def placeholders(self) -> dict[Element, Problem]:
        """Return the placeholders of the article, in order, each with the problem that reports it."""
        reported = {(problem.kind, problem.where): problem for problem in reversed(self.problems)}
        found = ((node, (node.get(PROBLEM_KIND), node.get(PROBLEM_PLACE))) for node in self.article.iter("div"))
        return {node: reported[place] for node, place in found if place in reported}

    def __getstate__(self) -> dict[str, Any]:
        state = {f.name: getattr(self, f.name) for f in fields(self)}
        return {**state, "article": etree.tostring(self.article)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        state = {**state, "article": etree.fromstring(state["article"], etree.XMLParser(huge_tree=True))}
        for name, value in state.items():
            setattr(self, name, value)
