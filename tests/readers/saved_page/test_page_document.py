"""Test a saved page with its embedded document: which of them is the source, which is compared, and what each fills."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from support import post_pages as pages
from support.ricos_documents import FILM, PICTURE, Json, draft, image, node, p
from support.terminal import run
from unwix import readers
from unwix.model.page import Page
from unwix.model.post import Post
from unwix.model.problems import Problem
from unwix.model.skipped import Skipped
from unwix.readers.saved_page.page_data import unescape
from unwix.run.write_post import WrittenPost
from unwix.writers.markdown.writer import write_markdown

SAID = "The fog came in at noon."
THEN = "2024-05-02T10:00:00.000Z"


def page_with(
    document: Json, text: str = SAID, slug: str = "fog", *, markup: str = "", head: str = "", **more: Any
) -> bytes:
    """Return a page that shows some words (or markup) and embeds a document of its post."""
    own = {"id": slug, "slug": slug, "title": "Fog", "richContent": document, "lastPublishedDate": THEN, **more}
    return pages.post_page(markup or pages.p(text), "Fog", "fog", head=pages.warmup(slug, own) + head)


def post_of(raw: bytes) -> Post:
    return readers.read(Page("fog.html", data=raw))[0]


def body(post: Post) -> str:
    return write_markdown(post.article).strip()


def modified(when: str) -> str:
    return f'<meta property="article:modified_time" content="{when}">'


def differing(written: WrittenPost) -> list[str]:
    assert written.fidelity.lossless
    return [problem.detail for problem in written.problems if problem.kind == "sources-disagree"]


# ---- which is the source ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("document", "more", "reader"),
    [
        ({"nodes": [p(SAID)]}, {}, "ricos"),
        ({"nodes": [p("The fog ca", "me in at noon.")]}, {}, "ricos"),
        ({"nodes": [p(SAID), image(alt="A grey view")]}, {}, "ricos"),
        (draft(SAID), {}, "draftjs"),
        ({"nodes": [p("The fog came")]}, {"preview": True}, "viewer"),
        ({"nodes": []}, {}, "viewer"),
        ({"nodes": [p(SAID)]}, {"head": modified("2024-05-02T10:00:00.001Z")}, "viewer"),
        ({"nodes": [p(SAID)]}, {"head": modified(THEN)}, "ricos"),
        ({"nodes": [p(SAID)]}, {"head": modified("2024-05-02")}, "ricos"),
    ],
)
def test_document_is_the_source_if_possible(document: Json, more: Json, reader: str) -> None:
    raw = page_with(document, **more)
    assert (pages.written(raw).reader, differing(pages.written(raw))) == (reader, [])
    assert SAID in pages.written(raw).text


@pytest.mark.parametrize(
    ("document", "markup", "reader", "expected", "detail"),
    [
        (
            {"nodes": [p(SAID), p("Then nothing more.")]},
            SAID,
            "ricos",
            "Then nothing more.",
            "the page's body has 3 words fewer; the first are “then nothing more”",
        ),
        # A document with missing words is not complete.
        (
            {"nodes": [p("The fog came.")]},
            SAID,
            "viewer",
            SAID,
            "the page's own document has 3 words fewer; the first are “in at noon”",
        ),
        (
            draft("The fog came."),
            SAID,
            "viewer",
            SAID,
            "the page's own document has 3 words fewer; the first are “in at noon”",
        ),
        (
            {"nodes": [p("The fog came in at dawn.")]},
            SAID,
            "ricos",
            "at dawn",
            "the page's body has 1 word more; the first are “noon”, and has 1 word fewer; the first are “dawn”",
        ),
    ],
)
def test_differences_of_page_and_document_are_reported(
    document: Json, markup: str, reader: str, expected: str, detail: str
) -> None:
    written = pages.written(page_with(document, markup))
    assert (written.reader, differing(written)) == (reader, [detail])
    assert expected in written.text


def test_older_document_is_only_compared() -> None:
    raw = page_with({"nodes": [p("The fog came in at dawn.")]}, head=modified("2024-06-01T00:00:00Z"))
    assert SAID in pages.written(raw).text
    assert differing(pages.written(raw)) == [
        "the page's own document has 1 word more; the first are “dawn”, and has 1 word fewer; the first are “noon”"
    ]


@pytest.mark.parametrize(
    ("markup", "detail"),
    [
        (pages.p(f'{SAID} <a href="https://x.example/a">A</a>'), "the page's body has 1 link(s) more; the first is “x.example/a”"),
        (pages.p(SAID) + pages.picture(), "the page's body has 1 image(s) more; the first is “ab12cd_0123456789abcdef0123456789abcdef”"),
        (pages.h(SAID) + pages.p("A"), "the page's body has 1 heading(s) more; the first is “the fog came in at noon”"),
        (pages.p(f'{SAID} <a href="https://www.example.com/search?query=%23A">A</a>'), None),
    ],
)  # fmt: skip
def test_blocks_that_only_the_page_shows_are_reported(markup: str, detail: str | None) -> None:
    written = pages.written(page_with({"nodes": [p(SAID), p("A")]}, markup=markup))
    assert written.reader == "ricos"
    assert [problem for problem in differing(written) if "word" not in problem] == ([detail] if detail else [])


def test_preview_is_reported_if_the_page_shows_no_more() -> None:
    assert [q.kind for q in post_of(page_with({"nodes": [p(SAID)]}, preview=True)).problems] == ["preview-only"]
    assert post_of(page_with({"nodes": [p("The fog")]}, preview=True)).problems == []


def test_data_of_another_post_is_ignored() -> None:
    """A browser saves the page after a click, with the data of the page that it loaded first."""
    raw = page_with({"nodes": [p("Rain all day.")]}, slug="rain", title="Rain", minutesToRead=9)
    post = post_of(raw)
    assert (post.reader, post.document, post.metadata.reading_minutes) == ("viewer", None, None)
    message = "the page contains the data of another post, “Rain”; it was not used"
    assert post.problems == [Problem("sources-disagree", "page data", message)]
    # A post with a new URL keeps its title.
    assert post_of(page_with({"nodes": [p(SAID)]}, slug="old-fog")).reader == "ricos"


def _escaped(text: str) -> str:
    """Return text in JavaScript's `escape()`, in base64."""
    units = text.encode("utf-16-be", "surrogatepass")
    codes = (int.from_bytes(units[n : n + 2]) for n in range(0, len(units), 2))
    phrase = "".join(
        chr(c) if chr(c).isalnum() and c < 128 else f"%{c:02X}" if c < 256 else f"%u{c:04X}" for c in codes
    )
    return base64.b64encode(phrase.encode()).decode()


