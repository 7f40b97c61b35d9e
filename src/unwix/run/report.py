"""Report: what became of each page: the rows of report.json, and the summary on the terminal."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ..model.problems import KINDS
from ..model.skipped import SKIP_KINDS, Skipped
from .steps import WrittenPost

Row = dict[str, Any]
STATUSES = ("written", "unchanged", "kept", "failed")
#: What a status is called while nothing is written (`--dry-run`).
_FORETOLD = {"written": "to write", "kept": "to keep"}


def post_row(post: WrittenPost, output: str, status: str) -> Row:
    """The row of a post that was read."""
    row: Row = {
        "source": post.source,
        "output": output,
        "url": post.metadata.canonical_url,
        "title": post.metadata.title,
        "status": status,
        "reader": post.reader,
        "fidelity": post.fidelity.as_dict(),
        "problems": [problem.as_dict() for problem in post.problems],
    }
    if post.merged_from:
        row["merged_from"] = post.merged_from
    # What `unwix redirects` asks for.
    for name in ("slug", "date", "language", "draft", "authors", "categories", "tags"):
        if value := getattr(post.metadata, name):
            row[name] = value
    if post.detected_by:
        row["detected_by"] = post.detected_by
    if post.removed_lines:
        row["removed"] = [{"lines": [n, n], "rule": rule, "text": text} for n, rule, text in post.removed_lines]
    return row


def failed_row(source: str, reason: str) -> Row:
    """The row of a post that could not be read."""
    problem = {"kind": "failed", "where": "file", "detail": reason}
    nothing = dict.fromkeys(("output", "url", "title"))
    return {"source": source, **nothing, "status": "failed", "reader": None, "fidelity": None, "problems": [problem]}


def lost_something(row: Row) -> bool:
    """Whether something that the author published is not in the output: lost on the way, or not in the saved page."""
    if row["status"] == "failed":
        return True
    return not row["fidelity"]["lossless"] or any(KINDS[p["kind"]][0] != "note" for p in row["problems"])


class Rows:
    """The rows of report.json as lines of a temporary file, so that a run of 100,000 posts stays small in memory."""

    def __init__(self) -> None:
        # It lives as long as the run; a small one has none on disk.
        self._lines = tempfile.SpooledTemporaryFile(1_000_000, prefix="unwix-")  # noqa: SIM115
        self._number = 0

    def __len__(self) -> int:
        return self._number

    def append(self, row: Row) -> None:
        """Put a row behind the others."""
        self._lines.seek(0, 2)
        self._lines.write(json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n")
        self._number += 1

    def __iter__(self) -> Iterator[str]:
        """The rows as JSON."""
        self._lines.seek(0)
        for line in self._lines:
            yield line.decode("utf-8", "surrogatepass").removesuffix("\n")


@dataclass(slots=True)
class Report:
    """The rows of report.json and their totals."""

    version: str
    rows: Rows = field(default_factory=Rows)
    skipped: list[tuple[str, Skipped]] = field(default_factory=list)
    sites: list[dict[str, Any]] = field(default_factory=list)
    """Of each live site, how its posts were found and which way knew which."""
    statuses: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    dry_run: bool = False
    """Whether it tells what would be written."""
    pictures: int = 0
    lossless: int = 0
    lossy: int = 0
    links: dict[str, Any] | None = None
    """What is known of the old site's addresses (`blog.links`), and which links lead to nothing of this run."""

    def add(self, row: Row) -> None:
        """Add a post's row."""
        self.rows.append(row)
        self._count(row)

    def _count(self, row: Row) -> None:
        self.statuses[row["status"]] += 1
        self.lossy += lost_something(row)
        if row["status"] != "failed":
            self.lossless += row["fidelity"]["lossless"]
            self.pictures += row["fidelity"].get("images", [0])[0]
            for problem in row["problems"]:
                self.kinds[problem["kind"]] += 1

    def as_json(self) -> Iterator[str]:
        """The report's text, piece by piece: the same input gives the same bytes."""
        yield f'{{"unwix": {json.dumps(self.version)},\n "posts": ['
        yield from _lines(iter(self.rows))
        yield '],\n "skipped": ['
        yield from _lines(json.dumps({"source": s, **r.as_dict()}, ensure_ascii=False) for s, r in self.skipped)
        if self.sites:
            yield '],\n "sites": ['
            yield from _lines(json.dumps(site, ensure_ascii=False) for site in self.sites)
        yield "]"
        if self.links is not None:
            yield f',\n "links": {json.dumps(self.links, ensure_ascii=False, indent=1)}'.replace("\n", "\n ")
        yield "}\n"

    def warnings(self) -> list[str]:
        """What does not fit in what live sites say of themselves."""
        return [str(text) for site in self.sites for text in site["warnings"]]

    def counts(self) -> str:
        """How many posts have which status: `3 written, 1 failed`."""
        return ", ".join(f"{self.statuses[s]} {status_word(s, self.dry_run)}" for s in STATUSES if self.statuses[s])

    def skipped_kinds(self) -> list[tuple[str, int]]:
        """Return what was skipped, as phrases that name no file, and how often; the most frequent first."""
        return [(SKIP_KINDS[kind], n) for kind, n in Counter(r.kind for _, r in self.skipped).most_common()]

    def summary(self) -> list[str]:
        """The totals, then what is wrong and what was skipped, a line each."""
        posts, skipped = len(self.rows), f"{counted(len(self.skipped), 'page')} skipped"
        read = posts - self.statuses["failed"]
        if not posts:
            lines = [f"0 posts; {skipped}"]
        else:
            lines = [f"{counted(posts, 'post')}: {self.counts()}; {self.lossless} of {read} lossless; {skipped}"]
        lines += [f"{number:>6} × {kind}: {KINDS[kind][1]}" for kind, number in self.kinds.most_common() if number]
        lines += [f"{number:>6} × skipped: {kind}" for kind, number in self.skipped_kinds()[:_MOST_SKIPPED]]
        return lines + self.link_lines()

    def link_lines(self) -> list[str]:
        """What is to be known of the links between posts, a line each."""
        if self.links is None:
            return []
        unexported = {found["href"] for found in self.links["unexported"]}
        lines = []
        if unexported:
            number = counted(len(unexported), "address")
            one, more = "that is not in this run; it stays as it is", "that are not in this run; they stay as they are"
            lines.append(f"Posts link to {number} of the old site {one if len(unexported) == 1 else more}.")
        suggested = self.links["suggested"][:3]
        return lines + [
            f"A link names a post of this run at {b}. If that is the same site: --site {b}" for b in suggested
        ]


