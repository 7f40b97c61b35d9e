"""Test that only blog posts are read as posts: several signs decide, and other pages are skipped with their kind."""

from __future__ import annotations

import pytest

from unwix.model.article import text_of
from unwix.model.post import Post
from unwix.model.skipped import Skipped
from unwix.readers.saved_page.reader import read_saved_page

SITE = "https://www.potter-lane.example"
VIEWER = (
    '<div class="{wrapper}"><div dir="auto" data-id="content-viewer"><p id="viewer-a1"><span>Unplug the lamp.</span></p>'
    '<h2 id="viewer-b1"><span>The wire</span></h2><p id="viewer-c1"><span>Strip it with a blunt knife.</span></p></div></div>'
)
STUDIO_VIEWER = VIEWER.format(wrapper="RichContentViewer1__root wixui-rich-content-viewer")
HEADING = '<div class="wixui-rich-text" data-testid="richTextElement"><h1 class="font_2">{}</h1></div>'
RELATED = (
    '<div data-hook="related-posts-root"><h2>Related Posts</h2><div data-hook="post-list-item"><h2 data-hook="post-title">'
    '<a href="https://www.potter-lane.example/post/other">Another post</a></h2></div></div>'
)
ARTICLE = '<meta property="og:type" content="article">'
PUBLISHED = '<meta property="article:published_time" content="2024-07-24T15:39:55.000Z">'
POSTING = '<script type="application/ld+json">{"@type": "BlogPosting", "headline": "How to fix a lamp"}</script>'
WEBSITE = '<meta property="og:type" content="website">'


def page(
    content: str, head: str = "", path: str = "/post/how-to-fix-a-lamp", title: str = "How to fix a lamp"
) -> bytes:
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="generator" content="Wix.com Website Builder">'
        f'<title>{title}</title><meta property="og:title" content="{title}">'
        f'<meta property="og:url" content="{SITE}{path}">{head}</head><body><div id="SITE_CONTAINER">{content}</div></body></html>'
    ).encode()


def only_post(raw: bytes) -> Post:
    (post,) = read_saved_page("page.html", raw)
    return post


@pytest.mark.parametrize("related", ["", RELATED])
@pytest.mark.parametrize(
    ("head", "path"),
    [
        (ARTICLE + PUBLISHED + POSTING, "/post/how-to-fix-a-lamp"),
        (ARTICLE + POSTING, "/journal/how-to-fix-a-lamp"),
        (ARTICLE, "/post/how-to-fix-a-lamp"),
        (WEBSITE + POSTING, "/post/how-to-fix-a-lamp"),
        (PUBLISHED, "/how-to-fix-a-lamp"),
    ],
)
def test_a_studio_page_is_read_whole(head: str, path: str, related: str) -> None:
    post = only_post(page(HEADING.format("How to fix a lamp") + STUDIO_VIEWER + related, head, path))
    assert post.metadata.title == "How to fix a lamp"
    assert text_of(post.article) == "Unplug the lamp.The wireStrip it with a blunt knife."


def test_the_longest_of_several_viewers_in_the_main_region_is_the_post() -> None:
    short = STUDIO_VIEWER.replace("Strip it with a blunt knife.", "")
    around = f"<header>{STUDIO_VIEWER * 2}</header>{short}{STUDIO_VIEWER.replace('blunt', 'sharp')}<footer>{STUDIO_VIEWER}</footer>"
    assert "sharp" in text_of(only_post(page(around, ARTICLE + PUBLISHED)).article)


