"""Test comments: threads with names and Markdown, in files next to their posts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from support.feeds import feed, item
from support.post_pages import post_page
from support.wix_api import ADA, BEN, comment, reference, ricos
from unwix.blog.comments import Comments
from unwix.model.page import Page
from unwix.readers.documents.names import Names

ON = reference(1)
NAMES = Names(members={ADA: "Ada Potter", BEN: "Ben Kiln"})


def file_of(*comments: dict[str, Any], names: Names = NAMES, ids: tuple[str, ...] = (ON,)) -> list[dict[str, Any]]:
    answer = {"comments": list(comments), "pagingMetadata": {"count": len(comments)}}
    found = Comments.among([Page("comments.json", data=json.dumps(answer).encode())], names)
    text = found.file_of(ids)
    return json.loads(text)["comments"] if text else []


def key(number: int) -> str:
    return comment(number, ON, "")["id"]


def test_threads_are_in_order_with_names() -> None:
    message = file_of(
        comment(3, ON, "A reply.", parent=key(1), author={"memberId": ADA}),
        comment(2, ON, "Later."),
        comment(1, ON, "First."),
        comment(4, reference(2), "On another post."),
    )
    assert message == [
        {
            "id": key(1),
            "date": "2024-05-02T10:00:00.000Z",
            "author": "Ben Kiln",
            "text": "First.",
            "replies": [{"id": key(3), "date": "2024-05-04T10:00:00.000Z", "author": "Ada Potter", "text": "A reply."}],
        },
        {"id": key(2), "date": "2024-05-03T10:00:00.000Z", "author": "Ben Kiln", "text": "Later."},
    ]


def test_comment_text_is_markdown() -> None:
    bold = ricos("A *star* and [a bracket]", "Two")
    bold["nodes"][1]["nodes"][0]["textData"]["decorations"] = [
        {"type": "BOLD", "fontWeightValue": 700},
        {"type": "LINK", "linkData": {"link": {"url": "javascript:alert(1)"}}},
    ]
    (thread,) = file_of(comment(1, ON, "", content={"richContent": bold}))
    assert thread["text"] == "A \\*star* and [a bracket]\n\n**Two**"


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"author": {"visitorId": "v", "authorName": "A guest"}}, {"author": "A guest"}),
        ({"author": {"memberId": "ffffffff-0000-4000-8000-000000000009"}}, {"author_id": "ffffffff-0000-4000-8000-000000000009"}),
        ({"author": None, "rating": 4}, {"rating": 4}),
        ({"status": "PENDING"}, {"author": "Ben Kiln", "status": "pending"}),
        ({"commentDate": "2012-01-02T03:04:05.000Z"}, {"date": "2012-01-02T03:04:05.000Z", "author": "Ben Kiln"}),
        ({"contentEdited": True, "updatedDate": "2025-01-02T03:04:05.000Z"}, {"updated": "2025-01-02T03:04:05.000Z", "author": "Ben Kiln"}),
        ({"content": {"plainText": "Said."}}, {"author": "Ben Kiln", "text": "Said."}),
        ({"content": None}, {"author": "Ben Kiln"}),
    ],
)  # fmt: skip
def test_forms_of_a_comment(more: dict[str, Any], expected: dict[str, Any]) -> None:
    (thread,) = file_of(comment(1, ON, "Said.", **more))
    usual = {"id": key(1), "date": "2024-05-02T10:00:00.000Z", "text": "Said."}
    if more.get("content", 1) is None:
        del usual["text"]
    assert thread == {**usual, **expected}


def test_deleted_comment_with_replies_stays() -> None:
    message = file_of(
        comment(1, ON, "Gone.", status="DELETED"),
        comment(2, ON, "An answer.", parent=key(1)),
        comment(3, ON, "Gone too.", status="DELETED"),
    )
    assert [one.get("deleted") for one in message] == [True]
    assert "Gone" not in json.dumps(message)
    assert [one["text"] for one in message[0]["replies"]] == ["An answer."]


def test_older_versions_name_all_parents() -> None:
    message = file_of(
        comment(1, ON, "One."), comment(2, ON, "Two.", parentIdsInThread=[key(9), key(1)], parentComment=None)
    )
    assert [one["text"] for one in message[0]["replies"]] == ["Two."]


def test_cyclic_and_unknown_parents_are_handled() -> None:
    circle = [
        comment(1, ON, "a", parent=key(2)),
        comment(2, ON, "b", parent=key(1)),
        comment(3, ON, "c", parent=key(3)),
    ]
    assert [one["text"] for one in file_of(*circle, comment(4, ON, "d", parent="no such"))] == ["c", "d"]
    deep = [comment(n, ON, f"{n}", parent=key(n - 1) if n else None) for n in range(3000)]
    assert len(file_of(*deep)) == 1


def test_unreadable_files_have_no_comments() -> None:
    for data in (
        b"",
        b'{"resourceId"',
        b'{"resourceId": [' + b"[" * 100_000,
        post_page(),
        b'{"comments": [{"resourceId": 3, "content": 4, "author": 5}]}',
    ):
        assert not Comments.among([Page("x", data=data), Page("gone", path=Path("no such file"))])


def test_a_comment_names_its_post_by_any_of_its_ids() -> None:
    assert len(file_of(comment(1, ON, "One."), ids=("another", ON))) == 1
    assert file_of(comment(1, ON, "One."), ids=("another",)) == []


def test_lone_surrogate_is_written_as_an_escape() -> None:
    answer = {"comments": [comment(1, ON, "half \ud83d", author={"authorName": "\ud83d"})]}
    text = Comments.among([Page("x", data=json.dumps(answer).encode())]).file_of([ON])
    assert text is not None
    assert text.isascii() or text.encode()


def test_feed_guid_identifies_the_post() -> None:
    from unwix import readers

    (post,) = readers.read(Page("feed.xml", data=feed(item())))
    assert post.ids == ["61f66de02fab3638d90f1462"]
