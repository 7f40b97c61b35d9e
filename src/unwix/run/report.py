"""The result of each input, as report.json and as a summary for people."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec import Struct, field

from ..model.problems import KINDS, Problem
from ..model.report_rows import ApiRow, LinksRow, SiteRow, as_json
from ..model.results import Result, counted, missing_parts
from ..model.skipped import SKIP_KINDS, Skipped
from .rows import FILE_STATES, FileState, PostRow, Summary

#: The version of the structure of report.json.
SCHEMA = 1
#: The words for the state of a file in a dry run (`--dry-run`).
_DRY_RUN_WORDS = {"written": "to write"}
#: The maximum number of kinds of missing parts named in the headline.
_MOST_MISSING = 3
#: The maximum number of possible posts among skipped pages that a warning names.
_MOST_NAMED = 5


class Rows:
    """The rows of report.json as lines of a temporary file, so that a run of 100,000 posts stays small in memory."""

    def __init__(self) -> None:
        # exists as long as the run; a small one is never written to disk
        self._lines = tempfile.SpooledTemporaryFile(1_000_000, prefix="unwix-")  # noqa: SIM115
        self._number = 0

    def __len__(self) -> int:
        return self._number

    def append(self, row: PostRow) -> None:
        """Add a row at the end."""
        self._lines.write(json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n")
        self._number += 1

    def close(self) -> None:
        """Delete the temporary file."""
        self._lines.close()

    def __iter__(self) -> Iterator[str]:
        """Yield the rows as JSON."""
        self._lines.seek(0)
        try:
            for line in self._lines:
                yield line.decode("utf-8", "surrogatepass").removesuffix("\n")
        finally:
            self._lines.seek(0, 2)


class Report(Struct):
    """The rows of report.json and their totals."""

    version: str
    rows: Rows = field(default_factory=Rows)
    skipped: list[tuple[str, Skipped]] = field(default_factory=list)
    """The source of each skipped input, and why it was skipped."""
    sites: list[SiteRow | ApiRow] = field(default_factory=list)
    """For each live site, how its posts were found."""
    files: Counter[FileState] = field(default_factory=Counter)
    results: Counter[Result] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    """The number of problems of each kind."""
    missing: Counter[str] = field(default_factory=Counter)
    """The number of missing parts of posts, by noun."""
    images: int = 0
    dry_run: bool = False
    """Dry run: the report states what would be written."""
    links: LinksRow | None = None
    """What is known about the old site's URLs, and which links lead to nothing in this run (`blog.links`)."""
    merged_names: dict[str, list[str]] = field(default_factory=dict)
    """Names of categories, tags and authors in an import file that stand for other spellings, too."""

    def add(self, row: PostRow) -> None:
        """Add the row of a post."""
        self.rows.append(row)
        self.files[row["file"]] += 1
        if row["result"] is None:
            return
        self.results[row["result"]] += 1
        self.images += (row["fidelity"] or {}).get("images", [0])[0]
        if problems := row["problems"]:
            self.kinds.update(problem["kind"] for problem in problems)
            self.missing += missing_parts(Problem(p["kind"], p["where"], p["detail"]) for p in problems)

    def totals(self) -> Summary:
        """Return the totals of the run."""
        return {
            "posts": len(self.rows),
            "complete": self.results["complete"],
            "incomplete": self.results["incomplete"],
            "lossy": self.results["lossy"],
            "failed": self.files["failed"],
            "skipped": len(self.skipped),
        }

    def as_json(self) -> Iterator[str]:
        """Yield the text of report.json piece by piece; the same input gives the same bytes."""
        yield f'{{"unwix": {json.dumps(self.version)}, "schema": {SCHEMA},\n "summary": {json.dumps(self.totals())},\n'
        yield ' "posts": ['
        yield from _lines(self.rows)
        yield '],\n "skipped": ['
        yield from _lines(
            json.dumps({"source": source, **reason.as_dict()}, ensure_ascii=False) for source, reason in self.skipped
        )
        if self.sites:
            yield '],\n "sites": ['
            yield from _lines(json.dumps(as_json(site), ensure_ascii=False) for site in self.sites)
        yield "]"
        if self.merged_names:
            yield f',\n "merged_names": {json.dumps(self.merged_names, ensure_ascii=False)}'
        if self.links is not None:
            yield f',\n "links": {json.dumps(as_json(self.links), ensure_ascii=False, indent=1)}'.replace("\n", "\n ")
        yield "}\n"

    def warnings(self) -> list[str]:
        """Return warnings for the user: differences on live sites, and skipped pages that may be posts."""
        warnings = self.source_warnings()
        if doubtful := self.possible_posts():
            named = [f"{source} ({counted(reason.words or 0, 'word')})" for source, reason in doubtful[:_MOST_NAMED]]
            named += [f"and {len(doubtful) - _MOST_NAMED} more"] if len(doubtful) > _MOST_NAMED else []
            pages = counted(len(doubtful), "skipped page")
            warnings.append(f"{pages} may contain a post: {', '.join(named)}")
        stated_posts = max((reason.posts for _, reason in self.skipped if reason.posts), default=0)
        if stated_posts > len(self.rows) and not any(reason.kind == "filtered" for _, reason in self.skipped):
            warnings.append(f"a list page states {counted(stated_posts, 'post')}; this run has {len(self.rows)}")
        return warnings

    def source_warnings(self) -> list[str]:
        """Return what live sites and the API could not provide, one sentence each."""
        return [text for site in self.sites for text in site.warnings]

    def possible_posts(self) -> list[tuple[str, Skipped]]:
        """Return the skipped pages that may be posts, which are those with a word count."""
        return [(source, reason) for source, reason in self.skipped if reason.words]

    def counts(self) -> str:
        """Return the number of files in each state: `3 written, 1 failed`."""
        return ", ".join(f"{self.files[s]} {file_word(s, self.dry_run)}" for s in FILE_STATES if self.files[s])

    def results_line(self) -> str:
        """Return the results of all posts: `9 complete, 6 incomplete (8 images missing), 0 lossy`."""
        missing = f" ({self.missing_line()})" if self.missing and self.results["incomplete"] else ""
        line = f"{self.results['complete']} complete, {self.results['incomplete']} incomplete{missing}"
        line += f", {self.results['lossy']} lossy"
        return line + (f", {self.files['failed']} failed" if self.files["failed"] else "")

    def missing_line(self) -> str:
        """Return what posts lack: `8 images, 1 gallery missing`; empty if none of it has a name."""
        named = [counted(number, noun) for noun, number in self.missing.most_common(_MOST_MISSING)]
        return f"{', '.join(named)} missing" if named else ""

    def skipped_kinds(self) -> list[tuple[str, int]]:
        """Return phrases for skipped inputs without file names, with their numbers; the most frequent first."""
        return [(SKIP_KINDS[kind], n) for kind, n in Counter(r.kind for _, r in self.skipped).most_common()]

    def summary(self) -> list[str]:
        """Return the headline, then a line for each kind of problem and of skipped input."""
        skipped = f"{counted(len(self.skipped), 'page')} skipped"
        if len(self.rows):
            lines = [f"{counted(len(self.rows), 'post')}: {self.results_line()}", f"{self.counts()}; {skipped}"]
        else:
            lines = [f"0 posts; {skipped}"]
        lines += [f"{number:>6} × {kind}: {KINDS[kind][1]}" for kind, number in self.kinds.most_common() if number]
        lines += [f"{number:>6} × skipped: {kind}" for kind, number in self.skipped_kinds()]
        lines += [
            f"“{kept}” stands for {_quoted(others)}, too: the names differ only in case or spaces."
            for kept, others in self.merged_names.items()
        ]
        return lines + self.link_lines()

    def link_lines(self) -> list[str]:
        """Return notes about the links between posts, one line each."""
        if self.links is None:
            return []
        not_exported = {link.href for link in self.links.not_exported}
        lines = []
        if not_exported:
            number = counted(len(not_exported), "URL")
            one, more = "that is not in this run; it stays as it is", "that are not in this run; they stay as they are"
            lines.append(f"Posts link to {number} of the old site {one if len(not_exported) == 1 else more}.")
        suggested = self.links.suggested_sites[:3]
        return lines + [
            f"A link names a post of this run at {b}. If that is the same site: --site {b}" for b in suggested
        ]


def _quoted(names: Iterable[str]) -> str:
    return " and ".join(f"“{name}”" for name in names)


def _lines(rows: Iterable[str]) -> Iterator[str]:
    for number, row in enumerate(rows):
        yield ("\n  " if not number else ",\n  ") + row


def file_word(file: FileState, dry_run: bool) -> str:
    """Return the printed word for a file's state."""
    return _DRY_RUN_WORDS.get(file, file) if dry_run else file


def post_line(row: PostRow, dry_run: bool = False) -> str:
    """Return the line of one post: its file, the words in the output, the result, and the problems."""
    if row["fidelity"] is None:
        return f"failed     {row['source']}: {row['problems'][0]['detail']}"
    kept_words, all_words = row["fidelity"]["words"]
    kinds = Counter(problem["kind"] for problem in row["problems"])
    problems = ", ".join(f"{kind} ×{n}" if n > 1 else kind for kind, n in kinds.items())
    result = str(row["result"]).upper() if row["result"] == "lossy" else row["result"]
    line = f"{file_word(row['file'], dry_run):<10} {row['output']}  {kept_words}/{all_words} words  {result}"
    return line + (f"  [{problems}]" if problems else "")
