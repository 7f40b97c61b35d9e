"""Find texts of a page outside of its elements: tooltips, generated text of style sheets, labels of SVG images."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ...model.facts import text_key
from ...model.problems import Problem
from ...wix.ui_texts.catalogue import viewer_words
from .shown_strings import is_shown

_STYLE_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_PSEUDO = re.compile(r"::?(?:before|after|marker)\b", re.I)
#: Properties that generate text next to an element, or before a list item.
_WRITTEN = re.compile(r"(?:^|[;\s])(?:content|list-style(?:-type)?)\s*:([^;]*)", re.I)
_STRING = re.compile(r"\"((?:[^\"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)'")
_ESCAPE = re.compile(r"\\([0-9a-f]{1,6})\s?", re.I)
_WORD = re.compile(r"[^\W\d_]{2}")
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
        if is_own and "</" not in text and is_shown("title", text):
            yield "tooltip-left-out", f"the tooltip of <{node.tag}>", text


def _labels(tree: LexborHTMLParser) -> Iterator[tuple[str, str, str]]:
    for node in tree.css(_LABELLED):
        if _WORD.search(label := _label(node)):
            yield "label-left-out", "the label of an SVG image or icon", label


def _label(node: LexborNode) -> str:
    if node.tag in ("title", "desc"):
        return node.text().strip()
    if node.tag == "a" and _WORD.search(node.text()):
        return ""
    return (node.attributes.get("aria-label") or "").strip()


def texts_of_styles(tree: LexborHTMLParser, region: bytes) -> Iterator[str]:
    """Yield the text that style sheets in the region generate next to its elements."""
    if b"content" in region:
        for style in tree.css("style"):
            code = style.text()
            if "content" not in code.lower() and "list-style" not in code.lower():
                continue
            for selectors, declarations in _STYLE_RULE.findall(_CSS_COMMENT.sub("", code)):
                if (text := _written(declarations)) and _has_any(tree, selectors):
                    yield text
    if b"list-style" in region:
        for node in tree.css("[style*='list-style']"):
            yield from filter(None, [_written(node.attributes.get("style") or "")])


def _written(declarations: str) -> str:
    """Return the text that declarations of a style generate, or an empty string if it has no words."""
    strings = [a or b for value in _WRITTEN.findall(declarations) for a, b in _STRING.findall(value)]
    text = _ESCAPE.sub(lambda escape: _character(int(escape[1], 16)), " ".join(strings))
    return text if _WORD.search(text) else ""


def _character(code: int) -> str:
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""


def _has_any(tree: LexborHTMLParser, selectors: str) -> bool:
    """Return True if the page has an element to which a rule applies."""
    for selector in selectors.split(","):
        bare = _PSEUDO.sub("", selector).strip() or "*"
        try:
            if tree.css_first(bare) is not None:
                return True
        except Exception:  # lexbor cannot parse the selector: the rule may apply
            return True
    return False
