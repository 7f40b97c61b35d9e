"""The Markdown writer: every element of the article's vocabulary is written, in Markdown and in HTML."""

from __future__ import annotations

import markdownify
import pytest
from bs4 import BeautifulSoup
from lxml import etree

from unwix.model.article import HEADINGS, INLINE, VOCABULARY, Element, element, validate
from unwix.writers.import_files.import_html import ImportHtml, import_html
from unwix.writers.markdown.article_walk import article_tree
from unwix.writers.markdown.writer import MarkdownWriter, write_markdown
from unwix.writers.targets import IMPORT_TARGETS, MARKDOWN_TARGETS, TARGETS

_URL = "https://x.example/a.jpg"


def _article_with(tag: str) -> Element:
    """Return a small article that contains an element of this kind, whose text or image is the only content."""
    if tag in ("br", "hr", "img"):
        inner = element(tag, src=_URL if tag == "img" else None)
        return element("article", inner if tag == "hr" else element("p", "a", inner, "b"))
    if tag in INLINE:
        return element("article", element("p", "a ", element(tag, "word", href=_URL if tag == "a" else None), " b"))
    if tag in ("ul", "ol", "li"):
        return element("article", element("ol" if tag == "ol" else "ul", element("li", element("p", "word"))))
    if tag in ("table", "thead", "tbody", "tr", "th", "td"):
        rows = element("tbody", element("tr", element("td", "word")), element("tr", element("td", "b")))
        return element("article", element("table", element("thead", element("tr", element("th", "word"))), rows))
    if tag in ("figure", "figcaption"):
        return element("article", element("figure", element("img", src=_URL), element("figcaption", "word")))
    if tag in ("details", "summary"):
        return element("article", element("details", element("summary", "word"), element("p", "b")))
    if tag == "pre":
        return element("article", element("pre", element("code", "word")))
    if tag == "div":
        return element("article", element("div", element("p", "word"), class_="poll"))
    if tag == "blockquote":
        return element("article", element("blockquote", element("p", "word")))
    return element("article", element("p" if tag == "article" else tag, "word"))


@pytest.mark.parametrize("tag", sorted(VOCABULARY))
def test_each_element_of_the_vocabulary_is_written_for_each_target(tag: str) -> None:
    article = _article_with(tag)
    assert validate(article) == []
    shown = {"br": "a", "hr": "---", "img": _URL}.get(tag, "word")
    for target in MARKDOWN_TARGETS.values():
        assert shown in write_markdown(article, flavor=target.flavor)
    for form in (ImportHtml, *(t.import_format.html for t in IMPORT_TARGETS.values() if t.import_format)):
        assert shown.replace("---", "<hr") in import_html(article, form)


# ---- markdownify's hooks ------------------------------------------------------------------------------------------

_CONVERTERS = sorted(name for name in vars(MarkdownWriter) if name.startswith("convert_"))


def _converter(tag: str) -> str:
    return "convert_hN" if tag in HEADINGS else f"convert_{tag}"


def _article_that_reaches(tag: str) -> Element:
    """Return an article in which the element is converted by itself, not as a part of the block that it belongs to."""
    if tag == "summary":
        return element("article", element("details", element("summary", "first"), element("summary", "word")))
    if tag == "figcaption":
        return element("article", element("figure", element("figcaption", "word"), class_="gallery"))
    return _article_with(tag)


@pytest.mark.parametrize("tag", sorted(VOCABULARY))
def test_each_element_of_the_vocabulary_has_a_converter_of_ours(tag: str) -> None:
    assert _converter(tag) in _CONVERTERS


@pytest.mark.parametrize("name", _CONVERTERS)
def test_each_converter_is_of_the_vocabulary(name: str) -> None:
    assert name in {_converter(tag) for tag in VOCABULARY}


@pytest.mark.parametrize("name", ["process_text", "process_tag", "get_conv_fn_cached", "convert_soup"])
def test_hooks_of_the_library_still_exist(name: str) -> None:
    assert callable(getattr(markdownify.MarkdownConverter, name))


@pytest.mark.parametrize("tag", sorted(VOCABULARY))
def test_each_converter_is_reached_from_the_library(tag: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """markdownify finds converters by name: if it renames its hooks, ours are never called, and this test fails."""
    reached = []
    method = getattr(MarkdownWriter, _converter(tag))

    def note(self: MarkdownWriter, *args: object, **more: object) -> object:
        reached.append(tag)
        return method(self, *args, **more)

    monkeypatch.setattr(MarkdownWriter, _converter(tag), note)
    article = _article_that_reaches(tag)
    assert validate(article) == []
    assert ("a" if tag == "br" else "---" if tag == "hr" else _URL if tag == "img" else "word") in write_markdown(
        article
    )
    assert reached


def test_the_text_hook_is_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MarkdownWriter, "process_text", lambda self, el, parent_tags=None: el.upper())
    assert write_markdown(element("article", element("p", "some text"))) == "SOME TEXT\n"


