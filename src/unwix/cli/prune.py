"""`--prune`: list or delete the files of earlier runs that have no source any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import events
from .terminal.progress import line

if TYPE_CHECKING:
    from ..blog.media.plan import Media
    from ..run.output_folder import Folder
    from .terminal.run_log import RunLog


def prune_files(folder: Folder, media: Media | None, how: str | None, as_json: bool, log: RunLog) -> None:
    """Count, list or delete the files of earlier runs that have no source in this run."""
    orphans = folder.orphaned()
    if how is None and orphans and not as_json:
        files = "1 file of an earlier run has" if len(orphans) == 1 else f"{len(orphans)} files of earlier runs have"
        log.hint(f"{files} no source in this run. Use --prune list to list, --prune remove to delete.")
    for name in orphans if how else ():
        if how == "remove":
            folder.remove(name)
        status = "removed" if how == "remove" else "orphaned"
        line(events.event(status, output=name)) if as_json else log.result(f"{status:<10} {name}")
    if media is not None and how is not None:
        for name in media.orphaned():
            status = "removed" if how == "remove" else "orphaned"
            line(events.event(status, output=name)) if as_json else log.result(f"{status:<10} {name}")
        if how == "remove":
            media.remove_orphaned()
