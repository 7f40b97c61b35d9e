"""Rules about the text of a post: characters, formatting, HTML, placeholders and leftovers of Wix."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html.parser import HTMLParser

from ...model.article import text_of
from ...model.facts import text_key
from ...web.tags import CELLS, LISTS, TABLE_PARTS
from ..findings import Match
from ..markdown_file import NO_PROSE, Document

#: Invisible characters: zero-width characters, soft hyphens, controls, direction marks, tags.
_INVISIBLE = re.compile(
    "[\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u3164"
    "\uffa0\ufff9-\ufffc\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\U000e0000-\U000e007f]"
)
#: Joiners, which many scripts and emoji need, and direction marks, which right-to-left text needs.
_JOINERS, _DIRECTIONS = "\u200c\u200d", "\u200e\u200f\u061c"
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
#: Attributes, elements and URLs of Wix's pages (docs/wix/viewer.md, docs/wix/studio-pages.md#markup).
_PLATFORM = re.compile(
    r"<wow-image|\bdata-(?:hook|breakout|rce-version|testid|mesh-id)=|class=[^ ]*\b(?:wixui-|rcv-)"
    r"|wixstatic\.com/media/[^\s)\"']+/v1/"
)
#: A piece of Ricos or Draft.js where text should be.
_DOCUMENT = re.compile(r'"(?:nodes|entityMap|containerData|paragraphData|imageData|textData)"\s*:')
_MARK = re.compile(r"\s*unwix:\s*(.*)", re.S)
_ESCAPED = re.compile(r"\\[*_~]")
_STRAY = re.compile(r"\*\*|~~|(?<!\w)__|__(?!\w)")
#: Elements that contain others; an unclosed one swallows the rest of the post.
_HOLDERS = CELLS | LISTS | TABLE_PARTS | set("details summary table figure figcaption li blockquote pre div".split())
_RUNS = frozenset({"script", "object", "embed", "applet", "base", "form", "meta", "link"})


def invisible_characters(document: Document) -> Iterator[Match]:
    """Find invisible characters, except those that a script or an emoji needs."""
    text = document.text
    for match in _INVISIBLE.finditer(text):
        char, at = match[0], match.start()
        if char in _JOINERS and _joins(text, at):
            continue
        line, start = text.count("\n", 0, at) + 1, text.rfind("\n", 0, at) + 1
        end = text.find("\n", at) % (len(text) + 1)
        if char in _DIRECTIONS and _RIGHT_TO_LEFT.search(text[start:end]):
            continue
        if "\U000e0020" <= char <= "\U000e007f" and _in_a_flag(text, at):
            continue
        name = unicodedata.name(char, "control character")
        around = text[max(start, at - 15) : min(end, at + 16)].replace(char, "•").strip()
        yield Match(line, f"{name} (U+{ord(char):04X}) in “{around}”")


def _joins(text: str, at: int) -> bool:
    """Return True if a joiner has an effect: between letters of a non-Latin script, or in an emoji."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if not before or not after:
        return False
    shaped = (unicodedata.category(before)[0] in "LM" and before > "\u0590") or unicodedata.category(before) in (
        "So",
        "Sk",
    )
    return shaped or before == "\ufe0f"


def _in_a_flag(text: str, at: int) -> bool:
    """Return True for a tag character in the flag of a region, which is a black flag followed by tags."""
    return re.search("\U0001f3f4[\U000e0020-\U000e007f]*\\Z", text[:at]) is not None


def replacement_characters(document: Document) -> Iterator[Match]:
    """Find U+FFFD, which replaces a character that could not be decoded."""
    for number, line in enumerate(document.text.split("\n"), 1):
        if "\ufffd" in line:
            at = line.index("\ufffd")
            yield Match(number, f"a character was lost in decoding: “{line[max(0, at - 15) : at + 16].strip()}”")


def platform_markup(document: Document) -> Iterator[Match]:
    """Find markup, data and resized images of Wix outside code."""
    for node in document.elements:
        if node.tag in NO_PROSE or any(parent.tag in NO_PROSE for parent in node.iterancestors()):
            continue
        markup = " ".join([f"<{node.tag}", *(f"{name}={node.get(name)}" for name in map(str, node.attrib))])
        text = " ".join([node.text or "", *(child.tail or "" for child in node)])
        if match := _PLATFORM.search(markup) or _DOCUMENT.search(text):
            yield Match(document.line_of(node, match[0]), f"“{match[0][:60]}” is Wix markup")


def title_in_body(document: Document) -> Iterator[Match]:
    """Find a first heading that repeats the title."""
    title = document.front.fields.get("title")
    body = next((node for node in document.elements if node.tag == "main"), None)
    first = next(iter(body), None) if body is not None else None
    if first is None or first.tag not in ("h1", "h2") or not isinstance(title, str):
        return
    if text_key(title) and text_key(text_of(first)) == text_key(title):
        yield Match(document.line_of(first), "the body repeats the title, which is in the front matter")


def empty_body(document: Document) -> Iterator[Match]:
    """Find a post without a body."""
    if document.front.fault is None and not document.body.strip():
        yield Match(None, "the post has no body")


