"""Write fields as YAML. Most are plain text, of which it is certain how PyYAML writes it; PyYAML writes all others."""

from __future__ import annotations

import re
from typing import Any

from .yaml_scalars import PlainScalar, QuotedScalar

#: Words that YAML 1.1 reads as another type.
_NO_TEXT = frozenset({"yes", "no", "true", "false", "on", "off", "null"})
_TWO_LETTERS = re.compile(r"[^\W\d_]{2}")
_INSTANT = re.compile(r"[\dTZ:.+-]+", re.A)
#: PyYAML writes longer texts and keys in other forms.
_LONGEST, _LONGEST_KEY = 5_000, 30


def yaml_lines(fields: dict[str, Any]) -> str:
    """Return fields as lines of YAML; `{}` without fields."""
    return "".join(_lines(name, value) for name, value in fields.items()) or "{}\n"


def _lines(name: str, value: Any) -> str:
    key = _simple_scalar(name) if len(name) <= _LONGEST_KEY else None
    values = value if type(value) is list else [value]
    scalars = [scalar for inner in values if (scalar := _simple_scalar(inner)) is not None]
    if key is None or not scalars or len(scalars) < len(values):
        from .yaml_dumper import dumped

        return dumped({name: value})
    return "\n- ".join((f"{key}:", *scalars, "")).removesuffix("- ") if values is value else f"{key}: {scalars[0]}\n"


def _simple_scalar(value: Any) -> str | None:
    """Return a value as PyYAML writes it, or None if that is not certain."""
    kind = type(value)
    if kind is str:
        return _simple_text(value)
    if kind is PlainScalar:
        return str(value) if _INSTANT.fullmatch(value) else None
    if kind is QuotedScalar:
        return f"'{value}'" if value.isprintable() and value.isascii() and "'" not in value else None
    if kind is bool:
        return "true" if value else "false"
    return str(value) if kind is int else None


def _simple_text(text: str) -> str | None:
    if not text or not text.isprintable() or text[-1] == " " or len(text) > _LONGEST or text.lower() in _NO_TEXT:
        return None
    first = text[0]
    is_number = first in "123456789" and _TWO_LETTERS.search(text) is None
    if is_number or not (first.isalpha() or first > "\x7f" or first in "123456789"):
        return None
    needs_quotes = ": " in text or " #" in text or text[-1] == ":"
    return "'" + text.replace("'", "''") + "'" if needs_quotes else text
