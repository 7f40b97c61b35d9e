"""Every visible word of a page is in the post, is interface text by a named rule, or is reported."""

from __future__ import annotations

import pytest

from support.post_pages import block, h, p, post_page, written
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
        '<div data-hook="tooltip-portal"><span>Share this post</span></div>',
        '<div data-hook="post-footer"><p>Recent posts</p></div>',
    ],
)
def test_interface_text_is_not_a_loss(block: str) -> None:
    post = _converted(block)
    assert post.ledger is not None
    assert post.ledger.unaccounted == 0
    assert post.fidelity.lossless


def test_extra_end_tags_hide_no_paragraph() -> None:
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
def test_element_without_text_is_kept_or_reported(name: str) -> None:
    post = _converted(THINGS[name])
    kinds = {"element-left-out", "image-not-in-page", "link-without-text", "links-without-anchor-text"}
    assert kinds & _kinds(post) or "x.example" in post.text


def test_ledger_adds_up() -> None:
    post = _converted('<div data-hook="tooltip-portal"><span>Share this</span></div><noscript>an apron</noscript>')
    assert post.ledger is not None
    accounts = post.ledger.as_dict()
    assert accounts == {"post": 7, "platform": 2, "site": 16, "other_post": 0, "unaccounted": 2}


IMAGE = "https://static.wixstatic.com/media/ab12cd_" + "7" * 32 + "~mv2.jpg"
#: Odd or damaged markup, and the words, URLs and images in it that a visitor sees: `apron` and `oven`, `x.example/plan`,
#: an image. Each of them is in the text, or the post is not complete, or a problem names it.
ODD = {
    "button of a form": '<input type="submit" value="Bring an apron">',
    "field with a text": '<p>Name: <input type="text" value="an apron"></p>',
    "field with a placeholder": '<p><input placeholder="an apron"></p>',
    "group of options": '<select><optgroup label="an apron"><option>oven</option></optgroup></select>',
    "list of proposals": '<datalist><option value="apron">apron</option></datalist>',
    "label around a field": "<label>an apron <input></label>",
    "template with a shadow": '<div><template shadowrootmode="open"><p>an apron</p></template></div>',
    "noscript in a line": "<p>Bring <noscript>an apron</noscript></p>",
    "image in noscript": f'<noscript><img src="{IMAGE}" alt="an apron"></noscript>',
    "drawing with a page in it": "<svg><foreignObject><p>an apron</p></foreignObject></svg>",
    "drawing with an image": f'<svg><image href="{IMAGE}"></image></svg>',
    "drawing in a drawing": "<svg><svg></svg><text>an apron</text></svg><p>oven</p>",
    "drawing without an end": "<svg><path d='M0'><p>an apron</p><p>oven</p>",
    "drawing in the name of an element": "<svg-note>an apron</svg-note>",
    "start tag in a value without quotation marks": "<p data-a=<svg>an apron</p><p>oven</p>",
    "quotation mark missing": '<p title="a>an apron</p><p>oven</p>',
    "comment with a style in it": "<!-- a > <style> b --><p>an apron</p><style>p{}</style><p>oven</p>",
    "comment that ends at once": "<!--><p>an apron</p><!-- a --!><p>oven</p>",
    "processing instruction": "<?php echo 1 ?><p>an apron</p>",
    "section of XML": "<![CDATA[ <p>apron</p> ]]><p>oven</p>",
    "page in an attribute": '<iframe src="about:blank" srcdoc="&lt;p&gt;an apron&lt;/p&gt;"></iframe>',
    "page in a page in an attribute": """<h2>Oven<iframe srcdoc="<iframe srcdoc='<p>an apron</p>'></iframe>"></iframe></h2>""",
    "text in a frame": '<iframe src="https://x.example/plan">an apron</iframe>',
    "text in an object": '<object data="https://x.example/plan"><p>an apron</p></object>',
    "text in a video": '<video src="https://x.example/plan">an apron</video>',
    "text in a canvas": "<canvas>an apron</canvas>",
    "poll in new markup": '<div data-hook="polls-viewer"><div>an apron</div></div>',
    "poll with a text of a new kind": '<div data-hook="polls-viewer"><span data-hook="polls-question-text-input">Which '
    'clay?</span><li data-hook="polls-answer-items"><p>an apron</p></li></div>',
    "sound in new markup": '<div data-hook="audio-viewer"><div>an apron</div></div>',
    "map in new markup": '<div data-hook="mapViewer"><div>an apron</div></div>',
    "video in new markup": '<div data-hook="video-player"><div>an apron</div></div>',
    "product in new markup": '<div data-hook="vertical-embed"><div>an apron</div></div>',
    "gallery in new markup": '<div data-hook="gallery-viewer"><div>an apron</div></div>',
    "widget that nobody knows": '<div data-hook="countdown-viewer"><div>apron</div><button>oven</button></div>',
    "paragraph in a tooltip": '<div data-hook="tooltip-portal"><p>An apron</p></div>',
    "paragraph in a button's place": '<div data-hook="social-button"><p>an apron</p></div>',
    "paragraph in recent posts of a new kind": '<div data-hook="recent-posts-note"><p>an apron</p></div>',
    "summary without its list": "<summary>an apron</summary>",
    "legend": "<fieldset><legend>apron</legend><p>oven</p></fieldset>",
    "ruby": "<p><ruby>apron<rp>(</rp><rt>oven</rt><rp>)</rp></ruby></p>",
    "open dialog": "<dialog open><p>an apron</p></dialog>",
    "element of another program": "<my-card><my-title>apron</my-title><p>oven</p></my-card>",
    "element whose text is in an attribute": '<my-card heading="an apron"></my-card>',
    "element of a player": '<lite-player videoid="apron"></lite-player>',
    "marquee": "<marquee>an apron</marquee>",
    "caption of a table": "<table><caption>an apron</caption><tr><td>oven</td></tr></table>",
    "text between rows": "<table>an apron<tr><td>oven</td></tr></table>",
    "cells without a table": "<td>apron</td><td>oven</td>",
    "text in a list": "<ul>apron<li>oven</li></ul>",
    "block in a list": "<ul><div>apron</div><li>oven</li></ul>",
    "definitions": "<dl><dt>apron</dt><dd>oven</dd></dl>",
    "footer in the post": "<footer><p>an apron</p></footer><template>oven</template>",
    "menu in the post with words": "<nav><p>an apron</p></nav>",
    "article in the post": "<article><p>an apron</p></article><template>oven</template>",
    "title in the post": "<title>an apron</title>",
    "end tags too many": "</div></div></section><p>an apron</p><section>",
    "heading in a heading": "<h2>apron<h3>oven</h3></h2>",
    "link in a link": '<a href="https://x.example/a">apron <a href="https://x.example/plan">oven</a></a>',
    "embed with text behind it": '<embed src="https://x.example/plan"><p>an apron</p>',
    "portal": '<portal src="https://x.example/plan"></portal>',
    "image loaded late": f'<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-lazy-src="{IMAGE}">',
    "image without anything": "<p>Here: <img></p>",
    "image of Wix without a URL": '<wow-image><img alt="an apron"></wow-image>',
    "picture without an image": f'<picture><source srcset="{IMAGE} 2x"></picture>',
    "background image": f'<div style="background:url(&quot;{IMAGE}&quot;)"></div>',
    "background of a table": f'<table background="{IMAGE}"><tr><td>oven</td></tr></table>',
    "image map": '<map name="m"><area href="https://x.example/plan" alt="an apron"></map>',
    "link with an icon": '<p><a href="https://x.example/plan"><svg><path d="M0"/></svg></a></p>',
    "link to a mailbox without text": '<p><a href="mailto:plan@x.example"></a></p>',
    "widget with a text in an attribute": '<div class="countdown" data-title="An apron" data-theme="dark"></div>',
    "widget with its data as JSON": """<div data-props='{"question":"apron","options":["a blue oven"],"color":"red"}'></div>""",
    "widget with a number in it": '<div class="counter" data-label="an apron">0</div>',
    "tabs of another program": '<x-tabs><x-tab heading="an apron"><p>oven</p></x-tab></x-tabs>',
    "element of Wix's with a question": '<wix-quiz question="An apron or two?"></wix-quiz>',
    "embed that a script fills": '<div class="post-embed" data-href="https://x.example/plan"></div>',
    "embed with a text in its place": '<blockquote data-embed-permalink="https://x.example/plan">an apron</blockquote>',
    "background image that a script sets": f'<div data-bg="{IMAGE}"></div>',
    "drawing by a script": "<canvas></canvas>",
    "second viewer": '</div></div><div data-id="rich-content-viewer"><div><p>an apron</p></div></div><div><div>',
}  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_odd_markup_is_kept_or_reported(name: str) -> None:
    post = _converted(ODD[name])
    things = [thing for thing in ("apron", "oven", "x.example", "7" * 32) if thing in ODD[name]] or ["(an image)"]
    reported = " ".join(problem.detail for problem in post.problems)
    missing = [thing for thing in things if thing not in post.text and thing not in reported]
    assert not missing or post.result != "complete"


