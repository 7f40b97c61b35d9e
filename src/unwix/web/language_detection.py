"""Languages: a coarse guess of what a text is written in, to compare with what its page declares.

Only a clear answer counts: a script that one language has to itself, or the commonest small words of a Latin-script
language, far ahead of all others. Anything else is no answer.
"""

from __future__ import annotations

import re
from collections import Counter

_SCRIPTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("he", re.compile("[\u05d0-\u05ea]")),
    ("el", re.compile("[\u03b1-\u03c9]")),
    ("th", re.compile("[\u0e01-\u0e5b]")),
    ("hi", re.compile("[\u0904-\u0939]")),
)
#: Small words that are frequent in one language and rare in the others.
_SMALL_WORDS: dict[str, frozenset[str]] = {
    "en": frozenset(
        "the and of to is that with for this are was you have from they which your will been their".split()
    ),
    "de": frozenset("der die das und ist nicht mit ein eine auch auf sich dem den von zu ich werden wurde als".split()),
    "fr": frozenset(
        "les des est une dans pour qui sur pas vous avec nous cette sont mais ses aux leur être ou".split()
    ),
    "es": frozenset(
        "los las del una por con para como pero más sus este esta porque también muy fue ser hay y".split()
    ),
    "pt": frozenset(
        "não uma com para dos das mais como mas seu sua você também ser quando muito são foi pelo ao".split()
    ),
    "it": frozenset(
        "che non una per con sono della dei delle gli anche come più alla questo nel ed essere stato ha".split()
    ),
    "nl": frozenset(
        "het een van zijn niet voor met dat deze ook naar maar worden wordt heeft door bij hun ik je".split()
    ),
    "cs": frozenset("se že je na to jsem ale jak jsou tak by který jeho byl když jen už nebo aby pro".split()),
    "pl": frozenset("się nie jest na że do jak ale to przez był być tylko które oraz dla tak jego czy po".split()),
    "hu": frozenset("hogy nem az és egy is ez csak mint már meg volt van lehet vagy azt amely után még ha".split()),
}
_BEYOND_LATIN = re.compile("[\u0370-\uffff]")
_WORDS = re.compile(r"[^\W\d_]+")
_ENOUGH = 40


def detect(text: str) -> str | None:
    """The language of a text as a two-letter code, None when it is not clear."""
    sample = text[:4000]
    words = _WORDS.findall(sample.lower())
    letters = sum(map(len, words))
    if letters < _ENOUGH:
        return None
    if len(_BEYOND_LATIN.findall(sample)) > letters * 0.3:
        for language, script in _SCRIPTS:
            if len(script.findall(sample)) > letters * 0.3:
                return language
    found = Counter(words)
    scores = sorted(((sum(found.get(w, 0) for w in small), name) for name, small in _SMALL_WORDS.items()), reverse=True)
    (best, language), (second, _) = scores[0], scores[1]
    total = len(words)
    return language if total >= _ENOUGH and best > total * 0.08 and best > second * 2 else None
