"""`--prune`: list or delete the files of earlier runs that have no source any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .terminal.run_output import RunOutput, TextOutput

if TYPE_CHECKING:
    from ..blog.media.plan import Media
    from ..run.output_folder import Folder


def prune_files(folder: Folder, media: Media | None, how: str | None, run_output: RunOutput) -> None:
    """Count, list or delete the files of earlier runs that have no source in this run."""
    orphans = folder.orphaned()
    if how is None:
        if orphans and isinstance(run_output, TextOutput):
            files = (
                "1 file of an earlier run has" if len(orphans) == 1 else f"{len(orphans)} files of earlier runs have"
            )
            run_output.log.hint(f"{files} no source in this run. Use --prune list to list, --prune remove to delete.")
        return
    removes = how == "remove"
    for name in orphans:
        if removes:
            folder.remove(name)
        run_output.orphaned(name, removes)
    if media is not None:
        for name in media.orphaned():
            run_output.orphaned(name, removes)
        if removes:
            media.remove_orphaned()
