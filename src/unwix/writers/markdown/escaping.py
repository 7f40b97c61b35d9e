"""Inline: a line of text and marks → Markdown that means exactly that, with as few backslashes as can be.

The converter hands over a block's line as one string in which control characters stand for marks (an article, being
XML, cannot contain them), so that everything else in it is the author's text. What must be escaped is not guessed by
rules: a line with doubtful characters is rendered by cmark-gfm, the parser of GitHub, once in a form that cannot be
misread and once in the pretty form; a backslash stays only where the two would differ without it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ...web import cmark as gfm
from .emphasis import all_apart, all_clean, place_marks
from .link_destination import destination, may_be_bare

if TYPE_CHECKING:
    from .flavor import MarkdownFlavor

# Control characters that stand for marks. OPEN + 1 closes.
STRONG, EM, STRIKE = "\x01", "\x03", "\x05"
CLOSE = {STRONG: "\x02", EM: "\x04", STRIKE: "\x06"}
LINK, LINK_END, ATOM, END, BREAK = "\x0e", "\x0f", "\x10", "\x11", "\x12"
_TAGS = {
    "\x01": "<strong>", "\x02": "</strong>", "\x03": "<em>", "\x04": "</em>", "\x05": "<del>", "\x06": "</del>",
}  # fmt: skip
_PRETTY = {"\x01": "**", "\x02": "**", "\x03": "_", "\x04": "_", "\x05": "~~", "\x06": "~~"}
#: Inside of a word `_` says nothing.
_STARS = {**_PRETTY, "\x03": "*", "\x04": "*"}
_MARK = re.compile("[\x01-\x06]|[\x0e\x10]\\d+\x11|\x0f\\d+\x11|\x12")
#: Characters that may mean something in Markdown somewhere, and those that may only at a line's start.
_ACTIVE = re.compile(r"[\\`*_\[\]<>~|&$^]")
_ACTIVE_FIRST = re.compile(r"[ ]*(?:[#>+=-]|\d{1,9}[.)]|:)")
_MAIL = re.compile(r"\w@\w")
_ESCAPABLE = re.compile(r"[!-/:-@\[-`{-~]")
_RISKY = re.compile(r"[\\`*_\[\]<>~|&!^]|(?m:^[ ]*(?:[#>+=-]+|\d{1,9}[.)]|:))")
_URL = re.compile(r"https?://\w[^\s<>\x00-\x1f]*")
_HELD = re.compile(f"{ATOM}(\\d+){END}")
_SHORTCODE = re.compile(r"\{\{< .*? >\}\}")

#: How a line stands in its block: a template that cmark reads it in.
TEMPLATES: dict[str, str] = {
    "p": "{}\n",
    "li": "- {}\n",
    "heading": "# {}\n",
    "cell": "| {} | {}<br>{} |\n| --- | --- |\n",  # `<br>` parts the paragraphs of a cell
    "alt": "![{}](x)\n",
    "text": "x [{}](x) x\n",
}


Right = Callable[[str], bool]
"""Whether a candidate is read as its line is meant."""


@dataclass
class Inline:
    """The links and the ready pieces (pictures, code, HTML) of the lines that are being written."""

    dialect: MarkdownFlavor
    links: list[str] = field(default_factory=list)
    atoms: list[str] = field(default_factory=list)
    last: str = ""
    """The line that was written last."""

    def link(self, text: str, href: str, title: str | None = None) -> str:
        """A link round text that may hold marks."""
        self.links.append(destination(href, title))
        number = len(self.links) - 1
        return f"{LINK}{number}{END}{text}{LINK_END}{number}{END}"

    def atom(self, markdown: str) -> str:
        """A piece of ready Markdown that is not looked into."""
        self.atoms.append(markdown)
        return f"{ATOM}{len(self.atoms) - 1}{END}"

    def write(self, line: str, where: str) -> str:
        """The line as Markdown, to stand where the template of that name says."""
        guard = (where == "heading" and self.dialect.heading_guard) or self.dialect.guard
        if guard is not None and guard.active.search(line):
            line = guard.split(self._protect_addresses(line) if where != "alt" else line, self.atom)
        line = self._say_line(line, where)
        # A paragraph that begins in bold right after one that ended in bold: `**⏎⏎**` is read as an empty bold by
        # highlighters and linters that go by regular expressions. The other sign of CommonMark says the same.
        if where == "p" and line.startswith("**") and self.last.endswith("**"):
            other = re.sub(r"\A\*\*(.+?)\*\*", r"__\1__", line, count=1, flags=re.S)
            if gfm.render(other) == gfm.render(line) and not self.dialect.strict_marks:
                line = other
        self.last = line
        return line

    def _say_line(self, line: str, where: str) -> str:
        marks = [] if line.isprintable() else _MARK.findall(line)
        plain = _MARK.sub("", line.replace(BREAK, "\n")) if marks else line
        doubtful = (
            _is_doubtful(plain)
            or (where == "heading" and plain.endswith("#"))
            or f"!{LINK}" in line
            or f"!{ATOM}" in line
        )
        if not marks and not doubtful:
            return line
        if marks and not doubtful and all_clean(line):
            said = self._unheld(self._say(line, _keep, _PRETTY))
            return _in_cell(said) if where == "cell" else said
        return self._negotiate(line, where)

    def _say(self, line: str, text: Callable[[str], str], tags: dict[str, str]) -> str:
        out: list[str] = []
        at = 0
        for mark in _MARK.finditer(line):
            out.append(text(line[at : mark.start()]))
            out.append(self._mark(mark[0], tags))
            at = mark.end()
        out.append(text(line[at:]))
        return "".join(out)

    def _mark(self, mark: str, tags: dict[str, str]) -> str:
        if mark in tags:
            return tags[mark]
        if mark[0] == ATOM and self.dialect.guard:
            return mark  # held back
        number = int(mark[1:-1]) if len(mark) > 1 else 0
        return {LINK: "[", LINK_END: "", ATOM: "", BREAK: "  \n"}[mark[0]] or (
            f"]({self.links[number]})" if mark[0] == LINK_END else self.atoms[number]
        )

    def _negotiate(self, line: str, where: str) -> str:
        """The prettiest form that cmark reads as the line is meant."""
        template = TEMPLATES[where]
        fix = _in_cell if where == "cell" else _keep
        line = place_marks(line)
        if where != "alt" or self.dialect.is_plain:
            line = self._protect_addresses(line)

        def read(candidate: str) -> str:
            said = fix(self._unheld(candidate))
            return "".join(
                gfm.render(template.replace("{}", seen.replace("\n", "\n  ") if where == "li" else seen))
                for seen in self._seen(said)
            )

        meant = read(self._say(line, escape_all, _TAGS))

        def right(candidate: str) -> bool:
            return read(candidate) == meant

        said = self._prettiest(line, right)
        if said is None and self.dialect.html:
            said = self._prettiest(self._partly_html(line, right), right)
        if said is None:
            said = self._say(line, escape_all, {mark: self.dialect.forms.raw(tag) for mark, tag in _TAGS.items()})
        return fix(self._unheld(said))

    def _prettiest(self, line: str, right: Right) -> str | None:
        """The line with marks in Markdown and as few backslashes as can be, None where it cannot be said so."""
        for tags in self._ways(line):
            for text in (_keep, _escape_risky, escape_all):
                candidate = self._say(line, text, tags)
                if right(candidate):
                    return candidate if text is _keep else _fewer_backslashes(candidate, right)
        return None

    def _partly_html(self, line: str, right: Right) -> str:
        """The line with HTML tags, as atoms, for those marks alone that Markdown cannot say where they stand."""
        pairs = _pairs(line)
        in_html = set(range(len(pairs)))

        def form(chosen: set[int]) -> str:
            signs = list(line)
            for number in chosen:
                for at in pairs[number]:
                    signs[at] = self.atom(_TAGS[line[at]])
            return "".join(signs)

        for number in range(min(len(pairs), _MOST_PAIRS)):
            trial = form(in_html - {number})
            if any(right(self._say(trial, escape_all, tags)) for tags in self._ways(trial)):
                in_html.remove(number)
        return form(in_html)

    def _unheld(self, text: str) -> str:
        """The text with the pieces that were held back, lest a backslash in them is taken for one too many."""
        return _HELD.sub(lambda found: self.atoms[int(found[1])], text) if self.dialect.guard else text

    def _ways(self, line: str) -> tuple[dict[str, str], ...]:
        """The ways to say the marks in this line with Markdown's signs."""
        if self.dialect.strict_marks:
            return (_PRETTY,) if all_apart(line) else ()
        return (_PRETTY, _STARS)

    def _seen(self, markdown: str) -> list[str]:
        """What parsers see: Hugo's a word in the place of each shortcode, the one that judges fidelity its HTML."""
        if self.dialect.html or "{{<" not in markdown:
            return [markdown]
        return [_SHORTCODE.sub("HUGO", markdown), self.dialect.read_back(markdown)]

    def _protect_addresses(self, line: str) -> str:
        """A bare address with characters that would be escaped is said as `<address>`: a backslash would break it."""

        def protect(found: re.Match[str]) -> str:
            url = found[0].rstrip(".,:;!?'\")*_~]")
            if not re.search(r"[*_~\[\]|]", url) or not may_be_bare(url) or not re.match(self.dialect.auto_links, url):
                return found[0]
            return self.atom(f"<{url}>") + found[0][len(url) :]

        if "http" not in line or LINK in line:
            return line
        return _URL.sub(protect, line)


