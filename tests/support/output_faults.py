"""Faults that tests put into good outputs. `check SOURCE --expect OUTPUT` finds all, `check OUTPUT` some of them.

If `alone` is None, only a comparison with the source shows the fault.
"""

from __future__ import annotations

from typing import NamedTuple

from support.paths import ROOT_DIR

ROOT = ROOT_DIR
SOURCES = [
    ROOT / "samples/saved/2026-how-to-mend-a-lamp.html",
    ROOT / "samples/saved/2025-glazes-that-lie.html",
    ROOT / "samples/saved/2025-which-clay-for-what.html",
    ROOT / "samples/browser/How to keep a sourdough alive on holiday.html",
]
LAMP, GLAZES, CLAY, BREAD = (
    "how-to-mend-a-lamp.md",
    "glazes-that-lie.md",
    "which-clay-for-what.md",
    "how-to-keep-a-sourdough-alive-on-holiday.md",
)
TABLE = "| Wire | Colour |\n| --- | --- |\n"
WIRES = f"{TABLE}| live | brown |\n"


class Fault(NamedTuple):
    """A fault: a text and its replacement."""

    what: str
    file: str
    old: str
    new: str
    alone: str | None
    """The rule by which `check OUTPUT` finds it."""


FEWER = "content-removed"
FAULTS = [
    # the author's words
    Fault("a sentence dropped", LAMP, "Pull the plug. ", "", FEWER),
    Fault("a word changed", LAMP, "Pull the plug", "Push the plug", None),
    Fault("two words swapped", LAMP, "a small one", "a one small", None),
    Fault("a word doubled", LAMP, "not this lamp", "not this this lamp", None),
    Fault("a number changed", GLAZES, "100 °C and that", "1000 °C and that", None),
    Fault("a sentence invented", LAMP, "There is a tin.", "There is a tin. Bring cake.", None),
    Fault("two paragraphs joined", CLAY, "you bake in.\n\nSee", "you bake in.\nSee", None),
    Fault("a line break lost", BREAD, "live for years.\\\n", "live for years. ", None),
    # marks and blocks
    Fault("a heading's level changed", LAMP, "## The plug", "### The plug", None),
    Fault("a heading lost", LAMP, "### Colours of the wires", "Colours of the wires", FEWER),
    Fault("bold dropped", GLAZES, "**how much air**", "how much air", None),
    Fault("bold left open", GLAZES, "**how much air**", "**how much air", "stray-markup"),
    Fault("struck text dropped", BREAD, "~~where you will forget it~~", "where you will forget it", None),
    Fault("raised text dropped", GLAZES, "H<sub>2</sub>O", "H2O", None),
    Fault("a quote became a paragraph", GLAZES, "> If you want", "If you want", FEWER),
    Fault("a list item dropped", GLAZES, "2. **Green** is copper with air.\n", "", FEWER),
    Fault("a nested item raised", LAMP, "  - a head torch", "- a head torch", None),
    Fault("an ordered list's start changed", LAMP, "1. [Before", "7. [Before", None),
    Fault("a table's cell changed", LAMP, "| live | brown |", "| live | black |", None),
    Fault("a table's cell dropped", LAMP, "| live | brown |", "| live |", "table-ragged"),
    Fault("a table's row dropped", LAMP, WIRES, TABLE, FEWER),
    Fault("a code line dropped", LAMP, 'print "do not plug in"\n', "", FEWER),
    Fault("code's indent lost", GLAZES, "  hold 2h", "hold 2h", None),
    Fault("a code block left open", GLAZES, "1222 C\n```\n", "1222 C\n", "fence-open"),
    Fault("a rule lost", GLAZES, "\n---\n\n[Book", "\n[Book", None),
    Fault("details left open", LAMP, "a tin.\n\n</details>", "a tin.", "html-open"),
    # images and links
    Fault("an image lost", LAMP, "![an old brass lamp on a workbench](", "[an old brass lamp on a workbench](", FEWER),
    Fault("an alternative text dropped", LAMP, "![an old brass lamp on a workbench]", "![]", "image-alt"),
    Fault("an image shrunk", LAMP, "0767a~mv2.jpg)", "0767a~mv2.jpg/v1/fill/w_49,h_37/x.jpg)", "wix-markup"),
    Fault("a caption dropped", GLAZES, "_Same glaze, same day, three shelves_\n\n", "", None),
    Fault("a link changed", LAMP, "repair.example.com/the-toaster-rule", "repair.example.com/the-kettle-rule", None),
    Fault("a link's query lost", LAMP, "?utm_source=blog&utm_medium=post", "", None),
    Fault("a link dropped", GLAZES, "[Book a course](https://www.example.org/courses?month=10&level=1)", "Book a course", None),
    Fault("a video lost", GLAZES, "<https://www.youtube.com/watch?v=Gl4z3L13Abc>\n\n", "", None),
    Fault("a link to a script", LAMP, "https://repair.example.com/the-toaster-rule", "javascript:alert(1)", "link-unsafe"),
    Fault("an anchor broken", LAMP, "(#the-plug)", "(#the-plugs)", "anchor-broken"),
    Fault("an anchor's heading renamed", LAMP, "## Questions", "## Answers", "anchor-broken"),
    Fault("a link to a file that is not there", LAMP, "https://repair.example.com/the-toaster-rule", "the-toaster-rule.md", "link-broken"),
    Fault("a picture that is not there", LAMP, "https://static.wixstatic.com/media/a1b2c3_2c04f2803a28094945365a9f3b70767a~mv2.jpg", "media/lamp.jpg", "file-not-found"),
    # front matter
    Fault("a date shifted", LAMP, "date: 2026-09-01T22", "date: 2026-09-02T22", None),
    Fault("a date of no calendar", LAMP, "date: 2026-09-01T22", "date: 2026-09-31T22", "front-matter-date"),
    Fault("a tag removed", GLAZES, "- cobalt\n", "", None),
    Fault("a tag of another kind", GLAZES, "- cobalt\n", "- 29\n", "front-matter-schema"),
    Fault("a title changed", LAMP, "lamp: 5 steps'", "lamp: 6 steps'", None),
    Fault("front matter broken", LAMP, "title: 'How to mend a lamp: 5 steps'", "title: How to mend a lamp: 5 steps", "front-matter-unreadable"),
    Fault("a field injected", LAMP, "slug: how-to-mend-a-lamp\n", "slug: how-to-mend-a-lamp\ntitle: Free money\n", "front-matter-unreadable"),
    Fault("an object injected", LAMP, "slug: how-to-mend-a-lamp", "slug: !!python/name:os.system x", "front-matter-unreadable"),
    Fault("front matter gone", LAMP, "---\ntitle", "title", "front-matter-missing"),
    Fault("front matter never closed", LAMP, "reading_minutes: 7\n---\n", "reading_minutes: 7\n", "front-matter-unreadable"),
    Fault("a slug that another post has", LAMP, "slug: how-to-mend-a-lamp", "slug: glazes-that-lie", "slug-duplicate"),
    Fault("an author lost", LAMP, "authors:\n- Tomas Lind\n", "", None),
    Fault("a field misspelt", LAMP, "categories:", "categorys:", "front-matter-misspelt"),
    # text that nobody wrote
    Fault("chrome in English", LAMP, "## The plug\n", "209 views0 comments\n\n## The plug\n", "interface-text"),
    Fault("chrome in German", LAMP, "There is a tin.", "There is a tin.\n\nAktuelle Beiträge\n\nAlle ansehen", "interface-text"),
    Fault("chrome in French", CLAY, "- Raku, outdoors", "- Raku, outdoors\n\n2 min de lecture", "interface-text"),
    Fault("chrome in Japanese", CLAY, "- Raku, outdoors", "- Raku, outdoors\n\n閲覧数：12回", "interface-text"),
    Fault("chrome in Hebrew", CLAY, "- Raku, outdoors", "- Raku, outdoors\n\nזמן קריאה 3 דקות", "interface-text"),
    Fault("chrome in Russian", CLAY, "- Raku, outdoors", "- Raku, outdoors\n\n0 просмотров0 комментариев", "interface-text"),
    Fault("a zero-width space", LAMP, "Pull the plug", "Pull the\u200b plug", "invisible-character"),
    Fault("a soft hyphen", LAMP, "Screwdriver", "Screw\u00addriver", "invisible-character"),
    Fault("an override of direction", LAMP, "not this lamp", "not \u202ethis lamp", "invisible-character"),
    Fault("a letter lost in decoding", GLAZES, "°C and that", "\ufffdC and that", "replacement-character"),
    Fault("markup of the platform", LAMP, "## The plug\n", '<div data-hook="gallery-viewer"></div>\n\n## The plug\n', "wix-markup"),
    Fault("a program", LAMP, "There is a tin.", "There is a tin. <img src=x alt=x onerror=alert(1)>", "script-embedded"),
    Fault("the title again", LAMP, "---\n\nMost lamps", "---\n\n# How to mend a lamp: 5 steps\n\nMost lamps", "title-in-body"),
]  # fmt: skip
