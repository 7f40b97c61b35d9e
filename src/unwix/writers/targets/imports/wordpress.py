"""WordPress: WXR files for Tools → Import → WordPress.

`wordpress.xml` is in WordPress's own export format (WXR 1.2). Choose “Download and import file attachments” during
the import: each image is an attachment, WordPress downloads the original from Wix's servers and refers to its copy,
so import before the old site goes. Videos, audio files and documents that were uploaded to Wix stay there.

A larger blog has several files, `wordpress-1.xml`, `wordpress-2.xml` and so on, each of at most 2 MB, which is PHP's
limit for uploads, and 100 images, which take less than a minute. `--split 8` allows 8 MB, `--split 0` writes one
file. Each file contains all that its posts need; `report.json` names a post `wordpress.xml!/slug` in any case.

If an import breaks off, import the same file again. WordPress skips the posts that it has, downloads the images again,
and refers to these; images of the first try are in the media library under *Unattached*, where you can delete them.
Then search the posts for `wixstatic`: an image that still has such a URL was not downloaded.

To need Wix's servers no more, convert with `--media copy --media-url
https://www.example.com/wp-content/uploads/wix`, upload the directory `uploads/` as `wp-content/uploads/wix`, and then
import: the posts refer to these files.

The text is in the blocks of WordPress's editor. `[` is written as `&#91;`, because WordPress would take `[gallery]`
in the author's text for a shortcode. A placeholder is a block `unwix/missing`, which the editor shows and the page
does not. Slugs lose their accents, because WordPress drops them too; other scripts stay. Authors are users, whom you
may map to your own: their user names are ASCII, their display names as in the source; WordPress takes the first of
several authors. The description is the excerpt, hashtags are tags, a scheduled post is scheduled. Categories, tags and
authors whose names differ only in case or spaces are one. With `--comments` readers' comments are in the file, where
the source has them; those that nobody approved wait for moderation. SEO titles and descriptions are in the fields of
Yoast SEO, Rank Math and All in One SEO.
"""

from __future__ import annotations

import html
import json
import re
from itertools import groupby
from typing import Any, ClassVar

from ....model.article import INLINE, PLAIN_LIST, Element, text_of
from ...article_html import attributes
from ...import_files.import_format import ImportFormat
from ...import_files.import_html import ImportHtml
from ...import_files.read_back import wxr_posts
from ...import_files.wxr_files import wxr_files
from ...markdown.flavor import MarkdownFlavor
from ...players import media_kind, player_of
from ...slugs import latin_slug, transliterated_slug
from ...target import FrontMatter, SitePages, Target

_CAPTION = "wp-element-caption"
_COMMENTS = re.compile(r"\n?<!-- /?wp:[^>]*-->\n?")
#: A check mark as text (U+FE0E), not an emoji.
_DONE = "☑\ufe0e"
#: The elements in cells of the editor's tables.
_IN_CELL = INLINE | {"p", "figure"}


def _block(name: str, markup: str, **settings: Any) -> str:
    """Return markup between the comments of a block; `settings` are those that the markup does not state."""
    known = {key: value for key, value in settings.items() if value is not None}
    data = f" {_json(known)}" if known else ""
    return f"<!-- wp:{name}{data} -->\n{markup}\n<!-- /wp:{name} -->"


