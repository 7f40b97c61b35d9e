"""A text in any field of a record is in the post or in a note that names the field: API, tables, feeds, JSON feeds."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from unwix.model.page import Page
from unwix.run.steps import convert_page
from unwix.run.write_post import WrittenPost

TEXTS = ["Frag die Töpferin vor dem Brand", "焼く前に陶芸家に聞いてください"]
SITE = "https://www.potter-lane.example"
DOCUMENT = {
    "nodes": [
        {
            "type": "PARAGRAPH",
            "id": "a1",
            "nodes": [
                {"type": "TEXT", "id": "", "nodes": [], "textData": {"text": "The kiln is cold.", "decorations": []}}
            ],
        }
    ]
}


def _posts(name: str, raw: bytes) -> list[WrittenPost]:
    result = convert_page(Page(name, data=raw))
    assert result.failed is None
    return result.posts


def _of_api(name: str, value: Any) -> list[WrittenPost]:
    posts = [
        {
            "id": f"1111111{n}-1111-1111-1111-111111111111",
            "title": f"Pot {n}",
            "slug": f"pot-{n}",
            "richContent": DOCUMENT,
        }
        for n in range(2)
    ]
    posts[0][name] = value
    return _posts("posts.json", json.dumps({"posts": posts}).encode())


def _of_table(name: str, value: Any) -> list[WrittenPost]:
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(["ID", "Title", "Slug", "Rich Content", name])
    for n in range(2):
        cell = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        table.writerow(
            [f"1111111{n}-1111-1111-1111-111111111111", f"Pot {n}", f"pot-{n}", json.dumps(DOCUMENT), "" if n else cell]
        )
    return _posts("posts.csv", out.getvalue().encode())


def _of_feed(name: str, value: Any) -> list[WrittenPost]:
    more = f"<{name}><![CDATA[{value}]]></{name}>" if isinstance(value, str) else ""
    items = "".join(
        f"<item><title>Pot {n}</title><link>{SITE}/post/pot-{n}</link><description>Of a kiln and its potter.</description>"
        f"<content:encoded>&lt;p&gt;The kiln is cold.&lt;/p&gt;</content:encoded>{'' if n else more}</item>"
        for n in range(2)
    )
    spaces = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:x="http://x.example/"'
    rss = f"<rss {spaces}><channel><title>P</title><generator>RSS for Node</generator>{items}</channel></rss>"
    return _posts("feed.xml", rss.encode())


def _of_json_feed(name: str, value: Any) -> list[WrittenPost]:
    items: list[dict[str, Any]] = [
        {
            "id": f"{SITE}/post/pot-{n}",
            "url": f"{SITE}/post/pot-{n}",
            "title": f"Pot {n}",
            "content_html": "<p>The kiln is cold.</p>",
        }
        for n in range(2)
    ]
    items[0]["image"] = "https://static.wixstatic.com/media/ab12cd_0123456789abcdef0123456789abcdef~mv2.jpg"
    items[0][name] = value
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "P", "items": items}
    return _posts("feed.json", json.dumps(feed).encode())


FIELDS: list[tuple[Callable[[str, Any], list[WrittenPost]], str]] = [
    *((_of_api, name) for name in ("footnote", "intro", "customField", "contentText", "content")),
    *((_of_table, name) for name in ("Footnote", "Notes", "脚注", "Title", "Plain Content")),
    *((_of_feed, name) for name in ("x:note", "x:summary", "content:encoded", "title", "subtitle", "content")),
    *((_of_json_feed, name) for name in ("_note", "subtitle", "content_text", "summary", "attachments")),
]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize(("read", "name"), FIELDS)
@pytest.mark.parametrize("form", ["text", "html", "object", "list"])
def test_a_text_in_any_field_is_written_or_named(
    read: Callable[[str, Any], list[WrittenPost]], name: str, form: str, text: str
) -> None:
    value = {"text": text, "html": f"<p>{text}</p>", "object": {"text": text}, "list": [text, {"k": 1}]}[form]
    first, second = read(name, value)
    if read is not _of_feed or isinstance(value, str):
        found = first.text + " ".join(problem.detail for problem in first.problems)
        assert all(word in found for word in text.split())
    assert "The kiln is cold." in second.text
    assert "field-left-out" not in {problem.kind for problem in second.problems}


@pytest.mark.parametrize(
    "value", ["3", "true", "2023-04-01", "pot-1", "https://x.example/pot", "#ff0000", "", "null", "[]", "blog post.jpg"]
)
def test_settings_in_unknown_fields_are_not_named(value: str) -> None:
    for read in (_of_api, _of_table, _of_feed, _of_json_feed):
        assert "field-left-out" not in {problem.kind for post in read("unknown", value) for problem in post.problems}


def test_a_text_that_the_post_has_is_not_named() -> None:
    for read in (_of_api, _of_table, _of_feed, _of_json_feed):
        post, _ = read("again", "The kiln is cold.")
        assert "field-left-out" not in {problem.kind for problem in post.problems}
