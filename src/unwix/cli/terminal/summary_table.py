"""The table at the end of `unwix convert` on a terminal: results, problems, and what to do next."""

from __future__ import annotations

import json
import os
import shutil
import textwrap
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct

from .progress import width

if TYPE_CHECKING:
    from ...review import Review
    from ...run.report import Report
    from ...run.rows import PostRow

#: A table is no wider, however wide the terminal is.
WIDEST = 100
#: No more kinds of problems are listed; the others are counted.
_MOST_KINDS = 12
_MOST_SKIPPED = 6
#: Skipped files are named if no more have the same reason.
_MOST_NAMES = 2
#: The least number of columns for the meaning of a problem next to its name.
_MEANING = 28
#: The columns before the kind of a problem (number and severity), and before a meaning that is below it.
_BEFORE_KIND, _BELOW = 19, 12
_MARK = {"error": ("error", "red"), "warning": ("warning", "yellow"), "note": ("note", None)}


class RunSummary(Struct, frozen=True):
    """The end of a run: everything that the table shows."""

    report: Report
    sources: tuple[str | Path, ...]
    output: Path
    path: Path | None
    """report.json, or None if nothing was written."""
    review: Review | None = None
    """The review page, if one was written."""
    linked: bool = True
    """Posts link to images at Wix."""
    target: str = "markdown"
    command: str = ""
    """The command line that repeats the run."""
    url: str | None = None
    """The URL of an OUTPUT on object storage; `output` is its local copy, which is gone when the command ends."""

    def shown(self, path: Path) -> str:
        """Return a path in OUTPUT as the user knows it."""
        if self.url is None:
            return path.as_posix()
        below = path.relative_to(self.output).as_posix()
        return self.url if below == "." else f"{self.url.rstrip('/')}/{below}"


def closing_table(summary: RunSummary) -> list[str]:
    """Return the lines of the table, no wider than the terminal except for commands, which must be easy to copy."""
    report, columns = summary.report, min(WIDEST, shutil.get_terminal_size((80, 24)).columns)
    lines = ["", *_totals(report, columns)]
    if any(report.kinds.values()):
        lines += ["", f"{_bold('Problems')}  (see unwix explain KIND)", *_problems(report, columns)]
    for text in report.link_lines():
        lines += ["", *textwrap.wrap(text, columns, break_long_words=False, break_on_hyphens=False)]
    lines = [_cut(line, columns) for line in lines]
    steps = list(_next_steps(summary))
    return lines + (["", _bold("Next"), *_shown(steps, columns)] if steps else [])


def _missing_kinds() -> frozenset[str]:
    from ...model.problems import KINDS

    return frozenset(kind for kind, (severity, _) in KINDS.items() if severity != "note" and kind.endswith("-missing"))


def _totals(report: Report, columns: int) -> Iterator[str]:
    from ...model.results import counted

    if report.rows:
        headline = f"{counted(len(report.rows), 'post')}: {report.results_line()}"
        bad = report.results["lossy"] or report.files["failed"]
        colour = "red" if bad else "yellow" if report.results["incomplete"] else "green"
        for text in textwrap.wrap(headline, columns, subsequent_indent="  "):
            yield click.style(text, fg=colour, bold=True)
        yield from _row("Files", report.counts(), columns)
    if report.skipped:
        kinds = report.skipped_kinds()
        for number, text in enumerate(_skipped_lines(report, kinds)):
            yield from _row("" if number else "Skipped", text, columns)
        if len(kinds) > _MOST_SKIPPED:
            yield from _row("", f"and {len(kinds) - _MOST_SKIPPED} more reasons", columns)


def _skipped_lines(report: Report, kinds: list[tuple[str, int]]) -> Iterator[str]:
    """Yield a line for each reason, with the names of the files if they are few."""
    from ...model.skipped import SKIP_KINDS

    names: dict[str, list[str]] = {}
    for source, reason in report.skipped:
        names.setdefault(SKIP_KINDS[reason.kind], []).append(source.rpartition("/")[2] or source)
    for kind, number in kinds[:_MOST_SKIPPED]:
        files = f" ({', '.join(names[kind])})" if number <= _MOST_NAMES and all(names[kind]) else ""
        yield f"{number} × {kind}{files}"


def _row(label: str, text: str, columns: int) -> Iterator[str]:
    first, *rest = textwrap.wrap(text, max(18, columns - 10), subsequent_indent="  " if not label else "") or [""]
    yield f"{_bold(label)}{' ' * (10 - len(label))}{first}"
    yield from (" " * 10 + more for more in rest)


def _problems(report: Report, columns: int) -> Iterator[str]:
    from ...model.problems import KINDS
    from ...model.results import counted

    # The most severe first, then the most frequent; notes are only counted.
    severity_rank = ("error", "warning", "note").index
    found = sorted(
        ((kind, number) for kind, number in report.kinds.items() if number and KINDS[kind][0] != "note"),
        key=lambda item: (severity_rank(KINDS[item[0]][0]), -item[1], item[0]),
    )
    notes = report.kinds.total() - sum(number for _, number in found)
    if not found:
        yield f"{counted(notes, 'note'):>9}"
        return
    wide = max(len(kind) for kind, _ in found[:_MOST_KINDS])
    indent = _BEFORE_KIND + wide + 2
    fits_next_to = columns - indent >= _MEANING  # else the meaning is below
    for kind, number in found[:_MOST_KINDS]:
        severity, meaning = KINDS[kind]
        mark, colour = _MARK[severity]
        lines = textwrap.wrap(meaning, columns - indent if fits_next_to else max(18, columns - _BELOW))
        first = lines.pop(0) if fits_next_to else ""
        yield f"{number:>7}   {click.style(mark, fg=colour)}{' ' * (9 - len(mark))}{kind:<{wide}}  {first}".rstrip()
        yield from (" " * (indent if fits_next_to else _BELOW) + line for line in lines)
    if len(found) > _MOST_KINDS:
        yield f"          and {len(found) - _MOST_KINDS} more kinds"
    if notes:
        yield f"{notes:>7}   {'note' if notes == 1 else 'notes'}, listed in report.json"


