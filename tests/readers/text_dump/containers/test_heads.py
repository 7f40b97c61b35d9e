"""Test heads above a text: front matter, lines of keys and values, URLs; one or several in a file."""

from __future__ import annotations

import json

import pytest

from support.contained_posts import AUTHOR, BODIES, DAY, TITLES, article, expected, page, read, summary, url
from unwix import readers
from unwix.model.page import Page
from unwix.model.post import Post
from unwix.model.skipped import Skipped
from unwix.run.write_post import write

T, U, ARTICLE, PAGE = TITLES["one"], url("one"), article("one"), page("one")
YAML = f"---\ntitle: {T}\nauthor: {AUTHOR}\ndate: {DAY}\nurl: {U}\n---\n"
KEYS = f"Title: {T}\nAuthor: {AUTHOR}\nDate: {DAY}\nURL: {U}\n"
HEADS = {
    "YAML": YAML,
    "YAML below empty lines": f"\n\n{YAML}",
    "YAML, quoted": f'---\ntitle: "{T}"\nauthor: \'{AUTHOR}\'\ndate: "{DAY}"\nurl: "{U}"\n---\n',
    "YAML that needs quotes": f"---\ntitle: {T}\nsubtitle: Ferries: a story\nauthor: {AUTHOR}\ndate: {DAY}\nurl: {U}\n---\n",
    "YAML with lists": f"---\ntitle: {T}\nauthors:\n  - {AUTHOR}\ndate: {DAY}\nurl: {U}\ntags: [sea]\n---\n",
    "YAML, folded": f"---\ntitle: >-\n  Why the ferry\n  runs late\nauthor: {AUTHOR}\ndate: {DAY}\nurl: {U}\n---\n",
    "YAML with a comment": f"---\n# by a tool\ntitle: {T}\nauthor: {AUTHOR}\ndate: {DAY}\nurl: {U}\n---\n",
    "YAML that ends in dots": f"---\ntitle: {T}\nauthor: {AUTHOR}\ndate: {DAY}\nurl: {U}\n...\n",
    "YAML in YAML": f"---\ntitle: {T}\nmetadata:\n  author: {AUTHOR}\n  date: {DAY}\n  source: {U}\n---\n",
    "YAML of a clipper": (
        f'---\ntitle: "{T}"\nsource: "{U}"\nauthor:\n  - "[[{AUTHOR}]]"\npublished: {DAY}\ncreated: 2024-01-02\n'
        'description: "The ferry leaves when the tide allows it"\ntags:\n  - "clippings"\n---\n'
    ),
    "YAML twice": f"{YAML}---\nfetched: 2024-01-01\nlang: en\n---\n",
    "YAML and lines": f"{YAML}\nTitle: {T}\nURL: {U}\n",
    "YAML and a heading": f"{YAML}\n# {T}\n",
    "YAML in a comment": f"<!--\ntitle: {T}\nauthor: {AUTHOR}\ndate: {DAY}\nurl: {U}\n-->\n",
    "YAML in a block of code": f"```yaml\ntitle: {T}\nauthor: {AUTHOR}\ndate: {DAY}\nurl: {U}\n```\n",
    "TOML": f'+++\ntitle = "{T}"\nauthors = ["{AUTHOR}"]\ndate = {DAY}\n[params]\nurl = "{U}"\n+++\n',
    "TOML, broken": f'+++\ntitle = {T}\nauthor = "{AUTHOR}"\ndate = {DAY}\nurl = "{U}"\n+++\n',
    "JSON": json.dumps({"title": T, "author": AUTHOR, "date": DAY, "url": U}, indent=2) + "\n",
    "JSON between fences": f"---json\n{json.dumps({'title': T, 'author': AUTHOR, 'date': DAY, 'url': U})}\n---\n",
    "lines": KEYS,
    "lines in capitals": f"TITLE: {T}\nAUTHOR: {AUTHOR}\nDATE: {DAY}\nURL: {U}\n",
    "bold keys": f"**Title:** {T}\n**Author**: {AUTHOR}  \n**Published:** May 4, 2023\n**URL:** <{U}>\n",
    "a list of keys": f"* **Title:** {T}\n* **Author:** {AUTHOR}\n* **Date:** {DAY}\n* **Source:** [{U}]({U})\n",
    "equals signs": f"Title = {T}\nAuthor = {AUTHOR}\nDate = {DAY}\nURL = {U}\n",
    "number signs": f"# Title: {T}\n# Author: {AUTHOR}\n# Date: {DAY}\n# URL: {U}\n",
    "fields of reStructuredText": f":title: {T}\n:author: {AUTHOR}\n:date: {DAY}\n:url: {U}\n",
    "keywords of Org": f"#+TITLE: {T}\n#+AUTHOR: {AUTHOR}\n#+DATE: <2023-05-04>\n#+URL: {U}\n",
    "a table": f"| Key | Value |\n| --- | --- |\n| title | {T} |\n| author | {AUTHOR} |\n| date | {DAY} |\n| url | {U} |\n",
    "comments": f"<!-- title: {T} -->\n<!-- author: {AUTHOR} -->\n<!-- date: {DAY} -->\n<!-- url: {U} -->\n",
    "a heading above the lines": f"# {T}\n\n**Source:** {U}\n\n**Author:** {AUTHOR}\n\n**Published:** {DAY}\n\n---\n",
    "a rule below": f"{KEYS}====================\n",
    "rules around": f"====================\n{KEYS}====================\n",
    "dashes around": f"--------------------\n{KEYS}--------------------\n",
    "other keys between": f"Title: {T}\nWord count: 512\nAuthor: {AUTHOR}\nDate: {DAY}\nReading time: 3 min\nURL: {U}\n",
    "a mail": f"Subject: {T}\nFrom: {AUTHOR}\nDate: Thu, 04 May 2023 08:00:00 +0000\nX-URL: {U}\n",
    "fields without a value": f"# {T}\n\nCategory:\nTags:\nAuthor: {AUTHOR}\nDate: {DAY}\nLanguage:\nURL: {U}\n",
    "the answer of a chat program": (
        f"Sure! Here is the cleaned-up version of the post:\n\n---\n\n# {T}\n\n**Author:** {AUTHOR}  \n"
        f"**Published:** {DAY}  \n**Source:** {U}\n\n---\n"
    ),
    "a clipper with an excerpt": (
        f"---\ncreated: 2024-05-06T07:08:09 (UTC +02:00)\ntags: []\nsource: {U}\nauthor: {AUTHOR}\ndate: {DAY}\n---\n\n"
        f"# {T}\n\n> ## Excerpt\n> The ferry leaves when the tide allows it.\nMore of it.\n\n---\n"
    ),
    "German": f"Titel: {T}\nAutor: {AUTHOR}\nDatum: 04.05.2023\nQuelle: {U}\n",
    "Spanish": f"Título: {T}\nAutor: {AUTHOR}\nFecha: 4 de mayo de 2023\nFuente: {U}\n",
    "French": f"Titre : {T}\nAuteur : {AUTHOR}\nDate : 4 mai 2023\nSource : {U}\n",
}


