"""`unwix explain`: explain a kind of problem, a kind of skipped input or a rule."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import click

from ..console import folded, machine_readable
from ..help import close_matches, command
from ..options.param_types import beginning

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def _complete_name(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from ...diagnose.explain import explanations

    return beginning(sorted({one.name for one in explanations()}), incomplete)


@command("Explain a problem, a skipped file or a rule.", "unwix explain gallery-missing", "unwix explain")
@click.argument("name", required=False, metavar="[KIND|RULE]", shell_complete=_complete_name)
def explain(name: str | None) -> None:
    """Explain KIND or RULE, as report.json and `unwix check` name them: meaning, example, what to do.

    Without a name, list all kinds and rules.
    """
    from ...diagnose.explain import explanations

    if not sys.stdout.isatty():
        machine_readable()
    if name is None:
        _list_all()
        return
    matching = [one for one in explanations() if one.name == name.lower()]
    if not matching:
        near = close_matches(name.lower(), dict.fromkeys(one.name for one in explanations()))
        hint = f" Did you mean “{near[0]}”?" if near else " Run `unwix explain` for the list."
        raise click.UsageError(f"There is no problem, skipped kind or rule “{name}”.{hint}")
    columns = min(100, shutil.get_terminal_size((100, 24)).columns)
    for number, one in enumerate(matching):
        if number:
            click.echo()
        for line in one.lines():
            click.echo(folded(line, 14 if line.startswith(" ") else 0, columns))


def _list_all() -> None:
    from ...diagnose.explain import SUBJECTS, explanations

    columns = shutil.get_terminal_size((100, 24)).columns if sys.stdout.isatty() else None
    for number, (subject, title) in enumerate(SUBJECTS.items()):
        click.echo(f"{chr(10) if number else ''}{title}")
        for one in explanations():
            if one.subject == subject:
                click.echo(folded(f"  {one.name:<26} {one.meaning}", 29, columns))
