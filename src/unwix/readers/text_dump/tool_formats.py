"""Dump forms: what the tool that made a dump put into the text, taken out again.

First what concerns a whole file (`numbered`): quote signs of a mail, bars between pieces. Then, for each page in it,
the table `FORMS`, in its order: lines broken at a width, pieces of lines, Markdown (`dump_marks`), numbers and lists of
links (lynx, elinks), addresses in brackets behind links, places of pictures and fields. Lines keep their numbers in the
file, so that a report can name them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from ...model.source_info import RemovedLine
from . import markdown_marks as dump_marks
from . import rewrap as dump_wrap
from .rewrap import Line, unwrap

#: A control character begins a line that stands for a picture, with its file's name or nothing; it cannot be in a text.
PICTURE = "\x01"
#: The rest of a sentence behind a piece of its own; so many of them make the form.
_REST = re.compile(r"[,.;)\]”»](?!\S*\w{2}\.\w)(?:\s|\Z)|[,;)]\s?\w")
_LEAST_PIECES = 2
_ENDS = ".!?…:。！？"
#: A shorter line may be a label of a menu.
_SHORTEST_PIECE = 25
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")
_QUOTED = re.compile(r"\s?>[ \t]?")
_MOSTLY = 0.9
_FEW_LINES, _MANY_BARS = 5, 20
_BAR = re.compile(r"\s*[|¦]\s*")
_NUMBER = re.compile(r"\[(\d{1,4})\]")
#: A page without links of its own has some in its menu; elinks skips a number now and then.
_LEAST_NUMBERS, _LONGEST_STEP = 4, 3
_LIST_HEAD = re.compile(r"\s*(?:References|Références|Referenzen|Verweise|Referencias|Riferimenti|Ссылки)\s*\Z")
_LISTED = re.compile(r"\s*\[?(\d+)[.\]]\s+([a-z][a-z+.-]*:\S+)", re.I)
_ADDRESS = r"(?:(?:https?|mailto|tel|sms|file|about):[^\s\]\)]*|\.{0,2}/[^\s\]\)]*|[\w.%-]+\.html?(?:[#?][^\s\]\)]*)?)"
_IN_BRACKETS = re.compile(rf"[ \t]*(?:\[{_ADDRESS}\](?:{_ADDRESS}\])?|(?<![^\s])\((?:{_ADDRESS})?\))", re.I)
#: So many lines with an address, and one of so many, are more than an author writes.
_LEAST_ADDRESSES, _ONE_OF = 8, 10
_WIX_FILE = r"(?:[0-9a-f]{5,8}_[0-9a-f]+|[0-9a-f]{20,32}|nsplsh_\w+)(?:~mv2[^\]\s]*)?"
_NAMED = r"[^\[\]\n]+\.(?:png|jpe?g|jfif|gif|webp|avif|svg|heic)"
_PICTURE_PLACE = re.compile(
    rf"[\s*•·+-]*(?:\[(?:IMG|IMAGE|INLINE|EMBED|file|{_WIX_FILE}|(?P<name>{_NAMED}))?\]|\(image\))\s*\Z", re.I
)
_FIELD_PLACE = re.compile(
    r"\A[\s*•·+-]*(?:(?:\((?:BUTTON|FORM|SUBMIT)\)|\[?_{5,}\]?|\[ {3,}\]|\[ (?:Submit|Reset|Button|Search) \])\s*)+"
)
_FRAME = re.compile(r"\s*I?FRAME: ?(?=https?://)")
#: What a picture says, or its file's name, in a line by itself, or before a text.
_BRACKETED = re.compile(r"(\s*(?:[*•·+-]\s+)?)\[([^\[\]]+)\]\s*\Z")
_BEFORE = re.compile(
    rf"(?<![^\s*•·+-])\[(?:file|{_WIX_FILE}|{_NAMED}|(?=[^\]\s]*\d)(?=[^\]\s]*[A-Za-z])[\w%~.-]{{9,}})\]\s*(?=\w)",
    re.I,
)
_BROWSER_LINK = re.compile(r"\s*(?:#|Link:)\s*[^\n]*(?:\((?:alternate|EditURI)\)|canonical|RSS)\s*\Z")


@dataclass(slots=True)
class Dump:
    """The lines of one dump, what was taken out of them, and the names of the forms that were undone."""

    lines: list[Line]
    removed_lines: list[RemovedLine] = field(default_factory=list)
    address: str | None = None
    """The page's own address, where it is known."""
    linked: dict[int, list[str]] = field(default_factory=dict)
    """Addresses of all links in a line, by its number; an empty one where the tool's list of them is not there."""
    links: dict[int, list[str]] = field(default_factory=dict)
    """The same of links of which nothing tells on which words they stood."""
    forms: list[str] = field(default_factory=list)

    def take_out(self, lines: Iterable[Line], why: str) -> None:
        """Say of lines that they are no longer there."""
        self.removed_lines.extend(
            RemovedLine(line.number, why, line.text.strip()) for line in lines if line.text.strip()
        )


