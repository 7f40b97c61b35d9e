"""Posts full of characters that some site generator interprets, random but reproducible."""

from __future__ import annotations

import html
import random
from pathlib import Path

from support.post_pages import block, code, h, p, picture, post_page, quote, table, ul

WORDS = "clay kiln water Lehm rest two Ton été".split()
#: Markdown of all flavors, template languages, shortcodes, and special characters alone.
SIGNS = (
    "12 x2 snake_case a*b ** * _ __ ~~ ~ ` `` ``` { } {{ }} {% %} {# #} {{< >}} {{% %}} {{</* */>}} {: .x} {#id} {:toc} "
    "| || \\ \\* \\* < > << >> <b> </b> <!--more--> <!-- --> & &amp; &copy; &#42; # ## #tag [TOC] [x] [ ] [^1] [a](b) [a]: "
    "![a](b) [[n]] ^ ^2^ ^[n] : :: = == === $ $$ $x$ %% - -- --- + 1. 2) > \" ' ... http://x.example/a_b_c www.example.com "
    "me@x.example *[AB]: {%raw%} {%endraw%} endraw {{x}} {{page.title}} {%include_y%} :smile: ; ! !! ( ) <script> "
    "<https://x.example> 5*3*2 _a_ *b* a_ _b *c c* !!!note ???x ::: :::tip @user // /* */"
).split(" ")
_MARKS = ("strong", "em", "code", "sup", "s", "strong")
_ADDRESSES = ("a", "b_c", "d(e)", "f{g}", "h%7Bi", "j*k")


class _Writer:
    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def line(self, most: int) -> str:
        pieces = [self._piece() for _ in range(self.random.randint(1, most))]
        return "".join(piece + ("" if self.random.random() < 0.2 else " ") for piece in pieces).strip()

    def _piece(self) -> str:
        word = html.escape(self.random.choice(SIGNS if self.random.random() < 0.6 else WORDS), quote=False)
        chance = self.random.random()
        if chance < 0.16:
            mark = self.random.choice(_MARKS)
            return f"<{mark}>{word}</{mark}>"
        if chance < 0.18:
            return f'<a href="https://www.example.net/{self.random.choice(_ADDRESSES)}">{word}</a>'
        if chance < 0.19:
            return f"<strong><em>{word}</em></strong>"
        return word + ("<br>" if chance < 0.21 else "")

    def code(self) -> str:
        lines = (" ".join(self.random.choices(SIGNS, k=self.random.randint(0, 5))) for _ in range(4))
        return html.escape("\n".join(lines).strip("\n") or "x", quote=False)

    def block(self) -> str:
        chance = self.random.random()
        if chance < 0.45:
            return p(self.line(8))
        if chance < 0.55:
            return h(self.line(5), self.random.choice((2, 3)))
        if chance < 0.68:
            return ul(*[self.line(5) for _ in range(self.random.randint(1, 3))])
        if chance < 0.76:
            return quote(self.line(8))
        if chance < 0.86:
            return code(self.code())
        if chance < 0.95:
            return table(*[(self.line(3), self.line(3)) for _ in range(self.random.randint(2, 3))])
        return picture(html.escape(" ".join(self.random.choices(WORDS, k=3))), self.line(4))


#: Headings of all kinds: simple, equal, numbers, other scripts, marks, characters that generators treat differently.
HEADINGS = (
    "Before you start|The plug|The plug|Part 1|Part|Part|3 kilns|2024|Why?|Don't stop|Clay & fire|a -- b|Wait ... here|"
    "A: B|snake_case|<em>Whole</em>|One <strong>bold</strong> word|<code>code()</code>|m<sup>2</sup>|Größe und Maß|"
    "Что такое глина?|粘土とは|मिट्टी क्या है|الطين|חומר|Ton / Lehm|1/2 cup|“Quoted”|(In brackets)|a.b.c|C++|{braces}|"
    "50 % off|x² + y|Emoji 🔥 here|#tag|- dash|One, two; three|ends with #|İstanbul|ﬁnal|2 x 3|Ünï-cödé|a  b"
).split("|")


def heading_page() -> bytes:
    """Return a post whose first paragraph, and a list in a table, link to each of its headings."""
    keys = [f"key{n}" for n in range(len(HEADINGS))]
    links = [f'<a href="#viewer-{key}">to {n}</a>' for n, key in enumerate(keys)]
    cells = f"<td><ul><li><p>{links[0]}</p></li></ul></td><td>{' '.join(links[1:4])}</td>"
    table = block(f'<table data-hook="table-component"><tbody><tr>{cells}</tr></tbody></table>', "table")
    parts = [
        h(text, 2 + n % 3, key) + p(f"Text {n}.") for n, (text, key) in enumerate(zip(HEADINGS, keys, strict=True))
    ]
    return post_page(p(" ".join(links)) + table + "".join(parts), title="Headings", slug="headings")


def write_sign_pages(folder: Path, number: int, seed: int = 7) -> Path:
    """Write this number of saved pages of such posts into a directory."""
    folder.mkdir(parents=True, exist_ok=True)
    writer = _Writer(seed)
    for n in range(number):
        title = f"Signs {n} {' '.join(writer.random.choices(SIGNS, k=3))}"
        body = "".join(writer.block() for _ in range(6))
        (folder / f"signs-{n:03}.html").write_bytes(post_page(body, title=title, slug=f"signs-{n}"))
    (folder / "headings.html").write_bytes(heading_page())
    return folder
