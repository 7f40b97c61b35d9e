"""Test that every command in the documents can be pasted, and that the steps of docs/moving/ work."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from support.paths import ROOT_DIR
from support.programs import program
from support.terminal import environment
from unwix.cli.main import cli

ROOT = ROOT_DIR
DOCUMENTS = ["README.md", *sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md"))]
_BLOCK = re.compile(r"^ *```(\w*)\n(.*?)^ *```", re.S | re.M)
#: Placeholders in commands, which the reader replaces.
_PLACEHOLDER = re.compile(r"(?<![\w-])(?:SOURCE|OUTPUT|DIR|HOST|SITE|NAME|PAGE|ID|ANOTHER|ADDRESS|OPTIONS)\b|\.\.\.|…")


def blocks(document: str) -> Iterator[str]:
    for language, text in _BLOCK.findall((ROOT / document).read_text(encoding="utf-8")):
        if language in ("", "sh", "bash"):
            yield text


def commands(document: str) -> list[str]:
    """Return the lines of a document's code blocks that call unwix."""
    lines = [line.strip() for text in blocks(document) for line in text.splitlines()]
    return [line for line in lines if line.startswith("unwix ") and not _PLACEHOLDER.search(line)]


def test_there_are_commands_to_paste() -> None:
    assert sum(len(commands(document)) for document in DOCUMENTS) > 20


