"""Each signal about a line of a dump's head has its points, and each entry of the tables is used."""

import ast
import inspect

import pytest

from unwix.readers.text_dump.head import order, points


@pytest.mark.parametrize(
    ("module", "tables"),
    [(points, (points.TITLE, points.AUTHOR)), (order, (order.ABOVE, order.BELOW, order.WITHOUT_BYLINE))],
    ids=["points", "order"],
)
def test_each_signal_has_points(module, tables):
    yields = [node for node in ast.walk(ast.parse(inspect.getsource(module))) if isinstance(node, ast.Yield)]
    texts = [
        n.value for node in yields for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)
    ]
    assert sorted(set(texts)) == sorted({name for table in tables for name in table})
