"""Listing: what media.json says of each file: those of this run, and of earlier runs what is still there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from .index_file import MediaRow, paths_of
from .item import MediaItem


def rows(
    items: Mapping[str, MediaItem],
    before: Mapping[str, MediaRow],
    outputs: Sequence[str],
    folder: Path,
    paths: Callable[[MediaItem, str], list[str]],
) -> Iterator[MediaRow]:
    """Return the rows by URL. `outputs` are the posts of this run by number, `before` the rows of the last run."""
    ours = frozenset(outputs)
    urls = {key: row["url"] for key, row in before.items()}
    urls |= {key: item.url for key, item in items.items()}
    for key in sorted(urls, key=lambda key: (urls[key], key)):
        item, old = items.get(key), before.get(key)
        users = {post for post in _used_by(old) if post not in ours and (folder / post).exists()}
        there = [path for path in paths_of(old or {}) if (folder / path).exists()]
        if item is not None:
            users |= {outputs[number] for number in item.used_by}
        if item is not None and (item.got is not None or not there):
            files = paths(item, item.file_name) if item.file_name else []
            # Bundles of posts that are not of this run.
            files += [path for path in there if path not in files and Path(path).name == item.file_name]
            yield _row(item, files, sorted(users), old or {})
        elif old is not None and there:
            yield {**old, "used_by": sorted(users)}


def unused(folder: Path, listed: Iterable[MediaRow]) -> list[MediaRow]:
    """Return the rows of files that no post uses any more and that nobody edited."""
    return [
        row
        for row in listed
        if paths_of(row)
        and row.get("state") != "edited"
        and not any((folder / post).exists() for post in _used_by(row))
    ]


def _row(item: MediaItem, paths: list[str], users: list[str], old: MediaRow) -> MediaRow:
    got = item.got
    file = got.file if got is not None else None
    row: MediaRow = {
        "url": item.url,
        "kind": item.kind,
        "file": paths[0] if paths else None,
        "bytes": file.size if file else None,
        "sha256": file.sha256 if file else None,
        "width": (file.width if file else None) or item.width,
        "height": (file.height if file else None) or item.height,
        "alt": item.alt or old.get("alt"),
        "used_by": users,
        "state": got.state if got is not None else "listed",
    }
    beyond = {"copies": paths[1:], "from": got and got.source, "problem": got and got.reason}
    return row | {name: value for name, value in beyond.items() if value}


def _used_by(row: MediaRow | None) -> list[str]:
    found = row.get("used_by") if row else None
    return [post for post in found if isinstance(post, str)] if isinstance(found, list) else []
