"""`unwix report merge`: add up the report.json of several runs."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from ...model.errors import OutputFailed
from ...model.whole_file import replacing
from ...version import __version__
from ..console import OK, SOME_FAILED, machine_readable, say
from ..help import command

_STDOUT = Path("-")


@click.group(short_help="Merge the reports of several runs.", context_settings={"help_option_names": ["-h", "--help"]})
def report() -> None:
    """Merge report.json files, which unwix convert writes."""


@command(
    "Add up the reports of several runs.",
    "unwix report merge a/report.json b/report.json -o merged.json",
    "unwix report merge out/*/ -o out/report.json",
)
@click.argument("reports", nargs=-1, required=True, metavar="REPORT...", type=click.Path(path_type=Path))
@click.option(
    "--output",
    "-o",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="The file for the merged report, or - for standard output.",
)
@click.option("--strict", is_flag=True, help="Exit with code 1 also if a post is incomplete.")
def merge(reports: tuple[Path, ...], output: Path, strict: bool) -> None:
    """Add up reports: of one run per site, or of a site that was converted in parts.

    REPORT is a report.json, or the OUTPUT of a run. The merged report has the rows of all reports in their order, with
    the paths of files from the directory of FILE. The exit code is that of unwix convert: 1 if a post failed or is
    lossy.
    """
    from ...run.merge_reports import merge_reports
    from ...run.output_folder import REPORT

    files = [path / REPORT if path.is_dir() else path for path in reports]
    outputs: set[str] = set()
    for file in files:
        if (real := os.path.realpath(file)) in outputs:
            raise click.UsageError(f"{file} is named twice. Its posts would count twice.")
        outputs.add(real)
    if os.path.realpath(output) in outputs:
        raise click.UsageError(f"{output} is one of the reports. Choose another file with -o.")
    merged = merge_reports(files, output, __version__)
    if output == _STDOUT:
        machine_readable()
        sys.stdout.writelines(merged.report.as_json())
    else:
        _write(output, "".join(merged.report.as_json()))
    totals = merged.report.totals()
    for warning in merged.warnings():
        say(f"{warning}.")
    name = "standard output" if output == _STDOUT else output.as_posix()
    say(f"{name}: {merged.number} reports, {totals['posts']} posts: {merged.report.results_line()}")
    sys.exit(SOME_FAILED if totals["failed"] or totals["lossy"] or (strict and totals["incomplete"]) else OK)


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as temporary:
            temporary.write_text(text, encoding="utf-8", errors="replace", newline="\n")
    except OSError as error:
        raise OutputFailed(f"{path} cannot be written: {error.strerror or error}.") from None


report.add_command(merge, "merge")
