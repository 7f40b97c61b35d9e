"""Entry: what a plan must know of one post, without its body."""

from __future__ import annotations

from dataclasses import dataclass, field

from .post import Metadata


@dataclass(frozen=True, slots=True)
class MediaRef:
    """A picture, film, sound or file that a post uses."""

    address: str
    """As it stands in the article or the front matter: the original's, or of a file beside the saved page."""
    kind: str
    """`image`, `gallery`, `cover`, `avatar`, `video`, `audio`, `file` or `gif`."""
    alt: str | None = None
    name: str | None = None
    """The author's own name of the file, where it is known."""
    width: int | None = None
    height: int | None = None
    copies: tuple[str, ...] = ()
    """Smaller renditions by their address, files beside the saved page by their relative path (`post.MediaNote`)."""
    source: str | None = None
    """The page that has them, where it is not the post's."""


@dataclass(slots=True)
class PostSummary:
    """One post that was read: all that naming, linking and filtering ask for, and no more: a run may have 100,000."""

    source: str
    reader: str
    metadata: Metadata
    rank: tuple[int | str, ...] = ()
    """How good a copy of the post it is, for comparing (`blog.merge.quality`)."""
    is_amp: bool = False
    """An AMP copy, which has lost its own address."""
    links: list[str] = field(default_factory=list)
    """The address of every link in the body, in order, as the article has it: `#key` is a place in the post."""
    anchors: list[str] = field(default_factory=list)
    """The ids that stand in the article."""
    headings: list[tuple[str, str]] = field(default_factory=list)
    """The body's headings in order: the id that links may point to (or ``""``), and the text."""
    lists: dict[str, str] = field(default_factory=dict)
    """By path on the old site (`/blog/categories/notes-1`) the names of the lists that the source tells."""
    media: list[MediaRef] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    """Ids by which Wix knows the post; a comment names one of them."""
    site: str | None = None
    """Wix's id of the site."""
    addresses: list[str] = field(default_factory=list)
    """Other addresses of the post on the old site (`post.Post.addresses`)."""
    digest: str = ""
    """A hash of what the source says of the post: another one means that the source has changed."""
