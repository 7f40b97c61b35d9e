"""`unwix check`: check a conversion without writing files, or an output that was edited."""

from __future__ import annotations

import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ...version import __version__
from ..config import config_option
from ..console import OK, SOME_FAILED, WRONG_USAGE, columns_of, folded, machine_readable
from ..help import command
from ..locking import lock_output
from ..options.filters import filtering
from ..options.links import linking
from ..options.media import media_options, take_media
from ..options.open_run import open_run
from ..options.param_types import OneOf
from ..options.reading import count_pages, reading, sources_argument
from ..options.repeat_command import as_recorded
from ..options.sources import opened, take_reports
from ..options.targets import refuse_import, refuse_of_files, targeting
from ..terminal.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ...checks.findings import Finding
    from ...checks.formats.result import Result
    from ...checks.settings import Settings

#: The line of a finding, which is wrapped on a terminal; lines of a diff are not.
_FINDING = re.compile(r"^\S.*: (?:error|warning|note): .*\[[\w-]+\]$", re.M)
#: The names in `checks.formats.FORMATS`, repeated so that `--help` stays fast; a test compares the two.
_FORMATS = ("text", "json", "junit", "sarif", "github", "markdown")


def _rules(ctx: click.Context, _param: click.Parameter, is_wanted: bool) -> None:
    """Print the rules and exit."""
    if not is_wanted or ctx.resilient_parsing:
        return
    from ...checks.rules.table import RULES

    for name, rule in RULES.items():
        click.echo(f"{name:<24}{rule.severity:<9}{rule.reason}")
    ctx.exit()


@command(
    "Check a conversion or an edited output; for CI.",
    "unwix check samples/ --expect output/",
    "unwix check posts/",
)
@sources_argument
@click.option(
    "--expect",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    metavar="OUTPUT",
    help="Fail if the result differs from the files in OUTPUT.",
)
@click.option(
    "--update",
    is_flag=True,
    help="Rewrite the files of --expect that differ, and exit with code 1, so that somebody reads the diff.",
)
@click.option(
    "--format",
    "form",
    type=OneOf(_FORMATS),
    default="text",
    show_default=True,
    help="Format of the findings.",
)
@click.option(
    "--save",
    "saved",
    multiple=True,
    metavar="FORMAT=FILE",
    help="Also write the findings to a file, in any of the formats. Can be repeated.",
)
@click.option(
    "--min-fidelity",
    type=click.FloatRange(0, 1),
    default=1.0,
    show_default=True,
    metavar="PART",
    help="Minimum share of the source that must survive (0–1).",
)
@click.option("--off", multiple=True, metavar="RULE", help="Switch a rule off. Can be repeated.")
@click.option(
    "--severity",
    "severities",
    multiple=True,
    metavar="RULE=LEVEL",
    help="Set the severity of a rule: error, warning or note. Can be repeated.",
)
@click.option("--notes", is_flag=True, help="Also show notes, which never fail a check.")
@click.option("--rules", is_flag=True, is_eager=True, expose_value=False, callback=_rules, help="List the rules.")
@targeting
@linking
@reading
@filtering
@media_options
@config_option
@click.option("--strict", is_flag=True, help="Also fail on warnings, such as content missing from a saved page.")
@click.pass_context
def check(
    ctx: click.Context,
    /,
    sources: tuple[str | Path, ...],
    *,
    expect: Path | None,
    update: bool,
    form: str,
    saved: tuple[str, ...],
    min_fidelity: float,
    off: tuple[str, ...],
    severities: tuple[str, ...],
    strict: bool,
    notes: bool,
    **chosen: Any,
) -> None:
    """Check the conversion of SOURCE without writing files, or check an OUTPUT that was edited.

    The exit code is 1 if a post lost content, differs from OUTPUT or breaks a rule. A directory that unwix has written
    (it contains report.json) is treated as an OUTPUT.
    """
    from ...checks.output_folder import is_output
    from ...checks.settings import settings
    from ...run.state_file import state_of

    chosen_settings = settings(off, _pairs("--severity", "RULE=LEVEL", severities), min_fidelity)
    saving = _savings(saved)
    outputs = [path for path in sources if isinstance(path, Path) and path.is_dir() and is_output(path)]
    outputs = outputs if expect is None else []
    if outputs and len(outputs) < len(sources):
        other = next(path for path in sources if path not in outputs)
        raise click.UsageError(
            f"{outputs[0]} is an output of unwix and {other} is not. Give either sources or outputs, or use "
            f"{other} --expect {outputs[0]}."
        )
    for output in outputs:
        refuse_import(output, "Check the conversion instead: unwix check SOURCE --to {target}")
    if update and expect is None:
        raise click.UsageError("--update needs --expect OUTPUT, the directory to rewrite.")
    if update and expect is not None:
        lock_output(expect)
    started = datetime.now(UTC)
    if outputs:
        checked, findings = _outputs(outputs, chosen_settings)
        updated = None
    else:
        state = state_of(expect) if expect is not None else {}
        chosen = as_recorded(ctx, chosen, state)
        refuse_of_files({**chosen, "expect": expect})
        checked, findings, updated = _sources(sources, expect, update, chosen_settings, chosen)
    passed = not updated and not any(f.severity == "error" or (strict and f.severity == "warning") for f in findings)
    _print(form, saving, _result(checked, findings, passed, started, notes))
    if not checked:
        where = "the output." if outputs else "the sources. Run unwix doctor SOURCE to see what they contain."
        click.echo(f"No blog post found in {where}", err=True)
        sys.exit(WRONG_USAGE)
    if updated:
        click.echo(f"{expect}: {updated}. Read the diff, then run check again.", err=True)
    sys.exit(OK if passed else SOME_FAILED)