OTHERS = {
    "event": ('<div data-hook="EVENTS_ROOT_NODE"><div data-hook="about-section">{}</div></div>', WEBSITE, "/event-details/night", "event-page"),
    "event without its URL": ('<div data-hook="EVENTS_ROOT_NODE">{}</div>', WEBSITE, "/night", "event-page"),
    "event of another app": ("<div>{}</div>", WEBSITE + '<script type="application/ld+json">{"@type": ["Event"]}</script>', "/night", "event-page"),
    "questions": ('<div data-hook="faq-root"><div data-hook="accordion-item-content">{}</div></div>', WEBSITE, "/services", "faq-page"),
    "form": ('<form data-hook="form-root"><div data-hook="label-wrapper">{}</div></form>', WEBSITE, "/donate", "form-page"),
    "product": ('<div data-hook="product-page">{}</div>', '<meta property="og:type" content="product">', "/product-page/mug", "product-page"),
    "service": ('<div data-hook="service-details">{}</div>', WEBSITE, "/service-page/lesson", "service-page"),
    "program": ('<div data-hook="challenge-page">{}</div>', WEBSITE, "/challenge-page/glaze", "program-page"),
    "group": ('<div data-hook="group-page">{}</div>', WEBSITE, "/group/potters/discussion", "group-page"),
    "member": ('<div data-hook="profile-about">{}</div>', WEBSITE, "/profile/ada/about", "member-page"),
    "forum": ('<div data-hook="forum-content-wrapper">{}</div>', ARTICLE + PUBLISHED, "/forum/kilns/how-hot", "forum-page"),
    "any page with a text of the viewer": ("<div>{}</div>", WEBSITE, "/about", "site-page"),
    "the home page with a list of posts": ("<div>{}</div>" + RELATED, WEBSITE, "", "list-page"),
}  # fmt: skip


@pytest.mark.parametrize("viewer", [STUDIO_VIEWER, VIEWER.replace("<div ", '<div data-rce-version="10.150.0" ', 1)])
@pytest.mark.parametrize("name", OTHERS)
def test_other_pages_are_skipped_with_their_kind(name: str, viewer: str) -> None:
    around, head, path, kind = OTHERS[name]
    with pytest.raises(Skipped) as skipped:
        read_saved_page("page.html", page(around.replace("{}", viewer, 1), head, path))
    assert (skipped.value.kind, skipped.value.words) == (kind, None)


def test_a_part_of_another_app_on_a_post_page_is_not_the_post() -> None:
    faq = f'<div data-hook="faq-root">{STUDIO_VIEWER.replace("blunt", "sharp") * 3}</div>'
    assert "sharp" not in text_of(only_post(page(faq + STUDIO_VIEWER, ARTICLE + PUBLISHED)).article)


def test_a_skipped_page_that_may_be_a_post_counts_its_words() -> None:
    with pytest.raises(Skipped) as skipped:
        read_saved_page("page.html", page(f"<p>{'Nothing of a viewer here. ' * 20}</p>", ARTICLE))
    assert skipped.value.words == 100
    with pytest.raises(Skipped) as skipped:
        read_saved_page("page.html", page("<p>Nothing of a viewer here.</p>", ARTICLE))
    assert skipped.value.words is None


@pytest.mark.parametrize("sentence", ["粘土は使う前に休ませる", "ดินต้องพักก่อนใช้งานนะ", "黏土在使用之前必須放置"])
def test_a_long_text_in_a_script_without_spaces_may_be_a_post(sentence: str) -> None:
    for number, may_be in ((40, True), (3, False)):
        viewer = f'<div data-rce-version="9.1"><p>{sentence * number}</p></div>'
        with pytest.raises(Skipped) as skipped:
            read_saved_page("page.html", page(viewer, WEBSITE, "/about"))
        assert bool(skipped.value.words) == may_be


COMMENT = (
    VIEWER.format(wrapper="c").replace("<div ", '<div data-rce-version="10.150.0" ', 1).replace("viewer-", "viewer-c-")
)


