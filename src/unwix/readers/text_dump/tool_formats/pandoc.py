"""Remove the remains of HTML elements in pandoc's Markdown: `<div>` and `<span>` tags, `:::` fences and attributes.

`pandoc -t gfm` writes elements as tags, `pandoc -t markdown` as fences around blocks and as `[text]{.class}`, both over
several lines. Links and images with attributes become ordinary Markdown.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from .dump import Dump
from .line import Line

#: The minimum numbers of fences, and of tags at the start of lines, that identify the tool.
_LEAST_FENCES, _LEAST_TAGS = 3, 8
#: A tag or a hard break alone on a line, with blank lines around it: one of each kind is enough.
_LONE_LINE = re.compile(r"(?:<(?:div|section)\b[^<>]*>|(?P<end></(?:div|section)>)|(?P<break>\\))\s*\Z", re.I)
_FENCE = re.compile(r"[ \t>]*(?:(?P<item>(?:[-*+]|\d{1,3}[.)])[ \t]+))?:{3,}(?:[ \t]*(?:\{.*\}|[\w-]+))?[ \t]*\Z")
_TAG_LINE = re.compile(r"[ \t]*(?:[-*+][ \t]+)?</?(?:div|span|figure|section)\b", re.I)
_TAG = re.compile(
    r"(?P<break>\s+(?=</span>|</a>))?</?(?P<name>div|span|figure|figcaption|section|article|nav|header|footer"
    r"|main|svg|button|form|label|iframe|a|img)(?P<rest>(?:\s(?:\n?[ \t]*>[ \t](?=[\w-]+=)|[^<>\"]|\"[^\"]*\")*)?)/?>",
    re.I,
)
_ATTRIBUTES = r"\{(?=[#.:\w-])(?:[^{}\"]|\"[^\"]*\"|\n[ \t]*>)*\}"
_SPAN_END = re.compile(rf"\]{_ATTRIBUTES}")
_LINK_END = re.compile(rf"\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"]*\")?\)(?P<attributes>{_ATTRIBUTES})")
_HEADING_END = re.compile(rf"(?m)^(?P<text>[ \t]*#{{1,6}} .*?)[ \t]*{_ATTRIBUTES}[ \t]*$")
_CODE_FENCE = re.compile(r"[ \t]*(```+|~~~+)")
_HREF, _SRC, _ALT = (re.compile(rf"\b{name}=\"([^\"]*)\"", re.I) for name in ("href", "src", "alt"))
_QUOTE = re.compile(r"[ \t]*>[ \t]?")
_BEGINS = re.compile(r"[ \t]*(?:[-*+>|]|\d{1,3}[.)]|#{1,6})(?:[ \t]|\Z)")
_EMPTY_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]*\Z")
_HARD_BREAK = re.compile(r"(?<!\\)\\ *\Z")
#: A replacement in the text: start, end, new text.
_Change = tuple[int, int, str]


def without_elements(dump: Dump) -> list[Line] | None:
    """Return the lines without tags, fences and attributes, or None if there are too few of them."""
    fences = sum(":::" in line.text and bool(_FENCE.match(line.text)) for line in dump.lines)
    tags = sum("<" in line.text and bool(_TAG_LINE.match(line.text)) for line in dump.lines)
    if fences < _LEAST_FENCES and tags < _LEAST_TAGS and not _has_lone_lines(dump.lines):
        return None
    dump.is_markdown = True
    out: list[Line] = []
    block: list[Line] = []
    fence = ""
    for line in dump.lines:
        marker = _CODE_FENCE.match(line.text)
        if marker and not fence:
            out += _cleaned(block)
            block, fence = [], marker[1]
            out.append(Line(re.sub(rf"[ \t]*{_ATTRIBUTES}[ \t]*\Z", "", line.text), line.number))
        elif fence:
            fence = "" if marker and marker[1].startswith(fence) else fence
            out.append(line)
        else:
            block.append(line)
    return _joined_items([*out, *_cleaned(block)])


def _has_lone_lines(lines: list[Line]) -> bool:
    """Return True if hard breaks, or tags at their beginning and their end, stand between blank lines."""
    ends = breaks = starts = 0
    for n, line in enumerate(lines):
        if line.text[:1] not in ("<", "\\") or not (lone := _LONE_LINE.match(line.text)):
            continue
        if (n and lines[n - 1].text.strip()) or (n + 1 < len(lines) and lines[n + 1].text.strip()):
            continue
        ends, breaks = ends + (lone["end"] is not None), breaks + (lone["break"] is not None)
        starts += lone["end"] is None and lone["break"] is None
    return breaks > 0 or (ends > 0 and ends == starts)


def without_markup(texts: list[str]) -> str:
    """Return the text of a table's cell without fences, spans and attributes."""
    cleaned = _cleaned([Line(text, 0) for text in texts])
    return " ".join(line.text.strip() for line in cleaned if line.text.strip())