def _pairs(option: str, shape: str, values: Iterable[str]) -> dict[str, str]:
    """Return the pairs that a repeatable option NAME=VALUE defines. Raises click.UsageError."""
    for value in values:
        if not all(value.partition("=")):
            raise click.UsageError(f"{option} expects {shape}, not “{value}”.")
    return dict(value.partition("=")[::2] for value in values)


def _savings(saved: Iterable[str]) -> dict[Path, str]:
    """Return the format of each file that `--save` names."""
    files_by_format = _pairs("--save", "FORMAT=FILE", saved)
    if unknown := next((form for form in files_by_format if form not in _FORMATS), None):
        raise click.UsageError(f"Unknown format “{unknown}” for --save; use one of {', '.join(_FORMATS)}.")
    return {Path(file): form for form, file in files_by_format.items()}


def _outputs(outputs: list[Path], chosen: Settings) -> tuple[list[str], list[Finding]]:
    """Check outputs. Return their posts and all findings."""
    from ...checks.check_output import lint_output
    from ...checks.output_folder import writing_of
    from ...run.state_file import state_of

    checked: list[str] = []
    findings: list[Finding] = []
    for output in outputs:
        for name, found in lint_output(output, chosen, writing_of(state_of(output))):
            checked += [(output / name).as_posix()] if name else []
            findings += found
    return checked, findings


def _sources(
    sources: tuple[str | Path, ...],
    expect: Path | None,
    update: bool,
    chosen: Settings,
    reading_options: dict[str, Any],
) -> tuple[list[str], list[Finding], str]:
    """Check conversions. Return the posts, all findings, and a phrase about the files that were rewritten."""
    from ...checks.check_conversion import Conversion
    from ...checks.output_folder import writing_of
    from ...model.results import counted
    from ...run.output_folder import REPORT, Folder
    from ...run.report import Report
    from ...run.state_file import state_of

    progress = Progress()
    media = take_media(reading_options, expect, False)
    about = {name: value for name, value in state_of(expect).items() if name != "files"} if expect else {}
    folder = Folder(expect, about) if update and expect else None
    writing = writing_of({"target": reading_options["target"], "options": reading_options})
    conversion = Conversion(expect, chosen, folder, writing)
    report = Report(__version__)
    checked: list[str] = []
    findings: list[Finding] = []
    try:
        with (
            opened(sources, reading_options, progress, expect) as opened_sources,
            open_run(
                opened_sources,
                count_pages(opened_sources),
                reading_options,
                report,
                lambda _: conversion,
                media,
                progress,
            ) as checking,
        ):
            for _ in checking.read():
                pass
            for row in checking.write("checking"):
                checked.append((expect / row["output"]).as_posix() if expect and row["output"] else row["source"])
                findings += conversion.row(row)
            take_reports(report, opened_sources)
        for text in report.source_warnings():
            click.echo(f"warning: {text}", err=True)
        findings += conversion.skipped(report.possible_posts())
        findings += conversion.rest()
        if folder is not None and checked:
            folder.write(REPORT, report.as_json())
    finally:
        if folder is not None:
            folder.remember()
    parts = [f"{counted(conversion.changed, 'file')} rewritten"] if conversion.changed else []
    parts += [f"{counted(conversion.kept, 'edited file')} kept (new versions in FILE.new)"] if conversion.kept else []
    return checked, findings, ", ".join(parts)


def _result(checked: list[str], findings: list[Finding], passed: bool, started: datetime, notes: bool) -> Result:
    from ...checks.formats.result import Result, severity_order

    seconds = max(0.0, (datetime.now(UTC) - started).total_seconds())  # the clock may have been set back
    findings.sort(key=severity_order)
    return Result(__version__, len(checked), findings, passed, checked, started, seconds, notes)


def _print(form: str, saving: dict[Path, str], result: Result) -> None:
    from ...checks.formats import FORMATS
    from ...model.errors import OutputFailed

    for path, other in saving.items():
        try:
            path.write_text("".join(FORMATS[other](result)), encoding="utf-8", errors="replace")
        except OSError as error:
            raise OutputFailed(f"{path} cannot be written: {error.strerror or error}.") from None
    if form != "text":
        machine_readable()
    pieces = FORMATS[form](result)
    if form == "text" and (columns := columns_of(sys.stdout)):
        pieces = iter([_FINDING.sub(lambda match: folded(match[0], 2, columns), "".join(pieces))])
    for piece in pieces:
        click.echo(piece, nl=False)
