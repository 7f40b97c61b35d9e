"""Assign the output path of each post, from the target's pattern or the user's `--path`.

A path never leaves the output directory, whatever a title, slug or category contains: each value is reduced to letters,
digits, `-` and `_` before it is inserted, and each part of the path is then made safe for every file system.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import count, islice
from pathlib import PurePosixPath
from typing import NamedTuple

from msgspec import Struct, field

from ..model.errors import UnwixError
from ..model.post import Metadata
from ..writers.target import Target, url_path
from .duplicates.hash_index import hashed
from .file_names import MAX_BYTES, file_stem, safe_name, shorten
from .languages import LanguageNote, Languages, note_of

#: The fields that a pattern can contain in braces.
FIELDS = ("slug", "title", "date", "year", "month", "day", "lang", "category", "author")
#: The fields that get a number when the path is already in use.
_NUMBERED = frozenset({"slug", "title", "bundle"})
_FIELD = re.compile(r"\{([^{}]*)\}")
_NOT_IN_ASCII_SLUG = re.compile(r"[^a-z0-9_]+")
_JOINTS = re.compile(r"(?<=[-_])[-_]+|^[-_.]+|[-_]+$")
#: Names that generators reserve for a directory's own page.
_RESERVED = frozenset({"index", "_index", "readme"})
#: The longest literal text in one part of a `--path`, in bytes: the rest is for the post's own name.
_MAX_LITERAL = 100


class BadPattern(UnwixError):
    """A `--path` that cannot be used; the message says why and what a pattern can contain."""


class OutputPlace(NamedTuple):
    """Where a post goes: its file below OUTPUT, and the slug in its front matter."""

    output: str
    slug: str
    """Empty for targets whose posts state no slug."""
    lang: str = ""
    """The post's language, if it is not the blog's main language."""


def parse_pattern(pattern: str, target: Target) -> str:
    """Return a user's `--path` as a pattern of the target: with its directory and extension. Raises BadPattern."""
    names = _FIELD.findall(pattern)
    if unknown := [name for name in names if name not in FIELDS]:
        known = ", ".join(f"{{{name}}}" for name in FIELDS)
        raise BadPattern(f"--path has no field {{{unknown[0]}}}; the fields are {known}.")
    if re.search(r"[{}]", _FIELD.sub("", pattern)):
        raise BadPattern(f"--path {pattern!r} has an unmatched brace.")
    if pattern.startswith("/") or "\\" in pattern or ".." in pattern.split("/") or re.match(r"[A-Za-z]:", pattern):
        raise BadPattern(f"--path {pattern!r} leads out of the output directory; give a path below it.")
    if not {"slug", "title"} & {*names}:
        raise BadPattern(f"--path {pattern!r} gives all posts the same name; add {{slug}} or {{title}}.")
    if any(len(_FIELD.sub("", part).encode("utf-8", "replace")) > _MAX_LITERAL for part in pattern.split("/")):
        raise BadPattern(f"--path has a part with more than {_MAX_LITERAL} bytes of fixed text; shorten it.")
    pattern = pattern.removesuffix(target.suffix).removesuffix(".md").strip("/")
    if target.base and not pattern.startswith(target.base + "/"):
        pattern = f"{target.base}/{pattern}"
    folder, _, name = pattern.rpartition("/")
    if target.dated and not name.startswith("{date}"):
        pattern = f"{folder}/{{date}}-{name}"
    if target.media_in == "bundle" and name != "index":
        pattern += "/index"
    return pattern + target.suffix


def slugified(text: str) -> str:
    """Return a text as one part of a URL: lower-case letters, digits and marks of any script, `_`, `-`."""
    if text.isascii():
        return _JOINTS.sub("", _NOT_IN_ASCII_SLUG.sub("-", text.lower()))
    characters = (c if c == "_" or unicodedata.category(c)[0] in "LM" or c.isdigit() else "-" for c in text.lower())
    return _JOINTS.sub("", re.sub(r"-+", "-", unicodedata.normalize("NFC", "".join(characters))))


