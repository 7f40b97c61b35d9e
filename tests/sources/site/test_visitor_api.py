"""Test the visitor API of a live site: documents in addition to pages, every post once, and pages only if it fails."""

from __future__ import annotations

import base64
import json
import re
import sqlite3
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.fake_web import Asked, FakeClock, Reply, Web
from support.visitor_blog import CLIENT, VisitorBlog
from support.wix_site import SitePost, WixSite, post_page
from unwix.model.page import Page
from unwix.model.report_rows import as_json
from unwix.sources.http.errors import FetchError
from unwix.sources.http.fetch import FetchSettings
from unwix.sources.http.public_hosts import Network
from unwix.sources.http.rate_limit import Clock
from unwix.sources.site.site import Site

HOSTS = ("www.example.com", "ann.wixsite.com", "www.wixapis.com")
ROOT = "https://www.example.com"


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Web]:
    with Web(tmp_path, HOSTS).running() as web:
        yield web


@pytest.fixture
def site(web: Web) -> WixSite:
    return WixSite(web, scheme="https")


@pytest.fixture
def blog(site: WixSite) -> VisitorBlog:
    return VisitorBlog(site)


@pytest.fixture
def settings(web: Web, tmp_path: Path) -> FetchSettings:
    clock = FakeClock()
    return FetchSettings(
        cache=tmp_path / "cache",
        network=Network(web.resolve, web.certificate),
        clock=Clock(clock.now, clock.sleep, lambda: 0.5),
    )


def start(blog: VisitorBlog, number: int) -> None:
    blog.site.write(number)
    blog.site.open()
    blog.open()


def walk(settings: FetchSettings, url: str = ROOT, finished: bool = True) -> tuple[list[Page], Site]:
    site = Site(url, settings)
    try:
        pages = list(site.pages())
    finally:
        site.close(finished)
    return pages, site


def documents(pages: list[Page]) -> set[str]:
    sources = [page.source for page in pages if page.source.endswith("#document")]
    return {source.removesuffix("#document").rpartition("/")[2] for source in sources}


def slugs(site: WixSite) -> set[str]:
    return {post.slug for post in site.posts}


def test_each_post_has_its_page_and_its_document_and_nothing_is_requested_twice(
    web: Web, blog: VisitorBlog, settings: FetchSettings
) -> None:
    start(blog, 30)
    pages, source = walk(settings)
    assert documents(pages) == slugs(blog.site)
    assert len(pages) == 61
    assert max(Counter((request.host, request.path, request.body) for request in web.log).values()) == 1
    assert source.crawl_result.warnings() == []
    assert source.crawl_result.index.counts_by_method()["visitor-api"] == 30


def test_five_hundred_posts_that_only_the_api_lists(blog: VisitorBlog, settings: FetchSettings) -> None:
    blog.site.in_sitemap, blog.site.in_lists = set(), False
    start(blog, 500)
    pages, source = walk(settings)
    assert documents(pages) == slugs(blog.site)
    assert len([path for path in blog.api_paths() if path.endswith("/posts/query")]) == 5
    assert source.report().found == 500
    assert source.crawl_result.index.counts_by_method()["visitor-api"] == 500


def test_a_list_without_urls_names_posts_by_their_slugs(blog: VisitorBlog, settings: FetchSettings) -> None:
    blog.with_urls = False
    blog.site.write(4, "/stories")
    blog.site.in_sitemap, blog.site.in_lists = {"clay-and-fire-1"}, False
    start(blog, 0)
    blog.site.put("/blog-feed.xml", Reply("none", 404))
    pages, _ = walk(settings)
    assert documents(pages) == slugs(blog.site)
    assert {page.source for page in pages if page.error is not None} == set()


def test_an_expired_token_is_renewed(blog: VisitorBlog, settings: FetchSettings) -> None:
    blog.lifetime = 7
    start(blog, 30)
    pages, source = walk(settings)
    assert documents(pages) == slugs(blog.site)
    assert len(blog.tokens) == 5
    assert source.crawl_result.warnings() == []


