"""The words of all scripts, as a regular expression."""

from __future__ import annotations

import re

#: Vowels and accents that are characters of their own. `\w` has none of them: a word of Hindi would be several.
#: Thai and other scripts without spaces are left out: without their marks, a text is at least in several pieces.
VOWEL_MARKS = "".join(
    (
        "\u0300-\u036f",
        "\u0591-\u05bd\u05bf\u05c1\u05c2",
        "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc",
        "\u0900-\u0963\u0966-\u0dff",
    )
)
#: A word. For texts in ASCII, `\w+` is the same and faster.
ANY_WORD = re.compile(rf"\w+(?:[{VOWEL_MARKS}]+\w*)*")
#: A character of a script without spaces: Thai, Lao, Burmese, Khmer, Japanese, Chinese.
WITHOUT_SPACES = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
