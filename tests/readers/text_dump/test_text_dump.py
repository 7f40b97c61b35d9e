"""Test text dumps of one post: detection signals, head, body, tail, and other texts."""

from __future__ import annotations

import pytest

from support.dump_texts import AUTHOR, BODY, DATES, LANGUAGES, TITLE, dump, interface_text
from unwix.model.article import text_of
from unwix.model.post import Post
from unwix.model.skipped import Skipped
from unwix.readers.text_dump.reader import read_text
from unwix.run.write_post import write


def read(text: str) -> Post:
    posts = read_text("page.txt", text.encode())
    assert len(posts) == 1
    return posts[0]


def body_of(post: Post) -> str:
    return write(post).text.split("---\n", 2)[2].strip()


def page(*body: str, head: str = "", tail: str = "12 views0 comments") -> str:
    """Return an English page with a body; its parts are separated by one blank line."""
    head = head or f"{TITLE}\n\nWriter's picture: {AUTHOR}\n\nMar 4, 2023\n\n3 min read"
    return "\n\n".join(["top of page", "All Posts", head, *body, tail, "bottom of page"])


def head_of(*lines: str) -> Post:
    return read("\n\n".join(["top of page", "All Posts", *lines, *BODY, "12 views0 comments", "bottom of page"]))


