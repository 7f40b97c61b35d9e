"""Readers' comments in WordPress's import file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lxml import etree

from support.terminal import run
from unwix.writers.import_files.wxr_comments import comments

_HEAD = '<item xmlns:wp="http://wordpress.org/export/1.2/">'


def _written(*threads: dict[str, Any]) -> list[dict[str, str]]:
    item = etree.fromstring(f"{_HEAD}{''.join(comments(threads))}</item>")
    return [{str(field.tag).partition("comment_")[2]: field.text or "" for field in row} for row in item]


def test_threads_keep_their_order_and_their_replies() -> None:
    rows = _written(
        {
            "date": "2024-05-02T10:00:00.000Z",
            "author": "Ben Kiln",
            "text": "First.",
            "replies": [{"date": "2024-05-04T12:00:00+02:00", "author": "Ada", "text": "A reply."}],
        },
        {"deleted": True, "replies": [{"text": "To nothing."}]},
    )
    assert [(row["id"], row["parent"], row["author"], row["content"]) for row in rows] == [
        ("1", "0", "Ben Kiln", "First."),
        ("2", "1", "Ada", "A reply."),
        ("3", "0", "", "To nothing."),
    ]
    assert [row["date_gmt"] for row in rows] == ["2024-05-02 10:00:00", "2024-05-04 10:00:00", ""]
    assert {row["approved"] for row in rows} == {"1"}


def test_unapproved_comment_waits_for_moderation() -> None:
    rows = _written(
        {"text": "a", "status": "pending"}, {"text": "b", "status": "spam"}, {"text": "c", "status": "hidden"}
    )
    assert [row["approved"] for row in rows] == ["0", "spam", "0"]


def test_comments_keep_marks_and_run_no_code() -> None:
    (row,) = _written(
        {
            "text": "Two **fine** [pots](https://example.com/a?b&c)\n\n<script>alert(1)</script><b onclick=x>c</b>\n\n[x](javascript:y)"
        }
    )
    assert row["content"] == (
        'Two <strong>fine</strong> <a href="https://example.com/a?b&amp;c">pots</a>\n\nc\n<a>x</a>'
    )


def test_ghosts_import_has_no_comments(tmp_path: Path) -> None:
    result = run("convert", tmp_path, "-o", tmp_path / "out", "--to", "ghost", "--comments")
    assert (result.code, "--comments cannot be used with --to ghost" in result.err) == (2, True)
