"""Test texts of pages in tables: CSV, TSV and Parquet."""

from __future__ import annotations

import csv
import io
import sys
from datetime import datetime

import pytest

from support.contained_posts import AUTHOR, DAY, NAMES, TITLES, article, expected, page, read, summary, url
from unwix.model.errors import UnreadablePage

EXPECTED = [expected(name) for name in NAMES]


def table(names: list[str], rows: list[list[str]], delimiter: str = ",", end: str = "\r\n", quoting: int = 0) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=quoting)  # type: ignore[arg-type]
    writer.writerows([names, *rows])
    return out.getvalue()


ROWS = [[url(name), page(name)] for name in NAMES]
TABLES: dict[str, str | bytes] = {
    "commas": table(["url", "text"], ROWS),
    "semicolons": table(["url", "text"], ROWS, ";"),
    "tabs": table(["url", "text"], ROWS, "\t"),
    "bars": table(["url", "text"], ROWS, "|"),
    "line feeds": table(["url", "text"], ROWS, end="\n"),
    "all quoted": table(["url", "text"], ROWS, quoting=csv.QUOTE_ALL),
    "byte order mark": b"\xef\xbb\xbf" + table(["url", "text"], ROWS).encode(),
    "UTF-16 with tabs": table(["url", "text"], ROWS, "\t").encode("utf-16"),
    "an index": table(["", "url", "text"], [[str(n), *row] for n, row in enumerate(ROWS)]),
    "capitals": table(["URL", "TEXT"], ROWS),
    "names of several words": table(["Page URL", "Full Text", "Word count"], [[*row, "90"] for row in ROWS]),
    "a column of another name": table(["id", "url", "scraped page"], [["1", *row] for row in ROWS]),
    "title and body": table(
        ["id", "title", "slug", "link", "status", "body"],
        [["1", TITLES[name], name, url(name), "ok", page(name)] for name in NAMES],
    ),
    "articles": table(
        ["title", "author", "date", "url", "content"],
        [[TITLES[name], AUTHOR, "May 4, 2023 8:00 AM", url(name), article(name)] for name in NAMES],
    ),
    "line ends of Windows": table(["url", "text"], [[row[0], row[1].replace("\n", "\r\n")] for row in ROWS]),
    "escaped line ends": table(["url", "text"], [[row[0], row[1].replace("\n", "\\n")] for row in ROWS]),
    "front matter": table(
        ["file", "text"], [["a.md", f"---\ntitle: {TITLES[n]}\nurl: {url(n)}\n---\n{page(n)}"] for n in NAMES]
    ),
}


@pytest.mark.parametrize("form", TABLES)
def test_text_tables_are_read(form: str) -> None:
    assert [summary(post) for post in read(TABLES[form])] == EXPECTED


def test_single_column_table_is_read() -> None:
    posts = read(table(["text"], [[page(name)] for name in NAMES]))
    assert [summary(post) for post in posts] == [expected(name, url=None) for name in NAMES]


def test_a_text_that_begins_with_commas_is_not_a_table() -> None:
    text = f"Lamps, candles, and oil\n\n{page('one')}"
    assert [post.metadata.title for post in read(text)] == [TITLES["one"]]


# ---- Parquet --------------------------------------------------------------------------------------------------------


def parquet(columns: dict[str, list[object]]) -> bytes:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet as format_of_tables

    out = io.BytesIO()
    format_of_tables.write_table(pyarrow.table(columns), out)
    return out.getvalue()


def test_parquet_pages() -> None:
    raw = parquet({"content": [page(n) for n in NAMES], "metadata": [{"source": url(n)} for n in NAMES]})
    assert [summary(post) for post in read(raw)] == EXPECTED


def test_parquet_articles() -> None:
    raw = parquet(
        {
            "title": [TITLES[name] for name in NAMES],
            "author": [AUTHOR] * 3,
            "date": [datetime.fromisoformat(f"{DAY}T08:00:00")] * 3,
            "url": [url(name) for name in NAMES],
            "text": [article(name) for name in NAMES],
        }
    )
    assert [summary(post) for post in read(raw)] == EXPECTED


def test_damaged_parquet_is_one_sentence() -> None:
    raw = parquet({"text": [page("one")]})
    with pytest.raises(UnreadablePage, match="the Parquet table cannot be read: "):
        read(raw[:-20])


def test_without_pyarrow_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UnreadablePage) as error:
        read(b"PAR1" + b"x" * 100)
    assert str(error.value) == "reading a Parquet table needs the extra “parquet”: pip install 'unwix[parquet]'"
