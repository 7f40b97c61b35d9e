"""Test that documents of Wix's rich content become well-structured articles."""

from __future__ import annotations

from collections import Counter

import pytest

from support.ricos_documents import FILM, PICTURE, Json, image, item, kinds, link, markdown, node, p, read, text
from unwix.model.article import text_of
from unwix.model.facts import words
from unwix.readers.saved_page.fill_from_other_form import in_document
from unwix.web.saved_links import LinkRestorer

STATIC = "https://static.wixstatic.com/media/"
TWEET = '<blockquote class="twitter-tweet"><a href="https://t.co/x">x</a> <a href="https://twitter.com/a/status/1">May</a></blockquote><script src="w.js"></script>'
NULLS = {"style": None, "link": None, "caption": None, "altText": None, "containerData": None, "image": None}


def bold(weight: object = 700) -> Json:
    return {"type": "BOLD", "fontWeightValue": weight}


# ---- text -------------------------------------------------------------------------------------------------------


def test_words_split_over_text_nodes_are_joined() -> None:
    assert markdown(p(text("Hel", bold()), text("lo ", bold()), text("world"))) == "**Hello** world"


@pytest.mark.parametrize(
    ("weight", "phrase"),
    [(700, "**x** y"), (600, "**x** y"), (400, "x y"), (None, "**x** y"), ("700", "**x** y"), ("400", "x y")],
)
def test_weight_below_600_is_not_bold(weight: object, phrase: str) -> None:
    assert markdown(p(text("x", bold(weight)), text(" y"))) == phrase


def test_overlapping_marks_are_split_at_spaces() -> None:
    nodes = (text("Monday ", "BOLD"), text("(noon): ", "BOLD", "ITALIC"), text("fog all day", "ITALIC"))
    assert markdown(p(*nodes)) == "**Monday _(noon):_** _fog all day_"
    nodes = (text("one ", "UNDERLINE"), text("two ", "UNDERLINE", "BOLD"), text("three", "BOLD"))
    assert markdown(p(*nodes)) == "one **two three**"


def test_a_mark_that_its_data_turns_off_is_off() -> None:
    assert markdown(p(text("x", {"type": "ITALIC", "italicData": False}), text(" y", {"type": "ITALIC"}))) == "x _y_"


def test_underline_of_a_link_is_dropped_and_that_of_words_is_in_the_article() -> None:
    article, _ = read(p(text("a", link("https://x.org/"), "UNDERLINE"), text(" b", "UNDERLINE")))
    assert [node.tag for node in article[0]] == ["a", "u"]


def test_soft_breaks_and_empty_paragraphs() -> None:
    assert markdown(p("one\ntwo"), p(), p(" "), p("three\n\nfour")) == "one\\\ntwo\n\nthree\n\nfour"


def test_remnants_of_inline_headers_are_removed() -> None:
    assert markdown(p("{$h2}Old words{$h}")) == "Old words"


@pytest.mark.parametrize(
    ("url", "href"),
    [
        ("/about", "https://www.example.com/about"),
        ("example.org", "http://example.org"),
        ("me@example.org", "mailto:me@example.org"),
        ("tel:+1234", "tel:+1234"),
        ("https: //example.org/a", "https://example.org/a"),
        ("CC BY 4.0, https://example.org/a", "https://example.org/a"),
        ("http://mailto:me@example.org/", "mailto:me@example.org"),
    ],
)
def test_urls_become_absolute(url: str, href: str) -> None:
    article, _ = read(p(text("x", link(url))))
    assert article[0][0].get("href") == href


def test_javascript_url_is_not_a_link() -> None:
    assert markdown(p(text("x", link("javascript:alert(1)")))) == "x"
    assert kinds(p(text("x", link("javascript:alert(1)")))) == ["unsafe-link"]


def test_url_wins_over_anchor() -> None:
    both = {"type": "LINK", "linkData": {"link": {"url": "https://x.org/", "anchor": "k"}}}
    assert markdown(p(text("x", both)), p("y", key="k")) == '[x](https://x.org/)\n\n<a id="k"></a>y'


def test_a_link_to_a_heading_of_the_post() -> None:
    anchor = {"type": "ANCHOR", "anchorData": {"anchor": "k1"}}
    nowhere = {"type": "ANCHOR", "anchorData": {"anchor": "gone"}}
    assert (
        markdown(
            p(text("see", anchor), text(" it", nowhere)),
            node("HEADING", "The lamp", key="k1", headingData={"level": 2}),
        )
        == "[see](#the-lamp) it\n\n## The lamp"
    )


