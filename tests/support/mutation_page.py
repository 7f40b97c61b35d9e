"""A page with every common kind of block, for tests that damage the writer."""

from __future__ import annotations

from .post_pages import block, code, h, li, p, picture, post_page, quote, table

FIRST, SECOND = (f"ab12cd_{digit * 32}~mv2.jpg" for digit in "12")
NESTED = block(f"<ul>{li('jugs')}{li('handles', 2)}{li('bowls')}</ul>", "bulleted_list")
ORDERED = block(f"<ol>{li('wedge')}{li('centre')}</ol>", "ordered_list")
BLOCKS = (
    h("Of clay &amp; water"),
    p("The <strong>first</strong>, <em>second</em> and <s>third</s> day: H<sub>2</sub>O, m<sup>3</sup>! Really? Yes \U0001f600…"),
    p("line one<br>line two"),
    p('See <a href="https://x.example/kiln">the kiln</a> (or <a href="https://x.example/oven">the oven</a>); it costs 5 €.'),
    block('<div data-hook="divider-single"><hr></div>', "divider"),
    NESTED,
    ORDERED,
    quote("Words of another."),
    code("turn(clay)\n    wait(2)"),
    table(("red", "blue"), ("green", "grey")),
    picture("a pot", "Its caption", FIRST),
    p("Between the images."),
    picture("a jug", "", SECOND),
    h("Of fire", 3),
    block('<div data-hook="video-player"><iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe></div>', "video"),
    p("Two * asterisks * and _one_ line [x] &lt;b&gt;."),
    p("The <strong>last paragraph</strong> ends."),
)  # fmt: skip
PAGE = post_page("".join(BLOCKS))
