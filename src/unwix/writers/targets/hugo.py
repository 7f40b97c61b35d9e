"""Hugo: page bundles, Hugo's own shortcodes, and HTML in the shortcode `rawhtml`.

Works with Hugo's defaults (0.111 and later): page bundles, its own `figure`, `youtube` and `vimeo`. Hugo drops HTML
in Markdown, so everything else that Markdown cannot express is in the shortcode `rawhtml`, which is written to
`layouts/shortcodes/rawhtml.html` when a post needs it and never replaces your own. Shortcodes in the author's text
are quoted as Hugo does it (`{{</* … */>}}`). Old URLs that differ are `aliases`. Translations are `index.LANGUAGE.md`
with a common `translationKey`; `hugo.toml` must name the languages (`[languages.de]`), the main one as
`defaultContentLanguage`. Themes read other fields: use `--theme papermod`, `--theme ananke`, or `--field`.
"""

from __future__ import annotations

import html
import re
import unicodedata
from typing import ClassVar

from ...model.article import Element
from ..markdown.blocks import HtmlBlocks
from ..markdown.flavor import MarkdownFlavor
from ..markdown.interfaces import ArticleWriter
from ..markdown.link_destination import destination
from ..markdown.read_back import Reading
from ..markdown.reserved_syntax import (
    AUTOLINK,
    COMMENT,
    DEFINITION,
    HEADING_ID,
    NO_BRACES,
    escape_braces,
    reserve,
)
from ..players import player_of
from ..target import USUAL_NAMES, FrontMatter, SitePages, SupportFile, Target

# ---- reserved syntax ------------------------------------------------------------------------------------------------

_RESERVED = (COMMENT, r"\{(?=\{[<%])", DEFINITION, AUTOLINK)
#: goldmark takes `[x]` for a checkbox wherever it stands in the first line of an item, and a link of that text too.
_CHECKBOX = (r"\[(?=[ xX]\])", "(?<=\x11)[ xX](?=\x0f)")
_CALL = re.compile(r"\{\{<((?:(?!\{\{|>\}\}).)*)>\}\}|\{\{%((?:(?!\{\{|%\}\}).)*)%\}\}", re.S)


def _protect_code(code: str) -> str | None:
    """Write shortcodes in code as Hugo shows them, `{{</* … */>}}`; None if one is not closed or has a comment."""
    if "<!--more-->" in code:
        return None

    def quoted(match: re.Match[str]) -> str:
        char, inside = ("<", match[1]) if match[1] is not None else ("%", match[2])
        return f"{{{{{char}/*{inside}*/{'>' if char == '<' else char}}}}}"

    if not re.search(r"\{\{[<%]", code):
        return code
    rest = _CALL.sub("", code)
    if re.search(r"\{\{[<%]", rest) or any("/*" in call[0] or "*/" in call[0] for call in _CALL.finditer(code)):
        return None
    return _CALL.sub(quoted, code)


def _unprotect(text: str) -> str:
    return re.sub(r"\{\{([<%])/\*(.*?)\*/([>%])\}\}", r"{{\1\2\3}}", text, flags=re.S)


# ---- ids and slugs --------------------------------------------------------------------------------------------------

_SLUG_KEEPS = frozenset("._#+~-@/")


def heading_slug(text: str) -> str:
    """Return the id of Hugo's `github` style: GitHub's without the combining marks of Indian and other scripts."""
    kept = (
        c if c in "_-" or unicodedata.category(c)[0] in "LN" else "-" if c == " " else "" for c in text.strip().lower()
    )
    return "".join(kept)


def term_slug(name: str) -> str | None:
    """Return a term as Hugo puts it into a URL: letters of any script in lower case, a hyphen for spaces."""
    kept = "".join(c if _is_kept(c) else " " * c.isspace() for c in name)
    return re.sub(r"-?\s+-?", "-", kept.strip()).lower() or None


def _is_kept(char: str) -> bool:
    return char.isalnum() or char in _SLUG_KEEPS or unicodedata.category(char)[0] == "M"


# ---- blocks ---------------------------------------------------------------------------------------------------------


def _figure_as_html(match: re.Match[str]) -> str:
    values = {name: one or two for name, one, two in re.findall(r'(\w+)=(?:"([^"]*)"|`([^`]*)`)', match[1])}
    alt = html.escape(values.get("alt", ""))
    image = f'<img src="{html.escape(values.get("src", ""))}" alt="{alt}">'
    caption = values.get("caption", "")
    return f"<br>{image}<br>" + (f"<em>{caption}</em><br>" if caption else "")


def _player_as_html(match: re.Match[str]) -> str:
    values = dict(re.findall(r'(\w+)="([^"]*)"', match[2]))
    url = {"youtube": "https://www.youtube.com/watch?v=", "vimeo": "https://vimeo.com/"}[match[1]] + values["id"]
    return f'<p><a href="{url}">{html.escape(values.get("title") or url)}</a></p>'


