"""Rules about the links, anchors, images and files that a post refers to."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.article import text_of
from ..findings import Match
from ..link_targets import Place, climbs, normal, place_of
from ..markdown_file import Document, Reference
from ..output_folder import OutputFolder
from ..post_index import WIX, PostIndexEntry


def unsafe_links(document: Document) -> Iterator[Match]:
    """Find URLs that run a script, such as `javascript:`."""
    for reference, place in _places(document):
        if place.kind == "unsafe":
            yield Match(reference.line, f"“{short(reference.url)}” runs a script")


def machine_links(document: Document) -> Iterator[Match]:
    """Find URLs of the computer that the page was saved on."""
    for reference, place in _places(document):
        if place.kind == "machine":
            yield Match(reference.line, f"“{short(reference.url)}” is a URL of one computer only")


def empty_links(document: Document) -> Iterator[Match]:
    """Find links and images without a URL, and links without text."""
    for reference, place in _places(document):
        if place.kind == "empty" and reference.tag != "cover":
            what = "an image" if reference.tag == "img" else "a link"
            yield Match(reference.line, f"{what} without a URL")
    for node in document.root.iter("a"):
        has_content = text_of(node).strip() or node.find(".//img") is not None
        embedded = f"![]({node.get('href')})" in document.front.body  # a video in Obsidian
        if node.get("href") and not has_content and not embedded:
            yield Match(
                document.line_of(node, node.get("href", "")), f"a link without text to {short(node.get('href', ''))}"
            )


def broken_anchors(document: Document) -> Iterator[Match]:
    """Find in-page links to a heading or an id that the post does not have."""
    for reference, place in _places(document):
        if place.kind == "page" and place.fragment and not _has(document.anchors, place.fragment):
            yield Match(reference.line, f"#{place.fragment} is not a heading or an id of this post")


def outside_files(document: Document) -> Iterator[Match]:
    """Find references to files outside the output, which are missing when the site is built."""
    for reference, place in _places(document):
        if place.kind == "file" and climbs(place.path) and not document.writing.by_address(reference.tag):
            yield Match(reference.line, f"“{short(reference.url)}” leads out of the output")


def wix_urls(document: Document) -> Iterator[Match]:
    """Find URLs of Wix in an output whose media were copied; they stop working with the old site."""
    if document.media is None:
        return
    for number, line in enumerate(document.text.split("\n"), 1):
        for url in dict.fromkeys(WIX.findall(line)):
            why = document.media.get(url)
            yield Match(number, f"{short(url)} is still on Wix" + (f": {why}" if why else ""))


def images_without_alt(document: Document) -> Iterator[Match]:
    """Find images without alt text."""
    for node in document.root.iter("img"):
        if not (node.get("alt") or "").strip():
            url = node.get("src") or ""
            yield Match(document.line_of(node, url), f"image has no alt text: {short(url)}")


def broken_links(trace: PostIndexEntry, folder: OutputFolder) -> Iterator[Match]:
    """Find links to posts, files or headings that do not exist in the output."""
    for reference in trace.references:
        path = folder.path_of(reference.url, trace.name)
        if path is None or reference.tag != "a":
            continue
        other, fragment = folder.document(path), place_of(reference.url, trace.name).fragment
        if other is None and not folder.has(path):
            yield Match(reference.line, f"{_target(reference, path)} does not exist{folder.near(path)}")
        elif other is not None and fragment and not _has(other, fragment):
            yield Match(reference.line, f"{path} has no heading or id “{fragment}”")


def missing_files(trace: PostIndexEntry, folder: OutputFolder) -> Iterator[Match]:
    """Find images, audio files and covers whose file is not in the output."""
    for reference in trace.references:
        path = folder.path_of(reference.url, trace.name)
        if path is not None and reference.tag != "a" and not folder.has(path):
            yield Match(reference.line, f"{_target(reference, path)} does not exist{folder.near(path)}")


def broken_files(trace: PostIndexEntry, folder: OutputFolder) -> Iterator[Match]:
    """Find images that cannot be decoded and empty files."""
    seen = set()
    for reference in trace.references:
        path = folder.path_of(reference.url, trace.name)
        if path is not None and path not in seen and (fault := folder.fault(path)) is not None:
            yield Match(reference.line, f"{path}: {fault}")
        seen.add(path)


def _places(document: Document) -> Iterator[tuple[Reference, Place]]:
    for reference in document.references:
        yield reference, place_of(reference.url, document.name)


def _target(reference: Reference, path: str) -> str:
    """Return the path that a URL refers to, and the URL itself if it differs."""
    return path if reference.url == path else f"{path} (from {short(reference.url)})"


def _has(anchors: set[str], fragment: str) -> bool:
    # `#top` and the empty fragment are the page's beginning (HTML, 7.4.6.4).
    return normal(fragment) in anchors or fragment.lower() == "top" or fragment.startswith(":~:text=")


def short(url: str) -> str:
    """Return a URL, shortened in the middle."""
    return url if len(url) <= 90 else url[:60] + "…" + url[-25:]
