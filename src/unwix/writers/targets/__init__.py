"""Register the targets: each module here, in `imports/` and in `records/` defines one `TARGET` of the module's name.

To add a target, add a file. A module is imported only when its target is used.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from pkgutil import iter_modules
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..target import Target

DEFAULT = "markdown"


class _Targets(Mapping[str, "Target"]):
    """The targets whose modules are in some packages, by name: the default first, then in alphabetical order."""

    def __init__(self, *packages: str) -> None:
        self._packages = packages
        self._module_names: dict[str, str] = {}

    def _modules(self) -> dict[str, str]:
        if self._module_names:  # looked up for every post
            return self._module_names
        modules = {
            module.name: f"{package}.{module.name}"
            for package in self._packages
            for module in iter_modules(importlib.import_module(package).__path__)
            if not module.ispkg
        }
        self._module_names = {name: modules[name] for name in sorted(modules, key=lambda name: name != DEFAULT)}
        return self._module_names

    def __getitem__(self, name: str) -> Target:
        target: Target = importlib.import_module(self._modules()[name]).TARGET
        return target

    def __iter__(self) -> Iterator[str]:
        return iter(self._modules())

    def __len__(self) -> int:
        return len(self._modules())


MARKDOWN_TARGETS: Mapping[str, Target] = _Targets(__name__)
"""Targets whose posts are Markdown files."""
IMPORT_TARGETS: Mapping[str, Target] = _Targets(f"{__name__}.imports")
"""Targets whose posts are one file that a blog system imports."""
RECORD_TARGETS: Mapping[str, Target] = _Targets(f"{__name__}.records")
"""Targets whose posts are JSON records."""
TARGETS: Mapping[str, Target] = _Targets(__name__, f"{__name__}.imports", f"{__name__}.records")
"""All targets."""
