"""unwix: saved Wix blog posts become clean Markdown with front matter, with proof that nothing was lost.

from unwix import convert
post = convert("post.html")          # a path, or the bytes of a page
post.metadata.title, post.article, post.problems
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .model.errors import UnreadablePage, UnwixError
    from .model.page import Page
    from .model.post import Metadata, Post
    from .model.problems import Problem
    from .model.skipped import Skipped
    from .run.steps import convert

__version__ = "0.1.0"

#: Where each public name lives. They are imported when they are asked for: `unwix --version` needs none of them.
_HOMES = {
    "Metadata": "model.post",
    "Skipped": "model.skipped",
    "Page": "model.page",
    "Post": "model.post",
    "Problem": "model.problems",
    "UnreadablePage": "model.errors",
    "UnwixError": "model.errors",
    "convert": "run.steps",
}
__all__ = ["Metadata", "Page", "Post", "Problem", "Skipped", "UnreadablePage", "UnwixError", "__version__", "convert"]


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
