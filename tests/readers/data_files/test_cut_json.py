"""JSON whose end is missing: every beginning gives the members that are whole, and the text up to the cut."""

from __future__ import annotations

import json
from typing import Any

import pytest

from unwix.readers.data_files.cut_json import cut_json_value

VALUE = {"a": [{"text": 'fog, \\ [1: "é"', "n": 1.5, "type": "P, ["}, {"text": "b"}], "k": {"m": [1, None]}}


def is_beginning(value: Any, whole: Any) -> bool:
    """Return True if a value contains nothing that the whole one does not."""
    if isinstance(whole, dict):
        return isinstance(value, dict) and all(key in whole and is_beginning(value[key], whole[key]) for key in value)
    if isinstance(whole, list):
        return len(value) <= len(whole) and all(is_beginning(a, b) for a, b in zip(value, whole, strict=False))
    return value == whole or (isinstance(value, str) and whole.startswith(value))


@pytest.mark.parametrize("ascii_only", [True, False])
def test_every_cut_gives_a_beginning(ascii_only: bool) -> None:
    text = json.dumps(VALUE, ensure_ascii=ascii_only)
    sizes = []
    for end in range(len(text)):
        value = cut_json_value(text[:end])
        assert value is None or is_beginning(value, VALUE)
        sizes.append(len(json.dumps(value)) if value else 0)
    assert sizes == sorted(sizes)


@pytest.mark.parametrize("text", ["", "fog", '"fog', "[", "{}", '{"a": 1}', '{"a": 1} fog', "[1]]", '["fog, mist'])
def test_other_texts_are_not_cut_json(text: str) -> None:
    assert cut_json_value(text) is None
