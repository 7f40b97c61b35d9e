"""Test starters and themes: a blog moved by the documented steps shows its posts on all kinds of pages.

Real: Hugo 0.111 and the current one, Jekyll with minima and with Chirpy 5.3, Pelican with its two themes, MkDocs with
Material, Hexo with its theme landscape, Docusaurus with the output of `create-docusaurus`, Eleventy and Astro with the
plugins of their starters, VitePress, Zola. PaperMod, Ananke, Eleventy's base blog (npm has one of 2020, for Eleventy
0.11) and Astro's blog template are in no registry: they are rebuilt in tests/starters, with the fields that they read.
Zola and VitePress have no starter for a blog; theirs follow their documentation.
"""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import unquote, urlsplit
from urllib.request import urlopen

import pytest
from click.testing import CliRunner
from lxml import etree, html

from support.built_pages import Crawl, crawl, served
from support.media_server import serve
from support.proofs import prove, proves
from support.starter_blog import (
    AUTHORS,
    DRAFT,
    DRAFT_WORDS,
    FIRST,
    HEBREW,
    HEBREW_TITLE,
    SECOND,
    TITLE,
    UNTITLED,
    put_media,
    write_blog,
)
from support.starter_sites import STARTERS, begin, build, build_mkdocs, mkdocs_new
from support.terminal import run
from unwix.cli.main import cli

_DATES = {FIRST: r"2024-03-04|Mar(?:ch)? 0?4\b|0?4 Mar", SECOND: r"2024-03-05|Mar(?:ch)? 0?5\b|0?5 Mar"}
_TITLES = {FIRST: TITLE, SECOND: "Möhren im März", HEBREW: HEBREW_TITLE}

pytestmark = pytest.mark.tools


def _convert(site: Path, folder: Path, *options: str) -> None:
    with serve(folder) as web:
        put_media(web)
        arguments = ["convert", write_blog(folder / "in"), "-o", site, *options, "--media", "copy", "-j", 0]
        result = CliRunner().invoke(cli, [str(one) for one in arguments], obj=web.network)
    assert result.exit_code == 0, result.output
    summary = json.loads((site / "report.json").read_text(encoding="utf-8"))["summary"]
    assert (summary["posts"], summary["lossy"], summary["failed"]) == (5, 0, 0)


def _root(page: bytes) -> Any:
    return html.fromstring(page, parser=html.HTMLParser(encoding="utf-8"))


def _text(page: bytes) -> str:
    root = _root(page)
    for hidden in root.xpath("//script | //style"):
        hidden.drop_tree()
    return " ".join(root.text_content().split())


def _check_list(found: Crawl, page: str, post: str, newest: int = len(_TITLES) + 1) -> None:
    """Assert that the list shows the title and date of each post, and links to it."""
    text = _text(found.pages[page])
    for slug, title in list(_TITLES.items())[len(_TITLES) + 1 - newest :]:
        prove("title", title in text, f"{page} does not show {title}")
        prove("links", found.leads(page, post.format(slug=slug)), f"{page} does not lead to {slug}")
        prove("date", re.search(_DATES.get(slug, ""), text) is not None, f"{page} shows no date of {slug}")
    assert found.leads(page, post.format(slug=UNTITLED))
    assert "2024" in text


def _check_feed(feed: bytes, found: Crawl, post: str, is_xml: bool) -> None:
    root = etree.fromstring(feed, etree.XMLParser(recover=not is_xml))
    titles = {
        html.fromstring(f"<p>{text}</p>").text_content() for text in root.xpath("//*[local-name()='title']/text()")
    }
    assert {"Möhren im März", HEBREW_TITLE} <= titles
    assert any("Clay & " in title for title in titles)
    links = {*root.xpath("//*[local-name()='entry']/*[local-name()='link']/@href"), *root.xpath("//item/link/text()")}
    paths = {unquote(urlsplit(link).path) for link in links}
    assert {post.format(slug=slug) for slug in _TITLES} <= paths
    assert all(_page(found, path) for path in paths)


def _page(found: Crawl, path: str) -> bytes:
    """Return the page at a path; a server adds the slash of a directory."""
    return found.pages[path] if path in found.pages else found.pages[f"{path}/"]


def _check_redirects(site: Path, start: str, joins_hyphens: bool) -> None:
    """Assert that every new URL of the redirects is on the site, except those that the generator spells differently."""
    assert run("redirects", site, "--for", "csv").code == 0
    rows = [*csv.DictReader((site / "redirects/redirects.csv").read_text(encoding="utf-8").splitlines())]
    urls = {row["new"] for row in rows if not (joins_hyphens and re.search("--|/-|-/", row["new"]))}
    found = {new: _status(start.rstrip("/") + new) for new in urls}
    prove("redirects", {*found.values()} == {200}, found)
    assert "post" in {row["kind"] for row in rows}


