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
        "results": [_result(finding, names.index(finding.rule)) for finding in result.shown()],
    }
    yield json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1) + "\n"


def _result(finding: Finding, rule: int) -> dict[str, Any]:
    digest = blake2b(f"{finding.rule}\0{finding.file}\0{finding.message}".encode("utf-8", "replace"), digest_size=16)
    row: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": rule,
        "level": finding.severity,
        "message": {"text": f"{finding.message}\n{finding.diff}" if finding.diff else finding.message},
        "partialFingerprints": {"unwix/v1": digest.hexdigest()},
    }
    if finding.file is not None:
        place: dict[str, Any] = {"artifactLocation": {"uri": quote(finding.file.encode("utf-8", "replace"))}}
        if finding.line:
            place["region"] = {"startLine": finding.line}
        row["locations"] = [{"physicalLocation": place}]
    return row
