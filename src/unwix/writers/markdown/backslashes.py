"""Backslashes: which characters may mean something in Markdown, and how few escapes a text needs."""

from __future__ import annotations

import re
from collections.abc import Callable

#: Characters that may mean something in Markdown anywhere, and those that may only at a line's start. `&` begins a
#: reference only before a letter, a digit or `#`; `#`, `-`, `+` and numbers begin a block only before a space.
_ACTIVE = re.compile(r"[\\`*_\[\]<~|]|&[\w#]")
_ACTIVE_FIRST = re.compile(r"[ ]*(?:[>=:]|#+(?!\S)|[+-](?![^\s-])|\d{1,9}[.)](?!\S))")
_EMAIL = re.compile(r"\w@\w")
_ESCAPABLE = re.compile(r"[!-/:-@\[-`{-~]")
_RISKY = re.compile(r"[\\`*_\[\]<>~|&!^]|(?m:^[ ]*(?:[#>+=-]+|\d{1,9}[.)]|:))")
_BACKSLASH = re.compile(r"\\([!-/:-@\[-`{-~])|&amp;")
_MAX_TRIALS = 400
#: A longer text keeps its risky escapes: each trial parses it whole.
_MAX_TRIAL_LENGTH = 20_000


def is_doubtful(text: str) -> bool:
    """Return whether anything in a text may mean something in Markdown."""
    # One expression for all of it would take five times as long.
    if _ACTIVE.search(text) or any(_ACTIVE_FIRST.match(line) for line in text.split("\n")):
        return True
    return "http:" in text or "https:" in text or "www." in text or ("@" in text and _EMAIL.search(text) is not None)


def keep(text: str) -> str:
    """Return the text as it is."""
    return text


def escape_all(text: str) -> str:
    """Escape every punctuation character."""
    return _ESCAPABLE.sub(lambda m: "&amp;" if m[0] == "&" else "\\" + m[0], text)


def escape_risky(text: str) -> str:
    """Escape the characters that mean something in Markdown in most places."""
    return _RISKY.sub(_escape_one, text)


def _escape_one(match: re.Match[str]) -> str:
    text = match[0]
    if text == "&":
        return "&amp;"
    space = text[: len(text) - len(text.lstrip(" "))]
    char = text[len(space) :]
    return f"{space}{char[:-1]}\\{char[-1]}" if char[0].isdigit() else space + "\\" + char


def without_needless(text: str, is_right: Callable[[str], bool]) -> str:
    """Return the text without the escapes that change nothing: first halves of them are tried, then single ones."""
    escapes = list(_BACKSLASH.finditer(text))
    if len(escapes) > _MAX_TRIALS or len(text) > _MAX_TRIAL_LENGTH:
        return text
    keep_escape = [True] * len(escapes)

    def form() -> str:
        out, at = [], 0
        for n, escape in enumerate(escapes):
            out.append(text[at : escape.start()])
            out.append(escape[0] if keep_escape[n] else escape[1] or "&")
            at = escape.end()
        return "".join([*out, text[at:]])

    def drop(first: int, last: int) -> None:
        saved = keep_escape[first:last]
        keep_escape[first:last] = [False] * (last - first)
        if is_right(form()):
            return
        keep_escape[first:last] = saved
        if last - first > 1:
            middle = (first + last) // 2
            drop(middle, last)
            drop(first, middle)

    drop(0, len(escapes))
    return form()
