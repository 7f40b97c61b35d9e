"""Render the pages of a review from the templates next to this file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Set
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from msgspec import Struct

from ..model.results import counted
from ..version import __version__
from .post_view import PostView
from .verdict import Row, kept_share, severity, verdict
from .workspace import Workspace, page_name

#: The maximum number of posts in one list, so that it opens at once on a phone.
LIST_LENGTH = 4_000
MOST_SKIPPED = 2_000
#: The names of readers for users.
_READERS = {
    "viewer": "saved page",
    "ricos": "post data (Ricos)",
    "draftjs": "post data (Draft.js)",
    "feed": "feed",
    "text": "text dump",
}
#: Files that the pages need next to them.
ASSETS = ("review.css", "review.js")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}\Z", re.I)
_TILES = {
    "all": "all posts",
    "failed": "failed",
    "lost": "lossy",
    "changed": "changed since",
    "missing": "incomplete",
    "notes": "complete, with notes",
    "clean": "complete",
}
#: The marks in texts: (tag, class, meaning).
_LEGEND = (
    ("del", "lost", "lost"),
    ("ins", "added", "added"),
    ("span", "changed", "changed formatting or link"),
    ("span", "found", "from the page’s data or a duplicate"),
    ("span", "aside", "interface text of Wix"),
)
_LIST_KEYS = (
    ("/", "search"),
    ("j k", "next, previous post"),
    ("Enter", "open the post"),
    ("c", "show all posts again"),
    ("?", "this list"),
)
_POST_KEYS = (
    ("n p", "next, previous place to look at"),
    ("j k", "next, previous post"),
    ("d", "only differences"),
    ("v", "both sides, the source, the Markdown"),
    ("f", "front matter"),
    ("x", "removed lines"),
    ("m", "the Markdown file"),
    ("r", "reviewed, not reviewed"),
    ("a", "next post to check"),
    ("u", "back to the list"),
    ("?", "this list"),
)


class ListEntry(Struct, frozen=True):
    """Values of a post for the list that are in its file, not in the report."""

    date: str
    """The day of the post, or an empty string."""
    cover: str
    """The URL of its cover, relative to the list, or an empty string."""
    hosts: set[str]
    """The hosts that the cover is loaded from."""


_NOTHING = ListEntry("", "", set())


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("unwix.review"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        auto_reload=False,
    )
    environment.filters["sentence"] = lambda text: text if text.startswith("unwix") else text[:1].upper() + text[1:]
    environment.filters["plain"] = lambda kind: kind.replace("-", " ")
    return environment


def asset(name: str) -> bytes:
    """Return the bytes of a file that the pages need next to them."""
    return (files("unwix.review") / "assets" / name).read_bytes()


def post_page(sheet: PostView, case: Workspace, number: int) -> str:
    """Return the page of one post; `number` is the index of its row."""
    place, order, row = case.places[number], case.order, sheet.row
    return (
        _environment()
        .get_template("post.html")
        .render(
            root="../",
            version=__version__,
            keys=_POST_KEYS,
            hosts=sheet.hosts,
            sheet=sheet,
            file=row["output"] or row["source"],
            attention=_next_to_check(case, place),
            title=_title(row),
            language=sheet.language if sheet.language and _LANGUAGE.match(sheet.language) else None,
            list=list_name(place // LIST_LENGTH),
            position=place + 1,
            of=len(order),
            previous=page_name(order[place - 1]) if place else None,
            next=page_name(order[place + 1]) if place + 1 < len(order) else None,
            facts=list(_facts(row)),
            legend=[mark for mark in _LEGEND if mark[1] in sheet.marks],
        )
    )


def _facts(row: Row) -> Any:
    yield "File", row["output"] or "–", None
    if row["url"]:
        yield "URL", row["url"], row["url"] if re.match(r"https?://", row["url"]) else None
    yield "Source", row["source"], None
    for copy in row["duplicates"]:
        yield "Duplicate", copy, None
    if row["reader"]:
        yield "Source format", _READERS.get(row["reader"], row["reader"]), None
    if row["detected_by"]:
        yield "Detected by", ", ".join(row["detected_by"]), None


def _next_to_check(case: Workspace, place: int) -> str | None:
    """Return the page of the next post in the list, if it needs attention."""
    after = case.order[place + 1 : place + 2]
    needs = [n for n in after if verdict(case.rows[n], n in case.edited) not in ("notes", "clean")]
    return page_name(needs[0]) if needs else None


def list_name(part: int) -> str:
    """Return the file name of a part of the list."""
    return f"index-{part + 1}.html" if part else "index.html"


def list_pages(
    case: Workspace, remote: bool, changed: Set[int], entries: Mapping[int, ListEntry]
) -> list[tuple[str, str]]:
    """Return the list, most severe first, as (file, HTML); a blog of many thousand posts has several parts.

    `remote`: images come from Wix's servers; `changed` are the posts whose files were changed since the conversion;
    `entries` are by the numbers of posts.
    """
    parts = max(1, -(-len(case.rows) // LIST_LENGTH))
    return [(list_name(part), _list_page(case, remote, changed, entries, part, parts)) for part in range(parts)]


def _list_page(
    case: Workspace, remote: bool, changed: Set[int], entries: Mapping[int, ListEntry], part: int, parts: int
) -> str:
    rows_of_part = case.order[part * LIST_LENGTH : (part + 1) * LIST_LENGTH]
    verdicts = Counter(verdict(row, n in changed) for n, row in enumerate(case.rows))
    here = Counter(verdict(case.rows[n], n in changed) for n in rows_of_part)
    kinds = Counter(kind for n in rows_of_part for kind in {p["kind"] for p in case.rows[n]["problems"]})
    readers = Counter(case.rows[n]["reader"] for n in rows_of_part if case.rows[n]["reader"])
    headline, lead = _verdict_on_all(verdicts)
    labels = [f"{n * LIST_LENGTH + 1} to {min((n + 1) * LIST_LENGTH, len(case.rows))}" for n in range(parts)]
    return (
        _environment()
        .get_template("index.html")
        .render(
            root="",
            version=__version__,
            keys=_LIST_KEYS,
            hosts=sorted({host for n in rows_of_part if n in entries for host in entries[n].hosts}),
            covers=any(n in entries and entries[n].cover for n in rows_of_part),
            total=counted(len(case.rows), "post"),
            headline=headline,
            lead=lead,
            tiles=[
                {"name": name, "label": label, "number": len(rows_of_part) if name == "all" else here[name]}
                for name, label in _TILES.items()
                if name == "all" or here[name]
            ],
            kinds=sorted(kinds.items(), key=lambda item: (severity(item[0]) == "note", -item[1], item[0])),
            readers=sorted(readers.items()),
            source_format=lambda reader: _READERS.get(reader, reader),
            posts=[_entry(case.rows[n], n, n in changed, entries.get(n, _NOTHING)) for n in rows_of_part],
            part=labels[part] if parts > 1 else None,
            others=[{"label": labels[n], "href": list_name(n), "current": n == part} for n in range(parts)]
            if parts > 1
            else [],
            skipped=case.skipped[:MOST_SKIPPED],
            more_skipped=len(case.skipped[MOST_SKIPPED:]),
            remote=remote,
        )
    )


def _verdict_on_all(verdicts: Counter[str]) -> tuple[str, str]:
    """Return a headline with the counts of the tiles, and a sentence below it."""
    total = verdicts.total()
    if not total:
        return "No posts", "The report contains no posts."
    attention = total - verdicts["notes"] - verdicts["clean"]
    if not attention:
        return (
            f"{counted(total, 'post')}, all complete",
            "Every word, heading, link and image of the sources is in the Markdown.",
        )
    parts = [
        f"{verdicts[name]} {label}"
        for name, label in (("failed", "failed"), ("lost", "lossy"), ("changed", "changed"), ("missing", "incomplete"))
        if verdicts[name]
    ]
    return (
        f"{attention} of {counted(total, 'post')} {'needs' if attention == 1 else 'need'} attention",
        f"{', '.join(parts)}. The list is sorted by severity; all other posts are complete.",
    )


def _title(row: Row) -> str:
    return str(row["title"] or row["output"] or row["source"])


def _entry(row: Row, number: int, changed: bool, entry: ListEntry) -> dict[str, Any]:
    kinds = Counter(p["kind"] for p in row["problems"])
    words = row["fidelity"].get("words") if isinstance(row.get("fidelity"), dict) else None
    kept_words, all_words = words if isinstance(words, list) and len(words) == 2 else (None, None)
    return {
        "number": number,
        "page": page_name(number),
        "title": _title(row),
        "date": entry.date,
        "cover": entry.cover,
        "titled": bool(row["title"]),
        "reason": row["problems"][0]["detail"] if row["file"] == "failed" and row["problems"] else None,
        "where": row["output"] or row["source"],
        "verdict": verdict(row, changed),
        "kinds": " ".join(sorted(kinds)),
        "reader": row["reader"],
        "chips": [
            {"kind": kind, "number": n, "severity": severity(kind)}
            for kind, n in sorted(kinds.items(), key=lambda item: (severity(item[0]) == "note", item[0]))
        ],
        "kept": kept_words,
        "there": all_words,
        "share": round(100 * kept_share(row), 1),
    }
