"""Test which lines of a dump's head are title and author: short titles, unusual names, posts in a row, interviews."""

from __future__ import annotations

import pytest

from unwix.model.post import Post
from unwix.readers.text_dump.reader import read_text

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


@pytest.mark.parametrize("author", ["J.R.", "nell a.", "Nell A.", "Studio 54", "Team Loft 9", "Ed Moss Jr."])
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
