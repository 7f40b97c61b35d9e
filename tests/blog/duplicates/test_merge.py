"""Test merging copies of a post: the best is chosen, its placeholders and fields are filled, and all are compared."""

from __future__ import annotations

import copy
import json
import pickle
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from support import post_pages as pages
from support.ricos_documents import FILM, Json, image, node, p, text
from support.terminal import run
from unwix import readers
from unwix.blog.duplicates import merge as merging
from unwix.blog.duplicates.merge import merge
from unwix.blog.duplicates.quality import quality
from unwix.model.article import BLOCK_ID, validate
from unwix.model.page import Page
from unwix.model.post import Post
from unwix.run.write_post import WrittenPost, write
from unwix.writers.markdown.writer import write_markdown

ONE, TWO = (f"ab12cd_{n * 32}~mv2.jpg" for n in "12")
ADDRESS = "https://static.wixstatic.com/media/"
FILM_ADDRESS = f"https://video.wixstatic.com/video/{FILM}/720p/mp4/file.mp4"


def gallery(key: str = "g1", kind: str = "gallery") -> str:
    """Return a gallery in the form of pages before 2024, without images."""
    return f'<div id="viewer-{key}"><div data-hook="galleryViewer"></div></div><div type="{kind}" data-hook="rcv-block2"></div>'


def film(key: str = "v1") -> str:
    return f'<div id="viewer-{key}"><div data-hook="reactPlayerWrapper"><div></div></div></div><div type="video" data-hook="rcv-block3"></div>'


def attached(name: str, key: str = "f1") -> str:
    markup = f'<div data-hook="fileUploadViewer"><div data-hook="fileUploadName">{name}</div><a href="#0"></a></div>'
    return f'<div id="viewer-{key}">{markup}</div>'


def page(*blocks: str, source: str = "page.html", **more: Any) -> Post:
    raw = pages.post_page("".join(blocks), "Fog", "fog", **more)
    return readers.read(Page(source, data=raw))[0]


def amp(*blocks: str, source: str = "amp.html") -> Post:
    """Return an AMP copy, without block ids and markers."""
    raw = f'<!DOCTYPE html><html amp lang="en"><head><title>Fog</title><link rel="canonical" href="{pages.SITE}/post/fog"></head><body><div><h1>Fog</h1></div><div class="c">{"".join(blocks)}</div></body></html>'
    return readers.read(Page(source, data=raw.encode()))[0]


def amp_picture(name: str) -> str:
    return f'<amp-img src="{ADDRESS}{name}/v1/fit/w_750/file.jpg" width="10" height="10" alt=""></amp-img>'


def document(*nodes: Json, source: str = "post.json", **more: Any) -> Post:
    own = {"id": "fog", "title": "Fog", "slug": "fog", "richContent": {"nodes": list(nodes)}, **more}
    return readers.read(Page(source, data=json.dumps(own).encode()))[0]


GALLERY_NODE = node("GALLERY", key="g1", galleryData={"items": [{"image": {"media": {"src": {"id": n}}}} for n in (ONE, TWO)]})  # fmt: skip
FILM_NODE = node("VIDEO", key="v1", videoData={"video": {"src": {"id": f"video/{FILM}/720p/mp4/file.mp4"}}})
FILE_NODE = node("FILE", key="f1", fileData={"name": "tides.pdf", "src": {"url": "https://docs.example.com/tides.pdf"}})


def body(post: Post) -> str:
    assert validate(post.article) == []
    return write_markdown(post.article).strip()


def checked(post: Post) -> WrittenPost:
    """Return the post as it is written, after it was pickled."""
    written = write(pickle.loads(pickle.dumps(post)))
    assert written.fidelity.lossless, written.problems
    return written


def _block_ids(post: Post) -> list[str]:
    return sorted(str(block.get(BLOCK_ID)) for block in post.article.iter() if block.get(BLOCK_ID))


