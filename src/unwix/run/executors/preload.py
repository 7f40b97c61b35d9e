"""Import what nearly every page needs before the first page, so that a worker's time limit applies to the page only."""

from __future__ import annotations

from importlib import import_module

#: The reader of saved pages, the Markdown writer, and the work of a run, which is unpickled with the first page.
_MODULES = ("readers.saved_page.reader", "writers.markdown.writer", "fidelity.markdown", "run.workers")


def load_readers() -> None:
    """Import the reader of saved pages and the Markdown writer. Processes that are forked afterwards share them."""
    for name in _MODULES:
        import_module(f"...{name}", __package__)
