"""Test the file for WordPress's plugin Redirection: its documented structure, and its regular expressions in PHP."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from support.documented_imports import REDIRECTION
from support.paths import ROOT_DIR
from support.programs import program
from support.terminal import run


@pytest.fixture(scope="module")
def redirects(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    out = tmp_path_factory.mktemp("wordpress")
    assert run("convert", ROOT_DIR / "samples", "-o", out, "--to", "wordpress", "-j", 0, "-q").code in (0, 1)
    assert run("redirects", out, "--for", "wordpress", "--verify").code == 0
    found: dict[str, Any] = json.loads((out / "redirects/redirection.json").read_text(encoding="utf-8"))
    return found


def test_the_file_has_the_documented_structure(redirects: dict[str, Any]) -> None:
    jsonschema.validate(redirects, REDIRECTION)
    assert {row["group_id"] for row in redirects["redirects"]} == {group["id"] for group in redirects["groups"]}
    assert len(redirects["redirects"]) > 100
    for row in redirects["redirects"]:
        assert row["regex"] == row["match_data"]["source"]["flag_regex"] == row["url"].startswith("^")


@pytest.mark.tools
def test_regular_expressions_match_the_same_in_php(redirects: dict[str, Any], tmp_path: Path) -> None:
    """The plugin puts `@` around an expression."""
    expressions = [row["url"] for row in redirects["redirects"] if row["regex"]]
    assert expressions
    (tmp_path / "a.json").write_text(json.dumps(expressions), encoding="utf-8")
    script = r"""
        $out = [];
        foreach (json_decode(file_get_contents($argv[1])) as $text) {
            $path = stripcslashes(rtrim(ltrim($text, '^'), '.'));
            $known = '@' . str_replace('@', '\\@', $text) . '@';
            $out[] = [preg_match($known, $path . '2'), preg_match($known, $path), preg_match($known, "/x$path" . '2')];
        }
        echo json_encode($out);
    """
    result = subprocess.run(
        [program("php"), "-r", script, "--", str(tmp_path / "a.json")], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout) == [[1, 0, 0]] * len(expressions), expressions
