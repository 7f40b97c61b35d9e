"""Build small Ricos and Draft.js documents, written for these tests."""

from __future__ import annotations

import json
from typing import Any

from unwix import readers
from unwix.model.article import Element, validate
from unwix.model.page import Page
from unwix.model.problems import Problem
from unwix.readers.article_building.context import Context
from unwix.readers.draftjs.to_ricos import to_ricos
from unwix.readers.ricos.nodes import read_document
from unwix.run.write_post import Options, write
from unwix.web.saved_links import LinkRestorer
from unwix.writers.markdown.writer import write_markdown

Json = dict[str, Any]
PICTURE = "ab12cd_0123456789abcdef0123456789abcdef~mv2.jpg"
FILM = "ab12cd_fedcba9876543210fedcba9876543210"


def text(phrase: str, *decorations: Json | str) -> Json:
    """Return a TEXT node; a decoration can be given by its type alone."""
    made = [{"type": d} if isinstance(d, str) else d for d in decorations]
    return {"type": "TEXT", "id": "", "nodes": [], "textData": {"text": phrase, "decorations": made}}


def node(kind: str, *children: Json | str, key: str = "", **data: Any) -> Json:
    """Return a node; a child that is a string becomes a TEXT node."""
    return {"type": kind, "id": key, "nodes": [text(c) if isinstance(c, str) else c for c in children], **data}


def p(*children: Json | str, key: str = "") -> Json:
    return node("PARAGRAPH", *children, key=key)


def item(*children: Json | str, **data: Any) -> Json:
    """Return a list item; strings become paragraphs."""
    return node("LIST_ITEM", *[p(c) if isinstance(c, str) else c for c in children], **data)


def link(url: str) -> Json:
    return {"type": "LINK", "linkData": {"link": {"url": url, "target": "BLANK"}}}


def image(name: str = PICTURE, *children: Json, alt: str = "", **data: Any) -> Json:
    return node(
        "IMAGE",
        *children,
        imageData={"image": {"src": {"id": name}, "width": 800, "height": 600}, "altText": alt, **data},
    )


def read(*nodes: Json, base: str | None = "https://www.example.com/post/one") -> tuple[Element, list[Problem]]:
    """Return the article of a document with these nodes, which must be valid, and its problems."""
    ctx = Context(LinkRestorer(base))
    article = read_document({"nodes": list(nodes)}, ctx)
    assert validate(article) == []
    return article, ctx.problems


def markdown(*nodes: Json, base: str | None = "https://www.example.com/post/one") -> str:
    """Return the Markdown of a document with these nodes, without the line break at its end."""
    return write_markdown(read(*nodes, base=base)[0]).rstrip("\n")


def written(target: str, *nodes: Json) -> tuple[str, list[Problem]]:
    """Return a target's body for a post of these nodes (HTML for some), and the differences that fidelity reports."""
    document = {"title": "One", "slug": "one", "richContent": {"nodes": list(nodes)}}
    (post,) = readers.read(Page("one.json", data=json.dumps(document).encode()))
    result = write(post, Options(target=target))
    if not result.text.startswith("{"):
        return result.text, result.fidelity.problems
    record = json.loads(result.text)
    return record.get("html") or record.get("markdown") or result.text, result.fidelity.problems


def kinds(*nodes: Json, base: str | None = "https://www.example.com/post/one") -> list[str]:
    """Return the kinds of problems of a document."""
    return [problem.kind for problem in read(*nodes, base=base)[1]]


# ---- Draft.js ---------------------------------------------------------------------------------------------------


def block(
    phrase: str,
    kind: str = "unstyled",
    depth: int = 0,
    styles: list[Json] | None = None,
    entities: list[Json] | None = None,
    key: str = "",
) -> Json:
    return {
        "key": key,
        "text": phrase,
        "type": kind,
        "depth": depth,
        "inlineStyleRanges": styles or [],
        "entityRanges": entities or [],
        "data": {},
    }


def span(offset: int, length: int, **of: Any) -> Json:
    """Return a range: `style=` of an inline style, `key=` of an entity."""
    return {"offset": offset, "length": length, **of}


def atomic(key: int = 0) -> Json:
    return block(" ", "atomic", entities=[span(0, 1, key=key)])


def draft(*blocks: Json | str, **entities: Any) -> Json:
    """Return a Draft.js document; entities are named `e0`, `e1` … and are given as (type, data)."""
    made = [block(b) if isinstance(b, str) else b for b in blocks]
    known = {
        name[1:]: {"type": kind, "mutability": "IMMUTABLE", "data": data} for name, (kind, data) in entities.items()
    }
    return {"blocks": made, "entityMap": known, "VERSION": "8.0.0"}


def draft_markdown(document: Json) -> str:
    ctx = Context(LinkRestorer("https://www.example.com/post/one"))
    article = read_document(to_ricos(document), ctx)
    assert validate(article) == []
    return write_markdown(article).rstrip("\n")
