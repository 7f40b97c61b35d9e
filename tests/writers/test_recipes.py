"""The registry of targets: adding one is adding one file."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.paths import ROOT_DIR
from support.post_pages import h, one_post, p, post_page
from support.terminal import run
from unwix.writers import targets
from unwix.writers.targets import IMPORT_TARGETS, MARKDOWN_TARGETS, RECORD_TARGETS, TARGETS

_TOY = '''"""Target `toy`: a generator that reads CommonMark and calls the title a name."""

from __future__ import annotations

from ..markdown.flavor import MarkdownFlavor
from ..target import FrontMatter, SitePages, Target

TARGET = Target(
    "toy",
    path="posts/{slug}.md",
    base="posts",
    front=FrontMatter(names={"title": "name"}, fixed={"kind": "post"}),
    flavor=MarkdownFlavor("toy"),
    url="/posts/{place}/",
    pages=SitePages({"home": "/"}),
)
'''


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / "more").mkdir()
    (tmp_path / "more/toy.py").write_text(_TOY, encoding="utf-8")
    monkeypatch.setattr(targets, "__path__", [*targets.__path__, str(tmp_path / "more")])
    for registry in (TARGETS, MARKDOWN_TARGETS):
        monkeypatch.setattr(registry, "_module_names", {})  # the targets before the file existed
    yield
    sys.modules.pop("unwix.writers.targets.toy", None)


def test_each_file_is_a_target_of_its_name() -> None:
    files = {path.stem for path in (ROOT_DIR / "src/unwix/writers/targets").rglob("[a-z]*.py")}
    assert files == {*TARGETS} == {*MARKDOWN_TARGETS, *IMPORT_TARGETS, *RECORD_TARGETS}
    assert all(name == target.name for name, target in TARGETS.items())
    assert next(iter(TARGETS)) == "markdown"


@pytest.mark.usefixtures("toy")
def test_adding_a_target_is_adding_one_file(tmp_path: Path) -> None:
    assert "toy" in TARGETS
    assert TARGETS["toy"].front.names == {"title": "name"}
    from unwix.run.write_post import Options, write

    post = one_post(post_page(h("The kiln") + p("Clay rests.")))
    text = write(post, Options(target="toy")).text
    assert text.startswith("---\nname: ")
    assert "kind: post\n" in text
    assert text.endswith("## The kiln\n\nClay rests.\n")


@pytest.mark.usefixtures("toy")
def test_the_command_line_takes_its_targets_from_the_files(tmp_path: Path) -> None:
    result = run("convert", ROOT_DIR / "samples", "-o", tmp_path / "out", "--to", "nothing")
    assert result.code == 2
    assert "markdown, astro, eleventy" in " ".join(result.err.split())
