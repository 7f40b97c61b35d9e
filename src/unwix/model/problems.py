"""Problems of a post, as data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypedDict

from msgspec import Struct
from msgspec.structs import replace

Severity = Literal["error", "warning", "note"]

#: Every kind of problem: its severity and its meaning.
#:
#: `error`: the output lacks something that the source shows, so the post is lossy.
#: `warning`: the source or a download lacks something that the published post has, so the post is incomplete.
#: `note`: worth a look; nothing is missing.
KINDS: dict[str, tuple[Severity, str]] = {
    "gallery-missing": ("warning", "the saved page does not contain the images of a gallery"),
    "video-url-missing": ("warning", "the saved page does not contain the URL of a video"),
    "video-url-guessed": ("note", "only the poster of a Wix video is known; its resolution is assumed"),
    "embed-missing": ("warning", "the saved page does not contain the URL of an embedded page or widget"),
    "program-missing": ("warning", "an embedded program (a game, a calculator) cannot be expressed in Markdown"),
    "embed-flattened": ("note", "embedded HTML without a URL: text and images are kept, styling and scripts are not"),
    "audio-missing": ("warning", "the saved page does not contain the URL of an audio player"),
    "attachment-url-missing": ("warning", "the saved page does not contain the URL of a file"),
    "image-not-in-page": ("warning", "the saved page does not contain the URL of an image"),
    "download-failed": ("warning", "an image, video, audio or file could not be downloaded; the post links to Wix"),
    "media-lower-resolution": ("note", "only a smaller or a saved copy of an image or video is available"),
    "card-text-left-out": (
        "note",
        "the description, day or place on the card of a link, which belongs to the linked page, is left out",
    ),
    "image-not-copied": ("warning", "an image is known only as a file or in the page itself, and was not copied"),
    "image-only-local": ("note", "an image is known only as a file next to the saved page; its URL is unknown"),
    "block-missing": ("warning", "the saved page contains a block without its content"),
    "unknown-block": (
        "note",
        "unwix does not know this kind of block or element; the detail says what is kept or left out",
    ),
    "advertisement-dropped": ("note", "an advertisement that Wix placed in the post is left out"),
    "unsafe-link": ("note", "a link that would run a script is removed; its text is kept"),
    "links-without-anchor-text": ("note", "links without text: empty in the page, or listed apart in a text dump"),
    "redirect-unwrapped": (
        "note",
        "a link through a redirect of Google, Facebook and others leads to its target now",
    ),
    "relative-link": ("note", "the saved page does not state the full URL of a link"),
    "nesting-too-deep": ("error", "elements nested deeper than any editor nests them were cut off"),
    "date-differs": ("note", "the page prints another day than its data states"),
    "link-to-text": ("note", "a link to a tag of the old site that has no page on the new one is text now"),
    "mark-extended": ("note", "bold, italics or a link that left out a letter or two now covers the whole word"),
    "tracking-removed": ("note", "tracking parameters were removed from links (--strip-tracking)"),
    "list-from-text": ("note", "typed bullets and numbers are lists now (--normalize lists)"),
    "heading-from-bold": ("note", "paragraphs in bold are headings now (--normalize headings)"),
    "footnotes-made": ("note", "numbers that link to notes are footnotes now (--footnotes)"),
    "headings-lowered": ("note", "headings are one level lower, as the theme shows the title as heading of level 1"),
    "cover-removed": ("note", "the cover is not repeated as first image of the body, as the theme shows it"),
    "edits-left-out": ("warning", "the edits that a target or an option asks for could not be made without a loss"),
    "failed": ("error", "the input should be a post, but cannot be read or written"),
    "words-lost": ("error", "words of the source are missing from the Markdown, or in another order"),
    "words-unaccounted": ("error", "words of the source are neither in the post nor recognized as something else"),
    "characters-lost": ("error", "punctuation, symbols or emoji are missing from the Markdown, or in another order"),
    "characters-added": ("error", "the Markdown has punctuation or symbols that the source does not have"),
    "structure-changed": (
        "error",
        "heading levels, emphasis, lists, tables, line breaks or the places of images differ in the Markdown",
    ),
    "element-left-out": ("error", "an element of the post is not in the Markdown: an object, an image map, an image"),
    "link-without-text": ("note", "a link without any text is left out"),
    "tooltip-left-out": ("warning", "a text that the page shows when the mouse is over an element is left out"),
    "field-left-out": ("note", "a text in a field of the record, which unwix does not write, is left out"),
    "label-left-out": ("note", "the label of an SVG image or icon, which screen readers read, is left out"),
    "interface-text-left-out": (
        "warning",
        "a short text in an element of Wix's interface is left out, and it is not one of Wix's known texts",
    ),
    "generated-text-left-out": (
        "warning",
        "a text that a style sheet shows next to an element is left out",
    ),
    "words-added": ("note", "the Markdown has words that the source does not have"),
    "blocks-lost": ("error", "headings, links, images or other elements are missing from the Markdown"),
    "language-differs": ("note", "the declared language differs from the language of the text"),
    "date-unclear": ("note", "the source states a date that can mean several days, or none"),
    "url-shared": ("warning", "two different posts state the same URL; both are kept, and one URL is wrong"),
    "title-missing": ("note", "the source does not state a title"),
    "encoding-guessed": ("note", "the file does not declare its encoding; it was guessed"),
    "encoding-damaged": ("warning", "bytes that are invalid in the encoding of the file were replaced"),
    "encoding-damaged-elsewhere": ("note", "bytes of the file outside of the post were invalid, and were replaced"),
    "truncated": ("warning", "the file ends in the middle of the post"),
    "page-truncated-after-post": ("note", "the saved page ends after the post: tags and counters may be missing"),
    "reformatted-html": ("note", "a formatter put each piece of text on its own line, with spaces nobody wrote"),
    "machine-translated": ("warning", "the page was saved in a machine translation"),
    "print-layout": ("warning", "text extracted from a printout (PDF): line and column breaks split sentences"),
    "plain-text-only": ("warning", "the file has only the plain text: headings, links and images are missing"),
    "sources-disagree": ("note", "two forms of the post in the source differ"),
    "excerpt-only": ("warning", "the feed has only an excerpt of the post"),
    "feed-only": ("warning", "the post is known from a feed alone, and Wix leaves some blocks out of feeds"),
    "section-empty": ("warning", "a heading of a feed item has nothing below it: a block may be missing in the feed"),
    "merge-failed": ("note", "missing parts could not be taken from duplicates of the post"),
    "more-removed-than-kept": ("error", "more text was left out of a text dump than the post has"),
    "removed-by-guess": ("warning", "lines at the end of a text dump were left out because they look like a footer"),
    "body-empty": ("warning", "the post has a title but no content"),
    "preview-only": ("warning", "the file has only the preview of a post for paying members"),
    "unresolved-names": ("note", "ids of authors, categories or tags are known, but not their names"),
    "not-published": ("note", "a draft, a scheduled post or a post in the trash"),
    "texts-skipped": ("note", "texts of a file with several are not blog posts, and were skipped"),
    "account-missing": ("warning", "the words of the source could not be accounted for"),
    "account-of-parsed-page": ("warning", "the words of the post could only be counted in the parsed page"),
    "line-unreadable": ("warning", "a line or row of the file is unreadable"),
    "embedded-data-unreadable": ("note", "the post data embedded in the page is unreadable"),
}


class ProblemRow(TypedDict):
    """A problem in report.json."""

    kind: str
    severity: Severity
    where: str
    detail: str


class Problem(Struct, frozen=True):
    """Something about a post that its owner should know.

    `kind` is a key of `KINDS`; `where` names the place in the post (`block 17`, `front matter`); `detail` is a sentence
    without a full stop.
    """

    kind: str
    where: str
    detail: str

    @property
    def severity(self) -> Severity:
        """Return `error`, `warning` or `note`."""
        return KINDS[self.kind][0]

    def as_dict(self) -> ProblemRow:
        """Return the problem in the form of report.json."""
        return {"kind": self.kind, "severity": self.severity, "where": self.where, "detail": self.detail}


def with_kind(problems: Iterable[Problem], old: str, new: str) -> list[Problem]:
    """Return the problems; those of the kind `old` have the kind `new`."""
    return [replace(problem, kind=new) if problem.kind == old else problem for problem in problems]
