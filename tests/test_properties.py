"""Test round trips with hypothesis: the content of any article can be read back from its Markdown.

cmark-gfm reads the Markdown, lxml reads cmark's HTML. Runs of white space count as one space, and spaces at both ends
of a block do not count, because HTML and Markdown do not distinguish them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from copy import deepcopy
from datetime import date, datetime
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
import yaml
from hypothesis import assume, example, given, note
from hypothesis import strategies as st
from lxml import etree

from support.post_pages import PICTURE, p, picture, post_page, quote, split, table, ul, written
from support.post_pages import code as code_block
from support.post_pages import h as heading
from unwix.model.article import INLINE, Element, append, element, text_of, validate
from unwix.model.facts import words
from unwix.model.post import Metadata
from unwix.readers.article_building import inline_runs as r
from unwix.readers.article_building.inline_runs import Run, text_element, tidy
from unwix.readers.saved_page.reader import read_saved_page
from unwix.web import cmark as gfm
from unwix.writers.front_matter.write import front_matter
from unwix.writers.markdown.writer import write_markdown

#: Characters of Markdown syntax, with some letters, spaces and line breaks between.
MARKDOWN = "*_[]()#>-+.!|~`\\<>&:=\"'/{}$^%@;,?" + "0123456789" + "abXé字 \n"
#: Pieces that are Markdown or HTML.
SNIPPETS = [
    "**",
    "__",
    "~~",
    "***",
    "`",
    "``",
    "```",
    "---",
    "- ",
    "+ ",
    "1. ",
    "1) ",
    "# ",
    "> ",
    "![",
    "](",
    "[x](y)",
    "[^1]",
    "[^1]: ",
    "[x]: y",
    "<b>",
    "</b>",
    "<!--",
    "-->",
    "<!x",
    "<?x?>",
    "<![CDATA[",
]
SNIPPETS += [
    "&amp;",
    "&#35;",
    "&copy;",
    "<http://x.yz>",
    "http://x.yz/a_b_c",
    "www.x.yz",
    "a@b.cd",
    "|",
    " | ",
    "\\|",
    "\\",
    "\n",
    "  \n",
    "\n\n",
    "\n    x",
    "\t",
    "a",
    "word",
    " ",
    "===",
    "***\n",
    "| --- |",
    "[ ] ",
    "[x] ",
    "\u00a0",
    "<script>",
    "<pre>",
]
#: Every character that XML allows.
XML = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff", include_characters="\t\n")

TEXTS = st.one_of(
    st.text(XML, max_size=40),
    st.text(st.sampled_from(MARKDOWN), max_size=30),
    st.lists(st.sampled_from(SNIPPETS), max_size=8).map("".join),
).filter(lambda text: bool(flat(text)))

#: Line ends and spaces of Unicode, invisible and combining characters, which readers clean.
ODD = re.compile("[\u200b\u2060\ufeff\u00ad\x7f-\x9f\u2028\u2029\ufffe\uffff\x0b\x0c\x1c-\x1f]")


def flat(text: str) -> str:
    """Return text with runs of white space as one space, and none at the ends."""
    return " ".join(text.split())


def parsed(markdown: str) -> Element:
    """Return cmark's HTML of a Markdown text as a tree."""
    raw = f"<main>{gfm.render(markdown)}</main>".encode()
    main = etree.fromstring(raw, etree.HTMLParser(encoding="utf-8", remove_comments=True)).find(".//main")
    assert main is not None
    return main


def without_bare_links(main: Element) -> Element:
    """Return the tree without links whose text is their URL: the writer writes a bare URL as `<https://…>`."""
    for link in main.findall(".//a"):
        if not len(link) and unquote_to_bytes(str(link.get("href"))) == unquote_to_bytes(link.text or ""):
            link.tag = "span"
    etree.strip_tags(main, "span")
    return main


def shape(node: Element) -> list[str]:
    """Return the content of an element: tags and texts in order, without white space of the lines."""
    out: list[str] = []

    def visit(inner: Element) -> None:
        out.append(f"<{inner.tag!s}>")
        out.append(inner.text or "")
        for child in inner:
            visit(child)
            out.append(child.tail or "")
        out.append(f"</{inner.tag!s}>")

    visit(node)
    joined: list[str] = []
    for piece in out[1:-1]:
        if joined and not _is_tag(piece) and not _is_tag(joined[-1]):
            joined[-1] += piece
        else:
            joined.append(piece)
    return [text for piece in joined if (text := flat(piece))]