@pytest.mark.parametrize("form", HEADS)
@pytest.mark.parametrize("gap", ["", "\n"], ids=["close", "gap"])
def test_a_head_gives_the_metadata_of_an_article(form: str, gap: str) -> None:
    (post,) = read(HEADS[form] + gap + ARTICLE)
    assert summary(post) == expected("one")


@pytest.mark.parametrize("form", HEADS)
def test_the_lines_of_a_head_are_listed_as_removed(form: str) -> None:
    text = f"{HEADS[form]}\n{ARTICLE}"
    (post,) = read(text)
    body = set("\n".join(summary(post)["body"]).split("\n"))  # type: ignore[arg-type]
    removed = {row.number for row in post.removed_lines}
    lines = enumerate(text.split("\n"), 1)
    if form not in ("JSON",):  # its head is a value of its own
        assert [line for n, line in lines if line.strip() and n not in removed and line not in body] == []


@pytest.mark.parametrize(
    "text",
    [
        f"# {T}: a story\n\n**URL:** {U}\n\n---\n\n{page('one', is_markdown=True).replace(T, f'{T}: a story')}",
        f"---\nurl: {U}\ntitle: '{T}: a story'\n---\n\n# {T}: a story\n\n* {AUTHOR}\n* + May 4, 2023\n  + 3 min read\n\n"
        f"# {T}: a story\n\n{ARTICLE}\n9 views0 comments\n",
        f"<!-- source: {U} -->\n\n# {T}: a story\n\nBy {AUTHOR}\n\n{ARTICLE}",
    ],
    ids=["colon in the title", "title twice", "title of the text"],
)
def test_titles_in_the_head_and_in_the_text(text: str) -> None:
    (post,) = read(text)
    assert (post.metadata.title, post.metadata.canonical_url) == (f"{T}: a story", U)
    assert summary(post)["body"][-3:] == BODIES["one"]  # type: ignore[index]
    assert all(f"{T}: a story" not in block for block in summary(post)["body"])  # type: ignore[attr-defined]


