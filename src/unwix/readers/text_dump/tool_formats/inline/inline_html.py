"""Convert the inline HTML that tools leave in Markdown to Markdown; the tags of code that an author shows stay."""

from __future__ import annotations

import html
import re

from .....web.tags import BLOCK_LEVEL, FORM_FIELDS, NO_TEXT, PLAYERS

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)(\s[^<>]*?)?\s*/?>", re.I)
_MARKS = {
    **dict.fromkeys(("b", "strong"), "**"),
    **dict.fromkeys(("i", "em", "cite", "dfn", "var"), "*"),
    **dict.fromkeys(("s", "strike", "del"), "~~"),
    **dict.fromkeys(("code", "kbd", "tt", "samp"), "`"),
}
#: Tags without a Markdown of their own, around text.
_SILENT = frozenset("u ins span font mark small big sub sup abbr q bdi bdo wbr time nobr".split())
#: Blocks. A line with nothing but their tags belongs to the tool, one with text in them shows code.
_BLOCKS = (
    (BLOCK_LEVEL - {"details", "summary"})
    | NO_TEXT
    | FORM_FIELDS
    | PLAYERS
    | frozenset("link meta title button label path source canvas slot object".split())
)
_WRAPPERS = frozenset("div p center".split())
_LINE_BREAK = re.compile(r"<br\s*/?>", re.I)
_ATTRIBUTE = r"""\b{}\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))"""
_HREF, _SRC, _ALT = (re.compile(_ATTRIBUTE.format(name), re.I) for name in ("href", "src", "alt"))
#: Attributes that code has, and that tools do not keep.
_OF_CODE = re.compile(r"\b(?:class|id|on\w+)\s*=", re.I)
_PREFIX = re.compile(r"\s*(?:>\s?)*(?:(?:[*+-]|\d{1,3}[.)])\s+)?")
_ENTITY = re.compile(r"&(?:nbsp|amp|lt|gt|quot|apos|#39|#x27);")


def without_html(text: str) -> str:
    """Return the text with its inline HTML as Markdown, and with character references as characters."""
    if "<" in text:
        text = _without_tags(text)
    return _ENTITY.sub(lambda m: html.unescape(m[0]), text) if "&" in text else text


def lines_of(text: str) -> list[str]:
    """Return a line in parts at `<br>`; each part is in the quote or the list item of the first."""
    if "<br" not in text.lower() or "`" in text or _shows_code(list(_TAG.finditer(text)), text):
        return [text]
    prefix = _PREFIX.match(text)
    indent = "".join(c if c in "> " else " " for c in (prefix[0] if prefix else ""))
    first, *others = _LINE_BREAK.split(text)
    return [first, *(indent + part.lstrip() for part in others if part.strip())]


def _without_tags(text: str) -> str:
    tags = list(_TAG.finditer(text))
    if not tags or _shows_code(tags, text):
        return text
    ends = _pairs(tags)
    out, at = "", 0
    for n, tag in enumerate(tags):
        out += text[at : tag.start()] + _markdown(tag, tags[ends[n]] if n in ends else None)
        at = tag.end()
    return out + text[at:]


def _shows_code(tags: list[re.Match[str]], text: str) -> bool:
    """Return True if the tags of a line are the author's text: blocks with something in them, attributes of code."""
    names = {tag[2].lower() for tag in tags}
    if not names & _BLOCKS:
        return False
    has_code = any(tag[3] and _OF_CODE.search(tag[3]) for tag in tags)
    return has_code or not names <= _WRAPPERS or bool(_TAG.sub("", text).strip())


def _pairs(tags: list[re.Match[str]]) -> dict[int, int]:
    """Return the index of the other tag of each pair."""
    pairs: dict[int, int] = {}
    open_tags: list[int] = []
    for n, tag in enumerate(tags):
        if not tag[1]:
            open_tags.append(n)
            continue
        names = [tags[m][2].lower() for m in open_tags]
        if tag[2].lower() in names:
            at = len(names) - 1 - names[::-1].index(tag[2].lower())
            pairs[n], pairs[open_tags[at]] = open_tags[at], n
            del open_tags[at:]
    return pairs


def _markdown(tag: re.Match[str], other: re.Match[str] | None) -> str:
    """Return the Markdown of a tag; a tag that is not HTML, or of which no pair is on the line, is text."""
    name = tag[2].lower()
    if name in _SILENT or name in _WRAPPERS:
        return ""
    if name == "br":
        return " "
    if name == "img" and (source := _value(_SRC, tag)):
        return f"![{_value(_ALT, tag)}]({source})"
    if other is not None and name == "a":
        opening = other if tag[1] else tag
        url = _value(_HREF, opening)
        return "" if not url else f"](<{url}>)" if tag[1] else "["
    return _MARKS[name] if other is not None and name in _MARKS else tag[0]


def _value(attribute: re.Pattern[str], tag: re.Match[str]) -> str:
    value = attribute.search(tag[3] or "")
    return html.unescape(value[1] or value[2] or value[3] or "") if value else ""