def kinds(post: Post) -> list[str]:
    return [problem.kind for problem in post.problems]


# ---- empty places -----------------------------------------------------------------------------------------------


def test_placeholders_are_filled_by_block_id() -> None:
    best = page(pages.p("Fog."), gallery(), pages.p("Sun."), film(), attached("tides.pdf"))
    assert kinds(best) == ["gallery-missing", "video-url-missing", "attachment-url-missing"]
    merged = merge(best, [document(GALLERY_NODE, p("Other words"), FILE_NODE, FILM_NODE)])
    assert body(merged) == (
        f"Fog.\n\n![]({ADDRESS}{ONE})\n\n![]({ADDRESS}{TWO})\n\nSun.\n\n<{FILM_ADDRESS}>\n\n"
        "[tides.pdf](https://docs.example.com/tides.pdf)"
    )
    assert kinds(merged) == []
    assert {where: place for where, place in merged.provenance.items() if where.startswith("block")} == {
        "block 2": "post.json: gallery",
        "block 4": "post.json: video",
        "block 5": "post.json: file",
    }
    assert (merged.placeholders(), _block_ids(merged)) == ({}, ["f1", "g1", "v1"])
    assert checked(merged).fidelity.counts["images"] == (2, 2)


def test_alternative_texts_of_filled_images_are_expected() -> None:
    items = [{"image": {"media": {"src": {"id": ONE}}}, "altText": "A pier, in fog"}]
    merged = merge(
        page(pages.p("Fog."), gallery()), [document(node("GALLERY", key="g1", galleryData={"items": items}))]
    )
    assert "![A pier, in fog](" in body(merged)
    assert checked(merged).fidelity.counts["alts"] == (1, 1)


def test_placeholders_without_block_id_are_filled_by_surrounding_lines() -> None:
    best = page(pages.p("Fog."), gallery(), pages.p("Sun."), film(), pages.p("Rain."))
    copy_of = amp(
        "<p>Fog.</p>", amp_picture(ONE), amp_picture(TWO), "<p>Sun.</p>",
        '<amp-youtube data-videoid="abcDEF12345" width="1" height="1"></amp-youtube>', "<p>Rain.</p>",
    )  # fmt: skip
    merged = merge(best, [copy_of])
    assert body(merged) == (
        f"Fog.\n\n![]({ADDRESS}{ONE})\n\n![]({ADDRESS}{TWO})\n\nSun.\n\n<https://www.youtube.com/watch?v=abcDEF12345>\n\nRain."
    )
    assert kinds(merged) == []
    assert checked(merged).problems == []


@pytest.mark.parametrize(
    ("blocks", "filled"),
    [
        # At the start and end of the post.
        ((gallery(), pages.p("Fog.")), True),
        ((pages.p("Fog."), gallery()), True),
        # An image that the page has does not belong to the gallery.
        ((pages.p("Fog."), pages.picture(name=ONE), gallery(), pages.p("Sun.")), True),
        # Two galleries in a row: it is unknown to which the images belong.
        ((pages.p("Fog."), gallery(), gallery("g2"), pages.p("Sun.")), False),
        # Nothing is known about the place.
        ((pages.p("Snow."), pages.p("Ice."), pages.p("Hail."), gallery()), False),
        # A video is not a gallery.
        ((pages.p("Fog."), film(), pages.p("Sun.")), False),
    ],
)
def test_ambiguous_placeholders_are_not_filled(blocks: tuple[str, ...], filled: bool) -> None:
    best = page(*blocks)
    before, after = ("<p>Fog.</p>", "") if blocks[-1].startswith("<div id") else ("", "<p>Fog.</p>")
    if len(blocks) > 2:
        before, after = "<p>Fog.</p>", "<p>Sun.</p>"
    other = amp(before, amp_picture(ONE), amp_picture(TWO), after)
    merged = merge(best, [other])
    assert (TWO in body(merged), bool(merged.placeholders()), bool(kinds(merged))) == (filled, not filled, not filled)
    assert body(merged).count(ONE) <= 1
    checked(merged)


