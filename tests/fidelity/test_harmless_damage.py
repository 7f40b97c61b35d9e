"""Damage to a page that loses nothing raises no alarm: what translators, extensions and programs that save pages add."""

from __future__ import annotations

import pytest

from support.post_pages import block, p, post_page, written

PIXEL = (
    '<img src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7" width="1" height="1">'
)
PREVIEW = (
    '<div data-hook="link-preview-viewer"><a href="https://x.example/pots"><div><div>x.example</div><div>Pots of @ clay</div>'
    "<div>How a pot is @ made, and why it breaks.</div></div></a></div>"
)
BUTTON = '<div data-hook="buttonViewer"><a href="https://x.example/book"><div>book@a wheel</div></a></div>'
WITHIN_LINES = (
    '<font style="vertical-align: inherit;"></font>', "<b></b>", "<code></code>", "<wbr>", "<svg><path d='M0'></path></svg>",
    '<meta itemprop="name" content="A pot">', '<link rel="stylesheet" href="https://x.example/a.css">', PIXEL, "<!-- x -->",
    "<script>var a = 'one two three'</script>", "<grammarly-extension></grammarly-extension>", '<input type="hidden" value="a b c">',
)  # fmt: skip


@pytest.mark.parametrize("markup", WITHIN_LINES)
@pytest.mark.parametrize("kind", ["paragraph", "link preview", "between blocks"])
def test_invisible_elements_are_no_problem(markup: str, kind: str) -> None:
    bodies = {
        "paragraph": p("The kiln @is cold."),
        "link preview": p("The kiln is cold.") + block(PREVIEW, "link_preview"),
        "between blocks": p("The kiln is cold.") + "@" + p("The clay rests.", "bbbbb"),
    }
    post, plain = (written(post_page(bodies[kind].replace("@", part))) for part in (markup, ""))
    assert plain.result == "complete"
    assert (post.result, post.body.split()) == ("complete", plain.body.split())


@pytest.mark.parametrize("space", ["\n", "\n   ", " ", "&nbsp;", "\t"])
def test_white_space_in_a_button_is_no_problem(space: str) -> None:
    post = written(post_page(p("The kiln is cold.") + block(BUTTON.replace("@", space), "button")))
    assert post.result == "complete"
    assert "[book a wheel](https://x.example/book)" in post.text.replace("\u00a0", " ")


def test_an_element_of_the_end_of_the_page_in_the_last_block_hides_no_text() -> None:
    audio = (
        '<div id="viewer-song1"><div data-hook="audio-viewer"><div data-hook="audio-title">Kiln song</div>'
        '<audio src="https://static.wixstatic.com/mp3/ab12cd_35a1cdce4973490eac49e74c3244364d.mp3"></audio>@</div></div>'
    )
    text = '<div data-hook="wc-root"><span>Nobody sings it before the fire is out</span></div>'
    page = post_page(p("The kiln is cold.") + block(audio.replace("@", text), "audio"))
    post = written(page)
    assert "Nobody sings" in post.text or any("Nobody sings" in problem.detail for problem in post.problems)