#: Odd markup that loses nothing: a post with it is complete.
HARMLESS = {
    "attributes with settings": '<div class="grid" data-layout="two columns" data-font-family="open sans" data-animation="fade in" '
    'data-target="#an-apron" data-styles="color: red; margin: 0" data-created-at="2024-01-02"></div>',
    "attribute with a text of the post": '<table><tr><td data-label="The kiln">oven</td></tr></table>',
    "attributes of programs that save pages": '<div data-sf-original-text="an apron" data-savepage-title="an apron" '
    'data-gramm-note="an apron"></div>',
    "code with marks": block('<pre id="viewer-code1"><span>turn <strong>twice</strong></span></pre>', "code_block"),
    "annotation of characters": "<p><ruby><rb>apron</rb><rtc>oven</rtc></ruby></p>",
    "poll": '<div data-hook="polls-viewer"><span data-hook="polls-question-text-input">Which clay?</span><ul><li data-hook='
    '"polls-answer-items"><span data-hook="polls-items-percentage">0%</span><span data-hook="polls-answer-text-input">Red'
    '</span></li></ul><p data-hook="polls-multiple-answer-text">You can vote twice.</p><p>0 votes</p></div>',
    "button in a line": "<p>Press <button>Share</button> now.</p>",
    "menu of links": '<nav><ul><li><a href="/blog/tags/clay">Clay</a></li></ul></nav>',
    "notice for browsers without scripts": "<noscript>Please enable JavaScript.</noscript>",
    "notice for old browsers": '<video src="https://x.example/a.mp4">Your browser does not support videos.</video>',
    "image twice": f'<img src="{IMAGE}" alt="A pot"><noscript><img src="{IMAGE}"></noscript>',
    "null character": "<p>A k\0iln.</p>",
    "name of a drawing": "<svg><title>icon of a kiln</title><path d='M0 0'></path></svg>",
    "text in a list": "<ul>apron<li>oven</li></ul>",
    "cells without a table": "<td>apron</td><td>oven</td>",
    "caption of a table": "<table><caption>an apron</caption><tr><td>oven</td></tr></table>",
    "image map": '<map name="m"><area href="https://x.example/plan" alt="an apron"></map>',
    "embed": '<embed src="https://x.example/plan"><p>an apron</p>',
}