def undo(lines: list[Line], address: str | None = None) -> Dump:
    """A dump's lines without what its tool put in; `address` is the page's own."""
    dump = Dump(lines, address=address)
    for name, form in FORMS.items():
        changed = form(dump)
        if changed is not None:
            dump.lines = changed
            dump.forms.append(name)
    return dump


def numbered(text: str) -> list[Line]:
    """The lines of a text with their numbers; quote signs of a mail and bars that stand for line ends are undone."""
    lines = [Line(line, n) for n, line in enumerate(re.split(r"\r\n|\r|\n", _CONTROLS.sub("", text)), 1)]
    return _without_bars(_without_quote_signs(lines))


def _without_quote_signs(lines: list[Line]) -> list[Line]:
    """A mail that quotes a dump has a sign before each line; a post has some quotes and much else."""
    while True:
        said = [line for line in lines if line.text.strip()]
        quoted = [line for line in said if _QUOTED.match(line.text)]
        if not quoted or len(quoted) < _MOSTLY * len(said):
            return lines
        lines = [Line(_QUOTED.sub("", line.text, count=1), line.number) for line in lines]


def _without_bars(lines: list[Line]) -> list[Line]:
    """A text that is one line, with bars where one piece of the page ends and the next begins."""
    said = [line for line in lines if line.text.strip()]
    if len(said) > _FEW_LINES or sum(len(_BAR.findall(line.text)) for line in said) < _MANY_BARS:
        return lines
    return [Line(piece, line.number) for line in said for piece in _BAR.split(line.text)]


def _without_numbers(dump: Dump) -> list[Line] | None:
    """Numbers of links (`[12]Home`) count up through the page; the list of their addresses stands below it."""
    lines = dump.lines
    end = _list_of_links(lines)
    listed = {int(entry[1]): entry[2] for line in lines[end:] if (entry := _LISTED.match(line.text))}
    last = found = 0
    out: list[Line] = []
    links: dict[int, list[str]] = {}
    for line in lines[:end]:
        text = ""
        at = 0
        for number in _NUMBER.finditer(line.text):
            if last < int(number[1]) <= last + _LONGEST_STEP:
                last, found = int(number[1]), found + 1
                links.setdefault(line.number, []).append(listed.get(last, ""))
                text += line.text[at : number.start()]
                at = number.end()
        out.append(Line(text + line.text[at:], line.number))
    if found < _LEAST_NUMBERS and end == len(lines):
        return None
    dump.links.update(links)
    dump.linked.update(links)
    dump.take_out(lines[end:], "the tool's list of links")
    return out


