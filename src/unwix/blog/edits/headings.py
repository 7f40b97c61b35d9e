"""Edit headings: lower them by a level below the title, and turn bold lines into headings."""

from __future__ import annotations

from lxml import etree

from ...model.article import HEADINGS, Element, text_of
from ...web.tags import LISTS

_LONGEST_HEADING = 80
_SENTENCE_ENDS = (".", ",", ";", "…", "。", "、", "，")
_LEAST = 2


def lower_headings(article: Element) -> str | None:
    """Lower all headings by a level if the body has one of level 1, because themes show the title as level 1."""
    headings = list(article.iter(*HEADINGS))
    if not any(heading.tag == "h1" for heading in headings):
        return None
    for heading in headings:
        heading.tag = f"h{min(6, int(str(heading.tag)[1]) + 1)}"
    number = "1 heading is" if len(headings) == 1 else f"{len(headings)} headings are"
    return f"{number} one level lower: the theme shows the title as heading of level 1"


def make_headings(article: Element) -> str | None:
    """Turn paragraphs that are entirely bold, short and followed by text into headings if there are at least two."""
    headings: list[tuple[Element, str]] = []
    level = 2
    for block in article:
        if block.tag in HEADINGS:
            level = min(6, int(str(block.tag)[1]) + 1)
        elif _acts_as_heading(block):
            headings.append((block, f"h{level}"))
    if len(headings) < _LEAST:
        return None
    for block, tag in headings:
        block.tag = tag
        bold = block[0]
        bold.tag = "bold"
        block.text = (block.text or "").lstrip()
    for block, _ in headings:
        etree.strip_tags(block, "bold")
    return f"{len(headings)} paragraphs in bold are headings now"


def _acts_as_heading(block: Element) -> bool:
    text = text_of(block).strip()
    following = block.getnext()
    return (
        block.tag == "p"
        and block.get("class") is None
        and len(block) == 1
        and block[0].tag == "strong"
        and not (block.text or "").strip()
        and not (block[0].tail or "").strip()
        and block.find(".//br") is None
        and block.find(".//img") is None
        and 0 < len(text) <= _LONGEST_HEADING
        and not text.endswith(_SENTENCE_ENDS)
        and following is not None
        and following.tag in LISTS | {"p", "figure", "blockquote", "table"}
        and not (
            following.tag == "p" and len(following) == 1 and following[0].tag == "strong" and not following[0].tail
        )
    )
