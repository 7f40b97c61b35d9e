"""`unwix completion`: print the script that lets a shell complete commands, options and values."""

from __future__ import annotations

import os
import shlex
from typing import Any

import click
from click.shell_completion import CompletionItem, ShellComplete, add_completion_class, get_completion_class

from ..console import machine_readable
from ..help import command
from ..options.param_types import OneOf

_VARIABLE = "_UNWIX_COMPLETE"
_POWERSHELL = """\
Register-ArgumentCompleter -Native -CommandName %(prog_name)s -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $line = $commandAst.ToString()
    $end = [Math]::Min($line.Length, [Math]::Max(0, $cursorPosition - $commandAst.Extent.StartOffset))
    $env:COMP_WORDS = $line.Substring(0, $end)
    $env:COMP_WORD = $wordToComplete
    $env:%(complete_var)s = "powershell_complete"
    %(prog_name)s | ForEach-Object {
        $type, $value, $help = $_ -split "\\t", 3
        if ($type -eq "plain") {
            if (-not $help) { $help = $value }
            [System.Management.Automation.CompletionResult]::new($value, $value, "ParameterValue", $help)
        }
    }
    Remove-Item Env:COMP_WORDS, Env:COMP_WORD, Env:%(complete_var)s
}
"""


class PowerShellComplete(ShellComplete):
    """Completion for PowerShell, which click does not have. PowerShell itself completes file names."""

    name = "powershell"
    source_template = _POWERSHELL

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the complete words before the cursor, and the word to complete."""
        line, incomplete = os.environ.get("COMP_WORDS", ""), os.environ.get("COMP_WORD", "")
        try:
            words = shlex.split(line)[1:]
        except ValueError:  # an open quote
            words = line.split()[1:]
        return (words[:-1] if incomplete and words and words[-1] == incomplete else words), incomplete

    def format_completion(self, item: CompletionItem) -> str:
        """Return the line of an item: type, value and help."""
        return f"{item.type}\t{item.value}\t{item.help or ''}"


SHELLS = ("bash", "zsh", "fish", "powershell")


def register_powershell() -> None:
    """Add PowerShell to the shells that click completes for."""
    add_completion_class(PowerShellComplete)


@command("Print a script for shell completion.", 'eval "$(unwix completion bash)"')
@click.argument("shell", type=OneOf(SHELLS))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the script that completes commands, options and values of unwix in SHELL.

    SHELL is bash, zsh, fish or powershell. docs/shell.md names the file in which to put it.
    """
    register_powershell()
    root: Any = ctx.find_root().command
    completion_class = get_completion_class(shell)
    if completion_class is None:  # for type checkers: SHELLS has only known shells
        raise click.UsageError(f"There is no completion for {shell}.")
    machine_readable()
    click.echo(completion_class(root, {}, "unwix", _VARIABLE).source())
