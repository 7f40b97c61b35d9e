"""Inspect a file: its type, the origin of each field, its blocks, and where to find missing content."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.article import HEADINGS, Element, text_of
from ..model.page import Page
from ..model.post import Metadata, Post
from ..model.results import counted
from ..model.skipped import Skipped
from ..run.steps import read_posts
from ..run.write_post import Options, write
from ..web.tags import CELLS, LISTS

_WIDTH = 60
#: Where to find content that a saved page does not contain, by kind of problem.
ELSEWHERE = {
    "gallery-missing": "the embedded post data (pages saved in 2024 embed it), the feed, the live site",
    "video-url-missing": "the embedded post data (in pages of 2024), the AMP copy, the feed, the live site",
    "embed-missing": "the embedded post data, the live site",
    "audio-missing": "the embedded post data, the live site",
    "attachment-url-missing": "the live site (the link is made when it is clicked)",
    "image-not-in-page": "the feed, the live site",
    "block-missing": "the embedded post data, the live site",
    "truncated": "another saved copy of the page",
    "encoding-damaged": "another saved copy of the page",
}

#: The counts of report.json whose names are not words.
_COUNTED = {
    "alts": "alt texts",
    "items": "list items",
    "cells": "table cells",
    "levels": "heading levels",
    "code_lines": "lines of code",
    "strike": "struck out",
    "link_letters": "letters in links",
}


def inspect_page(page: Page) -> Iterator[str]:
    """Yield lines about one page. Raises UnreadablePage if it cannot be read."""
    try:
        posts, _ = read_posts(page, Options(include_deleted=True))
    except Skipped as reason:
        yield f"{page.source}: not a blog post: {reason}"
        return
    for number, post in enumerate(posts):
        if number:
            yield ""
        yield from _inspect_post(post)


def _inspect_post(post: Post) -> Iterator[str]:
    yield post.source
    yield f"  reader: {post.reader}"
    yield from (f"  {name}: {value}" for name, value in post.source_info.describe())
    yield ""
    yield "Front matter"
    known = post.metadata.as_dict()
    for name, value in known.items():
        value_text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        yield f"  {name:<16} {_short(value_text)}  ← {post.provenance.get(name, '?')}"
    if missing := [name for name in Metadata.__struct_fields__ if known.get(name) is None]:
        yield f"  {'not stated':<16} {', '.join(missing)}"
    yield ""
    yield "Body"
    yield from _outline(post.article, "  ")
    written = write(post)
    yield ""
    yield "Fidelity (in the Markdown, of those in the source)"
    for name, (kept_count, total) in written.fidelity.counts.items():
        if total or name == "words":
            yield f"  {_COUNTED.get(name, name):<16} {kept_count} of {total}"
    yield f"  result           {written.result}"
    if post.removed_lines:
        yield ""
        yield "Removed lines"
        yield from (f"  {number:>5}  {what:<16}  {_short(text)}" for number, what, text in post.removed_lines)
    if written.problems:
        yield ""
        yield "Problems"
        for problem in written.problems:
            yield f"  {problem.kind} ({problem.where}): {problem.detail}"
            if problem.kind in ELSEWHERE:
                yield f"    where to find it: {ELSEWHERE[problem.kind]}"


def _outline(article: Element, indent: str) -> Iterator[str]:
    for block in article:
        form = block.get("class") or ""
        name = f"{block.tag!s}.{form}" if form else str(block.tag)
        if block.tag in HEADINGS:
            name = "#" * int(str(block.tag)[1])
        is_outlined = block.tag in ("details", "blockquote") or form == "poll"
        yield f"{indent}{name}" if is_outlined else f"{indent}{name}  {_describe(block)}".rstrip()
        if is_outlined:
            yield from _outline(block, indent + "  ")


def _describe(block: Element) -> str:
    if block.tag in LISTS:
        return counted(sum(1 for _ in block.iter("li")), "item")
    if block.tag == "table":
        rows, cells = (sum(1 for _ in block.iter(*tags)) for tags in (("tr",), CELLS))
        return f"{counted(rows, 'row')}, {counted(cells, 'cell')}"
    if block.get("class") == "gallery":
        return counted(sum(1 for _ in block.iter("img")), "image")
    if block.tag == "figure":
        images = [str(i.get("src")) for i in block.iter("img")]
        links = [str(a.get("href")) for a in block.iter("a")]
        return (
            counted(len(images), "image") if block.get("class") == "gallery" else _short((images or links or ["?"])[0])
        )
    return _short(text_of(block))


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "…"
