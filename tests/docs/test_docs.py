"""Test that the documents match the code."""

from __future__ import annotations

import ast
import os
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from support.paths import ROOT_DIR
from support.terminal import run
from unwix.blog.redirects.hosts import HOSTS
from unwix.cli.main import COMMANDS, cli
from unwix.model.post import Metadata
from unwix.writers.targets import TARGETS

ROOT = ROOT_DIR


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def command_names() -> Iterator[str]:
    """Yield the name of each command, each followed by those of its subcommands (`report merge`)."""
    for name in COMMANDS:
        yield name
        command = cli.get_command(click.Context(cli), name)
        if isinstance(command, click.Group):
            yield from (f"{name} {sub}" for sub in command.commands)


def test_front_matter_names_every_field_in_order() -> None:
    rows = [line.split("|")[1] for line in text("docs/front-matter.md").splitlines() if line.startswith("| `")]
    assert [name for row in rows for name in re.findall(r"`(\w+)`", row)] == list(Metadata.__struct_fields__)


def test_architecture_is_one_page_and_describes_every_package() -> None:
    document = text("docs/architecture.md")
    assert len(document.splitlines()) < 80
    for directory in sorted(path.parent for path in (ROOT / "src/unwix").glob("*/__init__.py")):
        docstring = ast.get_docstring(ast.parse((directory / "__init__.py").read_text(encoding="utf-8")))
        assert docstring, directory.name
        assert f"| `{directory.name}/` | {docstring.splitlines()[0]} |" in document


def test_every_package_has_a_sentence_about_itself() -> None:
    for path in (ROOT / "src/unwix").rglob("__init__.py"):
        docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        assert len(docstring.split()) >= 4, path


def test_architecture_explains_every_dependency() -> None:
    project = tomllib.loads(text("pyproject.toml"))["project"]
    extras = project["optional-dependencies"]
    declared = [*project["dependencies"], *extras["cluster"], *extras["parquet"]]
    phrase = text("docs/architecture.md").lower()
    names = [re.split(r"[^\w-]", requirement)[0].lower() for requirement in declared]
    assert [name for name in names if name not in phrase] == []


def test_readme_shows_the_output_of_the_samples(tmp_path: Path) -> None:
    result = run(
        "convert",
        ROOT / "samples/saved/2025-glazes-that-lie.html",
        ROOT / "samples/saved/2026-how-to-mend-a-lamp.html",
        *("-o", tmp_path / "posts", "--jobs", 0),
    )
    assert result.code == 0
    assert result.out.strip() in text("README.md")


def test_the_reference_of_commands_is_up_to_date() -> None:
    """docs/commands.md is the output of --help for every command."""
    helps = [f"## unwix {name}\n\n```\n{run(*name.split(), '--help').out}```\n" for name in command_names()]
    made = "\n".join(
        ["# Commands\n\nAll commands and options of unwix, as `unwix COMMAND --help` prints them.\n", *helps]
    )
    path = ROOT / "docs/commands.md"
    if os.environ.get("UPDATE_EXPECTED"):
        path.write_text(made, encoding="utf-8")
        pytest.fail("docs/commands.md was written anew: read the difference, then run again without UPDATE_EXPECTED")
    assert path.read_text(encoding="utf-8") == made, "make expected writes it anew"


def test_options_in_the_readme_exist() -> None:
    there = set(re.findall(r"--[\w-]+", text("docs/commands.md")))
    named = set(re.findall(r"(?<![\w-])--[a-z][\w-]+", text("README.md")))
    assert named - there - {"--editable"} == set()
    assert {"--strict", "--to"} <= named


def test_the_readme_states_the_number_of_hosts_and_real_targets() -> None:
    readme = text("README.md")
    assert len(HOSTS) == 14
    assert "fourteen kinds of hosts" in readme
    listed = readme.partition("`--to hugo` (or ")[2].partition(" and more)")[0]
    assert set(re.findall(r"`([a-z]+)`", listed)) <= set(TARGETS)
    assert len(re.findall(r"`([a-z]+)`", listed)) > 8


def test_each_host_of_redirects_has_its_section() -> None:
    phrase = text("docs/redirects.md")
    sections = dict(zip(*[iter(re.split(r"^## (.+)\n", phrase, flags=re.M)[1:])] * 2, strict=True))
    assert list(sections) == list(HOSTS)
    for name, host in HOSTS.items():
        if host.file:
            assert f"`{host.folder}/{host.file}`" in sections[name] or f"`{host.file}`" in sections[name]
        assert len(sections[name].split()) < 110
    options = set(re.findall(r"--[a-z][\w-]+", phrase))
    helps = run("redirects", "--help").out + run("convert", "--help").out
    assert options <= set(re.findall(r"--[\w-]+", helps))


def test_links_of_the_documents_resolve() -> None:
    documents = [
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
        ROOT / "benchmarks/README.md",
        ROOT / "samples/README.md",
    ]
    for document in documents:
        for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8")):
            if not target.startswith("http") and "`" not in target:
                assert (document.parent / target).exists() or document.name in ("blocks.md", "problems.md"), (
                    document.name,
                    target,
                )


def test_the_manual_page_is_up_to_date() -> None:
    """man/man1/unwix.1 is the output of --help for every command, as roff."""

    def literal(text: str) -> str:
        lines = (line.replace("\\", "\\e").replace("-", "\\-") for line in text.splitlines())
        return "\n".join(f"\\&{line}" if line.startswith((".", "'")) else line for line in lines)

    version = text("src/unwix/version.py").split('__version__ = "')[1].partition('"')[0]
    parts = [
        f'.TH UNWIX 1 "" "unwix {version}" "User Commands"\n.SH NAME\nunwix \\- convert a Wix blog to Markdown',
        f".SH SYNOPSIS\n.nf\n{literal(run('--help').out.rstrip())}\n.fi",
        *(
            f".SH UNWIX {name.upper()}\n.nf\n{literal(run(*name.split(), '--help').out.rstrip())}\n.fi"
            for name in command_names()
        ),
    ]
    made, path = "\n".join(parts) + "\n", ROOT / "man/man1/unwix.1"
    if os.environ.get("UPDATE_EXPECTED"):
        path.write_text(made, encoding="utf-8")
        pytest.fail("man/man1/unwix.1 was written anew: read the difference, then run again without UPDATE_EXPECTED")
    assert path.read_text(encoding="utf-8") == made, "make expected writes it anew"
