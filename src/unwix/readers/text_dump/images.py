"""Recognize lines of a body that are not the author's text: alternative texts, file names, empty headings.

A dump prints an image as a line with its alternative text (docs/wix/text-dumps.md#images-in-the-body). These rules
distinguish such a line from prose:

* It repeats the title: the cover if it is the first line; otherwise a placeholder for a missing image replaces it.
* It is a file name (`download (19).jpeg`): a placeholder replaces it.
* It equals the caption on the next line, and occurs nowhere else: only the caption is kept.

Any other alternative text reads like a line of the author and stays a paragraph. A box about the author at the end gets
a heading of its own, and the heading of a list of posts without the list is removed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from msgspec import Struct, field

from ...model.facts import text_key
from ...model.problems import Problem
from ...wix.filler_texts import is_filler
from .blocks import missing_line
from .lines import Lines
from .tool_formats.browsers.placeholders import IMAGE_PLACEHOLDER
from .tool_formats.markdown import is_images

#: The name of an image file.
IMAGE_FILE = re.compile(r"[^/\\<>|?*\n]{1,100}\.(?:png|jpe?g|jfif|gif|webp|avif|bmp|tiff?|heic|svg)\Z", re.I)
_ENDING_LENGTH = len(".jpeg")
_ENDING = re.compile(r"\.\w{2,5}\Z")
#: After a line with such an end (or a blank one) something new begins; after a comma, a file name belongs to the
#: sentence.
_ENDS = ("", ".", "!", "?", "…", "。")
_SPOKEN = re.compile(r"\A[\"'“„«»‘「—–-]")
#: A line with this many words can be a caption if it occurs twice in a row.
_CAPTION_WORDS = 3
_LONGEST = 300
_MISSING, _MISSING_TABLE = "the text does not contain its URL", "the text does not contain its cells"
#: pandoc writes it for a table that its format does not have.
_TABLE_PLACES = ("[TABLE]", "\\[TABLE\\]")


class Body(Struct):
    """The lines of a body by index: the author's, and placeholders for content that a text cannot contain."""

    lines: dict[int, str] = field(default_factory=dict)
    marks: set[int] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def mark(self, n: int, place: str, kind: str, what: str, name: str) -> None:
        """Replace a line by a placeholder."""
        called = f"the {what} “{name}”" if name else f"{'an' if what[0] in 'aeiou' else 'a'} {what}"
        reason = _MISSING_TABLE if what == "table" else _MISSING
        self.lines[n] = missing_line(what, f"{called} is missing here; {reason}")
        self.marks.add(n)
        self.problems.append(Problem(kind, place, f"{reason}: {called}"))


def author_lines(lines: Lines, start: int, end: int, title: str | None, authors: Sequence[str]) -> Body:
    """Return the lines from `start` to `end` without those of images and files, which get a rule."""
    body = Body()
    title_key = text_key(title) if title else ""
    is_title = _is_same(title_key)
    headings = _author_box(lines, start, end, authors)
    counts = Counter(lines.bare[n] for n in range(start, end))
    for n in range(start, end):
        line = lines.text[n]
        if n in headings or is_images(line):
            if kept_line := headings.get(n, line):
                body.lines[n] = kept_line
        elif lines.kinds[n] == "download":
            _mark_file(lines, n, body)
        elif what := _place(lines, n):
            _mark_place(lines, n, start, what, body)
        elif title_key and len(lines.bare[n]) < _LONGEST and is_title(lines.bare[n]) and not lines.level(n):
            lines.rules[n] = "the title again: alternative text of an image"
            if any(lines.bare[m] for m in body.lines):
                body.mark(n, lines.place(n), "image-not-in-page", "image", lines.bare[n])
        elif (
            "." in lines.bare[n][-_ENDING_LENGTH:]
            and IMAGE_FILE.match(lines.bare[n])
            and (lines.stands_alone(n) or n == start or lines.bare[n - 1][-1:] in _ENDS)
        ):
            lines.rules[n] = "an image's file name"
            body.mark(n, lines.place(n), "image-not-in-page", "image", lines.bare[n])
        elif counts[lines.bare[n]] == 2 and _is_caption_above(lines, n, body):
            lines.rules[n] = "the line above again: an image's alternative text and caption"
        else:
            body.lines[n] = line
    return body


def _is_same(key: str) -> Callable[[str], bool]:
    """Return the test of whether a line has a key as its `text_key`; most lines lack the key's first word."""
    first = key.partition(" ")[0]
    return lambda line: (not line.isascii() or first in line.lower()) and text_key(line) == key


