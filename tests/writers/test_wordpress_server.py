"""A real WordPress imports the samples: what its pages show, and that every new URL is there."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
import requests
from lxml import etree, html

from support.paths import ROOT_DIR
from support.terminal import run
from support.wordpress_server import WordPress, wordpress_server
from unwix.blog.redirects.plan import build_redirects
from unwix.fidelity.compare import compare
from unwix.fidelity.markdown import html_facts
from unwix.run.read_report import read_report
from unwix.writers.permalinks import permalinks_of
from unwix.writers.targets import TARGETS
from unwix.writers.targets.imports.wordpress import WordPressHtml

pytestmark = pytest.mark.tools

#: WordPress sets quotes, dashes and dots in better type; the words are compared anyway.
_BETTER_TYPE = {"characters-lost", "characters-added"}
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_WP = "{http://wordpress.org/export/1.2/}"


def _body(page: str) -> str:
    """Return the post's body on its page."""
    content = html.fromstring(page).find_class("wp-block-post-content")
    return "".join(etree.tostring(child, encoding="unicode", method="html") for child in content[0])


def _written(file: Path) -> dict[str, str]:
    """Return the bodies in a WXR file by the slug of their posts."""
    items = etree.parse(file).iterfind(".//item")
    return {
        str(item.findtext(f"{_WP}post_name")): str(item.findtext(_CONTENT) or "")
        for item in items
        if item.findtext(f"{_WP}post_type") == "post"
    }


def _faults(site: WordPress, written: dict[str, str]) -> list[tuple[str, object]]:
    faults: list[tuple[str, object]] = []
    for post in site.posts:
        slug = unquote(post["slug"])
        if post["status"] != "publish":
            continue
        shown = _body(requests.get(post["url"], timeout=60).text).replace(site.url, "")
        before, after = (html_facts(WordPressHtml.read_back(text)) for text in (written[slug], shown))
        faults += [(slug, fault) for fault in compare(before, after).problems if fault.kind not in _BETTER_TYPE]
    return faults


def test_wordpress_shows_every_post_where_the_redirects_lead(tmp_path: Path) -> None:
    out = tmp_path / "move"
    assert run("convert", ROOT_DIR / "samples", "-o", out, "--to", "wordpress", "-j", 0).code in (0, 1)
    written = _written(out / "wordpress.xml")
    rules = build_redirects(
        read_report(out)["posts"], None, permalinks_of("wordpress", {}, TARGETS["wordpress"].pages), None
    ).rules
    with wordpress_server() as site:
        site.import_posts(out / "wordpress.xml")
        assert {unquote(post["slug"]) for post in site.posts} == {*written}
        assert {post["status"] for post in site.posts} == {"publish", "draft", "future"}
        assert _faults(site, written) == []
        missing = {new for new in {rule.new for rule in rules} if not requests.get(site.url + new, timeout=60).ok}
        assert missing == set()
        home = requests.get(site.url, timeout=60).text
        assert not re.search("Fatal error|Warning:", home)
