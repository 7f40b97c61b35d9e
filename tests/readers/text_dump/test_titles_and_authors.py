"""Test which lines of a dump's head are title and author: short titles, unusual names, posts in a row, interviews."""

from __future__ import annotations

import json

import pytest

from unwix.model.post import Post
from unwix.model.skipped import Skipped
from unwix.readers.text_dump.reader import read_records, read_text

ENGLISH = (
    "We carried the loom up four flights of stairs, one beam at a time, while the neighbours held the doors.",
    "The warp has two hundred threads; whoever counts them aloud is not allowed to stop for a question.",
    "By the end of May the first blanket was finished, and nobody wanted to be the one to cut it off.",
)
GERMAN = (
    "Den Webstuhl trugen wir Balken für Balken in den vierten Stock, während die Nachbarn alle Türen aufhielten.",
    "„Zähl laut“, sagte die alte Weberin, „zähl laut, und hör erst auf, wenn dich jemand nach dem Wetter fragt.“",
    "Ende Mai war die erste Decke fertig, und keiner von uns wollte derjenige sein, der sie abschneidet.",
)
CHINESE = (
    "織布機是從舅舅家的倉庫搬來的，四個人抬了一個下午才抬上樓。",
    "線一共有兩百根，數到一半有人敲門，就得從頭再數一遍。",
    "五月底第一條毯子織好了，誰也不肯拿剪刀把它剪下來。",
)
JAPANESE = (
    "織機は四人がかりで、半日かけて二階まで運びました。",
    "糸は二百本あり、途中で声をかけられると数え直しです。",
    "五月の終わりに、ようやく一枚目の布が織り上がりました。",
)
KOREAN = (
    "베틀은 삼촌 창고에서 가져왔는데 네 사람이 반나절 동안 옮겼습니다.",
    "실은 이백 가닥이라 세다가 누가 부르면 처음부터 다시 세야 합니다.",
    "오월 말에 첫 담요가 완성되었지만 아무도 가위를 들지 않았습니다.",
)
BYLINES = {
    "en": ("May 4, 2023", "3 min read", ENGLISH),
    "de": ("4. Mai 2023", "3 Min. Lesezeit", GERMAN),
    "zh": ("2023年5月4日", "讀畢需時 3 分鐘", CHINESE),
    "ja": ("2023年5月4日", "読了時間: 3分", JAPANESE),
    "ko": ("2023년 5월 4일", "3분 분량", KOREAN),
}


def read(*lines: str, between: str = "\n\n") -> Post:
    (post,) = read_text("page.txt", (between.join(lines) + "\n").encode())
    return post


def body(post: Post) -> list[str]:
    return ["".join(block.itertext()) for block in post.article]


@pytest.mark.parametrize(
    ("language", "author", "title"),
    [
        ("zh", "周雅婷", "藍毯子"),
        ("zh", "周雅婷", "梭子的故事"),
        ("zh", "周雅婷", "線"),
        ("ja", "森川あかり", "藍の布"),
        ("ko", "이서연", "실과 바늘"),
        ("en", "Nell Ashby", "Blue wool"),
        ("de", "Greta Lindner", "Blaue Wolle"),
    ],
)
@pytest.mark.parametrize("with_edges", [True, False])
def test_a_short_title_stands_above_the_author(language: str, author: str, title: str, with_edges: bool) -> None:
    date, minutes, texts = BYLINES[language]
    edges = (["top of page"], ["bottom of page"]) if with_edges else ([], [])
    post = read(*edges[0], title, "\n".join((author, date, minutes)), *texts, *edges[1])
    assert (post.metadata.title, post.metadata.authors, body(post)) == (title, [author], [*texts])


@pytest.mark.parametrize(
    ("language", "author", "titles"),
    [
        ("en", "Nell Ashby", ["Blue wool", "Spare shuttles", "Cold hands"]),
        ("de", "Greta Lindner", ["Blaue Wolle", "Alte Schiffchen", "Kalte Hände"]),
        ("zh", "周雅婷", ["藍毯子", "第二條毯子", "剪線"]),
        ("ko", "이서연", ["실과 바늘", "두 번째 담요", "가위"]),
    ],
)
def test_posts_in_a_row_keep_their_short_titles(language: str, author: str, titles: list[str]) -> None:
    date, minutes, texts = BYLINES[language]
    pasted = ["\n".join((title, author, date, minutes, "", "\n\n".join(f"{t} ({n})" for t in texts)))
              for n, title in enumerate(titles, 1)]  # fmt: skip
    posts = read_text("all.txt", ("\n\n".join(pasted) + "\n").encode())
    assert [post.metadata.title for post in posts] == titles
    assert [body(post) for post in posts] == [[f"{t} ({n})" for t in texts] for n in range(1, len(titles) + 1)]


