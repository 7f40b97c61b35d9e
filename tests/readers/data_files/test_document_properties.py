"""Test that any tree of nodes becomes a valid article with all words in order, and equal Markdown."""

from __future__ import annotations

import contextlib
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from support.ricos_documents import Json
from unwix.fidelity.compare import compare
from unwix.fidelity.documents.draftjs import count_draftjs
from unwix.fidelity.documents.ricos import count_ricos
from unwix.fidelity.markdown import markdown_facts
from unwix.model.article import text_of, validate
from unwix.model.errors import UnwixError
from unwix.model.facts import words
from unwix.readers.article_building.context import Context
from unwix.readers.data_files.read_json import read_json
from unwix.readers.draftjs.entities import ENTITIES, NESTED
from unwix.readers.draftjs.to_ricos import BLOCKS, STYLES, to_ricos
from unwix.readers.ricos.media import MEDIA
from unwix.readers.ricos.nodes import NODES, read_document
from unwix.readers.ricos.text import DECORATIONS
from unwix.web.saved_links import LinkRestorer
from unwix.writers.markdown.writer import write_markdown

BASE = LinkRestorer("https://www.example.com/post/one")
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=30) | st.sampled_from(
    [
        "one",
        " two ",
        "three\nfour",
        "a*b_c`d",
        "<b>",
        "1. x",
        "# y",
        "- z",
        "|",
        "\u00a0",
        "\u200b",
        "{$h2}five{$h}",
        "```",
        "==",
        "\\",
        "&amp;",
        "[x](y)",
    ]
)
JUNK: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "nodes", "id", "url", "src", "text", "link", "items"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)
ADDRESSES = ["https://x.org/a", "wix.com", "/page", "javascript:1", "mailto:a@b.org", "", "#", "#viewer-k1"]
DECORATION = st.fixed_dictionaries(
    {"type": st.sampled_from([*DECORATIONS, "NEW_ONE"])},
    optional={
        "fontWeightValue": st.sampled_from([400, 700, None, "700"]),
        "italicData": st.booleans() | st.none(),
        "linkData": st.fixed_dictionaries(
            {
                "link": st.fixed_dictionaries(
                    {
                        "url": st.sampled_from(
                            ["https://x.org/a", "wix.com", "/page", "javascript:1", "mailto:a@b.org", ""]
                        )
                    }
                )
            }
        ),
        "anchorData": st.fixed_dictionaries({"anchor": st.sampled_from(["k1", "k2", "nowhere"])}),
    },
)
TEXT = st.builds(
    lambda text, marks: {"type": "TEXT", "textData": {"text": text, "decorations": marks}},
    WORDS,
    st.lists(DECORATION, max_size=3),
)
TEXT_ONLY = [kind for kind in NODES if kind not in MEDIA and kind not in ("TEXT", "TOC")]


def _node(kind: str, children: list[Json], key: str) -> Json:
    return {"type": kind, "id": key, "nodes": children}


TREE: st.SearchStrategy[Json] = st.recursive(
    TEXT,
    lambda inner: st.builds(
        _node, st.sampled_from(TEXT_ONLY), st.lists(inner, max_size=4), st.sampled_from(["", "k1", "k2", "k3"])
    ),
    max_leaves=20,
)


def spoken(value: Any) -> list[str]:
    """Return all texts of a tree in order."""
    if value.get("type") == "TEXT":
        return [value["textData"]["text"]]
    return [text for child in value.get("nodes", []) for text in spoken(child)]


@given(st.lists(TREE, max_size=6))
def test_every_word_of_any_tree_is_kept_in_order(nodes: list[Json]) -> None:
    ctx = Context(BASE)
    article = read_document({"nodes": nodes}, ctx)
    assert validate(article) == []
    text = "".join(phrase.replace("{$h2}", "").replace("{$h}", "") for node in nodes for phrase in spoken(node))
    assert "".join(words(text_of(article))) == "".join(words(text))


@given(st.lists(TREE, max_size=6))
def test_markdown_of_any_tree_has_the_same_words(nodes: list[Json]) -> None:
    document = {"nodes": nodes}
    article = read_document(document, Context(BASE))
    comparison = compare(count_ricos(document, BASE).facts, markdown_facts(write_markdown(article)))
    assert [p for p in comparison.problems if p.kind.startswith("words")] == []


def _of(kind: str, children: st.SearchStrategy[Json], most: int = 3) -> st.SearchStrategy[Json]:
    return st.builds(
        _node, st.just(kind), st.lists(children, min_size=1, max_size=most), st.sampled_from(["", "k1", "k2"])
    )


def _question(title: Json, body: list[Json]) -> Json:
    parts = [_node("COLLAPSIBLE_ITEM_TITLE", [title], ""), _node("COLLAPSIBLE_ITEM_BODY", body, "")]
    return _node("COLLAPSIBLE_LIST", [_node("COLLAPSIBLE_ITEM", parts, "")], "")


