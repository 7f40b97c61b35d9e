"""Types of option values, with error messages that say what is expected."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

#: A suggestion is made only if the words are at least this similar (difflib's ratio).
CLOSE = 0.75
_CLUSTER = re.compile(r"dask://[^/\s:]+:\d{1,5}/?")


def beginning(words: Iterable[str], incomplete: str) -> list[CompletionItem]:
    """Return the words that begin like the incomplete one, as completions."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(word) for word in words if word.lower().startswith(incomplete.lower())]


class OneOf(click.ParamType):  # type: ignore[type-arg]  # generic only in the newest click
    """One of several words, in upper or lower case."""

    name = "word"

    def __init__(self, words: Sequence[str]) -> None:
        """`words` in the order in which messages list them."""
        self.words = tuple(words)

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        """Return the placeholder for the value in the help."""
        return f"[{'|'.join(self.words)}]"

    def get_missing_message(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        """Return the sentence that follows “Missing option”."""
        return f"Choose one of {', '.join(self.words)}."

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the word in lower case. Raises click.BadParameter."""
        text = str(value).lower()
        if text in self.words:
            return text
        from difflib import get_close_matches

        near = get_close_matches(text, self.words, 1, CLOSE)
        hint = f" Did you mean “{near[0]}”?" if near else ""
        raise click.BadParameter(f"“{value}” is not one of {', '.join(self.words)}.{hint}", ctx, param)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Return the words that begin like the incomplete one."""
        return beginning(self.words, incomplete)


class WordList(click.ParamType):  # type: ignore[type-arg]
    """Some of several words, separated by commas."""

    name = "words"

    def __init__(self, words: Sequence[str]) -> None:
        """`words` in the order in which messages list them."""
        self.word = OneOf(words)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the words in lower case and in order, separated by commas. Raises click.BadParameter."""
        parts = value.split(",") if isinstance(value, str) else value
        return ",".join(sorted({self.word.convert(part.strip(), param, ctx) for part in parts if part.strip()}))

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Return the list with each word that the last part may become."""
        before, comma, last = incomplete.rpartition(",")
        return beginning([f"{before}{comma}{word}" for word in self.word.words], f"{before}{comma}{last}")


class TimeZone(click.ParamType):  # type: ignore[type-arg]
    """The name of a time zone, such as Europe/Berlin."""

    name = "zone"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name. Raises click.BadParameter."""
        from difflib import get_close_matches
        from zoneinfo import available_timezones

        text = str(value)
        known = available_timezones()
        if text in known:
            return text
        city = text.rpartition("/")[2].replace(" ", "_").lower()
        near = [zone for zone in sorted(known) if zone.rpartition("/")[2].lower() == city and "/" in zone]
        near = near or get_close_matches(text, sorted(known), 1, CLOSE)
        hint = f"Did you mean “{near[0]}”?" if near else "Write it as Europe/Berlin."
        message = f"“{value}” is not a time zone. {hint}"
        raise click.BadParameter(message, ctx, param)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Return the names that begin like the incomplete one."""
        from zoneinfo import available_timezones

        return beginning(sorted(available_timezones()), incomplete)


class ClusterType(click.ParamType):  # type: ignore[type-arg]
    """The URL of a Dask scheduler, or `local`."""

    name = "url"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str | None:
        """Return the URL, None for `local`. Raises click.BadParameter."""
        text = str(value)
        if text == "local":
            return None
        if not _CLUSTER.fullmatch(text):
            message = f"“{value}” is not an executor; write it as dask://HOST:8786, or local."
            raise click.BadParameter(message, ctx, param)
        return text


class Day(click.ParamType):  # type: ignore[type-arg]
    """A date such as 2024-09-27, as text or as a date of a TOML file."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the date. Raises click.BadParameter."""
        if isinstance(value, date):
            return value.date() if isinstance(value, datetime) else value
        try:
            return datetime.strptime(str(value), "%Y-%m-%d").date()
        except ValueError:
            raise click.BadParameter(f"“{value}” is not a date; write it as 2024-09-27.", ctx, param) from None
