"""Determine the marks of a rendered element's text, for example bold or superscript, for the facts of a page."""

from __future__ import annotations

from functools import lru_cache

from ..web.tags import MARKS
from .structure import Marks

_STYLED = ("font-weight", "font-style", "text-decoration", "vertical-align")


def with_tag(marks: Marks, tag: str) -> Marks:
    """Return the marks of an element's text: those of its parent, and that of its tag."""
    mark = MARKS.get(tag) or "italic"  # captions are written in italics
    return marks if mark in marks else (*marks, mark)


@lru_cache(maxsize=1000)  # a page has few distinct styles
def with_style(marks: Marks, style: str, is_caption: bool = False) -> Marks:
    """Return marks as the style of an element changes them."""
    if not any(name in style for name in _STYLED):
        return marks
    mark_set = dict.fromkeys(marks)
    for declaration in style.lower().split(";"):
        name, _, value = declaration.partition(":")
        name, value = name.strip(), value.strip().removesuffix("!important").strip()
        if name == "font-weight":
            _set(mark_set, "bold", value in ("bold", "bolder") or (value.isdecimal() and int(value[:9]) >= 600))
        elif name == "font-style" and not is_caption:
            _set(mark_set, "italic", value in ("italic", "oblique"))
        elif name in ("text-decoration", "text-decoration-line"):
            if "line-through" in value or value == "none":
                _set(mark_set, "strike", value != "none")
        elif name == "vertical-align" and value in ("super", "sub"):
            mark_set[value + "script" if value == "sub" else "superscript"] = None
    return tuple(mark_set)


def _set(marks: dict[str, None], mark: str, on: bool) -> None:
    if on:
        marks[mark] = None
    else:
        marks.pop(mark, None)
