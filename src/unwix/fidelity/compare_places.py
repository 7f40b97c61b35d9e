"""Compare the order and the places of links, embeds and so on, the spelling of URLs, and the ends of code blocks."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import pairwise

from ..model.facts import Facts
from ..wix.url_keys import youtube_id

#: Counted things whose order of first occurrence is compared: their name in messages.
_ORDERED = {
    "links": "links are in another order",
    "embeds": "embeds are in another order",
    "alts": "alternative texts are in another order",
    "starts": "first numbers of ordered lists are in another order",
}


def changed_places(source: Facts, written: Facts, words_agree: bool) -> Iterator[str]:
    """Yield what changed its place or spelling; places are compared only if the words agree."""
    yield from _code_blocks(source, written)
    yield from _spellings(source, written)
    if words_agree and not source.has_additions:
        yield from _orders(source, written)
        yield from _embed_places(source, written)


def _orders(source: Facts, written: Facts) -> Iterator[str]:
    """Compare the order in which links, videos and so on occur first: two with one text may have changed places."""
    for name, title in _ORDERED.items():
        expected, actual = getattr(source, name), getattr(written, name)
        if len(expected) < 2 or len(actual) < 2:
            continue
        # an embed is a link in the output, and can be one in the text, too
        twice: Collection[str] = {"links": source.embeds, "embeds": source.links}.get(name, ())
        order = [key for key in expected if expected[key] == actual[key] and key not in twice]
        places = {key: n for n, key in enumerate(actual)}
        for key, following in pairwise(order):
            if places[key] > places[following]:
                yield f"{title}: “{following[:60]}” is before “{key[:60]}”"
                break


def _code_blocks(source: Facts, written: Facts) -> Iterator[str]:
    """Compare the empty lines in code, and where one block of code ends and the next one begins."""
    expected, actual = source.code_blocks, written.code_blocks
    are_known = source.shows_code_blocks and written.shows_code_blocks
    if are_known and expected != actual and source.code == written.code:
        was, now = (", ".join(map(str, lines)) for lines in (expected, actual))
        yield f"lines of each code block: {was} became {now}"


def _embed_places(source: Facts, written: Facts) -> Iterator[str]:
    """Compare the number of letters before each embed, if both forms have equally many letters in all."""
    if source.certain_letters != written.certain_letters:
        return
    for key, place in source.embed_places.items():
        if key not in source.links and place != written.embed_places.get(key, place):
            yield f"the embed “{key[:80]}” is in another place in the text"


def _spellings(source: Facts, written: Facts) -> Iterator[str]:
    """Compare the scheme, `www.` and the letter case of the URL of each link."""
    for key, expected in source.link_spellings.items():
        actual = written.link_spellings.get(key)
        is_certain = expected and actual and key not in source.embeds and written.links[key] == source.links[key]
        if is_certain and expected != actual and youtube_id(expected) is None:
            yield f"the URL “{expected[:80]}” of a link became “{str(actual)[:80]}”"
