"""Write a raw line of text and marks as Markdown with the same meaning and as few backslashes as possible.

No rules guess what must be escaped: a line with doubtful characters is rendered by cmark-gfm, the parser of GitHub, in
a form that cannot be misread and in the form with few backslashes. A backslash stays only if the two differ without it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct, field

from ...web import cmark as gfm
from .backslashes import escape_all, escape_risky, is_doubtful, keep, without_needless
from .flavor import MarkdownFlavor
from .link_destination import destination, may_be_bare
from .marks import (
    ANY_MARK,
    BREAK,
    CLOSE,
    DELIMITERS,
    END,
    HTML_TAGS,
    LINK,
    LINK_END,
    RAW,
    STAR_DELIMITERS,
    all_apart,
    all_clean,
    place_marks,
)

_URL = re.compile(r"https?://\w[^\s<>\x00-\x1f]*")
_ENDS_IN_URL = re.compile(r"(?:https?://|www\.|@)\S*$")
_HELD = re.compile(f"{RAW}(\\d+){END}")
_SHORTCODE = re.compile(r"\{\{< .*? >\}\}")
#: The maximum number of a line's marks that are tried one by one, if some of them must be HTML.
_MAX_PAIRS = 60

#: The template in which cmark reads a line, by its position. `<br>` separates the paragraphs of a cell. An alternative
#: text is read as the text of a link, too: cmark shows tags in it as they are, other parsers drop them.
TEMPLATES: dict[str, str] = {
    "p": "{}\n",
    "li": "- {}\n",
    "heading": "# {}\n",
    "cell": "| {} | {}<br>{} |\n| --- | --- |\n",
    "alt": "![{}](x) [{}](x)\n",
    "text": "x [{}](x) x\n",
}

IsRight = Callable[[str], bool]
"""A function that returns whether a candidate is read like the line."""


class EscapingWriter(Struct):
    """Writes lines, and keeps their links and pieces of finished Markdown (images, code, HTML)."""

    flavor: MarkdownFlavor
    links: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    def link(self, text: str, href: str, title: str | None = None) -> str:
        """Return a link around text that may contain marks."""
        self.links.append(destination(href, title))
        number = len(self.links) - 1
        return f"{LINK}{number}{END}{text}{LINK_END}{number}{END}"

    def raw(self, markdown: str) -> str:
        """Return a mark for finished Markdown, which is not escaped again."""
        self.pieces.append(markdown)
        return f"{RAW}{len(self.pieces) - 1}{END}"

    def write(self, line: str, position: str) -> str:
        """Return the line as Markdown for a position, which is a key of the templates."""
        special = {"heading": self.flavor.reserved_in_headings, "li": self.flavor.reserved_in_items}
        reserved = special.get(position) or self.flavor.reserved
        if reserved is not None and reserved.active.search(line):
            line = reserved.protect(self._protect_urls(line) if position != "alt" else line, self.raw)
        marks = [] if line.isprintable() else ANY_MARK.findall(line)
        plain = ANY_MARK.sub("", line.replace(BREAK, "\n")) if marks else line
        doubtful = (
            is_doubtful(plain)
            or (position == "heading" and plain.endswith("#"))
            or f"!{LINK}" in line
            or f"!{RAW}" in line
        )
        if not marks and not doubtful:
            return line
        if marks and not doubtful and all_clean(line):
            text = self._with_held(self._form(line, keep, DELIMITERS))
            return self._in_cell(text) if position == "cell" else text
        return self._negotiate(line, position)

    def _form(self, line: str, escape: Callable[[str], str], delimiters: dict[str, str]) -> str:
        """Return the line with escaped text, and with the given delimiters as its marks."""
        out: list[str] = []
        at = 0
        for mark in ANY_MARK.finditer(line):
            text = line[at : mark.start()]
            out.append(escape(text))
            # GFM reads a backslash directly after a bare URL as part of it.
            after_url = mark[0] == BREAK and self.flavor.hard_break == "\\\n" and _ENDS_IN_URL.search(text)
            out.append("  \n" if after_url else self._mark(mark[0], delimiters))
            at = mark.end()
        out.append(escape(line[at:]))
        return "".join(out)

    def _mark(self, mark: str, delimiters: dict[str, str]) -> str:
        if mark in delimiters:
            return delimiters[mark]
        if mark == BREAK:
            return self.flavor.hard_break
        if mark[0] == LINK:
            return "["
        if mark[0] == LINK_END:
            return f"]({self.links[int(mark[1:-1])]})"
        # With reserved syntax, pieces are held back, so that no backslash in them is taken for unnecessary.
        return mark if self.flavor.reserved else self.pieces[int(mark[1:-1])]

    def _negotiate(self, line: str, position: str) -> str:
        """Return the simplest form that cmark reads like the line."""
        template = TEMPLATES[position]
        fix = self._in_cell if position == "cell" else keep
        line = place_marks(line)
        if position != "alt" or self.flavor.is_plain:
            line = self._protect_urls(line)

        def read(candidate: str) -> str:
            text = fix(self._with_held(candidate))
            return "".join(
                gfm.render(template.replace("{}", form.replace("\n", "\n  ") if position == "li" else form))
                for form in self._as_parsers_see(text)
            )

        meant = read(self._form(line, escape_all, HTML_TAGS))

        def is_right(candidate: str) -> bool:
            return read(candidate) == meant

        text = self._prettiest(line, is_right)
        if text is None and self.flavor.html:
            text = self._prettiest(self._partly_html(line, is_right), is_right)
        if text is None:
            tags = {mark: self.flavor.blocks.raw(tag) for mark, tag in HTML_TAGS.items()}
            text = self._form(line, escape_all, tags)
        return fix(self._with_held(text))

    def _prettiest(self, line: str, is_right: IsRight) -> str | None:
        """Return the line with marks in Markdown and few backslashes, or None if Markdown cannot express it."""
        for delimiters in self._delimiters(line):
            for escape in (keep, escape_risky, escape_all):
                candidate = self._form(line, escape, delimiters)
                if is_right(candidate):
                    return candidate if escape is keep else without_needless(candidate, is_right)
        return None

    def _partly_html(self, line: str, is_right: IsRight) -> str:
        """Return the line with HTML tags only for those marks that Markdown cannot express at their positions."""
        pairs = _pairs(line)
        in_html = set(range(len(pairs)))

        def form(chosen: set[int]) -> str:
            chars = list(line)
            for number in chosen:
                for at in pairs[number]:
                    chars[at] = self.raw(HTML_TAGS[line[at]])
            return "".join(chars)

        for number in range(min(len(pairs), _MAX_PAIRS)):
            trial = form(in_html - {number})
            if any(is_right(self._form(trial, escape_all, d)) for d in self._delimiters(trial)):
                in_html.remove(number)
        return form(in_html)

    def _in_cell(self, text: str) -> str:
        """Return a line for a table cell: without line breaks, and with every bar escaped."""
        text = re.sub(r"(?<!\\)((?:\\\\)*)\|", r"\1\\|", text)
        return text.replace(self.flavor.hard_break, "<br>").replace("  \n", "<br>").replace("\n", " ")

    def _with_held(self, text: str) -> str:
        """Return the text with the pieces that were held back."""
        return _HELD.sub(lambda match: self.pieces[int(match[1])], text) if self.flavor.reserved else text

    def _delimiters(self, line: str) -> tuple[dict[str, str], ...]:
        """Return the possible delimiters of the line's marks in Markdown."""
        if self.flavor.strict_marks:
            return (DELIMITERS,) if all_apart(line) else ()
        return (DELIMITERS, STAR_DELIMITERS)

    def _as_parsers_see(self, markdown: str) -> list[str]:
        """Return the text as Hugo's parser reads it, with a word for each shortcode, and the HTML for fidelity."""
        if self.flavor.html or "{{<" not in markdown:
            return [markdown]
        return [_SHORTCODE.sub("HUGO", markdown), self.flavor.to_plain_markdown(markdown)]

    def _protect_urls(self, line: str) -> str:
        """Write a bare URL whose characters would be escaped as `<URL>`, because a backslash would break it."""

        def protect(match: re.Match[str]) -> str:
            url = match[0].rstrip(".,:;!?'\")*_~]")
            if not re.search(r"[*_~\[\]|]", url) or not may_be_bare(url) or not re.match(self.flavor.auto_links, url):
                return match[0]
            return self.raw(f"<{url}>") + match[0][len(url) :]

        if "http" not in line or LINK in line:
            return line
        return _URL.sub(protect, line)


def _pairs(line: str) -> list[tuple[int, int]]:
    """Return the start and end of each mark in a raw line, in the order of their ends."""
    pairs, open_marks = [], []
    for at, char in enumerate(line):
        if char in CLOSE:
            open_marks.append(at)
        elif char in HTML_TAGS:
            pairs.append((open_marks.pop(), at))
    return pairs