def test_placeholder_missing_in_all_copies_stays() -> None:
    best, same = page(pages.p("Fog."), gallery()), page(pages.p("Fog."), gallery(), source="again.html")
    assert kinds(merge(best, [same])) == ["gallery-missing"]
    assert kinds(merge(best, [same, document(GALLERY_NODE)])) == []


def test_filling_does_not_duplicate_neighbouring_blocks() -> None:
    markup = f'<figure data-hook="figure-VIDEO"><div id="viewer-v1"><div data-hook="video-player"></div></div><figcaption>At <em>noon</em></figcaption></figure>'  # noqa: F541
    best = page(pages.p("Fog."), markup, pages.p("Sun."))
    other = document(p("Fog."), {**FILM_NODE, "nodes": [node("CAPTION", "At noon")]}, p("Sun."))
    assert body(best).count("noon") == 1
    assert body(merge(best, [other])).count("noon") == 1


def test_merging_does_not_change_the_other_copies() -> None:
    best, other = page(pages.p("Fog."), gallery()), document(p("Fog."), GALLERY_NODE, pinned=True)
    before = [(etree.tostring(post.article), copy.deepcopy(post.metadata), list(post.problems)) for post in (best, other)]  # fmt: skip
    assert merge(best, [other]) is not best
    assert [(etree.tostring(post.article), post.metadata, post.problems) for post in (best, other)] == before
    assert merge(best, []) is best


# ---- fields -----------------------------------------------------------------------------------------------------


def test_missing_fields_are_filled_from_other_copies() -> None:
    best = page(pages.p("Fog."))
    merged = merge(best, [document(p("Fog."), excerpt="Grey.", pinned=True, title="Mist", minutesToRead=2)])
    assert (merged.metadata.title, merged.metadata.description, merged.metadata.pinned) == ("Fog", "Grey.", True)
    assert merged.provenance["description"] == "post.json: post.excerpt"
    assert merged.provenance["title"] == "data-hook post-title"


MEMBER, CATEGORY = ("11111111-2222-4333-8444-555555555555", "99999999-2222-4333-8444-555555555555")


def test_ids_are_replaced_by_names_of_other_copies() -> None:
    best = document(p("Fog."), memberId=MEMBER, categoryIds=[CATEGORY])
    assert [problem.where for problem in best.problems] == ["authors", "categories"]
    merged = merge(best, [page(pages.p("Fog."))])
    assert (merged.metadata.authors, merged.metadata.author_id) == (["Ada Potter"], None)
    assert [problem.where for problem in merged.problems] == ["categories"]
    assert "author_id" not in merged.provenance


def test_filling_a_field_removes_its_problem() -> None:
    fragment = readers.read(Page("x.html", data=pages.body(pages.p("Fog.")).encode()))[0]
    assert kinds(fragment) == ["title-missing"]
    merged = merge(fragment, [page(pages.p("Fog."))])
    assert (kinds(merged), merged.metadata.title) == ([], "Fog")


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ("2024-05-01", "2024-05-01T10:00:00.000Z", "2024-05-01T10:00:00.000Z"),
        ("2024-05-01", "2024-05-02T10:00:00.000Z", "2024-05-01"),
        ("2024-05-01T11:00:00.000Z", "2024-05-01", "2024-05-01T11:00:00.000Z"),
        (None, "2024-05-01", "2024-05-01"),
    ],
)
def test_more_precise_date_of_the_same_day_wins(mine: str | None, theirs: str, expected: str) -> None:
    best, other = document(p("Fog."), firstPublishedDate=mine), document(p("Fog."), firstPublishedDate=theirs)
    assert merge(best, [other]).metadata.date == expected


