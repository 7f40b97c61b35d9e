"""Test elements that the viewer does not write, and broken markup: no text of the author disappears silently."""

from __future__ import annotations

import pytest

from support import post_pages as pages
from unwix.model.page import Page
from unwix.run.steps import WrittenPost, convert_page

END = pages.p("The end.", key="zzzzz")


def written(markup: str) -> WrittenPost:
    return pages.written(pages.post_page(pages.p("Before.") + markup + END))


def body(markup: str) -> str:
    return pages.split(written(markup).text)[1].strip().removeprefix("Before.").removesuffix("The end.").strip()


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ('<object data="https://a.example/plan.pdf" type="application/pdf"></object>', "<https://a.example/plan.pdf>"),
        ("<object><p>Ask for the plan.</p></object>", "Ask for the plan."),
        (f'<picture><source srcset="https://static.wixstatic.com/media/{pages.PICTURE} 1x"><img alt="A kiln"></picture>', f"![A kiln](https://static.wixstatic.com/media/{pages.PICTURE})"),
        ('<map><area alt="The orchard" href="https://a.example/o"></map>', "- [The orchard](https://a.example/o)"),
        ('<div data-hook="link-preview-viewer"><p>A map of old mills</p></div>', "A map of old mills"),
        ('<iframe srcdoc="&lt;p&gt;Open on &lt;b&gt;Saturdays&lt;/b&gt;&lt;/p&gt;"></iframe>', "Open on **Saturdays**"),
        ('<iframe src="about:blank" srcdoc="&lt;iframe src=&quot;https://www.youtube.com/embed/abcdefghijk&quot;&gt;"></iframe>', "<https://www.youtube.com/watch?v=abcdefghijk>"),
        ('<iframe srcdoc="&lt;link rel=canonical href=&quot;https://maps.example/x&quot;&gt;&lt;p&gt;Map&lt;/p&gt;"></iframe>', "<https://maps.example/x>"),
    ],
)  # fmt: skip
def test_unusual_element_is_kept(markup: str, text: str) -> None:
    assert body(markup) == text


@pytest.mark.parametrize(
    ("markup", "kind", "detail"),
    [
        ('<p id="viewer-i"><img alt="an old map"></p>', "image-not-in-page", "an old map"),
        ("<p>See <img alt='an old map'> here</p>", "image-not-in-page", "an old map"),
        ("<select><option>Pear</option><option>Apple</option></select>", "unknown-block", "Pear Apple"),
        ("<p>a <textarea>Notes of the author</textarea></p>", "unknown-block", "Notes of the author"),
        ("<noscript><p>Bring an apron.</p></noscript>", "unknown-block", "Bring an apron."),
        ("<template><p>We left at eight.</p></template>", "unknown-block", "We left at eight."),
        ('<p><a href="https://a.example/mills"><svg></svg></a></p>', "links-without-anchor-text", "https://a.example/mills"),
        ('<iframe src="https://a.example/x" srcdoc="&lt;p&gt;Open on Saturdays&lt;/p&gt;"></iframe>', "embed-flattened", "Open on Saturdays"),
    ],
)  # fmt: skip
def test_unusual_element_is_reported(markup: str, kind: str, detail: str) -> None:
    assert kind in [p.kind for p in written(markup).problems if detail in p.detail]


def test_an_image_without_a_url_leaves_a_placeholder() -> None:
    assert (
        "missing image “x”: the saved page does not contain its URL -->"
        in written('<p id="viewer-i"><img alt="x"></p>').text
    )


#: A table that is never closed contains the viewer, and a block behind the end of the page.
OPEN_TABLE = """<!DOCTYPE html><html><head><meta name="generator" content="Wix.com Website Builder">
<meta property="og:type" content="article"><link rel="canonical" href="https://www.example.com/post/a-kiln"></head>
<body><main id="PAGES_CONTAINER"><section><h1>A kiln</h1><p>3 minutes<table>to read</p></section>
<div data-id="content-viewer"><p>First of all, dig a hole.</p></div></div></main></body></html>
<p id="viewer-aaaaa">Then line it with clay, and let it dry.</p></body></html>"""


def test_a_block_behind_a_viewer_in_an_open_table_belongs_to_the_post() -> None:
    (post,) = convert_page(Page("page.html", data=OPEN_TABLE.encode())).posts
    assert post.body == "First of all, dig a hole.\n\nThen line it with clay, and let it dry.\n"


def test_stray_end_tags_lose_no_block() -> None:
    stray = pages.p("First.") + "</div>" * 6 + pages.p("Second.", key="bbbbb") + pages.h("Third")
    assert body(stray) == "First.\n\nSecond.\n\n## Third"


def test_the_viewers_own_noscript_is_not_reported() -> None:
    image = f'<img src="https://static.wixstatic.com/media/{pages.PICTURE}">'
    assert written(f"<p>a{image}<noscript>{image}</noscript></p>").problems == []
    assert [p.kind for p in written(f"<p>a<noscript>{image}</noscript></p>").problems] == ["element-left-out"]


def test_an_image_that_is_only_in_the_page_is_kept() -> None:
    data = "A" * 4000
    post = written(
        f'<figure data-hook="figure-IMAGE"><div data-hook="image-viewer"><img alt="A cat" src="data:image/png;base64,{data}"></div></figure>'
    )
    assert ("![A cat](inline/" in post.text, [p.kind for p in post.problems]) == (True, ["image-only-local"])


def test_text_of_a_frame_and_an_indented_list_are_complete() -> None:
    frame = '<iframe srcdoc="&lt;p&gt;Open on &lt;b&gt;Saturdays&lt;/b&gt;.&lt;/p&gt;"></iframe>'
    items = pages.block(f"<ul>{pages.li('one', 2)}{pages.li('two', 2)}</ul>", "bulleted_list")
    assert written(frame + items).result == "complete"
