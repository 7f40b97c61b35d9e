"""Posts of Wix's blog of 2014 to 2018 are read; other blog apps are named."""

from __future__ import annotations

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
    found = post.metadata
    assert (found.title, found.date, found.authors, found.tags) == ("Rope and tar", "2016-03-25", ["Ben Caulker"], ["rope", "boats"])  # fmt: skip
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