def _is_doubtful(text: str) -> bool:
    """Whether anything in a text may mean something in Markdown.

    One expression for all of it would take five times as long.
    """
    if _ACTIVE.search(text) or any(_ACTIVE_FIRST.match(line) for line in text.split("\n")):
        return True
    return "http:" in text or "https:" in text or "www." in text or ("@" in text and _MAIL.search(text) is not None)


def _keep(text: str) -> str:
    return text


def escape_all(text: str) -> str:
    """The text with every sign escaped that could mean something."""
    return _ESCAPABLE.sub(lambda m: "&amp;" if m[0] == "&" else "\\" + m[0], text)


def _escape_one(found: re.Match[str]) -> str:
    text = found[0]
    if text == "&":
        return "&amp;"
    blank = text[: len(text) - len(text.lstrip(" "))]
    mark = text[len(blank) :]
    return f"{blank}{mark[:-1]}\\{mark[-1]}" if mark[0].isdigit() else blank + "\\" + mark


def _escape_risky(text: str) -> str:
    return _RISKY.sub(_escape_one, text)


def _in_cell(text: str) -> str:
    """A line in a table's cell: no line breaks, and no bar that is not escaped."""
    return re.sub(r"(?<!\\)((?:\\\\)*)\|", r"\1\\|", text).replace("  \n", "<br>").replace("\n", " ")


