"""Find texts of a page outside of its elements: tooltips and labels of SVG images."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ...model.facts import text_key
from ...model.problems import Problem
from ...wix.ui_texts.catalogue import viewer_words
from .shown_strings import LETTERS, is_shown

#: Signs of markup and templates, which a tooltip shows as they are.
_MARKUP = re.compile("[<{}]")
#: Elements whose `title` no browser shows, or that are checked elsewhere.
_WITHOUT_TOOLTIP = frozenset({"iframe", "style", "link", "script", "svg", "head"})
#: Elements with a label for screen readers: SVG images, and links without text.
_LABELLED = "svg[aria-label],[role=img][aria-label],a[aria-label],svg title,svg desc"
_LONGEST_QUOTE = 160


def texts_on_demand(tree: LexborHTMLParser, article: Callable[[], str]) -> Iterator[Problem]:
    """Yield a problem for each tooltip, and a note for each label of an SVG image, that is missing in the article.

    `article` returns the text of the article as a key; it is called only if there is something to look for.
    """
    texts = dict.fromkeys((*_tooltips(tree), *_labels(tree)))
    lines = [(kind, what, " ".join(text.split())) for kind, what, text in texts]
    lines = [shown for shown in lines if shown[2] not in viewer_words()]
    if not lines:
        return
    written = f" {article()} "
    for kind, what, line in lines:
        if f" {text_key(line)} " not in written:
            yield Problem(kind, "body", f"{what} is left out: “{line[:_LONGEST_QUOTE]}”")


def _tooltips(tree: LexborHTMLParser) -> Iterator[tuple[str, str, str]]:
    for node in tree.css("[title]"):
        text = node.attributes.get("title") or ""
        is_own = node.tag not in _WITHOUT_TOOLTIP and "-" not in str(node.tag)
        if is_own and "</" not in text and is_shown("title", _MARKUP.sub(" ", text)):
            yield "tooltip-left-out", f"the tooltip of <{node.tag}>", text


def _labels(tree: LexborHTMLParser) -> Iterator[tuple[str, str, str]]:
    for node in tree.css(_LABELLED):
        if LETTERS.search(label := _label(node)):
            yield "label-left-out", "the label of an SVG image or icon", label


def _label(node: LexborNode) -> str:
    if node.tag in ("title", "desc"):
        return node.text().strip()
    if node.tag == "a" and LETTERS.search(node.text()):
        return ""
    return (node.attributes.get("aria-label") or "").strip()
