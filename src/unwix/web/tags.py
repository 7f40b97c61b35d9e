"""Names of HTML elements by what they are, for all that walks over HTML."""

from __future__ import annotations

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
#: Elements whose text has a mark, and the mark.
MARKS = {
    "strong": "bold", "b": "bold", "em": "italic", "i": "italic", "s": "strike", "del": "strike", "strike": "strike",
    "u": "underline", "ins": "underline", "sup": "superscript", "sub": "subscript", "code": "code", "kbd": "code",
    "samp": "code", "tt": "code",
}  # fmt: skip
#: Elements that stand in a line of text and show nothing but the text in them.
PHRASING = frozenset(
    {
        *MARKS, "a", "abbr", "acronym", "bdi", "bdo", "big", "cite", "data", "dfn", "font", "label", "mark", "meter",
        "nobr", "output", "progress", "q", "rb", "rp", "rt", "ruby", "small", "span", "time", "var", "wbr",
    }
)  # fmt: skip
IMAGES = frozenset({"img", "wow-image", "amp-img"})
#: Elements that can stand in a line of text.
INLINE = frozenset({*PHRASING, *IMAGES, "br"}) - {"amp-img"}
#: Elements without content, which have no end tag.
VOID = frozenset(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr".split()
)
LISTS = frozenset({"ul", "ol"})
CELLS = frozenset({"td", "th"})
TABLE_PARTS = frozenset({"thead", "tbody", "tfoot", "tr"})
#: Elements whose text a browser never shows.
NEVER_SHOWN = frozenset({"head", "link", "meta", "param", "script", "source", "style", "title", "track"})
#: Elements of forms, whose text may be the interface's or the author's.
CONTROLS = frozenset({"button", "datalist", "input", "optgroup", "option", "select", "textarea"})
#: Elements whose text is shown only where something else cannot be.
FALLBACKS = frozenset({"noscript", "template", "object", "iframe", "audio", "video", "canvas"})
PLAYERS = frozenset({"iframe", "video", "audio", "embed", "amp-iframe", "amp-youtube", "amp-vimeo", "amp-video"})
