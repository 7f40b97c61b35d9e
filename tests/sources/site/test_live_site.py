"""Test live sites: every post is found and fetched once, whichever sources of URLs are incomplete."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from support.fake_web import FakeClock, Reply, Web, redirect
from support.wix_site import NOT_FOUND, SitePost, WixSite, head, post_page
from unwix.model.errors import UnreadablePage
from unwix.model.page import Page
from unwix.model.report_rows import FoundPostRow
from unwix.model.skipped import Skipped
from unwix.sources.http.errors import FetchError
from unwix.sources.http.fetch import FetchSettings
from unwix.sources.http.public_hosts import Network
from unwix.sources.http.rate_limit import Clock
from unwix.sources.site.site import Site


@pytest.fixture
def web() -> Iterator[Web]:
    with Web().running() as web:
        yield web


@pytest.fixture
def site(web: Web) -> WixSite:
    return WixSite(web)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def settings(web: Web, clock: FakeClock, tmp_path: Path) -> FetchSettings:
    return FetchSettings(
        cache=tmp_path / "cache", network=Network(web.resolve), clock=Clock(clock.now, clock.sleep, lambda: 0.5)
    )


def walk(settings: FetchSettings, address: str = "http://www.example.com") -> tuple[list[Page], Site]:
    site = Site(address, settings)
    try:
        pages = list(site.pages())
    finally:
        site.close()
    return pages, site


def posts(pages: list[Page]) -> set[str]:
    return {p.source.rsplit("/", 1)[-1] for p in pages if p.error is None and "feed" not in p.source}


def each_fetched_once(web: Web) -> bool:
    return max(Counter((request.host, request.path) for request in web.log).values()) == 1


# ---- each way alone, and all together -----------------------------------------------------------------------------


def test_all_posts_are_found_and_each_url_is_requested_once(web: Web, site: WixSite, settings: FetchSettings) -> None:
    site.write(44)
    site.open()
    pages, _ = walk(settings)
    assert posts(pages) == {post.slug for post in site.posts}
    assert [page.source for page in pages][-1] == "http://www.example.com/blog-feed.xml"
    assert each_fetched_once(web)


def test_sitemaps_missing_in_the_index_are_read(site: WixSite, settings: FetchSettings) -> None:
    site.write(30)
    site.in_lists, site.forgotten_children = False, True
    site.open()
    pages, source = walk(settings)
    assert posts(pages) == {post.slug for post in site.posts}
    assert source.crawl_result.index.counts_by_method() == {"sitemap": 30, "feed": 20}


def test_lists_find_posts_missing_in_sitemap_and_feed(site: WixSite, settings: FetchSettings) -> None:
    site.write(25)
    site.in_sitemap = {post.slug for post in site.posts[5:]}
    site.open()
    pages, source = walk(settings)
    assert posts(pages) == {post.slug for post in site.posts}
    assert source.crawl_result.index.counts_by_method() == {"list": 25, "sitemap": 20, "feed": 20}
    assert source.crawl_result.index.found_only_by() == {
        "list": [site.address(post) for post in reversed(site.posts[:5])]
    }


def test_sitemap_finds_posts_missing_in_lists_and_feed(site: WixSite, settings: FetchSettings) -> None:
    site.write(31)
    site.in_lists = False
    site.open()
    pages, source = walk(settings)
    assert len(posts(pages)) == 31
    assert len(source.crawl_result.index.found_only_by()["sitemap"]) == 11


def test_a_post_that_only_another_post_links_to_is_found_on_the_way(site: WixSite, settings: FetchSettings) -> None:
    site.write(3)
    site.open()
    hidden = SitePost("not-in-any-list", "Not in any list", 90)
    site.web.put(site.address(hidden), post_page(site.address(hidden), hidden))
    link = f'<a href="{site.address(hidden)}?utm_source=x#part">see</a> <a href="/about">about us</a>'
    site.web.put(site.address(site.posts[1]), post_page(site.address(site.posts[1]), site.posts[1], link))
    pages, source = walk(settings)
    assert "not-in-any-list" in {page.source.split("/")[-1].split("?")[0] for page in pages}
    assert len(source.crawl_result.index.found_only_by()["link"]) == 1
    assert len(pages) == 5


def test_categories_are_read_if_posts_are_missing(web: Web, site: WixSite, settings: FetchSettings) -> None:
    site.write(12)
    site.in_sitemap = {post.slug for post in site.posts[:5]}
    site.open()
    # The list shows only its first page, and states the number of posts.
    site.advertised_count = 12
    site.put("/blog", site._list(site.posts[:9], 1, 1, "/blog"))
    del web.pages["www.example.com", "/blog/page/2"]
    site.put("/blog-feed.xml", Reply("gone", 404))
    pages, source = walk(settings)
    assert len(posts(pages)) == 12
    assert source.crawl_result.index.found_only_by() == {"category": [site.address(post) for post in site.posts[9:]]}
    assert "/blog/page/2" in web.paths()  # requested, because the list states that there are more


def test_wrong_post_count_is_a_warning(site: WixSite, settings: FetchSettings) -> None:
    site.write(4)
    site.advertised_count = 7
    site.open()
    _, source = walk(settings)
    assert source.crawl_result.warnings() == [
        "the site states 7 posts, and 4 were found (stated by the blog's list pages: 7; found by the sitemaps: 4, the feeds:"
        " 4, the blog's list pages: 4, the lists of categories and tags: 4)"
    ]
    assert source.report().advertised == 7
    assert source.report().found == 4


def test_report_states_how_each_post_was_found(site: WixSite, settings: FetchSettings) -> None:
    site.write(2)
    site.open()
    _, source = walk(settings)
    report = source.report()
    assert report is not None
    assert report.posts[0] == FoundPostRow(site.address(site.posts[0]), ["sitemap", "feed", "list"])
    assert {probe.kind for probe in report.probed} == {"sitemap", "feed", "list"}


@pytest.mark.parametrize("name", ["blog-1", "blog-2", "our-blog", "blog-archive"])
def test_a_blog_page_can_have_another_name(web: Web, site: WixSite, settings: FetchSettings, name: str) -> None:
    site.write(25)
    site.in_sitemap = {post.slug for post in site.posts[12:]}
    site.in_lists = False
    site.open()
    for number, posts_of_page in enumerate((site.posts[:9], site.posts[9:18], site.posts[18:]), 1):
        path = f"/{name}" if number == 1 else f"/{name}/page/{number}"
        site.put(path, site._list(posts_of_page, number, 3, f"/{name}"))
    site.put("/", head(site.root, "The Kiln", "website") + f'<body><a href="/{name}">News</a></body></html>')
    pages, _ = walk(settings)
    assert posts(pages) == {post.slug for post in site.posts}
    assert each_fetched_once(web)


def test_pages_of_a_list_can_be_numbered_by_a_query(web: Web, site: WixSite, settings: FetchSettings) -> None:
    site.write(24)
    site.in_sitemap, site.in_lists = set(), False
    site.open()
    for number in (1, 2, 3):
        listing = site._list(site.posts[9 * number - 9 : 9 * number], number, 3, "/blog").replace(
            "/blog/page/", "/blog?page="
        )
        site.put("/blog" if number == 1 else f"/blog?page={number}", listing)
    site.put("/blog/categories/glazes", Reply("gone", 404))
    assert len(posts(walk(settings)[0])) == 24
    assert each_fetched_once(web)


def test_a_list_of_any_name_is_looked_for_when_posts_are_missing(
    web: Web, site: WixSite, settings: FetchSettings
) -> None:
    site.write(25)
    site.in_sitemap, site.in_lists, site.advertised_count = {post.slug for post in site.posts[5:]}, False, 25
    site.open()
    site.put("/blog", site._list(site.posts[16:], 1, 1, "/blog"))
    site.put("/blog/categories/glazes", Reply("gone", 404))
    site.put("/journal", site._list(site.posts[:9], 1, 1, "/journal"))
    home = "".join(f'<a href="/{name}">{name}</a>' for name in ("about", "journal", "contact"))
    site.put("/", head(site.root, "The Kiln", "website") + f"<body>{home}</body></html>")
    pages, _ = walk(settings)
    assert posts(pages) == {post.slug for post in site.posts}
    assert "/contact" not in web.paths()  # all were found before


def test_tags_are_walked_after_categories(web: Web, site: WixSite, settings: FetchSettings) -> None:
    site.write(25)
    site.in_sitemap, site.in_lists, site.advertised_count = {post.slug for post in site.posts[5:]}, False, 25
    site.open()
    tag = (
        '<a href="/blog/tags/raku">raku</a> <a href="/blog/categories/kilns">Kilns</a> <a href="/blog/tags/ash">ash</a>'
    )
    site.put("/blog", site._list(site.posts[16:], 1, 1, "/blog").replace("</body>", f"{tag}</body>"))
    site.put("/blog/categories/glazes", site._list(site.posts[2:4], 1, 1, "/blog/categories/glazes"))
    site.put("/blog/categories/kilns", site._list(site.posts[4:6], 1, 1, "/blog/categories/kilns"))
    site.put("/blog/tags/raku", site._list(site.posts[:3], 1, 1, "/blog/tags/raku"))
    pages, source = walk(settings)
    assert posts(pages) == {post.slug for post in site.posts}
    assert "/blog/tags/ash" not in web.paths()
    assert len(source.crawl_result.index.found_only_by()["category"]) == 5


# ---- addresses ----------------------------------------------------------------------------------------------------


def test_percent_encoded_and_raw_slugs_are_one(web: Web, site: WixSite, settings: FetchSettings) -> None:
    site.posts = [SitePost("möhren-säen", "Möhren", 1), SitePost("чайник", "Чайник", 2)]
    site.open()
    raw = '<a href="http://www.example.com/post/möhren-säen">one</a> <a href="/post/чайник/">two</a>'
    site.put("/blog", head("http://www.example.com/blog", "Blog", "website") + f"<body>{raw}</body></html>")
    pages, source = walk(settings)
    assert len(pages) == 3
    assert source.crawl_result.index.counts_by_method() == {"sitemap": 2, "feed": 2, "list": 2}
    assert web.paths().count(quote("/post/möhren-säen")) == 1


@pytest.mark.parametrize("folder", ["/single-post", "/post/2016/11/22", "/stories", "/blog/post", ""])
def test_posts_are_found_wherever_the_site_keeps_them(site: WixSite, settings: FetchSettings, folder: str) -> None:
    site.write(11, folder)
    site.in_sitemap = {post.slug for post in site.posts[2:]}
    site.open()
    pages, _ = walk(settings)
    assert posts(pages) == {post.slug for post in site.posts}


def test_free_and_premium_host_are_one_site(web: Web, settings: FetchSettings) -> None:
    """The free URL redirects; the sitemap of the premium host lists some posts under the free URL."""
    site = WixSite(web)
    site.write(6)
    site.open()
    free = "http://ann.wixsite.com/kiln"
    web.put(free, redirect("http://www.example.com/"))
    for post in site.posts:
        web.put(f"{free}{post.path}", redirect(site.address(post)))
    mixed = "".join(f"<url><loc>{free}{post.path}</loc></url>" for post in site.posts[:3])
    site.put("/pages-sitemap.xml", Reply(f"<urlset>{mixed}</urlset>", kind="application/xml"))
    site.model = '{"site": {"externalBaseUrl": "http://www.example.com"}}'
    pages, source = walk(settings, free)
    assert len(posts(pages)) == 6
    assert len(pages) == 7
    assert source.crawl_result.start == "http://www.example.com/"
    assert not [path for path in web.paths("ann.wixsite.com") if "/post/" in path]


def test_a_free_site_keeps_its_part_of_the_path(web: Web, settings: FetchSettings) -> None:
    site = WixSite(web, "ann.wixsite.com", "/kiln")
    site.write(12)
    site.forgotten_children = True
    site.open()
    pages, _ = walk(settings, "http://ann.wixsite.com/kiln")
    assert len(posts(pages)) == 12
    assert not [path for path in web.paths() if not path.startswith(("/kiln", "/robots.txt"))]


def test_other_languages_are_requested(web: Web, site: WixSite, settings: FetchSettings) -> None:
    site.write(3)
    french = [SitePost(f"argile-{n}", f"Argile {n}", 50 + n, "/fr/post") for n in range(3)]
    site.model = (
        '{"site": {"externalBaseUrl": "http://www.example.com"}, "siteFeaturesConfigs": {"multilingual": {"siteLanguages":'
        ' [{"url": "http://www.example.com"}, {"url": "http:\\/\\/www.example.com\\/fr"}]}}}'
    )
    site.open()
    for post in french:
        web.put(site.address(post), post_page(site.address(post), post))
    feed = f"<item><title>A</title><link>{site.address(french[0])}</link></item>"
    web.put("http://www.example.com/fr/blog-feed.xml", Reply(f'<rss version="2.0"><channel>{feed}</channel></rss>'))
    # The second is an alternate of the first one, the third is in the French list of the blog.
    other = f'<link rel="alternate" hreflang="fr-fr" href="{site.address(french[1])}">'
    web.put(site.address(site.posts[0]), post_page(site.address(site.posts[0]), site.posts[0], more=other))
    listing = head(
        "http://www.example.com/blog", "Blog", "website", '<link rel="alternate" hreflang="fr" href="/fr/blog">'
    )
    site.put("/blog", f"{listing}<body></body></html>")
    site.put("/fr/blog", site._list(french[2:], 1, 1, "/fr/blog"))
    pages, source = walk(settings)
    assert posts(pages) == {post.slug for post in [*site.posts, *french]}
    assert source.crawl_result.languages == ["http://www.example.com/fr"]
    assert source.crawl_result.feeds == [
        "http://www.example.com/blog-feed.xml",
        "http://www.example.com/fr/blog-feed.xml",
    ]


# ---- other things than a site can be given ------------------------------------------------------------------------


def test_url_of_a_post_gives_that_post(web: Web, site: WixSite, settings: FetchSettings) -> None:
    site.write(5)
    site.open()
    pages, _ = walk(settings, site.address(site.posts[2]))
    assert [page.source for page in pages] == [site.address(site.posts[2])]
    assert web.paths() == ["/robots.txt", "/post/clay-and-fire-2"]


def test_url_of_a_feed_gives_its_posts(site: WixSite, settings: FetchSettings) -> None:
    site.write(25)
    site.open()
    pages, _ = walk(settings, "http://www.example.com/blog-feed.xml")
    assert len(posts(pages)) == 20
    assert len(pages) == 21


def test_url_of_a_sitemap_gives_its_posts(site: WixSite, settings: FetchSettings) -> None:
    site.write(25)
    site.open()
    assert len(posts(walk(settings, "http://www.example.com/blog-posts-sitemap.xml")[0])) == 25
    assert len(posts(walk(settings, "http://www.example.com/sitemap.xml")[0])) == 25


def test_url_of_a_category_gives_its_posts(site: WixSite, settings: FetchSettings) -> None:
    site.write(8)
    site.open()
    site.put("/blog/categories/glazes", site._list(site.posts[:3], 1, 1, "/blog/categories/glazes"))
    assert len(posts(walk(settings, "http://www.example.com/blog/categories/glazes")[0])) == 3


def test_url_of_any_page_gives_all_posts_of_the_site(site: WixSite, settings: FetchSettings) -> None:
    site.write(8)
    site.open()
    site.put("/about", head("http://www.example.com/about", "About", "website") + "<body>We burn clay.</body></html>")
    assert len(posts(walk(settings, "http://www.example.com/blog")[0])) == 8
    assert len(posts(walk(settings, "http://www.example.com/about")[0])) == 8


# ---- pages that are not what they should be -----------------------------------------------------------------------


def errors(pages: list[Page]) -> dict[str, str]:
    return {page.source.rsplit("/", 1)[-1]: str(page.error) for page in pages if page.error is not None}


def test_not_found_page_with_status_200_is_not_a_post(site: WixSite, settings: FetchSettings) -> None:
    site.write(3)
    site.open()
    site.put("/post/clay-and-fire-1", NOT_FOUND)
    pages, _ = walk(settings)
    assert errors(pages) == {"clay-and-fire-1": "a “post not found” page"}
    assert len(posts(pages)) == 2


def test_deleted_post_is_skipped(site: WixSite, settings: FetchSettings) -> None:
    site.write(3)
    site.open()
    site.put("/post/clay-and-fire-0", Reply("gone", 404))
    site.put("/post/clay-and-fire-1", Reply("no", 403))
    pages, _ = walk(settings)
    assert errors(pages) == {
        "clay-and-fire-0": "the site has no such page any more (HTTP 404)",
        "clay-and-fire-1": "http://www.example.com/post/clay-and-fire-1 refuses to be read by programs (HTTP 403)",
    }
    assert isinstance(next(p.error for p in pages if p.source.endswith("0")), Skipped)
    assert isinstance(next(p.error for p in pages if p.source.endswith("1")), UnreadablePage)
    assert len(posts(pages)) == 1


def test_redirected_old_url_is_not_a_second_post(site: WixSite, settings: FetchSettings) -> None:
    site.write(3)
    site.open()
    site.put("/post/clay-and-fire-1", redirect(site.address(site.posts[2])))
    pages, _ = walk(settings)
    assert errors(pages) == {
        "clay-and-fire-1": "it redirects to http://www.example.com/post/clay-and-fire-2, which is a post of its own"
    }


def test_refusing_site_gets_no_further_requests(web: Web, site: WixSite, settings: FetchSettings) -> None:
    site.write(20)
    site.open()
    for post in site.posts:
        site.web.put(site.address(post), Reply("no", 403))
    pages, _ = walk(settings)
    assert len([path for path in web.paths() if path.startswith("/post/")]) == 5
    assert len([text for text in errors(pages).values() if text.startswith("not requested: 5 posts in a row ")]) == 15


def test_amp_copies_are_fetched_for_pages_without_data(web: Web, site: WixSite, settings: FetchSettings) -> None:
    site.write(2)
    site.open()
    for number, data in ((0, ""), (1, '<script type="application/json">{"richContent": {"nodes": []}}</script>')):
        post = site.posts[number]
        more = f'<link rel="amphtml" href="http://www.example.com/amp/{post.slug}">{data}'
        web.put(site.address(post), post_page(site.address(post), post, more=more))
        web.put(f"http://www.example.com/amp/{post.slug}", "<html amp><h1>Clay</h1></html>")
    pages, _ = walk(settings)
    assert [p.source for p in pages if "/amp/" in p.source] == ["http://www.example.com/amp/clay-and-fire-0"]


# ---- robots.txt ---------------------------------------------------------------------------------------------------


def test_robots_txt_is_respected(web: Web, site: WixSite, settings: FetchSettings) -> None:
    site.write(3)
    site.robots = "User-agent: *\nDisallow: /post/clay-and-fire-1$\n\nUser-agent: other\nDisallow: /\n"
    site.open()
    pages, _ = walk(settings)
    assert errors(pages) == {
        "clay-and-fire-1": "robots.txt of the site forbids http://www.example.com/post/clay-and-fire-1"
    }
    assert "/post/clay-and-fire-1" not in web.paths()


def test_forbidding_site_gets_no_requests(web: Web, site: WixSite, settings: FetchSettings) -> None:
    site.write(3)
    site.robots = "User-agent: *\nAllow: /\n\nUser-agent: unwix\nDisallow: /\n"
    site.open()
    with pytest.raises(FetchError, match=r"Robots\.txt of the site forbids .* save the pages from a browser"):
        walk(settings)
    assert web.paths() == ["/robots.txt"]


def test_robots_txt_names_sitemaps_and_the_pause(
    web: Web, site: WixSite, settings: FetchSettings, clock: FakeClock
) -> None:
    site.write(3)
    site.in_lists = False
    site.robots = "User-agent: *\nCrawl-delay: 3\nSitemap: http://www.example.com/my-own.xml\n"
    site.open()
    for name in ("/sitemap.xml", "/blog-posts-sitemap.xml", "/blog-feed.xml"):
        site.put(name, Reply("none", 404))
    listed = "".join(f"<url><loc>{site.address(post)}</loc></url>" for post in site.posts)
    site.put("/my-own.xml", Reply(f"<urlset>{listed}</urlset>"))
    pages, _ = walk(settings)
    assert len(posts(pages)) == 3
    assert min(clock.slept) == 3.0


# ---- why it cannot ------------------------------------------------------------------------------------------------

_HOME = "http://www.example.com"


def _model(more: str) -> str:
    return head(_HOME, "Home", "website", model=more) + "<body></body></html>"


@pytest.mark.parametrize(
    ("home", "cause"),
    [
        ("<html><body>Hand-made.</body></html>", "not-wix"),
        (_model("{}"), "no-blog"),
        (_model('{"siteFeaturesConfigs": {"protectedPages": {"passwordProtected": {"abc": true}}}}'), "password"),
        (_model('{"siteFeaturesConfigs": {"siteMembers": {"protectedHomepage": true}}}'), "members"),
        (Reply("no", 401), "login"),
        (Reply("no", 403), "blocked"),
        (Reply("no", 404), "gone"),
        (Reply("no", 503), "server"),
        (Reply("no", 429), "busy"),
        (Reply("no", 429, {"Retry-After": "3600"}), "busy"),
        (NOT_FOUND, "gone"),
    ],
)
def test_error_is_one_sentence_and_a_next_step(
    web: Web, settings: FetchSettings, home: Reply | str, cause: str
) -> None:
    web.put(f"{_HOME}/", home)
    with pytest.raises(FetchError) as failure:
        walk(settings)
    assert failure.value.cause == cause
    sentence, _, step = str(failure.value).partition(". ")
    assert "www.example.com" in sentence
    assert step.endswith(".")


def test_unknown_host_is_reported(settings: FetchSettings) -> None:
    with pytest.raises(FetchError, match=r"^The host nowhere\.example is not found\. Check the URL"):
        walk(settings, "http://nowhere.example/blog")
