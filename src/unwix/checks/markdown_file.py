"""Document: a post's file as the rules look at it: front matter as data, the body as GitHub's parser reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from lxml import etree

from ..model.article import HEADINGS, Element, text_of
from ..web import cmark as gfm
from ..web.github_ids import github_ids
from ..writers.target import Target
from ..writers.targets import TARGETS
from .parse_front_matter import Front, read_front

_PARSER_OPTIONS = {"encoding": "utf-8", "huge_tree": True}
_POSITION = re.compile(r"(\d+):\d+-(\d+):\d+")
#: The lines of the last block before an element.
_LAST_POSITION = etree.XPath("string(preceding::*[@data-sourcepos][1]/@data-sourcepos)")
_OFF = re.compile(r"\s*unwix-check:\s*off\b(?P<names>[\w\s,-]*)", re.I)
_HEADING_ID = re.compile(r"^#{1,6} .*\{#([\w-]+)\}[ \t]*$", re.M)
#: What Obsidian leaves out of a heading in a link (help.obsidian.md/links).
_NOT_IN_WIKI = re.compile(r"[#^|\[\]\\:%]+")
#: Elements whose text is code, which no rule about prose looks at.
CODE = frozenset({"pre", "code", "script", "style", "kbd", "samp"})
_ADDRESSES: dict[str, tuple[str, ...]] = {
    "a": ("href",),
    **dict.fromkeys(("img", "iframe", "source", "audio", "embed"), ("src",)),
    "video": ("src", "poster"),
    "object": ("data",),
}


@dataclass(frozen=True, slots=True)
class Reference:
    """An address in a post: a link, a picture, a file."""

    address: str
    line: int | None
    tag: str
    """The element that has it; `cover` for the front matter's."""


@dataclass(frozen=True, slots=True)
class Writing:
    """What posts were written for."""

    target: Target
    renames: Mapping[str, str] = field(default_factory=dict)
    """The user's own names of our fields (`--field`)."""
    base_url: str = ""
    """The address of the new site, where posts link to each other in full (`--base-url`)."""

    def local(self, address: str) -> str:
        """An address of the new site from its root; any other as it is."""
        inside = self.base_url and address.startswith(self.base_url + "/")
        return address[len(self.base_url) :] if inside else address

    def by_address(self, tag: str) -> bool:
        """Whether what an element refers to is told by the post's address on the built site, not by its file."""
        return tag == "a" and self.target.links_between == "urls"


PLAIN = Writing(TARGETS["markdown"])


