"""Read the beginning of a JSON text whose end is missing: after a broken download, or in a spreadsheet's cell."""

from __future__ import annotations

import re
from typing import Any

from ...web.json_path import json_value

#: A string, the last one possibly without its end, or a bracket or separator. All else is numbers, words and spaces.
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*(?:"|\\?\Z)|[][{},:]', re.S)
_CLOSING = {"{": "}", "[": "]"}
#: An escape sequence that is cut.
_HALF_ESCAPE = re.compile(r"(?<!\\)((?:\\\\)*)\\(?:u[0-9a-fA-F]{0,3})?\Z")
#: Keys whose strings are the author's text: only such a string means something without its end.
_TEXTS = frozenset({'"text"', '"contentText"', '"plainContent"'})


def cut_json_value(text: str) -> Any:
    """Return the value of a cut JSON text without its last, incomplete member; None if the text is not cut JSON.

    An author's text that is cut in the middle is kept up to the cut.
    """
    stack: list[str] = []
    whole: tuple[int, str] | None = None  # the end of the last complete member, and the brackets that close it
    key = before = ""
    for match in _TOKEN.finditer(text):
        token = match[0]
        if token in _CLOSING:
            stack.append(_CLOSING[token])
        elif token in ("}", "]"):
            if not stack or stack.pop() != token or not stack:
                return None  # not JSON, or JSON that ends before the text does
            whole = (match.end(), _closed(stack))
        elif token == "," and stack:
            whole = (match.start(), _closed(stack))
        elif token == ":":
            key = before
        elif before == ":" and _is_cut(token):
            if key in _TEXTS:
                return json_value(_HALF_ESCAPE.sub(r"\1", text) + '"' + _closed(stack))
        elif before == ":":
            whole = (match.end(), _closed(stack))
        before = token
    return json_value(text[: whole[0]] + whole[1]) if whole and stack else None


def _is_cut(string: str) -> bool:
    return len(string) == 1 or string[-1] != '"' or re.fullmatch(r'"(?:[^"\\]|\\.)*"', string, re.S) is None


def _closed(stack: list[str]) -> str:
    return "".join(reversed(stack))
