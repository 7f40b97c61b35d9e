"""Undo what word processors write: their bullets, and the images and heading ids of Google Docs in Markdown."""

from __future__ import annotations

import re

from .dump import Dump
from .line import Line

#: The markers of list items of word processors, and of mail programs that copy from them; a tab or spaces follow.
_WORD_BULLET = re.compile(r"\s*(?:[•·●○▪■§Øüo\uf0b7\uf0a7](?:\t[ \t]*|[ \u00a0]{3,})|\*\t)(?=\S)")
#: LibreOffice indents list items and nothing else.
_LIBREOFFICE_BULLET = re.compile(r" {4}• (?=\S)")
_LEAST_BULLETS = 3
_BULLETS = frozenset("•·●○▪■§Øüo\uf0b7\uf0a7*")
_HEADING_ID = re.compile(r"(^\s*#{1,6} .*\S)[ \t]*\{#[\w.-]+\}\s*$")
_DATA_URL = re.compile(r"\s*\[([^\[\]]+)\]:\s*<?data:image/[^>]*>?\s*\Z")


def without_bullets(dump: Dump) -> list[Line] | None:
    """Replace the bullets of a word processor, whose lines are paragraphs and whose blank lines are empty ones."""
    may_be = [line.text for line in dump.lines if line.text.lstrip()[:1] in _BULLETS and line.text.strip()]
    if len(may_be) < _LEAST_BULLETS:
        return None
    bullet = _WORD_BULLET
    if sum(bullet.match(text) is not None for text in may_be) < _LEAST_BULLETS:
        bullet = _LIBREOFFICE_BULLET
        indented = [line.text for line in dump.lines if line.text[:1] == " " and line.text.strip()]
        if len(indented) < _LEAST_BULLETS or not all(map(bullet.match, indented)):
            return None
    out: list[Line] = []
    was_item = True
    for line in dump.lines:
        item = bullet.match(line.text)
        if line.text.strip() and not (item and was_item):
            out.append(Line("", line.number))
        was_item = item is not None
        out.append(Line(f"• {line.text[item.end() :]}", line.number) if item else line)
    return out


def without_data_images(lines: list[Line]) -> list[Line]:
    """Remove embedded images below a text, references to them, and ids of headings, as Google Docs writes them."""
    lines = [Line(_HEADING_ID.sub(r"\1", line.text), line.number) if "{#" in line.text else line for line in lines]
    names = {match[1] for line in lines if "]:" in line.text and (match := _DATA_URL.match(line.text))}
    if not names:
        return lines
    references = re.compile(rf"!\[[^\[\]]*\]\[(?:{'|'.join(map(re.escape, names))})\]")
    return [Line(references.sub("", line.text), line.number) for line in lines if not _DATA_URL.match(line.text)]