def _is_tag(piece: str) -> bool:
    return re.fullmatch(r"</?[a-z0-9]+>", piece) is not None


def tagged(*tags: str) -> Callable[[str], list[str]]:
    """Return a strategy for one text in nested tags."""
    return lambda text: [*(f"<{t}>" for t in tags), flat(text), *(f"</{t}>" for t in reversed(tags))]


def one(*tags: str) -> Callable[[str], Element]:
    """Return an article with one text in nested elements."""

    def make(text: str) -> Element:
        made: Element | str = text
        for tag in reversed(tags):
            made = element(tag, made)
        return element("article", made)

    return make


BLOCKS: dict[str, tuple[Callable[[str], Element], Callable[[str], list[str]]]] = {
    "paragraph": (one("p"), tagged("p")),
    **{f"heading {n}": (one(f"h{n}"), tagged(f"h{n}")) for n in (1, 2, 6)},
    "list item": (one("ul", "li", "p"), tagged("ul", "li")),
    "number": (one("ol", "li", "p"), tagged("ol", "li")),
    "item in an item": (
        lambda t: element(
            "article", element("ul", element("li", element("p", "a"), element("ol", element("li", element("p", t)))))
        ),
        lambda t: ["<ul>", "<li>", "a", "<ol>", "<li>", flat(t), "</li>", "</ol>", "</li>", "</ul>"],
    ),
    "second paragraph of an item": (
        lambda t: element("article", element("ul", element("li", element("p", "a"), element("p", t)))),
        lambda t: ["<ul>", "<li>", "<p>", "a", "</p>", "<p>", flat(t), "</p>", "</li>", "</ul>"],
    ),
    "quote": (one("blockquote", "p"), tagged("blockquote", "p")),
    "quote in an item": (
        lambda t: element(
            "article", element("ul", element("li", element("p", "a"), element("blockquote", element("p", t))))
        ),
        lambda t: [
            "<ul>",
            "<li>",
            "<p>",
            "a",
            "</p>",
            "<blockquote>",
            "<p>",
            flat(t),
            "</p>",
            "</blockquote>",
            "</li>",
            "</ul>",
        ],
    ),
    "paragraph after a list": (
        lambda t: element("article", element("ul", element("li", element("p", "a"))), element("p", t)),
        lambda t: ["<ul>", "<li>", "a", "</li>", "</ul>", "<p>", flat(t), "</p>"],
    ),
    # Readers never begin or end a mark at a space.
    "bold": (lambda t: one("p", "strong")(t.strip()), tagged("p", "strong")),
    "italic": (lambda t: one("p", "em")(t.strip()), tagged("p", "em")),
    "struck": (lambda t: one("p", "s")(t.strip()), tagged("p", "del")),
    "italic heading": (lambda t: one("h2", "em")(t.strip()), tagged("h2", "em")),
    "raised": (lambda t: one("p", "sup")(t.strip()), tagged("p", "sup")),
    "after a break": (
        lambda t: element("article", element("p", "a", element("br"), t)),
        lambda t: ["<p>", "a", "<br>", "</br>", flat(t), "</p>"],
    ),
    "details": (
        lambda t: element("article", element("details", element("summary", "a"), element("p", t))),
        lambda t: ["<details>", "<summary>", "a", "</summary>", "<p>", flat(t), "</p>", "</details>"],
    ),
    "summary": (
        lambda t: element("article", element("details", element("summary", t), element("p", "a"))),
        lambda t: ["<details>", "<summary>", flat(t), "</summary>", "<p>", "a", "</p>", "</details>"],
    ),
}


@pytest.mark.parametrize("name", BLOCKS)
@given(text=TEXTS)
def test_text_in_a_block_survives_the_round_trip(name: str, text: str) -> None:
    make, want = BLOCKS[name]
    article = make(text)
    assert validate(article) == []
    markdown = write_markdown(article)
    note(markdown)
    assert shape(without_bare_links(parsed(markdown))) == want(text)