def test_heading_levels() -> None:
    assert markdown(node("HEADING", "x", headingData={"level": 2, "renderedLevel": 4})) == "#### x"
    assert markdown(node("HEADING", "x", headingData={"level": 0})) == "# x"
    assert markdown(node("HEADING", headingData={"level": 2})) == ""


def test_code_keeps_its_lines_and_loses_its_colours() -> None:
    assert markdown(node("CODE_BLOCK", "if a:\n", text("    b\u00a0= *1*", "COLOR"))) == "```\nif a:\n    b = *1*\n```"


def test_a_node_without_a_type_is_a_paragraph() -> None:
    assert markdown({"nodes": [text("x")]}) == "x"


# ---- lists, tables, containers ----------------------------------------------------------------------------------


def test_lists_nest_in_items_and_next_to_them() -> None:
    inner = node("ORDERED_LIST", item("b"), orderedListData={"start": "7"})
    assert "\n  7. b\n" in markdown(node("BULLETED_LIST", item("a", inner), item("c")))
    article, _ = read(node("BULLETED_LIST", item("a"), inner))
    assert [child.tag for child in article[0][0]] == ["p", "ol"]


def test_table_head_and_block_content() -> None:
    row = node("TABLE_ROW", node("TABLE_CELL", p("a"), p("b")), node("TABLE_CELL", image()))
    assert markdown(node("TABLE", row, row)).startswith(f"| a<br>b | ![]({STATIC}{PICTURE}) |\n| --- | --- |")
    with_list = node(
        "TABLE_ROW", node("TABLE_CELL", node("BULLETED_LIST", item("x")), tableCellData={"rowspan": 2, "colspan": 1})
    )
    assert (
        markdown(node("TABLE", with_list, tableData={"rowHeader": True}))
        == '<table>\n<tbody>\n<tr><td rowspan="2"><ul><li>x</li></ul></td></tr>\n</tbody>\n</table>'
    )


def test_header_with_a_row_span_is_not_a_header() -> None:
    tall = node("TABLE_ROW", node("TABLE_CELL", p("a"), tableCellData={"rowspan": 2}), node("TABLE_CELL", p("b")))
    article, _ = read(node("TABLE", tall, node("TABLE_ROW", node("TABLE_CELL", p("c"))), tableData={"rowHeader": True}))
    assert article.find(".//thead") is None


def test_plugin_in_a_spoiler() -> None:
    hidden = image(containerData={"spoiler": {"enabled": True, "description": "The end", "buttonText": "Show me"}})
    article, _ = read(hidden)
    assert article[0].tag == "details"
    assert text_of(article[0][0]) == "The end Show me"


def test_titles_of_collapsible_items() -> None:
    def question(*title: Json) -> str:
        return markdown(
            node("COLLAPSIBLE_ITEM", node("COLLAPSIBLE_ITEM_TITLE", *title), node("COLLAPSIBLE_ITEM_BODY", p("b")))
        )

    assert (
        question(node("BLOCKQUOTE", p("one"), p("two"))) == "<details>\n<summary>one two</summary>\n\nb\n\n</details>"
    )
    assert question(p("one"), p("two")) == "<details>\n<summary>one</summary>\n\ntwo\n\nb\n\n</details>"
    assert question(image()) == f"![]({STATIC}{PICTURE})\n\nb"
    assert question(p()) == question() == "b"


def to(key: str) -> Json:
    return {"type": "ANCHOR", "anchorData": {"anchor": key}}


def test_links_lead_to_headings_in_html_and_to_cells() -> None:
    question = node("HEADING", "Q & A", key="h1", headingData={"level": 2})
    details = node("COLLAPSIBLE_ITEM", node("COLLAPSIBLE_ITEM_TITLE", question), node("COLLAPSIBLE_ITEM_BODY", p("b")))
    cells = node("TABLE_ROW", node("TABLE_CELL", p("here", key="c1")), node("TABLE_CELL", p("x")))
    assert markdown(p(text("q", to("h1")), text(" "), text("c", to("c1"))), details, node("TABLE", cells)) == (
        '[q](#q--a) [c](#c1)\n\n<details>\n<summary><h2 id="q--a">Q &amp; A</h2></summary>\n\nb\n\n</details>\n\n'
        '| <a id="c1"></a>here | x |\n| --- | --- |'
    )


