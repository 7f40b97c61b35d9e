"""Define where each metadata field of a post can be in a page, and how it is read from there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote

from msgspec import Struct

from ...model.article import Element, text_nodes, text_of
from ...web.printed_dates import printed_date
from ...web.saved_links import LinkRestorer
from ...web.text_cleaning import plain
from ...wix import media_urls as media
from ...wix.filler_texts import author_alt
from ...wix.ui_texts.match import classify, updated_date
from .page_data import PageData
from .parse import HtmlPage, JsonLd

_MOST_DIGITS = 15
_NUMBER = re.compile(r"\d+")
#: Hooks of content other than the post: the cards of other posts below it, and readers' comments.
OTHER_HOOKS = ("recent-post", "related-post", "post-list-", "wc-")
#: Suffixes of shortened numbers: thousands, ten thousands or millions, in the languages of Wix's interface.
_SHORTENED = (
    r"K|M|B|E|N|Tr|mil|mio|mln|mi|tn|tis|tys|Tsd|tuh|tus|mii|rb|jt|rib|ezer|тыс|тис|млн|χιλ|εκ|ألف|مليون|אלף"
    r"|万|萬|億|亿|千|만|천|억|พัน|หมื่น|ล้าน|हज़ार|लाख"
)
_COUNT = re.compile(
    r"(?<!\d)(?<!\d[.,])(\d{1,3}(?:[ .,'’\u00a0\u202f\u066c]\d{3})+|\d+)(?![.,]?\d)"
    rf"(?!\s?(?:{_SHORTENED})(?:[.\s]|$|(?<=[^a-zA-Zа-яΑ-ω])))",
    re.IGNORECASE,
)


class Sources(Struct):
    """The parts of a page that can state a field of its post."""

    page: HtmlPage
    ld: JsonLd
    embedded: PageData
    root: Element
    """The post's own element: everything outside of it (menus, recent posts) is not about the post."""
    url: str | None = None
    body: Element | None = None
    """The element with the post's text."""
    _footers: list[Element] | None = None
    """The footers that were found; finding them takes a walk over the page."""

    def hooks(self, *names: str) -> list[Element]:
        """Return the elements with one of the `data-hook`s inside the post's own element, in the order of the names."""
        return [node for name in names for node in self.page.hooks.get(name, ()) if self._is_own(node)]

    def footers(self) -> list[Element]:
        """Return the footer of the post; until 2022 it has an id but no hook."""
        if self._footers is None:
            self._footers = self._find_footers()
        return self._footers

    def _find_footers(self) -> list[Element]:
        footers = self.hooks("post-footer")[:1]
        if footers or self.root is not self.page.tree:
            return footers
        return [node for node in self.page.tree.iter("div", "footer") if node.get("id") == "post-footer"][:1]

    def _is_own(self, node: Element) -> bool:
        for parent in node.iterancestors():
            if parent is self.root:
                return True
            if (parent.get("data-hook") or "").startswith(OTHER_HOOKS):
                return False
        return node is self.root


#: The name of a place, as `inspect` shows it, and the function that reads it.
FieldSource = tuple[str, Callable[[Sources], Any]]


def meta(name: str) -> FieldSource:
    """Read a `<meta>` element, by its property or name."""
    return f"meta {name}", lambda s: s.page.metas.get(name)


def ld(*path: str) -> FieldSource:
    """Read a string of the JSON-LD posting, by its path."""
    return "JSON-LD " + ".".join(path), lambda s: s.ld.text(*path)


def post(name: str) -> FieldSource:
    """Read a field of the post's own data that the page embeds."""
    return f"embedded post.{name}", lambda s: s.embedded.post.get(name)


def hook(*names: str) -> FieldSource:
    """Read the text of the first element with one of the hooks."""

    def read(s: Sources) -> str | None:
        return next((t for node in s.hooks(*names) if (t := plain(shown_text(node)))), None)

    return f"data-hook {names[0]}", read


