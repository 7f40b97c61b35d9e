"""Names of HTML elements by what they are. The smaller vocabulary of articles is in model/article.py."""

from __future__ import annotations

from ..model.article import BLOCKS, HEADINGS

#: Elements that mark their text, each with the element that articles use for the mark.
MARK_TAGS = {
    "strong": "strong", "b": "strong", "em": "em", "i": "em", "s": "s", "del": "s", "strike": "s", "u": "u", "ins": "u",
    "sup": "sup", "sub": "sub", "code": "code", "kbd": "code", "samp": "code", "tt": "code",
}  # fmt: skip
_MARK_NAMES = {
    "strong": "bold", "em": "italic", "s": "strike", "u": "underline",
    "sup": "superscript", "sub": "subscript", "code": "code",
}  # fmt: skip
#: Elements that mark their text, each with the name of the mark.
MARKS = {tag: _MARK_NAMES[mark] for tag, mark in MARK_TAGS.items()}
#: Elements within a line of text that show nothing but the text in them.
PHRASING = frozenset(
    {
        *MARKS, "a", "abbr", "acronym", "bdi", "bdo", "big", "cite", "data", "dfn", "font", "label", "mark", "meter",
        "nobr", "output", "progress", "q", "rb", "rp", "rt", "rtc", "ruby", "small", "span", "time", "var", "wbr",
    }
)  # fmt: skip
IMAGES = frozenset({"img", "wow-image", "amp-img"})
#: Elements that can be within a line of text.
INLINE = PHRASING | IMAGES - {"amp-img"} | {"br"}
#: Elements without content, which have no end tag.
VOID = frozenset(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr".split()
)
LISTS = frozenset({"ul", "ol"})
CELLS = frozenset({"td", "th"})
TABLE_PARTS = frozenset({"thead", "tbody", "tfoot", "tr"})
#: Blocks that contain text; all other blocks contain blocks.
TEXT_BLOCKS = frozenset({*HEADINGS, "p", "pre", "figcaption", "summary"})
#: Elements that begin a line.
LINE_STARTS = frozenset({*BLOCKS, *CELLS, *TABLE_PARTS, "li", "br"})
#: Elements whose text is code.
CODE = frozenset({"pre", *(tag for tag, mark in MARK_TAGS.items() if mark == "code")})
#: Regions of a page around its main content.
LANDMARKS = frozenset({"header", "footer", "nav"})
#: Elements whose content is not text of the page: programs, styles, drawings, and what stands in for them.
NO_TEXT = frozenset({"script", "style", "noscript", "template", "svg"})
#: Fields of forms, with the texts to choose from.
FORM_FIELDS = frozenset({"input", "select", "textarea", "datalist"})
PLAYERS = frozenset({"iframe", "video", "audio", "embed", "amp-iframe", "amp-youtube", "amp-vimeo", "amp-video"})
#: Elements that browsers show as blocks.
BLOCK_LEVEL = frozenset(
    (
        "address article aside blockquote body caption center col colgroup dd details dialog dir div dl dt fieldset "
        "figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li listing main menu nav ol "
        "optgroup option p plaintext pre search section summary table tbody td tfoot th thead tr ul xmp"
    ).split()
)
#: Elements that show more than the text in them, something else, or nothing.
_NOT_ONLY_TEXT = (
    IMAGES | PLAYERS | NO_TEXT | FORM_FIELDS | {"button", "canvas", "frame", "frameset", "map", "object", "portal"}
)


def is_within_line(tag: str) -> bool:
    """Return True for an element whose text browsers show within a line, as they do with all that they do not know."""
    return tag not in BLOCK_LEVEL and tag not in _NOT_ONLY_TEXT