def test_the_tree_is_the_article() -> None:
    """Every link between the nodes of the bs4 tree is as bs4's own parser makes it."""
    article = etree.fromstring(
        "<article><p id='x'>a <em>b<br/>c</em> d</p><ul><li><p>e</p></li><li/></ul><p/></article>"
    )
    tree, _ = article_tree(article)
    parsed = BeautifulSoup(etree.tostring(article, encoding="unicode", method="html"), "html.parser").article
    assert parsed is not None
    nodes = [*zip([tree, *tree.descendants], [parsed, *parsed.descendants], strict=True)]
    for ours, theirs in nodes:
        assert (ours.name, ours.string) == (theirs.name, theirs.string)
        assert getattr(ours, "attrs", {}) == getattr(theirs, "attrs", {})
    theirs_of = {id(ours): theirs for ours, theirs in nodes}
    for ours, theirs in nodes[1:]:
        for relation in ("parent", "next_sibling", "previous_sibling", "next_element", "previous_element"):
            related = getattr(ours, relation)
            assert (theirs_of[id(related)] if related else None) is getattr(theirs, relation), relation


@pytest.mark.parametrize("tag", HEADINGS)
def test_headings_keep_their_level(tag: str) -> None:
    assert write_markdown(element("article", element(tag, "Clay"))) == f"{'#' * int(tag[1])} Clay\n"


def test_an_article_without_words_is_empty() -> None:
    assert write_markdown(etree.fromstring("<article><p/><ul/><p> </p></article>")) == ""


def test_a_table_that_is_html_has_a_line_for_each_row() -> None:
    cells = element("td", element("ul", element("li", element("p", "a")), element("li", element("p", "b"))))
    head = element("thead", element("tr", element("th", "Week")))
    article = element("article", element("table", head, element("tbody", element("tr", cells))))
    assert write_markdown(article).splitlines() == [
        "<table>",
        "<thead>",
        "<tr><th>Week</th></tr>",
        "</thead>",
        "<tbody>",
        "<tr><td><ul><li>a</li><li>b</li></ul></td></tr>",
        "</tbody>",
        "</table>",
    ]


@pytest.mark.parametrize(
    ("target", "text"),
    [("markdown", "one\\\ntwo\n"), ("hugo", "one\\\ntwo\n"), ("jekyll", "one\\\\\ntwo\n"), ("pelican", "one  \ntwo\n")],
)
def test_line_break_has_the_form_of_the_target(target: str, text: str) -> None:
    article = element("article", element("p", "one", element("br"), "two", element("br")))
    assert write_markdown(article, flavor=MARKDOWN_TARGETS[target].flavor) == text


def test_no_backslash_follows_a_bare_url() -> None:
    article = element("article", element("p", "see https://x.example/a", element("br"), "two"))
    assert write_markdown(article) == "see https://x.example/a  \ntwo\n"


def test_a_url_in_bold_that_links_to_itself_is_a_bare_url() -> None:
    link = element("a", element("strong", _URL), href=_URL)
    assert write_markdown(element("article", element("p", link))) == f"**<{_URL}>**\n"


@pytest.mark.parametrize("target", ["eleventy", "hugo"])
def test_an_image_whose_text_needs_escapes_is_html_where_the_generator_loses_them(target: str) -> None:
    article = element("article", element("p", element("img", src=_URL, alt="a [red *kettle*")))
    text = write_markdown(article, flavor=MARKDOWN_TARGETS[target].flavor)
    assert f'<img src="{_URL}" alt="a [red *kettle*">' in text
    assert "<img" not in write_markdown(article)


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ('<p><a href="https://a.example/">x</a> first</p>', "[x](https://a.example/) first"),
        ('<ul><li><p><a href="https://a.example/">x</a> y</p></li></ul>', "- [&#120;](https://a.example/) y"),
        ("<ul><li><p>[x] z</p></li></ul>", r"- \[x] z"),
    ],
)
def test_hugo_takes_x_in_brackets_for_a_checkbox_in_items_only(markup: str, expected: str) -> None:
    article = etree.fromstring(f"<article>{markup}</article>")
    assert write_markdown(article, False, TARGETS["hugo"].flavor).strip() == expected
