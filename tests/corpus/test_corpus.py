"""Test the quality of real pages with the shared scorer; neither is part of the project.

Both are in ../shared. `floor.json` has the minimum values; they may only rise, and are raised by hand.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from typing import Any
from urllib.parse import unquote

import pytest
import yaml
from lxml import etree

from support.paths import TESTS_DIR
from support.post_pages import split
from support.scorer import SHARED, scorer
from test_properties import article_of
from unwix.model.page import Page
from unwix.run.steps import ConversionResult, convert_page
from unwix.web import cmark as gfm
from unwix.writers.markdown.writer import write_markdown

CORPUS = SHARED / "corpus"
FLOOR: dict[str, Any] = json.loads((TESTS_DIR / "corpus" / "floor.json").read_text(encoding="utf-8"))

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="skipped: ../shared is not here")


@cache
def outcomes(folder: str) -> list[ConversionResult]:
    paths = sorted(path for path in (CORPUS / folder).rglob("*") if path.is_file() and path.suffix != ".tsv")
    return [convert_page(Page(path.relative_to(SHARED).as_posix(), path=path)) for path in paths]


@cache
def scores() -> dict[str, Any]:
    score, rows = scorer(), []
    for outcome in outcomes("pages"):
        for post in outcome.posts:
            facts, metadata = score.gold(score.read_page(SHARED / post.source))
            if re.match(r"https?://[^./]+/", metadata["url"]):
                # The scorer trusts `og:url`. Wix's server wrote `https://post/slug` into some pages, which is no valid
                # URL; ours is compared by its path.
                assert re.match(r"https://[^/.]+\.[^/]+/", post.metadata.canonical_url)
                assert post.metadata.canonical_url.endswith(metadata["url"].partition(":/")[2])
                metadata["url"] = post.metadata.canonical_url
            front, body = score.split(post.text)
            row = score.compare(facts, score.markdown_facts(body))
            rows.append(
                {
                    **row,
                    "flaws": dict(score.flaws(body)),
                    "meta": score.compare_meta(metadata, front, body),
                    "source": post.source,
                }
            )
    return dict(score.summary(rows))


def test_all_pages_are_posts() -> None:
    assert [(o.source, o.skipped or o.failed) for o in outcomes("pages") if not o.posts] == []
    assert sum(len(o.posts) for o in outcomes("pages")) >= FLOOR["pages"]["posts"]


@pytest.mark.parametrize("name", [name for name in FLOOR["pages"] if name not in ("posts", "meta")])
def test_no_score_falls(name: str) -> None:
    assert scores()[name] >= FLOOR["pages"][name] - 1e-6


@pytest.mark.parametrize("name", FLOOR["pages"]["meta"])
def test_no_field_of_metadata_falls(name: str) -> None:
    assert scores()["meta"][name] >= FLOOR["pages"]["meta"][name] - 1e-6


def test_fidelity_agrees_with_the_scorer() -> None:
    assert [post.source for o in outcomes("pages") for post in o.posts if not post.fidelity.lossless] == []


def test_skipped_pages_state_the_correct_reason() -> None:
    assert [(o.source, len(o.posts), o.failed) for o in outcomes("not-posts") if o.posts or o.failed] == []
    assert Counter(str(o.skipped) for o in outcomes("not-posts")) == FLOOR["not-posts"]


@pytest.mark.parametrize("viewer", ["current", "old"])
def test_content_of_the_viewer_is_kept(viewer: str) -> None:
    found = outcomes(f"rendered/{viewer}")
    assert [(o.source, o.skipped or o.failed) for o in found if not o.posts] == []
    lossy = [post.source for o in found for post in o.posts if not post.fidelity.lossless]
    assert len(lossy) <= FLOOR["viewer"][viewer], lossy


def test_the_text_dump() -> None:
    (found,) = outcomes("text/ketamine-seed.txt") or [
        convert_page(Page("seed", path=CORPUS / "text/ketamine-seed.txt"))
    ]
    (post,) = found.posts
    metadata = post.metadata
    assert metadata.authors == ["Josh Brar"]
    assert (metadata.views, metadata.comments, metadata.commenting) == (89, 0, "closed")
    assert metadata.title
    assert post.fidelity.lossless
    _, body = split(post.text)
    tree = etree.fromstring(f"<main>{gfm.render(body)}</main>".encode(), etree.HTMLParser(encoding="utf-8"))
    assert len(list(tree.iter("h1", "h2", "h3", "h4", "h5", "h6"))) == 7
    assert metadata.title not in body.splitlines()
    chrome = r"top of page|bottom of page|recent posts|see all|Writer's picture|commenting has been turned off|post not marked|log in|\d+ views?\s*\d+ comments?"
    assert not re.search(chrome, body, re.I)


def letters(markdown: str) -> str:
    return re.sub(r"(?:%[89A-Fa-f][0-9A-Fa-f])+", lambda found: unquote(found[0]), markdown)


@pytest.mark.parametrize("folder", ["pages", "viewer"])
def test_writing_twice_changes_nothing(folder: str) -> None:
    """Markdown → cmark's HTML → article → Markdown. Raw HTML, which an article cannot contain, is left out."""
    differ = []
    for post in (post for outcome in outcomes(folder) for post in outcome.posts):
        _, body = split(post.text)
        body = body.lstrip("\n")
        if re.search(r"<(?!https?:|mailto:|tel:)[a-z!/]", body):
            continue
        if letters(write_markdown(article_of(body))) != letters(body):  # cmark percent-encodes URLs
            differ.append(post.source)
    assert len(differ) <= FLOOR["twice"][folder], differ


def test_all_front_matter_can_be_read() -> None:
    for post in (post for folder in ("pages", "viewer") for outcome in outcomes(folder) for post in outcome.posts):
        head, _ = split(post.text)
        assert isinstance(yaml.safe_load(head) or {}, dict)
