"""Test that the commands of docs/text-dumps.md have the documented results."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from support.contained_posts import NAMES, TITLES, article, page, read, url, wet
from support.paths import ROOT_DIR
from support.terminal import environment

TEXT = (ROOT_DIR / "docs/text-dumps.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```", TEXT, re.S | re.M)
COMMANDS = [line for kind, block in BLOCKS if kind in ("", "sh") for line in block.splitlines() if "unwix " in line]


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """Make a directory with all files of the commands, and a program `unwix`."""
    for name in ("dumps", "notes", "bin"):
        (tmp_path / name).mkdir()
    (tmp_path / "dumps/one.txt").write_text(page("one"), encoding="utf-8")
    (tmp_path / "notes/one.md").write_text(f"---\ntitle: {TITLES['one']}\n---\nA short note.\n", encoding="utf-8")
    records = [{"url": url(name), "text": page(name)} for name in NAMES]
    (tmp_path / "corpus.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    (tmp_path / "crawl.warc.wet.gz").write_bytes(wet({url(name): page(name) for name in NAMES}))
    program = tmp_path / "bin/unwix"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m unwix "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return tmp_path


@pytest.mark.parametrize("command", [line for line in COMMANDS if "ui-texts" not in line])
def test_documented_command_has_the_documented_result(command: str, directory: Path) -> None:
    env = environment()
    env["PATH"] = f"{directory / 'bin'}:{env['PATH']}"
    result = subprocess.run(["sh", "-c", command], cwd=directory, env=env, capture_output=True, text=True, check=False)
    assert (result.returncode, "Traceback" in result.stderr) == (0, False), result.stderr
    if "> posts.jsonl" in command:
        lines = (directory / "posts.jsonl").read_text(encoding="utf-8").splitlines()
        assert [json.loads(line)["metadata"]["canonical_url"] for line in lines] == [url(name) for name in NAMES]
        assert all({"metadata", "markdown", "text", "result", "problems"} <= json.loads(line).keys() for line in lines)
    elif "convert" in command:
        assert len(list((directory / "posts").glob("*.md"))) == 1


def test_the_head_of_the_document_is_read() -> None:
    (head,) = (block for kind, block in BLOCKS if kind == "yaml")
    (post,) = read(head + article("one"))
    assert (post.metadata.title, post.metadata.date) == (TITLES["one"], "2023-05-04")


def test_the_record_of_the_document_is_read() -> None:
    (record,) = (block for kind, block in BLOCKS if kind == "json")
    (post,) = read(json.dumps({**json.loads(record), "markdown": page("one")}))
    assert post.metadata.canonical_url == json.loads(record)["url"]
