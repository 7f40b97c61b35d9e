"""Plain: CommonMark with GFM's tables, the flavor of target `markdown`."""

from __future__ import annotations

from .flavor import Dialect
from .html_blocks import Forms

PLAIN = Dialect("markdown", Forms(), github_ids=True)
