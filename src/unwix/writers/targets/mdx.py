"""MDX: Markdown with JSX, for Next.js, Docusaurus, Nextra, Gatsby and other sites of React components.

The site needs `remark-gfm` for tables, check lists and struck-out text; Docusaurus and Nextra have it. HTML is JSX
(`className`, closed tags), and text in it that Markdown could read otherwise is a string in braces. `{` and `<` of the
author's text are escaped, comments are `{/* … */}`, URLs are never in angle brackets. Drafts are in `drafts/`.

For Docusaurus use `--theme docusaurus`: the posts are in `blog/`, with their authors in `authors.yml` and their tags in
`tags.yml`, the media in `static/media/`. A truncation marker below the first paragraph keeps whole posts off the list.
Docusaurus does not escape a tag with `&` in its Atom feed; its RSS feed is right.
"""

from __future__ import annotations

import html
import json
import re
from typing import ClassVar

from ...web.github_ids import github_id
from ..article_html import missing
from ..markdown.blocks import HtmlBlocks
from ..markdown.flavor import MarkdownFlavor
from ..markdown.marks import BREAK
from ..markdown.read_back import Reading, split_at_code
from ..markdown.reserved_syntax import COMMENT, reserve
from ..target import CAMEL_CASE_NAMES, FrontMatter, SitePages, Target
from .astro import MICROMARK

#: JSX, expressions, and lines that begin like an ES module (mdxjs.com/docs/what-is-mdx/#mdx-syntax).
_RESERVED = (r"[{}<]", rf"(?:(?<=[{BREAK}\n])|^)[ie](?=(?:mport|xport) )")

# ---- HTML as JSX ----------------------------------------------------------------------------------------------------

_TAG = re.compile(r"(<!--.*?-->|</?[a-z][^<>]*>)", re.S)
_VOID = re.compile(r"<(?:br|hr|img|input)\b[^>]*(?<!/)>")
_RENAMED = {
    "class": "className",
    "colspan": "colSpan",
    "rowspan": "rowSpan",
    "allowfullscreen": "allowFullScreen",
}
#: React reads styles as objects.
_STYLE = re.compile(r' style="([^"]*)"')
_JSX_STYLE = re.compile(r" style=\{\{([^{}]*)\}\}")
_ATTRIBUTE = re.compile(rf" ({'|'.join(_RENAMED)})(?=[ =>])")
#: Text that Markdown, MDX and `remark-gfm` leave unchanged.
_SAFE = re.compile(r"[\w\s,;.?!%/+=()'’“”„…–—-]*")
_COMMENT = re.compile(r"<!--(.*?)-->", re.S)


def jsx(markup: str) -> str:
    """Return HTML as JSX with the same meaning in an MDX file."""
    code = 0
    out = []
    for token in _TAG.split(markup):
        if comment := _COMMENT.fullmatch(token):
            out.append("{/*" + comment[1].replace("*/", "* /") + "*/}")
        elif token.startswith("<"):
            code += token.startswith("<pre") - token.startswith("</pre")
            tag = _ATTRIBUTE.sub(lambda match: f" {_RENAMED[match[1]]}", token)
            tag = _STYLE.sub(_style_as_object, tag)
            out.append(f"{tag[:-1]} />" if _VOID.fullmatch(tag) else tag)
        else:
            out.append(_text(token, bool(code)))
    return "".join(out)


def _style_as_object(match: re.Match[str]) -> str:
    rules = (rule.partition(":") for rule in match[1].split(";"))
    named = (f"{re.sub('-([a-z])', lambda m: m[1].upper(), name)}: {json.dumps(value)}" for name, _, value in rules)
    return f" style={{{{{', '.join(named)}}}}}"


def _text(token: str, is_code: bool) -> str:
    text = html.unescape(token)
    if _SAFE.fullmatch(text) and not is_code and "www" not in text.lower() and text == token:
        return text
    return f"{{{json.dumps(text, ensure_ascii=False)}}}" if text else ""


# ---- JSX as HTML, for fidelity --------------------------------------------------------------------------------------

_STRING = r'\{("(?:[^"\\\n]|\\.)*")\}'


def _string_as_html(match: re.Match[str]) -> str:
    return html.escape(json.loads(match[1]), quote=False).replace("\n", "&#10;")


#: Code and escapes in a cell, which may contain `<br>` as text, and the tag.
_BREAK = re.compile(r"\\.|(`+)(?!`).*?(?<!`)\1(?!`)|<br>")
_CELL = re.compile(r"(?<!\\)\|")


def _close_breaks(text: str) -> str:
    """Return a body in which line breaks of table cells are JSX."""
    return "".join(
        piece if is_code or "<br>" not in piece else "|".join(map(_with_closed_breaks, _CELL.split(piece)))
        for is_code, piece in split_at_code(text)
    )


def _with_closed_breaks(cell: str) -> str:
    return _BREAK.sub(lambda match: "<br />" if match[0] == "<br>" else match[0], cell)


class MdxBlocks(HtmlBlocks):
    """HTML as JSX."""

    readings: ClassVar[tuple[Reading, ...]] = (
        (r"\{/\*(.*?)\*/\}", r"<!--\1-->"),
        (_JSX_STYLE.pattern, ""),
        (_STRING, _string_as_html),
        *((rf" {new}(?=[ =>])", f" {old}") for old, new in _RENAMED.items()),
        *HtmlBlocks.readings,
    )

    def raw(self, markup: str) -> str:
        """Return HTML as JSX."""
        return jsx(markup)

    def missing(self, text: str, inline: bool = False) -> str:
        """Return the placeholder of missing content: a comment of JSX, which is not on the page."""
        return self.raw(missing(text))


TARGET = Target(
    "mdx",
    path="posts/{lang}/{slug}.mdx",
    drafts="drafts/{lang}/{slug}.mdx",
    base="",
    front=FrontMatter(
        names=CAMEL_CASE_NAMES,
    ),
    flavor=MarkdownFlavor(
        "mdx",
        MdxBlocks(),
        slug=github_id,
        reserved=reserve(COMMENT, *MICROMARK, *_RESERVED),
        auto_links="(?!)",
        finish=_close_breaks,
        readings=MdxBlocks.readings,
    ),
    url="/{place}",
    pages=SitePages({"home": "/posts"}, static="public"),
    media="public/media",
    media_url="/media/{name}",
)
