"""Turn saved Wix blog posts into clean Markdown with front matter, and account for every word (docs/api.md).

from unwix import convert
post = convert("post.html")
print(post.to_markdown(target="hugo"))
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .version import __version__

if TYPE_CHECKING:
    from .model.errors import UnreadablePage, UnwixError
    from .model.page import Page
    from .model.post import Metadata
    from .model.problems import Problem
    from .model.skipped import Skipped
    from .run.library import ConvertedPost, convert, convert_all
    from .writers.targets import TARGETS

#: The module of each public name. It is imported at the first use: `unwix --version` needs none of them.
_MODULES = {
    "TARGETS": "writers.targets",
    "ConvertedPost": "run.library",
    "Metadata": "model.post",
    "Page": "model.page",
    "Problem": "model.problems",
    "Skipped": "model.skipped",
    "UnreadablePage": "model.errors",
    "UnwixError": "model.errors",
    "convert": "run.library",
    "convert_all": "run.library",
}
__all__ = [
    "TARGETS",
    "ConvertedPost",
    "Metadata",
    "Page",
    "Problem",
    "Skipped",
    "UnreadablePage",
    "UnwixError",
    "__version__",
    "convert",
    "convert_all",
]


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_MODULES[name]}", __name__), name)
