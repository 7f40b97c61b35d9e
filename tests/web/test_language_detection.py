"""The language of a text is stated only if it is clear: related languages share most of their small words."""

from __future__ import annotations

import pytest

from support.prose import TEXTS
from unwix.web.language_detection import detect


@pytest.mark.parametrize("language", TEXTS)
def test_plain_prose_is_in_its_language(language: str) -> None:
    assert detect(TEXTS[language]) == language


@pytest.mark.parametrize("language", TEXTS)
def test_a_part_of_a_text_is_in_its_language_or_unclear(language: str) -> None:
    words = TEXTS[language].split()
    assert {detect(" ".join(words[: len(words) * part // 6])) for part in range(1, 6)} <= {None, language}


def test_danish_and_norwegian_are_not_distinguished_by_their_shared_words() -> None:
    assert detect("Vi var på stranden og det var en god dag, og så kom han med en kage til os alle. " * 3) is None
