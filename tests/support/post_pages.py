"""Small pages for tests, written in the real hooks of Wix's blog, without texts of real sites."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import Any

from unwix import readers
from unwix.blog.links.rewrite import remove_unused_ids
from unwix.model.page import Page
from unwix.model.post import Post
from unwix.run.steps import ConversionResult, convert_page
from unwix.run.write_post import WrittenPost

BLOG_APP = "14bcded7-0066-7c35-14d7-466cb3f09103"
SITE = "https://www.potter-lane.example"
#: Real pages begin with thousands of bytes of style sheets.
_STYLE = "p{margin:0}" * 200
SAMPLE_BODY = "Clay must rest before it is turned."
PICTURE = "ab12cd_0123456789abcdef0123456789abcdef~mv2.jpg"


def block(markup: str, kind: str = "paragraph", number: int = 1) -> str:
    """Return a block in the form of pages since 2022: the content, and an empty marker behind it."""
    return f'<div data-breakout="normal">{markup}</div><div type="{kind}" data-hook="rcv-block{number}"></div>'


def p(markup: str, key: str = "aaaaa") -> str:
    return block(f'<p dir="auto" class="xYz1" id="viewer-{key}"><span><span>{markup}</span></span></p>')


def h(markup: str, level: int = 2, key: str = "hhhhh") -> str:
    return block(f'<h{level} dir="auto" id="viewer-{key}"><span><span>{markup}</span></span></h{level}>', "heading")


def ul(*items: str) -> str:
    return block(f"<ul>{''.join(map(li, items))}</ul>", "bulleted_list")


def li(markup: str, level: int = 1) -> str:
    return f'<li dir="auto" aria-level="{level}"><p dir="auto" id="viewer-liiii"><span><span>{markup}</span></span></p></li>'


def quote(markup: str) -> str:
    return block(f'<blockquote id="viewer-quote"><span>{markup}</span></blockquote>', "blockquote")


def code(markup: str) -> str:
    return block(f'<pre dir="auto" id="viewer-coode"><span><span>{markup}</span></span></pre>', "code_block")


def table(*rows: tuple[str, ...]) -> str:
    cell = '<td data-hook="table-plugin-cell"><div><p dir="auto" id="viewer-cellx"><span><span>{}</span></span></p></div></td>'
    lines = "".join(f"<tr>{''.join(cell.format(c) for c in row)}</tr>" for row in rows)
    return block(f'<table data-hook="table-component"><tbody>{lines}</tbody></table>', "table")


def picture(alt: str = "", caption: str = "", name: str = PICTURE) -> str:
    info = escape(json.dumps({"imageData": {"width": 800, "height": 600, "uri": name}}))
    text = f'<figcaption dir="auto"><span>{caption}</span></figcaption>' if caption else ""
    markup = f'<wow-image id="{name}" data-image-info="{info}"><img alt="{alt}" src="https://static.wixstatic.com/media/{name}/v1/fill/w_49,h_37,al_c,q_20,blur_2/x.jpg"></wow-image>'
    return block(
        f'<figure data-hook="figure-IMAGE"><div data-hook="image-viewer">{markup}</div>{text}</figure>', "image"
    )


def body(blocks: str, version: str = "10.140.2") -> str:
    """Return the element that contains a post's body."""
    return (
        '<section data-hook="post-description"><article class="blog-post-page-font"><div class="post-content__body">'
        f'<div data-rce-version="{version}"><style>.a{{--ricos-x:1}}</style><div dir="ltr" data-id="content-viewer">'
        f'<div type="first" data-hook="rcv-block-first"></div>{blocks}<div type="last" data-hook="rcv-block-last"></div></div></div></div></article></section>'
    )


def warmup(slug: str, post: dict[str, Any] | str, **answer: Any) -> str:
    """Return the script in which pages of 2024 embed their post's data; a string is inserted unchanged."""
    value = (
        post
        if isinstance(post, str)
        else json.dumps({"postPageResponse": {"data": {"postPage": {"post": post, **answer}}}})
    )
    data = {"appsWarmupData": {BLOG_APP: {f"OldPostPageWarmupData-{slug}": value}}}
    return f'<script type="application/json" id="wix-warmup-data">{json.dumps(data)}</script>'


