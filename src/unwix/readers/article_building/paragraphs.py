"""Build the paragraphs of the article from lines of text."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.article import Element, element
from .inline_runs import Run, split_paragraphs, text_alone, text_element, tidy


def paragraphs_of(runs: list[Run], anchor: str | None = None) -> Iterator[Element]:
    """Yield the paragraphs of a line, split at double line breaks; only the first has the anchor.

    A line without text gives a paragraph only if it has an anchor, as link target.
    """
    if len(runs) == 1 and runs[0].image is None and runs[0].text.isspace():  # as between most elements
        if anchor:
            yield element("p", id=anchor)
        return
    pieces = tidy(runs)
    if len(pieces) == 1 and (text := text_alone(pieces[0])):
        yield element("p", text, id=anchor)
        return
    parts = split_paragraphs(pieces)
    for number, part in enumerate(parts):
        if number:
            yield empty_paragraph()  # two line breaks look like an empty block
        yield from _paragraph(part, anchor)
        anchor = None
    if not parts and anchor:
        yield element("p", id=anchor)


def empty_paragraph() -> Element:
    """Return an empty block of the editor: `join_lines` needs it, `tidy_blocks` removes it."""
    return element("p")


def _paragraph(part: list[Run], anchor: str | None) -> Iterator[Element]:
    """Yield one paragraph; images on lines of their own become figures."""
    if all(run.image is not None for run in part):
        for run in part:
            image = run.image if run.href is None else element("a", run.image, href=run.href)
            yield element("figure", image, id=anchor)
            anchor = None
    else:
        yield text_element("p", part, id=anchor)
