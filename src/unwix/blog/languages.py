"""Find the main language of a blog, its other languages, and which posts are translations of each other.

A post that declares another language is not necessarily a translation: pages can declare a language that their text is
not in. A language counts as one of the blog's if its posts share translation ids with others, or have URLs of their own
(docs/wix/discovery.md#multilingual-sites): `/de/post/…`, `de.example.com`, `?lang=de`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import parse_qs

from msgspec import Struct, field

from ..model.post import Metadata
from ..web.urls import split_url


class LanguageNote(NamedTuple):
    """What the run must know about the language of a post before any path is assigned."""

    language: str
    is_in_url: bool
    translation_id: str | None = None
    slug: str = ""
    """The slug of its file, for a post with a translation id."""


class Languages(Struct):
    """The languages of a run's posts. Call `add` for every post first."""

    chosen: str | None = None
    """The main language if the user named it. All other languages then belong to the blog."""
    _counts: Counter[str] = field(default_factory=Counter)
    _own: set[str] = field(default_factory=set)
    _translations: dict[str, dict[str, str]] = field(default_factory=dict)
    """For each translation id: language → slug."""

    def add(self, note: LanguageNote) -> None:
        """Add a post."""
        self._counts[note.language] += 1
        if note.translation_id:
            self._translations.setdefault(note.translation_id, {}).setdefault(note.language, note.slug)
        if note.is_in_url:
            self._own.add(note.language)

    @property
    def main(self) -> str | None:
        """The main language: the user's choice, else the language of most posts, else the first by code."""
        if self.chosen:
            return language_code(self.chosen)
        return min(self._counts, key=lambda language: (-self._counts[language], language), default=None)

    def of(self, metadata: Metadata) -> str:
        """Return the code of a post in another language of the blog, "" for the main language.

        A post that only declares another language counts as one of the main language.
        """
        language, main = language_code(metadata.language), self.main
        if not language or language == main:
            return ""
        translated = self._translations.get(metadata.translation_id or "", {})
        if self.chosen or language in self._own or len(translated) > 1:
            return language
        return ""

    def original(self, metadata: Metadata) -> str | None:
        """Return the slug of the post that this one is a translation of, or None if it has no translations.

        The original is the post in the main language, else the one whose language code sorts first.
        """
        translated = self._translations.get(metadata.translation_id or "")
        if not translated or len(translated) < 2:
            return None
        return translated.get(self.main or "") or translated[min(translated)]


def language_code(language: str | None) -> str:
    """Return a language code in the form of file and directory names: `pt-br`."""
    return (language or "").strip().lower().replace("_", "-")


def _in_url(url: str | None, language: str) -> bool:
    short = language.partition("-")[0]
    if url is None or (short not in url.lower() and "%" not in url):
        return False
    parts = split_url(url)
    host = parts.hostname or ""
    names = {language, short}
    return (
        parts.path.strip("/").split("/")[0].lower() in names
        or host.split(".")[0] in names
        or not names.isdisjoint(parse_qs(parts.query).get("lang", []))
    )


def note_of(metadata: Metadata, slug_of: Callable[[], str]) -> LanguageNote | None:
    """Return the note about a post, None if it has no language. Posts without translations share their notes."""
    language = language_code(metadata.language)
    if not language:
        return None
    if metadata.translation_id:
        in_url = _in_url(metadata.canonical_url, language)
        return LanguageNote(language, in_url, metadata.translation_id, slug_of())
    return _shared_note(language, _in_url(metadata.canonical_url, language))


@lru_cache(maxsize=1000)
def _shared_note(language: str, is_in_url: bool) -> LanguageNote:
    return LanguageNote(language, is_in_url)
