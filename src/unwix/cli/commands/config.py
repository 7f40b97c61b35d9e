"""`unwix config`: print the options in effect, and where each value comes from."""

from __future__ import annotations

from pathlib import Path

import click

from ..config import NAME, config_commands, effective_options
from ..console import machine_readable
from ..help import command
from ..options.param_types import beginning


@command("Print the options in effect.", "unwix config", "unwix config convert --config clients/acme.toml")
@click.argument(
    "name",
    required=False,
    metavar="[COMMAND]",
    shell_complete=lambda _ctx, _param, incomplete: beginning(config_commands(), incomplete),
)
@click.option(
    "--config",
    "file",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="FILE",
    help=f"Read options from this file. Default: {NAME} in the current directory.",
)
def config(name: str | None, file: Path | None) -> None:
    """Print the options of COMMAND that a configuration file sets, and the defaults of all others, as TOML.

    The output is a valid configuration file in which each option without a value of yours is a comment.
    """
    commands = config_commands()
    if name is not None and name not in commands:
        raise click.UsageError(f"“{name}” reads no configuration file. Commands that do: {', '.join(commands)}.")
    file = file or (Path(NAME) if Path(NAME).is_file() else None)
    machine_readable()
    click.echo(f"# Options from {file}" if file else f"# No {NAME} in this directory: all options have their defaults.")
    for command_name in [name] if name else commands:
        click.echo(f"\n[{command_name}]")
        for option in effective_options(command_name, file):
            click.echo(option.line())
