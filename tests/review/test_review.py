"""Test the review page: its content, its safety against content of posts, and that it leaves other files unchanged."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from support.archive_files import Warc
from support.dump_stories import BYLINE, FOOTER, MENU, STORIES
from support.paths import ROOT_DIR
from support.post_pages import PICTURE, SITE, code, files, h, p, picture, post_page, quote, save
from support.review_pages import ATTACKS, edit, lossy, make, one, page_of, report, review, soup, usual
from support.terminal import run
from unwix.model.page import Page
from unwix.model.post import Post
from unwix.review import pages as pages_module
from unwix.review.normalize_html import normalize_html
from unwix.review.parse_output import parse_output
from unwix.run.write_post import Options
from unwix.sources import slices
from unwix.writers.targets import MARKDOWN_TARGETS

ROOT = ROOT_DIR


def titles(index: BeautifulSoup) -> list[str]:
    return [a.get_text() for a in index.select("#posts .what a")]


@pytest.mark.parametrize(
    "target", [name for name, target in MARKDOWN_TARGETS.items() if target.front.names.get("cover", "cover")]
)
def test_the_list_shows_the_cover_of_every_target_in_a_small_size(tmp_path: Path, target: str) -> None:
    head = f'<meta property="og:image" content="https://static.wixstatic.com/media/{PICTURE}/v1/fill/w_1000,h_667/{PICTURE}">'
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.html").write_bytes(post_page(head=head))
    run("convert", tmp_path / "in", "-o", tmp_path / "out", "--to", target, "--jobs", 0)
    review(tmp_path)
    index = soup(tmp_path / "out/_review/index.html")
    small = f"https://static.wixstatic.com/media/{PICTURE}/v1/fill/w_128,h_96,al_c,q_80,enc_auto/{PICTURE}"
    assert [image["src"] for image in index.select(".cover img")] == [small]
    assert "img-src 'self' https://static.wixstatic.com;" in policy(index)


def test_the_list_loads_no_cover_offline_or_from_another_host(tmp_path: Path) -> None:
    heads = [
        f'<meta property="og:image" content="{url}">'
        for url in (f"https://static.wixstatic.com/media/{PICTURE}", "https://img.example.org/a.jpg")
    ]
    make(
        tmp_path,
        {f"{n}.html": post_page(p(f"Text {n}."), f"T{n}", f"t{n}", head=head) for n, head in enumerate(heads)},
        "--offline",
    )
    assert soup(tmp_path / "out/_review/index.html").select(".cover img") == []
    review(tmp_path)
    assert len(soup(tmp_path / "out/_review/index.html").select(".cover img")) == 1


def test_pages_that_the_conversion_has_read_are_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("unwix.run.cache.keys._RACY", 0)  # files that were just written are remembered, too
    folder = make(tmp_path, usual())
    expected = files(folder)
    read: list[str] = []

    def read_posts(page: Page, _options: Options) -> tuple[list[Post], list[object]]:
        read.append(page.source)
        return [], []

    monkeypatch.setattr("unwix.review.read_posts", read_posts)
    review(tmp_path)
    assert read == []
    assert files(folder) == expected
    source = tmp_path / "in/kiln.html"
    source.write_bytes(source.read_bytes().replace(b"two days", b"three days"))
    review(tmp_path)
    assert [Path(name).name for name in read] == ["kiln.html"]


# ---- the list -----------------------------------------------------------------------------------------------------


@pytest.mark.damaged_output
def test_posts_are_sorted_by_severity(tmp_path: Path) -> None:
    make(tmp_path, usual() | {"broken.html": post_page()[:2500]})
    lossy(tmp_path, "soup.md", words=[3, 8])
    index = soup(review(tmp_path) / "index.html")
    assert [post["data-verdict"] for post in index.select("#posts .post")] == ["failed", "lost", "missing", "clean"]
    assert titles(index)[1:] == ["מרק", "The market", "A kiln"]
    assert {tile["data-show"]: one(tile, ".number").get_text() for tile in index.select(".tiles button")} == {
        "all": "4",
        "failed": "1",
        "lost": "1",
        "missing": "1",
        "clean": "1",
    }
    assert one(index, "h1").get_text() == "3 of 4 posts need attention"
    assert one(index, ".lead").get_text().startswith("1 failed, 1 lossy, 1 incomplete. The list is sorted by severity")
    assert [one(post, ".words").get_text(" ", strip=True) for post in index.select("#posts .post")][
        1
    ] == "3\u2009/\u20098 words"
    assert "gallery missing" in one(index, "#kind").get_text()
    for link in index.select("#posts a"):
        assert (tmp_path / "out/_review" / link["href"]).is_file()


def test_clean_blog_has_a_positive_headline(tmp_path: Path) -> None:
    save(tmp_path / "in", 2)
    make(tmp_path, {})
    assert one(soup(tmp_path / "out/_review/index.html"), "h1").get_text() == "2 posts, all complete"


def test_skipped_pages_are_listed_with_their_reason(tmp_path: Path) -> None:
    index = soup(make(tmp_path, usual() | {"note.txt": b"A note."}) / "index.html")
    assert "note.txt" in one(index, "details").get_text()
    assert "without the signs of a Wix post page" in one(index, "details").get_text()


@pytest.mark.damaged_output
def test_a_blog_of_many_thousand_posts_has_several_lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages_module, "LIST_LENGTH", 5)
    (tmp_path / "out").mkdir()
    row = {"source": "gone.html", "url": None, "file": "written", "reader": "ricos", "problems": [], "output": None}
    row |= {"fidelity": {"words": [1, 1]}, "result": "complete"}
    rows = [{**row, "title": f"Post {n}"} for n in range(8)]
    (tmp_path / "out/report.json").write_text(json.dumps({"unwix": "0", "posts": rows, "skipped": []}))
    folder = review(tmp_path)
    assert titles(soup(folder / "index.html")) == [f"Post {n}" for n in range(5)]
    assert titles(soup(folder / "index-2.html")) == [f"Post {n}" for n in range(5, 8)]
    assert [a["href"] for a in soup(folder / "index.html").select(".parts a")] == ["index-2.html"]
    assert one(soup(folder / "posts/00006.html"), "#back")["href"] == "../index-2.html"


# ---- a post -------------------------------------------------------------------------------------------------------


def test_source_and_markdown_are_shown_row_by_row(tmp_path: Path) -> None:
    make(tmp_path, usual())
    page = soup(page_of(tmp_path, "A kiln"))
    rows = page.select(".rows .row:not(.heads)")
    assert [[one(row, f".{side}").get_text(" ", strip=True) for side in ("source", "written")] for row in rows] == [
        ["H2 Firing"] * 2,
        ["The kiln wants two days of patience and a night."] * 2,
        ["alt: A kiln at dusk"] * 2,
    ]
    assert page.select("del, ins, .places, .row[id]") == []
    assert one(page, ".head .pill").get_text() == "✓complete"


def test_bold_of_a_style_is_shown_bold() -> None:
    light = '<strong style="font-weight:400">not at all</strong>'
    styled = f'<span style="font-weight:700">Bold</span> and <span style="font-style:italic">slanted</span>, {light}.'
    page = normalize_html(html.fragment_fromstring(f"<div><p>{styled}</p></div>"))
    assert [(n.tag, n.text) for n in page.iter() if n.tag in ("strong", "em")] == [
        ("strong", "Bold"),
        ("em", "slanted"),
    ]
    assert "".join(map(str, page.itertext())) == "Bold and slanted, not at all."


@pytest.mark.damaged_output
def test_differences_are_marked_word_by_word(tmp_path: Path) -> None:
    make(tmp_path, usual())
    edit(tmp_path, "a-kiln.md", ("of patience and a night", "of and a long night"), ("# Firing", "# Firing pots"))
    lossy(tmp_path, "a-kiln.md", words=[9, 10])
    review(tmp_path)
    page = soup(page_of(tmp_path, "A kiln"))
    assert [mark.get_text() for mark in page.select("del.lost")] == ["lost", "patience"]  # the first is in the legend
    assert [mark.get_text() for mark in page.select("ins.added")] == ["added", "pots", "long"]
    assert [(row["id"], "is-lost" in row["class"]) for row in page.select(".row[id]")] == [("d1", False), ("d2", True)]
    assert [a["href"] for a in page.select(".places a")] == ["#d1", "#d2"]
    problem = one(page, ".troubles li")
    assert one(problem, "a")["href"] == "#d2"


def test_edited_file_is_reported(tmp_path: Path) -> None:
    make(tmp_path, usual())
    edit(tmp_path, "a-kiln.md", ("a night", "a day"), ("![", "Not ours: !["))
    folder = review(tmp_path)
    page = soup(page_of(tmp_path, "A kiln"))
    text = one(page, ".says").get_text()
    assert text.startswith("Changed: the file differs from its source now; it may have been edited since")
    assert text.endswith("1 word marked as lost. 3 words marked as added.")
    index = soup(folder / "index.html")
    entry = next(post for post in index.select("#posts .post") if "A kiln" in post.get_text())
    assert entry["data-verdict"] == "changed"
    assert one(index, "h1").get_text() == "2 of 3 posts need attention"
    assert one(index, ".tile.is-changed .number").get_text() == "1"


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        ("## Firing", "### Firing", "“Firing”: heading level 3, was heading level 2"),
        ("## Firing", "Firing", "“Firing”: not a heading, was heading level 2"),
        (
            "[far away](https://potter.example/)",
            "[far away](https://other.example/x)",
            "link to https://other.example/x",
        ),
        ("[far away](https://potter.example/)", "far away", "link to nothing, was https://potter.example/"),
        ("**slow**", "slow", "“slow”: no longer bold"),
        ("quick", "*quick*", "“quick”: now italics"),
        ("- one", "1. one", "numbered list, was bulleted list"),
        ("- one\n- two", "- one\n  - two", "“two”: list level 2, was 1"),
        ("> Wood burns", "Wood burns", "no longer in a quote"),
        ("```\nturn clay\n```", "turn clay", "“turn clay”: no longer in a code block"),
        ("quick", "`quick`", "“quick”: now code"),
        ("/courses?month=5", "/courses?month=6", "link to https://potter.example/courses?month=6&utm_source=x, was"),
        ("quick", "QUICK", "“QUICK”: was “quick”"),
    ],
)
def test_changed_formatting_of_an_edited_file_is_marked(old: str, new: str, change: str, tmp_path: Path) -> None:
    body = (
        h("Firing")
        + '<p id="viewer-a"><span>A <strong>slow</strong> and a quick fire, <a href="https://potter.example/">far away</a>.'
        + ' <a href="https://potter.example/courses?month=5&amp;utm_source=x">A course</a>.</span></p><ul><li><p>one</p></li><li>'
        + "<p>two</p></li></ul>"
        + quote("Wood burns")
        + code("turn clay")
    )
    make(tmp_path, {"a.html": post_page(body, "Fire", "fire")})
    before = soup(page_of(tmp_path, "Fire"))
    assert before.select(".changed") == []
    edit(tmp_path, "fire.md", (old, new))
    folder = review(tmp_path)
    page = soup(page_of(tmp_path, "Fire"))
    assert any(change in li.get_text() for li in page.select(".troubles li")), page.select(".troubles")
    assert page.select(".written .changed")
    assert one(soup(folder / "index.html"), "#posts .post")["data-verdict"] == "changed"


REFORMATTED: dict[str, Callable[[str], str]] = {
    "line ends": lambda text: text.replace("\n", "\r\n"),
    "byte order mark": lambda text: "\ufeff" + text,
    "blank lines": lambda text: text.replace("\n\n", "\n\n\n") + "\n\n",
    "a field": lambda text: text.replace("---\n", "---\naliases: []\n", 1),
    "quotation marks": lambda text: text.replace("title: A kiln", 'title: "A kiln"'),
    "spaces at the ends": lambda text: text.replace(".\n", ". \n"),
    "wrapped lines": lambda text: text.replace(" it ", "\nit ").replace(" burns", "\nburns"),
}


@pytest.mark.parametrize("name", REFORMATTED)
def test_a_reformatted_file_is_not_changed(name: str, tmp_path: Path) -> None:
    make(tmp_path, usual())
    path = tmp_path / "out/a-kiln.md"
    path.write_bytes(REFORMATTED[name](path.read_text(encoding="utf-8")).encode())
    index = soup(review(tmp_path) / "index.html")
    assert [post["data-verdict"] for post in index.select("#posts .post")].count("changed") == 0
    assert "reformatted" in soup(page_of(tmp_path, "A kiln")).get_text()
    # Some generators read no front matter behind a byte order mark: `check` reports it as an invisible character.
    assert run("check", tmp_path / "out").code == (1 if name == "byte order mark" else 0)


def test_a_lost_image_and_a_lost_paragraph_are_shown(tmp_path: Path) -> None:
    make(tmp_path, usual())
    path = tmp_path / "out/a-kiln.md"
    path.write_text(path.read_text().split("## Firing")[0] + "## Firing\n")
    review(tmp_path)
    page = soup(page_of(tmp_path, "A kiln"))
    lost = page.select(".row.is-lost")
    assert len(lost) == 2
    assert [mark.get_text() for mark in lost[0].select("del.lost")] == [
        "The kiln wants",
        "two days",
        "of patience and a night",
    ]
    assert one(lost[1], ".image.lost img")["alt"] == "A kiln at dusk"
    assert [one(row, ".written .nothing").get_text() for row in lost] == ["nothing here"] * 2


def test_each_missing_piece_has_its_own_anchor(tmp_path: Path) -> None:
    gallery = '<div data-breakout="normal"></div><div type="gallery" data-hook="rcv-block9"></div>'
    pages = {"m.html": post_page(p("One.") + gallery + h("Later") + p("Two.") + gallery, "The market", "the-market")}
    make(tmp_path, pages)
    page = soup(page_of(tmp_path, "The market"))
    links = [a["href"] for a in page.select(".troubles li a")]
    assert links == ["#d1", "#d2"]
    for link in links:
        assert "missing gallery" in one(page, f"{link} .written .missing").get_text()
    assert [under.get_text() for under in page.select(".places .under")] == ["under Later"]


def test_every_url_in_a_page_leads_somewhere(tmp_path: Path) -> None:
    folder = make(tmp_path, usual())
    edit(tmp_path, "soup.md", ("חצי שעה", "שעה"))
    review(tmp_path)
    pages = [folder / "index.html", *(folder / "posts").iterdir()]
    assert len(pages) == 4
    for path in pages:
        page = soup(path)
        ids = [node["id"] for node in page.select("[id]")]
        assert len(ids) == len(set(ids)), path
        for node in page.select("[href], [src]"):
            address = str(node.get("href") or node.get("src"))
            if address.startswith("#"):
                assert address[1:] in ids
            elif not address.startswith("http"):
                assert (path.parent / address).resolve().is_file(), address


def test_front_matter_states_where_each_field_came_from(tmp_path: Path) -> None:
    make(tmp_path, usual())
    rows = [
        [cell.get_text() for cell in row.select("th, td")]
        for row in soup(page_of(tmp_path, "A kiln")).select("#front tbody tr")
    ]
    assert ["title", "A kiln", "data-hook post-title"] in rows
    assert ["date", "2025-03-04T05:06:07.891Z", "meta article:published_time"] in rows
    assert "title: A kiln" in one(soup(page_of(tmp_path, "A kiln")), "#front pre").get_text()


@pytest.mark.parametrize("end", [3, 40])
def test_references_in_a_front_matter_are_not_expanded(end: int) -> None:
    """Each line expands to a hundred times the line before it: together more than any memory."""
    lines = ["a0: &a0 [x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 100)}]" for n in range(1, end + 1))]
    head = "\n".join(lines)
    file = parse_output(f"---\n{head}\n---\n\nWords.\n", MARKDOWN_TARGETS["markdown"])
    assert (file.fields, file.head, file.body.strip()) == ({}, head, "Words.")


def test_removed_lines_can_be_unfolded(tmp_path: Path) -> None:
    make(tmp_path, usual() | {"dump.txt": (ROOT / "samples/text/de-ein-fahrrad-im-fluss.txt").read_bytes()})
    around = [li.get_text() for li in soup(page_of(tmp_path, "A kiln")).select("#cut li")]
    assert {"top of page", "Ada Potter", "Recent Posts", "bottom of page"} <= {*around}
    assert not any("patience" in text for text in around)
    dump = soup(page_of(tmp_path, "Ein Fahrrad im Fluss"))
    cut = report(tmp_path)["posts"][0]["removed"]
    assert [row.select("td")[0].get_text() for row in dump.select("#cut tbody tr")] == [
        str(line["lines"][0]) for line in cut
    ]
    assert one(dump, ".form").get_text().startswith("The post’s lines as the text dump has them.")
    assert dump.select("del.lost, ins.added") == []


def test_right_to_left_post_has_its_direction(tmp_path: Path) -> None:
    make(tmp_path, usual())
    rows = one(soup(page_of(tmp_path, "מרק")), ".rows")
    assert rows["lang"] == "he"
    assert {cell["dir"] for cell in rows.select(".cell")} == {"rtl"}
    assert {cell["dir"] for cell in soup(page_of(tmp_path, "A kiln")).select(".cell")} == {"auto"}


def test_samples_have_no_difference_marks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The comparison by words, which is independent of fidelity, also finds no difference in lossless posts."""
    monkeypatch.chdir(ROOT)
    shutil.copytree("output", tmp_path / "out")
    folder = review(tmp_path)
    pages = sorted((folder / "posts").iterdir())
    assert len(pages) == len(report(tmp_path)["posts"]) > 20
    for path in pages:
        page = soup(path)
        assert page.select("del.lost, ins.added, .notice") == [], page.title
        assert page.select(".form"), page.title