@given(head=TEXTS, cell=TEXTS)
def test_text_in_a_table_survives_the_round_trip(head: str, cell: str) -> None:
    rows = [element("tr", element("td", a), element("td", b)) for a, b in ((head, "b"), ("c", cell))]
    markdown = write_markdown(element("article", element("table", element("tbody", *rows))))
    note(markdown)
    found = without_bare_links(parsed(markdown))
    assert [str(child.tag) for child in found] == ["table"]
    assert [shape(cell) for cell in found.iter("th", "td")] == [[flat(head)], ["b"], ["c"], [flat(cell)]]


@given(cell=TEXTS)
def test_text_in_an_html_table_survives_the_round_trip(cell: str) -> None:
    rows = element(
        "tr",
        element("td", element("ul", element("li", element("p", cell)))),
        element("td", element("blockquote", element("p", cell)), colspan="2"),
    )
    markdown = write_markdown(element("article", element("table", element("tbody", rows)), element("p", "after")))
    note(markdown)
    tree = parsed(markdown)
    assert [str(child.tag) for child in tree] == ["table", "p"]
    assert [shape(cell) for cell in tree.iter("td")] == [
        tagged("ul", "li")(cell),
        tagged("blockquote", "p")(cell),
    ]


@given(text=TEXTS)
def test_link_text_survives_the_round_trip(text: str) -> None:
    markdown = write_markdown(
        element("article", element("p", "see ", element("a", text, href="https://x.example/a"), " there"))
    )
    note(markdown)
    assert shape(parsed(markdown)) == ["<p>", "see", "<a>", flat(text), "</a>", "there", "</p>"]


ADDRESSES = st.one_of(TEXTS, st.text(st.sampled_from("()[]<>\\`*_~|&;#?%20'\"/a字 \t\n"), max_size=20)).map(
    lambda text: "https://x.example/" + flat(text)
)


@given(href=ADDRESSES, text=st.sampled_from(["there", None]))
def test_link_url_survives_the_round_trip(href: str, text: str | None) -> None:
    markdown = write_markdown(element("article", element("p", "see ", element("a", text, href=href), " now")))
    note(markdown)
    tree = parsed(markdown)
    links = list(tree.iter("a"))
    assert len(links) == 1
    assert unquote_to_bytes(str(links[0].get("href"))) == unquote_to_bytes(href)
    if text is None:
        assert flat(text_of(links[0])) == href


@given(alt=TEXTS, src=ADDRESSES, inside=st.sampled_from(["figure", "p", "td"]))
def test_image_survives_the_round_trip(alt: str, src: str, inside: str) -> None:
    image = element("img", src=src, alt=alt)
    if inside == "td":
        block = element(
            "table", element("tbody", *(element("tr", element("td", x), element("td", "y")) for x in ("z", image)))
        )
    else:
        block = element(inside, image)
    markdown = write_markdown(element("article", block))
    note(markdown)
    found = list(parsed(markdown).iter("img"))
    assert len(found) == 1
    assert flat(str(found[0].get("alt"))) == flat(alt)
    assert unquote_to_bytes(str(found[0].get("src"))) == unquote_to_bytes(src)


@given(caption=TEXTS, alt=TEXTS)
def test_caption_survives_the_round_trip(caption: str, alt: str) -> None:
    figure = element("figure", element("img", src="https://x.example/a.jpg", alt=alt), element("figcaption", caption))
    markdown = write_markdown(element("article", figure))
    note(markdown)
    assert shape(without_bare_links(parsed(markdown))) == [
        "<p>",
        "<img>",
        "</img>",
        "</p>",
        "<p>",
        "<em>",
        flat(caption),
        "</em>",
        "</p>",
    ]


@given(text=TEXTS, around=st.sampled_from([(), ("ul", "li"), ("blockquote",)]))
def test_code_block_survives_the_round_trip(text: str, around: tuple[str, ...]) -> None:
    text = text.strip("\n").replace("\t", " ")
    assume(text)
    node = element("pre", element("code", text))
    for tag in reversed(around):
        node = element(tag, node)
    markdown = write_markdown(element("article", node))
    note(markdown)
    found = list(parsed(markdown).iter("pre"))
    assert len(found) == 1
    assert text_of(found[0]) == text + "\n"


