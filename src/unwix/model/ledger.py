"""Ledger: the account to which each visible word of a source belongs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .problems import Problem

#: The number of unaccounted words that are quoted.
_QUOTED = 12


class Ledger(NamedTuple):
    """The number of words of one source in each account. The sum is the number of its visible words.

    `post`: in the post. `platform`: interface text of Wix, matched by an exact rule. `site`: menus and footers.
    `other_post`: another post in the same source. `unaccounted`: all others; a post with such words is lossy.
    """

    post: int = 0
    platform: int = 0
    site: int = 0
    other_post: int = 0
    unaccounted: int = 0
    unaccounted_words: Sequence[str] = ()
    """The first unaccounted words, in the order of the source."""

    def as_dict(self) -> dict[str, int]:
        """Return the accounts in the form of report.json."""
        return {
            "post": self.post,
            "platform": self.platform,
            "site": self.site,
            "other_post": self.other_post,
            "unaccounted": self.unaccounted,
        }

    def problems(self) -> Iterator[Problem]:
        """Yield a problem that quotes the first unaccounted words, if there are any."""
        if self.unaccounted:
            words = (
                "1 word of the source is" if self.unaccounted == 1 else f"{self.unaccounted} words of the source are"
            )
            quoted = " ".join(self.unaccounted_words[:_QUOTED])
            quoted += " …" if self.unaccounted > len(self.unaccounted_words[:_QUOTED]) else ""
            yield Problem("words-unaccounted", "source", f"{words} unaccounted for: “{quoted}”")
