"""Remove what the tool that made a dump added to the text.

First what affects a whole file (`numbered`): quote markers of an email, bars between pieces. Then, for each page in it,
the table `FORMATS`, in order. Lines keep their numbers in the file, so that a report can name them.
"""

from __future__ import annotations

import re

from ....web.saved_links import LinkRestorer
from ....wix.ui_texts.match import classify
from . import grid_tables, link_numbers, markdown, pandoc, rewrap, underlined, word_processors
from .browsers import indented_quotes, placeholders
from .code_blocks import joined_code
from .detect_markdown import is_markdown as looks_like_markdown
from .dump import Dump
from .line import Line
from .tables import joined_tables

#: The rest of a sentence after a piece of its own, and the number of such lines that make the form.
_REST = re.compile(r"[,.;)\]”»](?!\S*\w{2}\.\w)(?:\s|\Z)|[,;)]\s?\w")
_LEAST_PIECES = 2
_ENDS = ".!?…:。！？"
_DEEP = " " * 8
_NEVER_PIECES = frozenset({"edge", "menu", "minutes", "author", "counters", "views", "like", "recent", "all_posts"})
#: A shorter line can be a menu label.
_SHORTEST_PIECE = 25
_CONTROLS = bytes((*range(9), *range(0x0E, 0x20)))
_QUOTED = re.compile(r"\s?>[ \t]?")
_MOSTLY = 0.9
_FEW_LINES, _MANY_BARS = 5, 20
_BAR = re.compile(r"\s*[|¦]\s*")
_URL = r"(?:(?:https?|mailto|tel|sms|file|about):[^\s\]\)]*|\.{0,2}/[^\s\]\)]*|[\w.%-]+\.html?(?:[#?][^\s\]\)]*)?)"
_IN_BRACKETS = re.compile(rf"[ \t]*(?:\[{_URL}\](?:{_URL}\])?|(?<![^\s])\((?:{_URL})?\))", re.I)
#: The minimum number and share of lines with a URL, which are more than an author writes.
_LEAST_URLS, _ONE_OF = 8, 10
#: Between the parts of a byline or of counters on one line, and the maximum length of such a line.
_PARTED = re.compile(r"\s+[·•|/–—‧∙-]\s+|\s*[•|]\s*")
_AROUND_BYLINE = " \t\u00a0*_+•·>-"
_LONGEST_BYLINE, _MOST_PARTS = 150, 4
_A_DIGIT, _A_SEPARATOR = re.compile(r"\d"), re.compile(r"[·•|‧∙/–—-] ")
BY = re.compile(
    r"(?:written by|posted by|by|von|par|por|di|da|door|av|af|autor|author|auteur|autore|автор|от)\b:?\s+", re.I
)
_JINA_IMAGE = re.compile(r"!\[Image \d+(?:: )?(?=[^\[\]]*\]\()")


def undo(lines: list[Line], url: str | None = None, is_markdown: bool = False) -> Dump:
    """Return a dump's lines without the tool's additions; `url` is the page's own."""
    dump = Dump(lines, url=url, is_markdown=is_markdown)
    for name, undo_format in FORMATS.items():
        changed = undo_format(dump)
        if changed is not None:
            dump.lines = changed
            dump.formats.append(name)
    return dump


def numbered(text: str) -> list[Line]:
    """Return the lines of a text with their numbers, without the quote markers of an email; bars become line ends."""
    text = _without_controls(text).replace("\r\n", "\n").replace("\r", "\n")
    lines = [Line(line, n) for n, line in enumerate(text.split("\n"), 1)]
    return _without_bars(_without_quote_markers(lines))


def _without_controls(text: str) -> str:
    raw = text.encode("utf-8", "replace")
    cleaned = raw.translate(None, _CONTROLS)
    return text if len(cleaned) == len(raw) and raw.isascii() else cleaned.decode("utf-8")


