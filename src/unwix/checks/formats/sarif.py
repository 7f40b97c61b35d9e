"""SARIF 2.1.0 (OASIS) for code scanning, with the descriptions of all rules."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import blake2b
from typing import Any
from urllib.parse import quote

from ..findings import Finding
from ..rules.table import RULES
from .result import Result

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

_HELP = "{}. Switch the rule off in unwix.toml ([check] off) or in a post with <!-- unwix-check: off {} -->."


def render(result: Result) -> Iterator[str]:
    """Yield the log."""
    names = [*RULES]
    rules = [
        {
            "id": name,
            "shortDescription": {"text": rule.reason},
            "help": {"text": _HELP.format(rule.reason, name)},
            "defaultConfiguration": {"level": rule.severity},
        }
        for name, rule in RULES.items()
    ]
    run = {
        "tool": {"driver": {"name": "unwix", "version": result.version, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True, "startTimeUtc": f"{result.started:%Y-%m-%dT%H:%M:%SZ}"}],
        "results": [_result(found, names.index(found.rule)) for found in result.shown()],
    }
    yield json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1) + "\n"


def _result(found: Finding, rule: int) -> dict[str, Any]:
    digest = blake2b(f"{found.rule}\0{found.file}\0{found.message}".encode("utf-8", "replace"), digest_size=16)
    row: dict[str, Any] = {
        "ruleId": found.rule,
        "ruleIndex": rule,
        "level": found.severity,
        "message": {"text": f"{found.message}\n{found.diff}" if found.diff else found.message},
        "partialFingerprints": {"unwix/v1": digest.hexdigest()},
    }
    if found.file is not None:
        place: dict[str, Any] = {"artifactLocation": {"uri": quote(found.file.encode("utf-8", "replace"))}}
        if found.line:
            place["region"] = {"startLine": found.line}
        row["locations"] = [{"physicalLocation": place}]
    return row