@given(text=TEXTS, cell=st.booleans())
def test_code_span_survives_the_round_trip(text: str, cell: bool) -> None:
    node = element("code", text)
    line = element("td", "a ", node, " b") if cell else element("p", "a ", node, " b")
    block = element("table", element("tbody", element("tr", line, element("td", "y")))) if cell else line
    markdown = write_markdown(element("article", block))
    note(markdown)
    found = list(parsed(markdown).iter("code"))
    assert [flat(text_of(code)) for code in found] == [flat(text)]


@given(text=TEXTS)
def test_placeholder_cannot_be_escaped(text: str) -> None:
    mark = element("div", text, class_="missing", title="video")
    markdown = write_markdown(element("article", element("p", "a"), mark, element("p", "b")))
    note(markdown)
    assert shape(parsed(markdown)) == ["<p>", "a", "</p>", "<p>", "b", "</p>"]
    assert markdown.count("<!--") == markdown.count("-->") == 1


# ---- marks ------------------------------------------------------------------------------------------------------

WORDS = st.one_of(
    st.sampled_from(
        [
            "a",
            "b c",
            " d",
            "e ",
            ".",
            ",",
            "(",
            ")",
            '"',
            "“",
            "字",
            "é",
            "!",
            "-",
            "1",
            "*",
            "_",
            "~",
            "[",
            "]",
            "`",
            "\\",
            "\n",
            "http://x.yz",
            ":",
            "…",
        ]
    ),
    st.text(st.sampled_from(MARKDOWN), min_size=1, max_size=5),
)
#: Bold, italic and strike, in all combinations; and code.
MARKS = st.one_of(st.integers(0, 7), st.integers(0, 7), st.sampled_from([r.CODE, r.CODE | r.STRONG, r.CODE | r.EM]))
RUNS = st.lists(
    st.builds(
        Run, WORDS, MARKS, st.sampled_from([None, None, None, "https://x.example/1", "https://x.example/2"]), st.none()
    ),
    min_size=1,
    max_size=6,
)
_BITS = {"strong": r.STRONG, "em": r.EM, "del": r.STRIKE, "code": r.CODE}


def marked(node: Element) -> list[tuple[str, int, str | None]]:
    """Return every character that is not a space, with its marks and link."""
    out: list[tuple[str, int, str | None]] = []

    def visit(inner: Element, marks: int, href: str | None) -> None:
        marks |= _BITS.get(str(inner.tag), 0)
        href = inner.get("href") or href
        out.extend((c, marks, href) for c in inner.text or "" if not c.isspace())
        for child in inner:
            visit(child, marks, href)
            out.extend((c, marks, href) for c in child.tail or "" if not c.isspace())

    visit(node, 0, None)
    return out


@given(line=RUNS, tag=st.sampled_from(["p", "h2", "td"]))
def test_marks_of_every_character_survive_the_round_trip(line: list[Run], tag: str) -> None:
    line = r.one_line(tidy(line))
    assume(any(run.text.strip() for run in line))
    block = text_element(tag, line)
    if tag == "td":
        block = element(
            "table",
            element(
                "tbody", element("tr", block, element("td", "y")), element("tr", element("td", "x"), element("td", "z"))
            ),
        )
    assert validate(element("article", block)) == []
    markdown = write_markdown(element("article", block))
    note(markdown)
    expected = [(c, run.marks, run.href) for run in line for c in run.text if not c.isspace()]
    found = without_bare_links(parsed(markdown))
    have = marked(next(found.iter("th")) if tag == "td" else found)
    if tag == "td":  # a header cell is bold already
        have, expected = ([(c, m & ~r.STRONG, a) for c, m, a in side] for side in (have, expected))
    assert [(c, a) for c, _, a in have] == [(c, a) for c, _, a in expected]
    # The period at the end of bold words, and the brackets around them, may be outside of the marks.
    assert [(c, m) for c, m, _ in have if c.isalnum()] == [(c, m) for c, m, _ in expected if c.isalnum()]


