"""Test that a post at the site's free URL and at the user's domain is one post, and that similar posts stay two."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support import post_pages as pages
from support.terminal import run
from unwix.blog.duplicates.hash_index import FirstNumberByHash

OWN, FREE = "https://www.ada-pots.example/post/fog", "https://ada.wixsite.com/pots/post/fog"
OLD = "https://ada.wixsite.com/pots/single-post/2019/07/09/fog"
ID, OTHER_ID = "5feab13d-332b-48cb-9da1-198db9aa6790", "6feab13d-332b-48cb-9da1-198db9aa6790"
SITE, OTHER_SITE = "b8b7535e-1111-4222-8333-944455556666", "c8b7535e-1111-4222-8333-944455556666"
GUID = "5d24b1c2a3f4e50017c1a2b3"
WORDS = "Fog lies on the lake until noon, and the clay will not dry before the wind turns to the north again."


def named(identity: str | None = None, site: str | None = None, slug: str = "fog", old: bool = False) -> str:
    """Return the scripts in which a page states ids of its post and site, in the form since 2025 (`old`: of 2021)."""
    warmup = {"appsWarmupData": {pages.BLOG_APP: {slug: identity}}}
    message = f'<script type="application/json" id="wix-warmup-data">{json.dumps(warmup)}</script>' if identity else ""
    model = f'{{"site":{{"metaSiteId":"{site}","externalBaseUrl":"https:\\/\\/x"}}}}'
    script = '<script type="text/javascript">var model = ' if old else '<script type="application/json" id="wix-viewer-model">'  # fmt: skip
    return message + (f"{script}{model}</script>" if site else "")


def page(url: str, head: str = "", text: str = WORDS, title: str = "Fog", **more: Any) -> bytes:
    return pages.post_page(pages.p(text), title, "fog", url=url, head=head, **more)


def own_data(url: str, identity: str, text: str = WORDS, **more: Any) -> bytes:
    """Return a page of 2024, which embeds its post's data."""
    post = {"id": identity, "internalId": GUID, "title": "Fog", "slug": "fog", **more}
    return pages.post_page(pages.p(text), "Fog", "fog", url=url, head=pages.warmup("fog", post))


def document(identity: str | None, title: str = "Fog", text: str = WORDS, **more: Any) -> bytes:
    nodes = [{"type": "PARAGRAPH", "id": "a", "nodes": [{"type": "TEXT", "textData": {"text": text}}]}]
    own = {"title": title, "slug": "fog", "richContent": {"nodes": nodes}, **more}
    return json.dumps({**own, **({"id": identity} if identity else {})}).encode()


def feed(url: str, guid: str = "none", date: str = "Tue, 04 Mar 2025 05:06:07 GMT", text: str = WORDS) -> bytes:
    item = f"<title>Fog</title><link>{url}</link><guid>{guid}</guid><pubDate>{date}</pubDate><content:encoded><![CDATA[<p>{text}</p>]]></content:encoded>"
    return f'<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>x</title><generator>RSS for Node</generator><item>{item}</item></channel></rss>'.encode()


def converted(folder: Path, *sources: bytes, options: tuple[str, ...] = ()) -> dict[str, Any]:
    (folder / "in").mkdir(exist_ok=True, parents=True)
    for number, raw in enumerate(sources):
        (folder / f"in/{number}").write_bytes(raw)
    result = run("convert", folder / "in", "-o", folder / "out", "-j", 0, *options)
    assert result.code in (0, 1), result.err
    report: dict[str, Any] = json.loads((folder / "out/report.json").read_text())
    return report


