"""Split several texts in one file at the lines between them, and Common Crawl's WET records."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from urllib.parse import unquote

from ....model.facts import words
from ....wix.ui_texts.match import classify
from ..tool_formats.forms import numbered
from ..tool_formats.line import Line
from .fields import FIELD_OF
from .heads import banner_url, key_of, peel, url_line
from .part import Part, Stated
from .printed_pages import without_sheets
from .tagged import tagged_parts
from .trafilatura_xml import is_trafilatura_xml, trafilatura_part

_MAILBOX = re.compile(r"From \S+ .*\b\d{4}\s*\Z")
#: A row of one character, or the token that language models put after a text.
_RULE = re.compile(r"\s*(?:([^\w\s]|_)(?:[ \t]?\1){2,}|<\|\w+\|>|\[SEP\])\s*\Z")
_PAGE_BREAK = re.compile(r"\s*\f|\s*(?:={5,}|-{5,}|\*{5,}|_{5,}|#{5,})\s*\Z")
#: `--- Page 2 ---`, `Document 3 of 7`, `===== FILE: a.md =====`, `==> a.txt <==`.
_LABEL = re.compile(
    r"\s*(?:[^\w\s]{0,40}\s*(?:page|post|document|doc|file|article|item|record|text|entry|chunk|story)\b[\s:#.]*"
    r"(?:\d{1,5}|\S+\.\w{1,5})(?:\s*(?:of|/)\s*\d{1,5})?\s*[^\w\s]{0,40}|==>\s.{1,200}\s<==)\s*\Z",
    re.I,
)
_SEPARATOR_BEGINS = frozenset("=-*_#tTfF")
_MAY_SEPARATE = re.compile(r"From |\s*(?:[\f=\-*_#]|top of page)", re.I)
_TOP = re.compile(r"\s*top of page\s*\Z", re.I)
_URL = re.compile(r"\s*https?://\S+\s*\Z")
_HEADING = re.compile(r"\s*#{1,6}\s+\S")
_HEAD = 12
_ABOUT_AS_LONG = 2
#: This many lines of text after a URL line, one line shows that a page begins there.
_NEAR = 20
_BEGINS = frozenset({"edge", "author", "minutes", "menu"})
_ENDS = frozenset({"recent", "counters", "views", "like", "write_comment", "commenting_off"})


def split_text(text: str) -> list[Part]:
    """Return the texts in a file, one or more, without their heads."""
    if is_trafilatura_xml(text) and (part := trafilatura_part(text)) is not None:
        return [part]
    lines = numbered(text)
    if "\f" in text and (printed := without_sheets(lines)) is not None:
        lines, stated, removed = printed
        return [peel(Part(lines, stated, removed))]
    if tagged := tagged_parts(lines):
        return [peel(part) for part in tagged]
    return _joined([peel(part) for part in _parts(lines)])


def _joined(parts: list[Part]) -> list[Part]:
    """Return the parts; those that contain only a head are joined with the next part: `=====`, `URL: …`, `=====`."""
    out: list[Part] = []
    head_part: Part | None = None
    for part in parts:
        if head_part is not None:
            part.stated.fill(head_part.stated)
            part.removed[:0] = head_part.removed
        is_head = not any(line.text.strip() for line in part.lines)
        head_part = part if is_head and part is not parts[-1] else None
        if is_head and head_part is None and out:
            out[-1].removed += part.removed
        elif head_part is None:
            out.append(part)
    return out


def _parts(lines: list[Line]) -> list[Part]:
    first = next((n for n, line in enumerate(lines) if line.text.strip()), 0)
    starts = _url_heads(lines, first) or _banners(lines, first) or _labels(lines, first)
    if len(starts) > 1 or (len(starts) == 1 and starts[0] > first and _is_page(lines, first, starts[0])):
        return _cut(lines, starts if starts[0] <= first else [0, *starts])
    separators = [
        n
        for n, (text, _) in enumerate(lines)
        if (text.lstrip()[:1] in _SEPARATOR_BEGINS or "\f" in text) and _MAY_SEPARATE.match(text)
    ]
    tops = sum(bool(_TOP.match(lines[n].text)) for n in separators)
    for separator in (_MAILBOX, _PAGE_BREAK, _TOP):
        if separator is _PAGE_BREAK and tops == 1:
            continue  # one page: a text browser shows fields and rules this way
        marks = [n for n in separators if separator.match(lines[n].text) and not _is_underline(lines, n)]
        if len(marks) > 1:
            if separator is _TOP:
                marks = [_with_title(lines, n, marks[i - 1] if i else -1) for i, n in enumerate(marks)]
            # The text above the first separator has no separator of its own, and can be a post as well.
            return _cut(lines, marks if marks[0] <= first else [0, *marks])
    return [Part(lines)]


def _is_underline(lines: list[Line], n: int) -> bool:
    """Return True if a row of one character makes the line above it a Markdown heading: both have the same length."""
    above = lines[n - 1].text.strip() if n else ""
    return bool(above) and abs(len(above) - len(lines[n].text.strip())) <= _ABOUT_AS_LONG


def _with_title(lines: list[Line], top: int, last: int) -> int:
    """Return the beginning of a page, including a `<title>` that a tool printed up to two lines above it."""
    n = top
    above = [m for m in range(max(last + 1, top - 8), top) if lines[m].text.strip()]
    for m in reversed(above):
        if _RULE.match(lines[m].text):
            return n
        kind = classify(lines[m].text.strip())
        if kind is not None or top - m > 6:
            return n if kind is not None and kind.kind == "edge" else top
        n = m
    return top


def _is_page(lines: list[Line], start: int, end: int) -> bool:
    """Return True if the lines above the only URL line are a page of their own."""
    return sum(len(line.text) > 80 for line in lines[start:end]) > 1


def _banners(lines: list[Line], first: int) -> list[int]:
    """Return lines of one form that contain little but a URL, including the first line of the file."""
    form = banner_url(lines[first].text) if first < len(lines) else (None, "")
    if form[0] is None:
        return []
    starts = [n for n, line in enumerate(lines) if "://" in line.text and banner_url(line.text)[1] == form[1]]
    starts = [n for n in starts if banner_url(lines[n].text)[0]]
    starts = [n for n, end in zip(starts, [*starts[1:], len(lines)], strict=True) if _page_follows(lines[:end], n)]
    return starts if len(starts) > 1 else []


def _labels(lines: list[Line], first: int) -> list[int]:
    """Return lines such as `--- Page 2 ---` before pages, including the first line of the file."""
    if first >= len(lines) or not _LABEL.match(lines[first].text):
        return []
    starts = [n for n, line in enumerate(lines) if _LABEL.match(line.text)]
    starts = [n for n, end in zip(starts, [*starts[1:], len(lines)], strict=True) if _page_follows(lines[:end], n)]
    return starts if len(starts) > 1 else []


def _url_heads(lines: list[Line], first: int) -> list[int]:
    """Return the first line of each head that states a URL and precedes a page.

    In a file that begins with a head of several lines, no further sign of a page is needed below such heads.
    """
    starts: list[int] = []
    is_full = _is_full_head(lines, first)
    form = _form_of_url_line(lines[first].text) if first < len(lines) else ""
    top = next((n for n in range(first, min(first + _HEAD, len(lines))) if url_line(lines[n].text) is not None), None)
    shape = _shape_of_head(lines, top) if top is not None else ""
    for n, line in enumerate(lines):
        if url_line(line.text) is not None and (
            _page_follows(lines, n)
            or (is_full and _is_full_head(lines, _start_of_head(lines, n)))
            or (form and _form_of_url_line(line.text) == form)
            or (n > first and _shape_of_head(lines, n) == shape and _is_named_by_url(lines, n))
        ):
            start = _start_of_head(lines, n)
            if not starts or start > starts[-1]:
                starts.append(start)
    return starts


def _shape_of_head(lines: list[Line], n: int) -> str:
    """Return the text before the URL in a line, with the heading above it; empty if a post could contain the same.

    Authors write `Source: https://…` below a citation, but neither under its own heading nor as `URL: …`.
    """
    before = lines[n].text.lower().partition("://")[0].strip()
    above = next((lines[m].text for m in range(n - 1, max(-1, n - 3), -1) if lines[m].text.strip()), "")
    heading = re.match(r"\s*(#+)\s", above)
    return f"{heading[1]} {before}" if heading else before if "url" in before else ""


def _is_named_by_url(lines: list[Line], n: int) -> bool:
    """Return True if a line next to a line with a URL has the words of the URL's last part: it is a page's title."""
    url = url_line(lines[n].text) or ""
    slug = set(words(unquote(url.rstrip("/").rpartition("/")[2]).replace("-", " ")))
    near = (lines[m].text for m in range(max(0, n - 4), min(len(lines), n + 7)) if m != n)
    return len(slug) > 2 and any(3 * len(slug & set(words(text))) >= 2 * len(slug) for text in near)


def _form_of_url_line(text: str) -> str:
    """Return `URL: https://host` if the key declares the URL; else an empty string."""
    form = "/".join(text.strip().lower().split("/", 3)[:3])
    return form if "url" in form.partition("://")[0] and url_line(text) is not None else ""


def _is_full_head(lines: list[Line], start: int) -> bool:
    """Return True if a title and a URL are in adjacent lines of known keys."""
    known = {FIELD_OF.get(key[0]) for line in lines[start : start + _HEAD] if (key := key_of(line.text))}
    return {"title", "url"} <= known


def _page_follows(lines: list[Line], n: int) -> bool:
    seen = 0
    for line in lines[n + 1 : n + 80]:
        text = line.text.strip()
        if not text:
            continue
        if url_line(text) is not None and not key_of(text):
            return False
        interface_text = classify(text.lstrip("*+-•· "))
        kind = interface_text.kind if interface_text is not None else None
        if kind in _ENDS or (kind == "edge" and not _TOP.match(text)):
            return False  # the line is at the end of a page
        if kind in _BEGINS or re.match(r"#\s+\S", text) or (seen == 0 and _RULE.match(text)):
            return True
        seen += 1
        if seen > _NEAR:
            return False
    return False


def _start_of_head(lines: list[Line], n: int) -> int:
    """Return the beginning of a head above its URL line: keys, a fence, a heading with the title, a rule."""
    start = n
    m = n - 1
    while m >= 0 and n - m < 60:
        text = lines[m].text
        if not text.strip():
            m -= 1
            continue
        key = key_of(text)
        if key is not None and FIELD_OF.get(key[0]) and url_line(text) is None:
            start = m
        elif re.match(r"(?:---|\+\+\+)\s*\Z", text):
            if m + 1 < len(lines) and re.match(r"[\w-]+\s*[:=]", lines[m + 1].text):
                start = m  # front matter; elsewhere, a rule ends the text above
            break
        elif re.match(r"[\w-]+\s*[:=]\s|\s+- ", text) and _fenced(lines, m):
            start = m
        elif _HEADING.match(text) and start - m <= 2:
            start = m
            break
        else:
            break
        m -= 1
    return start


def _fenced(lines: list[Line], n: int) -> bool:
    """Return True if a line is in front matter: a fence is above it, with only keys between them."""
    for m in range(n - 1, max(-1, n - 60), -1):
        text = lines[m].text
        if re.match(r"(?:---|\+\+\+)\s*\Z", text):
            return True
        if not re.match(r"[\w-]+\s*[:=]|\s+-? ", text):
            return False
    return False


def _cut(lines: list[Line], starts: list[int]) -> list[Part]:
    parts = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        own = lines[start:end]
        removed = []
        separators = (_MAILBOX, _PAGE_BREAK, _LABEL) if len(starts) > 1 else (_MAILBOX, _PAGE_BREAK)
        if own and any(separator.match(own[0].text) for separator in separators):
            removed.append((own[0].number, "separator of posts", own[0].text.strip()))
            # text can follow the line feed of a page break
            rest = own[0].text.lstrip().removeprefix("\f") if "\f" in own[0].text else ""
            own = [Line(rest, own[0].number), *own[1:]]
        while own and (not own[-1].text.strip() or (len(starts) > 1 and _RULE.match(own[-1].text))):
            removed.append((own[-1].number, "separator of posts", own[-1].text.strip()))
            own = own[:-1]
        parts.append(Part(own, removed=[row for row in removed if row[2]]))
    return parts


def split_wet(raw: bytes) -> Iterator[Part]:
    """Yield the texts of a WET file: its `conversion` records, with their URLs and dates."""
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415  # only this kind of file needs it

    for record in ArchiveIterator(BytesIO(raw)):
        if record.rec_type == "conversion":
            headers = record.rec_headers
            text = record.content_stream().read().decode("utf-8", "replace")
            stated = Stated(
                url=headers.get_header("WARC-Target-URI"),
                saved=headers.get_header("WARC-Date"),
                where="the WARC header",
            )
            yield Part(numbered(text), stated)