def test_fields_specific_to_one_copy_are_not_merged() -> None:
    best = document(p("Fog."), coverMedia={"enabled": True, "image": {"id": ONE}})
    cover = {"enabled": True, "image": {"id": TWO}, "altText": "Another"}
    other = document(p("Fog."), coverMedia=cover, status="UNPUBLISHED", seoTitle="Fog")
    merged = merge(best, [other])
    assert (merged.metadata.cover_alt, merged.metadata.draft, merged.metadata.seo_title) == (None, None, None)


def test_equal_document_of_another_copy_is_kept() -> None:
    best, other = page(pages.p("Fog.")), document(p("Fog."))
    assert merge(best, [other]).document == other.document
    assert merge(best, [document(p("Mist."))]).document is None


# ---- witnesses --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("other", "message"),
    [
        (document(p("Fog at noon. And sun.")), []),
        (document(p("Fog at ", text("noon. And sun.", "BOLD"))), []),
        (document(p("Fog at noon.")), []),
        (document(p("Fog at noon. And sun."), image(alt="x"), FILE_NODE), []),
        (
            document(p("Fog at dawn. And sun.")),
            ["post.json has 1 word more; the first are “dawn”, and has 1 word fewer; the first are “noon”"],
        ),
        (
            document(p("Fog at noon. And sun. And rain.")),
            ["post.json has 2 words more; the first are “and rain”"],
        ),
        # A feed loses line breaks.
        (document(p("Fog atnoon. Andsun.")), []),
        (document(p("And sun.")), ["post.json has 3 words fewer; the first are “fog at noon”"]),
    ],
)
def test_facts_of_each_copy_are_compared(other: Post, message: list[str]) -> None:
    merged = merge(page(pages.p("Fog at noon. And sun.")), [other])
    assert [q.detail for q in checked(merged).problems if q.kind == "sources-disagree"] == message


def test_tables_missing_in_a_copy_are_not_a_difference() -> None:
    merged = merge(page(pages.p("Fog."), pages.table(("wind", "sails"), ("west", "two"))), [amp("<p>Fog.</p>")])
    assert [q.kind for q in checked(merged).problems] == []


# ---- the best ---------------------------------------------------------------------------------------------------


def test_best_copy_is_chosen() -> None:
    newer = f'<meta property="article:modified_time" content="{"2024-06-01T00:00:00.000Z"}">'
    whole = document(p("Fog."), source="whole", lastPublishedDate="2024-05-01T00:00:00.000Z")
    shown = page(pages.p("Fog."), source="shown")
    older = page(pages.p("Fog."), gallery(), source="lossy")
    long = pages.post_page(pages.p("Fog.") + pages.p("And more."), "Fog", "fog", head=newer)
    cut = readers.read(Page("cut", data=long[: long.index(b" more.")]))[0]
    late = page(pages.p("Fog."), gallery(), source="late", head=newer)
    draft = document(p("Fog."), source="draft", status="UNPUBLISHED", lastPublishedDate="2024-07-01T00:00:00.000Z")
    bare = document(source="text", richContent=None, plainContent="Fog.")
    copies = [amp("<p>Fog.</p>", source="amp"), bare, cut, draft, older, shown, whole, late]
    assert [post.source for post in sorted(copies, key=quality, reverse=True)] == [
        "late", "whole", "shown", "lossy", "draft", "amp", "cut", "text",
    ]  # fmt: skip


# ---- any posts --------------------------------------------------------------------------------------------------

_THINGS = st.sampled_from(["gallery", "film", "line"])


