"""Serve the blog www.example.org of the samples as a live site: its pages, its visitor API, and the API of its owner.

The documents are made from the pages, and contain what a saved page does not (the images of a gallery, an audio file).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from support.fake_web import Reply, Web
from support.paths import ROOT_DIR
from support.ricos_documents import image, item, node, p
from support.visitor_blog import CATEGORY, OWNER, TAG, VisitorBlog
from support.wix_api import Blog, comment, draft
from support.wix_site import SitePost, WixSite
from unwix.model.article import HEADINGS, Element, text_of
from unwix.model.page import Page
from unwix.model.post import Post
from unwix.run.steps import read_posts

Json = dict[str, Any]
HOST = "www.example.org"
_LOST = "a1b2c3_00000000000000000000000000000{:03}~mv2.jpg"


def sample_pages() -> dict[str, Path]:
    """Return the saved pages of the blog by their slugs."""
    found: dict[str, Path] = {}
    for path in sorted((ROOT_DIR / "samples/saved").glob("*.html")):
        url = re.search(rf'rel="canonical" href="https://{HOST}/post/([^"]+)"', path.read_text(encoding="utf-8"))
        if url is not None:
            found[unquote(url[1])] = path
    return found


class SampleBlog(VisitorBlog):
    """The visitor API of the blog; each post is the content of its page and what the page does not contain."""

    def __init__(self, web: Web) -> None:
        super().__init__(WixSite(web, HOST, scheme="https"))
        self.pages = sample_pages()
        self.read: dict[str, Post] = {}
        for number, (slug, path) in enumerate(self.pages.items()):
            (self.read[slug],), _ = read_posts(Page(path.as_posix(), path=path))
            self.site.posts.append(SitePost(slug, self.read[slug].metadata.title or "", number))
        self.edits = dict.fromkeys(self.read, self._fill)
        self.write_comments(self.site.posts[3], 2)

    def put_pages(self) -> None:
        self.site.open()
        for slug, path in self.pages.items():
            self.site.put(f"/post/{slug}", Reply(path.read_bytes()))
        self.site.put("/blog-feed.xml", Reply("none", 404))
        self.open()

    def _fill(self, value: Json) -> None:
        post = self.read[value["slug"]]
        value["firstPublishedDate"] = post.metadata.date
        value["lastPublishedDate"] = post.metadata.updated or post.metadata.date
        value["excerpt"] = post.metadata.description
        value["metrics"] = {**value["metrics"], "likes": post.metadata.likes or 3}
        if "richContent" in value:
            value["richContent"] = {"nodes": [made for block in post.article for made in nodes_of(block)]}

    def of_owner(self) -> Blog:
        """Return the same posts for the owner's key, with a draft."""
        posts = [self.post(post) for post in self.site.posts]
        number = next(n for n, post in enumerate(posts) if post["slug"] in self.comments)
        resource = posts[number]["referenceId"]
        return Blog(
            posts=posts,
            drafts=[draft(40, "UNPUBLISHED")],
            trash=[],
            categories=[CATEGORY],
            tags=[TAG],
            members={OWNER["id"]: OWNER["name"]},
            comments=[comment(n, resource, f"Comment {n}.") for n in range(2)],
        )


def nodes_of(block: Element) -> list[Json]:
    """Return the nodes of a document with the content of a block of an article."""
    form = block.get("class") or block.get("title") or ""
    if block.tag == "div" and form == "missing":
        return _missing(block.get("title") or "")
    if block.tag in HEADINGS:
        return [node("HEADING", text_of(block), headingData={"level": int(str(block.tag)[1])})]
    if block.tag in ("ul", "ol"):
        kind = "ORDERED_LIST" if block.tag == "ol" else "BULLETED_LIST"
        return [node(kind, *[item(text_of(entry)) for entry in block.iterchildren("li")])]
    if block.tag == "blockquote":
        return [node("BLOCKQUOTE", p(text_of(block)))]
    if block.tag == "hr":
        return [node("DIVIDER", dividerData={})]
    if block.tag == "table":
        rows = [[text_of(cell) for cell in row.iter("th", "td")] for row in block.iter("tr")]
        return [node("TABLE", *[node("TABLE_ROW", *[node("TABLE_CELL", p(cell)) for cell in row]) for row in rows])]
    images = [str(img.get("src")) for img in block.iter("img")]
    if block.tag == "figure" and form in ("", "gallery"):
        made = [image(src.rpartition("/")[2], alt="") for src in images]
        return made if form == "" else [_gallery([one["imageData"]["image"] for one in made])]
    return [p(text) for text in [text_of(block)] if text.strip()]


def _missing(kind: str) -> list[Json]:
    if kind == "gallery":
        return [_gallery([{"src": {"id": _LOST.format(n)}, "width": 800, "height": 600} for n in range(4)])]
    if kind == "audio":
        source = {"src": {"url": "https://static.wixstatic.com/mp3/a1b2c3_0123456789.mp3"}}
        return [node("AUDIO", audioData={"audio": source, "name": "The kiln at night", "authorName": "Ines Ferro"})]
    return []


def _gallery(images: list[Json]) -> Json:
    return node("GALLERY", galleryData={"items": [{"image": {"media": media}} for media in images]})
