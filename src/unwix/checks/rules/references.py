"""Rules about what a post refers to: links, anchors, files, and addresses that should not be there."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.article import text_of
from ..findings import Match
from ..link_targets import Place, climbs, normal, place_of
from ..markdown_file import Document, Reference
from ..output_folder import OutputFolder
from ..post_index import WIX, PostIndexEntry


def unsafe_links(document: Document) -> Iterator[Match]:
    """Addresses that run a program: `javascript:` and the like."""
    for reference, place in _places(document):
        if place.kind == "unsafe":
            yield Match(reference.line, f"“{short(reference.address)}” runs a program")


def machine_links(document: Document) -> Iterator[Match]:
    """Addresses of the computer that the page was saved on."""
    for reference, place in _places(document):
        if place.kind == "machine":
            yield Match(reference.line, f"“{short(reference.address)}” is an address of one computer alone")


def empty_links(document: Document) -> Iterator[Match]:
    """Links and pictures that lead nowhere, and links that nobody can see."""
    for reference, place in _places(document):
        if place.kind == "empty" and reference.tag != "cover":
            what = "picture" if reference.tag == "img" else "link"
            yield Match(reference.line, f"a {what} without an address")
    for node in document.root.iter("a"):
        shown = text_of(node).strip() or node.find(".//img") is not None
        embedded = f"![]({node.get('href')})" in document.front.body  # Obsidian's way to play a film
        if node.get("href") and not shown and not embedded:
            yield Match(
                document.line_of(node, node.get("href", "")), f"a link without text to {short(node.get('href', ''))}"
            )


def broken_anchors(document: Document) -> Iterator[Match]:
    """In-page links to a heading or an id that the post does not have."""
    for reference, place in _places(document):
        if place.kind == "page" and place.fragment and not _has(document.anchors, place.fragment):
            yield Match(reference.line, f"#{place.fragment} is no heading and no id of this post")


def outside_files(document: Document) -> Iterator[Match]:
    """Files outside of the output folder: they are not there where the site is built."""
    for reference, place in _places(document):
        if place.kind == "file" and climbs(place.path) and not document.writing.by_address(reference.tag):
            yield Match(reference.line, f"“{short(reference.address)}” leads out of the output folder")


def wix_addresses(document: Document) -> Iterator[Match]:
    """Addresses at Wix in an output whose media were copied: when the old site goes, so do they."""
    if document.media is None:
        return
    for number, line in enumerate(document.text.split("\n"), 1):
        for found in dict.fromkeys(WIX.findall(line)):
            why = document.media.get(found)
            yield Match(number, f"{short(found)} still lies with Wix" + (f": {why}" if why else ""))


def pictures_without_alt(document: Document) -> Iterator[Match]:
    """Pictures without an alternative text."""
    for node in document.root.iter("img"):
        if not (node.get("alt") or "").strip():
            address = node.get("src") or ""
            yield Match(document.line_of(node, address), f"no alternative text: {short(address)}")


def broken_links(trace: PostIndexEntry, folder: OutputFolder) -> Iterator[Match]:
    """Links to posts or files of the output that are not there, or to a place in a post that has no such place."""
    for reference in trace.references:
        path = folder.path_of(reference.address, trace.name)
        if path is None or reference.tag != "a":
            continue
        other, fragment = folder.document(path), place_of(reference.address, trace.name).fragment
        if other is None and not folder.has(path):
            yield Match(reference.line, f"{short(reference.address)}: there is no {path}{folder.near(path)}")
        elif other is not None and fragment and not _has(other, fragment):
            yield Match(reference.line, f"{short(reference.address)}: {path} has no place called {fragment}")


def missing_files(trace: PostIndexEntry, folder: OutputFolder) -> Iterator[Match]:
    """Pictures, sounds and covers whose file is not in the output."""
    for reference in trace.references:
        path = folder.path_of(reference.address, trace.name)
        if path is not None and reference.tag != "a" and not folder.has(path):
            yield Match(reference.line, f"{short(reference.address)}: there is no {path}{folder.near(path)}")


def broken_files(trace: PostIndexEntry, folder: OutputFolder) -> Iterator[Match]:
    """Pictures of the output that do not decode, and files that are empty."""
    seen = set()
    for reference in trace.references:
        path = folder.path_of(reference.address, trace.name)
        if path is not None and path not in seen and (fault := folder.fault(path)) is not None:
            yield Match(reference.line, f"{path}: {fault}")
        seen.add(path)


def _places(document: Document) -> Iterator[tuple[Reference, Place]]:
    for reference in document.references:
        yield reference, place_of(reference.address, document.name)


def _has(anchors: set[str], fragment: str) -> bool:
    # `#top` and the empty fragment are the page's beginning (HTML, 7.4.6.4).
    return normal(fragment) in anchors or fragment.lower() == "top" or fragment.startswith(":~:text=")


def short(address: str) -> str:
    """An address, shortened in its middle."""
    return address if len(address) <= 90 else address[:60] + "…" + address[-25:]
