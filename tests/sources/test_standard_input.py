"""Test `-` as SOURCE: standard input is read like a file, also an archive, of any size and for any output."""

from __future__ import annotations

import gzip
import io
import json
import sys
import zipfile
from pathlib import Path

import pytest

from support.contained_posts import NAMES, TITLES, page, url
from support.terminal import Result, run
from unwix.sources.standard_input import StandardInput

RECORDS = "\n".join(json.dumps({"url": url(name), "text": page(name)}) for name in NAMES)


class Pipe(io.TextIOWrapper):
    """Return standard input with these bytes."""

    def __init__(self, data: bytes, is_terminal: bool = False) -> None:
        super().__init__(io.BytesIO(data))
        self._is_terminal = is_terminal

    def isatty(self) -> bool:
        return self._is_terminal


def piped(monkeypatch: pytest.MonkeyPatch, data: bytes, *args: object) -> Result:
    monkeypatch.setattr(sys, "stdin", Pipe(data))
    return run(*args)


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in NAMES:
            archive.writestr(f"{name}.txt", f"URL: {url(name)}\n\n{page(name)}")
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [RECORDS.encode(), gzip.compress(RECORDS.encode()), RECORDS.encode("utf-16"), zipped()],
    ids=["JSON Lines", "gzip", "UTF-16", "ZIP"],
)
def test_standard_input_is_converted(data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert piped(monkeypatch, data, "convert", "-", "-o", tmp_path / "out", "--jobs", "0").code == 0
    report = json.loads((tmp_path / "out/report.json").read_text(encoding="utf-8"))
    assert sorted(row["title"] for row in report["posts"]) == sorted(TITLES.values())
    assert all(row["source"].startswith("stdin") for row in report["posts"])
    assert str(tmp_path) not in json.dumps(report)


def test_records_are_read_and_written_through_pipes(monkeypatch: pytest.MonkeyPatch) -> None:
    result = piped(monkeypatch, RECORDS.encode(), "convert", "-", "--to", "jsonl", "-o", "-", "-q", "--jobs", "0")
    assert result.code == 0
    records = [json.loads(line) for line in result.out.splitlines()]
    assert [record["metadata"]["canonical_url"] for record in records] == [url(name) for name in NAMES]


def test_standard_input_is_spooled_to_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Pipe(RECORDS.encode()))
    source = StandardInput()
    (first,), (second,) = source.pages(), source.pages()  # sources are read several times
    assert first == second
    assert first.path is not None
    assert first.path.read_bytes() == RECORDS.encode()
    del source
    assert not first.path.exists()


def test_other_commands_accept_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "reader: text" in piped(monkeypatch, page("one").encode(), "inspect", "-").out
    assert "Checked 1 post" in piped(monkeypatch, page("one").encode(), "check", "-").out


def test_terminal_as_standard_input_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Pipe(b"", is_terminal=True))
    result = run("convert", "-", "-o", tmp_path / "out")
    assert (result.code, result.out) == (2, "")
    assert result.err == "unwix: Nothing is piped into unwix. Use it so: cat FILE | unwix convert - -o OUTPUT\n"


def test_empty_input_has_no_post(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = piped(monkeypatch, b"", "convert", "-", "-o", tmp_path / "out")
    assert result.code == 2
    assert "No blog post found" in result.err


def test_a_file_of_that_name_is_read_by_its_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "-").write_text(page("one"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run("convert", "./-", "-o", "out", "--jobs", "0").code == 0