@pytest.mark.parametrize("status", [401, 403])
def test_a_post_for_members_keeps_its_page_and_the_others_their_documents(
    blog: VisitorBlog, settings: FetchSettings, status: int
) -> None:
    blog.status["/post-page/clay-and-fire-2?"] = status
    blog.status["/post-page/clay-and-fire-4?"] = status
    start(blog, 9)
    pages, source = walk(settings)
    assert len(documents(pages)) == 7
    assert len(pages) == 17
    (warning,) = source.crawl_result.warnings()
    assert warning.startswith(
        "visitor API: the documents of 2 posts could not be downloaded (https://www.example.com/_api"
    )
    assert warning.endswith("; their pages are read instead")
    assert len(blog.tokens) == 2  # the first refusal could be an expired token; the second cannot


@pytest.mark.parametrize(
    ("part", "status", "reason"),
    [
        ("/_api/v", 404, "https://www.example.com/_api/v1/access-tokens does not exist (HTTP 404)"),
        (
            "/_api/v",
            403,
            "https://www.example.com/_api/v1/access-tokens refuses to be read by programs (HTTP 403)",
        ),
        ("/_api/v", 429, "https://www.example.com/_api/v1/access-tokens asks to wait (HTTP 429)"),
        ("/_api/v", 200, "https://www.example.com/_api/v1/access-tokens gives no token for visitors"),
    ],
)
def test_without_a_token_the_pages_are_read(
    blog: VisitorBlog, settings: FetchSettings, part: str, status: int, reason: str
) -> None:
    blog.status[part] = status
    start(blog, 6)
    pages, source = walk(settings)
    assert len(pages) == 7
    assert source.crawl_result.warnings() == [f"visitor API: {reason}; posts are read from their pages only"]
    assert len({*blog.api_paths()}) == 2


@pytest.mark.parametrize("status", [403, 429, 500])
def test_without_documents_the_pages_are_read(blog: VisitorBlog, settings: FetchSettings, status: int) -> None:
    blog.status["/post-page/"] = status
    start(blog, 9)
    pages, source = walk(settings)
    assert len(pages) == 10
    (warning,) = source.crawl_result.warnings()
    assert warning.endswith("; posts are read from their pages only")
    assert len({path for path in blog.api_paths() if "/post-page/" in path}) == 3


def test_without_the_list_the_documents_are_requested_all_the_same(blog: VisitorBlog, settings: FetchSettings) -> None:
    blog.status["/posts/query"] = 500
    start(blog, 4)
    pages, source = walk(settings)
    assert documents(pages) == slugs(blog.site)
    (warning,) = source.crawl_result.warnings()
    assert warning.startswith("visitor API: the list of all posts could not be read: ")


def test_response_that_is_not_json_is_ignored(blog: VisitorBlog, settings: FetchSettings) -> None:
    start(blog, 2)
    blog.site.web.answers.insert(
        0, lambda request_by_path: Reply("<html>") if "post-page/clay-and-fire-1?" in request_by_path.path else None
    )
    pages, source = walk(settings)
    assert documents(pages) == {"clay-and-fire-0"}
    assert "the document of one post could not be downloaded" in source.crawl_result.warnings()[0]


def test_robots_txt_that_forbids_the_api_is_respected(blog: VisitorBlog, settings: FetchSettings) -> None:
    blog.site.robots = "User-agent: *\nDisallow: /_api/\n"
    start(blog, 5)
    pages, source = walk(settings)
    assert len(pages) == 6
    assert blog.api_paths() == []
    assert source.crawl_result.warnings() == [
        "visitor API: robots.txt of the site forbids https://www.example.com/_api/communities-blog-node-api/v3/posts/query;"
        " posts are read from their pages only"
    ]


def test_visitor_api_can_be_turned_off_and_needs_tls(web: Web, blog: VisitorBlog, settings: FetchSettings) -> None:
    start(blog, 3)
    settings.visitor_api = False
    pages, source = walk(settings)
    assert (len(pages), blog.api_paths(), source.crawl_result.warnings()) == (4, [], [])