@pytest.mark.parametrize("document", DOCUMENTS)
def test_each_command_in_the_docs_is_valid(document: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its options exist and accept the values; the files and directories in it exist."""
    monkeypatch.chdir(tmp_path)
    for line in commands(document):
        words = shlex.split(re.split(r" (?:\||>>?) |(?<=\S) 2>", line)[0])[1:]
        for word in words:
            if "." in word and "://" not in word:
                Path(word).parent.mkdir(parents=True, exist_ok=True)
                Path(word).touch()
            elif re.fullmatch(r"[\w./-]+", word) and not word.startswith("-"):
                Path(word).mkdir(parents=True, exist_ok=True)
        command = cli.get_command(click.Context(cli), words[0])
        assert command is not None, line
        command.make_context(words[0], words[1:], parent=click.Context(cli, info_name="unwix"))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_pasted_lines_have_no_trailing_comment(document: str) -> None:
    """The shell of macOS reads `#` as an argument."""
    assert [line for line in commands(document) if re.search(r"\s#", line)] == []


# ---- docs/moving, step by step --------------------------------------------------------------------------------------

PAGES = sorted(path.stem for path in (ROOT / "docs/moving").glob("*.md"))


def sections(page: str) -> dict[str, str]:
    """Return the text of each section of a page of docs/moving: `hugo`, `wordpress: Without Wix`."""
    text = (ROOT / f"docs/moving/{page}.md").read_text(encoding="utf-8")
    first, *parts = re.split(r"^## (.+)\n", text, flags=re.M)
    later = {f"{page}: {name}": body for name, body in zip(parts[::2], parts[1::2], strict=True)}
    return {page: first} | later


def paste(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run pasted lines in a shell; nothing is downloaded."""
    tools = folder / "bin"
    tools.mkdir(exist_ok=True)
    unwix = tools / "unwix"
    unwix.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m unwix "$@"\n')
    unwix.chmod(0o755)
    script = re.sub(r"--media copy(?: --media-url \S+)?", "--media list", script)
    return subprocess.run(
        ["sh", "-c", script],
        cwd=folder,
        env={**environment(), "PATH": f"{tools}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def step(name: str) -> str:
    return "\n".join(text for _, text in _BLOCK.findall(sections(name.partition(":")[0])[name]))


def next_steps(page: str) -> list[str]:
    """Return the commands in the text of a page's last section."""
    return re.findall(r"`(unwix [^`]+)`", sections(page).get(f"{page}: Next steps", ""))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a directory with saved pages, and with the site that a generator's own command would create."""
    shutil.copytree(ROOT / "samples/saved", tmp_path / "saved-pages")
    shutil.copytree(ROOT / "samples/browser", tmp_path / "saved-pages/browser")
    (tmp_path / "blog").mkdir()
    return tmp_path


#: The files that the commands of each step write. Some steps continue those of others.
_STEPS: dict[str, list[str]] = {
    "index: Before you start": [],
    "index: Review": ["posts/_review/index.html", "markdown/_review/index.html"],
    "index: Old URLs": ["posts/redirects/redirects.csv"],
    "index: Before you cancel Wix": [],
    "markdown": ["posts/glazes-that-lie.md", "posts/_review/index.html", "posts/_redirects"],
    "markdown: Obsidian": ["vault/Glazes that lie.md"],
    "hugo": ["blog/content/post/glazes-that-lie/index.md", "blog/_review/index.html"],
    "jekyll": ["blog/_config.yml", "blog/amp/glazes-that-lie.html"],
    "eleventy": ["blog/content/post/glazes-that-lie.md", "blog/content/post/post.11tydata.json"],
    "astro": ["blog/src/content/blog/glazes-that-lie.md"],
    "mkdocs": ["blog/docs/blog/posts/glazes-that-lie.md", "blog/docs/blog/.authors.yml"],
    "mdx": ["blog/posts/glazes-that-lie.mdx"],
    "mdx: Docusaurus": ["blog/blog/glazes-that-lie.mdx", "blog/blog/authors.yml"],
    "other-generators": ["blog/source/_posts/glazes-that-lie.md", "blog/_review/index.html"],
    "sanity": ["move/sanity/data.ndjson", "move/sanity/schema.ts"],
    "webflow-shopify": ["webflow/webflow.csv", "shopify/redirects/shopify-redirects.csv"],
    "programs": ["posts.jsonl", "records/posts/glazes-that-lie.json"],
    "wordpress": ["move/wordpress.xml", "move/redirects/redirection.json"],
    "wordpress: Without Wix": ["move/wordpress.xml", "move/media.json"],
    "ghost": ["move/redirects/redirects.json", "move/ghost.json"],
}
_BEFORE = {
    "index: Review": "unwix convert saved-pages -o posts",
    "index: Old URLs": "unwix convert saved-pages -o posts",
    "index: Before you cancel Wix": "unwix convert saved-pages -o blog --to hugo",
}


def test_each_step_of_moving_is_pasted_by_a_test() -> None:
    steps = {name for page in PAGES for name, text in sections(page).items() if "\nunwix " in text}
    assert steps == {*_STEPS, "index: Many blogs at once"}


@pytest.mark.parametrize("page", PAGES)
def test_each_page_of_moving_has_commands_and_is_in_the_overview(page: str) -> None:
    assert [name for name in _STEPS if name.partition(":")[0] == page]
    if page != "index":
        assert next_steps(page)
        assert f"]({page}.md)" in sections("index")["index: Choose a destination"]


@pytest.mark.parametrize(("name", "makes"), _STEPS.items())
def test_the_steps_of_moving_work_when_pasted(name: str, makes: list[str], folder: Path) -> None:
    ours = [line for line in step(name).splitlines() if line.startswith("unwix ")]
    page = name.partition(":")[0]
    after = next_steps(page) if name == page else []
    result = paste("\n".join(["set -e", _BEFORE.get(name, ""), *ours, *after]), folder)
    assert result.returncode == 0, result
    assert [path for path in makes if not (folder / path).is_file()] == []


@pytest.mark.tools
def test_hugo_site_is_built_by_the_documented_steps(folder: Path) -> None:
    program("hugo")
    (folder / "blog").rmdir()
    result = paste("set -e\n" + step("hugo").replace("hugo server", "hugo --quiet"), folder)
    assert result.returncode == 0, result


@pytest.mark.tools
def test_ghost_zip_contains_one_json_file(folder: Path) -> None:
    program("zip")
    (folder / "move/content/images").mkdir(parents=True)
    (folder / "move/content/images/a.png").write_bytes(b"x")
    result = paste("set -e\n" + step("ghost"), folder)
    assert result.returncode == 0, result
    listed = subprocess.run(
        [sys.executable, "-m", "zipfile", "-l", folder / "move/ghost.zip"], capture_output=True, text=True, check=True
    )
    assert re.findall(r"^(\S+)\s", listed.stdout, re.M)[1:] == [
        "ghost.json",
        "content/",
        "content/images/",
        "content/images/a.png",
    ]


def test_many_blogs_at_once(tmp_path: Path) -> None:
    for name, source in {
        "a client": "saved/2023-möhren.html",
        "b": "archives/site.zip",
        "c": "archives/site.zip",
    }.items():
        (tmp_path / "clients" / name).mkdir(parents=True)
        shutil.copy(ROOT / "samples" / source, tmp_path / "clients" / name)
    (tmp_path / "clients/c/site.zip").write_bytes(b"%PDF-1.4")
    result = paste(step("index: Many blogs at once"), tmp_path)
    assert result.returncode == 1, result.stderr
    rows = [line.split()[:2] for line in result.stdout.splitlines()]
    assert ["b", "1"] in rows, result.stdout
    assert ["c", "0"] in rows, result.stdout
    assert "need" in result.stderr
    assert (tmp_path / "out/a client/möhren-säen-im-märz.md").is_file()
    assert json.loads((tmp_path / "out/batch.json").read_text(encoding="utf-8"))["summary"]["posts"] == 2