# ---- all languages ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("gap", ["\n\n", "\n"], ids=["spaced", "without-blank-lines"])
@pytest.mark.parametrize("title_first", [True, False], ids=["title-first", "byline-first"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_in_both_orders(language: str, title_first: bool, gap: str) -> None:
    post = read(dump(language, title_first, gap))
    metadata = post.metadata
    assert (metadata.title, metadata.authors) == (TITLE, [AUTHOR])
    assert (metadata.date, metadata.updated) == ("2023-03-04", "2023-03-04")
    assert (metadata.reading_minutes, metadata.views, metadata.comments) == (3, 12, 5)
    assert [text_of(block) for block in post.article] == BODY
    assert post.problems == []


@pytest.mark.parametrize("language", [lang for lang in LANGUAGES if interface_text("like", lang)])
def test_likes_are_read_before_and_after_the_like_state(language: str) -> None:
    state = interface_text("like", language)
    text = dump(language).replace(f"{state}\n", f"3 x. {state}3\n")
    assert read(text).metadata.likes == 3


def test_languages_may_be_mixed() -> None:
    post = read(page(*BODY, tail="50 vues0 commentaire\n\nPost not marked as liked\n\nNeueste\n\nVer todo"))
    assert [text_of(block) for block in post.article] == BODY
    assert (post.metadata.views, post.metadata.comments) == (50, 0)


# ---- the head -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "author"),
    [
        (["Writer's picture: Josh Brar Josh Brar"], "Josh Brar"),
        (["Writer's pictureJosh Brar"], "Josh Brar"),
        (["Immagine del redattoreElia Cristofoli"], "Elia Cristofoli"),
        (["Photo du rédacteur emelinefe", "emelinefe"], "emelinefe"),
        (["Writer: Burak", "Burak"], "Burak"),
        (["Writer's picture", "Ada Crewe"], "Ada Crewe"),
        (["Ada Crewe", "Admin"], "Ada Crewe"),
        (["office@example.com"], "office@example.com"),
    ],
)
def test_forms_of_the_author(lines: list[str], author: str) -> None:
    post = head_of(TITLE, *lines, "Mar 4, 2023", "3 min read")
    assert (post.metadata.title, post.metadata.authors) == (TITLE, [author])


@pytest.mark.parametrize(
    ("language", "line", "date"),
    [
        ("en", "Sep 9, 20233 min read", "2023-09-09"),
        ("fr", "9 nov. 20193 min de lecture", "2019-11-09"),
        ("fr", "Sep 9, 20233 min read", "2023-09-09"),
        ("de", "4. März 20233 Min. Lesezeit", "2023-03-04"),
        ("ja", "2023年3月4日読了時間: 3分", "2023-03-04"),
        ("it", "4 mar 2023Tempo di lettura: 3 min", "2023-03-04"),
        ("en", "Sep 93 min read", None),
    ],
)
def test_date_and_minutes_without_space_are_read(language: str, line: str, date: str | None) -> None:
    apart = f"{DATES[language]}\n\n{interface_text('minutes', language, 3)}\n"
    assert apart in dump(language)
    metadata = read(dump(language).replace(apart, f"{line}\n")).metadata
    assert (metadata.date, metadata.reading_minutes) == (date, 3)


def test_parts_of_the_head_may_be_switched_off() -> None:
    for lines in (["3 min read"], ["Mar 4, 2023"], ["Writer: Ada Crewe"]):
        post = head_of("Category", TITLE, *lines)
        assert post.metadata.title == TITLE, lines
        assert [text_of(block) for block in post.article] == BODY


def test_updated_between_byline_and_body_states_the_order() -> None:
    above = read(
        "\n\n".join(
            [
                "Boats",
                "Kites",
                "Ada Crewe",
                "Mar 4, 2023",
                "3 min read",
                TITLE,
                "Updated: Mar 5, 2023",
                *BODY,
                "12 views0 comments",
            ]
        )
    )
    below = read(
        "\n\n".join(
            [
                "Boats",
                "Kites",
                TITLE,
                "Ada Crewe",
                "Mar 4, 2023",
                "3 min read",
                "Updated: Mar 5, 2023",
                *BODY,
                "12 views0 comments",
            ]
        )
    )
    for post in (above, below):
        assert (post.metadata.title, post.metadata.authors, post.metadata.updated) == (
            TITLE,
            ["Ada Crewe"],
            "2023-03-05",
        )


@pytest.mark.parametrize("date", ["Mar 4", "5 days ago", "3 hours ago"])
def test_ambiguous_date_is_left_out_and_reported(date: str) -> None:
    post = head_of(TITLE, "Writer: Ada Crewe", date, "3 min read")
    assert post.metadata.date is None
    assert [problem.kind for problem in post.problems] == ["date-unclear"]
    assert date in post.problems[0].detail


def test_stars_below_the_head_are_not_the_body() -> None:
    assert body_of(
        head_of(TITLE, "Mar 4, 2023", "3 min read", "Rated NaN out of 5 stars.", "No ratings yet")
    ).startswith(BODY[0])


# ---- the body -----------------------------------------------------------------------------------------------------


def test_interface_words_in_a_sentence_remove_nothing() -> None:
    lines = [
        "Under Recent Posts I found it, and I clicked See All.",
        "Recent Posts",
        "was its name; it had 3 comments.",
        "It is at the top of page one.",
    ]
    post = read(page(*lines, tail="12 views0 comments\n\nRecent Posts\n\nSee All\n\nAnother\n\nAnother"))
    assert [text_of(block) for block in post.article] == lines


def test_recent_posts_block_ends_the_body_without_counters() -> None:
    post = read(page(*BODY, tail="Recent Posts\n\nSee All\n\nAnother\n\nAnother"))
    assert [text_of(block) for block in post.article] == BODY


def test_headings_are_detected_by_blank_lines() -> None:
    post = read(page(BODY[0], "\nWhat the shore said\n", BODY[1], "\nA line that ends with a stop.\n", BODY[2]))
    assert [block.tag for block in post.article] == ["p", "h2", "p", "p", "p"]


def test_box_about_the_author_is_a_heading_without_the_alternative_text() -> None:
    box = [
        f"\nMore from {AUTHOR.split()[0]}\n",
        f"\nAbout {AUTHOR}:",
        f"Author - {AUTHOR}",
        "I write about lamps and the people who fill them. My first book was about oil.",
    ]
    post = read(page(BODY[0], "\nWhat the shore said\n", BODY[1], BODY[2], *box))
    headings = [(block.tag, block.text) for block in post.article if block.tag != "p"]
    assert headings == [("h2", "What the shore said"), ("h2", f"About {AUTHOR}")]
    assert f"Author - {AUTHOR}" not in body_of(post)


def test_lists() -> None:
    post = read(page(BODY[0], "• oil", "• wick", BODY[1], "3. light", "4. wait", BODY[2]))
    assert body_of(post).split("\n\n")[1:4:2] == ["- oil\n- wick", "3. light\n4. wait"]
    assert write(post).fidelity.lossless


@pytest.mark.parametrize(
    "quote",
    ["> It burns.\n> It is enough.", "“It burns.”\n\n— The keeper", "„Es brennt.“\n— Der Wärter", "「灯る」\n— 番人"],
)
def test_plain_quotes(quote: str) -> None:
    assert [block.tag for block in read(page(BODY[0], quote, BODY[1])).article] == ["p", "blockquote", "p"]


def test_dialogue_is_not_a_quote() -> None:
    post = read(page(BODY[0], "“Is it lit?”", "“It is.”", "— No, it is not, he said, and went away.", BODY[1]))
    assert {block.tag for block in post.article} == {"p"}


def test_cover_that_repeats_the_title_above_the_body_is_removed() -> None:
    post = read(page(TITLE, BODY[0], BODY[1]))
    assert [text_of(block) for block in post.article] == BODY[:2]
    assert post.problems == []


def test_image_that_repeats_the_title_in_the_body_is_a_placeholder() -> None:
    post = read(page(BODY[0], TITLE, BODY[1]))
    assert [block.get("class") or block.tag for block in post.article] == ["p", "missing", "p"]
    assert [problem.kind for problem in post.problems] == ["image-not-in-page"]


def test_marked_heading_that_repeats_the_title_stays() -> None:
    post = read(page(BODY[0], f"## {TITLE}", BODY[1]))
    assert [block.tag for block in post.article] == ["p", "h2", "p"]


@pytest.mark.parametrize("name", ["tri-logo (1).png", "download (19).jpeg", "IMG_2041.HEIC", "снимок 3.jpg"])
def test_file_name_of_an_image_is_not_mixed_into_prose(name: str) -> None:
    post = read(page(BODY[0], name, BODY[1]))
    assert [block.get("class") or block.tag for block in post.article] == ["p", "missing", "p"]
    assert [(problem.kind, name in problem.detail) for problem in post.problems] == [("image-not-in-page", True)]
    assert name in [text for _, _, text in post.removed_lines]


def test_file_name_in_a_sentence_stays() -> None:
    post = read(page(BODY[0], "Save it as\nlogo.png\nand go home.", BODY[1]))
    assert "logo.png" in text_of(post.article)


def test_file_without_a_url() -> None:
    post = read(page(BODY[0], "plan", ".pdf", "Download PDF • 31MB", BODY[1]))
    mark = "the file “plan.pdf” is missing here; the text does not contain its URL"
    assert [(block.get("class"), text_of(block)) for block in post.article][1] == ("missing", mark)


@pytest.mark.parametrize("caption", ["The lamp in the window", "窓辺に置かれた古いランプ"])
def test_duplicate_caption_is_removed(caption: str) -> None:
    post = read(page(BODY[0], caption, caption, BODY[1]))
    assert [text_of(block) for block in post.article] == [BODY[0], caption, BODY[1]]


@pytest.mark.parametrize("line", ["No.", "And so it goes.", "“Who is there at this hour?”"])
def test_repeated_words_of_the_author_stay(line: str) -> None:
    post = read(page(BODY[0], line, line, BODY[1]))
    assert [text_of(block) for block in post.article] == [BODY[0], line, line, BODY[1]]


def test_sentences_without_spaces_are_not_tags() -> None:
    body = ["坂の上に本屋がある。", "\n店主は言う。濡れた心で選ぶものだ、と。", "棚には三百冊しかない。"]
    post = read(page(*body, tail="閲覧数：89回0件のコメント"))
    assert post.metadata.tags == []
    assert "三百冊" in text_of(post.article)


# ---- the tail -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "counter",
    [
        "1.2K views3 comments",
        "1,2 тыс. просмотров3 комментария",
        "1.2万 次查看3 則留言",
        "1,2 mil visualizações3 comentários",
    ],
)
def test_shortened_counter_is_not_exact_and_left_out(counter: str) -> None:
    metadata = read(page(*BODY, tail=counter)).metadata
    assert (metadata.views, metadata.comments) == (None, 3)


