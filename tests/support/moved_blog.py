"""Convert posts for a target, and compare the built site with the sources."""

from __future__ import annotations

import json
import posixpath
import re
from collections import Counter
from collections.abc import Collection
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html

from support.proofs import blocks_of
from support.terminal import run
from unwix.blog.paths import OutputPlace
from unwix.model.article import Element
from unwix.model.facts import Facts
from unwix.model.post import Post
from unwix.run import steps as pipeline
from unwix.wix.url_keys import url_key
from unwix.writers.target import Target, url_path
from unwix.writers.targets import MARKDOWN_TARGETS


@dataclass
class Original:
    """The facts that a post's source states."""

    facts: Facts
    text: str | None
    """The visible text of the body; None if a block has no text of its own (a video, a gallery)."""
    dead: frozenset[str]
    """Links that are already broken in the source: missing anchors, incomplete URLs."""
    draft: bool
    blocks: frozenset[str]
    """The result of `proofs.blocks_of` for the post."""


@dataclass
class Blog:
    """A converted blog: the rows of the report, and the source of each post."""

    target: str
    folder: Path
    rows: list[dict[str, Any]]
    originals: dict[str, Original]
    """By the post's file."""

    def addresses(self) -> dict[str, Original]:
        """Return the URL of each post that will be published, with the facts of its source."""
        return {
            url_path(MARKDOWN_TARGETS[self.target], output): original
            for output, original in self.originals.items()
            if not original.draft
        }


def convert(target: str, folder: Path, *arguments: object, patch: pytest.MonkeyPatch) -> Blog:
    """Convert in this process, and keep the facts of each source while it is written."""
    originals: dict[str, Original] = {}
    write = pipeline.write

    def noted(
        post: Post,
        options: pipeline.Options,
        place: OutputPlace,
        anchors: Collection[str] = (),
        unlinked: Collection[str] = (),
    ) -> pipeline.WrittenPost:
        originals[place.output] = _original(post)
        for url in unlinked:  # a hashtag without a page on the new site
            for counts in (originals[place.output].facts.links, originals[place.output].facts.link_letters):
                counts.pop(url_key(url), None)
        _links_as_built(originals[place.output].facts, MARKDOWN_TARGETS[target], place.output)
        return write(post, options, place, anchors, unlinked)

    patch.setattr(pipeline, "write", noted)
    result = run("convert", *arguments, "-o", folder, "--to", target, "--jobs", 0)
    assert result.code in (0, 1), result.err
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    return Blog(target, folder, report["posts"], originals)


def _links_as_built(facts: Facts, target: Target, output: str) -> None:
    """Return the links from file to file in the form in which generators that resolve them build them."""
    if target.links_between != "files":
        return
    links: Counter[str] = Counter()
    renamed: dict[str, str] = {}
    for key, number in facts.links.items():
        file, mark, place = key.partition("#")
        if file.endswith(".md"):
            other = posixpath.normpath(posixpath.join(posixpath.dirname(output), file))
            href = posixpath.relpath(url_path(target, other), url_path(target, output))
            renamed[key] = url_key(f"{href}/{mark}{place}")
            links[renamed[key]] += number
        else:
            links[key] += number
    facts.links = links
    for letters in (facts.link_letters, facts.link_letters_at_most):
        for key in [key for key in letters if key in renamed]:
            letters[renamed[key]] = letters.get(renamed[key], "") + letters.pop(key)


def _original(post: Post) -> Original:
    article = post.article
    places = {str(node.get("id")) for node in article.iter() if node.get("id")}
    hrefs = [str(a.get("href")) for a in article.iter("a") if a.get("href")]
    dead = {h for h in hrefs if (h.startswith("#") and h[1:] not in places) or not re.match(r"[a-z]+:|#", h)}
    blocks = frozenset(blocks_of(article))
    return Original(deepcopy(post.facts), _seen(article), frozenset(dead), bool(post.metadata.draft), blocks)


_SPEAKING = set(
    "article p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre code table thead tbody tr td th a strong em s u sup sub br hr".split()
)
#: Typographic characters of generators, each with the characters that it replaces.
_TYPE = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "«": "<<", "»": ">>", "′": "'"})
_BLANK = re.compile("[\\s\u00a0\u00ad\u200b-\u200f\u202f\u2060\ufeff]")


def _seen(article: Element) -> str | None:
    if any(node.tag not in _SPEAKING or node.get("class") for node in article.iter()):
        return None
    copy = deepcopy(article)
    for link in copy.iter("a"):
        if not "".join(link.itertext()):
            link.text = link.get("href")
    return plain("".join(copy.itertext()))


def plain(text: str) -> str:
    """Return a text without spaces and without the changes of typography to quotation marks, dashes and dots."""
    text = _BLANK.sub("", text.translate(_TYPE)).replace("…", "...")
    return re.sub("-+", "-", re.sub("<<|>>|``|''", '"', text))


def text_of_page(page: bytes) -> str:
    """Return such a text of a post's body on a built page."""
    root = html.fromstring(page, parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
    (article,) = root.xpath("//article[@class='post-body']")
    return plain(str(etree.tostring(article, method="text", encoding="unicode", with_tail=False)))


def first_difference(expected: str, found: str) -> str:
    """Return the position where two texts begin to differ, for a message."""
    at = next(
        (n for n, (a, b) in enumerate(zip(expected, found, strict=False)) if a != b), min(len(expected), len(found))
    )
    return f"{expected[max(0, at - 20) : at + 20]!r} is {found[max(0, at - 20) : at + 20]!r}"