#: Pairs of files of one post, tested in both orders.
ONE_POST = {
    "the id, in pages since 2025": (page(FREE, named(ID)), page(OWN, named(ID), "Words that were changed since.")),
    "the id, in pages of 2024": (own_data(FREE, ID), own_data(OWN, ID, "Words that were changed since.")),
    "the id, in a page and an answer of the API": (
        page(FREE, named(ID)),
        document(ID, text="Changed since.", url={"base": "https://www.ada-pots.example", "path": "/post/fog"}),
    ),
    "the feed's id": (own_data(FREE, ID), feed(OWN, GUID, "Mon, 03 Mar 2025 05:06:07 GMT")),
    "the id, when the title was changed": (page(FREE, named(ID)), page(OWN, named(ID), title="Fog, again")),
    "the site's id and the slug": (page(FREE, named(site=SITE)), page(OWN, named(site=SITE), "Changed since.")),
    "the site's id, in pages of 2021": (
        page(OLD, named(site=SITE, old=True)),
        page(OWN, named(site=SITE, old=True), "Changed since."),
    ),
    "slug, title, moment and words": (page(FREE), page(OWN)),
    "slug, title, moment and nearly all words": (page(FREE, text=WORDS + " And then?"), page(OWN)),
    "slug, title, moment and words of a feed": (page(FREE, named(ID)), feed(OWN)),
}
#: Pairs of different posts, with what they have in common.
TWO_POSTS = {
    "an agency's sites": (page(FREE, named(site=SITE)), page(OWN, named(site=OTHER_SITE))),
    "an agency's sites, on their own domains": (page("https://www.bea-pots.example/post/fog"), page(OWN)),
    "an agency's sites, both free": (page("https://bea.wixsite.com/pots/post/fog"), page(FREE)),
    "a copy of a whole site": (page(FREE, named(ID, SITE)), page(OWN, named(ID, OTHER_SITE))),
    "a post and its re-publication": (page(FREE, named(ID, SITE)), page(OWN, named(OTHER_ID, SITE))),
    "a re-publication, ids alone": (page(FREE, named(ID)), page(OWN, named(OTHER_ID))),
    "a re-publication, a page and a document": (
        page(FREE, named(ID)),
        document(OTHER_ID, firstPublishedDate="2025-03-04T05:06:07.891Z"),
    ),
    "other words": (page(FREE), page(OWN, text="Rain fell all day; nobody came, and nothing that we made was sold.")),
    "no words": (page(FREE, text=""), page(OWN, text="")),
    "another moment of the day": (page(FREE), feed(OWN, date="Tue, 04 Mar 2025 05:06:08 GMT")),
    "another title": (page(FREE), page(OWN, title="The fog")),
    "translations with one slug": (
        page("https://www.ada-pots.example/post/fog?lang=de", named(site=SITE), title="Nebel", lang="de"),
        page(OWN, named(site=SITE)),
    ),
    "translations with one slug and title": (
        page("https://www.ada-pots.example/de/post/fog", named(site=SITE), lang="de"),
        page(OWN, named(site=SITE)),
    ),
    "examples that share an id": (document(ID), document(ID, "Rain", slug="rain")),
    "the id of the post before, after a click in the browser": (
        page(FREE, named(ID, slug="rain"), "Rain fell all day."),
        page(OWN, named(ID)),
    ),
    "a draft that changes a post": (document(ID, "Fog, again", status="UNPUBLISHED"), page(OWN, named(ID))),
}


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize("why", ONE_POST)
def test_post_at_two_urls_is_one_post(why: str, order: tuple[int, int], tmp_path: Path) -> None:
    pair = ONE_POST[why]
    report = converted(tmp_path, *(pair[n] for n in order))
    (row,) = report["posts"]
    assert row["url"] == OWN
    assert row["other_urls"] == [OLD if "2021" in why else FREE]
    assert [s["detail"].partition(" as ")[0] for s in report["skipped"]] == ["the same post"]
    assert f"canonical_url: {OWN}\n" in (tmp_path / "out/fog.md").read_text()


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize("why", TWO_POSTS)
def test_similar_posts_stay_separate(why: str, order: tuple[int, int], tmp_path: Path) -> None:
    pair = TWO_POSTS[why]
    report = converted(tmp_path, *(pair[n] for n in order))
    assert len(report["posts"]) == 2
    assert not any("addresses" in row for row in report["posts"])


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_copy_with_both_ids_joins_earlier_copies(order: tuple[int, ...], tmp_path: Path) -> None:
    """The feed has one id of a post, the page another; the API's response has both."""
    copies = (
        feed(OWN, GUID, text="Only the first words."),
        page(FREE, named(ID)),
        document(ID, internalId=GUID, text="Other words."),
    )
    report = converted(tmp_path, *(copies[n] for n in order))
    (row,) = report["posts"]
    assert (row["url"], row["other_urls"]) == (OWN, [FREE])
    assert len(report["skipped"]) == 2
    assert len(list((tmp_path / "out").glob("*.md"))) == 1


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_copy_without_a_url_does_not_join_two_sites(order: tuple[int, ...], tmp_path: Path) -> None:
    """An API's response without URL may be either post; the two stay separate."""
    other = page("https://www.bea-pots.example/post/fog", named(site=OTHER_SITE))
    copies = (page(OWN, named(site=SITE)), other, document(None, firstPublishedDate="2025-03-04T05:06:07.891Z"))
    report = converted(tmp_path, *(copies[n] for n in order))
    assert sorted(row["url"] for row in report["posts"]) == [OWN, "https://www.bea-pots.example/post/fog"]