def _pairs(line: str) -> list[tuple[int, int]]:
    """Where each mark in a raw line begins and ends, in the order of their ends."""
    found, open_ = [], []
    for at, sign in enumerate(line):
        if sign in CLOSE:
            open_.append(at)
        elif sign in _TAGS:
            found.append((open_.pop(), at))
    return found


_MOST_PAIRS = 60
_BACKSLASH = re.compile(r"\\([!-/:-@\[-`{-~])|&amp;")
_MOST_TRIALS = 400


def _fewer_backslashes(text: str, right: Callable[[str], bool]) -> str:
    """The text without the escapes that change nothing: halves first, then single ones."""
    found = list(_BACKSLASH.finditer(text))
    if len(found) > _MOST_TRIALS:
        return text
    keep = [True] * len(found)

    def form() -> str:
        out, at = [], 0
        for n, escape in enumerate(found):
            out.append(text[at : escape.start()])
            out.append(escape[0] if keep[n] else escape[1] or "&")
            at = escape.end()
        return "".join([*out, text[at:]])

    def drop(first: int, last: int) -> None:
        saved = keep[first:last]
        keep[first:last] = [False] * (last - first)
        if right(form()):
            return
        keep[first:last] = saved
        if last - first > 1:
            middle = (first + last) // 2
            drop(middle, last)
            drop(first, middle)

    drop(0, len(found))
    return form()
