"""Help: the options of a command under headings, and lines to copy, in 80 columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import click

#: Headings, and the options below each, by their names in the code; all others come last.
SECTIONS = {
    "What is written": "output target path fields main_language keep sidecar comments review prune dry_run".split(),
    "What is compared": "expect update min_fidelity off severities rules form saved".split(),
    "Which posts": "since until slug category tag author language drafts include_deleted kind".split(),
    "Pictures and other media": "media avatars media_limit media_jobs media_rate".split(),
    "Links between posts": "mode base_url addresses sites".split(),
    "A live site": "cache offline archive user_agent".split(),
    "Wix's REST API": "api site_id".split(),
}
#: A command with fewer options needs no headings.
_FEW = 12


class Command(click.Command):
    """A command whose help has headings and examples; `examples` are pairs of a command line and what it does."""

    def __init__(self, *args: Any, examples: Sequence[str] = (), **kwargs: Any) -> None:
        """As click's command."""
        super().__init__(*args, **kwargs)
        self.examples = examples

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, each below its heading, then the examples."""
        params = [param for param in self.get_params(ctx) if isinstance(param, click.Option) and not param.hidden]
        named = SECTIONS if len(params) > _FEW else {}
        rest = {param.name for param in params} - {name for names in named.values() for name in names}
        for heading, names in {**named, "Options" if not named else "The run": rest}.items():
            records = [param.get_help_record(ctx) for param in params if param.name in names]
            if records:
                with formatter.section(heading):
                    formatter.write_dl([record for record in records if record is not None])
        if self.examples:
            with formatter.section("Examples"):
                for line in self.examples:
                    formatter.write(f"  {line}\n")


def command(short: str, *examples: str) -> Callable[[Callable[..., Any]], Command]:
    """Make a function a command; `short` is its line in the list of commands."""
    return click.command(cls=Command, short_help=short, examples=examples)
