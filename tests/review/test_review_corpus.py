"""Test the comparison of the review on real pages: it agrees with fidelity, and detects every inserted fault."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from support.scorer import SHARED
from unwix import readers
from unwix.model.errors import UnreadablePage
from unwix.model.page import Page
from unwix.model.post import Post
from unwix.model.skipped import Skipped
from unwix.readers.source_view import SourceView, source_view
from unwix.review.compare import Comparison, Count, compare
from unwix.review.normalize_html import normalize_html
from unwix.review.parse_output import parse_output
from unwix.run.write_post import write
from unwix.writers.targets import MARKDOWN_TARGETS

CORPUS = SHARED / "corpus"
pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="skipped: ../shared is not here")
#: A line of one word within a long sentence.
_AMID = re.compile(r"(?m)^(?![#|>!<\s*-])((?:[^\W\d_]+ ){6,})([^\W\d_]{5,}) ((?:[^\W\d_]+ ){4,})")


def posts_of(path: Path) -> list[tuple[Post, SourceView]]:
    page = Page(path.name, path=path)
    try:
        posts = readers.read(page)
    except (Skipped, UnreadablePage):
        return []
    return list(zip(posts, source_view(page, posts), strict=True))


def compared(post: Post, seen: SourceView, text: str) -> Comparison:
    witnesses = [post.facts, *(facts for _name, facts in post.other_facts)]
    return compare(normalize_html(seen.body), parse_output(text, MARKDOWN_TARGETS["markdown"]).blocks(), witnesses)


@pytest.mark.parametrize(("folder", "least"), [("pages", 15), ("rendered", 1), ("text/pages", 15)])
def test_comparison_agrees_with_fidelity_and_detects_a_lost_word(folder: str, least: int) -> None:
    looked = dropped = 0
    for path in sorted(p for p in (CORPUS / folder).rglob("*") if p.suffix in (".html", ".txt"))[::2]:
        for post, seen in posts_of(path):
            assert seen.form == ("lines" if folder.startswith("text") else "page")
            done = write(post)
            if not done.fidelity.lossless:
                continue
            found = compared(post, seen, done.text)
            assert (found.lost, found.added, found.unseen) == (Count(), Count(), []), path
            looked += 1
            spoilt, number = _AMID.subn(r"\1\3", done.text, count=1)
            if number:
                dropped += 1
                assert compared(post, seen, spoilt).lost == Count(words=1), path
    assert looked >= 15
    assert dropped >= least
