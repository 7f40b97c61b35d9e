"""Rules about front matter, which must fit `schema/front-matter.schema.json`."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Any

from ...fidelity.markdown import markdown_facts
from ...schema import schema
from ..findings import Match
from ..markdown_file import Document

_DATES = ("date", "updated")
#: The names of the schema's types in a sentence.
_TYPES = {"string": "text", "array": "a list", "integer": "a whole number", "boolean": "true or false"}
#: What the patterns of the schema expect, in words.
_EXPECTED = {
    "slug": "text without spaces, /, ? and #",
    "date": "a date such as 2024-09-27 or 2024-09-27T10:00:00Z",
    "updated": "a date such as 2024-09-27 or 2024-09-27T10:00:00Z",
    "language": "a language code such as en or pt-BR",
    "canonical_url": "an http(s) URL without spaces",
}
#: Counts of report.json that can be repeated in the Markdown, with their names in a sentence.
_COUNTED = {
    "headings": "headings",
    "links": "links",
    "images": "images",
    "alts": "alt texts",
    "quotes": "quotes",
}


def missing(document: Document) -> Iterator[Match]:
    """Find a post without front matter."""
    if document.front.form is None:
        yield Match(1, "the file does not start with front matter")


def unreadable(document: Document) -> Iterator[Match]:
    """Find front matter that cannot be parsed or contains a field twice."""
    if (fault := document.front.fault) is not None:
        yield Match(fault[0], f"the front matter cannot be read: {fault[1]}")


def against_schema(document: Document) -> Iterator[Match]:
    """Find fields that do not fit the schema."""
    if document.front.fault is not None:
        return
    for error in _validator().iter_errors(document.front.fields):
        name = str(error.absolute_path[0]) if error.absolute_path else ""
        yield Match(document.front.line(name), f"{_path(error)} {_expectation(error)}")


@cache
def _validator() -> Any:
    from jsonschema import Draft202012Validator  # noqa: PLC0415  # a tenth of a second, for `check` alone

    return Draft202012Validator(schema("front-matter"))


def _path(error: Any) -> str:
    head, *rest = error.absolute_path
    return str(head) + "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in rest)


def _expectation(error: Any) -> str:
    if error.validator == "type":
        return f"must be {_TYPES.get(error.validator_value, error.validator_value)}, not {_quoted(error.instance)}"
    if error.validator == "enum":
        return f"must be {' or '.join(map(str, error.validator_value))}, not {_quoted(error.instance)}"
    if error.validator in ("minLength", "minItems"):
        return "is empty; leave out unknown fields"
    if error.validator == "uniqueItems":
        return f"contains a duplicate: {_quoted(error.instance)}"
    if error.validator == "pattern":
        expected = _EXPECTED.get(str(error.absolute_path[0]), error.validator_value)
        return f"is invalid: {_quoted(error.instance)}; expected {expected}"
    return f"{error.validator} {error.validator_value}: {_quoted(error.instance)}"


def _quoted(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…"


def dates(document: Document) -> Iterator[Match]:
    """Find invalid dates."""
    for name in _DATES:
        value = document.front.fields.get(name)
        if isinstance(value, str):
            try:
                datetime.fromisoformat(value.replace(" +", "+").replace(" Z", "Z"))
            except ValueError:
                yield Match(document.front.line(name), f"{name}: invalid date {_quoted(value)}")


def misspelt(document: Document) -> Iterator[Match]:
    """Find fields whose name is almost one of unwix's."""
    known = [*schema("front-matter")["properties"]]
    for name in document.front.fields:
        near = difflib.get_close_matches(name, known, 1, 0.82) if name not in known else []
        if near and near[0] not in document.front.fields:
            yield Match(document.front.line(name), f"unknown field {name}; did you mean {near[0]}?")


def title_missing(document: Document) -> Iterator[Match]:
    """Find a post without a title."""
    if document.front.form and document.front.fault is None and not document.front.fields.get("title"):
        yield Match(None, "the post has no title")


def less_than_reported(document: Document) -> Iterator[Match]:
    """Find files with fewer words, headings, links … than unwix wrote, as report.json states."""
    counts = (document.row or {}).get("fidelity")
    if not isinstance(counts, dict):
        return
    facts = markdown_facts(document.body)
    here = {"words": facts.word_counts()[0], "list items": facts.items, "table cells": facts.cells}
    here |= {"headings": facts.headings.total(), "quotes": facts.quotes.total()}
    here |= {"links": facts.links.total(), "images": facts.images.total(), "alt texts": facts.alts.total()}
    for name, noun in {**_COUNTED, "words": "words", "items": "list items", "cells": "table cells"}.items():
        pair = counts.get(name)
        if isinstance(pair, list) and pair and isinstance(pair[0], int) and here[noun] < pair[0]:
            yield Match(None, f"{here[noun]} {noun}; unwix wrote {pair[0]}")