def _cleaned(lines: list[Line]) -> list[Line]:
    """Return lines outside of code without tags, fences and attributes; pieces over several lines become one line."""
    if not lines:
        return []
    texts = []
    for line in lines:
        fence = _FENCE.match(line.text) if ":::" in line.text else None
        texts.append((fence["item"] or "") if fence else line.text)
    text = _HEADING_END.sub(r"\g<text>", "\n".join(texts))
    out: list[Line] = []
    current, start, number = "", 0, 0
    at = 0
    for begin, end, new in [*_changes(text), (len(text), len(text), "")]:
        for n, piece in enumerate(text[at:begin].split("\n")):
            if n:
                out.append(Line(_HARD_BREAK.sub("  ", current), lines[start].number))
                current, number = "", number + 1
                start = number
            current += piece
        current += new
        number += text.count("\n", begin, end)
        at = end
    out.append(Line(_HARD_BREAK.sub("  ", current), lines[start].number))
    return _joined_lines([line if line.text.strip(" \t\\") else Line("", line.number) for line in out])


def _joined_lines(lines: list[Line]) -> list[Line]:
    """Return each paragraph as one line: pandoc marks the breaks that are the author's."""
    out: list[Line] = []
    for line in lines:
        above = out[-1].text if out else ""
        if above.strip() and line.text.strip() and not _is_apart(above, line.text):
            rest = _QUOTE.sub("", line.text).strip() if _QUOTE.match(above) else line.text.strip()
            out[-1] = Line(f"{above.rstrip()} {rest}", out[-1].number)
        else:
            out.append(line)
    return out


def _is_apart(above: str, below: str) -> bool:
    """Return True for a line break of the author, and before a heading, a list item, a quote or a table row."""
    if above.endswith("  ") or above.lstrip()[:1] in "#|+" or below.lstrip()[:2] in ("--", "=="):
        return True
    if _QUOTE.match(above) and _QUOTE.match(below):
        below = _QUOTE.sub("", below)
        return not below.strip() or bool(_BEGINS.match(below))
    return bool(_BEGINS.match(below))


def _changes(text: str) -> list[_Change]:
    """Return the replacements in a text, in order and without overlaps."""
    changes: list[_Change] = []
    end = 0
    for change in sorted([*_tags(text), *_spans(text)]):
        if change[0] >= end:
            changes.append(change)
            end = change[1]
    return changes


def _tags(text: str) -> Iterator[_Change]:
    """Yield tags; links and images become Markdown."""
    links: list[str] = []
    for tag in _TAG.finditer(text) if "<" in text else ():
        name, is_end = tag["name"].lower(), "</" in tag[0]
        new = " " if tag["break"] else ""  # a line break before the end of a span is a space
        if name == "img" and (source := _SRC.search(tag["rest"])):
            alt = _ALT.search(tag["rest"])
            new = f"![{' '.join(html.unescape(alt[1]).split()) if alt else ''}](<{html.unescape(source[1])}>)"
        elif name == "a" and not is_end:
            href = _HREF.search(tag["rest"])
            links.append(html.unescape(href[1]) if href else "")
            new = "[" if href else ""
        elif name == "a" and links:
            href_of_start = links.pop()
            new = f"](<{href_of_start}>){new}" if href_of_start else new
        yield tag.start(), tag.end(), new


def _spans(text: str) -> Iterator[_Change]:
    """Yield the brackets and attributes of spans, and the attributes of links and images."""
    if "]{" not in text and "){" not in text:
        return
    opened: list[int] = []
    for n, sign in enumerate(text):
        if sign not in "[]" or text[n - 1 : n] == "\\":
            continue
        if sign == "[":
            opened.append(n)
            continue
        start = opened.pop() if opened else None
        if start is None:
            continue
        if span := _SPAN_END.match(text, n):
            yield start, start + 1, ""
            above = len(text[:n].rstrip())
            yield above, span.end(), " " if above < n else ""
        elif link := _LINK_END.match(text, n):
            yield link.start("attributes"), link.end("attributes"), ""


def _joined_items(lines: list[Line]) -> list[Line]:
    """Return the lines with list markers joined to their text, from which an element separated them."""
    out: list[Line] = []
    item: Line | None = None
    for line in lines:
        if _EMPTY_ITEM.match(line.text) and line.text.strip():
            item = line
        elif item is not None and line.text.strip():
            is_item = bool(re.match(r"\s*(?:[-*+]|\d{1,3}[.)])\s", line.text))
            out.append(line if is_item else Line(f"{item.text.rstrip()} {line.text.strip()}", line.number))
            item = None
        elif item is None and (line.text or (out and out[-1].text)):
            out.append(line)  # further blank lines have no meaning in Markdown
    return out
