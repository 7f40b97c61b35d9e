"""Hugo: page bundles, Hugo's own shortcodes, and small ones that are written next to the posts.

Works with Hugo's defaults (tested with 0.111 and 0.168): page bundles, its own `figure`, `youtube` and `vimeo`. Hugo
drops HTML in Markdown. So galleries, collapsibles, buttons, videos and audio are shortcodes, placeholders are in
`comment`, which shows nothing, and what is left is HTML in `rawhtml`. A shortcode's template is written to
`layouts/shortcodes/` when a post needs it, and never replaces your own. Shortcodes in the author's text are quoted as
Hugo does it (`{{</* … */>}}`). Old URLs that differ are `aliases`. Translations are `index.LANGUAGE.md` with a common
`translationKey`; `hugo.toml` must name the languages (`[languages.de]`), the main one as `defaultContentLanguage`,
and `[markup.goldmark]` have `duplicateResourceFiles = true`. Themes read other fields: use `--theme papermod`,
`--theme ananke`, or `--field`. Set `useEmbedded = "fallback"` in `[markup.goldmark.renderHooks.image]`, so that images
are found on lists and in feeds, too; `--theme` does it.
"""

from __future__ import annotations

import html
import re
import unicodedata
from typing import ClassVar

from ...model.article import HEADINGS, Element, text_of
from ..article_html import missing
from ..block_styles import GALLERY
from ..hugo_shortcodes import READINGS, SUPPORT_FILES, call, closing
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
from ..target import USUAL_NAMES, FrontMatter, SitePages, Target

# ---- reserved syntax ------------------------------------------------------------------------------------------------

_RESERVED = (COMMENT, r"\{(?=\{[<%])", DEFINITION, AUTOLINK)
#: goldmark reads `[x]` as a checkbox anywhere in the first line of an item, and also a link of that text.
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
    letters = (
        c if c in "_-" or unicodedata.category(c)[0] in "LN" else "-" if c == " " else "" for c in text.strip().lower()
    )
    return "".join(letters)


def term_slug(name: str) -> str | None:
    """Return a term as Hugo puts it into a URL: letters of any script in lower case, a hyphen for each space.

    Older versions such as Hugo 0.111 join hyphens: “Food & Drink” was `food-drink`, and is `food--drink`.
    """
    letters = (c if _is_kept(c) else "-" * c.isspace() for c in name.strip())
    return "".join(letters).lower() or None


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


#: What the templates of Go treat as unsafe in an `href` (pkg.go.dev/html/template): Hugo's hook for links of sites in
#: several languages writes `#ZgotmplZ` instead.
_OTHER_SCHEME = re.compile(r"(?!(?:https?|mailto):)[a-z][a-z0-9+.-]*:", re.I)


class HugoBlocks(HtmlBlocks):
    """Hugo's own shortcodes, and HTML in `rawhtml` for what they cannot express."""

    readings: ClassVar[tuple[Reading, ...]] = (
        *READINGS,
        (r"\{\{< figure (.*?) >\}\}", _figure_as_html),
        (r"\{\{< (youtube|vimeo) (.*?) >\}\}", _player_as_html),
    )
    #: Hugo shows them.
    escapes_in_alt: ClassVar[bool] = False
    #: Characters that a shortcode's parameter cannot contain unescaped.
    _AWKWARD = re.compile(r"[\"`\\\n]|\{\{|[<>]\}\}|%\}\}|<")

    def raw(self, markup: str) -> str:
        """Return HTML in the shortcode that prints it unchanged."""
        return call("rawhtml") + escape_braces(markup) + closing("rawhtml") if markup else ""

    def missing(self, text: str, inline: bool = False) -> str:
        """Return the placeholder of missing content: a shortcode without output."""
        note = missing(text).removeprefix("<!-- ").removesuffix(" -->")
        return call("comment") + re.sub(r"(?<=\{)(?=\{)|(?<=>)(?=\})", " ", note) + closing("comment")

    def link(self, writer: ArticleWriter, el: Element, href: str, text: str) -> str:
        """Return a link as Markdown; one to a phone number or an app as HTML, which sites in several languages keep."""
        if _OTHER_SCHEME.match(href):
            return writer.inline.raw(self.raw(writer.html.inline_element(el)))
        return super().link(writer, el, href, text)

    def figure(self, writer: ArticleWriter, el: Element, caption: Element | None) -> str:
        """Return Hugo's `figure` if its parameters can express the image."""
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
        """Return Hugo's `youtube` or `vimeo` if no caption must be kept with it."""
        known = player_of(url)
        awkward = title and self._AWKWARD.search(title)
        if not caption and not awkward and known is not None and known[0].name in ("youtube", "vimeo"):
            named = f' title="{title}"' if title and known[0].name == "youtube" else ""
            if not title or named:
                return f'{{{{< {known[0].name} id="{known[1]}"{named} >}}}}'
        return super().frame(url, title, caption)

    def media_player(self, kind: str, url: str, title: str | None, caption: str) -> str:
        """Return the shortcode of a player if its parameters can express the file."""
        source = destination(url)
        if caption or self._AWKWARD.search(source + (title or "")):
            return super().media_player(kind, url, title, caption)
        return call(kind, src=source, title=title)

    def button(self, writer: ArticleWriter, el: Element, position: str) -> str:
        """Return the shortcode of a button if its parameters can express the link and its text."""
        link = el.find("a")
        href, text = ("", "") if link is None else (link.get("href") or "", " ".join(text_of(el).split()))
        alone = link is not None and len(link) == 0 and text == " ".join(text_of(link).split())
        if not href or not text or not alone or self._AWKWARD.search(href + text) or position != "p":
            return super().button(writer, el, position)
        return call("button", href=href, text=text)

    def gallery(self, writer: ArticleWriter, el: Element) -> str:
        """Return figures in a shortcode; figures that are HTML are between two pieces of HTML."""
        figures = writer.blocks_of(el)
        if re.fullmatch(r"(?:\{\{< figure [^\n]* >\}\}(?:\n\n)?)+", figures):
            return "\n".join((call("gallery"), figures.replace("\n\n", "\n"), closing("gallery")))
        return "\n\n".join((self.raw(f'<div class="gallery" style="{GALLERY}">'), figures, self.raw("</div>")))

    def details(self, writer: ArticleWriter, el: Element, summary: Element | None) -> str:
        """Return the shortcode of a collapsible section; one with shortcodes or headings in it is HTML around Markdown.

        Hugo renders the content of a shortcode separately: it would drop their HTML, and give headings other ids.
        """
        title = "" if summary is None else " ".join(text_of(summary).split())
        body = writer.blocks_of(el, skip=summary)
        is_plain = summary is not None and len(summary) == 0 and not self._AWKWARD.search(title) and "&" not in title
        parent = el.getparent()
        is_nested = parent is None or parent.tag != "article"
        if not title or not is_plain or is_nested or "{{" in body or next(el.iter(*HEADINGS), None) is not None:
            return super().details(writer, el, summary)
        return "\n\n".join((call("details", summary=title), body, closing("details")))

    def details_opening(self, title: str) -> str:
        """Return the beginning of a collapsible section on one line: Hugo moves a lone shortcode out of a paragraph."""
        return f"<details><summary>{title}</summary>"


# ---- the target -----------------------------------------------------------------------------------------------------

#: `## Title {#id}`, the syntax of kramdown, goldmark and others, without the id.
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
        auto_links="(https?|mailto):",
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
    support_files=SUPPORT_FILES,
)
