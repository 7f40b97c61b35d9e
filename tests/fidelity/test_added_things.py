"""Things that an output has in addition, or in place of others with the same URL, are noticed."""

from __future__ import annotations

import re
from typing import Any

import pytest

from support.post_pages import block, one_post, p, picture, post_page
from unwix.fidelity.compare import compare
from unwix.fidelity.markdown import html_facts, markdown_facts
from unwix.writers.markdown.writer import write_markdown

VIDEO = "https://www.youtube.com/watch?v=abcdefghijk"
PLAYER = '<div data-hook="video-player"><iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe></div>'
POLL = (
    '<div data-hook="polls-viewer"><span data-hook="polls-question-text-input">Which clay?</span><ul><li data-hook="polls-answer-items">'
    '<span data-hook="polls-answer-text-input">Red</span></li></ul><p>twelve votes so far</p></div>'
)
POST = one_post(
    post_page(
        p(f'The kiln is cold. See <a href="{VIDEO}">the film</a>.') + picture("A pot") + picture(name="ab12cd_" + "5" * 32 + "~mv2.jpg")
        + PLAYER + POLL + '<ol start="3"><li>wedge</li><li>centre</li></ol><p>and</p><ol><li>fire</li></ol>'
    )
)  # fmt: skip
MARKDOWN = write_markdown(POST.article)


def _findings(markdown: str) -> list[str]:
    return [f"{problem.kind}: {problem.detail}" for problem in compare(POST.facts, markdown_facts(markdown)).problems]


def test_the_output_itself_is_right() -> None:
    assert _findings(MARKDOWN) == []


_IMAGE = next(line for line in MARKDOWN.splitlines() if line.startswith("![A pot]"))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (_IMAGE, f"{_IMAGE}\n\n{_IMAGE}", "images that are written too often: 1"),
        ("![](", "![A jug](", "an alternative text that the source does not have: “a jug”"),
        (f"<{VIDEO}>", "", "one URL is both a link and an embed, and one is missing"),
        ("kiln is cold", "**kiln is** cold", "bold: 6 letters too many"),
        ("3. wedge", "4. wedge", "first numbers of ordered lists: 3 became 4"),
        ("3. wedge", "1. wedge", "first numbers of ordered lists: 3 became 1"),
        ("1. fire", "2. fire", "first numbers of ordered lists: 1 became 2"),
        ("Red", "_Red_", "italic: 3 letters too many"),
    ],
)
def test_an_addition_is_noticed(old: str, new: str, expected: str) -> None:
    assert MARKDOWN.count(old) == 1, MARKDOWN
    assert any(expected in finding.lower() or expected in finding for finding in _findings(MARKDOWN.replace(old, new)))


def test_a_lost_placeholder_makes_a_post_lossy(monkeypatch: pytest.MonkeyPatch) -> None:
    from unwix.run import write_post

    raw = post_page(p("The kiln is cold.") + block('<div data-hook="gallery-viewer"></div>', "gallery"))
    post = one_post(raw)
    assert write_post.write(post).result == "incomplete"

    def without_comments(*arguments: Any) -> str:
        return re.sub(r"<!--.*?-->", "", write_markdown(*arguments))

    monkeypatch.setattr(write_post, "write_markdown", without_comments)
    result = write_post.write(one_post(raw))
    assert "placeholders of missing content: 0 of 1 written" in [problem.detail for problem in result.problems]
    assert result.result == "lossy"


def test_an_image_that_a_gallery_shows_too_is_written_twice() -> None:
    """A page that was saved early has only the previews of a gallery."""
    url = "https://static.wixstatic.com/media/ab12cd_00000000000000000000000000000001~mv2.jpg/v1/fit/w_9,h_9/x.jpg"
    item = f'<div data-hook="item-container"><img data-hook="gallery-item-image-img-preload" src="{url}">{{}}</div>'
    for other in ("", f'<img data-hook="gallery-item-image-img" src="{url}">'):
        gallery = block(f'<div data-hook="galleryViewer">{item.format(other)}</div>', "gallery")
        post = one_post(post_page(p("Two views.") + picture("A pot", "ab12cd_" + "0" * 31 + "1~mv2.jpg") + gallery))
        markdown = write_markdown(post.article)
        assert markdown.count("![") == 2
        assert compare(post.facts, markdown_facts(markdown)).problems == []
        once = markdown.replace(markdown.split("\n\n")[-1].strip(), "")
        assert compare(post.facts, markdown_facts(once)).problems != []


def test_markdown_against_its_built_page_has_no_additions() -> None:
    """Neither tells links and embeds apart, and Hugo writes a caption as the alternative text, too."""
    markdown = f"See [the film]({VIDEO}) and [it]({VIDEO}).\n"
    assert compare(markdown_facts(markdown), markdown_facts(markdown)).problems == []
    post = one_post(post_page(p("A pot.") + picture("", "The potter's *May*")))
    (url,) = re.findall(r"https://static[^)]*", write_markdown(post.article))
    figure = f"<figure><img src='{url}' alt='The potter’s *May*'><figcaption>The potter's *May*</figcaption></figure>"
    built = html_facts(f"<p>A pot.</p>{figure}")
    assert compare(post.facts, built).problems == []
