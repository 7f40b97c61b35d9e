"""Test feeds: each item is a post with the author's text; an excerpt is never read as a body."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from support.feeds import FIT, feed, item
from support.post_pages import PICTURE, SITE, one_post, p, post_page
from support.scorer import SHARED
from support.terminal import run
from unwix import readers
from unwix.model.article import text_of, validate
from unwix.model.errors import UnreadablePage
from unwix.model.page import Page
from unwix.model.post import Post
from unwix.model.skipped import Skipped
from unwix.writers.markdown.writer import write_markdown


def read(*items: str) -> list[Post]:
    posts = readers.read(Page("blog-feed.xml", data=feed(*items)))
    assert [fault for post in posts for fault in validate(post.article)] == []
    return posts


def markdown(body: str) -> str:
    (post,) = read(item(body))
    return write_markdown(post.article)


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("www.example.com/kiln", "http://www.example.com/kiln"),
        ("CC BY, https://www.example.com/licence", "https://www.example.com/licence"),
        ("ada@example.com", "mailto:ada@example.com"),
        ("/post/glazes", f"{SITE}/post/glazes"),
    ],
)
def test_typed_url_is_complete(typed: str, whole: str) -> None:
    assert markdown(f'<p>See <a href="{typed}">this</a>.</p>') == f"See [this]({whole}).\n"


def test_an_item_states_the_front_matter() -> None:
    (post,) = read(item())
    assert post.reader == "feed"
    assert post.metadata.as_dict() == {
        "title": "A pot of one’s own",
        "slug": "a-pot-of-ones-own",
        "date": "2024-01-09T10:38:28Z",
        "authors": ["Ada Potter"],
        "categories": ["Clay & fire", "Kilns"],
        "cover": f"https://static.wixstatic.com/media/{PICTURE}",
        "canonical_url": f"{SITE}/post/a-pot-of-ones-own",
    }
    assert {*post.provenance} >= {*post.metadata.as_dict()}


def test_the_excerpt_is_the_description_unless_it_is_cut_from_the_body() -> None:
    for excerpt, expected in (
        ("Why a potter waits", "Why a potter waits"),
        ("Why a potter waits and...", None),
        ("Clay must", None),
        ("Why <b>a</b> potter &#38; smith", "Why a potter & smith"),
    ):
        (post,) = read(item(excerpt=excerpt))
        assert post.metadata.description == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f'<p>One.</p><figure><img src="{FIT}"  ></figure><p>Two.</p>', f"One.\n\n![](https://static.wixstatic.com/media/{PICTURE})\n\nTwo.\n"),
        ("<p>One.</p>\n<p><br /></p>\n<p><br /></p>\n<p> </p><p>Two<br />lines.</p>", "One.\n\nTwo\\\nlines.\n"),
        (
            '<a href="https://youtu.be/abcdefghijk">https://youtu.be/abcdefghijk</a><p>One.</p>',
            "<https://www.youtube.com/watch?v=abcdefghijk>\n\nOne.\n",
        ),
        # In a paragraph it is an ordinary link.
        ('<p>See <a href="https://youtu.be/abcdefghijk">https://youtu.be/abcdefghijk</a></p>', "See <https://youtu.be/abcdefghijk>\n"),
        (f'<p><a href="{SITE}/blog/hashtags/clay"><span>#</span>clay</a></p>', f"[#clay]({SITE}/blog/hashtags/clay)\n"),
        ('<p><span style="color: textColor5;">Red</span> <u>line</u></p>', "Red line\n"),
        ("<h2><strong>Of clay</strong></h2><ul><li><p>one</p></li><li><p>two</p></li></ul><hr><blockquote>said</blockquote>", "## Of clay\n\n- one\n- two\n\n---\n\n> said\n"),
        # The old blog: paragraphs are `<div>`, an `<iframe>` is closed as in XML.
        (
            f'<div><img src="http://static.wixstatic.com/media/{PICTURE}"/><div>One.</div><div>Two &quot;and&quot;.</div></div>',
            f"![](https://static.wixstatic.com/media/{PICTURE})\n\nOne.\n\nTwo \"and\".\n",
        ),
        (
            '<div><iframe src="https://www.youtube.com/embed/abcdefghijk"/><div>One.</div></div>',
            "<https://www.youtube.com/watch?v=abcdefghijk>\n\nOne.\n",
        ),
        ('<p>One.</p><script>alert(1)</script><a href="javascript:alert(1)">here</a>', "One.\n\nhere\n"),
    ],
)  # fmt: skip
def test_the_forms_of_a_feed(body: str, expected: str) -> None:
    assert markdown(body) == expected


def test_an_excerpt_is_not_a_body(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_bytes(feed(item(body=None, excerpt="Clay must rest.")))
    result = run("convert", tmp_path / "feed.xml", "-o", tmp_path / "out", "--strict")
    assert result.code == 1
    assert "excerpt-only" in result.out
    front, _, body = (tmp_path / "out/a-pot-of-ones-own.md").read_text().removeprefix("---\n").partition("---\n")
    assert "description: Clay must rest.\n" in front
    assert (
        body.strip()
        == "<!-- unwix: the feed contains only an excerpt of this post; convert the saved page, or use the API -->"
    )


@pytest.mark.parametrize("first", ["feed.xml", "z-feed.xml"])
def test_page_wins_over_feed_item(first: str, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / first).write_bytes(feed(item(body=None), item(slug="b", title="Only here")))
    (tmp_path / "in/page.html").write_bytes(post_page(p("The whole text of it.")))
    result = run("convert", tmp_path / "in", "-o", tmp_path / "out")
    assert result.code == 0
    text = (tmp_path / "out/a-pot-of-ones-own.md").read_text()
    assert "The whole text of it." in text
    assert "description:" not in text  # the excerpt is cut from the body
    assert "Clay must rest." in (tmp_path / "out/b.md").read_text()
    assert "excerpt-only" not in result.out


def test_several_items_are_named_by_their_slugs() -> None:
    posts = read(item(), item(slug="of-glazes", title="Of glazes"))
    assert [post.source for post in posts] == ["blog-feed.xml#a-pot-of-ones-own", "blog-feed.xml#of-glazes"]


def test_atom_feed_is_read() -> None:
    text = (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>x</title><entry><title>A pot</title>'
        f'<link rel="edit" href="{SITE}/edit"/><link href="{SITE}/post/a-pot"/><link rel="enclosure" href="{FIT}"/><id>urn:x</id>'
        "<published>2024-01-09T10:38:28.123Z</published><updated>2024-02-09T10:38:28Z</updated><author><name>Ada</name></author>"
        '<category term="Clay"/><content type="html">&lt;p&gt;Clay &amp;amp; fire.&lt;/p&gt;</content></entry></feed>'
    )
    (post,) = readers.read(Page("x", data=text.encode()))
    assert post.metadata.as_dict() == {
        "title": "A pot",
        "slug": "a-pot",
        "date": "2024-01-09T10:38:28.123Z",
        "updated": "2024-02-09T10:38:28Z",
        "authors": ["Ada"],
        "categories": ["Clay"],
        "cover": f"https://static.wixstatic.com/media/{PICTURE}",
        "canonical_url": f"{SITE}/post/a-pot",
    }
    assert write_markdown(post.article) == "Clay & fire.\n"


def test_other_feeds_are_skipped() -> None:
    other = b'<rss version="2.0"><channel><title>x</title><item><title>y</title><link>https://a.example/p</link></item></channel></rss>'
    for data, reason in ((other, "not of a Wix blog"), (feed(), "a feed without items")):
        with pytest.raises(Skipped, match=reason):
            readers.read(Page("x", data=data))


def test_truncated_feed_is_read_and_reported() -> None:
    whole = feed(item(), item("<p>Glaze must not.</p><p>Nor may it run.</p>", slug="b"))
    cut = whole[: whole.rindex(b"Nor may") + 5]
    first, last = readers.read(Page("x", data=cut))
    assert [problem.kind for problem in first.problems] == ["feed-only"]
    assert "truncated" in [problem.kind for problem in last.problems]


def test_a_feed_in_another_encoding() -> None:
    text = feed(item("<p>Grüße</p>")).decode().replace("’", "'").replace("…", "...")
    for declared, written in (("iso-8859-1", "cp1252"), ("UTF-8", "cp1252")):
        (post,) = readers.read(Page("x", data=text.replace("UTF-8", declared, 1).encode(written)))
        assert "Grüße" in write_markdown(post.article)


def test_hostile_feeds_end() -> None:
    entities = (
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "wixstatic.com"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">'
        '<!ENTITY f SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&f;&c;</title><link>https://x.example/post/a</link>'
        "<description>a</description></item></channel></rss>"
    )
    (post,) = readers.read(Page("x", data=entities.encode()))
    assert "root:" not in str(post.metadata)
    deep = feed(item("<div>" * 5000 + "deep" + "</div>" * 5000))
    (post,) = readers.read(Page("x", data=deep))
    assert post.metadata.title == "A pot of one’s own"
    with pytest.raises((UnreadablePage, Skipped)):
        readers.read(Page("x", data=b"<rss>wixstatic.com" + b"<item" * 3))
    for date in ("Tue, 99 Foo 20x4", "0", "Fri, 31 Dec 9999 23:59:59 -2359", "9" * 5000):
        (post,) = read(item(more="").replace("Tue, 09 Jan 2024 10:38:28 GMT", date))
        assert post.metadata.date is None


# ---- real feeds ---------------------------------------------------------------------------------------------------

FEEDS = SHARED / "corpus" / "feeds"


@pytest.mark.skipif(not FEEDS.is_dir(), reason="skipped: ../shared is not here")
def test_feeds_agree_with_the_pages_that_are_also_in_the_corpus() -> None:
    """The words are equal if the feed has the text; what it leaves out (tables, players) is little."""
    pages = {}
    for path in sorted((SHARED / "corpus" / "pages").rglob("*")):
        host = path.relative_to(SHARED / "corpus" / "pages").parts[0]
        if path.is_file() and (FEEDS / host).is_dir():
            post = one_post(Page("x", path=path))
            pages[post.metadata.slug] = post
    compared = 0
    for path in sorted(FEEDS.rglob("*.xml")):
        posts = readers.read(Page(path.name, path=path))
        assert len(posts) == path.read_bytes().count(b"<item>")
        assert all(post.metadata.title and post.metadata.date and post.metadata.slug for post in posts)
        for post in posts:
            page = pages.get(post.metadata.slug)
            if page is None:
                continue
            assert post.metadata.title == page.metadata.title
            assert post.metadata.date is not None
            assert (page.metadata.date or "").startswith(post.metadata.date.removesuffix("Z"))
            if post.facts.words:
                compared += 1
                shared = (Counter(post.facts.words) & Counter(page.facts.words)).total()
                assert shared >= 0.97 * max(len(post.facts.words), len(page.facts.words)), post.source
                assert post.facts.headings == page.facts.headings, post.source
                assert post.facts.items == page.facts.items, post.source
                assert not post.facts.images - page.facts.images, post.source
    assert compared >= 10


LONG = "Clay must rest before it is turned, and nobody should hurry it, for it has its own time. "


@pytest.mark.parametrize(
    ("body", "excerpt", "kinds"),
    [
        ("<p>Clay must rest before it is tur…</p>", "Clay must rest before it is tur…", ["excerpt-only"]),
        ("<p>Clay must rest before it is...</p>", "", ["excerpt-only"]),
        ("<p>Clay must rest [&hellip;]</p>", "Something else", ["excerpt-only"]),
        (f'<p>Clay must… <a href="{SITE}/post/a-pot-of-ones-own">Weiterlesen</a></p>', "Clay", ["excerpt-only"]),
        (f'<p>{LONG * 20}…</p><p><a href="{SITE}/post/a-pot-of-ones-own">Read</a></p>', "Clay", ["excerpt-only"]),
        (f"<p>{LONG * 3}</p>", LONG * 3, ["excerpt-only"]),
        ("<p>Clay must rest.</p>", "Clay must rest.", ["feed-only"]),
        (f"<p>{LONG * 20}…</p>", "Clay…", ["feed-only"]),
        (f'<p>{LONG * 20}<a href="{SITE}/post/a-pot-of-ones-own">Here</a></p>', "Clay…", ["feed-only"]),
        (f'<p>Clay, <a href="{SITE}/post/a-pot-of-ones-own">as said</a>, must rest.</p>', "Clay…", ["feed-only"]),
        ("<p>Clay must rest.</p><h2>Questions</h2> ", "Clay…", ["section-empty", "feed-only"]),
        ("<h3>Questions</h3><h2>More</h2><p>Clay.</p>", "Clay…", ["section-empty", "feed-only"]),
        ("<h2>Questions</h2><h3>First</h3><p>Clay.</p>", "Clay…", ["feed-only"]),
    ],
)
def test_partial_feed_item_is_incomplete(body: str, excerpt: str, kinds: list[str]) -> None:
    (post,) = read(item(body, excerpt=excerpt))
    assert [problem.kind for problem in post.problems] == kinds
    assert post.source_info.is_excerpt == (kinds == ["excerpt-only"])


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("declared", ["UTF-16", "UTF-8"])
def test_a_feed_in_utf16(encoding: str, declared: str) -> None:
    text = feed(item("<p>Grüße, 粘土 😀</p>")).decode().replace("UTF-8", declared, 1)
    (post,) = readers.read(Page("x", data=text.encode(encoding)))
    assert write_markdown(post.article) == "Grüße, 粘土 😀\n"
    assert [problem.kind for problem in post.problems] == ["feed-only"]


def test_a_date_that_cannot_be_read_is_reported() -> None:
    text = item().replace("Tue, 09 Jan 2024 10:38:28 GMT", "last Tuesday")
    (post,) = read(text)
    assert post.metadata.date is None
    assert "date-unclear" in [problem.kind for problem in post.problems]


# ---- JSON feeds, and feeds with pages -------------------------------------------------------------------------------


def json_feed(**fields: object) -> bytes:
    """Return a feed in the form in which programs convert Wix's: https://jsonfeed.org/version/1.1."""
    item = {
        "id": "6453f0a0-b7c1-42e3-b4a5-b6c7d8e9f0a1",
        "url": f"{SITE}/post/clay",
        "title": "Clay must rest",
        "date_published": "2023-05-04T08:00:00Z",
        "authors": [{"name": "Ada Crewe"}],
        "tags": ["Pots"],
        "image": "https://static.wixstatic.com/media/abcdef_0123456789abcdef0123456789abcdef~mv2.jpg",
        **fields,
    }
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Pots", "items": [item]}).encode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize(
    "body",
    [{"content_html": "<p>Clay must rest.</p><p>So must we.</p>"}, {"content_text": "Clay must rest.\n\nSo must we."}],
    ids=["HTML", "text"],
)
def test_a_json_feed(body: dict[str, str], encoding: str) -> None:
    (post,) = readers.read(Page("feed.json", data=json_feed(**body).decode().encode(encoding)))
    assert (post.metadata.title, post.metadata.authors, post.metadata.categories) == (
        "Clay must rest",
        ["Ada Crewe"],
        ["Pots"],
    )
    assert (post.metadata.date, post.metadata.canonical_url) == ("2023-05-04T08:00:00Z", f"{SITE}/post/clay")
    assert [text_of(block) for block in post.article] == ["Clay must rest.", "So must we."]


