"""Recorded: what `convert` was told about the texts of posts, kept in the output's state for a later `check`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click
from click.core import ParameterSource

#: Options that decide what a post says and where it is; all others are about the run.
_TEXT = (
    "path fields main_language kind keep include_deleted sidecar media avatars mode base_url addresses sites".split()
)


def recorded(ctx: click.Context) -> dict[str, Any]:
    """The options of a run, for the state: those that are not as usual."""
    usual = {param.name: param.get_default(ctx, call=True) for param in ctx.command.params}
    chosen = {name: _plain(ctx.params.get(name)) for name in _TEXT}
    return {name: value for name, value in chosen.items() if value and value != _plain(usual.get(name))}


def as_recorded(ctx: click.Context, chosen: Mapping[str, Any], state: Mapping[str, Any]) -> dict[str, Any]:
    """The options of a check, those that nobody gave taken from the state of the output.

    Raises click.UsageError when the state has what is none: a newer version may have written it.
    """
    options = state.get("options")
    before = {**(options if isinstance(options, dict) else {}), "target": state.get("target")}
    found = dict(chosen)
    params = {param.name: param for param in ctx.command.params}
    for name in ("target", *_TEXT):
        if before.get(name) and ctx.get_parameter_source(name) in (None, ParameterSource.DEFAULT):
            try:
                found[name] = params[name].type_cast_value(ctx, before[name]) if name in params else before[name]
            except click.ClickException as error:
                why = f"The output was written by another version of unwix: {error.format_message()}"
                raise click.UsageError(why) from None
    return found


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
