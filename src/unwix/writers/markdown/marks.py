"""The control characters that stand for marks in a raw line, and where marks may stand so that CommonMark reads them.

The writer hands over a block's line as one string in which control characters stand for bold, links and so on. An
article is XML and cannot contain them, so everything else in the line is the author's text.
`**` with a letter outside and punctuation inside opens or closes nothing (CommonMark section 6.2, flanking).
"""

from __future__ import annotations

import re

#: Opening marks have odd numbers; the next character closes each.
STRONG, EM, STRIKE = "\x01", "\x03", "\x05"
CLOSE = {STRONG: "\x02", EM: "\x04", STRIKE: "\x06"}
#: LINK number END … LINK_END number END is a link; RAW number END is finished Markdown; BREAK is a line break.
LINK, LINK_END, RAW, END, BREAK = "\x0e", "\x0f", "\x10", "\x11", "\x12"
#: In the text of a table: PARAGRAPH is around each paragraph of a cell, CELL ends a cell and ROW a row.
PARAGRAPH, CELL, ROW = "\x13", "\x14", "\x15"
HTML_TAGS = {
    "\x01": "<strong>", "\x02": "</strong>", "\x03": "<em>", "\x04": "</em>", "\x05": "<del>", "\x06": "</del>",
}  # fmt: skip
DELIMITERS = {"\x01": "**", "\x02": "**", "\x03": "_", "\x04": "_", "\x05": "~~", "\x06": "~~"}
#: `_` has no meaning inside a word.
STAR_DELIMITERS = {**DELIMITERS, "\x03": "*", "\x04": "*"}
ANY_MARK = re.compile(f"[\x01-\x06]|[{LINK}{RAW}]\\d+{END}|{LINK_END}\\d+{END}|{BREAK}")

_LINK_MARK = re.compile(f"[{LINK}{LINK_END}]\\d+{END}")
_EMPHASIS = re.compile("[\x01-\x06]+")
#: The full-width ones are of Chinese and Japanese, which have no space after them.
_STOPS = ".,:;!?\u2026\u3002\u3001\uff0c\uff0e\uff1a\uff1b\uff01\uff1f"
_STOP_INSIDE = re.compile(f"(?<=[^\x00-\x20{_STOPS}])([{_STOPS}]+)([\x02\x04\x06]+)(?=\\w)")
_STOP_BEFORE = re.compile(f"(?<=\\w)([\x01\x03\x05]+)([{_STOPS}]+ ?)(?=[^\x00-\x20{_STOPS}])")
_PAIRS = frozenset("() [] \u201c\u201d \u2018\u2019 \xab\xbb \u201e\u201c \u201e\u201d \"\" \uff08\uff09 "
                   "\u300c\u300d \u300e\u300f \u3010\u3011 \u3008\u3009 \u300a\u300b".split())  # fmt: skip
_BRACKETED = re.compile("([\x01\x03\x05]+)(\\W)(\\w(?:[^\x00-\x1f]*\\w)?)(\\W)([\x02\x04\x06]+)")

_MORE_THAN_A_SPACE = re.compile(r" [ \t\r\n]+|[\t\r\n][ \t\r\n]*")


def collapse_spaces(text: str) -> str:
    """Return text with each run of white space as one space; a line break of an article is a `<br>`."""
    return _MORE_THAN_A_SPACE.sub(" ", text) if "  " in text or not text.isprintable() else text


def split_marks(line: str) -> tuple[str, str, str]:
    """Return a raw line as the marks around all of it and what they enclose; `("", line, "")` if others are inside."""
    match = re.fullmatch("([\x01\x03\x05]*)([^\x00-\x1f]*)([\x02\x04\x06]*)", line)
    return (match[1], match[2], match[3]) if match else ("", line, "")


def place_marks(line: str) -> str:
    """Move punctuation at the edge of a mark out of it where a letter stands directly outside.

    `**word.**next` becomes `**word**.next`, `word_, next_` becomes `word, _next_`, and `a**(word)**` becomes
    `a(**word**)`, which look the same.
    """
    return _BRACKETED.sub(_brackets_outside, _STOP_BEFORE.sub(r"\2\1", _STOP_INSIDE.sub(r"\2\1", line)))


def _brackets_outside(match: re.Match[str]) -> str:
    opening, first, text, last, closing = match.groups()
    around = match.string[match.start() - 1 : match.start()] + match.string[match.end() : match.end() + 1]
    if first + last not in _PAIRS or first in text or last in text or not any(c.isalnum() for c in around):
        return match[0]
    return f"{first}{opening}{text}{closing}{last}"


def all_apart(line: str) -> bool:
    """Return whether the simplest parsers read every mark: a space or punctuation outside it, a letter inside."""
    return all(_is_apart(line, m.start(), m[0]) for m in _EMPHASIS.finditer(line))


def _is_apart(line: str, at: int, marks: str) -> bool:
    before, after = line[at - 1 : at], line[at + len(marks) : at + len(marks) + 1]
    if all(ord(m) % 2 == 1 for m in marks):
        return (
            (not before or before in f" \n([{END}{BREAK}\u00a0“‘\"'")
            and bool(after)
            and not after.isspace()
            and after != BREAK
        )
    return (
        all(ord(m) % 2 == 0 for m in marks)
        and bool(before)
        and not before.isspace()
        and before != BREAK
        and (not after or after in f" \n.,;:!?)]{LINK_END}{BREAK}\u00a0”’\"'…")
    )


def all_clean(line: str) -> bool:
    """Return whether every mark is surely read as it is meant: it begins after a space and ends before one.

    A mark may also stand next to a bracket or a stop if it has a letter inside.
    """
    plain = _LINK_MARK.sub(lambda mark: "[" if mark[0][0] == LINK else "]", line) if LINK in line else line
    return all(_is_clean(plain, m.start(), m[0]) for m in _EMPHASIS.finditer(plain))


def _is_clean(line: str, at: int, marks: str) -> bool:
    before, after = line[at - 1 : at], line[at + len(marks) : at + len(marks) + 1]
    if all(ord(m) % 2 == 1 for m in marks):
        outside, inside, brackets = before, after, "(["
    elif all(ord(m) % 2 == 0 for m in marks):
        outside, inside, brackets = after, before, ".,;:!?)]"
    else:
        return False
    if not outside or outside in f" \n{BREAK}":
        # With one mark, all but a space can stand inside (CommonMark section 6.2, flanking).
        return inside.isalnum() or (len(marks) == 1 and inside.isprintable() and not inside.isspace() and inside != "")
    return outside in brackets and inside.isalnum()
