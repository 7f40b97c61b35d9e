"""Test with a real Ghost: it imports the samples, shows them, and redirects old URLs."""

from __future__ import annotations

import http.client
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from lxml import html

from support.browser import browser_page, layout_faults
from support.ghost_cards import without_interface
from support.ghost_server import Ghost, ghost_server
from support.moved_blog import plain
from support.paths import ROOT_DIR
from support.proofs import prove, proves
from support.showcase_post import SLUG, write_showcase
from support.terminal import run
from unwix.blog.redirects.hosts.rules import requests_for
from unwix.blog.redirects.plan import build_redirects
from unwix.fidelity.compare import compare
from unwix.fidelity.markdown import html_facts
from unwix.run.read_report import read_report
from unwix.writers.permalinks import permalinks_of
from unwix.writers.targets import TARGETS
from unwix.writers.targets.imports.ghost import GhostHtml

pytestmark = pytest.mark.tools

#: The number of posts with the most images that are examined, in addition to the one with every kind of block.
_MOST_PAGES = 4
_COLUMN = ".gh-content"
Rows = list[dict[str, Any]]


def _answer(ghost: Ghost, request: str) -> tuple[int, str]:
    """Return the status and the path of `Location`, without following it."""
    connection = http.client.HTTPConnection(urlsplit(ghost.url).netloc, timeout=120)
    connection.request("GET", request)
    response = connection.getresponse()
    return response.status, (response.getheader("Location") or "").partition("?")[0]


def _fidelity(written: Rows, imported: dict[str, dict[str, Any]], ghost: Ghost) -> list[tuple[str, object]]:
    faults: list[tuple[str, object]] = []
    for post in written:
        shown = (imported[post["slug"]]["html"] or "").replace(f"{ghost.url}/", "/")
        facts = html_facts(GhostHtml.read_back(post.get("html", "")))
        faults += [(post["slug"], fault) for fault in compare(facts, html_facts(without_interface(shown))).problems]
    return faults


def _prove_fields(data: dict[str, Rows], imported: dict[str, dict[str, Any]], pages: dict[str, Any]) -> None:
    def differ(values: dict[str, tuple[object, object]]) -> dict[str, tuple[object, object]]:
        assert any(expected for expected, _ in values.values())
        return {slug: both for slug, both in values.items() if both[0] != both[1]}

    posts = {post["slug"]: post for post in data["posts"] if post["slug"] in pages}
    titles = {
        slug: (plain(post["title"]), plain(_text(pages[slug], "gh-article-title"))) for slug, post in posts.items()
    }
    prove("title", differ(titles) == {}, differ(titles))
    days = {
        slug: (post["published_at"][:10], _day(pages[slug])) for slug, post in posts.items() if "published_at" in post
    }
    prove("date", differ(days) == {}, differ(days))
    names = {
        column: {
            slug: [row[column] for row in data[table] if row["post_id"] == post["id"]] for slug, post in posts.items()
        }
        for table, column in (("posts_authors", "author_id"), ("posts_tags", "tag_id"))
    }
    users = {user["id"]: user["name"] for user in data["users"]}
    authors = {
        slug: ([users[one] for one in ids], _text(pages[slug], "gh-article-author-name").strip().split(", "))
        for slug, ids in names["author_id"].items()
        if ids
    }
    prove("author", differ(authors) == {}, differ(authors))
    tags = {
        slug: (ids, [tag["slug"] for tag in imported[slug]["tags"] if tag["visibility"] == "public"])
        for slug, ids in names["tag_id"].items()
    }
    prove("tags", differ(tags) == {}, differ(tags))
    assert [tag["name"] for tag in imported[SLUG]["tags"] if "firing" in tag["slug"]] == ["Slow firing"]
    covers = {
        slug: ("feature_image" in post, bool(pages[slug].find_class("gh-article-image")))
        for slug, post in posts.items()
    }
    prove("cover", differ(covers) == {}, differ(covers))


def _text(page: Any, class_name: str) -> str:
    found = page.find_class(class_name)
    return str(found[0].text_content()) if found else ""


def _day(page: Any) -> str:
    return str(page.find_class("gh-article-meta-date")[0].get("datetime"))


