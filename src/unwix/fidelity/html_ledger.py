"""Account for every visible word of a post's region in the raw bytes of a saved page.

The bytes are parsed by another parser than the reader's (lexbor, which follows the HTML standard), so that nothing that
a reader or its parser loses can hide a word. Words that are neither in the article nor interface text by a named rule
are unaccounted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from lxml import etree
from selectolax.lexbor import LexborHTMLParser, LexborNode

from ..model.article import Element, text_of
from ..model.facts import INVISIBLE, text_key, tokens, url_key, words
from ..model.ledger import Ledger
from ..model.problems import Problem
from ..web.tags import PHRASING
from ..web.text_cleaning import markup_without_controls
from ..wix.hooks import AUTHOR_HOOKS, BEHIND_HOOKS, HELPER_HOOKS, INTERFACE_HOOKS, SPEAKING_BUTTONS, WIDGET_HOOKS
from ..wix.media_urls import video_page_url
from ..wix.ui_texts.catalogue import viewer_words
from .elements_without_text import elements_left_out
from .page_region import is_too_deep

#: A page in a frame that is the player of a video, by its canonical link.
_PLAYER = re.compile(
    r"<link\b[^>]*\bcanonical\b[^>]*(?:youtube(?:-nocookie)?|vimeo|dailymotion)\.com/|<title>[^<]* - YouTube</title>"
)
_QUOTED = 12
_WORD = re.compile(r"\w+")
#: Elements whose text no browser shows.
_NEVER_SHOWN = ["script", "style", "title", "desc", "metadata"]
#: Inline elements, and a sign of each in the bytes.
_INLINE = [(name, f"<{name}".encode()) for name in sorted(PHRASING)]
#: Elements with a text in an attribute that a browser shows.
_WITH_TEXT = "iframe[srcdoc],template,input,option[label],optgroup[label],textarea[placeholder]"
_SHOWN_ATTRIBUTES = ("value", "placeholder", "label")
_UNSEEN_INPUTS = frozenset({"hidden", "checkbox", "radio", "file", "color", "range", "image", "password"})
#: A notice for browsers without scripts or players; every page builder writes its own.
_NOTICE = re.compile(
    r"javascript|html ?5|iframes?\b|plug-?in|flash|brows|navig|naveg|brauz|bläddra"
    r"|браузер|浏览器|ブラウザ|브라우저|דפדפן|المتصفح",
    re.I,
)
_LONGEST_NOTICE = 300
_FALLBACKS = "iframe,video,audio,canvas,noscript,object"
#: The words of a player's interface are no more.
_LONGEST_OF_PLAYER = 12
#: Elements of a known widget that show text of Wix's or of another page.
_WIDGET_TEXT_HOOKS = (
    "polls-answer-image", "polls-question-image", "polls-multiple-answer", "polls-items-percentage",
    "vertical-embed-subtitle", "vertical-embed-button", "file-upload-link",
)  # fmt: skip
#: A text of the interface is short, whatever the language; a longer one is reported where no list names it.
_SHORT = 3
#: The interface writes no such elements: their text is an author's, whatever hook is around them.
_AUTHORS_BLOCKS = "p,li,blockquote,h1,h2,h3,h4,h5,h6"
#: Address, title and description of another page: all that a link preview shows.
_PREVIEW_LINES = 3
#: A size, a time or percentage, or a number with the name of what is counted: `0 votes`.
_SIZE = re.compile(r"\d\s?(?:[KMG]?B|bytes?)\b|^[\d\s:.,%/–-]+$|^\d[\d.,]*\s\S+$", re.I)


def account(
    region: bytes,
    article: Element,
    number: int,
    also: Iterable[str] = (),
    without_injected: Callable[[], bytes | None] | None = None,
) -> tuple[Ledger, list[Problem]]:
    """Return the accounts of a region's words, and problems of elements without words that the article lacks.

    `number` is the number of words in the article. `also` are texts of the post outside of the article, its title for
    example. `without_injected` returns the region without what other programs put into it; it is called only where
    words are left to explain.
    """
    region = markup_without_controls(region)
    tree = LexborHTMLParser(region) if not is_too_deep(region) else None
    body = tree.body if tree is not None else None
    if tree is None or body is None:
        return Ledger(), []
    problems = list(elements_left_out(tree, region, article))
    more = list(_text_of_attributes(tree))
    _drop_unseen(tree)
    if not more and _is_equal(body.text(separator=""), text_of(article)):
        return Ledger(post=number), problems  # the same characters in the same order: nothing is left to explain
    shown = _shown_text(tree, body, region, more)
    text = article_text(article)
    written = "\n".join((text, *also, *other_texts(article)))
    left = _words_left(shown, written)
    total = len(_WORD.findall(INVISIBLE.sub("", shown)))
    if left:
        left = without_glued(left, words(text))
    if not left:
        return Ledger(post=total), problems
    source = LexborHTMLParser(region)
    source.strip_tags(_NEVER_SHOWN)
    _take(left, (word for line in _urls_by_another_name(shown, article) for word in words(line)))
    site = _take(left, (word for line in _site_texts(source) for word in words(line)))
    platform = _take(left, (word for line in _interface_texts(source, f" {text_key(text)} ") for word in words(line)))
    if (left := +left) and without_injected and (clean := without_injected()) is not None:
        return account(clean, article, number, also)[0], problems
    unaccounted = in_order(shown, left) if (left := +left) else []
    ledger = Ledger(
        post=total - platform - site - len(unaccounted),
        platform=platform,
        site=site,
        unaccounted=len(unaccounted),
        unaccounted_words=unaccounted[:_QUOTED],
    )
    return ledger, problems


def in_order(text: str, left: Counter[str]) -> list[str]:
    """Return the words that are left as the text has them. Lines of which all words are left come from there first."""
    left = left.copy()
    found: list[tuple[int, str]] = []
    lines = [(number, tokens(line)) for number, line in enumerate(text.split("\n")) if line.strip()]
    for whole in (True, False):
        for number, line in lines:
            need = Counter(token.lower() for token in line if token.lower() in left)
            if whole and (not need <= left or need.total() < sum(token[0].isalnum() for token in line)):
                continue
            for token in line:
                if left.get(token.lower(), 0) > 0:
                    left[token.lower()] -= 1
                    found.append((number, token))
    return [token for _, token in sorted(found, key=lambda pair: pair[0])]


def _take(left: Counter[str], found: Iterable[str]) -> int:
    """Take words out of those that are left. Return their number."""
    number = 0
    for word in found:
        if left.get(word, 0) > 0:
            left[word] -= 1
            number += 1
    return number


def _words_left(shown: str, written: str) -> Counter[str]:
    """Return the words that are shown and not written. Equal pieces between spaces are not looked into."""
    here, there = Counter(shown.split()), Counter(written.split())
    more, less = here - there, there - here
    if not more:
        return more
    return Counter(words(" ".join(more.elements()))) - Counter(words(" ".join(less.elements())))


def _is_equal(shown: str, written: str) -> bool:
    """Return True if two texts have the same characters in the same order, spaces and invisible ones aside."""
    if "".join(shown.split()) == "".join(written.split()):
        return True
    return "".join(INVISIBLE.sub("", shown).split()) == "".join(INVISIBLE.sub("", written).split())


# ---- what the region shows ----------------------------------------------------------------------------------------


def _drop_unseen(tree: LexborHTMLParser) -> None:
    """Take out what no browser shows: scripts and styles, and notices for browsers without them."""
    tree.strip_tags(_NEVER_SHOWN)
    for fallback in tree.css(_FALLBACKS):
        if _NOTICE.search(text := fallback.text(separator=" ")) and len(text) < _LONGEST_NOTICE:
            fallback.decompose()


def _shown_text(tree: LexborHTMLParser, body: LexborNode, region: bytes, more: list[str]) -> str:
    """Return all text that a browser may show, a line for each block."""
    tree.unwrap_tags([name for name, sign in _INLINE if sign in region])
    body.merge_text_nodes()
    return "\n".join((body.text(separator="\n"), *more))


def _text_of_attributes(tree: LexborHTMLParser) -> Iterator[str]:
    """Yield the texts that stand in attributes: pages in frames, fields of forms; and those in templates."""
    for node in tree.css(_WITH_TEXT):
        if node.tag == "iframe":
            page = node.attributes.get("srcdoc") or ""
            shown = text_of_page(page)
            if not _PLAYER.search(page) or len(shown.split()) > _LONGEST_OF_PLAYER:
                yield shown  # else the words are the interface of a player
        elif node.tag == "template":
            yield from (part.text(separator="\n") for part in node.template_fragments())
        elif (node.attributes.get("type") or "") not in _UNSEEN_INPUTS:
            yield from (text for name in _SHOWN_ATTRIBUTES if (text := node.attributes.get(name)))


def text_of_page(page: str) -> str:
    """Return all text that a browser may show of a piece of HTML, each piece on a line."""
    tree = LexborHTMLParser(page)
    tree.strip_tags([*_NEVER_SHOWN, "head"])
    tree.unwrap_tags([name for name, _ in _INLINE])
    return tree.body.text(separator="\n") if tree.body is not None else ""


# ---- what the article has -----------------------------------------------------------------------------------------


def article_text(article: Element) -> str:
    """Return the text of an article, a line for each block, without placeholders."""
    parts: list[str] = []
    within = 0
    for event, node in etree.iterwalk(article, events=("start", "end")):
        is_placeholder = node.tag == "div" and node.get("class") == "missing"
        within += is_placeholder and event == "start"
        if node.tag not in PHRASING:
            parts.append("\n")
        if event == "end":
            within -= is_placeholder
            parts.append(node.tail or "")
        elif not within:
            parts.append(node.text or "")
    return "".join(parts)


def other_texts(article: Element) -> Iterator[str]:
    """Yield what the Markdown shows next to the text: alternative texts, and URLs of links without text."""
    for node in article.iter("img", "a"):
        if node.tag == "img":
            yield node.get("alt") or ""
        elif not (node.text or len(node)):
            yield node.get("href") or ""


def without_glued(left: Counter[str], article: list[str]) -> Counter[str]:
    """Return the words without those that are two or three words of the article glued together by a lost line break."""
    glued = {"".join(article[n : n + size]) for size in (2, 3) for n in range(len(article) - size + 1)}
    return Counter({word: number for word, number in left.items() if word not in glued})


# ---- interface text by rule ---------------------------------------------------------------------------------------


def _urls_by_another_name(shown: str, article: Element) -> Iterator[str]:
    """Yield each line that is the URL of a video to which the article links by another URL."""
    links = {url_key(link.get("href") or "") for link in article.iter("a")}
    for line in shown.split("\n"):
        if "/" in line and " " not in line and (url := video_page_url(line)) and url_key(url) in links:
            yield line


def _site_texts(tree: LexborHTMLParser) -> Iterator[str]:
    """Yield the texts of what follows a post, and of menus: `<nav>` elements with nothing but links in them."""
    for part in tree.css("[data-hook]"):
        if part.attributes.get("data-hook") in BEHIND_HOOKS:
            yield from _lines(part)
    for menu in tree.css("nav"):
        lines = list(_lines(menu))
        if len(lines) <= len([line for link in menu.css("a") for line in _lines(link)]):
            yield from lines


def _interface_texts(tree: LexborHTMLParser, article: str) -> Iterator[str]:
    """Yield the texts that a rule names as the interface's. `article` is the text of the article as a key."""
    known = viewer_words()
    done: set[int] = set()
    for node in tree.css("[data-hook],button"):
        hook = node.attributes.get("data-hook") or ""
        if any(parent.mem_id in done for parent in _ancestors(node)):
            continue
        if hook.startswith(WIDGET_HOOKS):
            done.add(node.mem_id)
            yield from _widget_texts(node, hook, article)
        elif hook.startswith(INTERFACE_HOOKS) or hook in HELPER_HOOKS or _is_button(node, hook):
            done.add(node.mem_id)
            is_block = node.css_first(_AUTHORS_BLOCKS) is not None
            yield from (line for line in _lines(node) if (not is_block and _is_interface_text(line)) or line in known)
    if tree.body is not None:
        yield from (line for line in _lines(tree.body) if line in known)


