"""Guess the language of a text roughly, to compare it with the language that its page declares.

Only a clear answer counts: a script or letters that one language has to itself, or the commonest small words of a
language, far ahead of all others. Anything else is no answer.
"""

from __future__ import annotations

import re
from collections import Counter

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
    "tr": frozenset("ve bir bu için ile çok daha gibi olarak var ne kadar ama sonra her olan değil en o da".split()),
    "sv": frozenset("och att det som på är av för med den till inte har om ett jag men från vi var".split()),
    "da": frozenset("og at det som på er af til med den ikke har jeg men fra vi var kan blev hvor".split()),
    "no": frozenset("og at det som på er av til med den ikke har jeg men fra vi var kan ble hvor".split()),
    "fi": frozenset("ja on ei että se kun mutta niin hän ovat oli sen joka myös kuin mitä jos vain tai olen".split()),
    "ro": frozenset("și în de la cu pe nu este care pentru mai din sunt dar fost acest sau prin foarte că".split()),
    "id": frozenset(
        "yang dan di untuk dengan ini itu dari tidak pada dalam saya akan kami juga ke adalah bisa".split()
    ),
    "vi": frozenset("và của là có cho không được một những với các trong này người để khi đã tôi".split()),
    "hu": frozenset("hogy nem az és egy is ez csak mint már meg volt van lehet vagy azt amely után még ha".split()),
}
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
    if not sample.isascii() and len(re.findall(_BEYOND_LATIN, sample)) > letters * 0.3:
        for language, script in _SCRIPTS:
            if len(re.findall(script, sample)) > letters * 0.3:
                return language
        for script, usual, others in _SHARED:
            if len(re.findall(script, sample)) > letters * 0.3:
                lower = sample.lower()
                return next((one for one, own in others.items() if sum(map(lower.count, own)) > letters * 0.01), usual)
    found = Counter(words)
    own = found.keys()
    scores = sorted(((sum(found[w] for w in own & small), name) for name, small in _SMALL_WORDS.items()), reverse=True)
    (best, language), (second, _) = scores[0], scores[1]
    total = len(words)
    return language if total >= _ENOUGH and best > total * 0.08 and best > second * 2 else None
