"""Convert Ghost's cards to the plain HTML that the fidelity check reads, without the interface of their players."""

from __future__ import annotations

from html import escape

from lxml import etree, html

from unwix.writers.targets.imports.ghost import GhostHtml


def without_interface(rendered: str) -> str:
    """Return the rendered body of a post with its cards as plain HTML."""
    root = html.fragment_fromstring(rendered, create_parent="article")
    for card in root.xpath(".//*[contains(concat(' ', @class, ' '), ' kg-card ')]"):
        kind = next((name for name in card.get("class").split()[1:] if name.endswith("-card")), "")
        if (plain := _plain(card, kind)) is not None:
            new = html.fragment_fromstring(plain, create_parent="div")
            new.tail = card.tail
            card.getparent().replace(card, new)
    return GhostHtml.read_back("".join(etree.tostring(node, encoding="unicode", method="html") for node in root))


def _plain(card: etree._Element, kind: str) -> str | None:
    caption = card.find(".//figcaption")
    markup = "" if caption is None else f"<p><em>{_inner(caption)}</em></p>"
    if kind == "kg-toggle-card":
        heading, content = _by_class(card, "kg-toggle-heading-text"), _by_class(card, "kg-toggle-content")
        return f"<details><summary>{_inner(heading)}</summary><p>{_inner(content)}</p></details>"
    if kind == "kg-bookmark-card":
        return _link(card.find(".//a").get("href"), _by_class(card, "kg-bookmark-title").text_content()) + markup
    if kind in ("kg-audio-card", "kg-video-card"):
        title = _by_class(card, "kg-audio-title")
        return _link(card.find(f".//{kind[3:8]}").get("src"), "" if title is None else title.text_content()) + markup
    if kind == "kg-embed-card":
        card.set("class", "kg-card kg-embed-card")
    return None


def _by_class(card: etree._Element, name: str) -> etree._Element | None:
    return next(iter(card.xpath(f".//*[contains(concat(' ', @class, ' '), ' {name} ')]")), None)


def _inner(el: etree._Element) -> str:
    return escape(el.text or "") + "".join(etree.tostring(child, encoding="unicode", method="html") for child in el)


def _link(url: str, text: str) -> str:
    return f'<p><a href="{escape(url)}">{escape(text or url)}</a></p>'
