"""Remove the tracking parameters that newsletters, advertisements and social networks add to URLs."""

from __future__ import annotations

from urllib.parse import parse_qsl, unquote, urlunsplit

from ..web.urls import split_url

#: Tracking parameters: they state only where a reader came from.
_TRACKING = frozenset(
    {
        "fbclid", "gclid", "gbraid", "wbraid", "dclid", "msclkid", "igsh", "igshid", "mc_cid", "mc_eid", "_ga", "_gl",
        "yclid", "twclid", "ttclid", "li_fat_id", "ref_src", "ref_url", "si_source", "mkt_tok", "_hsenc", "_hsmi",
        "vero_id", "oly_anon_id", "oly_enc_id", "s_kwcid", "wickedid", "trk", "trkcampaign",
    }
)  # fmt: skip
_PREFIXES = ("utm_", "pk_", "mtm_", "hsa_", "ga_")


def without_tracking(url: str) -> str:
    """Return a URL without tracking parameters, otherwise unchanged."""
    parts = split_url(url)
    if parts.scheme not in ("http", "https") or not parts.query:
        return url
    parameters = [pair for pair in parts.query.split("&") if not _is_tracking(pair)]
    if len(parameters) == len(parts.query.split("&")):
        return url
    return urlunsplit(parts._replace(query="&".join(parameters)))


def _is_tracking(pair: str) -> bool:
    name = next((name for name, _ in parse_qsl(pair, keep_blank_values=True)), unquote(pair)).lower()
    return name in _TRACKING or name.startswith(_PREFIXES)
