"""Test that the fidelity check detects links, videos, texts and numbers that changed places, and changed URLs."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache

import pytest

from support import post_pages as html
from support import ricos_documents as ricos
from unwix import readers
from unwix.fidelity.compare import compare
from unwix.fidelity.markdown import markdown_facts
from unwix.model.page import Page
from unwix.model.post import Post
from unwix.writers.markdown.writer import write_markdown

ONE, TWO, THREE = "https://a.example/one", "https://b.example/two", "https://www.c.example/Some/Path?q=A"
VIDEOS = ("abcdefghijk", "lmnopqrstuv")
IMAGES = {f"ab12cd_{digit * 32}~mv2.jpg": alt for digit, alt in (("1", "A pot"), ("2", "A jug"))}


def _page() -> bytes:
    frame = '<div data-hook="iframe-component"><iframe src="https://www.youtube.com/embed/{}"></iframe></div>'
    image = '<img src="https://static.wixstatic.com/media/{}" alt="{}">'
    blocks = (
        html.p(f'Read <a href="{ONE}">here</a> and <a href="{TWO}">here</a>, then <a href="{THREE}">this</a>.'),
        *(frame.format(video) + html.p("Below the video.") for video in VIDEOS),
        *(f"<figure>{image.format(name, alt)}</figure>" + html.p("Below the image.") for name, alt in IMAGES.items()),
        *(f'<ol start="{n}"><li><p>an item</p></li></ol>' + html.p("Below the list.") for n in (3, 7)),
    )
    return html.post_page("".join(blocks))


def _ricos() -> bytes:
    def here(url: str, text: str = "here") -> ricos.Json:
        return ricos.text(text, ricos.link(url))

    nodes = [ricos.p("Read ", here(ONE), " and ", here(TWO), ", then ", here(THREE, "this"), ".")]
    for video in VIDEOS:
        data = {"video": {"src": {"url": f"https://www.youtube.com/watch?v={video}"}}}
        nodes += [ricos.node("VIDEO", videoData=data), ricos.p("Below the video.")]
    for name, alt in IMAGES.items():
        nodes += [ricos.image(name, alt=alt), ricos.p("Below the image.")]
    for start in (3, 7):
        items = ricos.node("ORDERED_LIST", ricos.item("an item"), orderedListData={"start": start})
        nodes += [items, ricos.p("Below the list.")]
    return json.dumps({"title": "One", "slug": "one", "richContent": {"nodes": nodes}}).encode()


FORMS: dict[str, Callable[[], bytes]] = {"page": _page, "Ricos": _ricos}
#: Two texts of the Markdown that change places, or a text and its replacement.
SWAPPED = {
    "links with one text": (ONE, TWO),
    "videos": VIDEOS,
    "alternative texts": tuple(IMAGES.values()),
    "first numbers of lists": ("3. an", "7. an"),
}
CHANGED = {
    "letter case of a path": ("Some/Path", "some/path"),
    "letter case of a query": ("q=A", "q=a"),
    "www.": ("https://www.c", "https://c"),
    "scheme": ("https://www.c", "http://www.c"),
}


#: What a fault makes of a text of the Markdown.
MOVED = {
    "a video": (
        f"<https://www.youtube.com/watch?v={VIDEOS[0]}>\n\nBelow the video.",
        f"Below the video.\n\n<https://www.youtube.com/watch?v={VIDEOS[0]}>",
    )
}
CODE = "a = 1\n\nb = 2"
CODE_FAULTS = {
    "an empty line is lost": "a = 1\nb = 2",
    "a block is split": "a = 1\n```\n\n```\nb = 2",
    "an empty line is added": "a = 1\n\n\nb = 2",
}


@cache
def _post(form: str) -> tuple[Post, str]:
    (post,) = readers.read(Page("one", data=FORMS[form]()))
    return post, write_markdown(post.article)


def _problems(form: str, markdown: str) -> list[str]:
    return [problem.detail for problem in compare(_post(form)[0].facts, markdown_facts(markdown)).problems]


@pytest.mark.parametrize("form", FORMS)
def test_an_untouched_output_gives_no_finding(form: str) -> None:
    assert _problems(form, _post(form)[1]) == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", SWAPPED)
def test_things_that_changed_places_are_noticed(name: str, form: str) -> None:
    markdown = _post(form)[1]
    one, two = SWAPPED[name]
    assert one in markdown
    assert two in markdown
    assert _problems(form, markdown.replace(one, "@@").replace(two, one).replace("@@", two))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", CHANGED)
def test_a_changed_url_is_noticed(name: str, form: str) -> None:
    markdown = _post(form)[1]
    old, new = CHANGED[name]
    assert old in markdown
    (problem,) = _problems(form, markdown.replace(old, new))
    assert problem.startswith("the URL “https://www.c.example/Some/Path?q=A” of a link became")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", MOVED)
def test_an_embed_in_another_place_is_noticed(name: str, form: str) -> None:
    markdown = _post(form)[1]
    old, new = MOVED[name]
    assert old in markdown
    assert any("is in another place" in problem for problem in _problems(form, markdown.replace(old, new)))


@pytest.mark.parametrize("fault", CODE_FAULTS)
def test_empty_lines_and_ends_of_code_blocks_are_compared_for_documents(fault: str) -> None:
    nodes = [ricos.p("Above."), ricos.node("CODE_BLOCK", CODE), ricos.p("Below.")]
    document = json.dumps({"title": "One", "slug": "one", "richContent": {"nodes": nodes}}).encode()
    (post,) = readers.read(Page("one", data=document))
    markdown = write_markdown(post.article)
    assert CODE in markdown
    assert compare(post.facts, markdown_facts(markdown)).problems == []
    assert compare(post.facts, markdown_facts(markdown.replace(CODE, CODE_FAULTS[fault]))).problems
