"""Ids of images that Wix keeps: with 32 hexadecimal digits, of Unsplash, of partners."""

from __future__ import annotations

import pytest

from support import post_pages as pages
from unwix.wix.media_urls import MEDIA_URL, original_url
from unwix.wix.url_keys import image_key

HEX = "0123456789abcdef" * 2


@pytest.mark.parametrize(
    ("name", "key"),
    [
        (f"ab12cd_{HEX}~mv2.jpg", f"ab12cd_{HEX}"),
        (f"{HEX}.png", HEX),
        ("nsplsh_50314764324c3443587163~mv2_d_5184_3456_s_4_2.jpg", "nsplsh_50314764324c3443587163"),
        ("nsplsh_4f6a5a4b6c7a4d~mv2.jpg", "nsplsh_4f6a5a4b6c7a4d"),
        ("part8_q7w2e9r4~mv2.webp", "part8_q7w2e9r4"),
    ],
)
@pytest.mark.parametrize("rendition", ["", "/v1/fill/w_49,h_37,al_c,q_20/x.jpg"])
def test_a_rendition_has_its_original_and_its_key(name: str, key: str, rendition: str) -> None:
    url = MEDIA_URL + name + rendition
    assert original_url(url) == MEDIA_URL + name
    assert image_key(url) == image_key(MEDIA_URL + name.replace("~", "%7E")) == key
    assert image_key(original_url(url.replace("~", "_"))) == key


ODD = ["84770f_foo.gif", "foo_bar.jpg", "harbour view.png"]


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize(
    "form",
    [
        "{}", "https://static.wixstatic.com/media/{}", "//static.wixstatic.com/media/{}",
        "http://static.wixstatic.com/media/{}/v1/fill/w_9,h_9/{}", "../../static.wixstatic.com/media/{}",
        "https://mirror.example/x/static.wixstatic.com/media/{}?a=b", "wix:image://v1/{}/my.jpg#originWidth=1",
    ],
)  # fmt: skip
def test_an_image_with_an_unusual_id_has_one_key_in_all_forms(form: str, name: str) -> None:
    assert image_key(form.format(name, name)) == image_key(MEDIA_URL + name)
    assert image_key(form.format("other.gif", "other.gif")) != image_key(MEDIA_URL + name)


@pytest.mark.parametrize("form", ["https://{}", "//{}", "http://www.{}", "../../../{}", "../{}"])
def test_a_foreign_image_has_one_key_with_and_without_scheme(form: str) -> None:
    assert image_key(form.format("images.example/photo-123?w=80")) == image_key("https://images.example/photo-123?w=80")
    assert image_key("../images/photo.jpg") == "../images/photo.jpg"


SOURCES = {
    "protocol-relative": "//static.wixstatic.com/media/foo_bar.jpg",
    "mirror": "../../static.wixstatic.com/media/foo_bar.jpg",
    "foreign": "https://images.example/photo-123?w=80",
    "foreign, protocol-relative": "//images.example/photo-123.jpg",
    "foreign, in a mirror": "../../images.example/photo-123.jpg",
    "from the root of the site": "/files/photo.jpg",
    "unusual id": "https://static.wixstatic.com/media/84770f_foo.gif",
}


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_an_image_that_is_written_is_not_called_lost(source: str) -> None:
    image = f'<figure data-hook="figure-IMAGE"><img alt="A quay" src="{source}"></figure>'
    post = pages.written(pages.post_page(pages.p("The tide turns.") + pages.block(image, "image")))
    assert "![A quay](https://" in post.body
    assert [problem for problem in post.problems if problem.severity != "note"] == []


@pytest.mark.parametrize(
    "name", ["84770f_foo.gif", "nsplsh_6f4a5d386e4a4f5f6d3055~mv2.jpg", "11062b_0a1b~mv2_d_3_4_s_4_2.jpg"]
)
def test_an_image_of_the_viewer_with_an_unusual_id_is_not_called_lost(name: str) -> None:
    post = pages.written(pages.post_page(pages.p("The tide turns.") + pages.picture("A quay", name=name)))
    assert f"![A quay]({MEDIA_URL}{name})" in post.body
    assert post.problems == []