# ---- sources ------------------------------------------------------------------------------------------------------


def test_post_without_source_shows_only_markdown(tmp_path: Path) -> None:
    make(tmp_path, usual())
    shutil.rmtree(tmp_path / "in")
    result = run("review", tmp_path / "out", "--jobs", 0)
    assert "3 without source" in result.out
    page = soup(page_of(tmp_path, "A kiln"))
    assert "The source was not found" in one(page, ".notice").get_text()
    assert page.select(".source") == []
    assert "two days of patience" in one(page, ".rows").get_text()


def test_missing_file_is_reported(tmp_path: Path) -> None:
    make(tmp_path, usual())
    (tmp_path / "out/a-kiln.md").unlink()
    review(tmp_path)
    assert "does not exist any more" in one(soup(page_of(tmp_path, "A kiln")), ".notice").get_text()


def test_posts_in_one_file_and_in_an_archive_are_matched_to_sources(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with zipfile.ZipFile(tmp_path / "in/site.zip", "w") as archive:
        for name, raw in usual().items():
            archive.writestr(f"post/{name}", raw)
    make(
        tmp_path,
        {
            "posts.json": (ROOT / "samples/json/posts.json").read_bytes(),
            "two.html": (ROOT / "samples/saved/a-page-with-two-whole-posts.html").read_bytes(),
        },
    )
    rows = report(tmp_path)["posts"]
    assert len(rows) == 7
    for n, row in enumerate(rows, 1):
        page = soup(tmp_path / f"out/_review/posts/{n:05}.html")
        assert page.select(".notice") == [], row["source"]
        assert page.select("del.lost, ins.added") == [], row["source"]


def test_texts_of_a_sliced_crawl_are_matched_to_sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The name of a text in a WET file states where its slice begins."""
    monkeypatch.setattr(slices, "GZIP_SIZE", 2_500)
    noise = Random(3)
    warc = Warc()
    for number, (title, paragraph) in enumerate(STORIES.items()):
        lines = (" ".join("".join(noise.choices("abcdeiklmnorstu", k=6)) for _ in range(12)) for _ in range(60))
        warc.record("https://other.example/a", "\n".join(lines).encode(), record_type="conversion")
        text = "\n".join([*MENU, title, *BYLINE, *[f"{paragraph} {n}" for n in range(9)], *FOOTER]).encode()
        warc.record(f"{SITE}/post/story-{number}", text, record_type="conversion")
    make(tmp_path, {"crawl.warc.wet.gz": warc.bytes()})
    rows = report(tmp_path)["posts"]
    assert len(rows) == 4
    assert any("!/record-" in row["source"] for row in rows)
    for n, row in enumerate(rows, 1):
        assert soup(tmp_path / f"out/_review/posts/{n:05}.html").select(".notice") == [], row["source"]


def test_content_merged_from_another_copy_is_matched(tmp_path: Path) -> None:
    """A page without its gallery, and a document of the same post with it."""
    title, slug = "The market", "the-market"
    gallery = '<div data-breakout="normal"></div><div type="gallery" data-hook="rcv-block9"></div>'
    page = post_page(p("Few words, many pictures:") + gallery + p("That was all."), title, slug)
    items = [{"image": {"media": {"src": {"id": PICTURE}, "width": 8, "height": 6}}, "altText": "A crowd"}]
    text = [
        {"type": "PARAGRAPH", "nodes": [{"type": "TEXT", "textData": {"text": phrase, "decorations": []}}]}
        for phrase in ("Few words, many pictures:", "That was all.")
    ]
    nodes = [text[0], {"type": "GALLERY", "id": "g", "galleryData": {"items": items}}, text[1]]
    post = {
        "title": title,
        "slug": slug,
        "url": {"base": SITE, "path": f"/post/{slug}"},
        "firstPublishedDate": "2025-03-04T05:06:07.891Z",
        "richContent": {"nodes": nodes},
        "minutesToRead": 2,
    }
    make(tmp_path, {"a.html": page, "z.json": json.dumps({"post": post}).encode()})
    row = report(tmp_path)["posts"][0]
    assert len(report(tmp_path)["posts"]) == 1
    assert len(row["duplicates"]) == 1
    blocks = soup(page_of(tmp_path, title))
    assert blocks.select("ins.added, del.lost, .image.added") == []
    assert "A crowd" in one(blocks, ".rows").get_text()
    fields = {
        row.select("th")[0].get_text(): row.select("td")[1].get_text() for row in blocks.select("#front tbody tr")
    }
    assert set(fields) >= {"title", "reading_minutes"}
    assert "–" not in fields.values()


@pytest.mark.parametrize("target", sorted(MARKDOWN_TARGETS))
def test_every_target_is_read_back(tmp_path: Path, target: str) -> None:
    """A generator's syntax, field names and URLs are known: nothing is marked, and each field has its source."""
    sources = [ROOT / "samples/saved/2025-glazes-that-lie.html", ROOT / "samples/saved/2024-building-a-clay-oven.html"]
    assert run("convert", *sources, "-o", tmp_path / "out", "--to", target, "-j", 0).code == 0
    review(tmp_path)
    for title in ("Glazes that lie", "Building a clay oven in a weekend – what went wrong"):
        page = soup(page_of(tmp_path, title))
        assert page.select("del.lost, ins.added, .image.lost, .image.added") == []
        places = {
            row.select("th")[0].get_text().lower(): row.select("td")[1].get_text()
            for row in page.select("#front tbody tr")
        }
        assert places["title"] == "meta og:title" or places["title"].startswith("data-hook"), places
        assert any("meta article:published_time" in place for place in places.values())
    assert "missing audio player" in one(soup(page_of(tmp_path, "Glazes that lie")), ".written .missing").get_text()


def test_a_link_by_url_leads_to_the_review_too(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name, raw in usual().items():
        (tmp_path / "in" / name).write_bytes(raw)
    run("convert", tmp_path / "in", "-o", tmp_path / "out", "--to", "hugo", "-j", 0)
    edit(tmp_path, "content/post/a-kiln/index.md", ("two days", "[two days](/post/the-market/)"))
    review(tmp_path)
    page = soup(page_of(tmp_path, "A kiln"))
    assert one(page, ".written a")["href"] == page_of(tmp_path, "The market").name


def test_the_source_is_found_from_the_output_folder_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.html").write_bytes(post_page())
    monkeypatch.chdir(tmp_path)
    assert run("convert", "in", "-o", "out", "--jobs", 0).code == 0
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert run("review", "../out").out == "Review: ../out/_review/index.html (1 post)\n"


# ---- pictures and links ----------------------------------------------------------------------------------------------


def policy(page: BeautifulSoup) -> str:
    return str(one(page, 'meta[http-equiv="Content-Security-Policy"]')["content"])


def test_policy_allows_only_images_from_wix(tmp_path: Path) -> None:
    other = '<figure data-hook="figure-IMAGE"><img src="https://tracker.example/a.gif" alt="elsewhere"></figure>'
    make(
        tmp_path,
        {
            "a.html": post_page(picture("ours") + p(f"x{other}"), "A kiln", "a-kiln"),
            "b.html": post_page(p("No picture."), "B", "b"),
        },
    )
    page = soup(page_of(tmp_path, "A kiln"))
    assert "img-src 'self' https://static.wixstatic.com;" in policy(page)
    assert {str(img["src"]).split("/")[2] for img in page.select("img")} == {"static.wixstatic.com"}
    assert {a["href"] for a in page.select("a.unloaded")} == {"https://tracker.example/a.gif"}
    assert "img-src 'self';" in policy(soup(page_of(tmp_path, "B")))
    assert "loaded from Wix" in one(soup(tmp_path / "out/_review/index.html"), "footer").get_text()


def test_offline_loads_nothing(tmp_path: Path) -> None:
    folder = make(tmp_path, usual(), "--offline")
    for path in (folder / "posts").iterdir():
        assert soup(path).select("img") == []
        assert "https:" not in policy(soup(path))
    assert "loaded from Wix" not in one(soup(folder / "index.html"), "footer").get_text()


def test_copied_images_are_shown_from_their_files_on_both_sides(tmp_path: Path) -> None:
    make(tmp_path, usual())
    (tmp_path / "out/media").mkdir()
    (tmp_path / "out/media/dusk 1.jpg").write_bytes(b"\xff\xd8\xff")
    edit(tmp_path, "a-kiln.md", (f"(https://static.wixstatic.com/media/{PICTURE})", "(media/dusk%201.jpg)"))
    review(tmp_path)
    page = soup(page_of(tmp_path, "A kiln"))
    assert [img["src"] for img in page.select("img")] == ["../../media/dusk%201.jpg"] * 2
    assert "https:" not in policy(page)
    assert page.select(".lost, .added") == []


@pytest.mark.parametrize("address", ["../../secret.jpg", "/../secret.jpg", "..%2fsecret.jpg", "file:///etc/passwd"])
def test_no_image_outside_of_the_output_is_shown(tmp_path: Path, address: str) -> None:
    make(tmp_path, usual())
    (tmp_path / "secret.jpg").write_bytes(b"\xff\xd8\xff")
    edit(tmp_path, "a-kiln.md", (f"(https://static.wixstatic.com/media/{PICTURE})", f"({address})"))
    review(tmp_path)
    assert soup(page_of(tmp_path, "A kiln")).select(".written img") == []


def test_links_between_posts_lead_to_their_reviews(tmp_path: Path) -> None:
    make(tmp_path, usual())
    edit(tmp_path, "a-kiln.md", ("two days", "[two days](the-market.md#saturday)"))
    review(tmp_path)
    page = soup(page_of(tmp_path, "A kiln"))
    assert one(page, ".written a")["href"] == page_of(tmp_path, "The market").name


# ---- hostile ------------------------------------------------------------------------------------------------------


def assert_harmless(path: Path) -> None:
    page = soup(path)
    first = page.select("head > *")[:2]
    assert first[1].get("http-equiv") == "Content-Security-Policy"
    assert policy(page).startswith("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'")
    scripts = page.select("script")
    assert [s.get("src") for s in scripts] == [("../" if path.parent.name == "posts" else "") + "assets/review.js"]
    assert (
        page.select("style, iframe, object, embed, base, form:not([role], [method=dialog]), math, svg:not(.bar)") == []
    )
    for node in page.find_all(True):
        for name, value in node.attrs.items():
            assert not name.startswith("on"), node
            assert name != "style", node
            if name in ("href", "src"):
                assert not re.match(r"\s*(javascript|data|vbscript|file):", str(value), re.I), node


@pytest.mark.damaged_output
@pytest.mark.parametrize("attack", ATTACKS)
def test_review_runs_no_code_of_a_post(tmp_path: Path, attack: str) -> None:
    raw = post_page(
        h(attack) + p(attack) + picture(attack.replace('"', "&quot;"), attack) + p("Quiet."),
        attack,
        "a",
        head=f"<meta name=author content='{attack}'>",
    )
    make(tmp_path, {f"a{attack[:20].replace('/', '_')}.html": raw})
    name = report(tmp_path)["posts"][0]["output"]  # a page truncated by an attack fails, or ends early
    if name and "Quiet." in (tmp_path / "out" / name).read_text():
        edit(
            tmp_path,
            name,
            ("Quiet.", f"Quiet.\n\n{attack}\n\n[go](javascript:alert(1)) ![x](javascript:alert(2)) <b onclick=x>b</b>"),
        )
    found = report(tmp_path)
    found["posts"][0] |= {"title": attack, "url": f"javascript:{attack}", "evidence": attack, "reader": attack}
    found["posts"][0]["problems"] = [{"kind": attack, "where": attack, "detail": attack}]
    found["posts"][0]["removed"] = [{"lines": [attack, attack], "rule": attack, "text": attack}]
    found["skipped"] = [{"source": attack, "kind": attack, "detail": attack}]
    (tmp_path / "out/report.json").write_text(json.dumps(found))
    folder = review(tmp_path)
    pages = [folder / "index.html", *(folder / "posts").iterdir()]
    assert len(pages) == 2
    for path in pages:
        assert_harmless(path)


_PIECES = st.sampled_from(
    [
        *ATTACKS,
        "<p>",
        "</p>",
        "<li>",
        "<table>",
        "<td>",
        "<a href='#x'>",
        "</a>",
        "<h2>",
        "word ",
        "<ul>",
        "<img src=a.png>",
        "<pre>",
        "<!--",
        "-->",
        "\0",
        "\r",
        "&#0;",
        "<br>",
        "<svg>",
        "<del>",
    ]
)


@given(st.lists(_PIECES, max_size=12).map("".join))
def test_any_html_is_sanitized(text: str) -> None:
    from lxml import etree

    from unwix.review.image_files import Place
    from unwix.review.sanitize import sanitize

    tree = etree.fromstring(f"<main>{text.replace(chr(0), '')}</main>".encode(), etree.HTMLParser(encoding="utf-8"))
    phrase = sanitize(normalize_html(tree), Place(Path("out"), "a.md", Path("out/_review/posts"), {}), "s")
    page = BeautifulSoup(phrase, "html.parser")
    assert page.select("script, style, iframe, svg, math, base, object") == []
    assert not [name for node in page.find_all(True) for name in node.attrs if name.startswith("on") or name == "style"]
    assert not [a for a in page.select("[href]") if "javascript:" in str(a["href"])]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (None, "is not an output of unwix: it has no report.json. "),
        ("{", "report.json cannot be read"),
        ("[]", "report.json is not a report of unwix"),
        ('{"posts": [{"source": 1}]}', "report.json is not a report of unwix"),
        ('{"posts": [1]}', "report.json is not a report of unwix"),
        ("[" * 100_000, "report.json cannot be read"),
    ],
)
def test_missing_report_is_one_sentence_with_the_next_step(tmp_path: Path, text: str | None, sentence: str) -> None:
    if text is not None:
        (tmp_path / "report.json").write_text(text)
    result = run("review", tmp_path)
    assert (result.code, result.out) == (2, "")
    assert sentence in result.err
    assert result.err.count("\n") == 1
    assert not (tmp_path / "_review").exists()


