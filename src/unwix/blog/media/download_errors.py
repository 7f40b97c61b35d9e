"""Errors of downloads: files that cannot be downloaded, and failures that are retried."""

from __future__ import annotations

from urllib3.response import BaseHTTPResponse


class DownloadFailed(Exception):
    """A file cannot be downloaded from a URL; the message says why."""


class DownloadStopped(Exception):
    """The run ends before the file is complete; the partial file stays for the next run."""


class TryAgain(Exception):
    """An attempt failed, and another one may succeed."""

    def __init__(self, reason: str, answer: BaseHTTPResponse | None = None, connected: bool = True) -> None:
        super().__init__(reason)
        self.answer = answer
        self.connected = connected
        """False if no connection to the host was possible."""
