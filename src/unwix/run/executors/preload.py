"""Load what nearly every page needs before the first page: a worker's time limit is for the page, not for imports."""

from __future__ import annotations

from importlib import import_module

_MODULES = ("readers.saved_page.reader", "writers.markdown.writer", "fidelity.markdown")


def load_readers() -> None:
    """Import the reader of saved pages and what writes posts. Processes that are forked afterwards share them."""
    for name in _MODULES:
        import_module(f"...{name}", __package__)
