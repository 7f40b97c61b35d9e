"""A Wix site written for the tests' web server: the markup of Wix, reduced to what the code reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from urllib.parse import quote

from support.fake_web import Reply, Web, redirect

XML = "application/xml"
_START = datetime(2024, 3, 1, 9, tzinfo=UTC)


@dataclass
class SitePost:
    slug: str
    title: str
    number: int
    folder: str = "/post"

    @property
    def path(self) -> str:
        return f"{self.folder}/{self.slug}"

    @property
    def date(self) -> datetime:
        return _START + timedelta(days=self.number)


def head(address: str, title: str, kind: str, more: str = "", model: str = "") -> str:
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        f'<meta name="generator" content="Wix.com Website Builder"><title>{escape(title)}</title>'
        f'<link rel="canonical" href="{address}"><meta property="og:url" content="{address}">'
        f'<meta property="og:title" content="{escape(title)}"><meta property="og:type" content="{kind}">{more}'
        f'<script type="application/json" id="wix-viewer-model">{model}</script></head>'
    )


def post_page(address: str, post: SitePost, links: str = "", more: str = "") -> str:
    day = post.date.isoformat().replace("+00:00", "Z")
    dates = f'<meta property="article:published_time" content="{day}">'
    body = "".join(
        f'<p id="viewer-{post.number}{n}" class="x"><span>Sentence {n} of {escape(post.title)}, about clay.</span></p>'
        for n in range(3)
    )
    return head(address, post.title, "article", dates + more) + (
        f'<body><div id="SITE_CONTAINER"><div data-hook="post-page"><h1 data-hook="post-title">{escape(post.title)}</h1>'
        f'<section data-hook="post-description"><div data-rce-version="10.150.0">{body}'
        f'<p id="viewer-z{post.number}"><span>The end. {links}</span></p></div></section></div></div></body></html>'
    )


NOT_FOUND = head("https://www.example.com/post/x", "Blog", "website") + (
    '<body><div data-hook="not-found-page"><div>We couldn’t find this page</div></div></body></html>'
)


@dataclass
class WixSite:
    """A site with a blog; its faults and missing items are set before `open`."""

    web: Web
    host: str = "www.example.com"
    prefix: str = ""
    posts: list[SitePost] = field(default_factory=list)
    page_size: int = 9
    advertised_count: int | None = None
    forgotten_children: bool = False
    in_sitemap: set[str] | None = None
    """Slugs in the sitemap of posts; None: all."""
    in_lists: bool = True
    model: str = ""
    robots: str = "User-agent: *\nAllow: /\n"
    scheme: str = "http"

    @property
    def root(self) -> str:
        return f"{self.scheme}://{self.host}{self.prefix}"

    def address(self, post: SitePost) -> str:
        return f"{self.root}{quote(post.path)}"

    def write(self, number: int, folder: str = "/post") -> None:
        for n in range(len(self.posts), len(self.posts) + number):
            self.posts.append(SitePost(f"clay-and-fire-{n}", f"Clay and fire {n}", n, folder))

    def put(self, path: str, reply: Reply | str) -> None:
        self.web.put(f"{self.root}{path}", reply)

    def open(self) -> None:
        feed_link = f'<link rel="alternate" href="{self.root}/blog-feed.xml" type="application/rss+xml" title="RSS">'
        self.web.put(f"http://{self.host}/robots.txt", Reply(self.robots, kind="text/plain"))
        self.put("", redirect(f"{self.root}/")) if self.prefix else None
        home = head(self.root, "The Kiln", "website", feed_link, self.model)
        self.put("/" if not self.prefix else "", home + f'<body><a href="{self.root}/blog">Blog</a></body></html>')
        for post in self.posts:
            self.web.put(self.address(post), post_page(self.address(post), post))
        self._sitemaps()
        self._feed()
        self._lists()

    def _sitemaps(self) -> None:
        children = ["pages-sitemap.xml"]
        if not self.forgotten_children:
            children = ["blog-categories-sitemap.xml", "blog-posts-sitemap.xml", *children]
        index = "".join(f"<sitemap><loc>{self.root}/{child}</loc></sitemap>" for child in children)
        space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        self.put("/sitemap.xml", Reply(f'<?xml version="1.0"?><sitemapindex {space}>{index}</sitemapindex>', kind=XML))
        expected = [p for p in self.posts if self.in_sitemap is None or p.slug in self.in_sitemap]
        maps = {
            "pages-sitemap.xml": [f"{self.root}/blog", f"{self.root}/about"],
            "blog-categories-sitemap.xml": [f"{self.root}/blog", f"{self.root}/blog/categories/glazes"],
            "blog-posts-sitemap.xml": [self.address(post) for post in expected],
        }
        for name, pages in maps.items():
            urls = "".join(f"<url><loc>{page}</loc><lastmod>2024-05-01</lastmod></url>" for page in pages)
            self.put(f"/{name}", Reply(f'<?xml version="1.0"?><urlset {space}>{urls}</urlset>', kind=XML))

    def _feed(self) -> None:
        newest = sorted(self.posts, key=lambda post: post.number, reverse=True)[:20]
        items = "".join(
            f"<item><title><![CDATA[{post.title}]]></title><link>{self.address(post)}</link>"
            f"<pubDate>{format_datetime(post.date, usegmt=True)}</pubDate><dc:creator><![CDATA[Ann]]></dc:creator>"
            f"<content:encoded><![CDATA[<p>The feed's text of {post.title}.</p>]]></content:encoded></item>"
            for post in newest
        )
        self.put(
            "/blog-feed.xml",
            Reply(
                f'<?xml version="1.0"?><rss xmlns:dc="http://purl.org/dc/elements/1.1/" '
                f'xmlns:content="http://purl.org/rss/1.0/modules/content/" version="2.0"><channel>'
                f"<title>The Kiln</title><link>{self.root}/blog</link><generator>RSS for Node</generator>"
                f"{items}</channel></rss>",
                kind="application/rss+xml",
            ),
        )

    def _lists(self) -> None:
        newest = sorted(self.posts, key=lambda post: post.number, reverse=True) if self.in_lists else []
        pages = [newest[n : n + self.page_size] for n in range(0, len(newest), self.page_size)] or [[]]
        for number, posts in enumerate(pages, 1):
            self.put("/blog" if number == 1 else f"/blog/page/{number}", self._list(posts, number, len(pages), "/blog"))
        self.put("/blog/categories/glazes", self._list(self.posts, 1, 1, "/blog/categories/glazes"))

    def _list(self, posts: list[SitePost], number: int, pages: int, path: str) -> str:
        items = "".join(
            f'<article data-hook="post-list-item"><a href="{self.address(post)}"><h2>{escape(post.title)}</h2></a>'
            f'<a href="{self.root}/profile/ann/profile">Ann</a>'
            f'<div data-hook="post-description"><div style="-webkit-line-clamp:3">Short.</div></div></article>'
            for post in posts
        )
        others = "".join(
            f'<a data-hook="pagination__{n}" href="{self.root}{path}/page/{n}">{n}</a>'
            for n in range(2, pages + 1)
            if n != number
        )
        text = (
            ""
            if self.advertised_count is None
            else f'"pagingMetaData":{{"count":{len(posts)},"offset":0,"total":{self.advertised_count}}}'
        )
        return head(f"{self.root}{path}", "Blog", "website") + (
            f'<body><div data-hook="feed-page-root">{items}<div data-hook="feed-pagination-container">{others}</div></div>'
            f'<script type="application/json" id="wix-warmup-data">{{{text}}}</script></body></html>'
        )
