"""docs/api.md: every example runs, one after another, in a directory with the files that they name."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import unwix
from support.paths import ROOT_DIR
from support.post_pages import list_page
from support.terminal import environment

TEXT = (ROOT_DIR / "docs/api.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```python\n(.*?)^```", TEXT, re.M | re.S)
SAMPLES = ROOT_DIR / "samples"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pages = tmp_path / "pages"
    pages.mkdir()
    for name in ("2024-opening-day.html", "2025-glazes-that-lie.html"):
        shutil.copy(SAMPLES / "saved" / name, pages)
    (pages / "list.html").write_bytes(list_page())
    shutil.copy(SAMPLES / "saved/2026-how-to-mend-a-lamp.html", tmp_path / "post.html")
    shutil.copy(SAMPLES / "archives/blog-feed.xml", tmp_path / "feed.xml")
    return tmp_path


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_each_example_runs(number: int, folder: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-W", "error", "-c", EXAMPLES[number]],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout
    for line in re.findall(r"  # (\w+ - .*)", EXAMPLES[number]):
        assert line in result.stdout


def test_every_attribute_and_name_is_documented() -> None:
    public = {name for name in vars(unwix.ConvertedPost) if not name.startswith("_")}
    table = {name for row in TEXT.splitlines() if row.startswith("| `") for name in re.findall(r"`(\w+)[`(]", row)}
    assert public <= table
    assert {name for name in unwix.__all__ if not name.startswith("__")} - set(re.findall(r"\w+", TEXT)) <= {
        "Metadata",
        "Page",
    }