def _without_quote_markers(lines: list[Line]) -> list[Line]:
    """Remove quote markers of an email around a dump; a post contains some quotes and much else."""
    while True:
        filled = [line for line in lines if line.text.strip()]
        quoted = [line for line in filled if _QUOTED.match(line.text)]
        if not quoted or len(quoted) < _MOSTLY * len(filled):
            return lines
        lines = [Line(_QUOTED.sub("", line.text, count=1), line.number) for line in lines]


def _without_bars(lines: list[Line]) -> list[Line]:
    """Split a text on one line with bars between the pieces of the page."""
    filled = [line for line in lines if line.text.strip()]
    if len(filled) > _FEW_LINES or sum(len(_BAR.findall(line.text)) for line in filled) < _MANY_BARS:
        return lines
    return [Line(piece, line.number) for line in filled for piece in _BAR.split(line.text)]


def _without_bracketed_urls(dump: Dump) -> list[Line] | None:
    """Remove URLs of links in brackets after their texts."""
    filled = [line.text for line in dump.lines if line.text.strip()]
    may_be = [text for text in filled if ("(" in text or "[" in text) and "](" not in text]
    if len(may_be) < _LEAST_URLS:
        return None
    bracket_lines = sum(_IN_BRACKETS.search(text) is not None for text in may_be)
    if bracket_lines < _LEAST_URLS or bracket_lines * _ONE_OF < len(filled):
        return None
    out = []
    for line in dump.lines:
        text = _IN_BRACKETS.sub(_separator, line.text)
        urls = [url.strip("[]() \t") for url in _IN_BRACKETS.findall(line.text)]
        if line.text.strip() and not text.strip():
            dump.take_out([line], "the URL of a link or image")
        elif urls:
            dump.links[line.number] = urls
            dump.linked[line.number] = urls
        out.append(Line(text, line.number))
    return out


def _separator(url: re.Match[str]) -> str:
    """Return what is between the texts on both sides of a URL."""
    return " " if url.string[url.end() : url.end() + 1].isalnum() else ""


def _unwrapped(dump: Dump) -> list[Line] | None:
    joined = rewrap.unwrap(dump.lines)
    return joined if len(joined) < len(dump.lines) else None


def _with_parts_apart(dump: Dump) -> list[Line] | None:
    """Split lines with a whole byline (`Ann · May 4 · 3 min read`) or with counters, as people and tools join them."""
    parts_of = {
        n: parts
        for n, (text, _) in enumerate(dump.lines)
        if len(text) <= _LONGEST_BYLINE
        and _A_DIGIT.search(text)
        and _A_SEPARATOR.search(text)
        and (parts := _parts_of_byline(text))
    }
    if not parts_of:
        return None
    out: list[Line] = []
    for n, line in enumerate(dump.lines):
        if n in parts_of:
            dump.one_line_bylines.add(line.number)
            out += [Line(part, line.number) for part in parts_of[n]]
        else:
            out.append(line)
    return out


def _parts_of_byline(text: str) -> list[str]:
    """Return the parts of a byline or of counters in a line; nothing for other lines."""
    parts = [part.strip("*_ ") for part in _PARTED.split(text.strip(_AROUND_BYLINE))]
    if not 1 < len(parts) <= _MOST_PARTS or not all(parts) or not _is_byline(parts):
        return []
    return [BY.sub("", parts[0], count=1), *parts[1:]]


def _is_byline(parts: list[str]) -> bool:
    """Return True if one of the parts is a reading time, or all are counters."""
    kinds = [known.kind if (known := classify(part)) else None for part in parts]
    return "minutes" in kinds or all(kind in ("views", "comments", "like") for kind in kinds)


def _without_image_numbers(lines: list[Line]) -> list[Line]:
    """Remove the numbers that Jina Reader writes before the alternative texts of all images."""
    images = [line.text for line in lines if "![" in line.text]
    if not any("![Image " in text for text in images) or any(
        text.count("](") and len(_JINA_IMAGE.findall(text)) < text.count("![") for text in images
    ):
        return lines
    return [Line(_JINA_IMAGE.sub("![", line.text), line.number) if "![" in line.text else line for line in lines]


