"""Guess the language of a text roughly, to compare it with the language that its page declares.

Only a clear answer counts: a script or letters that only one language has, or frequent small words of a language, far
ahead of all others. A word counts less the more languages have it. Anything else is no answer.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

#: Scripts of one language. They are compiled when a text is not Latin: a range of thousands of characters takes long.
_SCRIPTS: tuple[tuple[str, str], ...] = (
    ("ja", "[\u3040-\u30ff]"),
    ("ko", "[\uac00-\ud7af]"),
    ("he", "[\u05d0-\u05ea]"),
    ("el", "[\u03b1-\u03c9]"),
    ("th", "[\u0e01-\u0e5b]"),
    ("hi", "[\u0904-\u0939]"),
    ("zh", "[\u4e00-\u9fff]"),
)
#: Letters of one language among those that share its script: the script, its usual language, letters of others.
_SHARED: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("[\u0400-\u04ff]", "ru", {"uk": "іїєґ", "bg": "ѝ", "sr": "јљњћђџ", "be": "ў"}),
    ("[\u0600-\u06ff]", "ar", {"fa": "پچژگ", "ur": "ٹڈڑے"}),
)
_BEYOND_LATIN = "[\u0370-\uffff]"
_WORDS = re.compile(r"[^\W\d_]+")
_ENOUGH = 40


def detect(text: str) -> str | None:
    """Return the language of a text as a two-letter code, or None if it is not clear."""
    sample = text[:4000]
    words = _WORDS.findall(sample.lower())
    letters = sum(map(len, words))
    if letters < _ENOUGH:
        return None
    # A character beyond ASCII has more than one byte: too few of these, and nothing needs to be searched for.
    more = 0 if sample.isascii() else len(sample.encode("utf-8", "replace")) - len(sample)
    if more > letters * 0.3 and len(re.findall(_BEYOND_LATIN, sample)) > letters * 0.3:
        for language, script in _SCRIPTS:
            if len(re.findall(script, sample)) > letters * 0.3:
                return language
        for script, usual, others in _SHARED:
            if len(re.findall(script, sample)) > letters * 0.3:
                lower = sample.lower()
                return next((one for one, own in others.items() if sum(map(lower.count, own)) > letters * 0.01), usual)
    small_words = _small_words()
    scores = dict.fromkeys(small_words[""], 0.0)
    for word, number in Counter(words).items():
        for name in (names := small_words.get(word, ())):
            scores[name] += number / len(names)
    (best, language), (second, _) = sorted(((score, name) for name, score in scores.items()), reverse=True)[:2]
    total = len(words)
    return language if total >= _ENOUGH and best > total * 0.08 and best > second * 2 else None


@cache
def _small_words() -> dict[str, tuple[str, ...]]:
    """Return by word the languages in which it is frequent; all languages for ""."""
    table = Path(__file__).with_name("small_words.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines()[1:])  # every page needs it, and TOML takes longer to read
    languages: dict[str, tuple[str, ...]] = {"": ()}
    for language, words in rows:
        for word in {"", *words.split()}:
            languages[word] = (*languages.get(word, ()), language)
    return languages
