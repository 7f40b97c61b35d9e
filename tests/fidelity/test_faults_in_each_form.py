"""Test that the fidelity check detects faults of place and structure in each form of a source.

The post is the same in each form: a rendered page, a Ricos document and a Draft.js document.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache

import pytest

from support import post_pages as html
from support import ricos_documents as ricos
from unwix import readers
from unwix.fidelity.compare import compare
from unwix.fidelity.markdown import markdown_facts
from unwix.model.page import Page
from unwix.model.post import Post
from unwix.writers.markdown.writer import write_markdown

LONG = "The kiln stands behind the house, and nobody has lit it since the winter of that year."


def _page() -> bytes:
    blocks = (
        html.p("line one<br>line two"),
        html.p("A paragraph of its own."),
        html.p(LONG),
    )
    return html.post_page("".join(blocks))


def _ricos() -> bytes:
    nodes = [
        ricos.p("line one\nline two"),
        ricos.p("A paragraph of its own."),
        ricos.p(LONG),
    ]
    return json.dumps({"title": "One", "slug": "one", "richContent": {"nodes": nodes}}).encode()


def _draft() -> bytes:
    document = ricos.draft(
        "line one\nline two",
        "A paragraph of its own.",
        LONG,
    )
    return json.dumps({"title": "One", "slug": "one", "content": document}).encode()


FORMS: dict[str, Callable[[], bytes]] = {"page": _page, "Ricos": _ricos, "Draft.js": _draft}
#: Text of the Markdown, and what the fault makes of it.
FAULTS: dict[str, tuple[str, str]] = {
    "line break to paragraph break": ("line one\\\nline two", "line one\n\nline two"),
    "paragraph break to line break": ("its own.\n\nThe kiln", "its own.\\\nThe kiln"),
    "line break moved": ("line one\\\nline two", "line\\\none line two"),
}


@cache
def _post(form: str) -> tuple[Post, str]:
    (post,) = readers.read(Page("one.html" if form == "page" else "one.json", data=FORMS[form]()))
    return post, write_markdown(post.article)


@pytest.mark.parametrize("form", FORMS)
def test_an_untouched_output_gives_no_finding(form: str) -> None:
    post, markdown = _post(form)
    assert compare(post.facts, markdown_facts(markdown)).problems == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_noticed(fault: str, form: str) -> None:
    post, markdown = _post(form)
    old, new = FAULTS[fault]
    assert old in markdown, markdown
    problems = compare(post.facts, markdown_facts(markdown.replace(old, new, 1))).problems
    assert problems, markdown.replace(old, new, 1)


# ---- what may differ ----------------------------------------------------------------------------------------------


def _problems(*blocks: str, old: str, new: str) -> list[str]:
    """Return the problems of a page with these blocks, in whose output a text is replaced."""
    (post,) = readers.read(Page("x", data=html.post_page("".join(blocks))))
    markdown = write_markdown(post.article)
    assert old in markdown, markdown
    return [problem.detail for problem in compare(post.facts, markdown_facts(markdown.replace(old, new))).problems]


def test_short_lines_may_be_joined_only_between_empty_blocks() -> None:
    lines = (html.p("Rose is a rose"), html.p("is a rose"))
    assert _problems(*lines, old="rose\n\nis", new="rose\\\nis")
    verse = (*lines, html.p("<br>"), *lines, html.p("<br>"), *lines)
    assert not _problems(*verse, old="rose\\\nis", new="rose\n\nis")
    assert not _problems(*verse, old="rose\\\nis", new="rose\\\nis")


def test_items_of_a_typed_list_may_be_joined() -> None:
    assert not _problems(html.p(f"• {LONG}"), html.p(f"• {LONG}"), old="year.\\\n•", new="year.\n\n•")
    assert not _problems(html.p(f"• {LONG}"), html.p(f"• {LONG}"), old="year.\\\n•", new="year.\\\n•")
