"""Strings that YAML writes in another form than text."""

from __future__ import annotations


class PlainScalar(str):
    """An ISO date or time, which YAML writes as its own type."""

    __slots__ = ()


class QuotedScalar(str):
    """A string that readers of YAML 1.2 would take for a number."""

    __slots__ = ()
