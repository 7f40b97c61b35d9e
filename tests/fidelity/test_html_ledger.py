"""Every visible word of a page is in the post, is interface text by a named rule, or is reported."""

from __future__ import annotations

import pytest

from support.post_pages import h, p, post_page, written
from unwix.run.write_post import WrittenPost

BEFORE, AFTER = p("The kiln is cold."), p("The clay rests.")


def _converted(block: str) -> WrittenPost:
    return written(post_page(BEFORE + block + AFTER))


def _kinds(post: WrittenPost) -> set[str]:
    return {problem.kind for problem in post.problems}


KEPT = {
    "time": (p("We met on <time>5 May</time> there."), "We met on 5 May there."),
    "label": (p("Ready at <label>noon</label>."), "Ready at noon."),
    "button around a heading": (f"<div><button>{h('Which wood?', 3)}</button><div>{p('Oak.')}</div></div>", "### Which wood?"),
    "svg in an attribute": ('<p><img alt="an <svg> drawing" src="https://static.wixstatic.com/media/ab12cd_'
                            + "1" * 32 + '~mv2.png"></p>' + p("Not lost.") + "<svg></svg>", "Not lost."),
    "script in a comment": ("<!-- <script> -->" + p("Not lost.") + "<script></script>", "Not lost."),
    "custom element": ("<style-guide>" + p("Not lost.") + "</style-guide>", "Not lost."),
}  # fmt: skip


@pytest.mark.parametrize("name", KEPT)
def test_text_in_an_unexpected_element_is_kept(name: str) -> None:
    block, expected = KEPT[name]
    post = _converted(block)
    assert expected in post.text
    assert post.ledger is not None
    assert post.ledger.unaccounted == 0
    assert post.fidelity.lossless


UNACCOUNTED = {
    "noscript": "<noscript><p>Bring an apron</p></noscript>",
    "template": "<template><p>Bring an apron</p></template>",
    "select": "<select><option>Bring an apron</option></select>",
    "textarea": "<textarea>Bring an apron</textarea>",
    "text in a drawing": "<svg><text>Bring an apron</text></svg>",
    "page in an attribute": '<iframe src="https://x.example/a" srcdoc="<p>Bring an apron</p>"></iframe>',
    "plain button": "<div><button>Bring an apron</button></div>",
    "widget in unknown markup": '<div data-hook="link-preview-viewer"><section><p>Bring an apron</p></section></div>',
}


@pytest.mark.parametrize("name", UNACCOUNTED)
def test_text_that_the_reader_leaves_out_is_reported(name: str) -> None:
    post = _converted(UNACCOUNTED[name])
    if "Bring an apron" in post.text:
        return
    assert post.ledger is not None
    assert post.ledger.unaccounted == 3
    (problem,) = (problem for problem in post.problems if problem.kind == "words-unaccounted")
    assert problem.severity == "error"
    assert "“Bring an apron”" in problem.detail


@pytest.mark.parametrize(
    "block",
    [
        "<style>p { color: red }</style>",
        "<script>var clay = 1</script>",
        "<svg><title>icon of a kiln</title><path d='M0 0'></path></svg>",
        '<div data-hook="tooltip-portal"><p>Share this post</p></div>',
        '<div data-hook="post-footer"><p>Recent posts</p></div>',
    ],
)
def test_interface_text_is_no_loss(block: str) -> None:
    post = _converted(block)
    assert post.ledger is not None
    assert post.ledger.unaccounted == 0
    assert post.fidelity.lossless


def test_end_tags_too_many_hide_no_paragraph() -> None:
    post = _converted("</div></div></section></div>")
    assert "The clay rests." in post.text or "words-unaccounted" in _kinds(post)


THINGS = {
    "object": '<object data="https://x.example/plan.pdf"></object>',
    "embed": '<embed src="https://x.example/plan.pdf">',
    "image map": '<map name="m"><area href="https://x.example/plan" shape="rect"></map>',
    "picture with sources only": '<picture><source srcset="https://x.example/pot.png 1x"><img alt=""></picture>',
    "image without a URL": '<p><img alt="the old kiln"></p>',
    "link without text": '<p>Here <a href="https://x.example/plan"></a></p>',
}


@pytest.mark.parametrize("name", THINGS)
def test_a_thing_without_words_is_kept_or_reported(name: str) -> None:
    post = _converted(THINGS[name])
    kinds = {"element-left-out", "image-not-in-page", "link-without-text"}
    assert kinds & _kinds(post) or "x.example" in post.text


def test_the_accounts_add_up() -> None:
    post = _converted('<div data-hook="tooltip-portal"><p>Share this</p></div><noscript>an apron</noscript>')
    assert post.ledger is not None
    accounts = post.ledger.as_dict()
    assert accounts == {"post": 7, "platform": 2, "site": 0, "other_post": 0, "unaccounted": 2}
