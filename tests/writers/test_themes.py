"""Test themes: fields as the theme reads them, the files that it needs, and sites built with them."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
import yaml

from support.post_pages import p as paragraph
from support.post_pages import post_page
from support.ricos_documents import node, p
from support.terminal import run
from support.wix_api import post
from unwix.cli.options.themes import THEME_NAMES
from unwix.writers.themes import THEMES

COVER = "https://static.wixstatic.com/media/ab12cd_0123456789abcdef0123456789abcdef~mv2.jpg"


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for slug in ("one", "two"):
        (folder / f"{slug}.html").write_bytes(post_page(paragraph("Clay rests."), slug.title(), slug))
    return folder


def _convert(pages: Path, site: Path, theme: str, *more: object) -> dict[str, object]:
    result = run("convert", pages, "-o", site, "--theme", theme, "-j", 0, *more)
    assert result.code == 0, result.err
    report = json.loads((site / "report.json").read_text(encoding="utf-8"))
    text = (site / report["posts"][0]["output"]).read_text(encoding="utf-8")
    data: dict[str, object] = yaml.safe_load(text.split("---\n")[1])
    return data


def test_the_fields_of_themes(pages: Path, tmp_path: Path) -> None:
    assert _convert(pages, tmp_path / "a", "PaperMod")["author"] == ["Ada Potter"]
    assert _convert(pages, tmp_path / "b", "ananke")["author"] == ["Ada Potter"]
    assert _convert(pages, tmp_path / "c", "chirpy")["authors"] == "Ada Potter"
    assert _convert(pages, tmp_path / "d", "astro-blog")["description"] == ""
    material = _convert(pages, tmp_path / "e", "material")
    assert (material["slug"], material["authors"]) == ("one", ["Ada Potter"])


def test_the_files_of_themes(pages: Path, tmp_path: Path) -> None:
    for name in THEMES:
        _convert(pages, tmp_path / name, name)
    hugo = tomllib.loads((tmp_path / "papermod/hugo.toml").read_text(encoding="utf-8"))
    assert (hugo["theme"], hugo["title"], hugo["languageCode"]) == ("PaperMod", "potter-lane.example", "en")
    jekyll = yaml.safe_load((tmp_path / "minima/_config.yml").read_text(encoding="utf-8"))
    assert "report.json" in jekyll["exclude"]
    assert yaml.safe_load((tmp_path / "chirpy/_data/authors.yml").read_text()) == {"Ada Potter": {"name": "Ada Potter"}}
    assert (tmp_path / "docusaurus/blog/one.mdx").is_file()
    assert yaml.safe_load((tmp_path / "docusaurus/blog/authors.yml").read_text()) == {
        "Ada Potter": {"name": "Ada Potter"}
    }
    data = json.loads((tmp_path / "eleventy-base-blog/content/post/post.11tydata.json").read_text())
    assert data == {"layout": "layouts/post.njk", "tags": ["posts"]}


def test_docusaurus_has_excerpts_tags_and_redirects_in_its_own_directory(tmp_path: Path) -> None:
    names = ["C++", "C#", "???", "粘土"]
    heading = node("HEADING", "Pots", headingData={"level": 2})
    items = node("BULLETED_LIST", node("LIST_ITEM", p("One.")), node("LIST_ITEM", p("Two.")))
    bodies_of_posts = ([p("Clay rests."), heading, p("More.")], [items, p("Words.")], [p("Only this.")])
    ids = [f"dddddddd-0000-4000-8000-{n:012x}" for n in range(len(names))]
    posts = [
        post(number, richContent={"nodes": nodes}, tagIds=ids[2 * number : 2 * number + 2])
        for number, nodes in enumerate(bodies_of_posts)
    ]
    tags = [{"id": one, "label": name, "slug": one} for one, name in zip(ids, names, strict=True)]
    folder = tmp_path / "in"
    folder.mkdir()
    for name, value in (("posts", {"posts": posts}), ("tags", {"tags": tags})):
        (folder / f"{name}.json").write_text(json.dumps(value), encoding="utf-8")
    site = tmp_path / "site"
    assert run("convert", folder, "-o", site, "--theme", "docusaurus", "-j", 0).code == 0
    bodies = [(site / f"blog/pot-{n}.mdx").read_text("utf-8").split("---\n", 2)[2].strip() for n in range(3)]
    assert bodies[0] == "Clay rests.\n\n{/* truncate */}\n\n## Pots\n\nMore."
    assert "truncate" not in "".join(bodies[1:])
    assert yaml.safe_load((site / "blog/tags.yml").read_text("utf-8")) == {
        name: {"label": name, "permalink": f"/{slug}"}
        for name, slug in zip(names, ("c", "c-2", "tag-3", "zhan-tu"), strict=True)
    }
    assert run("check", site).code == 0
    assert run("redirects", site, "--for", "netlify").code == 0
    rules = (site / "static/_redirects").read_text("utf-8").splitlines()
    assert "/post/pot-0 /blog/pot-0 301" in rules
    assert "/blog/tags/c /blog/tags/c 301" not in rules
    assert [rule for rule in rules if "/posts" in rule] == [], "the theme's own URLs count"
    assert not (site / "public").exists()


def test_files_of_the_user_stay_and_generated_files_are_updated(pages: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "hugo.toml").write_text('title = "Mine"\n', encoding="utf-8")
    _convert(pages, site, "papermod")
    assert (site / "hugo.toml").read_text(encoding="utf-8") == 'title = "Mine"\n'
    assert not (site / "hugo.toml.new").exists()
    _convert(pages, tmp_path / "other", "chirpy")
    (pages / "three.html").write_bytes(post_page(paragraph("Words."), "Three", "three").replace(b"Ada Potter", b"Lind"))
    _convert(pages, tmp_path / "other", "chirpy")
    assert "Lind" in (tmp_path / "other/_data/authors.yml").read_text(encoding="utf-8")


def test_choices_of_the_user_win(pages: Path, tmp_path: Path) -> None:
    front = _convert(pages, tmp_path / "a", "papermod", "--field", "authors:writers", "--to", "hugo")
    assert (front["writers"], "author" in front) == (["Ada Potter"], False)
    result = run("check", pages, "--expect", tmp_path / "a", "-j", 0)
    assert result.code == 0, result.out + result.err


def test_user_errors_are_one_sentence(pages: Path, tmp_path: Path) -> None:
    result = run("convert", pages, "-o", tmp_path / "a", "--theme", "papermod", "--to", "jekyll")
    assert result.code == 2
    assert "--theme papermod is for hugo. Use --to hugo, or leave --to out." in result.err
    result = run("convert", pages, "-o", tmp_path / "a", "--theme", "papermd")
    assert result.code == 2
    assert "papermod" in result.err


def test_the_command_line_knows_every_theme() -> None:
    assert tuple(THEMES) == THEME_NAMES
