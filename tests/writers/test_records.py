"""Targets json and jsonl: one record for each post, with everything that the source shows in each of its texts."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from support.paths import ROOT_DIR
from support.post_pages import h, p, post_page, save
from support.terminal import run
from test_cases import FOLDERS, source_of
from unwix import readers
from unwix.blog.links.rewrite import remove_unused_ids
from unwix.fidelity.compare import compare
from unwix.fidelity.markdown import html_facts
from unwix.model.article import element, text_of
from unwix.model.page import Page
from unwix.run.write_post import Options, write
from unwix.writers.import_files.import_html import ImportHtml
from unwix.writers.import_files.records import as_line
from unwix.writers.plain_text import plain_text

SAMPLES = ROOT_DIR / "samples"


def _record(target: str, source: Path) -> dict[str, Any]:
    post = readers.read(Page(source.name, data=source.read_bytes()))[0]
    record: dict[str, Any] = json.loads(write(post, Options(target=target)).text)
    return record


@pytest.mark.parametrize("folder", FOLDERS[::3], ids=lambda folder: folder.name)
def test_each_text_of_a_record_has_the_whole_post(folder: Path) -> None:
    post = readers.read(Page(folder.name, data=source_of(folder).read_bytes()))[0]
    remove_unused_ids(post.article, ())
    plain = write(post, Options())
    record = json.loads(write(post, Options(target="json")).text)
    assert record["markdown"] == plain.body
    assert record["result"] == plain.result
    assert [problem["kind"] for problem in record["problems"]] == [problem.kind for problem in plain.problems]
    lost = compare(post.facts, html_facts(ImportHtml.read_back(record["html"]))).problems
    assert {problem.kind for problem in lost} <= {problem.kind for problem in plain.problems}, (
        "more than Markdown loses"
    )
    for node in post.article.xpath("//div[@class='missing']"):
        node.clear()
    text = iter(_letters(record["text"]))
    assert all(letter in text for letter in _letters(text_of(post.article)))


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text)


def test_plain_text() -> None:
    article = element(
        "article",
        element("h2", "The  way"),
        element("p", "One", element("br"), "two ", element("a", "here", href="https://a.example"), "."),
        element("p", element("a", href="https://b.example")),
        element("ol", element("li", element("p", "a"), element("ul", element("li", element("p", "b")))), start="3"),
        element("ul", element("li", element("p", "done"), checked="true")),
        element("figure", element("img", src="x", alt="A tower"), element("figcaption", "In 1902")),
        element("figure", element("a", "Film", href="https://c.example/v"), class_="video"),
        element("table", element("tbody", element("tr", element("td", "x"), element("td", element("p", "y"))))),
        element("pre", element("code", "if x:\n    y\n")),
        element("div", "not in the page", class_="missing", title="gallery"),
    )
    assert plain_text(article) == (
        "The way\n\nOne\ntwo here.\n\nhttps://b.example\n\n3. a\n  - b\n\n- [x] done\n\nA tower\nIn 1902\n\n"
        "Film https://c.example/v\n\nx\ty\n\nif x:\n    y\n"
    )
    assert plain_text(element("article")) == ""


def test_ids_are_stable_and_distinct(tmp_path: Path) -> None:
    for _ in range(2):
        assert run("convert", SAMPLES / "saved", "-o", tmp_path / "a", "--to", "json", "-j", 0).code in (0, 1)
    lines = run("convert", SAMPLES / "saved", "-o", "-", "--to", "jsonl", "-j", 2).out.splitlines()
    files = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((tmp_path / "a/posts").glob("*.json"))]
    assert {record["id"] for record in files} == {json.loads(line)["id"] for line in lines}
    assert len({record["id"] for record in files}) == len(files) == len(lines) > 5


def test_standard_output_has_records_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(post_page(h("Part") + p("Words."), "A", "a"))
    (tmp_path / "b.html").write_bytes(post_page(p("Words."), "B", "b"))
    result = run("convert", tmp_path, "-o", "-", "--to", "jsonl", "-j", 0)
    assert result.code == 0
    records = [json.loads(line) for line in result.out.splitlines()]
    assert [record["metadata"]["title"] for record in records] == ["A", "B"]
    assert "2 posts" in result.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.html", "b.html"]
    quiet = run("convert", tmp_path, "-o", "-", "--to", "jsonl", "-j", 0, "-q")
    assert (quiet.out, quiet.err) == (result.out, "")


def test_a_record_is_one_line_for_every_program() -> None:
    line = as_line({"text": "a\u2028b\u2029c\x85d\ne"})
    assert len(line.splitlines()) == 1
    assert json.loads(line) == {"text": "a\u2028b\u2029c\x85d\ne"}


def test_file_of_records_is_written_atomically(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.html").write_bytes(post_page(p("Words."), "A", "a"))
    file = tmp_path / "new/posts.jsonl"
    assert run("convert", tmp_path / "in", "-o", file, "--to", "jsonl", "-j", 0).code == 0
    assert [path.name for path in file.parent.iterdir()] == ["posts.jsonl"]
    assert json.loads(file.read_text(encoding="utf-8"))["markdown"] == "Words.\n"
    (tmp_path / "none").mkdir()
    before = file.read_bytes()
    assert run("convert", tmp_path / "none", "-o", file, "--to", "jsonl", "-j", 0).code == 2
    assert file.read_bytes() == before


def test_posts_are_printed_as_markdown(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    save(folder, 2)
    printed = run("convert", folder, "-o", "-", "-j", 0)
    assert printed.code == 0
    assert run("convert", folder, "-o", tmp_path / "out", "-j", 0).code == 0
    assert printed.out == "\n".join(
        path.read_text(encoding="utf-8") for path in sorted((tmp_path / "out").glob("*.md"))
    )
    assert "2 written" in printed.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out"]


def test_posts_without_slug_are_records_of_the_file(tmp_path: Path) -> None:
    assert run("convert", SAMPLES / "text", "-o", tmp_path, "--to", "jsonl", "-j", 0).code == 0
    records = [json.loads(line) for line in (tmp_path / "posts.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(records) == json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["summary"]["posts"]
    assert any("slug" not in record for record in records)


def test_a_directory_gets_the_file_and_the_report(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/report.html").write_bytes(post_page(p("Words."), "Report", "report"))
    assert run("convert", tmp_path / "in", "-o", tmp_path / "lines", "--to", "jsonl", "-j", 0).code == 0
    assert {"posts.jsonl", "report.json"} <= {path.name for path in (tmp_path / "lines").iterdir()}
    assert run("convert", tmp_path / "in", "-o", tmp_path / "json", "--to", "json", "-j", 0).code == 0
    assert (tmp_path / "json/posts/report.json").is_file()
    assert "posts" in json.loads((tmp_path / "json/report.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("-o", "-", "--to", "hugo"),
            "-o - writes to standard output. It needs --to markdown or --to jsonl, not --to hugo.",
        ),
        (("-o", "-", "--comments"), "--comments needs a directory for OUTPUT."),
        (("-o", "-", "--review"), "--review needs a directory for OUTPUT."),
        (("-o", "-", "--to", "jsonl", "--sidecar"), "--sidecar needs a directory for OUTPUT."),
        (("-o", "-", "--to", "jsonl", "--json"), "--json prints events on standard output"),
        (("-o", "-", "--to", "jsonl", "--media", "copy"), "--media needs a directory for OUTPUT."),
        (("-o", "-", "--to", "jsonl", "--path", "{slug}"), "--path cannot be used with --to jsonl"),
        (("-o", "x", "--to", "json", "--review"), "--review cannot be used with --to json, which writes JSON."),
    ],
)
def test_user_errors_are_one_sentence(tmp_path: Path, arguments: tuple[str, ...], message: str) -> None:
    result = run("convert", tmp_path, *arguments)
    assert (result.code, result.out) == (2, "")
    assert message in result.err


def test_fields_can_be_renamed(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(post_page(p("Words."), "A", "a"))
    result = run("convert", tmp_path, "-o", "-", "--to", "jsonl", "-j", 0, "--field", "title:name,draft=false")
    assert json.loads(result.out)["metadata"]["name"] == "A"


def test_an_output_of_records_is_not_reviewed_or_checked(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(post_page(p("Words."), "A", "a"))
    assert run("convert", tmp_path, "-o", tmp_path / "out", "--to", "json", "-j", 0).code == 0
    for name in ("check", "review"):
        result = run(name, tmp_path / "out")
        assert result.code == 2
        assert "contains only JSON records" in result.err
