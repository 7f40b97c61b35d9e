"""Test text dumps in Markdown, and texts of tools above the page. Whole pages are golden cases (`text-turndown` …)."""

from __future__ import annotations

import pytest

from support.dump_texts import AUTHOR, BODY, TITLE, dump
from unwix.model.article import text_of
from unwix.model.post import Post
from unwix.readers.text_dump.reader import read_text
from unwix.readers.text_dump.tool_formats.line import Line
from unwix.readers.text_dump.tool_formats.markdown import decode, encode, encode_lines, plain
from unwix.run.write_post import write
from unwix.web.saved_links import LinkRestorer

MENU = [
    "[Home](https://www.example.com)",
    "[Blog](https://www.example.com/blog)",
    "[Shop](https://www.example.com/shop)",
]


def read(text: str) -> Post:
    (post,) = read_text("page.txt", text.encode())
    return post


def body_of(post: Post) -> list[str]:
    return write(post).text.split("---\n", 2)[2].strip().split("\n\n")


def marked(*body: str, title: str = f"# {TITLE}") -> Post:
    """Return a Markdown dump with a body."""
    return read("\n\n".join(MENU) + "\n\n" + dump("en", body=list(body)).replace(TITLE, title, 1))


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("**Never** hurry the *fog*, nor the _tide_.", "**Never** hurry the _fog_, nor the _tide_."),
        (
            "It is [the bench](https://www.example.com/b_e_n_c_h).",
            "It is [the bench](https://www.example.com/b_e_n_c_h).",
        ),
        ("[**Bold** link](https://www.example.com/a)", "[**Bold** link](https://www.example.com/a)"),
        (r"1\. is no list\, and \*this\* no mark", r"1\. is no list, and \*this* no mark"),
        ("A name like snake_case_name stays.", r"A name like snake_case_name stays."),
        ("Five * three, and E*TRADE.", r"Five * three, and E*TRADE."),
        ("[Top](#0) and [nowhere]()", "Top and nowhere"),
        ("See <https://www.example.com/x_y>.", "See <https://www.example.com/x_y>."),
        ("~~old~~ and `code_of *mine*`", "~~old~~ and `code_of *mine*`"),
        ("**so** , he said", "**so**, he said"),
        ("**Ready** or **- > **not", r"**Ready** or - > not"),
        ("**to start with****the lamp**", "**to start with the lamp**"),
        ("__The lamp__ of snake_case", "**The lamp** of snake_case"),
        ("Type `<b>x</b>` or <code>a*b*</code>.", "Type `<b>x</b>` or `a*b*`."),
        ("<b>The lamp</b> of <u>the</u> <i>pier</i>", "**The lamp** of the _pier_"),
        ('<a href="https://www.example.com/a_b">the *bench*</a>', "[the _bench_](https://www.example.com/a_b)"),
        ("The lamp<br>the pier", "The lamp\\\nthe pier"),
        ('<div class="a"><span>ok</span></div>', r'\<div class="a">\<span>ok\</span>\</div>'),
        (r"\# 1 of the list", r"\# 1 of the list"),
        (r"\> no quote", r"\> no quote"),
        (r"\- no item", r"\- no item"),
        ("> a\n>\n> 1. b\n> 2. c", "> a\n>\n> 1. b\n> 2. c"),
        ("1. a\n2. b\n   - c\n3. d", "1. a\n2. b\n   - c\n3. d"),
    ],
)
def test_marks_in_a_line(line: str, written: str) -> None:
    post = marked(BODY[0], line, BODY[1])
    assert "\n\n".join(body_of(post)[1:-1]) == written
    assert write(post).fidelity.lossless


def test_images_have_their_originals_and_alternative_texts() -> None:
    address = "https://static.wixstatic.com/media/1a2b3c_0123456789abcdef0123456789abcdef~mv2.jpg"
    picture = f"![The lamp]({address}/v1/fill/w_149,h_50/lamp.jpg)"
    post = marked(BODY[0], f"{picture}{picture.replace('The lamp', '')}", f"[{picture}](https://www.example.com/lamp)")
    assert body_of(post)[1:] == [
        f"![The lamp]({address})",
        f"![]({address})",
        f"[![The lamp]({address})](https://www.example.com/lamp)",
    ]
    assert write(post).fidelity.lossless


def test_link_whose_words_are_broken_over_lines() -> None:
    post = marked(BODY[0], "Go to [the pier and the\nbench](https://www.example.com/a).")
    assert body_of(post)[1] == "Go to [the pier and the bench](https://www.example.com/a)."


def test_relative_link_is_reported() -> None:
    post = marked(BODY[0], "It is [the bench](../bench.html).")
    assert body_of(post)[1] == "It is the bench."
    assert [(problem.kind, "../bench.html" in problem.detail) for problem in post.problems] == [("relative-link", True)]


def test_headings_of_both_kinds_and_rules() -> None:
    post = marked(BODY[0], "What the shore said\n-------------------", BODY[1], "### **Bold**", "* * *", BODY[2])
    assert [block.tag for block in post.article] == ["p", "h2", "p", "h3", "hr", "p"]
    assert body_of(post)[3] == "### Bold"


def test_special_characters_in_plain_dumps_stay() -> None:
    line = "He wrote *never* and __init__ and [this](no address) on the door."
    assert text_of(read(dump("en", body=[*BODY, line])).article[-1]) == line