@pytest.mark.parametrize(
    ("language", "menu", "title"),
    [
        ("de", "Startseite", "Blaue Wolle"),
        ("en", "Home", "Cold Hands"),
        ("zh", "首頁", "藍毯子"),
        ("ja", "ホーム", "藍の布"),
    ],
)
def test_two_words_are_the_title_if_no_other_line_is(language: str, menu: str, title: str) -> None:
    date, minutes, texts = BYLINES[language]
    post = read("top of page", menu, "Blog", title, date, minutes, *texts, "bottom of page", between="\n")
    assert (post.metadata.title, post.metadata.authors, body(post)) == (title, [], [*texts])


@pytest.mark.parametrize("title", ["Nell", "Nell Ashby", "Why?", "BLUE WOOL", "7"])
def test_the_line_above_the_authors_image_is_the_title(title: str) -> None:
    post = read("top of page", "Home", "Courses", title, "Writer's picture: Ann Stone", "Ann Stone", "May 4, 2023",
                "3 min read", *ENGLISH, "12 views0 comments", "bottom of page")  # fmt: skip
    expected = title if title != "7" else post.metadata.title  # a number alone can be the shop's cart
    assert (post.metadata.title, post.metadata.authors, body(post)) == (expected, ["Ann Stone"], [*ENGLISH])


@pytest.mark.parametrize(
    "author", ["J.R.", "nell a.", "Nell A.", "Studio 54", "Team Loft 9", "Ed Moss Jr.", "admin", "Editor"]
)
def test_names_with_initials_and_numbers(author: str) -> None:
    title = "What two hundred threads taught us"
    post = read("top of page", title, "\n".join((author, "May 4, 2023", "3 min read")), *ENGLISH, "bottom of page")
    assert (post.metadata.title, post.metadata.authors, body(post)) == (title, [author], [*ENGLISH])


@pytest.mark.parametrize("colon", ["", ":"])
@pytest.mark.parametrize(
    ("names", "title", "texts"),
    [
        (("Nell van Ash", "Tom Reed"), "A talk with Tom Reed", ENGLISH),
        (("周雅婷", "林大同"), "訪談林大同", CHINESE),
    ],
)
def test_a_speaker_is_not_the_title_of_an_interview(
    names: tuple[str, str], title: str, texts: tuple[str, ...], colon: str
) -> None:
    talk = [line for text in texts for line in (names[0] + colon, f"{title[-1]}?", names[1] + colon, text)]
    post = read("top of page", names[0], title, *talk, "bottom of page")
    assert (post.metadata.title, body(post)) == (title, talk)
    assert not post.problems


@pytest.mark.parametrize("query", ["utm_source=x&utm_medium=mail", "fbclid=abc", "gclid=1", "mc_cid=2"])
def test_a_stated_url_has_no_tracking_parameters(query: str) -> None:
    head = f"---\ntitle: Two hundred threads\nurl: https://www.loom.example/post/threads?{query}\n---\n"
    post = read(head + "Two hundred threads", "Nell Ashby", "May 4, 2023", "3 min read", *ENGLISH)
    assert (post.metadata.canonical_url, post.metadata.slug) == ("https://www.loom.example/post/threads", "threads")


@pytest.mark.parametrize("key", ["fetched", "Fetched at", "crawled", "scraped_at", "crawl_time", "date_of_download",
                                 "last_visited", "snapshot_date", "page_fetched"])  # fmt: skip
@pytest.mark.parametrize(
    ("date", "language"), [("May 4", "en"), ("4. Mai", "de"), ("5月4日", "zh"), ("5月4日", "ja"), ("5월 4일", "ko")]
)
def test_the_date_of_reading_completes_a_date_without_a_year(key: str, date: str, language: str) -> None:
    _, minutes, texts = BYLINES[language]
    head = f"---\ntitle: Loom\nurl: https://www.loom.example/post/loom\n{key}: 2024-02-01\n---\n"
    post = read(head + "top of page", "Loom", date, minutes, *texts, "bottom of page")
    assert (post.metadata.title, post.metadata.date, body(post)) == ("Loom", "2023-05-04", [*texts])


@pytest.mark.parametrize("date", ["May 1, 2023", "May 4, 2023"])
@pytest.mark.parametrize("inside", ["\n", "\n\n"])
def test_a_date_below_the_whole_byline_is_the_authors(date: str, inside: str) -> None:
    head = inside.join(("Diary of a loom", "Nell Ashby", "May 9, 2023", "3 min read"))
    post = read("top of page", head, date, ENGLISH[0], "May 7, 2023", *ENGLISH[1:], "bottom of page")
    assert (post.metadata.date, post.metadata.updated) == ("2023-05-09", None)
    assert body(post) == [date, ENGLISH[0], "May 7, 2023", *ENGLISH[1:]]


@pytest.mark.parametrize("tag", ["source", "url", "link"])
def test_posts_below_tags_with_their_urls(tag: str) -> None:
    titles = ["Blue wool", "Spare shuttles", "Cold hands"]
    pages = [
        "\n\n".join((f"<{tag}>https://www.loom.example/post/part-{n}</{tag}>", "top of page", f"# {title}", "Nell Ashby",
                     "May 4, 2023", "3 min read", *(f"{t} ({n})" for t in ENGLISH), "bottom of page"))
        for n, title in enumerate(titles)
    ]  # fmt: skip
    posts = read_text("all.md", "\n\n\n".join(pages).encode())
    assert [(post.metadata.title, post.metadata.slug) for post in posts] == [
        (title, f"part-{n}") for n, title in enumerate(titles)
    ]


