"""Errors that a user can do something about: one sentence and the next step."""

from __future__ import annotations


class UnwixError(Exception):
    """Base of all errors that unwix raises on purpose; its text is fit for a user's eyes."""


class NotAPost(UnwixError):
    """The page is no blog post; the text says what it is, as in `blog list page`."""


class UnreadablePage(UnwixError):
    """The page should be a post but cannot be read; the text says why."""


class OutputError(UnwixError):
    """The output folder cannot be written: another one must be chosen."""


class OutputFailed(UnwixError):
    """A file of the output folder could not be read or written in the middle of a run."""
