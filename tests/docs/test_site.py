"""The documentation site builds without a warning, and its navigation has every document."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from lxml import html

from support.paths import ROOT_DIR


def links(page: Path) -> list[str]:
    """Return the paths that a page of the site links to."""
    found = html.parse(page).xpath("//a/@href | //link/@href | //script/@src | //img/@src")
    return [path for link in found if (path := link.partition("#")[0].partition("?")[0])]


def test_the_site_builds_without_warnings(tmp_path: Path) -> None:
    """Strict: a link to a missing page or heading is an error."""
    result = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-f", ROOT_DIR / "mkdocs.yml", "-d", tmp_path],
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    start = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "Save your blog" in start
    assert (tmp_path / "search/search_index.json").is_file()
    outside = [
        (page.name, link)
        for page in tmp_path.rglob("*.html")
        if page.name != "404.html"  # whose links begin at the root of the server
        for link in links(page)
        if "://" not in link and not link.startswith("mailto:") and not (page.parent / link).exists()
    ]
    assert outside == []


def test_the_navigation_has_every_document() -> None:
    text = (ROOT_DIR / "mkdocs.yml").read_text(encoding="utf-8")
    documents = {path.relative_to(ROOT_DIR / "docs").as_posix() for path in (ROOT_DIR / "docs").rglob("*.md")}
    assert documents == set(re.findall(r"([\w/-]+\.md)", text.partition("nav:")[2]))