class Paths(Struct):
    """Assigns paths so that no two posts of a run get the same one."""

    target: Target
    pattern: str | None = None
    """The user's `--path`, as `parse_pattern` returned it."""
    languages: Languages = field(default_factory=Languages)
    _taken: set[int] = field(default_factory=set)
    _last: dict[str, int] = field(default_factory=dict)

    def language_note(self, metadata: Metadata, source: str) -> LanguageNote | None:
        """Return what to add to the languages of the run before any path is assigned; None for most posts."""
        return note_of(metadata, lambda: self._slug(metadata, source))

    def take(self, metadata: Metadata, source: str) -> OutputPlace:
        """Assign a path to a post. A name in use gets the first free number, inserted after the name was shortened."""
        lang = slugified(self.languages.of(metadata))
        pattern = self._pattern(metadata, lang)
        values = self._values(metadata, source, lang, pattern)
        original = self.languages.original(metadata)
        if original and self.target.shared_bundles:
            values["bundle"] = original
        first, first_used = self._fill(pattern, values)
        start = self._last.get(first, 1)
        # Each number gives another path, so that one more number than paths in use is enough.
        for number in islice(count(start), len(self._taken) + 2):
            output, used = (first, first_used) if number == 1 else self._fill(pattern, values, number)
            url = url_path(self.target, output)
            keys = {hashed(unicodedata.normalize("NFKC", name).casefold()) for name in (output, url)}
            if not keys & self._taken:
                break
        else:
            raise UnwixError(f"{source}: no file name is left for this post. Choose another --path.")
        self._taken |= keys
        if number > 1:
            self._last[first] = number
        slug = (original if self.target.front.shared_slugs else None) or used["slug"]
        return OutputPlace(output, slug if self.target.names == "url" else "", lang)

    def clear(self) -> None:
        """Free the memory when all posts have their paths."""
        self._taken.clear()
        self._last.clear()

    def _pattern(self, metadata: Metadata, lang: str) -> str:
        if metadata.draft and self.target.drafts:
            return self.target.drafts
        if not metadata.date and self.target.undated:
            return self.target.undated
        pattern = self.pattern or self.target.path
        if lang and self.target.media_in == "bundle" and "{lang}" not in pattern:
            return (
                pattern.replace("{slug}", "{bundle}").removesuffix(self.target.suffix) + ".{lang}" + self.target.suffix
            )
        return pattern

    def _values(self, metadata: Metadata, source: str, lang: str, pattern: str) -> dict[str, str]:
        """Return the values of all fields in a pattern."""
        day = re.match(r"(\d{4})-(\d\d)-(\d\d)", metadata.date or "")
        year, month, date = (day[1], day[2], day[3]) if day else ("", "", "")
        slug = file_stem(metadata, source) if self.target.names == "file" else self._slug(metadata, source)
        values = {
            "slug": slug,
            "bundle": slug,
            "date": day[0] if day else "",
            "year": year,
            "month": month,
            "day": date,
            "lang": lang,
        }
        if "{title}" in pattern:
            values["title"] = self._title(metadata, slug)
        if "{category}" in pattern and metadata.categories:
            values["category"] = slugified(metadata.categories[0])
        if "{author}" in pattern and metadata.authors:
            values["author"] = slugified(metadata.authors[0])
        return values

    def _slug(self, metadata: Metadata, source: str) -> str:
        for candidate in _names(metadata, source):
            slug = slugified(candidate or "")
            if self.target.slug is not None:
                slug = self.target.slug(slug) or ""
            if slug := safe_name(slug):
                return f"{slug}-post" if slug in _RESERVED else slug
        return "post"

    @staticmethod
    def _title(metadata: Metadata, slug: str) -> str:
        """Return the title as a file name, without the characters that Obsidian's links cannot contain."""
        return " ".join(safe_name(re.sub(r"[\[\]#^|]", " ", metadata.title or "")).split()) or slug

    def _fill(self, pattern: str, values: Mapping[str, str], number: int = 1) -> tuple[str, dict[str, str]]:
        """Return the path of a pattern, and the values of its fields as inserted, numbered and shortened."""
        parts: list[str] = []
        used: dict[str, str] = {}
        for part in pattern.removesuffix(self.target.suffix).split("/"):
            texts = _numbered(part, values, number)
            used |= texts
            text = _FIELD.sub(partial(_value, texts), part)
            name = text if "{" not in part else safe_name(_JOINTS.sub("", text))
            if name:
                parts.append(name)
        if "slug" not in used:
            used |= _numbered("{slug}", values, number)
        return "/".join(parts) + self.target.suffix, used


def _names(metadata: Metadata, source: str) -> Iterator[str | None]:
    """Yield what can name a post, the best first."""
    yield metadata.slug
    yield metadata.title
    yield PurePosixPath(source.partition("#")[0]).stem


def _numbered(part: str, values: Mapping[str, str], number: int) -> dict[str, str]:
    """Return the values of the fields in one part of a pattern, shortened so that the part has at most `MAX_BYTES`.

    A number above 1 follows the shortened name, so that names with equal beginnings stay distinct.
    """
    names = dict.fromkeys(_FIELD.findall(part))
    texts = {name: values.get(name, "") for name in names}
    ends = {
        name: f"{' ' if name == 'title' else '-'}{number}" if number > 1 else "" for name in names.keys() & _NUMBERED
    }
    whole = _FIELD.sub(partial(_value, {name: text + ends.get(name, "") for name, text in texts.items()}), part)
    excess = len(whole.encode("utf-8", "replace")) - MAX_BYTES
    for name in sorted(texts, key=lambda name: len(texts[name].encode("utf-8", "replace")), reverse=True):
        if excess <= 0:
            break
        before = len(texts[name].encode("utf-8", "replace"))
        texts[name] = shorten(texts[name], max(0, before - excess))
        excess -= before - len(texts[name].encode("utf-8", "replace"))
    return {name: text + ends.get(name, "") for name, text in texts.items()}


def _value(texts: Mapping[str, str], match: re.Match[str]) -> str:
    return texts.get(match[1], "")
