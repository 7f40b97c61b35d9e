"""Front matter: a post's metadata as YAML, in the order of docs/front-matter.md."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import yaml

from ..post import Metadata

#: The C dumper is ten times as fast, but writes emoji as `\\U0001F600`; texts with such characters go to the other one.
_FAST: type[Any] = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Instant(str):
    """An ISO date or time, to be written as YAML's own."""

    __slots__ = ()


def _say_instant(dumper: Any, value: _Instant) -> Any:
    return dumper.represent_scalar("tag:yaml.org,2002:timestamp", str(value))


class _FastDumper(_FAST):  # type: ignore[misc]  # chosen at run time
    """Dates are plain scalars as the source has them."""


class _WideDumper(yaml.SafeDumper):
    """The same, for texts with characters beyond the Basic Multilingual Plane."""


def _say_text(dumper: Any, value: str) -> Any:
    # YAML takes more characters for line ends than a line of text does; as escapes they come back.
    odd = _ODD_LINE_ENDS.search(value)
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style='"' if odd else None)


_ODD_LINE_ENDS = re.compile("[\r\x85\u2028\u2029\ufeff]")
for _dumper in (_FastDumper, _WideDumper):
    _dumper.add_representer(_Instant, _say_instant)
    _dumper.add_representer(str, _say_text)
_DATES = ("date", "updated")


def front_matter(metadata: Metadata) -> str:
    """The metadata between two lines of `---`; unknown fields are left out, and with none there stands `{}`."""
    known = metadata.as_dict()
    for name in _DATES:
        if name in known and _is_yaml_instant(known[name]):
            known[name] = _Instant(known[name])
    wide = max(str(known)) > "\uffff"
    text = yaml.dump(
        known,
        Dumper=_WideDumper if wide else _FastDumper,
        allow_unicode=True,
        sort_keys=False,
        width=10_000,
        default_flow_style=False,
    )
    return f"---\n{text}---\n"


def _is_yaml_instant(text: str) -> bool:
    """Whether YAML reads the text back as a date or time."""
    try:
        return not isinstance(yaml.load(text, Loader=_LOADER), str) and datetime.fromisoformat(text) is not None
    except (yaml.YAMLError, ValueError):
        return False