def test_links_to_either_url_lead_to_the_post_and_both_are_redirected(tmp_path: Path) -> None:
    """A post at both URLs proves that they are one site, so links to other posts are resolved too."""
    seen = "".join(
        pages.p(f'See <a href="{address}">there</a>.')
        for address in (OWN, OLD, "https://ada.wixsite.com/pots/post/rain", "https://bea.wixsite.com/pots/post/fog")
    )
    rain = pages.post_page(seen, "Rain", "rain", url="https://www.ada-pots.example/post/rain")
    report = converted(
        tmp_path,
        page(OLD, named(site=SITE)),
        page(OWN, named(site=SITE), "Changed since."),
        rain,
        options=("--to", "hugo", "--path", "notes/{slug}"),
    )
    written = (tmp_path / "out/content/notes/rain/index.md").read_text()
    assert written.count("(/notes/fog/)") == 2
    assert written.count("(/notes/rain/)") == 1
    assert "(https://bea.wixsite.com/pots/post/fog)" in written
    assert report["links"]["sites"] == {
        "ada-pots.example": "the posts' own URLs",
        "ada.wixsite.com/pots": "another URL of posts of this run",
    }
    assert run("redirects", tmp_path / "out", "--for", "netlify").code == 0
    rules = (tmp_path / "out/static/_redirects").read_text()
    for path in ("/post/fog", "/single-post/2019/07/09/fog", "/single-post/fog"):
        assert f"{path} /notes/fog/ 301" in " ".join(rules.split()), path
    assert run("redirects", tmp_path / "out", "--for", "netlify", "--verify").code == 0


def test_check_merges_like_convert(tmp_path: Path) -> None:
    converted(tmp_path, *ONE_POST["the site's id and the slug"])
    assert run("check", tmp_path / "in", "--expect", tmp_path / "out", "--jobs", 2).code == 0


def test_many_posts_with_equal_title_and_id_stay_separate(tmp_path: Path) -> None:
    """Only a limited number of candidates is compared, for example copies of demo posts and an agency's sites."""
    shared = [document(ID, f"Fog {number}", slug=f"fog-{number}") for number in range(60)]
    alike = [page(f"https://www.pots-{number}.example/post/fog") for number in range(60)]
    assert len(converted(tmp_path, *shared, *alike)["posts"]) == 120


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2**64 - 1) | st.integers(0, 9).map(lambda n: n * 2**32), st.integers(0, 9))))
def test_first_numbers_behave_like_a_dictionary(numbers: list[tuple[int, int]]) -> None:
    """Also with hashes that collide. (0 and 1 are one hash, because 0 marks a free slot.)"""
    table, usual = FirstNumberByHash(), {}
    for key, number in [*numbers, *((key * 1024, key) for key in range(1, 2000))]:
        assert table.get(key) == usual.get(key or 1)
        assert table.setdefault(key, number) == usual.setdefault(key or 1, number)
    assert all(table.get(key) == number for key, number in usual.items())
