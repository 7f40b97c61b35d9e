"""Read records whose texts are HTML without Wix's markup, as scrapers and export tools write them: JSON and tables."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..model.errors import UnreadablePage
from ..model.post import Metadata, Post
from ..model.problems import Problem
from ..model.skipped import Skipped
from ..web.csv_tables import csv_rows
from ..web.encoding import decode
from ..wix.post_urls import parse_url
from .article_building.finish_metadata import finish_from_text
from .saved_page.reader import read_saved_page
from .text_dump.containers.fields import stated_in
from .text_dump.containers.json_values import values_in
from .text_dump.containers.part import Stated
from .text_dump.stated_metadata import fill_metadata

#: The beginning of the HTML of a body.
_HTML = re.compile(r"\s*<(?:div|p|article|section|main|h[1-6]|figure|img|span|ul|ol|blockquote|strong|em|b|a)\b", re.I)
_SHORTEST = 40
_DEEPEST = 12


def read_html_records(source: str, raw: bytes, kind: str, first: int | None = None) -> list[Post]:
    """Return the posts among the records of a JSON file or a table; `kind` is `json` or `table`.

    A record is a post if it has a title, HTML, and the URL of a Wix post or of a file at Wix. `first` is the number of
    the first line or row of a part of a large file. Raises Skipped if there is none.
    """
    text, problems = decode(raw)
    posts: list[Post] = []
    for where, stated, html in _records(text, kind, first):
        if not is_of_wix(stated, html):
            continue
        try:
            posts.append(html_post(f"{source}#{stated.slug or where}", stated, html))
        except (Skipped, UnreadablePage) as reason:
            problems.append(Problem("texts-skipped", where, f"the HTML of this record was skipped: {reason}"))
        except RecursionError:
            problems.append(Problem("texts-skipped", where, "the HTML of this record is nested too deeply to be read"))
    if not posts:
        raise Skipped("no-posts")
    if len(posts) == 1 and first is None:
        posts[0].source = source
    posts[0].problems[:0] = problems
    return posts


def _records(text: str, kind: str, first: int | None) -> Iterator[tuple[str, Stated, str]]:
    """Yield place, metadata and HTML of each record."""
    if kind == "json":
        for value in values_in(text, first or 1).values:
            yield from _walk(value.value, value.where, 0)
        return
    rows = csv_rows(io.StringIO(text.lstrip("\ufeff"), newline=""), text)
    names = next(rows, [])
    for n, row in enumerate(rows, first or 2):
        yield from _walk(dict(zip(names, row, strict=False)), f"row {n}", 0)


def _walk(value: Any, where: str, depth: int) -> Iterator[tuple[str, Stated, str]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for n, item in enumerate(value, 1):
            yield from _walk(item, f"record {n}", depth + 1)
    elif isinstance(value, Mapping):
        texts = [item for item in value.values() if isinstance(item, str) and len(item) >= _SHORTEST]
        html = max(filter(_HTML.match, texts), key=len, default=None)
        stated = stated_in(value, where) if html is not None else None
        if html is not None and stated is not None and stated.title:
            stated.slug = stated.slug or (stated.url and stated.url.rstrip("/").rpartition("/")[2]) or None
            yield where, stated, html
            return
        for item in value.values():
            yield from _walk(item, where, depth + 1)


def is_of_wix(stated: Stated, html: str) -> bool:
    """Return True for the URL of a Wix post, or for media at Wix."""
    url = parse_url(stated.url) if stated.url else None
    return (url is not None and url.kind == "post") or "static.wixstatic.com/" in html


def html_post(source: str, stated: Stated, html: str) -> Post:
    """Return the post of a body in HTML without Wix's markup, with the metadata that is stated about it."""
    page = f'<html><body><div data-id="content-viewer">{html}</div></body></html>'
    post = read_saved_page(source, page.encode("utf-8", "replace"), stated.url)[0]
    language = post.metadata.language
    post.metadata, post.provenance = Metadata(), {}
    fill_metadata(post.metadata, post.provenance, stated)
    post.metadata.language = stated.language or language
    finish_from_text(post.metadata, post.provenance, post.article)
    post.problems[:] = [problem for problem in post.problems if problem.where != "front matter"]
    return post