def _json(data: dict[str, Any]) -> str:
    """Return JSON that cannot end a comment, as WordPress escapes it (serialize_block_attributes)."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for char in ("--", "<", ">", "&"):
        text = text.replace(char, "".join(f"\\u{ord(c):04x}" for c in char))
    return text.replace('\\"', "\\u0022")


class WordPressHtml(ImportHtml):
    """The editor's blocks, in which `[name]` in the author's text is no shortcode."""

    kept: ClassVar[dict[str, tuple[str, ...]]] = {"a": ("href", "title"), "img": ("src", "alt")}
    _EMBED = re.compile(r'<figure class="wp-block-embed[^>]*><div class="wp-block-embed__wrapper">\s*(\S+)\s*</div>')
    _MEDIA = re.compile(r'<figure class="wp-block-(?:video|audio)"><(?:video|audio) controls src="([^"]*)">'
                        r"</(?:video|audio)>")  # fmt: skip

    def quoted(self, text: str) -> str:
        """Return text, or the value of an attribute, that calls no shortcode."""
        return text.replace("[", "&#91;")

    def card(self, markup: str, inside: bool) -> str:
        """Return HTML that no block expresses as a block of custom HTML."""
        return markup if inside else _block("html", markup)

    # ---- text ---------------------------------------------------------------------------------------------------

    def heading(self, el: Element, inside: bool) -> str:
        """Return a heading, with an id if a link points to it."""
        level = int(str(el.tag)[1])
        markup = f'<{el.tag} class="wp-block-heading"{self._id(el)}>{self.inline(el)}</{el.tag}>'
        return _block("heading", markup, level=None if level == 2 else level)

    def paragraph(self, el: Element, inside: bool) -> str:
        """Return a paragraph, a button or a file."""
        link = el.find("a")
        href = self.quoted(attributes(href=link.get("href"))) if link is not None else ""
        if el.get("class") == "button" and link is not None and href:
            text = self.inline(link) or self.text(link.get("href"))
            label = f'<a class="wp-block-button__link wp-element-button"{href}>{text}</a>'
            button = _block("button", f'<div class="wp-block-button">{label}</div>')
            return _block("buttons", f'<div class="wp-block-buttons">{button}</div>')
        if el.get("class") == "file" and link is not None and href:
            name = self.inline(link) or self.text(link.get("href"))
            shown = f'<div class="wp-block-file"><a{href}>{name}</a></div>'
            return _block("file", shown, href=link.get("href"), showDownloadButton=False)
        text = super().paragraph(el, inside)
        return _block("paragraph", text) if text else ""

    def _item(self, item: Element) -> str:
        """Return the content of an item; WordPress would show a bare check mark as a small image."""
        return re.sub("^☑(?= )", _DONE, super()._item(item))

    def list(self, el: Element, inside: bool) -> str:
        """Return a list; a list whose items contain more than a line and lists below it is custom HTML."""
        lines = all(inner.tag in PLAIN_LIST for inner in el.iterdescendants())
        one_each = all([child.tag == "p" for child in li] == [n == 0 for n in range(len(li))] for li in el.iter("li"))
        if not (lines and one_each):
            return self.card(super().list(el, True), inside)
        items = (_block("list-item", f"<li{self._id(item)}>{self._item(item)}</li>") for item in el)
        start = el.get("start") if el.tag == "ol" else None
        number = int(start) if start and start.isdecimal() else None
        markup = f'<{el.tag}{attributes(start=start)} class="wp-block-list">{"".join(items)}</{el.tag}>'
        return _block("list", markup, ordered=True if el.tag == "ol" else None, start=number)

    def quote(self, el: Element, inside: bool) -> str:
        """Return a quotation with its blocks."""
        inner = "\n\n".join(block for child in el if (block := self.block(child)))
        return _block("quote", f'<blockquote class="wp-block-quote"{self._id(el)}>{inner}</blockquote>')

    def code(self, el: Element, inside: bool) -> str:
        """Return lines of code as they are."""
        text = self.quoted(html.escape(text_of(el), quote=False))
        return _block("code", f'<pre class="wp-block-code"><code>{text}</code></pre>')

    def rule(self, el: Element, inside: bool) -> str:
        """Return a divider."""
        return _block("separator", '<hr class="wp-block-separator has-alpha-channel-opacity"/>')

    def table(self, el: Element, inside: bool) -> str:
        """Return a table; a table with lists or quotes in its cells is custom HTML."""
        if any(inner.tag not in _IN_CELL for cell in el.iter("td", "th") for inner in cell.iterdescendants()):
            return self.card(f'<figure class="wp-block-table">{super().table(el, True)}</figure>', inside)
        parts = (f"<{part.tag}>{''.join(self._row(row) for row in part)}</{part.tag}>" for part in el)
        table = f'<figure class="wp-block-table"><table>{"".join(parts)}</table></figure>'
        # Columns of the same width break words in two on a phone.
        return _block("table", table, hasFixedLayout=False)

    def cell_attributes(self, cell: Element) -> dict[str, str | None]:
        """Return the attributes of a cell, with the alignment as the editor's tables write it."""
        cell_attributes = super().cell_attributes(cell)
        if (align := cell_attributes.pop("align")) is None:
            return cell_attributes
        return {"class": f"has-text-align-{align}", "data-align": align, **cell_attributes}

    def cell(self, cell: Element) -> str:
        """Return the content of a cell: its paragraphs separated by line breaks, as in the editor's tables."""
        if any(inner.tag not in _IN_CELL for inner in cell.iterdescendants()):
            return super().cell(cell)
        lines = [self.text(cell.text)]
        for child in cell:
            if child.tag in INLINE:
                lines[-1] += self.inline_element(child) + self.text(child.tail)
            else:
                images = child.iter("img") if child.tag == "figure" else None
                lines.append(self.inline(child) if images is None else " ".join(map(self.inline_element, images)))
                lines.append(self.text(child.tail))
        return "<br>".join(line.strip() for line in lines if line.strip())

    def details(self, el: Element, inside: bool) -> str:
        """Return a collapsible section with its blocks."""
        summary = el.find("summary")
        # For the editor a title is one text, without blocks.
        title = _COMMENTS.sub("", self.summary_on_one_line(summary)) if summary is not None else ""
        rest = "\n\n".join(block for child in el if child is not summary and (block := self.block(child)))
        return _block("details", f'<details class="wp-block-details"><summary>{title}</summary>{rest}</details>')

    # ---- media --------------------------------------------------------------------------------------------------

    def inline_element(self, el: Element) -> str:
        """Return one inline element; an image gets the class by which themes keep it inside the column."""
        if el.tag != "img":
            return super().inline_element(el)
        source, alt = el.get("src") or "", el.get("alt") or ""
        return f'<img{self.quoted(attributes(src=source, alt=alt))} class="wp-image-0"/>'

    def figure(self, el: Element, inside: bool) -> str:
        """Return an image with its caption, a gallery or a player; a player with an image is that image."""
        if el.get("class") == "gallery" or (el.get("class") and el.find(".//img") is None):
            return super().figure(el, inside)
        images = "".join(self.inline_element(child) for child in el if child.tag != "figcaption")
        link = el.find("a")
        settings = {"id": 0, "sizeSlug": "full", "linkDestination": "none" if link is None else "custom"}
        markup = f'<figure class="wp-block-image size-full"{self._id(el)}>{images}{self._caption(el)}</figure>'
        return _block("image", markup, **settings)

    def gallery(self, el: Element, inside: bool) -> str:
        """Return a gallery of images; players in it are between two galleries."""
        blocks: list[str] = []
        for is_image, children in groupby(el, key=lambda child: child.find(".//img") is not None):
            figures = [self.figure(child, inside) for child in children]
            if is_image:
                classes = "wp-block-gallery has-nested-images columns-default is-cropped"
                images = "\n\n".join(figures)
                figures = [_block("gallery", f'<figure class="{classes}">{images}</figure>', linkTo="none")]
            blocks += figures
        return "\n\n".join(blocks)

    def _caption(self, el: Element) -> str:
        caption = el.find("figcaption")
        text = self.inline(caption) if caption is not None else ""
        return f'<figcaption class="{_CAPTION}">{text}</figcaption>' if text else ""

    def played(self, url: str, title: str | None, caption: str, inside: bool) -> str:
        """Return a media file as the editor's player, a known site as an embed, others as a link.

        The media's title is a link below it.
        """
        caption = caption.replace("<figcaption>", f'<figcaption class="{_CAPTION}">')
        link = f"<p><a{self.quoted(attributes(href=url))}>{self.text(title or url)}</a></p>"
        named = _block("paragraph", link) if title and title != url else ""
        if (kind := media_kind(url)) is not None:
            player = f"<{kind} controls{self.quoted(attributes(src=url))}></{kind}>"
            block = _block(kind, f'<figure class="wp-block-{kind}">{player}{caption}</figure>')
        elif (known := player_of(url)) is not None:
            name, kind = known[0].name, "video" if known[0].kind == "video" else "rich"
            ratio = "wp-embed-aspect-16-9 wp-has-aspect-ratio" if kind == "video" else None
            classes = f"wp-block-embed is-type-{kind} is-provider-{name} wp-block-embed-{name}"
            classes += f" {ratio}" if ratio else ""
            images = f'<div class="wp-block-embed__wrapper">\n{html.escape(url)}\n</div>'
            markup = f'<figure class="{classes}">{images}{caption}</figure>'
            block = _block("embed", markup, url=url, type=kind, providerNameSlug=name, responsive=True, className=ratio)
        else:
            return "\n\n".join(filter(None, (_block("paragraph", link), self.below(caption))))
        return "\n\n".join(filter(None, (block, named)))

    def below(self, caption: str) -> str:
        """Return a `<figcaption>` as a paragraph."""
        text = super().below(caption)
        return _block("paragraph", text) if text else ""

    def missing(self, el: Element, inside: bool) -> str:
        """Return the placeholder of missing content: a block that the editor shows and the page does not."""
        return f"<!-- wp:unwix/missing {_json({'text': text_of(el).strip()})} /-->"

    @classmethod
    def read_back(cls, body: str) -> str:
        """Return the body with links instead of players and boxes instead of check marks, for the fidelity check."""
        body = body.replace(f"<li>{_DONE} ", "<li>☑ ")
        body = cls._EMBED.sub(r'<figure><p><a href="\1">\1</a></p>', body)
        return super().read_back(cls._MEDIA.sub(r'<figure><p><a href="\1">\1</a></p>', body))


TARGET = Target(
    "wordpress",
    path="wordpress.xml!/{slug}",
    shows_title=True,
    draws_cover=True,
    base="wordpress.xml!",
    front=FrontMatter(),
    flavor=MarkdownFlavor("import"),
    url="/{place}/",
    # WordPress drops accents from slugs with tables that depend on its language, and redirects from no other spelling.
    slug=latin_slug,
    # The permalinks of a new installation.
    pages=SitePages(
        {
            "post": "/{year}/{month}/{day}/{slug}/",
            "category": "/category/{name}/",
            "tag": "/tag/{name}/",
            "author": "/author/{name}/",
            "home": "/",
            "feed": "/feed/",
        },
        slug=latin_slug,
        author_slug=transliterated_slug,
        static="redirects",
    ),
    media="uploads",
    import_format=ImportFormat(
        "wordpress.xml",
        WordPressHtml,
        write_files=wxr_files,
        name_groups=(("categories",), ("tags",), ("authors",)),
        takes_comments=True,
        posts=wxr_posts,
    ),
)
