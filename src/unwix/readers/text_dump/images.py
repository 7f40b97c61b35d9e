"""Lines of a text dump's body that are not the author's text: alternative text of images, file names.

A dump prints an image as a line with its alternative text (docs/wix/text-dumps.md#images-in-the-body). Three rules
distinguish such a line from prose:

* It repeats the title (the cover): it is removed, unless the tool that made the dump marked it as a heading.
* It is a file name (`download (19).jpeg`): a placeholder for a missing image replaces it.
* It equals the caption on the next line: only the caption is kept.

Any other alternative text reads like a line of the author and stays a paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ...model.facts import text_key
from ...model.problems import Problem
from .blocks import missing_line
from .lines import Lines
from .markdown_marks import is_pictures
from .tool_formats import PICTURE

_PICTURE_FILE = re.compile(r"[^/\\<>|?*\n]{1,100}\.(?:png|jpe?g|jfif|gif|webp|avif|bmp|tiff?|heic|svg)\Z", re.I)
_ENDING = re.compile(r"\.\w{2,5}\Z")
#: Behind a line with such an end (or a blank one) a new thing begins; after a comma a file's name belongs to the
#: sentence.
_ENDS = ("", ".", "!", "?", "…", "。")
_SPOKEN = re.compile(r"\A[\"'“„«»‘「—–-]")
#: A line of so many words is a caption when it stands there twice; with a full stop it could be a refrain, so it
#: needs more.
_CAPTION_WORDS, _SENTENCE_WORDS = 3, 6


@dataclass(slots=True)
class Body:
    """The lines of a body by their numbers: the author's, and marks of what a text cannot carry."""

    lines: dict[int, str] = field(default_factory=dict)
    marks: set[int] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def mark(self, n: int, place: str, kind: str, what: str, name: str) -> None:
        """Put a mark in the place of a line."""
        called = f"the {what} “{name}”" if name else f"a {what}"
        self.lines[n] = missing_line(what, f"{called} stood here; the text does not carry its address")
        self.marks.add(n)
        self.problems.append(Problem(kind, place, f"the text does not carry its address: {called}"))


def author_lines(lines: Lines, start: int, end: int, title: str | None) -> Body:
    """The lines from `start` to `end` without those that stand for pictures and files; those get a verdict."""
    body = Body()
    for n in range(start, end):
        line = lines.text[n]
        if is_pictures(line):
            body.lines[n] = line
            continue
        if lines.kinds[n] == "download":
            _mark_file(lines, n, body)
        elif line.startswith(PICTURE):
            lines.verdicts[n] = "a picture's place"
            last = next((m for m in range(n - 1, start - 1, -1) if lines.text[m].strip() and m in body.lines), None)
            if last not in body.marks or line != PICTURE:  # tools print a picture's parts one by one
                body.mark(n, lines.place(n), "image-not-in-page", "picture", line.removeprefix(PICTURE))
        elif title and text_key(lines.bare[n]) == text_key(title) != "" and not lines.is_marked_heading(n):
            lines.verdicts[n] = "the title again: a picture's alternative text"
        elif _PICTURE_FILE.match(lines.bare[n]) and (
            lines.stands_alone(n) or n == start or lines.bare[n - 1][-1:] in _ENDS
        ):
            lines.verdicts[n] = "a picture's file name"
            body.mark(n, lines.place(n), "image-not-in-page", "picture", lines.bare[n])
        elif _is_caption_above(lines, n, body):
            lines.verdicts[n] = "the line above again: a picture's alternative text and caption"
        else:
            body.lines[n] = line
    return body


def _mark_file(lines: Lines, n: int, body: Body) -> None:
    """A file stands in a dump as its name, its ending and `Download PDF • 31MB`; its address is not there."""
    named = [m for m in body.lines if lines.bare[m] and m >= n - 10 and m not in body.marks]
    parts = named[-2:] if len(named) > 1 and _ENDING.match(lines.bare[named[-1]]) else named[-1:]
    for m in parts:
        del body.lines[m]
        lines.verdicts[m] = "a file's name"
    lines.verdicts[n] = "a file's size"
    body.mark(n, lines.place(n), "attachment-url-missing", "file", "".join(lines.bare[m] for m in parts))


def _is_caption_above(lines: Lines, n: int, body: Body) -> bool:
    """Whether a line says what the one above it says."""
    last = next((m for m in range(n - 1, max(-1, n - 4), -1) if lines.bare[m]), None)
    said = lines.bare[n]
    if not said or last not in body.lines or lines.bare[last] != said or _SPOKEN.match(said):
        return False
    enough = _SENTENCE_WORDS if said[-1] in ".!?…" else _CAPTION_WORDS
    unspaced = not said.isascii() and " " not in said
    return len(said.split()) >= enough or (unspaced and len(said) >= 2 * enough)