def shown_text(node: Element) -> str:
    """Return the text of an element without copies that are hidden from screen readers.

    Pages saved from a live browser contain a counter twice: `<div aria-hidden="true">15</div><span>15 views</span>`.
    """
    hidden = [n for n in node.iter() if isinstance(n.tag, str) and n.get("aria-hidden") == "true" and n is not node]
    if not hidden:
        return text_of(node)
    text_shown = "".join(text for _node, _is_tail, text in text_nodes(node, hidden.__contains__))
    return text_shown if text_shown.strip() else text_of(node)


def names(nodes: Iterable[Element]) -> list[str]:
    """Return the texts of elements without duplicates."""
    return list(dict.fromkeys(t for node in nodes if (t := plain(shown_text(node)))))


def linked(s: Sources, part: str) -> list[str]:
    """Return the labels of links whose URL contains `part`: in the post's footer, else in a list of only such links.

    The labels of the lists are in the site's language, so only URLs distinguish them.
    """
    linked_names = names(a for f in s.footers() for a in f.iter("a") if part in (a.get("href") or ""))
    if linked_names or s.root is not s.page.tree or s.hooks("post-footer"):
        return linked_names
    return names(a for group in _link_lists(s, part) for a in group)


def _link_lists(s: Sources, part: str) -> Iterable[list[Element]]:
    """Yield the links of each list that contains nothing else, outside of the text, header and footer of the page."""
    for group in s.page.tree.iter("ul", "nav"):
        links = list(group.iter("a"))
        inside = s.body is not None and any(parent is s.body for parent in group.iterancestors())
        if not links or inside or not all(part in (a.get("href") or "") for a in links):
            continue
        parents = list(group.iterancestors())
        if not any(p.tag in ("header", "footer") or (p.get("data-hook") or "").startswith(_MENUS) for p in parents):
            yield links


_MENUS = ("header-navigation", "feed-page", "category-menu", *OTHER_HOOKS)


def category_labels(s: Sources) -> list[str]:
    """Return the post's category labels, which are above the title until about 2024."""
    return names(s.hooks("category-label-list__item"))


def tag_cloud(s: Sources) -> list[str]:
    """Return the tags below the post."""
    return names(a for cloud in s.hooks("tag-cloud-root") for a in cloud.iter("a"))


def lists(s: Sources, restorer: LinkRestorer) -> dict[str, str]:
    """Return the blog's lists that the page links its post to (categories, tags, author): the name for each URL.

    A URL does not follow from its name: Wix drops accents in some, and numbers duplicates.
    """
    areas = [*s.footers(), *s.hooks("category-label-list__item", "tag-cloud-root", "profile-link")]
    links = [(a.get("href") or "", plain(shown_text(a))) for area in areas for a in area.iter("a")]
    for part, items in (("categories", s.embedded.categories), ("tags", s.embedded.tags)):
        links += [
            (f"/blog/{part}/{quote(slug)}", plain(i.get("label"))) for i in items if (slug := plain(i.get("slug")))
        ]
    result: dict[str, str] = {}
    for href, name in links:
        if name and any(part in href for part in ("/categories/", "/tags/", "profile/")):
            result.setdefault(restorer.restore(href).href or href, name)
    return result


def section(s: Sources) -> list[str]:
    """Return the sections in the JSON-LD."""
    value = s.ld.posting.get("articleSection")
    return [t for v in (value if isinstance(value, list) else [value]) if (t := plain(v))]


def language(s: Sources) -> str | None:
    """Return the language that `<html lang>` declares."""
    html = s.page.tree if s.page.tree.tag == "html" else None
    return plain((html.get("lang") or "").partition("-x-mtfrom-")[0]) if html is not None else None


def cover_url(url: str | None) -> str | None:
    """Return the original of an image's URL; None for a path without a host."""
    if not url:
        return None
    original = media.original_url(url)
    return original if original.startswith("http") else None


def cover_media(s: Sources) -> str | None:
    """Return the cover in the post's own data."""
    cover = s.embedded.post.get("coverMedia")
    image = cover.get("image") if isinstance(cover, dict) and cover.get("enabled", True) else None
    url = (image.get("url") or image.get("id")) if isinstance(image, dict) else None
    return cover_url(url) if isinstance(url, str) else None


