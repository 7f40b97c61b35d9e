"""Help texts with options under headings and examples, and suggestions for mistyped names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import click

from .options.param_types import CLOSE

#: The headings, and the options below each by their parameter names; all other options come last.
SECTIONS = {
    "Output": (
        "output target path fields main_language time_zone keep_underline keep_cover strip_tracking normalize footnotes"
        " sidecar comments review split prune dry_run".split()
    ),
    "Comparison and rules": "expect update min_fidelity off severities rules notes form saved".split(),
    "Which posts": "since until slug category tag author language drafts include_deleted exclude_patterns kind".split(),
    "Images and other media": "media media_url avatars media_limit media_jobs media_rate".split(),
    "Links between posts": "mode base_url permalinks sites".split(),
    "Live site": "cache offline archive pages_only client_id user_agent".split(),
    "Wix REST API": "api site_id".split(),
}
#: Commands with fewer options need no headings.
_FEW = 12


class Command(click.Command):
    """A command whose help has headings and examples, which are command lines."""

    def __init__(self, *args: Any, examples: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.examples = examples

    def get_help_option_names(self, ctx: click.Context) -> list[str]:
        """Return the same names for every context: click caches those of the first one, which may have no parent."""
        return ["-h", "--help"]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, each below its heading, then the examples."""
        params = [param for param in self.get_params(ctx) if isinstance(param, click.Option) and not param.hidden]
        named = SECTIONS if len(params) > _FEW else {}
        rest = {param.name for param in params} - {name for names in named.values() for name in names}
        for heading, names in {**named, "Run" if named else "Options": rest}.items():
            records = [param.get_help_record(ctx) for param in params if param.name in names]
            if records:
                with formatter.section(heading):
                    formatter.write_dl([record for record in records if record is not None])
        if self.examples:
            with formatter.section("Examples"):
                for line in self.examples:
                    formatter.write(f"  {line}\n")

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments; suggest only options that are close to an unknown one."""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            names = [name for param in self.get_params(ctx) for name in param.opts if name.startswith("--")]
            near = close_matches(error.option_name, names)
            raise click.NoSuchOption(error.option_name, possibilities=near, ctx=ctx) from None


def close_matches(text: str, names: Iterable[str]) -> list[str]:
    """Return the names that `text` is probably a misspelling of."""
    from difflib import get_close_matches

    return get_close_matches(text, list(names), 2, CLOSE)


def command(short: str, *examples: str, hidden: bool = False) -> Callable[[Callable[..., Any]], Command]:
    """Make a function a command; `short` is its line in the list of commands."""
    return click.command(cls=Command, short_help=short, examples=examples, hidden=hidden)
