"""Test files: what is left out of a directory, and pipes."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path

import pytest

from support import post_pages as pages
from support.media_server import png
from support.terminal import run
from unwix.sources import files
from unwix.sources.files import Files


def names(folder: Path, exclude: Path | None = None) -> list[str]:
    return [page.source.removeprefix(f"{folder.as_posix()}/") for page in Files([folder], exclude=exclude).pages()]


def convert(source: Path, output: Path, *options: object) -> dict[str, object]:
    result = run("convert", source, "-o", output, "-j", 0, *options)
    assert result.code == 0, result.err
    summary: dict[str, object] = json.loads((output / "report.json").read_text())["summary"]
    return summary


@pytest.mark.parametrize("options", [(), ("--as", "text"), ("--to", "hugo"), ("--to", "wordpress")], ids=str)
@pytest.mark.parametrize("place", ["out", "deep/er/out", "."])
def test_output_inside_the_source_is_not_read(tmp_path: Path, place: str, options: tuple[str, ...]) -> None:
    source = tmp_path / "in"
    source.mkdir()
    (source / "page.html").write_bytes(pages.post_page())
    first = convert(source, source / place, *options)
    assert convert(source, source / place, *options) == first
    assert (first["posts"], first["skipped"]) == (1, 0)


@pytest.mark.parametrize(("place", "is_reported"), [(".", True), ("out", False)])
def test_output_that_is_the_source_is_reported(tmp_path: Path, place: str, is_reported: bool) -> None:
    (tmp_path / "page.html").write_bytes(pages.post_page())
    command = ("convert", tmp_path, "-o", tmp_path / place, "-j", 0)
    assert ("is also a source: " in run(*command).err) is is_reported
    assert "is also a source: " not in run(*command, "--quiet").err


def test_output_of_an_earlier_run_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(pages.post_page())
    convert(tmp_path, tmp_path / "one")
    (tmp_path / "one" / "notes.txt").write_text("The owner's own.")
    (tmp_path / "one" / "_review").mkdir()
    (tmp_path / "one" / "_review" / "index.html").write_text("<p>unwix's own")
    assert names(tmp_path, tmp_path / "two") == ["page.html", "one/notes.txt"]


@pytest.mark.parametrize("state", ["", "[]", '{"files": 3}', '{"files": [3]}', '{"files": {"": {}, "..": {}, "/": 0}}'])
def test_damaged_state_excludes_no_files(tmp_path: Path, state: str) -> None:
    (tmp_path / ".unwix-state.json").write_text(state)
    (tmp_path / "media.json").write_text('{"media": [1, {"file": 2, "copies": 3}]}')
    (tmp_path / "page.html").write_bytes(pages.post_page())
    assert names(tmp_path) == ["page.html"]


def test_assets_of_pages_are_not_pages(tmp_path: Path) -> None:
    for name in ("a.css", "a.js", "font.woff2"):
        (tmp_path / name).write_text("body { color: red }")
    (tmp_path / "photo").write_bytes(png())
    (tmp_path / "page.js").write_bytes(pages.post_page())
    assert names(tmp_path) == ["page.js"]
    assert Files([tmp_path]).count() == 1
    assert [page.path for page in Files([tmp_path / "photo"]).pages()] == [tmp_path / "photo"]


def test_a_pipe_without_a_writer_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_PIPE_SECONDS", 0.05)
    os.mkfifo(tmp_path / "pipe")
    result = run("convert", tmp_path / "pipe", "-o", tmp_path / "out", "-j", 0)
    assert result.code == 1
    assert "nothing was written to it" in result.out + result.err


def test_a_pipe_is_read_once_and_given_twice(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    threading.Thread(target=lambda: (tmp_path / "pipe").write_bytes(b"<p>words"), daemon=True).start()
    source = Files([tmp_path / "pipe"])
    assert [page.read() for _ in range(2) for page in source.pages()] == [b"<p>words"] * 2
