"""Test the XML of trafilatura, which has metadata as attributes and text in its own elements."""

from __future__ import annotations

from html import escape

from support.contained_posts import AUTHOR, BODIES, DAY, TITLES, read, summary, url
from unwix.readers.sniff import Kind, sniff

_ATTRIBUTES = (
    f'title="{escape(TITLES["one"])}" author="{AUTHOR}" date="{DAY}" url="{url("one")}" hostname="example.com"'
)


def xml(main: str, declaration: str = "") -> str:
    return f'{declaration}<doc sitename="A blog" {_ATTRIBUTES}>\n  <main>\n{main}\n  </main>\n  <comments/>\n</doc>\n'


def test_paragraphs_and_metadata() -> None:
    text = xml("\n".join(f"    <p>{escape(line)}</p>" for line in BODIES["one"]))
    assert sniff(text.encode()) is Kind.TEXT
    (post,) = read(text)
    assert (post.metadata.title, post.metadata.authors, post.metadata.date) == (TITLES["one"], [AUTHOR], DAY)
    assert (post.metadata.canonical_url, summary(post)["body"]) == (url("one"), BODIES["one"])


def test_elements_become_their_blocks() -> None:
    first, second, third = BODIES["one"]
    main = (
        f'<p>{first}</p><head rend="h3">On the pier</head><p><hi rend="#b">Bread</hi> and a '
        f'<ref target="https://bakers.example/">baker</ref>: {second}</p><list rend="ul"><item>A thermos</item>'
        f"<item>Two_cups</item></list><quote>{third}</quote>"
        '<p><graphic src="https://static.wixstatic.com/media/a_b~mv2.jpg" alt="Pier"/></p>'
        "<table><row><cell>Day</cell><cell>Tide</cell></row></table>"
    )
    (post,) = read(xml(main, '<?xml version="1.0" encoding="UTF-8"?>\n'))
    tags = [block.tag for block in post.article]
    assert tags[:5] == ["p", "h3", "p", "ul", "blockquote"]
    assert "figure" in tags
    assert [" ".join(item.itertext()) for item in post.article.iter("li")] == ["A thermos", "Two_cups"]
    assert [link.get("href") for link in post.article.iter("a")] == ["https://bakers.example/"]
    assert post.ledger is not None
    assert post.ledger.unaccounted == 0
