"""Test several posts in one file: heads, separators of all kinds, or only one page after another."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from support.contained_posts import AUTHOR, BODIES, DAY, NAMES, TITLES, article, expected, page, read, summary, url

NUMBER = {name: n for n, name in enumerate(NAMES, 1)}
WITH_URL: dict[str, Callable[[str], str]] = {
    "URL": lambda n: f"URL: {url(n)}\n\n",
    "Source": lambda n: f"Source: {url(n)}\n\n",
    "bold": lambda n: f"**URL:** {url(n)}\n\n",
    "bold with a link": lambda n: f"**Source:** [{url(n)}]({url(n)})\n\n",
    "Jina": lambda n: f"Title: {TITLES[n]}\n\nURL Source: {url(n)}\n\nMarkdown Content:\n",
    "heading": lambda n: f"## Source: {url(n)}\n\n",
    "number sign": lambda n: f"# {url(n)}\n\n",
    "equals signs": lambda n: f"=== {url(n)} ===\n\n",
    "stars": lambda n: f"*** {url(n)} ***\n\n",
    "arrows": lambda n: f">>> {url(n)}\n\n",
    "bare": lambda n: f"{url(n)}\n\n",
    "angle brackets": lambda n: f"<{url(n)}>\n\n",
    "brackets": lambda n: f"[{url(n)}]\n\n",
    "comment": lambda n: f"<!-- {url(n)} -->\n\n",
    "comment with a key": lambda n: f"<!-- source: {url(n)} -->\n\n",
    "numbered": lambda n: f"[{NUMBER[n]}] {url(n)}\n\n",
    "numbered list": lambda n: f"{NUMBER[n]}. {url(n)}\n\n",
    "Document": lambda n: f"Document {NUMBER[n]}: {url(n)}\n\n",
    "banner": lambda n: f"================\nURL: {url(n)}\n================\n\n",
    "YAML": lambda n: f"---\ntitle: {TITLES[n]}\nurl: {url(n)}\n---\n\n",
    "TOML": lambda n: f'+++\ntitle = "{TITLES[n]}"\nurl = "{url(n)}"\n+++\n\n',
    "lines": lambda n: f"Title: {TITLES[n]}\nAuthor: {AUTHOR}\nDate: {DAY}\nURL: {url(n)}\n\n",
    "title and source": lambda n: f"# {TITLES[n]}\n\nSource: {url(n)}\n\n",
    "saved": lambda n: f"Saved from {url(n)} on 2024-01-01\n\n",
    "German": lambda n: f"Quelle: {url(n)}\n\n",
}
WITHOUT_URL: dict[str, Callable[[str], str]] = {
    "nothing": lambda n: "",
    "page numbers": lambda n: f"--- Page {NUMBER[n]} ---\n\n",
    "files": lambda n: f"==> {n}.txt <==\n",
    "file names": lambda n: f"===== FILE: {n}.txt =====\n",
    "headings of files": lambda n: f"## File: {n}.md\n\n",
    "numbers of posts": lambda n: f"### Post {NUMBER[n]}\n\n",
    "numbers of documents": lambda n: f"----- Document {NUMBER[n]} -----\n\n",
}
SEPARATORS = {
    "nothing": "\n",
    "rule": "\n---\n\n",
    "stars": "\n* * *\n\n",
    "long rule": f"\n{'=' * 40}\n\n",
    "dashes": f"\n{'-' * 40}\n\n",
    "form feed": "\n\f\n",
    "end of text": "\n<|endoftext|>\n",
    "empty lines": "\n" * 6,
    "drawn line": f"\n{'─' * 20}\n\n",
}
FORMS: dict[str, Callable[[str], str]] = {
    "page": page,
    "without edges": lambda name: page(name, edges=False),
    "Markdown": lambda name: page(name, is_markdown=True),
}


@pytest.mark.parametrize("head", WITH_URL)
@pytest.mark.parametrize("separator", ["nothing", "rule", "long rule"])
@pytest.mark.parametrize("form", FORMS)
def test_posts_below_their_urls(head: str, separator: str, form: str) -> None:
    posts = read(SEPARATORS[separator].join(WITH_URL[head](name) + FORMS[form](name) for name in NAMES))
    assert [summary(post) for post in posts] == [expected(name) for name in NAMES]


@pytest.mark.parametrize("head", WITHOUT_URL)
@pytest.mark.parametrize("separator", SEPARATORS)
@pytest.mark.parametrize("form", FORMS)
def test_posts_without_their_urls(head: str, separator: str, form: str) -> None:
    posts = read(SEPARATORS[separator].join(WITHOUT_URL[head](name) + FORMS[form](name) for name in NAMES))
    assert [summary(post) for post in posts] == [expected(name, url=None) for name in NAMES]


@pytest.mark.parametrize(
    "head",
    [
        lambda n: f"---\ntitle: {TITLES[n]}\nauthor: {AUTHOR}\ndate: {DAY}\nurl: {url(n)}\n---\n\n",
        lambda n: f"Title: {TITLES[n]}\nAuthor: {AUTHOR}\nDate: {DAY}\nURL: {url(n)}\n\n",
        lambda n: f'+++\ntitle = "{TITLES[n]}"\nauthor = "{AUTHOR}"\ndate = {DAY}\nurl = "{url(n)}"\n+++\n\n',
    ],
    ids=["YAML", "lines", "TOML"],
)
@pytest.mark.parametrize("separator", ["nothing", "rule", "long rule"])
def test_articles_below_their_metadata(head: Callable[[str], str], separator: str) -> None:
    posts = read(SEPARATORS[separator].join(head(name) + article(name) for name in NAMES))
    assert [summary(post) for post in posts] == [expected(name) for name in NAMES]


def test_urls_of_one_form_need_nothing_below_that_shows_a_page() -> None:
    menu = "\n".join(f"Entry {n} of a long menu" for n in range(40))
    posts = read("\n\n".join(f"URL: {url(name)}\n\n{menu}\n{page(name, edges=False)}" for name in NAMES))
    assert [post.metadata.canonical_url for post in posts] == [url(name) for name in NAMES]


@pytest.mark.parametrize("head", ["URL: {url}\n\n", "## {title}\n\n**Source:** {url}\n\n"], ids=["key", "heading"])
def test_urls_with_the_words_of_the_title_need_nothing_below_that_shows_a_page(head: str) -> None:
    menu = "\n".join(f"Entry {n} of a long menu" for n in range(40))
    urls = {
        name: f"https://{name}.example/blog/{'-'.join(re.findall('[a-z]+', TITLES[name].lower()))}" for name in NAMES
    }
    heads = {name: head.format(url=urls[name], title=TITLES[name]) for name in NAMES}
    posts = read("\n\n".join(f"{heads[name]}{TITLES[name]}\n{menu}\n{page(name, edges=False)}" for name in NAMES))
    assert [post.metadata.canonical_url for post in posts] == list(urls.values())


def test_underlined_heading_is_not_a_separator() -> None:
    lines = page("one", edges=False).split("\n")
    at = lines.index(TITLES["one"])
    lines[at + 1 : at + 1] = ["=" * len(TITLES["one"])]
    lines[-1:-1] = [
        "",
        "A second heading",
        "----------------",
        "",
        "A last paragraph of the author, long enough for one.",
    ]
    (post,) = read("\n".join(lines))
    assert post.metadata.title == TITLES["one"]


@pytest.mark.parametrize("rule", ["---", "* * *", "=====", "~~~~"])
def test_a_rule_between_posts_is_in_none_of_them(rule: str) -> None:
    posts = read(f"\n\n{rule}\n\n".join(f"# {page(name, edges=False)}" for name in NAMES))
    assert [summary(post)["body"] for post in posts] == [expected(name)["body"] for name in NAMES]


@pytest.mark.parametrize("count", [2, 30, 100])
def test_many_posts(count: int) -> None:
    names = [NAMES[n % 3] for n in range(count)]
    posts = read("\n".join(f"URL: {url(name)}\n\n{page(name)}" for name in names))
    assert [post.metadata.title for post in posts] == [TITLES[name] for name in names]


def test_encodings_and_line_ends() -> None:
    text = "\n".join(f"URL: {url(name)}\n\n{page(name)}" for name in NAMES)
    for raw in (text.encode("utf-16"), text.encode("utf-8-sig"), text.replace("\n", "\r\n").encode()):
        assert [summary(post) for post in read(raw)] == [expected(name) for name in NAMES]


@pytest.mark.parametrize("edges", [True, False], ids=["edges", "no-edges"])
@pytest.mark.parametrize("above", ["", f"{url('one')}\n\n", f"URL: {url('one')}\n\n"], ids=["none", "bare", "key"])
@pytest.mark.parametrize(
    "lines",
    [
        "https://www.videos.example/watch?v=1",
        "Source: https://www.videos.example/watch?v=1",
        "Source: https://www.videos.example/watch?v=1\n\nA last paragraph with words enough to be the author's own.",
        "Title: A book\nAuthor: Somebody\nURL: https://www.books.example/1",
    ],
    ids=["URL", "source", "source and text", "book"],
)
def test_urls_of_the_author_begin_no_post(edges: bool, above: str, lines: str) -> None:
    text = page("one", edges).replace("Recent Posts", f"{lines}\n\nRecent Posts")
    (post,) = read(above + text)
    body = "\n".join(summary(post)["body"])  # type: ignore[arg-type]
    assert body.startswith("\n".join(BODIES["one"]))
    assert all(line in body for line in lines.split("\n"))
