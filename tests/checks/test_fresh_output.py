"""Test that a fresh output passes `check`: faults of the source are only warnings."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.paths import ROOT_DIR
from support.post_pages import h, p, post_page
from support.terminal import run
from unwix.cli.options.targets import NAMES

#: Parts of posts that break rules of `unwix check`.
PIECES = (
    p('See <a href="../../other.html">x</a>, <a href="#nowhere">y</a>, <a href="file:///C:/x.html">z</a>'),
    p('<a href="http://localhost:3000/x">l</a> <a href="javascript:x">j</a> <a href="https://x.example"></a>'),
    p("Zero\u200bwidth \ufffd ** stars ** and __more__"),
    p('<img src="x_files/a.png"> <img src="../y.png"> <img src="data:image/png;base64,AAAA">'),
    p("2 min read") + p("Recent Posts") + p("See All") + p("12 views0 comments"),
    p('&lt;script&gt;alert(1)&lt;/script&gt; &lt;details&gt; {"nodes": [1]}'),
    p("| a | b |") + p("--- | ---") + p("```") + p("~~~"),
    h("Fire"),
    "",
)
SLUGS = ("a b, c", "e%20f", "f?x=1#y", "same", "Same", "2024", "ein-öfchen", "a", "con", "..")
TITLES = ("Fire", "2024", "L: \"q\" 'x' #", "true", "- a", "ש", "")
FILES = [file for file in NAMES if file not in ("wordpress", "ghost")]
POSTS = st.lists(
    st.tuples(st.lists(st.sampled_from(PIECES), max_size=3), st.sampled_from(TITLES), st.sampled_from(SLUGS)),
    min_size=1,
    max_size=4,
)


def errors(output: Path) -> list[str]:
    """Return the errors that `unwix check OUTPUT` reports."""
    return [line for line in run("check", output).out.splitlines() if ": error: " in line]


@given(POSTS, st.sampled_from(FILES))
@settings(max_examples=25)
def test_a_fresh_output_has_no_errors(posts: list[tuple[list[str], str, str]], target: str) -> None:
    with TemporaryDirectory(prefix="unwix-test-") as name:
        folder = Path(name)
        (folder / "in").mkdir()
        for number, (pieces, title, slug) in enumerate(posts):
            (folder / f"in/{number}.html").write_bytes(post_page("".join(pieces), title, slug))
        run("convert", folder / "in", "-o", folder / "out", "--to", target, "-j", 0, "-q")
        assert errors(folder / "out") == []


@pytest.mark.parametrize("target", ["markdown", "hugo"])
def test_the_samples_pass_the_check(target: str, tmp_path: Path) -> None:
    run("convert", ROOT_DIR / "samples", "-o", tmp_path / "out", "--to", target, "-j", 0, "-q")
    assert errors(tmp_path / "out") == []


def test_an_edited_file_keeps_its_errors(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(post_page(PIECES[0], "A", "a"))
    run("convert", tmp_path / "a.html", "-o", tmp_path / "out", "-j", 0)
    assert errors(tmp_path / "out") == []
    path = tmp_path / "out/a.md"
    path.write_text(path.read_text() + "\nMore.\n")
    assert any("anchor-broken" in line for line in errors(tmp_path / "out"))
