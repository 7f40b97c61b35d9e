"""Posts of Wix's blog of 2014 to 2018 are read; other blog apps are named."""

from __future__ import annotations

import html

import pytest

from unwix.model.article import text_of
from unwix.model.skipped import Skipped
from unwix.readers.saved_page.reader import read_saved_page

ID = "comp-x1_SinglePostMediaTop_MediaPost__0_0_"
HEAD = '<meta charset="utf-8"><meta name="generator" content="Wix.com Website Builder"><meta property="og:title" content="Rope and Tar">'


def page(body_name: str = "MediaLabel", head: str = "") -> bytes:
    return (
        f'<!DOCTYPE html><html lang="en"><head>{HEAD}{head}</head><body><div id="SITE_ROOT"><div id="{ID}_type_MediaPost">'
        f'<div id="{ID}title"><div id="{ID}titlerichTextContainer"><h1 class="font_5">Rope and tar</h1></div></div>'
        f'<div id="{ID}date"><div id="{ID}daterichTextContainer"><p class="font_8">March 25, 2016</p></div></div><p>|</p>'
        f'<div id="{ID}authorrichTextContainer"><p class="font_8">Ben Caulker</p></div>'
        f'<div data-proxy-name="{body_name}"><p class="font_8">Warm the tar.</p><h2 class="font_2">Rope</h2><ul><li><p>Old</p></li></ul></div>'
        f'<div id="{ID}tags"><p>Tags:</p><a href="/blog/Tag/rope">#rope</a><a href="/blog/Tag/boats">boats</a></div>'
        "</div></div></body></html>"
    ).encode()


@pytest.mark.parametrize("head", ["", '<meta property="og:type" content="article">'])
def test_a_post_of_the_old_blog_is_read(head: str) -> None:
    (post,) = read_saved_page("page.html", page(head=head))
    metadata = post.metadata
    assert (metadata.title, metadata.date, metadata.authors, metadata.tags) == ("Rope and tar", "2016-03-25", ["Ben Caulker"], ["rope", "boats"])  # fmt: skip
    assert text_of(post.article) == "Warm the tar.RopeOld"


def test_a_post_without_its_text_is_skipped_with_the_next_step() -> None:
    with pytest.raises(Skipped, match="convert the blog's feed") as skipped:
        read_saved_page("page.html", page("Other"))
    assert skipped.value.kind == "old-blog-page"


@pytest.mark.parametrize(
    ("src", "title", "kind"),
    [
        ("https://blog-app.example/view?instance=abc.def&compId=tpa1", "Our Blog", "other-blog-app"),
        ("https://app.example/blog/post?instance=abc.def&compId=tpa1", "News", "other-blog-app"),
        ("https://maps.example/view?instance=abc.def&compId=tpa1", "Contact", "site-page"),
        ("https://www.wix.com/blog-frame?instance=abc.def", "Our Blog", "site-page"),
        ("https://video.example/embed/1", "Our Blog", "site-page"),
        ("https://[broken?instance=1", "Our Blog", "site-page"),
    ],
)
def test_another_blog_app_is_named(src: str, title: str, kind: str) -> None:
    html = f'<!DOCTYPE html><html><head><title>{title}</title><meta name="generator" content="Wix.com Website Builder"></head><body><iframe src="{src}"></iframe></body></html>'
    with pytest.raises(Skipped) as skipped:
        read_saved_page("page.html", html.encode())
    assert skipped.value.kind == kind
    assert kind != "other-blog-app" or "blog-app.example" in str(skipped.value) or "app.example" in str(skipped.value)


FRAMED = (
    '<!DOCTYPE html><html><body><div class="single"><h1>Moving the hives</h1><p class="when">March 4, 2016</p>'
    '<p class="who">By Olga Brandt</p><div class="post-body"><p>We moved them at night.</p><h2>The road</h2>'
    "<ul><li>straps</li></ul></div><p>Tags: bees</p></div></body></html>"
)


def app_page(frame: str, generator: str = "Wix.com Website Builder") -> bytes:
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta name="generator" content="{generator}"><title>Apiary</title></head>'
        f"<body><p>Home</p>{frame}<p>Footer</p></body></html>"
    ).encode()


def test_a_post_of_another_app_is_read_from_a_frame_that_was_saved_in_the_page() -> None:
    (post,) = read_saved_page("a.html", app_page(f'<iframe title="Easy Blog" srcdoc="{html.escape(FRAMED)}"></iframe>'))
    metadata = post.metadata
    assert (metadata.title, metadata.date, metadata.authors, metadata.language) == ("Moving the hives", "2016-03-04", ["Olga Brandt"], "en")  # fmt: skip
    assert text_of(post.article) == "We moved them at night.The roadstraps"


@pytest.mark.parametrize(
    "frame",
    [
        '<iframe title="Easy Blog" src="./Blog_files/saved_resource.html"></iframe>',
        '<iframe title="Easy Blog"></iframe>',
        f'<iframe title="Easy Blog" srcdoc="{html.escape(FRAMED.replace("post-body", "wall"))}"></iframe>',
        f'<iframe title="Easy Blog" srcdoc="{html.escape(FRAMED.replace("<p>Tags", "<div class=entry-content>Two.</div><p>Tags"))}"></iframe>',
    ],
)
def test_an_app_whose_posts_cannot_be_read_is_named_by_the_title_of_its_frame(frame: str) -> None:
    with pytest.raises(Skipped, match=r"save the page with SingleFile.*Easy Blog") as skipped:
        read_saved_page("a.html", app_page(frame))
    assert skipped.value.kind == "other-blog-app"


def test_a_frame_of_a_site_that_is_not_wix_is_not_an_app() -> None:
    with pytest.raises(Skipped) as skipped:
        read_saved_page("a.html", app_page('<iframe title="Easy Blog" src="a.html"></iframe>', "Hugo"))
    assert skipped.value.kind == "other-page"
