"""Test with a real WordPress: it imports the samples, shows them in three themes, and every new URL exists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import requests
from lxml import etree, html

from support.browser import browser_page, layout_faults
from support.moved_blog import plain
from support.paths import ROOT_DIR
from support.proofs import prove, proves
from support.showcase_post import COMMENT, SLUG, write_showcase
from support.terminal import run
from support.wordpress_editor import invalid_blocks
from support.wordpress_server import THEMES, WordPress, wordpress_server
from unwix.blog.redirects.plan import build_redirects
from unwix.fidelity.compare import compare
from unwix.fidelity.markdown import html_facts
from unwix.run.read_report import read_report
from unwix.writers.permalinks import permalinks_of
from unwix.writers.targets import TARGETS
from unwix.writers.targets.imports.wordpress import WordPressHtml

pytestmark = pytest.mark.tools

#: WordPress replaces quotation marks, dashes and dots; the words are compared.
_BETTER_TYPE = {"characters-lost", "characters-added"}
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
_WP = "{http://wordpress.org/export/1.2/}"
_PLAYER = re.compile('<iframe[^>]* title="(https://www[.]youtube[.]com/[^"]*)"[^>]*></iframe>')
_SOURCE = re.compile('src="(/[^"]*)"')
_COLUMN = dict.fromkeys(THEMES, ".entry-content")
#: The number of posts with the most images that are examined in each theme, in addition to the one with every kind of
#: block.
_MOST_PAGES = 3


@dataclass
class Post:
    """A post in the file, and the page that shows it."""

    slug: str
    body: str
    title: str
    day: str
    author: str
    tags: set[str]
    has_cover: bool
    url: str = ""
    page: str = ""

    def text(self, class_name: str) -> str:
        """Return the text of the first element of a class on the page."""
        found = html.fromstring(self.page).find_class(class_name)
        return str(found[0].text_content()) if found else ""

    def shown(self, site: WordPress) -> str:
        """Return the post's body on its page, with players and images under their own URLs."""
        content = html.fromstring(self.page).find_class("wp-block-post-content")
        text = "".join(etree.tostring(child, encoding="unicode", method="html") for child in content[0])
        text = _PLAYER.sub(r"\1", text.replace(site.url, ""))
        return _SOURCE.sub(lambda match: f'src="{site.images.get(match[1], match[1])}"', text)


def _posts_in(file: Path) -> Iterator[Post]:
    root = etree.parse(file)
    names = {
        row.findtext(f"{_WP}author_login"): row.findtext(f"{_WP}author_display_name")
        for row in root.iter(f"{_WP}author")
    }
    for item in root.iterfind(".//item"):
        if item.findtext(f"{_WP}post_type") == "post":
            meta = {row.findtext(f"{_WP}meta_key") for row in item.iter(f"{_WP}postmeta")}
            yield Post(
                str(item.findtext(f"{_WP}post_name")),
                str(item.findtext(_CONTENT) or ""),
                item.findtext("title") or "",
                str(item.findtext(f"{_WP}post_date") or "")[:10],
                str(names.get(item.findtext(_CREATOR)) or ""),
                {str(term.text) for term in item.iter("category") if term.get("domain") == "post_tag"},
                "_thumbnail_id" in meta,
            )


def _fidelity(posts: list[Post], site: WordPress) -> list[tuple[str, object]]:
    faults: list[tuple[str, object]] = []
    for post in posts:
        before, after = (html_facts(WordPressHtml.read_back(text)) for text in (post.body, post.shown(site)))
        faults += [(post.slug, fault) for fault in compare(before, after).problems if fault.kind not in _BETTER_TYPE]
    return faults


def _prove_fields(posts: list[Post]) -> None:
    titles = [post.slug for post in posts if plain(post.text("wp-block-post-title")) != plain(post.title)]
    prove("title", titles == [], titles)
    days = [p.slug for p in posts if p.day and f'<time datetime="{p.day}T' not in p.page]
    prove("date", days == [] and any(post.day for post in posts), days)
    authors = [p.slug for p in posts if p.author and p.text("wp-block-post-author__name").strip() != p.author]
    prove("author", authors == [] and any(post.author for post in posts), authors)
    covers = [p.slug for p in posts if ("wp-block-post-featured-image" in _tags_of(p.page)) != p.has_cover]
    prove("cover", covers == [] and any(post.has_cover for post in posts), covers)
    tags = [post.slug for post in posts if _terms(post.page, "taxonomy-post_tag") != post.tags]
    prove("tags", tags == [] and any(post.tags for post in posts), tags)
    assert next(post.tags for post in posts if post.slug == SLUG) == {"Slow firing"}


