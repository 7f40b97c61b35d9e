"""Test shell completion: the scripts are printed, and the shells complete with them."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from support.programs import program
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


@pytest.fixture
def on_path(tmp_path: Path) -> str:
    """Return the line of a shell script that puts `unwix` on the PATH."""
    script = tmp_path / "bin/unwix"
    script.parent.mkdir()
    script.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m unwix "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    return f"PATH={shlex.quote(str(script.parent))}:$PATH"


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
        ("unwix explain gallery-m", ["gallery-missing"]),
        ("unwix config conv", ["convert"]),
    ],
)
def test_bash_completes(line: str, expected: list[str], on_path: str) -> None:
    script = f"""
{on_path}
eval "$(unwix completion bash)"
COMP_WORDS=({line}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
_unwix_completion unwix; printf '%s\\n' "${{COMPREPLY[@]}}"
"""
    result = subprocess.run(["bash", "-c", script], env=environment(), capture_output=True, text=True, check=False)
    assert [word for word in result.stdout.split() if word] == expected, result


@pytest.mark.tools
@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("unwix conv", ["convert"]),
        ("unwix convert --to hu", ["hugo"]),
        ("unwix convert --inc", ["--include-deleted"]),
        ("unwix convert saved", ["saved pages/"]),
        ("unwix doctor sav", ["saved pages/"]),
        ("unwix check out --expect sav", ["saved pages/"]),
    ],
)
def test_fish_completes(line: str, expected: list[str], on_path: str, tmp_path: Path) -> None:
    (tmp_path / "saved pages").mkdir()
    script = f"unwix completion fish | source; complete -C {shlex.quote(line)}"
    result = subprocess.run(
        ["sh", "-c", f"{on_path}; exec {program('fish')} --no-config -c {shlex.quote(script)}"],
        env=environment(),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    lines = [line.split("\t")[0].replace("\\ ", " ") for line in result.stdout.splitlines() if line]
    assert lines == expected, result


_ZSH = """
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell {setup}
zpty -w shell 'echo re""ady'
while zpty -r shell line; do [[ $line == *ready* ]] && break; done
zpty -w -n shell {keys}$'\\C-x'
while [[ ! -s typed ]]; do zpty -r -t shell line || sleep 0.1; done
zpty -d shell
"""


@pytest.mark.tools
@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("unwix conv\\t--to hu\\t", "unwix convert --to hugo"),
        ("unwix convert sav\\t-o out", "unwix convert saved-pages/-o out"),
        ("unwix explain gallery-m\\t", "unwix explain gallery-missing"),
    ],
)
def test_zsh_completes(keys: str, expected: str, on_path: str, tmp_path: Path) -> None:
    """A line is typed in a terminal; Ctrl-X writes the completed line to a file."""
    (tmp_path / "saved-pages").mkdir()
    setup = (
        f'{on_path}; autoload -Uz compinit; compinit -u -D; eval "$(unwix completion zsh)"; '
        "write() { print -r -- $BUFFER > typed }; zle -N write; bindkey '^X' write"
    )
    script = _ZSH.format(setup=shlex.quote(setup), keys=f"$'{keys}'")
    subprocess.run(
        [program("zsh"), "-f", "-c", script],
        env=environment(),
        cwd=tmp_path,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert " ".join((tmp_path / "typed").read_text(encoding="utf-8").split()) == expected


@pytest.mark.parametrize(
    ("words", "word", "expected"),
    [
        ("unwix conv", "conv", ["convert"]),
        ("unwix ", "", None),
        ("unwix convert --inc", "--inc", ["--include-deleted"]),
    ],
)
def test_powershell_gets_items(words: str, word: str, expected: list[str] | None) -> None:
    """Call the registered script block."""
    variables = {**environment(), "COMP_WORDS": words, "COMP_WORD": word, "_UNWIX_COMPLETE": "powershell_complete"}
    result = subprocess.run([sys.executable, "-m", "unwix"], env=variables, capture_output=True, text=True, check=False)
    values = [line.split("\t")[1] for line in result.stdout.splitlines()]
    assert values == expected if expected is not None else {"convert", "check", "review"} <= set(values), result


def test_the_environment_of_other_programs_changes_nothing() -> None:
    assert "_UNWIX_COMPLETE" not in os.environ
