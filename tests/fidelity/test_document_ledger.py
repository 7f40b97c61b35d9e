"""Every text of a document is in the post, wherever in its JSON it stands, or is reported."""

from __future__ import annotations

from typing import Any

import pytest

from unwix.fidelity.documents.ledger import account_document
from unwix.model.article import element


def _text(text: str) -> dict[str, Any]:
    return {"type": "TEXT", "textData": {"text": text}}


ARTICLE = element("article", element("p", "The kiln is ", element("strong", "cold"), "."))
PARAGRAPH = {"type": "PARAGRAPH", "nodes": [_text("The kiln is "), _text("cold"), _text(".")]}
LOST: dict[str, Any] = {
    "a paragraph": {"nodes": [PARAGRAPH, {"type": "PARAGRAPH", "nodes": [_text("An apron.")]}]},
    "nodes in the data of a node": {
        "nodes": [PARAGRAPH, {"type": "CARD", "cardData": {"body": [{"type": "PARAGRAPH", "nodes": [_text("An apron.")]}]}}]
    },
    "data of an unknown node": {"nodes": [PARAGRAPH, {"type": "NEWS", "nodes": [], "newsData": {"teaser": "An apron."}}]},
    "the entity of an unknown type": {
        "blocks": [{"text": "The kiln is cold.", "type": "unstyled", "entityRanges": []}],
        "entityMap": {"0": {"type": "wix-quiz", "mutability": "IMMUTABLE", "data": {"question": "An apron?"}}},
    },
    "a note in a decoration of an unknown type": {
        "nodes": [
            PARAGRAPH,
            {"type": "TEXT", "textData": {"text": "", "decorations": [{"type": "FOOTNOTE", "noteData": {"note": "An apron."}}]}},
        ]
    },
    "a text without the usual object": {"nodes": [PARAGRAPH, {"type": "PARAGRAPH", "nodes": [{"type": "TEXT", "text": "An apron."}]}]},
    "a string among the nodes": {"nodes": [PARAGRAPH, "An apron."]},
    "a new field of a known node": {"nodes": [PARAGRAPH, {"type": "IMAGE", "nodes": [], "imageData": {"image": {}, "footnote": "An apron."}}]},
    "a word under a new key of a known node": {
        "nodes": [PARAGRAPH, {"type": "POLL", "nodes": [], "pollData": {"poll": {"subtitle": "apron"}, "helpText": "An"}}]
    },
    "a new field of a text": {"nodes": [{"type": "TEXT", "hoverText": "An apron", "textData": {"text": "The kiln is cold."}}]},
    "a new field of a known decoration": {
        "nodes": [
            {"type": "TEXT", "textData": {"text": "The kiln is cold.", "decorations": [
                {"type": "LINK", "linkData": {"link": {"url": "https://x.example"}, "tooltip": "An apron"}}]}}
        ]
    },
    "JSON in a string": {"nodes": [PARAGRAPH, {"type": "VIDEO", "nodes": [], "videoData": {"extra": '{"quote": "An apron"}'}}]},
    "a new field of a known entity": {
        "blocks": [{"text": "The kiln is cold.", "type": "unstyled", "entityRanges": []}],
        "entityMap": {"0": {"type": "wix-draft-plugin-image", "mutability": "IMMUTABLE", "data": {"credit": "An apron"}}},
    },
    "a field in embedded HTML": {
        "nodes": [PARAGRAPH, {"type": "HTML", "nodes": [], "htmlData": {"html": "<select><option>An apron</option></select>"}}]
    },
    "HTML in a new field": {"nodes": [PARAGRAPH, {"type": "IMAGE", "nodes": [], "imageData": {"credit": "<p>An <b>apron</b></p>"}}]},
    "the description of an unknown node": {"nodes": [PARAGRAPH, {"type": "NEWS", "nodes": [], "newsData": {"description": "An apron."}}]},
    "HTML of an entity of an unknown type": {
        "blocks": [{"text": "The kiln is cold.", "type": "unstyled", "entityRanges": []}],
        "entityMap": {"0": {"type": "wix-quiz", "mutability": "IMMUTABLE", "data": {"html": "<p>An apron</p>"}}},
    },
    "the description of an unknown node with a link": {
        "nodes": [PARAGRAPH, {"type": "NEWS", "nodes": [], "newsData": {"link": {"url": "https://x.example"}, "description": "An apron"}}]
    },
    "the description of a known entity": {
        "blocks": [{"text": "The kiln is cold.", "type": "unstyled", "entityRanges": []}],
        "entityMap": {"0": {"type": "wix-draft-plugin-video", "mutability": "IMMUTABLE", "data": {"config": {}, "description": "An apron"}}},
    },
    "a new field next to the data of another site": {
        "nodes": [PARAGRAPH, {"type": "EMBED", "nodes": [], "embedData": {"oembedOf": {"provider_name": "Films", "note": "An apron"}}}]
    },
    "the options of an unknown node": {"nodes": [PARAGRAPH, {"type": "QUIZ", "nodes": [], "quizData": {"options": ["An apron"]}}]},
    "the role of a person": {"nodes": [PARAGRAPH, {"type": "PERSON", "nodes": [], "personData": {"role": "An apron"}}]},
    "a second text of a text": {"nodes": [{"type": "TEXT", "text": "An apron", "textData": {"text": "The kiln is cold."}}]},
    "a block of Draft.js": {
        "blocks": [
            {"text": "The kiln is cold.", "type": "unstyled", "entityRanges": []},
            {"text": "An apron.", "type": "unstyled", "entityRanges": []},
        ],
        "entityMap": {},
    },
}  # fmt: skip