def test_exact_counters_with_signs_between_thousands() -> None:
    assert read(page(*BODY, tail="1,204 views3 comments")).metadata.views == 1204


def test_commenting_that_is_turned_off() -> None:
    assert (
        read(page(*BODY, tail="12 views0 comments\n\nComments\n\nCommenting has been turned off.")).metadata.commenting
        == "closed"
    )


def test_categories_and_tags() -> None:
    text = page(*BODY, tail="Tags:\n\nlamps\n\noil\n\nShore\n\n12 views0 comments").replace(
        "All Posts", "All Posts\n\nShore"
    )
    metadata = read(text).metadata
    assert (metadata.tags, metadata.categories) == (["lamps", "oil"], ["Shore"])


def test_cards_of_recent_posts_give_no_metadata() -> None:
    metadata = read(page(*BODY, tail="Recent Posts\n\nSee All\n\nAnother\n\n270\n\n9 views4 comments")).metadata
    assert (metadata.views, metadata.comments) == (None, None)


def test_each_line_is_in_the_body_or_listed_as_removed() -> None:
    text = dump("pl", body=[*BODY, "mapa.png"])
    post = read(text)
    cut = {number: what for number, what, _ in post.removed_lines}
    lines = text.split("\n")
    own = {number for number, line in enumerate(lines, 1) if line in BODY}
    assert own | cut.keys() == {number for number, line in enumerate(lines, 1) if line}
    assert not own & cut.keys()
    assert all(cut.values())


