"""Write fields as YAML where no value needs quotes, exactly as PyYAML writes them, without the time to import PyYAML.

Most front matter is that simple. Where one value is not, PyYAML writes all of them (quoted_yaml.py).
"""

from __future__ import annotations

import re
from typing import Any


class PlainScalar(str):
    """An ISO date or time, which YAML writes as its own type."""

    __slots__ = ()


class QuotedScalar(str):
    """A string that readers of YAML 1.2 would take for a number."""

    __slots__ = ()


#: Text that begins with a letter and contains no character that is YAML's own where it stands.
_PLAIN = re.compile(
    r"[^\W\d_]"
    r"(?:[\w\u0300-\u1fff!\"$%&'()*+,./;<=>?@\[\]^`{|}~\u2013\u2014\u2018\u2019\u201c\u201d\u201e\u2026\xab\xbb-]"
    r"|:(?=\S)|(?<=\S)#| (?=\S))*"
)
#: Words that YAML 1.1 reads as a truth value or as nothing.
_TYPED = frozenset({"yes", "no", "true", "false", "on", "off", "null"})
#: PyYAML writes very long lines and keys in another form.
_LONGEST, _LONGEST_KEY = 4_000, 100


def plain_yaml(fields: dict[str, Any]) -> str | None:
    """Return fields as lines of YAML, or None if a value is neither a plain scalar nor a list of plain scalars."""
    lines: list[str] = []
    for name, value in fields.items():
        if not _is_plain(name, _LONGEST_KEY):
            return None
        items = value if isinstance(value, list) else [value]
        texts = [_scalar(item) for item in items]
        if not texts or None in texts:
            return None
        if value is items:
            lines += [f"{name}:", *(f"- {text}" for text in texts)]
        else:
            lines.append(f"{name}: {texts[0]}")
    return "\n".join([*lines, ""]) if lines else None


def _scalar(value: Any) -> str | None:
    if isinstance(value, bool):
        return str(value).lower()
    if type(value) is int:
        return str(value)
    if type(value) is PlainScalar or (type(value) is str and _is_plain(value, _LONGEST)):
        return str(value)
    return None


def _is_plain(text: str, longest: int) -> bool:
    return (
        len(text) <= longest
        and _PLAIN.fullmatch(text) is not None
        and text.lower() not in _TYPED
        and (text.isascii() or max(text) <= "\uffff")
    )
