"""Paths of the repository, its tests and the shared corpus."""

from __future__ import annotations

from pathlib import Path

TESTS_DIR = Path(__file__).parents[1]
ROOT_DIR = TESTS_DIR.parent
SHARED_DIR = ROOT_DIR.parent / "shared"
