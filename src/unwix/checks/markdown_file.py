"""The file of a post as the rules see it: front matter as data, the body as parsed by cmark-gfm."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from lxml import etree
from msgspec import Struct, field

from ..model.article import HEADINGS, Element, text_of, text_with_breaks
from ..web import cmark as gfm
from ..web.github_ids import github_ids
from ..web.tags import CODE, INLINE
from ..writers.target import Target
from ..writers.targets import TARGETS
from .parse_front_matter import Front, read_front

_PARSER_OPTIONS = {"encoding": "utf-8", "huge_tree": True}
_POSITION = re.compile(r"(\d+):\d+-(\d+):\d+")
#: The position of the last block before an element.
_LAST_POSITION = etree.XPath("string(preceding::*[@data-sourcepos][1]/@data-sourcepos)")
_OFF = re.compile(r"\s*unwix-check:\s*off\b(?P<names>[\w\s,-]*)", re.I)
_HEADING_ID = re.compile(r"^#{1,6} .*\{#([\w-]+)\}[ \t]*$", re.M)
#: Characters that Obsidian drops from a heading in a link (help.obsidian.md/links).
_NOT_IN_WIKI = re.compile(r"[#^|\[\]\\:%]+")
#: Elements that rules about prose ignore.
NO_PROSE = CODE | {"script", "style"}
_ADDRESSES: dict[str, tuple[str, ...]] = {
    "a": ("href",),
    **dict.fromkeys(("img", "iframe", "source", "audio", "embed"), ("src",)),
    "video": ("src", "poster"),
    "object": ("data",),
}


class Reference(Struct, frozen=True):
    """A URL in a post: a link, an image, a file."""

    url: str
    line: int | None
    tag: str
    """The element that contains it; `cover` for that of the front matter."""


class Writing(Struct, frozen=True):
    """The target and the options that posts were written with."""

    target: Target
    renames: Mapping[str, str] = field(default_factory=dict)
    """Field names changed by `--field`."""
    base_url: str = ""
    """The URL of the new site if posts use absolute links (`--base-url`)."""

    def local(self, url: str) -> str:
        """Return a URL of the new site as an absolute path, and any other URL unchanged."""
        inside = self.base_url and url.startswith(self.base_url + "/")
        return url[len(self.base_url) :] if inside else url

    def by_address(self, tag: str) -> bool:
        """Return True if links are relative to the URL of the post, not to its file."""
        return tag == "a" and self.target.links_between == "urls"


PLAIN = Writing(TARGETS["markdown"])


class Document:
    """The file of a post, parsed on demand.

    `name` is the path below the output, with `/`; `row` is the row of report.json; `media` has the reasons for media
    that could not be copied.
    """

    def __init__(
        self,
        name: str,
        text: str,
        writing: Writing = PLAIN,
        row: dict[str, Any] | None = None,
        media: dict[str, str] | None = None,
    ) -> None:
        self.name = name
        self.text = text
        self.writing = writing
        self.row = row
        self.media = media
        self.front: Front = read_front(text, writing.target, writing.renames)

    @cached_property
    def body(self) -> str:
        """The body as plain Markdown and HTML, without the syntax of the target."""
        return self.writing.target.plain_markdown(self.front.body)

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the body."""
        return self.body.split("\n")

    @cached_property
    def _lines_of_file(self) -> list[str]:
        return self.front.body.split("\n")

    def line_at(self, number: int, text: str = "") -> int:
        """Return the line in the file for a line of `body`, which may have more or fewer lines.

        If so, return the nearest line that contains `text`.
        """
        lines = self._lines_of_file
        if len(lines) != len(self.lines):
            near = sorted(range(len(lines)), key=lambda n: abs(n + 1 - number))
            number = next((n + 1 for n in near if text and text in lines[n]), min(number, len(lines)))
        return self.front.body_line + number - 1

    @cached_property
    def root(self) -> Element:
        """The body as parsed by cmark-gfm, with positions."""
        html = gfm.render(self.body, positions=True)
        return etree.fromstring(f"<main>{html}</main>".encode(), etree.HTMLParser(**_PARSER_OPTIONS))  # type: ignore[arg-type]

    @cached_property
    def elements(self) -> list[Element]:
        """All elements of the body, in order."""
        return [node for node in self.root.iter() if isinstance(node.tag, str)]

    @cached_property
    def comments(self) -> list[tuple[str, int | None]]:
        """The HTML comments of the body, with their lines."""
        result: list[tuple[str, int | None]] = []
        at = 0
        for node in self.root.iter(etree.Comment):
            start = _first_words(node.text or "")
            at = next((n for n in range(at, len(self.lines)) if start in self.lines[n]), at)
            result.append((node.text or "", self.line_at(at + 1, start)))
            at += self.lines[at].count("-->") < 2  # one line may contain two comments
        return result

    @cached_property
    def off(self) -> dict[str, int | None]:
        """The rules that comments in the post switch off, with the line of the comment."""
        result: dict[str, int | None] = {}
        if "unwix-check" in self.text:
            for text, line in self.comments:
                if match := _OFF.match(text):
                    result |= dict.fromkeys(re.findall(r"[\w-]+", match["names"]), line)
        return result

    def line_of(self, node: Element, text: str = "") -> int | None:
        """Return the line of an element in the file; `text` is a part of the element that narrows it down.

        cmark gives the lines of Markdown blocks only; for raw HTML the last block before it counts.
        """
        first, last = 1, len(self.lines)
        block: Element | None = node
        while block is not None and block.get("data-sourcepos") is None:
            block = block.getparent()
        if block is not None and (match := _POSITION.match(block.get("data-sourcepos") or "")):
            first, last = int(match[1]), int(match[2])
        else:
            before = _LAST_POSITION(node)
            if match := _POSITION.match(str(before)):
                first = int(match[2])
        for number in range(first, last + 1) if text else ():
            if number <= len(self.lines) and text in self.lines[number - 1]:
                return self.line_at(number, text)
        return self.line_at(min(first, len(self.lines)), text)

    @cached_property
    def references(self) -> list[Reference]:
        """All URLs of the post, that of the cover first."""
        result = []
        cover = self.front.fields.get("cover")
        if isinstance(cover, str) and cover:
            result.append(Reference(cover, self.front.line("cover"), "cover"))
        for node in self.elements:
            for name in _ADDRESSES.get(str(node.tag), ()):
                url = node.get(name)
                if url is not None:
                    result.append(Reference(self.writing.local(url), self.line_of(node, url), str(node.tag)))
        return result

    @cached_property
    def anchors(self) -> set[str]:
        """All targets of in-page links: explicit ids, and the ids that the generator gives to headings."""
        dialect = self.writing.target.flavor
        texts = [text_of(node).strip() for node in self.root.iter(*HEADINGS)]
        named = {node.get(name) for node in self.elements for name in ("id", "name") if node.tag != "meta"}
        named |= {match[1] for match in _HEADING_ID.finditer(self.front.body)}
        if self.writing.target.links == "wiki":
            heading_ids = {" ".join(_NOT_IN_WIKI.sub(" ", text).split()) for text in texts}
        elif dialect.github_ids:
            heading_ids = {*github_ids(texts)}
        else:
            heading_ids = {dialect.slug(text) for text in texts} if dialect.slug else set()
        return {name for name in (*named, *heading_ids) if name}

    def prose_lines(self) -> Iterator[tuple[str, Element]]:
        """Yield the lines of text outside code, as a reader sees them, each with its block."""
        for node in self.elements:
            if node.tag in NO_PROSE or any(parent.tag in NO_PROSE for parent in node.iterancestors()):
                continue
            if not _is_block(node) or any(_is_block(child) for child in node):
                yield from _loose_lines(node)
                continue
            yield from _lines(text_with_breaks(node, NO_PROSE), node)


def _is_block(node: Element) -> bool:
    return isinstance(node.tag, str) and node.tag not in INLINE | {"input"}


def _loose_lines(node: Element) -> Iterator[tuple[str, Element]]:
    """Yield text directly in a block that contains blocks, such as a tight list item with a nested list."""
    if not _is_block(node):
        return
    pieces = [node.text or ""]
    for child in node:
        is_text = isinstance(child.tag, str) and not _is_block(child) and child.tag not in NO_PROSE | {"br"}
        pieces += [text_with_breaks(child, NO_PROSE) if is_text else "\n", child.tail or ""]
    yield from _lines("".join(pieces), node)


def _lines(text: str, node: Element) -> Iterator[tuple[str, Element]]:
    yield from ((line.strip(), node) for line in text.split("\n") if line.strip())


def _first_words(text: str) -> str:
    return text.strip().split("\n")[0][:60]