@pytest.mark.parametrize("name", LOST)
def test_a_text_that_is_not_in_the_article_is_unaccounted(name: str) -> None:
    ledger, _ = account_document(LOST[name], ARTICLE)
    assert (ledger.post, ledger.unaccounted_words) == (4, ["An", "apron"])


def test_a_whole_document_has_no_unaccounted_word() -> None:
    ledger, _ = account_document({"nodes": [PARAGRAPH]}, ARTICLE)
    assert ledger.as_dict() == {"post": 4, "platform": 0, "site": 0, "other_post": 0, "unaccounted": 0}


def test_media_of_unknown_nodes_are_kept_or_reported() -> None:
    picture = "ab12cd_" + "3" * 32 + "~mv2.jpg"
    document = {
        "nodes": [
            PARAGRAPH,
            {"type": "SCENE", "nodes": [], "sceneData": {"src": "https://x.example/scene"}},
            {"type": "PANORAMA", "nodes": [], "panoramaData": {"image": {"src": {"id": picture}}}},
        ]
    }
    _, problems = account_document(document, ARTICLE)
    assert [problem.kind for problem in problems] == ["element-left-out", "element-left-out"]
    assert "https://x.example/scene" in problems[0].detail
    assert picture in problems[1].detail


def test_invisible_values_are_not_text() -> None:
    data = {
        "color": "rgb(0, 0, 0)",
        "json": '{"a b": 1}',
        "code": "<script>a b</script>",
        "link": "https://x.example",
        "description": "of another page",
        "html": "<p>of it</p>",
    }
    document = {"nodes": [PARAGRAPH, {"type": "LINK_PREVIEW", "nodes": [], "linkPreviewData": data}]}
    ledger, _ = account_document(document, ARTICLE)
    assert ledger.unaccounted == 0


SETTINGS = {
    "rel": "noopener noreferrer", "fontFamily": "open sans", "className": "wide card", "alignment": "CENTER",
    "file_name": "An apron.jpg", "border": "1px solid", "createdAt": "2024-01-02T03:04:05Z", "target": "BLANK",
    "link": "https://x.example/an%20apron", "layout": "two columns", "label": "//x.example/a b.png",
}  # fmt: skip


@pytest.mark.parametrize("name", SETTINGS)
def test_settings_of_known_nodes_are_not_text(name: str) -> None:
    node = {"type": "IMAGE", "nodes": [], "imageData": {name: SETTINGS[name]}}
    ledger, _ = account_document({"nodes": [PARAGRAPH, node]}, ARTICLE)
    assert ledger.unaccounted_words == []


def test_oembed_data_is_not_text() -> None:
    node = {"type": "EMBED", "nodes": [], "embedData": {"answer": {"provider_name": "Films", "title": "An apron"}}}
    ledger, _ = account_document({"nodes": [PARAGRAPH, node]}, ARTICLE)
    assert ledger.unaccounted == 0


def test_the_preview_of_another_page_in_an_old_document_is_no_text() -> None:
    data = {"config": {"link": {"url": "https://x.example"}}, "title": "The kiln", "description": "An apron"}
    entity = {"type": "wix-draft-plugin-link-preview", "mutability": "IMMUTABLE", "data": data}
    block = {"text": "The kiln is cold.", "type": "unstyled", "entityRanges": []}
    ledger, _ = account_document({"blocks": [block], "entityMap": {"0": entity}}, ARTICLE)
    assert ledger.unaccounted == 0


def test_a_word_of_embedded_html_that_is_marked_in_part_is_one_word() -> None:
    article = element("article", element("p", "Ozone is O", element("sub", "3"), "."))
    html = {
        "type": "HTML",
        "nodes": [],
        "htmlData": {"html": "<table><tr><td>Ozone is O<sub>3</sub>.</td></tr></table>"},
    }
    ledger, _ = account_document({"nodes": [html]}, article)
    assert (ledger.unaccounted, ledger.unaccounted_words) == (0, [])