def test_one_post_alone_has_its_document(web: Web, blog: VisitorBlog, settings: FetchSettings) -> None:
    start(blog, 3)
    pages, _ = walk(settings, blog.site.address(blog.site.posts[1]))
    assert documents(pages) == {"clay-and-fire-1"}
    assert [path.partition("?")[0].rpartition("/")[2] for path in web.paths()] == [
        "robots.txt",
        "clay-and-fire-1",
        "access-tokens",
        "clay-and-fire-1",
    ]


def test_a_page_with_its_own_document_needs_no_other(blog: VisitorBlog, settings: FetchSettings) -> None:
    start(blog, 2)
    post = blog.site.posts[0]
    data = '<script type="application/json">{"postPage": {"post": {"richContent": {"nodes": []}}}}</script>'
    blog.site.web.put(blog.site.address(post), post_page(blog.site.address(post), post, more=data))
    assert documents(walk(settings)[0]) == {"clay-and-fire-1"}


def test_older_sites_give_the_token_elsewhere(blog: VisitorBlog, settings: FetchSettings) -> None:
    blog.status["/access-tokens"] = 404
    start(blog, 3)
    pages, source = walk(settings)
    assert documents(pages) == slugs(blog.site)
    assert source.crawl_result.warnings() == []


def test_an_api_without_any_document_is_left_alone(blog: VisitorBlog, settings: FetchSettings) -> None:
    blog.status["/post-page/"] = 404
    start(blog, 9)
    _, source = walk(settings)
    assert len([path for path in blog.api_paths() if "/post-page/" in path]) == 3
    assert source.crawl_result.warnings()[0].endswith("does not exist (HTTP 404); posts are read from their pages only")


def test_a_page_that_is_in_no_list_needs_no_document(blog: VisitorBlog, settings: FetchSettings) -> None:
    blog.hidden = {"clay-and-fire-2"}
    blog.status["/post-page/clay-and-fire-2?"] = 404
    start(blog, 4)
    pages, source = walk(settings)
    assert documents(pages) == slugs(blog.site) - {"clay-and-fire-2"}
    assert source.crawl_result.warnings() == []


def test_site_of_another_system_gets_no_api_requests(web: Web, blog: VisitorBlog, settings: FetchSettings) -> None:
    web.put(f"{ROOT}/", "<html><body>Hand-made.</body></html>")
    with pytest.raises(FetchError, match="is not a Wix site"):
        walk(settings)
    assert blog.api_paths() == []


def test_a_post_without_a_page_is_read_from_its_document(blog: VisitorBlog, settings: FetchSettings) -> None:
    start(blog, 8)
    for post in blog.site.posts[1:]:
        blog.site.web.put(blog.site.address(post), Reply("no", 403))
    pages, source = walk(settings)
    assert documents(pages) == slugs(blog.site)
    assert [page for page in pages if page.error is not None] == []
    assert len([path for path in blog.site.web.paths() if path.startswith("/post/")]) == 6
    assert [text for text in source.crawl_result.warnings() if "only source of" in text] == [
        "visitor API: it is the only source of https://www.example.com/post/clay-and-fire-1, and 6 more posts: the page "
        "could not be read (https://www.example.com/post/clay-and-fire-1 refuses to be read by programs (HTTP 403))"
    ]


def test_a_total_that_differs_is_a_warning(blog: VisitorBlog, settings: FetchSettings) -> None:
    blog.total = 9
    start(blog, 4)
    _, source = walk(settings)
    assert source.crawl_result.warnings() == [
        "the site states 9 posts, and 4 were found (stated by the visitor API: 9; found by the sitemaps: 4, the feeds: 4, "
        "the visitor API: 4, the blog's list pages: 4, the lists of categories and tags: 4)"
    ]


def test_posts_missing_in_the_list_have_documents_too(blog: VisitorBlog, settings: FetchSettings) -> None:
    blog.hidden = {"clay-and-fire-3"}
    start(blog, 6)
    pages, source = walk(settings)
    assert documents(pages) == slugs(blog.site)
    assert source.crawl_result.index.counts_by_method()["visitor-api"] == 5


