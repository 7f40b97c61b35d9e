"""Errors that a user can do something about: one sentence and the next step."""

from __future__ import annotations


class UnwixError(Exception):
    """Base of all errors that unwix raises on purpose; its text is fit for a user's eyes."""


class UnreadablePage(UnwixError):
    """The page should be a post but cannot be read; the text says why."""


class OutputError(UnwixError):
    """The output folder cannot be written: another one must be chosen."""


class OutputFailed(UnwixError):
    """A file of the output folder could not be read or written in the middle of a run."""
