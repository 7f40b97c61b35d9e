"""Shopify: one table of blog posts for the app Matrixify, because Shopify itself imports no posts.

Import `shopify-blog-posts.csv` in Matrixify as *Blog Posts*
([its columns](https://matrixify.app/documentation/blog-posts/)): the posts are in the blog `news`, which a new shop
has, at `/blogs/news/SLUG`. A second import updates the posts of the first. Categories are tags, because Shopify has
tags only; commas in their names are spaces. Slugs are ASCII, other scripts transliterated. Shopify downloads the cover
(`Image Src`); images in the body keep their URLs, so upload the files under *Content → Files* before the old site
goes.
"""

from __future__ import annotations

from ...import_files.import_format import ImportFormat
from ...import_files.import_html import ImportHtml
from ...import_files.post_tables import SHOPIFY, post_table
from ...import_files.read_back import table_posts
from ...markdown.flavor import MarkdownFlavor
from ...slugs import transliterated_slug
from ...target import FrontMatter, SitePages, Target

TARGET = Target(
    "shopify",
    path="shopify-blog-posts.csv!/{slug}",
    base="shopify-blog-posts.csv!",
    front=FrontMatter(),
    flavor=MarkdownFlavor("import"),
    url="/blogs/news/{place}",
    slug=transliterated_slug,
    pages=SitePages(
        {
            "category": "/blogs/news/tagged/{name}",
            "tag": "/blogs/news/tagged/{name}",
            "home": "/blogs/news",
            "feed": "/blogs/news.atom",
        },
        slug=transliterated_slug,
        static="redirects",
    ),
    import_format=ImportFormat(
        "shopify-blog-posts.csv", ImportHtml, post_table(SHOPIFY), posts=table_posts("Title", "Body HTML")
    ),
)