def _is_button(node: LexborNode, hook: str) -> bool:
    return node.tag == "button" and not hook.startswith(SPEAKING_BUTTONS)


def _is_interface_text(line: str) -> bool:
    return line in viewer_words() or len(line.split()) <= _SHORT or _SIZE.search(line) is not None


def _widget_texts(widget: LexborNode, hook: str, article: str) -> Iterator[str]:
    """Yield what a widget shows next to the author's words, if the article has any of those."""
    lines = list(_lines(widget))
    if not any((key := text_key(line)) and f" {key} " in article for line in lines):
        return
    if "preview" in hook.lower() and len(lines) <= _PREVIEW_LINES:
        yield from lines
        return
    named = {
        line
        for node in widget.css("[data-hook]")
        if (inner := node.attributes.get("data-hook") or "").startswith(_WIDGET_TEXT_HOOKS)
        and not inner.startswith(AUTHOR_HOOKS)
        for line in _lines(node)
    }
    # A file has its size and `Download JPG` next to it; of other widgets short texts of buttons are the interface's.
    parts = [widget] if hook.startswith(("file", "audio")) else widget.css("button")
    named |= {line for part in parts for line in _lines(part) if _is_interface_text(line)}
    yield from (line for line in lines if line in named or line in viewer_words() or _SIZE.search(line))


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
