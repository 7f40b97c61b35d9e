"""Read report.json back for commands that work on an output. The file may have been edited or damaged."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import NoneType
from typing import Any, TypedDict

from ..model.errors import OutputError
from ..model.report_rows import LinksRow
from .output_folder import REPORT

_TEXT, _TEXT_OR_NULL = (str,), (str, NoneType)
#: The types of the fields of a post; the first ones are required.
_REQUIRED: dict[str, tuple[type, ...]] = {
    "source": _TEXT,
    "output": _TEXT_OR_NULL,
    "file": _TEXT,
    "problems": (list,),
}
_OPTIONAL: dict[str, tuple[type, ...]] = {
    "url": _TEXT_OR_NULL,
    "title": _TEXT_OR_NULL,
    "result": _TEXT_OR_NULL,
    "reader": _TEXT_OR_NULL,
    "fidelity": (dict, NoneType),
    "ledger": (dict, NoneType),
    "removed": (list,),
    "merged_from": (dict,),
    "sidecar": _TEXT,
    "comments": _TEXT,
    "slug": _TEXT,
    "date": _TEXT,
    "language": _TEXT,
    "draft": (bool,),
}
_TEXT_LISTS = ("duplicates", "detected_by", "other_urls", "authors", "categories", "tags")
_LINK_MAPS = ("sites", "lists", "aliases")


class ReportFile(TypedDict):
    """The parts of report.json that commands use."""

    unwix: str
    posts: list[dict[str, Any]]
    """The rows (`rows.PostRow`); optional fields may be missing."""
    skipped: list[dict[str, Any]]
    links: LinksRow


def read_report(output: Path) -> ReportFile:
    """Return the report of an output. Raises OutputError if there is none, or if unwix did not write it."""
    data, _raw = load_report(output / REPORT, no_report(output))
    return {
        "unwix": str(data.get("unwix", "")),
        "posts": data["posts"],
        "skipped": data.get("skipped") or [],
        "links": LinksRow.read(data.get("links") or {}),
    }


def load_report(path: Path, missing: OutputError) -> tuple[dict[str, Any], bytes]:
    """Return the content of a report.json, and its bytes. Raises `missing` without a file, OutputError for others."""
    try:
        raw = path.read_bytes()
        data = json.loads(raw)
    except FileNotFoundError:
        raise missing from None
    except (OSError, ValueError, RecursionError):
        raise OutputError(f"{path} cannot be read. Convert again to rewrite it.") from None
    if (fault := _fault(data)) is not None:
        raise OutputError(f"{path} is not a report of unwix: {fault}. Convert again to rewrite it.")
    return data, raw


def totals_of(read: Callable[[], bytes]) -> dict[str, int]:
    """Return the totals of a report.json, local or remote; empty if there is none that can be read."""
    try:
        return {str(name): int(number) for name, number in json.loads(read())["summary"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def no_report(output: Path) -> OutputError:
    """Return the error for a directory that unwix did not write, perhaps that of the sources."""
    if not output.exists():
        return OutputError(f"{output} does not exist. Give the directory that unwix convert has written (-o).")
    return OutputError(
        f"{output} is not an output of unwix: it has no {REPORT}. "
        "Give the directory that unwix convert has written (-o)."
    )


def refuse_foreign_file(path: Path) -> None:
    """Raise OutputError if a file that a run would replace was not written by unwix: report.json or media.json."""
    if path.is_symlink() or not path.is_file():
        return
    try:
        data = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        data = None
    if not isinstance(data, dict) or "unwix" not in data:
        raise OutputError(f"{path} was not written by unwix and would be replaced. Move it, or choose another -o.")


def _fault(content: Any) -> str | None:
    """Return what is wrong with the structure of a report, or None."""
    if not isinstance(content, dict) or not isinstance(content.get("posts"), list):
        return "it has no list of posts"
    for number, row in enumerate(content["posts"], 1):
        if (field := _wrong_field(row)) is not None:
            return f"post {number} has no valid {field}"
    skipped = content.get("skipped") or []
    if not isinstance(skipped, list) or not all(_has_texts(row, ("source", "kind", "detail")) for row in skipped):
        return "skipped is not a list of rows"
    links = content.get("links") or {}
    if not isinstance(links, dict) or not all(_is_text_map(links.get(name) or {}) for name in _LINK_MAPS):
        return "links are not valid"
    return None


def _wrong_field(row: Any) -> str | None:
    if not isinstance(row, dict):
        return "fields"
    for name, types in _REQUIRED.items():
        if name not in row or not isinstance(row[name], types):
            return name
    for name, types in _OPTIONAL.items():
        if name in row and not isinstance(row[name], types):
            return name
    valid = {
        "problems": all(_has_texts(one, ("kind", "where", "detail")) for one in row["problems"]),
        "fidelity": all(_is_pair(pair) for pair in (row.get("fidelity") or {}).values()),
        "ledger": all(isinstance(number, int | list) for number in (row.get("ledger") or {}).values()),
        "removed": all(_has_texts(one, ("rule", "text")) for one in row.get("removed") or []),
        "merged_from": _is_text_map(row.get("merged_from") or {}),
    }
    if not all(valid.values()):
        return next(name for name, is_valid in valid.items() if not is_valid)
    return next((name for name in _TEXT_LISTS if name in row and not _is_text_list(row[name])), None)


def _has_texts(row: Any, fields: tuple[str, ...]) -> bool:
    return isinstance(row, dict) and all(isinstance(row.get(name), str) for name in fields)


def _is_pair(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(type(number) is int for number in value)


def _is_text_list(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _is_text_map(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(one, str) for one in value.values())
