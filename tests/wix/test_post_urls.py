"""Test URLs of Wix sites in every spelling."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unwix.wix.post_urls import (
    base_of,
    decode_path,
    encode_path,
    name_key,
    new_site,
    on_site,
    parse_url,
    unwrap_redirect,
)

SITE = "https://www.potter-lane.example"
SPELLINGS = """
https://www.potter-lane.example/post/křehký-hrnek
https://www.potter-lane.example/post/k%C5%99ehk%C3%BD-hrnek
https://www.potter-lane.example/post/k%c5%99ehk%c3%bd-hrnek
http://potter-lane.example/post/křehký-hrnek/
HTTPS://WWW.Potter-Lane.example:443/post/křehký-hrnek
https://www.potter-lane.example//post//křehký-hrnek
https://www.potter-lane.example/post/křehký-hrnek.html
https://www.potter-lane.example/post/křehký-hrnek/index.html
https://www.potter-lane.example/post/křehký-hrnek?utm_source=x&utm_medium=mail&fbclid=1&gclid=2
https://www.potter-lane.example/post/křehký-hrnek?lightbox=dataItem-k1
https://www.potter-lane.example/post/křehký-hrnek#
https://www.potter-lane.example/post/křehký-hrnek
""".split()


@pytest.mark.parametrize("address", SPELLINGS)
def test_every_spelling_is_the_same_url(address: str) -> None:
    wix_url = parse_url(address)
    assert wix_url is not None
    assert (wix_url.base, wix_url.path, wix_url.kind, wix_url.name) == (
        "potter-lane.example", "/post/křehký-hrnek", "post", "křehký-hrnek",
    )  # fmt: skip


def test_decomposed_letters_are_the_composed_ones() -> None:
    assert decode_path("/post/kr%CC%8Cehky%CC%81") == "/post/křehký"


@pytest.mark.parametrize(
    ("path", "kind", "name", "language"),
    [
        ("/post/a-pot", "post", "a-pot", None),
        ("/post/2017/07/07/a-pot", "post", "a-pot", None),
        ("/single-post/a-pot", "post", "a-pot", None),
        ("/single-post/2019/07/09/A-Pot", "post", "A-Pot", None),
        ("/amp/a-pot", "post", "a-pot", None),
        ("/en/post/a-pot", "post", "a-pot", "en"),
        ("/pt-br/post/a-pot", "post", "a-pot", "pt-br"),
        ("/en/amp/a-pot", "post", "a-pot", "en"),
        ("/post/a-pot?lang=EN", "post", "a-pot", "en"),
        ("/kiln/post/a-pot", "post", "a-pot", None),
        ("/blog/categories/glazes", "category", "glazes", None),
        ("/blog/categories/glazes/page/3", "category", "glazes", None),
        ("/fr/blog/categories/glazes", "category", "glazes", "fr"),
        ("/journal/explore/categories/glazes", "category", "glazes", None),
        ("/blog/tags/raku", "tag", "raku", None),
        ("/blog/hashtags/Raku", "tag", "Raku", None),
        ("/profile/ada/profile", "author", "ada", None),
        ("/profile/ada/blog-posts", "author", "ada", None),
        ("/blog", "home", "", None),
        ("/blog/page/2", "home", "", None),
        ("/de/blog", "home", "", "de"),
        ("/blog-feed.xml", "feed", "", None),
        ("/en/blog-feed.xml", "feed", "", "en"),
        ("/blog/archive/2021/03", "list", "", None),
        ("/_files/ugd/a_b.pdf", "file", "", None),
        ("/contact", "page", "", None),
        ("", "page", "", None),
        ("/", "page", "", None),
        ("/en", "page", "", None),
        ("/post", "page", "", None),
    ],
)
def test_url_shapes(path: str, kind: str, name: str, language: str | None) -> None:
    wix_url = parse_url(SITE + path)
    assert wix_url is not None
    assert (wix_url.kind, wix_url.name, wix_url.language) == (kind, name, language)


@pytest.mark.parametrize(
    ("address", "base", "path"),
    [
        ("https://ada.wixsite.com/pots/post/a-pot", "ada.wixsite.com/pots", "/post/a-pot"),
        ("http://Ada.WixSite.com/Pots/", "ada.wixsite.com/pots", ""),
        ("https://ada.wixstudio.com/pots/blog", "ada.wixstudio.com/pots", "/blog"),
        ("https://ada.editorx.io/pots", "ada.editorx.io/pots", ""),
        ("https://ada.wixsite.com", "ada.wixsite.com", ""),
        ("https://xn--tpfer-jua.example/post/x", "töpfer.example", "/post/x"),
        ("https://töpfer.example/post/x", "töpfer.example", "/post/x"),
    ],
)
def test_site_bases(address: str, base: str, path: str) -> None:
    wix_url = parse_url(address)
    assert wix_url is not None
    assert (wix_url.base, wix_url.path) == (base, path)


def test_site_base_in_a_users_spelling() -> None:
    assert base_of("ada.wixsite.com/pots") == base_of("https://ada.wixsite.com/pots/") == "ada.wixsite.com/pots"
    assert base_of("www.potter-lane.example") == "potter-lane.example"
    assert base_of("potter") is None
    assert base_of("http://[") is None


@pytest.mark.parametrize("address", ["mailto:ada@potter.example", "tel:+420", "#viewer-abc", "/post/x", "", "http://", "http://[::1", "javascript:x"])  # fmt: skip
def test_other_urls_are_none(address: str) -> None:
    assert parse_url(address) is None


def test_urls_without_a_host_stay_on_the_site() -> None:
    for address in ("/post/a-pot", "../post/a-pot.html", "../../post/a-pot/index.html"):
        wix_url = on_site(address)
        assert wix_url is not None
        assert (wix_url.kind, wix_url.name) == ("post", "a-pot")
    assert on_site("mailto:x@y.example") is None
    assert on_site("//potter.example/post/x") is None


def mail_link(inner: str, payload: object = None) -> str:
    data = json.dumps(payload if payload is not None else {"u": inner, "r": "0-0", "m": "mail"}).encode()
    return f"{SITE}/so/5cLaXX/c?w=-f_Sig.{base64.urlsafe_b64encode(data).decode().rstrip('=')}"


def test_links_of_wix_mails_are_unwrapped() -> None:
    inner = f"{SITE}/post/a-pot?utm_campaign=1"
    assert unwrap_redirect(mail_link(inner)) == inner
    assert unwrap_redirect(mail_link(mail_link(inner))) == inner
    wix_url = parse_url(mail_link(inner))
    assert wix_url is not None
    assert wix_url.name == "a-pot"


@pytest.mark.parametrize(
    "address",
    [
        mail_link("", {"u": "javascript:alert(1)"}),
        mail_link("", {"x": 1}),
        mail_link("", [1]),
        f"{SITE}/so/5cLaXX/c?w=%%%",
        f"{SITE}/so/5cLaXX/c",
        f"{SITE}/so/soup/recipe",
        "https://l.example/?u=https://potter.example",
    ],
)
def test_other_redirectors_stay(address: str) -> None:
    assert unwrap_redirect(address) == address


def test_nested_redirectors_are_limited() -> None:
    address = f"{SITE}/post/a-pot"
    for _ in range(30):
        address = mail_link(address)
    assert unwrap_redirect(address).startswith(SITE)


@pytest.mark.parametrize(
    ("name", "key"),
    [("Tips & Tricks", "tips-tricks"), ("Recettes d'été", "recettes-d-ete"), ("  Řeč  ", "rec"), ("陶芸", "陶芸"), ("a_b", "a-b")],
)  # fmt: skip
def test_names_as_keys(name: str, key: str) -> None:
    assert name_key(name) == key


@given(st.text())
def test_an_encoded_path_has_nothing_that_a_configuration_reads(path: str) -> None:
    assert set(encode_path(path)) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789%/-._~+,@")


@given(st.text(max_size=60))
def test_any_text_is_a_url_or_none(text: str) -> None:
    for address in (text, f"https://{text}", f"{SITE}/{text}", f"{SITE}/so/{text}/c?w={text}"):
        parse_url(address)
        on_site(address)
        base_of(address)


def test_url_of_the_new_site() -> None:
    assert new_site("https://Ada.example/blog/") == "https://ada.example/blog"
    assert new_site("http://töpfer.example:8080/ü") == "http://xn--tpfer-jua.example:8080/%C3%BC"
    for wrong in ("ada.example", "ftp://ada.example", "https://", "https://a.example/?x", "https://a b.example", "https://a:b@c.example"):  # fmt: skip
        with pytest.raises(ValueError, match=r"it should|host"):
            new_site(wrong)
