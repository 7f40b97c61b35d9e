"""Results: the one verdict on a post, `complete`, `incomplete` or `lossy`, for every place that shows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Literal

from .problems import Problem, Severity

Result = Literal["complete", "incomplete", "lossy"]

#: Every result of a post, from the best, and its meaning.
RESULTS: dict[Result, str] = {
    "complete": "everything the source shows is in the output, and nothing is known to be missing from the source",
    "incomplete": "the output has everything the source shows, but the source or a download lacks a part of the post",
    "lossy": "something the source shows is not in the output, or words of the source are unaccounted for",
}

#: The noun for what is missing, by kind of problem; for a failed download, `where` states it.
_MISSING: dict[str, str] = {
    "gallery-missing": "gallery",
    "video-url-missing": "video",
    "embed-missing": "embed",
    "program-missing": "embed",
    "audio-missing": "audio player",
    "attachment-url-missing": "file",
    "image-not-in-page": "image",
    "block-missing": "block",
    "body-empty": "body",
}


def result_of(severities: Iterable[Severity], is_lossless: bool = True) -> Result:
    """Return the result of a post from the severities of its problems and from the comparison with its source."""
    levels = set(severities)
    if not is_lossless or "error" in levels:
        return "lossy"
    return "incomplete" if "warning" in levels else "complete"


def missing_parts(problems: Iterable[Problem]) -> Counter[str]:
    """Count what problems report as missing, by noun: `{"image": 8, "gallery": 1}`."""
    nouns = (p.where if p.kind == "download-failed" else _MISSING.get(p.kind) for p in problems)
    return Counter(noun for noun in nouns if noun is not None)


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: `1 post`, `2 posts`, `3 galleries`."""
    if number == 1:
        return f"1 {noun}"
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return f"{number} {noun[:-1]}ies"
    return f"{number} {noun}{'es' if noun.endswith('s') else 's'}"