def hero_alt(s: Sources) -> str | None:
    """Return the alternative text of the image above the post."""
    alts = (author_alt(i.get("alt")) for hero in s.hooks("post-hero-image") for i in hero.iter("img"))
    return next((plain(alt) for alt in alts if alt), None)


def embedded_alt(s: Sources) -> str | None:
    """Return the cover's alternative text in the post's own data."""
    cover = s.embedded.post.get("coverMedia")
    return plain(author_alt(plain(cover.get("altText") or cover.get("alt")))) if isinstance(cover, dict) else None


def count(text: str | None) -> int | None:
    """Return the only whole number in a counter (`1,234 views`, `댓글 3개`); None for a rounded one (`1.2K`)."""
    values = _COUNT.findall(text or "")
    return _plausible(re.sub(r"\D", "", values[0])) if len(values) == 1 else None


def counter(node: Element) -> int | None:
    """Return the number that a counter shows, or that its label for screen readers states."""
    labels = (n.get("aria-label") for n in node.iter() if isinstance(n.tag, str) and n.get("aria-label"))
    numbers = [count(plain(text)) for text in (*labels, shown_text(node))]
    return next((number for number in numbers if number is not None), None)


def _plausible(digits: str) -> int | None:
    """Return a number that a counter can show; None for implausibly many digits."""
    return int(digits) if len(digits) <= _MOST_DIGITS else None


def stats(kind: str, hook: str) -> FieldSource:
    """Read `views` or `comments`: each has its own hook since 2025; before that, they are parts of `post-stats`."""

    def read(s: Sources) -> int | None:
        for node in s.hooks(hook):
            if (number := counter(node)) is not None:
                return number
        for counters in s.hooks("post-stats")[:1]:
            parts = [part for part in counters if plain(shown_text(part))]
            named = [part for part in parts if (ui := classify(plain(shown_text(part)) or "")) and ui.kind == kind]
            if len(named) == 1:
                return counter(named[0])
            if len(parts) == 2:  # a language without a table
                return counter(parts[0 if kind == "views" else 1])
        return None

    return f"data-hook {hook} or post-stats", read


def metric(name: str) -> FieldSource:
    """Read a count in the post's own data."""
    return f"embedded metrics.{name}", lambda s: s.embedded.metrics.get(name)


def first_number(hook: str) -> FieldSource:
    """Read the first number in the text of a hook."""

    def read(s: Sources) -> int | None:
        match = next((_NUMBER.search(t) for n in s.hooks(hook) if (t := plain(shown_text(n)))), None)
        return _plausible(match[0]) if match else None

    return f"data-hook {hook}", read


def printed(is_updated: bool) -> FieldSource:
    """Read a printed date: of the last change, after a label such as `Updated:`, else of publishing."""

    def read(s: Sources) -> str | None:
        nodes = [node for node in s.hooks("time-ago") if _has_updated_label(node) == is_updated]
        texts = [text for node in nodes if (text := plain(node.get("title")) or plain(shown_text(node)))]
        return printed_date(texts[0], plain(s.page.tree.get("lang"))) if texts else None

    return "data-hook time-ago", read


def _has_updated_label(node: Element) -> bool:
    parents = [parent for parent in node.iterancestors() if parent.tag in ("p", "span", "li")][:2]
    return any(updated_date(plain(shown_text(parent)) or "") for parent in parents)


def commenting(s: Sources) -> str | None:
    """Return `open` or `closed`, as the post's own data states."""
    enabled = s.embedded.post.get("commentingEnabled")
    return {True: "open", False: "closed"}.get(enabled) if isinstance(enabled, bool) else None


def authors(value: Any) -> list[str]:
    """Return an author's name as a list; an empty list for other values."""
    return [name] if (name := plain(value)) else []


def nonnegative_number(value: Any) -> int | None:
    """Return the value if it is a nonnegative whole number, else None."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