def test_a_report_that_names_files_elsewhere_shows_nothing_of_them(tmp_path: Path) -> None:
    make(tmp_path, usual())
    (tmp_path / "secret.md").write_text("The secret.")
    found = report(tmp_path)
    found["posts"][0]["output"] = "../secret.md"
    found["posts"][1]["output"] = str(tmp_path / "secret.md")
    (tmp_path / "out/report.json").write_text(json.dumps(found))
    folder = review(tmp_path)
    assert not [path for path in folder.rglob("*.html") if "The secret." in path.read_text()]


# ---- the folder ------------------------------------------------------------------------------------------------------


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    folder = make(tmp_path, usual())
    first = files(folder)
    assert run("review", tmp_path / "out", "--jobs", 2).code == 0
    assert files(folder) == first
    assert run("review", tmp_path / "out", "--output", tmp_path / "out/b", "--jobs", 0).code == 0
    assert files(tmp_path / "out/b") == first


def test_foreign_directory_is_refused(tmp_path: Path) -> None:
    make(tmp_path, usual())
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "notes.txt").write_text("mine")
    result = run("review", tmp_path / "out", "--output", mine)
    assert result.code == 2
    assert (
        result.err
        == f"unwix: {mine} contains files that are not part of a review. Choose another directory with --output.\n"
    )
    assert files(mine) == {"notes.txt": b"mine"}


