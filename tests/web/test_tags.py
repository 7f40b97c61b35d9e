"""Test that sets of tag names are written in one place."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import unwix
from unwix.model.article import HEADINGS
from unwix.web import tags

PACKAGE = Path(unwix.__file__).parent
TABLES = {"web/tags.py", "model/article.py"}
#: The list of safe elements for nh3 is written out.
FILES = sorted(
    path
    for path in PACKAGE.rglob("*.py")
    if path.relative_to(PACKAGE).as_posix() not in TABLES and "import nh3" not in path.read_text(encoding="utf-8")
)
NAMED = {name: value for name, value in vars(tags).items() if isinstance(value, frozenset)} | {
    "HEADINGS": frozenset(HEADINGS)
}


def written_names(module: ast.Module) -> Iterator[tuple[int, frozenset[str]]]:
    """Yield the texts of each set, tuple and list that a module writes out, and of each text that it splits."""
    for node in ast.walk(module):
        if isinstance(node, ast.Set | ast.Tuple | ast.List):
            values = [entry.value for entry in node.elts if isinstance(entry, ast.Constant)]
            yield node.lineno, frozenset(value for value in values if isinstance(value, str))
        elif isinstance(node, ast.Attribute) and node.attr == "split" and isinstance(node.value, ast.Constant):
            yield node.lineno, frozenset(str(node.value.value).split())


def test_a_named_set_of_tags_is_not_written_out_again() -> None:
    repeated = [
        f"{path.relative_to(PACKAGE).as_posix()}:{line} has {name}"
        for path in FILES
        for line, names in written_names(ast.parse(path.read_text(encoding="utf-8")))
        for name, named in NAMED.items()
        if named <= names
    ]
    assert repeated == []


def test_marks_are_named_by_the_element_that_articles_use() -> None:
    assert {tags.MARKS[tag] for tag in tags.MARK_TAGS} == set(tags.MARKS.values())
    assert all(tags.MARK_TAGS[mark] == mark for mark in tags.MARK_TAGS.values())
