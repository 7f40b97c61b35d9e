"""Build feeds in Wix's form, item by item."""

from __future__ import annotations

from .post_pages import PICTURE, SITE

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><rss xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom" version="2.0"><channel>'
    f"<title><![CDATA[Potter Lane]]></title><description><![CDATA[Clay]]></description><link>{SITE}/blog</link>"
    f'<generator>RSS for Node</generator><atom:link href="{SITE}/blog-feed.xml" rel="self" type="application/rss+xml"/>'
)
FIT = f"https://static.wixstatic.com/media/{PICTURE}/v1/fit/w_978,h_1000,al_c,q_80/file.png"


def item(
    body: str | None = "<p>Clay must rest.</p>",
    title: str = "A pot of one’s own",
    slug: str = "a-pot-of-ones-own",
    more: str = "",
    excerpt: str = "A few words about clay and about time…",
) -> str:
    content = f"<content:encoded><![CDATA[{body}]]></content:encoded>" if body is not None else ""
    return (
        f"<item><title><![CDATA[{title}]]></title><description><![CDATA[{excerpt}]]></description><link>{SITE}/post/{slug}</link>"
        '<guid isPermaLink="false">61f66de02fab3638d90f1462</guid><category><![CDATA[Clay &#38; fire]]></category>'
        "<category><![CDATA[Kilns]]></category><pubDate>Tue, 09 Jan 2024 10:38:28 GMT</pubDate>"
        f'<enclosure url="{FIT}" length="0" type="image/png"/><dc:creator>Ada Potter</dc:creator>{content}{more}</item>'
    )


def feed(*items: str) -> bytes:
    return f"{HEAD}{''.join(items)}</channel></rss>".encode()
