"""Compute the ids that site generators give headings by their text, and explicit ids if that is uncertain.

GitHub's rule, which Astro and kramdown follow for simple headings, is in `web/github_ids.py`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable

from msgspec import Struct, field

from ...model.article import HEADINGS, Element, text_of
from ...web.github_ids import github_ids

Slug = Callable[[str], str]
#: Headings without characters that a generator might replace (smart quotes, dashes) before it makes the id.
_SIMPLE = re.compile(r"[^\W_](?:[^\W_]|[ ,.:;!?'’\"“”()]|(?<=[^\W_])-(?=[^\W_]))*")
_DOUBTFUL = re.compile(r"\.\.|  |[\"'“”’]{2}|\d[ ]?[x/]")


def ascii_heading_id(text: str) -> str:
    """Return Python-Markdown's id (`toc` extension): only ASCII; adjacent spaces and hyphens are one `-`."""
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", ascii_only).strip().lower())


class HeadingIds(Struct):
    """The ids of an article's headings.

    `slugs` has the id of each heading with a key in the article; `explicit` are the keys of those whose id must be
    written, because the generator makes none or another one.
    """

    slugs: dict[str, str] = field(default_factory=dict)
    explicit: set[str] = field(default_factory=set)


def heading_ids(article: Element, slug: Slug | None = None) -> HeadingIds:
    """Return the ids for a generator that makes them with `slug`; None for a generator that makes none."""
    headings = [(heading, text_of(heading).strip()) for heading in article.iter(*HEADINGS)]
    ids = HeadingIds()
    automatic_ids = Counter(slug(text) for _, text in headings) if slug else Counter()
    used = dict.fromkeys(automatic_ids, 1)
    """Each id in use, with the last number that was added to it."""
    for heading, text in headings:
        if not (key := heading.get("id")):
            continue
        automatic = slug(text) if slug else ""
        if automatic and automatic_ids[automatic] == 1 and _is_simple(text):
            ids.slugs[key] = automatic
            if any(inner.tag != "strong" for inner in heading.iterdescendants()):  # some use the Markdown of it
                ids.explicit.add(key)
            continue
        ids.slugs[key] = _unused_id(text, key, used)
        ids.explicit.add(key)
    return ids


def _is_simple(text: str) -> bool:
    """Return whether every generator makes the same id of the text, except for the characters that it removes."""
    return _SIMPLE.fullmatch(text) is not None and not _DOUBTFUL.search(text)


def _unused_id(text: str, key: str, used: dict[str, int]) -> str:
    """Return an ASCII id that no other heading has: from the text if it has enough letters, else from the key."""
    from_text = ascii_heading_id(text)
    name = from_text if re.match(r"[a-z]", from_text) else re.sub(r"[^\w-]+", "-", f"part-{key}", flags=re.ASCII)
    unused = name
    while unused in used:
        used[name] += 1
        unused = f"{name}-{used[name]}"
    used[unused] = 1
    return unused


def github_heading_ids(article: Element) -> HeadingIds:
    """Return GitHub's ids, with numbers for equal headings."""
    headings = [*article.iter(*HEADINGS)]
    slugs = github_ids(text_of(heading).strip() for heading in headings)
    return HeadingIds({key: slug for heading, slug in zip(headings, slugs, strict=True) if (key := heading.get("id"))})


def obsidian_heading_ids(article: Element) -> HeadingIds:
    """Return the fragments of Obsidian: a heading's text without the characters of link syntax."""
    headings = article.iter(*HEADINGS)
    return HeadingIds(
        {key: " ".join(re.sub(r"[#|^:%\[\]\\]", " ", text_of(h)).split()) for h in headings if (key := h.get("id"))}
    )