LIST = "<ul><li>apron</li><li>oven</li></ul>"
#: Elements in a line of text that a browser shows on lines of their own, and what is written.
BLOCKS_IN_A_LINE = {
    "paragraph in an article": ("<article><p>an apron</p></article> more", "turned.\n\nan apron\n\nmore"),
    "division": ("<div>an apron</div>", "turned.\\\nan apron"),
    "list": (LIST, "turned.\n\n- apron\n- oven"),
    "heading": ("<h3>An apron</h3> more", "turned.\n\n### An apron\n\nmore"),
    "table": ("<table><tr><td>apron</td></tr></table>", "turned.\n\n| apron |\n| --- |"),
    "player": ('<iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe> more', "turned.\n\n<https://www.youtube.com/watch?v=abcdefghijk>\n\nmore"),
}  # fmt: skip


@pytest.mark.parametrize("name", BLOCKS_IN_A_LINE)
def test_a_block_in_a_line_is_written_on_lines_of_its_own(name: str) -> None:
    markup, expected = BLOCKS_IN_A_LINE[name]
    post = written(post_page(p(f"It is turned.{markup}")))
    assert expected in post.text, post.text
    assert [problem for problem in post.problems if problem.severity != "note"] == []


#: Markup that HTML does not allow, or that nobody expects, with all that it shows: such a post is complete.
RIGHT_ALL_THE_SAME = {
    "bold around paragraphs": ("<strong><p>An apron</p><p>and an oven</p></strong>", "**An apron**\n\n**and an oven**"),
    "style around paragraphs": ('<div style="font-style: italic"><p>An apron</p><h3>Oven</h3></div>', "_An apron_\n\n### _Oven_"),
    "italics around a list": ("<em><ul><li>apron</li></ul></em>", "- _apron_"),
    "code around a paragraph": ("<kbd><p>apron</p></kbd>", "`apron`"),
    "image by its old name": (f'<image src="{IMAGE}" alt="A pot"><p>apron</p>', f"![A pot]({IMAGE})\n\napron"),
    "text between rows": ("<table><tr><td>apron</td></tr>oven, too<tr><td>towel</td></tr></table>", "oven, too\n\n| apron |\n| --- |\n| towel |"),
    "text behind rows": ("<table><tr><td>apron</td></tr>oven</table>", "oven\n\n| apron |\n| --- |"),
    "text in a row": ("<table><tr>oven<td>apron</td></tr></table>", "oven\n\n| apron |\n| --- |"),
    "text in a row without a table": ("<tr>oven<td>apron</td></tr>", "oven\n\n| apron |\n| --- |"),
}  # fmt: skip