def _tags_of(page: str) -> set[str]:
    """Return the classes of all elements; the styles name them, too."""
    return {name for element in html.fromstring(page).iter() for name in str(element.get("class") or "").split()}


def _terms(page: str, class_name: str) -> set[str]:
    return {link.text_content() for box in html.fromstring(page).find_class(class_name) for link in box.iter("a")}


def _prove_links(posts: list[Post], site: WordPress) -> None:
    inside = {
        str(link.get("href")).partition("#")[0].replace(site.url, "")
        for post in posts
        for link in html.fragments_fromstring(f"<div>{post.shown(site)}</div>")[0].iter("a")
        if str(link.get("href") or "").startswith(("/", site.url))
    }
    dead = [path for path in inside if not requests.get(site.url + path, timeout=120).ok]
    prove("links", len(inside) > 3 and dead == [], dead or inside)


def _prove_blocks(page: Any, post: Post, site: WordPress) -> None:
    """Examine the post with every kind of block in the browser."""
    page.goto(post.url, wait_until="load")

    def count(selector: str) -> int:
        return int(page.locator(selector).count())

    prove("gallery", count(".wp-block-gallery .wp-block-image img") == 2 + 5)
    prove("video", count(".wp-block-embed-youtube iframe") == 1 and count(".wp-block-video video") == 1)
    prove("table", count(".wp-block-table td") > 20)
    prove("code", count("pre.wp-block-code code") == 2)
    details = page.locator("details.wp-block-details", has_text="Is there a lift?")
    hidden = details.locator("p").is_visible()
    details.locator("summary").click()
    details.locator("p").wait_for(state="visible")
    prove("collapsible", not hidden)


def _unstyled(posts: list[Post], site: WordPress) -> list[str]:
    """Return images without the class by which WordPress and its themes find them."""
    images = (
        image for post in posts for image in html.fragments_fromstring(f"<div>{post.shown(site)}</div>")[0].iter("img")
    )
    return [str(image.get("src")) for image in images if not re.search(r"\bwp-image-\d+", image.get("class") or "")]


@proves({"wordpress": ("WordPress", "title date author cover tags gallery video collapsible table code links drafts")})
def test_wordpress_shows_every_post_at_the_redirect_targets(tmp_path: Path) -> None:
    out, sources = tmp_path / "move", (ROOT_DIR / "samples", write_showcase(tmp_path))
    done = run("convert", *sources, "-o", out, "--to", "wordpress", "--comments", "--split", "0.05", "-j", 0)
    assert done.code in (0, 1), done.err
    files = sorted(out.glob("wordpress-*.xml"))
    assert len(files) > 2
    posts = {post.slug: post for file in files for post in _posts_in(file)}
    report, permalinks = read_report(out), permalinks_of("wordpress", {}, TARGETS["wordpress"].pages)
    rules = build_redirects(report["posts"], report["links"], permalinks, None).rules
    with wordpress_server() as site:
        for file in files:
            site.import_posts(file)
        assert {unquote(found["slug"]) for found in site.posts} == {*posts}
        again = site.import_posts(files[1])
        assert [post["slug"] for post in again if post["new"]] == [], "an import can be repeated"
        assert {found["status"] for found in site.posts} == {"publish", "draft", "future"}
        shown = []
        for found in site.posts:
            answer = requests.get(found["url"], timeout=120)
            if found["status"] != "publish":
                prove("drafts", answer.status_code == 404, found)
                continue
            post = posts[unquote(found["slug"])]
            post.url, post.page = found["url"], answer.text
            shown.append(post)
        assert _fidelity(shown, site) == []
        assert "static.wixstatic.com" not in "".join(re.findall(r"<img[^>]*>", "".join(post.page for post in shown)))
        assert _unstyled(shown, site) == []
        assert COMMENT in posts[SLUG].page
        _prove_fields(shown)
        _prove_links(shown, site)
        missing = {new for new in {rule.new for rule in rules} if not requests.get(site.url + new, timeout=120).ok}
        assert missing == set()
        assert not re.search("Fatal error|Warning:", requests.get(site.url, timeout=120).text)
        with browser_page() as page:
            assert invalid_blocks(page, site, {post.slug: post.body for post in posts.values()}) == []
            _prove_blocks(page, posts[SLUG], site)
            most = sorted(shown, key=lambda post: -post.body.count("<img"))[: _MOST_PAGES + 1]
            for theme in THEMES:
                site.use_theme(theme)
                faults = {
                    post.slug: layout_faults(page, post.url, _COLUMN[theme])
                    for post in {p.slug: p for p in (posts[SLUG], *most)}.values()
                }
                assert {slug: found for slug, found in faults.items() if found} == {}, theme
