"""Account for every visible word of a post's region in the raw bytes of a saved page.

The bytes are parsed by another parser than the reader's (lexbor, which follows the HTML standard), so that nothing that
a reader or its parser loses can hide a word. Words that are neither in the article nor interface text by a named rule
are unaccounted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ...model.article import Element, is_placeholder, text_nodes, text_of
from ...model.facts import INVISIBLE, text_key, tokens, words
from ...model.ledger import Ledger
from ...model.problems import Problem
from ...model.words_of_scripts import ANY_WORD
from ...web.tags import PHRASING
from ...web.text_cleaning import markup_without_controls
from .characters_left import characters_lost, symbols_left
from .elements_without_text import elements_left_out, start_tags_in
from .generated_text import texts_of_styles
from .interface_texts import interface_texts, site_texts, urls_by_another_name
from .page_region import is_too_deep
from .texts_on_demand import texts_on_demand

#: A page in a frame that is the player of a video, by its canonical link.
_PLAYER = re.compile(
    r"<link\b[^>]*\bcanonical\b[^>]*(?:youtube(?:-nocookie)?|vimeo|dailymotion)\.com/|<title>[^<]* - YouTube</title>"
)
_QUOTED = 12
_LABEL = "interface-text-left-out"
#: Problems of a region's text; all others are found before the text is compared.
_OF_TEXT = frozenset({_LABEL, "characters-lost"})
#: Elements whose text no browser shows.
_NEVER_SHOWN = ["script", "style", "title", "desc", "metadata"]
_INLINE = sorted(PHRASING)
#: Those that no hook marks; a translator puts `<font>` around each piece of text.
_WITHIN_LINES = sorted(PHRASING - {"a", "label", "span"})
#: Elements with a text in an attribute that a browser shows, and how they are found.
_WITH_TEXT = {
    "iframe": "iframe[srcdoc]",
    "template": "template",
    "input": "input",
    "option": "option[label]",
    "optgroup": "optgroup[label]",
    "textarea": "textarea[placeholder]",
}
_SHOWN_ATTRIBUTES = ("value", "placeholder", "label")
_UNSEEN_INPUTS = frozenset({"hidden", "checkbox", "radio", "file", "color", "range", "image", "password"})
#: A notice for browsers without scripts or players; every page builder writes its own.
_NOTICE = re.compile(
    r"javascript|html ?5|iframes?\b|plug-?in|flash|brows|navig|naveg|brauz|bläddra"
    r"|браузер|浏览器|ブラウザ|브라우저|דפדפן|المتصفح",
    re.I,
)
_LONGEST_NOTICE = 300
_FALLBACKS = ("iframe", "video", "audio", "canvas", "noscript", "object")
#: Frames in frames are looked into so far.
_DEEPEST_FRAME = 5
#: The words of a player's interface are no more.
_LONGEST_OF_PLAYER = 12


def account(
    region: bytes,
    article: Element,
    number: int,
    also: Iterable[str] = (),
    without_injected: Callable[[], bytes | None] | None = None,
    other_posts: Iterable[str] = (),
) -> tuple[Ledger, list[Problem]]:
    """Return the accounts of a region's words, and problems of elements without words that the article lacks.

    `number` is the number of words in the article. `also` are texts of the post outside of the article, for example its
    title. `without_injected` returns the region without insertions of other programs; it is called only if words remain
    to be explained. `other_posts` are texts of other posts in the page.
    """
    start_tags = start_tags_in(region)
    tree = LexborHTMLParser(region) if not is_too_deep(region, len(start_tags)) else None
    body = tree.body if tree is not None else None
    if tree is None or body is None:
        return Ledger(), []
    names = {name.decode().lower() for name in set(start_tags)}
    problems = list(elements_left_out(tree, region, names, article))
    problems += texts_on_demand(
        tree, lambda: text_key("\n".join((article_text(article), *also, *other_texts(article))))
    )
    more = [*_text_of_attributes(tree, names), *texts_of_styles(tree, region)]
    _drop_unseen(tree, names)
    if not more and _is_equal(body.text(separator=""), _own_text(article)):
        return Ledger(post=number), problems  # the same characters in the same order: nothing remains to be explained
    if (plain := markup_without_controls(region)) != region:
        return account(plain, article, number, also, without_injected, other_posts)
    shown_text = _shown_text(tree, body, names, more)
    text = article_text(article)
    written = "\n".join((text, *also, *other_texts(article)))
    left = _words_left(shown_text, written)
    total = len(ANY_WORD.findall(INVISIBLE.sub("", shown_text)))
    if left:
        left = without_glued(left, words(text))
    symbols = symbols_left(shown_text, written)
    if not (left or symbols):
        return Ledger(post=total), problems
    source = LexborHTMLParser(region)
    source.strip_tags([*_NEVER_SHOWN, "svg"])
    source.unwrap_tags(_WITHIN_LINES)
    source.merge_text_nodes()
    _take(left, (word for line in urls_by_another_name(shown_text, article) for word in words(line)))
    others = _take(left, (word for text in other_posts for word in words(text)))
    around = list(site_texts(source))
    site = _take(left, (word for line in around for word in words(line)))
    platform, labels = 0, []
    for line, is_sure in interface_texts(source, f" {text_key(text)} "):
        around.append(line)
        taken = _take(left, words(line))
        platform += taken
        if taken and not is_sure:
            labels.append(Problem(_LABEL, "body", f"a short text of the interface is left out: “{line}”"))
    lost = characters_lost(symbols, [*around, *other_posts])
    if ((left := +left) or lost) and without_injected and (clean := without_injected()) is not None:
        ledger, others_left_out = account(clean, article, number, also, None, other_posts)
        return ledger, problems + [problem for problem in others_left_out if problem.kind in _OF_TEXT]
    unaccounted = in_order(shown_text, left) if (left := +left) else []
    ledger = Ledger(
        post=total - platform - site - others - len(unaccounted),
        platform=platform,
        site=site,
        other_post=others,
        unaccounted=len(unaccounted),
        unaccounted_words=unaccounted[:_QUOTED],
    )
    return ledger, problems + labels + ([] if unaccounted else lost)


def in_order(text: str, left: Counter[str]) -> list[str]:
    """Return the remaining words in the order of the text, first those from lines that remain entirely."""
    left = left.copy()
    pieces: list[tuple[int, str]] = []
    lines = [(number, tokens(line)) for number, line in enumerate(text.split("\n")) if line.strip()]
    for whole in (True, False):
        for number, line in lines:
            need = Counter(token.lower() for token in line if token.lower() in left)
            if whole and (not need <= left or need.total() < sum(token[0].isalnum() for token in line)):
                continue
            for token in line:
                if left.get(token.lower(), 0) > 0:
                    left[token.lower()] -= 1
                    pieces.append((number, token))
    return [token for _, token in sorted(pieces, key=lambda pair: pair[0])]


def _take(left: Counter[str], taken_words: Iterable[str]) -> int:
    """Remove words from the remaining ones. Return their number."""
    number = 0
    for word in taken_words:
        if left.get(word, 0) > 0:
            left[word] -= 1
            number += 1
    return number


def _words_left(shown_text: str, written: str) -> Counter[str]:
    """Return the words that are shown and not written. Equal pieces between spaces are not compared further."""
    shown_pieces, written_pieces = Counter(shown_text.split()), Counter(written.split())
    more, less = shown_pieces - written_pieces, written_pieces - shown_pieces
    if not more:
        return more
    return Counter(words(" ".join(more.elements()))) - Counter(words(" ".join(less.elements())))


#: The usual spaces, and invisible characters of UTF-8.
_SPACES = b" \t\n\r"
_UNSEEN = tuple(c.encode() for c in "\xad\u200d\ufeff")


def _without_spaces(text: str) -> bytes:
    """Return a text without the usual spaces, fast."""
    text = text.replace("\xa0", " ").replace("\u200b", " ")
    return text.encode("utf-8", "surrogatepass").translate(None, _SPACES)


def _without_unseen(encoded: bytes) -> bytes:
    """Return a text without the usual invisible characters, fast."""
    if not encoded.isascii():
        for unseen in _UNSEEN:
            encoded = encoded.replace(unseen, b"")
    return encoded


def _is_equal(shown_text: str, written: str) -> bool:
    """Return True if two texts have the same characters in the same order, ignoring spaces and invisible ones."""
    shown_bytes, written_bytes = _without_spaces(shown_text), _without_spaces(written)
    if shown_bytes == written_bytes or _without_unseen(shown_bytes) == _without_unseen(written_bytes):
        return True
    return "".join(INVISIBLE.sub("", shown_text).split()) == "".join(INVISIBLE.sub("", written).split())


# ---- what the region shows ----------------------------------------------------------------------------------------


def _drop_unseen(tree: LexborHTMLParser, names: set[str]) -> None:
    """Remove what no browser shows: scripts and styles, and notices for browsers without them."""
    if unseen := [name for name in _NEVER_SHOWN if name in names]:
        tree.strip_tags(unseen)
    for fallback in _all(tree, [name for name in _FALLBACKS if name in names]):
        if _NOTICE.search(text := fallback.text(separator=" ")) and len(text) < _LONGEST_NOTICE:
            fallback.decompose()


def _all(tree: LexborHTMLParser, selectors: list[str]) -> list[LexborNode]:
    """Return the elements that any of the selectors finds."""
    return tree.css(",".join(selectors)) if selectors else []


def _shown_text(tree: LexborHTMLParser, body: LexborNode, names: set[str], more: list[str]) -> str:
    """Return all text that a browser may show, one line per block."""
    tree.unwrap_tags([name for name in _INLINE if name in names])
    body.merge_text_nodes()
    return "\n".join((body.text(separator="\n"), *more))


def _text_of_attributes(tree: LexborHTMLParser, names: set[str]) -> Iterator[str]:
    """Yield the texts in attributes (pages in frames, form fields) and in templates."""
    for node in _all(tree, [selector for name, selector in _WITH_TEXT.items() if name in names]):
        if node.tag == "iframe":
            page = node.attributes.get("srcdoc") or ""
            shown_text = text_of_page(page)
            if not _PLAYER.search(page) or len(shown_text.split()) > _LONGEST_OF_PLAYER:
                yield shown_text  # otherwise the words are the interface of a player
        elif node.tag == "template":
            yield from (part.text(separator="\n") for part in node.template_fragments())
        elif (node.attributes.get("type") or "") not in _UNSEEN_INPUTS:
            yield from (text for name in _SHOWN_ATTRIBUTES if (text := node.attributes.get(name)))


def text_of_page(page: str, depth: int = 0) -> str:
    """Return all text that a browser may show of a piece of HTML, each piece on a line."""
    tree = LexborHTMLParser(page)
    tree.strip_tags([*_NEVER_SHOWN, "head"])
    tree.unwrap_tags(_INLINE)
    if tree.body is None:
        return ""
    tree.body.merge_text_nodes()  # the parts of a word that was marked in part
    frames = tree.css("iframe[srcdoc]") if depth < _DEEPEST_FRAME else []
    inner = (text_of_page(frame.attributes.get("srcdoc") or "", depth + 1) for frame in frames)
    return "\n".join((tree.body.text(separator="\n"), *inner))


# ---- what the article has -----------------------------------------------------------------------------------------


def _own_text(article: Element) -> str:
    """Return all text of an article except that of placeholders."""
    return article_text(article) if any(map(is_placeholder, article.iter("div"))) else text_of(article)


def article_text(article: Element) -> str:
    """Return the text of an article, one line per block, without placeholders."""
    nodes = text_nodes(article, is_placeholder)
    return "".join(text if node.tag in PHRASING else f"\n{text}" for node, _is_tail, text in nodes)


def other_texts(article: Element) -> Iterator[str]:
    """Yield what the Markdown shows besides the text: alternative texts, and URLs of links without text."""
    for node in article.iter("img", "a"):
        if node.tag == "img":
            yield node.get("alt") or ""
        elif not (node.text or len(node)):
            yield node.get("href") or ""


def without_glued(left: Counter[str], article: list[str]) -> Counter[str]:
    """Return the words without those that consist of two or three words of the article joined by a lost line break."""
    starts = {word[:end] for word in left for end in range(1, len(word))}
    firsts = [n for n, word in enumerate(article) if word in starts]
    glued = {"".join(article[n : n + size]) for size in (2, 3) for n in firsts}
    return Counter({word: number for word, number in left.items() if word not in glued})