def test_foreign_files_stay_and_stale_files_are_removed(tmp_path: Path) -> None:
    folder = make(tmp_path, usual())
    (folder / "notes.txt").write_text("mine")
    (folder / "posts/00009.html").write_text("mine too")
    found = report(tmp_path)
    found["posts"].pop()
    (tmp_path / "out/report.json").write_text(json.dumps(found))
    review(tmp_path)
    assert {*files(folder / "posts")} == {"00001.html", "00002.html", "00009.html"}
    assert (folder / "notes.txt").read_text() == "mine"


def test_foreign_file_is_not_overwritten(tmp_path: Path) -> None:
    folder = make(tmp_path, usual())
    (tmp_path / "victim").write_text("mine")
    (folder / "posts/00002.html").unlink()
    (folder / "posts/00002.html").symlink_to(tmp_path / "victim")
    result = run("review", tmp_path / "out", "--jobs", 0)
    assert result.code == 1
    assert "is not a file of the review" in result.err
    assert (tmp_path / "victim").read_text() == "mine"


def test_other_commands_ignore_the_review(tmp_path: Path) -> None:
    make(tmp_path, usual())
    before = run("check", tmp_path / "in", "--expect", tmp_path / "out", "--jobs", 0)
    assert before.code == 0, before.out
    result = run("convert", tmp_path / "out/_review", "-o", tmp_path / "again", "--jobs", 0)
    assert result.code == 2
    assert "No blog post found" in result.err