class HugoBlocks(HtmlBlocks):
    """Hugo's own shortcodes; what they cannot express is HTML in `rawhtml`."""

    readings: ClassVar[tuple[Reading, ...]] = (
        (r"\{\{< /?rawhtml >\}\}", ""),
        (r"\{\{< figure (.*?) >\}\}", _figure_as_html),
        (r"\{\{< (youtube|vimeo) (.*?) >\}\}", _player_as_html),
    )
    #: Hugo shows them.
    escapes_in_alt: ClassVar[bool] = False
    #: Characters that a shortcode's parameter cannot contain as they are.
    _AWKWARD = re.compile(r"[\"`\\\n]|\{\{|[<>]\}\}|%\}\}|<")

    def raw(self, markup: str) -> str:
        """Return HTML in the shortcode that prints it as it is."""
        return f"{{{{< rawhtml >}}}}{escape_braces(markup)}{{{{< /rawhtml >}}}}" if markup else ""

    def figure(self, writer: ArticleWriter, el: Element, caption: Element | None) -> str:
        """Return Hugo's `figure`, where its parameters can express the image."""
        image = el.find("img")
        parent = el.getparent()
        in_gallery = parent is not None and parent.get("class") == "gallery"
        if image is None or el.find("a") is not None or (caption is None and not in_gallery):
            return super().figure(writer, el, caption)
        text = writer.line(writer.inline_of(caption), "p") if caption is not None else ""
        source = destination(image.get("src") or "")
        alt = " ".join((image.get("alt") or "").split())
        if self._AWKWARD.search(alt + source) or re.search(r"[`\n]|\{\{|>\}\}", text) or len(el.findall("img")) > 1:
            return super().figure(writer, el, caption)
        parts = [f'src="{source}"', f'alt="{alt}"' if alt else "", f"caption=`{text}`" if text else ""]
        return f"{{{{< figure {' '.join(part for part in parts if part)} >}}}}"

    def frame(self, url: str, title: str | None, caption: str) -> str:
        """Return Hugo's `youtube` or `vimeo`, where there is no caption to keep with it."""
        known = player_of(url)
        awkward = title and self._AWKWARD.search(title)
        if not caption and not awkward and known is not None and known[0].name in ("youtube", "vimeo"):
            named = f' title="{title}"' if title and known[0].name == "youtube" else ""
            if not title or named:
                return f'{{{{< {known[0].name} id="{known[1]}"{named} >}}}}'
        return super().frame(url, title, caption)

    def gallery(self, writer: ArticleWriter, el: Element) -> str:
        """Return figures between two pieces of HTML."""
        return "\n\n".join((self.raw('<div class="gallery">'), writer.blocks_of(el), self.raw("</div>")))

    def details_opening(self, title: str) -> str:
        """Return the beginning of a collapsible on one line: Hugo takes a shortcode alone out of its paragraph."""
        return f"<details><summary>{title}</summary>"


# ---- the target -----------------------------------------------------------------------------------------------------

#: `## Title {#id}`, as kramdown, goldmark and others write it, without the id.
WITHOUT_HEADING_ID: Reading = (r"(?m)^(#{1,6} .*?) \{#[\w-]+\}$", r"\1")

TARGET = Target(
    "hugo",
    path="content/post/{slug}/index.md",
    shows_title=True,
    base="content",
    front=FrontMatter(
        names={**USUAL_NAMES, "updated": "lastmod", "cover": "images[]", "translation_id": "translationKey"},
        aliases="aliases",
    ),
    flavor=MarkdownFlavor(
        "hugo",
        HugoBlocks(),
        slug=heading_slug,
        heading_id=True,
        reserved=reserve(*_RESERVED, backslash=NO_BRACES),
        reserved_in_items=reserve(*_RESERVED, *_CHECKBOX, backslash=NO_BRACES),
        reserved_in_headings=reserve(*_RESERVED, HEADING_ID, backslash=NO_BRACES),
        protect_code=_protect_code,
        html=False,
        readings=(WITHOUT_HEADING_ID, *HugoBlocks.readings, *HtmlBlocks.readings),
        unfinish=_unprotect,
    ),
    url="/{place}/",
    # gohugo.io/content-management/taxonomies
    pages=SitePages(
        {"category": "/categories/{name}/", "tag": "/tags/{name}/", "home": "/post/", "feed": "/index.xml"},
        term_slug,
        "static",
    ),
    media="",
    media_in="bundle",
    media_url="{name}",
    support_files=(SupportFile("layouts/shortcodes/rawhtml.html", "{{- .Inner -}}\n", "{{< rawhtml >}}"),),
)
