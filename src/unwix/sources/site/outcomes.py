"""Compare the posts that a site states, and those that were found, with the posts that a run wrote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct, field

from .post_index import DISCOVERY_METHODS, PostIndex

#: The result of a post, best first; of several sources of one post the best counts.
WRITTEN, LEFT_OUT, FAILED, MISSING = "written", "left out", "failed", "missing"
_BEST = (WRITTEN, LEFT_OUT, "gone", "not-found-page", "redirect", FAILED)
#: Kinds of skipped inputs that the user asked for.
_ASKED_FOR = frozenset({"filtered", "trash"})
#: The results of posts that were not written, for a sentence.
_WORDS = {
    "gone": "{} not exist any more|does|do",
    "not-found-page": "{} answered with a “not found” page|is|are",
    "redirect": "{} to another post|redirects|redirect",
    FAILED: "{} not be read|could|could",
    MISSING: "{} not written, and the report names no reason|was|were",
}
_MOST_NAMED = 3


class Outcomes(Struct):
    """The result of each post of a site."""

    index: PostIndex
    _states: dict[str, str] = field(default_factory=dict)
    """By `PostIndex.key`."""

    def take(self, urls: Iterable[str], state: str) -> None:
        """Record the result of a post, by all its URLs."""
        state = LEFT_OUT if state in _ASKED_FOR else state
        for url in urls:
            if self.index.has(url):
                key = self.index.key(url)
                known = self._states.get(key)
                if known is None or _rank(state) < _rank(known):
                    self._states[key] = state

    def state(self, url: str) -> str:
        """Return the result of the post at a URL: written, left out, failed, missing, or why its page was skipped."""
        return self._states.get(self.index.key(url), MISSING)

    def counts(self) -> Counter[str]:
        """Return how many posts came to what."""
        return Counter(self.state(url) for url in self.index.urls())

    def warning(self) -> str | None:
        """Return a sentence if posts that the site states or that were found were not written; else None."""
        counts, number_found, advertised = self.counts(), len(self.index), self.index.advertised_count
        expected = max(number_found, advertised or 0) - counts[LEFT_OUT]
        if counts[WRITTEN] >= expected:
            return None
        reasons = [
            _reason(state, [url for url in self.index.urls() if self.state(url) == state])
            for state in (*_WORDS, *sorted(counts.keys() - _WORDS.keys() - {WRITTEN, LEFT_OUT}))
            if counts[state]
        ]
        if advertised is not None and advertised > number_found:
            reasons.append(
                f"{advertised - number_found} {'was' if advertised - number_found == 1 else 'were'} not found"
            )
        return f"{counts[WRITTEN]} of {expected} posts were converted: {', '.join(reasons)}; {ways(self.index)}"


def ways(index: PostIndex) -> str:
    """Return how many posts each way states and found: `stated by the visitor API: 4; found by the sitemaps: 3, …`."""
    advertised = [f"{DISCOVERY_METHODS[way]}: {number}" for way, number in index.stated.items()]
    counts = index.counts_by_method()
    phrases = [f"{DISCOVERY_METHODS[way]}: {counts[way]}" for way in DISCOVERY_METHODS if counts[way]]
    parts = [f"stated by {', '.join(advertised)}"] if advertised else []
    return "; ".join([*parts, f"found by {', '.join(phrases)}"])


def _rank(state: str) -> int:
    return _BEST.index(state) if state in _BEST else len(_BEST)


def _reason(state: str, urls: list[str]) -> str:
    form, one, many = _WORDS.get(state, f"{{}} skipped as {state}|was|were").split("|")
    named = f" ({', '.join(urls[:_MOST_NAMED])}{', …' if len(urls) > _MOST_NAMED else ''})"
    return f"{len(urls)} {form.format(one if len(urls) == 1 else many)}{named}"
