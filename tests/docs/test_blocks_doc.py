"""Test that docs/blocks.md, which is generated from the code's tables and small documents, is up to date.

`UPDATE_EXPECTED=1` rewrites it and fails, so that somebody reads the difference.
"""

from __future__ import annotations

import os
import re

import pytest

from support import block_samples as samples
from support.paths import ROOT_DIR, SHARED_DIR
from support.ricos_documents import Json, atomic, block, draft, draft_markdown, kinds, markdown, p, span
from unwix.readers.draftjs import entities as draft_entities
from unwix.readers.draftjs import to_ricos as draftjs
from unwix.readers.ricos import nodes as ricos
from unwix.readers.ricos import text as ricos_text

DOC = ROOT_DIR / "docs" / "blocks.md"
#: All types of docs/wix/ricos.md#node-types, docs/wix/ricos.md#decorations and docs/wix/draftjs.md#entities, listed by
#: hand: the code must handle each.
NODE_TYPES = """PARAGRAPH TEXT HEADING BULLETED_LIST ORDERED_LIST CHECKBOX_LIST LIST_ITEM BLOCKQUOTE CODE_BLOCK DIVIDER IMAGE CAPTION GALLERY VIDEO AUDIO
GIF FILE HTML EMBED LINK_PREVIEW BUTTON TABLE TABLE_ROW TABLE_CELL COLLAPSIBLE_LIST COLLAPSIBLE_ITEM COLLAPSIBLE_ITEM_TITLE COLLAPSIBLE_ITEM_BODY POLL
APP_EMBED MAP LAYOUT LAYOUT_CELL SHAPE CARD TOC SMART_BLOCK SMART_BLOCK_CELL EXTERNAL BULLET_LIST""".split()
DECORATION_TYPES = """BOLD ITALIC UNDERLINE STRIKETHROUGH SUPERSCRIPT SUBSCRIPT LINK ANCHOR MENTION COLOR FONT_SIZE FONT_FAMILY SPOILER EXTERNAL SKETCH""".split()
BLOCK_TYPES = """unstyled header-one header-two header-three header-four header-five header-six blockquote code-block ordered-list-item unordered-list-item""".split()
ENTITY_TYPES = """wix-draft-plugin-image IMAGE wix-draft-plugin-gallery wix-draft-plugin-video VIDEO-EMBED wix-draft-plugin-sound-cloud ricos-audio
wix-draft-plugin-giphy wix-draft-plugin-divider wix-draft-plugin-html wix-draft-plugin-file-upload wix-draft-plugin-map wix-draft-plugin-link-preview EMBED
wix-draft-plugin-link-button wix-draft-plugin-action-button wix-draft-plugin-vertical-embed wix-draft-plugin-poll wix-rich-content-plugin-table
wix-rich-content-plugin-collapsible-list wix-rich-content-plugin-accordion EXTERNAL""".split()

HEAD = """# What becomes of each block

These tables show the Markdown of each kind of block, style and link in Wix's post data, with a small example; `⏎` is a line break.
A block of a type that is not here is newer than this version: its text is kept, and the report says so (`unknown-block`).
Saved pages show the same blocks as HTML and become the same Markdown.
"""


def test_no_type_of_wix_is_missing() -> None:
    assert set(NODE_TYPES) <= ricos.NODES.keys()
    assert set(DECORATION_TYPES) <= ricos_text.DECORATIONS.keys()
    assert set(BLOCK_TYPES) <= draftjs.BLOCKS.keys()
    assert set(ENTITY_TYPES) <= draft_entities.ENTITIES.keys() | draft_entities.NESTED.keys()


def test_every_type_has_a_sample() -> None:
    assert samples.NODES.keys() == ricos.NODES.keys()
    assert samples.DECORATIONS.keys() == ricos_text.DECORATIONS.keys()
    assert samples.BLOCKS.keys() == draftjs.BLOCKS.keys()
    assert samples.STYLES.keys() == draftjs.STYLES.keys()
    assert samples.ENTITIES.keys() == draft_entities.ENTITIES.keys() | draft_entities.NESTED.keys()
    assert samples.INLINE_ENTITIES.keys() == draftjs.INLINE_ENTITIES


