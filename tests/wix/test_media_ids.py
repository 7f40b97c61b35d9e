"""Ids of images that Wix keeps: with 32 hexadecimal digits, of Unsplash, of partners."""

from __future__ import annotations

import pytest

from unwix.model.facts import image_key
from unwix.wix.media_urls import MEDIA_URL, original_url

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
