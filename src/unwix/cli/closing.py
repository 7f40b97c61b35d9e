"""Closing: the table that `unwix convert` ends with on a terminal: how it went, what is wrong, what to do next."""

from __future__ import annotations

import os
import shutil
import textwrap
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ..report import Report
    from ..review import Review

#: A table is no wider, however wide the terminal is.
WIDEST = 80
#: No more kinds of problems are listed; the others are counted.
_MOST_KINDS = 12
_MARK = {"loss": ("loss", "yellow"), "note": ("note", None)}


def closing_table(report: Report, output: Path, path: Path | None, made: Review | None = None) -> list[str]:
    """The lines of the table; `path` is report.json's, None where nothing was written; `made` a review, if one was."""
    columns = min(WIDEST, shutil.get_terminal_size((WIDEST, 24)).columns)
    lines = ["", *_totals(report)]
    if any(report.kinds.values()):
        lines += ["", _bold("Problems"), *_problems(report, columns)]
    lines += ["", _bold("Next"), *_next_steps(report, output, path, made)]
    return [_cut(line, columns) for line in lines]


def _missing_kinds() -> frozenset[str]:
    from ..problems import KINDS

    return frozenset(kind for kind, (severity, _) in KINDS.items() if severity == "loss" and kind.endswith("-missing"))


def _totals(report: Report) -> Iterator[str]:
    from ..report import STATUSES

    posts, failed = len(report.rows), report.statuses["failed"]
    read = posts - failed
    yield _row("Posts", posts, ", ".join(f"{report.statuses[s]} {s}" for s in STATUSES if report.statuses[s]))
    if read:
        lost = read - report.lossless
        said = f"{lost} lost something on the way" if lost else "nothing was lost on the way"
        yield _row("Lossless", report.lossless, f"of {read}; {said}", "red" if lost else "green")
    if report.skipped:
        yield _row("Skipped", len(report.skipped), "pages that are no posts, or the same post again")


def _row(label: str, number: int, said: str, colour: str | None = None) -> str:
    return f"{_bold(label)}{' ' * (10 - len(label))}{click.style(f'{number:>7}', fg=colour, bold=True)}   {said}"


def _problems(report: Report, columns: int) -> Iterator[str]:
    from ..problems import KINDS

    # What is lost comes first, then what is merely to be known; the most frequent first.
    found = sorted(
        ((kind, number) for kind, number in report.kinds.items() if number),
        key=lambda item: (KINDS[item[0]][0] != "loss", -item[1], item[0]),
    )
    wide = max(len(kind) for kind, _ in found[:_MOST_KINDS])
    indent = 16 + wide + 2
    for kind, number in found[:_MOST_KINDS]:
        severity, meaning = KINDS[kind]
        mark, colour = _MARK[severity]
        first, *rest = textwrap.wrap(meaning, max(20, columns - indent))
        yield f"{number:>7}   {click.style(mark, fg=colour)}  {kind:<{wide}}  {first}"
        yield from (" " * indent + line for line in rest)
    if len(found) > _MOST_KINDS:
        yield f"          and {len(found) - _MOST_KINDS} kinds more"


def _next_steps(report: Report, output: Path, path: Path | None, made: Review | None) -> Iterator[str]:
    """What a person may want to do now, what is most urgent first: a command, and why."""
    failed = report.statuses["failed"]
    lost = len(report.rows) - failed - report.lossless
    if path is None:
        yield "  nothing was written: run it again without --dry-run"
        return
    if failed:
        yield from _step("unwix inspect SOURCE", "what a source is that could not be read")
    if report.rows:
        why = "what was lost, word by word" if lost else "each post beside its source, worst first"
        yield from _step(f"open {made.index.as_posix()}" if made else f"unwix review {_quoted(output)}", why)
    if any(number for kind, number in report.kinds.items() if kind in _missing_kinds()):
        yield from _step("unwix doctor SOURCE", "where what the pages lack may be had")
    if report.statuses["kept"]:
        yield from _step("compare POST with POST.new", "files that you have edited were kept")
    if report.kinds.total() or report.skipped:
        yield from _step(path.as_posix(), "why pages were skipped, each problem's place")


def _step(command: str, why: str) -> Iterator[str]:
    """A command and its reason: on one line where both fit in, else the reason below."""
    if _width(command) <= 32:
        yield f"  {click.style(command, bold=True)}{' ' * (34 - _width(command))}{why}"
    else:
        yield f"  {click.style(command, bold=True)}"
        yield f"      {why}"


def _quoted(path: Path) -> str:
    import shlex

    return shlex.quote(str(path))


def _bold(text: str) -> str:
    return click.style(text, bold=True)


def _width(text: str) -> int:
    """How many columns a text takes on the screen."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in click.unstyle(text)
    )


def _cut(line: str, columns: int) -> str:
    """The line, no wider than the screen: what is too long loses its end."""
    if _width(line) <= columns:
        return line
    out, width, at = "", 0, 0
    while at < len(line):
        if line[at] == "\x1b":
            end = line.index("m", at) + 1
            out, at = out + line[at:end], end
            continue
        width += _width(line[at])
        if width > columns - 1:
            break
        out, at = out + line[at], at + 1
    return out + "…" + ("\x1b[0m" if "\x1b" in out else "")


def colourless() -> bool:
    """Whether the user wants no colour (https://no-color.org)."""
    return bool(os.environ.get("NO_COLOR"))