#: So many kinds of what was skipped are listed; report.json has all.
_MOST_SKIPPED = 8


def _lines(rows: Iterator[str]) -> Iterator[str]:
    for number, row in enumerate(rows):
        yield ("\n  " if not number else ",\n  ") + row


def counted(number: int, noun: str) -> str:
    """A number with its noun: `1 post`, `2 posts`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}{'es' if noun.endswith('s') else 's'}"


def status_word(status: str, foretold: bool) -> str:
    """A status as it is printed; `foretold` where nothing is written."""
    return _FORETOLD.get(status, status) if foretold else status


def post_line(row: Row, foretold: bool = False) -> str:
    """One line for one post: its file, how many words of the source it has, and what is wrong."""
    if row["status"] == "failed":
        return f"failed     {row['source']}: {row['problems'][0]['detail']}"
    kept, there = row["fidelity"]["words"]
    mark = "lossless" if row["fidelity"]["lossless"] else "NOT LOSSLESS"
    kinds = Counter(problem["kind"] for problem in row["problems"])
    notes = ", ".join(f"{kind} ×{n}" if n > 1 else kind for kind, n in kinds.items())
    status = status_word(row["status"], foretold)
    return f"{status:<10} {row['output']}  {kept}/{there} words  {mark}" + (f"  [{notes}]" if notes else "")
