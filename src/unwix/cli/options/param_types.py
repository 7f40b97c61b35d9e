"""Values: what options take: one of a few words, a day. What does not fit is told in a sentence with the way out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

import click


class OneOf(click.ParamType):  # type: ignore[type-arg]  # generic only in the newest click
    """One of some words, in capitals or not."""

    name = "word"

    def __init__(self, words: Sequence[str]) -> None:
        """`words` are in the order that a message lists them."""
        self.words = tuple(words)

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        """How the help shows the option's value, where no other metavar is given."""
        return f"[{'|'.join(self.words)}]"

    def get_missing_message(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        """What is said beside “missing option”."""
        return f"Choose one of {', '.join(self.words)}."

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word. Fails with those that there are."""
        text = str(value).lower()
        if text in self.words:
            return text
        near = get_close_matches(text, self.words, 1)
        hint = f" Did you mean “{near[0]}”?" if near else ""
        raise click.BadParameter(f"“{value}” is none of {', '.join(self.words)}.{hint}", ctx, param)


class Day(click.ParamType):  # type: ignore[type-arg]
    """A day as 2024-09-27; a file of options may have one as TOML says it."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day. Fails where it is none."""
        if isinstance(value, date):
            return value.date() if isinstance(value, datetime) else value
        try:
            return datetime.strptime(str(value), "%Y-%m-%d").date()
        except ValueError:
            raise click.BadParameter(f"“{value}” is no day; write it as 2024-09-27.", ctx, param) from None