def test_a_free_site_has_its_api_below_its_path(web: Web, settings: FetchSettings) -> None:
    blog = VisitorBlog(WixSite(web, "ann.wixsite.com", "/kiln", scheme="https"))
    start(blog, 12)
    pages, source = walk(settings, "https://ann.wixsite.com/kiln")
    assert documents(pages) == slugs(blog.site)
    assert source.crawl_result.warnings() == []
    assert not [path for path in web.paths() if not path.startswith(("/kiln", "/robots.txt"))]


def test_urls_at_the_own_domain_are_the_same_posts(web: Web, blog: VisitorBlog, settings: FetchSettings) -> None:
    """The list has URLs at the user's domain, and the site was found at the free URL."""
    blog.edits = {
        f"clay-and-fire-{n}": lambda post: post["url"].update(base="https://ann.wixsite.com/kiln") for n in range(3)
    }
    start(blog, 5)
    pages, source = walk(settings)
    assert len(source.crawl_result.index) == 5
    assert documents(pages) == slugs(blog.site)


# ---- the client id -------------------------------------------------------------------------------------------------


def test_a_client_id_gives_the_documents_with_the_list(blog: VisitorBlog, settings: FetchSettings) -> None:
    settings.client_id = CLIENT
    start(blog, 120)
    pages, source = walk(settings)
    assert [page.source.partition("?")[0] for page in pages[:2]] == ["https://www.wixapis.com/blog/v3/posts"] * 2
    assert len(pages) == 123
    assert source.crawl_result.warnings() == []
    assert [path for path in blog.api_paths() if path.startswith("/_api/")] == []
    names = [json.loads(page.data or b"") for page in source.name_pages() if "/v3/posts" not in page.source]
    assert [next(iter(value)) for value in names] == ["categories", "tags"]


def test_a_post_of_a_client_needs_no_page(blog: VisitorBlog, settings: FetchSettings) -> None:
    settings.client_id = CLIENT
    start(blog, 3)
    blog.site.web.put(blog.site.address(blog.site.posts[1]), Reply("no", 403))
    pages, source = walk(settings)
    assert [page for page in pages if page.error is not None] == []
    assert "it is the only source of" in source.crawl_result.warnings()[0]


def test_documents_that_a_client_may_not_read_come_from_the_site(blog: VisitorBlog, settings: FetchSettings) -> None:
    settings.client_id, blog.refuses_documents_of_clients = CLIENT, True
    start(blog, 4)
    pages, _ = walk(settings)
    assert documents(pages) == slugs(blog.site)


def test_an_unknown_client_id_is_one_sentence_and_the_site_is_read(blog: VisitorBlog, settings: FetchSettings) -> None:
    settings.client_id = "wrong"
    start(blog, 4)
    pages, source = walk(settings)
    assert documents(pages) == slugs(blog.site)
    assert source.crawl_result.warnings() == [
        "visitor API: --client-id: https://www.wixapis.com/oauth2/token does not exist (HTTP 400); the API on the site's "
        "host is used instead"
    ]


# ---- cache, resumed runs, archive ----------------------------------------------------------------------------------


def test_second_run_requests_only_changes(web: Web, blog: VisitorBlog, settings: FetchSettings) -> None:
    start(blog, 12)
    first, _ = walk(settings)
    web.log.clear()
    second, _ = walk(settings)
    assert [page.data for page in second] == [page.data for page in first]
    assert {request.path for request in web.log if not request.conditional} == {"/_api/v1/access-tokens"}