@given(line=RUNS)
def test_tidy_keeps_every_letter_and_its_marks(line: list[Run]) -> None:
    def letters(some: list[Run]) -> list[tuple[str, int, str | None]]:
        return [(c, run.marks, run.href) for run in some for c in run.text if c.isalnum()]

    tidied = tidy(line)
    assert letters(tidied) == letters(line)
    assert [c for run in tidied for c in run.text if not c.isspace()] == [
        c for run in line for c in run.text if not c.isspace()
    ]
    assert "".join(run.text for run in tidy(tidied)) == "".join(run.text for run in tidied)


# ---- through the whole pipeline ----------------------------------------------------------------------------------

PLACES: dict[str, Callable[[str], str]] = {
    "paragraph": p,
    "heading": heading,
    "list item": ul,
    "quote": quote,
    "cell": lambda t: table((t, "a"), ("b", t)),
    "caption": lambda t: picture("alt", t),
    "alt": picture,
    "link": lambda t: p(f'see <a href="https://x.example/a" data-hook="web-link">{t}</a> there'),
    "bold": lambda t: p(f"a<strong>{t}</strong>b"),
    "code": code_block,
}


@pytest.mark.parametrize("place", PLACES)
@given(text=TEXTS)
def test_nothing_of_a_page_is_lost(place: str, text: str) -> None:
    post = written(post_page(p("Before.") + PLACES[place](html.escape(text)) + p("After.")))
    note(post.text)
    assert post.fidelity.lossless, post.problems
    _, markdown = split(post.text)
    phrase = [w for w in words(text_of(parsed(markdown))) if w]
    if place not in ("alt", "cell"):
        assert phrase == [
            w
            for part in ("before", text if place not in ("link", "bold", "caption") else _around(place, text), "after")
            for w in words(part)
        ]


def _around(place: str, text: str) -> str:
    return {"link": f"see {text} there", "bold": f"a{text}b", "caption": text}[place]


@given(title=TEXTS)
def test_title_of_a_page_survives_the_round_trip(title: str) -> None:
    assume(flat(ODD.sub("", title)))
    assume(not re.fullmatch(r"\{\w+\}", flat(ODD.sub("", title))))
    head, _ = split(written(post_page(title=title)).text)
    assert flat(ODD.sub("", yaml.safe_load(head)["title"])) == flat(ODD.sub("", title))


# ---- front matter ------------------------------------------------------------------------------------------------

#: Every character that YAML allows, some written as escapes.
YAML_TEXT = st.one_of(
    st.text(st.characters(exclude_categories=("Cs",)), max_size=40),
    st.lists(
        st.sampled_from(
            [
                "---",
                "...",
                "\n",
                ": ",
                "#",
                "'",
                '"',
                "!!python/object:os.system",
                "&a",
                "*a",
                "|",
                ">",
                "- ",
                "{",
                "[",
                "%",
                "@",
                "`",
                "null",
                "yes",
                "1e3",
                "2024-01-01",
                "😀",
                "\u202e",
                "\u200f",
                "é",
                " ",
                "\t",
                "\\",
                "=",
                "<<",
                "~",
                "0x1f",
                "1:30",
            ]
        ),
        max_size=6,
    ).map("".join),
).filter(bool)
NAMES = st.lists(YAML_TEXT, max_size=3)
NUMBER = st.none() | st.integers(0, 10**15)
DATES = (
    st.none()
    | st.datetimes().map(lambda d: d.isoformat(timespec="milliseconds") + "Z")
    | st.dates().map(date.isoformat)
)
METADATA = st.builds(
    Metadata,
    title=YAML_TEXT | st.none(),
    slug=YAML_TEXT | st.none(),
    date=DATES,
    updated=DATES,
    authors=NAMES,
    description=YAML_TEXT | st.none(),
    categories=NAMES,
    tags=NAMES,
    cover=YAML_TEXT | st.none(),
    cover_alt=YAML_TEXT | st.none(),
    language=YAML_TEXT | st.none(),
    canonical_url=YAML_TEXT | st.none(),
    reading_minutes=NUMBER,
    views=NUMBER,
    comments=NUMBER,
    likes=NUMBER,
    commenting=st.sampled_from([None, "open", "closed"]),
)


