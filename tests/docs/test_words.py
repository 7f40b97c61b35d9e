"""Words that public text and names avoid, because readers know other words for these things."""

from __future__ import annotations

import ast
import io
import json
import re
import tokenize
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import unwix
from support.paths import ROOT_DIR
from support.terminal import run
from unwix.checks.rules.table import RULES
from unwix.cli.main import COMMANDS
from unwix.model.problems import KINDS

SOURCE_DIR = Path(unwix.__file__).parent
MODULES = sorted(SOURCE_DIR.rglob("*.py"))
DOCUMENTS = [ROOT_DIR / "README.md", ROOT_DIR / "CONTRIBUTING.md", *sorted((ROOT_DIR / "docs").rglob("*.md"))]

#: Words in text that people read, and what to write instead.
AVOIDED = {
    r"pictures?": "image",
    r"films?": "video",
    r"tell|tells|told": "report, detect, state",
    r"mend(?:s|ed|ing)?": "fix",
    r"beside": "next to",
    r"could not be had|can be had|be had": "could not be downloaded, is available",
    r"no posts? (?:is|are|can)\b|is no post|are no posts": "is not a blog post",
    r"stood here": "name the missing thing",
    r"carr(?:y|ies) no|does not carry": "does not contain",
    r"held against": "compared with",
    r"goes on where": "resumes",
    r"chrome catalogue": "interface texts",
    r"slip of the pen": "misspelling",
    r"what became of": "the result of",
    # Only mail, postal, IP and private network addresses are addresses; a page has a URL.
    r"(?<!mail )(?<!postal )(?<!IP )(?<!IPv4 )(?<!email )(?<!email-)(?<!that )address(?:es)?": "URL",
}
#: Wix's own text, names of other programs' options, and code are quoted as they are.
QUOTED = re.compile(r"```.*?```|`[^`\n]*`|“[^”]*”|\"[^\"\n]*\"", re.S)
#: Parts of names (split at underscores) that state grammar instead of the thing, or use another word for it.
AVOIDED_IN_NAMES = frozenset(
    "picture pictures film films told tells said says gaps witness witnesses tally mended carried".split()
)

#: Names of variables that state grammar: what was found, wanted or made has a name of its own.
GRAMMAR = frozenset("said told says tells wanted given held lacking made asked gone".split())
#: The same for functions.
GRAMMAR_OF_FUNCTIONS = GRAMMAR | frozenset("there found called also sees goes_on olds silent hand_on".split())
TESTS = [path for path in sorted((ROOT_DIR / "tests").rglob("*.py")) if "node_modules" not in path.parts]


def faults(text: str) -> list[str]:
    """Return each avoided word in a text, with the word to use instead."""
    return [
        f"{match[0]!r}: {instead}"
        for pattern, instead in AVOIDED.items()
        for match in re.finditer(rf"\b(?:{pattern})\b", text, re.I)
    ]


