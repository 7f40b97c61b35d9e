"""Test that every new URL in redirects and links exists on the site that the real generator builds."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest

from support.generator_sites import build, lay_out
from support.post_pages import SITE, h, p, post_page
from support.terminal import run
from unwix.blog.redirects.plan import build_redirects
from unwix.model.report_rows import LinksRow
from unwix.writers.permalinks import permalinks_of

pytestmark = pytest.mark.tools
NAMES = [
    "Tips & Tricks",
    "Recettes d'été",
    "C++ / C#",
    "one two  three",
    "Ärger",
    "a_b-c",
    "100%",
    "x.y",
    "Ünïcode—dash",
    "Q&A",
]
CYRILLIC = ["Речь", "陶芸", "שלום"]


def hugo(site: Path) -> None:
    config = site / "hugo.toml"
    config.write_text(config.read_text().replace('disableKinds = ["RSS", "taxonomy", "term"]\n', ""))


def pelican(site: Path) -> None:
    config = site / "pelicanconf.py"
    text = config.read_text().replace("FEED_ALL_ATOM = None", "FEED_ALL_ATOM = 'feeds/all.atom.xml'")
    config.write_text(text.replace('SITEURL = ""', 'SITEURL = "https://new.example"'))


def page(slug: str, categories: list[str], tags: list[str]) -> bytes:
    def labels(kind: str, names: list[str]) -> str:
        return "".join(f'<a href="{SITE}/blog/{kind}/{n}-x">{name}</a>' for n, name in enumerate(names))

    label = labels("categories", categories[:1])
    hooks = f'<div data-hook="post-footer"><div data-hook="category-label-list__item">{label}</div></div>'
    hooks += f'<nav data-hook="tag-cloud-root">{labels("tags", tags)}</nav>'
    raw = post_page(h("Part", key="abcde") + p(f'To <a href="{SITE}/post/first#viewer-abcde">first</a>.'), slug, slug)
    return raw.replace(
        b'<section data-hook="recent-posts">',
        hooks.replace("&", "&amp;").encode() + b'<section data-hook="recent-posts">',
    )


@pytest.mark.parametrize(("name", "adapt", "names"), [("hugo", hugo, NAMES + CYRILLIC), ("pelican", pelican, NAMES)])
def test_every_new_url_exists_on_the_built_site(
    name: str, adapt: Callable[[Path], None], names: list[str], tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    for number, slug in enumerate(("first", "křehký-hrnek", *(f"post-{n}" for n in range(len(names))))):
        path = tmp_path / "in" / f"{slug}.html"
        path.write_bytes(page(slug, [names[number % len(names)]], names if slug == "first" else []))
    site = tmp_path / "site"
    lay_out(name, site)
    adapt(site)
    assert run("convert", tmp_path / "in", "-o", site, "--to", name, "-j", 0).code == 0
    built, complaints = build(name, site)
    assert complaints == []
    report = json.loads((site / "report.json").read_text())
    rules = build_redirects(report["posts"], LinksRow.read(report["links"]), permalinks_of(name)).rules
    assert {rule.kind for rule in rules} >= {"post", "category", "tag", "home", "feed"}
    there = {path.relative_to(built).as_posix() for path in built.rglob("*") if path.is_file()}
    expected = {unquote(rule.new).removeprefix("/") for rule in rules}
    assert {new for new in expected if not {new, f"{new}index.html"} & there} == set()
