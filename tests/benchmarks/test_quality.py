"""Test the comparison in the README: the measures of `benchmarks/quality.py` for a few posts."""

from __future__ import annotations

import sys

import pytest

from support.paths import ROOT_DIR


@pytest.fixture(scope="module")
def table() -> dict[str, dict[str, float]]:
    sys.path.insert(0, str(ROOT_DIR / "benchmarks"))
    try:
        import quality
    finally:
        sys.path.remove(str(ROOT_DIR / "benchmarks"))
    return quality.measure(posts_per_era=4, seed=2, only=("unwix", "selector script (bs4 + markdownify)"))


def test_unwix_converts_pages_of_every_era_without_loss(table: dict[str, dict[str, float]]) -> None:
    assert {name: value for name, value in table["unwix"].items() if value < 0.9999} == {}


def test_quality_measures_detect_loss(table: dict[str, dict[str, float]]) -> None:
    (script,) = (row for name, row in table.items() if name != "unwix")
    assert script["words"] > 0.9
    assert script["images"] < 0.9
    assert script["metadata"] == 0
    assert script["all right"] == 0
