"""Determine the title of a post: its heading on the page, and the title for search engines."""

from __future__ import annotations

from ...model.article import Element, text_of
from ...model.facts import text_key
from ...web.tags import LANDMARKS
from ...web.text_cleaning import plain
from .field_sources import OTHER_HOOKS, Sources, shown_text

_TITLE_SEPARATORS = (" | ", " - ", " – ")


def title_hook(s: Sources) -> str | None:
    """Return the post's heading; on a translated page, prefer `og:title`, which is the author's."""
    title_nodes = s.hooks("post-title") if not s.page.translated or not s.page.metas.get("og:title") else []
    headings = [n for n in title_nodes if n.tag in ("h1", "h2")] or title_nodes
    return next((t for node in headings if (t := plain(shown_text(node)))), None)


def visible_title(s: Sources) -> str | None:
    """Return the only `<h1>` outside of the body, header and footer: the title of pages without the blog's hooks.

    `og:title` may be another title, for search engines (docs/wix/studio-pages.md#title-and-author).
    """
    if s.root is not s.page.tree or s.page.translated or s.page.is_amp or s.body is None:
        return None
    site = plain(s.page.metas.get("og:site_name"))
    headings = [h for h in s.page.tree.iter("h1") if not _is_around(h, s.body)]
    texts = [t for t in dict.fromkeys(plain(shown_text(h)) for h in headings) if t and t != site]
    return texts[0] if len(texts) == 1 and _may_be_title(texts[0], og_title(s)) else None


def _is_around(node: Element, body: Element) -> bool:
    return any(
        parent is body or parent.tag in LANDMARKS or (parent.get("data-hook") or "").startswith(OTHER_HOOKS)
        for parent in node.iterancestors()
    )


def _may_be_title(heading: str, stated_title: str | None) -> bool:
    """Return False for a one-word heading that the stated title does not contain: the name of the blog's page."""
    return (
        stated_title is None
        or len(heading.split()) > 1
        or not heading.isascii()
        or heading.lower() in stated_title.lower()
    )


def og_title(s: Sources) -> str | None:
    """Return `og:title` without the site's name, which some sites append."""
    title = plain(s.page.metas.get("og:title"))
    site = plain(s.page.metas.get("og:site_name"))
    if title and site:
        for separator in _TITLE_SEPARATORS:
            if title.endswith(separator + site) and len(title) > len(separator + site):
                return title.removesuffix(separator + site)
    return title


def seo_title(s: Sources) -> str | None:
    """Return the title for search engines of a page whose visible title differs."""
    title, visible = og_title(s), title_hook(s) or visible_title(s)
    return title if visible and title and text_key(title) != text_key(visible) and not s.page.translated else None


def page_title(s: Sources) -> str | None:
    """Return the `<title>` of a page with one post, for pages whose metadata a program removed."""
    return plain(s.page.tree.findtext(".//title")) if s.root is s.page.tree else None


def amp_title(s: Sources) -> str | None:
    """Return the heading of an AMP page."""
    return plain(text_of(h)) if s.page.is_amp and (h := next(s.page.tree.iter("h1"), None)) is not None else None
