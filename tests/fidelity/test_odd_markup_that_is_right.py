"""Odd markup of figures, pictures and lists is written as a browser shows it, and the post is complete."""

from __future__ import annotations

import pytest

from support import ricos_documents as ricos
from support.post_pages import p, post_page, written

IMAGE = "https://static.wixstatic.com/media/ab12cd_" + "7" * 32 + "~mv2.jpg"
OTHER = IMAGE.replace("7", "8")
SHOWN = f"![A pot]({IMAGE})"
#: Markup, and what is written for it.
RIGHT = {
    "text in a picture": (p(f'Red <picture>clay<img src="{IMAGE}" alt="A pot"></picture> rests'), f"Red clay{SHOWN} rests"),
    "text after the source of a picture": (
        p(f'Red <picture><source srcset="{IMAGE} 1x">clay <img src="{IMAGE}" alt="A pot"></picture>'), f"Red clay {SHOWN}",
    ),
    "text in a figure": (f'<figure><img src="{IMAGE}" alt="A pot">Red clay</figure>', f"{SHOWN}\n\n_Red clay_"),
    "block in a figure": (f'<figure><img src="{IMAGE}" alt="A pot"><div>Red clay</div></figure>', f"{SHOWN}\n\n_Red clay_"),
    "text in the figure of the viewer": (
        f'<figure data-hook="figure-IMAGE"><div data-hook="image-viewer"><img src="{IMAGE}" alt="A pot"></div>Red clay</figure>',
        f"{SHOWN}\n\n_Red clay_",
    ),
    "text next to the image in the viewer": (
        f'<figure data-hook="figure-IMAGE"><div data-hook="image-viewer"><img src="{IMAGE}" alt="A pot"><span>Red clay</span></div></figure>',
        f"{SHOWN}\n\n_Red clay_",
    ),
    "caption and text in a figure": (
        f'<figure><img src="{IMAGE}" alt="A pot"><figcaption>Red clay</figcaption>by Ada</figure>', f"{SHOWN}\n\n_Red clay by Ada_",
    ),
    "caption before the image": (
        f'<figure><figcaption>Red clay</figcaption><img src="{IMAGE}" alt="A pot"></figure>', f"{SHOWN}\n\n_Red clay_",
    ),
    "two images in a figure": (
        f'<figure><img src="{IMAGE}" alt="A pot"><figcaption>Red clay</figcaption><img src="{OTHER}" alt="A jug"></figure>',
        f"{SHOWN}\n\n_Red clay_\n\n![A jug]({OTHER})",
    ),
    "figure in a paragraph": (p(f'Red<figure><img src="{IMAGE}" alt="A pot">clay</figure>rests'), f"Red\n\n{SHOWN}\n\n_clay_\n\nrests"),
    "items in a wrapper": ("<ol><div><li>red</li><li>blue</li></div></ol>", "1. red\n2. blue"),
    "items in wrappers of their own": ("<ul><div><li>red</li></div><div><li>blue</li></div></ul>", "- red\n- blue"),
    "items and a wrapper": ("<ol><li>red</li><section><li>blue</li></section><li>green</li></ol>", "1. red\n2. blue\n3. green"),
    "list in an item without a list": ("<ul><li>red</li></ul><li>blue<ul><li>sky</li></ul></li>", "- red\n- blue\n  - sky"),
}  # fmt: skip


@pytest.mark.parametrize("name", RIGHT)
def test_odd_markup_is_written_as_it_is_shown(name: str) -> None:
    markup, expected = RIGHT[name]
    post = written(post_page(p("The kiln is cold.") + markup + p("The clay rests.")))
    assert post.body.strip() == f"The kiln is cold.\n\n{expected}\n\nThe clay rests."
    assert [problem for problem in post.problems if problem.severity != "note"] == []
    assert post.result == "complete"


def test_a_divider_in_a_heading_separates_its_words() -> None:
    post = written(post_page("<h2>Red clay<hr>rests</h2>"))
    assert "## Red clay rests" in post.body
    assert post.result == "lossy"  # the divider is gone


@pytest.mark.parametrize("lost", ["Red clay", SHOWN])
def test_a_figure_that_loses_something_is_lossy(lost: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from unwix.readers.viewer import images

    monkeypatch.setattr(images, "image_block", lambda *_: [])
    post = written(post_page(p("Cold.") + f'<figure><img src="{IMAGE}" alt="A pot">Red clay</figure>'))
    assert lost not in post.body
    assert post.result == "lossy"


def test_tables_of_contents_repeat_all_characters_of_the_headings() -> None:
    heading = ricos.node("HEADING", "Red & blue clay / 50 % @ home*", key="foo", headingData={"level": 2})
    text, problems = ricos.written(
        "markdown", ricos.node("TOC"), ricos.node("BLOCKQUOTE", ricos.node("TOC")), heading, ricos.p("The clay rests.")
    )
    assert text.count("blue clay") == 3
    assert problems == []


FRAME = '<div data-hook="iframe-component"><iframe src="https://www.youtube.com/embed/{}"></iframe></div>'
PLAYED = "<https://www.youtube.com/watch?v={}>"
#: Places of two videos, and what is written for them.
PLACES = {
    "table": ("<table><tr><td>{}</td><td>{}</td></tr></table>", "| {} | {} |\n| --- | --- |"),
    "list": ("<ul><li>{}</li><li>{}</li></ul>", "- {}\n- {}"),
    "quote": ("<blockquote>{}{}</blockquote>", "> {}\n>\n> {}"),
}


@pytest.mark.parametrize("place", PLACES)
def test_a_table_list_or_quote_of_videos_is_kept(place: str) -> None:
    markup, expected = PLACES[place]
    ids = ("abcdefghijk", "lmnopqrstuv")
    post = written(post_page(p("Before.") + markup.format(*map(FRAME.format, ids)) + p("After.")))
    assert post.body.strip() == f"Before.\n\n{expected.format(*map(PLAYED.format, ids))}\n\nAfter."
    assert post.result == "complete"


def test_a_table_of_videos_or_audio_in_a_document_is_kept() -> None:
    video = ricos.node("VIDEO", videoData={"video": {"src": {"url": "https://youtu.be/abcdefghijk"}}})
    source = {"src": {"id": "mp3/ab12cd_0123456789abcdef0123456789abcdef.mp3"}}
    audio = ricos.node("AUDIO", audioData={"audio": source, "name": "Fog horn", "authorName": "The keeper"})
    cells = (ricos.node("TABLE_CELL", one) for one in (video, audio))
    text, problems = ricos.written("markdown", ricos.node("TABLE", ricos.node("TABLE_ROW", *cells)))
    assert "| <https://youtu.be/abcdefghijk> |" in text
    assert problems == []
