"""Malformed URLs of a page cost nothing but themselves."""

import ast
from pathlib import Path

import pytest

from support.paths import ROOT_DIR
from unwix.web.urls import join_url, split_url

MALFORMED = ["https://[example.org/post/a", "https://[]/", "http://℀.example/", "//[::1"]


@pytest.mark.parametrize("url", MALFORMED)
def test_a_malformed_url_has_no_parts(url):
    assert split_url(url).netloc == ""
    assert join_url(url, "/post/b") == "/post/b"


def test_a_url_is_split_and_joined_as_usual():
    assert split_url("https://www.example.org/post/a?b#c").path == "/post/a"
    assert join_url("https://www.example.org/post/a", "/post/b") == "https://www.example.org/post/b"


def _is_guarded(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool:
    """Return True if a node is in a `try` that handles ValueError."""
    while (parent := parents.get(node)) is not None:
        handlers = parent.handlers if isinstance(parent, ast.Try) and node in parent.body else []
        if any(handler.type is None or "ValueError" in ast.unparse(handler.type) for handler in handlers):
            return True
        node = parent
    return False


MODULES = sorted((ROOT_DIR / "src").rglob("*.py"))


@pytest.mark.parametrize("module", [m for m in MODULES if "urllib.parse" in m.read_text("utf-8")], ids=lambda m: m.stem)
def test_modules_split_urls_safely(module: Path):
    """`urlsplit` and `urljoin` raise ValueError for URLs that pages contain."""
    tree = ast.parse(module.read_text("utf-8"))
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)]
    unsafe = [n.lineno for n in calls if n.func.id in ("urlsplit", "urljoin") and not _is_guarded(n, parents)]
    assert unsafe == []
