"""The rules of a site's robots.txt: what it allows, its delay, and its sitemaps (RFC 9309)."""

from __future__ import annotations

from msgspec import Struct, field
from protego import Protego

#: The product token of unwix in robots.txt.
NAME = "unwix"
_LARGEST, _STARS = 512_000, 8
_NOTHING = "User-agent: *\nDisallow: /"


class Robots(Struct):
    """The rules of one host."""

    rules: Protego = field(default_factory=lambda: Protego.parse(""))

    @classmethod
    def read(cls, status: int, data: bytes) -> Robots:
        """Return the rules of a response: without a file all is allowed, after an error nothing (RFC 9309, 2.3.1)."""
        if status >= 500:
            return cls(Protego.parse(_NOTHING))
        text = data[:_LARGEST].decode("utf-8", "replace") if status == 200 else ""
        # Comparing a URL with a rule of many stars could take forever.
        text = "\n".join(line for line in text.splitlines() if line.count("*") <= _STARS)
        # A site without the file may respond with a page, which contains no rules.
        return cls(Protego.parse("" if text.lstrip()[:1] == "<" else text))

    def allows(self, url: str) -> bool:
        """Return True if a URL may be requested."""
        return bool(self.rules.can_fetch(url, NAME))

    @property
    def delay(self) -> float:
        """The requested seconds between two requests, 0 if unspecified."""
        return float(self.rules.crawl_delay(NAME) or 0)

    @property
    def sitemaps(self) -> list[str]:
        """The sitemaps in the file."""
        return list(self.rules.sitemaps)
