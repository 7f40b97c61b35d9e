"""Places: where in a page a field of its metadata may be, and how it is read there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from ...model.article import Element, text_of
from ...web.printed_dates import printed_date
from ...web.saved_links import LinkRestorer
from ...web.text_cleaning import plain
from ...wix import media_urls as media
from .page_data import PageData
from .parse import HtmlPage, JsonLd

_MOST_DIGITS = 15
_NUMBER = re.compile(r"\d+")
#: Hooks of what is not the post's own: the cards of other posts under it, and what readers wrote.
_OTHERS = ("recent-post", "related-post", "wc-")
_COUNT = re.compile(r"\s*(\d{1,3}(?:[ .,\u00a0\u202f]\d{3})+|\d+)(?![\d.,]*\s?[KMkm万만千тт]\b)")


@dataclass(slots=True)
class Sources:
    """All that a page tells about its post: what the places below look into."""

    page: HtmlPage
    ld: JsonLd
    embedded: PageData
    root: Element
    """The post's own element: what lies outside of it (menus, recent posts) says nothing about it."""
    url: str | None = None

    def hooks(self, *names: str) -> list[Element]:
        """Elements with one of the `data-hook`s inside the post's own element, in the order of the names."""
        return [node for name in names for node in self.page.hooks.get(name, ()) if self._own(node)]

    def _own(self, node: Element) -> bool:
        for parent in node.iterancestors():
            if parent is self.root:
                return True
            if (parent.get("data-hook") or "").startswith(_OTHERS):
                return False
        return node is self.root


Place = tuple[str, Callable[[Sources], Any]]


def meta(name: str) -> Place:
    """A `<meta>` element, by its property or name."""
    return f"meta {name}", lambda s: s.page.metas.get(name)


def ld(*path: str) -> Place:
    """A string of the JSON-LD posting, by its path."""
    return "JSON-LD " + ".".join(path), lambda s: s.ld.text(*path)


def post(name: str) -> Place:
    """A field of the post's own data that the page embeds."""
    return f"embedded post.{name}", lambda s: s.embedded.post.get(name)


def hook(*names: str) -> Place:
    """The text of the first element with one of the hooks."""

    def look(s: Sources) -> str | None:
        return next((t for node in s.hooks(*names) if (t := plain(text_of(node)))), None)

    return f"data-hook {names[0]}", look


def title_hook(s: Sources) -> str | None:
    """The post's heading; not the one that a program translated, as `og:title` is the author's."""
    found = s.hooks("post-title") if not s.page.translated or not s.page.metas.get("og:title") else []
    inner = [n for n in found if n.tag in ("h1", "h2")] or found
    return next((t for node in inner if (t := plain(text_of(node)))), None)


def og_title(s: Sources) -> str | None:
    """`og:title` without the site's name, which some sites put behind it."""
    title = plain(s.page.metas.get("og:title"))
    site = plain(s.page.metas.get("og:site_name"))
    if title and site:
        for mark in (" | ", " - ", " – "):
            if title.endswith(mark + site) and len(title) > len(mark + site):
                return title.removesuffix(mark + site)
    return title


def page_title(s: Sources) -> str | None:
    """The `<title>` of a page with one post: all that is left where a program took the metas away."""
    return plain(s.page.tree.findtext(".//title")) if s.root is s.page.tree else None


def amp_title(s: Sources) -> str | None:
    """The heading of an AMP copy."""
    return plain(text_of(h)) if s.page.is_amp and (h := next(s.page.tree.iter("h1"), None)) is not None else None


def names(nodes: Iterable[Element]) -> list[str]:
    """The texts of elements, each once."""
    return list(dict.fromkeys(t for node in nodes if (t := plain(text_of(node)))))


def linked(s: Sources, part: str) -> list[str]:
    """Labels of the links in the post's own footer whose address has `part`.

    Newest pages, where labels are localised.
    """
    footers = s.hooks("post-footer")[:1]
    return names(a for f in footers for a in f.iter("a") if part in (a.get("href") or ""))


def category_labels(s: Sources) -> list[str]:
    """The post's category labels, until about 2024."""
    return names(s.hooks("category-label-list__item"))


def tag_cloud(s: Sources) -> list[str]:
    """The tags under the post."""
    return names(a for cloud in s.hooks("tag-cloud-root") for a in cloud.iter("a"))


