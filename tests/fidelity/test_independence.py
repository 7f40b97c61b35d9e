"""docs/fidelity.md lists what the checks share with the readers; fidelity imports no reader."""

from __future__ import annotations

import ast
from pathlib import Path

from support.paths import ROOT_DIR

PACKAGE = ROOT_DIR / "src" / "unwix"
#: The module that asks cmark-gfm to read an output back is not part of reading a source.
OF_THE_OUTPUT = {"web/cmark.py"}


def _imports(package: str) -> set[str]:
    """Return the modules of `web` and `wix` that a package imports."""
    modules = set()
    for path in (PACKAGE / package).rglob("*.py"):
        parents = path.relative_to(PACKAGE).parts[:-1]
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.ImportFrom) or not node.level:
                continue
            base = [*parents[: len(parents) - node.level + 1], *(node.module.split(".") if node.module else [])]
            names = [alias.name for alias in node.names]
            modules |= {file for name in names if (file := _file([*base, name]) or _file(base)) is not None}
    return {module for module in modules if module.startswith(("web/", "wix/", "readers/"))}


def _file(parts: list[str]) -> str | None:
    path = Path(*parts).with_suffix(".py") if parts else None
    return path.as_posix() if path is not None and (PACKAGE / path).is_file() else None


def test_the_shared_modules_are_listed() -> None:
    shared = (_imports("fidelity") & _imports("readers")) - OF_THE_OUTPUT
    assert "wix/url_keys.py" in shared
    text = (ROOT_DIR / "docs" / "fidelity.md").read_text("utf-8").partition("## What is not proven")[2]
    assert sorted(module for module in shared if f"`{module}`" not in text) == []


def test_fidelity_imports_no_reader() -> None:
    assert [module for module in _imports("fidelity") if module.startswith("readers/")] == []