@given(st.lists(st.tuples(_THINGS, st.booleans()), max_size=9), st.booleans())
@settings(max_examples=60, deadline=None)
def test_filled_blocks_are_at_the_position_of_the_whole_copy(blocks: list[tuple[str, bool]], keyed: bool) -> None:
    """Two copies each miss some blocks; filled blocks must be where a complete copy has them."""
    whole, lossy = [], []
    for n, (kind, is_lost) in enumerate(blocks):
        if kind == "line":
            whole.append(p(f"Line {n}."))
            lossy.append(p(f"Line {n}."))
            continue
        name = f"{n:032x}"
        made = node("GALLERY", key=f"k{n}", galleryData={"items": [{"image": {"media": {"src": {"id": f"ab12cd_{name}~mv2.jpg"}}}}]}) if kind == "gallery" else node("VIDEO", key=f"k{n}", videoData={"video": {"src": {"id": f"video/ab12cd_{name}/720p/mp4/file.mp4"}}})  # fmt: skip
        whole.append(made)
        lossy.append(node(made["type"], key=f"k{n}") if is_lost else made)
    other = document(*whole, source="whole.json")
    if not keyed:
        for block in other.article.iter():
            block.attrib.pop(BLOCK_ID, "")
    merged = merge(document(*lossy), [other])
    lines = [line for line in body(merged).split("\n\n") if line and not line.startswith("<!--")]
    rest = iter(body(other).split("\n\n"))
    assert all(line in rest for line in lines)
    assert len(merged.placeholders()) == body(merged).count("<!--") == len(merged.problems)
    if keyed:
        assert merged.placeholders() == {}
    checked(merged)


# ---- a whole run ------------------------------------------------------------------------------------------------


def a_run(folder: Path, jobs: int) -> Json:
    """Write three copies of one post; the newest is a page without its gallery and its reading time."""
    newest = '<meta property="article:modified_time" content="2024-06-01T00:00:00.000Z">'
    raw = pages.post_page(pages.p("Fog.") + gallery() + pages.p("Sun."), "Fog", "fog", head=newest)
    own = {
        "id": "fog", "title": "Fog", "slug": "fog", "url": {"base": pages.SITE, "path": "/post/fog"}, "minutesToRead": 2,
        "firstPublishedDate": "2025-03-04T05:06:07.891Z", "richContent": {"nodes": [p("Fog."), GALLERY_NODE, p("Sun.")]},
    }  # fmt: skip
    source = folder / "in"
    source.mkdir()
    (source / "a.json").write_text(json.dumps(own))
    (source / "b.html").write_bytes(raw)
    (source / "c.html").write_bytes(raw.replace(b"Sun.", b"Rain."))
    result = run("convert", source, "-o", folder / "out", "--jobs", jobs)
    assert result.code == 0, result.err
    data: Json = json.loads((folder / "out/report.json").read_text())
    return data


@pytest.mark.parametrize("jobs", [0, 2])
def test_duplicates_in_a_run_become_one_post(jobs: int, tmp_path: Path) -> None:
    report = a_run(tmp_path, jobs)
    (row,) = report["posts"]
    assert row["source"].endswith("b.html")
    place = f"{tmp_path / 'in/a.json'}: "
    assert row["merged_from"] == {
        "block 2": place + "gallery",
        "reading_minutes": place + "post.minutesToRead",
    }
    assert [problem["detail"].partition(" has")[2] for problem in row["problems"]] == [
        " 1 word more; the first are “rain”, and has 1 word fewer; the first are “sun”"
    ]
    assert row["result"] != "lossy"
    written = (tmp_path / "out/fog.md").read_text()
    assert all(sign in written for sign in (ONE, TWO, "reading_minutes: 2", "Sun."))
    assert [(s["source"][-6:], s["detail"].partition(", ")[2]) for s in report["skipped"]] == [
        ("a.json", "which is the better copy"),
        ("c.html", "which is as good a copy"),
    ]
    # check reads the same merged post
    assert run("check", tmp_path / "in", "--expect", tmp_path / "out", "--jobs", jobs).code == 0


def test_failed_merge_keeps_the_best_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(best: Post, others: list[Post]) -> Post:
        raise ValueError("no")

    monkeypatch.setattr(merging, "merge", broken)
    (row,) = a_run(tmp_path, 0)["posts"]
    assert [problem["kind"] for problem in row["problems"]] == ["gallery-missing", "merge-failed"]
    assert "Sun." in (tmp_path / "out/fog.md").read_text()
