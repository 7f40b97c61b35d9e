"""Test text dumps whose tool's additions are removed. Whole pages of each tool are golden cases (`text-lynx` …)."""

from __future__ import annotations

import textwrap

import pytest

from support.dump_texts import AUTHOR, BODY, TITLE, dump
from unwix.model.article import text_of
from unwix.model.post import Post
from unwix.model.skipped import Skipped
from unwix.readers.sniff import Kind, sniff
from unwix.readers.text_dump.reader import read_text
from unwix.readers.text_dump.tool_formats.line import Line
from unwix.readers.text_dump.tool_formats.rewrap import unwrap
from unwix.run.write_post import write

LONG = [
    "The keeper of the third lamp had a way of telling the time that nobody else on the island could follow: he looked "
    "at the oil, he looked at the wick, and then he said how long it would be until somebody came up the path.",
    "Most nights it was an hour. On the night of the storm he looked twice, put the kettle on, and said that they had "
    "better set out more cups, because there would be eleven of them, and one would not want to sit down.",
    "There were eleven. The one who would not sit down was the pilot, who had never in his life been a passenger, and "
    "who stood at the window until it was light and the boats could go out again.",
]
POEM = "Seven for the shore,\nsix for the hill,\nfive for the door,\nand one burns still."


def read(text: str) -> Post:
    (post,) = read_text("page.txt", text.encode())
    return post


def lines_of(post: Post) -> list[str]:
    """Return each block's text, with a line feed for each line break."""
    return ["\n".join(block.itertext()) for block in post.article]


def wrapped(text: str, width: int) -> str:
    return "\n".join("\n".join(textwrap.wrap(line, width)) for line in text.split("\n"))


@pytest.mark.parametrize("width", [65, 72, 80, 100])
def test_lines_broken_at_a_width_are_joined(width: int) -> None:
    post = read(wrapped(dump("en", body=[*LONG, POEM]), width))
    assert lines_of(post) == [*LONG, POEM]
    assert post.source_info.tool_formats == ["lines broken at a width"]


def test_line_breaks_of_the_author_stay() -> None:
    assert lines_of(read(dump("en", body=[*BODY, POEM]))) == [*BODY, POEM]


def test_unwrapped_text_is_unchanged() -> None:
    lines = [Line(text, n) for n, text in enumerate([*LONG, "", *POEM.split("\n"), "", *BODY], 1)]
    assert unwrap(lines) is lines


def test_wide_characters_are_joined_without_space() -> None:
    text = "灯台守は油を見て、それから芯を見て、誰かが坂を上ってくるまでの時間を言い当てた。" * 5
    lines = [Line(text[at : at + 39], n) for n, at in enumerate(range(0, len(text), 39), 1)]
    assert len(lines) > 4
    assert [line.text for line in unwrap(lines)] == [text]


def test_each_line_keeps_its_number() -> None:
    text = wrapped(dump("en", body=LONG), 72)
    lines = text.split("\n")
    post = read(text)
    assert post.provenance["title"] == f"line {lines.index(TITLE) + 1}"
    assert {(number, line) for number, _, line in post.removed_lines} <= {(n, line) for n, line in enumerate(lines, 1)}


@pytest.mark.parametrize("sign", ["> ", ">", "> > "])
def test_a_mail_that_quotes_a_dump(sign: str) -> None:
    text = "\r\n".join(sign + line for line in dump("en").split("\n"))
    assert [text_of(block) for block in read(text).article] == BODY


def test_bars_between_the_pieces_of_a_page() -> None:
    text = "|".join(line for line in dump("de", body=[*BODY, *LONG, "Ein Ende", "Noch eines"]).split("\n") if line)
    post = read(text)
    assert (post.metadata.title, post.metadata.authors) == (TITLE, [AUTHOR])
    assert [text_of(block) for block in post.article][:3] == BODY