# ---- evidence -----------------------------------------------------------------------------------------------------


def test_detection_signals_are_reported_with_weights() -> None:
    info = read(page(*BODY)).source_info
    assert info.detection_signals == ["all_posts", "author", "counters", "date and minutes", "edge", "minutes"]
    assert info.detection_score == "12; 4 is enough"


NOVEL = (
    "CHAPTER IV\n\nThe Search\n\nIt was the 4th of March 1823, and a quiet evening.\n\n“Who is there?” said the captain.\n\n"
    "He had read for 3 minutes when the lamp went out.\n\nThe End\n"
)
SOURCE = """import sys

# top of page
def views(n):
    'Search: 3 min read'
    return n  # Recent Posts

print(views(12), 'views', 0, 'comments')
"""
MAIL = """From: Ada <ada@example.com>
To: Nell <nell@example.com>
Subject: Updated: the blog
Date: Mon, 4 Mar 2024 10:00:00 +0000

Dear Nell,

the post has 12 views.

Ada
"""
README = """# unlamp

A tool for lamps.

## Install

    pip install unlamp

## Search

See All options with `--help`.

## More

* Comments
* Search
"""
TABLE = "Name\tViews\tComments\nAda\t12 views\t0 comments\nNell\t3 views\t1 comment\n"
ARTICLE = "A quiet town\n\nBy Ada Crewe\n\nMarch 4, 2023\n\nThe town is quiet.\n\nRelated: Another town\n\nShare this\n\nPrivacy Policy\n"


@pytest.mark.parametrize(
    "text", [NOVEL, SOURCE, MAIL, README, TABLE, ARTICLE], ids=["novel", "source", "mail", "readme", "table", "article"]
)
def test_other_texts_are_not_dumps(text: str) -> None:
    with pytest.raises(Skipped, match="without the signs of a Wix post page"):
        read_text("x.txt", text.encode())


def test_html_source_is_not_a_dump() -> None:
    source = (
        "    "
        + "\n    ".join(f"&lt;p&gt;{line}&lt;/p&gt;" for line in (TITLE, *BODY))
        + "\n&lt;span&gt;3 min read&lt;/span&gt;\n"
    )
    with pytest.raises(Skipped):
        read_text("x.txt", source.encode())


def test_plain_text_is_a_post_with_as_text() -> None:
    posts = read_text("x.txt", NOVEL.encode(), plain=True)
    assert "the captain" in text_of(posts[0].article)
    assert posts[0].metadata.as_dict() == {}
    assert [problem.kind for problem in posts[0].problems] == ["title-missing"]
    result = write(posts[0])
    assert result.fidelity.lossless
    assert result.result == "complete"


def test_words_of_the_title_above_the_counters_are_tags_without_blank_lines() -> None:
    tags = ["LAMPS", "NIGHT", "SEVEN", "Harbour"]
    post = read(
        "\n".join(["top of page", TITLE, AUTHOR, DATES["en"], "3 min read", *BODY, *tags, "12 views", "0 comments"])
    )
    assert (post.metadata.tags, [text_of(block) for block in post.article]) == (tags, BODY)


def test_a_footer_of_usual_labels_above_a_copyright_line_needs_no_menu() -> None:
    footer = ["Home", "Lamp shop", "Blog", "About", "Contact", "Ropes", "© 2026 Harbour Notes", "bottom of page"]
    post = read("\n\n".join(["top of page", TITLE, AUTHOR, DATES["en"], "3 min read", *BODY, *footer]))
    assert [text_of(block) for block in post.article] == BODY


