"""Shell completion: the scripts are printed, and bash completes with its own."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from support.terminal import environment, run


@pytest.mark.parametrize(
    ("shell", "part"),
    [
        ("bash", "complete -o nosort -F"),
        ("zsh", "#compdef unwix"),
        ("fish", "complete --no-files --command unwix"),
        ("powershell", "Register-ArgumentCompleter -Native -CommandName unwix"),
    ],
)
def test_each_shell_has_a_script(shell: str, part: str) -> None:
    result = run("completion", shell)
    assert result.code == 0
    assert part in result.out
    assert result.err == ""


def test_an_unknown_shell_is_one_sentence() -> None:
    result = run("completion", "bosh")
    assert result.code == 2
    assert "“bosh” is not one of bash, zsh, fish, powershell. Did you mean “bash”?" in result.err


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash")
@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("unwix conv", ["convert"]),
        ("unwix convert --drafts wi", ["with", "without"]),
        ("unwix convert --to hu", ["hugo"]),
        ("unwix convert --normalize lists,he", ["lists,headings"]),
        ("unwix convert --timezone europe/berl", ["Europe/Berlin"]),
        ("unwix redirects out --for net", ["netlify"]),
        ("unwix completion fi", ["fish"]),
        ("unwix convert --inc", ["--include-deleted"]),
    ],
)
def test_bash_completes(line: str, expected: list[str], tmp_path: Path) -> None:
    program = tmp_path / "unwix"
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m unwix "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    script = f"""
PATH={shlex.quote(str(tmp_path))}:$PATH
eval "$(unwix completion bash)"
COMP_WORDS=({line}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
_unwix_completion unwix; printf '%s\\n' "${{COMPREPLY[@]}}"
"""
    result = subprocess.run(["bash", "-c", script], env=environment(), capture_output=True, text=True, check=False)
    assert [word for word in result.stdout.split() if word] == expected, result


@pytest.mark.parametrize(
    ("words", "word", "expected"),
    [
        ("unwix conv", "conv", ["convert"]),
        ("unwix ", "", None),
        ("unwix convert --inc", "--inc", ["--include-deleted"]),
    ],
)
def test_powershell_gets_items(words: str, word: str, expected: list[str] | None) -> None:
    """What the registered script block calls."""
    variables = {**environment(), "COMP_WORDS": words, "COMP_WORD": word, "_UNWIX_COMPLETE": "powershell_complete"}
    result = subprocess.run([sys.executable, "-m", "unwix"], env=variables, capture_output=True, text=True, check=False)
    values = [line.split("\t")[1] for line in result.stdout.splitlines()]
    assert values == expected if expected is not None else {"convert", "check", "review"} <= set(values), result


def test_the_environment_of_other_programs_changes_nothing() -> None:
    assert "_UNWIX_COMPLETE" not in os.environ
