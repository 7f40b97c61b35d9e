"""Find text that style sheets generate next to elements (`::before { content: "…" }`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ...model.article import Element
from ...model.facts import text_key
from ...model.problems import Problem
from ...wix.ui_texts.catalogue import viewer_words
from .shown_strings import LETTERS

_STYLE_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_PSEUDO = re.compile(r"::?(?:before|after|marker)\b", re.I)
#: Properties that generate text next to an element, or before a list item.
_WRITTEN = re.compile(r"(?:^|[;\s])(?:content|list-style(?:-type)?)\s*:([^;]*)", re.I)
_STRING = re.compile(r"\"((?:[^\"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)'")
_ESCAPE = re.compile(r"\\([0-9a-f]{1,6})\s?", re.I)
#: Attributes that selectors of style sheets name.
_NAMED_IN_SELECTORS = ("class", "id", "data-hook", "dir", "lang")
#: Marks the elements around a post.
_AROUND = "data-around-post"
_LONGEST_QUOTE = 160


def texts_of_styles(tree: LexborHTMLParser, region: bytes) -> Iterator[str]:
    """Yield the text that style sheets in the region generate next to its elements."""
    if b"content" in region:
        for style in tree.css("style"):
            code = style.text()
            if "content" not in code.lower() and "list-style" not in code.lower():
                continue
            for selectors, text in _generating_rules(code):
                if any(True for _ in _matches(tree, selectors)):
                    yield text
    if b"list-style" in region:
        for node in tree.css("[style*='list-style']"):
            yield from filter(None, [_written(node.attributes.get("style") or "")])


def generated_by_page(styles: Iterable[bytes], region: bytes, body: Element, written: str) -> Iterator[Problem]:
    """Yield a problem for each text that the page's own style sheets generate in the post, and that is not `written`.

    `styles` are the contents of the style sheets that may generate words. Those in the region itself are left out.
    `body` is the element of the post in the page. `written` is a key.
    """
    rules = [
        rule for style in styles if style not in region for rule in _generating_rules(style.decode(errors="replace"))
    ]
    rules = [(selectors, text) for selectors, text in rules if f" {text_key(text)} " not in f" {written} "]
    if not rules:
        return
    tree = LexborHTMLParser("".join(map(_start_tag, reversed([*body.iterancestors()]))).encode() + region)
    for selectors, text in dict.fromkeys(rules):
        if text.strip() not in viewer_words() and any(_AROUND not in n.attributes for n in _matches(tree, selectors)):
            detail = f"a text that a style sheet of the page shows is left out: “{text[:_LONGEST_QUOTE]}”"
            yield Problem("generated-text-left-out", "body", detail)


def _start_tag(node: Element) -> str:
    attributes = "".join(f' {name}="{escape(value)}"' for name in _NAMED_IN_SELECTORS if (value := node.get(name)))
    return f"<{node.tag} {_AROUND}{attributes}>"


def _generating_rules(code: str) -> Iterator[tuple[str, str]]:
    """Yield the selectors and the text of each rule of a style sheet that generates words."""
    for selectors, declarations in _STYLE_RULE.findall(_CSS_COMMENT.sub("", code)):
        if ('"' in declarations or "'" in declarations) and (text := _written(declarations)):
            yield selectors, text


def _written(declarations: str) -> str:
    """Return the text that declarations of a style generate, or an empty string if it has no words."""
    strings = [a or b for value in _WRITTEN.findall(declarations) for a, b in _STRING.findall(value)]
    text = _ESCAPE.sub(lambda escape: _character(int(escape[1], 16)), " ".join(strings))
    return text if LETTERS.search(text) else ""


def _character(code: int) -> str:
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""


def _matches(tree: LexborHTMLParser, selectors: str) -> Iterator[LexborNode]:
    """Yield the elements to which a rule applies; any element for a selector that lexbor cannot parse."""
    for selector in selectors.split(","):
        bare = _PSEUDO.sub("", selector).strip() or "*"
        try:
            yield from tree.css(bare)
        except Exception:  # lexbor cannot parse the selector: the rule may apply
            if tree.body is not None:
                yield from tree.css("body *")
