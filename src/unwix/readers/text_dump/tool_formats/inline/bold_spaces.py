"""Restore the spaces around bold text as the page had them; html2text strips some and adds others."""

from __future__ import annotations

import re

#: html2text writes a space after bold or italic text, even before a comma.
_BEFORE_COMMA = re.compile(r"(?<=[^\s*_])([*_]{1,6}) (?=[,)])")
_ENDS_WITH_WORD, BEGINS_WITH_WORD = re.compile(r"[^\W\d_]{2}\Z"), re.compile(r"[^\W\d_]{2}")


def with_spaces(text: str) -> str:
    """Return a line with the spaces that html2text strips around bold text of several words (`light**went red**`)."""
    text = _BEFORE_COMMA.sub(r"\1", text) if " ," in text or " )" in text else text
    pieces = text.split("**")
    if len(pieces) < 3 or len(pieces) % 2 == 0:
        return text
    for n in range(1, len(pieces), 2):
        above, bold, below = pieces[n - 1], pieces[n], pieces[n + 1]
        if " " in bold.strip() and _ENDS_WITH_WORD.search(above) and bold[:1].isalpha():
            pieces[n - 1] = above + " "
        if " " in bold.strip() and bold[-1:].isalpha() and BEGINS_WITH_WORD.match(below):
            pieces[n + 1] = " " + below
    return "**".join(pieces)
