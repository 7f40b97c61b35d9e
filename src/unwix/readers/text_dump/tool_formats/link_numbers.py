"""Remove numbers that a tool put before or after links, with its list of URLs below the page.

Text browsers write `[12]Home`, crawl4ai `Home⟨12⟩`. An author's own notes (`… said so.[1]`) have the same form; they
stay, because they follow words and are not in a list of URLs.
"""

from __future__ import annotations

import re
from collections import Counter

from .dump import Dump
from .line import Line

_NUMBER = re.compile(r"\[(\d{1,4})\]")
#: A number directly before the words of its link.
_BEFORE_WORDS = re.compile(r"(?<![\w.,;:!?)\]”\"。，、」』）])\[(\d{1,4})\](?=[^\s.,;:)\]!?。，、；：！？」』）۔،।])")
_LEAST, _LONGEST_STEP = 4, 3
_LIST_HEAD = re.compile(r"\s*(?:References|Références|Referenzen|Verweise|Referencias|Riferimenti|Ссылки)\s*\Z")
_LISTED = re.compile(r"\s*\[?(\d+)[.\]]\s+([a-z][a-z+.-]*:\S+)", re.I)

_CITED = re.compile(r"⟨(\d+)⟩")
_CITED_IMAGE = re.compile(r"!\[([^\[\]]*?)⟨(\d+)⟩\](\([^()\s]*\))?")
_IMAGE_BEGINS, _IMAGE_ENDS = re.compile(r"!\[[^\[\]]*\Z"), re.compile(r"[^\[\]]*⟨\d+⟩\]")
_WHOLE_IMAGE = re.compile(r"!\[[^\[\]]*\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)\Z")
_CITATION = re.compile(r"\s*⟨(\d+)⟩ (\S+?)(?:: (.*))?\Z")
_CITATIONS_HEAD = re.compile(r"\s*#*\s*References\s*\Z")


def without_numbers(dump: Dump) -> list[Line] | None:
    """Remove the numbers of `[12]Home`, which count up through the page."""
    lines = dump.lines
    end = _list_of_links(lines)
    if end == len(lines) and not _has_numbers(lines):
        return None
    listed = {int(entry[1]): entry[2] for line in lines[end:] if (entry := _LISTED.match(line.text))}
    last = count = 0
    out: list[Line] = []
    links: dict[int, list[str]] = {}
    for line in lines[:end]:
        text = ""
        at = 0
        for number in _NUMBER.finditer(line.text):
            if last < int(number[1]) <= last + _LONGEST_STEP:
                last, count = int(number[1]), count + 1
                links.setdefault(line.number, []).append(listed.get(last, ""))
                text += line.text[at : number.start()]
                at = number.end()
        out.append(Line(text + line.text[at:], line.number))
    if count < _LEAST and end == len(lines):
        return None
    dump.links.update(links)
    dump.linked.update(links)
    dump.take_out(lines[end:], "the tool's list of links")
    return out


def _has_numbers(lines: list[Line]) -> bool:
    """Return True if enough numbers before words are a tool's: the author's are repeated before their notes."""
    texts = [line.text for line in lines if "[" in line.text]
    times = Counter(number for text in texts for number in _NUMBER.findall(text))
    before_words = [number for text in texts for number in _BEFORE_WORDS.findall(text)]
    return sum(times[number] == 1 for number in before_words) >= _LEAST


def _list_of_links(lines: list[Line]) -> int:
    """Return the beginning of the list of URLs below the page, else the end."""
    listed = 0
    for n in range(len(lines) - 1, -1, -1):
        text = lines[n].text
        listed += ":" in text and bool(_LISTED.match(text))
        if listed and _LIST_HEAD.match(text):
            return n
    return len(lines)


def without_citations(dump: Dump) -> list[Line] | None:
    """Resolve `Home⟨12⟩`: the list below states the text of most links, so they become Markdown links again."""
    lines = dump.lines
    if not any("⟨" in line.text for line in lines):
        return None
    entries = {int(m[1]): (m[2], (m[3] or "").strip()) for line in lines if (m := _CITATION.match(line.text))}
    if not entries or sum(bool(_CITED.search(line.text)) for line in lines) <= len(entries):
        return None
    first = next(n for n, line in enumerate(lines) if _CITATION.match(line.text))
    head = next((n for n in range(first - 1, max(-1, first - 4), -1) if _CITATIONS_HEAD.match(lines[n].text)), first)
    if any(line.text.strip() and not _CITATION.match(line.text) for line in lines[first:]):
        return None  # more than the tool's list: notes of the author
    dump.take_out(lines[head:], "the tool's list of links")
    return [Line(_linked(line, entries, dump), line.number) for line in _whole_images(lines[:head])]


def _whole_images(lines: list[Line]) -> list[Line]:
    """Return the lines with the text of each cited image on one line."""
    out: list[Line] = []
    for line in lines:
        if out and _IMAGE_BEGINS.search(out[-1].text) and _IMAGE_ENDS.match(line.text):
            out[-1] = Line(f"{out[-1].text.rstrip()} {line.text.lstrip()}", out[-1].number)
        else:
            out.append(line)
    return out


def _linked(line: Line, entries: dict[int, tuple[str, str]], dump: Dump) -> str:
    if "⟨" not in line.text:
        return line.text
    text = _CITED_IMAGE.sub(
        lambda m: f"![{m[1]}]({entries[int(m[2])][0]})" if int(m[2]) in entries else f"![{m[1]}]{m[3] or ''}", line.text
    )
    while (cited := _CITED.search(text)) is not None:
        before, after = text[: cited.start()], text[cited.end() :]
        url, title = entries.get(int(cited[1]), ("", ""))
        if image := _WHOLE_IMAGE.search(before):
            start = image.start() if url else None
        else:
            start = _start_of(before, title) if title else None
        if start is not None:
            before = f"{before[:start]}[{before[start:]}](<{url}>)"
        elif url and before.strip(" *+-•\t"):
            dump.links.setdefault(line.number, []).append(url)
        text = before + after
    return text


def _start_of(before: str, title: str) -> int | None:
    """Return the beginning of the link text that ends at a position, or None."""
    title_letters = "".join(c for c in title if c.isalnum())
    n = len(before)
    for sign in reversed(title_letters):
        n -= 1
        while n >= 0 and not before[n].isalnum():
            n -= 1
        if n < 0 or before[n] != sign:
            return None
    return n if title_letters else None