@pytest.mark.parametrize("hook", ["comment", "wc-root", "faq-root", "form-root"])
@pytest.mark.parametrize("is_before", [True, False])
def test_a_newer_viewer_of_comments_or_forms_does_not_hide_the_post(hook: str, is_before: bool) -> None:
    other = f'<div data-hook="{hook}">{COMMENT.replace("blunt", "sharp") * 2}</div>'
    markup = other + STUDIO_VIEWER if is_before else STUDIO_VIEWER + other
    post = only_post(page(markup, ARTICLE + PUBLISHED))
    assert text_of(post.article) == "Unplug the lamp.The wireStrip it with a blunt knife."
    assert [problem for problem in post.problems if problem.severity != "note"] == []
    assert post.ledger is not None
    assert post.ledger.unaccounted == 0


TEMPLATE_TEXTS = {
    "label": ("<p>Share the lamp</p>", 0),
    "author box": ("<h3>On the author</h3><p>Ada Reed mends lamps in a shed near the harbour.</p>", 1),
    "next post": (f'<p><a href="{SITE}/post/next">Next: How to clean a chimney in the rain</a></p>', 0),
}


@pytest.mark.parametrize("behind", ["", RELATED], ids=["end of the page", "related posts"])
@pytest.mark.parametrize(("markup", "notes"), TEMPLATE_TEXTS.values(), ids=TEMPLATE_TEXTS)
def test_a_text_of_the_template_next_to_the_viewer_is_at_most_a_note(markup: str, notes: int, behind: str) -> None:
    box = f'<div class="wixui-rich-text" data-testid="richTextElement">{markup}</div>'
    post = only_post(page(f"<main><h1>How to fix a lamp</h1>{STUDIO_VIEWER}{box}{behind}</main>", ARTICLE + PUBLISHED))
    assert [(problem.kind, problem.severity) for problem in post.problems] == [("unknown-block", "note")] * notes
    assert post.ledger is not None
    assert post.ledger.unaccounted == 0


@pytest.mark.parametrize("is_before", [True, False])
def test_a_second_viewer_in_the_main_region_is_reported(is_before: bool) -> None:
    lead = (
        VIEWER.format(wrapper="x")
        .replace("Strip it with a blunt knife.", "Ada taught me.")
        .replace("viewer-", "viewer-l-")
    )
    markup = lead + STUDIO_VIEWER if is_before else STUDIO_VIEWER + lead
    post = only_post(page(f"<main>{markup}</main>", ARTICLE + PUBLISHED))
    assert [problem.kind for problem in post.problems if problem.severity != "note"] == ["element-left-out"]


@pytest.mark.parametrize("ends", ["</div>", "</div></div>"])
def test_blocks_that_stray_end_tags_move_behind_the_viewer_belong_to_the_post(ends: str) -> None:
    items = '<ul><li><p id="viewer-d1"><span>A cork.</span></p></li><li><p id="viewer-e1"><span>A fuse.</span></p></li></ul>'
    damaged = STUDIO_VIEWER.replace("</p></div>", f"</p>{items}</div>").replace("</p><h2", f"</p>{ends}<h2")
    post = only_post(page(f"<main>{damaged}{RELATED}</main>", ARTICLE + PUBLISHED))
    assert [node.tag for node in post.article] == ["p", "h2", "p", "ul"]
    assert text_of(post.article) == "Unplug the lamp.The wireStrip it with a blunt knife.A cork.A fuse."
    assert post.ledger is not None
    assert post.ledger.unaccounted == 0


@pytest.mark.parametrize(
    "markup", ["<!-- </div> -->", '<p title="a </div> b" id="viewer-t1">Wait.</p>', "<script>'</div>'</script>"]
)
def test_an_end_tag_in_a_comment_or_attribute_does_not_end_the_viewer(markup: str) -> None:
    viewer = STUDIO_VIEWER.replace("<h2", f"{markup}<h2")
    post = only_post(page(f"<main>{viewer}<p>Share the lamp</p>{RELATED}</main>", ARTICLE + PUBLISHED))
    assert "blunt" in text_of(post.article)
    assert post.ledger is not None
    assert post.ledger.unaccounted == 0
