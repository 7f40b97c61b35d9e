"""Test texts of pages in JSON, in the forms of search APIs, crawlers, retrieval tools and corpora."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from support.contained_posts import AUTHOR, DAY, NAMES, TITLES, article, expected, page, read, summary, url
from unwix.model.errors import UnreadablePage
from unwix.model.skipped import Skipped

SNIPPET = "The first lines of the page, as a search engine cuts them off in the middle of a sentence, and then…"
HTML = "<div><p>" + "The ferry leaves when the tide allows it. " * 20 + "</p></div>"


def each(record: Callable[[str], Any]) -> list[Any]:
    return [record(name) for name in NAMES]


def columns(values: Callable[[str], Any]) -> dict[str, Any]:
    """Return the values of all posts as pandas writes a column by default."""
    return {str(n): values(name) for n, name in enumerate(NAMES)}


PAGES: dict[str, Any] = {
    "a list of records": each(lambda n: {"url": url(n), "text": page(n)}),
    "Tavily": {
        "query": "ferry",
        "results": each(
            lambda n: {"title": TITLES[n], "url": url(n), "content": SNIPPET, "raw_content": page(n), "score": 0.9}
        ),
        "response_time": 1.2,
    },
    "Tavily without raw content": {
        "results": each(lambda n: {"title": TITLES[n], "url": url(n), "content": page(n), "raw_content": None})
    },
    "Firecrawl": {
        "success": True,
        "data": each(
            lambda n: {
                "markdown": page(n, is_markdown=True),
                "rawHtml": HTML,
                "links": [url(n)] * 30,
                "metadata": {"sourceURL": url(n), "title": "x", "statusCode": 200},
            }
        ),
    },
    "crawl4ai": each(
        lambda n: {
            "url": url(n),
            "html": HTML,
            "markdown": {"raw_markdown": page(n, is_markdown=True), "fit_markdown": None},
        }
    ),
    "LangChain": each(lambda n: {"page_content": page(n), "metadata": {"source": url(n)}, "type": "Document"}),
    "LangChain's dumps": each(
        lambda n: {"lc": 1, "id": ["Document"], "kwargs": {"page_content": page(n), "metadata": {"source": url(n)}}}
    ),
    "LlamaIndex": each(lambda n: {"id_": "3", "metadata": {"URL": url(n)}, "text_resource": {"text": page(n)}}),
    "Haystack": {"documents": each(lambda n: {"id": "a", "content": page(n), "meta": {"url": url(n)}})},
    "rows of a data set viewer": {"rows": each(lambda n: {"row_idx": 1, "row": {"text": page(n), "url": url(n)}})},
    "lists as columns": {"text": each(page), "url": each(url)},
    "a data frame": {"text": columns(page), "url": columns(url)},
    "a data frame, split": {"columns": ["url", "text"], "index": [0, 1, 2], "data": each(lambda n: [url(n), page(n)])},
    "a list of rows below the names": [["url", "text"], *each(lambda n: [url(n), page(n)])],
    "texts by their URLs": {url(n): page(n) for n in NAMES},
    "objects by their URLs": {url(n): {"text": page(n)} for n in NAMES},
    "Elasticsearch": {"hits": {"hits": each(lambda n: {"_source": {"url": url(n), "body_content": page(n)}})}},
    "Qdrant": {"result": each(lambda n: {"payload": {"page_content": page(n), "metadata": {"source": url(n)}}})},
    "Chroma": {"ids": ["a", "b", "c"], "documents": each(page), "metadatas": each(lambda n: {"source": url(n)})},
    "Chroma's answer": {"documents": [each(page)], "metadatas": [each(lambda n: {"source": url(n)})]},
    "Apify": each(
        lambda n: {
            "url": url(n),
            "crawl": {"loadedUrl": url(n), "loadedTime": "2023-06-01T10:00:00.000Z"},
            "metadata": {"title": f"{TITLES[n]} | Salt and Rope", "author": None, "languageCode": "en"},
            "text": page(n),
            "markdown": page(n, is_markdown=True),
        }
    ),
    "OSCAR": each(lambda n: {"content": page(n), "warc_headers": {"warc-target-uri": url(n)}}),
    "a list of lines": each(lambda n: {"url": url(n), "lines": page(n).split("\n")}),
    "blocks of a message": each(lambda n: {"url": url(n), "content": [{"type": "text", "text": page(n)}]}),
    "a field of another name": each(lambda n: {"url": url(n), "dump": page(n)}),
    "encoded twice": each(lambda n: {"url": url(n), "text": page(n).replace("\n", "\\n")}),
    "line ends of Windows": each(lambda n: {"url": url(n), "text": page(n).replace("\n", "\r\n")}),
    "a head in each text": each(lambda n: {"text": f"---\ntitle: {TITLES[n]}\nurl: {url(n)}\n---\n\n{page(n)}"}),
    "a summary next to the text": each(lambda n: {"url": url(n), "summary": SNIPPET, "text": page(n)}),
}


@pytest.mark.parametrize("form", PAGES)
def test_pages_in_records(form: str) -> None:
    assert [summary(post) for post in read(json.dumps(PAGES[form]))] == [expected(name) for name in NAMES]


def metadata(**fields: Any) -> dict[str, Any]:
    return {"url": "", "title": "", "author": AUTHOR, "date": DAY, **fields}


ARTICLES: dict[str, Callable[[str], dict[str, Any]]] = {
    "Exa": lambda n: {
        "id": url(n), "url": url(n), "title": TITLES[n], "publishedDate": f"{DAY}T00:00:00.000Z", "author": AUTHOR,
        "text": article(n),
    },
    "news-please": lambda n: {
        "authors": [AUTHOR], "date_download": "2023-06-01 10:00:00", "date_publish": f"{DAY} 00:00:00",
        "maintext": article(n), "title": TITLES[n], "url": url(n),
    },
    "trafilatura": lambda n: {
        "title": TITLES[n], "author": AUTHOR, "date": DAY, "source": url(n), "source-hostname": "Salt",
        "raw_text": article(n).replace("\n", " "), "text": article(n), "filedate": "2023-06-01",
    },
    "Diffbot": lambda n: {
        "type": "article", "text": article(n), "html": HTML, "pageUrl": url(n), "title": TITLES[n], "author": AUTHOR,
        "date": "Thu, 04 May 2023 00:00:00 GMT",
    },
    "MongoDB": lambda n: {
        "_id": {"$oid": "5"}, "link": url(n), "headline": TITLES[n], "article_body": article(n), "by": AUTHOR,
        "published": {"$date": f"{DAY}T00:00:00Z"},
    },
    "paragraphs": lambda n: {
        "url": url(n), "title": TITLES[n], "author": AUTHOR, "date": DAY, "paragraphs": article(n).split("\n\n"),
    },
    "linked data": lambda n: {
        "@id": url(n), "headline": TITLES[n], "author": {"@type": "Person", "name": AUTHOR}, "datePublished": DAY,
        "articleBody": article(n),
    },
}  # fmt: skip


@pytest.mark.parametrize("form", ARTICLES)
def test_articles_with_metadata_in_records(form: str) -> None:
    posts = read("\n".join(json.dumps(ARTICLES[form](name)) for name in NAMES))
    assert [summary(post) for post in posts] == [expected(name) for name in NAMES]


KEYS = {
    "url": (
        "URL", "link", "page_url", "pageUrl", "source", "sourceURL", "source_url", "final_url", "href", "canonical_url",
        "loc", "WARC-Target-URI", "post_url", "request_url", "og:url", "permalink",
    ),
    "title": ("Title", "headline", "name", "post_title", "og:title", "articleTitle", "h1", "dc.title"),
    "author": ("authors", "byline", "creator", "author_name", "authorName", "dc:creator", "written_by", "postAuthor"),
    "date": ("published_at", "publishedDate", "pub_date", "article:published_time", "posted_on", "post_date"),
}  # fmt: skip


@pytest.mark.parametrize(("field", "key"), [(field, key) for field, keys in KEYS.items() for key in keys])
def test_names_of_fields(field: str, key: str) -> None:
    record = {"url": url("one"), "title": TITLES["one"], "author": AUTHOR, "date": DAY, "text": article("one")}
    record[key] = record.pop(field)
    assert summary(read(json.dumps(record))[0]) == expected("one")


@pytest.mark.parametrize(
    "date",
    [
        "2023-05-04T08:00:00Z", "2023-05-04 08:00:00+00:00", "2023-05-04 08:00:00 UTC", "May 4, 2023", "4 May 2023",
        "Thursday, May 4, 2023", "Thu, 04 May 2023 08:00:00 GMT", "2023/05/04", "20230504", "04.05.2023", 1683187200,
        1683187200000, "1683187200", "20230504080000",
    ],
)  # fmt: skip
def test_forms_of_dates(date: str | int) -> None:
    record = {"url": url("one"), "title": TITLES["one"], "author": AUTHOR, "date": date, "text": article("one")}
    assert summary(read(json.dumps(record))[0]) == expected("one")


@pytest.mark.parametrize("date", ["04/05/2023", "3 days ago", "soon", 12, "12", None, True, "99999999999999"])
def test_ambiguous_dates_are_left_out(date: object) -> None:
    record = {"url": url("one"), "title": TITLES["one"], "author": AUTHOR, "date": date, "text": article("one")}
    assert summary(read(json.dumps(record))[0]) == expected("one", date=None)


def test_date_of_a_crawl_is_not_the_posts() -> None:
    record = {"text": article("one"), "title": TITLES["one"], "dump": "CC-MAIN-2023-23", "url": url("one")}
    posts = read(json.dumps({**record, "date": "2023-06-01T10:00:00Z"}))
    assert posts[0].metadata.date is None


def test_date_of_a_crawl_completes_a_date_without_its_year() -> None:
    text = page("one").replace("May 4, 2023", "May 4")
    record = {"text": text, "dump": "CC-MAIN-2023-23", "url": url("one"), "date": "2023-06-01T10:00:00Z"}
    assert read(json.dumps(record))[0].metadata.date == DAY


def lines_of(records: list[Any]) -> str:
    return "\n".join(json.dumps(record) for record in records)


RECORDS = PAGES["a list of records"]
WRITTEN: dict[str, bytes] = {
    "indented, with a byte order mark": b"\xef\xbb\xbf" + json.dumps(RECORDS, indent=2).replace("\n", "\r\n").encode(),
    "UTF-16": json.dumps(RECORDS).encode("utf-16"),
    "JSON Lines": lines_of(RECORDS).encode(),
    "JSON Lines, UTF-16": lines_of(RECORDS).encode("utf-16"),
    "JSON Lines with empty lines": lines_of(RECORDS).replace("\n", "\r\n\r\n").encode(),
    "JSON text sequences": "".join(f"\x1e{json.dumps(record)}\n" for record in RECORDS).encode(),
    "objects in a row": "\n".join(json.dumps(record, indent=1) for record in RECORDS).encode(),
    "objects with commas": ",\n".join(json.dumps(record) for record in RECORDS).encode(),
}


@pytest.mark.parametrize("form", WRITTEN)
def test_forms_of_json(form: str) -> None:
    assert [summary(post) for post in read(WRITTEN[form])] == [expected(name) for name in NAMES]


def test_a_broken_line_is_reported_and_the_others_are_read() -> None:
    lines = lines_of(RECORDS).split("\n")
    posts = read("\n".join([lines[0], '{"url": "https://…', *lines[1:]]))
    assert [summary(post) for post in posts] == [expected(name) for name in NAMES]
    assert [(p.kind, p.where) for p in posts[0].problems if p.kind == "line-unreadable"] == [
        ("line-unreadable", "line 2")
    ]
    assert all(p.kind != "line-unreadable" for post in posts[1:] for p in post.problems)


@pytest.mark.parametrize("around", ["[]", '{"results": []}'])
def test_a_file_cut_short_is_read_as_far_as_it_goes_and_reported(around: str) -> None:
    text = around.replace("[]", json.dumps(RECORDS))
    posts = read(text[: text.index(TITLES["three"]) + 300])
    assert [summary(post) for post in posts] == [expected("one"), expected("two")]
    assert [p.kind for p in posts[0].problems].count("truncated") == 1


@pytest.mark.parametrize("form", ["{", '{"text": ', "[[[[", '{"a": 1} and more', "[1, 2", '{"text": "' + "x" * 300])
def test_damaged_json_is_one_sentence(form: str) -> None:
    with pytest.raises(UnreadablePage, match="looks like JSON, but cannot be read"):
        read(form)


def test_texts_that_are_not_posts_are_listed() -> None:
    other = {"url": "https://www.salt-and-rope.example/about", "text": "We are three people and a boat.\n" * 5}
    posts = read(json.dumps([*RECORDS, other]))
    assert len(posts) == len(NAMES)
    (note,) = [p for p in posts[0].problems if p.kind == "texts-skipped"]
    assert note.detail == "1 of 4 texts was skipped: 4 (a text without the signs of a Wix post page)"


@pytest.mark.parametrize("value", [{"text": "short"}, {"text": HTML}, [1, 2], {"a": {"b": [None]}}, {"url": []}])
def test_json_without_a_text_is_skipped(value: object) -> None:
    with pytest.raises(Skipped) as reason:
        read(json.dumps(value))
    assert reason.value.kind == "no-posts"
