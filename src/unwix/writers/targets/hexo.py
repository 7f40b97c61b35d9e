"""Hexo: posts in `source/_posts`, drafts in `source/_drafts`, with the fields of Hexo's documentation.

For the renderer of Hexo's starter, hexo-renderer-marked. Braces that Nunjucks would read are character references;
code with such braces is HTML. Each post sets its URL in `permalink`. Each category is a list of its own, because
Hexo reads a plain list as one path of nested categories.
"""

from __future__ import annotations

import re
import unicodedata

from ...model.article import Element
from ..article_html import attributes
from ..markdown.blocks import HtmlBlocks
from ..markdown.flavor import MarkdownFlavor
from ..markdown.interfaces import ArticleWriter
from ..markdown.marks import BREAK
from ..markdown.reserved_syntax import AUTOLINK, LINE_START, NO_BRACES, NOTE_LABEL, reserve
from ..target import USUAL_NAMES, FrontMatter, SitePages, Target

#: Tags of Nunjucks, and the end of a comment, which is an error without its beginning.
_TAGS = re.compile(r"\{[{%#]|#\}")


#: URLs that may be written as `<URL>`: in others a template would run, or the URL would be decoded.
PLAIN_URLS = "(https?|mailto|tel|ftp):[^{}%]*$"


class PlainAltBlocks(HtmlBlocks):
    """For renderers that show the escapes in alternative texts, or drop what is escaped in them."""

    def image(self, writer: ArticleWriter, el: Element, alt: str) -> str:
        """Return an image as Markdown, unless its alternative text contains syntax."""
        if re.search(r"[\\&\[\]*_`:{]", alt):
            return self.raw(f"<img{attributes(src=el.get('src') or '', alt=el.get('alt') or '')}>")
        return super().image(writer, el, alt)


class HexoBlocks(PlainAltBlocks):
    """HTML in which Nunjucks finds no tag."""

    def raw(self, markup: str) -> str:
        """Return HTML with braces as character references."""
        return super().raw(markup).replace("#}", "#&#125;")


#: marked searches for emphasis between these characters even after a backslash, so they are written as references.
_REFERENCES = "*_~`"
_RESERVED = (
    NOTE_LABEL,
    "[<`]",  # marked skips `<…>` and code when it searches for emphasis and links
    AUTOLINK,
    r"\{(?=[{%#])",
    r"(?<=#)\}",
    r"[*_~](?=\S)",
    r"(?<=\S)[*_~]",
    rf"{LINE_START}(?:\d+[.)]|[-+])(?=\s|[{BREAK}]|$)",  # an empty item interrupts a paragraph
    r"(?<=\])\(|\[(?=\[)|(?<=\[)\[|\](?=\])|(?<=\])\]",  # in the text of a link
)


#: Letters that Unicode does not decompose into a letter and an accent.
_LATIN = str.maketrans(dict(zip("ÆæØøßẞĐđĦħıŁłŒœŦŧ", "AE ae O o s S D d H h i L l OE oe T t".split(), strict=True)))
_SIGNS = re.compile(r"""[\s~`!@#$%^&*()\-_+=\[\]{}|\\;:"'<>,.?/]+""")


def term_slug(name: str) -> str | None:
    """Return the slug of a category or tag; letters keep their case (`slugize` of the package hexo-util)."""
    letters = unicodedata.normalize("NFC", name).translate(_LATIN)
    plain = (unicodedata.normalize("NFD", c)[0] if c.isalpha() and _is_latin(c) else c for c in letters)
    return _SIGNS.sub("-", "".join(plain)).strip("-") or None


def _is_latin(char: str) -> bool:
    return char < "\u0250" or "\u1e00" <= char <= "\u1eff"


def _protect_code(code: str) -> str | None:
    """Return code unchanged, or None if Nunjucks would find a tag in it."""
    return None if _TAGS.search(code) else code


TARGET = Target(
    "hexo",
    path="source/_posts/{lang}/{slug}.md",
    shows_title=True,
    drafts="source/_drafts/{lang}/{slug}.md",
    base="source/_posts",
    front=FrontMatter(
        names={
            **USUAL_NAMES,
            "slug": "",
            "authors": "author",
            "language": "lang",
            "translation_id": "translation_key",
        },
        url="permalink",
        one_author=True,
        listed=frozenset({"categories"}),
    ),
    flavor=MarkdownFlavor(
        "hexo",
        HexoBlocks(),
        reserved=reserve(*_RESERVED, backslash=NO_BRACES.translate(dict.fromkeys(map(ord, _REFERENCES)))),
        protect_code=_protect_code,
        strict_marks=True,
        auto_links=PLAIN_URLS,
        readings=HtmlBlocks.readings,
    ),
    url="/post/{place}/",
    # hexo.io/docs/configuration: a new site
    pages=SitePages(
        {"category": "/categories/{name}/", "tag": "/tags/{name}/", "home": "/"}, slug=term_slug, static="source"
    ),
    media="source/media",
    media_url="/media/{name}",
)