def _next_steps(summary: RunSummary) -> Iterator[tuple[str, str]]:
    """Yield the next steps, most urgent first: a command, and its purpose."""
    report = summary.report
    if not report.rows:
        return
    if summary.path is None:
        yield "nothing was written", "run the command without --dry-run"
        return
    if report.files["failed"]:
        source = _first(report, lambda row: row["file"] == "failed")
        yield f"unwix inspect {_quoted(source.partition('!/')[0])}", "see why a file could not be read"
    if summary.target in _IMPORTS and len(report.rows) > report.files["failed"]:
        yield from _IMPORTS[summary.target](summary)
    elif summary.url is None:  # a review needs the files
        yield _to_review(summary)
    yield from _to_doctor(summary)
    if summary.linked and report.images and summary.target != "wordpress":  # which downloads them by itself
        yield f"{summary.command} --media copy".strip(), "download the images, which are still on Wix's servers"
    if report.files["edited"]:
        yield "compare POST with POST.new", "merge the new versions into your edits"
    if report.kinds.total() or report.skipped:
        yield summary.shown(summary.path), "details of problems and skipped files"


def _to_review(summary: RunSummary) -> tuple[str, str]:
    review, lost = summary.review, summary.report.results["lossy"]
    command = f"open {_quoted(review.index)}" if review else f"unwix review {_quoted(summary.output)}"
    return command, "see what was lost, word by word" if lost else "compare each post with its source"


def _to_doctor(summary: RunSummary) -> Iterator[tuple[str, str]]:
    kinds = _missing_kinds()
    if any(number for kind, number in summary.report.kinds.items() if kind in kinds):
        source = _first(summary.report, lambda row: any(problem["kind"] in kinds for problem in row["problems"]))
        if (argument := _source_argument(summary.sources, source)) is not None:
            yield f"unwix doctor {_quoted(argument)}", "where to find the missing content"


def _to_wordpress(summary: RunSummary) -> Iterator[tuple[str, str]]:
    how = "Tools → Import → WordPress, with attachments"
    if (summary.output / "wordpress-1.xml").is_file():
        yield summary.shown(summary.output / "wordpress-*.xml"), f"import them one by one: {how}"
    else:
        yield summary.shown(summary.output / "wordpress.xml"), f"import it: {how}"


def _to_ghost(summary: RunSummary) -> Iterator[tuple[str, str]]:
    if summary.linked:
        yield summary.shown(summary.output / "ghost.json"), "import it: Settings → Import/Export → Universal import"
    elif summary.url is not None:
        yield summary.shown(summary.output), "download it, pack ghost.json and content as a ZIP, and import that"
    else:
        yield f"cd {_quoted(summary.output)} && zip -qr ghost.zip ghost.json content", "then import ghost.zip"


_IMPORTS = {"wordpress": _to_wordpress, "ghost": _to_ghost}


def _first(report: Report, is_wanted: Callable[[PostRow], bool]) -> str:
    """Return the source of the first post for which `is_wanted` is true."""
    rows: Iterator[PostRow] = map(json.loads, report.rows)
    return next((str(row["source"]) for row in rows if is_wanted(row)), "")


def _source_argument(sources: Iterable[str | Path], source: str) -> str | None:
    """Return the SOURCE argument that contains a page, or None for the API."""
    names = [argument if isinstance(argument, str) else argument.as_posix() for argument in sources]
    folders = (name for name in names if f"{source}/".startswith((f"{name.rstrip('/')}/", f"{name}!/")))
    return next(folders, names[0] if names else None)


def _shown(steps: Iterable[tuple[str, str]], columns: int) -> Iterator[str]:
    """Yield each command and its reason, on one line if both fit."""
    for step, why in steps:
        if _width(step) <= 32 and 36 + len(why) <= columns:
            yield f"  {click.style(step, bold=True)}{' ' * (34 - _width(step))}{why}"
        else:
            yield f"  {click.style(step, bold=True)}"
            yield from textwrap.wrap(why, columns, initial_indent=" " * 6, subsequent_indent=" " * 6)


def _quoted(path: Path | str) -> str:
    """Return a path quoted for a shell, and never as something that looks like an option."""
    import shlex

    name = str(path)
    return shlex.quote(f"./{name}" if name.startswith("-") else name)


def _bold(text: str) -> str:
    return click.style(text, bold=True)


def _width(text: str) -> int:
    return width(click.unstyle(text))


def _cut(line: str, columns: int) -> str:
    """Shorten a line to the width of the terminal."""
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


def without_color() -> bool:
    """Return True if the user wants no colour (https://no-color.org) or the terminal has none."""
    return bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
