"""The table of all rules of `unwix check`; docs/check.md is generated from it.

To add a rule: a function that yields matches, a row here, an explanation in diagnose/explanations.toml, and a case in
tests/support/check_cases.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from msgspec import Struct

from ...model.problems import Severity
from ..findings import Match
from ..markdown_file import Document
from ..output_folder import OutputFolder
from ..post_index import PostIndexEntry
from . import body_text, interface_text, metadata, references, whole_output

_Look = TypeVar("_Look")


class Rule(Struct, Generic[_Look], frozen=True):
    """A rule: the severity of its findings, the reason for the rule, and the function that finds matches."""

    severity: Severity
    reason: str
    look: _Look


def _unknown_off(document: Document) -> Iterator[Match]:
    """Find unknown rule names in the `unwix-check: off` comments of a post."""
    for name, line in document.off.items():
        if name not in RULES:
            yield Match(line, f"unknown rule: {name}")


#: Rules about one post.
POST: dict[str, Rule[Callable[[Document], Iterator[Match]]]] = {
    "front-matter-missing": Rule(
        "error", "site generators do not treat a file without front matter as a post", metadata.missing
    ),
    "front-matter-unreadable": Rule(
        "error", "a site does not build if front matter cannot be parsed", metadata.unreadable
    ),
    "front-matter-schema": Rule("error", "a field of the wrong type breaks templates", metadata.against_schema),
    "front-matter-date": Rule("error", "most generators stop at an invalid date", metadata.dates),
    "front-matter-misspelt": Rule("warning", "misspelt field names are ignored", metadata.misspelt),
    "title-missing": Rule("note", "a post without a title has no name in lists", metadata.title_missing),
    "title-in-body": Rule("warning", "the title would appear twice on the page", body_text.title_in_body),
    "body-empty": Rule("warning", "a post without a body is probably a mistake", body_text.empty_body),
    "interface-text": Rule("error", "interface text of Wix is not part of the post", interface_text.certain_lines),
    "interface-text-likely": Rule(
        "warning", "the line may be left over from the Wix interface", interface_text.likely_lines
    ),
    "wix-markup": Rule(
        "error", "Wix markup, Wix data and resized images mean nothing on another site", body_text.platform_markup
    ),
    "placeholder": Rule("note", "content that the source lacks is still missing here", body_text.placeholders),
    "content-removed": Rule("note", "the file has less content than unwix wrote", metadata.less_than_reported),
    "invisible-character": Rule(
        "error", "invisible characters break words, links and searches", body_text.invisible_characters
    ),
    "replacement-character": Rule(
        "warning", "a character was lost when the text was decoded", body_text.replacement_characters
    ),
    "stray-markup": Rule("warning", "formatting characters are visible in the text", body_text.stray_marks),
    "fence-open": Rule("error", "an unclosed code block swallows the rest of the post", body_text.open_fences),
    "table-ragged": Rule(
        "warning", "extra cells are dropped, and missing cells shift the row", body_text.ragged_tables
    ),
    "html-open": Rule("error", "unclosed HTML swallows the rest of the page", body_text.unbalanced_html),
    "script-embedded": Rule("error", "a script in a post runs in the browser of every reader", body_text.running_html),
    "link-unsafe": Rule(
        "error", "a `javascript:` URL runs a script in the browser of the reader", references.unsafe_links
    ),
    "link-localhost": Rule("error", "a URL of one computer leads nowhere for everybody else", references.machine_links),
    "link-empty": Rule("warning", "a link without a URL or without text cannot be used", references.empty_links),
    "anchor-broken": Rule("error", "the in-page link leads nowhere", references.broken_anchors),
    "file-outside": Rule("error", "a file outside the output is not part of the site", references.outside_files),
    "wix-url": Rule("error", "media were copied, but this still depends on the old site", references.wix_urls),
    "image-alt": Rule("note", "image has no alt text", references.images_without_alt),
    "unknown-suppression": Rule("warning", "a comment switches off a rule that does not exist", _unknown_off),
}
#: Rules about one post that need to know all posts and files.
PLACE: dict[str, Rule[Callable[[PostIndexEntry, OutputFolder], Iterator[Match]]]] = {
    "link-broken": Rule("error", "the link leads to a post or file that does not exist", references.broken_links),
    "file-not-found": Rule("error", "the image or file does not exist", references.missing_files),
    "file-broken": Rule("error", "the image cannot be decoded, or the file is empty", references.broken_files),
}
#: Rules about all posts together.
FOLDER: dict[str, Rule[Callable[[list[PostIndexEntry], OutputFolder], Iterator[whole_output.FileMatch]]]] = {
    "slug-duplicate": Rule("error", "only one of two posts with the same slug is on the site", whole_output.slugs),
    "alias-duplicate": Rule("error", "an old URL can lead to one post only", whole_output.aliases),
    "url-duplicate": Rule(
        "warning", "two posts with the same original URL are probably duplicates", whole_output.canonical_urls
    ),
    "name-clash": Rule("warning", "on many computers the two names are the same file", whole_output.names),
    "post-gone": Rule("warning", "a converted post was deleted or renamed", whole_output.posts_gone),
    "new-text": Rule("warning", "the new version of an edited file has not been merged", whole_output.new_texts),
    "media-unused": Rule("note", "no post uses the file", whole_output.unused_media),
    "edited": Rule("note", "the file was edited; later conversions keep the edits", whole_output.edited),
    "losses-reported": Rule("note", "a post was incomplete or lossy when it was converted", whole_output.losses),
    "state-missing": Rule("error", "a file that unwix needs in the output cannot be read", whole_output.own_files),
}
#: Rules about files on disk and the state of the output; they do not apply to a conversion in memory.
ON_DISK = frozenset(
    {
        "content-removed",
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
#: Rules about a conversion in memory (`check_conversion.py`).
RUN: dict[str, Rule[None]] = {
    "post-failed": Rule("error", "the post could not be read or written", None),
    "lossy": Rule("error", "content of the source is missing from the Markdown", None),
    "possible-post": Rule("warning", "a skipped page has the text or the metadata of a post", None),
    "incomplete": Rule("warning", "the source or a download lacks content", None),
    "differs": Rule("error", "output differs from a fresh conversion", None),
    "post-missing": Rule("error", "OUTPUT has no file for a source", None),
    "post-extra": Rule("error", "no source produces the file", None),
    "unreadable": Rule("error", "a file that is not UTF-8 text, or is nested too deeply, cannot be checked", None),
}
RULES: dict[str, Rule[object]] = {**POST, **PLACE, **FOLDER, **RUN}  # type: ignore[dict-item]  # only read