def _list_of_links(lines: list[Line]) -> int:
    """Where the list of addresses begins below the page, else the end."""
    listed = 0
    for n in range(len(lines) - 1, -1, -1):
        text = lines[n].text
        listed += bool(_LISTED.match(text))
        if listed and _LIST_HEAD.match(text):
            return n
    return len(lines)


def _without_addresses(dump: Dump) -> list[Line] | None:
    """Addresses of links in brackets behind their texts."""
    said = [line.text for line in dump.lines if line.text.strip()]
    found = sum(bool(_IN_BRACKETS.search(text)) and "](" not in text for text in said)
    if found < _LEAST_ADDRESSES or found * _ONE_OF < len(said):
        return None
    out = []
    for line in dump.lines:
        text = _IN_BRACKETS.sub(_gap, line.text)
        addresses = [address.strip("[]() \t") for address in _IN_BRACKETS.findall(line.text)]
        if line.text.strip() and not text.strip():
            dump.take_out([line], "the address of a link or picture")
        elif addresses:
            dump.links[line.number] = addresses
            dump.linked[line.number] = addresses
        out.append(Line(text, line.number))
    return out


def _gap(address: re.Match[str]) -> str:
    """What stands between the texts on both sides of an address."""
    return " " if address.string[address.end() : address.end() + 1].isalnum() else ""


def _without_places(dump: Dump) -> list[Line] | None:
    """Signs where a picture, a button or a field of a form stood, and in brackets what a picture says instead."""
    patterns = (_PICTURE_PLACE, _FIELD_PLACE, _FRAME)
    if not any(pattern.match(line.text) for line in dump.lines for pattern in patterns):
        return None
    out: list[Line] = []
    for line in dump.lines:
        text = _BEFORE.sub("", _FRAME.sub("", _FIELD_PLACE.sub("", line.text)))
        if place := _PICTURE_PLACE.match(text):
            text = PICTURE + (place["name"] or "")
        elif _BROWSER_LINK.match(text) or (line.text.strip() and not text):
            dump.take_out([line], "a field of a form, or a link in the page's head")
            text = ""
        elif said := _BRACKETED.match(text):
            text = said[1] + said[2]
        out.append(Line(text.replace("[]", ""), line.number))
    return out


def _unwrapped(dump: Dump) -> list[Line] | None:
    joined = unwrap(dump.lines)
    return joined if len(joined) < len(dump.lines) else None


def _marked(dump: Dump) -> list[Line] | None:
    if not dump_marks.is_markdown(dump.lines):
        return None
    lines = dump_marks.encode_lines(dump.lines, dump.address)
    for line in lines:
        if links := dump_marks.all_links(line.text):
            dump.linked[line.number] = links
    return lines


def _in_pieces(dump: Dump) -> list[Line] | None:
    """Lines that are pieces of sentences: `get_text` with a line feed ends one where a link or bold text begins."""
    if sum(bool(_REST.match(line.text)) for line in dump.lines) < _LEAST_PIECES:
        return None
    out: list[Line] = []
    for line in dump.lines:
        text, above = line.text, out[-1].text if out else ""
        whole = not above.strip() or not text.strip() or dump_wrap.begins(text)
        if whole or not (_REST.match(text) or _is_open(above, text)):
            out.append(line)
        else:
            blank = "" if _REST.match(text) or above[-1].isspace() or text[0].isspace() else " "
            out[-1] = Line(above + blank + text, out[-1].number)
    return out


def _is_open(above: str, below: str) -> bool:
    """Whether a piece goes on on the next line: a blank at the joint, or a small letter behind no end."""
    joint = above[-1].isspace() or below[0].isspace()
    return (joint or below[0].islower()) and above.rstrip()[-1] not in _ENDS and len(above) > _SHORTEST_PIECE


FORMS = {
    "lines broken at a width": _unwrapped,
    "lines in pieces": _in_pieces,
    "Markdown": _marked,
    "numbers of links": _without_numbers,
    "addresses of links": _without_addresses,
    "places of pictures": _without_places,
}
