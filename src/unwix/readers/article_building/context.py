"""Context: what the readers of one post share: its links, its problems, and where in the post they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import ClassVar
from urllib.parse import unquote

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


@dataclass
class Context:
    """State of reading one body."""

    MAX_DEPTH: ClassVar[int] = 150
    """No editor nests deeper; what does is cut off with a Problem instead of exhausting the stack."""

    restorer: LinkRestorer
    walk: Callable[[Element, Context, int], list[Element]] = field(default=_no_walk, repr=False)
    """The walk of the reader in charge: plugins that hold blocks hand them back to it."""
    lookup: Callable[[str], Element | None] = _no_lookup
    """Asks the post's other form (of a page its document, of a document its page) for the block with this key."""
    video_titles: bool = True
    """Whether a video is named by the title that its document has.

    No page shows it, and where we could hold both side by side it was as often another video's: a page's document goes
    without.
    """
    spoilers: bool = True
    """Whether something in the body may be hidden until it is clicked.

    Looked for once, as few bodies have such a thing.
    """
    anchors: frozenset[str] = frozenset()
    """Keys of the blocks that links of the same page point to."""
    placed: set[str] = field(default_factory=set)
    """Keys that an element of the article has for its id already: copied blocks of a document may share one."""
    outline: list[tuple[int, str, str]] = field(default_factory=list)
    """Level, key and text of a document's headings: what its table of contents lists."""
    problems: list[Problem] = field(default_factory=list)
    media: dict[str, MediaNote] = field(default_factory=dict)
    """By the URL of an image as the article has it, what else the source states of it."""
    block_id: str | None = None
    """The id of the block being read: the `abc` of `viewer-abc`."""
    number: int = 0
    """How many keyed blocks have begun: the `17` of `block 17`."""

    @property
    def where(self) -> str:
        """Return the place in the post, as problems name it."""
        return f"block {self.number}"

    def problem(self, kind: str, detail: str) -> Problem:
        """Note a problem at this place, once."""
        problem = Problem(kind, self.where, detail)
        if problem not in self.problems:
            self.problems.append(problem)
        return problem

    def placeholder(self, mark: Element, kind: str, detail: str) -> Element:
        """Note a problem, and on the placeholder that it is the one reported; return the placeholder.

        Another copy of the post may have what is missing (`blog.duplicates.fill`).
        """
        problem = self.problem(kind, detail)
        mark.set(PROBLEM_KIND, problem.kind)
        mark.set(PROBLEM_PLACE, problem.where)
        return mark

    def mark_blocks(self, blocks: list[Element], block_id: str | None) -> list[Element]:
        """Set the editor's block id on those of the blocks that are no text; return the blocks."""
        if block_id:
            for block in blocks:
                if (block.tag == "figure" or block.get("class")) and block.get(BLOCK_ID) is None:
                    block.set(BLOCK_ID, block_id)
        return blocks

    def too_deep(self) -> None:
        """Note that elements are nested deeper than is read."""
        if not any(p.kind == "nesting-too-deep" for p in self.problems):
            self.problem("nesting-too-deep", f"elements are nested more than {self.MAX_DEPTH} deep")

    @staticmethod
    def own_block_id(node: Element) -> str | None:
        """Return the key of the block that an element of the viewer shows."""
        identity = node.get("id")
        if identity and identity.startswith(ANCHOR) and not identity.endswith("-caption"):
            return identity[len(ANCHOR) :]
        return None

    def enter(self, node: Element) -> str | None:
        """Remember the block's key when the element has one; the key."""
        if key := self.own_block_id(node):
            self.block_id = key
            self.number += 1
        return key

    def anchor(self, node: Element) -> str | None:
        """Return the id that the article's element needs, None when nothing points to it."""
        if not self.anchors:
            return None
        identity = node.get("id") or ""
        key = identity[len(ANCHOR) :] if identity.startswith(ANCHOR) else None
        return key if key in self.anchors else None

    def heading(self, node: Element) -> str | None:
        """Return the id of a heading: all have one, because other posts may link to it; `blog.rewrite` prunes them."""
        identity = node.get("id") or ""
        key = identity[len(ANCHOR) :] if identity.startswith(ANCHOR) else None
        if not key or key in self.placed:
            return None
        self.placed.add(key)
        return key

    def link(self, href: str | None) -> str | None:
        """Return a link's URL as it goes into the article, None when it leads nowhere."""
        if href is None or href.strip() in ("", "#", "#0"):
            return None
        restored = self.restorer.restore(href)
        if restored.problem and (restored.href is None or restored.problem in ("relative-link", "redirect-unwrapped")):
            self.problem(restored.problem, f"the URL “{href[:100]}”")
        if restored.href is None:
            return None
        base, mark, fragment = restored.href.partition("#")
        if mark and fragment in ("", "0") and self._is_this_page(base):
            return None  # `#0`, which a program has made absolute
        if mark and fragment.startswith(ANCHOR) and (not base or self._is_this_page(base)):
            return "#" + unquote(fragment[len(ANCHOR) :])
        return restored.href

    def _is_this_page(self, url: str) -> bool:
        return self.restorer.page_url is not None and unquote(url).rstrip("/") == unquote(
            self.restorer.page_url
        ).rstrip("/")

    def image_url(self, url: str) -> str | None:
        """Return an image's URL made absolute; None for what cannot be one."""
        if LOCAL_FILE.match(url):
            # A browser saved the image next to the page, and nothing states where it was on the site.
            self.problem("image-only-local", f"the image “{url[:100]}” is known only as a file next to the saved page")
            return url
        restored = self.restorer.restore(url)
        return restored.href if restored.href and not restored.href.startswith("#") else None

    def note_media(self, url: str, candidates: Iterable[str], name: str | None = None) -> None:
        """Remember what the source states of an image besides its URL: all other names that it has there."""
        if url not in self.media and (note := media_note(candidates, name)) is not None:
            self.media[url] = note

    def missing(self, thing: str, name: str = "") -> Element:
        """Return the block from the post's other form, else a placeholder with its problem.

        `thing` is a key of the texts of placeholders, or the kind of an unknown block.
        """
        counterpart = self.lookup(self.block_id) if self.block_id else None
        if counterpart is not None:
            return counterpart
        kind, text = placeholder_text(thing, name=name)
        anchor = self.block_id if self.block_id in self.anchors else None
        return self.placeholder(missing(thing, text, anchor), kind, text)
