"""Webflow: one table for the CSV import of a CMS collection.

In the CMS panel choose *Import* and `webflow.csv`, and assign the columns to the fields of your collection: `Post Body`
to a rich text, `Main Image` to an image, `Published On` to a date, `Draft` to a switch. The columns are named like the
fields of Webflow's blog template, whose posts are at `/post/SLUG`. Authors, categories and tags are separated by
semicolons, as [reference fields](https://webflow.com/updates/csv-import-now-supports-reference-and-multi-reference-fields)
need them: import the collections that they refer to first, or use plain text fields.

Slugs are ASCII, other scripts transliterated, because Webflow accepts no others. Webflow's rich text has no tables,
collapsibles and players of other sites: these are code embeds (`data-rt-embed-type`). Give every image a public URL:
those of Wix's servers work as long as the old site exists.
"""

from __future__ import annotations

from ....model.article import Element
from ...article_html import attributes
from ...import_files.import_format import ImportFormat
from ...import_files.import_html import ImportHtml
from ...import_files.post_tables import WEBFLOW, post_table
from ...import_files.read_back import table_posts
from ...markdown.flavor import MarkdownFlavor
from ...slugs import transliterated_slug
from ...target import FrontMatter, SitePages, Target


class WebflowHtml(ImportHtml):
    """HTML of Webflow's rich text; everything for which it has no element is a code embed."""

    def card(self, markup: str, inside: bool) -> str:
        """Return a code embed."""
        return markup if inside else f'<div data-rt-embed-type="true">{markup}</div>'

    def figure(self, el: Element, inside: bool) -> str:
        """Return an image in the form of Webflow's rich text."""
        if el.get("class"):
            return super().figure(el, inside)
        caption = el.find("figcaption")
        below = f"<figcaption>{self.inline(caption)}</figcaption>" if caption is not None else ""
        images = "".join(self.inline_element(child) for child in el if child.tag != "figcaption")
        start = 'class="w-richtext-align-center w-richtext-figure-type-image" data-rt-type="image"'
        return f"<figure{attributes(id=el.get('id'))} {start}><div>{images}</div>{below}</figure>"


TARGET = Target(
    "webflow",
    path="webflow.csv!/{slug}",
    base="webflow.csv!",
    front=FrontMatter(),
    flavor=MarkdownFlavor("import"),
    url="/post/{place}",
    slug=transliterated_slug,
    pages=SitePages({"home": "/blog"}, slug=transliterated_slug, static="redirects"),
    import_format=ImportFormat("webflow.csv", WebflowHtml, post_table(WEBFLOW), posts=table_posts("Name", "Post Body")),
)
