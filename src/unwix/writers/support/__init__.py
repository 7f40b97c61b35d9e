"""Support: small files that the posts of a target need beside them, as data: a folder a target."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def support(name: str) -> str:
    """The text of a file, by its path in this folder."""
    return resources.files(__name__).joinpath(name).read_text(encoding="utf-8")
