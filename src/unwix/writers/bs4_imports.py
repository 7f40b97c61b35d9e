"""Import beautifulsoup4 without the libraries that it needs only to parse HTML.

bs4 imports soupsieve for CSS selectors and a detector of encodings. The Markdown writer builds its tree node by node
and needs neither. Without this module a conversion starts with 60 ms more of CPU time, a fifth of what one page takes.
Both libraries work as usual in other modules, and in bs4 when it uses them.
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
    """A stand-in for a module, which is imported when one of its names is used."""

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self.__name__), name)


@contextmanager
def _on_demand(*names: str) -> Iterator[None]:
    """Replace modules that are installed and not imported yet by stand-ins for the imports in the block."""
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
