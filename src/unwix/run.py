"""Run: outcomes of pages → named texts in a sink, one for each post, and the rows of the report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b

from . import report as reports
from .facts import address_key
from .naming import FreeNames, file_stem
from .output import Sink
from .pipeline import Outcome, Written
from .report import Report, Row

#: How good a copy of a post is, for comparing.
_Quality = tuple[bool, bool, int, int]


@dataclass(slots=True)
class _Known:
    """A post of this run: the number of its row, and how good a copy it is. A run may have 100,000, so it is small."""

    number: int
    quality: _Quality


@dataclass(slots=True)
class Run:
    """One run of `convert` or `check`: it names the posts, and knows a post that it meets again."""

    sink: Sink
    report: Report
    suffix: str = ".md"
    _names: FreeNames = field(default_factory=FreeNames)
    _known: dict[int, _Known] = field(default_factory=dict)

    def take(self, outcomes: Iterable[Outcome]) -> Iterator[tuple[Outcome, list[Row]]]:
        """Put each outcome's posts into the sink and the report; yields the rows that it made."""
        for outcome in outcomes:
            rows = [row for post in outcome.posts if (row := self._post(post)) is not None]
            if outcome.failed is not None:
                rows.append(reports.failed_row(outcome.source, outcome.failed))
                self.report.add(rows[-1])
            if outcome.skipped is not None:
                self.report.skipped.append((outcome.source, outcome.skipped))
            self.report.skipped += outcome.left_out
            yield outcome, rows

    def _post(self, post: Written) -> Row | None:
        keys = _keys(post)
        known = self._met(post, keys)
        quality = _quality(post)
        if known is None:
            output = self._names.take(file_stem(post.metadata, post.source)) + self.suffix
            row = self._put(post, output)
            self._remember(keys, _Known(self.report.add(row), quality))
            return row
        other = self.report.row(known.number)
        if quality <= known.quality:
            self.report.skipped.append(
                (post.source, f"the same post as {other['source']}, which is as good a copy or a better one")
            )
            return None
        # A row that failed has no output: a folder stood in its way.
        row = self._put(post, other["output"] or self._names.take(file_stem(post.metadata, post.source)) + self.suffix)
        self.report.replace(known.number, row)
        self.report.skipped.append((other["source"], f"the same post as {post.source}, which is the better copy"))
        known.quality = quality
        self._remember(keys, known)
        return row

    def _met(self, post: Written, keys: list[int]) -> _Known | None:
        """The post of this run that this one is again: by slug and title alone only where one is an AMP copy."""
        for key in keys:
            known = self._known.get(key)
            if known is not None and (key == keys[0] or post.is_copy or not known.quality[0]):
                return known
        return None

    def _put(self, post: Written, output: str) -> Row:
        status = self.sink.put(output, post.text)
        if status == "failed":
            return reports.failed_row(post.source, f"{output} cannot be written: a folder has that name")
        row = reports.post_row(post, output, status)
        if post.sidecar is not None:
            ending, document = post.sidecar
            row["sidecar"] = output.removesuffix(self.suffix) + ending
            self.sink.put(row["sidecar"], document)
        return row

    def _remember(self, keys: list[int], known: _Known) -> None:
        for key in keys:
            self._known.setdefault(key, known)


def _keys(post: Written) -> list[int]:
    """What tells that two pages are one post: its address; where an AMP copy has lost that, slug and title together.

    All hashed.
    """
    metadata = post.metadata
    keys = [address_key(metadata.canonical_url.split("#")[0])] if metadata.canonical_url else []
    if metadata.slug and metadata.title and (post.is_copy or keys):
        keys.append(f"{metadata.slug}\n{metadata.title}")
    return [int.from_bytes(blake2b(key.encode("utf-8", "replace"), digest_size=12).digest()) for key in keys]


def _quality(post: Written) -> _Quality:
    """How good a copy is, for comparing: a page before its AMP copy, then losses, then how much it says."""
    losses = sum(problem.severity == "loss" for problem in post.problems)
    return (not post.is_copy, post.fidelity.lossless, -losses, post.fidelity.counts["words"][1])
