"""Record what tests prove in the real programs: declared at the test, recorded during it, shown in docs/targets.md.

A test that puts posts into a real program and examines the result has `@proves({target: (program, features)})`, and
calls `prove(feature, …)` for each. It fails if it examines fewer or more features than it declares.
"""

from __future__ import annotations

import ast
import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextvars import ContextVar
from typing import Any, TypeVar

from support.paths import TESTS_DIR
from unwix.model.article import Element

#: The columns of the table in docs/targets.md.
FEATURES = "title date author cover tags gallery video collapsible table code links drafts redirects".split()
_F = TypeVar("_F", bound=Callable[..., Any])
_seen: ContextVar[set[str] | None] = ContextVar("seen", default=None)


def proves(proofs: Mapping[str, tuple[str, str]]) -> Callable[[_F], _F]:
    """Declare what a test proves: program and features by target. A test of several targets has a parameter `target`."""

    def decorate(test: _F) -> _F:
        @functools.wraps(test)
        def checked(*arguments: Any, **named: Any) -> None:
            (target,) = proofs if len(proofs) == 1 else (named["target"],)
            token = _seen.set(seen := set())
            try:
                test(*arguments, **named)
            finally:
                _seen.reset(token)
            declared = set(proofs[target][1].split()) if target in proofs else set()
            assert seen == declared, f"{target}: declared but not proven, or the other way: {seen ^ declared}"

        return checked  # type: ignore[return-value]

    return decorate


def prove(feature: str, is_right: bool, found: object = "") -> None:
    """Assert that a program shows a feature correctly, and record that."""
    assert feature in FEATURES, feature
    assert is_right, f"{feature}: {found}"
    if (seen := _seen.get()) is not None:
        seen.add(feature)


#: The elements of an article for the blocks that are columns of the table.
_BLOCKS = {
    "gallery": ".//figure[@class='gallery']",
    "video": ".//figure[@class='video']",
    "collapsible": ".//details",
    "table": ".//table",
    "code": ".//pre",
}


def blocks_of(article: Element) -> set[str]:
    """Return the blocks of an article that are columns of the table."""
    return {name for name, path in _BLOCKS.items() if article.find(path) is not None}


def prove_blocks(faults: Sequence[object], shown: Iterable[set[str]]) -> None:
    """Assert that pages show the blocks of posts without a fault; `shown` has those of each post (`blocks_of`)."""
    assert faults == []
    every = set().union(*shown)
    for name in _BLOCKS:
        prove(name, name in every, "no post has it")


def declared_proofs() -> Iterator[tuple[str, str, str, str]]:
    """Yield target, program, features and test of each proof in the test modules, which are not imported."""
    for path in sorted(TESTS_DIR.rglob("test_*.py")):
        text = path.read_text(encoding="utf-8")
        if "@proves(" not in text:
            continue
        for node in ast.parse(text).body:
            for decorator in node.decorator_list if isinstance(node, ast.FunctionDef) else ():
                if isinstance(decorator, ast.Call) and getattr(decorator.func, "id", "") == "proves":
                    for target, (program, features) in ast.literal_eval(decorator.args[0]).items():
                        yield target, program, features, f"{path.relative_to(TESTS_DIR.parent).as_posix()}::{node.name}"