@pytest.mark.parametrize("name", RIGHT_ALL_THE_SAME)
def test_markup_that_is_not_allowed_is_no_loss_if_all_is_written(name: str) -> None:
    markup, expected = RIGHT_ALL_THE_SAME[name]
    post = _converted(markup)
    assert expected in post.text, post.text
    assert (post.problems, post.result) == ([], "complete")


def test_text_between_rows_that_is_lost_is_reported() -> None:
    post = _converted("<table><tr><td>apron</td></tr><template>oven</template></table>")
    assert post.result == "lossy"


#: Hooks of what stands behind a post, and beginnings of such hooks.
BEHIND = (
    "recent-posts",
    "recent-posts-note",
    "related-posts",
    "post-footer",
    "post-main-actions-desktop",
    "wc-root",
    "comments",
)
#: A text is the author's in whatever element it stands.
ELEMENTS = ("<div data-hook='{}'><p>An apron</p></div>", "<div data-hook='{}'><div>Bring an apron and two clean towels</div></div>",
            "<span data-hook='{}'>An apron</span>")  # fmt: skip


@pytest.mark.parametrize("hook", BEHIND)
@pytest.mark.parametrize("markup", ELEMENTS)
def test_a_hook_of_the_interface_hides_no_text_of_the_post(hook: str, markup: str) -> None:
    post = _converted(markup.format(hook))
    assert "an apron" in post.text.lower()
    assert "The clay rests." in post.text
    assert post.result == "complete"


def test_a_list_of_posts_behind_an_open_element_is_no_text_of_the_post() -> None:
    links = '<a data-hook="title-link" href="/post/one">The first of all pots and jugs</a><div data-hook="post-count">3 views of it all</div>'
    widget = f'<div data-hook="recent-posts"><h2>Recent Posts</h2><div>See All</div>{links}</div>'
    last = '<div type="last" data-hook="rcv-block-last"></div>'
    post = written(post_page(BEFORE + AFTER).replace(last.encode(), f"{last}{widget}".encode()))
    assert "pots and jugs" not in post.text
    assert post.ledger is not None
    assert (post.ledger.unaccounted, post.result) == (0, "complete")


def test_a_text_behind_a_list_of_posts_in_the_text_is_accounted_for() -> None:
    links = '<a data-hook="title-link" href="/post/one">The first of all pots</a>'
    lost = f"<template>Bring an apron</template>{AFTER}"
    post = written(post_page(f'{BEFORE}<div data-hook="recent-posts">{links}</div>{lost}'))
    assert "The first of all pots" in post.text
    assert post.result == "lossy"


@pytest.mark.parametrize("name", HARMLESS)
def test_harmless_markup_is_not_reported(name: str) -> None:
    post = _converted(HARMLESS[name])
    assert [problem for problem in post.problems if problem.severity != "note"] == []
    assert post.result == "complete"