def test_empty_code_block_is_a_blank_line_of_the_surrounding_one() -> None:
    lines = [node("CODE_BLOCK", *([phrase] if phrase else [])) for phrase in ("wedge()", "", "  throw()", "")]
    assert markdown(*lines, p("Done.")) == "```\nwedge()\n\n  throw()\n```\n\nDone."
    assert markdown(p("a"), node("CODE_BLOCK"), p("b")) == "a\n\nb"


def test_block_around_a_heading_is_not_a_link_target() -> None:
    heading = node("HEADING", "Is there a lift?", key="h1", headingData={"level": 3})
    title = node("COLLAPSIBLE_ITEM_TITLE", heading, key="t1")
    article, _ = read(node("COLLAPSIBLE_ITEM", title, node("COLLAPSIBLE_ITEM_BODY", p("No."), key="b1"), key="i1"))
    assert [(n.tag, n.get("id")) for n in article.iter()] == [
        ("article", None), ("details", None), ("summary", None), ("h3", "h1"), ("p", None),
    ]  # fmt: skip
    cell = node("LAYOUT_CELL", node("HEADING", "Left", key="h2"), p("Words."), key="c1")
    article, _ = read(node("LAYOUT", cell, key="l1"))
    assert [(n.tag, n.get("id")) for n in article] == [("h1", "h2"), ("p", None)]


def test_a_table_of_contents_lists_the_levels_that_it_includes() -> None:
    headings = [node("HEADING", f"H{n}", key=f"k{n}", headingData={"level": n}) for n in (1, 2, 3)]
    assert markdown(node("TOC", tocData={"includedHeadings": [2, 3]}), *headings).startswith(
        "- [H2](#h2)\n- [H3](#h3)\n\n# H1"
    )


# ---- media ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "address"),
    [
        (PICTURE, STATIC + PICTURE),
        (f"media/{PICTURE}", STATIC + PICTURE),
        (f"//static.wixstatic.com/media/{PICTURE}/v1/fill/w_1,h_1/x.jpg", STATIC + PICTURE),
        (f"wix:image://v1/{PICTURE}/name_edited.jpg#originWidth=1&originHeight=2", STATIC + PICTURE),
        ("old-name.jpg", STATIC + "old-name.jpg"),
        ("www.example.com/a.jpg", "https://www.example.com/a.jpg"),
        ("http://example.com/a.jpg", "http://example.com/a.jpg"),
    ],
)
def test_every_form_of_an_images_name(name: str, address: str) -> None:
    for form in ("id", "url", "custom"):
        article, _ = read(node("IMAGE", imageData={"image": {"src": {form: name}}}))
        assert article[0][0].get("src") == address


def test_captions_in_both_forms() -> None:
    assert markdown(image(PICTURE, node("CAPTION", "new")), image(PICTURE, caption="old")).count("\n\n_new_\n\n") == 1
    assert markdown(image(PICTURE, node("CAPTION", "new"), caption="old")).endswith("_new_")
    assert markdown(image(PICTURE, caption="old")).endswith("_old_")


def test_a_decorative_image_has_no_alternative_text() -> None:
    article, _ = read(image(alt="x", decorative=True))
    assert article[0][0].get("alt") == ""


def test_a_image_in_the_document_itself_is_reported() -> None:
    assert kinds(image("data:image/png;base64,AAAA")) == ["image-not-in-page"]


def test_gallery_with_a_video_and_a_link() -> None:
    items = [
        {"image": {"media": {"src": {"id": PICTURE}}, "link": {"url": "https://x.org/"}}, "title": "One"},
        {"video": {"media": {"src": {"url": FILM}}, "thumbnail": {"src": {"url": PICTURE}}}},
    ]
    film = f"https://video.wixstatic.com/video/{FILM}/1080p/mp4/file.mp4"
    assert (
        markdown(node("GALLERY", galleryData={"items": items}))
        == f"[![]({STATIC}{PICTURE})](https://x.org/)\n\n_One_\n\n[![]({STATIC}{PICTURE})]({film})"
    )
    assert kinds(node("GALLERY", galleryData={"items": items})) == ["video-url-guessed"]


def test_videos_of_all_kinds() -> None:
    def video(**source: str) -> Json:
        return node("VIDEO", videoData={"video": {"src": source}})

    assert (
        markdown(video(id=f"video/{FILM}/720p/mp4/file.mp4"))
        == f"<https://video.wixstatic.com/video/{FILM}/720p/mp4/file.mp4>"
    )
    assert markdown(video(url="https://youtu.be/abcdefghijk")) == "<https://youtu.be/abcdefghijk>"
    assert kinds(video()) == ["video-url-missing"]


