"""Test texts between tags, the form of prompts for language models."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from support.contained_posts import AUTHOR, DAY, NAMES, TITLES, article, expected, page, read, summary, url

NUMBER = {name: n for n, name in enumerate(NAMES, 1)}
DOCUMENT = "<document>\n<source>{url}</source>\n<document_content>\n{page}\n</document_content>\n</document>"


def documents(name: str) -> str:
    return DOCUMENT.format(url=url(name), page=page(name))


PAGES: dict[str, Callable[[str], str]] = {
    "documents": documents,
    "numbered": lambda n: documents(n).replace("<document>", f'<document index="{NUMBER[n]}">'),
    "on one line": lambda n: (
        f"<document><source>{url(n)}</source><document_content>{page(n)}</document_content></document>"
    ),
    "text behind its tag": lambda n: (
        f"<document>\n<source>{url(n)}</source>\n<content>{page(n)}</content>\n</document>"
    ),
    "attributes": lambda n: f'<doc id="{NUMBER[n]}" url="{url(n)}" title="{TITLES[n]}">\n{page(n)}\n</doc>',
    "single quotes": lambda n: f"<page src='{url(n)}'>\n{page(n)}\n</page>",
    "fields": lambda n: f"<webpage>\n<url>{url(n)}</url>\n<content>\n{page(n)}\n</content>\n</webpage>",
    "capitals": lambda n: f"<DOCUMENT>\n<URL>{url(n)}</URL>\n<CONTENT>\n{page(n)}\n</CONTENT>\n</DOCUMENT>",
    "another name": lambda n: f'<blog_post url="{url(n)}">\n{page(n)}\n</blog_post>',
    "search results": lambda n: (
        f"<search_result>\n<link>{url(n)}</link>\n<snippet>\n{page(n)}\n</snippet>\n</search_result>"
    ),
    "fields over lines": lambda n: (
        f"<document>\n<source>\n{url(n)}\n</source>\n<content>\n{page(n)}\n</content>\n</document>"
    ),
    "indented": lambda n: f"  <doc>\n    <source>{url(n)}</source>\n    <content>\n{page(n)}\n    </content>\n  </doc>",
    "CDATA": lambda n: f"<doc>\n<source>{url(n)}</source>\n<content><![CDATA[\n{page(n)}\n]]></content>\n</doc>",
    "no tag around the text": lambda n: f"<doc>\n<source>{url(n)}</source>\n{page(n)}\n</doc>",
    "source around the text": lambda n: f'<source url="{url(n)}">\n{page(n)}\n</source>',
    "brackets": lambda n: f"[DOCUMENT {NUMBER[n]}]\nURL: {url(n)}\n\n{page(n)}\n[/DOCUMENT]",
}
AROUND = {
    "nothing": "{}",
    "documents": "<documents>\n{}\n</documents>\n",
    "context": "<context>\n{}\n</context>",
    "XML": '<?xml version="1.0" encoding="UTF-8"?>\n<documents>\n{}\n</documents>',
    "a question": "Here are the documents to use.\n\n<documents>\n{}\n</documents>\n\nSum them up.",
}


@pytest.mark.parametrize("form", PAGES)
def test_pages_between_tags(form: str) -> None:
    assert [summary(post) for post in read("\n".join(map(PAGES[form], NAMES)))] == [expected(n) for n in NAMES]


@pytest.mark.parametrize("around", AROUND)
def test_tags_around_the_whole_file(around: str) -> None:
    posts = read(AROUND[around].format("\n".join(map(documents, NAMES))))
    assert [summary(post) for post in posts] == [expected(name) for name in NAMES]


@pytest.mark.parametrize(
    "form",
    [
        lambda n: (
            f"<item>\n<metadata>\n<source>{url(n)}</source>\n<author>{AUTHOR}</author>\n<date>{DAY}</date>\n"
            f"<title>{TITLES[n]}</title>\n</metadata>\n<body>\n{article(n)}\n</body>\n</item>"
        ),
        lambda n: (
            f"<post>\n<title>{TITLES[n]}</title>\n<author>{AUTHOR}</author>\n<date>{DAY}</date>\n<url>{url(n)}</url>\n"
            f"<text>\n{article(n)}\n</text>\n</post>"
        ),
        lambda n: (
            f'<doc url="{url(n)}" title="{TITLES[n]}" author="{AUTHOR}" date="{DAY}">\n{article(n)}\n</doc>'
        ),
        lambda n: (
            f'<file path="{n}.md">\n---\ntitle: {TITLES[n]}\nauthor: {AUTHOR}\ndate: {DAY}\nurl: {url(n)}\n---\n'
            f"{article(n)}\n</file>"
        ),
    ],
    ids=["metadata", "fields", "attributes", "front matter"],
)  # fmt: skip
def test_articles_between_tags(form: Callable[[str], str]) -> None:
    assert [summary(post) for post in read("\n".join(map(form, NAMES)))] == [expected(name) for name in NAMES]


def test_escapes_of_xml_are_undone_only_in_xml() -> None:
    text = documents("one").replace("thermos,", "thermos &amp; a book,")
    in_xml = "\n".join(summary(read(f'<?xml version="1.0"?>\n{text}')[0])["body"])  # type: ignore[arg-type]
    assert "a thermos & a book" in in_xml


def test_encodings_and_line_ends() -> None:
    text = "\n".join(map(documents, NAMES))
    for raw in (text.encode("utf-16"), text.encode("utf-8-sig"), text.replace("\n", "\r\n").encode()):
        assert [summary(post) for post in read(raw)] == [expected(name) for name in NAMES]


def test_one_document_and_a_file_that_ends_in_it() -> None:
    text = documents("one")
    for one in (text, text.removesuffix("</document>"), text.removesuffix("\n</document_content>\n</document>")):
        assert [summary(post) for post in read(one)] == [expected("one")]