def _place(lines: Lines, n: int) -> str | None:
    """Return what a line stands for that its tool did not print: an image or a table; None for a text."""
    line, bare = lines.text[n], lines.bare[n]
    if line.startswith(IMAGE_PLACEHOLDER) or is_filler(bare.strip("[]()!")):
        return "image"
    return "table" if bare in _TABLE_PLACES else None


def _mark_place(lines: Lines, n: int, start: int, what: str, body: Body) -> None:
    """Put a placeholder in the place of an image or a table; tools print an image's parts one by one."""
    lines.rules[n] = f"{'an' if what == 'image' else 'a'} {what}'s place"
    line = lines.text[n]
    last = next((m for m in range(n - 1, start - 1, -1) if lines.text[m].strip() and m in body.lines), None)
    if what == "table":
        body.mark(n, lines.place(n), "block-missing", what, "")
    elif last not in body.marks or line != IMAGE_PLACEHOLDER:
        body.mark(n, lines.place(n), "image-not-in-page", what, _image_name(line))


def _author_box(lines: Lines, start: int, end: int, authors: Sequence[str]) -> dict[int, str]:
    """Return the lines of a box about the author at the end of a body, with their new text; empty: removed.

    A short line with the author's name is its heading, the same name again the portrait. The heading directly above it
    is empty: Wix lists the author's other posts there.
    """
    result: dict[int, str] = {}
    name = authors[0] if authors else ""
    filled = lines.filled(start, end)
    first = name.split()[0] if name else ""
    for at, n in enumerate(filled):
        if not name or at < len(filled) // 2 or not _names(lines.bare[n], name) or lines.gap_before(n) < 2:
            continue
        following = filled[at + 1 : at + 3]
        portrait = following and _names(lines.bare[following[0]], name)
        text = following[1:] if portrait else following[:1]
        if not text or not lines.is_text(text[0]):
            continue
        result[n] = f"## {lines.bare[n].rstrip(': ')}"
        if portrait:
            result[following[0]] = ""
            lines.rules[following[0]] = "the author's image: alternative text"
        above = filled[at - 1] if at else n
        if above != n and first in lines.bare[above].split() and _is_heading_like(lines, above):
            result[above] = ""
            lines.rules[above] = "a heading without content"
        break
    return result


def _image_name(line: str) -> str:
    """Return the alternative text in the line of an image; empty for Wix's placeholder text."""
    return line.removeprefix(IMAGE_PLACEHOLDER) if line.startswith(IMAGE_PLACEHOLDER) else ""


def _names(line: str, name: str) -> bool:
    return name in line and len(line.split()) <= len(name.split()) + 3 and not line.endswith((".", "!", "?"))


def _is_heading_like(lines: Lines, n: int) -> bool:
    return lines.gap_before(n) > 1 and len(lines.bare[n].split()) <= 6 and lines.bare[n][-1:] not in ".!?:"


def _mark_file(lines: Lines, n: int, body: Body) -> None:
    """Replace a file by a placeholder: a dump shows its name, extension and `Download PDF • 31MB`, but not its URL."""
    named = [m for m in body.lines if lines.bare[m] and m >= n - 10 and m not in body.marks]
    parts = named[-2:] if len(named) > 1 and _ENDING.match(lines.bare[named[-1]]) else named[-1:]
    for m in parts:
        del body.lines[m]
        lines.rules[m] = "a file's name"
    lines.rules[n] = "a file's size"
    body.mark(n, lines.place(n), "attachment-url-missing", "file", "".join(lines.bare[m] for m in parts))


def _is_caption_above(lines: Lines, n: int, body: Body) -> bool:
    """Return True if a line equals the one above it and is not verse: an image's alternative text and its caption."""
    last = next((m for m in range(n - 1, max(-1, n - 4), -1) if lines.bare[m]), None)
    line = lines.bare[n]
    if not line or last not in body.lines or lines.bare[last] != line or _SPOKEN.match(line) or line[-1] in ".!?…,;":
        return False
    around = [*lines.filled(max(0, last - 12), last)[-1:], *lines.filled(n + 1, n + 12)[:1]]
    if any(
        lines.kinds[m] is None and len(lines.bare[m]) <= len(line) + 20
        for m in around
        if (m in body.lines or m > n) and not IMAGE_FILE.match(lines.bare[m])
    ):
        return False
    unspaced = not line.isascii() and " " not in line
    return len(line.split()) >= _CAPTION_WORDS or (unspaced and len(line) >= 2 * _CAPTION_WORDS)