# ---- words ----------------------------------------------------------------------------------------------------------

_WORDS = st.lists(st.sampled_from("a b c d e".split()), max_size=30)


@given(_WORDS, _WORDS)
def test_alignment_is_correct_and_ordered(a: list[str], b: list[str]) -> None:
    from unwix.fidelity.equal_runs import equal_runs

    at, to = 0, 0
    for i, j, n in equal_runs(a, b):
        assert n > 0
        assert i >= at
        assert j >= to
        assert a[i : i + n] == b[j : j + n]
        at, to = i + n, j + n


@pytest.mark.parametrize("unique", [5, 10**6], ids=["unique words", "unique rows of words"])
def test_long_rows_are_aligned_at_unique_words(unique: int, monkeypatch: pytest.MonkeyPatch) -> None:
    from unwix.fidelity import equal_runs as aligner

    monkeypatch.setattr(aligner, "_LARGEST", 2_000)
    random = Random(7)
    a = [f"w{random.randrange(40)}" if n % unique else f"only{n}" for n in range(3_000)]
    b = [word for n, word in enumerate(a) if n % 31]
    aligned = aligner.equal_runs(a, b)
    assert all(a[i : i + n] == b[j : j + n] for i, j, n in aligned)
    assert sum(n for _, _, n in aligned) > len(b) * 0.9