def lists(s: Sources, restorer: LinkRestorer) -> dict[str, str]:
    """Addresses of the blog's lists that the page links its post to (categories, tags, author), with their names.

    A name does not tell its address: Wix drops accents from some, and puts a number behind doubles.
    """
    areas = [*s.hooks("post-footer")[:1], *s.hooks("category-label-list__item", "tag-cloud-root", "profile-link")]
    said = [(a.get("href") or "", plain(text_of(a))) for area in areas for a in area.iter("a")]
    for part, items in (("categories", s.embedded.categories), ("tags", s.embedded.tags)):
        said += [
            (f"/blog/{part}/{quote(slug)}", plain(i.get("label"))) for i in items if (slug := plain(i.get("slug")))
        ]
    found: dict[str, str] = {}
    for href, name in said:
        if name and any(part in href for part in ("/categories/", "/tags/", "profile/")):
            found.setdefault(restorer.restore(href).href or href, name)
    return found


def section(s: Sources) -> list[str]:
    """The sections that JSON-LD names."""
    value = s.ld.posting.get("articleSection")
    return [t for v in (value if isinstance(value, list) else [value]) if (t := plain(v))]


def language(s: Sources) -> str | None:
    """What `<html lang>` declares."""
    html = s.page.tree if s.page.tree.tag == "html" else None
    return plain((html.get("lang") or "").partition("-x-mtfrom-")[0]) if html is not None else None


def cover_address(address: str | None) -> str | None:
    """A picture's address brought back to the original; None for a path that leads nowhere."""
    if not address:
        return None
    found = media.original_url(address)
    return found if found.startswith("http") else None


def cover_media(s: Sources) -> str | None:
    """The cover in the post's own data."""
    cover = s.embedded.post.get("coverMedia")
    image = cover.get("image") if isinstance(cover, dict) and cover.get("enabled", True) else None
    address = (image.get("url") or image.get("id")) if isinstance(image, dict) else None
    return cover_address(address) if isinstance(address, str) else None


def hero_alt(s: Sources) -> str | None:
    """The alternative text of the picture above the post."""
    return next((plain(i.get("alt")) for h in s.hooks("post-hero-image") for i in h.iter("img") if i.get("alt")), None)


def embedded_alt(s: Sources) -> str | None:
    """The cover's alternative text in the post's own data."""
    cover = s.embedded.post.get("coverMedia")
    return plain(cover.get("altText") or cover.get("alt")) if isinstance(cover, dict) else None


def count(text: str | None) -> int | None:
    """The whole number at the start of a counter (`1,234 views`).

    None for a shortened one (`1.2K`), which is not exact.
    """
    found = _COUNT.match(text or "")
    return _small(re.sub(r"\D", "", found[1])) if found else None


def _small(digits: str) -> int | None:
    """A number that a counter may show; None for a row of digits that no counter reaches."""
    return int(digits) if len(digits) <= _MOST_DIGITS else None


def stats(position: int, hook: str) -> Place:
    """Views and comments: each has a hook of its own since 2025, before they were the two spans of `post-stats`."""

    def look(s: Sources) -> int | None:
        for node in s.hooks(hook):
            if (number := count(plain(text_of(node)))) is not None:
                return number
        for counters in s.hooks("post-stats")[:1]:
            spans = [text for span in counters if (text := plain(text_of(span)))]
            if len(spans) == 2:
                return count(spans[position])
        return None

    return f"data-hook {hook} or post-stats", look


def metric(name: str) -> Place:
    """A count in the post's own data."""
    return f"embedded metrics.{name}", lambda s: s.embedded.metrics.get(name)


def first_number(hook: str) -> Place:
    """The first number in the text of a hook."""

    def look(s: Sources) -> int | None:
        found = next((_NUMBER.search(t) for n in s.hooks(hook) if (t := plain(text_of(n)))), None)
        return _small(found[0]) if found else None

    return f"data-hook {hook}", look


def printed(position: int) -> Place:
    """The date that the page prints: the first is of publishing, one behind `Updated:` of the last change."""

    def look(s: Sources) -> str | None:
        shown = [t for node in s.hooks("time-ago") if (t := plain(node.get("title")) or plain(text_of(node)))]
        return printed_date(shown[position], plain(s.page.tree.get("lang"))) if len(shown) > position else None

    return "data-hook time-ago", look


def commenting(s: Sources) -> str | None:
    """Whether comments are allowed."""
    enabled = s.embedded.post.get("commentingEnabled")
    return {True: "open", False: "closed"}.get(enabled) if isinstance(enabled, bool) else None


def authors(value: Any) -> list[str]:
    """An author's name as a list; empty for none."""
    return [name] if (name := plain(value)) else []


def is_number(value: Any) -> int | None:
    """A whole number that is not negative, else None."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
