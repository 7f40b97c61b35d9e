"""Limit the request rate for a site: slower at once when the site asks for it, and gradually faster again."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

from msgspec import Struct, field

#: Seconds between the starts of two requests: initially, at least, and at most
#: (docs/wix/discovery.md#limits: one connection and 0.5 to 1 s; the API allows 200 requests per minute).
FIRST_PAUSE, MIN_PAUSE, MAX_PAUSE = 0.7, 0.35, 30.0
#: The factor by which the pause grows after a “slow down” response, and shrinks after a successful one.
_SLOWER, _FASTER = 2.0, 0.97


class Clock(Struct):
    """The time and random numbers, which tests can set."""

    now: Callable[[], float] = time.monotonic
    """Seconds since any fixed time."""
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random
    """A number from 0 to 1."""


class RateLimit(Struct):
    """Decides when the next request may start."""

    clock: Clock = field(default_factory=Clock)
    least: float = MIN_PAUSE
    """The minimum pause; a site's `Crawl-delay` can increase it."""
    pause: float = FIRST_PAUSE
    _last: float | None = None

    def wait(self) -> None:
        """Wait until the next request may start; the pause varies by a tenth, so that programs do not synchronize."""
        pause = max(self.pause, self.least) * (0.9 + 0.2 * self.clock.chance())
        if self._last is not None and (rest := self._last + pause - self.clock.now()) > 0:
            self.clock.sleep(rest)
        self._last = self.clock.now()

    def fine(self) -> None:
        """Record a good response: the pause becomes shorter."""
        self.pause = max(self.least, self.pause * _FASTER)

    def pushed_back(self) -> None:
        """Record a failure or a request to slow down: the pause becomes longer."""
        self.pause = min(MAX_PAUSE, max(self.pause, FIRST_PAUSE) * _SLOWER)

    def ask_for(self, seconds: float) -> None:
        """Set the minimum pause that the site's robots.txt requests; at most MOST."""
        self.least = max(self.least, min(seconds, MAX_PAUSE))