def _marked(dump: Dump) -> list[Line] | None:
    if not dump.is_markdown and not looks_like_markdown(dump.lines):
        return None
    restorer = LinkRestorer(dump.url)
    dump.lines = _without_image_numbers(word_processors.without_data_images(dump.lines))
    lines = joined_tables(dump.lines, lambda text: markdown.encode(text, restorer))
    lines = markdown.encode_lines(lines, restorer)
    for line in lines:
        if links := markdown.all_links(line.text):
            dump.linked.setdefault(line.number, []).extend(links)
    return lines


def _in_pieces(dump: Dump) -> list[Line] | None:
    """Join lines that are pieces of sentences: `get_text` with a line feed breaks at links and bold text."""
    if sum(bool(_REST.match(line.text)) for line in dump.lines) < _LEAST_PIECES:
        return None
    out: list[Line] = []
    for line in dump.lines:
        text, above = line.text, out[-1].text if out else ""
        if not above.strip() or not text.strip():
            out.append(line)
        elif text.startswith(_DEEP):  # a line feed inside a text of the page, with the indent of its source
            out[-1] = Line(f"{above.rstrip()} {text.strip()}", out[-1].number)
        elif _continues(above, text):
            space = "" if _REST.match(text) or above[-1].isspace() or text[0].isspace() else " "
            out[-1] = Line(above + space + text, out[-1].number)
        else:
            out.append(line)
    return out


def _continues(above: str, below: str) -> bool:
    """Return True if a piece continues the one above, and neither is an interface text."""
    if rewrap.begins(below) or not (_REST.match(below) or _is_open(above, below)):
        return False
    kinds = {interface_text.kind for text in (above, below) if (interface_text := classify(text.strip()))}
    return not kinds & _NEVER_PIECES


def _is_open(above: str, below: str) -> bool:
    """Return True if a piece continues on the next line: it ends in a space, or a lower-case letter follows."""
    joint = above[-1].isspace() or below[0].isspace()
    return (joint or below[0].islower()) and above.rstrip()[-1] not in _ENDS and len(above) > _SHORTEST_PIECE


def _without_source_indent(dump: Dump) -> list[Line] | None:
    """Join lines with the indent of the page's source, each of which continues the line above.

    Nearly all lines with a deep indent do; tools that show nesting by indents write empty lines before most of them.
    """
    deep = [n for n, line in enumerate(dump.lines) if line.text.startswith(_DEEP) and line.text.strip()]
    if not deep:
        return None
    above = [n for n in deep if n and dump.lines[n - 1].text.strip() and not rewrap.begins(dump.lines[n].text)]
    flat = sum(1 for line in dump.lines if line.text.strip() and not line.text.startswith(_DEEP))
    if len(above) < _MOSTLY * len(deep) or flat < _FEW_LINES or any("```" in line.text for line in dump.lines):
        return None
    words_above = set(above)
    out: list[Line] = []
    for n, line in enumerate(dump.lines):
        if n in words_above and out:
            out[-1] = Line(f"{out[-1].text.rstrip()} {line.text.strip()}", out[-1].number)
        else:
            out.append(line)
    return out


FORMATS = {
    "grid tables": grid_tables.joined_grids,
    "elements and attributes": pandoc.without_elements,
    "underscores in links": underlined.without_underlines,
    "quotes by their indent": indented_quotes.with_signs,
    "blocks of code": joined_code,
    "bullets of a word processor": word_processors.without_bullets,
    "lines of the page's source": _without_source_indent,
    "citations": link_numbers.without_citations,
    "lines broken at a width": _unwrapped,
    "character references": underlined.without_references,
    "lines in pieces": _in_pieces,
    "Markdown": _marked,
    "bylines on one line": _with_parts_apart,
    "numbers of links": link_numbers.without_numbers,
    "URLs of links": _without_bracketed_urls,
    "image placeholders": placeholders.without_placeholders,
}
