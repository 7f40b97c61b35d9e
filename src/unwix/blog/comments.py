"""Write the comments on a post to a data file next to it, in threads.

Comments come from answers of the Comments API among the sources of a run (docs/wix/api.md#comments). A comment names
its post by an id that the data of the post contains.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from msgspec import Struct, field

from ..model.errors import UnreadablePage
from ..model.page import Page
from ..readers.documents.names import Names
from ..readers.sniff import Kind, sniff, unzip
from ..web.dates import instant
from ..web.encoding import decode
from ..web.json_path import Json, dig, flag, line, obj, text
from ..web.saved_links import LinkRestorer

#: The data file of a post has the name of the post with this extension.
COMMENTS_SUFFIX = ".comments.json"
_SIGN, _NAME_SIGN = b'"resourceId"', b'"nickname"'
_HEAD = 4000
#: Deeper nesting of replies is cut off; Wix shows one level.
_DEEPEST = 50
_GONE = frozenset({"DELETED", "DELETED_BY_PARENT"})


class Comments(Struct):
    """The comments in the sources of a run, by the id of their post."""

    names: Names = field(default_factory=Names)
    _of: dict[str, dict[str, Json]] = field(default_factory=dict)

    @classmethod
    def among(cls, pages: Iterable[Page], names: Names | None = None) -> Comments:
        """Return the comments in pages; pages that cannot be read have none. `names` has those of members by id."""
        result = cls(names.copy() if names else Names())
        for page in pages:
            result.take(page)
        return result

    def take(self, page: Page) -> None:
        """Read the comments in a page; a page that cannot be read contains none."""
        if _may_have_some(page):
            with suppress(UnreadablePage, RecursionError):
                self.learn(unzip(page.read()))

    def learn(self, raw: bytes) -> None:
        """Read the comments and the names of members in a JSON file; other files contain none."""
        if _SIGN not in raw and _NAME_SIGN not in raw:
            return
        from ..readers.data_files.collect_names import names_in

        if _SIGN not in raw:
            self.names.merge(names_in(raw))
            return
        try:
            value = json.loads(decode(raw)[0])
        except (ValueError, RecursionError):
            return
        self.names.merge(names_in(raw))
        for comment in _comments_in(value):
            key = line(comment, "id") or line(comment, "_id")
            for resource in {line(comment, "resourceId"), line(comment, "contextId")} - {""}:
                self._of.setdefault(resource, {}).setdefault(key or f"\0{len(self._of[resource])}", comment)

    def file_of(self, ids: Iterable[str]) -> str | None:
        """Return the data file for the post with these ids, None if it has no comments."""
        comments: dict[str, Json] = {}
        for one in ids:
            comments = {**self._of.get(one, {}), **comments}
        threads = _Threads(comments, self.names).all()
        if not threads:
            return None
        written = json.dumps({"comments": threads}, ensure_ascii=False, indent=1)
        if any("\ud800" <= character <= "\udfff" for character in written):
            # Half of a surrogate pair, which only an escape can express.
            written = json.dumps({"comments": threads}, indent=1)
        return written + "\n"

    def __bool__(self) -> bool:
        return bool(self._of)


def _may_have_some(page: Page) -> bool:
    try:
        if page.error is not None:
            return False
        if page.data is not None:
            return sniff(page.data[:_HEAD]) is Kind.JSON
        if not page.is_larger(0):
            return False  # skip pipes: they can be read only once
        with page.open() as file:
            return sniff(file.read(_HEAD)) is Kind.JSON
    except OSError:
        return False


def _comments_in(value: Any) -> Iterator[Json]:
    """Yield every object that is a comment, wherever it is in a value."""
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, list):
            stack.extend(reversed(item))
        elif isinstance(item, dict):
            if "resourceId" in item and "content" in item and ("createdDate" in item or "author" in item):
                yield item
            else:
                stack.extend(reversed(item.values()))


class _Threads:
    """The comments on one post by date, each with its replies."""

    def __init__(self, comments: dict[str, Json], names: Names) -> None:
        self._names = names
        self._replies: dict[str | None, list[tuple[str, Json]]] = {}
        for key, comment in sorted(comments.items(), key=lambda one: (_date(one[1]) or "", one[0])):
            parent = _parent(comment, key)
            self._replies.setdefault(parent if parent in comments else None, []).append((key, comment))

    def all(self) -> list[Json]:
        """Return the threads, the oldest first."""
        return self._under(None, 0)

    def _under(self, parent: str | None, depth: int) -> list[Json]:
        # Each comment has one parent, so comments that answer each other in a circle are unreachable from the top and
        # left out.
        fields = (self._as_dict(key, comment, depth) for key, comment in self._replies.get(parent, ()))
        return [one for one in fields if one is not None]

    def _as_dict(self, key: str, comment: Json, depth: int) -> Json | None:
        replies = self._under(key, depth + 1) if depth < _DEEPEST else []
        status = line(comment, "status").upper()
        if status in _GONE:
            # Keep the replies: show the deleted comment as a placeholder.
            return {"id": key, "deleted": True, "replies": replies} if replies else None
        author = line(comment, "author", "memberId")
        name = line(comment, "author", "authorName") or self._names.members.get(author)
        fields: Json = {
            "id": key,
            "date": _date(comment),
            "updated": instant(comment.get("updatedDate")) if flag(comment, "contentEdited") else None,
            "author": name or None,
            "author_id": author if author and not name else None,
            "rating": comment.get("rating") if isinstance(comment.get("rating"), int) else None,
            "status": status.lower() if status not in ("", "PUBLISHED", "STATUS_UNKNOWN") else None,
            "text": _markdown(comment),
            "replies": replies,
        }
        return {name: value for name, value in fields.items() if value not in (None, [], "")}


def _parent(comment: Json, key: str) -> str | None:
    """Return the id of the comment that this one answers; older versions list all above it, the nearest last."""
    above = comment.get("parentIdsInThread")
    candidates = [line(comment, "parentComment", "id"), *(reversed(above) if isinstance(above, list) else [])]
    return next((one for one in candidates if isinstance(one, str) and one and one != key), None)


def _date(comment: Json) -> str | None:
    """Return when a comment was written: `commentDate` is the original time of an imported one."""
    return instant(comment.get("commentDate")) or instant(comment.get("createdDate"))


def _markdown(comment: Json) -> str:
    """Return the text of a comment as Markdown."""
    from ..readers.article_building.context import Context
    from ..readers.documents.body import document, read_body
    from ..writers.markdown.writer import write_markdown

    content = obj(comment, "content")
    body = document(dig(content, "richContent")) or document(content)
    if body is None:
        return text(content, "plainText").strip() or text(comment, "content").strip()
    return write_markdown(read_body(body, Context(LinkRestorer(None)))).rstrip("\n")