@given(metadata=METADATA)
@example(metadata=Metadata(title="---\nb: 1\n---"))
@example(metadata=Metadata(title="a\u2028b\x85c\ufeff"))
def test_front_matter_survives_the_round_trip(metadata: Metadata) -> None:
    text = front_matter(metadata)
    note(text)
    assert text.startswith("---\n")
    assert text.endswith("---\n")
    # Nothing in it can end it: only the last line is a fence.
    assert [n for n, line in enumerate(text.split("\n")) if line.rstrip() in ("---", "...")] == [
        0,
        text.count("\n") - 1,
    ]
    have = yaml.safe_load(text[4:-4]) or {}
    want = metadata.as_dict()
    assert list(have) == list(want)
    for name, value in want.items():
        if name in ("date", "updated"):
            assert isinstance(have[name], date)
            assert _same_moment(have[name], value)
        else:
            assert have[name] == value
            assert type(have[name]) is type(value)


def _same_moment(have: date, expected: str) -> bool:
    if isinstance(have, datetime):
        return have == datetime.fromisoformat(expected)
    return have == date.fromisoformat(expected)


# ---- whole articles ----------------------------------------------------------------------------------------------

_LINES = st.sampled_from(
    [
        "one",
        "two *three*",
        "# four",
        "1. five",
        "- six",
        "> seven",
        "```",
        "| a |",
        "---",
        "eight  nine",
        "===",
        "+",
        "10)",
        "<b>",
        "[x] y",
        "_z_",
        "    x",
    ]
)
_PARAGRAPHS = st.lists(_LINES, min_size=1, max_size=3).map(lambda lines: element("p", *_broken(lines)))
_LEAF_BLOCKS = st.one_of(
    _PARAGRAPHS,
    _PARAGRAPHS,
    _LINES.map(lambda t: element("p", element("strong", flat(t)))),
    st.builds(lambda n, t: element(f"h{n}", t), st.integers(1, 6), _LINES),
    st.sampled_from(["a\n\n  b", "```\nx", "    y", "~~~", "- z\n\n\n- z"]).map(
        lambda t: element("pre", element("code", t))
    ),
    st.just(None).map(lambda _: element("hr")),
    st.builds(
        lambda a, b: element(
            "table", element("tbody", *(element("tr", element("td", x), element("td", y)) for x, y in ((a, b), (b, a))))
        ),
        _LINES,
        _LINES,
    ),
    _LINES.map(
        lambda t: element("figure", element("img", src="https://x.example/a.jpg", alt=t), element("figcaption", t))
    ),
    _LINES.map(lambda t: element("div", t, class_="missing", title="video")),
)
_LISTS = ("ul", "ol")


def _broken(lines: list[str]) -> list[Element | str]:
    return [piece for line in lines for piece in (line, element("br"))][:-1]


def _list_of(tag: str, start: str | None, items: list[list[Element]], checked: str | None) -> Element:
    return element(
        tag,
        *(
            element("li", *blocks, checked=checked if tag == "ul" and blocks[0].tag == "p" else None)
            for blocks in items
        ),
        start=start if tag == "ol" else None,
    )


_BLOCKS = st.recursive(
    _LEAF_BLOCKS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda blocks: element("blockquote", *blocks)),
        st.lists(inner, min_size=1, max_size=3).map(
            lambda blocks: element("details", element("summary", "s"), *blocks)
        ),
        st.builds(
            _list_of,
            st.sampled_from(_LISTS),
            st.sampled_from([None, None, "4", "999"]),
            st.lists(st.lists(inner, min_size=1, max_size=3), min_size=1, max_size=3),
            st.none(),
        ),
    ),
    max_leaves=8,
)


def outline(node: Element) -> list[str]:
    """Return the shape of an article or of cmark's HTML of it, as far as both can express it.

    A paragraph in a list item can be written without its tag (a tight list), an image is in a paragraph.
    """
    node = deepcopy(node)
    for inner in list(node.iter()):
        tag = str(inner.tag)
        inner.tag = {"s": "del", "th": "td"}.get(tag, tag)
        if tag == "figcaption":
            inner.tag = "p"
            children = list(inner)
            inner[:] = [element("em", inner.text, *children)]
            inner.text = None
        elif tag in ("input", "br") or (tag == "div" and inner.get("class") == "missing"):
            inner.text = None
    etree.strip_elements(node, "input", "br", with_tail=False)
    for mark in node.findall(".//div[@class='missing']"):
        mark.getparent().remove(mark)  # type: ignore[union-attr]  # a found element has a parent
    etree.strip_tags(node, "p", "figure", "thead", "tbody", "code")
    return [piece for piece in (re.sub(r"\s+", "", piece) for piece in shape(node)) if piece]


