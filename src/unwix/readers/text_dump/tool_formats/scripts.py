"""Properties of scripts that matter where a tool wraps lines: the width of characters, and where words may break.

Text browsers count terminal columns; they break Chinese and Japanese anywhere, Thai only at spaces, and some of them
(w3m, elinks) Korean at any syllable, so that a line break in Korean can be a space or the middle of a word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Set

#: Characters that can be two columns wide, or zero.
WIDE = re.compile("[^\\x00-\u02ff\u0370-\u0482\u048a-\u0590\u1e00-\u20cf\u2100-\u2319]")
#: Vowel signs with a width of their own, which some tools count as zero.
SPACING_MARKS = re.compile("[\u0900-\u0dff\u1000-\u109f\u1780-\u17ff]")
#: Chinese and Japanese, in which a line can break after any character.
DENSE = re.compile("[\u3040-\u30fb\u30fd-\u30ff\u3400-\u9fff]")
_UNSPACED = re.compile("[\u3001-\u30ff\u3400-\u9fff\uff00-\uffef]")
_UNSPACED_OR_THAI = re.compile("[\u0e00-\u0e7f\u3001-\u30ff\u3400-\u9fff\uff00-\uffef]")
THAI = re.compile("[\u0e00-\u0e7f]")
HANGUL = re.compile("[\uac00-\ud7a3]")
#: Signs that cannot begin a line move the character before them to the next one.
_TO_THE_NEXT = re.compile("[、。，．・：；？！）］」』】〉》ー々…]*")
_NOT_LETTERS = re.compile(r"[^\w]+")
#: Korean: words of one syllable, which can end a line, and frequent words that begin with one.
_SYLLABLES = frozenset(
    "그 이 저 한 두 세 네 몇 첫 새 옛 온 각 수 것 게 걸 건 때 년 월 일 시 분 번 개 명 권 장 곳 중 후 전"
    " 뒤 앞 옆 위 밑 안"
    " 밖 속 더 덜 잘 못 꼭 또 다 참 곧 왜 좀 늘 및 등 내 제 나 너 물 불 집 길 땅 손 발 눈 비 문 방 날 밤"
    " 낮 해 달 별 꽃 책"
    " 말 글 밥 돈 줄 데 할 된 될 간 갈 본 볼 올 큰 긴 우 큼 뿐 채".split()
)
_FREQUENT = frozenset(
    "다시 다른 다음 모두 이제 이런 이렇게 이것 이번 이후 이미 그리고 그런 그것 그래서 그러나 그때 그렇게"
    " 저는 제가 내가 나는"
    " 너무 하나 하지만 한번 한국 한다 두고 세계 새로운 수도 시간 시작 사람 생각 때문 전체 중요한 안에"
    " 더욱 더운 또한 또는 참고"
    " 나무 나중에 너희 물론 일을 일이 장소 개인 명의 번째 분명 문제 방법 해서 달리 말을 말이 올해 우리 앞에".split()
)
#: Particles and endings, which begin no word.
_ENDING = re.compile(
    r"(?:들|님|씨)?(?:은|는|이|가|을|를|에|의|도|만|로|으로|와|과|랑|께|에서|에게|에는|에도|에서는|에서도"
    r"|으로는|한테|부터|까지"
    r"|처럼|보다|마다|이나|나|라도|라는|이라는|이라고|라고|조차|밖에|하고|이며|이고|이다|입니다|인|인데"
    r"|적인|적으로|들|니다|습니다"
    r"|었습니다|았습니다|였습니다|했습니다|합니다|됩니다|됐습니다|있습니다|다|요|어요|아요|세요|네요|죠"
    r"|고|며|면|지|지만|는데|은데"
    r"|던|던지|려고|러|도록|게|기|기에|기도|기는|기를|기가|음|음을|어|아|어서|아서|여서|해서|했고|하며"
    r"|하는|하게|하지|하기|한|할"
    r"|된|되는|되어|었다|았다|였다|했다|한다|된다|는지|었던|았던|였던|했던|었고|았고|였고|었지만|았지만"
    r"|였지만|했지만|었으며"
    r"|았으며|였으며|했으며|서|서는|서부터|게는|게서|씩|씩은|왔다|왔습니다|면서|으면서|으며|으면|을까|을지)"
)
_FIRM_ENDS = frozenset("은는을를의에서로고며면도과와게던께만이가니해한지야인운린진기마")


def cells(text: str) -> int:
    """Return the number of terminal columns of a text: two for an East Asian character, none for a combining mark."""
    return sum(map(_WIDTHS.__getitem__, text)) if WIDE.search(text) else len(text)


def cells_without_marks(text: str) -> int:
    """Return the number of columns for tools that count no vowel sign."""
    return cells(text) - sum(unicodedata.category(sign) == "Mc" for sign in SPACING_MARKS.findall(text))


def cell_width(character: str) -> int:
    """Return the number of terminal columns of a character."""
    return _WIDTHS[character]


class _Widths(dict[str, int]):
    def __missing__(self, character: str) -> int:
        if unicodedata.east_asian_width(character) in "WF":
            width = 2
        else:
            width = 0 if unicodedata.category(character) in ("Mn", "Me", "Cf") else 1
        self[character] = width
        return width


_WIDTHS = _Widths()


def first_unit(text: str, breaks_syllables: bool) -> str:
    """Return what a tool would have to fit on the line above: a line's first word, or its first character.

    Chinese and Japanese break at each character, Korean with `breaks_syllables`.
    """
    word = text.split(maxsplit=1)[0]
    if _UNSPACED.match(word):
        end = _TO_THE_NEXT.match(word, 1)
        return word[: end.end()] if end else word[0]
    return word[0] if breaks_syllables and HANGUL.match(word) else word


def may_end_line(character: str) -> bool:
    """Return True if a line of one word can be full: the script has few spaces or none."""
    return bool(_UNSPACED_OR_THAI.match(character))


def is_inside_phrase(above: str, below: str) -> bool:
    """Return True if Chinese or Japanese is on both sides of a break, and no sign ends a phrase there."""
    return DENSE.match(above[-1:]) is not None and DENSE.match(below.lstrip()[:1]) is not None


def space_between(above: str, below: str, is_at_space: bool = False) -> str:
    """Return what joins two lines; with `is_at_space` the tool breaks Thai only at spaces."""
    pattern = _UNSPACED if is_at_space else _UNSPACED_OR_THAI
    return "" if pattern.match(above[-1]) and pattern.match(below[0]) else " "


def is_inside_korean_word(above: str, below: str, known: Set[str]) -> bool:
    """Return True if a break between two syllables is probably inside a word; `known` are words of the text."""
    if not HANGUL.match(above[-1:]) or not HANGUL.match(below[:1]):
        return False
    last, first = above.rsplit(maxsplit=1)[-1], below.split(maxsplit=1)[0]
    last, first = _NOT_LETTERS.split(last)[-1], _NOT_LETTERS.split(first)[0]
    word = last + first
    if word in known or word in _FREQUENT or (len(last) == 1 and word[:2] in _FREQUENT):
        return True
    if first in known or (last in known and len(last) > 1):
        return False
    if _ENDING.fullmatch(first) or (len(last) == 1 and last not in _SYLLABLES):
        return True
    return last[-1] not in _FIRM_ENDS and last not in _SYLLABLES


def words_inside(lines: Iterable[str]) -> frozenset[str]:
    """Return the words that neither begin nor end a line: no break has cut them."""
    return frozenset(
        word for line in lines for piece in line.split()[1:-1] if len(word := _NOT_LETTERS.split(piece)[0]) > 1
    )
