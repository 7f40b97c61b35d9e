"""For each rule of `unwix check` a minimal file that breaks it and one that does not.

A case is the files of an output: name → text (or bytes). `test_check_rules.py` fails if a rule has no case.
"""

from __future__ import annotations

import hashlib
import io
import json
from typing import Any, NamedTuple

from PIL import Image

from unwix.model.problems import KINDS

Files = dict[str, str | bytes]
_FILE = io.BytesIO()
Image.effect_noise((32, 32), 80).save(_FILE, "png")
PNG = _FILE.getvalue()
HEAD = "title: A pot\nslug: {slug}\ndate: 2024-02-29\n"
BODY = "Clay must rest before it is turned.\n"
ALT = "![A pot](https://static.wixstatic.com/media/ab12cd_0123456789abcdef0123456789abcdef~mv2.jpg)\n"


class Case(NamedTuple):
    """Files that break a rule, and similar files that do not."""

    bad: Files
    good: Files
    message: str
    """A part of the message about the wrong files."""
    line: int | None = None
    """The line in the message."""


def post(body: str = BODY, head: str = HEAD, slug: str = "pot") -> str:
    """Return a post's file; its body begins in line 7."""
    return f"---\n{head.format(slug=slug)}---\n\n{body}"


def body(bad: str, good: str, message: str, line: int | None = 7) -> Case:
    """Return a case of two bodies of one post."""
    return Case({"pot.md": post(bad)}, {"pot.md": post(good)}, message, line)


def head(bad: str, good: str, message: str, line: int | None = None) -> Case:
    """Return a case of two front matters of one post."""
    return Case({"pot.md": post(head=bad)}, {"pot.md": post(head=good)}, message, line)


def report(*rows: dict[str, Any]) -> str:
    """Return a report.json."""
    return json.dumps({"unwix": "0.1.0", "posts": list(rows), "skipped": []})


def row(output: str = "pot.md", words: int = 7, lossless: bool = True, kind: str | None = None) -> dict[str, Any]:
    """Return a row of report.json."""
    fidelity = {"words": [words, words], "headings": [0, 0], "links": [0, 0], "images": [0, 0]}
    problems = [{"kind": kind, "where": "block 1", "detail": "it is gone"}] if kind else []
    result = "lossy" if not lossless else "incomplete" if kind and KINDS[kind][0] == "warning" else "complete"
    made = {"output": output, "source": "a.html", "file": "written", "result": result}
    return {**made, "fidelity": fidelity, "problems": problems}


def state(**files: str) -> str:
    """Return a state with the hashes of files with these texts."""
    hashes = {f"{name}.md": hashlib.sha256(text.encode()).hexdigest() for name, text in files.items()}
    return json.dumps({"files": hashes})


def pair(first: str, second: str) -> Files:
    """Return two posts, each with a title and further front matter."""
    return {"a.md": post(head=f"title: A\n{first}\n"), "b.md": post(head=f"title: B\n{second}\n")}


WIX = "https://static.wixstatic.com/media/ab12cd_0123456789abcdef0123456789abcdef~mv2.jpg"
COPIED = {"url": "https://x.example/pot.png", "file": "media/pot.png", "state": "original"}
MEDIA = json.dumps(
    {"media": [COPIED, {"url": "https://x.example/kiln.png", "file": "media/kiln.png", "state": "edited"}]}
)
LISTED = json.dumps({"media": [{"url": "https://x.example/pot.png", "file": None, "state": "listed"}]})
PICTURE = "![A pot](media/pot.png)\n"

