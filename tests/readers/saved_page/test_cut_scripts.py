"""Test that scripts, styles and drawings are cut out of a page's bytes, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import post_pages as pages
from unwix.readers.saved_page.cut_scripts import cut_scripts

IMAGE = "https://static.wixstatic.com/media/ab12cd_11111111111111111111111111111111~mv2.png"


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>a</p><script>if (a < b) '</p>'</script><p>b</p>", "<p>a</p><p>b</p>"),
        ("<style>p{}</style\n><svg><path/></svg>c", "c"),
        ("<svg/>a<svg viewBox='0 0 1 1'/>b", "ab"),
        ("<svg><svg><path/></svg><text>no</text></svg>a", "a"),
        ('<img alt="an <svg> drawing"><p>b</p><svg></svg>', '<img alt="an <svg> drawing"><p>b</p>'),
        ("<img alt='<b> and <style>'><p>b</p><style></style>", "<img alt='<b> and <style>'><p>b</p>"),
        ("<!-- <script> --><p>b</p><script></script>", "<!-- <script> --><p>b</p>"),
        ("<!--><p>a</p><script>x</script>", "<!--><p>a</p>"),
        ("<style-guide><p>b</p></style-guide>", "<style-guide><p>b</p></style-guide>"),
        ("<scripture>b</scripture><script>x</scripture></script>", "<scripture>b</scripture>"),
        ("<p data-a=<style>a</p><style></style>", "<p data-a=<style>a</p>"),
        ("<p>a=<style>x</style>b</p>", "<p>a=b</p>"),
        ('<p data-a = "<script>">b</p><script></script>', '<p data-a = "<script>">b</p>'),
        ("<xmp><script></xmp><p>b</p><script></script>", "<xmp><script></xmp><p>b</p>"),
        ("<iframe><style></iframe><p>b</p><style></style>", "<iframe><style></iframe><p>b</p>"),
        ("<title>The <style> element</title><p>b</p><style>x</style>", "<title>The <style> element</title><p>b</p>"),
    ],
)
def test_scripts_styles_and_drawings_are_cut(markup: str, expected: str) -> None:
    cut = cut_scripts(markup.encode())
    assert (cut.html.decode(), cut.truncated) == (expected, False)


TAG = st.sampled_from(["script", "style", "svg", "SCRIPT", "style-guide", "svgs"])
PIECE = st.one_of(
    TAG.map(lambda tag: f'<img src="{IMAGE}" alt="a <{tag}> in an attribute">'),
    TAG.map(lambda tag: f"<img src='{IMAGE}' alt='a <{tag} b=&quot;c'>"),
    TAG.map(lambda tag: f"<!-- a <{tag}> in a comment -->"),
    st.sampled_from(["<script>let a = '<p>';</script>", "<style>p{}</style>", "<svg><g><path/></g></svg>"]),
    st.just("<style-guide>Words of the author.</style-guide>"),
)


@given(st.lists(PIECE, min_size=1, max_size=6))
def test_no_paragraph_disappears(pieces: list[str]) -> None:
    blocks = "".join(f"{piece}{pages.p(f'Paragraph {number}.')}" for number, piece in enumerate(pieces))
    text = pages.written(pages.post_page(blocks)).text
    assert [n for n in range(len(pieces)) if f"Paragraph {n}." not in text] == []
