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
    ledger = account_document(LOST[name], ARTICLE)
    assert (ledger.post, ledger.unaccounted_words) == (4, ["An", "apron"])


def test_a_whole_document_has_no_unaccounted_word() -> None:
    ledger = account_document({"nodes": [PARAGRAPH]}, ARTICLE)
    assert ledger.as_dict() == {"post": 4, "platform": 0, "site": 0, "other_post": 0, "unaccounted": 0}
