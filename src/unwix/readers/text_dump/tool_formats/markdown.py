"""Read links, images, bold and italics in Markdown dumps (html2text, Turndown, markdownify, Jina Reader).

`encode_lines` replaces Markdown's marks by control characters, which no text contains (`forms.numbered`); such a line
then goes through head, body and tail like any other. `plain` is such a line without them, `decode` its runs.

It is deliberately not a Markdown parser: these tools write marks that CommonMark does not recognize (`**bold **so`,
`**a********b**` where Wix's spans meet), and only their order shows what is between them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from ....model.article import Element, element
from ....web.saved_links import LinkRestorer
from ....wix.filler_texts import author_alt
from ....wix.media_urls import original_url
from ....wix.ui_texts.match import classify
from ...article_building.inline_runs import CODE, EM, STRIKE, STRONG, Run
from .detect_markdown import RULE_LINE, UNDERLINED
from .inline.bold_spaces import BEGINS_WITH_WORD, with_spaces
from .inline.inline_html import lines_of, without_html
from .inline.torn_links import whole_links
from .line import CELL, CODE_BLOCK, HEAD, NEWLINE, ROW, TABLE, Line

_LINK, _TEXT, _LINK_END = "\x11", "\x12", "\x13"
_IMAGE, _ALT, _IMAGE_END = "\x14", "\x15", "\x16"
#: The control character of each mark, and its Markdown.
_MARKS = {"\x17": (STRONG, "**"), "\x18": (EM, "*"), "\x19": (EM, "_"), "\x1a": (STRIKE, "~~"), "\x1b": (CODE, "`")}
_STRONG, _EM, _EM_LOW, _STRIKE, _CODE = _MARKS
_MARK_CHARACTER = re.compile(f"[{''.join(_MARKS)}]")
#: Precedes a URL without host.
_RELATIVE = "\x0f"
#: A line that is a rule.
RULE = "\x0e"
#: Precedes a character of the author that would begin a block here.
ESCAPED = "\x10"
#: How headings, rules and what underlines a heading begin.
_BLOCK_SIGNS = frozenset("#=-*_")
_EMPTY_HEADING = re.compile(r"\s*#{1,6}[\s\u200b\ufeff*_]*\Z")
#: Stand for escaped characters while the others are read.
_SHIFT = 0xF0000
_A_SIGN = re.compile(r"[\[\]*_`~\\<&]")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_SHIFTED = re.compile(f"[{chr(_SHIFT + 0x21)}-{chr(_SHIFT + 0x7E)}]")
#: What begins a block at the start of a line, if it is not escaped.
_ESCAPED_BLOCK = re.compile(
    rf"\s*(?:>\s*)*(?=[{''.join(chr(_SHIFT + ord(sign)) for sign in '#>+*=~|`_-')}]"
    rf"|\d{{1,9}}[{chr(_SHIFT + ord('.'))}{chr(_SHIFT + ord(')'))}])"
)
_DESTINATION = r"\(\s*<?(?P<address>[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)>?(?:\s+[\"'][^\n]{0,300}?[\"'])?\s*\)"
_IMAGES = re.compile(rf"!\[(?P<text>[^\[\]]*)\]{_DESTINATION}")
_LINKS = re.compile(rf"\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\])*)\]{_DESTINATION}")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^\s<>]+)>")
_CODE_SPAN = re.compile(r"(?<![\\`])(`{1,3})(?!`)([^\n]+?)(?<!`)\1(?!`)")
_BOLD_UNDERSCORES = re.compile(r"(?<![\w_*])__(?=[^\s_])([^\n]*?[^\s_])__(?![\w_])")
_ASCII_SIGN = re.compile(r"[!-/:-@\[-`{-~]")
#: The beginning and end of a link that is written over several lines.
_TORN = re.compile(rf"(?:\A|(?<=\s))\[\s*\Z|\A\s*\]{_DESTINATION}")
#: Rows of marks; URLs and code are matched first, because they can contain the same characters.
_SIGNS = re.compile(
    f"{_LINK}[^{_TEXT}]*{_TEXT}|{_IMAGE}[^{_IMAGE_END}]*{_IMAGE_END}|{_CODE}[^{_CODE}]*{_CODE}|[*]+|_+|~~"
)
_IMAGE_PIECES = re.compile(f"{_IMAGE}([^{_ALT}]*){_ALT}([^{_IMAGE_END}]*){_IMAGE_END}")
_LINKED = re.compile(f"{_LINK}([^{_TEXT}]*){_TEXT}")
_SAME_LINK = re.compile(
    rf"({_LINK}([^{_TEXT}]*){_TEXT}[^{_LINK_END}]*){_LINK_END}([\s{''.join(_MARKS)}]*){_LINK}\2{_TEXT}"
)
_BLOCK_BEGINS = CODE_BLOCK + TABLE + HEAD
_CONTROLS = re.compile(
    f"{_IMAGE_PIECES.pattern}|{_LINKED.pattern}|[{_LINK_END}{RULE}{ESCAPED}{_BLOCK_BEGINS}{''.join(_MARKS)}]"
)
_BLOCK_PARTS = str.maketrans({NEWLINE: "\n", ROW: "\n", CELL: " "})
_A_CONTROL = re.compile(f"[{_IMAGE}{_LINK}{_LINK_END}{RULE}{ESCAPED}{_BLOCK_BEGINS}{''.join(_MARKS)}]")
_PIECES = re.compile(
    f"({_IMAGE_PIECES.pattern}|{_LINKED.pattern}|[{_LINK_END}{''.join(_MARKS)}])".replace("([^", "(?:[^")
)
_BULLETED = re.compile(r"\s*(?:[*+-]|\d+[.)])\s")


def encode_lines(lines: list[Line], restorer: LinkRestorer) -> list[Line]:
    """Return the lines of a Markdown dump with control characters for its marks, and underlined headings as `# …`."""
    out: list[Line] = []
    parts = (Line(part, number) for text, number in whole_links(lines) for part in lines_of(text))
    for line in parts:
        text, number = line
        sign = text.lstrip()[:1]
        under = UNDERLINED.match(text) if sign in ("=", "-") else None
        if text[:1] in (CODE_BLOCK, TABLE):
            out.append(line)
        elif sign not in _BLOCK_SIGNS:  # as most lines do not begin
            out.append(Line(encode(text, restorer), number))
        elif _EMPTY_HEADING.match(text):
            out.append(Line("", number))
        elif under and out and out[-1].text.strip() and not _BULLETED.match(out[-1].text) and len(under[1]) > 2:
            sign = "#" if under[1][0] == "=" else "##"
            out[-1] = Line(f"{sign} {out[-1].text.strip()}", out[-1].number)
            out.append(Line("", number))
        else:
            out.append(Line(RULE, number) if RULE_LINE.match(text) else Line(encode(text, restorer), number))
    return _paired(out)


def _paired(lines: list[Line]) -> list[Line]:
    """Return the lines with unpaired marks of a paragraph as they were written."""
    marked = [n for n, line in enumerate(lines) if not line.text.isprintable() and _MARK_CHARACTER.search(line.text)]
    if not marked:
        return lines
    out: list[Line] = []
    start = 0
    for at, line in enumerate([*lines, Line("", 0)]):
        if line.text and not line.text.isspace():
            continue
        first = bisect_left(marked, start)
        if first == len(marked) or marked[first] >= at:
            out += lines[start : at + 1]
            start = at + 1
            continue
        text = "\n".join(one.text for one in lines[start:at])
        for mark, (_, sign) in _MARKS.items():
            if text.count(mark) % 2:
                head, _, tail = text.rpartition(mark)
                text = head + sign + tail
        out += map(Line, text.split("\n"), (one.number for one in lines[start:at])) if at > start else []
        out += lines[at : at + 1]
        start = at + 1
    return out


def encode(text: str, restorer: LinkRestorer) -> str:
    """Return a line of Markdown with control characters for its marks, and absolute URLs."""
    if not _A_SIGN.search(text):
        return text
    if not ("\\" in text or "`" in text or "<" in text):
        return _encoded(text, restorer)
    text = _CODE_SPAN.sub(_code, text) if "`" in text else text
    text = _encoded(_ESCAPE.sub(lambda match: chr(_SHIFT + ord(match[1])), text), restorer)
    if block := _ESCAPED_BLOCK.match(text):
        text = text[: block.end()] + ESCAPED + text[block.end() :]
    return _SHIFTED.sub(lambda found: chr(ord(found[0]) - _SHIFT), text)


def _encoded(text: str, restorer: LinkRestorer) -> str:
    """Encode a line without escaped characters."""
    if "<" in text or "&" in text:
        text = without_html(text)
        text = _CODE_SPAN.sub(_code, text) if "`" in text else text
    if "[" in text or "]" in text:
        text = _IMAGES.sub(_image, text) if "![" in text else text
        if "](" in text:
            text = _LINKS.sub(lambda m: _link(m["address"], m["text"], restorer), text)
        text = _TORN.sub("", text) if "[" in text or "]" in text else text
    if "<" in text:
        text = _AUTOLINK.sub(lambda m: f"{_LINK}{m[1]}{_TEXT}{m[1].removeprefix('mailto:')}{_LINK_END}", text)
    if "*" in text or "_" in text or "~" in text:
        text = _BOLD_UNDERSCORES.sub(r"**\1**", text) if "__" in text else text
        text = _SIGNS.sub(_mark, with_spaces(text))
    return text


def _code(span: re.Match[str]) -> str:
    """Encode code, in which nothing else is a mark."""
    text = span[2].strip() if len(span[1]) > 1 else span[2]
    return f"{_CODE}{_ASCII_SIGN.sub(lambda sign: chr(_SHIFT + ord(sign[0])), text)}{_CODE}"


def _image(match: re.Match[str]) -> str:
    """Encode an image; the author's image, whose alternative text names the author, becomes a line of text."""
    if (kind := classify(match["text"].strip())) is not None and kind.kind == "author":
        return match["text"]
    return f"{_IMAGE}{original_url(match['address'])}{_ALT}{match['text']}{_IMAGE_END}"