def test_files_with_and_without_a_url() -> None:
    def file(**source: object) -> Json:
        return node("FILE", fileData={"src": source, "name": "tides", "type": "pdf"})

    assert markdown(file(url="https://docs.example.com/ugd/t.pdf")) == "[tides.pdf](https://docs.example.com/ugd/t.pdf)"
    assert markdown(file(id="ugd/t.pdf")).startswith("tides.pdf\n\n<!-- unwix: missing file “tides.pdf”")
    assert kinds(file(id="ugd/t.pdf")) == kinds(file(id="ugd/t.mp3", private=True)) == ["attachment-url-missing"]
    assert (
        markdown(node("FILE", fileData={"src": {"id": "ugd/t.mp3"}, "name": "horn.mp3"}))
        == "[horn.mp3](https://music.wixstatic.com/ugd/t.mp3)"
    )


@pytest.mark.parametrize(
    ("code", "phrase"),
    [
        ('<iframe src="//www.example.com/map"></iframe>', "<https://www.example.com/map>"),
        (TWEET, "<https://twitter.com/a/status/1>"),
        ('<script src="https://gist.github.com/keeper/12ab.js"></script>', "<https://gist.github.com/keeper/12ab>"),
        ("<style>p{}</style><h4>Sources</h4><p>One <b>book</b></p>", "#### Sources\n\nOne **book**"),
        ("https://www.example.com/x", "<https://www.example.com/x>"),
    ],
)  # fmt: skip
def test_embedded_code(code: str, phrase: str) -> None:
    assert markdown(node("HTML", htmlData={"html": code})) == phrase


def test_programs_and_advertisements_are_reported() -> None:
    assert kinds(node("HTML", htmlData={"html": "<p>Score</p><canvas></canvas><script>play()</script>"})) == [
        "program-missing"
    ]
    assert markdown(node("HTML", htmlData={"html": "<ins>ad</ins>", "source": "ADSENSE"})) == ""
    assert kinds(node("HTML", htmlData={"html": "<ins>ad</ins>", "source": "ADSENSE"})) == ["advertisement-dropped"]


def test_an_unknown_node_keeps_its_words_and_prints_no_json() -> None:
    new = node("HOLOGRAM", p("seen from all sides"), hologramData={"title": "A ship", "mesh": {"nodes": 12}})
    assert markdown(new) == "A ship\n\nseen from all sides"
    assert kinds(new) == ["unknown-block"]


# ---- hostile ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "kind",
    [
        "IMAGE",
        "GALLERY",
        "VIDEO",
        "AUDIO",
        "GIF",
        "FILE",
        "HTML",
        "EMBED",
        "LINK_PREVIEW",
        "BUTTON",
        "POLL",
        "APP_EMBED",
        "MAP",
        "TABLE",
        "TOC",
    ],
)
def test_null_and_missing_values(kind: str) -> None:
    data = kind.split("_", maxsplit=1)[0].lower() + "".join(part.title() for part in kind.split("_")[1:]) + "Data"
    for value in (None, {}, NULLS, [], "x", 3):
        read({"type": kind, "id": None, "nodes": None, data: value})


def test_documents_of_any_depth() -> None:
    deep = p("at the bottom")
    for _ in range(5_000):
        deep = node("BLOCKQUOTE", deep)
    article, problems = read(deep)
    assert words(text_of(article)) == ["at", "the", "bottom"]
    assert [problem.kind for problem in problems] == ["nesting-too-deep"]


def test_characters_that_xml_cannot_hold() -> None:
    assert markdown(p(text("a\x00b\ud800c\ufffe", link("https://x.org/\x01\ud800a")))) == "[abc](https://x.org/a)"


# ---- what a page lacks ------------------------------------------------------------------------------------------


def test_lookup_answers_with_what_the_document_has() -> None:
    soft: Counter[str] = Counter()
    nodes = {
        "v": node(
            "VIDEO", videoData={"video": {"src": {"url": "https://youtu.be/abcdefghijk"}}, "title": "Not on the page"}
        ),
        "f": node("FILE", fileData={"src": {"url": "https://docs.example.com/t.pdf"}, "name": "tides.pdf"}),
        "e": node("VIDEO", videoData={}),
        "p": p("words"),
    }
    lookup = in_document(nodes, LinkRestorer(None), soft)
    found = lookup("v")
    assert found is not None
    assert found[0].get("href") == "https://youtu.be/abcdefghijk"
    assert found is not lookup("v")
    assert text_of(found) == ""
    assert lookup("f") is not None
    assert soft["tides"] == 1
    assert lookup("e") is lookup("p") is lookup("x") is None