CASES: dict[str, list[Case]] = {
    "front-matter-missing": [
        Case(
            {"pot.md": BODY, "report.json": report(row())},
            {"pot.md": post(), "report.json": report(row())},
            "the file does not start with front matter",
            1,
        )
    ],
    "front-matter-unreadable": [
        head("title: a: b\n", "title: 'a: b'\n", "mapping values are not allowed", 2),
        head(
            "title: A\ntitle: B\n", "title: A\nslug: b\n", "the front matter cannot be read: duplicate field title", 3
        ),
        head("title: &x A\nslug: *x\n", "title: A\nslug: A\n", "the front matter cannot be read: it uses a YAML al"),
        head("title: !!python/object:os.system x\n", "title: x\n", "could not determine a constructor", 2),
        head("- A\n- B\n", "title: A\n", "the front matter cannot be read: it is not a mappi"),
        head("title: A\ncategories: [Clay\n", "title: A\ncategories: [Clay]\n", "expected ',' or ']'"),
        head(f"title: A\nx: {'[' * 60}{']' * 60}\n", "title: A\nx: [[]]\n", "too deeply"),
        Case(
            {"pot.md": "---\ntitle: A pot\n\nClay.\n"},
            {"pot.md": post()},
            "the front matter cannot be read: there is no closing ---",
            1,
        ),
        Case(
            {"pot.md": "+++\ntitle = A pot\n+++\n\nClay.\n"},
            {"pot.md": '+++\ntitle = "A pot"\ndate = 2024-02-29\n+++\n\nClay.\n'},
            "Invalid value",
            2,
        ),
    ],
    "front-matter-schema": [
        head("title: A\ntags: clay\n", "title: A\ntags: [clay]\n", "tags must be a list, not 'clay'", 3),
        head("title: 2024\n", "title: '2024'\n", "title must be text, not 2024", 2),
        head("title: A\nviews: many\n", "title: A\nviews: 12\n", "views must be a whole number, not 'many'", 3),
        head("title: A\nviews: -1\n", "title: A\nviews: 0\n", "minimum 0", 3),
        head("title: A\ntags: [a, 7]\n", "title: A\ntags: [a, '7']\n", "tags[2] must be text, not 7", 3),
        head("title: A\ntags: [a, a]\n", "title: A\ntags: [a, b]\n", "tags contains a duplicate: ['a', 'a']", 3),
        head(
            "title: A\ncommenting: maybe\n",
            "title: A\ncommenting: closed\n",
            "commenting must be open or closed, not 'maybe'",
            3,
        ),
        head(
            "title: A\nslug: a/b\n",
            "title: A\nslug: a-b\n",
            "slug is invalid: 'a/b'; expected text without spaces, /, ? and #",
            3,
        ),
        head(
            "title: A\ncanonical_url: javascript:x\n",
            "title: A\ncanonical_url: https://x.example/post/a\n",
            "canonical_url is invalid: 'javascript:x'; expected",
            3,
        ),
        head(
            "title: A\ndate: in May\n",
            "title: A\ndate: 2024-05-01T10:00:00.000Z\n",
            "date is invalid: 'in May'; expected a date such as",
            3,
        ),
        head("title: ''\n", "title: A\n", "title is empty"),
        head("title: A\ndraft: 'yes'\n", "title: A\ndraft: true\n", "draft must be true or false, not 'yes'", 3),
    ],
    "front-matter-date": [
        head("title: A\ndate: 2023-02-29\n", "title: A\ndate: 2024-02-29\n", "date: invalid date '2023-02-29'", 3),
        head(
            "title: A\nupdated: 2024-01-01T25:00:00Z\n",
            "title: A\nupdated: 2024-01-01T23:00:00Z\n",
            "updated: invalid date '2024-01-01T25:00:00Z'",
            3,
        ),
    ],
    "front-matter-misspelt": [
        head("title: A\ncategorie: [Clay]\n", "title: A\nlayout: post\nseries: Clay\n", "did you mean categories?", 3)
    ],
    "title-missing": [head("slug: a\n", "title: A\n", "no title")],
    "title-in-body": [
        body(
            "# A pot\n\nClay.\n",
            "## The first pot\n\nClay.\n",
            "the body repeats the title, which is in the front matter",
        )
    ],
    "body-empty": [body("", BODY, "no body", None)],
    "interface-text": [
        body(
            "Clay.\n\nRecent Posts\n\nSee All\n",
            "Clay.\n\nMy posts of May, and all of June.\n",
            "“Recent Posts” is Wix interface text (en)",
            9,
        ),
        body(
            "Clay.\n\n209 views0 comments\n",
            "Clay.\n\n209 views, no comments yet, said the paper.\n",
            "209 views0 comments",
            9,
        ),
        body("Clay.\n\nBeitrag nicht mit „Gefällt mir“ markiert\n", "Clay.\n\nEin Beitrag.\n", "(de)", 9),
        body("Clay.\n\n50 vues0 commentaire\n", "Clay.\n\nVue sur la mer\n", "50 vues0", 9),
        body("Clay.\n\nНедавние посты\n\nСмотреть все\n", "Clay.\n\nПосты\n", "(ru)", 9),
        body("- Clay\n- top of page\n", "- Clay\n- the top of a page\n", "top of page", 8),
        body("**2 min read**\n\nClay.\n", "It takes 2 min to read this.\n", "2 min read"),
        body("> Write a comment...\n", "> Write a comment to the council.\n", "Write a comment"),
    ],
    "interface-text-likely": [
        body("Clay.\n\nRecent Posts\n", "Clay.\n\n```\nRecent Posts\n```\n", "may be Wix interface text (en)", 9)
    ],
    "wix-markup": [
        body('<div data-hook="rcv-block3">x</div>\n', "<div>x</div>\n", "data-hook="),
        body(f"![A pot]({WIX}/v1/fill/w_49,h_37/x.jpg)\n", f"![A pot]({WIX})\n", "wixstatic.com/media"),
        body('{"nodes":[{"type":"PARAGRAPH"}]}\n', '`{"nodes": []}` is JSON.\n', '"nodes":'),
        body("<wow-image id='x'></wow-image>\n", "A wow-image, he said, is `<wow-image>`.\n", "wow-image"),
    ],
    "placeholder": [
        body("<!-- unwix: missing gallery -->\n", "`<!-- unwix: missing gallery -->`\n", "missing gallery")
    ],
    "content-removed": [
        Case(
            {"pot.md": post("Clay must rest.\n"), "report.json": report(row())},
            {"pot.md": post(), "report.json": report(row())},
            "3 words; unwix wrote 7",
        ),
    ],
    "invisible-character": [
        body("Cl\u200bay.\n", "Clay.\n", "ZERO WIDTH SPACE (U+200B) in “Cl•ay.”"),
        body("Clay\u00ad.\n", "👩\u200d👩\u200d👧 and क\u094d\u200dष and می\u200cخواهم\n", "SOFT HYPHEN"),
        body("Clay \u202e.\n", "שלום\u200f (a)\n", "RIGHT-TO-LEFT OVERRIDE"),
        body("C\u200dlay.\n", "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f\n", "ZERO WIDTH JOINER"),
        body("Clay\x07.\n", "Clay\t.\n", "control character (U+0007)"),
        Case({"pot.md": "\ufeff" + post()}, {"pot.md": post()}, "ZERO WIDTH NO-BREAK SPACE", 1),
        head("title: A\u200b pot\n", "title: A pot\n", "ZERO WIDTH SPACE", 2),
    ],
    "replacement-character": [body("Cl\ufffdy.\n", "Clay.\n", "lost in decoding")],
    "stray-markup": [
        body(
            "The ** clay** rests.\n",
            "The **clay** rests, 2 \\*\\* 3, `a ** b`.\n",
            "“**” is visible in the text: “The ** clay** rests.”",
        ),
        body(
            "Clay.\n\nThe ~~clay rests.\n",
            "Clay.\n\nThe ~~clay~~ rests.\n",
            "“~~” is visible in the text: “The ~~clay rests.”",
            9,
        ),
    ],
    "fence-open": [
        body("```\nturn()\n", "```\nturn()\n```\n", "a code block starts with ``` and is never closed"),
        body("- a\n  ~~~\n  turn()\n", "- a\n  ~~~\n  turn()\n  ~~~\n", "~~~", 8),
    ],
    "table-ragged": [
        body(
            "| a | b |\n| --- | --- |\n| 1 |\n",
            "| a | b |\n| --- | --- |\n| 1 \\| 2 | `3` |\n",
            "the row has 1 cells, the header row 2",
            9,
        ),
        body("| a |\n| --- |\n| 1 | 2 |\n", "| a |\n| --- |\n| |\n", "the row has 2 cells", 9),
    ],
    "html-open": [
        body(
            "<details>\n<summary>Why?</summary>\n\nBecause.\n",
            "<details>\n<summary>Why?</summary>\n\nBecause.\n\n</details>\n",
            "<details> is not closed",
        ),
        body(
            "Clay.\n\n<table><tr><td>1</td></tr>\n",
            "Clay.\n\n<table><tr><td>1</td></tr></table>\n",
            "<table> is not closed",
            9,
        ),
        body(
            "Clay.\n\n</details>\n",
            "Clay, `</details>`, and\n\n```\n<details>\n```\n",
            "</details> without a start tag",
            9,
        ),
        body(
            "<details>\n<summary>a\n\nb\n\n</details>\n",
            "A \\<details>.\n",
            "<summary> is not closed before </details>",
            8,
        ),
    ],
    "script-embedded": [
        body("<script>x()</script>\n", "`<script>x()</script>`\n", "<script> runs code or changes the page"),
        body('Clay <img src="x.png" alt="x" onerror="x()">\n', "Clay onerror=x\n", "onerror of <img>"),
        body('<iframe srcdoc="x"></iframe>\n', '<iframe src="https://x.example"></iframe>\n', "srcdoc"),
    ],
    "link-unsafe": [
        body("[x](javascript:alert(1))\n", "[x](https://x.example/javascript:alert)\n", "runs a script"),
        body('<a href="java&#10;script:alert(1)">x</a>\n', '<a href="mailto:a@x.example">x</a>\n', "runs a script"),
        body(
            "[x](data:text/html;base64,PHNjcmlwdD4=)\n", "![x](data:image/png;base64,iVBORw0KGgo=)\n", "runs a script"
        ),
        body("<VBScript:x>\n", "<https://x.example>\n", "runs a script"),
    ],
    "link-localhost": [
        body("[x](file:///home/me/x.html)\n", "[x](https://x.example/home/me/x.html)\n", "one computer only"),
        body("![x](C:/Users/me/x.jpg)\n", "![x](https://x.example/C:/x.jpg)\n", "one computer only"),
        body("[x](http://localhost:4000/a)\n", "[x](http://localhost.example/a)\n", "one computer only"),
    ],
    "link-empty": [
        body("[x]()\n", "[x](https://x.example)\n", "a link without a URL"),
        body("[](https://x.example)\n", "[![x](https://x.example/a.png)](https://x.example)\n", "a link without text"),
        body("![x](<>)\n", "![x](https://x.example/a.png)\n", "an image without a URL"),
    ],
    "anchor-broken": [
        body(
            "[x](#firing)\n\n## Turning\n",
            "[x](#turning)\n\n## Turning\n",
            "#firing is not a heading or an id of this post",
        ),
        body(
            "[x](#turning-1)\n\n## Turning\n",
            "[x](#turning-1) [y](#top)\n\n## Turning\n\n## Turning\n",
            "#turning-1 is no",
        ),
        body("[x](#below)\n", '[x](#below)\n\n<a id="below"></a>Here.\n', "#below is no"),
    ],
    "file-outside": [
        body("![x](../../etc/x.png)\n", "![x](https://x.example/../x.png)\n", "leads out of the output"),
        head("title: A\ncover: ../x.png\n", "title: A\ncover: https://x.example/x.png\n", "leads out", 3),
    ],
    "wix-url": [
        Case(
            {"pot.md": post(ALT), "media.json": MEDIA},
            {"pot.md": post(ALT), "media.json": LISTED},
            "is still on Wix",
            7,
        ),
        Case(
            {
                "pot.md": post("[log](https://a.filesusr.com/ugd/a.pdf)\n"),
                "media.json": json.dumps(
                    {
                        "media": [
                            {
                                "url": "https://a.filesusr.com/ugd/a.pdf",
                                "file": None,
                                "state": "failed",
                                "problem": "404",
                            }
                        ]
                    }
                ),
            },
            {"pot.md": post("[log](https://a.example/ugd/a.pdf)\n"), "media.json": MEDIA},
            "https://a.filesusr.com/ugd/a.pdf is still on Wix: 404",
            7,
        ),
        Case(
            {"pot.md": post(head=f"title: A\ncover: {WIX}\n"), "media.json": MEDIA},
            {"pot.md": post(), "media.json": MEDIA},
            "is still on Wix",
            3,
        ),
    ],
    "image-alt": [
        body(
            f"Clay.\n\n![]({WIX})\n",
            f"Clay.\n\n![A pot]({WIX})\n",
            "image has no alt text: https://static.wixstatic.co",
            9,
        )
    ],
    "unknown-suppression": [
        body(
            "<!-- unwix-check: off chrom -->\n",
            "<!-- unwix-check: off interface-text -->\n\nRecent Posts\n\nSee All\n",
            "unknown rule: chrom",
        )
    ],
    "link-broken": [
        Case(
            {"pot.md": post("[x](kiln.md)\n")},
            {"pot.md": post("[x](kiln.md)\n"), "kiln.md": post(slug="kiln")},
            "kiln.md does not exist",
            7,
        ),
        Case(
            {"pot.md": post("[x](kiln.md#firing)\n"), "kiln.md": post(slug="kiln")},
            {"pot.md": post("[x](kiln.md#firing)\n"), "kiln.md": post("## Firing\n", slug="kiln")},
            "kiln.md has no heading or id “firing”",
            7,
        ),
        Case(
            {"pot.md": post("[x](files/Log.pdf)\n"), "files/log.pdf": "x"},
            {"pot.md": post("[x](files/a%20log.pdf)\n"), "files/a log.pdf": "x"},
            "did you mean files/log.pdf?",
            7,
        ),
    ],
    "file-not-found": [
        Case(
            {"pot.md": post(PICTURE)},
            {"pot.md": post(PICTURE), "media/pot.png": PNG},
            "media/pot.png does not exist",
            7,
        ),
        Case(
            {"pot.md": post(head="title: A\ncover: media/pot.png\n")},
            {"pot.md": post(head="title: A\ncover: media/pot.png\n"), "media/pot.png": PNG},
            "media/pot.png does not exist",
            3,
        ),
    ],
    "file-broken": [
        Case(
            {"pot.md": post(PICTURE), "media/pot.png": PNG[:200]},
            {"pot.md": post(PICTURE), "media/pot.png": PNG},
            "cannot be decoded",
            7,
        ),
        Case(
            {"pot.md": post(PICTURE), "media/pot.png": b"<html>404</html>"},
            {"pot.md": post(PICTURE), "media/pot.png": PNG},
            "media/pot.png: not an image",
            7,
        ),
        Case(
            {"pot.md": post("[x](log.pdf)\n"), "log.pdf": b""},
            {"pot.md": post("[x](log.pdf)\n"), "log.pdf": b"x"},
            "the file is empty",
            7,
        ),
        Case(
            {"pot.md": post("![x](x.svg)\n"), "x.svg": b"<svg"},
            {"pot.md": post("![x](x.svg)\n"), "x.svg": b'<svg xmlns="http://www.w3.org/2000/svg"/>'},
            "cannot be decoded",
            7,
        ),
    ],
    "slug-duplicate": [
        Case(pair("slug: a", "slug: A"), pair("slug: a", "slug: b"), "the slug A is also used by a.md", 3)
    ],
    "alias-duplicate": [
        Case(
            pair("aliases: [/old/a]", "aliases: [/old/a/]"),
            pair("aliases: [/old/a]", "aliases: [/old/b]"),
            "the alias /old/a/ is also used by a.md",
            3,
        ),
        Case(
            pair("slug: a", "redirect_from: /a"),
            pair("slug: a", "redirect_from: /c"),
            "the alias /a is the URL of a.md",
            3,
        ),
    ],
    "url-duplicate": [
        Case(
            pair("canonical_url: https://x.example/post/a", "canonical_url: https://x.example/post/a/"),
            pair("canonical_url: https://x.example/post/a", "canonical_url: https://x.example/post/b"),
            "the canonical_url https://x.example/post/a/ is also used by a.md",
            3,
        )
    ],
    "name-clash": [
        Case(
            {"Pot.md": post(), "pot.md": post(slug="b")},
            {"pot.md": post(), "kiln.md": post(slug="b")},
            "in letter case",
        )
    ],
    "post-gone": [
        Case(
            {"kiln.md": post(), "report.json": report(row())},
            {"pot.md": post(), "report.json": report(row())},
            "report.json lists this post, but the file does not exist",
        )
    ],
    "new-text": [
        Case(
            {"pot.md": post(), "pot.md.new": post()},
            {"pot.md": post()},
            "new version of pot.md; merge it, then delete this file",
        )
    ],
    "media-unused": [
        Case(
            {"pot.md": post(PICTURE), "media/pot.png": PNG, "media/kiln.png": PNG, "media.json": MEDIA},
            {"pot.md": post(PICTURE), "media/pot.png": PNG, "media.json": MEDIA},
            "no post uses this file",
        )
    ],
    "edited": [
        Case(
            {"pot.md": post("New words.\n"), ".unwix-state.json": state(pot=post())},
            {"pot.md": post(), ".unwix-state.json": state(pot=post())},
            "edited since unwix wrote it",
        )
    ],
    "losses-reported": [
        Case(
            {"pot.md": post(), "report.json": report(row(lossless=False))},
            {"pot.md": post(), "report.json": report(row())},
            "lossy when converted",
        ),
        Case(
            {"pot.md": post(), "report.json": report(row(kind="gallery-missing"))},
            {"pot.md": post(), "report.json": report(row(kind="title-missing"))},
            "incomplete when converted: gallery-missing",
        ),
    ],
    "state-missing": [
        Case(
            {"pot.md": post(), "report.json": '{"unwix": "0.1.0", '},
            {"pot.md": post(), "report.json": report(row())},
            "cannot be read",
        )
    ],
    "unreadable": [
        Case({"pot.md": post("Möhre\n").encode("latin-1")}, {"pot.md": post("Möhre\n")}, "can't decode byte 0xf6")
    ],
}
