"""Read JSON files with posts in Wix's own format, recognized by their structure.

A bare document, one post or pages of posts of the Blog API, drafts, responses that a page requested (`postPage`, feed
page), posts of the old communities-blog API, HAR captures, JSON Lines (docs/wix/api.md#site-endpoints). JSON whose
strings contain rendered HTML is read by rendered_html.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...model.errors import UnreadablePage
from ...model.post import Post
from ...model.problems import Problem
from ...model.skipped import Skipped
from ...web.encoding import decode
from ...web.json_path import Json, identity, json_value, parse_json
from ..documents.body import Body, body_of, document
from ..documents.names import Names
from .cut_json import cut_json_value
from .har import answers
from .post import make_post, name_of
from .rendered_html import rendered_posts

#: Fields that only a blog post has next to its document; comments, events and forum posts have others.
_OF_A_POST = frozenset(
    {
        "slug", "slugs", "firstPublishedDate", "lastPublishedDate", "publishedDate", "minutesToRead", "timeToRead",
        "commentingEnabled", "isCommentsDisabled", "categoryIds", "hashtags", "excerpt", "coverMedia", "heroImage",
        "coverImage", "title", "postPageUrl",
    }
)  # fmt: skip
_OF_OTHERS = frozenset(
    {
        "parentIdsInThread",
        "voteSummary",
        "resourceId",
        "registration",
        "dateAndTimeSettings",
        "entityFqdn",
        "forumId",
        "nodes",
        "blocks",
    }
)
#: Fields whose string may be JSON with a post inside: responses in a HAR capture, the page's own data.
_IN_STRINGS = ("richContent", "entityMap", "contentText")


_CUT = Problem("truncated", "file", "the JSON ends early: the end of this post, and posts after it, are missing")
_NOT_JSON = "the file looks like JSON, but cannot be read as such"


def read_json(source: str, raw: bytes, names: Names | None = None) -> list[Post]:
    """Return the posts in a JSON file, rendered or as documents; `names` are those of other files.

    Raises Skipped if there is none, UnreadablePage if it is not JSON.
    """
    text, problems = decode(raw)
    values, unread = _values(text)
    captured = _captured(values)
    values = values if captured is None else [*captured]
    posts = [post for value in values for post in rendered_posts(source, value)]
    if captured is not None or not posts:  # otherwise the rendered body and a document next to it are one post
        posts += _document_posts(source, values, names)
    if not posts and unread == [_CUT]:
        raise UnreadablePage(_NOT_JSON)
    if not posts:
        raise _skip_reason(values)
    for post in posts:
        post.problems[:0] = problems
    last_or_first = posts[-1] if unread == [_CUT] else posts[0]
    last_or_first.problems[:0] = unread
    return posts


def json_values(text: str) -> list[Any]:
    """Return the values of a JSON file (JSON Lines and captures have many); none if it cannot be read."""
    try:
        values = _values(text)[0]
    except UnreadablePage:
        return []
    return values if (captured := _captured(values)) is None else [*captured]


def _captured(values: list[Any]) -> list[str] | None:
    """Return the responses in a HAR capture, or None for other values."""
    return answers(values[0]) if len(values) == 1 else None


def _values(text: str) -> tuple[list[Any], list[Problem]]:
    """Return the JSON value of a text, or one per line, with a problem for each line that cannot be read."""
    try:
        return [parse_json(text)], []
    except RecursionError:
        raise UnreadablePage("the JSON is nested deeper than anything that Wix writes") from None
    except ValueError:
        values, unread = _lines(text)
    if values:
        return values, unread
    if (beginning := cut_json_value(text)) is not None:
        return [beginning], [_CUT]
    raise UnreadablePage(_NOT_JSON)


def _lines(text: str) -> tuple[list[Any], list[Problem]]:
    values: list[Any] = []
    unread: list[Problem] = []
    for n, one in enumerate(text.split("\n"), 1):
        if not one.strip():
            continue
        try:
            values.append(parse_json(one))
        except (ValueError, RecursionError):
            unread.append(Problem("line-unreadable", f"line {n}", "the line is no JSON"))
            if not values:
                return [], []  # the first line is not JSON: it is broken JSON rather than JSON Lines
    return ([], []) if not any(isinstance(value, dict) for value in values) else (values, unread)


def read_lines(source: str, raw: bytes, first: int, names: Names | None = None) -> list[Post]:
    """Return the posts in a part of a file of JSON Lines; `first` is the number of its first line."""
    text, problems = decode(raw)
    posts: list[Post] = []
    for n, one in enumerate(text.split("\n"), first):
        try:
            value = parse_json(one) if one.strip() else None
        except (ValueError, RecursionError):
            problems.append(Problem("line-unreadable", f"line {n}", "the line is no JSON"))
        else:
            posts += rendered_posts(source, value) or _document_posts(source, [value], names, n)
    if not posts:
        raise (
            UnreadablePage(f"{problems[0].where}: {problems[0].detail}")
            if problems
            else Skipped("no-posts", "JSON without a Wix blog post")
        )
    posts[0].problems[:0] = problems
    return posts


def _document_posts(source: str, values: list[Any], known: Names | None, line_number: int | None = None) -> list[Post]:
    """Return the posts whose documents are in the values of a file or of one of its lines."""
    names = known.copy() if known else Names()
    posts_found = list(_unique(posts_in(values, names)))
    if not posts_found:
        posts_found = [({}, body) for value in _one_by_one(values) if (body := document(value)) is not None]
    many = len(posts_found) > 1 or line_number is not None
    return [
        make_post(f"{source}#{name_of(post) or n}" if many else source, post, body, names)
        for n, (post, body) in enumerate(posts_found, line_number or 1)
    ]


def _one_by_one(values: list[Any]) -> Iterator[Any]:
    for value in values:
        yield from value if isinstance(value, list) else [value]


def posts_in(values: list[Any], names: Names) -> Iterator[tuple[Json, Body]]:
    """Yield every post object with its body, in the order of the file. Names are collected on the way."""
    stack: list[Any] = list(reversed(values))
    while stack:
        value = stack.pop()
        if isinstance(value, str):
            value = _json_in(value)
        if isinstance(value, list):
            stack.extend(reversed(value))
        if not isinstance(value, dict) or document(value) is not None:
            continue
        names.learn(value)
        if is_post(value) and (body := body_of(value)) is not None:
            yield value, body
            stack.extend(
                inner
                for name in ("owner", "author", "categories", "tags")
                if isinstance(inner := value.get(name), dict | list)
            )
        else:
            stack.extend(reversed(value.values()))


def _json_in(text: str) -> Any:
    if text.lstrip()[:1] not in ("{", "[") or not any(sign in text for sign in _IN_STRINGS):
        return None
    return json_value(text)


def is_post(value: Json) -> bool:
    """Return True if an object is a blog post."""
    # The title of a question in an old collapsible list can be a document.
    return document(value.get("title")) is None and bool(_OF_A_POST & value.keys()) and not _OF_OTHERS & value.keys()


def _unique(posts_found: Iterator[tuple[Json, Body]]) -> Iterator[tuple[Json, Body]]:
    """Return each post once: a capture often contains the same one several times."""
    posts: dict[str, tuple[Json, Body]] = {}
    for n, (post, body) in enumerate(posts_found):
        key = identity(post) or f"\0{n}"
        if key not in posts or (posts[key][1].form == "text" and body.form != "text"):
            posts[key] = (post, body)
    yield from posts.values()


def _skip_reason(values: list[Any]) -> Skipped:
    """Return why a JSON file without a post is skipped."""
    stack, looked = list(values), 0
    bodiless = 0
    while stack and looked < 100_000:
        value = stack.pop()
        looked += 1
        if isinstance(value, list):
            stack.extend(value)
        elif isinstance(value, dict):
            if "parentIdsInThread" in value or "voteSummary" in value or "comment" in value:
                return Skipped("comments")
            bodiless += (
                is_post(value) and "title" in value and ("minutesToRead" in value or "firstPublishedDate" in value)
            )
            stack.extend(value.values())
    if bodiless:
        detail = f"a list of {bodiless} posts without their bodies (ask the API for RICH_CONTENT)"
        return Skipped("posts-without-bodies", detail)
    return Skipped("no-posts", "JSON without a Wix blog post")
