"""Test the detection of duplicate media: author's file names, renditions and files next to a saved page."""

from __future__ import annotations

import json
from html import escape

import pytest

from support import post_pages as pages
from unwix import readers
from unwix.model.page import Page
from unwix.model.post import MediaNote
from unwix.readers.article_building.image_renditions import author_file_name, media_note, srcset_urls

ID = "ab12cd_0123456789abcdef0123456789abcdef~mv2.jpg"
ORIGINAL = f"https://static.wixstatic.com/media/{ID}"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"wix:image://v1/{ID}/My%20garden.JPG#originWidth=1&originHeight=2", "My garden.JPG"),
        ("wix:document://v1/ugd/ab12cd_0123.pdf/Price list.pdf", "Price list.pdf"),
        (f"{ORIGINAL}/v1/fill/w_10,h_10,al_c,q_80/garden_edited.png", "garden_edited.png"),
        (f"{ORIGINAL}/v1/crop/x_1,y_2/fill/w_10,h_10/garden.png?a=b", "garden.png"),
        (f"{ORIGINAL}/v1/fit/w_10,h_10/{ID}", None),
        (f"{ORIGINAL}/v1/fit/w_10,h_10/file.jpg", None),
        ("DSC_0042.jpeg", "DSC_0042.jpeg"),
        ("A garden in spring.", None),
        (ID, None),
        (ORIGINAL, None),
        ("../../etc/passwd.jpg", None),
        ("", None),
    ],
)
def test_image_key_is_the_authors_file_name(text: str, name: str | None) -> None:
    assert author_file_name(text) == name


def test_srcset_is_split_at_commas_before_spaces() -> None:
    assert list(srcset_urls(f"{ORIGINAL}/v1/fill/w_1,h_1/a.jpg 1x, {ORIGINAL}/v1/fill/w_2,h_2/a.jpg 2x")) == [
        f"{ORIGINAL}/v1/fill/w_1,h_1/a.jpg",
        f"{ORIGINAL}/v1/fill/w_2,h_2/a.jpg",
    ]


def test_duplicates_are_renditions_and_local_files() -> None:
    rendition = f"{ORIGINAL}/v1/fill/w_9,h_9/x.jpg"
    noted = media_note(
        [ORIGINAL, ID, rendition, "page_files/x.jpg", "/site/x.jpg", "//host/v1/x.jpg", "data:image/png;x"]
    )
    assert noted == MediaNote("x.jpg", (rendition, "page_files/x.jpg"))
    assert media_note([ORIGINAL, ID]) is None


def test_saved_page_states_file_names() -> None:
    info = escape(json.dumps({"imageData": {"width": 800, "height": 600, "uri": ID, "name": "roses.jpg"}}))
    output = f"{ORIGINAL}/v1/fill/w_740,h_493,al_c/{ID} 1x, {ORIGINAL}/v1/fill/w_8,h_4/{ID} 2x"
    markup = (
        f'<figure data-hook="figure-IMAGE"><div data-hook="image-viewer"><wow-image id="{ID}" data-image-info="{info}">'
        f'<img src="A title_files/{ID}" srcset="{output}"></wow-image></div></figure>'
    )
    page = pages.post_page(pages.p("Some words.") + pages.block(markup, "image"))
    assert readers.read(Page("a", data=page))[0].media == {
        ORIGINAL: MediaNote(
            "roses.jpg",
            (
                f"A title_files/{ID}",
                f"{ORIGINAL}/v1/fill/w_740,h_493,al_c/{ID}",
                f"{ORIGINAL}/v1/fill/w_8,h_4/{ID}",
            ),
        )
    }


def test_document_states_file_names() -> None:
    node = {
        "type": "IMAGE",
        "id": "a",
        "imageData": {
            "image": {"src": {"url": f"wix:image://v1/{ID}/roses.jpg#originWidth=8"}, "width": 8, "height": 6}
        },
    }
    words = {"type": "PARAGRAPH", "id": "b", "nodes": [{"type": "TEXT", "textData": {"text": "Some words."}}]}
    assert readers.read(Page("a", data=json.dumps({"nodes": [words, node]}).encode()))[0].media == {
        ORIGINAL: MediaNote("roses.jpg")
    }