LINES = _of("PARAGRAPH", TEXT) | _of("HEADING", TEXT) | _of("BLOCKQUOTE", _of("PARAGRAPH", TEXT))
WELL_FORMED: st.SearchStrategy[Json] = st.recursive(
    LINES,
    lambda inner: st.one_of(
        *(_of(kind, _of("LIST_ITEM", inner)) for kind in ("BULLETED_LIST", "ORDERED_LIST")),
        _of("CHECKBOX_LIST", _of("LIST_ITEM", _of("PARAGRAPH", TEXT))),
        _of("TABLE", _of("TABLE_ROW", _of("TABLE_CELL", _of("PARAGRAPH", TEXT), 2))),
        _of("CARD", inner),
        st.builds(_question, _of("PARAGRAPH", TEXT), st.lists(inner, max_size=2)),
    ),
    max_leaves=12,
)


@given(st.lists(WELL_FORMED, max_size=5))
def test_markdown_of_a_document_is_lossless(nodes: list[Json]) -> None:
    document = {"nodes": nodes}
    article = read_document(document, Context(BASE))
    assert compare(count_ricos(document, BASE).facts, markdown_facts(write_markdown(article))).problems == []


DATA = """imageData galleryData videoData audioData gifData fileData htmlData embedData linkPreviewData buttonData pollData appEmbedData mapData
tableData tableCellData tocData headingData orderedListData listItemData smartBlockCellData shapeData newData""".split()
FIELDS = [
    "text",
    "items",
    "src",
    "url",
    "poll",
    "image",
    "link",
    "html",
    "name",
    "title",
    "options",
    "video",
    "audio",
    "original",
    "containerData",
]
ANY_NODE = st.recursive(
    TEXT | JUNK,
    lambda inner: st.fixed_dictionaries(
        {"type": st.sampled_from([*NODES, "NEW_ONE"]) | JUNK, "nodes": st.lists(inner, max_size=3) | JUNK},
        optional={name: JUNK | st.dictionaries(st.sampled_from(FIELDS), JUNK, max_size=3) for name in DATA},
    ),
    max_leaves=15,
)


@given(st.lists(ANY_NODE, max_size=4))
def test_junk_never_raises_and_is_never_printed(nodes: list[Any]) -> None:
    article = read_document({"nodes": nodes}, Context(BASE))
    assert validate(article) == []
    written = write_markdown(article)
    count_ricos({"nodes": nodes}, BASE)
    assert '"type":' not in written


RANGE = st.fixed_dictionaries({"offset": st.integers(-2, 40), "length": st.integers(-1, 40)})
STYLE = st.builds(
    lambda at, style: {**at, "style": style}, RANGE, st.sampled_from([*STYLES, '{"FG":"#fff"}', "textColor3", 14])
)
ENTITY_RANGE = st.builds(lambda at, key: {**at, "key": key}, RANGE, st.integers(0, 3))
BLOCK = st.builds(
    lambda text, kind, depth, styles, entities: {"key": "k", "text": text, "type": kind, "depth": depth, "inlineStyleRanges": styles, "entityRanges": entities},
    WORDS, st.sampled_from([*BLOCKS, "atomic", "figure", None]), st.integers(-1, 6), st.lists(STYLE, max_size=4), st.lists(ENTITY_RANGE, max_size=2),
)  # fmt: skip


INLINE = {"0": {"type": "LINK", "data": {"url": "https://x.org"}}, "1": {"type": "EMOJI_TYPE", "data": {}}}


@given(st.lists(BLOCK, max_size=6), st.sampled_from([{}, INLINE]))
def test_every_word_of_any_draft_is_kept(blocks: list[Json], entities: Json) -> None:
    document = {"blocks": blocks, "entityMap": entities}
    article = read_document(to_ricos(document), Context(BASE))
    assert validate(article) == []
    text = " ".join(b["text"].replace("{$h2}", "").replace("{$h}", "") for b in blocks)
    assert words(text_of(article)) == words(text) or "".join(words(text_of(article))) == "".join(words(text))
    comparison = compare(count_draftjs(document, BASE).facts, markdown_facts(write_markdown(article)))
    # Markdown cannot express a link in code; its loss is reported.
    in_code = any(block["type"] == "code-block" and block["entityRanges"] for block in blocks)
    assert [problem for problem in comparison.problems if not (in_code and problem.detail.startswith("links:"))] == []


@given(st.sampled_from([*ENTITIES, *NESTED, "NEW_ONE"]), JUNK)
def test_junk_entities_never_raise(kind: str, data: Any) -> None:
    document = {
        "blocks": [{"text": " ", "type": "atomic", "entityRanges": [{"offset": 0, "length": 1, "key": 0}]}],
        "entityMap": {"0": {"type": kind, "data": data}},
    }
    assert validate(read_document(to_ricos(document), Context(BASE))) == []
    count_draftjs(document, BASE)


@given(JUNK)
def test_files_of_junk_are_no_posts_or_are_read(value: Any) -> None:
    with contextlib.suppress(UnwixError):
        assert read_json("x.json", json.dumps(value).encode())