def open_fences(document: Document) -> Iterator[Match]:
    """Find code blocks that are not closed."""
    for node in document.root.iter("pre"):
        position = re.fullmatch(r"(\d+):\d+-(\d+):\d+", node.get("data-sourcepos") or "")
        if position is None:
            continue
        first, last = (document.lines[min(int(n), len(document.lines)) - 1] for n in position.groups())
        fence = re.match(r"[\s>\-*+\d.)]*(`{3,}|~{3,})", first)
        if fence and (position[1] == position[2] or not re.search(rf"{fence[1][0]}{{{len(fence[1])},}}\s*$", last)):
            yield Match(document.line_of(node), f"a code block starts with {fence[1]} and is never closed")


class _Balance(HTMLParser):
    """Collects the elements of raw HTML that are not closed, with their lines."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, int]] = []
        self.faults: list[tuple[int, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HOLDERS:
            self.open.append((tag, self.getpos()[0]))

    def handle_endtag(self, tag: str) -> None:
        if tag not in _HOLDERS:
            return
        if tag not in (name for name, _ in self.open):
            self.faults.append((self.getpos()[0], f"</{tag}> without a start tag"))
            return
        while self.open:
            name, line = self.open.pop()
            if name == tag:
                return
            self.faults.append((line, f"<{name}> is not closed before </{tag}>"))

    def result(self) -> list[tuple[int, str]]:
        """Return all faults by line."""
        return sorted([*self.faults, *((line, f"<{name}> is not closed") for name, line in self.open)])


def unbalanced_html(document: Document) -> Iterator[Match]:
    """Find raw HTML that is not closed, such as `<details>` and tables."""
    if "<" not in document.body:
        return
    parser = _Balance()
    parser.feed("\n".join(_without_code(document)))
    parser.close()
    for line, message in parser.result():
        yield Match(document.line_at(line), message)


def _without_code(document: Document) -> list[str]:
    """Return the lines of the body with code blocks and inline code blanked out."""
    lines = [re.sub(r"\\<|(`+)(?!`).+?(?<!`)\1(?!`)", "", line) for line in document.lines]
    for node in document.root.iter("pre"):
        if position := re.match(r"(\d+):\d+-(\d+)", node.get("data-sourcepos") or ""):
            for number in range(int(position[1]) - 1, min(int(position[2]), len(lines))):
                lines[number] = ""
    return lines


def running_html(document: Document) -> Iterator[Match]:
    """Find HTML that runs a script or changes the page around the post."""
    for node in document.elements:
        if node.tag in _RUNS:
            yield Match(document.line_of(node, f"<{node.tag}"), f"<{node.tag}> runs code or changes the page")
        for name in map(str, node.attrib):
            if name.lower().startswith("on") or name == "srcdoc":
                yield Match(document.line_of(node, name), f"the attribute {name} of <{node.tag}> runs a script")


def placeholders(document: Document) -> Iterator[Match]:
    """Find the placeholder comments that unwix writes for missing content."""
    for text, line in document.comments:
        if placeholder := _MARK.match(text):
            yield Match(line, " ".join(placeholder[1].split()) or "content is missing here")


def stray_marks(document: Document) -> Iterator[Match]:
    """Find formatting characters (`**`, `__`, `~~`) that have no effect."""
    if not any(_STRAY.search(text) for text in _prose(document.root)):
        return
    bare = Document(document.name, f"---\n---\n{_ESCAPED.sub('··', document.body)}")
    for node in bare.elements:
        if node.tag not in NO_PROSE and not any(parent.tag in NO_PROSE for parent in node.iterancestors()):
            for text in (node.text, *(child.tail for child in node)):
                if text and (match := _STRAY.search(text)):
                    number = (bare.line_of(node, match[0]) or 3) - 2  # in the body, which begins after two lines
                    line = document.line_at(number)
                    yield Match(line, f"“{match[0]}” is visible in the text: “{text.strip()[:60]}”")


def _prose(root: object) -> Iterator[str]:
    for node in root.iter():  # type: ignore[attr-defined]  # an element of lxml
        if isinstance(node.tag, str) and node.tag not in NO_PROSE and node.text:
            yield node.text
        if node.tail:
            yield node.tail


def ragged_tables(document: Document) -> Iterator[Match]:
    """Find table rows with more or fewer cells than the header row."""
    for table in document.root.iter("table"):
        match = re.match(r"(\d+):\d+-(\d+)", table.get("data-sourcepos") or "")
        if not match:
            continue
        first, last = int(match[1]), min(int(match[2]), len(document.lines))
        expected_cells = _cells(document.lines[first - 1])
        for number in range(first, last):
            if (cells := _cells(document.lines[number])) != expected_cells and document.lines[number].strip():
                yield Match(document.line_at(number + 1), f"the row has {cells} cells, the header row {expected_cells}")


def _cells(line: str) -> int:
    """Return the number of cells in a table row."""
    bare = re.sub(r"\\.", "", line).strip().lstrip("> ")
    return bare.strip("|").count("|") + 1
