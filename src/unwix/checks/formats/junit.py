"""JUnit XML for CI systems that show test results: one test case per post, valid for the schemas of Jenkins and Ant."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from ...web.text_cleaning import xml_text
from ..findings import Finding
from .result import Result

_ALL = "the output as a whole"


def render(result: Result) -> Iterator[str]:
    """Yield the document piece by piece."""
    cases: dict[str, list[Finding]] = {name: [] for name in result.checked}
    for finding in result.findings:
        cases.setdefault(finding.file or _ALL, []).append(finding)
    failed = sum(any(finding.severity == "error" for finding in findings) for findings in cases.values())
    time = f"{result.seconds:.3f}"
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<testsuites>\n<testsuite id="0" package="unwix" name="unwix check" hostname="localhost"'
    yield f' tests="{len(cases)}" failures="{failed}" errors="0" time="{time}"'
    yield f' timestamp="{result.started:%Y-%m-%dT%H:%M:%S}">\n<properties>'
    yield f'<property name="version" value={_attribute(result.version)}/></properties>\n'
    for name, findings in cases.items():
        yield from _case(name, findings)
    others = "\n".join(_line(finding) for finding in result.shown() if finding.severity != "error")
    yield f"<system-out>{_text(others)}</system-out>\n<system-err></system-err>\n</testsuite>\n</testsuites>\n"


def _case(name: str, findings: list[Finding]) -> Iterator[str]:
    errors = [finding for finding in findings if finding.severity == "error"]
    yield f'<testcase classname="unwix.check" name={_attribute(name)} time="0"'
    if not errors:
        yield "/>\n"
        return
    details = "\n".join(_line(finding) + (f"\n{finding.diff}" if finding.diff else "") for finding in errors)
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    yield f"><failure type={_attribute(errors[0].rule)} message={_attribute(errors[0].message + more)}>"
    yield f"{_text(details)}</failure></testcase>\n"


def _line(finding: Finding) -> str:
    return f"{finding.place()}: {finding.severity}: {finding.message} [{finding.rule}]"


def _text(value: str) -> str:
    return escape(xml_text(value))


def _attribute(value: str) -> str:
    return quoteattr(xml_text(value))
