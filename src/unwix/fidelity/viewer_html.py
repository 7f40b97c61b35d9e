"""Witness: what a rendered body says, counted straight from the page and apart from the reader.

It shares no code with the walk in rendered.py, so that a fault there cannot hide itself; only what is the viewer's own
(`INTERFACE`) is agreed knowledge. Fidelity holds the Markdown against these facts.
"""

from __future__ import annotations

import re

from ..model.article import Element
from ..model.facts import UNCERTAIN, UNCERTAIN_END, Facts, image_key, text_key, url_key, words, words_and_uncertain
from ..web.saved_links import LinkRestorer
from ..wix.hooks import AUTHOR_HOOKS, INTERFACE_HOOKS, SPOILER_BUTTONS, WIDGET_HOOKS
from ..wix.media_urls import image_data, video_page_url
from ..wix.ui_texts.catalogue import viewer_words

_INLINE = frozenset(
    {
        "a", "span", "strong", "b", "em", "i", "u", "s", "del", "ins", "sup", "sub", "code", "mark", "small", "font",
        "strike", "kbd", "samp", "abbr", "bdi", "big", "tt", "q", "cite", "var", "wbr",
    }
)  # fmt: skip
_SILENT = frozenset(
    {
        "style",
        "script",
        "noscript",
        "svg",
        "template",
        "button",
        "input",
        "select",
        "textarea",
        "iframe",
        "audio",
        "video",
        "time",
        "label",
        "head",
        "title",
    }
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_COUNTED = frozenset({"td", "th", "wow-image", "amp-img", "img"})
_MEASURED = frozenset({*_HEADINGS, "li", "blockquote", "figcaption"})
_ABSOLUTE = re.compile(r"(https?:)?//|mailto:|tel:|sms:", re.I)
_LONGEST_VIEWER_WORD = 80
_SPEAKING_BUTTONS = ("button-viewer", "buttonViewer", *SPOILER_BUTTONS)


class _Walk:
    def __init__(self, restorer: LinkRestorer) -> None:
        self.facts = Facts()
        self.text: list[str] = []
        self.restorer = restorer
        self._linked = ("", 0)
        """The last link's address, and how much text there was at its end."""

    def visit(self, node: Element, widget: bool) -> None:
        """One element and all in it; `widget`: what it says is the viewer's, unless a hook names it the author's."""
        tag = node.tag
        if not isinstance(tag, str):
            return
        hook = node.get("data-hook") or ""
        if (tag in _SILENT and not hook.startswith(_SPEAKING_BUTTONS)) or (hook and hook.startswith(INTERFACE_HOOKS)):
            return
        own = False
        if hook:
            widget = widget or hook.startswith(WIDGET_HOOKS)
            own = hook.startswith(AUTHOR_HOOKS)
            widget = widget and not own
        if tag in _COUNTED:
            self._count(node, tag)
        block = own or tag not in _INLINE
        maybe = widget or hook in SPOILER_BUTTONS
        text = self.text
        start = len(text)
        if block:
            text.append("\n")
        if said := node.text:
            self._say(said, maybe)
        for child in node:
            self.visit(child, widget)
            if said := child.tail:
                self._say(said, maybe)
        if block:
            text.append("\n")
            if tag in _MEASURED:
                self._measure(node, tag, start)
        elif tag == "a":
            self._link(node, start)

    def _say(self, said: str, maybe: bool) -> None:
        maybe = maybe or (len(said) < _LONGEST_VIEWER_WORD and said.strip() in viewer_words())
        self.text.append(f" {UNCERTAIN}{said}{UNCERTAIN_END} " if maybe and said.strip() else said)

    def _count(self, node: Element, tag: str) -> None:
        if tag in ("td", "th"):
            self.facts.cells += 1
        elif tag == "wow-image":
            uri = image_data(node.get("data-image-info")).get("uri") or node.get("id")
            if (
                isinstance(uri, str)
                and "{" not in uri
                and not any("link-preview" in (a.get("data-hook") or "") for a in node.iterancestors())
            ):
                self.facts.images[image_key(uri)] += 1
                self._alt(next(node.iter("img"), node))
        elif tag == "amp-img" or (
            tag == "img"
            and node.getparent() is not None
            and not any(a.tag == "wow-image" for a in node.iterancestors())
        ):
            source = node.get("data-pin-media") or node.get("src") or ""
            if (
                source
                and not source.startswith("data:")
                and not source.endswith("/media/")
                and not (node.get("data-hook") or "").endswith("-preload")
            ):
                self.facts.images[image_key(source)] += 1
                self._alt(node)

    def _alt(self, picture: Element) -> None:
        said = picture.get("alt")
        if said and said.strip() not in viewer_words() and (name := text_key(said)):
            self.facts.alts[name] += 1

    def _measure(self, node: Element, tag: str, start: int) -> None:
        """A heading, item, quote or caption whose text begins at that piece of the text."""
        name = text_key("".join(self.text[start:]))
        if not name or (tag == "blockquote" and _is_in_title(node)):
            return
        if tag == "li":
            self.facts.items += 1
        else:
            counter = (
                self.facts.headings
                if tag in _HEADINGS
                else self.facts.quotes
                if tag == "blockquote"
                else self.facts.captions
            )
            counter[name] += 1

    def _link(self, node: Element, start: int) -> None:
        """A link whose text begins at that piece of the text."""
        href = node.get("href")
        if not href or not (words("".join(self.text[start:])) or node.find(".//img") is not None):
            return
        restored = self.restorer.restore(href).href
        if restored and _ABSOLUTE.match(restored) and "#viewer-" not in restored:
            address, end = self._linked
            self._linked = (url_key(restored), len(self.text))
            # Parts of one link that differ in their marks follow each other with nothing else said between them.
            if address != self._linked[0] or "".join(self.text[end:start]).strip():
                self.facts.links[self._linked[0]] += 1


def _is_in_title(node: Element) -> bool:
    """Whether it is in the title of a collapsible item: a summary is one line, which cannot be a quotation."""
    return any((a.get("data-hook") or "") == "collapsible-list-item-title" for a in node.iterancestors())


def viewer_facts(body: Element, restorer: LinkRestorer) -> Facts:
    """The facts of a rendered body. Its tree is left as it is."""
    walk = _Walk(restorer)
    walk.visit(body, widget=False)
    walk.facts.words, walk.facts.uncertain = words_and_uncertain("".join(walk.text))
    for player in body.iter("iframe", "button", "img"):
        if known := video_page_url(player.get("src") or player.get("style") or ""):
            walk.facts.embeds[url_key(known)] += 1
    return walk.facts
