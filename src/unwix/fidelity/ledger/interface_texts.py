"""Identify the texts of a post's region that are not the author's, by named rules: interface texts of Wix and menus."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ...model.article import Element
from ...model.facts import text_key
from ...wix.hooks import (
    AUTHOR_HOOKS,
    BEHIND_HOOKS,
    HELPER_HOOKS,
    INTERFACE_HOOKS,
    LONGEST_LABEL,
    SPEAKING_BUTTONS,
    WIDGET_HOOKS,
)
from ...wix.media_urls import video_page_url
from ...wix.ui_texts.catalogue import viewer_words
from ...wix.ui_texts.match import is_interface_label
from ...wix.url_keys import url_key

#: Elements of a known widget that show a text of Wix or of another page, and those that show only a label.
_TEXT_HOOKS = ("polls-multiple-answer", "vertical-embed-subtitle")
_LABEL_HOOKS = ("polls-answer-image", "polls-question-image", "polls-items-percentage", "vertical-embed-button")
#: The interface never uses these elements: their text is an author's, whatever hook is around them.
_AUTHORS_BLOCKS = "p,li,blockquote,h1,h2,h3,h4,h5,h6"
#: URL, title and description of another page: everything in a link preview.
_PREVIEW_LINES = 3
#: The maximum number of words in a line with a size: `Download PDF • 1.2 MB`.
_LONGEST_SIZE = 8
#: A size, a time or percentage, or a number with its noun: `0 votes`.
_SIZE = re.compile(r"\d\s?(?:[KMG]?B|bytes?)\b|^[\d\s:.,%/–-]+$|^\d[\d.,]*\s\S+$", re.I)


def urls_by_another_name(shown_text: str, article: Element) -> Iterator[str]:
    """Yield each line that is the URL of a video to which the article links by another URL."""
    links = {url_key(link.get("href") or "") for link in article.iter("a")}
    for line in shown_text.split("\n"):
        if "/" in line and " " not in line and (url := video_page_url(line)) and url_key(url) in links:
            yield line


def site_texts(tree: LexborHTMLParser) -> Iterator[str]:
    """Yield the texts of what follows a post, and of menus: `<nav>` elements that contain only links."""
    for part in tree.css("[data-hook]"):
        if part.attributes.get("data-hook") in BEHIND_HOOKS:
            yield from _lines_of_widget(part)
    for menu in tree.css("nav"):
        lines = list(_lines(menu))
        if len(lines) <= len([line for link in menu.css("a") for line in _lines(link)]):
            yield from lines
            separate = {word for line in lines for word in line.split()}
            # without a space between two links, their texts are one word
            yield from (word for word in menu.text().split() if word not in separate)


def _lines_of_widget(widget: LexborNode) -> Iterator[str]:
    """Yield the texts of a widget after a post: titles, links, texts with hooks of their own, labels next to those."""
    parts = widget.css("a,button,h2,[data-hook]")
    named = {line for part in parts if part.mem_id != widget.mem_id for line in _lines(part)}
    yield from (
        line for line in _lines(widget) if line in named or line in viewer_words() or (named and _is_label(line))
    )


class InterfaceText(NamedTuple):
    """A text of the interface. It is not sure if only its element and its length speak for the interface."""

    line: str
    is_sure: bool = True


def interface_texts(tree: LexborHTMLParser, article: str) -> Iterator[InterfaceText]:
    """Yield the texts that a rule identifies as interface texts. `article` is the text of the article as a key."""
    known = viewer_words()
    handled: set[int] = set()
    for node in tree.css("[data-hook],button"):
        hook = node.attributes.get("data-hook") or ""
        is_widget = hook.startswith(WIDGET_HOOKS)
        if not (is_widget or hook.startswith(INTERFACE_HOOKS) or hook in HELPER_HOOKS or _is_button(node, hook)):
            continue
        if any(parent.mem_id in handled for parent in _ancestors(node)):
            continue
        handled.add(node.mem_id)
        if is_widget:
            yield from _widget_texts(node, hook, article)
        else:
            is_block = node.css_first(_AUTHORS_BLOCKS) is not None
            for line in _lines(node):
                if line in known or (not is_block and (_is_known(line) or _is_label(line))):
                    yield InterfaceText(line, _is_known(line))
    if tree.body is not None:
        yield from (InterfaceText(line) for line in _lines(tree.body) if line in known)


def _is_button(node: LexborNode, hook: str) -> bool:
    return node.tag == "button" and not hook.startswith(SPEAKING_BUTTONS)


def _is_known(line: str) -> bool:
    is_short = len(line.split()) <= _LONGEST_SIZE
    return line in viewer_words() or (is_short and _SIZE.search(line) is not None) or is_interface_label(line)


def _is_label(line: str) -> bool:
    """Return True for a text that is short enough for a label; a longer one is reported unless a list contains it."""
    return len(line.split()) <= LONGEST_LABEL


def _widget_texts(widget: LexborNode, hook: str, article: str) -> Iterator[InterfaceText]:
    """Yield what a widget shows besides the author's words, if the article contains any of those."""
    lines = list(_lines(widget))
    if not any((key := text_key(line)) and f" {key} " in article for line in lines):
        return
    if "preview" in hook.lower() and len(lines) <= _PREVIEW_LINES:
        yield from map(InterfaceText, lines)
        return
    named = set(_lines_with_hooks(widget, _TEXT_HOOKS))
    # A file has its size and `Download JPG`; of other widgets, short texts of buttons are interface texts.
    parts = [widget] if hook.startswith(("file", "audio")) else widget.css("button")
    labels = {line for part in parts for line in _lines(part)} | set(_lines_with_hooks(widget, _LABEL_HOOKS))
    # The name of a file and its extension are two lines of the page and one of the post.
    named |= {line for pair in pairwise(lines) if f" {text_key(''.join(pair))} " in article for line in pair}
    for line in lines:
        if line in named or (line in labels and _is_label(line)) or _is_known(line):
            yield InterfaceText(line, line in named or _is_known(line))


def _lines_with_hooks(widget: LexborNode, hooks: tuple[str, ...]) -> Iterator[str]:
    """Yield the texts of the elements in a widget whose hooks begin so, and are not those of an author's text."""
    for node in widget.css("[data-hook]"):
        hook = node.attributes.get("data-hook") or ""
        if hook.startswith(hooks) and not hook.startswith(AUTHOR_HOOKS):
            yield from _lines(node)


def _ancestors(node: LexborNode) -> Iterator[LexborNode]:
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent


def _lines(node: LexborNode) -> Iterator[str]:
    """Yield the pieces of text in an element."""
    for line in node.text(separator="\n").split("\n"):
        if bare := line.strip():
            yield bare
