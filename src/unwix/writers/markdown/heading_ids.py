"""Headings: the ids that site generators give them by their text, and what is said where that is not sure.

GitHub's own rule, which Astro and kramdown share for all that is plain, is `unwix.anchors`.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from ...model.article import HEADINGS, Element, text_of
from ...web.github_ids import github_ids
from .read_back import pieces

Slug = Callable[[str], str]
#: Headings with nothing in them that a generator might set in other signs before it makes the id.
_SIMPLE = re.compile(r"[^\W_](?:[^\W_]|[ ,.:;!?'’\"“”()]|(?<=[^\W_])-(?=[^\W_]))*")
_DOUBTFUL = re.compile(r"\.\.|  |[\"'“”’]{2}|\d[ ]?[x/]")


def _kept(text: str, categories: str) -> str:
    """What has one of the Unicode categories (their first letters), `_` and `-`; a `-` for each blank."""
    said = (c if c in "_-" or unicodedata.category(c)[0] in categories else "-" if c == " " else "" for c in text)
    return "".join(said)


def hugo(text: str) -> str:
    """Hugo's `github`: as GitHub's, but the marks of Indian and other scripts are dropped."""
    return _kept(text.strip().lower(), "LN")


def python_markdown(text: str) -> str:
    """The `toc` extension's: ASCII only, blanks and hyphens in a row are one `-`."""
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", ascii_only).strip().lower())


def zola(text: str) -> str:
    """The `slug` crate's, for ASCII: everything but letters and digits is one `-`."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") if text.isascii() else ""


@dataclass(slots=True)
class HeadingIds:
    """The in-page addresses of an article's headings.

    `slugs` has the id of each heading that has a key in the article; `explicit` are the keys of those whose id must
    be written, because the generator makes none, or another one.
    """

    slugs: dict[str, str] = field(default_factory=dict)
    explicit: set[str] = field(default_factory=set)


def anchors_of(article: Element, slug: Slug | None = None) -> HeadingIds:
    """The anchors of an article for a generator that makes ids by `slug`; None for one that makes none."""
    headings = [(heading, text_of(heading).strip()) for heading in article.iter(*HEADINGS)]
    found = HeadingIds()
    made = Counter(slug(text) for _, text in headings) if slug else Counter()
    taken = {said for said, number in made.items() if number}
    for heading, text in headings:
        if not (key := heading.get("id")):
            continue
        automatic = slug(text) if slug else ""
        if automatic and made[automatic] == 1 and _is_simple(text):
            found.slugs[key] = automatic
            if any(inner.tag != "strong" for inner in heading.iterdescendants()):  # some go by the Markdown in it
                found.explicit.add(key)
            continue
        found.slugs[key] = _free(text, key, taken)
        found.explicit.add(key)
    return found


def _is_simple(text: str) -> bool:
    """Whether every generator makes the same id of the text, but for what it leaves out."""
    return _SIMPLE.fullmatch(text) is not None and not _DOUBTFUL.search(text)


def _free(text: str, key: str, taken: set[str]) -> str:
    """An id of ASCII letters that no other heading has: by the text where that has enough of them, else by the key."""
    said = python_markdown(text)
    name = said if re.match(r"[a-z]", said) else re.sub(r"[^\w-]+", "-", f"part-{key}", flags=re.ASCII)
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    taken.add(free)
    return free


def github_anchors(article: Element) -> HeadingIds:
    """As target `markdown` has them: every heading's address is the one that GitHub gives it, numbered where twice."""
    headings = [*article.iter(*HEADINGS)]
    slugs = github_ids(text_of(heading).strip() for heading in headings)
    return HeadingIds({key: slug for heading, slug in zip(headings, slugs, strict=True) if (key := heading.get("id"))})


def obsidian_anchors(article: Element) -> HeadingIds:
    """As Obsidian has them: a heading's address is its text, without the signs that links are made of."""
    headings = article.iter(*HEADINGS)
    return HeadingIds(
        {key: " ".join(re.sub(r"[#|^:%\[\]\\]", " ", text_of(h)).split()) for h in headings if (key := h.get("id"))}
    )


_IN_HTML = re.compile(r'(?<!\\)(<a href="#|<h[1-6] id=")([^"\n]+)(?=")')


def in_html(text: str, anchors: HeadingIds) -> str:
    """A written text in which links and headings that stand in HTML have the addresses of those in Markdown."""

    def said(found: re.Match[str]) -> str:
        return found[1] + html.escape(anchors.slugs.get(html.unescape(found[2])) or found[2])

    if _IN_HTML.search(text) is None:
        return text
    return "".join(piece if is_code else _IN_HTML.sub(said, piece) for is_code, piece in pieces(text))
