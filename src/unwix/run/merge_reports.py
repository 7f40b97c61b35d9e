"""Merge the report.json of several runs (shards or sites) into one report with the same structure."""

from __future__ import annotations

import os
import posixpath
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ..model.errors import OutputError
from ..model.report_rows import LinksRow, read_site_row
from ..model.results import RESULTS, counted
from ..model.skipped import Skipped
from .output_folder import REPORT
from .read_report import load_report
from .report import SCHEMA, Report
from .rows import FILE_STATES

#: Fields with the path of a file below OUTPUT.
_FILES = ("output", "sidecar", "comments")
_ALWAYS = ("url", "title", "result", "reader", "fidelity", "ledger")


class MergedReport:
    """The sum of several reports: all rows, in the order of the reports, with paths from the new report's directory."""

    def __init__(self, version: str, folder: Path) -> None:
        """`folder` is the directory of the new report."""
        self.report = Report(version)
        self.number = 0
        """The number of reports."""
        self._folder = folder
        self._reports_of: Counter[str] = Counter()
        self._differing = 0

    def add(self, path: Path) -> None:
        """Add the report in a file or an output directory. Raises OutputError if it is not one that unwix wrote."""
        path = path / REPORT if path.is_dir() else path
        content = _load(path)
        folder = _relative(path.parent, self._folder)
        for row in content["posts"]:
            for name in _FILES:
                if row.get(name):
                    row[name] = posixpath.normpath(posixpath.join(folder, row[name]))
            self.report.add(row)
        self.report.skipped += [
            (row["source"], Skipped(row["kind"], row["detail"], row.get("words"), row.get("posts")))
            for row in content["skipped"]
        ]
        self.report.sites += [read_site_row(site) for site in content.get("sites") or []]
        if content.get("links"):
            self._add_links(LinksRow.read(content["links"]), folder)
        self._reports_of.update({row["url"] for row in content["posts"] if row["url"]})
        self.number += 1

    def warnings(self) -> list[str]:
        """Return warnings about posts in several reports, and entries that exclude each other."""
        warnings = []
        repeated = sum(number > 1 for number in self._reports_of.values())
        if repeated:
            warnings.append(f"{counted(repeated, 'URL')} of posts occur in several reports; such posts count each time")
        if self._differing:
            entries = counted(self._differing, "entry")
            warnings.append(f"{entries} of links differ between the reports; those of the first report are kept")
        return warnings

    def _add_links(self, links: LinksRow, folder: str) -> None:
        merged = self.report.links = self.report.links or LinksRow.read({})
        merged.sites |= {host: known for host, known in links.sites.items() if host not in merged.sites}
        aliases = {path: posixpath.normpath(posixpath.join(folder, file)) for path, file in links.aliases.items()}
        for entries, more in ((merged.lists, links.lists), (merged.aliases, aliases)):
            for key, value in more.items():
                self._differing += entries.setdefault(key, value) != value
        merged.suggested_sites = list(dict.fromkeys([*merged.suggested_sites, *links.suggested_sites]))
        merged.not_exported += links.not_exported
        merged.missing_anchors += links.missing_anchors


def merge_reports(paths: Iterable[Path], output: Path, version: str) -> MergedReport:
    """Return the sum of reports, for a new report in the file `output`. Raises OutputError."""
    merged = MergedReport(version, output.parent)
    for path in paths:
        merged.add(path)
    return merged


def _load(path: Path) -> dict[str, Any]:
    missing = OutputError(f"{path} does not exist. Give the report.json of each run, or its OUTPUT.")
    data, _raw = load_report(path, missing)
    if (fault := _missing_part(data)) is not None:
        raise OutputError(f"{path} is not a report of unwix: {fault}. Convert again to rewrite it.")
    return data


def _missing_part(content: dict[str, Any]) -> str | None:
    """Return the name of a required part that a report lacks, or None."""
    if content.get("schema") != SCHEMA:
        return f"its schema is not {SCHEMA}"
    if not isinstance(content.get("skipped"), list):
        return "it has no list of skipped inputs"
    for number, row in enumerate(content["posts"], 1):
        for name in _ALWAYS:
            if name not in row:
                return f"post {number} has no {name}"
        if row["file"] not in FILE_STATES or row["result"] not in (*RESULTS, None):
            return f"post {number} has an unknown result"
    sites = content.get("sites") or []
    try:
        for site in sites:
            read_site_row(site)
    except (TypeError, KeyError):
        return "sites is not a list of rows"
    return None


def _relative(folder: Path, start: Path) -> str:
    """Return the path of a directory as seen from another, with `/`. Raises OutputError if there is none."""
    try:
        return os.path.relpath(folder, start).replace(os.sep, "/")
    except ValueError:  # two drives of Windows
        raise OutputError(
            f"{folder} and {start} are on different drives. Write the merged report next to it."
        ) from None
