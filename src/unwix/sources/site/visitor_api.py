"""Read the posts of a live site from its own API with a visitor's token, without the owner's key.

The API is undocumented (docs/wix/api.md#visitor-api), so every request can fail. Then the pages of the site are read as
if there were no API, and `warnings()` says why.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from ...web.json_path import Json
from ...web.urls import split_url
from ..api.requests import items_of
from ..http.errors import FetchError, error_from_status
from ..http.fetch import Fetcher, Response
from . import visitor_requests as requests
from .visitor_requests import Call, ListedPost
from .visitor_token import VisitorToken

#: After this many documents in a row that could not be downloaded, no other is requested.
_FAILURES = 3
#: The largest number of requests for one list, against a list without end.
_PAGES = 1000
#: The largest number of members whose names are requested.
_MEMBERS = 500
#: Causes that are the same for every request.
_FINAL = frozenset({"no-token", "host", "certificate", "private"})
_PAGES_ONLY = "posts are read from their pages only"


class Unavailable(Exception):
    """The API does not give what it was asked for; the text says why."""

    def __init__(self, error: FetchError) -> None:
        super().__init__(error.reason)
        self.error = error


@dataclass(slots=True)
class VisitorApi:
    """The API of one site. `root` is the site's URL without a slash at its end."""

    root: str
    fetcher: Fetcher
    total: int | None = None
    """The number of posts that the list of all posts states."""
    listed: dict[str, ListedPost] = field(default_factory=dict)
    """The posts of that list, by `PostIndex.key`."""
    answers: list[Call] = field(default_factory=list)
    """Requests whose answers contain the documents of many posts, or the names of categories and tags."""
    documents: int = 0
    """The number of documents that were received."""
    comments: Counter[str] = field(default_factory=Counter)
    """Of comments: how many were `received`, how many the posts that were asked for `counted`; `fewer`: posts."""
    notes: list[str] = field(default_factory=list)
    """What could not be downloaded, a sentence each."""
    stopped: str | None = None
    """Why no more documents are requested."""
    _failures: list[str] = field(default_factory=list)
    """Why each document that failed could not be downloaded."""
    _in_a_row: int = 0
    _uncached: str | None = None
    """With --offline: the list of all posts is not in the cache."""
    _no_comments: bool = False
    _members: set[str] = field(default_factory=set)
    """The ids of members whose names were requested."""
    _no_members: bool = False
    _of_site: VisitorToken = field(init=False)
    _of_client: VisitorToken | None = field(init=False)

    def __post_init__(self) -> None:
        self._of_site = VisitorToken(self.fetcher, [Call(f"{self.root}{path}") for path in requests.TOKEN_PATHS])
        client = self.fetcher.settings.client_id
        # The owner has made the client for programs, so robots.txt of Wix's host is not asked.
        self._of_client = (
            VisitorToken(self.fetcher, [requests.token_of_client(client)], obey=False) if client is not None else None
        )

    @property
    def is_on(self) -> bool:
        """Return whether the API may be asked at all: a token is never sent without TLS."""
        return self.fetcher.settings.visitor_api and split_url(self.root).scheme == "https"

    # ---- lists ------------------------------------------------------------------------------------------------------

    def posts(self) -> Iterator[ListedPost]:
        """Yield the posts of the list of all posts, as far as it can be read."""
        if self._of_client is not None:
            for documents in (True, False):  # Wix can refuse RICH_CONTENT to a client
                try:
                    yield from self._list(partial(requests.posts_of_client, documents=documents))
                    return
                except Unavailable as failure:
                    reason = str(failure)
            self.notes.append(f"--client-id: {reason}; the API on the site's host is used instead")
        try:
            yield from self._list(requests.posts_of_site)
        except Unavailable as failure:
            if failure.error.cause == "not-cached":
                self._uncached = str(failure)
            elif self._is_final(failure.error) or not self._may_request(requests.document_of("post", "en")):
                self.stopped = str(failure)
            else:
                self.notes.append(f"the list of all posts could not be read: {failure}")

    def _list(self, form: Callable[[int], Call]) -> Iterator[ListedPost]:
        """Yield the posts of all pages of a list. Raises Unavailable."""
        for call, answer in self._walk(form):
            posts = list(requests.posts_in(answer, self.root))
            self.total = requests.total_in(answer) if self.total is None else self.total
            if any(post.has_document for post in posts):
                self.answers.append(call)
            yield from posts

    def lists(self) -> Iterator[str]:
        """Yield the URLs of the lists of categories and tags, and keep the answers, which contain their names."""
        base = requests.SITE_BLOG if self._of_client is None else requests.CLIENT_BLOG
        for form in (requests.categories_at, requests.tags_at):
            if self.stopped is not None and self._of_client is None:
                return
            try:
                for call, answer in self._walk(partial(form, base)):
                    self.answers.append(call)
                    yield from requests.urls_of_lists(answer, self.root)
            except Unavailable:
                continue  # the document of a post contains the names of its categories and tags, too

    def _walk(self, form: Callable[[int], Call]) -> Iterator[tuple[Call, Json]]:
        """Yield the pages of a list with their requests. Raises Unavailable."""
        offset = 0
        last: list[Json] = []
        for _ in range(_PAGES):
            call = form(offset)
            answer = self._answer(call)
            items, total = items_of(answer), requests.total_in(answer)
            if not items or items == last:  # a server that ignores the offset
                return
            yield call, answer
            offset, last = offset + len(items), items
            if offset >= total if total is not None else len(items) < requests.PAGE_SIZE:
                return

    def kept_answers(self) -> Iterator[Response]:
        """Yield the answers in `answers` again. They come from the cache."""
        for call in self.answers:
            try:
                yield self._response(call)
            except Unavailable as failure:
                self.notes.append(str(failure))

    # ---- posts ------------------------------------------------------------------------------------------------------

    def document(self, post: ListedPost, is_listed: bool) -> tuple[Response, Json] | None:
        """Return the answer with the document of a post, and the post in it; None if there is none."""
        if self.stopped is not None:
            return None
        try:
            answer = self._response(requests.document_of(post.slug, (post.language or "en").split("-")[0].lower()))
            document = requests.post_in(requests.parse(answer.data) or {})
            if document is None:
                raise Unavailable(FetchError("damaged", answer.url, "it contains no post"))
        except Unavailable as failure:
            # A page that is not in the list can be of another blog. That is known only if other posts have documents.
            if failure.error.cause != "gone" or is_listed or not self.documents or self._of_site.error is not None:
                self._fail(failure.error)
            return None
        self._in_a_row = 0
        self.documents += 1
        return answer, document

    def _fail(self, error: FetchError) -> None:
        self._failures.append(error.reason)
        if error.cause == "not-cached":
            return  # without a network, the other documents can be in the cache
        self._in_a_row += 1
        if self._in_a_row >= _FAILURES or self._is_final(error) or error.cause == "robots":
            self.stopped = error.reason

    def _is_final(self, error: FetchError) -> bool:
        """Return whether all other requests to the site would fail for the same reason."""
        return error.cause in _FINAL or self._of_site.error is not None

    def members(self, ids: Iterable[str]) -> Iterator[Response]:
        """Yield the answers with the names of the members who wrote comments, each requested once."""
        for member in ids:
            if self._no_members or member in self._members or len(self._members) >= _MEMBERS:
                continue
            self._members.add(member)
            try:
                yield self._response(requests.member_of(member))
            except Unavailable as failure:
                if failure.error.cause != "gone":  # a member who has left
                    self._no_members = True
                    self.notes.append(f"names of commenters could not be downloaded: {failure}")

    def comments_on(self, post: Json) -> Iterator[Response]:
        """Yield the answers with the comments on a post of `document`."""
        counted, resources = requests.comments_of(post), requests.resources_of(post)
        if self._no_comments or counted == 0 or not resources:
            return
        received = 0
        authors: dict[str, None] = {}
        try:
            for answer in self._pages_of_comments(resources[0]):
                comments = list(requests.comments_in(requests.parse(answer.data) or {}))
                received += len(comments)
                authors |= dict.fromkeys(filter(None, map(requests.author_of, comments)))
                yield answer
        except Unavailable as failure:
            self._no_comments = True
            self.notes.append(f"comments could not be downloaded: {failure}")
            return
        yield from self.members(authors)
        self.comments.update(received=received, counted=max(counted or 0, received), fewer=received < (counted or 0))

    def _pages_of_comments(self, resource: str) -> Iterator[Response]:
        """Yield the pages of the list of comments on a post. Raises Unavailable."""
        cursor: str | None = None
        for _ in range(_PAGES):
            answer = self._response(requests.comments_on(resource, cursor))
            yield answer
            following = requests.cursor_in(requests.parse(answer.data) or {})
            if following is None or following == cursor:
                return
            cursor = following

    # ---- requests ---------------------------------------------------------------------------------------------------

    def _may_request(self, call: Call) -> bool:
        try:
            return self.fetcher.robots(self._url(call)).allows(self._url(call))
        except FetchError:
            return False

    def _url(self, call: Call) -> str:
        return f"{self.root}{call.url}" if call.url.startswith("/") else call.url

    def _answer(self, call: Call) -> Json:
        """Return the JSON of an answer. Raises Unavailable."""
        answer = self._response(call)
        value = requests.parse(answer.data)
        if value is None:
            raise Unavailable(FetchError("damaged", answer.url, "it is not JSON"))
        return value

    def _response(self, call: Call) -> Response:
        """Return an answer with status 200. Raises Unavailable."""
        token = self._of_client if call.url.startswith(requests.HOST) else self._of_site
        assert token is not None
        url = self._url(call)
        try:
            answer = token.call(url, call)
        except FetchError as error:
            raise Unavailable(error) from None
        if answer.status != 200:
            raise Unavailable(error_from_status(url, answer.status))
        return answer

    # ---- report -----------------------------------------------------------------------------------------------------

    def warnings(self) -> list[str]:
        """Return what could not be read from the API, and what is done instead, a sentence each."""
        notes = [*self.notes]
        if fewer := self.comments["fewer"]:
            posts = "1 post has fewer than it counts" if fewer == 1 else f"{fewer} posts have fewer than they count"
            notes.append(f"{self.comments['received']} of {self.comments['counted']} comments were received; {posts}")
        if self._uncached is not None and not self.documents:
            notes.append(f"{self._uncached}; {_PAGES_ONLY}")
        elif self.stopped is not None:
            notes.append(f"{self.stopped}; {_PAGES_ONLY if not self.documents else f'the other {_PAGES_ONLY}'}")
        elif self._failures:
            number = len(self._failures)
            posts = f"the documents of {number} posts" if number > 1 else "the document of one post"
            notes.append(f"{posts} could not be downloaded ({self._failures[0]}); their pages are read instead")
        return [f"visitor API: {text}" for text in notes]
