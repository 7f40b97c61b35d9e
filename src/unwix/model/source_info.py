"""Source info: how a post was saved and recognized, for `unwix inspect` and for choosing between duplicates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from msgspec import Struct, field


class RemovedLine(NamedTuple):
    """A line of a text dump that is not part of the post."""

    number: int
    """From 1, as in the file."""
    rule: str
    """The rule that removed it."""
    text: str


class SourceInfo(Struct):
    """Facts about the source of a post that are not part of the post; None or empty where they are unknown."""

    saved_by: str | None = None
    """The program that saved the page, such as `HTTrack`."""
    captured: str | None = None
    """When the page was saved or archived, as ISO date in UTC."""
    viewer_version: str | None = None
    """The version of Wix's viewer that rendered the page (`data-rce-version`)."""
    era: str | None = None
    """The generation of Wix pages that the page belongs to (docs/wix/pages.md)."""
    is_amp: bool = False
    """The page is the AMP version of a post, which states another URL."""
    is_feed_item: bool = False
    is_excerpt: bool = False
    """The source contains only the beginning of the post."""
    state: str | None = None
    """The post's state at Wix unless it is published: `draft`, `scheduled`, `deleted` …"""
    avatar: str | None = None
    """The URL of the author's profile image."""
    detection_signals: list[str] = field(default_factory=list)
    """For a text dump, the kinds of lines that identify it as the text of a Wix post page."""
    detection_score: str | None = None
    """The total weight of these signals, and the weight required."""
    ui_language: str | None = None
    """The language of the platform's interface text in a text dump."""
    body_lines: tuple[int, int] | None = None
    """The first and last line of the body of a text dump."""
    tool_formats: list[str] = field(default_factory=list)
    """The formats of other tools that were undone in a text dump."""

    def describe(self) -> Iterator[tuple[str, str]]:
        """Yield a name and a text for each known fact."""
        form = "AMP version" if self.is_amp else "feed item" if self.is_feed_item else None
        if form and self.is_excerpt:
            form += ", excerpt only"
        signals = ", ".join(self.detection_signals)
        facts = {
            "saved by": self.saved_by,
            "saved on": self.captured,
            "viewer version": self.viewer_version,
            "era": self.era,
            "form": form,
            "state": self.state,
            "avatar": self.avatar,
            "detected by": f"{signals} ({self.detection_score})" if self.detection_score else signals,
            "interface language": self.ui_language,
            "body": "lines {} to {}".format(*self.body_lines) if self.body_lines else None,
            "tool formats undone": ", ".join(self.tool_formats),
        }
        yield from ((name, text) for name, text in facts.items() if text)