def _row(name: str, text: str, message: list[str] | None = None) -> str:
    code = text.replace("\n\n", "\n").replace("\n", " ⏎ ").replace("|", "\\|")
    markup = f"``{' ' if code[0] == '`' else ''}{code}{' ' if code[-1] == '`' else ''}``" if code else "(nothing)"
    return f"| `{name}` | {markup}{' (`' + '`, `'.join(message) + '`)' if message else ''} |"


def _table(title: str, rows: list[str]) -> str:
    return f"\n## {title}\n\n| type | becomes |\n| --- | --- |\n" + "\n".join(rows) + "\n"


def _entity(kind: str, data: Json) -> str:
    return draft_markdown(draft(atomic(), e0=(kind, data)))


def _inline(kind: str, data: Json) -> str:
    return draft_markdown(
        draft(block("the tower", entities=[span(4, 5, key=0)]), block("A place.", key="below"), e0=(kind, data))
    )


def document() -> str:
    below = p("A place.", key="below")
    return HEAD + "".join(
        [
            _table(
                "Nodes of Ricos", [_row(kind, markdown(*nodes), kinds(*nodes)) for kind, nodes in samples.NODES.items()]
            ),
            _table(
                "Decorations of Ricos",
                [
                    _row(kind, markdown(p(node), *([below] if kind == "ANCHOR" else [])))
                    for kind, node in samples.DECORATIONS.items()
                ],
            ),
            _table(
                "Blocks of Draft.js", [_row(kind, draft_markdown(draft(of))) for kind, of in samples.BLOCKS.items()]
            ),
            _table(
                "Inline styles of Draft.js",
                [_row(kind, draft_markdown(draft(of))) for kind, of in samples.STYLES.items()],
            ),
            _table(
                "Entities of Draft.js", [_row(kind, _entity(kind, data)) for kind, data in samples.ENTITIES.items()]
            ),
            _table(
                "Entities of Draft.js in a line of text",
                [_row(kind, _inline(kind, data)) for kind, data in samples.INLINE_ENTITIES.items()],
            ),
        ]
    )


def test_the_document_is_up_to_date() -> None:
    made = document()
    if os.environ.get("UPDATE_EXPECTED"):
        DOC.parent.mkdir(exist_ok=True)
        DOC.write_text(made, encoding="utf-8")
        pytest.fail("docs/blocks.md was written anew: read the difference, then run again without UPDATE_EXPECTED")
    assert DOC.read_text(encoding="utf-8") == made


# ---- held against the facts themselves --------------------------------------------------------------------------

RICOS = SHARED_DIR / "wix" / "ricos.md"
_TYPE = re.compile(r"[A-Za-z][\w-]+")


def _first_column(section: int, title: str) -> set[str]:
    """Return the names in the first column of a section's table; `title` is the header of that column."""
    text = RICOS.read_text(encoding="utf-8").split(f"\n## {section}. ", 1)[1].split("\n## ", 1)[0]
    rows = [row for row in text.split(f"| {title} |", 1)[1].split("\n\n", 1)[0].splitlines()[2:] if row[:1] == "|"]
    cells = (re.sub(r"\(.*?\)|\*", "", row.split("|")[1]) for row in rows)
    return {name for cell in cells for part in re.split(r"[,/]| … ", cell) for name in _TYPE.findall(part)[:1]}


@pytest.mark.skipif(not RICOS.is_file(), reason=f"the facts about Wix are not here ({RICOS})")
def test_facts_name_only_known_types() -> None:
    nodes, decorations = _first_column(2, "type"), _first_column(3, "type")
    blocks, entities = _first_column(8, "block type"), _first_column(8, "entity type")
    assert min(map(len, (nodes, decorations, blocks, entities))) > 7
    # The facts write the body of a collapsible item as `/ _BODY`.
    assert nodes - {"BODY"} <= ricos.NODES.keys()
    assert decorations <= ricos_text.DECORATIONS.keys()
    # The entities of an atomic block decide on its meaning; Wix itself does not know `figure` and all others.
    assert blocks - {"atomic", "figure", "others"} <= draftjs.BLOCKS.keys()
    known = draft_entities.ENTITIES.keys() | draft_entities.NESTED.keys() | draftjs.INLINE_ENTITIES
    assert entities - known <= {"unknown", "-action-button", "action-button"}