def test_a_damaged_json_feed_is_one_sentence() -> None:
    with pytest.raises(UnreadablePage, match="looks like a JSON feed"):
        readers.read(Page("feed.json", data=json_feed()[:-30]))


def test_a_post_known_from_a_feed_alone_is_incomplete(tmp_path: Path) -> None:
    (tmp_path / "feed.json").write_bytes(json_feed(content_html="<p>Clay must rest.</p>"))
    assert run("convert", tmp_path / "feed.json", "-o", tmp_path / "out", "--jobs", "0").code == 0
    (row,) = json.loads((tmp_path / "out/report.json").read_text(encoding="utf-8"))["posts"]
    assert row["result"] == "incomplete"


@pytest.mark.parametrize(
    "body", ["<tr>Bring an apron<p>and an oven", "<select><input><p>Bring an apron</p>", "<tr></tr>"]
)
def test_malformed_body_does_not_fail(body: str) -> None:
    (post,) = read(item(body))
    assert post.ledger is not None
    assert post.problems


def test_a_piece_of_a_feed_without_declarations_is_read() -> None:
    whole = feed(item(FIT)).decode()
    assert "xmlns:content=" in whole
    piece = re.sub(r' xmlns:[a-z]+="[^"]*"', "", whole)
    (post,) = readers.read(Page("blog-feed.xml", data=piece.encode()))
    assert text_of(post.article) == text_of(read(item(FIT))[0].article)


