"""Test the REST API with an owner's key and a local server: the whole blog, rate limits, and no trace of the key."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from support.wix_api import ADA, KEY, SITE_ID, Blog, Json, Time, api, post, serving
from unwix.model.errors import UnwixError
from unwix.model.page import Page
from unwix.sources.api.client import ApiClient, ApiError
from unwix.sources.api.responses import STATE, ApiResponses
from unwix.sources.api.source import ApiSource
from unwix.sources.http.transport import ResponseLimits

POSTS = "/blog/v3/posts/query"
Before = Callable[[str, int], tuple[int, Json | bytes, dict[str, str]] | None]


def fetched(blog: Blog, folder: Path, comments: bool = False, time: Time | None = None) -> ApiResponses:
    with serving(blog) as base:
        answers = ApiResponses(api(base, time), folder, comments)
        answers.fetch()
    return answers


def at(path: str, answer: tuple[int, Json | bytes, dict[str, str]], *numbers: int) -> Before:
    """Return this response for a path, for all of its requests or for some."""
    return lambda asked, n: answer if asked.startswith(path) and (not numbers or n in numbers) else None


def titles(folder: Path, name: str = "posts", key: str = "posts") -> list[str]:
    return [
        one["title"]
        for path in sorted((folder / name).glob("*.json"))
        for one in json.loads(path.read_text())[key] or []
    ]


def paths(blog: Blog) -> list[str]:
    return [path for path, _, _ in blog.asked]


@pytest.mark.parametrize("cursors", [True, False])
def test_every_list_is_read_to_its_end(cursors: bool, tmp_path: Path) -> None:
    blog = Blog(cursors=cursors)
    answers = fetched(blog, tmp_path)
    assert titles(tmp_path) == [f"Pot {n}" for n in range(1, 8)]
    assert titles(tmp_path, "drafts", "draftPosts") == ["Pot 20", "Pot 21"]
    assert titles(tmp_path, "trash", "draftPosts") == ["Pot 30"]
    assert json.loads((tmp_path / f"members/{ADA}.json").read_text())["member"]["profile"]["nickname"] == "Ada Potter"
    assert answers.notes == []
    assert paths(blog).count(POSTS) == 3
    first = blog.asked[0][1]
    assert first is not None
    assert {"RICH_CONTENT", "METRICS", "SEO", "URL", "REFERENCE_ID"} <= {*first["fieldsets"]}


def test_empty_blog_is_not_an_error(tmp_path: Path) -> None:
    fetched(Blog(posts=[], drafts=[], trash=[], categories=[], tags=[]), tmp_path)
    assert titles(tmp_path) == []


def test_endless_cursor_is_stopped(tmp_path: Path) -> None:
    same = {"posts": [post(1)], "pagingMetadata": {"cursors": {"next": "again"}}}
    blog = Blog(before=at(POSTS, (200, same, {})))
    fetched(blog, tmp_path)
    assert paths(blog).count(POSTS) == 2


# ---- politeness ---------------------------------------------------------------------------------------------------


def test_rate_limit_of_200_requests_per_minute() -> None:
    time = Time()
    blog = Blog(categories=[], before=lambda path, _n: (200, {"categories": []}, {}))
    with serving(blog) as base:
        asking = api(base, time)
        for _ in range(450):
            asking.ask("/x", "Read Blog")
    assert sum(time.waits) == pytest.approx(120)
    assert len(blog.asked) == 450


@pytest.mark.parametrize("status", [429, 500, 503])
def test_busy_server_is_retried_after_its_delay(status: int, tmp_path: Path) -> None:
    time = Time()
    busy = at(POSTS, (status, {"message": "later"}, {"Retry-After": "17"}), 1, 2)
    fetched(Blog(before=busy), tmp_path, time=time)
    assert len(titles(tmp_path)) == 7
    assert time.waits[:2] == [17, 17]


def test_a_server_that_stays_busy_is_reported(tmp_path: Path) -> None:
    time = Time()
    busy = at("", (503, b"<html>busy</html>", {}))
    with pytest.raises(ApiError, match="status 503"):
        fetched(Blog(before=busy), tmp_path, time=time)
    assert len(time.waits) == 5
    assert time.waits == sorted(time.waits)
    long = at("", (429, {}, {"Retry-After": "4000"}))
    with pytest.raises(ApiError, match="Wix asks to wait for 4000 seconds"):
        fetched(Blog(before=long), tmp_path / "b", time=time)


# ---- what the key may not -----------------------------------------------------------------------------------------


def refusing(status: int, *refused: str) -> Before:
    error = {
        "message": "Denied",
        "details": {"applicationError": {"code": "FORBIDDEN", "description": f"not for {KEY}"}},
    }
    return lambda path, _n: (status, error, {}) if any(path.startswith(one) for one in refused) else None


@pytest.mark.parametrize(
    ("status", "message"),
    [
        (401, "Wix does not accept the key (401). Make one at https://manage.wix.com/account/api-keys with the permission “Read Blog”"),
        (403, f"The key does not have the permission “Read Blog” for the site {SITE_ID} (403)."),
        (404, "Wix answers /blog/v3/posts/query with status 404. Wix says: Denied – FORBIDDEN – not for ***"),
        (302, "with a redirect, which is not followed with a key"),
    ],
)  # fmt: skip
def test_api_without_post_permission_fails(status: int, message: str, tmp_path: Path) -> None:
    with pytest.raises(ApiError) as error:
        fetched(Blog(before=refusing(status, POSTS)), tmp_path)
    assert message in str(error.value)
    assert KEY not in str(error.value)


def test_missing_permissions_are_reported_and_the_rest_is_fetched(tmp_path: Path) -> None:
    blog = Blog(before=refusing(403, "/blog/v3/draft-posts", "/members", "/comments"))
    answers = fetched(blog, tmp_path, comments=True)
    assert len(titles(tmp_path)) == 7
    missing_parts = [note.partition("“")[2].partition("”")[0] for note in answers.notes]
    assert missing_parts == ["Manage Blog", "Manage Blog", "Read Comments", "Read Members"]


def test_a_redirect_is_not_followed_with_the_key(tmp_path: Path) -> None:
    away = at("", (302, {}, {"Location": "https://elsewhere.example/"}))
    blog = Blog(before=away)
    with pytest.raises(ApiError, match="redirect"):
        fetched(blog, tmp_path)
    assert len(blog.asked) == 1


@pytest.mark.parametrize(
    ("key", "site"),
    [("", SITE_ID), ("a\nb: c" * 9, SITE_ID), ("ключ" * 9, SITE_ID), (KEY, "https://x.example"), (KEY, "../..")],
)
def test_invalid_key_or_site_id_is_refused(key: str, site: str) -> None:
    with pytest.raises(ApiError) as error:
        ApiClient(key, site)
    assert key.strip() == "" or key.strip() not in str(error.value)


# ---- older and odd forms ------------------------------------------------------------------------------------------


def test_older_api_versions_get_their_form_of_requests(tmp_path: Path) -> None:
    def old(path: str, number: int) -> Any:
        if path == "/blog/v3/tags/query":
            return 404, {"message": "no such thing"}, {}
        if path == "/blog/v2/tags/query":
            return 200, {"tags": [{"id": "t", "label": "old"}], "metaData": {"count": 1, "offset": 0, "total": 1}}, {}
        if path == POSTS and number == 1:
            return 400, {"message": "REFERENCE_ID is no fieldset"}, {}
        return None

    blog = Blog(before=old)
    answers = fetched(blog, tmp_path)
    assert answers.notes == []
    assert json.loads((tmp_path / "tags/0001.json").read_text())["tags"][0]["label"] == "old"
    assert len(titles(tmp_path)) == 7
    assert all("REFERENCE_ID" not in body["fieldsets"] for path, body, _ in blog.asked[1:4] if path == POSTS and body)


def test_too_large_response_is_requested_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("unwix.sources.api.client.ResponseLimits", lambda: ResponseLimits(bytes=4000))
    blog = Blog(
        posts=[post(n, richContent=None, contentText="x" * 900) for n in range(9)], page=50, drafts=[], trash=[]
    )
    fetched(blog, tmp_path)
    assert len(titles(tmp_path)) == 9
    assert max(path.stat().st_size for path in tmp_path.rglob("*.json")) < 4000


@pytest.mark.parametrize("content", [b"", b"<html>", b"[1]", b"null", b"[" * 100_000])
def test_an_answer_that_is_no_json_is_reported(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(ApiError, match="not a JSON object"):
        fetched(Blog(before=lambda _p, _n: (200, content, {})), tmp_path)


# ---- the folder ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fails_at", [1, 2, 3])
def test_stopped_run_resumes(fails_at: int, tmp_path: Path) -> None:
    failing = Blog(before=lambda path, n: (400, {"message": "broken"}, {}) if path == POSTS and n >= fails_at else None)
    with pytest.raises(ApiError):
        fetched(failing, tmp_path)
    kept = {path: path.stat().st_mtime_ns for path in (tmp_path / "posts").glob("*.json")}
    assert len(kept) == fails_at - 1
    blog = Blog()
    fetched(blog, tmp_path)
    assert titles(tmp_path) == [f"Pot {n}" for n in range(1, 8)]
    assert paths(blog).count(POSTS) == 3 - len(kept)
    assert all(path.stat().st_mtime_ns == when for path, when in kept.items())
    assert not list(tmp_path.rglob(".unwix-*"))


def test_expired_cursor_restarts_the_list(tmp_path: Path) -> None:
    with pytest.raises(ApiError):
        fetched(Blog(before=lambda path, n: (401, {}, {}) if path == POSTS and n == 2 else None), tmp_path)
    blog = Blog(before=lambda path, n: (400, {"message": "cursor expired"}, {}) if path == POSTS and n == 1 else None)
    fetched(blog, tmp_path)
    assert titles(tmp_path) == [f"Pot {n}" for n in range(1, 8)]


def test_second_run_refreshes_and_removes_deleted_posts(tmp_path: Path) -> None:
    fetched(Blog(), tmp_path)
    (tmp_path / "posts/0099.json").write_text("{}")  # a foreign file
    fetched(Blog(posts=[post(7)]), tmp_path)
    assert sorted(path.name for path in (tmp_path / "posts").iterdir()) == ["0001.json", "0099.json"]
    assert json.loads((tmp_path / "posts/0001.json").read_text())["posts"][0]["title"] == "Pot 7"


def test_foreign_directory_is_not_changed(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(UnwixError, match="is not empty"):
        fetched(Blog(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    other = tmp_path / "other"
    other.mkdir()
    (other / STATE).write_text(json.dumps({"site": "another"}))
    with pytest.raises(UnwixError, match="another site"):
        fetched(Blog(), other)


# ---- as a source --------------------------------------------------------------------------------------------------


def test_source_can_be_read_again_without_requests() -> None:
    blog = Blog()
    with serving(blog) as base:
        source = ApiSource(api(base))
        first = [(page.source, page.read()) for page in source.pages()]
        path = len(blog.asked)
        assert [(page.source, page.read()) for page in source.pages()] == first
        assert source.count() == len(first)
        assert len(blog.asked) == path
    assert first[0][0] == "api:posts/0001.json"
    assert isinstance(next(iter(source.pages())), Page)


def test_key_is_not_stored(tmp_path: Path) -> None:
    echo = Blog(posts=[post(1, title=f"It said {KEY}")])
    answers = fetched(echo, tmp_path)
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or KEY not in path.read_text()
    assert titles(tmp_path) == ["It said ***"]
    assert KEY not in repr(answers)
