"""Context of reading one post: its links, its problems, and the current place in the post."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar
from urllib.parse import unquote

from msgspec import Struct, field

from ...model.article import BLOCK_ID, PROBLEM_KIND, PROBLEM_PLACE, Element, missing
from ...model.post import MediaNote
from ...model.problems import Problem
from ...web.saved_links import LOCAL_FILE, LinkRestorer
from .image_renditions import media_note
from .placeholders import placeholder_text

ANCHOR = "viewer-"


def _no_lookup(_key: str) -> Element | None:
    return None


def _no_walk(_node: Element, _ctx: Context, _depth: int) -> list[Element]:
    return []


class Context(Struct):
    """State of reading one body."""

    MAX_DEPTH: ClassVar[int] = 150
    """The maximum depth. No editor nests deeper; deeper content is cut off with a problem, so that the stack is not
    exhausted."""

    restorer: LinkRestorer
    walk: Callable[[Element, Context, int], list[Element]] = _no_walk
    """The walk of the active reader; plugins that contain blocks call it."""
    lookup: Callable[[str], Element | None] = _no_lookup
    """Returns the block with an id from the post's other form (the document of a page, or the page of a document)."""
    video_titles: bool = True
    """True if the title of a video in its document names the video. No page shows that title, and where both are
    available it is often another video's, so a page's own document goes without."""
    spoilers: bool = True
    """True if something in the body may be hidden until it is clicked. Determined once, because few bodies contain such
    content."""
    anchors: frozenset[str] = frozenset()
    """Ids of blocks that links of the same page point to."""
    placed: set[str] = field(default_factory=set)
    """Ids already used by elements of the article: copied blocks of a document can share an id."""
    outline: list[tuple[int, str, str]] = field(default_factory=list)
    """Level, id and text of a document's headings, for its table of contents."""
    problems: list[Problem] = field(default_factory=list)
    media: dict[str, MediaNote] = field(default_factory=dict)
    """By the URL of an image in the article, what else the source states about it."""
    block_id: str | None = None
    """The id of the current block: the `abc` of `viewer-abc`."""
    marks: int = 0
    """The marks (bold, italics) of elements around whole blocks."""
    has_block_in_line: bool = False
    """The line that was collected last has something in it that is a block of its own, such as a list."""
    number: int = 0
    """The number of blocks with ids so far: the `17` of `block 17`."""

    @property
    def where(self) -> str:
        """Return the current place in the post, as problems name it."""
        return f"block {self.number}"

    def problem(self, kind: str, detail: str) -> Problem:
        """Record a problem at the current place, once."""
        problem = Problem(kind, self.where, detail)
        if problem not in self.problems:
            self.problems.append(problem)
        return problem

    def card_text(self, texts: Iterable[str]) -> None:
        """Note the texts of a card that belong to the page that it links to, and are left out."""
        if text := " · ".join(filter(None, texts)):
            self.problem("card-text-left-out", f"the card of a link shows more than its title: “{text[:300]}”")

    def placeholder(self, mark: Element, kind: str, detail: str) -> Element:
        """Record a problem and link the placeholder to it; return the placeholder.

        A duplicate of the post may have the missing content (`blog.duplicates.fill`).
        """
        problem = self.problem(kind, detail)
        mark.set(PROBLEM_KIND, problem.kind)
        mark.set(PROBLEM_PLACE, problem.where)
        return mark

    def mark_blocks(self, blocks: list[Element], block_id: str | None) -> list[Element]:
        """Set the editor's block id on the blocks that are not text; return the blocks."""
        if block_id:
            for block in blocks:
                if (block.tag == "figure" or block.get("class")) and block.get(BLOCK_ID) is None:
                    block.set(BLOCK_ID, block_id)
        return blocks

    def too_deep(self) -> None:
        """Record that elements are nested deeper than is read."""
        if not any(p.kind == "nesting-too-deep" for p in self.problems):
            self.problem("nesting-too-deep", f"elements are nested more than {self.MAX_DEPTH} deep")

    @staticmethod
    def own_block_id(node: Element) -> str | None:
        """Return the id of the block that an element of the viewer shows."""
        identity = node.get("id")
        if identity and identity.startswith(ANCHOR) and not identity.endswith("-caption"):
            return identity[len(ANCHOR) :]
        return None

    def enter(self, node: Element) -> str | None:
        """Remember the block's id if the element has one, and return it."""
        if key := self.own_block_id(node):
            self.block_id = key
            self.number += 1
        return key

    def anchor(self, node: Element) -> str | None:
        """Return the id that the article's element needs, or None if nothing points to it."""
        if not self.anchors:
            return None
        identity = node.get("id") or ""
        key = identity[len(ANCHOR) :] if identity.startswith(ANCHOR) else None
        return key if key in self.anchors else None

    def heading(self, node: Element) -> str | None:
        """Return the id of a heading. All have one, as other posts may link to them; `blog.links` removes others."""
        identity = node.get("id") or ""
        key = identity[len(ANCHOR) :] if identity.startswith(ANCHOR) else None
        if not key or key in self.placed:
            return None
        self.placed.add(key)
        return key

    def link(self, href: str | None) -> str | None:
        """Return the URL of a link for the article, or None if it leads nowhere."""
        if href is None or href.strip() in ("", "#", "#0"):
            return None
        restored = self.restorer.restore(href)
        if restored.problem and (restored.href is None or restored.problem in ("relative-link", "redirect-unwrapped")):
            self.problem(restored.problem, f"the URL “{href[:100]}”")
        if restored.href is None:
            return None
        base, mark, fragment = restored.href.partition("#")
        if mark and fragment in ("", "0") and self._is_this_page(base):
            return None  # `#0` that a program has made absolute
        if mark and fragment.startswith(ANCHOR) and (not base or self._is_this_page(base)):
            return "#" + unquote(fragment[len(ANCHOR) :])
        return restored.href

    def _is_this_page(self, url: str) -> bool:
        return self.restorer.page_url is not None and unquote(url).rstrip("/") == unquote(
            self.restorer.page_url
        ).rstrip("/")

    def image_url(self, url: str) -> str | None:
        """Return an image's URL made absolute, or None if it cannot be a URL."""
        if LOCAL_FILE.match(url):
            # A browser saved the image next to the page, and nothing states its URL on the site.
            self.problem("image-only-local", f"the image “{url[:100]}” is known only as a file next to the saved page")
            return url
        restored = self.restorer.restore(url)
        return restored.href if restored.href and not restored.href.startswith("#") else None

    def note_media(self, url: str, candidates: Iterable[str], name: str | None = None) -> None:
        """Record what the source states about an image besides its URL: its other URLs and file names."""
        if url not in self.media and (note := media_note(candidates, name)) is not None:
            self.media[url] = note

    def missing(self, thing: str, name: str = "") -> Element:
        """Return the block from the post's other form, else a placeholder with its problem.

        `thing` is a key of the placeholder texts, or the kind of an unknown block.
        """
        counterpart = self.lookup(self.block_id) if self.block_id else None
        if counterpart is not None:
            return counterpart
        kind, text = placeholder_text(thing, name=name)
        anchor = self.block_id if self.block_id in self.anchors else None
        return self.placeholder(missing(thing, text, anchor), kind, text)
