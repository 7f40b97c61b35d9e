"""Plain: CommonMark with GFM's tables, the flavor of target `markdown`."""

from __future__ import annotations

from .flavor import MarkdownFlavor
from .html_blocks import MarkdownBlocks

PLAIN = MarkdownFlavor("markdown", MarkdownBlocks(), github_ids=True)
