"""Rules about an output as a whole: what two posts may not share, and what unwix left for its owner to see."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from ...run.report import counted
from ..findings import Match
from ..link_targets import normal
from ..output_folder import MARKDOWN, OutputFolder
from ..post_index import PostIndexEntry

_FEW = 10

#: A rule about all posts says which file it is about; None for the folder.
Said = tuple[str | None, Match]


def slugs(traces: list[PostIndexEntry], folder: OutputFolder) -> Iterator[Said]:
    """Two posts of one language with one slug, or with one address: one would be written over the other."""
    said = ((t.name, f"{t.language}\n{t.slug[0]}", t.slug[0], t.slug[1]) for t in traces if t.slug)
    yield from _twice(said, "slug")
    addresses = ((t.name, t.address[0].rstrip("/"), *t.address) for t in traces)
    yield from _twice(addresses, "address")


def canonical_urls(traces: list[PostIndexEntry], folder: OutputFolder) -> Iterator[Said]:
    """Two posts that say that they stood at one address."""
    yield from _twice(((t.name, t.url[0].rstrip("/"), *t.url) for t in traces if t.url), "canonical_url")


def aliases(traces: list[PostIndexEntry], folder: OutputFolder) -> Iterator[Said]:
    """An alias that two posts have, or that is another post's address or slug."""
    said = ((t.name, alias.strip("/"), alias, line) for t in traces for alias, line in t.aliases)
    yield from _twice(said, "alias")
    theirs = {_key(t.slug[0]): t.name for t in traces if t.slug} | {_key(t.address[0]): t.name for t in traces}
    for trace in traces:
        for alias, line in trace.aliases:
            other = theirs.get(_key(alias))
            if other is not None and other != trace.name:
                yield trace.name, Match(line, f"the alias {alias} is where {other} is")


def _key(address: str) -> str:
    return normal(address).casefold().strip("/")


def _twice(said: Iterator[tuple[str, str, str, int | None]], what: str) -> Iterator[Said]:
    """What two posts share; of each post its name, what is compared, how it is said, and the line."""
    first: dict[str, str] = {}
    for name, compared, value, line in said:
        other = first.setdefault(normal(compared).casefold(), name)
        if other != name:
            yield name, Match(line, f"the {what} {value} is that of {other} too")


def names(traces: list[PostIndexEntry], folder: OutputFolder) -> Iterator[Said]:
    """Files whose names differ in letter case or Unicode form alone: on many computers they are one file."""
    first: dict[str, str] = {}
    for path in folder.files.values():
        other = first.setdefault(normal(path).casefold(), path)
        if other != path:
            yield path, Match(None, f"the name differs from {other} in letter case or Unicode form alone")


def posts_gone(traces: list[PostIndexEntry], folder: OutputFolder) -> Iterator[Said]:
    """Posts that report.json lists and that are not there."""
    for name in folder.rows:
        if not folder.has(name):
            yield name, Match(None, "report.json lists this post, and it is not there")


def new_texts(traces: list[PostIndexEntry], folder: OutputFolder) -> Iterator[Said]:
    """A newer text that unwix put beside a file which its owner had edited."""
    for path in folder.files.values():
        if path.endswith(".new") and folder.has(path.removesuffix(".new")):
            yield path, Match(None, f"a newer text of {path.removesuffix('.new')} waits to be merged")


def unused_media(traces: list[PostIndexEntry], folder: OutputFolder) -> Iterator[Said]:
    """Copied media that no post shows."""
    used = {folder.path_of(reference.address, trace.name) for trace in traces for reference in trace.references}
    for path in folder.copied:
        if path not in used and folder.has(path):
            yield path, Match(None, "no post shows this file")


def edited(traces: list[PostIndexEntry], folder: OutputFolder) -> Iterator[Said]:
    """Posts that their owner has edited."""
    found = []
    for name, digest in folder.hashes.items():
        if digest and folder.has(name) and name.endswith(MARKDOWN):
            try:
                data = (folder.path / folder.files[normal(name)]).read_bytes() if folder.path else b""
            except OSError:
                continue  # `unreadable` tells of it
            if hashlib.sha256(data).hexdigest() != digest:
                found.append(name)
    if found:
        yield (
            None,
            Match(
                None, f"{len(found)} of {len(folder.hashes)} files were edited since unwix wrote them: {_list(found)}"
            ),
        )


def losses(traces: list[PostIndexEntry], folder: OutputFolder) -> Iterator[Said]:
    """Posts that lost something when they were converted, or that could not be."""
    found = [name for name, row in folder.rows.items() if _lost(row)]
    if found:
        yield None, Match(None, f"of {counted(len(found), 'post')} something is lost (see report.json): {_list(found)}")


def _lost(row: dict[str, object]) -> bool:
    return row.get("file") == "failed" or row.get("result") in ("lossy", "incomplete")


def own_files(traces: list[PostIndexEntry], folder: OutputFolder) -> Iterator[Said]:
    """report.json, the state or media.json cannot be read."""
    for name, why in folder.unreadable:
        yield name, Match(None, f"it cannot be read: {why}")


def _list(names: list[str]) -> str:
    return ", ".join(names[:_FEW]) + (f" and {len(names) - _FEW} more" if len(names) > _FEW else "")