class Document:
    """One post's file. What it says is read when a rule first asks.

    `name` is its path below the output folder, with `/`; `writing` says what it was written for; `row` is its row of
    report.json; `media` tells, where media were copied, why some could not be.
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
        """The text below the front matter as plain Markdown and HTML, whatever the target says otherwise."""
        return self.writing.target.flavor.to_plain_markdown(self.front.body)

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the body."""
        return self.body.split("\n")

    @cached_property
    def _lines_of_file(self) -> list[str]:
        return self.front.body.split("\n")

    def line_at(self, number: int, said: str = "") -> int:
        """The line of the file for a line of the body; a target's own words may take more lines, or fewer.

        There the line with the text that is nearest is taken.
        """
        lines = self._lines_of_file
        if len(lines) != len(self.lines):
            near = sorted(range(len(lines)), key=lambda n: abs(n + 1 - number))
            number = next((n + 1 for n in near if said and said in lines[n]), min(number, len(lines)))
        return self.front.body_line + number - 1

    @cached_property
    def root(self) -> Element:
        """The body as GitHub's parser reads it; elements know their lines."""
        html = gfm.render(self.body, positions=True)
        return etree.fromstring(f"<main>{html}</main>".encode(), etree.HTMLParser(**_PARSER_OPTIONS))  # type: ignore[arg-type]

    @cached_property
    def elements(self) -> list[Element]:
        """All elements of the body, in order."""
        return [node for node in self.root.iter() if isinstance(node.tag, str)]

    @cached_property
    def comments(self) -> list[tuple[str, int | None]]:
        """The HTML comments of the body, with their lines."""
        found: list[tuple[str, int | None]] = []
        at = 0
        for node in self.root.iter(etree.Comment):
            said = _first_words(node.text or "")
            at = next((n for n in range(at, len(self.lines)) if said in self.lines[n]), at)
            found.append((node.text or "", self.line_at(at + 1, said)))
            at += self.lines[at].count("-->") < 2  # two comments may stand in one line
        return found

    @cached_property
    def off(self) -> dict[str, int | None]:
        """The rules that a comment in the post switches off, with the comment's line."""
        found: dict[str, int | None] = {}
        if "unwix-check" in self.text:
            for text, line in self.comments:
                if said := _OFF.match(text):
                    found |= dict.fromkeys(re.findall(r"[\w-]+", said["names"]), line)
        return found

    def line_of(self, node: Element, said: str = "") -> int | None:
        """The line of the file that an element stands in; `said` is a text of it that tells the line more closely.

        cmark tells the lines of blocks only, and not those of raw HTML: there the last block before counts.
        """
        first, last = 1, len(self.lines)
        block: Element | None = node
        while block is not None and block.get("data-sourcepos") is None:
            block = block.getparent()
        if block is not None and (found := _POSITION.match(block.get("data-sourcepos") or "")):
            first, last = int(found[1]), int(found[2])
        else:
            before = _LAST_POSITION(node)
            if found := _POSITION.match(str(before)):
                first = int(found[2])
        for number in range(first, last + 1) if said else ():
            if number <= len(self.lines) and said in self.lines[number - 1]:
                return self.line_at(number, said)
        return self.line_at(min(first, len(self.lines)), said)

    @cached_property
    def references(self) -> list[Reference]:
        """Every address of the post, the cover's first."""
        found = []
        cover = self.front.fields.get("cover")
        if isinstance(cover, str) and cover:
            found.append(Reference(cover, self.front.line("cover"), "cover"))
        for node in self.elements:
            for name in _ADDRESSES.get(str(node.tag), ()):
                address = node.get(name)
                if address is not None:
                    found.append(Reference(self.writing.local(address), self.line_of(node, address), str(node.tag)))
        return found

    @cached_property
    def anchors(self) -> set[str]:
        """All that an in-page link can point to: ids that the generator gives to headings, and those written out."""
        dialect = self.writing.target.flavor
        texts = [text_of(node).strip() for node in self.root.iter(*HEADINGS)]
        named = {node.get(name) for node in self.elements for name in ("id", "name") if node.tag != "meta"}
        named |= {found[1] for found in _HEADING_ID.finditer(self.front.body)}
        if self.writing.target.links == "wiki":
            made = {" ".join(_NOT_IN_WIKI.sub(" ", text).split()) for text in texts}
        elif dialect.github_ids:
            made = {*github_ids(texts)}
        else:
            made = {dialect.slug(text) for text in texts} if dialect.slug else set()
        return {name for name in (*named, *made) if name}

    def said(self) -> Iterator[tuple[str, Element]]:
        """The lines of the prose as a reader sees them, each with its block; code is left out."""
        for node in self.elements:
            if node.tag in CODE or any(parent.tag in CODE for parent in node.iterancestors()):
                continue
            if not _is_block(node) or any(_is_block(child) for child in node):
                yield from _loose_lines(node)
                continue
            for line in "".join(_text(node)).split("\n"):
                if line.strip():
                    yield line.strip(), node


_INLINE = frozenset("a strong b em i del s u sup sub span br img input code kbd samp small mark".split())


def _is_block(node: Element) -> bool:
    return isinstance(node.tag, str) and node.tag not in _INLINE


def _text(node: Element) -> Iterator[str]:
    """What an element says, a line break for each `<br>`, without its code."""
    if node.text:
        yield node.text
    for child in node:
        if child.tag == "br":
            yield "\n"
        elif isinstance(child.tag, str) and child.tag not in CODE:
            yield from _text(child)
        if child.tail:
            yield child.tail


def _loose_lines(node: Element) -> Iterator[tuple[str, Element]]:
    """Text that stands in a block beside other blocks: of a tight list's item with a list in it."""
    if not _is_block(node):
        return
    pieces = [node.text or ""]
    for child in node:
        if _is_block(child) or not isinstance(child.tag, str):
            pieces.append("\n")
        else:
            pieces += _text(child) if child.tag not in CODE and child.tag != "br" else ["\n"]
        pieces.append(child.tail or "")
    for line in "".join(pieces).split("\n"):
        if line.strip():
            yield line.strip(), node


def _first_words(text: str) -> str:
    return text.strip().split("\n")[0][:60]