#: Texts that are not in the text of a page, and the result of a post with them.
ON_DEMAND = {
    "tooltip with a sign of less than": ('<p><abbr title="An apron below &lt; 5 degrees">BAA</abbr></p>', "incomplete"),
    "tooltip with braces": ('<p><abbr title="{An apron} of {cloth}">BAA</abbr></p>', "incomplete"),
    "tooltip of an abbreviation": ('<p><abbr title="Bring an apron">BAA</abbr></p>', "incomplete"),
    "tooltip of a link": ('<p><a href="https://x.example/plan" title="Apron">plan</a></p>', "incomplete"),
    "tooltip of a paragraph": ('<p title="Bring an apron">The plan.</p>', "incomplete"),
    "style with a text": ("<style>/* a */ .a, .q::before { color: red; content: 'Bring an apron' }</style><p class='q'>x</p>", "lossy"),
    "style with characters by number": ('<style>.q:after{content:"\\41 pron " counter(a)}</style><p class="q">x</p>', "lossy"),
    "style with a selector that nobody can read": ('<style>.q:is(::x)::before{content:"An apron"}</style>', "lossy"),
    "style of a list": ("<ul style=\"list-style-type: 'Apron '\"><li>x</li></ul>", "lossy"),
    "label of a drawing": ('<svg role="img" aria-label="A blue apron"><path d="M0"></path></svg>', "complete"),
    "name of a drawing": ("<svg><title>A blue apron</title><path d='M0'></path></svg>", "complete"),
    "description of a drawing": ("<svg><desc>A blue apron</desc><path d='M0'></path></svg>", "complete"),
    "label of an icon": ('<p><a href="https://x.example/plan" aria-label="Apron"><svg></svg></a></p>', "complete"),
}  # fmt: skip


@pytest.mark.parametrize("name", ON_DEMAND)
def test_text_shown_on_demand_is_reported(name: str) -> None:
    markup, result = ON_DEMAND[name]
    post = _converted(markup)
    assert any("apron" in problem.detail.lower() for problem in post.problems)
    assert post.result == result


#: Tooltips, labels and styles without a text that the post lacks.
NOTHING_NEW = (
    '<p title="The clay rests">x</p>', '<p title="https://x.example/plan">x</p>', '<button title="Share">Share</button>',
    f'<img src="{IMAGE}" alt="A pot" title="A pot">', '<style>.q::before{content:"\\201C"}</style><p class="q">x</p>',
    '<style>.nobody::before{content:"An apron"}</style>', '<style>.q{font-family:"An apron"}</style><p class="q">x</p>',
    '<p><a href="https://x.example/plan" aria-label="An apron">The plan</a></p>',
)  # fmt: skip


@pytest.mark.parametrize("markup", NOTHING_NEW)
def test_tooltips_and_styles_without_a_text_of_their_own_are_no_problem(markup: str) -> None:
    post = _converted(markup)
    assert [problem for problem in post.problems if problem.kind != "embed-flattened"] == []
    assert post.result == "complete"


_SECOND = '<section data-hook="post-description"><div data-rce-version="9.20.0"><p id="viewer-q1">an apron</p></div></section>'


@pytest.mark.parametrize("attribute", ['id="post-footer"', 'class="f1"'])
def test_categories_of_a_site_without_share_buttons_are_outside_of_the_post(attribute: str) -> None:
    item = '<a href="/blog/categories/clay" data-hook="category-label-list__item">Clay and fire</a>'
    footer = f'<div {attribute}><ul><li>{item}</li></ul><nav data-hook="tag-cloud-root"></nav></div>'
    post = written(post_page(BEFORE + AFTER, stats=footer))
    assert post.ledger is not None
    assert (post.ledger.unaccounted, post.metadata.categories) == (0, ["Clay and fire"])


def test_a_player_without_a_hook_is_a_video() -> None:
    player = '<div id="viewer-vid01"><div class="fb-video" data-href="https://www.facebook.com/potters/videos/123/"></div></div>'
    post = _converted(f'{player}<div type="video" data-hook="rcv-block70"></div>')
    assert "<https://www.facebook.com/potters/videos/123/>" in post.text
    assert post.result == "complete"


def test_a_second_body_of_the_post_is_kept_or_reported() -> None:
    post = written(post_page(BEFORE).replace(b"</section>", f"</section>{_SECOND}".encode(), 1))
    assert "an apron" in post.text or post.result == "lossy"


def test_the_body_of_another_post_is_in_its_own_account() -> None:
    other = f'</section><div data-hook="related-posts">{_SECOND}</div>'
    post = written(post_page(BEFORE).replace(b"</section>", other.encode(), 1))
    assert post.ledger is not None
    assert (post.ledger.other_post, post.ledger.unaccounted, post.result) == (2, 0, "complete")
