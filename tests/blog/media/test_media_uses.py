"""Test media references: which URLs of a post are files, which are the same file, and where it is available."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import post_pages as pages
from unwix.blog.media.urls import Candidate, candidates, is_file, kind_of, media_key
from unwix.blog.media.uses import media_of
from unwix.blog.summarize import summarize
from unwix.model.article import element
from unwix.model.post import MediaNote, Metadata, Post
from unwix.model.post_summary import MediaRef

HEX = "0123456789abcdef0123456789abcdef"
ORIGINAL = f"https://static.wixstatic.com/media/ab12cd_{HEX}~mv2.jpg"
FILM = f"https://video.wixstatic.com/video/ab12cd_{HEX}"
SOUND = f"https://static.wixstatic.com/mp3/ab12cd_{HEX}.mp3"
PDF = "https://0a0a0a0a-1111-2222-3333-444444444444.usrfiles.com/ugd/ab12cd_0123.pdf"


def figure(form: str | None, *inside: object) -> object:
    return element("figure", *inside, class_=form)  # type: ignore[arg-type]


def link(href: str, *inside: object) -> object:
    return element("a", *inside, href=href)  # type: ignore[arg-type]


def picture(src: str, alt: str = "", **more: str) -> object:
    return element("img", src=src, alt=alt, **more)


def test_every_kind_of_media_is_found_in_order() -> None:
    article = element(
        "article",
        figure(None, picture(ORIGINAL, "A rose", width="800", height="600")),
        figure(
            "gallery",
            figure(None, picture("https://x.example/1.jpg")),
            figure(None, picture("https://x.example/2.gif")),
        ),
        figure("video", link(f"{FILM}/1080p/mp4/file.mp4", picture("https://x.example/poster.jpg"))),
        figure("video", link("https://www.youtube.com/watch?v=abcdefghijk")),
        figure("audio", link(SOUND, "A song")),
        figure("audio", link("https://open.spotify.com/track/1")),
        element("p", link(PDF, "Price list.pdf"), class_="file"),
        element("p", "Read ", link(PDF, "this"), " or ", link("https://x.example/post/a", "that"), "."),
        element("p", picture("https://media.giphy.com/media/ab/giphy.gif?cid=1")),
        figure("embed", link("https://x.example/page")),
    )  # type: ignore[arg-type]
    metadata = Metadata(cover=ORIGINAL, cover_alt="IMG_0001.JPG")
    post = Post("a.html", "viewer", metadata, article, media={ORIGINAL: MediaNote(None, ("a_files/r.jpg",))})
    assert list(media_of(post)) == [
        MediaRef(ORIGINAL, "cover", "IMG_0001.JPG", "IMG_0001.JPG", copies=("a_files/r.jpg",)),
        MediaRef(ORIGINAL, "image", "A rose", None, 800, 600, ("a_files/r.jpg",)),
        MediaRef("https://x.example/1.jpg", "gallery"),
        MediaRef("https://x.example/2.gif", "gallery"),
        MediaRef(f"{FILM}/1080p/mp4/file.mp4", "video"),
        MediaRef("https://x.example/poster.jpg", "image"),
        MediaRef(SOUND, "audio"),
        MediaRef(PDF, "file", name="Price list.pdf"),
        MediaRef(PDF, "file"),
        MediaRef("https://media.giphy.com/media/ab/giphy.gif?cid=1", "gif"),
    ]


def test_a_page_has_its_images_in_its_entry() -> None:
    from unwix import readers
    from unwix.model.page import Page

    entry = summarize(readers.read(Page("a", data=pages.post_page(pages.picture("A pot"))))[0])
    assert [(ref.url, ref.kind, ref.alt) for ref in entry.media] == [
        (f"https://static.wixstatic.com/media/{pages.PICTURE}", "image", "A pot")
    ]


@pytest.mark.parametrize(
    ("address", "kind", "is_one"),
    [
        (PDF, None, True),
        ("https://docs.wixstatic.com/ugd/ab12cd_0123.docx", None, True),
        ("https://www.potter.example/_files/ugd/ab12cd_0123.pdf", None, True),
        ("https://www.potter.example/files/a.pdf", None, False),
        ("https://www.potter.example/a.mp4", "video", True),
        ("https://www.potter.example/a.mp4", "audio", False),
        ("https://vimeo.com/123456789", "video", False),
        ("https://static.wixstatic.com.evil.example/x.jpg", None, False),
        ("https://static.wixstatic.com/", None, False),
        ("ftp://static.wixstatic.com/media/a.jpg", None, False),
        ("https://[broken", "video", False),
        ("#place", None, False),
        ("mailto:a@wixstatic.com", None, False),
    ],
)
def test_a_file_is_distinguished_from_a_page(address: str, kind: str | None, is_one: bool) -> None:
    assert is_file(address, kind) is is_one


@pytest.mark.parametrize(
    ("address", "kind"), [(ORIGINAL, "image"), (f"{FILM}/480p/mp4/file.mp4", "video"), (SOUND, "audio"), (PDF, "file")]
)
def test_the_kind_of_a_file_at_wix(address: str, kind: str) -> None:
    assert kind_of(address) == kind


@pytest.mark.parametrize(
    "other",
    [
        ORIGINAL.replace("https", "http"),
        ORIGINAL.replace("~", "%7E"),
        ORIGINAL + "/v1/fill/w_10,h_10,al_c/x.jpg",
        ORIGINAL + "#a",
        ORIGINAL.replace("static.wixstatic", "STATIC.wixstatic"),
    ],
)
def test_one_file_in_every_spelling(other: str) -> None:
    assert media_key(other) == media_key(ORIGINAL)


def test_an_upload_is_one_file_on_all_of_its_hosts() -> None:
    assert media_key(SOUND) == media_key(SOUND.replace("static", "music", 1))
    hosts = ("https://docs.wixstatic.com", "http://static.wixstatic.com", "https://www.potter.example/_files")
    assert {media_key(f"{host}/ugd/ab12cd_0123.pdf") for host in hosts} == {media_key(PDF)}
    assert media_key("https://a.example/ugd/a.pdf") != media_key("https://b.example/ugd/a.pdf")


def test_different_files_have_different_keys() -> None:
    assert media_key(ORIGINAL) != media_key(ORIGINAL.replace("ab12cd", "ab12ce"))
    assert media_key("https://x.example/a?id=1") != media_key("https://x.example/a?id=2")
    assert media_key("https://x.example/A.jpg") != media_key("https://x.example/a.jpg")


def test_video_is_requested_from_the_best_resolution_down() -> None:
    assert candidates(f"{FILM}/720p/mp4/file.mp4") == [
        Candidate(f"{FILM}/1080p/mp4/file.mp4"),
        Candidate(f"{FILM}/720p/mp4/file.mp4"),
        Candidate(f"{FILM}/480p/mp4/file.mp4", smaller=True),
        Candidate(f"{FILM}/360p/mp4/file.mp4", smaller=True),
    ]
    assert media_key(f"{FILM}/720p/mp4/file.mp4") == media_key(f"{FILM}/1080p/mp4/file.mp4")


def test_image_is_requested_as_original_then_as_largest_rendition() -> None:
    small, large = f"{ORIGINAL}/v1/fill/w_49,h_37/x.jpg", f"{ORIGINAL}/v1/fit/w_740%2Ch_9/x.jpg"
    stranger = "https://x.example/v1/fill/w_9999,h_1/x.jpg"
    assert candidates(large, [small, large, stranger, "a_files/x.jpg"]) == [
        Candidate(ORIGINAL),
        Candidate(large, smaller=True),
        Candidate(small, smaller=True),
    ]


def test_audio_and_documents_have_several_hosts() -> None:
    assert [c.url for c in candidates(SOUND)] == [SOUND, SOUND.replace("static", "music", 1)]
    assert [c.url for c in candidates(PDF)] == [PDF, "https://docs.wixstatic.com/ugd/ab12cd_0123.pdf"]


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_url_is_accepted(address: str, copy: str) -> None:
    for text in (address, f"https://{address}", f"https://static.wixstatic.com/{address}"):
        media_key(text)
        is_file(text, "video")
        kind_of(text)
        assert all(c.url.startswith("http") for c in candidates(text, [copy]))
