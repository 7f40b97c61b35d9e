"""Article: the body of a post as a small tree of clean HTML, and the authority on the vocabulary of that tree.

Readers build it with `element`, writers render it. It has no class, data attribute or wrapper of Wix. For content that
HTML has no element for, there are a few forms:

* `<figure class="gallery">` of `<figure>`s
* `<figure class="video|audio|embed|map">` with one `<a>` (text: its own title, or nothing) and perhaps a caption
* `<p class="button|file">` with one `<a>`
* `<div class="poll">` of `<p>` and `<ul>`
* `<div class="missing" title="gallery" data-problem="gallery-missing" data-where="block 17">`: a placeholder for
  something that the source does not contain; its text says what is missing

`data-block` on an element other than text is the id of the block of Wix's editor that it shows.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element
#: Blocks of an article, in order.
Blocks: TypeAlias = list[Element]

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
#: Elements within a line of text.
INLINE = frozenset({"a", "strong", "em", "s", "u", "sup", "sub", "code", "br", "img"})
#: Elements on lines of their own.
BLOCKS = frozenset({*HEADINGS, "p", "ul", "ol", "blockquote", "pre", "hr", "table", "figure", "details", "div"})

#: What a plain list consists of.
PLAIN_LIST = frozenset({*INLINE, "p", "ul", "ol", "li"})

#: The id of the block of Wix's editor that an element shows: all copies of a post have the same ids.
BLOCK_ID = "data-block"
#: On a placeholder, the `kind` and `where` of the problem that reports it.
PROBLEM_KIND, PROBLEM_PLACE = "data-problem", "data-where"

_FLOW = BLOCKS
_CELL = BLOCKS | INLINE
#: Every element of the vocabulary: the attributes and the children that it may have.
VOCABULARY: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "article": (frozenset({"dir", "lang"}), _FLOW),
    **{h: (frozenset({"id"}), INLINE) for h in HEADINGS},
    "p": (frozenset({"id", "class", BLOCK_ID}), INLINE),
    "ul": (frozenset(), frozenset({"li"})),
    "ol": (frozenset({"start"}), frozenset({"li"})),
    "li": (frozenset({"id", "checked"}), _FLOW),
    "blockquote": (frozenset({"id"}), _FLOW),
    "pre": (frozenset({"id"}), frozenset({"code"})),
    "hr": (frozenset({"id"}), frozenset()),
    "table": (frozenset({"id"}), frozenset({"thead", "tbody"})),
    "thead": (frozenset(), frozenset({"tr"})),
    "tbody": (frozenset(), frozenset({"tr"})),
    "tr": (frozenset(), frozenset({"th", "td"})),
    "th": (frozenset({"align", "colspan", "rowspan"}), _CELL),
    "td": (frozenset({"align", "colspan", "rowspan"}), _CELL),
    "figure": (frozenset({"id", "class", BLOCK_ID}), frozenset({"a", "img", "figure", "figcaption"})),
    "figcaption": (frozenset(), INLINE),
    "details": (frozenset({"id", BLOCK_ID}), _FLOW | {"summary"}),
    "summary": (frozenset(), INLINE | frozenset(HEADINGS)),
    "div": (frozenset({"id", "class", "title", BLOCK_ID, PROBLEM_KIND, PROBLEM_PLACE}), frozenset({"p", "ul"})),
    "a": (frozenset({"href", "title"}), INLINE - {"a"}),
    "img": (frozenset({"src", "alt", "width", "height"}), frozenset()),
    "br": (frozenset(), frozenset()),
    **{mark: (frozenset(), INLINE) for mark in ("strong", "em", "s", "u", "sup", "sub")},
    "code": (frozenset(), frozenset()),
}
#: Elements that may contain all blocks.
CONTAINERS = frozenset(tag for tag, (_, children) in VOCABULARY.items() if children >= BLOCKS)
#: Elements that may have the id that a link leads to.
LINK_TARGETS = frozenset(tag for tag, (attributes, _) in VOCABULARY.items() if "id" in attributes)
#: The values that `class` may have, by element.
FORMS: dict[str, frozenset[str]] = {
    "p": frozenset({"button", "file"}),
    "figure": frozenset({"gallery", "video", "audio", "embed", "map"}),
    "div": frozenset({"poll", "missing"}),
}
#: Elements that may have text of their own; all others have child elements only.
_TEXT = frozenset(
    {*HEADINGS, "p", "figcaption", "summary", "th", "td", "a", "strong", "em", "s", "u", "sup", "sub", "code", "div"}
)


def element(tag: str, *children: Element | str | None, **attributes: str | None) -> Element:
    """Return a new element. Write `class_` for `class`; attributes and children that are None are left out."""
    node = etree.Element(tag)
    for name, value in attributes.items():
        if value is not None:
            node.set(name.rstrip("_"), value)
    if children:
        _append(node, None, children)
    return node


def append(parent: Element, children: Iterable[Element | str | None]) -> None:
    """Add elements and texts to the end of an element."""
    # len(parent) and parent[n] walk over all children: with 20,000 line breaks that would take minutes.
    _append(parent, next(parent.iterchildren(reversed=True), None), children)


def _append(parent: Element, last: Element | None, children: Iterable[Element | str | None]) -> None:
    """Add elements and texts behind the last child of an element."""
    for child in children:
        if child is None:
            continue
        if not isinstance(child, str):
            parent.append(child)
            last = child
        elif last is None:
            parent.text = (parent.text or "") + child
        else:
            last.tail = (last.tail or "") + child


def text_of(node: Element) -> str:
    """Return all text of an element, unchanged."""
    return str(etree.tostring(node, method="text", encoding="unicode", with_tail=False))


def text_before(node: Element) -> str:
    """Return the text directly before an element."""
    previous, parent = node.getprevious(), node.getparent()
    return (previous.tail if previous is not None else parent.text if parent is not None else None) or ""


def set_text_before(node: Element, text: str) -> None:
    """Replace the text directly before an element."""
    previous, parent = node.getprevious(), node.getparent()
    if previous is not None:
        previous.tail = text
    elif parent is not None:
        parent.text = text


def remove_element(node: Element, replacement: str = "") -> None:
    """Remove an element, or put text in its place; the text behind it stays."""
    parent = node.getparent()
    if parent is not None:
        set_text_before(node, text_before(node) + replacement + (node.tail or ""))
        parent.remove(node)


def text_with_breaks(node: Element, left_out: Container[object]) -> str:
    """Return the text of an element with `<br>` as a line feed, without comments and elements of the tags left out."""
    return "".join(
        "\n" if owner.tag == "br" and not is_tail else text
        for owner, is_tail, text in text_nodes(node, lambda child: child.tag in left_out)
    )


def text_nodes(
    root: Element, is_left_out: Callable[[Element], bool] | None = None
) -> Iterator[tuple[Element, bool, str]]:
    """Yield the texts in an element in order, empty ones too: (element, True for the text behind it, text).

    Comments have no text, nor do elements below the root that are left out; the text behind them is yielded. The walk
    does not recurse, because pages can be nested deeply.
    """
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, node in walk:
        if event == "start":
            if is_left_out is not None and node is not root and is_left_out(node):
                walk.skip_subtree()
            else:
                yield node, False, node.text or ""
        elif node is not root:
            yield node, True, node.tail or ""


def link_of_player(figure: Element) -> Element | None:
    """Return the link of a figure that shows a video, audio or embedded page; None for a figure of images."""
    link = figure.find("a")
    return link if figure.get("class") and link is not None and link.find(".//img") is None else None


def has_content(article: Element) -> bool:
    """Return whether the article has any text, image, link or divider, or a placeholder for something."""
    return bool(text_of(article).strip()) or any(True for _ in article.iter("img", "a", "hr"))


def missing(what: str, detail: str, key: str | None = None) -> Element:
    """Return the placeholder of something that the source lacks: `what` is one word, `detail` a sentence."""
    return element("div", detail, class_="missing", title=what, id=key)


def is_placeholder(node: Element) -> bool:
    """Return True for an element that `missing` created."""
    return node.get("class") == "missing"


def validate(article: Element) -> list[str]:
    """Return a sentence for each violation of the vocabulary in the tree."""
    return list(_faults(article, "article"))


def _faults(node: Element, path: str) -> Iterator[str]:
    if node.tag not in VOCABULARY:
        yield f"{path}: <{node.tag}> is not in the vocabulary"
        return
    attributes, children = VOCABULARY[str(node.tag)]
    for name, value in node.attrib.items():
        if name not in attributes:
            yield f"{path}: attribute {name!s} is not in the vocabulary"
        elif name == "class" and value not in FORMS.get(str(node.tag), frozenset()):
            yield f"{path}: {node.tag}.{value!s} is not a form of the vocabulary"
    if node.tag not in _TEXT and ((node.text or "").strip() or any((c.tail or "").strip() for c in node)):
        yield f"{path}: text is outside of a paragraph"
    for number, child in enumerate(node, 1):
        if child.tag not in children:
            yield f"{path}: <{child.tag!s}> is not allowed here"
        else:
            yield from _faults(child, f"{path} > {child.tag!s}[{number}]")
