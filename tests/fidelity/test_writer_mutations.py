"""Test the fidelity check with single functions of the Markdown writer and of Portable Text that are damaged.

The rendered HTML, not the facts under test, decides whether a damaged function changes the text.
"""

from __future__ import annotations

import inspect
import json
import re
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import pytest

from support.mutation_page import PAGE
from unwix import readers
from unwix.fidelity.compare import compare
from unwix.fidelity.markdown import markdown_facts
from unwix.model.page import Page
from unwix.model.post import Post
from unwix.run.write_post import Options, write
from unwix.web import cmark
from unwix.writers.markdown.escaping import EscapingWriter
from unwix.writers.markdown.writer import write_markdown


def _post() -> Post:
    (post,) = readers.read(Page("x", data=PAGE))
    return post


_MODULES = ("article_walk", "backslashes", "code", "escaping", "link_destination", "lists", "marks", "tables", "writer")
#: Functions whose result is not text of the post: ids, spellings that the escaping writer tries and checks itself.
_CHECKED_BY_THE_WRITER = frozenset(
    {"escape_all", "escape_risky", "_escape_one", "without_needless", "keep", "write_markdown"}
)
_PACKAGE = "unwix.writers.markdown"
#: White space and ids do not show, and the first row of a table is its head or not.
_UNSEEN = re.compile(r'\s+|<!--.*?-->|\sid="[^"]*"|</?t(?:head|body|h|d)>', re.S)


def _functions(names: tuple[str, ...], package: str) -> Iterator[tuple[str, str]]:
    for name in names:
        module = import_module(f"{package}.{name}")
        for found, function in vars(module).items():
            is_own = inspect.isfunction(function) and function.__module__ == module.__name__
            if is_own and re.search(r"str|list|Run", str(function.__annotations__.get("return"))):
                yield name, found


def _first_lost(value: Any) -> Any:
    """Return a result without its first word, or without its last part."""
    if isinstance(value, str):
        return re.sub(r"\w+", "", value, count=1)
    return type(value)(list(value)[:-1]) if isinstance(value, list | tuple) and value else value


MUTANTS: dict[str, Callable[[Any], Any]] = {
    "nothing": lambda value: "" if isinstance(value, str) else type(value)() if isinstance(value, list) else value,
    "a word or a part lost": _first_lost,
    "twice": lambda value: value + value if isinstance(value, str | list) else value,
}


def _break_function(patch: pytest.MonkeyPatch, module: str, name: str, mutant: Callable[[Any], Any]) -> None:
    """Damage a function in all modules of the program that call it."""
    original = getattr(import_module(module), name)

    def broken(*args: Any, **named: Any) -> Any:
        return mutant(original(*args, **named))

    for loaded in [m for n, m in sys.modules.items() if n.startswith("unwix.")]:
        for attribute, value in list(vars(loaded).items()):
            if value is original:
                patch.setattr(loaded, attribute, broken)


def _shown(markdown: str) -> str:
    return _UNSEEN.sub("", cmark.render(markdown))


MARKDOWN = write_markdown(_post().article)
FUNCTIONS = [pair for pair in _functions(_MODULES, _PACKAGE) if pair[1] not in _CHECKED_BY_THE_WRITER]
METHODS = [
    name
    for name, method in inspect.getmembers(EscapingWriter, inspect.isfunction)
    if not name.startswith("__") and "str" in str(method.__annotations__.get("return"))
]


@pytest.mark.parametrize("mutant", MUTANTS)
@pytest.mark.parametrize(("module", "name"), FUNCTIONS)
def test_a_broken_function_of_the_writer_is_noticed(
    module: str, name: str, mutant: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = _post()
    _break_function(monkeypatch, f"{_PACKAGE}.{module}", name, MUTANTS[mutant])
    _check(post)


@pytest.mark.parametrize("mutant", MUTANTS)
@pytest.mark.parametrize("name", METHODS)
def test_a_broken_method_of_the_escaping_writer_is_noticed(
    name: str, mutant: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = _post()
    original = getattr(EscapingWriter, name)
    monkeypatch.setattr(EscapingWriter, name, lambda *args, **named: MUTANTS[mutant](original(*args, **named)))
    _check(post)


def _check(post: Post) -> None:
    try:
        faulty = write_markdown(post.article)
    except Exception:  # an exception of the writer is noticed in any case
        return
    if _shown(faulty) != _shown(MARKDOWN):
        assert compare(post.facts, markdown_facts(faulty)).problems, faulty


_PORTABLE = ("portable_text", "portable_html")


@pytest.mark.parametrize(("module", "name"), list(_functions(_PORTABLE[:1], "unwix.writers.import_files")))
def test_a_broken_function_of_portable_text_is_noticed(module: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = write(_post(), Options(target="sanity"))
    assert whole.fidelity.problems == []
    post = _post()
    _break_function(monkeypatch, f"unwix.writers.import_files.{module}", name, MUTANTS["nothing"])
    try:
        faulty = write(post, Options(target="sanity"))
    except Exception:  # an exception of the target is noticed in any case
        return
    if _texts(faulty.text) != _texts(whole.text):
        assert faulty.fidelity.problems, faulty.text


def _texts(record: str) -> list[str]:
    """Return all texts of a record, without its keys."""
    found: list[str] = []
    stack: list[Any] = [json.loads(record)]
    while stack:
        value = stack.pop()
        if isinstance(value, dict):
            stack += [inner for key, inner in value.items() if key in ("text", "children", "body", "rows", "cells")]
        elif isinstance(value, list):
            stack += value
        elif isinstance(value, str):
            found.append(value)
    return sorted(found)


def test_enough_functions_are_broken() -> None:
    assert len(FUNCTIONS) + len(METHODS) >= 15