def test_an_undeclared_prefix_does_not_fail() -> None:
    whole = feed(item(FIT)).decode()
    (post,) = readers.read(
        Page("blog-feed.xml", data=whole.replace("</item>", "<x:y>Three odd words</x:y></item>").encode())
    )
    assert "Three odd words" in " ".join(problem.detail for problem in post.problems)


def test_parameters_of_a_feed_service_do_not_belong_to_the_url() -> None:
    whole = feed(item(FIT)).decode()
    tracked = re.sub(r"(<link>https?://[^<?]+/post/[^<?]+)(</link>)", r"\1?utm_source=rss&amp;utm_medium=rss\2", whole)
    assert tracked != whole
    (post,) = readers.read(Page("blog-feed.xml", data=tracked.encode()))
    (plain,) = readers.read(Page("blog-feed.xml", data=whole.encode()))
    assert post.metadata.canonical_url == plain.metadata.canonical_url


def test_the_generator_alone_makes_an_atom_feed_one_of_wix() -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><generator {}</generator><entry><title>Clay</title>'
        f'<link href="{SITE}/post/clay"/><content type="html">&lt;p&gt;Clay must rest.&lt;/p&gt;</content></entry></feed>'
    )
    for generator in ('uri="https://www.wix.com">W', ">Wix.com Website Builder", "><![CDATA[Wix Blog]]>"):
        (post,) = readers.read(Page("atom.xml", data=atom.format(generator).encode()))
        assert write_markdown(post.article) == "Clay must rest.\n"
    with pytest.raises(Skipped, match="not of a Wix blog"):
        readers.read(Page("atom.xml", data=atom.format(">Not wixed").encode()))


