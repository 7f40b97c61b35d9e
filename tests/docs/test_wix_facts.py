"""Test that citations of docs/wix name existing files and headings."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from support.paths import ROOT_DIR

DOCS = ROOT_DIR / "docs/wix"
SUFFIXES = {".py", ".md", ".toml", ".tsv", ".mjs", ".js"}
#: `docs/wix/ricos.md#links` in code, tests and documents.
CITATION = re.compile(r"docs/wix/(?P<file>[\w-]+\.md)(?:#(?P<anchor>[\w-]+))?")
#: A Markdown link between the files of docs/wix: `[Links](ricos.md#links)` or `[Links](#links)`.
LINK = re.compile(r"\]\((?!https?:)(?P<file>[^)#\s]*)(?:#(?P<anchor>[^)\s]+))?\)")
#: The private notes that these files replaced.
FORMER = "shared" + "/wix"


def texts(*directories: str) -> dict[Path, str]:
    paths = [path for name in directories for path in (ROOT_DIR / name).rglob("*") if path.suffix in SUFFIXES]
    return {path: path.read_text(encoding="utf-8") for path in paths if "node_modules" not in path.parts}


def slug(heading: str) -> str:
    """The anchor that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


@cache
def anchors(path: Path) -> frozenset[str]:
    text = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.S | re.M)
    found = [slug(heading) for heading in re.findall(r"^#{1,6} +(.+)$", text, re.M)]
    assert len(found) == len(set(found)), f"{path.name} has two headings with the same anchor"
    return frozenset(found)


def is_broken(path: Path, anchor: str | None) -> bool:
    return not path.is_file() or bool(anchor and anchor not in anchors(path))


def test_citations_name_files_and_headings_that_exist() -> None:
    cited = [(path, match) for path, text in texts("src", "tests", "docs").items() for match in CITATION.finditer(text)]
    assert any("src" in path.parts for path, _ in cited), "no citation found: the pattern does not match the code"
    broken = [
        f"{path.relative_to(ROOT_DIR)}: {match[0]}"
        for path, match in cited
        if is_broken(DOCS / match["file"], match["anchor"])
    ]
    assert broken == []


def test_links_between_the_files_lead_to_headings_that_exist() -> None:
    links = [(path, match) for path, text in texts("docs/wix").items() for match in LINK.finditer(text)]
    assert links, "no link found: the pattern does not match the documents"
    broken = [
        f"{path.name}: {match[0]}"
        for path, match in links
        if is_broken(path.parent / match["file"] if match["file"] else path, match["anchor"])
    ]
    assert broken == []


def test_the_index_lists_every_file() -> None:
    index = (DOCS / "README.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| \[([\w-]+\.md)\]", index, re.M))
    assert listed == {path.name for path in DOCS.glob("*.md")} - {"README.md"}


def test_no_citation_of_the_former_notes_remains() -> None:
    found = [path for path, text in texts("src", "tests", "benchmarks", "docs").items() if FORMER in text]
    assert found == []