ENCODED = {
    "byte order mark": (YAML + ARTICLE).encode("utf-8-sig"),
    "UTF-16": (YAML + ARTICLE).encode("utf-16"),
    "line ends of Windows": (YAML + ARTICLE).replace("\n", "\r\n").encode(),
    "line ends of old Macs": (YAML + ARTICLE).replace("\n", "\r").encode(),
}


@pytest.mark.parametrize("form", ENCODED)
def test_encodings_and_line_ends(form: str) -> None:
    assert [summary(post) for post in read(ENCODED[form])] == [expected("one")]


@pytest.mark.parametrize(
    "line",
    [
        U, f"# {U}", f"=== {U} ===", f"<!-- source: {U} -->", f"<!-- {U} -->", f"<{U}>", f"[Source]({U})",
        f"Saved from {U} on 2024-01-01", f"Retrieved: 2024-01-02T10:00:00Z\nURL: {U}", f"[1] {U}", f"Document 1: {U}",
        f"URL: {U}\nStatus: 200\nContent-Type: text/html", f"> Source: {U}", f"Permalink: <{U}>",
    ],
)  # fmt: skip
def test_a_url_above_a_page(line: str) -> None:
    assert [summary(post) for post in read(f"{line}\n\n{PAGE}")] == [expected("one")]


@pytest.mark.parametrize("title", [T, f"# {T}"])
def test_a_title_and_a_url_above_an_article(title: str) -> None:
    (post,) = read(f"{title}\n{U}\n\n{ARTICLE}")
    assert (post.metadata.title, post.metadata.canonical_url) == (T, U)
    assert summary(post)["body"] == BODIES["one"]


def test_offer_of_a_language_model_is_removed() -> None:
    offer = "Let me know if you would like a summary!"
    (post,) = read(f"Here is the post:\n\n# {T}\n\n**Source:** {U}\n\n{ARTICLE}\n---\n\n{offer}\n")
    assert (post.metadata.title, summary(post)["body"]) == (T, BODIES["one"])
    assert [row.rule for row in post.removed_lines if row.text == offer] == ["the answer around the text"]


def test_lines_of_the_page_win_over_the_head() -> None:
    head = f"---\ntitle: Another title\nauthor: Somebody\ndate: 1999-01-01\nurl: {U}\n---\n"
    assert summary(read(head + PAGE)[0]) == expected("one")


def test_the_day_of_saving_completes_a_date_without_its_year() -> None:
    text = PAGE.replace("May 4, 2023", "May 4")
    assert summary(read(f"---\nurl: {U}\nfetched_at: 2023-06-01T10:00:00Z\n---\n{text}")[0]) == expected("one")


