"""Test paths: names of any length and script stay distinct, and assigning them ends."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import post_pages as pages
from support.terminal import run
from unwix.blog.file_names import MAX_BYTES
from unwix.blog.paths import BadPattern, Paths, parse_pattern
from unwix.model.post import Metadata
from unwix.writers.targets import TARGETS

LETTERS = {"a": "a", "Hebrew": "ש", "Cyrillic": "ж", "Hangul": "글", "beyond 16 bits": "𝔘"}


@pytest.mark.parametrize("target", sorted(TARGETS))
@pytest.mark.parametrize("letter", LETTERS.values(), ids=LETTERS)
def test_equal_long_names_get_numbers(target: str, letter: str) -> None:
    for size in (*range(189, 212), 1000):
        paths = Paths(TARGETS[target])
        stem = letter * (size // len(letter.encode()))
        posts = [Metadata(title=f"{stem} {n}", slug=f"{stem}{n}", date="2024-05-01") for n in range(12)]
        places = [paths.take(post, "x.html") for post in posts]
        assert len({place.output.casefold() for place in places}) == 12
        assert all(
            len(part.encode()) <= MAX_BYTES + len(".json") for place in places for part in place.output.split("/")
        )


@pytest.mark.parametrize("pattern", ["{slug}", "{title}", "{category}/{author}-{slug}-{title}", "{lang}/{slug}/{slug}"])
@given(st.lists(st.tuples(*[st.text(max_size=100)] * 4), min_size=1, max_size=5))
def test_any_pattern_and_any_text_give_distinct_paths(pattern: str, texts: list[tuple[str, str, str, str]]) -> None:
    paths = Paths(TARGETS["markdown"], parse_pattern(pattern, TARGETS["markdown"]))
    posts = [Metadata(title=a * 3, slug=b * 3, categories=[c * 9], authors=[d * 9]) for a, b, c, d in texts * 2]
    places = [paths.take(post, "x.html") for post in posts]
    assert len({place.output.casefold() for place in places}) == len(posts)
    assert not any(part in ("", ".", "..") for place in places for part in place.output.split("/"))


def test_translations_with_one_id_and_one_language_stay_distinct() -> None:
    """A bundle is named after the original: its name must get the number, too."""
    paths = Paths(next(target for target in TARGETS.values() if target.shared_bundles))
    names = [("one", "en"), ("one", "en"), ("un", "fr"), ("un", "fr"), ("three", "en")]
    posts = [Metadata(slug=slug, language=language, translation_id="t") for slug, language in names]
    for post in posts:
        if (note := paths.language_note(post, "x.html")) is not None:
            paths.languages.add(note)
    assert len({paths.take(post, "x.html").output for post in posts}) == len(posts)


def test_the_slug_is_the_name_in_the_path() -> None:
    paths = Paths(TARGETS["hugo"])
    places = [paths.take(Metadata(slug="a" * 200 + str(n)), "x.html") for n in range(2)]
    assert all(f"/{place.slug}/" in place.output for place in places)


def test_a_pattern_with_very_long_fixed_text_is_refused() -> None:
    with pytest.raises(BadPattern, match="more than 100 bytes of fixed text"):
        parse_pattern("x" * 101 + "{slug}", TARGETS["markdown"])


@pytest.mark.parametrize("target", ["markdown", "obsidian", "hugo"])
def test_a_run_with_long_names_ends(tmp_path: Path, target: str) -> None:
    (tmp_path / "in").mkdir()
    for n in range(2):
        body = pages.p(f"Words number {n} of this post.")
        html = pages.post_page(body, title=f"{'שיר ' * 40}חלק {n}", slug=f"{'ש' * 100}{n}")
        (tmp_path / "in" / f"{n}.html").write_bytes(html)
    assert run("convert", tmp_path / "in", "-o", tmp_path / "out", "--to", target, "-j", 0).code == 0
    assert sum(path.suffix == ".md" for path in (tmp_path / "out").rglob("*")) == 2
