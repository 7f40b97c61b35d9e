"""The pages of videos on other sites."""

import pytest

from unwix.wix.media_urls import video_page_url

VIDEO = "https://www.youtube.com/watch?v=abcdefghijk"


@pytest.mark.parametrize(
    ("url", "page"),
    [
        ("https://www.youtube.com/embed/abcdefghijk?rel=0", VIDEO),
        ("https://youtu.be/abcdefghijk", VIDEO),
        ("https://www.youtube.com/embed/abcdefghijk?list=PL123", VIDEO),
        ("https://i.ytimg.com/vi/abcdefghijk/maxresdefault.jpg", VIDEO),
        ("https://www.youtube.com/embed/videoseries?list=PL123abc", "https://www.youtube.com/playlist?list=PL123abc"),
        (
            "//www.youtube-nocookie.com/embed/videoseries?si=x&list=PL1_-b",
            "https://www.youtube.com/playlist?list=PL1_-b",
        ),
        ("https://www.youtube.com/embed?listType=playlist&list=PL9", "https://www.youtube.com/playlist?list=PL9"),
        (
            "https://www.youtube.com/embed/live_stream?channel=UCabc&autoplay=1",
            "https://www.youtube.com/channel/UCabc/live",
        ),
        ("https://player.vimeo.com/video/12345678?autoplay=0", "https://vimeo.com/12345678"),
        ("https://player.vimeo.com/video/12345678?h=ab12cd34ef&app_id=1", "https://vimeo.com/12345678/ab12cd34ef"),
        (
            "https://player.vimeo.com/video/12345678?autoplay=1&amp;h=ab12cd34ef",
            "https://vimeo.com/12345678/ab12cd34ef",
        ),
        ("https://vimeo.com/12345678/ab12cd34ef", "https://vimeo.com/12345678/ab12cd34ef"),
        ("https://vimeo.com/12345678#t=20s", "https://vimeo.com/12345678"),
        ("https://www.example.com/video/12345678", None),
    ],
)
def test_page_of_a_video(url: str, page: str | None) -> None:
    assert video_page_url(url) == page
