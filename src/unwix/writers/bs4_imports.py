"""Import beautifulsoup4 without what it imports for HTML that is not parsed here: half of the time to start.

bs4 imports soupsieve for CSS selectors and a detector of encodings for bytes. The Markdown writer builds its tree node
by node and needs neither. Both stay what they are for all others who import them, and work in bs4 when they are used.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

_NOT_NEEDED = ("soupsieve", "chardet", "charset_normalizer")


class _OnDemand(ModuleType):
    """Stands for a module, which is imported when something of it is asked for."""

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self.__name__), name)


@contextmanager
def _on_demand(*names: str) -> Iterator[None]:
    """Let modules that are installed and not imported yet be imported on demand by what is imported in the block."""
    stand_ins = {name: _OnDemand(name) for name in names if name not in sys.modules and find_spec(name) is not None}
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name, module in stand_ins.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]


with _on_demand(*_NOT_NEEDED):
    from bs4.element import NavigableString, PageElement, Tag
    from markdownify import MarkdownConverter

__all__ = ["MarkdownConverter", "NavigableString", "PageElement", "Tag"]
