"""Test which modules a run with one small page does not import, because start-up is most of its time.

No time is measured, because machines differ. If every page needs a module of this list, import it in the function that
needs it ("Imports on demand" in pyproject.toml).
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from support.paths import ROOT_DIR as ROOT

#: Packages that take at least some milliseconds, and packages that nothing of unwix may import.
HEAVY = {
    "libraries": "brotli chardet charset_normalizer concurrent.futures dateparser email filetype jinja2 jsonschema "
    "multiprocessing nh3 pebble PIL plistlib regex requests requests_cache soupsieve tenacity tomli_w "
    "tomllib urllib3 warcio zipfile",
    "readers": "readers.data_files.cms_csv readers.data_files.read_json readers.documents.body readers.draftjs "
    "readers.feed readers.ricos readers.text_dump.containers readers.text_dump.reader readers.text_dump.tool_formats.dump",
    "sources": "sources.api sources.archives.content_encoding sources.archives.resources sources.archives.warc "
    "sources.archives.zip sources.http sources.site sources.standard_input",
    "writers": "writers.import_files writers.targets.hugo writers.targets.imports.ghost",
    "blog": "blog.duplicates.merge blog.edits.footnotes blog.media.download blog.media.plan blog.redirects",
    "commands": "checks diagnose review schema cli.wizard",
}
UNWIX = [kind for kind in HEAVY if kind != "libraries"]
_PROGRAM = """
import json, sys
from unwix.cli.main import main
try:
    main()
finally:
    print(json.dumps(sorted(sys.modules)), file=sys.stderr)
"""


def _modules_after(*arguments: str) -> set[str]:
    """Return the names of all modules that a command has loaded."""
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, *arguments], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stderr.splitlines()[-1]))


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    page = ROOT / "samples/saved/2025-which-clay-for-what.html"
    output = tmp_path_factory.mktemp("output")
    found = _modules_after("convert", str(page), "-o", str(output / "out"), "--cache", str(output / "cache"))
    assert [path.name for path in (output / "out").glob("*.md")] == ["which-clay-for-what.md"]
    return found


@pytest.mark.parametrize("kind", HEAVY)
def test_a_small_page_needs_no_heavy_modules(kind: str, loaded: set[str]) -> None:
    names = {f"unwix.{name}" if kind in UNWIX else name for name in HEAVY[kind].split()}
    assert names & loaded == set()


@pytest.mark.parametrize("name", [name for kind in UNWIX for name in HEAVY[kind].split()])
def test_the_heavy_modules_exist(name: str) -> None:
    path = ROOT / "src/unwix" / name.replace(".", "/")
    assert path.is_dir() or Path(f"{path}.py").is_file()


def test_the_version_needs_nothing_but_the_command_line() -> None:
    found = {name for name in _modules_after("--version") if name.startswith("unwix.")}
    assert {name.split(".")[1] for name in found} <= {"cli", "model", "run", "version"}
    assert "lxml" not in found