def test_numbers_of_the_author_stay() -> None:
    notes = ["It burned for a year.[1] Nobody saw it.[2]", "[1] So the log says.", "[2] But see [1]."]
    assert [text_of(block) for block in read(dump("en", body=[*BODY, *notes])).article][3:] == notes


def test_urls_of_links_in_the_post_are_reported() -> None:
    menu = [f"   [{n}]Page {n}" for n in range(1, 5)]
    body = [BODY[0], "See [5]the pier and [6]the bench."]
    entries = [f"   {n}. https://www.example.com/{n}" for n in range(1, 7)]
    text = "\n".join(menu) + "\n\n" + dump("en", body=body) + "\nReferences\n\n" + "\n".join(entries) + "\n"
    post = read(text)
    assert [text_of(block) for block in post.article] == [BODY[0], "See the pier and the bench."]
    messages = [problem.detail for problem in post.problems if problem.kind == "links-without-anchor-text"]
    assert [detail.split(": ")[1] for detail in messages] == ["https://www.example.com/5 https://www.example.com/6"]
    assert write(post).fidelity.lossless


@pytest.mark.parametrize("sign", ["[IMG]", "[]", "(image)", "[1a2b3c_0123456789abcdef0123456789abcdef]"])
def test_image_placeholders_are_not_duplicated(sign: str) -> None:
    post = read(dump("en", body=[BODY[0], sign, sign, BODY[1]]))
    assert [block.get("class") or block.tag for block in post.article] == ["p", "missing", "p"]
    assert [problem.kind for problem in post.problems] == ["image-not-in-page"]


def test_buttons_and_form_fields_are_removed() -> None:
    lines = [*BODY, "(BUTTON) (BUTTON)", "____________________", "[ Submit ][ Submit ]"]
    assert [text_of(block) for block in read(dump("en", body=lines)).article] == BODY


def test_author_in_the_list_of_the_byline_above_the_title() -> None:
    text = dump("en", title_first=False)
    old = "\n\n".join(text.split("\n\n")[3:7])
    listed = f"  • {AUTHOR}\n  • \n      □ Mar 4, 2023\n      □ 3 min read"
    metadata = read(text.replace(old, listed)).metadata
    assert (metadata.title, metadata.authors, metadata.reading_minutes) == (TITLE, [AUTHOR], 3)


def test_categories_with_dots_between_them_need_not_all_be_in_the_menu() -> None:
    text = dump("en", body=[*BODY, "Ropes", "•", "Lamps"]).replace("All Posts", "All Posts\n\nLamps")
    post = read(text)
    assert ([text_of(block) for block in post.article], post.metadata.categories) == (BODY, ["Ropes", "Lamps"])


def test_item_numbers_of_a_tool_are_removed() -> None:
    items = ["  1. Oil", "     * for the lamp\n     * for the door", "  1. Wick"]
    post = read(dump("en", body=[BODY[0], *items, BODY[1], "1. The author's own", BODY[2]]))
    assert [block.tag for block in post.article] == ["p", "ol", "p", "p", "p"]
    assert [block.tag for item in post.article[1] for block in item] == ["p", "ul", "p"]
    assert text_of(post.article).count("1.") == 1


def test_page_without_line_breaks_is_refused_with_the_reason() -> None:
    text = " ".join(dump("en", body=[*BODY, *LONG * 2]).split())
    with pytest.raises(Skipped, match="without line breaks between its parts"):
        read_text("page.txt", text.encode())


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ("   [1]Home\n   [2]Blog\n", Kind.TEXT),
        ("[]\n\n-   Home\n", Kind.TEXT),
        ("[Home](https://www.example.com)\n", Kind.TEXT),
        ('[{"title": "x"}]', Kind.JSON),
        ("[]", Kind.JSON),
        ("[1, 2]", Kind.JSON),
        ("[[1]]", Kind.JSON),
    ],
)
def test_a_text_may_begin_with_a_bracket(raw: str, kind: Kind) -> None:
    assert sniff(raw.encode()) is kind


