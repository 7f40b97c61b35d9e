"""Join fenced and indented code blocks in Markdown to one line each, so that nothing in them is read as Markdown."""

from __future__ import annotations

import re

from ....model.article import Element, element
from .detect_markdown import is_markdown
from .dump import Dump
from .line import CODE_BLOCK, NEWLINE, Line

_FENCE = re.compile(r"\s{0,3}(`{3,})\s*([\w+#.-]{0,30})\s*\Z")
#: Longer code means that the end of a fence is missing.
_LONGEST = 1000
_INDENTS = ("    ", "\t")
_INDENT = re.compile(r"\A(?: {4}|\t)|\A\s+\Z")
_ITEM = re.compile(r"\s*(?:[*+•·-]|\d{1,9}[.)])(?:\s|\Z)|\s*[>#|]")
_LINK = re.compile(r"\]\(\S")
#: A longer line that ends like a sentence is a paragraph.
_LONG = 60
_ENDS_SENTENCE = re.compile(r"[.!?…。！？][\"'”’»」)]*\s*\Z")


def joined_code(dump: Dump) -> list[Line] | None:
    """Return the lines with each fenced or indented block joined; None if there is none.

    A fence around most of the text belongs to a chat or an email: it is removed.
    """
    is_fenced = any("```" in line.text for line in dump.lines)  # rows of `~` are an author's rules
    if not is_fenced and not _may_have_indented(dump):
        return None
    out: list[Line] = []
    at, is_code = 0, False
    while at < len(dump.lines):
        end = _end(dump.lines, at)
        if end is None:
            out.append(dump.lines[at])
            at += 1
            continue
        inner = dump.lines[at + 1 : end]
        is_code = True
        if 2 * len(inner) > len(dump.lines):
            dump.take_out([dump.lines[at], dump.lines[end]], "a fence around the text")
            out += inner
        else:
            code = NEWLINE.join(line.text for line in inner)
            out += [Line(CODE_BLOCK + code, dump.lines[at].number)] if code.strip() else []
        at = end + 1
    lines = out if is_code else dump.lines
    joined = _joined_indented(lines) if _may_have_indented(dump) else lines
    return joined if is_code or len(joined) < len(lines) else None


def _may_have_indented(dump: Dump) -> bool:
    """Return True for a Markdown dump with deep indents whose paragraphs are not indented."""
    if not any(line.text.startswith(_INDENTS) and line.text.strip() for line in dump.lines):
        return False
    paragraphs = [line.text for line in dump.lines if len(line.text) > _LONG]
    flat = sum(not text[0].isspace() for text in paragraphs)
    return 2 * flat > len(paragraphs) and (dump.is_markdown or is_markdown(dump.lines))


def _joined_indented(lines: list[Line]) -> list[Line]:
    """Return the lines with each block of code joined that is indented by four spaces, as html2text writes code."""
    out: list[Line] = []
    at, above = 0, ""
    while at < len(lines):
        line = lines[at].text
        end = _end_of_indented(lines, at) if line.startswith(_INDENTS) and not _is_in_item(above) else at
        if end > at and (not out or not out[-1].text.strip()):
            code = NEWLINE.join(_INDENT.sub("", one.text, count=1) for one in lines[at:end])
            out.append(Line(CODE_BLOCK + code, lines[at].number))
            at = end
            continue
        above = line if line.strip() else above
        out.append(lines[at])
        at += 1
    return out


def _end_of_indented(lines: list[Line], at: int) -> int:
    """Return the end of a block of indented code, or `at` for other lines: items, links, images, prose."""
    block = [at]
    for n in range(at, len(lines)):
        text = lines[n].text
        if text.strip():
            if not text.startswith(_INDENTS):
                break
            block.append(n)
    texts = [lines[n].text for n in block]
    prose = sum(len(text) > _LONG and bool(_ENDS_SENTENCE.search(text)) for text in texts)
    if _ITEM.match(texts[0]) or 2 * prose > len(texts) or any(map(_LINK.search, texts)) or not texts[0].strip():
        return at
    return block[-1] + 1


def _is_in_item(above: str) -> bool:
    """Return True if text with an indent belongs to the list item above."""
    return above[:1].isspace() or _ITEM.match(above) is not None


def _end(lines: list[Line], at: int) -> int | None:
    """Return the index of the fence that ends the block beginning in a line, or None."""
    opening = _FENCE.match(lines[at].text)
    if opening is None:
        return None
    for n in range(at + 1, min(len(lines), at + _LONGEST)):
        closing = _FENCE.match(lines[n].text)
        if closing and closing[1].startswith(opening[1]) and not closing[2]:
            return n
    return None


def code_element(text: str) -> Element:
    """Return the code block in a line of `joined_code`."""
    return element("pre", element("code", text.removeprefix(CODE_BLOCK).replace(NEWLINE, "\n")))
