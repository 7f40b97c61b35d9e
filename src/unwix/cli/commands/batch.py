"""`unwix batch`: convert many sites, one subdirectory each, with one table and one report."""

from __future__ import annotations

import json
import sys
import textwrap
import time
from pathlib import Path
from typing import Any

import click
from msgspec import Struct

from ...model.errors import OutputFailed, UnwixError
from ...version import __version__
from ..config import NAME
from ..console import OK, SOME_FAILED, WRONG_USAGE, batch_notes, say
from ..help import Command
from ..terminal.progress import width

#: The columns of the table, as report.json's summary names them.
_COLUMNS = ("posts", "complete", "incomplete", "lossy", "failed", "skipped")
_REPORT = "batch.json"
_LONGEST_NAME = 30
#: The widest line below a site, without its indentation.
WIDEST = 78


class _Site(Struct):
    """One converted subdirectory."""

    name: str
    summary: dict[str, int]
    seconds: float
    error: str = ""

    @property
    def failed(self) -> bool:
        return bool(self.error or self.summary.get("failed") or self.summary.get("lossy"))


@click.command(
    cls=Command,
    short_help="Convert many sites, one subdirectory each.",
    examples=["unwix batch clients/ -o out/", "unwix batch clients/ -o out/ --to hugo --media copy --strict"],
    context_settings={"ignore_unknown_options": True},
)
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option(
    "--output",
    "-o",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    metavar="OUTPUT",
    help="Directory for the sites: the posts of DIRECTORY/NAME go to OUTPUT/NAME.",
)
@click.argument("options", nargs=-1, type=click.UNPROCESSED, metavar="[CONVERT OPTIONS]...")
def batch(directory: Path, output: Path, options: tuple[str, ...]) -> None:
    """Convert each subdirectory of DIRECTORY as a site of its own, print one table, and write OUTPUT/batch.json.

    All options of `unwix convert` can be added; `{site}` in them is replaced by the name of the subdirectory. For
    options of one site, write DIRECTORY/NAME/unwix.toml. A site that fails does not stop the others.
    """
    names = sorted(
        path.name
        for path in directory.iterdir()
        if path.is_dir() and not path.name.startswith((".", "_")) and path.resolve() != output.resolve()
    )
    if not names:
        raise click.UsageError(f"{directory} has no subdirectories. Use unwix convert for a single site.")
    widest = min(_LONGEST_NAME, max(map(width, [*names, "total"])))
    click.echo(_line("site", dict(zip(_COLUMNS, _COLUMNS, strict=True)), "seconds", widest))
    sites = []
    for name in names:
        site = _convert(directory / name, output / name, [option.replace("{site}", name) for option in options])
        sites.append(site)
        click.echo(_line(name, site.summary, f"{site.seconds:.1f}", widest))
        for text in textwrap.wrap(site.error, WIDEST, break_long_words=False, break_on_hyphens=False):
            click.echo(f"  {text}")
    total = {column: sum(site.summary.get(column, 0) for site in sites) for column in _COLUMNS}
    click.echo(_line("total", total, f"{sum(site.seconds for site in sites):.1f}", widest))
    _write_report(output, sites, total)
    if failed := [site.name for site in sites if site.failed]:
        say(f"{len(failed)} of {len(sites)} sites need attention: {', '.join(failed[:10])}. See {output / _REPORT}")
    sys.exit(SOME_FAILED if any(site.failed for site in sites) else OK)


def _convert(source: Path, output: Path, options: list[str]) -> _Site:
    """Convert one site quietly."""
    from ...run.output_folder import REPORT
    from ...run.read_report import totals_of
    from .convert import convert

    started, error = time.monotonic(), ""
    notes: list[str] = []
    reset = batch_notes.set(notes)
    try:
        arguments = [str(source), "--output", str(output), "--quiet", *options]
        if (source / NAME).is_file() and not any(option.startswith("--config") for option in options):
            arguments += ["--config", str(source / NAME)]
        convert.main(arguments, "unwix convert", standalone_mode=False)
        code = OK
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else SOME_FAILED
    except click.UsageError as wrong:
        if not isinstance(wrong, click.BadParameter) or "SOURCE" not in str(wrong.param_hint):
            raise  # a wrong option is wrong for all sites
        code, error = WRONG_USAGE, wrong.format_message()
    except (UnwixError, OutputFailed) as failure:
        code, error = SOME_FAILED, str(failure)
    finally:
        batch_notes.reset(reset)
    if code == WRONG_USAGE and not error:
        error = " ".join(notes) or "no blog post found"
    elif code != OK and not error:
        error = f"see {output.as_posix()}/report.json"
    totals = totals_of((output / REPORT).read_bytes) if code != WRONG_USAGE else {}
    return _Site(source.name, totals, time.monotonic() - started, error)


def _line(name: str, summary: dict[str, Any], seconds: str, widest: int) -> str:
    while width(name) > widest:
        name = name[:-2] + "…"
    numbers = " ".join(f"{summary.get(column, 0):>{max(len(column), 6)}}" for column in _COLUMNS)
    return f"{name}{' ' * (widest - width(name))}  {numbers} {seconds:>8}"


def _write_report(output: Path, sites: list[_Site], total: dict[str, int]) -> None:
    rows = [{"site": site.name, **site.summary, "error": site.error or None} for site in sites]
    text = json.dumps({"unwix": __version__, "summary": total, "sites": rows}, ensure_ascii=False, indent=1)
    try:
        output.mkdir(parents=True, exist_ok=True)
        (output / _REPORT).write_text(text + "\n", encoding="utf-8", errors="replace")
    except OSError as error:
        raise OutputFailed(f"{output / _REPORT} cannot be written: {error.strerror or error}.") from None
