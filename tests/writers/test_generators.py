"""Test `--to` with the real site generators: they build the output without a complaint, and nothing is lost.

Each builds one site of the samples, all golden cases, real pages if the corpus is present, and posts full of characters
that some generator interprets. A crawl over loopback then finds every post and every link target, and each post on its
built page is compared with its source: words, headings, links, images, embeds, items, cells, and each character.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import html

from support.built_pages import Crawl, crawl, post_facts, served
from support.generator_sites import GENERATORS, build, lay_out
from support.moved_blog import Blog, convert, first_difference, text_of_page
from support.paths import ROOT_DIR
from support.proofs import prove, prove_blocks, proves
from support.sign_pages import HEADINGS, write_sign_pages
from unwix.fidelity.compare import compare
from unwix.writers.target import url_path
from unwix.writers.targets import MARKDOWN_TARGETS

ROOT = ROOT_DIR
CORPUS = ROOT.parent / "shared" / "corpus" / "pages"
SIGN_PAGES = 120
#: Their saved pages do not state the full URL of a link, so that no generator can know it.
_DEAD_LINKS = {"links-relative-unknown"}

#: Changes of a target's edits (docs/edits.md): kind of the note, and the beginning of the details of these differences.
_EDITED = {
    "headings-lowered": ("heading levels",),
    "cover-removed": ("images:", "alts:", "captions:"),
    "mark-extended": ("bold:", "italic:", "links:"),
}

#: Characters of the source that differ on the built page.
_IN_BETTER_TYPE = {"characters-lost", "characters-added"}

#: A placeholder is a comment on the page, because Markdown has no other place for it.
_CELL = re.compile(rb"<(t[dh])\b.*?</\1>", re.S)

#: The title, if the text of a post begins with it: the body has no other heading of level 1.
_TITLE = re.compile(rb"(<article class=.post-body.>\s*)<h1[^>]*>.*?</h1>", re.S)

pytestmark = pytest.mark.tools


def _sources(folder: Path) -> list[Path]:
    cases = [case for case in sorted((ROOT / "tests" / "cases").glob("*/*")) if case.name not in _DEAD_LINKS]
    found = [ROOT / "samples", *cases, write_sign_pages(folder, SIGN_PAGES)]
    return [*found, CORPUS] if CORPUS.is_dir() else found


def _faults(blog: Blog, found: Crawl) -> list[str]:
    """Return what is missing or differs on the built site."""
    faults = []
    reported = {problem["detail"] for row in blog.rows for problem in row["problems"]}
    edits = {
        url_path(MARKDOWN_TARGETS[blog.target], row["output"]): {problem["kind"] for problem in row["problems"]}
        for row in blog.rows
    }
    for address, original in blog.addresses().items():
        if (page := found.pages.get(address)) is None:
            faults.append(f"{address} is not there")
            continue
        if MARKDOWN_TARGETS[blog.target].title_heading:
            page = _TITLE.sub(rb"\1", page, count=1)
        fidelity = compare(original.facts, post_facts(page))
        # Generators replace quotation marks, dashes and dots; the words and the text as a whole are compared.
        problems = [p for p in fidelity.problems if p.kind not in _IN_BETTER_TYPE and p.detail not in reported]
        changed = tuple(part for kind, parts in _EDITED.items() if kind in edits.get(address, ()) for part in parts)
        problems = [p for p in problems if not p.detail.startswith(changed)]
        faults += [f"{address}: {problem.kind}: {problem.detail}" for problem in problems]
        if original.text is not None and (text := text_of_page(page)) != original.text:
            faults.append(f"{address}: {first_difference(original.text, text)}")
    return faults


def _dead(blog: Blog, found: Crawl) -> list[str]:
    """Return broken links, except those that are broken in the source."""
    known = {href.rpartition("/")[2] for original in blog.originals.values() for href in original.dead}
    return [dead for dead in found.dead if dead.partition(", on ")[0].split(" (")[0].rpartition("/")[2] not in known]


def _led_astray(blog: Blog, found: Crawl) -> list[str]:
    """Return links within a page to another heading than the one with the number in their text."""
    (address,) = (a for a in blog.addresses() if a.endswith("/headings/"))
    page = html.fromstring(found.pages[address], parser=html.HTMLParser(encoding="utf-8"))
    headings = page.xpath("//article//*[self::h2 or self::h3 or self::h4]")
    numbers = {int(link.text_content()[3:]): link.get("href") for link in page.xpath("//article//a[@href]")}
    assert len(numbers) == len(headings) == len(HEADINGS)
    astray = []
    for number, href in numbers.items():
        place = page.xpath("//*[@id=$key]", key=unquote(href.partition("#")[2]))[0]
        if place is not headings[number] and place.getparent() is not headings[number]:
            astray.append(f"{href} for “{HEADINGS[number]}”")
    return astray


@pytest.mark.parametrize("target", GENERATORS)
@proves(
    {
        "astro": ("Astro", "gallery video collapsible table code links"),
        "eleventy": ("Eleventy", "gallery video collapsible table code links"),
        "hugo": ("Hugo", "gallery video collapsible table code links"),
        "jekyll": ("Jekyll", "gallery video collapsible table code links"),
        "mkdocs": ("MkDocs", "gallery video collapsible table code links"),
        "pelican": ("Pelican", "gallery video collapsible table code links"),
        "zola": ("Zola", "gallery video collapsible table code links"),
    }
)
def test_moved_blog_builds_without_loss(target: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "site"
    lay_out(target, site)
    blog = convert(target, site, *_sources(tmp_path / "signs"), patch=monkeypatch)
    built, complaints = build(target, site)
    assert complaints == []
    with served(built) as start:
        found = crawl(start)
    assert len(blog.addresses()) > 250
    prove_blocks(_faults(blog, found), [set(original.blocks) for original in blog.addresses().values()])
    prove("links", _dead(blog, found) == [], _dead(blog, found))
    assert _led_astray(blog, found) == []
    assert [path for path, page in found.pages.items() if b"unwix: " in _CELL.sub(b"", page)] == []
