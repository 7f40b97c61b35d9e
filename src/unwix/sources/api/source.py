"""Yield the responses of the API as pages: posts, drafts, names, comments."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct, field

from ...model.page import Page
from ...model.report_rows import ApiRow
from ..progress import NullProgress, ProgressListener
from .client import ApiClient
from .responses import ApiResponses


class ApiSource(Struct):
    """The responses of the API, requested on first use and kept in a temporary directory."""

    api: ApiClient
    comments: bool = False
    watch: ProgressListener = field(default_factory=NullProgress)
    notes: list[str] = field(default_factory=list)
    """What could not be downloaded, and why."""
    _answers: ApiResponses | None = None
    _folder: tempfile.TemporaryDirectory[str] | None = None

    def pages(self) -> Iterator[Page]:
        """Yield the responses. Raises ApiError if the posts cannot be downloaded."""
        folder, answers = self._fetched()
        for path in answers.files():
            yield Page(f"api:{path.relative_to(folder).as_posix()}", path=path)

    def count(self) -> int:
        """Return the number of responses, which are requested now."""
        return sum(1 for _ in self._fetched()[1].files())

    def report(self) -> ApiRow:
        """Return the row of the API in report.json, with warnings about what could not be downloaded."""
        warnings = [f"not everything could be requested: {note}" for note in self.notes]
        return ApiRow(self.api.site_id, self.api.requests, warnings)

    def _fetched(self) -> tuple[Path, ApiResponses]:
        if self._answers is None or self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="unwix-")
            answers = ApiResponses(self.api, Path(self._folder.name), self.comments, self.watch, self.notes)
            answers.fetch()
            self._answers = answers
        return Path(self._folder.name), self._answers
