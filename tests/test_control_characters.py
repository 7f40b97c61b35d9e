"""Test that control characters, noncharacters and lone surrogates in any container of any source never fail a post."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from support.feeds import feed, item
from support.post_pages import p, post_page
from unwix.model.page import Page
from unwix.run.steps import convert_page

CHARACTERS = [
    "\x00", "\x01", "\x08", "\x0b", "\x0c", "\x0e", "\x1b", "\x1c", "\x1f", "\x7f", "\x80", "\x85", "\x9f", "\u2028",
    "\ufdd0", "\ufffe", "\uffff", "\U0001fffe", "\ud83d", "\r", "\xad", "\u200b", "\u2029", "\u2060", "\ufeff",
]  # fmt: skip
#: Control characters are visible in no text. Ids of media are Wix's own and contain none.
INVISIBLE = "\xad\u200b\u2060\ufeff"
MEDIA = "ab12cd_{}0123456789abcdef0123456789abcdef~mv2.jpg"
IMAGE = f"https://static.wixstatic.com/media/{MEDIA}"
URL = "https://e.example/a{}b"
#: The place of the character is `{}`.
HTML = {
    "text": p("One{}two"),
    "pre": '<pre id="viewer-a"><span>One{}two</span></pre>',
    "cell": '<table><tbody><tr><td><p id="viewer-a">One{}two</p></td></tr></tbody></table>',
    "link": p(f'<a href="{URL}">link</a>'),
    "alt": f'<div id="viewer-a"><img alt="One{{}}two" src="{IMAGE.format("")}"></div>',
    "media": f'<div id="viewer-a"><img alt="" src="{IMAGE}"></div>',
    "image": f'<div id="viewer-a"><img alt="" src="{URL}.jpg"></div>',
    "frame": f'<div id="viewer-a"><iframe src="{URL}"></iframe></div>',
    "style": '<p id="viewer-a" style="text-align:{}left">One</p>',
    "id": '<h2 id="viewer-a{}b">Head</h2>' + p('<a href="#viewer-a{}b">there</a>'),
    "reformatted": '\n  <p id="viewer-a">\n    <span>One{}two.</span>\n  </p>\n  <div type="paragraph"></div>\n'
    f'  <p id="viewer-b">\n    <a href="{URL}">th{{}}ree</a>\n  </p>\n  <div type="paragraph"></div>\n',
}


def lossless(raw: bytes) -> None:
    result = convert_page(Page("source", data=raw))
    assert result.failed is None
    assert result.skipped is None
    for post in result.posts:
        assert [(q.kind, q.detail) for q in post.problems if q.severity == "error"] == []
    assert result.posts


@pytest.mark.parametrize("char", CHARACTERS, ids=ascii)
@pytest.mark.parametrize("container", HTML)
def test_control_characters_in_a_page(container: str, char: str) -> None:
    if container == "media" and char in INVISIBLE:
        return
    for form in (char, f"&#{ord(char)};", f"&#x{ord(char):X};"):
        page = post_page("BODY").decode().replace("BODY", HTML[container].replace("{}", form))
        lossless(page.encode("utf-8", "surrogatepass"))


def node(kind: str, *nodes: Any, **data: Any) -> dict[str, Any]:
    return {"type": kind, "id": f"key{kind}", "nodes": list(nodes), **data}


def documents(c: str) -> list[dict[str, Any]]:
    """Return a document for each kind of node that contains texts and URLs."""
    url = URL.format(c)
    text = node("TEXT", textData={"text": f"One{c}two", "decorations": []})
    link = [{"type": "LINK", "linkData": {"link": {"url": url}}}]
    linked = node("TEXT", textData={"text": f"One{c}two", "decorations": link})
    paragraph, media = node("PARAGRAPH", text), MEDIA.format(c if c not in INVISIBLE else "")
    nodes = [
        node("PARAGRAPH", linked),
        node("HEADING", text, headingData={"level": 2}),
        node("CODE_BLOCK", text),
        node("BLOCKQUOTE", paragraph),
        node("BULLETED_LIST", node("LIST_ITEM", paragraph)),
        node("TABLE", node("TABLE_ROW", node("TABLE_CELL", paragraph))),
        node("IMAGE", imageData={"image": {"src": {"id": media}}, "altText": f"A{c}b", "caption": f"a{c}b"}),
        node("VIDEO", videoData={"video": {"src": {"url": url}}, "title": f"t{c}u"}),
        node("FILE", fileData={"name": f"a{c}b.pdf", "src": {"url": url}}),
        node("BUTTON", buttonData={"text": f"a{c}b", "link": {"url": url}}),
        node("HTML", htmlData={"url": url}),
        node("EMBED", embedData={"src": url, "oembed": {"title": f"a{c}b"}}),
        node("POLL", pollData={"poll": {"title": f"a{c}b", "options": [{"title": f"o{c}p"}]}}),
        node("GALLERY", galleryData={"items": [{"image": {"media": {"src": {"url": media}}}, "title": f"t{c}u"}]}),
    ]
    return [{"nodes": [block]} for block in nodes]


def post_object(c: str, document: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": f"T{c}u", "slug": f"s{c}t", "excerpt": f"e{c}f", "firstPublishedDate": f"2023-01-05{c}", "language": f"en{c}",
        "url": {"base": f"https://e{c}.example", "path": f"/post/s{c}t"}, "richContent": document,
        "categories": [{"label": f"L{c}"}], "tags": [f"t{c}"], "coverImage": f"wix:image://v1/{MEDIA.format(c if c not in INVISIBLE else '')}/a{c}.jpg",
        "author": {"name": f"N{c}"}, "hashtags": [f"h{c}"],
    }  # fmt: skip


def api_answer(c: str, *, escaped: bool) -> list[bytes]:
    answers = ({"post": post_object(c, document)} for document in documents(c))
    return [json.dumps(answer, ensure_ascii=escaped).encode("utf-8", "replace") for answer in answers]


def draft(c: str) -> dict[str, Any]:
    kinds = ("unstyled", "header-two", "code-block", "blockquote", "unordered-list-item", "atomic")
    entity = {"type": "LINK", "data": {"url": URL.format(c)}}
    blocks = [{"key": f"k{c}", "text": f"One{c}two", "type": kind, "entityRanges": []} for kind in kinds]
    blocks[0]["entityRanges"] = [{"offset": 0, "length": 6, "key": 0}]
    return {"title": "T", "slug": "s", "content": {"blocks": blocks, "entityMap": {"0": entity}}}


def table(c: str, document: dict[str, Any]) -> bytes:
    text = io.StringIO()
    rows = [("Title", "Published Date", "Tags", "Rich Content")]
    rows += [(f"T{c}", f"2023-01-05{c}", f"a{c}b", json.dumps(document))]
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8", "surrogatepass")


def feed_of(c: str) -> bytes:
    body = f'<p>One{c}two <a href="{URL.format(c)}">link</a></p>'
    return feed(item("BODY", title="TITLE")).replace(b"BODY", body.encode("utf-8", "surrogatepass")).replace(
        b"TITLE", f"T{c}u".encode("utf-8", "surrogatepass")
    )  # fmt: skip


SOURCES: dict[str, Callable[[str], list[bytes]]] = {
    "ricos": lambda c: api_answer(c, escaped=True),
    "ricos unescaped": lambda c: api_answer(c, escaped=False),
    "draftjs": lambda c: [json.dumps({"post": draft(c)}).encode()],
    "csv": lambda c: [table(c, document) for document in documents(c)],
    "feed": lambda c: [feed_of(c)],
    "feed, as references": lambda c: [feed_of(f"&#{ord(c)};")],
}


@pytest.mark.parametrize("char", CHARACTERS, ids=ascii)
@pytest.mark.parametrize("source", SOURCES)
def test_control_characters_in_a_document(source: str, char: str) -> None:
    for raw in SOURCES[source](char):
        lossless(raw)
