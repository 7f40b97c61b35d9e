"""Text dump: a Wix post page saved as plain text, copied whole or read by a text browser.

The post lies between a head (menus, title, author, date) and a tail (counters, like state, recent posts, comments).
The strings of the interface are data (`wix/ui_texts/`), matched in all languages at once. The order of such lines
(docs/wix/text-dumps.md#order-of-lines) determines where the post begins and ends; blank lines, indents and marks of the
tool that made the dump are further evidence. images.py handles images and files in the body.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from ...model.article import element
from ...model.post import Metadata, Post
from ...model.problems import Problem
from ...model.skipped import Skipped
from ...model.source_info import RemovedLine, SourceInfo
from ...web import language_detection as languages
from ...web.encoding import decode
from ...web.saved_links import slug_of
from ..article_building.block_cleanup import tidy_blocks
from .blocks import body_blocks, body_facts
from .head import read_head
from .images import author_lines
from .lines import ENOUGH, Lines
from .markdown_marks import plain as plain_text
from .markdown_marks import relative
from .split import Part, split_text, split_wet
from .tail import read_tail
from .tool_formats import Dump, undo

#: A page that is one line, and what Wix prints at its edges.
_LONGEST_LINE = 1000
_GLUED_EDGE = re.compile(r"(?:top|bottom) of page|Use tab to navigate through the menu items", re.I)
_WEB = re.compile(r"(?:https?|mailto|tel):", re.I)

#: What pdftotext and line printers put between pages, and no browser between lines.
_NEXT_PAGE = "\f"
_PRINTED = Problem("print-layout", "file", "the text has the page breaks of a print; save the page itself instead")


class _Found(NamedTuple):
    part: Part
    dump: Dump
    lines: Lines


def read_text(source: str, raw: bytes, plain: bool = False) -> list[Post]:
    """The posts in text dumps, one or more in a file.

    Raises Skipped for a text that shows no signs of a Wix post page; with `plain` it is a post as it stands.
    """
    text, problems = decode(raw)
    if _NEXT_PAGE in text:
        problems = [*problems, _PRINTED]
    found = _dumps(split_text(text))
    if not found and plain:
        return [_plain_post(source, text, problems)]
    if not found and any(len(line) > _LONGEST_LINE and _GLUED_EDGE.search(line) for line in text.split("\n")):
        raise Skipped("no-line-breaks")
    return _posts(source, found, problems)


def read_wet(source: str, raw: bytes) -> list[Post]:
    """The posts among the records of a WET file, as Common Crawl makes them. Raises Skipped when there is none."""
    return _posts(source, _dumps(split_wet(raw)), [])


def _dumps(parts: Iterable[Part]) -> list[_Found]:
    """The parts that are dumps of Wix post pages."""
    found = []
    for part in parts:
        dump = undo(part.lines, part.address)
        lines = Lines(dump.lines, dump.linked)
        if lines.is_dump():
            found.append(_Found(part, dump, lines))
    return found


def _posts(source: str, found: list[_Found], problems: list[Problem]) -> list[Post]:
    if not found:
        raise Skipped("no-wix-signs")
    posts = [_read_dump(source, *dump, problems) for dump in found]
    if len(posts) > 1:
        for number, post in enumerate(posts, 1):
            post.source = f"{source}#{post.metadata.slug or number}"
    return posts


def _read_dump(source: str, part: Part, dump: Dump, lines: Lines, problems: list[Problem]) -> Post:
    printed = lines.language()
    head = read_head(lines, printed, part.saved)
    end = read_tail(lines, head)
    metadata, title = head.metadata, head.metadata.title
    if part.address:
        metadata.canonical_url, metadata.slug = part.address, slug_of(part.address)
        head.provenance["canonical_url"] = head.provenance["slug"] = "the line or record above the post"
    body = author_lines(lines, head.body, end, title)
    spoken = [line for n, line in body.lines.items() if n not in body.marks]
    article = element("article", *tidy_blocks(body_blocks(body.lines.values(), lines.spaced)))
    links = [address for n in body.lines for address in dump.links.get(lines.numbers[n], []) if _WEB.match(address)]
    problems = [*problems, *head.problems, *body.problems]
    problems += [
        Problem("relative-link", lines.place(n), f"the address “{address[:100]}”")
        for n, line in body.lines.items()
        for address in relative(line)
    ]
    if links:
        told = f"the text does not tell on which words these links stood: {' '.join(dict.fromkeys(links))}"
        problems.append(Problem("links-without-anchor-text", "body", told))
    if title is None:
        problems.append(Problem("title-missing", "front matter", "the text tells no title"))
    for language, place in (
        (languages.detect(plain_text("\n".join(spoken))), "the text itself"),
        (printed, "the language of the page's own texts"),
    ):
        if language and metadata.language is None:
            metadata.language, head.provenance["language"] = language, place
    post = Post(source, "text", metadata, article, head.provenance, problems, body_facts(body.lines.values()))
    post.source_info = SourceInfo(
        detection_signals=lines.evidence(),
        detection_score=f"{lines.score()}; {ENOUGH} is enough",
        ui_language=printed,
        body_lines=(lines.numbers[min(head.body, len(lines.text) - 1)], lines.numbers[end - 1]),
        tool_formats=list(dump.forms),
    )
    own = body.lines.keys() - body.marks
    cut = (
        RemovedLine(lines.numbers[n], _verdict(lines, n, head.body), plain_text(lines.text[n]).strip())
        for n in lines.filled(0)
        if n not in own
    )
    post.removed_lines = sorted((*cut, *dump.removed_lines))
    return post


def _verdict(lines: Lines, n: int, body: int) -> str:
    return lines.verdicts.get(n) or lines.kinds[n] or ("above the post" if n < body else "behind the post")


def _plain_post(source: str, text: str, problems: list[Problem]) -> Post:
    """A text as a post without front matter: nothing tells its title."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    article = element("article", *tidy_blocks(body_blocks(lines)))
    missing_title = Problem("title-missing", "front matter", "the text tells no title")
    return Post(source, "text", Metadata(), article, {}, [*problems, missing_title], body_facts(lines))
