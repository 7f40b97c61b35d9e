"""Convert and review a directory, and read the pages of the review."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Tag

from support.post_pages import h, p, picture, post_page
from support.terminal import run

#: Each runs code if a page inserts it without escapes.
ATTACKS = (
    "<script>window.hurt = 1</script>",
    "</script><script>window.hurt = 1</script>",
    "<img src=x onerror='window.hurt = 1'>",
    '"><svg onload="window.hurt = 1">',
    "'-alert(1)-'\u2028window.hurt = 1\u2029",
    "<iframe srcdoc='<script>parent.hurt = 1</script>'></iframe>",
    "{{ 7 * 7 }}{% for x in y %}",
    "\u202egnp.tcefrep",
    "<!--><img src=x onerror=window.hurt=1>-->",
    "<style>*{display:none}</style><base href=https://evil.example/>",
    "<a href='javascript:window.hurt=1' onclick='window.hurt=1'>go</a>",
    "<math><mtext><table><mglyph><style><img src=x onerror=window.hurt=1>",
)


def make(folder: Path, pages: dict[str, bytes], *options: object) -> Path:
    """Convert pages and review them; return the directory of the review."""
    (folder / "in").mkdir(parents=True, exist_ok=True)
    for name, raw in pages.items():
        (folder / "in" / name).write_bytes(raw)
    run("convert", folder / "in", "-o", folder / "out", "--jobs", 0)
    return review(folder, *options)


def review(folder: Path, *options: object) -> Path:
    """Review what was converted before."""
    result = run("review", folder / "out", "--jobs", 0, *options)
    assert result.code == 0, result.err
    return folder / "out/_review"


def soup(path: Path) -> BeautifulSoup:
    """Return a page as an HTML5 parser reads it."""
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def one(page: Tag, selector: str) -> Tag:
    """Return the only element that matches a selector."""
    found = page.select(selector)
    assert len(found) == 1, (selector, len(found))
    return found[0]


def page_of(folder: Path, title: str) -> Path:
    """Return the review page of the post with this title."""
    rows = report(folder)["posts"]
    number = next(n for n, row in enumerate(rows, 1) if row["title"] == title)
    return folder / f"out/_review/posts/{number:05}.html"


def report(folder: Path) -> dict[str, Any]:
    """Return report.json of the output."""
    data: dict[str, Any] = json.loads((folder / "out/report.json").read_text(encoding="utf-8"))
    return data


def edit(folder: Path, name: str, *changes: tuple[str, str]) -> None:
    """Replace text in a post's file, like a fault of unwix."""
    path = folder / "out" / name
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def lossy(folder: Path, output: str, **counts: list[int]) -> None:
    """Change the report so that it states a loss for a post."""
    found = report(folder)
    row = next(row for row in found["posts"] if row["output"] == output)
    row["fidelity"] |= counts
    row["result"] = "lossy"
    row["problems"].append({"kind": "words-lost", "where": "word 5", "detail": "the source says “a”, the Markdown “b”"})
    (folder / "out/report.json").write_text(json.dumps(found), encoding="utf-8")


def usual() -> dict[str, bytes]:
    """Write a small blog: a post with an image, one with a gallery missing in the page, one from right to left."""
    gallery = '<div data-breakout="normal"></div><div type="gallery" data-hook="rcv-block9"></div>'
    hebrew = p("מרק אחד, סיר אחד, חצי שעה.") + h("מה צריך")
    return {
        "kiln.html": post_page(
            h("Firing")
            + p("The kiln wants <strong>two days</strong> of patience and a night.")
            + picture("A kiln at dusk"),
            "A kiln",
            "a-kiln",
        ),
        "market.html": post_page(h("Saturday") + p("Few words, many pictures:") + gallery, "The market", "the-market"),
        "soup.html": post_page(hebrew, "מרק", "soup", lang="he"),
    }
