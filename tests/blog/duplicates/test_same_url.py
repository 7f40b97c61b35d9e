"""Test posts at one URL: a revision is merged, two different posts are both kept and reported."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from support import post_pages as pages
from support.terminal import run

FOG = "The fog came up the valley at four, and by five nobody could see the gate from the kitchen window any more. "
BEES = "Twelve hives stand behind the orchard wall, facing south, and each has a brick on its lid against the wind. "
JP_ONE = "春の朝、祖母は庭の隅にある古い井戸から水を汲み、味噌を仕込むための大豆を洗っていました。"
JP_TWO = "冬の夜になると父は必ず囲炉裏の前で釣り竿を直し、明日の川の話を小さな声で始めるのだった。"
HOME = "https://www.example.com/"


def convert(tmp_path: Path, *posts: bytes, strict: bool = False) -> tuple[int, dict[str, Any]]:
    (tmp_path / "in").mkdir()
    for number, post in enumerate(posts):
        (tmp_path / "in" / f"{number}.html").write_bytes(post)
    result = run("convert", tmp_path / "in", "-o", tmp_path / "out", "-j", 0, *(["--strict"] if strict else []))
    report: dict[str, Any] = json.loads((tmp_path / "out" / "report.json").read_text())
    return result.code, report


def post(text: str, title: str, day: str = "2025-03-04", url: str = HOME, **more: Any) -> bytes:
    page = pages.post_page(pages.p(text), title=title, url=url, **more)
    return page.replace(b"2025-03-04T05:06:07", f"{day}T05:06:07".encode())


@pytest.mark.parametrize(
    "posts",
    [
        (post(FOG, "Fog", "2020-01-01"), post(BEES, "Bees", "2022-02-02")),
        (post(FOG, "Fog"), post(BEES, "Bees")),
        (post(FOG, "News", "2020-01-01"), post(BEES, "News", "2022-02-02")),
        (post(FOG, "The site's name"), post(BEES, "The site's name")),
        (post(JP_ONE, "春"), post(JP_TWO, "冬")),
    ],
    ids=["all differs", "title and text", "date and text", "text alone", "no spaces between words"],
)
def test_different_posts_at_one_url_are_both_kept(tmp_path: Path, posts: tuple[bytes, ...]) -> None:
    code, report = convert(tmp_path, *posts, strict=True)
    assert report["summary"]["posts"] == len(posts)
    assert all(any(p["kind"] == "url-shared" for p in row["problems"]) for row in report["posts"])
    assert code == 1


def test_urls_that_differ_in_case_are_two_urls(tmp_path: Path) -> None:
    """Slugs of Wix are case-sensitive (docs/wix/api.md#blog-endpoints)."""
    posts = (post(FOG, "Fog", url=f"{HOME}post/Foo"), post(BEES, "Bees", url=f"{HOME}post/foo"))
    _, report = convert(tmp_path, *posts)
    assert [row["result"] for row in report["posts"]] == ["complete"] * 2
    assert len({row["output"].casefold() for row in report["posts"]}) == 2


def test_one_post_at_two_spellings_of_its_url_is_one(tmp_path: Path) -> None:
    one = post(FOG, "Fog", url=f"{HOME}post/Foo")
    _, report = convert(tmp_path, one, one.replace(b"/post/Foo", b"/post/foo"))
    assert report["summary"]["posts"] == 1


@pytest.mark.parametrize(
    "posts",
    [
        (post(FOG, "Fog"), post(FOG + "It left again at noon.", "Fog")),
        (post(FOG * 2, "Fog"), post(FOG * 2, "Fog, again")),
        (post(FOG * 2, "Fog", "2020-01-01"), post(FOG + FOG.replace("gate", "barn"), "Fog", "2022-02-02")),
        (post("Ten.", "Price"), post("Twenty.", "Price")),
    ],
    ids=["text added", "new title", "new date and a changed word", "very short"],
)
def test_revisions_are_one_post(tmp_path: Path, posts: tuple[bytes, ...]) -> None:
    _, report = convert(tmp_path, *posts)
    assert report["summary"]["posts"] == 1
    assert not any(p["kind"] == "url-shared" for row in report["posts"] for p in row["problems"])


def test_a_mirror_with_one_canonical_url_keeps_every_post_once(tmp_path: Path) -> None:
    texts = [" ".join(f"word{n}x{m}" for m in range(40)) for n in range(30)]
    pages_ = [post(text, f"Post {n % 30}", f"2024-01-{n % 30 + 1:02}") for n, text in enumerate([*texts, *texts])]
    _, report = convert(tmp_path, *pages_)
    assert report["summary"]["posts"] == 30


def test_a_page_in_another_interface_language_is_the_same_post(tmp_path: Path) -> None:
    url = f"{HOME}post/fog"
    others = [post(FOG, "Fog", url=f"{url}?lang={code}", lang=code) for code in ("fr", "de", "it")]
    _, report = convert(tmp_path, others[0], post(FOG, "Fog", url=url), *others[1:])
    (row,) = report["posts"]
    assert row["url"] == url
    assert sorted(row["other_urls"]) == [f"{url}?lang={code}" for code in ("de", "fr", "it")]


def test_a_page_in_another_interface_language_is_recognized_behind_an_excerpt_of_the_feed(tmp_path: Path) -> None:
    """Only the page has enough words to compare: the feed's item, which is read first, is an excerpt."""
    url = f"{HOME}post/fog"
    item = f"<item><title>Fog</title><link>{url}</link><description>At four</description><pubDate>Fri, 01 Mar 2024 08:00:00 GMT</pubDate></item>"
    feed = f'<rss version="2.0"><channel><title>B</title><link>{HOME}</link><generator>RSS for Node</generator>{item}</channel></rss>'
    _, report = convert(
        tmp_path, feed.encode(), post(FOG, "Fog", url=url), post(FOG, "Fog", url=f"{url}?lang=fr", lang="fr")
    )
    assert [row["url"] for row in report["posts"]] == [url]


def test_a_translation_is_a_post_of_its_own(tmp_path: Path) -> None:
    url = f"{HOME}post/fog"
    translated = "Le brouillard est monté de la vallée à quatre heures, et à cinq heures on ne voyait plus la grille."
    _, report = convert(tmp_path, post(FOG, "Fog", url=url), post(translated, "Fog", url=f"{url}?lang=fr", lang="fr"))
    assert report["summary"]["posts"] == 2
