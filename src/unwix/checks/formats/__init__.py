"""Formats: what `unwix check` has found, for people, for programs and for the systems that run it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from . import github, json, junit, sarif, text
from .result import Result

#: How a result is printed, by the name that `--format` takes: the pieces of its text.
FORMATS: dict[str, Callable[[Result], Iterator[str]]] = {
    "text": text.render,
    "json": json.render,
    "junit": junit.render,
    "sarif": sarif.render,
    "github": github.render,
}
__all__ = ["FORMATS", "Result"]
