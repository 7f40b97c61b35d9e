"""`unwix shards`: convert each file on its own, in parallel: for corpora of many archives."""

from __future__ import annotations

import io
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import click
from msgspec import Struct, field

from ...model.errors import OutputFailed, UnwixError
from ...sources.urls import REMOTE
from ...version import __version__
from ..console import OK, SOME_FAILED, WRONG_USAGE, say
from ..help import Command
from ..options.param_types import ClusterType
from ..options.sources import SourceType
from ..terminal.progress import Progress

_REPORT = "shards.json"
#: The time limit for one file, in seconds. A web archive of Common Crawl takes some minutes.
_FILE_SECONDS = 6 * 3600
_NAME = re.compile(r"[^\w.-]+")
_LONGEST_NAME = 100


class Shard(Struct, frozen=True):
    """A file of the corpus, and the directory of its posts."""

    source: str
    name: str
    output: str
    options: tuple[str, ...]
    is_large: bool = True
    """It is a task by itself (`executors.chunks`)."""


class ShardResult(Struct, frozen=True):
    """The result of a shard."""

    name: str
    source: str
    summary: dict[str, int] = field(default_factory=dict)
    error: str | None = None


@click.command(
    cls=Command,
    short_help="Convert each file on its own, in parallel.",
    examples=[
        "unwix shards crawl/ -o posts/ -j 8",
        "unwix shards 's3://NAME/crawl/*.warc.gz' -o s3://NAME/posts",
        "unwix shards crawl/ -o posts/ --executor dask://HOST:8786",
    ],
    context_settings={"ignore_unknown_options": True},
)
@click.argument("source", type=SourceType())
@click.option(
    "--output",
    "-o",
    required=True,
    metavar="OUTPUT",
    help="Directory for the shards, or its URL (s3://…): the posts of a file go to OUTPUT/NAME.",
)
@click.option("--jobs", "-j", type=click.IntRange(1, 256), metavar="N", help="Files at once. Default: one per core.")
@click.option(
    "--executor", "cluster", type=ClusterType(), metavar="URL", help="A Dask cluster for the work: dask://HOST:8786."
)
@click.option("--again", is_flag=True, help="Convert files again whose shards are complete.")
@click.argument("options", nargs=-1, type=click.UNPROCESSED, metavar="[CONVERT OPTIONS]...")
def shards(
    source: str | Path, output: str, jobs: int | None, cluster: str | None, again: bool, options: tuple[str, ...]
) -> None:
    """Convert each file of SOURCE as a run of its own and write its posts as JSON Lines to OUTPUT/NAME/posts.jsonl.

    SOURCE is a directory or a URL of object storage with archives, dumps or exports, such as the WARC or WET files of a
    crawl. One file is one task, so nothing is compared across files: the same post in two files is written twice. A run
    that was stopped resumes: complete shards are kept. All options of `unwix convert` can be added. OUTPUT/shards.json
    lists all shards; `unwix report merge OUTPUT/*/` adds up their reports.
    """
    from ...run.workers import Workers

    tasks = list(_shards(source, output, options))
    finished_tasks = {} if again else _finished(tasks)
    left = [task for task in tasks if task.name not in finished_tasks]
    progress = Progress()
    with Workers(jobs, _FILE_SECONDS, cluster=cluster) as workers:
        results = workers.map(convert_shard, left, _failed)
        for result in progress.each(results, "converting", len(left), lambda result: result.name):
            finished_tasks[result.name] = result
            click.echo(_line(result))
    progress.end()
    rows = [finished_tasks[task.name] for task in tasks]
    total: Counter[str] = Counter()
    for row in rows:
        total.update(row.summary)
    _write(output, rows, dict(total))
    failed = [row.name for row in rows if row.error]
    click.echo(f"{len(rows)} shards, {len(rows) - len(left)} of them from an earlier run: {total['posts']} posts")
    if failed:
        say(f"{len(failed)} of {len(rows)} shards failed: {', '.join(failed[:5])}. See {output.rstrip('/')}/{_REPORT}")
    sys.exit(SOME_FAILED if failed or total["failed"] or total["lossy"] else OK)


