"""Merge spellings of one category, tag or author, such as “Kiln” and “kiln”.

Ghost and WordPress would create a term for each (`kiln`, `kiln-2`), with a part of the posts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import cast

from .records import Record, Records

_SEPARATORS = re.compile(r"[\s_-]+")


class SameNames:
    """The names of a blog by the fields that contain them; fields of one group share their names."""

    def __init__(self, groups: Sequence[Sequence[str]]) -> None:
        self._groups = groups
        self._spellings: list[dict[str, dict[str, None]]] = [{} for _ in groups]

    def of(self, records: Records) -> Records:
        """Return the records with one spelling of each name. All are read once before the first is yielded."""
        for record in records():
            for group, spellings in zip(self._groups, self._spellings, strict=True):
                for name in _names(record, group):
                    spellings.setdefault(_key(name), {})[name] = None

        def merged() -> Iterator[Record]:
            return map(self._merged, records())

        return merged if any(True for _ in self.merged()) else records

    def merged(self) -> Iterator[tuple[str, list[str]]]:
        """Yield the spelling that is kept and the other ones, for each name with several."""
        for spellings in self._spellings:
            for kept, *others in spellings.values():
                if others:
                    yield kept, others

    def _merged(self, record: Record) -> Record:
        changed: dict[str, object] = dict(record)
        for group, spellings in zip(self._groups, self._spellings, strict=True):
            for field in group:
                if field in record:
                    names = _names(record, (field,))
                    changed[field] = list(dict.fromkeys(next(iter(spellings[_key(name)])) for name in names))
        return cast(Record, changed)


def _names(record: Record, fields: Sequence[str]) -> Iterator[str]:
    for field in fields:
        yield from record.get(field, ())  # type: ignore[misc]


def _key(name: str) -> str:
    """Return a key that is equal for spellings of one name: letters without case, any separator. `C++` is not `C#`."""
    return _SEPARATORS.sub(" ", unicodedata.normalize("NFKC", name).casefold()).strip() or name
