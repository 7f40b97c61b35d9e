"""The rules of `unwix check`, by name. docs/check.md is made of this table.

To add one: a function that yields what it finds, a line here, and a case in tests/check_cases.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from ..findings import Match, Severity
from ..markdown_file import Document
from ..output_folder import OutputFolder
from ..post_index import PostIndexEntry
from . import body_text as prose
from . import interface_text as chrome
from . import metadata, references
from . import whole_output as collection

_Look = TypeVar("_Look")


@dataclass(frozen=True, slots=True)
class Rule(Generic[_Look]):
    """A rule: how grave what it finds is, why it is there, and the function that looks."""

    severity: Severity
    reason: str
    look: _Look


def _unknown_off(document: Document) -> Iterator[Match]:
    """Names in a comment of the post that are no rule's."""
    for name, line in document.off.items():
        if name not in RULES:
            yield Match(line, f"no rule is called {name}")


#: Rules that look at one post.
POST: dict[str, Rule[Callable[[Document], Iterator[Match]]]] = {
    "front-matter-missing": Rule(
        "error", "a site generator takes a post without front matter for a page", metadata.missing
    ),
    "front-matter-unreadable": Rule(
        "error", "a site with front matter that cannot be parsed does not build", metadata.unreadable
    ),
    "front-matter-schema": Rule("error", "a field of another kind breaks templates", metadata.against_schema),
    "front-matter-date": Rule("error", "a date that no calendar has stops most generators", metadata.dates),
    "front-matter-misspelt": Rule("warning", "a field with a slip of the pen is silently ignored", metadata.misspelt),
    "title-missing": Rule("note", "a post without a title has no name in lists", metadata.title_missing),
    "title-in-body": Rule("warning", "the title stands twice on the page", prose.title_in_body),
    "body-empty": Rule("warning", "a post without a body is probably a mistake", prose.empty_body),
    "chrome": Rule("error", "the platform's own words are not the author's", chrome.sure_lines),
    "interface-text-likely": Rule(
        "warning", "a line that Wix prints round posts may have been left over", chrome.likely_lines
    ),
    "wix-markup": Rule(
        "error", "the platform's markup, data or shrunk pictures mean nothing elsewhere", prose.platform_markup
    ),
    "placeholder": Rule("note", "something stood here that the saved page did not carry", prose.missing_marks),
    "placeholder-lost": Rule("note", "something that unwix wrote is no longer there", metadata.less_than_reported),
    "invisible-character": Rule(
        "error", "characters that nobody sees break words, links and searches", prose.invisible_characters
    ),
    "replacement-character": Rule(
        "warning", "a letter was lost where the text was decoded", prose.replacement_characters
    ),
    "stray-markup": Rule("warning", "marks of bold text show as asterisks", prose.stray_marks),
    "fence-open": Rule("error", "a code block that is not closed swallows the rest of the post", prose.open_fences),
    "table-ragged": Rule(
        "warning", "cells beyond the head's are dropped, missing ones shift a row", prose.ragged_tables
    ),
    "html-open": Rule(
        "error",
        "raw HTML that is not closed, `<details>` above all, swallows the rest of the page",
        prose.unbalanced_html,
    ),
    "script-embedded": Rule("error", "a program in a post runs in every reader's browser", prose.running_html),
    "link-unsafe": Rule(
        "error", "an address with `javascript:` runs a program in the reader's browser", references.unsafe_links
    ),
    "link-localhost": Rule(
        "error", "an address on one's own computer leads nowhere for everybody else", references.machine_links
    ),
    "link-empty": Rule("warning", "a link without an address or a text cannot be used", references.empty_links),
    "anchor-broken": Rule("error", "the in-page link jumps nowhere", references.broken_anchors),
    "file-outside": Rule("error", "a file outside of the output is not part of the site", references.outside_files),
    "wix-url": Rule("error", "media was copied, but this still depends on the old site", references.wix_addresses),
    "image-alt": Rule("note", "screen readers have nothing to say of the picture", references.pictures_without_alt),
    "unknown-suppression": Rule("warning", "a comment switches off a rule that is not there", _unknown_off),
}
#: Rules that look at one post when all posts and files are known.
PLACE: dict[str, Rule[Callable[[PostIndexEntry, OutputFolder], Iterator[Match]]]] = {
    "link-broken": Rule("error", "the link leads to a post or file that is not there", references.broken_links),
    "file-not-found": Rule("error", "the picture or file is not there", references.missing_files),
    "file-broken": Rule("error", "the picture does not decode, or the file is empty", references.broken_files),
}
#: Rules that look at all posts together.
FOLDER: dict[str, Rule[Callable[[list[PostIndexEntry], OutputFolder], Iterator[collection.Said]]]] = {
    "slug-duplicate": Rule("error", "of two posts with one slug only one is on the site", collection.slugs),
    "alias-duplicate": Rule("error", "an old address can lead to one post only", collection.aliases),
    "url-duplicate": Rule("warning", "two posts that stood at one address are probably one", collection.canonical_urls),
    "name-clash": Rule("warning", "on many computers the two files are one", collection.names),
    "post-gone": Rule("warning", "a post that was converted has been deleted or renamed", collection.posts_gone),
    "new-text": Rule("warning", "a newer conversion of an edited post waits beside it", collection.new_texts),
    "media-unused": Rule("note", "a file that no post shows can go", collection.unused_media),
    "edited": Rule("note", "the owner's edits are kept by later conversions", collection.edited),
    "losses-reported": Rule("note", "the conversion could not carry everything over", collection.losses),
    "state-missing": Rule("error", "without its own files unwix does not know what it wrote", collection.own_files),
}
#: Rules about what lies on disk and what unwix wrote down of it: they say nothing of a conversion in memory.
ON_DISK = frozenset(
    {
        "placeholder-lost",
        "placeholder",
        "name-clash",
        "post-gone",
        "new-text",
        "media-unused",
        "edited",
        "losses-reported",
        "state-missing",
    }
)
#: What a conversion in memory is judged by (`conversion.py`).
RUN: dict[str, Rule[None]] = {
    "post-failed": Rule("error", "a post could not be read or written", None),
    "lossy": Rule("error", "something of the source is not in the Markdown", None),
    "possible-post": Rule("warning", "a skipped page has the text or the metadata of a post", None),
    "incomplete": Rule("warning", "the saved page itself does not carry everything", None),
    "differs": Rule("error", "the file is not what its source becomes", None),
    "post-missing": Rule("error", "a source has no file in OUTPUT", None),
    "post-extra": Rule("error", "no source makes the file", None),
    "unreadable": Rule("error", "a file that is no UTF-8 text, or is nested too deeply, cannot be judged", None),
}
RULES: dict[str, Rule[object]] = {**POST, **PLACE, **FOLDER, **RUN}  # type: ignore[dict-item]  # only read
