"""Cut-over list: what an owner checks before cancelling Wix, from the report and media list of an output.

Each old URL with its new one, media that is still at Wix, links that still lead to the old site, posts that lack
something, comments, and what only Wix's dashboard exports.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from ..model.report_rows import LinksRow, MediaRow
from ..web.urls import split_url
from ..wix.post_urls import parse_url
from .media.urls import is_file, is_remote
from .redirects.plan import Redirects

Row = Mapping[str, Any]
#: The states of media that exist in OUTPUT.
_SAVED = frozenset({"original", "rendition", "local", "archive", "edited"})
#: What no file of a site contains, and where the owner finds it (docs/wix/api.md).
_DASHBOARD = (
    ("Subscribers and contacts", "Contacts → More Actions → Export Contacts"),
    ("Site members", "Site Members → Export"),
    ("Form entries", "Forms & Submissions → each form → Export"),
    ("Bookings, events, orders and invoices", "each app's own list → Export"),
    ("Drafts and scheduled posts", "Blog → Posts → Drafts; `unwix convert --api` reads them with your API key"),
    ("Media that no post uses", "Media Manager → select all → Download"),
    ("The domain, if Wix is its registrar", "Domains → Transfer away from Wix"),
    ("Mailboxes that were bought through Wix", "Business Email → move them before the subscription ends"),
)


class Item(Struct, frozen=True):
    """One thing to check."""

    section: str
    subject: str
    """The old URL, the file or the thing."""
    now: str = ""
    """The new URL, or what is to be done."""
    status: str = ""


def cut_over_list(posts: Sequence[Row], links: LinksRow, media: Iterable[MediaRow], redirects: Redirects) -> list[Item]:
    """Return everything to check, section by section: of report.json, media.json, and the rules for the new site."""
    return [
        *_urls_of_posts(posts, redirects),
        *_other_urls(redirects),
        *_incomplete(posts),
        *_media(posts, media),
        *_links(links),
        *(Item("Comments", str(row["output"]), str(row["comments"]), "saved") for row in posts if row.get("comments")),
        *(Item("Only in Wix's dashboard", what, where, "to export") for what, where in _DASHBOARD),
    ]


def _urls_of_posts(posts: Sequence[Row], redirects: Redirects) -> Iterator[Item]:
    known = {rule.old for rule in redirects.rules}
    for rule in redirects.moved:
        yield Item("Old URLs of posts", rule.old, rule.new, "redirect")
    for old, reason in redirects.left_out:
        if old not in known:
            yield Item("Old URLs of posts", old, "", f"no redirect: {reason}")
    handled = {rule.old for rule in redirects.moved} | {old for old, _ in redirects.left_out}
    for row in posts:
        old_url = parse_url(str(row.get("url") or ""))
        if old_url is None:
            yield Item("Old URLs of posts", str(row.get("output") or row.get("source")), "", "old URL unknown")
        elif old_url.path not in handled and row.get("output"):
            status = "draft, not published" if row.get("draft") else "same path"
            yield Item("Old URLs of posts", old_url.path, "", status)


def _other_urls(redirects: Redirects) -> Iterator[Item]:
    own_rules = set(redirects.moved)
    for rule in redirects.rules:
        if rule not in own_rules:
            old = rule.old + ("/…" if rule.below else "")
            yield Item("Other old URLs (lists, feed, older forms)", old, rule.new, "redirect")


def _incomplete(posts: Iterable[Row]) -> Iterator[Item]:
    for row in posts:
        subject = str(row.get("url") or row.get("output") or row.get("source"))
        if row.get("file") == "failed":
            yield Item("Posts to complete", subject, "", "failed")
        elif row.get("result") in ("incomplete", "lossy"):
            kinds = dict.fromkeys(
                str(problem.get("kind")) for problem in row.get("problems", ()) if problem.get("severity") != "note"
            )
            yield Item("Posts to complete", subject, ", ".join(kinds), str(row["result"]))


def _media(posts: Sequence[Row], media: Iterable[MediaRow]) -> Iterator[Item]:
    rows = list(media)
    at_wix = [row.url for row in rows if row.state not in _SAVED and is_remote(row.url)]
    for url in at_wix:
        yield Item("Media still at Wix", url, "", "not downloaded" if is_file(url) else "elsewhere")
    if not rows and posts:
        what = "all images and files of the posts"
        yield Item("Media still at Wix", what, "convert with --media copy", "not downloaded")


def _links(links: LinksRow) -> Iterator[Item]:
    for link in links.not_exported:
        yield Item("Links that still lead to the old site", link.href, link.source, link.reason)


def as_csv(items: Iterable[Item]) -> str:
    """Return the list as CSV, with one row for each item."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("section", "subject", "now", "status"))
    writer.writerows((item.section, _safe(item.subject), _safe(item.now), item.status) for item in items)
    return out.getvalue()


def _safe(text: str) -> str:
    """Return a text that a spreadsheet does not run as a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def as_markdown(items: Sequence[Item], site: str | None = None) -> str:
    """Return the list as a Markdown task list, with a heading for each section; what is done already is checked."""
    lines = [f"# Before cancelling Wix{f': {_plain(site)}' if site else ''}", ""]
    for section in dict.fromkeys(item.section for item in items):
        group = [item for item in items if item.section == section]
        lines += [f"## {section} ({len(group)})", ""]
        for item in group:
            box = "x" if item.status in ("redirect", "same path", "saved") else " "
            now = f" → {_plain(item.now)}" if item.now else ""
            lines.append(f"- [{box}] {_plain(item.subject)}{now} ({_plain(item.status)})")
        lines.append("")
    return "\n".join(lines)


def _plain(text: str) -> str:
    """Return a text as Markdown that shows it and nothing else."""
    text = "".join(c if c.isprintable() else "�" for c in text)
    special = "<" if text.startswith(("/", "http")) else "\\`*_[]<>|#"
    return "".join(f"\\{c}" if c in special else c for c in text)


def old_site(posts: Iterable[Row]) -> str | None:
    """Return the host of the blog's old site, from the first post whose URL is known."""
    urls = (row.get("url") for row in posts)
    return next((split_url(url).netloc for url in urls if isinstance(url, str) and is_remote(url)), None)
