"""The formats in which `unwix check` prints its findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from . import github, json, junit, markdown, sarif, text
from .result import Result

#: The function that renders a result piece by piece, by the name for `--format`.
FORMATS: dict[str, Callable[[Result], Iterator[str]]] = {
    "text": text.render,
    "json": json.render,
    "junit": junit.render,
    "sarif": sarif.render,
    "github": github.render,
    "markdown": markdown.render,
}
__all__ = ["FORMATS", "Result"]
