"""Rules as CSV, for Shopify, Webflow and any other program.

Shopify: Online Store → Navigation → URL Redirects → Import. Webflow: Site settings → Publishing → 301 redirects.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

from msgspec import Struct

from .rules import HostFiles, Matcher, Rule, asked_language, by_path, decoded, request_spellings, split

PLAIN = "redirects.csv"


class TwoColumns(Struct, frozen=True):
    """A table of old and new paths, for hosts that compare paths and nothing else."""

    file: str
    head: tuple[str, str]

    def write(self, rules: list[Rule]) -> HostFiles:
        """Return the table."""
        written = HostFiles()
        rows: list[tuple[str, ...]] = []
        for rule in rules:
            if rule.language:
                written.unsupported.append((rule, "the table cannot depend on ?lang="))
            elif rule.below:
                written.unsupported.append((rule, "the table cannot redirect all URLs below one"))
            else:
                rows += [(text, rule.new) for text in request_spellings(rule.old)]
        written.count = len(rows)
        written.files[self.file] = _csv(self.head, rows)
        return written

    def read(self, files: Mapping[str, str]) -> Matcher:
        """Return the function that answers requests from the table."""
        exact: dict[str, str] = {}
        for old, new in list(csv.reader(io.StringIO(files.get(self.file, ""))))[1:]:
            exact.setdefault(decoded(old), new)
        return by_path(exact, {})


SHOPIFY = TwoColumns("shopify-redirects.csv", ("Redirect from", "Redirect to"))
WEBFLOW = TwoColumns("webflow-redirects.csv", ("Old Path", "Redirect to"))


def plain(rules: list[Rule]) -> HostFiles:
    """Return all rules; `/*` at the end of an old path means everything below it."""
    rows = [(rule.old + ("/*" if rule.below else ""), rule.new, 301, rule.kind, rule.language or "") for rule in rules]
    return HostFiles({PLAIN: _csv(("old", "new", "status", "kind", "lang"), rows)}, count=len(rows))


def _csv(head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue()


def read_plain(files: Mapping[str, str]) -> Matcher:
    """Return the function that answers requests from the table."""
    exact: dict[tuple[str, str], str] = {}
    below: dict[str, str] = {}
    for old, new, _, _, language in list(csv.reader(io.StringIO(files.get(PLAIN, ""))))[1:]:
        if old.endswith("/*"):
            below[old[:-2]] = new
        else:
            exact.setdefault((old, language), new)
    anywhere = by_path({old: new for (old, language), new in exact.items() if not language}, below)

    def match(request: str) -> str | None:
        path, query = split(request)
        return exact.get((decoded(path), asked_language(query))) or anywhere(request)

    return match
