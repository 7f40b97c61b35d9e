"""Test players: every frame has a title for screen readers, and fidelity does not count ours as the author's."""

from __future__ import annotations

import re

import pytest

from support.block_samples import NODES
from support.ricos_documents import node, p, written
from unwix.writers.players import frame_title, own_title
from unwix.writers.targets import TARGETS

_VIMEO = "https://vimeo.com/12345678"
_FRAME = re.compile(r"<iframe\b[^>]*>")


def _video(url: str, title: str = "") -> dict[str, object]:
    return node("VIDEO", videoData={"video": {"src": {"url": url}}, "title": title})


_NODES = (
    _video("https://www.youtube.com/watch?v=abcdefghijk"),
    _video(_VIMEO),
    _video("https://www.dailymotion.com/video/x7tgad0", "Two <pots>"),
    node("AUDIO", audioData={"audio": {"src": {"url": "https://soundcloud.com/ada/kiln"}}}),
    node("AUDIO", audioData={"audio": {"src": {"url": "https://open.spotify.com/track/4uLU6hMCjMI75M1A2tKUQC"}}}),
    p("After"),
)


@pytest.mark.parametrize("name", TARGETS)
def test_every_frame_has_a_title(name: str) -> None:
    text, problems = written(name, *_NODES)
    frames = _FRAME.findall(text)
    assert all(re.search(r' title="[^"]+"', frame) for frame in frames), frames
    assert problems == []
    if name in ("astro", "mdx", "mkdocs", "ghost", "shopify"):
        titles = re.findall(r'<iframe\b[^>]* title="([^"]*)"', text)
        assert titles == [
            "Video from youtube.com", "Video from vimeo.com", "Two &lt;pots&gt;",
            "Audio from soundcloud.com", "Audio from open.spotify.com",
        ]  # fmt: skip


def test_title_of_a_frame_is_the_authors_or_contains_the_host() -> None:
    assert frame_title(_VIMEO, "Two pots") == "Two pots"
    assert frame_title(_VIMEO, _VIMEO) == frame_title(_VIMEO) == "Video from vimeo.com"
    assert own_title(_VIMEO, "Video from vimeo.com") is own_title(_VIMEO, None) is None
    assert own_title(_VIMEO, "Two pots") == "Two pots"


@pytest.mark.parametrize("name", ["astro", "eleventy", "hexo", "jekyll", "mdx", "nuxt", "pelican", "vitepress", "zola"])
def test_galleries_and_players_look_right_without_a_theme(name: str) -> None:
    """A gallery is in columns, a player has no border and the width of the text; React takes styles as objects."""
    text, problems = written(name, *NODES["GALLERY"], _video(_VIMEO))
    assert problems == []
    style, border = (
        ('style={{display: "grid", ', 'border: "0"}}') if name == "mdx" else ('style="display:grid;', 'border:0"')
    )
    assert style in text
    assert border in _FRAME.findall(text)[0]


@pytest.mark.parametrize(
    "url",
    [
        "https://youtu.be/abcdefghijk",
        "http://youtu.be/abcdefghijk?si=Qk1pOtS_kiln",
        "https://youtube.com/watch?v=abcdefghijk",
        "https://m.youtube.com/watch?v=abcdefghijk&feature=share",
        "https://www.youtube.com/shorts/abcdefghijk",
        "https://youtube.com/live/abcdefghijk?feature=share",
    ],
)
@pytest.mark.parametrize("name", TARGETS)
def test_each_url_of_a_youtube_video_becomes_a_player(name: str, url: str) -> None:
    """Authors paste URLs of YouTube's button "Share", which are `youtu.be`."""
    text, problems = written(name, _video(url), p("After"))
    assert problems == []
    usual, _ = written(name, _video("https://www.youtube.com/watch?v=abcdefghijk"), p("After"))
    if any(player in usual for player in ("<iframe", "{{< youtube", "wp-block-embed")):
        assert any(player in text for player in ("<iframe", "{{< youtube", "wp-block-embed"))


@pytest.mark.parametrize("name", ["astro", "hugo", "jekyll"])
def test_youtube_url_with_more_parameters_stays_a_link(name: str) -> None:
    for url in ("https://youtu.be/abcdefghijk?t=90", "https://www.youtube.com/watch?v=abcdefghijk&list=PLkilns"):
        text, problems = written(name, _video(url), p("After"))
        assert url.replace("&", "&amp;") in text or url in text
        assert problems == []
        assert "<iframe" not in text


@pytest.mark.parametrize("name", ["astro", "ghost", "shopify"])
def test_the_title_of_a_short_youtube_url_is_no_text_of_the_author(name: str) -> None:
    text, problems = written(name, _video("https://youtu.be/abcdefghijk"), p("After"))
    assert 'title="Video from youtube.com"' in text
    assert problems == []
