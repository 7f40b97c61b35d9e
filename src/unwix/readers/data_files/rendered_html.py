"""Read JSON files whose strings contain the rendered HTML of posts, as scrapers write them.

Their structure: docs/wix/pages.md#html-in-json.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...model.errors import UnreadablePage
from ...model.post import Post
from ...model.skipped import Skipped
from ...web.dates import instant
from ...web.json_path import Json
from ...web.text_cleaning import plain
from ...wix.ids import ids_of
from ..article_building.finish_metadata import finish_from_text
from ..article_building.teaser import drop_teasers
from ..documents.metadata import document_metadata
from ..documents.names import Names
from ..saved_page.reader import read_saved_page

#: Wix's keys for a post's dates; a plain `date` is often the scraper's.
_DATES = {
    "date": ("firstPublishedDate", "publishedDate", "datePublished"),
    "updated": ("lastPublishedDate", "dateModified"),
}
_SIGNS = ("data-rce-version", 'id="viewer-', 'data-hook="rcv-block')


def rendered_posts(source: str, value: Any) -> list[Post]:
    """Return the posts whose rendered HTML is in the strings of a JSON value.

    Pages of other kinds among them are ignored.
    """
    posts: list[Post] = []
    for owner, path, html in rendered_strings(value):
        try:
            posts_of_page = read_saved_page(source, html.encode("utf-8", "replace"))
        except (Skipped, UnreadablePage):
            continue
        for post in posts_of_page:
            _name(post, owner, path)
            posts.append(post)
    return posts


def rendered_strings(value: Any) -> Iterator[tuple[dict[str, Any], list[str], str]]:
    """Yield every string of rendered HTML: the object that describes it, the path of keys from there, the HTML."""
    stack: list[tuple[Any, dict[str, Any], list[str]]] = [(value, {}, [])]
    while stack:
        item, owner, path = stack.pop()
        if isinstance(item, str):
            # Markdown may have a table of the page in it: only a string that begins with a tag is HTML.
            if len(item) > 40 and item.lstrip()[:1] == "<" and any(sign in item for sign in _SIGNS):
                yield owner, path, item
        elif isinstance(item, dict):
            describes = any(k in item for k in ("title", "slug"))
            inside = (item, []) if describes or not owner else (owner, path)
            stack.extend((v, inside[0], [*inside[1], k]) for k, v in reversed(item.items()))
        elif isinstance(item, list):
            stack.extend((v, owner if owner is not value else {}, path) for v in reversed(item))


def _name(post: Post, owner: dict[str, Any], path: list[str]) -> None:
    """Return title and slug from the object around the HTML.

    If the HTML is keyed by language, so are title and slug.
    """
    for name in ("title", "slug"):
        value = owner.get(name)
        if isinstance(value, dict) and path:
            value = value.get(path[-1])
        if (text := plain(value)) and getattr(post.metadata, name) is None:
            setattr(post.metadata, name, text)
            post.provenance[name] = f"JSON {name}"
    for name, keys in _DATES.items():
        moment = next((date for key in keys if (date := instant(owner.get(key)))), None)
        if moment and getattr(post.metadata, name) is None:
            setattr(post.metadata, name, moment)
            post.provenance[name] = "JSON"
    drop_teasers(post.metadata, post.provenance, post.article)
    if post.metadata.title:
        post.problems[:] = [p for p in post.problems if p.kind != "title-missing"]


def html_post(source: str, post: Json, html: str, names: Names) -> Post:
    """Return the Post of an object whose body is HTML without Wix's markup, as a rich text field of the CMS has it."""
    page = f'<html><body><div data-id="content-viewer">{html}</div></body></html>'
    new_post = read_saved_page(source, page.encode("utf-8", "replace"))[0]
    new_post.metadata, new_post.provenance, problems = document_metadata(post, names)
    finish_from_text(new_post.metadata, new_post.provenance, new_post.article)
    of_page = (problem for problem in new_post.problems if problem.where != "front matter")
    new_post.problems = [*problems, *of_page]
    new_post.ids = ids_of(post)
    return new_post
