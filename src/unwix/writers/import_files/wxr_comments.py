"""Write readers' comments as elements of a WXR file.

WordPress itself makes paragraphs of the text between blank lines. A deleted comment is left out; its replies move up
one level.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any

import nh3

from ...web.cmark import render
from .records import utc_time
from .wxr_elements import data, tag

_TAGS = {"a", "blockquote", "br", "code", "del", "em", "li", "ol", "p", "pre", "strong", "ul"}
#: Wix's status → `comment_approved`; comments with other statuses wait for moderation.
_APPROVED = {"": "1", "spam": "spam"}


def comments(threads: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield the elements of the comments on a post (`blog.comments`)."""
    yield from _under(0, threads, count(1))


def _under(parent: int, threads: Sequence[Mapping[str, Any]], numbers: Iterator[int]) -> Iterator[str]:
    for comment in threads:
        number = parent
        if not comment.get("deleted"):
            number = next(numbers)
            yield _comment(number, parent, comment)
        yield from _under(number, comment.get("replies", ()), numbers)


def _comment(number: int, parent: int, comment: Mapping[str, Any]) -> str:
    date = utc_time(comment.get("date")) or ""
    pieces = (
        tag("wp:comment_id", str(number)),
        data("wp:comment_author", comment.get("author", "")),
        *(tag(f"wp:comment_author_{name}", "") for name in ("email", "url", "IP")),
        *(tag(name, date) for name in ("wp:comment_date", "wp:comment_date_gmt")),
        data("wp:comment_content", _content(comment.get("text", ""))),
        tag("wp:comment_approved", _APPROVED.get(comment.get("status", ""), "0")),
        tag("wp:comment_type", "comment"),
        tag("wp:comment_parent", str(parent)),
        tag("wp:comment_user_id", "0"),
    )
    return f"<wp:comment>{''.join(pieces)}</wp:comment>\n"


def _content(markdown: str) -> str:
    html = nh3.clean(render(markdown), tags=_TAGS, attributes={"a": {"href"}}, link_rel=None)
    return re.sub(r"\s*</p>\s*", "\n\n", html.replace("<p>", "")).strip()