def descriptions(schema: object) -> Iterator[str]:
    """Yield all descriptions in a JSON Schema."""
    if isinstance(schema, dict):
        if isinstance(text := schema.get("description"), str):
            yield text
        for value in schema.values():
            yield from descriptions(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from descriptions(value)


def strings(value: object) -> Iterator[str]:
    """Yield all strings in nested tables and lists."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for entry in value.values() if isinstance(value, dict) else value:
            yield from strings(entry)


def test_avoided_words_are_found() -> None:
    assert faults("the picture could not be had and the file is told") != []
    assert faults("The image could not be downloaded.") == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT_DIR).as_posix())
def test_documents_use_standard_words(path: Path) -> None:
    assert faults(QUOTED.sub("", path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("name", list(COMMANDS))
def test_help_uses_standard_words(name: str) -> None:
    assert faults(run(name, "--help").out) == []


def test_tables_of_problems_and_rules_use_standard_words() -> None:
    assert [fault for _, meaning in KINDS.values() for fault in faults(meaning)] == []
    assert [fault for rule in RULES.values() for fault in faults(rule.reason)] == []


@pytest.mark.parametrize("path", sorted(SOURCE_DIR.rglob("*.schema.json")), ids=lambda path: path.name)
def test_schemas_use_standard_words(path: Path) -> None:
    assert faults("\n".join(descriptions(json.loads(path.read_text(encoding="utf-8"))))) == []


def test_explanations_use_standard_words() -> None:
    explanations = tomllib.loads((SOURCE_DIR / "diagnose/explanations.toml").read_text(encoding="utf-8"))
    texts = [text for entries in explanations.values() for text in strings(entries)]
    assert len(texts) > 50
    assert [fault for text in texts for fault in faults(QUOTED.sub("", text))] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SOURCE_DIR).as_posix())
def test_messages_docstrings_and_comments_use_standard_words(path: Path) -> None:
    if path.name == "tags.py":
        return  # names of elements
    source = path.read_text(encoding="utf-8")
    texts = [
        node.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value
    ]
    comments = [
        token.string
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.COMMENT
    ]
    assert [fault for text in texts + comments for fault in faults(QUOTED.sub("", text))] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SOURCE_DIR).as_posix())
def test_names_use_standard_words(path: Path) -> None:
    names = {
        token.string
        for token in tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline)
        if token.type == tokenize.NAME
    }
    avoided = {name for name in names if {*name.lower().strip("_").split("_")} & AVOIDED_IN_NAMES}
    # The element, and the module that a library calls so.
    assert avoided - {"picture"} == set() if path.name == "tags.py" else avoided == set()


def variables(path: Path) -> set[str]:
    """Return the names of the variables and parameters of all functions in a module."""
    functions = [
        node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.FunctionDef)
    ]
    nodes = [inner for function in functions for inner in ast.walk(function)]
    return {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)} | {
        node.arg for node in nodes if isinstance(node, ast.arg)
    }


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SOURCE_DIR).as_posix())
def test_variables_state_things(path: Path) -> None:
    assert variables(path) & GRAMMAR == set()


def test_variables_of_tests_state_things() -> None:
    """Older tests use `asked` and `made`."""
    avoided = GRAMMAR - {"asked", "made"}
    assert {path.name: names for path in TESTS if (names := variables(path) & avoided)} == {}


#: What a function's docstring begins with. Add a verb that is missing.
VERBS = frozenset(
    """
    Account Add Advance Align Allow Answer Append Apply Ask Assert Assign Attach Begin Build Calculate Call Cancel Check Choose
    Clean Clear Close Collapse Collect Compare Compute Continue Convert Copy Count Create Cut Decide Declare Decode
    Decompress Define Delete Derive Describe Detect Determine Discard Divide Do Download Drop Encode End Ensure Enter
    Escape Estimate Examine Exclude Execute Expand Explain Export Expose Extend Extract Fail Fetch Fill Filter Find Finish
    Flush Fold Follow Forget Format Free Generate Get Give Go Group Guess Handle Hash Hold Identify Ignore Import
    Include Indent Infer Initialize Insert Inspect Install Iterate Join Keep Label Learn Let Limit Link List Listen Load Locate
    Lock Log Look Lower Make Map Mark Match Measure Merge Move Name Normalize Note Number Open Order Pad Parse Pass
    Pick Place Plan Prepare Print Process Propose Provide Prune Pull Put Quote Raise Rank Read Rebuild Receive Recognize
    Record Redirect Reduce Refuse Register Reject Release Remember Remove Rename Render Repair Repeat Replace Report Request
    Reset Resolve Restore Resume Return Reuse Rewrite Round Run Sanitize Save Say Scan Score Search Select Send Separate
    Serialize Serve Set Shorten Show Skip Sort Split Start State Stop Store Strip Suggest Sum Summarize Take Test
    Trim Truncate Try Turn Undo Unescape Unpack Unwrap Update Use Validate Verify Wait Walk Warn Watch Wrap Write Yield
    """.split()
)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SOURCE_DIR).as_posix())
def test_docstrings_of_functions_begin_with_a_verb(path: Path) -> None:
    """Properties are exempt: they name a value."""
    wrong = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or not (text := ast.get_docstring(node)):
            continue
        is_property = any("property" in ast.unparse(decorator) for decorator in node.decorator_list)
        names_parameter = node.name == "__init__" and text.startswith("`")
        if not is_property and not names_parameter and text.split()[0].strip(".,:;") not in VERBS:
            wrong.append(f"line {node.lineno}: {text.splitlines()[0]}")
    assert wrong == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SOURCE_DIR).as_posix())
def test_names_of_functions_state_the_thing(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {node.name.strip("_") for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    assert names & GRAMMAR_OF_FUNCTIONS == set()
