"""One post with every kind of block, some wider than a column of text, to examine in the destinations.

All of it is written for these tests.
"""

from __future__ import annotations

import json
from pathlib import Path

from support.block_samples import DECORATIONS, NODES
from support.ricos_documents import Json, image, node, p, text
from support.wix_api import comment, post, reference

SLUG = "every-kind-of-block"
TITLE = "Every kind of block"
COMMENT = "How long did the kiln burn?"
_PICTURE = "ab12cd_{:032x}~mv2.jpg"


def _picture(number: int) -> str:
    return _PICTURE.format(number)


def _wide() -> list[Json]:
    """Return blocks that are wider than a column of text, unless an element limits them."""
    containers = [{"width": {"size": size}, "alignment": "CENTER"} for size in ("FULL_WIDTH", "CONTENT", "SMALL")]
    floating = [{"width": {"size": "SMALL"}, "alignment": side} for side in ("LEFT", "RIGHT")]
    images = [
        image(_picture(number), alt=f"Pot {number}", containerData=data)
        for number, data in enumerate([*containers, *floating], 10)
    ]
    items = [{"image": {"media": {"src": {"id": _picture(n)}, "width": 1600, "height": 1067}}} for n in range(20, 25)]
    row = node("TABLE_ROW", *(node("TABLE_CELL", p(f"column number {n} of the table")) for n in range(9)))
    return [
        *(part for shown in images for part in (shown, p("Some words next to the pot. " * 12))),
        node("GALLERY", galleryData={"items": items}),
        node("TABLE", row, row),
        node("CODE_BLOCK", "a line of code that is much longer than any column of text can be, " * 4),
        p("https://www.example.com/" + "a-very-long-path-without-a-space/" * 8),
        node("VIDEO", videoData={"video": {"src": {"id": "video/ab12cd_fedcba98765432100123456789abcdef"}}}),
        node("BLOCKQUOTE", p("Clay remembers everything that you do to it.")),
    ]


def showcase_post() -> Json:
    """Return the post in the form of an API response."""
    decorated = p(*(part for one in DECORATIONS.values() for part in (one, text(" "))))
    nodes = [decorated, *(one for kind, nodes in NODES.items() if kind != "TOC" for one in nodes), *_wide()]
    body = {"nodes": nodes, "metadata": {"version": 1}, "documentStyle": {}}
    return post(
        77,
        title=TITLE,
        slug=SLUG,
        url={"base": "https://www.potter-lane.example", "path": f"/post/{SLUG}"},
        excerpt="All that a post can show.",
        hashtags=["Slow firing", "slow-firing", "SLOW FIRING"],
        richContent=body,
        heroImage={"id": _picture(9), "width": 1600, "height": 900},
        media={"wixMedia": {"image": {"id": _picture(9), "width": 1600, "height": 900}}, "displayed": True},
    )


def write_showcase(folder: Path) -> Path:
    """Write the post as a file that is a source of a run."""
    path = folder / "showcase.json"
    comments = [comment(1, reference(77), COMMENT)]
    path.write_text(json.dumps({"posts": [showcase_post()], "comments": comments}), encoding="utf-8")
    return path