def _status(url: str) -> int:
    try:
        with urlopen(url, timeout=20) as answer:
            return int(answer.status)
    except HTTPError as error:
        return error.code


def _check_post(page: bytes, shows: list[str]) -> None:
    root, text = _root(page), _text(page)
    headings = [" ".join(h.text_content().split()) for h in root.xpath("//h1 | //h2")]
    prove("title", sum(heading.endswith(TITLE) for heading in headings) == 1, headings)
    if "date" in shows:
        prove("date", re.search(_DATES[FIRST], text) is not None)
    assert "The kiln stands in the yard." in text
    if "author" in shows:
        prove("author", AUTHORS[0] in text)
    if "tags" in shows:
        prove("tags", "Größe & Maß" in text)
    sources = root.xpath("//img/@src | //img/@data-src")  # Chirpy's script loads images
    cover = [source for source in sources if "aaaabbbbccccddddeeeeffff" in source]
    styled = root.xpath("//*[contains(@style, 'aaaabbbbccccddddeeeeffff')]")
    assert len(cover) + len(styled) <= 1, "the cover is shown twice"
    if "cover" in shows:
        prove("cover", bool(cover or styled))
    if "preview" in shows:
        assert any("aaaabbbb" in meta for meta in root.xpath("//meta[@property='og:image']/@content"))
    assert all(frame.get("src", "").startswith("https://") for frame in root.xpath("//iframe"))
    prove("collapsible", bool(root.xpath("//details/summary[contains(., 'May dogs come?')]")))
    prove("collapsible", bool(root.xpath("//details//strong[text()='on a lead']")))


_ALIKE = [(starter.target, name) for name, starter in STARTERS.items() if name != "chirpy"]


@pytest.mark.parametrize(("target", "name"), _ALIKE)
@proves(
    {
        "hugo": ("Hugo with themes", "title date author cover tags collapsible links drafts redirects"),
        "jekyll": ("Jekyll and minima", "title date author collapsible links drafts redirects"),
        "eleventy": ("Eleventy", "title date tags collapsible links drafts redirects"),
        "astro": ("Astro", "title date cover collapsible links drafts redirects"),
        "pelican": ("Pelican and its themes", "title date author tags collapsible links drafts redirects"),
        "mkdocs": ("MkDocs and Material", "title date author collapsible links drafts redirects"),
        "hexo": ("Hexo and landscape", "title date tags collapsible links drafts redirects"),
        "mdx": ("Docusaurus", "title date author tags collapsible links drafts redirects"),
        "vitepress": ("VitePress", "title date collapsible links drafts redirects"),
        "zola": ("Zola", "title date author tags collapsible links drafts redirects"),
    }
)
def test_a_blog_moved_by_the_documented_steps_shows_its_posts(target: str, name: str, tmp_path: Path) -> None:
    assert STARTERS[name].target == target
    _move(name, tmp_path)


@proves({"jekyll": ("Jekyll and Chirpy", "title date author cover tags collapsible links drafts redirects")})
def test_a_blog_moved_to_chirpy_shows_covers_and_tags(tmp_path: Path) -> None:
    _move("chirpy", tmp_path)


def _move(name: str, tmp_path: Path) -> None:
    starter, site = STARTERS[name], tmp_path / "site"
    begin(name, site)
    _convert(site, tmp_path, *starter.options)
    built = build(name, site)
    with served(built) as start:
        found = crawl(start, starter.home, starter.archive)
        _check_redirects(site, start, starter.joins_hyphens)
    assert [dead for dead in found.dead if not dead.startswith(starter.dead)] == []
    _check_list(found, starter.home, starter.post, starter.newest)
    _check_list(found, starter.archive, starter.post)
    if starter.feed:
        _check_feed((built / starter.feed.strip("/")).read_bytes(), found, starter.post, starter.feed_is_xml)
    _check_post(_page(found, starter.post.format(slug=FIRST)), starter.shows.split())
    for file in (path for path in built.rglob("*") if path.suffix in (".html", ".xml", ".json")):
        text = file.read_text(encoding="utf-8")
        prove("drafts", DRAFT_WORDS not in text, f"{file} has the draft {DRAFT}")
        assert "unwix: " not in text, f"{file} has a note for the owner"
    assert not (built / "report.json").exists()


@proves({"mkdocs": ("MkDocs", "title")})
def test_pages_of_mkdocs_show_their_titles(tmp_path: Path) -> None:
    site = tmp_path / "site"
    mkdocs_new(site)
    _convert(site, tmp_path, "--to", "mkdocs")
    built = build_mkdocs(site)
    for slug, title in _TITLES.items():
        headings = _root((built / "post" / slug / "index.html").read_bytes()).xpath("//h1")
        prove("title", [heading.text_content() for heading in headings] == [title], slug)
