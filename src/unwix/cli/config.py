"""Options from a configuration file (`unwix.toml`), and the command line that repeats a run."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource
from msgspec import Struct

from .console import say
from .main import COMMANDS, cli
from .options.output import REMOTE_VALUE

#: Read from the current directory unless `--config` names another file.
NAME = "unwix.toml"
#: The tables that a command reads; later ones win. `check` converts with the options of `convert`.
_SECTIONS = {"check": ("convert", "check")}


def _load(ctx: click.Context, param: click.Parameter, path: Path | None) -> Path | None:
    """Use the values of the file as defaults, so that options on the command line win."""
    if path is None:
        if not Path(NAME).is_file():
            return None
        path = Path(NAME)
        say(f"using options from {NAME}")
    _check_tables(path)
    _load_values(ctx, path)
    return path


def _load_values(ctx: click.Context, path: Path) -> None:
    """Set the defaults of a command from its tables in the file. Raises click.UsageError for an unknown option."""
    command_name = str(ctx.command.name)
    ctx.default_map = {}
    for section in _SECTIONS.get(command_name, (command_name,)):
        for name, value in _section(path, section).items():
            option = _option(ctx.command, name)
            if option is not None:
                ctx.default_map[option.name or name] = _as_default(option, value)
            elif section == command_name:
                from difflib import get_close_matches

                near = get_close_matches(name, _names(ctx.command), 1)
                hint = f" Did you mean “{near[0]}”?" if near else ""
                raise click.UsageError(f"{path}: [{section}] has “{name}”, which is not an option.{hint}")


config_option = click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    is_eager=True,
    expose_value=False,
    callback=_load,
    metavar="FILE",
    help=f"Read options from this file. Default: {NAME} in the current directory.",
)


def _check_tables(path: Path) -> None:
    """Raise click.UsageError for a table that is not named like a command, since it would be ignored."""
    for name in _tables(path):
        if name not in COMMANDS:
            from difflib import get_close_matches

            near = get_close_matches(name, COMMANDS, 1)
            hint = f" Did you mean [{near[0]}]?" if near else ""
            raise click.UsageError(f"{path}: [{name}] is not a command of unwix.{hint}")


def _tables(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise click.UsageError(f"{path} cannot be read: {error}.") from None


def _section(path: Path, section: str) -> dict[str, Any]:
    section_table = _tables(path).get(section, {})
    if not isinstance(section_table, dict):
        raise click.UsageError(f"{path}: {section} is not a table; write [{section}] on a line of its own.")
    return section_table


def _flags(option: click.Parameter) -> list[str]:
    return [flag for flag in option.opts if flag.startswith("--")]


def _names(command: click.Command) -> list[str]:
    return [flag[2:] for param in command.params if isinstance(param, click.Option) for flag in _flags(param)]


def _option(command: click.Command, name: str) -> click.Option | None:
    option_name = "--" + name.replace("_", "-")
    return next((p for p in command.params if isinstance(p, click.Option) and option_name in p.opts), None)


def _as_default(option: click.Option, value: Any) -> Any:
    if option.multiple and isinstance(value, dict):  # [check.severity]
        return [f"{name}={level}" for name, level in value.items()]
    if option.multiple:
        return [value] if not isinstance(value, list) else value
    return value


class EffectiveOption(Struct, frozen=True):
    """An option of a command with its value from the file, or else its default (None: no default)."""

    name: str
    value: Any
    is_set: bool
    option: click.Option

    def line(self) -> str:
        """Return the line of a configuration file: a comment for a default, with a placeholder if there is none."""
        if self.is_set:
            return f"{self.name} = {toml_value(self.value)}"
        if self.value is not None:
            return f"# {self.name} = {toml_value(self.value)}"
        placeholder = self.option.metavar or self.option.make_metavar(click.Context(cli)).strip("[]")
        return f"# {self.name} = [{placeholder}, ...]" if self.option.multiple else f"# {self.name} = {placeholder}"


def config_commands() -> list[str]:
    """Return the names of the commands that read a configuration file."""
    context = click.Context(cli)
    commands = {name: cli.get_command(context, name) for name in COMMANDS}
    return [name for name, one in commands.items() if one is not None and config_option_of(one) is not None]


def config_option_of(one: click.Command) -> click.Option | None:
    """Return the `--config` option of a command that reads a configuration file."""
    return next((p for p in one.params if isinstance(p, click.Option) and p.callback is _load), None)


def effective_options(command_name: str, file: Path | None) -> Iterator[EffectiveOption]:
    """Yield the options of a command in the order of its help. Raises click.UsageError for a faulty file."""
    one = cli.get_command(click.Context(cli), command_name)
    if one is None:
        return
    values: dict[str, Any] = {}
    if file is not None:
        _check_tables(file)
        context = click.Context(one, info_name=command_name, parent=click.Context(cli))
        _load_values(context, file)
        values = dict(context.default_map or {})
    for param in one.params:
        flags = _flags(param)
        if not isinstance(param, click.Option) or not flags or param.callback is _load or param.hidden:
            continue
        is_set = param.name in values
        value = values[param.name] if is_set else _no_sentinel(param.to_info_dict()["default"])
        yield EffectiveOption(flags[0][2:], value, is_set, param)


def _no_sentinel(value: Any) -> Any:
    """Return None for the marker that newer versions of click use for “no default”."""
    return None if type(value).__name__ == "Sentinel" or callable(value) else value


def toml_value(value: Any) -> str:
    """Return a value in TOML."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(toml_value, value))}]"
    return json.dumps(str(value), ensure_ascii=False)


def repeat_command(ctx: click.Context) -> str:
    """Return the command line that repeats this run without a configuration file."""
    return shlex.join(["unwix", str(ctx.command.name), *_arguments(ctx)])


def _arguments(ctx: click.Context) -> Iterator[str]:
    for param in ctx.command.params:
        value = ctx.meta.get(f"{REMOTE_VALUE}.{param.name}") or ctx.params.get(param.name or "")
        if (
            param.name in ("password",)
            or param.name not in ctx.params
            or ctx.get_parameter_source(param.name or "") is ParameterSource.DEFAULT
        ):
            continue
        values = value if isinstance(value, (list, tuple)) and (param.multiple or param.nargs != 1) else [value]
        for one in values:
            if isinstance(param, click.Argument):
                yield str(one)
            elif isinstance(param, click.Option) and param.is_flag:
                yield from [(param.opts if one else param.secondary_opts)[0]] if one or param.secondary_opts else []
            elif one is not None:
                yield from (_flags(param)[0], f"{one:%Y-%m-%d}" if hasattr(one, "strftime") else str(one))
