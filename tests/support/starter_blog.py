"""A small blog with all kinds of posts in the form of Wix's REST API, for the starters of site generators."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from support.block_samples import NODES, OTHER
from support.media_server import MP3, MP4, Answer, Web, png
from support.ricos_documents import FILM, PICTURE, Json, image, link, node, p, text

SITE = "https://www.tower-lane.example"
COVER = "ab12cd_aaaabbbbccccddddeeeeffff00001111~mv2.png"
#: Names whose slugs are difficult: in other scripts, of special characters alone, two tags that differ only in those.
TAGS = ("Slow firing", "秋", "粘土", "C++", "C#", "???", "Größe & Maß", "{{ tag }}")
CATEGORIES = ("Ton / Lehm", "Kilns")
AUTHORS = ("Ada Potter", "Ben “Clay” O'Kiln")
FIRST, SECOND, HEBREW, UNTITLED, DRAFT = "clay-and-fire", "möhren-im-märz", "hebrew", "untitled", "a-draft"
TITLE = 'Clay & "fire": {{ 7 * 7 }} <b>notes</b> | #1'
HEBREW_TITLE = "מרק עדשים לערב קר"
DRAFT_WORDS = "Nobody may read this yet."
#: Text in which every flavor finds syntax.
SIGNS = (
    "{{ page.title }} and {% include x %} and <%= y %> and ${z} and {#note}",
    "::: tip",
    "costs $5 and $math$ and ==marked== and ~~struck~~ and [[wiki]] and [^1]",
    ":smile: at #tag for @user",
    "- dash",
    "+ plus",
    "1. one",
    "a | b | c",
    "Donaudampfschifffahrtsgesellschaftskapitän" * 4,
)


def _id(kind: str, number: int) -> str:
    return f"{kind * 8}-0000-4000-8000-{number:012x}"


def _post(number: int, slug: str, title: str, *nodes: Json, **more: Any) -> Json:
    return {
        "id": _id("1", number),
        "title": title,
        "slug": slug,
        "excerpt": f"The summary of number {number}.",
        "firstPublishedDate": f"2024-03-{number + 4:02}T11:45:14.164Z",
        "lastPublishedDate": "2024-04-18T12:42:16.183Z",
        "url": {"base": SITE, "path": f"/post/{slug}"},
        "categoryIds": [],
        "tagIds": [],
        "hashtags": [],
        "memberId": _id("a", number % 2),
        "commentingEnabled": True,
        "language": "en",
        "minutesToRead": 1,
        "media": {
            "wixMedia": {"image": {"id": COVER, "width": 1600, "height": 900}},
            "displayed": True,
            "custom": True,
        },
        "richContent": {"nodes": list(nodes)},
        **more,
    }


def _collapsible(title: Json, *body: Json) -> Json:
    parts = node("COLLAPSIBLE_ITEM_TITLE", title), node("COLLAPSIBLE_ITEM_BODY", *body)
    return node("COLLAPSIBLE_LIST", node("COLLAPSIBLE_ITEM", *parts))


def posts() -> list[Json]:
    """All posts, the newest last, and a draft."""
    film = {"video": {"src": {"id": f"video/{FILM}/1080p/mp4/file.mp4"}}, "title": "Throwing a bowl"}
    blocks = [
        *NODES["IMAGE"],
        *NODES["CAPTION"],
        *NODES["GALLERY"],
        *NODES["VIDEO"],
        node("VIDEO", videoData={"video": {"src": {"url": "https://vimeo.com/123456789"}}}),
        node("VIDEO", videoData=film),
        *NODES["AUDIO"],
        _collapsible(p("May dogs come?"), p("Yes, ", text("on a lead", "BOLD"), "."), *NODES["BULLETED_LIST"]),
        _collapsible(node("HEADING", "Parking", headingData={"level": 3}), p("Behind the tower.")),
        *NODES["BUTTON"],
        node("BUTTON", buttonData={"type": "LINK", "text": "A button without URL"}),
        *NODES["TABLE"],
        *NODES["TABLE_CELL"],
        *NODES["CHECKBOX_LIST"],
        *NODES["CODE_BLOCK"],
        *NODES["EMBED"],
        *NODES["EXTERNAL"],
    ]
    first = _post(
        0,
        FIRST,
        TITLE,
        image(COVER, alt="A kiln at night"),
        p("The kiln stands in the yard. See ", text("the carrots", link(f"{SITE}/post/{SECOND}")), "."),
        node("HEADING", "What we need", headingData={"level": 2}),
        *blocks,
        tagIds=[_id("d", n) for n in range(len(TAGS))],
        categoryIds=[_id("c", n) for n in range(len(CATEGORIES))],
    )
    second = _post(1, SECOND, "Möhren im März", *map(p, SIGNS), tagIds=[_id("d", 1)])
    hebrew = _post(
        2,
        HEBREW,
        HEBREW_TITLE,
        p("הסיר עומד על האש, והעדשים רכות."),
        node("BULLETED_LIST", *NODES["BULLETED_LIST"][0]["nodes"]),
        node("BLOCKQUOTE", p("לאט לאט.")),
        language="he",
        media=None,
    )
    untitled = _post(3, UNTITLED, "", p("A note without a title."), media=None)
    draft = _post(4, DRAFT, "A draft", p(DRAFT_WORDS), status="UNPUBLISHED", media=None)
    for name in ("firstPublishedDate", "lastPublishedDate", "url"):
        del draft[name]
    return [first, second, hebrew, untitled, draft]


def write_blog(folder: Path) -> Path:
    """Write the blog and the names of its categories, tags and authors into a folder."""
    folder.mkdir(parents=True)
    names = {
        "categories": [
            {"id": _id("c", n), "label": name, "slug": f"category-{n}"} for n, name in enumerate(CATEGORIES)
        ],
        "tags": [{"id": _id("d", n), "label": name, "slug": f"tag-{n}"} for n, name in enumerate(TAGS)],
        "members": [{"id": _id("a", n), "profile": {"nickname": name}} for n, name in enumerate(AUTHORS)],
    }
    for file, value in (("posts", {"posts": posts()}), ("names", names)):
        (folder / f"{file}.json").write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return folder


def put_media(web: Web) -> None:
    """Give the server all media of the blog."""
    for number, name in enumerate((COVER, PICTURE, OTHER)):
        size = (1600, 900) if name == COVER else (800, 600)
        web.answers[f"/media/{name}"] = Answer(png(*size, seed=number))
    web.answers[f"/video/{FILM}/1080p/mp4/file.mp4"] = Answer(MP4)
    web.answers["/mp3/ab12cd_0123456789abcdef0123456789abcdef.mp3"] = Answer(MP3)