@pytest.mark.parametrize(
    "spelled",
    [
        lambda own: json.dumps({"config": {}, "data": {"postPage": {"post": own}}, "status": 200}),
        lambda own: json.dumps({"postPageResponse": {"data": {"postPage": {"post": own}}}}),
        lambda own: _escaped(json.dumps({"postPageResponse": {"data": {"postPage": {"post": own}}}}, ensure_ascii=False)),
    ],
    ids=["an answer", "both answers", "base64 of escape()"],
)  # fmt: skip
def test_every_form_of_embedded_data_is_read(spelled: Callable[[Json], str]) -> None:
    text = "Nebel – 🌫 é\u2028 霧"
    own = {"id": "fog", "slug": "fog", "title": "Fog", "richContent": {"nodes": [p(text)]}}
    raw = pages.post_page(pages.p(text), "Fog", "fog", head=pages.warmup("fog", spelled(own)))
    post = post_of(raw)
    assert (post.reader, post.problems) == ("ricos", [])
    assert post.document == ("ricos", own["richContent"])


def test_unescape_leaves_a_percent_sign_that_begins_no_escape() -> None:
    assert unescape("%u9727 %C9 \\n %5Cn %u0025C9") == "霧 É \\n \\n %C9"
    assert unescape("100% %u9727 %C9 \\n %5Cn %zz") == "100% 霧 É \\n \\n %zz"
    assert unescape("霧 %u9727") == "霧 霧"


@pytest.mark.parametrize(
    "spoilt", ["{", "JTdi", "e30=", '{"data": 5}', "%u", "[]", '{"postPageResponse": {"data": []}}']
)
def test_data_that_cannot_be_read_leaves_the_page_as_it_is(spoilt: str) -> None:
    post = post_of(pages.post_page(pages.p(SAID), "Fog", "fog", head=pages.warmup("fog", spoilt)))
    assert (post.reader, post.document) == ("viewer", None)
    assert {problem.kind for problem in post.problems} <= {"embedded-data-unreadable"}
    assert body(post) == SAID


def test_a_page_that_was_saved_without_its_body_has_its_document() -> None:
    raw = page_with({"nodes": [p(SAID)]})
    start = raw.index(b'<section data-hook="post-description"')
    bare = raw[:start] + raw[raw.index(b'<section data-hook="recent-posts"') :]
    post = post_of(bare)
    assert (post.reader, body(post), post.metadata.authors) == ("ricos", SAID, ["Ada Potter"])
    assert pages.written(bare).problems == []
    with pytest.raises(Skipped):
        post_of(bare.replace(b"richContent", b"poorContent"))