def _link(url: str, text: str, restorer: LinkRestorer) -> str:
    """Encode a link, with a URL that is absolute or follows `_RELATIVE`; without text or URL it becomes text."""
    restored = restorer.restore(url)
    if restored.href is None or url in ("#", "#0") or not text.strip():
        return text
    return f"{_LINK}{_RELATIVE if restored.problem else ''}{restored.href}{_TEXT}{text}{_LINK_END}"


def _mark(sign: re.Match[str]) -> str:
    """Return the meaning of a row of stars, underscores or tildes: two open or close bold, a single one italics.

    html2text strips bold and italic text, so where two such pieces meet, a space was usually lost.
    """
    run = sign[0]
    if run[0] not in "*_~":
        return run
    line, start, end = sign.string, *sign.span()
    before, after = line[max(0, start - 1) : start], line[end : end + 1]
    between = _is_word(before) and _is_word(after)
    if between and len(run) % 4 == 0 and run[0] == "*":
        return " "
    if run[0] == "~":
        return _STRIKE
    if run[0] == "_":
        if before.isalnum() and after.isalnum() and len(run) % 2:
            return run  # a name like snake_case
        return _EM_LOW if len(run) % 2 else " " if between else ""
    if len(run) == 1 and not before.strip() and not after.strip():
        return run  # a bullet or a multiplication sign
    if len(run) == 2 and before == _LINK_END and BEGINS_WITH_WORD.match(line, end):
        return " " + _STRONG
    if len(run) == 2 and after == _LINK and before.isalnum():
        return _STRONG + " "
    return _STRONG * (len(run) // 2 % 2) + _EM * (len(run) % 2)


def _is_word(sign: str) -> bool:
    return sign.isalnum() or (sign != "" and sign in _LINK + _LINK_END)


def plain(text: str) -> str:
    """Return the text of an encoded line as a reader sees it, without images."""
    if text.isprintable() or not _A_CONTROL.search(text):
        return text
    return _remembered(text) if len(text) < _LONG else _without_controls(text)


def _without_controls(text: str) -> str:
    text = text.translate(_BLOCK_PARTS) if text[:1] in (CODE_BLOCK, TABLE) else text
    return _CONTROLS.sub("", text)


#: Each line is asked for several times, and the menu of a site is in all of its dumps.
_remembered = lru_cache(maxsize=2000)(_without_controls)
_LONG = 2000


def urls(text: str) -> tuple[list[str], list[str]]:
    """Return the URLs of the links and of the images in an encoded text; adjacent links with one URL count as one."""
    merged = _SAME_LINK.sub(r"\1\3", text)
    while merged != text:
        text, merged = merged, _SAME_LINK.sub(r"\1\3", merged)
    links = (link for link in _LINKED.findall(text) if link and not link.startswith(_RELATIVE))
    return list(links), [match[0] for match in _IMAGE_PIECES.findall(text)]


def all_links(text: str) -> list[str]:
    """Return the URLs of all links in an encoded text, as written."""
    return [link.removeprefix(_RELATIVE) for link in _LINKED.findall(text)]


def relative(text: str) -> list[str]:
    """Return the URLs of links in an encoded text that cannot be made absolute."""
    return [link.removeprefix(_RELATIVE) for link in _LINKED.findall(text) if link.startswith(_RELATIVE)]


def is_images(text: str) -> bool:
    """Return True if an encoded line consists of images only."""
    return _IMAGE in text and not plain(text).strip(" \t\u00a0#*+•-")


def is_link(text: str) -> bool:
    """Return True if an encoded line is one link around all of its words."""
    bare = text.strip(f" \t\u00a0#*+•-{''.join(_MARKS)}")
    return bare[:1] == _LINK and bare[-1:] == _LINK_END and bare.count(_LINK) == 1 and bool(plain(bare).strip())


def figures(text: str) -> list[Element]:
    """Return the images of an encoded line, each with the link around it."""
    images = ((run.image, run.href) for run in decode(text) if run.image is not None)
    return [element("figure", element("a", atom, href=href) if href else atom) for atom, href in images]


def decode(text: str) -> list[Run]:
    """Return the runs of an encoded text; an unpaired mark is text."""
    if text.isprintable() or not _A_CONTROL.search(text):
        return [Run(text)] if text else []
    text = text.replace(ESCAPED, "")
    left = {mark: text.count(mark) for mark in _MARKS}
    runs: list[Run] = []
    marks, href = 0, None
    for piece in _PIECES.split(text):
        if piece in _MARKS:
            mark, sign = _MARKS[piece]
            left[piece] -= 1
            if not marks & mark and not left[piece]:
                runs.append(Run(sign, marks, href))
            else:
                marks ^= mark
        elif piece == _LINK_END:
            href = None
        elif match := _IMAGE_PIECES.fullmatch(piece):
            if match[1].startswith("http"):
                runs.append(Run("", 0, href, element("img", src=match[1], alt=author_alt(match[2]))))
        elif match := _LINKED.fullmatch(piece):
            href = match[1] if match[1] and not match[1].startswith(_RELATIVE) else None
        elif piece:
            runs.append(Run(piece, marks, href))
    return runs