def post_text(
    body_html: str = "",
    title: str | None = "A pot of one’s own",
    slug: str = "a-pot-of-ones-own",
    *,
    url: str | None = None,
    lang: str = "en",
    charset: str | None = "utf-8",
    head: str = "",
    stats: str = "",
    end: str = "</body></html>",
) -> str:
    """Return a post's page as text: title hook, meta elements, body, and interface texts around it.

    A title of None leaves every title out.
    """
    address = escape(url if url is not None else f"{SITE}/post/{slug}")
    metas = [
        f'<meta charset="{charset}">' if charset else "",
        '<meta name="generator" content="Wix.com Website Builder">',
        '<meta property="og:type" content="article">',
    ]
    metas += (
        [f'<meta property="og:url" content="{address}">', f'<link rel="canonical" href="{address}">'] if address else []
    )
    metas += (
        [f'<title>{escape(title)}</title><meta property="og:title" content="{escape(title)}">']
        if title is not None
        else []
    )
    metas += [
        '<meta property="article:published_time" content="2025-03-04T05:06:07.891Z">',
        '<meta property="article:author" content="Ada Potter">',
        head,
    ]
    markup = (
        f'<div data-hook="post-title"><h1 data-hook="post-title">{escape(title)}</h1></div>'
        if title is not None
        else ""
    )
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head>{"".join(metas)}<style>{_STYLE}</style></head><body><div id="SITE_CONTAINER"><span>top of page</span>'
        '<div data-hook="post-page-root"><article data-hook="post">'
        f'{markup}<span data-hook="user-name">Ada Potter</span>{body(body_html or p(SAMPLE_BODY))}{stats}'
        '<section data-hook="recent-posts"><h2>Recent Posts</h2></section>'
        f"</article></div><span>bottom of page</span></div>{end}"
    )


def post_page(
    body_html: str = "", title: str | None = "A pot of one’s own", slug: str = "a-pot-of-ones-own", **more: Any
) -> bytes:
    """Return a post's page as bytes in UTF-8."""
    return post_text(body_html, title, slug, **more).encode("utf-8", "surrogatepass")


def list_page() -> bytes:
    """Return the page of a blog's list, which is not a post."""
    teaser = '<div data-hook="post-list-item"><h2 data-hook="post-title">One</h2><div data-hook="post-description" style="-webkit-line-clamp:3">Teaser</div></div>'
    metas = f'<meta name="generator" content="Wix.com Website Builder"><meta property="og:type" content="website"><meta property="og:url" content="{SITE}/blog">'
    return f'<!DOCTYPE html><html lang="en"><head>{metas}<title>Blog</title></head><body><div data-hook="feed-page-root">{teaser}</div></body></html>'.encode()


def outcome(raw: bytes, source: str = "page.html") -> ConversionResult:
    """Return the result of the whole pipeline for the bytes of a page."""
    return convert_page(Page(source, data=raw))


def written(raw: bytes) -> WrittenPost:
    """Return the one post that the pipeline writes for the bytes of a page."""
    result = outcome(raw)
    assert result.failed is None, result.failed
    assert result.skipped is None, result.skipped
    assert len(result.posts) == 1
    return result.posts[0]


def split(text: str) -> tuple[str, str]:
    """Return front matter and body of a written post."""
    assert text.startswith("---\n")
    head, mark, rest = text[4:].partition("\n---\n")
    assert mark, text
    return head, rest


def save(folder: Path, count_of: int = 1, **more: Any) -> list[Path]:
    """Write this number of different posts as files in a directory."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for number in range(count_of):
        path = folder / f"{number:04d}.html"
        path.write_bytes(
            post_page(h(f"Part {number}") + p(f"Words of number {number}."), f"Pot {number}", f"pot-{number}", **more)
        )
        made.append(path)
    return made


def files(folder: Path) -> dict[str, bytes]:
    """Return all files below a directory with their bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def one_post(source: Page | bytes) -> Post:
    """Return the one post in a page as its reader returns it, without ids that no link points to."""
    (post,) = readers.read(source if isinstance(source, Page) else Page("page", data=source))
    remove_unused_ids(post.article, ())
    return post
