"""Test edits of articles: each changes what it names, reports it, and leaves the words of the post unchanged."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from support import post_pages as pages
from support.terminal import run
from unwix.blog.edits.cover import cover_in_body, remove_cover
from unwix.blog.edits.headings import lower_headings, make_headings
from unwix.blog.edits.links import strip_tracking, unlink
from unwix.blog.edits.typed_lists import make_lists
from unwix.blog.edits.whole_words import complete_marks, has_half_marks
from unwix.model.article import Element, validate
from unwix.model.post import Metadata
from unwix.wix.tracking import without_tracking


def article(markup: str) -> Element:
    return etree.fromstring(f"<article>{markup}</article>")


def markup(node: Element) -> str:
    assert validate(node) == []
    return etree.tostring(node, encoding="unicode").removeprefix("<article>").removesuffix("</article>")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>• oak</p><p>• ash and <em>elm</em></p>", "<ul><li><p>oak</p></li><li><p>ash and <em>elm</em></p></li></ul>"),
        ("<p>- oak<br/>- ash<br/>- elm</p>", "<ul><li><p>oak</p></li><li><p>ash</p></li><li><p>elm</p></li></ul>"),
        ("<p>1. oak</p><p>2. ash</p>", "<ol><li><p>oak</p></li><li><p>ash</p></li></ol>"),
        ("<p>3) oak</p><p>4) ash</p>", '<ol start="3"><li><p>oak</p></li><li><p>ash</p></li></ol>'),
        ("<blockquote><p>* oak</p><p>* ash</p></blockquote>", "<blockquote><ul><li><p>oak</p></li><li><p>ash</p></li></ul></blockquote>"),
        ("<p>• oak</p><p>• ash</p><p>Text.</p><p>• elm</p><p>• yew</p>", "<ul><li><p>oak</p></li><li><p>ash</p></li></ul><p>Text.</p><ul><li><p>elm</p></li><li><p>yew</p></li></ul>"),
        ("<p>----------</p>", "<hr/>"),
        ("<p>・抹茶<br/>・牛乳　200ml</p><p>・砂糖</p>", "<ul><li><p>抹茶</p></li><li><p>牛乳　200ml</p></li><li><p>砂糖</p></li></ul>"),
        # the bullets are in italics with their texts, the line before them is not an item
        ("<p><em>You need:</em><br/><em>- oak</em><br/><em>- ash</em>, dry</p>", "<p><em>You need:</em></p><ul><li><p><em>oak</em></p></li><li><p><em>ash</em>, dry</p></li></ul>"),
        ("<p>You need<br/>for two:<br/>1. oak<br/>2. ash</p>", "<p>You need<br/>for two:</p><ol><li><p>oak</p></li><li><p>ash</p></li></ol>"),
        ("<p><strong>1. Oak</strong> is hard</p><p><strong>2. Ash</strong> bends</p>", "<ol><li><p><strong>Oak</strong> is hard</p></li><li><p><strong>Ash</strong> bends</p></li></ol>"),
    ],
)  # fmt: skip
def test_typed_lists_become_lists(before: str, after: str) -> None:
    tree = article(before)
    assert make_lists(tree) is not None
    assert markup(tree) == after


@pytest.mark.parametrize(
    "text",
    [
        "<p>• alone</p><p>Text.</p>",
        "<p>✔ oak</p><p>✔ ash</p>",
        "<p>1. First step</p><p>Text between.</p><p>2. Second step</p>",
        "<p>1. oak</p><p>3. ash</p>",
        "<p>• oak</p><p>- ash</p>",
        "<p>2024. It was</p><p>a year.</p>",
        "<p>-5 degrees</p><p>-6 degrees</p>",
        "<p>- “Yes.”<br/>Nobody spoke.<br/>- “No.”</p>",
        "<p>-----</p>",
        "<p>You need:<br/>- oak</p>",
        "<p>You need:<br/>- oak<br/>- ash<br/>and time.</p>",
        '<p><a href="https://a.example">- oak</a></p><p><code>- ash</code></p>',
    ],
)
def test_paragraphs_without_list_markers_stay(text: str) -> None:
    tree = article(text)
    assert make_lists(tree) is None
    assert markup(tree) == text


def test_bold_lines_become_headings_below_the_last_true_one() -> None:
    tree = article(
        "<h2>Part</h2><p><strong>Opening hours</strong></p><p>Ten to five.</p><p><strong>Prices</strong></p><ul><li><p>One</p></li></ul>"
    )
    assert make_headings(tree) == "2 paragraphs in bold are headings now"
    assert markup(tree) == "<h2>Part</h2><h3>Opening hours</h3><p>Ten to five.</p><h3>Prices</h3><ul><li><p>One</p></li></ul>"  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "<p><strong>Only one</strong></p><p>Text.</p>",
        "<p><strong>A sentence.</strong></p><p>Text.</p><p><strong>Another one,</strong></p><p>Text.</p>",
        "<p><strong>Half</strong> bold</p><p>Text.</p><p><strong>Half</strong> bold</p><p>Text.</p>",
        "<p><strong>Line of a poem</strong></p><p><strong>another line</strong></p><p><strong>the last line</strong></p>",
    ],
)
def test_bold_lines_within_text_stay(text: str) -> None:
    tree = article(text)
    assert make_headings(tree) is None
    assert markup(tree) == text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<h1>A</h1><h2>B</h2><h6>C</h6>", "<h2>A</h2><h3>B</h3><h6>C</h6>"),
        ("<details><summary><h1>A</h1></summary></details>", "<details><summary><h2>A</h2></summary></details>"),
        ("<h2>A</h2><h3>B</h3>", None),
    ],
)
def test_headings_are_lowered_where_the_body_has_level_1(before: str, after: str | None) -> None:
    tree = article(before)
    assert (lower_headings(tree) is None) == (after is None)
    assert markup(tree) == (after or before)


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("https://a.example/p?utm_source=x&utm_medium=y", "https://a.example/p"),
        ("https://a.example/p?id=3&fbclid=abc&b=%20x#f", "https://a.example/p?id=3&b=%20x#f"),
        ("https://a.example/?UTM_Source=x", "https://a.example/"),
        ("https://a.example/p?source=x&ref=y", "https://a.example/p?source=x&ref=y"),
        ("https://a.example/p?a=1&&b", "https://a.example/p?a=1&&b"),
        ("mailto:a@b.example?subject=utm_x", "mailto:a@b.example?subject=utm_x"),
        ("https://[bad?utm_x=1", "https://[bad?utm_x=1"),
    ],
)
def test_tracking_parameters_are_removed(url: str, clean: str) -> None:
    assert without_tracking(url) == clean


def test_links_lose_their_parameters_or_become_text() -> None:
    tree = article(
        '<p><a href="https://a.example/?utm_x=1">https://a.example/?utm_x=1</a> <a href="/tags/b">#<em>b</em></a></p>'
    )
    assert strip_tracking(tree) == "tracking parameters were removed from 1 link"
    assert unlink(tree, {"/tags/b"}) is not None
    assert markup(tree) == '<p><a href="https://a.example/">https://a.example/</a> #<em>b</em></p>'


COVER = "https://static.wixstatic.com/media/ab12cd_0123456789abcdef0123456789abcdef~mv2.jpg"


@pytest.mark.parametrize(
    ("body", "removed"),
    [
        (f'<figure><img src="{COVER}" alt="A pot"/></figure><p>Text.</p>', True),
        (f'<figure><img src="{COVER}"/><figcaption>Mine</figcaption></figure><p>Text.</p>', False),
        (f'<p>Text.</p><figure><img src="{COVER}"/></figure>', False),
        (f'<figure><a href="https://a.example"><img src="{COVER}"/></a></figure><p>Text.</p>', False),
        (f'<figure><img src="{COVER.replace("cdef~", "0000~")}"/></figure><p>Text.</p>', False),
        (f'<figure><img src="{COVER}"/></figure>', False),
    ],
)
def test_the_cover_is_removed_from_the_beginning_only(body: str, removed: bool) -> None:
    made, metadata = article(body), Metadata(cover=COVER)
    assert (remove_cover(made, metadata) is not None) == removed
    assert metadata.cover_alt == ("A pot" if removed else None)
    assert not (removed and cover_in_body(made, metadata))


BODY = (
    pages.picture("A pot")
    + pages.h("Part", 1)
    + pages.p(f'<a href="{pages.SITE}/blog/hashtags/claylife">#claylife</a> <a href="{pages.SITE}/blog/hashtags/oven">#oven</a>')
    + pages.p("• oak") + pages.p("• ash") + pages.p('<a href="https://a.example/?utm_x=1">here</a>')
)  # fmt: skip
TAGS = f'<div data-hook="tag-cloud-root"><a href="{pages.SITE}/blog/tags/clay-life">Clay Life</a></div>'


def convert(tmp_path: Path, *options: str) -> tuple[str, dict[str, Any]]:
    head = f'<meta property="og:image" content="{COVER}">'
    (tmp_path / "a.html").write_bytes(pages.post_page(BODY, slug="pot", head=head, stats=TAGS))
    result = run("convert", tmp_path / "a.html", "-o", tmp_path / "out", "-j", 0, *options)
    assert result.code == 0, result.err
    report: dict[str, Any] = json.loads((tmp_path / "out/report.json").read_text())
    (row,) = report["posts"]
    assert row["result"] == "complete", row["problems"]
    file = tmp_path / "out" / row["output"]
    return file.read_text() if file.exists() else "", row


def kinds(row: dict[str, Any]) -> list[str]:
    return [problem["kind"] for problem in row["problems"]]


def test_plain_markdown_keeps_levels_and_cover(tmp_path: Path) -> None:
    text, row = convert(tmp_path)
    assert kinds(row) == ["link-to-text"]
    assert "cover_in_body: true" in text
    assert "hashtags:\n- claylife\n- oven\n" in text
    assert "![A pot]" in text
    assert "\n# Part\n" in text
    assert "\n#claylife #oven\n" in text
    assert "\n• oak\\\n• ash\n" in text


def test_hugo_has_the_tags_page_and_lower_headings(tmp_path: Path) -> None:
    text, row = convert(tmp_path, "--to", "hugo")
    assert kinds(row) == ["link-to-text", "headings-lowered"]
    assert "[#claylife](/tags/clay-life/) #oven" in text
    assert "\n## Part\n" in text
    assert "![A pot]" in text


def test_jekyll_does_not_repeat_the_cover(tmp_path: Path) -> None:
    text, row = convert(tmp_path, "--to", "jekyll")
    assert kinds(row) == ["link-to-text", "headings-lowered", "cover-removed"]
    assert "![A pot]" not in text
    assert "A pot" in text
    text, row = convert(tmp_path, "--to", "jekyll", "--keep-cover")
    assert "![A pot]" in text
    assert "cover_in_body: true" in text


def test_all_edits_can_be_combined(tmp_path: Path) -> None:
    text, row = convert(tmp_path, "--strip-tracking", "--normalize", "lists,headings", "--links", "keep")
    assert kinds(row) == ["tracking-removed", "list-from-text"]
    assert "\n- oak\n- ash\n" in text
    assert "[here](https://a.example/)" in text
    assert f"[#oven]({pages.SITE}/blog/hashtags/oven)" in text
    again = run("convert", tmp_path / "a.html", "-o", tmp_path / "out", "-j", 0, "--normalize", "headings, lists")
    assert "--normalize headings,lists" in again.err
    convert(tmp_path, "--strip-tracking", "--normalize", "lists,headings", "--links", "keep")
    assert run("check", tmp_path / "a.html", "--expect", tmp_path / "out", "-j", 0).code == 0


def test_unknown_choice_is_one_sentence(tmp_path: Path) -> None:
    result = run("convert", tmp_path, "-o", tmp_path / "out", "--normalize", "lists,heading")
    assert result.code == 2
    assert "Did you mean “headings”?" in result.err


@pytest.mark.parametrize("target", ["markdown", "hugo", "jekyll", "obsidian", "ghost"])
def test_edits_are_made_next_to_links_to_places_in_the_post(tmp_path: Path, target: str) -> None:
    body = (
        pages.p('<a href="#viewer-part1">Part</a> and <a href="#viewer-note1">a note</a>')
        + pages.h("Part", 2, "part1")
        + pages.p("• oak") + pages.p("• ash") + pages.p("Note.", "note1")
    )  # fmt: skip
    (tmp_path / "a.html").write_bytes(pages.post_page(body))
    result = run(
        "convert", tmp_path / "a.html", "-o", tmp_path / "out", "-j", 0, "--to", target, "--normalize", "lists"
    )
    (row,) = json.loads((tmp_path / "out/report.json").read_text())["posts"]
    assert (result.code, kinds(row)) == (0, ["list-from-text"])


@pytest.mark.parametrize("target", ["markdown", "hugo", "ghost"])
def test_edits_are_made_next_to_a_link_alone_in_its_paragraph(tmp_path: Path, target: str) -> None:
    body = (
        pages.p('<a href="https://a.example/mills?b=1">https://a.example/mills?b=1</a>')
        + pages.p("• oak")
        + pages.p("• ash")
    )
    (tmp_path / "a.html").write_bytes(pages.post_page(body))
    run("convert", tmp_path / "a.html", "-o", tmp_path / "out", "-j", 0, "--to", target, "--normalize", "lists")
    (row,) = json.loads((tmp_path / "out/report.json").read_text())["posts"]
    assert kinds(row) == ["list-from-text"]


@pytest.mark.parametrize("target", ["jekyll", "ghost", "hugo", "astro"])
def test_a_link_to_the_home_of_the_blog_is_not_lost(tmp_path: Path, target: str) -> None:
    body = pages.p(f'<a href="{pages.SITE}/blog">All posts</a> of the blog')
    (tmp_path / "a.html").write_bytes(pages.post_page(body))
    run("convert", tmp_path / "a.html", "-o", tmp_path / "out", "-j", 0, "--to", target)
    (row,) = json.loads((tmp_path / "out/report.json").read_text())["posts"]
    assert row["result"] == "complete", row["problems"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>I<strong>n the beginning</strong> was</p>", "<p><strong>In the beginning</strong> was</p>"),
        ("<p>A <em>slow fir</em>e.</p>", "<p>A <em>slow fire</em>.</p>"),
        ('<p>That is <a href="https://a.example/">a solid po</a>t.</p>', '<p>That is <a href="https://a.example/">a solid pot</a>.</p>'),
        ('<p>S<a href="https://a.example/"><strong>ee the list</strong></a>.</p>', '<p><a href="https://a.example/"><strong>See the list</strong></a>.</p>'),
        ("<p>Один. П<strong>ервое слово</strong></p>", "<p>Один. <strong>Первое слово</strong></p>"),
        ("<p>one<br/>T<strong>wo more</strong></p>", "<p>one<br/><strong>Two more</strong></p>"),
    ],
)  # fmt: skip
def test_marks_cover_whole_words(before: str, after: str) -> None:
    node = article(before)
    assert has_half_marks(node)
    assert "the whole word now" in (complete_marks(node) or "")
    assert markup(node) == after
    assert not has_half_marks(node)


@pytest.mark.parametrize(
    "unchanged",
    [
        "<p>multiverse<strong>s</strong> and many<strong>word</strong></p>",
        "<p>The <strong>old kil</strong>nhouse</p>",
        "<p>l’<strong>eau douce</strong></p>",
        "<p>그는 <strong>두 단어</strong>를 말했다</p>",
        "<p>و<strong>كلمة أخرى</strong></p>",
        "<p>H2<strong>O and more</strong></p>",
        "<p><em>ab</em>c<strong>d and more</strong></p>",
    ],
)
def test_marks_inside_of_words_and_of_other_scripts_stay(unchanged: str) -> None:
    node = article(unchanged)
    assert not has_half_marks(node)
    assert complete_marks(node) is None
    assert markup(node) == unchanged


def test_a_half_bold_word_is_written_whole_and_noted(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(pages.post_page(pages.p("I<strong>n the beginning</strong> was clay.")))
    assert run("convert", tmp_path / "a.html", "-o", tmp_path / "out", "-j", 0).code == 0
    (row,) = json.loads((tmp_path / "out/report.json").read_text())["posts"]
    assert (row["result"], [p["kind"] for p in row["problems"]]) == ("complete", ["mark-extended"])
    assert "**In the beginning** was clay." in (tmp_path / "out" / row["output"]).read_text()
