"""Turn numbers that link to paragraphs beginning with the same number into Markdown footnotes (`[^1]`).

The article has no element for footnotes: characters of Unicode's private use area mark them until the Markdown is
written.
"""

from __future__ import annotations

import re
from collections import Counter

from ...model.article import Element, remove_element, text_of
from ...model.results import counted

#: Targets whose renderers read footnotes without an extension.
TARGETS_WITH_FOOTNOTES = frozenset({"markdown", "hugo", "jekyll", "astro", "mdx", "zola", "obsidian"})
_REFERENCE, _DEFINITION, _END = "\ue000", "\ue001", "\ue002"
_MARK = re.compile(f"(\\n?[ \\t]*)([{_REFERENCE}{_DEFINITION}])(\\d+){_END}[ \\t]*")
_NUMBER = re.compile(r"\s*[\[(]?\s*(\d{1,3})\s*[\])]?\s*\Z")
_TYPED_NUMBER = re.compile(r"\s*(?:\[(\d{1,3})\]|\((\d{1,3})\)|(\d{1,3})[.):])\s*")


def make_footnotes(article: Element) -> str | None:
    """Mark references and notes in the text; `write_footnotes` replaces the marks in the Markdown."""
    if any(character in text for text in article.itertext() for character in (_REFERENCE, _DEFINITION, _END)):
        return None
    notes = {node.get("id"): node for node in article if node.tag == "p" and node.get("id")}
    links: dict[str, list[tuple[Element, str | None]]] = {}
    for link in article.iter("a"):
        if (href := link.get("href") or "").startswith("#") and href[1:] in notes:
            label = _NUMBER.match(text_of(link))
            links.setdefault(href[1:], []).append((link, label[1] if label else None))
    footnotes: dict[str, str] = {}
    for key, references in links.items():
        numbers = {number for _, number in references}
        number = numbers.pop() if len(numbers) == 1 else None
        if number and _begins_with(notes[key], number) and not any(_is_in(link, notes[key]) for link, _ in references):
            footnotes[key] = number
    labels = Counter(footnotes.values())
    footnotes = {key: number for key, number in footnotes.items() if labels[number] == 1}
    for key, number in footnotes.items():
        _mark_note(notes[key], number)
        for link, _ in links[key]:
            _replace(link, f"{_REFERENCE}{number}{_END}")
    _drop_unused_ids(article, notes)
    if not footnotes:
        return None
    return f"{counted(len(footnotes), 'footnote')} of the author became Markdown's own"


def write_footnotes(markdown: str) -> str:
    """Return the Markdown with footnotes in place of the private-use characters."""
    if _END not in markdown:
        return markdown

    def written(mark: re.Match[str]) -> str:
        if mark[2] == _DEFINITION:
            return f"{mark[1]}[^{mark[3]}]: "
        return f"{mark[1]}[^{mark[3]}]{mark[0][mark[0].index(_END) + 1 :]}"

    return _MARK.sub(written, markdown)


def _is_in(node: Element, parent: Element) -> bool:
    return any(ancestor is parent for ancestor in node.iterancestors())


def _begins_with(note: Element, number: str) -> bool:
    """Return True if a paragraph begins with a number: as text, or as a link back to the reference."""
    if typed := _TYPED_NUMBER.match(note.text or ""):
        return number in typed.groups() and bool(text_of(note)[typed.end() :].strip())
    return _back_link(note, number) is not None


def _back_link(note: Element, number: str) -> Element | None:
    first = note[0] if len(note) and not (note.text or "").strip() else None
    while first is not None and first.tag in ("sup", "strong") and len(first) == 1 and not (first.text or "").strip():
        first = first[0]
    if first is None or first.tag not in ("a", "sup") or not text_of(note).strip():
        return None
    label = _NUMBER.match(text_of(first))
    return note[0] if label and label[1] == number and (note[0].tail or "").strip() else None


def _mark_note(note: Element, number: str) -> None:
    if typed := _TYPED_NUMBER.match(note.text or ""):
        rest = (note.text or "")[typed.end() :]
    else:
        link = note[0]
        rest = (link.tail or "").lstrip(" .):")
        note.remove(link)
    note.text = f"{_DEFINITION}{number}{_END}{rest}"
    del note.attrib["id"]


def _replace(node: Element, text: str) -> None:
    """Replace an inline element by text, together with a superscript that contains nothing else."""
    parent = node.getparent()
    if parent is not None and parent.tag == "sup" and len(parent) == 1 and text_of(parent) == text_of(node):
        node, parent = parent, parent.getparent()
    remove_element(node, text)


def _drop_unused_ids(article: Element, notes: dict[str | None, Element]) -> None:
    used = {(link.get("href") or "")[1:] for link in article.iter("a")}
    for key, node in notes.items():
        if key not in used and node.get("id") is not None:
            del node.attrib["id"]