@pytest.mark.parametrize(
    ("title", "heading"), [("A rope has two ends", "What the tide left"), ("老车站后面的花园", "我们最先种下的东西")]
)
def test_a_heading_below_the_minutes_is_not_the_title_when_the_author_is_switched_off(title: str, heading: str) -> None:
    menu = ["top of page", "Home", "All Posts", "Ropes"]
    post = read("\n\n".join([*menu, title, "3 min read", heading, *BODY, "12 views0 comments", "bottom of page"]))
    assert (post.metadata.title, text_of(post.article[0])) == (title, heading)


@pytest.mark.parametrize(
    "last", ["I hope to stop avoiding you.", "Espero dejar de evitarte.", "Wir warten noch immer."]
)
def test_a_sentence_above_the_categories_is_no_tag(last: str) -> None:
    lines = [
        "top of page",
        "All Posts",
        "* Poems",
        "* Letters",
        "",
        TITLE,
        f"Writer: {AUTHOR}",
        "Mar 4, 2023",
        "3 min read",
        "",
    ]
    end = [f"\n{last}\n", "* Poems", "* Letters", "", "12 views0 comments", "bottom of page"]
    post = read("\n".join([*lines, *(f"{line}\n" for line in BODY), *end]))
    assert body_of(post).endswith(last)
    assert post.metadata.tags == []


def test_a_first_line_that_begins_like_the_update_line_is_kept() -> None:
    post = read(page("Updated: with three more glazes at the end", "The kiln is cold."))
    assert "Updated: with three more glazes at the end" in body_of(post)


@pytest.mark.parametrize(
    "last",
    [
        "© Nora Quill, 2023. All photos by Ann Stone.",
        "© Fotos: Anna Stein 2023",
        "Photo credit: Ann Stone 2023 ©",
        "写真：石田 © 2023",
    ],
)
def test_credit_for_images_is_no_footer(last: str) -> None:
    assert body_of(read(page(last, tail=""))).endswith(last)


def test_footer_of_a_photographer_is_a_footer() -> None:
    assert "Photography" not in body_of(read(page(tail="© 2023 Ann Stone Photography")))


def test_byline_at_the_end_of_an_article_is_not_the_posts() -> None:
    head = '---\ntitle: "Ten books"\nurl: https://www.example.com/post/ten-books\n---\n\n'
    text = "\n\n".join(BODY)
    post = read(f"{head}{text}\n\nSep 9, 2023\n\n5 min read\n")
    assert (post.metadata.title, post.metadata.reading_minutes) == ("Ten books", None)
    assert body_of(post).endswith("5 min read")


def test_byline_on_one_line_is_read_but_no_sign_of_wix() -> None:
    """Other blogs print the same."""
    line, text = "Nora Quill · Sep 9, 2023 · 3 min read", "\n\n".join(BODY)
    with pytest.raises(Skipped):
        read_text("a.txt", f"Ten books\n\n{line}\n\n{text}\n".encode())
    post = read(f"top of page\n\nTen books\n\n{line}\n\n{text}\n\nbottom of page\n")
    assert (post.metadata.title, post.metadata.authors) == ("Ten books", ["Nora Quill"])
    assert (post.metadata.date, post.metadata.reading_minutes) == ("2023-09-09", 3)


@pytest.mark.parametrize(
    "street", ["ul. Portowa 14", "Kikötő utca 14.", "вул. Портова, 14", "Hafenstr. 14", "14 Harbour Road, Port"]
)
def test_street_in_a_footer_is_the_sites(street: str) -> None:
    end = ["", street, "", "Tel: 044 555 01 99", "", "© 2025 Ann Stone Photography", "", "bottom of page"]
    text = "\n\n".join(["top of page", TITLE, AUTHOR, DATES["en"], "3 min read", *BODY, *end])
    assert street not in body_of(read(text))


@pytest.mark.parametrize("source", ["https://www.example.org/a-study", "www.example.org/a/b.pdf"])
def test_source_above_the_authors_copyright_line_stays(source: str) -> None:
    end = ["Sources", source, f"© {AUTHOR}, 2024", "bottom of page"]
    text = "\n\n".join(["top of page", TITLE, AUTHOR, DATES["en"], "3 min read", *BODY, *end])
    assert source.removeprefix("https://") in body_of(read(text))
