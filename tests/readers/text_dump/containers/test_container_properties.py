"""Test that each line of any file is in a text or listed as removed, and that nothing raises."""

from __future__ import annotations

import json
from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from support.contained_posts import NAMES, page, url
from unwix import readers
from unwix.model.errors import UnwixError
from unwix.model.page import Page
from unwix.readers.text_dump.containers.part import Part
from unwix.readers.text_dump.containers.records import parts_of_json, parts_of_table
from unwix.readers.text_dump.containers.split import split_text

PIECES = st.sampled_from(
    [
        "---", "+++", "```yaml", "```", "<!--", "-->", "===", "==========", "top of page", "bottom of page", "\f", "",
        "title: A lamp", "Title: A lamp", "URL: https://www.example.com/post/lamp", "**Source:** https://example.com/a",
        "https://www.example.com/post/lamp", "[1] https://www.example.com/b", "# A lamp", "author:", "- one", "a: b: c",
        "<document>", "</document>", "<source>https://www.example.com/c</source>", "<content>text", "text</content>",
        "<doc url='x'>", "<title>", "| a | b |", "| --- | --- |", "Markdown Content:", "From a Mon Mar 4 2024",
        "Ada Crewe", "Mar 4, 2023", "3 min read", "She filled it with oil, and waited for the dark to come.",
        "<?xml version='1.0'?>", "<![CDATA[", "]]>", "{", "> quoted", "Recent Posts", "x = 1", "Title =", "key: |",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=40).filter(lambda text: "\n" not in text and "\r" not in text), max_size=40)


def lost(text: str, parts: list[Part]) -> list[tuple[int, str]]:
    known = {line.number for part in parts for line in part.lines} | {n for part in parts for n, *_ in part.removed}
    lines = enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1)
    return [(n, line) for n, line in lines if line.strip(" \t\f\ufeff") and line.isprintable() and n not in known]


@given(TEXTS)
def test_no_line_of_a_text_is_lost(pieces: list[str]) -> None:
    text = "\n".join(pieces)
    assert lost(text, split_text(text)) == []


@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4), TEXTS)
def test_no_line_is_lost_among_pages(names: list[str], pieces: list[str]) -> None:
    text = "\n".join(f"URL: {url(name)}\n\n{page(name)}\n" + "\n".join(pieces) for name in names)
    assert lost(text, split_text(text)) == []


@given(st.text(max_size=300), TEXTS)
def test_no_text_raises(start: str, pieces: list[str]) -> None:
    text = start + "\n".join(pieces)
    parts_of_json(text)
    parts_of_table(text)
    with suppress(UnwixError):
        readers.read(Page("x", data=text.encode("utf-8", "surrogatepass")))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.just(page("one")),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "text",
                    "url",
                    "title",
                    "author",
                    "date",
                    "metadata",
                    "content",
                    "data",
                    "columns",
                    "rows",
                    "markdown",
                    "x",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@given(VALUES)
def test_any_json_is_read_or_skipped(value: object) -> None:
    with suppress(UnwixError):
        readers.read(Page("x", data=json.dumps(value).encode()))


@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=5))
def test_each_record_is_a_post(names: list[str]) -> None:
    records = [{"url": url(name), "text": page(name)} for name in names]
    assert len(parts_of_json(json.dumps(records))[0]) == len(names)
