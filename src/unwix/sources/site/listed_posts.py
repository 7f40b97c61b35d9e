"""Add the posts that the visitor API lists to the index of posts."""

from __future__ import annotations

from collections import Counter
from urllib.parse import quote, unquote

from ...web.urls import split_url
from ..urls import parent_path
from .post_index import PostIndex
from .visitor_api import VisitorApi

#: Where current blogs have their posts (docs/wix/discovery.md#url-shapes).
_FOLDER = "/post"


def add_listed_posts(api: VisitorApi, index: PostIndex) -> int:
    """Add all posts that the API lists; return their number.

    Where the list states no URL, the post is the one that is known by the same slug, or is expected where the others
    are.
    """
    known = {slug_of(url): url for url in index.urls()}
    folders = Counter(parent_path(place) for url in known.values() if (place := index.place(url)) is not None)
    folder = folders.most_common(1)[0][0].rstrip("/") if folders else _FOLDER
    number = 0
    for post in api.posts():
        url = post.url or known.get(post.slug) or f"{api.root}{folder}/{quote(post.slug)}"
        index.add(url, "visitor-api")
        number += index.has(url)
        api.listed[index.key(url)] = post
    return number


def slug_of(url: str) -> str:
    """Return the last part of the path of a URL, decoded."""
    return unquote(split_url(url).path.rstrip("/").rpartition("/")[2])
