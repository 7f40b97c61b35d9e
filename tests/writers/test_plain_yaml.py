"""Front matter that needs no quotes is written without PyYAML, and exactly as PyYAML writes it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from unwix.writers.front_matter.plain_yaml import PlainScalar, QuotedScalar, plain_yaml
from unwix.writers.front_matter.quoted_yaml import quoted_yaml

_WORDS = st.sampled_from(
    "yes No TRUE on off null Null ~ = << a: b :c #d e# - -- --- ... ? 1 1e3 0x1F 12:30 .inf a,b [c] {d} &e *f !g | > % @ ` ' \" \\ "
    "Öl möhren käse 茶 は한 עברית हिन्दी ไทย 😀 “q” – … https://www.example.com/post/a-b?c=d#e 2024-01-05".split()
)
_TEXTS = (
    st.text(max_size=30)
    | st.lists(_WORDS, max_size=6).map(" ".join)
    | st.text("ab:# -?,[]{}'\"&*!|>%@`\n\t\xa0\u2028\u00ad\ufeff", max_size=12)
)
_INSTANTS = st.datetimes().map(lambda moment: PlainScalar(moment.isoformat()))
_SCALARS = (
    _TEXTS | st.booleans() | st.integers() | _INSTANTS | st.from_regex(r"[0-9]{1,3}", fullmatch=True).map(QuotedScalar)
)
_FIELDS = st.dictionaries(_TEXTS, _SCALARS | st.lists(_SCALARS, max_size=3), max_size=4)


@given(_FIELDS)
@example({"title": "A kiln: what it costs"})
@example({"title": "x" * 5000})
@example({"tags": []})
@example({})
def test_plain_yaml_is_what_pyyaml_writes(fields: dict[str, Any]) -> None:
    assert plain_yaml(fields) in (None, quoted_yaml(fields))


@given(st.dictionaries(st.text("abc", min_size=1), _SCALARS, max_size=4))
def test_plain_yaml_reads_back(fields: dict[str, Any]) -> None:
    text = plain_yaml(fields)
    if text is not None:
        assert {name: _known(value) for name, value in yaml.safe_load(text).items()} == fields


def _known(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


@pytest.mark.parametrize(
    "value",
    ["A clay oven", "Möhren säen im März", "Was? Nein!", "https://www.example.com/post/kiln", "茶とお菓子", 3, True],
)
def test_usual_values_need_no_pyyaml(value: Any) -> None:
    assert plain_yaml({"title": value}) == quoted_yaml({"title": value})


@pytest.mark.parametrize(
    "value", ["yes", "Null", "A: b", "a # b", "- a", "1e3", " a", "a ", "a\nb", "😀", "", {}, {"a": "b"}, None, 1.5]
)
def test_values_that_need_quotes_are_left_to_pyyaml(value: Any) -> None:
    assert plain_yaml({"title": value}) is None