# cmark-gfm reads no checkboxes in a quote, so they are outside of quotes.
_TASKS = st.builds(
    _list_of,
    st.just("ul"),
    st.none(),
    st.lists(st.lists(_BLOCKS, min_size=1, max_size=2), min_size=1, max_size=2),
    st.sampled_from(["true", "false"]),
)


@given(blocks=st.lists(_BLOCKS | _TASKS, min_size=1, max_size=4))
def test_whole_articles_survive_the_round_trip(blocks: list[Element]) -> None:
    article = element("article", *deepcopy(blocks))
    assert validate(article) == []
    markdown = write_markdown(article)
    note(markdown)
    assert outline(without_bare_links(parsed(markdown))) == outline(article)


# ---- writing twice -----------------------------------------------------------------------------------------------

_SAME = {"del": "s", "b": "strong", "i": "em"}


def article_of(markdown: str) -> Element:
    """Return the article of a Markdown text: cmark's HTML is nearly the vocabulary."""
    return element("article", *(_block_of(node) for node in parsed(markdown)))


def _block_of(node: Element) -> Element:
    tag = str(node.tag)
    if tag == "p" and len(node) == 1 and node[0].tag == "img" and not flat(text_of(node)):
        return element("figure", _inline_of(node[0]))
    if tag == "pre":
        return element("pre", element("code", text_of(node).removesuffix("\n")))
    if tag == "li" and (flat(node.text or "") or any(child.tag in INLINE | {"del", "input"} for child in node)):
        line = element("p", node.text)
        tree = element("li", line)
        for child in node:
            if child.tag in INLINE | {"del"}:
                append(line, [_inline_of(child), child.tail])
            elif child.tag == "input":
                tree.set("checked", "true" if child.get("checked") is not None else "false")
                append(line, [(child.tail or "").lstrip()])
            else:
                tree.append(_block_of(child))
        return tree
    tree = element(tag, start=node.get("start"))
    if tag in ("p", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "summary"):
        append(tree, [node.text])
        for child in node:
            append(
                tree, [_inline_of(child), (child.tail or "").removeprefix("\n") if child.tag == "br" else child.tail]
            )
    else:
        tree.extend(_block_of(child) for child in node)
    return tree


def _inline_of(node: Element) -> Element:
    tree = element(
        _SAME.get(str(node.tag), str(node.tag)),
        node.text,
        **{k: v for k in ("href", "src", "alt", "title") if (v := node.get(k)) is not None},
    )
    if tree.tag == "a" and unquote_to_bytes(tree.get("href") or "") == unquote_to_bytes(node.text or ""):
        tree.set("href", node.text or "")  # cmark percent-encodes the URL of `<https://…>`, but not its text
    for child in node:
        append(tree, [_inline_of(child), (child.tail or "").removeprefix("\n") if child.tag == "br" else child.tail])
    return tree


@pytest.mark.parametrize("name", [n for n in BLOCKS if n not in ("details", "summary")])
@given(text=TEXTS)
def test_writing_twice_changes_nothing(name: str, text: str) -> None:
    once = write_markdown(BLOCKS[name][0](text.strip()))
    note(once)
    assert write_markdown(article_of(once)) == once


@given(line=RUNS)
def test_writing_marks_twice_changes_nothing(line: list[Run]) -> None:
    line = r.one_line(tidy(line))
    assume(any(run.text.strip() for run in line))
    once = write_markdown(element("article", text_element("p", line)))
    note(once)
    assert write_markdown(article_of(once)) == once


# ---- any nesting of Wix's own elements ---------------------------------------------------------------------------

