"""The library: what `from unwix import …` gives, and what it promises."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree

import unwix
from support.post_pages import SAMPLE_BODY, SITE, h, list_page, p, picture, post_page, table
from unwix import Metadata, Page, Post, Problem, Skipped, UnreadablePage, UnwixError, convert
from unwix.model.article import validate


def test_every_public_name_is_there() -> None:
    assert {
        "convert",
        "Post",
        "Page",
        "Problem",
        "UnreadablePage",
        "Skipped",
        "UnwixError",
        "Metadata",
        "__version__",
    } <= {*unwix.__all__}
    for name in unwix.__all__:
        assert getattr(unwix, name) is not None
    with pytest.raises(AttributeError, match="has no attribute 'melt'"):
        _ = unwix.melt  # type: ignore[attr-defined]


def test_bytes_in_post_out() -> None:
    post = convert(post_page(h("A part") + p("Words."), "A pot", "a-pot"))
    assert isinstance(post, Post)
    assert isinstance(post.metadata, Metadata)
    assert (post.source, post.reader, post.problems) == ("bytes", "viewer", [])
    assert post.metadata.title == "A pot"
    assert post.metadata.slug == "a-pot"
    assert post.metadata.date == "2025-03-04T05:06:07.891Z"
    assert post.metadata.authors == ["Ada Potter"]
    assert post.metadata.language == "en"
    assert post.metadata.canonical_url == f"{SITE}/post/a-pot"
    assert etree.tostring(post.article, encoding="unicode") == "<article><h2>A part</h2><p>Words.</p></article>"
    assert {*post.provenance} == {*post.metadata.as_dict()}


@pytest.mark.parametrize("make", [str, Path])
def test_path_in_post_out(make: type, tmp_path: Path) -> None:
    path = tmp_path / "a page.html"
    path.write_bytes(post_page())
    post = convert(make(path))
    assert post.source == path.as_posix()
    assert post.article[0].text == SAMPLE_BODY


def test_page_in_post_out() -> None:
    assert convert(Page("mine", data=post_page())).source == "mine"


def test_what_is_no_post_raises() -> None:
    with pytest.raises(Skipped, match=r"^a blog list page$"):
        convert(list_page())
    with pytest.raises(Skipped, match=r"^an image$"):
        convert(b"\x89PNG\r\n\x1a\n")


def test_what_cannot_be_read_raises(tmp_path: Path) -> None:
    with pytest.raises(UnreadablePage, match=r"^the file contains only NUL characters; it is damaged$"):
        convert(b"\0")
    with pytest.raises(UnreadablePage, match=r"^the file cannot be read: No such file or directory$"):
        convert(tmp_path / "nowhere.html")
    with pytest.raises(UnreadablePage, match=r"^the file cannot be read: Is a directory$"):
        convert(tmp_path)
    assert issubclass(UnreadablePage, UnwixError)
    assert issubclass(Skipped, UnwixError)


def test_a_post_comes_back_from_a_pickle() -> None:
    post = convert(
        post_page(
            h("A part")
            + p('x <a href="#viewer-hhhhh">to it</a>')
            + picture("alt", "caption")
            + table(("a", "b"), ("c", "d"))
            + '<div data-hook="galleryViewer"></div>'
        )
    )
    back = pickle.loads(pickle.dumps(post))
    assert etree.tostring(back.article) == etree.tostring(post.article)
    assert validate(back.article) == []
    for name in Post.__slots__:
        if name != "article":
            assert getattr(back, name) == getattr(post, name), name


@pytest.mark.parametrize("page", [Page("a", path=Path("x/y.html")), Page("b", data=b"\0\xff")])
def test_a_page_comes_back_from_a_pickle(page: Page) -> None:
    assert pickle.loads(pickle.dumps(page)) == page


def test_a_problem_comes_back_from_a_pickle_and_as_data() -> None:
    problem = Problem("gallery-missing", "block 17", "gone")
    assert pickle.loads(pickle.dumps(problem)) == problem
    assert problem.severity == "warning"
    assert problem.as_dict() == {
        "kind": "gallery-missing",
        "severity": "warning",
        "where": "block 17",
        "detail": "gone",
    }


def test_an_error_comes_back_from_a_pickle() -> None:
    assert str(pickle.loads(pickle.dumps(UnreadablePage("why")))) == "why"


def test_metadata_names_only_what_is_known() -> None:
    assert Metadata().as_dict() == {}
    assert Metadata(title="x", views=0, tags=[], description="").as_dict() == {"title": "x", "views": 0}


def test_types_are_shipped() -> None:
    assert (Path(unwix.__file__).parent / "py.typed").is_file()


def test_types_hold_for_those_who_use_it(tmp_path: Path) -> None:
    pytest.importorskip("mypy")
    (tmp_path / "use.py").write_text(
        "from unwix import convert, Page, Post, Problem\n"
        'post: Post = convert(b"")\n'
        "title: str | None = post.metadata.title\n"
        "problems: list[Problem] = post.problems\n"
        'convert(Page("x", data=b""))\n'
        "convert(5)\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache"), "use.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert [line.split(": error: ")[0] for line in done.stdout.splitlines() if ": error: " in line] == ["use.py:6"], (
        done.stdout
    )
