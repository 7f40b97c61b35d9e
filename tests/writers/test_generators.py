"""The proof of `--to`: the real site generators build what unwix wrote, without a complaint, and nothing is lost on the way.

Each builds one site of the samples, all golden cases, real pages where the corpus is there, and posts full of signs that
mean something to some generator. A crawl over loopback then finds every post and every place that links lead to, and each
post on its built page is held against its source: words, headings, links, pictures, embeds, items, cells, and each sign.
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
#: Their saved pages do not tell the full address of a link, so no generator can know it.
_DEAD_LINKS = {"links-relative-unknown"}

#: What a target's own edits change (docs/edits.md): kind of the note, and how the details of these differences begin.
_EDITED = {
    "headings-lowered": ("heading levels",),
    "cover-removed": ("images:", "alts:", "captions:"),
    "mark-extended": ("bold:", "italic:", "links:"),
}

#: Characters of the source that the built page has otherwise.
_IN_BETTER_TYPE = {"characters-lost", "characters-added"}

#: A note about missing content is a comment there, since Markdown has no place for another.
_CELL = re.compile(rb"<(t[dh])\b.*?</\1>", re.S)

#: The title, where the text of a post begins with it: the body has no other heading of level 1.
_TITLE = re.compile(rb"(<article class=.post-body.>\s*)<h1[^>]*>.*?</h1>", re.S)

pytestmark = pytest.mark.tools


def _sources(folder: Path) -> list[Path]:
    cases = [case for case in sorted((ROOT / "tests" / "cases").glob("*/*")) if case.name not in _DEAD_LINKS]
    found = [ROOT / "samples", *cases, write_sign_pages(folder, SIGN_PAGES)]
    return [*found, CORPUS] if CORPUS.is_dir() else found


def _faults(blog: Blog, found: Crawl) -> list[str]:
    """What is missing or says something else on the built site."""
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
        # Generators set quotes, dashes and dots in better type; the words and the text as a whole are compared anyway.
        problems = [p for p in fidelity.problems if p.kind not in _IN_BETTER_TYPE and p.detail not in reported]
        changed = tuple(part for kind, parts in _EDITED.items() if kind in edits.get(address, ()) for part in parts)
        problems = [p for p in problems if not p.detail.startswith(changed)]
        faults += [f"{address}: {problem.kind}: {problem.detail}" for problem in problems]
        if original.text is not None and (text := text_of_page(page)) != original.text:
            faults.append(f"{address}: {first_difference(original.text, text)}")
    return faults


def _dead(blog: Blog, found: Crawl) -> list[str]:
    """Dead links, but for those that are dead in the source."""
    known = {href.rpartition("/")[2] for original in blog.originals.values() for href in original.dead}
    return [dead for dead in found.dead if dead.partition(", on ")[0].split(" (")[0].rpartition("/")[2] not in known]


def _led_astray(blog: Blog, found: Crawl) -> list[str]:
    """In-page links that lead to another heading than the one that they name by its number."""
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
