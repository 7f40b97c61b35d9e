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


def _collapsible(title: str, *content: str) -> str:
    inside = (
        f'<div data-hook="collapsible-list-item-title"><p>{title}</p></div>'
        f'<div data-hook="collapsible-list-item-body">{"".join(content)}</div>'
    )
    item = f'<div data-hook="collapsible-list-item expanded">{inside}</div>'
    return html.block(f'<div data-hook="collapsible-list-component">{item}</div>', "collapsible_list")


def _collapsible_node() -> ricos.Json:
    title = ricos.node("COLLAPSIBLE_ITEM_TITLE", ricos.p("The title"))
    body = ricos.node("COLLAPSIBLE_ITEM_BODY", ricos.p("In the block."), ricos.p("At its end."))
    return ricos.node("COLLAPSIBLE_LIST", ricos.node("COLLAPSIBLE_ITEM", title, body))


def _pair() -> ricos.Json:
    return {"title": ricos.draft("The title"), "content": ricos.draft("In the block.", "At its end.")}


def _row(*cells: str) -> ricos.Json:
    return ricos.node("TABLE_ROW", *(ricos.node("TABLE_CELL", ricos.p(*filter(None, [cell]))) for cell in cells))


def _rows(*rows: tuple[str, ...]) -> ricos.Json:
    return {
        str(n): {"columns": {str(m): {"content": ricos.draft(cell)} for m, cell in enumerate(row)}}
        for n, row in enumerate(rows)
    }


def _page() -> bytes:
    blocks = (
        html.p("line one<br>line two"),
        html.p("A paragraph of its own."),
        html.p(LONG),
        html.quote("Quoted words."),
        html.p("Between the quote and the list."),
        _collapsible("The title", html.p("In the block."), html.p("At its end.")),
        html.p("Below the block."),
        html.table(("red", "", "blue"), ("green", "grey", "")),
    )
    return html.post_page("".join(blocks))


def _ricos() -> bytes:
    nodes = [
        ricos.p("line one\nline two"),
        ricos.p("A paragraph of its own."),
        ricos.p(LONG),
        ricos.node("BLOCKQUOTE", ricos.p("Quoted words.")),
        ricos.p("Between the quote and the list."),
        _collapsible_node(),
        ricos.p("Below the block."),
        ricos.node("TABLE", _row("red", "", "blue"), _row("green", "grey", "")),
    ]
    return json.dumps({"title": "One", "slug": "one", "richContent": {"nodes": nodes}}).encode()


def _draft() -> bytes:
    document = ricos.draft(
        "line one\nline two",
        "A paragraph of its own.",
        LONG,
        ricos.block("Quoted words.", "blockquote"),
        "Between the quote and the list.",
        ricos.atomic(0),
        "Below the block.",
        ricos.atomic(1),
        e0=("wix-rich-content-plugin-collapsible-list", {"pairs": [_pair()]}),
        e1=("wix-rich-content-plugin-table", {"config": {"rows": _rows(("red", "", "blue"), ("green", "grey", ""))}}),
    )
    return json.dumps({"title": "One", "slug": "one", "content": document}).encode()


FORMS: dict[str, Callable[[], bytes]] = {"page": _page, "Ricos": _ricos, "Draft.js": _draft}
#: Text of the Markdown, and what the fault makes of it.
FAULTS: dict[str, tuple[str, str]] = {
    "line break to paragraph break": ("line one\\\nline two", "line one\n\nline two"),
    "paragraph break to line break": ("its own.\n\nThe kiln", "its own.\\\nThe kiln"),
    "text moved out of a collapsible block": ("At its end.\n\n</details>", "</details>\n\nAt its end."),
    "text moved into a collapsible block": ("</details>\n\nBelow the block.", "Below the block.\n\n</details>"),
    "quote nested": ("> Quoted", "> > Quoted"),
    "text moved into a quote": ("> Quoted words.\n\n", "> Quoted words.\n>\n> "),
    "cell moved within its row": ("| green | grey |  |", "| green |  | grey |"),
    "cell moved within the header": ("| red |  | blue |", "| red | blue |  |"),
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
