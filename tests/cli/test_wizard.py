"""`unwix` without arguments asks on a terminal, and shows the help elsewhere."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from support.post_pages import save
from support.terminal import run
from unwix.cli.wizard import run_wizard


def answers(*lines: str) -> tuple[list[str], str]:
    """Answer the questions; return the arguments of the command, and everything that was printed."""
    found: list[str] = []

    @click.command()
    def ask() -> None:
        found.extend(run_wizard())

    result = CliRunner().invoke(ask, input="\n".join(lines) + "\n", catch_exceptions=False)
    return found, result.output


@pytest.fixture(autouse=True)
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    save(Path("my pages"), 2)


def test_answers_become_a_command() -> None:
    arguments, output = answers("my pages", "n", "4", "y", "site", "y")
    assert arguments == ["convert", "my pages", "--output", "site", "--to", "hugo", "--media", "copy"]
    assert "unwix convert 'my pages' --output site --to hugo --media copy" in output


def test_the_diagnosis_is_shown_first() -> None:
    _, output = answers("my pages", "y", "1", "n", "", "n")
    assert "posts          2" in output


def test_wrong_path_repeats_the_question() -> None:
    arguments, output = answers("nothing", "'my pages'", "n", "1", "n", "", "y")
    assert "There is no file or folder nothing." in output
    assert arguments == ["convert", "my pages", "--output", "blog"]


def test_source_without_posts_repeats_the_question() -> None:
    Path("notes").mkdir()
    arguments, output = answers("notes", "y", "my pages", "y", "1", "n", "", "y")
    assert "It contains no blog post. Give another source" in output
    assert arguments == ["convert", "my pages", "--output", "blog"]


def test_no_line_is_wider_than_a_terminal() -> None:
    _, output = answers("my pages", "n", "1", "y", "", "n")
    assert [line for line in output.splitlines() if len(line) > 79] == []


def test_wrong_number_repeats_the_question_and_names_are_accepted() -> None:
    arguments, output = answers("my pages", "n", "99", "hugo", "n", "", "y")
    assert "Give a number from 1 to 19." in output
    assert arguments == ["convert", "my pages", "--output", "hugo-blog", "--to", "hugo"]


def test_a_dropped_path_loses_its_backslashes() -> None:
    assert answers("my\\ pages", "n", "1", "n", "", "y")[0][1] == "my pages"


def test_nothing_runs_without_consent_and_a_new_directory_is_proposed() -> None:
    Path("blog").mkdir()
    arguments, output = answers("my pages", "n", "1", "n", "", "n")
    assert arguments == []
    assert "--output blog-2" in output


def test_without_a_terminal_the_help_is_shown() -> None:
    result = run()
    assert (result.code, result.out) == (2, "")
    assert "Usage: unwix" in result.err