@pytest.mark.parametrize("stopped_at", range(1, 30, 3))
def test_a_run_that_is_stopped_anywhere_resumes(
    web: Web, blog: VisitorBlog, settings: FetchSettings, stopped_at: int
) -> None:
    start(blog, 9)

    class StopRunError(Exception):
        pass

    site = Site(ROOT, settings)
    fetched: set[tuple[str, bytes]] = set()
    wait = settings.clock.sleep

    def stop(seconds: float) -> None:
        wait(seconds)
        if len(web.log) >= stopped_at:
            fetched.update((request.path, request.body) for request in web.log)
            raise StopRunError

    settings.clock.sleep = stop
    with pytest.raises(StopRunError):
        list(site.pages())
    site.close(finished=False)
    settings.clock.sleep = wait
    web.log.clear()
    pages, _ = walk(settings)
    assert documents(pages) == slugs(blog.site)
    again = {(request.path, request.body) for request in web.log} & fetched
    assert again <= {("/_api/v1/access-tokens", b"")}


def test_offline_needs_no_token(web: Web, blog: VisitorBlog, settings: FetchSettings) -> None:
    start(blog, 5)
    first, _ = walk(settings)
    web.log.clear()
    settings.offline = True
    second, source = walk(settings)
    assert [page.data for page in second] == [page.data for page in first]
    assert (web.log, source.crawl_result.warnings()) == ([], [])


def test_offline_a_document_that_is_not_cached_stops_no_other(
    web: Web, blog: VisitorBlog, settings: FetchSettings
) -> None:
    blog.status["/post-page/clay-and-fire-1?"] = 403
    start(blog, 5)
    walk(settings)
    settings.offline = True
    pages, source = walk(settings)
    assert documents(pages) == slugs(blog.site) - {"clay-and-fire-1"}
    assert "the document of one post could not be downloaded" in source.crawl_result.warnings()[0]


def test_offline_run_without_cached_documents_warns(blog: VisitorBlog, settings: FetchSettings) -> None:
    start(blog, 5)
    settings.visitor_api = False
    walk(settings)
    settings.visitor_api, settings.offline = True, True
    pages, source = walk(settings)
    assert len(pages) == 6
    assert source.crawl_result.warnings() == [
        "visitor API: https://www.example.com/_api/communities-blog-node-api/v3/posts/query is not in the cache; posts are "
        "read from their pages only"
    ]


@pytest.mark.parametrize("client", [None, CLIENT])
def test_tokens_are_in_no_cache_and_no_archive(
    blog: VisitorBlog, settings: FetchSettings, tmp_path: Path, client: str | None
) -> None:
    """The site even repeats the token in its responses."""
    settings.client_id, settings.archive, settings.comments = client, tmp_path / "site.warc", True
    blog.lifetime = 5
    start(blog, 9)
    blog.site.posts.append(SitePost("late", "Late", 77))
    pages, source = walk(settings)
    assert len(blog.tokens) > 2
    kept = [
        *(page.data or b"" for page in pages),
        *(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()),
        *unpacked(tmp_path / "cache/http.sqlite"),
        json.dumps(as_json(source.report())).encode(),
    ]
    assert len(kept) > 40
    assert not [data for data in kept if b"a-session-that" in data]
    for token in blog.tokens:
        assert not [data for data in kept if token.encode() in data]
        assert not [data for data in kept if b"never" in data.lower() and b"nobody-may" in data]


def unpacked(path: Path) -> list[bytes]:
    """Return the responses in a cache, with and without decompressed bodies."""
    with sqlite3.connect(path) as database:
        texts = [zlib.decompress(value) for (value,) in database.execute("SELECT value FROM responses")]
    bodies = (body for text in texts for body in re.findall(rb'"_?content": ?"([^"]+)"', text))
    return texts + [zlib.decompress(base64.b64decode(body)) for body in bodies]


def test_the_requests_are_those_of_a_browser(web: Web, blog: VisitorBlog, settings: FetchSettings) -> None:
    start(blog, 1)
    walk(settings)
    request_by_path: dict[str, Asked] = {one.path.partition("?")[0]: one for one in web.log if "/_api/" in one.path}
    query = request_by_path["/_api/communities-blog-node-api/v3/posts/query"]
    assert json.loads(query.body) == {"paging": {"limit": 100, "offset": 0}}
    assert query.headers["authorization"] == blog.tokens[0]
    assert query.headers["content-type"] == "application/json"
    assert "authorization" not in request_by_path["/_api/v1/access-tokens"].headers
    assert "cookie" not in query.headers
