"""Test `unwix report merge`: the reports of several runs become one report of the same form."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from support.post_pages import list_page, p, post_page, save
from support.terminal import run
from unwix.schema import schema


@pytest.fixture(autouse=True)
def sites(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Convert two sites separately: 2 and 3 posts, one skipped page, one that fails."""
    monkeypatch.chdir(tmp_path)
    save(Path("pages/ada"), 2)
    save(Path("pages/ben"), 3)
    Path("pages/ada/list.html").write_bytes(list_page())
    Path("pages/ben/link.html").write_bytes(
        post_page(p('See <a href="https://www.example.com/post/lost">this</a>.'), "Linked", "linked")
    )
    for name in ("ada", "ben"):
        assert run("convert", f"pages/{name}", "-o", f"out/{name}", "-j", 0, "-q").code == 0


def load(path: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(Path(path).read_text(encoding="utf-8"))
    return data


def test_the_rows_and_totals_of_all_reports_are_added_up() -> None:
    result = run("report", "merge", "out/ada/report.json", "out/ben/report.json", "-o", "merged.json")
    assert (result.code, result.out) == (0, "")
    merged, ada, ben = load("merged.json"), load("out/ada/report.json"), load("out/ben/report.json")
    assert list(Draft202012Validator(schema("report")).iter_errors(merged)) == []
    assert merged["summary"] == {name: ada["summary"][name] + ben["summary"][name] for name in ada["summary"]}
    assert merged["summary"]["posts"] == 6
    assert merged["skipped"] == ada["skipped"] + ben["skipped"]
    assert [row["source"] for row in merged["posts"]] == [row["source"] for row in ada["posts"] + ben["posts"]]
    assert merged["links"]["not_exported"] == ada["links"]["not_exported"] + ben["links"]["not_exported"]
    assert "merged.json: 2 reports, 6 posts: 6 complete" in result.err


def test_the_paths_of_files_lead_from_the_merged_report(tmp_path: Path) -> None:
    """The directory of all sites is thus an output that `unwix check` can read."""
    assert run("report", "merge", "out/ada", "out/ben", "-o", "out/report.json").code == 0
    for row in load("out/report.json")["posts"]:
        assert Path("out", row["output"]).is_file()
    assert run("report", "merge", "out/ada", "out/ben", "-o", "other/merged.json").code == 0
    for row in load("other/merged.json")["posts"]:
        assert Path("other", row["output"]).is_file()
        assert str(tmp_path) not in json.dumps(row)


def test_merging_in_steps_gives_the_same_report() -> None:
    assert run("report", "merge", "out/ada", "out/ben", "-o", "once.json").code == 0
    assert run("report", "merge", "out/ada", "-o", "step.json").code == 0
    assert run("report", "merge", "step.json", "out/ben/report.json", "-o", "twice.json").code == 0
    assert Path("once.json").read_text() == Path("twice.json").read_text()


def test_dash_writes_to_standard_output() -> None:
    result = run("report", "merge", "out/ada", "out/ben", "-o", "-")
    assert result.code == 0
    assert json.loads(result.out)["summary"]["posts"] == 6


def test_the_exit_code_is_that_of_the_worst_post() -> None:
    report = load("out/ben/report.json")
    report["posts"][0]["result"] = "lossy"
    Path("lossy.json").write_text(json.dumps(report))
    result = run("report", "merge", "out/ada", "lossy.json", "-o", "merged.json")
    assert result.code == 1
    assert load("merged.json")["summary"]["lossy"] == 1
    report["posts"][0]["result"] = "incomplete"
    Path("lossy.json").write_text(json.dumps(report))
    assert run("report", "merge", "out/ada", "lossy.json", "-o", "merged.json").code == 0
    assert run("report", "merge", "out/ada", "lossy.json", "-o", "merged.json", "--strict").code == 1


def test_a_post_in_several_reports_is_named_as_such() -> None:
    Path("again.json").write_bytes(Path("out/ada/report.json").read_bytes())
    result = run("report", "merge", "out/ada", "again.json", "-o", "merged.json")
    assert (result.code, "2 URLs of posts occur in several reports" in result.err) == (0, True)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (None, "bad.json does not exist."),
        ("{", "bad.json cannot be read."),
        ("[]", "it has no list of posts"),
        ('{"posts": []}', "its schema is not 1"),
        ('{"schema": 1, "posts": []}', "it has no list of skipped inputs"),
        ('{"schema": 1, "posts": [{}], "skipped": []}', "post 1 has no valid source"),
        (
            '{"schema": 1, "posts": [{"source": "a", "output": null, "file": "written", "problems": []}], "skipped": []}',
            "post 1 has no url",
        ),
        ('{"schema": 1, "posts": [], "skipped": [], "sites": [1]}', "sites is not a list of rows"),
    ],
)
def test_other_files_are_refused(text: str | None, sentence: str) -> None:
    if text is not None:
        Path("bad.json").write_text(text)
    result = run("report", "merge", "out/ada", "bad.json", "-o", "merged.json")
    assert (result.code, result.out) == (2, "")
    assert sentence in result.err
    assert not Path("merged.json").exists()


def test_a_report_that_is_named_twice_or_would_be_overwritten_is_refused() -> None:
    result = run("report", "merge", "out/ada", "out/ada/report.json", "-o", "merged.json")
    assert (result.code, "named twice" in result.err) == (2, True)
    result = run("report", "merge", "out/ada", "out/ben", "-o", "out/ada/report.json")
    assert (result.code, "is one of the reports" in result.err) == (2, True)


def test_a_file_that_cannot_be_written_is_one_sentence() -> None:
    Path("file").write_text("")
    result = run("report", "merge", "out/ada", "-o", "file/merged.json")
    assert (result.code, "cannot be written" in result.err) == (1, True)