_HOOKS = [
    "figure-IMAGE",
    "image-viewer",
    "imageViewer",
    "web-link",
    "galleryViewer",
    "gallery-viewer",
    "html-component",
    "HtmlComponent",
    "table-component",
    "table-plugin-cell",
    "buttonViewer",
    "button-viewer button-viewer-x",
]
_HOOKS += [
    "divider-single",
    "divider divider-single",
    "reactPlayerWrapper",
    "figure-VIDEO",
    "video-player",
    "AnchorLink",
    "fileUploadViewer",
    "fileUploadName",
    "collapsible-list-component",
    "collapsible-list-item expanded",
]
_HOOKS += [
    "collapsible-list-item-title",
    "collapsible-list-item-body",
    "rcv-block1",
    "audio-viewer",
    "giphy-player playing",
    "polls-viewer",
    "polls-question-text",
    "polls-answer-text",
    "link-preview-viewer",
    "mapViewer",
    "vertical-embed",
    "gap-spacer",
]
_TAGS = [
    "div",
    "p",
    "span",
    "h1",
    "h2",
    "h3",
    "ul",
    "ol",
    "li",
    "blockquote",
    "pre",
    "code",
    "table",
    "tbody",
    "tr",
    "td",
    "th",
    "figure",
    "figcaption",
    "img",
    "wow-image",
    "a",
    "strong",
    "em",
    "u",
    "s",
    "sup",
    "sub",
    "br",
    "hr",
    "iframe",
    "video",
    "button",
    "details",
    "summary",
    "input",
]
_ATTRIBUTES: list[dict[str, str]] = [
    {},
    {},
    {},
    {"id": "viewer-abcde"},
    {"href": "https://x.example/a"},
    {"href": "#viewer-abcde"},
    {"href": "javascript:x"},
    {"src": "https://x.example/a.jpg"},
    {"aria-level": "3"},
    {"start": "4"},
    {"colspan": "2"},
]
_ATTRIBUTES += [
    {"type": "video"},
    {"type": "checkbox"},
    {"style": "font-weight:700"},
    {"style": "font-weight:400"},
    {"dir": "rtl"},
    {"data-image-info": '{"imageData":{"uri":"x.jpg"}}'},
    {"id": PICTURE},
    {"alt": "al"},
    {"aria-checked": "true"},
    {"rowspan": "2"},
]
LEAVES = st.sampled_from(["one", "two three", " ", "\n", "four. ", "*five*", "\u00a0", ""])


@st.composite
def _node(draw: st.DrawFn, children: st.SearchStrategy[list[Any]]) -> str:
    tag = draw(st.sampled_from(_TAGS))
    attributes: dict[str, str] = dict(draw(st.sampled_from(_ATTRIBUTES)))
    if draw(st.booleans()):
        attributes["data-hook"] = draw(st.sampled_from(_HOOKS))
    text = "".join(f' {k}="{html.escape(v)}"' for k, v in attributes.items())
    return (
        f"<{tag}{text}>" if tag in ("br", "hr", "img", "input") else f"<{tag}{text}>{''.join(draw(children))}</{tag}>"
    )


TREES = st.recursive(LEAVES, lambda inner: _node(st.lists(inner, max_size=4)), max_leaves=25)


@given(markup=st.lists(TREES, min_size=1, max_size=3).map("".join))
def test_readers_make_valid_articles_of_any_nesting(markup: str) -> None:
    raw = post_page(p("Before.") + markup + p("After."))
    (post,) = read_saved_page("x", raw)
    note(etree.tostring(post.article, encoding="unicode"))
    assert validate(post.article) == []
    write_markdown(post.article)


def _tree(tags: list[str], inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda tag, inside: f"<{tag}>{''.join(inside)}</{tag}>", st.sampled_from(tags), st.lists(inner, max_size=4)
    )


#: Elements that contain the author's words, in any nesting.
_PHRASES = st.recursive(LEAVES, lambda inner: _tree(["span", "strong", "em", "u", "s", "sup"], inner), max_leaves=12)
_FLOWS = st.recursive(
    _PHRASES, lambda inner: _tree(["div", "blockquote"], inner) | _tree(["p", "h2"], _PHRASES), max_leaves=12
)


@given(markup=_FLOWS)
def test_no_word_is_lost_in_any_nesting(markup: str) -> None:
    raw = post_page(p("Before.") + markup + p("After."))
    post = written(raw)
    note(post.text)
    assert post.fidelity.lossless, (markup, post.problems)