def _shards(source: str | Path, output: str, options: tuple[str, ...]) -> Iterator[Shard]:
    """Yield a task for each file. Raises click.UsageError for a live site."""
    from ...sources import FileSource, open_sources

    (opened,) = open_sources([source])
    if not isinstance(opened, FileSource):
        raise click.UsageError("SOURCE has to be files. For a live site use unwix convert.")
    seen: Counter[str] = Counter()
    for file in opened.files():
        name = _NAME.sub("-", file.source.rstrip("/").rpartition("/")[2])[-_LONGEST_NAME:].strip(".-") or "file"
        seen[name.casefold()] += 1
        if (number := seen[name.casefold()]) > 1:
            name += f"~{number}"
        path = file.source if not isinstance(file.path, Path) else str(file.path.absolute())
        target = output if REMOTE.match(output) else str(Path(output).absolute())
        yield Shard(path, name, f"{target.rstrip('/')}/{name}", options)


def convert_shard(task: Shard) -> ShardResult:
    """Convert a file in this process. Runs in a worker."""
    from .convert import convert

    arguments = [task.source, "--to", "jsonl", "--output", task.output, "--quiet", "-j", "0", "--no-cache"]
    errors = io.StringIO()
    try:
        with redirect_stdout(io.StringIO()), redirect_stderr(errors):
            convert.main([*arguments, *task.options], "unwix convert", standalone_mode=False)
        code: object = OK
    except SystemExit as ended:
        code = ended.code
    except (UnwixError, OutputFailed) as failure:
        return ShardResult(task.name, task.source, error=str(failure))
    except click.ClickException as wrong:
        return ShardResult(task.name, task.source, error=wrong.format_message())
    summary = _summary(f"{task.output}/report.json")
    if not summary:
        if code == WRONG_USAGE:  # no post in it: the usual case in a crawl
            return ShardResult(task.name, task.source, {"posts": 0})
        return ShardResult(task.name, task.source, error=errors.getvalue().strip()[-500:] or "no report was written")
    return ShardResult(task.name, task.source, summary)


def _failed(task: Shard, reason: str) -> ShardResult:
    return ShardResult(task.name, task.source, error=reason.replace("the page", "the file"))


def _finished(tasks: list[Shard]) -> dict[str, ShardResult]:
    """Return the shards that an earlier run has completed: the report is the last file of each."""
    summaries = {task: _summary(f"{task.output}/report.json") for task in tasks}
    return {task.name: ShardResult(task.name, task.source, found) for task, found in summaries.items() if found}


def _summary(path: str) -> dict[str, int]:
    from ...run.read_report import totals_of

    return totals_of(_file(path).read_bytes)


def _file(path: str) -> Any:
    """Return a file, local or remote."""
    from ...sources.remote_files import RemoteFile

    return RemoteFile(path) if REMOTE.match(path) else Path(path)


def _line(result: ShardResult) -> str:
    if result.error:
        return f"{result.name}  failed: {result.error}"
    numbers = (f"{result.summary.get(name, 0)} {name}" for name in ("posts", "lossy", "failed", "skipped"))
    return f"{result.name}  {', '.join(numbers)}"


def _write(output: str, rows: list[ShardResult], total: dict[str, int]) -> None:
    shards_rows = [{"source": row.source, "output": row.name, **row.summary, "error": row.error} for row in rows]
    text = json.dumps({"unwix": __version__, "summary": total, "shards": shards_rows}, ensure_ascii=False, indent=1)
    path = f"{output.rstrip('/')}/{_REPORT}"
    try:
        if not REMOTE.match(output):
            Path(output).mkdir(parents=True, exist_ok=True)
        _file(path).write_bytes(text.encode("utf-8", "replace") + b"\n")
    except OSError as error:
        raise OutputFailed(f"{path} cannot be written: {error.strerror or error}.") from None
