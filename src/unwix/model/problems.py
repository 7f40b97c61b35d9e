"""Problems: what could not be carried over, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["loss", "note"]

#: Every kind of problem, with how grave it is and what it means. `loss`: something that the author
#: published is not in the output, and `--strict` fails; `note`: worth a look, nothing is lost.
KINDS: dict[str, tuple[Severity, str]] = {
    "gallery-missing": ("loss", "a gallery whose pictures the saved page does not carry"),
    "video-address-missing": ("loss", "a video whose address the saved page does not carry"),
    "video-address-guessed": ("note", "a Wix video whose file is known by its poster only; its resolution is assumed"),
    "embed-missing": ("loss", "an embedded page or widget whose address the saved page does not carry"),
    "program-missing": ("loss", "an embedded program (a game, a calculator): Markdown cannot carry code that runs"),
    "embed-text": (
        "note",
        "an embedded piece of HTML without an address; its texts and pictures are kept, its look and scripts are not",
    ),
    "audio-missing": ("loss", "an audio player whose address the saved page does not carry"),
    "file-address-missing": ("loss", "a file whose address the saved page does not carry"),
    "image-missing": ("loss", "a picture whose address the saved page does not carry"),
    "media-missing": ("loss", "a picture, film, sound or file that could not be had; the post names its old address"),
    "media-smaller": ("note", "a picture or film of which only a smaller or a saved copy could be had"),
    "picture-local": ("note", "a picture whose address is known only as a file beside the saved page"),
    "block-missing": ("loss", "a block that the saved page shows as an empty place"),
    "unknown-block": ("note", "a block of a kind that unwix does not know; its text is kept"),
    "advertisement-dropped": ("note", "an advertisement that Wix placed in the post"),
    "unsafe-link": ("note", "a link that would run a script; its text is kept, the link is not"),
    "links-unplaced": ("note", "addresses of links of which a text does not tell on which words they stood"),
    "relative-link": ("note", "a link whose full address the saved page does not tell"),
    "too-deep": ("loss", "elements nested deeper than any editor makes them were cut off"),
    "words-lost": ("loss", "words of the source are not in the Markdown, or stand in another order"),
    "words-added": ("note", "words in the Markdown that the source does not have"),
    "blocks-lost": ("loss", "headings, links, pictures or the like that are not in the Markdown"),
    "language-differs": ("note", "the page declares another language than its text is written in"),
    "date-unclear": ("note", "the page shows a date that tells no year, or only how long ago it was"),
    "title-missing": ("note", "the source tells no title"),
    "encoding-guessed": ("note", "the file does not say how its text is encoded; it was guessed"),
    "encoding-damaged": ("loss", "bytes that are no text in the encoding of the file were replaced"),
    "truncated": ("loss", "the saved page ends in the middle of the post"),
    "page-cut": ("note", "the saved page ends behind the post: tags and counts that stand there may be missing"),
    "re-indented": ("note", "a formatter put each piece of text on a line of its own, with blanks that nobody wrote"),
    "machine-translated": (
        "loss",
        "the page was saved in another language, as a program had translated it",
    ),
    "printed-page": ("loss", "the text of a page that was printed: its lines and columns cut the author's words"),
    "document-missing": ("loss", "the file has the post's plain text only: without headings, links and pictures"),
    "documents-differ": ("note", "the source has the post in two forms that do not say the same"),
    "body-missing": ("loss", "a feed that has only an excerpt of the post, not its body"),
    "copies-not-merged": ("note", "what other copies of the post may have more could not be taken from them"),
    "preview-only": ("loss", "the file has only the preview of a post that is for paying members"),
    "names-unknown": ("note", "the file tells ids of authors, categories or tags, and no file tells their names"),
    "not-published": ("note", "a draft, a scheduled post, or one in the trash"),
    "line-unreadable": ("loss", "a line or row of the file that cannot be read"),
    "document-unreadable": ("note", "the post's data that the page embeds cannot be read"),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that the owner of the post should know.

    `kind` is a key of `KINDS`, `where` names the place in the post (`block 17`, `front matter`),
    `detail` is a plain sentence.
    """

    kind: str
    where: str
    detail: str

    @property
    def severity(self) -> Severity:
        """`loss` or `note`."""
        return KINDS[self.kind][0]

    def as_dict(self) -> dict[str, str]:
        """The problem as report.json has it."""
        return {"kind": self.kind, "where": self.where, "detail": self.detail}
