"""Test that old documents (Draft.js) give the same articles as new ones."""

from __future__ import annotations

import pytest

from support.ricos_documents import Json, atomic, block, draft, draft_markdown, span
from unwix.fidelity.documents.draftjs import count_draftjs
from unwix.readers.draftjs.to_ricos import is_draftjs, to_ricos
from unwix.web.saved_links import LinkRestorer


def styled(text: str, *ranges: Json) -> str:
    return draft_markdown(draft(block(text, styles=list(ranges))))


def test_offsets_count_characters_not_utf16_units() -> None:
    assert styled("😀😀 bold", span(3, 4, style="BOLD")) == "😀😀 **bold**"


def test_styles_may_overlap() -> None:
    assert styled("one two three", span(0, 7, style="BOLD"), span(4, 3, style="ITALIC")) == "**one _two_** three"


def test_remnants_of_inline_headers_split_by_a_style_are_removed() -> None:
    assert styled("{$h2}one{$h} two", span(2, 6, style="BOLD")) == "**one** two"


def test_style_can_remove_another_one() -> None:
    assert styled("one two", span(0, 7, style="BOLD"), span(4, 3, style="NOT_BOLD")) == "**one** two"


@pytest.mark.parametrize(
    "style",
    [
        '{"FG":"#ff0000"}',
        '{"font-size":"22px"}',
        "#034be6",
        "$theme-color-3",
        "textColor3",
        14,
        None,
        "bgcolor-rgb(255,255,255)",
    ],
)
def test_styling_and_junk_are_ignored(style: object) -> None:
    assert styled("one two", span(0, 3, style=style)) == "one two"


@pytest.mark.parametrize(
    "at",
    [
        span(-1, 3, style="BOLD"),
        span(99, 3, style="BOLD"),
        span(0, 0, style="BOLD"),
        {"style": "BOLD"},
        {"offset": None, "length": "x", "style": "BOLD"},
    ],
)
def test_ranges_outside_of_the_text_are_dropped(at: Json) -> None:
    assert styled("one two", at) == "one two"


def test_lists_nest_by_depth_and_end_with_their_type() -> None:
    blocks = [
        block(text, f"{kind}ordered-list-item", depth)
        for text, kind, depth in (("a", "un", 0), ("b", "", 1), ("c", "", 1), ("d", "un", 0), ("e", "", 0))
    ]
    assert draft_markdown(draft(*blocks)) == "- a\n  1. b\n  2. c\n- d\n\n1. e"


def test_first_item_can_be_nested() -> None:
    assert draft_markdown(draft(block("a", "unordered-list-item", 3))) == "- a"


def test_atomic_blocks_with_several_entities_none_or_words() -> None:
    both = block(" ", "atomic", entities=[span(0, 1, key=0), span(0, 1, key=1)])
    divider = ("wix-draft-plugin-divider", {})
    picture = ("wix-draft-plugin-image", {"src": {"url": "https://www.example.com/a.jpg"}})
    assert draft_markdown(draft(both, e0=divider, e1=picture)) == "---\n\n![](https://www.example.com/a.jpg)"
    assert draft_markdown(draft(block(" ", "atomic"), block(" A forgotten line", "atomic"))) == "A forgotten line"
    linked = block("see this", "atomic", entities=[span(4, 4, key=0)])
    assert draft_markdown(draft(linked, e0=("LINK", {"url": "https://x.org/"}))) == "see [this](https://x.org/)"


def test_an_emoji_image_in_a_line_keeps_the_line() -> None:
    line = block("warning here", entities=[span(0, 1, key=0)])
    assert (
        draft_markdown(draft(line, e0=("IMAGE", {"src": "https://www.example.com/e.svg", "alt": "!"})))
        == "![!](https://www.example.com/e.svg)\n\nwarning here"
    )


def test_a_table_of_documents_keyed_by_number() -> None:
    def cell(text: str) -> Json:
        return {"content": draft(text)}

    columns = {str(n): cell(f"c{n}") for n in range(11)}
    table = draft(
        atomic(),
        e0=(
            "wix-rich-content-plugin-table",
            {"config": {"rows": {"1": {"columns": columns}, "0": {"columns": columns}}}},
        ),
    )
    assert draft_markdown(table).split("\n")[0] == "| " + " | ".join(f"c{n}" for n in range(11)) + " |"


def test_covered_cells_are_left_out() -> None:
    """The editor keeps them in its data; the viewer does not show them."""
    cells = {
        "0": {"content": draft("wide"), "merge": {"key": "k", "colSpan": 2, "rowSpan": 1}},
        "1": {"content": draft(""), "merge": {"parentCellKey": "k"}},
        "2": {"content": draft("narrow")},
    }
    document = draft(atomic(), e0=("wix-rich-content-plugin-table", {"config": {"rows": {"0": {"columns": cells}}}}))
    assert draft_markdown(document).count("<td") == 2
    facts = count_draftjs(document, LinkRestorer(None)).facts
    assert (facts.cells, facts.words) == (2, ["wide", "narrow"])


def test_nested_documents_have_their_own_entities() -> None:
    inner = draft(block("a link", entities=[span(2, 4, key=0)]), e0=("LINK", {"url": "https://x.org/"}))
    pairs = [{"key": "1", "title": draft("Question"), "content": inner}]
    assert (
        draft_markdown(draft(atomic(), e0=("wix-rich-content-plugin-collapsible-list", {"pairs": pairs})))
        == "<details>\n<summary>Question</summary>\n\na [link](https://x.org/)\n\n</details>"
    )


def test_documents_nested_without_end_are_cut_off() -> None:
    inner: Json = draft("the end")
    for _ in range(100):
        inner = draft(
            atomic(),
            e0=("wix-rich-content-plugin-collapsible-list", {"pairs": [{"title": draft("more"), "content": inner}]}),
        )
    assert draft_markdown(inner).count("more") <= 21


def test_draft_documents_are_detected() -> None:
    assert is_draftjs(draft("x"))
    assert is_draftjs({"blocks": [], "entityMap": {}})
    assert not is_draftjs({"blocks": [{"hash": "0x1"}], "entityMap": {}})
    assert not is_draftjs({"blocks": "x", "entityMap": {}})
    assert to_ricos({"blocks": None, "entityMap": None}) == {"nodes": []}