# ---- a print ------------------------------------------------------------------------------------------------------


def test_a_text_with_page_breaks_is_reported_to_be_of_a_print() -> None:
    text = dump("en")
    assert "print-layout" not in {problem.kind for problem in read(text).problems}
    middle = text.index("\n", len(text) // 2)
    assert "print-layout" in {problem.kind for problem in read(text[:middle] + "\n\f" + text[middle:]).problems}


def test_paragraphs_of_one_length_without_blank_lines_are_not_joined() -> None:
    paragraphs = [" ".join([*(["lamp"] * n), "and", "boats", "x" * (90 - 5 * n) + "."]) for n in (9, 10, 11, 12, 13)]
    lines = [Line(text, n) for n, text in enumerate([*paragraphs, "12 views", *paragraphs], 1)]
    assert unwrap(lines) == lines


def test_a_line_of_the_platform_is_not_the_rest_of_a_paragraph() -> None:
    text = textwrap.fill(" ".join(LONG), 72) + "\nRecent Posts\n"
    assert unwrap([Line(line, n) for n, line in enumerate(text.split("\n"), 1)])[-2].text == "Recent Posts"


def test_a_table_that_pandoc_cannot_write_is_a_placeholder() -> None:
    post = read(dump("en", body=[*BODY, "[TABLE]", BODY[0]]))
    assert ("block-missing", "the text does not contain its cells: a table") in [
        (p.kind, p.detail) for p in post.problems
    ]
    assert "TABLE" not in write(post).text


def test_a_button_of_lynx_below_a_full_line_is_not_its_rest() -> None:
    full = textwrap.fill(" ".join(LONG), 72).split("\n")
    lines = [Line(text, n) for n, text in enumerate([*full[:-1], "(BUTTON) (BUTTON)"], 1)]
    assert unwrap(lines)[-1].text == "(BUTTON) (BUTTON)"


def test_centered_lines_are_no_evidence_of_a_width() -> None:
    menu = ["Trailer", "Story of the lamp", "Keepers of the island", "Gallery", "Boats", "Prices", "Visits", "Contact"]
    short = textwrap.fill(LONG[0], 77, initial_indent="   ", subsequent_indent="   ") + "\n"
    text = "\n".join([*(entry.center(80).rstrip() for entry in menu), "", *([short] * 2)])
    joined = unwrap([Line(line, n) for n, line in enumerate(text.split("\n"), 1)])
    assert [line.text.strip() for line in joined if line.text.strip()] == [*menu, LONG[0], LONG[0]]


def test_two_items_with_hanging_lines_show_the_width() -> None:
    items = ["Light the lamp before the first boat is out of the harbor and the wind is up",
             "Put out as many cups as there are people on the path, and one more for the pilot"]  # fmt: skip
    text = "\n\n".join(f" {n}. {textwrap.fill(item, 60, subsequent_indent='    ')}" for n, item in enumerate(items, 1))
    joined = unwrap([Line(line, n) for n, line in enumerate(text.split("\n"), 1)])
    assert [line.text for line in joined if line.text] == [f" {n}. {item}" for n, item in enumerate(items, 1)]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("He said _not tonight_ and meant _not ever_.", "<em>not tonight</em> and meant <em>not ever</em>"),
        ("He was **the last one** to know.", "<strong>the last one</strong>"),
        ("The files oil_log_1 and oil_log_2 are lost.", "oil_log_1 and oil_log_2"),
        ("He swore f**k all day, and s**t in the evening.", "f**k all day, and s**t"),
    ],
)
def test_italics_alone_are_markdown(typed: str, meant: str) -> None:
    post = read(dump("en", body=[*LONG, typed]))
    html = write(post).text.replace("**the last one**", "<strong>the last one</strong>")
    html = html.replace("_not tonight_", "<em>not tonight</em>").replace("_not ever_", "<em>not ever</em>")
    assert meant in html.replace("\\", "")
