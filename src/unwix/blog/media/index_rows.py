"""The rows of media.json: the files of this run, and those of earlier runs that still exist."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from ...model.report_rows import MediaRow
from .item import MediaItem


def rows(
    items: Mapping[str, MediaItem],
    before: Mapping[str, MediaRow],
    outputs: Sequence[str],
    folder: Path,
    paths: Callable[[MediaItem, str], list[str]],
) -> Iterator[MediaRow]:
    """Return the rows by URL. `outputs` are the posts of this run by number, `before` the rows of the previous run."""
    written_posts = frozenset(outputs)
    urls = {key: row.url for key, row in before.items()}
    urls |= {key: item.url for key, item in items.items()}
    for key in sorted(urls, key=lambda key: (urls[key], key)):
        item, old = items.get(key), before.get(key)
        earlier_users, earlier_paths = (old.used_by, old.paths) if old is not None else ([], [])
        users = {post for post in earlier_users if post not in written_posts and (folder / post).exists()}
        existing_paths = [path for path in earlier_paths if (folder / path).exists()]
        if item is not None:
            users |= {outputs[number] for number in item.used_by}
        if item is not None and (item.got is not None or not existing_paths):
            files = paths(item, item.file_name) if item.file_name else []
            # Bundles of posts that are not in this run.
            files += [path for path in existing_paths if path not in files and Path(path).name == item.file_name]
            yield _row(item, files, sorted(users), old)
        elif old is not None and existing_paths:
            yield replace(old, used_by=sorted(users))


def unused(folder: Path, listed: Iterable[MediaRow]) -> list[MediaRow]:
    """Return the rows of unedited files that no post uses any more."""
    return [
        row
        for row in listed
        if row.paths and row.state != "edited" and not any((folder / post).exists() for post in row.used_by)
    ]


def _row(item: MediaItem, paths: list[str], users: list[str], old: MediaRow | None) -> MediaRow:
    outcome = item.got
    file = outcome.file if outcome is not None else None
    return MediaRow(
        url=item.url,
        kind=item.kind,
        file=paths[0] if paths else None,
        bytes=file.size if file else None,
        sha256=file.sha256 if file else None,
        width=(file.width if file else None) or item.width,
        height=(file.height if file else None) or item.height,
        alt=item.alt or (old.alt if old is not None else None),
        used_by=users,
        state=outcome.state if outcome is not None else "listed",
        copies=paths[1:],
        from_=(outcome.source if outcome is not None else None) or None,
        problem=(outcome.reason if outcome is not None else None) or None,
    )
