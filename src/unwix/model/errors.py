"""Errors that a user can fix: one sentence and the next step."""

from __future__ import annotations


class UnwixError(Exception):
    """Base of all errors that unwix raises on purpose. The text is meant for users."""


class UnreadablePage(UnwixError):
    """The input should be a post, but cannot be read."""


class OutputError(UnwixError):
    """The output directory cannot be used; the user must choose another one, or write it anew."""


class OutputFailed(UnwixError):
    """A file of the output directory could not be read or written during a run."""
