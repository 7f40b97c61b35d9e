"""The body of a post in Wix's own format: a Ricos document, an older Draft.js document, or plain text."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct

from ...fidelity.documents.draftjs import count_draftjs
from ...fidelity.documents.ricos import count_ricos
from ...fidelity.facts_builder import FactsBuilder
from ...model.article import Element, element
from ...model.facts import Facts, words
from ...model.problems import Problem
from ...web.json_path import Json, dig, json_value, kind_of, text
from ...web.saved_links import LinkRestorer
from ..article_building.block_cleanup import tidy_blocks
from ..article_building.context import Context
from ..article_building.inline_runs import Run
from ..article_building.paragraphs import paragraphs_of
from ..draftjs.to_ricos import is_draftjs, to_ricos
from ..ricos.nodes import NODES, read_document

#: Where a post's object contains its document, the best first (docs/wix/ricos.md#where-documents-are-stored).
DOCUMENT_PATHS = (
    ("richContent",),
    ("richContentString",),
    ("content",),
    ("draft", "content"),
    ("draft", "richContent"),
)
_TEXTS = ("contentText", "plainContent")


PREVIEW_ONLY = Problem(
    "preview-only", "body", "the file has only a preview of this post, which is for members of a paid plan"
)


class Body(Struct, frozen=True):
    """A post's body as its file contains it."""

    form: Literal["ricos", "draftjs", "text"]
    value: Any

    def as_stored(self) -> tuple[str, Json] | None:
        """Return the document as a Post keeps it; None for plain text."""
        return None if self.form == "text" else (self.form, self.value)


def is_ricos(value: Any) -> bool:
    """Return True if a JSON value is a Ricos document.

    It has nodes with Wix's types, or no nodes but a document's metadata.
    """
    if not isinstance(value, dict) or "type" in value or not isinstance(value.get("nodes"), list):
        return False
    nodes = value["nodes"]
    if not nodes:
        return set(value) <= {"nodes", "metadata", "documentStyle"}
    return any(isinstance(n, dict) and kind_of(n) in NODES for n in nodes)


def document(value: Any) -> Body | None:
    """Return the body in a value that is a document, or a string that contains one."""
    if isinstance(value, str) and value.lstrip().startswith('"'):  # encoded twice
        value = json_value(value)
    if isinstance(value, str) and value.lstrip().startswith("{"):  # some responses contain the document as text
        value = json_value(value)
    if not isinstance(value, dict):
        return None
    if (kind := kind_of(value)) in NODES and kind != "TEXT" and isinstance(value.get("nodes"), list):
        value = {"nodes": [value]}
    if is_ricos(value):
        return Body("ricos", value)
    return Body("draftjs", value) if is_draftjs(value) else None


def body_of(post: Json) -> Body | None:
    """Return the body of a post's object: a document with content, else its plain text, else an empty document."""
    bodies = [body for path in DOCUMENT_PATHS if path[0] in post and (body := document(dig(post, *path))) is not None]
    full = next((body for body in bodies if body.value.get("nodes") or body.value.get("blocks")), None)
    if full is not None:
        return full
    plain = next((text_value for name in _TEXTS if (text_value := text(post, name)).strip()), "")
    return Body("text", plain) if plain else next(iter(bodies), None)


def read_body(body: Body, ctx: Context) -> Element:
    """Return the article of a body. Problems are recorded in the context."""
    if body.form != "text":
        return read_document(body.value if body.form == "ricos" else to_ricos(body.value), ctx)
    # Plain text: blank lines separate paragraphs. Wix often joins all of them by single spaces.
    lost = "the file has no document of this post; its plain text was used, without headings, links and images"
    if body.value.strip():
        ctx.problems.append(Problem("plain-text-only", "body", lost))
    return element("article", *tidy_blocks(paragraphs_of([Run(body.value)])))


def body_facts(body: Body, restorer: LinkRestorer, video_titles: bool = True) -> Facts:
    """Return the facts of a body; `video_titles`: titles of videos must be written."""
    if body.form == "text":
        return Facts(words(body.value))
    return body_builder(body, restorer, video_titles).facts


def body_builder(body: Body, restorer: LinkRestorer, video_titles: bool = True) -> FactsBuilder:
    """Return the builder of the facts of a document body."""
    return (count_ricos if body.form == "ricos" else count_draftjs)(body.value, restorer, video_titles)
