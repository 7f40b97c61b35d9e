"""OUTPUT: a directory, for JSON Lines also a file, and for JSON Lines and Markdown also standard output."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ..console import machine_readable, say

if TYPE_CHECKING:
    from ...run.import_file import RecordStream

_F = TypeVar("_F", bound=Callable[..., Any])
_STDOUT = Path("-")
_LINES, _MARKDOWN = "jsonl", "markdown"
#: Options that write files next to the posts.
_FILE_OPTIONS = ("comments", "sidecar", "review", "prune", "theme")
#: Where the context has the URL of an option whose value is a local copy, before the name of the option.
REMOTE_VALUE = "unwix.remote"


class _OutputType(click.Path):
    """A path, or the URL of a directory of object storage."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return a path, or a URL as text. Raises click.BadParameter."""
        from ...sources.urls import REMOTE

        return value if isinstance(value, str) and REMOTE.match(value) else super().convert(value, param, ctx)


def _local_output(ctx: click.Context, _param: click.Parameter, value: Path | str | None) -> Path | None:
    """Return the local copy of a remote output, which is uploaded when the command ends; a path as it is."""
    if not isinstance(value, str):
        return value
    ctx.meta[f"{REMOTE_VALUE}.output"] = value
    return ctx.with_resource(_uploaded(value))


def output_url(ctx: click.Context) -> str | None:
    """Return the URL of an output on object storage, None for a directory of this computer."""
    return ctx.meta.get(f"{REMOTE_VALUE}.output")


@contextmanager
def _uploaded(url: str) -> Iterator[Path]:
    from .remote_output import remote_output

    upload = None
    try:
        with remote_output(url) as upload:
            yield upload.local
    finally:
        if upload is not None and upload.uploaded is not None:
            say(f"{url}: {upload.uploaded} {'file' if upload.uploaded == 1 else 'files'} uploaded")


def output_option(command: _F) -> _F:
    """Add `--output` to a command."""
    return click.option(
        "--output",
        "-o",
        type=_OutputType(path_type=Path, allow_dash=True),
        callback=_local_output,
        metavar="OUTPUT",
        help="Directory for the posts and report.json. - is standard output: the Markdown of each post, or with --to "
        "jsonl a record. With --to jsonl also a file (posts.jsonl).",
    )(command)


output_argument = click.argument(
    "output", metavar="OUTPUT", type=click.Path(path_type=Path, file_okay=False, exists=True)
)
written_target_option = click.option(
    "--to", "target", metavar="TARGET", help="Target that OUTPUT was written for. Default: read from OUTPUT."
)


def result_directory_option(help_text: str) -> Callable[[_F], _F]:
    """Return the option `--output` of a command that works on OUTPUT and writes to another directory."""
    kind = click.Path(path_type=Path, file_okay=False)
    return click.option("--output", "-o", "into", type=kind, metavar="DIR", help=help_text)


def jobs_option(help_text: str = "Default: one per core; 0: none, work in the main process.") -> Callable[[_F], _F]:
    """Return the option `--jobs`; the text states what happens without it."""
    number = click.IntRange(0, 256)
    return click.option("--jobs", "-j", type=number, metavar="N", help=f"Number of worker processes. {help_text}")


def is_stream(output: Path | None, as_json: bool, chosen: dict[str, Any]) -> bool:
    """Return whether OUTPUT is a stream of posts. Raises click.UsageError if it is no directory for the target."""
    if output is None:
        return False
    target, is_file, is_stdout = chosen["target"], output.is_file(), output == _STDOUT
    is_lines = target == _LINES and (is_stdout or is_file or output.suffix in (".jsonl", ".ndjson"))
    if (is_lines and not output.is_dir()) or (is_stdout and target == _MARKDOWN):
        _check_stream(is_stdout, as_json, chosen)
        return True
    if is_lines:
        return False
    if is_stdout:
        raise click.UsageError(
            f"-o - writes to standard output. It needs --to {_MARKDOWN} or --to {_LINES}, not --to {target}."
        )
    if is_file:
        raise click.BadParameter(f"{output} is a file. Give a directory.", param_hint="'--output' / '-o'")
    return False


def _check_stream(is_stdout: bool, as_json: bool, chosen: dict[str, Any]) -> None:
    """Raise click.UsageError for an option that a stream of posts does not allow."""
    files = {"media": chosen.get("media") != "link"} | {name: bool(chosen.get(name)) for name in _FILE_OPTIONS}
    if chosen["target"] == _LINES:
        files["comments"] = False  # a record contains them
    for name, is_chosen in files.items():
        if is_chosen:
            raise click.UsageError(f"--{name} needs a directory for OUTPUT.")
    if as_json and is_stdout:
        raise click.UsageError("--json prints events on standard output, which -o - needs for the posts.")


def is_same_folder(source: str | Path, output: Path) -> bool:
    """Return whether a SOURCE is the directory that the posts are written to."""
    # os.path.isdir is False for a path in a directory that cannot be read; Path.is_dir raises an error.
    return isinstance(source, Path) and os.path.isdir(source) and os.path.isdir(output) and source.samefile(output)


@contextmanager
def record_stream(output: Path, target: str) -> Iterator[RecordStream]:
    """Open OUTPUT for posts or records. A file appears whole, when all records are written, or not at all."""
    from ...run.import_file import RecordStream

    if output == _STDOUT:
        machine_readable()
        yield RecordStream(sys.stdout, "\n" if target == _MARKDOWN else "")
        return
    output.parent.mkdir(parents=True, exist_ok=True)
    temporary = output.with_name(f".unwix-{os.getpid()}.tmp")
    try:
        with temporary.open("x", encoding="utf-8", errors="replace", newline="\n") as file:
            stream = RecordStream(file)
            yield stream
        if stream.number:
            os.replace(temporary, output)
    finally:
        temporary.unlink(missing_ok=True)
