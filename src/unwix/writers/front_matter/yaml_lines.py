"""Write fields as YAML with PyYAML, which decides where quotes are needed."""

from __future__ import annotations

import re
from typing import Any

import yaml


class PlainScalar(str):
    """An ISO date or time, which YAML writes as its own type."""

    __slots__ = ()


class QuotedScalar(str):
    """A string that readers of YAML 1.2 would take for a number."""

    __slots__ = ()


#: The C dumper is ten times as fast, but writes emoji as `\\U0001F600`; texts with such characters need the other one.
_FAST: type[Any] = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
#: Characters that YAML reads as line ends; they are written as escapes.
_ODD_LINE_ENDS = re.compile("[\r\x85\u2028\u2029\ufeff]")


class _FastDumper(_FAST):  # type: ignore[misc]  # chosen at run time
    """Writes dates as plain scalars, without quotes."""


class _WideDumper(yaml.SafeDumper):
    """Writes characters beyond the Basic Multilingual Plane without escapes."""


def _represent_plain(dumper: Any, value: PlainScalar) -> Any:
    return dumper.represent_scalar("tag:yaml.org,2002:timestamp", str(value))


def _represent_quoted(dumper: Any, value: QuotedScalar) -> Any:
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(value), style="'")


def _represent_text(dumper: Any, value: str) -> Any:
    odd = _ODD_LINE_ENDS.search(value)
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style='"' if odd else None)


for _dumper in (_FastDumper, _WideDumper):
    _dumper.add_representer(PlainScalar, _represent_plain)
    _dumper.add_representer(QuotedScalar, _represent_quoted)
    _dumper.add_representer(str, _represent_text)


def yaml_lines(fields: dict[str, Any]) -> str:
    """Return fields as lines of YAML; `{}` without fields."""
    wide = max(str(fields)) > "\uffff"
    text: str = yaml.dump(
        fields,
        Dumper=_WideDumper if wide else _FastDumper,
        allow_unicode=True,
        sort_keys=False,
        width=10_000,
        default_flow_style=False,
    )
    return text


def is_instant(text: str) -> bool:
    """Return whether YAML reads a text as a date or time."""
    try:
        return not isinstance(yaml.load(text, Loader=_LOADER), str)
    except (yaml.YAMLError, ValueError):
        return False
