"""Find elements of a post's region that show something without words, and that the article does not contain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ...model.article import Element, is_placeholder, text_of
from ...model.facts import text_key, words
from ...model.problems import Problem
from ...web.tags import IMAGES, NO_TEXT
from ...wix.hooks import BEHIND_HOOKS, INTERFACE_HOOKS, WIDGET_HOOKS
from ...wix.media_urls import image_data
from ...wix.ui_texts.catalogue import viewer_words
from ...wix.url_keys import image_key, url_key
from .attribute_texts import attribute_texts

_EMBEDDED = frozenset({"object", "embed", "area", "portal", "frame"})
#: Elements that show something: their names, and how they are found.
_LOOKED_AT = {name: name for name in (*_EMBEDDED, "a", *IMAGES, "picture", "image")} | {"input": "input[type=image]"}
_WITH_BACKGROUND = "[background],[style*='url(']"
#: Signs of a background image in the bytes of a page.
_BACKGROUND_SIGNS = (b"url(", b"background", b"BACKGROUND")
#: Elements in which the facts of a page are not counted (viewer_html.py), and one that they do not know.
_UNCOUNTED = frozenset({"noscript", "template", "image"})
#: Attributes with the URL of an image, besides all whose names contain `src`: programs that load images late, and those
#: that save pages, use attributes of their own.
_SOURCES = frozenset({"data-pin-media", "data-original", "href", "xlink:href"})
_EMPTY_SOURCES = ("data:", "new-image", "about:", "javascript:", "#", "{")
_LARGE_DATA_URL = 2000
_STYLE_URL = re.compile(r"url\(\s*[\"']?([^\"')]+)", re.I)
_LINK = re.compile(r"(?:https?:)?//|mailto:|tel:", re.I)
#: Elements that show something: a link around one of them is not empty.
_SHOW = "img,wow-image,amp-img,iframe,video,audio,picture,object,embed,button,input,image"
#: Elements in which the facts of a page are not counted (viewer_html.py).
_NOT_COUNTED = NO_TEXT - {"script", "style"}
#: Custom elements of Wix and AMP: the reader knows those that show something.
_KNOWN_CUSTOM = ("wow-", "wix-", "amp-", "pages-", "pro-")
#: Elements whose attributes the reader knows.
_READ = ("wow-", "amp-")
#: Hooks of elements whose images are not the post's.
_AROUND_HOOKS = (*INTERFACE_HOOKS, *BEHIND_HOOKS)
_TAG_NAME = re.compile(rb"<([a-zA-Z][\w:.-]*)")
_CUSTOM_NAME = re.compile(r"[a-z]+(?:-[a-z0-9]+)+")
_WORD = re.compile(r"\w")
#: A tag and the next one inside an attribute: a quotation mark is missing, and browsers show none of the text.
_SWALLOWED = re.compile(r">[^<]*</[a-z]\w*>\s*<", re.I)
_PLAIN_ATTRIBUTES = ("title", "alt", "class", "id", "href", "dir")
_WITH_TAGS = ",".join(f"[{name}*='</']" for name in _PLAIN_ATTRIBUTES)
_DRAWN = Problem("program-missing", "body", "a drawing that a script makes (<canvas>) is not in the saved page")
#: Begins the report of a link without text; its URL follows.
LINK_LEFT_OUT = "a link without text is left out: "


class _ArticleContent:
    """URLs and images in the article, collected on first use."""

    def __init__(self, article: Element) -> None:
        self._article = article
        self.all_counted = False
        """All images of the page are in elements whose images the facts count."""

    @cached_property
    def urls(self) -> set[str]:
        return {url_key(node.get(name) or "") for name in ("href", "src") for node in self._article.iter("a", "img")}

    @cached_property
    def text(self) -> str:
        """The words of the article, with a space between them and at both ends."""
        return f" {text_key(text_of(self._article))} "

    @cached_property
    def images(self) -> set[str]:
        return {image_key(node.get("src") or "") for node in self._article.iter("img")}

    @cached_property
    def placeholders(self) -> set[str]:
        """The kinds of content that placeholders stand for, for example `image` or `gallery`."""
        return {div.get("title") or "" for div in self._article.iter("div") if is_placeholder(div)}


def start_tags_in(region: bytes) -> list[bytes]:
    """Return the name of each start tag in a piece of HTML, including those in comments and attributes."""
    return _TAG_NAME.findall(region)


def elements_left_out(tree: LexborHTMLParser, region: bytes, names: set[str], article: Element) -> Iterator[Problem]:
    """Yield a problem for each element that shows something without words and is missing in the article.

    `region` are the parsed bytes, `names` those of the elements in it.
    """
    yield from _swallowed(tree)
    content = _ArticleContent(article)
    content.all_counted = names.isdisjoint(_UNCOUNTED)
    selectors = [selector for name, selector in _LOOKED_AT.items() if name in names]
    if has_backgrounds := any(sign in region for sign in _BACKGROUND_SIGNS):
        selectors.append(_WITH_BACKGROUND)
    for node in tree.css(",".join(selectors)) if selectors else ():
        yield from _element(node, str(node.tag), content)
        if has_backgrounds:
            attributes = node.attributes
            if "url(" in (attributes.get("style") or "") or "background" in attributes:
                yield from _background(node, content)
    custom = sorted(n for n in names if "-" in n and not n.startswith(_READ) and _CUSTOM_NAME.fullmatch(n))
    others = [name for name in custom if not name.startswith(_KNOWN_CUSTOM)]
    for node in tree.css(",".join(others)) if others else ():
        yield from _custom(node, content)
    yield from _in_attributes(attribute_texts(tree, region, custom, others), content)
    if "canvas" in names:
        yield from (_DRAWN for canvas in tree.css("canvas") if not words(canvas.text()))


def _element(node: LexborNode, tag: str, content: _ArticleContent) -> Iterator[Problem]:
    if tag == "a":
        yield from _link(node, content)
    elif tag in _EMBEDDED:
        yield from _embedded(node, tag, content)
    elif tag in _LOOKED_AT:
        yield from _image(node, tag, content)


def _in_attributes(urls: Iterator[tuple[LexborNode, str]], content: _ArticleContent) -> Iterator[Problem]:
    """Yield a problem for each text or URL in an attribute that is missing in the article."""
    reported: set[str] = set()
    for node, shown in urls:
        if shown in reported or shown.strip() in viewer_words():
            continue
        is_written = (
            url_key(shown) in content.urls or image_key(shown) in content.images
            if "//" in shown
            else f" {text_key(shown)} " in content.text
        )
        if not is_written and not _is_in_widget(node) and not _is_interface(node, list(_parents(node))):
            reported.add(shown)
            detail = f"an element <{node.tag}> has this in an attribute, and the post has not: {shown[:200]}"
            yield Problem("element-left-out", "body", detail)


def _swallowed(tree: LexborHTMLParser) -> Iterator[Problem]:
    """Yield a problem for each attribute that has swallowed text."""
    for node in tree.css(_WITH_TAGS):
        for name in _PLAIN_ATTRIBUTES:
            if _SWALLOWED.search(value := node.attributes.get(name) or ""):
                text = f"text stands in an attribute, a quotation mark is missing: {' '.join(value.split())[:160]}"
                yield Problem("element-left-out", "body", text)


def _link(node: LexborNode, content: _ArticleContent) -> Iterator[Problem]:
    if _WORD.search(node.text()):
        return
    href = node.attributes.get("href") or ""
    if not _LINK.match(href) or node.css_first(_SHOW) is not None or _is_in_widget(node):
        return
    if url_key(href) not in content.urls:
        label = node.attributes.get("aria-label") or node.attributes.get("title") or ""
        named = f" (“{label[:80]}”)" if label else ""
        yield Problem("link-without-text", "body", f"{LINK_LEFT_OUT}{href[:220]}{named}")


def _embedded(node: LexborNode, tag: str, content: _ArticleContent) -> Iterator[Problem]:
    url = next((value for name in ("data", "src", "href") if (value := node.attributes.get(name))), "")
    if url and url_key(url) not in content.urls and image_key(url) not in content.images:
        yield Problem("element-left-out", "body", f"a page element <{tag}> is not in the post: {url[:200]}")


# ---- images -------------------------------------------------------------------------------------------------------


def _image(node: LexborNode, tag: str, content: _ArticleContent) -> Iterator[Problem]:
    if content.all_counted and _is_in_facts(node, tag):
        return
    parents = list(_parents(node))
    if any(parent.tag in (*IMAGES, "picture") for parent in parents) or _is_interface(node, parents):
        return  # part of an image that is checked itself
    urls = list(dict.fromkeys(_sources(node)))
    usable = [url for url in urls if not url.startswith(_EMPTY_SOURCES) and not url.endswith("/media/")]
    if usable:
        is_counted = node.attributes.get("src") in usable or node.attributes.get("data-pin-media") in usable
        if tag == "img" and is_counted and not any(parent.tag in _NOT_COUNTED for parent in parents):
            return  # one of the facts
        is_written = any(image_key(url) in content.images or url_key(url) in content.urls for url in usable)
        if not is_written and not _is_in_widget(node):
            yield Problem("element-left-out", "body", f"an image is not in the post: {usable[0][:200]}")
        return
    if any(len(url) > _LARGE_DATA_URL for url in urls) or _is_pixel(node) or _is_in_widget(node):
        return  # the image is in the page itself, or a blurred preview of a widget that is missing as a whole
    alt = next((text for n in (node, *node.css("img")) if (text := (n.attributes.get("alt") or "").strip())), "")
    if alt in viewer_words() or (not alt and content.placeholders & {"image", "GIF", "gallery", "video"}):
        return
    named = f" “{alt[:160]}”" if alt else ""
    yield Problem("image-not-in-page", "body", f"the saved page does not contain the URL of the image{named}")


def _is_in_facts(node: LexborNode, tag: str) -> bool:
    """Return True for an image that the facts of the page count."""
    attributes = node.attributes
    if tag == "wow-image":
        return '"uri":"' in (attributes.get("data-image-info") or "")
    source = attributes.get("src") or attributes.get("data-pin-media") or ""
    is_usable = source and not source.startswith(_EMPTY_SOURCES) and not source.endswith("/media/")
    return tag == "img" and bool(is_usable)


def _is_pixel(node: LexborNode) -> bool:
    """Return True for an image of one pixel, with which programs count visitors."""
    return all((node.attributes.get(name) or "").removesuffix("px") in ("0", "1") for name in ("width", "height"))


def _sources(node: LexborNode) -> Iterator[str]:
    """Yield all URLs that an image and the elements in it state."""
    for part in (node, *node.css("img,source,image")):
        attributes = part.attributes
        if isinstance(uri := image_data(attributes.get("data-image-info")).get("uri"), str):
            yield uri
        for name, value in attributes.items():
            if ("src" in name or name in _SOURCES) and (url := (value or "").strip()):
                yield url.split(" ", 1)[0].rstrip(",") if name.endswith("srcset") else url


def _background(node: LexborNode, content: _ArticleContent) -> Iterator[Problem]:
    stated = [*_STYLE_URL.findall(node.attributes.get("style") or ""), node.attributes.get("background") or ""]
    urls = [url.strip() for url in stated if url and not url.strip().startswith(_EMPTY_SOURCES)]
    if not urls or any(image_key(url) in content.images or url_key(url) in content.urls for url in urls):
        return
    parents = list(_parents(node))
    if not _is_interface(node, parents) and not _is_in_widget(node) and node.tag not in (*IMAGES, "button", "iframe"):
        yield Problem("element-left-out", "body", f"a background image is not in the post: {urls[0][:200]}")


# ---- elements of other programs -----------------------------------------------------------------------------------


def _custom(node: LexborNode, content: _ArticleContent) -> Iterator[Problem]:
    if words(node.text()) or node.css_first(_SHOW) is not None:
        return
    shown = [
        value
        for name, value in node.attributes.items()
        if value and name not in ("class", "style", "id", "data-hook", "slot")
        and (_LINK.match(value) or name.endswith("id") or len(words(value)) > 1)
    ]  # fmt: skip
    if shown and not any(url_key(value) in content.urls or image_key(value) in content.images for value in shown):
        yield Problem(
            "element-left-out", "body", f"an element <{node.tag}> is not in the post: {' '.join(shown)[:200]}"
        )


def _parents(node: LexborNode) -> Iterator[LexborNode]:
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent


def _is_interface(node: LexborNode, parents: list[LexborNode]) -> bool:
    return any((part.attributes.get("data-hook") or "").startswith(_AROUND_HOOKS) for part in (node, *parents))


def _is_in_widget(node: LexborNode) -> bool:
    return any((part.attributes.get("data-hook") or "").startswith(WIDGET_HOOKS) for part in (node, *_parents(node)))