def test_a_file_that_ends_early_has_its_document_whole() -> None:
    raw = page_with({"nodes": [p(SAID), p("And then?")]}, head=modified(THEN))
    cut = raw[: raw.index(b"noon.</span>")]
    post = post_of(cut)
    assert (post.reader, body(post)) == ("ricos", f"{SAID}\n\nAnd then?")
    assert "truncated" not in {problem.kind for problem in post.problems}


# ---- what each fills --------------------------------------------------------------------------------------------

EMPTY_FILM = (
    '<div id="viewer-v1"><div data-hook="reactPlayerWrapper"><div data-loaded="false"></div></div></div>'
    '<div type="video" data-hook="rcv-block1"></div>'
)
FILM_NODE = node(
    "VIDEO", key="v1", videoData={"video": {"src": {"id": f"video/{FILM}/720p/mp4/file.mp4"}}, "title": "Another film"}
)
ADDRESS = f"https://video.wixstatic.com/video/{FILM}/720p/mp4/file.mp4"


@pytest.mark.parametrize("when", [THEN, "2024-06-01T00:00:00Z"])
def test_a_video_comes_from_the_document_and_without_its_title(when: str) -> None:
    """No page shows the title, which often belongs to another video."""
    raw = page_with({"nodes": [p(SAID), FILM_NODE]}, markup=pages.p(SAID) + EMPTY_FILM, head=modified(when))
    written = pages.written(raw)
    assert pages.split(written.text)[1] == f"\n{SAID}\n\n<{ADDRESS}>\n"
    assert (written.problems, written.fidelity.lossless) == ([], True)
    assert post_of(raw).document == ("ricos", {"nodes": [p(SAID), FILM_NODE]})


def test_content_missing_in_the_document_comes_from_the_page() -> None:
    bare = node("HTML", key="w1", htmlData={"widgetId": "w"})
    markup = (
        '<div id="viewer-w1"><div data-hook="HtmlComponent"><iframe src="https://tides.example/w"></iframe></div></div>'
        '<div type="html" data-hook="rcv-block1"></div>'
    )
    written = pages.written(page_with({"nodes": [p(SAID), bare]}, markup=pages.p(SAID) + markup))
    assert pages.split(written.text)[1] == f"\n{SAID}\n\n<https://tides.example/w>\n"
    assert (written.reader, written.problems) == ("ricos", [])
    # Neither has it.
    lost = pages.written(page_with({"nodes": [p(SAID), bare]}))
    assert [problem.kind for problem in lost.problems] == ["embed-missing"]


def test_fields_that_the_page_does_not_show_come_from_its_data() -> None:
    seo = {"tags": [{"type": "title", "children": "Fog on the coast"}]}
    more = {"pinned": True, "hashtags": ["grey"], "translationId": "t-1", "seoData": seo, "excerpt": "Grey."}
    post = post_of(page_with({"nodes": [p(SAID)]}, **more))
    message = {name: getattr(post.metadata, name) for name in ("pinned", "hashtags", "translation_id", "seo_title")}
    assert message == {"pinned": True, "hashtags": ["grey"], "translation_id": "t-1", "seo_title": "Fog on the coast"}
    assert (post.metadata.description, post.provenance["description"]) == ("Grey.", "embedded post.excerpt")
    assert post.metadata.authors == ["Ada Potter"]
    assert post.metadata.author_id is None


def test_a_post_written_from_right_to_left_stays_so() -> None:
    raw = page_with({"nodes": [p(SAID)]}).replace(b'dir="ltr" data-id', b'dir="rtl" data-id')
    assert post_of(raw).article.get("dir") == "rtl"


def test_the_document_of_a_page_can_be_kept_next_to_it(tmp_path: Path) -> None:
    (tmp_path / "fog.html").write_bytes(page_with({"nodes": [p(SAID)]}))
    run("convert", tmp_path / "fog.html", "-o", tmp_path / "out", "--sidecar")
    assert json.loads((tmp_path / "out/fog.ricos.json").read_text()) == {"nodes": [p(SAID)]}


def test_images_of_page_and_document_are_matched() -> None:
    raw = page_with({"nodes": [p(SAID), image(PICTURE, alt="A jar")]}, markup=pages.p(SAID) + pages.picture("A jar"))
    assert pages.written(raw).problems == []
