"""Write a post's fields as YAML, TOML or `Key: value` lines, in the order of docs/front-matter.md."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from ...model.post import Metadata
from ..target import Target
from ..targets import DEFAULT, TARGETS
from .fields import NO_CHANGES, Changes, Moment, fields_of
from .yaml_lines import PlainScalar, QuotedScalar, is_instant, yaml_lines

#: A date or time in the form of most sources, which YAML reads as such.
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:T[0-2]\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)?)?", re.A)
#: Numbers of YAML 1.2 that PyYAML, which implements 1.1, writes without quotes: js-yaml and Go would read `1e3` as
#: 1000.
_NUMBER_OF_1_2 = re.compile(r"[-+]?(?:0o[0-7]+|0x[0-9a-fA-F]+|(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?)")


def front_matter(
    metadata: Metadata,
    target: Target = TARGETS[DEFAULT],
    *,
    url: str | None = None,
    changes: Changes = NO_CHANGES,
) -> str:
    """Return the metadata in the form of a target, without unknown fields; if all are unknown, YAML has `{}`.

    `url` is the post's URL on the new site, for targets that have a field for it; `changes` are the user's.
    """
    front = target.front
    known = fields_of(metadata, front, url, changes)
    if front.format == "toml":
        return _toml(known)
    if front.format == "meta":
        return _meta(known)
    return f"---\n{yaml_lines(_as_yaml(known, plain=target.flavor.is_plain))}---\n"


def _as_yaml(value: Any, plain: bool) -> Any:
    if isinstance(value, dict):
        return {name: _as_yaml(inner, plain) for name, inner in value.items()}
    if isinstance(value, list):
        return [_as_yaml(inner, plain) for inner in value]
    if type(value) is Moment and _is_yaml_instant(str(value)):
        return PlainScalar(value)
    if isinstance(value, str):
        return QuotedScalar(value) if not plain and _NUMBER_OF_1_2.fullmatch(value) else str(value)
    return value


def _is_yaml_instant(text: str) -> bool:
    """Return whether YAML reads a text as a date or time."""
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return _ISO.fullmatch(text) is not None or is_instant(text)


def _toml(known: dict[str, Any]) -> str:
    import tomli_w  # only posts for Zola need it

    return f"+++\n{tomli_w.dumps(_as_toml(known))}+++\n"


def _as_toml(value: Any) -> Any:
    if isinstance(value, dict):
        table = {name: _as_toml(inner) for name, inner in value.items()}
        # In TOML a table ends the fields above it, so tables are written last.
        return dict(sorted(table.items(), key=lambda item: isinstance(item[1], dict)))
    if isinstance(value, list):
        return [_as_toml(inner) for inner in value]
    if type(value) is Moment:
        try:
            return date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)
        except ValueError:
            return str(value)
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()  # TOML has no lone surrogates
    return value


#: HTML reads these references without their semicolon, which would separate values.
_ENTITY = re.compile("&(amp|lt|gt);")


def _meta(known: dict[str, Any]) -> str:
    """Return `Key: value` lines. Values of a list are separated by `;`, so that Pelican reads a comma as text."""
    lines = []
    for name, value in known.items():
        key = name[:1].upper() + name[1:]
        if isinstance(value, list):
            values = [_ENTITY.sub(r"&\1", _one_line(inner)).replace(";", ",") for inner in value]
            text = "; ".join(values) + (";" if len(values) == 1 and "," in values[0] else "")
        else:
            text = _one_line(value)
        lines.append(f"{key}: {text}")
    return "\n".join([*lines, ""]) if lines else ""


def _one_line(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return " ".join(re.sub(r"[\x00-\x1f\x7f\x85\u2028\u2029]", " ", str(value)).split())
