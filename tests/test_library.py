"""Test the library: the names in `from unwix import …`, and their contracts."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree

import unwix
from support.dump_stories import BYLINE, FOOTER, MENU, STORIES
from support.post_pages import SAMPLE_BODY, SITE, h, list_page, p, picture, post_page, table
from support.terminal import run
from unwix import (
    ConvertedPost,
    Metadata,
    Page,
    Problem,
    Skipped,
    UnreadablePage,
    UnwixError,
    convert,
    convert_all,
    readers,
)
from unwix.model.article import validate
from unwix.model.post import Post


def test_every_public_name_exists() -> None:
    assert {
        "convert",
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
    assert isinstance(post, ConvertedPost)
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


def test_page_that_is_not_a_post_raises() -> None:
    with pytest.raises(Skipped, match=r"^a blog list page$"):
        convert(list_page())
    with pytest.raises(Skipped, match=r"^an image$"):
        convert(b"\x89PNG\r\n\x1a\n")


def test_unreadable_file_raises(tmp_path: Path) -> None:
    with pytest.raises(UnreadablePage, match=r"^the file contains only NUL characters; it is damaged$"):
        convert(b"\0")
    with pytest.raises(UnreadablePage, match=r"^the file cannot be read: No such file or directory$"):
        convert(tmp_path / "nowhere.html")
    with pytest.raises(UnreadablePage, match=r"^the file cannot be read: Is a directory$"):
        convert(tmp_path)
    assert issubclass(UnreadablePage, UnwixError)
    assert issubclass(Skipped, UnwixError)


def test_post_can_be_pickled() -> None:
    (post,) = readers.read(
        Page(
            "a",
            data=post_page(
                h("A part")
                + p('x <a href="#viewer-hhhhh">to it</a>')
                + picture("alt", "caption")
                + table(("a", "b"), ("c", "d"))
                + '<div data-hook="galleryViewer"></div>'
            ),
        )
    )
    back = pickle.loads(pickle.dumps(post))
    assert etree.tostring(back.article) == etree.tostring(post.article)
    assert validate(back.article) == []
    for name in Post.__slots__:
        if name != "article":
            assert getattr(back, name) == getattr(post, name), name


@pytest.mark.parametrize("page", [Page("a", path=Path("x/y.html")), Page("b", data=b"\0\xff")])
def test_page_can_be_pickled(page: Page) -> None:
    assert pickle.loads(pickle.dumps(page)) == page


def test_problem_can_be_pickled_and_serialized() -> None:
    problem = Problem("gallery-missing", "block 17", "gone")
    assert pickle.loads(pickle.dumps(problem)) == problem
    assert problem.severity == "warning"
    assert problem.as_dict() == {
        "kind": "gallery-missing",
        "severity": "warning",
        "where": "block 17",
        "detail": "gone",
    }


def test_error_can_be_pickled() -> None:
    assert str(pickle.loads(pickle.dumps(UnreadablePage("why")))) == "why"


def test_metadata_contains_only_known_fields() -> None:
    assert Metadata().as_dict() == {}
    assert Metadata(title="x", views=0, tags=[], description="").as_dict() == {"title": "x", "views": 0}


def test_types_are_shipped() -> None:
    assert (Path(unwix.__file__).parent / "py.typed").is_file()


def test_public_types_pass_mypy(tmp_path: Path) -> None:
    pytest.importorskip("mypy")
    (tmp_path / "use.py").write_text(
        "from unwix import convert, ConvertedPost, Page, Problem\n"
        'post: ConvertedPost = convert(b"")\n'
        "title: str | None = post.metadata.title\n"
        "problems: list[Problem] = post.problems\n"
        'convert(Page("x", data=b""))\n'
        "convert(5)\n"
    )
    result = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache"), "use.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert [line.split(": error: ")[0] for line in result.stdout.splitlines() if ": error: " in line] == ["use.py:6"], (
        result.stdout
    )


# ---- texts ----------------------------------------------------------------------------------------------------------


def test_the_text_of_a_post_for_any_target() -> None:
    post = convert(post_page(h("A part") + p("Words."), "A pot", "a-pot"))
    assert post.markdown == "## A part\n\nWords.\n"
    assert post.to_markdown() == post.to_markdown("markdown")
    assert post.to_markdown().startswith("---\ntitle: A pot\n")
    assert post.to_markdown().endswith(f"---\n\n{post.markdown}")
    for target in unwix.TARGETS:
        assert "Words." in post.to_markdown(target=target)
    assert post.result == "complete"
    assert post.fidelity.counts["words"] == (3, 3)
    with pytest.raises(ValueError, match=r"'melt' is not a target\. Targets: markdown, "):
        post.to_markdown(target="melt")
    assert repr(post) == "<ConvertedPost 'A pot' from bytes: complete>"


def test_post_with_missing_content_is_incomplete() -> None:
    gallery = '<div data-hook="galleryViewer"></div><div type="gallery" data-hook="rcv-block4"></div>'
    post = convert(post_page(p("Words.") + gallery))
    assert (post.result, [problem.kind for problem in post.problems]) == ("incomplete", ["gallery-missing"])


def test_a_source_with_several_posts_is_not_cut_to_the_first() -> None:
    path = Path(__file__).parents[1] / "samples/saved/a-page-with-two-whole-posts.html"
    with pytest.raises(UnwixError, match=r"two-whole-posts.html has 2 posts. Use convert_all to get all of them.$"):
        convert(path)
    assert len(list(convert_all(path, jobs=0))) == 2


@pytest.mark.parametrize("jobs", [0, 2])
def test_convert_all_yields_posts_in_order(jobs: int, tmp_path: Path) -> None:
    for number in range(6):
        (tmp_path / f"{number}.html").write_bytes(post_page(p(f"Words {number}."), f"Pot {number}", f"pot-{number}"))
    (tmp_path / "0-again.html").write_bytes((tmp_path / "0.html").read_bytes())
    (tmp_path / "list.html").write_bytes(list_page())
    skipped = {}
    posts = list(convert_all(tmp_path, jobs=jobs, on_skipped=lambda source, reason: skipped.update({source: reason})))
    assert [post.metadata.title for post in posts] == [f"Pot {number}" for number in range(6)]
    assert [post.markdown for post in posts] == [f"Words {number}.\n" for number in range(6)]
    assert {Path(source).name: reason.kind for source, reason in skipped.items()} == {
        "0.html": "duplicate",
        "list.html": "list-page",
    }


def test_inputs_that_cannot_be_read_are_raised_after_all_posts(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"\0")
    (tmp_path / "b.html").write_bytes(post_page())
    posts = convert_all([tmp_path], jobs=0)
    assert next(posts).source.endswith("b.html")
    with pytest.raises(ExceptionGroup) as raised:
        next(posts)
    (error,) = raised.value.exceptions
    assert isinstance(error, UnreadablePage)
    assert str(error) == f"{tmp_path}/a.html: the file contains only NUL characters; it is damaged"
    failed: list[str] = []
    assert len(list(convert_all(tmp_path, jobs=0, on_failed=lambda source, _error: failed.append(source)))) == 1
    assert failed == [f"{tmp_path}/a.html"]
    with pytest.raises(UnwixError, match="does not exist"):
        list(convert_all(tmp_path / "missing"))


def test_lines_that_recur_in_several_dumps_are_recognized_as_by_the_command(tmp_path: Path) -> None:
    for number, (title, story) in enumerate(STORIES.items()):
        lines = [*MENU, title, *BYLINE, story, *FOOTER]
        (tmp_path / f"{number}.txt").write_text("\n\n".join(lines), encoding="utf-8")
    posts = list(convert_all(tmp_path, jobs=0))
    assert len(posts) == len(STORIES)
    result = run("convert", tmp_path, "-o", tmp_path / "out", "--jobs", 0, "--no-cache")
    assert result.code == 0
    assert {post.to_markdown() for post in posts} == {
        path.read_text(encoding="utf-8") for path in (tmp_path / "out").glob("*.md")
    }
