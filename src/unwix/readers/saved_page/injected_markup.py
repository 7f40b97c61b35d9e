"""Remove markup that other programs inserted into a page between the site and the file.

Cloudflare hides email addresses (https://developers.cloudflare.com/waf/tools/scrape-shield/email-address-obfuscation/),
translators wrap each text, and browser extensions insert elements among the author's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from lxml import etree

from ...model.article import Element, text_of
from ...model.problems import Problem
from ...web.tags import CELLS, TEXT_BLOCKS, is_within_line

_ANCHOR = "viewer-"
_HIDDEN_MAIL = re.compile(r"/cdn-cgi/l/email-protection#([0-9a-f]+)")
#: Name prefixes of elements that are the interface of an extension, unless they are part of a line of text. Others
#: wrap the author's words.
_INTERFACES = ("grammarly-", "lt-", "deepl-", "plasmo-", "loom-", "monica-")
_TEXT = (*TEXT_BLOCKS, *CELLS, "li", "blockquote")
#: Attributes in which SingleFile, Save Page WE and Cloudflare's Mirage keep a URL.
_KEPT_SOURCES = ("data-sf-original-src", "data-savepage-src", "data-cfsrc")
#: The end of an unknown custom element's name. It looks back, as looking ahead from each `<` takes three times as long.
_ODD_TAG = re.compile(rb"<[a-z]+-(?<!<wow-)(?<!<wix-)(?<!<amp-)(?<!<pro-)(?<!<pages-)[a-z]")
#: Custom elements that Wix and AMP write.
_OWN = ("wow-", "wix-", "amp-", "pro-", "pages-")
_HIDDEN = re.compile(r"display:\s*none\s*!important")
_TRANSLATED = re.compile(r"\btranslated-(?:ltr|rtl)\b")
MACHINE_TRANSLATED = Problem(
    "machine-translated",
    "file",
    "the page was saved while a program showed it in another language: its words are not the author's",
)


def take_out(tree: Element, text: bytes) -> None:
    """Remove inserted markup from a page's tree; the author's words stay in place.

    `text` is the parsed text of the page, in which a quick search finds what may be there.
    """
    for sign, step in _STEPS:
        if sign is None or sign in text:
            step(tree)
    if _ODD_TAG.search(text):
        _odd_tags(tree)


def without_injected(page: bytes) -> bytes | None:
    """Return a piece of a page without inserted text; None if it contains none."""
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False
    )
    try:
        tree = etree.fromstring(b"<html><body>" + page + b"</body></html>", parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    before = text_of(tree)
    take_out(tree, page)
    return None if text_of(tree) == before else bytes(etree.tostring(tree, encoding="utf-8", method="html"))


def is_translated(tree: Element) -> bool:
    """Return True if a browser or Google Translate had translated the page when it was saved.

    Google also marks its translations by the language: `de-x-mtfrom-en` is German, translated from English.
    """
    return _TRANSLATED.search(tree.get("class") or "") is not None or "-x-mtfrom-" in (tree.get("lang") or "")


def _mails(tree: Element) -> None:
    for node in tree.iter("a", "span"):
        url = _mail(node.get("data-cfemail") or "")
        if url:
            for child in list(node):
                node.remove(child)
            node.text = url
        elif match := _HIDDEN_MAIL.search(node.get("href") or ""):
            url = _mail(match[1])
        if url and node.tag == "a":
            node.set("href", f"mailto:{url}")


def _mail(code: str) -> str | None:
    """Return the email address in Cloudflare's code: each byte is XORed with the first one."""
    try:
        first, *rest = bytes.fromhex(code)
        decoded = bytes(byte ^ first for byte in rest).decode("utf-8")
    except ValueError:
        return None
    return decoded if "@" in decoded and decoded.isprintable() else None


def _sources(tree: Element) -> None:
    """Restore URLs that a program moved from `src` to another attribute."""
    for node in tree.iter("img", "iframe", "video", "audio", "source"):
        for name in _KEPT_SOURCES:
            if original := node.get(name):
                node.set("src", original)


def _pin_buttons(tree: Element) -> None:
    _remove(tree, (n for n in tree.iter("span") if n.get("data-pin-log")))


def _advertisements(tree: Element) -> None:
    _remove(tree, (n for n in tree.iter("ins") if "adsbygoogle" in (n.get("class") or "")))


def _second_language(tree: Element) -> None:
    """Remove the translations that a browser extension inserted next to each text."""
    _remove(tree, (n for n in tree.iter("font") if "translate-target" in (n.get("class") or "")))


def _hidden(tree: Element) -> None:
    """Remove what an extension has hidden. Wix hides without `!important`, and the bodies of closed lists."""
    _remove(tree, (n for n in tree.iter() if _HIDDEN.search(n.get("style") or "") and not _has_blocks(n)))


def _has_blocks(node: Element) -> bool:
    return any((n.get("id") or "").startswith(_ANCHOR) for n in node.iter() if isinstance(n.tag, str))


def _fonts(tree: Element) -> None:
    """Unwrap the texts of Google Translate; other attributes of `<font>` cannot be expressed in Markdown."""
    _unwrap(tree, tree.iter("font"))


def _odd_tags(tree: Element) -> None:
    odd = [n for n in tree.iter() if isinstance(n.tag, str) and "-" in n.tag and not n.tag.startswith(_OWN)]
    _remove(tree, (n for n in odd if str(n.tag).startswith(_INTERFACES) and not _is_part_of_line(n)))
    _unwrap(tree, (n for n in odd if n.tag != "removed"))


def _is_part_of_line(node: Element) -> bool:
    """Return True for an element within text that contains nothing but words."""
    within_text = next(node.iterancestors(*_TEXT), None) is not None
    return within_text and all(is_within_line(str(inner.tag)) for inner in node.iterdescendants())


def _remove(tree: Element, nodes: Iterable[Element]) -> None:
    if removed := list(nodes):
        for node in removed:
            node.tag = "removed"
        etree.strip_elements(tree, "removed", with_tail=False)


def _unwrap(tree: Element, nodes: Iterable[Element]) -> None:
    if unwrapped := list(nodes):
        for node in unwrapped:
            node.tag = "unwrapped"
        etree.strip_tags(tree, "unwrapped")


#: The functions that remove inserted markup, by a string that pages with it contain; without one if they look for
#: elements with a name of their own, which takes less time in the tree.
_STEPS: tuple[tuple[bytes | None, Callable[[Element], None]], ...] = (
    (b"/cdn-cgi/l/email-protection", _mails),
    (b"data-cfemail", _mails),
    *((name.encode(), _sources) for name in _KEPT_SOURCES),
    (b"data-pin-log", _pin_buttons),
    (None, _advertisements),
    (None, _second_language),
    (b"!important", _hidden),
    (None, _fonts),
)