GLUED = {
    "ko": "top of page홈강좌문의실과 바늘이서연2023년 5월 4일3분 분량"
    + "".join(KOREAN)
    + "조회수 40회댓글 0개bottom of page",
    "zh": "top of page首頁課程藍毯子周雅婷2023年5月4日讀畢需時 3 分鐘"
    + "".join(CHINESE)
    + "12 次查看0 則留言bottom of page",
    "ja": "top of page ホーム 藍の布 森川あかり 2023年5月4日 読了時間: 3分 " + " ".join(JAPANESE) + " bottom of page",
    "en": "top of page Home Blue wool Nell Ashby May 4, 2023 3 min read " + ENGLISH[0] + " bottom of page",
}


@pytest.mark.parametrize("text", GLUED.values(), ids=GLUED)
def test_a_page_on_one_line_is_refused_for_its_missing_line_breaks(text: str) -> None:
    with pytest.raises(Skipped) as reason:
        read_text("page.txt", text.encode())
    assert reason.value.kind == "no-line-breaks"


CARD = " ".join((ENGLISH[0], ENGLISH[1][:70]))


def test_cards_with_a_link_to_read_more_are_a_list() -> None:
    cards = [line for title in ("Blue wool", "Spare shuttles of a friend", "Cold hands")
             for line in ("Nell Ashby", "May 4, 2023", "3 min read", title, f"{CARD} …", "Keep reading", "0 views")]  # fmt: skip
    with pytest.raises(Skipped) as reason:
        read_text("blog.txt", "\n\n".join(("top of page", "Home", "Courses", *cards, "bottom of page")).encode())
    assert reason.value.kind == "list-page"


def test_cards_with_the_byline_below_their_texts_are_a_list() -> None:
    cards = [line for title in ("Blue wool", "Spare shuttles of a friend", "Cold hands")
             for line in (title, " ".join(ENGLISH * 3), "Nell Ashby", "May 4, 2023", "3 min read")]  # fmt: skip
    with pytest.raises(Skipped) as reason:
        read_text("tag.txt", "\n\n".join(("top of page", *cards, "bottom of page")).encode())
    assert reason.value.kind == "list-page"


def test_a_record_of_another_page_of_the_site_is_skipped() -> None:
    post = "\n\n".join(
        ("top of page", "Blue wool", "Nell Ashby", "May 4, 2023", "3 min read", *ENGLISH, "bottom of page")
    )
    about = "\n\n".join(("top of page", "Home", "We weave.", *ENGLISH, "bottom of page"))
    records = [
        {"url": "https://www.loom.example/about", "text": about},
        {"url": "https://www.loom.example/post/blue-wool", "text": post},
    ]
    (found,) = read_records("all.json", json.dumps(records).encode(), "json")
    assert found.metadata.title == "Blue wool"
    assert "1 (a page of a Wix site without a blog post)" in found.problems[0].detail


def test_a_page_of_few_words_without_a_line_of_a_post_is_skipped() -> None:
    records = [
        {"url": "https://www.loom.example/about", "text": f"top of page\n\nHome\n\n{ENGLISH[0]}\n\nbottom of page"}
    ]
    with pytest.raises(Skipped) as reason:
        read_records("all.json", json.dumps(records).encode(), "json")
    assert reason.value.kind == "site-page"


@pytest.mark.parametrize(
    ("language", "author", "title", "greeting"),
    [
        ("en", "Nell Ashby", "Blue wool", "Dear weavers!"),
        ("de", "Greta von Linden", "faden", "Liebe Leute!"),
        ("zh", "周雅婷", "藍毯子", "各位好！"),
        ("ja", "森川あかり", "藍の布", "こんにちは！"),
    ],
)
@pytest.mark.parametrize("top", [(), ("top of page",)])
def test_a_greeting_below_the_head_is_the_authors(
    language: str, author: str, title: str, greeting: str, top: tuple[str, ...]
) -> None:
    date, minutes, texts = BYLINES[language]
    post = read(*top, "\n".join((title, author, date, minutes)), greeting, *texts, "bottom of page")
    assert (post.metadata.title, post.metadata.authors, body(post)) == (title, [author], [greeting, *texts])


@pytest.mark.parametrize("file_name", ["Leaf pattern_edited.jpg", "logo.PNG"])
def test_the_file_name_of_an_image_above_the_title_is_not_the_author(file_name: str) -> None:
    post = read(
        "top of page", file_name, "Blue wool", "Updated: Jan 23", *ENGLISH, "22 views0 comments", "bottom of page"
    )
    assert (post.metadata.title, post.metadata.authors, body(post)) == ("Blue wool", [], list(ENGLISH))
