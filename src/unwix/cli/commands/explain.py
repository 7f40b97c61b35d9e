"""`unwix explain`: explain a kind of problem, a kind of skipped input or a rule."""

from __future__ import annotations

import shutil
import sys
import textwrap

import click

from ..console import machine_readable
from ..help import close_matches, command


@command("Explain a problem, a skipped file or a rule.", "unwix explain gallery-missing", "unwix explain")
@click.argument("name", required=False, metavar="[KIND|RULE]")
def explain(name: str | None) -> None:
    """Explain KIND or RULE, as report.json and `unwix check` name them: meaning, example, what to do.

    Without a name, list all kinds and rules.
    """
    from ...diagnose.explain import SUBJECTS, explanations

    if not sys.stdout.isatty():
        machine_readable()
    if name is None:
        for subject, title in SUBJECTS.items():
            click.echo(f"{title}:")
            for one in explanations():
                if one.subject == subject:
                    click.echo(f"  {one.name:<26} {one.meaning}")
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
            indent = " " * 14 if line.startswith(" ") else ""
            click.echo("\n".join(textwrap.wrap(line, columns, subsequent_indent=indent, break_long_words=False)))
