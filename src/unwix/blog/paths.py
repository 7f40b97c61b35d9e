"""Paths: the file and the address that a target's patterns, or the user's `--path`, give a post.

Whatever a title, slug or category says, a path stays inside the output folder: each value is cut to letters, digits,
`-` and `_` before it is put in, and each part of the path is made fit for every file system after.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from ..model.errors import UnwixError
from ..model.post import Metadata
from ..writers.target import Target, url_path
from .duplicates.hash_index import hashed
from .file_names import file_stem, safe_name
from .languages import Languages

#: What may stand in braces in a pattern.
FIELDS = ("slug", "title", "date", "year", "month", "day", "lang", "category", "author")
_FIELD = re.compile(r"\{([^{}]*)\}")
_JOINTS = re.compile(r"(?<=[-_])[-_]+|^[-_.]+|[-_]+$")
#: Names that generators keep for a folder's own page.
_RESERVED = frozenset({"index", "_index", "readme"})


class BadPattern(UnwixError):
    """A `--path` that cannot be used; the text says why and what may stand in one."""


@dataclass(frozen=True, slots=True)
class OutputPlace:
    """Where a post goes: its file below OUTPUT, and the slug that it says of itself."""

    output: str
    slug: str
    """Empty where a target's posts say none."""
    lang: str = ""
    """Its language, when that is not the blog's main one."""


def parse_pattern(pattern: str, target: Target) -> str:
    """A user's `--path` as a pattern of the target: below its folder, with its ending. Raises BadPattern."""
    names = _FIELD.findall(pattern)
    if unknown := [name for name in names if name not in FIELDS]:
        known = ", ".join(f"{{{name}}}" for name in FIELDS)
        raise BadPattern(f"--path has no {{{unknown[0]}}}; it may have {known}.")
    if re.search(r"[{}]", _FIELD.sub("", pattern)):
        raise BadPattern(f"--path {pattern!r} has a brace without its other half.")
    if pattern.startswith("/") or "\\" in pattern or ".." in pattern.split("/") or re.match(r"[A-Za-z]:", pattern):
        raise BadPattern(f"--path {pattern!r} leads out of the output folder; give a path below it.")
    if not {"slug", "title"} & {*names}:
        raise BadPattern(f"--path {pattern!r} gives all posts one name; put {{slug}} or {{title}} into it.")
    pattern = pattern.removesuffix(".md").strip("/")
    if target.base and not pattern.startswith(target.base + "/"):
        pattern = f"{target.base}/{pattern}"
    folder, _, name = pattern.rpartition("/")
    if target.dated and not name.startswith("{date}"):
        pattern = f"{folder}/{{date}}-{name}"
    if target.media_in == "bundle" and name != "index":
        pattern += "/index"
    return pattern + ".md"


def slugified(text: str) -> str:
    """A text as one part of an address: lower case, letters, digits and marks of any script, `_` and `-`."""
    kept = (c if c == "_" or unicodedata.category(c)[0] in "LM" or c.isdigit() else "-" for c in text.lower())
    return _JOINTS.sub("", re.sub(r"-+", "-", unicodedata.normalize("NFC", "".join(kept))))


@dataclass(slots=True)
class Paths:
    """Hands out places, so that no two posts of a run get one."""

    target: Target
    pattern: str | None = None
    """The user's `--path`, already checked."""
    languages: Languages = field(default_factory=Languages)
    _taken: set[int] = field(default_factory=set)
    _last: dict[str, int] = field(default_factory=dict)

    def learn(self, metadata: Metadata, source: str) -> None:
        """Look at a post before any is placed: its language may be one of the blog's."""
        self.languages.add(metadata, self._slug(metadata, source))

    def take(self, metadata: Metadata, source: str) -> OutputPlace:
        """The place of a post. A slug that is taken gets the first free number."""
        values = self._values(metadata, source)
        original = self.languages.original(metadata)
        stem = values["slug"]
        pattern = self._pattern(metadata, values["lang"])
        first = self._fill(pattern, values)
        number = self._last.get(first, 1)
        while True:
            if number > 1:
                values["slug"] = f"{stem}-{number}"
                values["title"] = f"{self._title(metadata, stem)} {number}"
            bundle = original if original and self.target.shared_bundles else values["slug"]
            output = self._fill(pattern, {**values, "bundle": bundle})
            url = url_path(self.target, output)
            keys = {hashed(unicodedata.normalize("NFKC", name).casefold()) for name in (output, url)}
            if not keys & self._taken:
                break
            number += 1
        self._taken |= keys
        if number > 1:
            self._last[first] = number
        slug = (original if self.target.front.shared_slugs else None) or values["slug"]
        return OutputPlace(output, slug if self.target.names == "address" else "", values["lang"])

    def forget(self) -> None:
        """All posts have their places."""
        self._taken.clear()
        self._last.clear()

    def _pattern(self, metadata: Metadata, lang: str) -> str:
        if metadata.draft and self.target.drafts:
            return self.target.drafts
        if not metadata.date and self.target.undated:
            return self.target.undated
        pattern = self.pattern or self.target.path
        if lang and self.target.media_in == "bundle" and "{lang}" not in pattern:
            return pattern.replace("{slug}", "{bundle}").removesuffix(".md") + ".{lang}.md"
        return pattern

    def _values(self, metadata: Metadata, source: str) -> dict[str, str]:
        day = re.match(r"(\d{4})-(\d\d)-(\d\d)", metadata.date or "")
        year, month, date = (day[1], day[2], day[3]) if day else ("", "", "")
        slug = file_stem(metadata, source) if self.target.names == "file" else self._slug(metadata, source)
        return {
            "slug": slug,
            "title": self._title(metadata, slug),
            "date": day[0] if day else "",
            "year": year,
            "month": month,
            "day": date,
            "lang": slugified(self.languages.of(metadata)),
            "category": slugified(metadata.categories[0]) if metadata.categories else "",
            "author": slugified(metadata.authors[0]) if metadata.authors else "",
        }

    def _slug(self, metadata: Metadata, source: str) -> str:
        name = PurePosixPath(source.partition("#")[0]).stem
        for candidate in (metadata.slug, metadata.title, name):
            slug = slugified(candidate or "")
            if self.target.slug is not None:
                slug = self.target.slug(slug) or ""
            if slug := safe_name(slug):
                return f"{slug}-post" if slug in _RESERVED else slug
        return "post"

    @staticmethod
    def _title(metadata: Metadata, slug: str) -> str:
        """The title as a file's name: what Obsidian's links cannot say is left out."""
        return " ".join(safe_name(re.sub(r"[\[\]#^|]", " ", metadata.title or "")).split()) or slug

    def _fill(self, pattern: str, values: Mapping[str, str]) -> str:
        parts = []
        for part in pattern.removesuffix(".md").split("/"):
            said = _FIELD.sub(lambda found: values.get(found[1], ""), part)
            fixed = "{" not in part
            name = said if fixed else safe_name(_JOINTS.sub("", said))
            if name:
                parts.append(name)
        return "/".join(parts) + ("" if self.target.file else ".md")
