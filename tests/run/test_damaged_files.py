"""Test damaged and foreign state, journal and report files: one sentence, no traceback, no change outside OUTPUT."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from support.post_pages import p, post_page
from support.terminal import run
from unwix.model.errors import OutputError
from unwix.run.output_folder import Folder
from unwix.run.read_report import read_report
from unwix.run.state_file import JOURNAL, STATE, is_inside

NAMES = ["", ".", "./.", "..", "../a.md", "/etc/passwd", "a\0b.md", "x" * 5000, "x" * 300, "C:\\a.md", "a\\b", "\ud800"]
HASH = "0" * 64


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "a.html"
    path.write_bytes(post_page(p("Words."), "Pot", "pot"))
    return path


@pytest.mark.parametrize("name", NAMES)
def test_odd_names_in_a_state_are_ignored(name: str, page: Path, tmp_path: Path) -> None:
    assert not is_inside(name)
    out = tmp_path / "out"
    out.mkdir()
    rows = {name: {"output": HASH, "source": ""}, "b.md": 5, "c.md": {"output": 7, "source": []}}
    (out / STATE).write_text(json.dumps({"files": rows}))
    (out / JOURNAL).write_text("".join(f"{json.dumps(line)}\n" for line in ([name, HASH, ""], 5, [1, 2, 3], ["x"])))
    result = run("convert", page, "-o", out, "-j", 0, "--prune", "remove")
    assert (result.code, "Traceback" in result.err) == (0, False)
    assert {*json.loads((out / STATE).read_text())["files"]} >= {"pot.md"}
    assert run("check", out).code == 0


@pytest.mark.parametrize("state", ["", "[]", "5", '{"files": []}', '{"files": {"a.md": null}}', "[" * 100_000, "\0"])
def test_damaged_state_is_rewritten(state: str, page: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / STATE).write_text(state)
    assert run("convert", page, "-o", out, "-j", 0).code == 0
    assert {*json.loads((out / STATE).read_text())["files"]} == {"pot.md"}


@pytest.mark.parametrize("name", [JOURNAL, STATE])
def test_a_symbolic_link_is_not_followed(name: str, page: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("mine\n")
    out = tmp_path / "out"
    out.mkdir()
    (out / name).symlink_to(other)
    assert run("convert", page, "-o", out, "-j", 0).code == 0
    assert other.read_text() == "mine\n"
    assert not (out / name).is_symlink()


def test_directory_instead_of_a_state_file_is_ignored(tmp_path: Path) -> None:
    (tmp_path / "a.md").mkdir()
    (tmp_path / STATE).write_text(json.dumps({"files": {"a.md": {"output": HASH, "source": ""}}}))
    folder = Folder(tmp_path)
    assert folder.orphaned() == []
    assert folder.put("a.md", "text") == "failed"


ROW: dict[str, Any] = {"source": "a.html", "output": "a.md", "file": "written", "problems": []}


@pytest.mark.damaged_output
@pytest.mark.parametrize(
    ("report", "fault"),
    [
        ({"posts": 5}, "it has no list of posts"),
        ({"posts": [5]}, "post 1 has no valid fields"),
        ({"posts": [{"output": 5}]}, "post 1 has no valid source"),
        ({"posts": [ROW, {**ROW, "url": 5}]}, "post 2 has no valid url"),
        ({"posts": [{**ROW, "problems": [5]}]}, "post 1 has no valid problems"),
        ({"posts": [{**ROW, "tags": "x"}]}, "post 1 has no valid tags"),
        ({"posts": [{**ROW, "other_urls": [5]}]}, "post 1 has no valid other_urls"),
        ({"posts": [ROW], "links": {"aliases": {"a": 5}}}, "links are not valid"),
        ({"posts": [ROW], "skipped": [5]}, "skipped is not a list of rows"),
        ({"posts": [{**ROW, "problems": [{"kind": "truncated", "where": 5}]}]}, "post 1 has no valid problems"),
        ({"posts": [{**ROW, "fidelity": {"words": [1, "x"]}}]}, "post 1 has no valid fidelity"),
        ({"posts": [{**ROW, "fidelity": {"words": 5}}]}, "post 1 has no valid fidelity"),
        ({"posts": [{**ROW, "ledger": {"post": "x"}}]}, "post 1 has no valid ledger"),
        ({"posts": [{**ROW, "removed": [5]}]}, "post 1 has no valid removed"),
        ({"posts": [{**ROW, "merged_from": {"a": 5}}]}, "post 1 has no valid merged_from"),
        ({"posts": [ROW], "skipped": [{"source": 5}]}, "skipped is not a list of rows"),
        ([], "it has no list of posts"),
    ],
)
def test_a_damaged_report_is_named_in_one_sentence(report: Any, fault: str, tmp_path: Path) -> None:
    (tmp_path / "report.json").write_text(json.dumps(report))
    sentence = f"{tmp_path}/report.json is not a report of unwix: {fault}. Convert again to rewrite it."
    with pytest.raises(OutputError) as raised:
        read_report(tmp_path)
    assert str(raised.value) == sentence
    result = run("redirects", tmp_path, "--for", "nginx", "--to", "hugo")
    assert (result.code, result.err) == (2, f"unwix: {sentence}\n")
    (tmp_path / "a.md").write_text("---\ntitle: A\n---\n\nText.\n")
    (tmp_path / STATE).write_text('{"unwix": "0", "target": "markdown", "files": {}}')
    result = run("check", tmp_path)
    assert result.code == 1
    assert fault in result.out


def test_a_good_report_is_read(page: Path, tmp_path: Path) -> None:
    assert run("convert", page, "-o", tmp_path / "out", "-j", 0).code == 0
    report = read_report(tmp_path / "out")
    assert [row["output"] for row in report["posts"]] == ["pot.md"]
    with pytest.raises(OutputError, match="is not an output of unwix"):
        read_report(tmp_path)


@pytest.mark.damaged_output
@pytest.mark.parametrize("target", [{"a": 1}, [], 5, None, "\ud800"])
def test_unknown_target_in_the_state_does_not_fail(target: Any, page: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    assert run("convert", page, "-o", output, "-j", 0).code == 0
    (output / ".unwix-state.json").write_text(json.dumps({"target": target, "files": {}}))
    for command in (("redirects", output, "--for", "nginx"), ("check", output), ("convert", page, "-o", output)):
        result = run(*command)
        assert result.code in (0, 1, 2)
        assert "Traceback" not in result.err
