"""Edit links: turn dead links to the old site into text, and remove tracking parameters."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import parse_qsl, unquote, urlsplit, urlunsplit

from lxml import etree

from ...model.article import Element
from ...model.results import counted

#: Tracking parameters: they state only where a reader came from.
_TRACKING = frozenset(
    {
        "fbclid", "gclid", "gbraid", "wbraid", "dclid", "msclkid", "igsh", "igshid", "mc_cid", "mc_eid", "_ga", "_gl",
        "yclid", "twclid", "ttclid", "li_fat_id", "ref_src", "ref_url", "si_source", "mkt_tok", "_hsenc", "_hsmi",
        "vero_id", "oly_anon_id", "oly_enc_id", "s_kwcid", "wickedid", "trk", "trkcampaign",
    }
)  # fmt: skip
_PREFIXES = ("utm_", "pk_", "mtm_", "hsa_", "ga_")


def unlink(article: Element, urls: Collection[str]) -> str | None:
    """Replace the links with these URLs by their text."""
    links = [a for a in article.iter("a") if a.get("href") in urls]
    for link in links:
        link.tag = "unlinked"
    etree.strip_tags(article, "unlinked")
    if not links:
        return None
    return f"{counted(len(links), 'link')} to tags of the old site that have no page on the new one: the text stays"


def strip_tracking(article: Element) -> str | None:
    """Remove tracking parameters from the URLs of links."""
    changed = 0
    for link in article.iter("a"):
        href = link.get("href") or ""
        if "?" in href and (clean := without_tracking(href)) != href:
            if link.text == href and not len(link):
                link.text = clean
            link.set("href", clean)
            changed += 1
    return f"tracking parameters were removed from {counted(changed, 'link')}" if changed else None


def without_tracking(url: str) -> str:
    """Return a URL without tracking parameters, otherwise unchanged."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    if parts.scheme not in ("http", "https") or not parts.query:
        return url
    parameters = [pair for pair in parts.query.split("&") if not _is_tracking(pair)]
    if len(parameters) == len(parts.query.split("&")):
        return url
    return urlunsplit(parts._replace(query="&".join(parameters)))


def _is_tracking(pair: str) -> bool:
    name = next((name for name, _ in parse_qsl(pair, keep_blank_values=True)), unquote(pair)).lower()
    return name in _TRACKING or name.startswith(_PREFIXES)
