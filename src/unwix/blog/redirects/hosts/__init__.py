"""The hosts that redirects can be written for: the format of each, and how its files answer requests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from msgspec import Struct

from . import apache, caddy, ghost, lines, nginx, redirection, stubs, tables, vercel
from .rules import HostFiles, Matcher, Rule
from .tables import SHOPIFY, WEBFLOW

__all__ = ["HOSTS", "Host", "HostFiles", "Matcher", "Rule"]


class Host(Struct, frozen=True):
    """One host or server: how its rules are written, and how they are read back."""

    title: str
    write: Callable[[list[Rule]], HostFiles]
    read: Callable[[Mapping[str, str]], Matcher]
    file: str | None
    """The name of its file; None for a host with a file for each URL."""
    folder: str = "static"
    """The directory of the files: `static` is the one that the generator copies to the site."""
    system: str = ""
    """The target whose URLs the new site has, for a blog system; empty: the target that OUTPUT was written for."""
    limit: str = ""
    """The host's maximum number of rules, as a sentence."""


HOSTS: dict[str, Host] = {
    "netlify": Host("Netlify", lines.netlify, partial(lines.read, decodes=True), lines.FILE),
    "cloudflare": Host(
        "Cloudflare Pages",
        lines.cloudflare,
        partial(lines.read, decodes=False),
        lines.FILE,
        limit=f"Cloudflare accepts {lines.STATIC:,} plain rules and {lines.DYNAMIC} patterns.",
    ),
    "vercel": Host(
        "Vercel", vercel.write, vercel.read, vercel.FILE, "", limit=f"Vercel accepts {vercel.ROUTES:,} routes."
    ),
    "nginx": Host("nginx", nginx.write, nginx.read, nginx.FILE, "redirects"),
    "apache": Host("Apache", apache.write, apache.read, apache.FILE),
    "caddy": Host("Caddy", caddy.write, caddy.read, caddy.FILE, "redirects"),
    "github-pages": Host("GitHub Pages", stubs.write, stubs.read, None),
    "hugo": Host("Hugo", stubs.write, stubs.read, None),
    "jekyll": Host("Jekyll", stubs.write, stubs.read, None),
    "wordpress": Host("WordPress", redirection.write, redirection.read, redirection.FILE, "redirects", "wordpress"),
    "ghost": Host("Ghost", ghost.write, ghost.read, ghost.FILE, "redirects", "ghost"),
    "webflow": Host("Webflow", WEBFLOW.write, WEBFLOW.read, WEBFLOW.file, "redirects", "webflow"),
    "shopify": Host("Shopify", SHOPIFY.write, SHOPIFY.read, SHOPIFY.file, "redirects", "shopify"),
    "csv": Host("a table", tables.plain, tables.read_plain, tables.PLAIN, "redirects"),
}