@pytest.mark.parametrize(
    "pixel",
    ['width="1" height="1"', 'height="1px" width="0"', 'style="width:1px; height: 1px;"', 'width="1" style="height:0"'],
)
def test_a_tracking_pixel_is_no_image(pixel: str) -> None:
    body = f'<p>Clay <img src="https://track.example.com/open.gif" {pixel}/>must rest.</p>'
    (post,) = read(item(body))
    assert write_markdown(post.article) == "Clay must rest.\n"
    assert not post.facts.images


def stream(**fields: object) -> bytes:
    """Return a stream of Feedly with one item."""
    url = f"{SITE}/post/clay"
    one = {
        "fingerprint": "5d6c",
        "id": "abc=_17:1:2",
        "originId": "65f0",
        "title": "Clay",
        "author": "Ada Potter",
        "published": 1704796708000,
        "crawled": 1704800000000,
        "keywords": ["Kilns"],
        "alternate": [{"href": url, "type": "text/html"}],
        "content": {"content": f'<p>Clay must rest.</p><img src="https://static.wixstatic.com/media/{PICTURE}">'},
        "engagement": 12,
        "commonTopics": [{"label": "ceramics"}],
        **fields,
    }
    return json.dumps({"id": f"feed/{SITE}/blog-feed.xml", "title": "Pots", "items": [one]}).encode()


def test_a_stream_of_a_reading_service() -> None:
    (post,) = readers.read(Page("feedly.json", data=stream()))
    assert post.reader == "feed"
    assert write_markdown(post.article).startswith("Clay must rest.\n")
    known = post.metadata.as_dict()
    assert (known["title"], known["date"], known["authors"]) == ("Clay", "2024-01-09T10:38:28Z", ["Ada Potter"])
    assert (known["categories"], known["canonical_url"]) == (["Kilns"], f"{SITE}/post/clay")
    assert [problem.kind for problem in post.problems] == ["feed-only"]


def test_a_stream_with_the_canonical_url_and_seconds() -> None:
    canonical = [{"href": f"{SITE}/post/the-clay"}]
    (post,) = readers.read(Page("inoreader.json", data=stream(canonical=canonical, published=1704796708)))
    assert (post.metadata.canonical_url, post.metadata.date) == (canonical[0]["href"], "2024-01-09T10:38:28Z")
