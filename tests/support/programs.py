"""Find the real programs that tests drive, or skip the test with a message.

CI sets UNWIX_REQUIRE_TOOLS=1, so that a missing program is a failure instead. Tests that use this have
`@pytest.mark.tools`.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from support.paths import TESTS_DIR

NODE = TESTS_DIR / "node"
"""The directory into which `npm install` puts the packages of tests/node/package.json."""


def program(*names: str) -> str:
    """Return the path of the first of these programs that is installed."""
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        missing(f"{names[0]} is not installed (see .ci/apt-packages)")
    return str(found)


def node_package(name: str, folder: Path = NODE) -> Path:
    """Return the directory of an npm package of the package.json in tests/node, or in another directory."""
    path = folder / "node_modules" / name
    if not path.is_dir():
        missing(f"the npm package {name} is not installed (npm install in {folder.relative_to(TESTS_DIR.parent)})")
    return path


def missing(message: str) -> None:
    """Fail if tools are required, else skip the test."""
    if os.environ.get("UNWIX_REQUIRE_TOOLS") == "1":
        pytest.fail(message)
    pytest.skip(message)
