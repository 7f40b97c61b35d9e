"""Pickle a dataclass as its values in the order of the fields: their names would take most of a small post's bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any


class PickledValues:
    """The base of dataclasses that are sent to other processes by the thousand."""

    __slots__ = ()

    def __reduce__(self) -> tuple[type[Any], tuple[Any, ...]]:
        kind: Any = type(self)
        return kind, values_of(kind)(self)


@cache
def values_of(cls: Any) -> Callable[[Any], tuple[Any, ...]]:
    """Return a function that returns the values of an object's fields, in order."""
    return attrgetter(*(f.name for f in fields(cls)))
