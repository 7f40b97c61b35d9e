"""Rules about an output as a whole: what two posts must not share, and the files that unwix wrote."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator

from ..findings import Match
from ..link_targets import normal
from ..output_folder import MARKDOWN, OutputFolder
from ..post_index import PostIndexEntry

#: A file, or None for the output as a whole, and what was found.
FileMatch = tuple[str | None, Match]


def slugs(traces: list[PostIndexEntry], folder: OutputFolder) -> Iterator[FileMatch]:
    """Find two posts of one language with the same slug or URL; one would overwrite the other."""
    posts = ((t.name, f"{t.language}\n{t.slug[0]}", t.slug[0], t.slug[1]) for t in traces if t.slug)
    yield from _shared_values(posts, "slug")
    urls = ((t.name, t.new_url[0].rstrip("/"), *t.new_url) for t in traces)
    yield from _shared_values(urls, "URL")


def canonical_urls(traces: list[PostIndexEntry], folder: OutputFolder) -> Iterator[FileMatch]:
    """Find two posts with the same original URL."""
    yield from _shared_values(((t.name, t.url[0].rstrip("/"), *t.url) for t in traces if t.url), "canonical_url")


def aliases(traces: list[PostIndexEntry], folder: OutputFolder) -> Iterator[FileMatch]:
    """Find an alias that two posts have, or that is the URL or slug of another post."""
    rows = ((t.name, alias.strip("/"), alias, line) for t in traces for alias, line in t.aliases)
    yield from _shared_values(rows, "alias")
    name_by_key = {_key(t.slug[0]): t.name for t in traces if t.slug} | {_key(t.new_url[0]): t.name for t in traces}
    for trace in traces:
        for alias, line in trace.aliases:
            other = name_by_key.get(_key(alias))
            if other is not None and other != trace.name:
                yield trace.name, Match(line, f"the alias {alias} is the URL of {other}")


def _key(url: str) -> str:
    return normal(url).casefold().strip("/")


def _shared_values(rows: Iterator[tuple[str, str, str, int | None]], what: str) -> Iterator[FileMatch]:
    """Find values that two posts share. `rows`: file, value to compare, value to print, line."""
    first: dict[str, str] = {}
    for name, compared, value, line in rows:
        other = first.setdefault(normal(compared).casefold(), name)
        if other != name:
            yield name, Match(line, f"the {what} {value} is also used by {other}")


def names(traces: list[PostIndexEntry], folder: OutputFolder) -> Iterator[FileMatch]:
    """Find files whose names differ only in letter case or Unicode form."""
    first: dict[str, str] = {}
    for path in folder.files.values():
        other = first.setdefault(normal(path).casefold(), path)
        if other != path:
            yield path, Match(None, f"the name differs from {other} only in letter case or Unicode form")


def posts_gone(traces: list[PostIndexEntry], folder: OutputFolder) -> Iterator[FileMatch]:
    """Find posts that report.json lists but that do not exist."""
    for name in folder.rows:
        if not folder.has(name):
            yield name, Match(None, "report.json lists this post, but the file does not exist")


def new_texts(traces: list[PostIndexEntry], folder: OutputFolder) -> Iterator[FileMatch]:
    """Find new versions that unwix wrote next to edited files."""
    for path in folder.files.values():
        if path.endswith(".new") and folder.has(path.removesuffix(".new")):
            yield path, Match(None, f"new version of {path.removesuffix('.new')}; merge it, then delete this file")


def unused_media(traces: list[PostIndexEntry], folder: OutputFolder) -> Iterator[FileMatch]:
    """Find copied media that no post uses."""
    used = {folder.path_of(reference.url, trace.name) for trace in traces for reference in trace.references}
    for path in folder.copied:
        if path not in used and folder.has(path):
            yield path, Match(None, "no post uses this file")


def edited(traces: list[PostIndexEntry], folder: OutputFolder) -> Iterator[FileMatch]:
    """Find posts that were edited since unwix wrote them."""
    for name, digest in folder.hashes.items():
        if digest and folder.has(name) and name.endswith(MARKDOWN):
            try:
                data = (folder.path / folder.files[normal(name)]).read_bytes() if folder.path else b""
            except OSError:
                continue  # the rule `unreadable` reports it
            if hashlib.sha256(data).hexdigest() != digest:
                yield name, Match(None, "edited since unwix wrote it")


def losses(traces: list[PostIndexEntry], folder: OutputFolder) -> Iterator[FileMatch]:
    """Find posts that were incomplete or lossy when they were converted."""
    for name, row in folder.rows.items():
        if row.get("file") == "failed" or row.get("result") in ("lossy", "incomplete"):
            kinds = Counter(str(p.get("kind")) for p in row.get("problems") or () if isinstance(p, dict))
            listed = ", ".join(f"{kind} ×{n}" if n > 1 else kind for kind, n in kinds.items())
            yield name, Match(None, f"{row.get('result') or 'failed'} when converted{f': {listed}' if listed else ''}")


def own_files(traces: list[PostIndexEntry], folder: OutputFolder) -> Iterator[FileMatch]:
    """Find report.json, state and media.json files that cannot be read."""
    for name, why in folder.unreadable:
        yield name, Match(None, f"cannot be read: {why}")
