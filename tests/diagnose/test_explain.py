"""Test that `unwix explain` and docs/problems.md have an entry for every kind of problem, skipped input and rule."""

from __future__ import annotations

import os
import tomllib
from importlib.resources import files

import pytest

from support.paths import ROOT_DIR
from support.terminal import run
from unwix.checks.rules.table import RULES
from unwix.diagnose.explain import as_document, explanations
from unwix.model.problems import KINDS
from unwix.model.skipped import SKIP_KINDS

DOC = ROOT_DIR / "docs/problems.md"


def test_every_kind_and_rule_is_explained_and_nothing_else() -> None:
    texts = tomllib.loads((files("unwix.diagnose") / "explanations.toml").read_text(encoding="utf-8"))
    assert (set(texts["problem"]), set(texts["skip"]), set(texts["rule"])) == (set(KINDS), set(SKIP_KINDS), set(RULES))
    assert all(one.example and one.fix.endswith((".", "`", ")")) for one in explanations())


def test_a_name_is_explained() -> None:
    result = run("explain", "gallery-missing")
    assert result.code == 0
    assert result.out.startswith("gallery-missing (problem of a post, warning)\n  Meaning     ")
    assert "What to do" in result.out
    # A problem and a rule may have the same name: both are explained.
    assert run("explain", "body-empty").out.count("What to do") == 2


def test_all_names_are_listed() -> None:
    out = run("explain").out
    assert all(f"  {name} " in out for name in [*KINDS, *SKIP_KINDS, *RULES])


def test_a_similar_name_is_suggested() -> None:
    result = run("explain", "galery-missing")
    assert (result.code, "Did you mean “gallery-missing”?" in result.err) == (2, True)
    assert "Run `unwix explain` for the list." in run("explain", "xyz").err


def test_the_document_is_up_to_date() -> None:
    if os.environ.get("UPDATE_EXPECTED"):
        DOC.write_text(as_document(), encoding="utf-8")
        pytest.fail("docs/problems.md was rewritten: read the difference, then run again without UPDATE_EXPECTED")
    assert DOC.read_text(encoding="utf-8") == as_document(), "make expected rewrites it"
