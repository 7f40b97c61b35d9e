"""Test outputs of export tools and scrapers: their tables, records and files, with HTML or Markdown for the text."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from support.post_pages import PICTURE, SITE, h, p, post_page
from unwix import readers
from unwix.model.page import Page
from unwix.model.post import Post
from unwix.model.skipped import Skipped
from unwix.run.write_post import write

URL = f"{SITE}/post/the-cold-kiln"
COVER = f"https://static.wixstatic.com/media/{PICTURE}"
FIRST = "The kiln stands behind the house, and nobody has lit it since the winter of that year."
SECOND = "We carried the pots down in the evening, one by one, and counted them twice."
HTML = f"<p>{FIRST}</p><h2>The pots</h2><p>{SECOND}</p>"
MARKDOWN = f"{FIRST}\n\n## The pots\n\n{SECOND}\n"
TEXT = f"{FIRST}\n\n{SECOND}\n"
RECORD = {"title": "The cold kiln", "old_url": URL, "date": "2024-05-01 10:30:00", "author": "Ada", "tags": "kiln|pots"}


def read(data: str | bytes, name: str = "export") -> list[Post]:
    return readers.read(Page(name, data=data.encode() if isinstance(data, str) else data))


def table(*rows: dict[str, str]) -> str:
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def body(post: Post) -> str:
    result = write(post)
    assert result.result == "complete"
    return result.body.lstrip("\n")


@pytest.mark.parametrize("form", ["table", "list", "object", "lines"])
def test_records_with_html_are_posts(form: str) -> None:
    record = {**RECORD, "content": HTML, "image_url": COVER, "excerpt": "In short"}
    data = {
        "table": table(record),
        "list": json.dumps([record]),
        "object": json.dumps({"posts": [record]}),
        "lines": json.dumps(record) + "\n" + json.dumps({**record, "old_url": f"{SITE}/post/b", "title": "B"}) + "\n",
    }[form]
    post = read(data)[0]
    assert body(post) == MARKDOWN
    assert post.metadata.as_dict() == {
        "title": "The cold kiln",
        "slug": "the-cold-kiln",
        "date": "2024-05-01T10:30:00",
        "authors": ["Ada"],
        "description": "In short",
        "tags": ["kiln", "pots"],
        "cover": COVER,
        "canonical_url": URL,
    }


@pytest.mark.parametrize(
    "record",
    [
        {"title": "A plate", "url": "https://www.shop.example/products/plate", "body": HTML},
        {"title": "", "url": URL, "body": HTML},
        {"title": "The cold kiln", "url": URL, "body": "short"},
    ],
    ids=["no sign of Wix", "no title", "no HTML"],
)
def test_other_records_are_skipped(record: dict[str, str]) -> None:
    with pytest.raises(Skipped):
        read(json.dumps([record]))


def test_a_record_that_cannot_be_read_is_reported_and_the_others_are_read() -> None:
    deep = "<div>" * 20_000 + FIRST
    records = [{"title": "Deep", "url": f"{SITE}/post/deep", "body": deep}, {"title": "B", "url": URL, "body": HTML}]
    (post,) = read(json.dumps(records))
    assert post.metadata.title == "B"
    assert [problem.kind for problem in post.problems] == ["texts-skipped"]


def test_line_breaks_that_a_tool_escapes_in_a_cell_are_line_breaks() -> None:
    cell = TEXT.replace("\n", "\\n")
    (post,) = read(table({**RECORD, "url": URL, "coverImageUrl": COVER, "content": cell}))
    assert body(post) == TEXT
    assert post.metadata.cover == COVER


def head(**more: str) -> str:
    lines = {"Slug": "`the-cold-kiln`", "Status": "PUBLISHED", "Tags": "#kiln #pots", **more}
    return "# The cold kiln\n\n" + "\n".join(f"**{key}:** {value}" for key, value in lines.items()) + "\n\n---\n\n"


def test_the_sections_of_an_export_tool_are_not_the_authors() -> None:
    text = f"![]({COVER})\n\n## Excerpt\n\nAn old kiln, in short.\n\n## Content\n\n{TEXT}"
    (post,) = read(head(Published="2024-05-01") + text)
    assert body(post) == f"![]({COVER})\n\n{TEXT}"
    metadata = post.metadata
    assert (metadata.title, metadata.slug, metadata.tags) == ("The cold kiln", "the-cold-kiln", ["kiln", "pots"])
    assert (metadata.date, metadata.description) == ("2024-05-01", "An old kiln, in short.")


def test_headings_of_the_author_stay() -> None:
    text = f"{FIRST}\n\n## Content\n\n{SECOND}\n"
    (post,) = read(head(URL=URL) + text)
    assert body(post) == text


def test_a_stated_date_with_two_meanings_is_reported() -> None:
    (post,) = read(head(URL=URL, Published="5/4/2023") + TEXT)
    assert post.metadata.date is None
    (problem,) = post.problems
    assert (problem.kind, "“5/4/2023”" in problem.detail) == ("date-unclear", True)


@pytest.mark.parametrize(
    ("stated", "date"),
    [
        ("2024-05-01T10:30:00.000Z", "2024-05-01T10:30:00.000Z"),
        ("2024-05-01 00:00:00", "2024-05-01"),
        ("2024-05-01T00:00:00.000Z", "2024-05-01"),
        ("2024-05-01", "2024-05-01"),
    ],
)
def test_the_time_of_a_stated_date_is_kept(stated: str, date: str) -> None:
    (post,) = read(f"---\ntitle: The cold kiln\nurl: {URL}\ndate: '{stated}'\n---\n\n{TEXT}")
    assert post.metadata.date == date


def test_html_below_front_matter_is_a_page() -> None:
    page = post_page(p(FIRST) + h("The pots", 2) + p(SECOND)).decode()
    inside = page[page.index("<body") :].partition(">")[2].partition("</body>")[0]
    front = (
        f"---\ntitle: The cold kiln | Potter Lane\ndate: '2025-03-04T05:06:07.891Z'\nurl: '{URL}'\ntype: post\n---\n"
    )
    (post,) = read(front + inside)
    assert body(post) == MARKDOWN
    assert (post.metadata.date, post.metadata.canonical_url) == ("2025-03-04T05:06:07.891Z", URL)
    assert "url:" not in body(post)


@pytest.mark.parametrize("head", [f"link: {URL}\n", "permalink: /post/the-cold-kiln\n"])
def test_html_of_a_feed_below_front_matter_is_a_post(head: str) -> None:
    front = f"---\nlayout: post\ntitle: The cold kiln\ndate: 2023-05-04 10:11:12.000000000 +00:00\n{head}---\n"
    (post,) = read(front + HTML.replace("><", ">\n<") + f'\n<img src="{COVER}">\n')
    assert body(post) == f"{MARKDOWN}\n![]({COVER})\n"
    assert (post.metadata.slug, post.metadata.date) == ("the-cold-kiln", "2023-05-04T10:11:12.000+00:00")


def test_markdown_with_some_html_below_front_matter_stays_markdown() -> None:
    text = f'<p><img src="{COVER}"></p>\n\n## The pots\n\n{FIRST}\n\n{SECOND}\n'
    (post,) = read(f"---\ntitle: The cold kiln\nurl: {URL}\n---\n\n{text}")
    assert "## The pots" in body(post)


# ---- WXR, the export format of WordPress ------------------------------------------------------------------------


def wxr(*items: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"'
        ' xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>Potter Lane</title><wp:wxr_version>1.2</wp:wxr_version>{''.join(items)}</channel></rss>"
    )


def wxr_item(kind: str = "post", status: str = "publish", **more: Any) -> str:
    return (
        f"<item><title>The cold kiln</title><link>{more.get('link', URL)}</link>"
        "<pubDate>Thu, 04 May 2023 10:11:12 GMT</pubDate>"
        '<category domain="category"><![CDATA[Fire]]></category><category domain="post_tag"><![CDATA[kiln]]></category>'
        f'<content:encoded><![CDATA[{HTML}<img src="{COVER}">]]></content:encoded>'
        "<excerpt:encoded><![CDATA[An old kiln, in short.]]></excerpt:encoded>"
        f"<wp:post_name>the-cold-kiln</wp:post_name><wp:status>{status}</wp:status>"
        f"<wp:post_type>{kind}</wp:post_type></item>"
    )


def test_an_export_for_wordpress_has_tags_excerpts_and_drafts() -> None:
    post, draft = read(wxr(wxr_item(), wxr_item(status="draft", link="")))
    assert (post.metadata.categories, post.metadata.tags) == (["Fire"], ["kiln"])
    assert (post.metadata.description, post.metadata.draft) == ("An old kiln, in short.", None)
    assert (draft.metadata.slug, draft.metadata.draft) == ("the-cold-kiln", True)


def test_pages_and_attachments_in_an_export_for_wordpress_are_left_out() -> None:
    (post,) = read(wxr(wxr_item("page"), wxr_item(), wxr_item("attachment")))
    (problem,) = [problem for problem in post.problems if problem.kind == "texts-skipped"]
    assert problem.detail == "2 of 3 items are not posts and are left out: 1 × page, 1 × attachment"
