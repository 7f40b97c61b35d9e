"""The opening lines of articles that reading apps, clippers, chat programs and people save, in many languages."""

from __future__ import annotations

import pytest

from support.dump_texts import DATES, interface_text
from support.posts_in_languages import POSTS, LanguagePost
from unwix.model.article import text_of
from unwix.model.post import Post
from unwix.model.skipped import Skipped
from unwix.model.words_of_scripts import ANY_WORD
from unwix.readers.text_dump.reader import read_text

HOST = "www.station-garden.example"
LANGUAGES = ["en", "de", "ja", "th", "ar", "hi", "pl"]


def url_of(post: LanguagePost) -> str:
    words = ANY_WORD.findall(post.title.lower())
    return f"https://{HOST}/post/{'-'.join(words)}"


#: Opening lines with {title}, {author}, {url} and {host}; the date is 4 March 2023 where one is stated.
OPENINGS = {
    "reader mode": "{url}\n{title}\n{author}\n3–4 minutes\n",
    "reader mode without URL": "{host}\n\n{title}\n\n{author}\n\n3-4 minutes\n",
    "read later": "{title}\n{url}\n\n{author} • March 4, 2023\n",
    "notebook": "# {title}\n\nURL: {url}\nAuthor: {author}\nCreated: January 2, 2024 10:11 AM\n",
    "notes with time": "{title}\nThursday, January 2, 2024\n10:11 AM\nClipped from: {url}\n",
    "highlights app": "# {title}\n\n![rw-book-cover](https://assets.example/article0.png)\n\n## Metadata\n- Author: [[{author}]]\n"
    "- Full Title: {title}\n- Category: #articles\n- URL: {url}\n\n## Full Document\n",
    "front matter, then links": "---\nid: 0c2a\ntitle: |\n  {title}\nauthor: |\n  {author}\ndate_published: 2023-03-04 09:00:00\n"
    "---\n\n# {title}\n#Reading\n\n[Read on the App](https://app.example/me/x-18c)\n[Read Original]({url})\n",
    "properties": "title:: {title}\nurl:: {url}\nauthor:: [[{author}]]\ndate:: 2023-03-04\n",
    "org": "#+TITLE: {title}\n#+AUTHOR: {author}\n#+DATE: 2023-03-04\n#+SOURCE: {url}\n",
    "field list": "{title}\n======\n\n:Author: {author}\n:Date: 2023-03-04\n:URL: {url}\n",
    "mail": "Subject: {title}\nFrom: {author} <news@garden.example>\nDate: Sat, 4 Mar 2023 09:00:00 +0000\n\n"
    "View this post on the web at {url}\n",
    "shared": "{title} - {url}\n",
    "original article": "{title}\n\nby {author}\n\nOriginal article: {url}\n",
    "comment": "<!-- {url} -->\n# {title}\n\n_{author}, March 4, 2023_\n",
    "cache": "This is Google's cache of {url}. It is a snapshot of the page as it appeared on 4 Jun 2023 10:11:12 GMT. Learn "
    "more.\n\nFull version\nText-only version\n\n# {title}\n",
}


def body(post: LanguagePost) -> str:
    return f"\n{post.paragraphs[0]}\n\n## {post.heading}\n\n{post.paragraphs[1]}\n\n{post.paragraphs[2]}\n"


def read(text: str) -> Post:
    (post,) = read_text("page.txt", text.encode())
    return post


def blocks(post: Post) -> list[str]:
    return [text_of(block) for block in post.article]


def texts(post: LanguagePost) -> list[str]:
    return [post.paragraphs[0], post.heading, *post.paragraphs[1:]]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", OPENINGS)