def test_long_rows_without_unique_words_are_not_aligned(monkeypatch: pytest.MonkeyPatch) -> None:
    from unwix.fidelity import equal_runs as aligner

    monkeypatch.setattr(aligner, "_LARGEST", 100)
    aligned = aligner.equal_runs(["x", *"ab" * 500, "y"], ["x", *"ba" * 400, "y"])
    assert aligned[0] == (0, 0, 1)
    assert aligned[-1] == (1001, 801, 1)


_LINES = st.lists(
    st.sampled_from(["one two three", "½ and 秋の夜", "the  same", "x\u200by z", "“quoted”, here", ""]), max_size=8
)


@given(_LINES, _LINES, st.booleans())
def test_marks_do_not_change_the_text(source_lines: list[str], written_lines: list[str], split: bool) -> None:
    from unwix.model.article import element
    from unwix.model.facts import Facts, words
    from unwix.review.compare import compare

    def tree(lines: list[str]):  # type: ignore[no-untyped-def]
        node = element("div")
        for line in lines:
            half = len(line) // 2
            node.append(
                element("p", line[:half], element("strong", line[half:]), "tail") if split else element("p", line)
            )
        return node

    source, written = tree(source_lines), tree(written_lines)
    before = ["".join(source.itertext()), "".join(written.itertext())]
    rows = compare(source, written, [Facts(words("".join(source.itertext())))]).rows
    after = [
        "".join("".join(b.itertext()) for row in rows for b in side(row))
        for side in (lambda r: r.source, lambda r: r.written)
    ]
    assert after == before


def test_text_dumps_whose_menus_the_run_learned_are_not_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The review reads a dump with the recurring lines of the run, like the conversion."""
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    for number, (title, story) in enumerate(STORIES.items()):
        lines = [
            *MENU,
            title,
            *BYLINE,
            story,
            f"{story[:40]} and that was all of it for today.",
            *FOOTER,
        ]
        Path(f"in/{number}.txt").write_text("\n\n".join(lines), encoding="utf-8")
    assert run("convert", "in", "-o", "out", "-j", 0).code == 0
    assert "Roadmap" not in next(Path("out").glob("*.md")).read_text(encoding="utf-8")
    assert run("review", "out", "-j", 0).code == 0
    index = soup(Path("out/_review/index.html"))
    assert {post["data-verdict"] for post in index.select("#posts .post")} <= {"clean", "notes", "missing"}
