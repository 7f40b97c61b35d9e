"""Options of `convert` that are stored in the state of OUTPUT, so that `check` can use them again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click
from click.core import ParameterSource

from ...web.json_path import obj

#: Options that change the text or the path of a post; all others concern the run only.
_TEXT = (
    "theme path fields main_language kind keep_underline time_zone strip_tracking normalize footnotes keep_cover"
    " include_deleted sidecar media avatars mode base_url permalinks sites".split()
)


def recorded(ctx: click.Context) -> dict[str, Any]:
    """Return the options that differ from their defaults, for the state."""
    usual = {param.name: param.get_default(ctx, call=True) for param in ctx.command.params}
    chosen = {name: _plain(ctx.params.get(name)) for name in _TEXT}
    return {name: value for name, value in chosen.items() if value and value != _plain(usual.get(name))}


def as_recorded(ctx: click.Context, chosen: Mapping[str, Any], state: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options of a check, completed from the state of the output.

    Raises click.UsageError if the state contains an invalid option: another version may have written it.
    """
    before = {**obj(state, "options"), "target": state.get("target")}
    result = dict(chosen)
    params = {param.name: param for param in ctx.command.params}
    for name in ("target", *_TEXT):
        if before.get(name) and ctx.get_parameter_source(name) in (None, ParameterSource.DEFAULT):
            try:
                result[name] = params[name].type_cast_value(ctx, before[name]) if name in params else before[name]
            except click.ClickException as error:
                why = f"The output was written by another version of unwix: {error.format_message()}"
                raise click.UsageError(why) from None
    return result


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