def _prove_links(pages: dict[str, Any], ghost: Ghost) -> None:
    hrefs = {str(link.get("href")) for page in pages.values() for link in page.find_class("gh-content")[0].iter("a")}
    inside = {href.partition("#")[0] for href in hrefs if href.startswith((ghost.url, "/"))}
    dead = [href for href in inside if _answer(ghost, href.removeprefix(ghost.url))[0] != 200]
    prove("links", len(inside) > 3 and dead == [], dead or inside)


def _prove_blocks(page: Any, url: str) -> None:
    """Examine the post with every kind of block in the browser."""
    page.goto(url, wait_until="load")

    def count(selector: str) -> int:
        return int(page.locator(f"{_COLUMN} {selector}").count())

    prove("gallery", count(".kg-gallery-card img") == 5)
    prove("video", count(".kg-embed-card iframe") == 1 and count(".kg-video-card video") == 1)
    prove("table", count("table td") > 20)
    prove("code", count("pre code") == 2)
    toggle = page.locator(".kg-toggle-card", has_text="Is there a lift?")
    assert toggle.get_attribute("data-kg-toggle-state") == "close"
    toggle.locator(".kg-toggle-heading").click()
    page.wait_for_function(
        "() => [...document.querySelectorAll('.kg-toggle-card')].some(card => card.dataset.kgToggleState === 'open')"
    )
    prove("collapsible", toggle.get_attribute("data-kg-toggle-state") == "open")
    assert count(".kg-button-card a") == 1
    assert count(".kg-audio-card audio") == 1
    assert count(".kg-bookmark-card") > 2


def _prove_redirects(out: Path, ghost: Ghost) -> None:
    assert run("redirects", out, "--for", "ghost", "--verify").code == 0
    ghost.upload_redirects(out / "redirects/redirects.json")
    report, permalinks = read_report(out), permalinks_of("ghost", {}, TARGETS["ghost"].pages)
    rules = build_redirects(report["posts"], report["links"], permalinks, None).rules
    # Ghost answers 400 to bare UTF-8, which browsers never send.
    requests_by_rule = [(rule, request) for rule in rules for request in requests_for(rule) if request.isascii()]
    answers = [(request, rule.new, _answer(ghost, request)) for rule, request in requests_by_rule]
    wrong = [(request, new, found) for request, new, found in answers if found != (301, new)]
    dead = {new for new in {rule.new for rule in rules} if _answer(ghost, new)[0] != 200}
    prove("redirects", len(requests_by_rule) > 50 and wrong == [] and dead == set(), wrong or dead)


@proves(
    {
        "ghost": (
            "Ghost",
            "title date author cover tags gallery video collapsible table code links drafts redirects",
        )
    }
)
def test_ghost_shows_every_post_and_redirects_every_old_url(tmp_path: Path) -> None:
    out, sources = tmp_path / "move", (ROOT_DIR / "samples", write_showcase(tmp_path))
    assert run("convert", *sources, "-o", out, "--to", "ghost", "-j", 0).code in (0, 1)
    data = json.loads((out / "ghost.json").read_text("utf-8"))["db"][0]["data"]
    written = data["posts"]
    with ghost_server() as ghost:
        imported = {post["slug"]: post for post in ghost.import_posts(out / "ghost.json", len(written))}
        assert {post["slug"] for post in written} <= {*imported}
        assert _fidelity(written, imported, ghost) == []
        pages = {}
        for post in written:
            answer = requests.get(f"{ghost.url}/{post['slug']}/", timeout=120)
            if post["status"] == "draft":
                prove("drafts", answer.status_code == 404 and imported[post["slug"]]["status"] == "draft", post["slug"])
            elif post["visibility"] == "public":
                pages[post["slug"]] = html.fromstring(answer.text)
        _prove_fields(data, imported, pages)
        _prove_links(pages, ghost)
        with browser_page() as page:
            _prove_blocks(page, f"{ghost.url}/{SLUG}/")
            public = [post for post in written if post["slug"] in pages]
            most = sorted(public, key=lambda post: -post.get("html", "").count("<img"))[:_MOST_PAGES]
            slugs = {SLUG, *(post["slug"] for post in most)}
            faults = {slug: layout_faults(page, f"{ghost.url}/{slug}/", _COLUMN) for slug in sorted(slugs)}
            assert {slug: found for slug, found in faults.items() if found} == {}
        _prove_redirects(out, ghost)