@pytest.mark.parametrize(
    "text",
    [
        f"Note: this is a story.\n\n{ARTICLE}",
        f"---\n\nA rule above a text.\n\n{ARTICLE}",
        f"```python\nx = 1\n```\n\n{ARTICLE}",
        f"Anna: Where is the ferry?\nBen: It is late.\n\n{ARTICLE}",
    ],
)
def test_other_lines_stay(text: str) -> None:
    (post,) = read(YAML + text)
    body = "\n".join(summary(post)["body"])  # type: ignore[arg-type]
    first = next(line for line in text.split("\n") if any(c.isalpha() for c in line) and not line.startswith("```"))
    assert first in body


# ---- refusals, and texts that are converted as they stand ----------------------------------------------------------


def as_text(data: str) -> list[Post]:
    return readers.read(Page("notes", data=data.encode(), as_text=True))


@pytest.mark.parametrize("form", HEADS)
def test_as_text_keeps_the_head_out_of_the_body(form: str) -> None:
    (post,) = as_text(f"{HEADS[form]}\nToo short to be anything else.\n")
    assert summary(post) == expected("one", body=["Too short to be anything else."])


def test_as_text_keeps_sections_together_and_texts_with_heads_apart() -> None:
    one = f"---\ntitle: {T}\n---\nFirst part.\n\n=====\n\nSecond part.\n\n=====\n\nThird part.\n"
    assert [post.metadata.title for post in as_text(one)] == [T]
    two = "\n".join(f"---\ntitle: {title}\nurl: {url(name)}\n---\nShort.\n" for name, title in TITLES.items())
    assert [post.metadata.title for post in as_text(two)] == list(TITLES.values())


def test_as_text_accepts_records() -> None:
    record = {
        "title": T,
        "text": "A note that is no dump of a page, but long enough to be taken for a text of its own.",
    }
    (post,) = as_text(json.dumps([record]))
    assert (post.metadata.title, len(post.article)) == (T, 1)


def test_refusal_states_the_signs_found_and_the_next_step() -> None:
    with pytest.raises(Skipped) as reason:
        read(f"{T}\n\n3 min read\n\n{ARTICLE}")
    assert reason.value.detail == (
        "a text without the signs of a Wix post page (only: minutes); "
        "write its title and URL above it as front matter, or convert it with --as text"
    )


def test_a_page_without_line_breaks_is_refused_with_the_way_to_dump_it_again() -> None:
    with pytest.raises(Skipped, match="dump the page again with a separator"):
        read(" ".join(PAGE.split()) + " and more words of a footer" * 10)


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ('"Wet pages" and other stories', '"Wet pages" and other stories'),
        ("Canoe #3 and #4", "Canoe #3 and #4"),
        ("Canoe: #3 and #4", "Canoe: #3 and #4"),
        ("The canoe # a comment", "The canoe"),
        ("'The canoe'", "The canoe"),
    ],
)
def test_titles_that_tools_write_without_quotation_marks(written: str, title: str) -> None:
    (post,) = read(f"---\ntitle: {written}\nauthor: {AUTHOR}\ndate: {DAY}\nurl: {U}\n---\n{ARTICLE}")
    assert post.metadata.title == title


@pytest.mark.parametrize("nothing", ["None", "null", "~", "NaN"])
def test_values_that_are_missing(nothing: str) -> None:
    head = f"---\ntitle: {T}\nauthor: {nothing}\ndescription: {nothing}\ntags: {nothing}\ndate: {DAY}\nurl: {U}\n---\n"
    (post,) = read(head + ARTICLE)
    metadata = post.metadata
    assert (metadata.description, metadata.tags) == (None, [])


@pytest.mark.parametrize(
    "head", ["---\ntitle: Blue wool\nslug: wool-1\n---", "Title: Blue wool\nDate: 2024-05-06\nSlug: /post/wool-1"]
)
def test_the_slug_of_a_head_is_the_slug_of_the_post(head: str) -> None:
    (post,) = as_text(f"{head}\n\nThe wool is blue.\n")
    assert (post.metadata.title, post.metadata.slug) == ("Blue wool", "wool-1")
    assert write(post).result == "complete"
