"""Validate every report.json and media.json that a test writes against its schema."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from unwix.schema import schema

_NAMES = {"report.json": "report", "media.json": "media"}


@cache
def _validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(schema(name))


def faults(folder: Path) -> Iterator[str]:
    """Yield a sentence for each output file below a directory that does not fit its schema."""
    for file, name in _NAMES.items():
        for path in folder.rglob(file):
            found = _read(path)
            if not isinstance(found, dict) or "unwix" not in found or (name == "report" and "schema" not in found):
                continue  # written by a test
            for error in _validator(name).iter_errors(found):
                yield f"{path}: {'/'.join(map(str, error.absolute_path))}: {error.message[:300]}"


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
