"""Post summary: what naming, linking and filtering need to know about a post, without its body."""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct, field

from .post import Metadata


class MediaRef(NamedTuple):
    """An image, video, audio or other file that a post uses."""

    url: str
    """As in the article or the front matter: the URL of the original, or the path of a file next to the saved page."""
    kind: str
    """`image`, `gallery`, `cover`, `avatar`, `video`, `audio`, `file` or `gif`."""
    alt: str | None = None
    name: str | None = None
    """The author's name for the file, if it is known."""
    width: int | None = None
    height: int | None = None
    copies: tuple[str, ...] = ()
    """URLs of smaller renditions, and relative paths of files next to the saved page (`post.MediaNote`)."""
    source: str | None = None
    """The page with these copies, if it is not the page of the post."""


class PostSummary(Struct):
    """What a plan needs to know about a post that was read, and no more: a run may have 100,000 of them."""

    source: str
    reader: str
    metadata: Metadata
    quality: tuple[int | str, ...] = ()
    """Sort key for duplicates of one post; the best is the greatest (`blog.duplicates.quality.quality`)."""
    captured: str | None = None
    """When the page was saved or archived, as ISO date in UTC."""
    is_amp: bool = False
    """True for the AMP version of a post, which states another URL."""
    links: list[str] = field(default_factory=list)
    """The URL of every link in the body, in order, as in the article; `#id` is a place in the post."""
    anchors: list[str] = field(default_factory=list)
    """The ids in the article."""
    headings: list[tuple[str, str]] = field(default_factory=list)
    """The headings in order: the id that links may lead to, or an empty text, and the text."""
    list_names: dict[str, str] = field(default_factory=dict)
    """Names of categories, tags and authors by the path of their list on the old site (`/blog/categories/notes-1`)."""
    media: list[MediaRef] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    """The ids of the post at Wix; comments refer to one of them."""
    site: str | None = None
    """The id of the site at Wix."""
    time_zone: str | None = None
    """The time zone of the site."""
    printed_day: str | None = None
    """The day that the page prints."""
    other_urls: list[str] = field(default_factory=list)
    """Further URLs of the post on the old site."""
    text_digest: str = ""
    """A hash of title and text; empty if the text is too short to identify a post."""
    digest: str = ""
    """A hash of metadata and article; it changes when the source changes."""
