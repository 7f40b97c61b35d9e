"""Targets webflow and shopify: tables with the documented columns, whose HTML has the whole post."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from support.documented_imports import MATRIXIFY, WEBFLOW, table_faults
from support.paths import ROOT_DIR
from support.post_pages import h, p, post_page
from support.showcase_post import write_showcase
from support.terminal import run
from test_cases import FOLDERS, source_of
from unwix import readers
from unwix.model.page import Page
from unwix.run.write_post import Options, write

FILES = {"webflow": "webflow.csv", "shopify": "shopify-blog-posts.csv"}
BODY = {"webflow": "Post Body", "shopify": "Body HTML"}


def _rows(folder: Path, target: str) -> list[dict[str, str]]:
    text = (folder / FILES[target]).read_bytes().decode()
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


@pytest.mark.parametrize("target", FILES)
def test_no_post_is_lossy(target: str) -> None:
    faults = []
    for folder in FOLDERS[::2]:
        post = readers.read(Page(folder.name, data=source_of(folder).read_bytes()))[0]
        faults += [f"{folder.name}: {fault.detail}" for fault in write(post, Options(target=target)).fidelity.problems]
    assert faults == []


@pytest.mark.parametrize("target", FILES)
def test_all_samples_are_rows_of_a_valid_table(target: str, tmp_path: Path) -> None:
    assert run(
        "convert", ROOT_DIR / "samples", write_showcase(tmp_path), "-o", tmp_path, "--to", target, "-j", 0
    ).code in (0, 1)
    rows = _rows(tmp_path, target)
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert len(rows) == len([row for row in report["posts"] if row["output"]])
    slug = "Slug" if target == "webflow" else "Handle"
    assert len({row[slug] for row in rows}) == len(rows)
    assert all(row[slug].isascii() for row in rows)
    assert all("<" in row[BODY[target]] for row in rows if row[BODY[target]])
    assert [*table_faults({"webflow": WEBFLOW, "shopify": MATRIXIFY}[target], rows)] == []


def test_the_columns_of_webflow(tmp_path: Path) -> None:
    page = post_page(h("Part") + p('Words, "quoted" here.'), "Möhren", "möhren")
    (tmp_path / "a.html").write_bytes(page)
    assert run("convert", tmp_path, "-o", tmp_path / "out", "--to", "webflow", "-j", 0).code == 0
    (row,) = _rows(tmp_path / "out", "webflow")
    assert row["Name"] == "Möhren"
    assert row["Slug"] == "mohren"
    assert row["Post Body"] == '<h2>Part</h2>\n\n<p>Words, "quoted" here.</p>'
    assert row["Published On"].startswith("2025-03-04T05:06:07")
    assert row["Author"] == "Ada Potter"
    assert row["Draft"] == "false"


def test_the_columns_of_shopify(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(post_page(p("Words."), "A", "a"))
    assert run("convert", tmp_path, "-o", tmp_path / "out", "--to", "shopify", "-j", 0).code == 0
    (row,) = _rows(tmp_path / "out", "shopify")
    assert (row["Handle"], row["Title"], row["Command"]) == ("a", "A", "MERGE")
    assert (row["Body HTML"], row["Published"]) == ("<p>Words.</p>", "TRUE")
    assert row["Published At"] == "2025-03-04 05:06:07 +0000"
    result = run("redirects", tmp_path / "out", "--for", "shopify", "--verify")
    assert result.code == 0, result.out + result.err
    table = (tmp_path / "out/redirects/shopify-redirects.csv").read_text(encoding="utf-8").splitlines()
    assert table[0] == "Redirect from,Redirect to"
    assert "/post/a,/blogs/news/a" in table


@pytest.mark.parametrize("target", FILES)
def test_images_are_imported_by_url(target: str, tmp_path: Path) -> None:
    result = run("convert", tmp_path, "-o", tmp_path / "out", "--to", target, "--media", "copy")
    assert result.code == 2
    assert "imports images by their URLs: leave --media copy out." in result.err