def test_opening_lines_are_metadata(form: str, language: str) -> None:
    expected = POSTS[language]
    opening = OPENINGS[form].format(title=expected.title, author=expected.author, url=url_of(expected), host=HOST)
    post = read(opening + body(expected))
    metadata = post.metadata
    assert metadata.title == expected.title
    assert metadata.authors == ([expected.author] if "{author}" in OPENINGS[form] else [])
    assert metadata.canonical_url == (url_of(expected) if "{url}" in OPENINGS[form] else None)
    is_dated = "March 4" in opening or "2023-03-04" in opening or "Mar 2023" in opening
    assert (metadata.date or "")[:10] == ("2023-03-04" if is_dated else "")
    assert metadata.categories == []
    assert blocks(post) == texts(expected)
    assert post.ledger is not None
    assert post.ledger.unaccounted == 0


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("last", ["{url}", "Source: {url}", "[Original]({url})"])
def test_the_url_in_the_last_line_is_the_pages_if_it_names_the_title(last: str, language: str) -> None:
    expected = POSTS[language]
    text = f"# {expected.title}\n\nBy {expected.author} | March 4, 2023 | 3 min read\n{body(expected)}\n"
    post = read(text + last.format(url=url_of(expected)))
    assert post.metadata.canonical_url == url_of(expected)
    assert (post.metadata.title, post.metadata.authors) == (expected.title, [expected.author])
    assert (post.metadata.date, blocks(post)) == ("2023-03-04", texts(expected))
    with pytest.raises(Skipped):
        read(text + last.format(url="https://other.example/a-study-of-two-hundred-readers"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "first",
    [
        "[Our study of gates](https://www.garden.example/a-study-of-gates)",
        "#garden #tools",
        "![](https://static.wixstatic.com/media/a_b.jpg)",
        "https://video.example/watch/123",
    ],
)
def test_links_and_images_above_a_text_are_not_of_a_reading_app(first: str, language: str) -> None:
    expected = POSTS[language]
    head = f"---\ntitle: {expected.title}\nurl: {url_of(expected)}\n---\n\n"
    post = read(f"{head}By {expected.author}, March 4, 2023\n\n{first}\n{body(expected)}")
    assert (post.metadata.canonical_url, post.metadata.authors) == (url_of(expected), [expected.author])
    assert len(blocks(post)) == len(texts(expected)) + 1
    with pytest.raises(Skipped):
        read(f"{first}\n\n[Blog](https://www.garden.example/blog)\n{body(expected)}")


@pytest.mark.parametrize(
    "first",
    ["Nobody knows this place", "Warning", "We met at noon, March 4, 2023, below the tower", "Nora Quill said:"],
)
def test_the_first_lines_of_an_article_are_no_byline(first: str) -> None:
    expected = POSTS["en"]
    post = read(f"---\ntitle: {expected.title}\nurl: {url_of(expected)}\n---\n\n{first}\n{body(expected)}")
    assert blocks(post) == [first, *texts(expected)]
    assert post.metadata.authors == []


def test_a_block_of_markdown_in_an_answer_is_the_text() -> None:
    expected = POSTS["fr"]
    inside = (
        f"# {expected.title}\n\n*By {expected.author} · March 4, 2023*\n\nSource: {url_of(expected)}\n{body(expected)}"
    )
    post = read(f"Sure! Below is the article.\n\n```markdown\n{inside}```\n\nLet me know if you need more!\n")
    assert (post.metadata.title, post.metadata.authors) == (expected.title, [expected.author])
    assert blocks(post) == texts(expected)


def test_lists_of_images_and_links_below_a_text_are_the_tools() -> None:
    expected = POSTS["es"]
    head = f"Title: {expected.title}\n\nURL Source: {url_of(expected)}\n\nMarkdown Content:\n"
    tail = (
        "\nImages:\n- ![Image 1: a gate](https://i.example/a.jpg)\n\nLinks/Buttons:\n- [Blog](https://i.example/blog)\n"
    )
    post = read(head + body(expected) + tail)
    assert blocks(post) == texts(expected)
    own = f"{body(expected)}\nLinks:\n\n- [The seed library](https://seeds.example/)\n- and our own shed\n"
    assert blocks(read(head + own))[-2:] == ["Links:", "The seed libraryand our own shed"]


def printed(language: str, post: LanguagePost, sheets: int) -> str:
    """The text of a printed page: header and footer on each sheet."""
    byline = [post.author, DATES[language], interface_text("minutes", language, 3) or ""]
    lines = [post.title, "", *byline, *body(post).replace("## ", "").split("\n"), *body(post).split("\n")[5:]]
    count = -(-len(lines) // sheets)
    parts = [lines[at : at + count] for at in range(0, len(lines), count)]
    return "\f".join(
        f"1/5/24, 10:11 AM            {post.title} | {post.menu[0]}\n\n" + "\n".join(f"   {line}" for line in part)
        + f"\n\n{url_of(post)}                    {number}/{len(parts)}\n"
        for number, part in enumerate(parts, 1)
    )  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_headers_and_footers_of_a_print_are_no_text(language: str) -> None:
    expected = POSTS[language]
    post = read(printed(language, expected, 3))
    assert (post.metadata.title, post.metadata.authors) == (expected.title, [expected.author])
    assert (post.metadata.canonical_url, post.metadata.date) == (url_of(expected), "2023-03-04")
    assert blocks(post) == [*texts(expected), *texts(expected)[2:]]
    assert [problem.kind for problem in post.problems] == ["print-layout"]


def test_the_lines_of_a_print_are_joined_and_its_rows_taken_apart() -> None:
    title = "The garden behind the old station and everything else that we found there"
    head = f"1/5/24, 10:11 AM\n\n{title} | Seeds\n\n"
    row = f"   Home     Workshops     Seeds\n\n   {title[:37]}\n   {title[38:]}\n\n   Nora Quill     Mar 4, 2023     3 min read\n"
    one = (
        "   Nobody had opened the gate behind the old station for thirty years, and the key had to be made\n   again.\n"
    )
    two = "   We   began   with   beans  and  marigolds,  because  both  forgive mistakes, and because  the soil\n"
    three = "   was full of broken glass.\n"
    url = "https://www.station-garden.example/post/the-garden-behind-the-old-station"
    text = f"{head}{row}\n{one}\n{two}\n\n{url}\n\n1/2\n\f{head}{three}\n{url}\n\n2/2\n"
    post = read(text)
    assert (post.metadata.title, post.metadata.authors, post.metadata.date) == (title, ["Nora Quill"], "2023-03-04")
    assert blocks(post) == [
        "Nobody had opened the gate behind the old station for thirty years, and the key had to be made again.",
        "We began with beans and marigolds, because both forgive mistakes, and because the soil was full of broken glass.",
    ]


def test_the_authors_last_link_is_not_the_pages_url() -> None:
    expected = POSTS["en"]
    link = "https://www.festival.example/nominations/old-station-garden-festival-of-the-north-in-may"
    head = f"# {expected.title}\n\n**URL:** {url_of(expected)}\n\n---\n\n"
    post = read(f"{head}{body(expected)}\n{link}\n")
    assert post.metadata.canonical_url == url_of(expected)
    assert blocks(post) == [*texts(expected), link]
    with pytest.raises(Skipped):
        read(f"# {expected.title}\n{body(expected)}\n{link}\n")


def test_the_pages_own_byline_below_a_head_is_read_with_the_page() -> None:
    expected = POSTS["en"]
    head = f"Title: {expected.title}\nURL: {url_of(expected)}\nAuthor: {expected.author}\n\n"
    post = read(
        f"{head}* + Mar 4, 2023\n  + 3 min read\n\n# {expected.title}\n\n* [LETTERS](../blog/categories/letters.html)\n\n{body(expected)}"
    )
    metadata = post.metadata
    assert (metadata.authors, metadata.date, metadata.reading_minutes) == ([expected.author], "2023-03-04", 3)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "above",
    [
        "The Wayback Machine - https://web.archive.org/web/20230604101112/{url}",
        "This is Google's cache of {url}. It is a snapshot of the page as it appeared on 4 Jun 2023 10:11:12 GMT.",
    ],
)
def test_an_archive_states_the_url_of_a_whole_page(above: str, language: str) -> None:
    expected = POSTS[language]
    byline = [expected.author, DATES[language], interface_text("minutes", language, 3) or ""]
    page = ["top of page", interface_text("all_posts", language) or "", expected.title, *byline, *texts(expected)]
    counters = f"{interface_text('views', language, 12)}{interface_text('comments', language, 4)}"
    post = read("\n\n".join([above.format(url=url_of(expected)), *page, counters, "bottom of page"]))
    assert (post.metadata.title, post.metadata.authors) == (expected.title, [expected.author])
    assert post.metadata.canonical_url == url_of(expected)
    assert blocks(post) == texts(expected)
