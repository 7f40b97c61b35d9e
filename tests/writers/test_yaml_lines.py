"""Front matter in YAML reads back as the fields that were written, for readers of YAML 1.1 and 1.2."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from unwix.writers.front_matter.yaml_lines import PlainScalar, QuotedScalar, yaml_lines

_WORDS = st.sampled_from(
    "yes No TRUE on off null Null ~ = << a: b :c #d e# - -- --- ... ? 1 1e3 0x1F 12:30 .inf a,b [c] {d} &e *f !g | > % @ ` ' \" \\ "
    "Öl möhren käse 茶 は한 עברית हिन्दी ไทย 😀 “q” – … https://www.example.com/post/a-b?c=d#e 2024-01-05".split()
)
_TEXTS = (
    st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=30)
    | st.lists(_WORDS, max_size=6).map(" ".join)
    | st.text("ab:# -?,[]{}'\"&*!|>%@`\n\t\xa0\u2028\u00ad\ufeff", max_size=12)
)
_INSTANTS = st.datetimes().map(lambda moment: PlainScalar(moment.isoformat()))
_SCALARS = (
    _TEXTS | st.booleans() | st.integers() | _INSTANTS | st.from_regex(r"[0-9]{1,3}", fullmatch=True).map(QuotedScalar)
)


@given(st.dictionaries(_TEXTS.filter(bool), _SCALARS | st.lists(_SCALARS, max_size=3), max_size=4))
@example({"title": "A kiln: what it costs"})
@example({"title": "x" * 5000})
@example({"title": "😀: #"})
@example({"tags": []})
@example({})
def test_yaml_reads_back(fields: dict[str, Any]) -> None:
    read = yaml.safe_load(yaml_lines(fields))
    assert {name: _as_written(value) for name, value in read.items()} == fields


def _as_written(value: Any) -> Any:
    if isinstance(value, list):
        return [_as_written(item) for item in value]
    return value.isoformat() if isinstance(value, datetime) else value


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("A clay oven", "title: A clay oven\n"),
        ("Was? Nein!", "title: Was? Nein!\n"),
        ("https://www.example.com/post/kiln", "title: https://www.example.com/post/kiln\n"),
        ("茶とお菓子", "title: 茶とお菓子\n"),
        ("😀", "title: 😀\n"),
        ("yes", "title: 'yes'\n"),
        ("A: b", "title: 'A: b'\n"),
        (QuotedScalar("1e3"), "title: '1e3'\n"),
        (PlainScalar("2024-01-05"), "title: 2024-01-05\n"),
        (3, "title: 3\n"),
        (True, "title: true\n"),
    ],
)
def test_only_values_that_need_quotes_have_them(value: Any, line: str) -> None:
    assert yaml_lines({"title": value}) == line
