"""Load the scorer of ../shared, which is not part of this project."""

from __future__ import annotations

import importlib.util
import sys
from functools import cache
from types import ModuleType

import pytest

from support.paths import SHARED_DIR

SHARED = SHARED_DIR


@cache
def scorer() -> ModuleType:
    """Return ../shared/score/score.py; it imports its neighbours by their names."""
    for needed in ("selectolax", "rapidfuzz"):
        pytest.importorskip(needed)
    sys.path.insert(0, str(SHARED / "score"))
    try:
        spec = importlib.util.spec_from_file_location("score", SHARED / "score/score.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module
    finally:
        sys.path.remove(str(SHARED / "score"))