@pytest.mark.parametrize("text", ["a \x11b\x12c", "\x00 x", "\x01y", "\x17z"])
def test_control_characters_have_no_meaning(text: str) -> None:
    post = read(dump("en", body=[*BODY, text]))
    assert write(post).fidelity.lossless
    assert [block.get("class") for block in post.article] == [None] * 4


@pytest.mark.parametrize(
    "line", ["[ " + "![a](b) " * 60 + "]", "[" * 5000, "[a" * 5000, "![](" * 3000, "**_" * 5000, '[a](b "' * 2000]
)
def test_many_special_characters_take_linear_time(line: str) -> None:
    """A pattern that tries all alternatives would not end."""
    found = encode_lines([Line(line, 1), Line("rest](x)", 2)], LinkRestorer(None))
    assert found
    assert write(marked(BODY[0], line, BODY[1])).fidelity.lossless


@pytest.mark.parametrize("text", ["**a", "_a", "[a](b", "![a](", "`a", "a**", "*" * 50, "[" * 50, "\\", "](x)", "~~"])
def test_unpaired_marks_are_text(text: str) -> None:
    found = encode(text, LinkRestorer(None))
    assert isinstance(plain(found), str)
    assert all(run.text or run.atom is not None for run in decode(found))


def test_categories_and_tags_are_recognized_by_their_urls() -> None:
    labels = [
        "  * [slow evenings](https://www.example.com/blog/hashtags/slow-evenings)",
        "  * [Shore](https://www.example.com/blog/categories/shore)",
    ]
    post = marked(*BODY, labels[0], labels[1])
    assert (post.metadata.tags, post.metadata.categories) == (["slow evenings"], ["Shore"])
    assert [text_of(block) for block in post.article] == BODY


# ---- what stands above the page -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "above", [TITLE, f"{TITLE} | Harbour Notes", f"Title: {TITLE}\n\nURL Source: https://x.example"]
)
@pytest.mark.parametrize("title_first", [True, False], ids=["title-first", "byline-first"])
def test_title_stated_by_a_tool_above_the_page(above: str, title_first: bool) -> None:
    text = dump("en", title_first).replace(f"Writer's picture: {AUTHOR}\n\n", "")
    metadata = read(f"{above}\n\n\n{text}").metadata
    assert (metadata.title, metadata.authors) == (TITLE, [AUTHOR])


def test_title_in_pieces() -> None:
    first, rest = TITLE.split(" for ")
    text = dump("en", gap="\n").replace(TITLE, f"{first}\nfor {rest}", 1)
    post = read(f"{TITLE}\n{text}")
    assert post.metadata.title == TITLE
    assert [text_of(block) for block in post.article] == BODY


def test_updated_label_and_date_in_lines_of_their_own() -> None:
    text = dump("fr").replace("Dernière mise à jour : ", "Dernière mise à jour :\n")
    assert "mise à jour :\n" in text
    post = read(text)
    assert post.metadata.updated == "2023-03-04"
    assert [text_of(block) for block in post.article] == BODY


def test_date_below_a_text_is_not_a_byline() -> None:
    long = " ".join(BODY * 2)
    post = read("\n".join(["top of page", "All Posts", "Search", TITLE, long, "Mar 4, 2021", long, "bottom of page"]))
    assert post.metadata.title == TITLE
    assert text_of(post.article).count(long) == 2


def test_pieces_of_sentences_are_joined() -> None:
    pieces = [
        "That evening she went down to \nthe old pier\n, and then \nhome\n.",
        "It was late on that long evening\n, and\nDark.",
    ]
    post = read(dump("en", gap="\n", body=[BODY[0], *pieces]))
    messages = [text_of(block) for block in post.article]
    assert messages[1:] == [
        "That evening she went down to the old pier, and then home.",
        "It was late on that long evening, and",
        "Dark.",
    ]


def test_wrapped_quotes_of_several_paragraphs() -> None:
    lines = [
        "The ferry goes over the river in twenty minutes when the water is low, and",
        "nobody has ever seen it hurry, not even on the day of the fair in the town.",
        "",
        "> A river is nothing that you can learn, said the ferryman to the two boys on",
        "> the bench, you can only remember it.",
        ">",
        "> Then he wrote the level of the water on the door, as he does each evening of",
        "> the year.",
        "",
        "In November the other bank was gone, and we stopped in the middle of the water",
        "to listen to the cows.",
    ]
    quote = body_of(marked(BODY[0], "\n".join(lines), BODY[1]))[2]
    assert quote.split("\n>\n") == [
        "> A river is nothing that you can learn, said the ferryman to the two boys on the bench, you can only remember it.",
        "> Then he wrote the level of the water on the door, as he does each evening of the year.",
    ]


@pytest.mark.parametrize(
    ("mark", "note"), [("{}.", "[{}]Measured with a tape."), ("{}。", "[{}] 測りました。"), (" {}.", "[{}] Measured.")]
)
def test_notes_of_the_author_keep_their_numbers(mark: str, note: str) -> None:
    marks = [mark.format(f"[{n}]") for n in range(1, 6)]
    notes = [note.format(n) for n in range(1, 6)]
    post = marked(*(f"{BODY[0]} lamp{sign}" for sign in marks), "## Notes", *notes)
    text = "\n".join(body_of(post)).replace("\\", "")
    assert all(text.count(f"[{n}]") == 2 for n in range(1, 6))
