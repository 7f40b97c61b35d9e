"""Post: the result of a reader and the input of a writer."""

from __future__ import annotations

from operator import attrgetter
from typing import Any, NamedTuple

from lxml import etree
from msgspec import Struct, field
from msgspec.structs import astuple

from .article import PROBLEM_KIND, PROBLEM_PLACE, Element
from .facts import Facts
from .ledger import Ledger
from .problems import Problem
from .source_info import RemovedLine, SourceInfo


class Metadata(Struct):
    """The fields of the front matter, in the order of the file; None or empty if unknown, never invented.

    `date` and `updated` are ISO 8601, as precise as the source states them: a date alone, or date and time.
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
    cover_in_body: bool | None = None
    """True if the body begins with the cover: themes can leave one of the two out."""
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
    """True for a draft that Wix publishes automatically at `date`."""
    unlisted: bool | None = None
    """True for a published post that is not in the lists of the blog."""
    author_id: str | None = None
    """The id of the author, if no source states the name."""
    translation_id: str | None = None
    """The id that all translations of a post share."""
    seo_title: str | None = None
    seo_description: str | None = None
    pricing_plans: list[str] = field(default_factory=list)
    """The ids of the paid plans whose members may read the post."""

    def as_dict(self) -> dict[str, Any]:
        """Return the known fields, in order."""
        known = zip(self.__struct_fields__, astuple(self), strict=True)
        return {name: value for name, value in known if value or value in (False, 0)}


class MediaNote(NamedTuple):
    """What a source states about an image besides the URL of its original."""

    name: str | None = None
    """The author's name for the file."""
    copies: tuple[str, ...] = ()
    """URLs of smaller renditions, and relative paths of files that were saved next to the page."""
    source: str | None = None
    """The page with these copies, if it is a duplicate of the post."""


class Post(Struct):
    """One blog post: its metadata and their provenance, its body, its problems, and the facts of its source."""

    source: str
    reader: str
    """What the body was read from: `viewer`, `ricos`, `draftjs`, `text` or `feed`."""
    metadata: Metadata
    article: Element
    provenance: dict[str, str] = field(default_factory=dict)
    """For each metadata field, the part of the source that it came from."""
    problems: list[Problem] = field(default_factory=list)
    facts: Facts = field(default_factory=Facts)
    """The facts of the source, counted independently of the article, for the comparison with the output."""
    source_info: SourceInfo = field(default_factory=SourceInfo)
    removed_lines: list[RemovedLine] = field(default_factory=list)
    """The lines of a text dump that are not part of the post."""
    ledger: Ledger | None = None
    """The accounts of all visible words of the source; None if they were not counted."""
    document: tuple[str, dict[str, Any]] | None = None
    """The post's own document, if the source has it: `ricos` or `draftjs`, and the JSON as it is."""
    other_facts: list[tuple[str, Facts]] = field(default_factory=list)
    """The facts of other forms of the post, with their names: a document next to the viewer's HTML, duplicates."""

    ids: list[str] = field(default_factory=list)
    """The ids of the post at Wix; comments refer to one of them."""
    site: str | None = None
    """The id of the site at Wix (`metaSiteId`), the same for all of its URLs."""
    time_zone: str | None = None
    """The time zone of the site, as the page states it: `Europe/Berlin`."""
    printed_day: str | None = None
    """The day that the page prints as the post's date."""
    other_urls: list[str] = field(default_factory=list)
    """Further URLs of the post besides its canonical one: on the free domain of the site, on another domain."""
    media: dict[str, MediaNote] = field(default_factory=dict)
    """By the URL of an image in the article, what else the source states about it."""
    merged_from: dict[str, str] = field(default_factory=dict)
    """The origin of everything that came from a duplicate of the post: metadata fields by name, and placeholders of the
    body by the `where` of their problem (`block 17`)."""
    list_names: dict[str, str] = field(default_factory=dict)
    """Names of categories, tags and authors by the URL of their list."""

    def placeholders(self) -> dict[Element, Problem]:
        """Return the placeholders of the article, in order, each with the problem that reports it."""
        reported = {(problem.kind, problem.where): problem for problem in reversed(self.problems)}
        places = ((node, (node.get(PROBLEM_KIND), node.get(PROBLEM_PLACE))) for node in self.article.iter("div"))
        return {node: reported[place] for node, place in places if place in reported}

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        return _with_article, (etree.tostring(self.article), *_other_values(self))


_other_values = attrgetter(*(name for name in Post.__struct_fields__ if name != "article"))
_ARTICLE = Post.__struct_fields__.index("article")
_PARSER = etree.XMLParser(huge_tree=True)


def _with_article(article: bytes, *others: Any) -> Post:
    """Return a pickled post."""
    values = [*others[:_ARTICLE], etree.fromstring(article, _PARSER), *others[_ARTICLE:]]
    return Post(*values)
