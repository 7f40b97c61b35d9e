"""Undo the marks of Debian's `html2text`: `Recent_Posts` for a link, `***** Heading *****` for a heading.

The program underlines links and italics, and writes an underscore for each of their spaces. It does not know
hexadecimal character references (`&#x27;`), which stay in the text.
"""

from __future__ import annotations

import html
import re

from ....wix.ui_texts.match import classify
from .dump import Dump
from .line import Line

#: Level 1 has six asterisks, level 6 one.
_MOST_STARS = 6
_HEADING = re.compile(r"\s*(?P<stars>\*{1,6}) (?P<text>\S.*) (?P=stars)\s*\Z")
_HEADING_BEGINS, _HEADING_ENDS = re.compile(r"\s*(\*{2,6})(?: \S|\s*\Z)"), re.compile(r"(?:.* )?(\*{2,6})\s*\Z")
_EMPTY_HEADING = re.compile(r"\s*(\*{2,6}) \1\s*\Z")
#: An alternative text, or the URL of an image, which can begin a list item.
_IMAGE_BEGINS = re.compile(r"\s*(?:[*o] )?\[(?P<url>https?://)?[^\[\]]+\Z")
#: The program prints the processing instruction of an SVG image.
_INSTRUCTION = re.compile(r"<\?xml[ _][^<>]*\?>_*")
#: The markers of lists in lists.
_NESTED = re.compile(r"\A( {4,}(?:\* +)?)[o#-](?= \S)")
#: The maximum number of lines of a heading or an alternative text.
_MOST_LINES = 5
#: A word with an underscore that is no URL, email address or file name.
_LINKED = re.compile(r"(?<!\S)(?!\S*(?:://|@|www\.|\.(?:png|jpe?g|gif|webp|pdf)\b))\S*_\S*", re.I)
_REFERENCE = re.compile(r"&#(?:x[0-9a-f]{1,6}|\d{1,7});", re.I)
_IN_A_WORD = re.compile(rf"(?<=\w){_REFERENCE.pattern}(?=\w)", re.I)
#: The minimum numbers of interface texts with underscores, and of other words with underscores next to a heading.
_LEAST_TEXTS, _LEAST_WORDS = 2, 2


def without_underlines(dump: Dump) -> list[Line] | None:
    """Return the lines with spaces in links and `# …` for headings."""
    levels = {_stars(line.text) for line in dump.lines if "*" in line.text}
    if _MOST_STARS not in levels:
        linked = [line.text for line in dump.lines if "_" in line.text and _LINKED.search(line.text)]
        texts = sum(_is_interface_text(text) for text in linked)
        if len(linked) < _LEAST_WORDS or (texts < _LEAST_TEXTS and not levels - {0, 1}):
            return None
    return [Line(_undone(line.text), line.number) for line in _whole(dump.lines)]


def _stars(text: str) -> int:
    """Return the number of asterisks around a heading, 0 for other lines."""
    heading = _HEADING.match(text)
    return len(heading["stars"]) if heading else 0


def _is_interface_text(text: str) -> bool:
    """Return True if a line is an interface text only with spaces for its underscores."""
    line = text.strip(" *")
    return classify(line) is None and classify(_spaced(line)) is not None


def _whole(lines: list[Line]) -> list[Line]:
    """Return the lines with each heading and alternative text on one line, where the program broke them."""
    out: list[Line] = []
    at = 0
    while at < len(lines):
        count = _line_count(lines, at)
        out.append(Line(_in_one_line([line.text for line in lines[at : at + count]]), lines[at].number))
        at += count
    return out


def _in_one_line(texts: list[str]) -> str:
    if len(texts) == 1:
        return texts[0]
    image = _IMAGE_BEGINS.match(texts[0])
    joint = "" if image and image["url"] else " "
    return joint.join([texts[0].rstrip(), *map(str.strip, texts[1:])]).replace(" ]", "]")


def _line_count(lines: list[Line], at: int) -> int:
    """Return the number of lines of the heading or alternative text that begins in a line."""
    text = lines[at].text
    heading = _HEADING_BEGINS.match(text) if "*" in text and not _HEADING.match(text) else None
    if heading is None and not ("[" in text and _IMAGE_BEGINS.match(text)):
        return 1
    for count, line in enumerate(lines[at + 1 : at + _MOST_LINES], 2):
        if not line.text.strip():
            return 1
        end = _HEADING_ENDS.match(line.text) if heading else None
        if (end and heading and end[1] == heading[1]) or (heading is None and "]" in line.text):
            return count
    return 1


def _undone(text: str) -> str:
    text = _INSTRUCTION.sub("", text) if "<?" in text else text
    if "*" in text and _EMPTY_HEADING.match(text):
        return ""
    if heading := _HEADING.match(text) if "*" in text else None:
        text = f"{'#' * (_MOST_STARS + 1 - len(heading['stars']))} {heading['text']}"
    return _spaced(_NESTED.sub(r"\1*", text))


def without_references(dump: Dump) -> list[Line] | None:
    """Return the lines with characters for their numeric references, or None if none is inside a word."""
    if not any("&#" in line.text and _IN_A_WORD.search(line.text) for line in dump.lines):
        return None
    return [
        Line(_REFERENCE.sub(lambda reference: html.unescape(reference[0]), line.text), line.number)
        for line in dump.lines
    ]


def _spaced(text: str) -> str:
    return _LINKED.sub(lambda word: word[0].replace("_", " ").rstrip(), text) if "_" in text else text
