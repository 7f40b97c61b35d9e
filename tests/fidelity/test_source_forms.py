"""Every form of a source has a ledger: each post states how many words of its source are in which account."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import escape
from io import BytesIO
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from support.archive_files import mhtml, pages_of, zipped
from support.contained_posts import NAMES, page, url, wet
from support.feeds import feed, item
from support.post_pages import SITE, body, p, post_page, warmup
from support.ricos_documents import node, text
from unwix.run.steps import convert_page
from unwix.run.write_post import WrittenPost

WORDS = "Clay must rest before it is turned"
LOST = "Bring an apron"
RICOS = {"nodes": [{**node("PARAGRAPH", text(WORDS)), "id": "aaaaa"}], "metadata": {"version": 1}}
DRAFT = {
    "blocks": [
        {"key": "a", "text": WORDS, "type": "unstyled", "inlineStyleRanges": [], "entityRanges": [], "data": {}}
    ],
    "entityMap": {},
}
POST = {"title": "A pot", "slug": "a-pot", "firstPublishedDate": "2024-01-02T03:04:05.000Z"}
META = f'<meta name="generator" content="Wix.com Website Builder"><meta property="og:url" content="{SITE}/post/a-pot">'
ARTICLE = '<meta property="og:type" content="article"><meta property="og:title" content="A pot"><title>A pot</title>'
AMP = (
    f'<!doctype html><html amp lang="en"><head><meta charset="utf-8"><link rel="canonical" href="{SITE}/post/a-pot">{META}'
    f"<title>A pot</title></head><body><div><h1>A pot</h1></div><div><p>{WORDS}</p></div></body></html>"
)
STUDIO = (
    f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">{META}{ARTICLE}</head><body><main><h1>A pot</h1>'
    f'<div data-rce-version="10.1.0"><div data-id="content-viewer">{p(WORDS)}</div></div></main></body></html>'
)
OLD = (
    f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">{META}{ARTICLE}</head><body><div id="c1_SinglePostMediaTop_'
    'MediaPost__0_0_titlerichTextContainer"><h2>A pot</h2></div><div data-proxy-name="MediaLabel" id="c1_SinglePostMediaTop_'
    f'MediaPost__0_0_mediaText"><p>{WORDS}</p></div></body></html>'
)
_FRAME = f"<html><body><div><h1>A pot</h1><p>April 9, 2016</p><div class='post-body'><p>{WORDS}.</p><p>Fire.</p></div></div></body></html>"
FRAMED = (
    f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">{META}<title>Blog</title></head><body><main><iframe '
    f'title="Easy Blog" srcdoc="{escape(_FRAME)}"></iframe></main></body></html>'
)
TWO = (
    f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">{META}<meta property="og:type" content="website"></head><body>'
    + "".join(
        f'<article data-hook="post"><a href="{SITE}/post/pot-{n}"><h2 data-hook="post-title">Pot {n}</h2></a>{body(p(WORDS + f" {n}", f"aaaa{n}"))}</article>'
        for n in (1, 2)
    )
    + "</body></html>"
)


def _warc() -> bytes:
    out = BytesIO()
    writer = WARCWriter(out, gzip=True)
    headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    saved = BytesIO(post_page(p(WORDS)))
    writer.write_record(writer.create_warc_record(f"{SITE}/post/a-pot", "response", saved, http_headers=headers))
    return out.getvalue()


def _har(data: bytes, kind: str, address: str) -> str:
    content = {"mimeType": kind, "text": data.decode()}
    return json.dumps({"log": {"version": "1.2", "entries": [{"request": {"method": "GET", "url": address}, "response": {"status": 200, "content": content}}]}})  # fmt: skip


def _csv() -> str:
    document = json.dumps(RICOS).replace('"', '""')
    return f'Title,Slug,Published Date,Rich Content\nA pot,a-pot,2022-08-14T09:00:00Z,"{document}"\n'


def _json(**more: object) -> str:
    return json.dumps({"posts": [{**POST, **more}]})


_ATOM = (
    f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><link href="{SITE}.wixsite.com"/><entry><title>A pot</title><link href="{SITE}/post/a-pot"/>'
    f'<content type="html">&lt;p&gt;{WORDS}&lt;/p&gt;</content></entry></feed><!-- static.wixstatic.com -->'
)
#: Every form of a source, the name of a file of it, and its bytes.
FORMS: dict[str, tuple[str, Callable[[], bytes | str]]] = {
    "page of the viewer": ("a.html", lambda: post_page(p(WORDS))),
    "page with its own document": ("a.html", lambda: post_page(p(WORDS), slug="a-pot", end=warmup("a-pot", {**POST, "richContent": RICOS}) + "</body></html>")),
    "page saved before its scripts ran": ("a.html", lambda: f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">{META}{ARTICLE}</head><body>{warmup("a-pot", {**POST, "richContent": RICOS})}</body></html>'),
    "page of Wix Studio": ("a.html", lambda: STUDIO),
    "page of the old blog": ("a.html", lambda: OLD),
    "page of another blog app": ("a.html", lambda: FRAMED),
    "AMP page": ("a.html", lambda: AMP),
    "page with several posts": ("a.html", lambda: TWO),
    "fragment of a page": ("a.html", lambda: body(p(WORDS))),
    "blocks alone": ("a.html", lambda: p(WORDS)),
    "MHTML": ("a.mhtml", lambda: mhtml(post_page(p(WORDS)))),
    "ZIP": ("a.zip", lambda: zipped({"a.html": post_page(p(WORDS))})),
    "WARC": ("a.warc.gz", _warc),
    "WET": ("a.wet.gz", lambda: wet({url("one"): page("one")})),
    "HAR of pages": ("a.har", lambda: _har(post_page(p(WORDS)), "text/html", f"{SITE}/post/a-pot")),
    "RSS": ("a.xml", lambda: feed(item(f"<p>{WORDS}</p>"))),
    "RSS with excerpts only": ("a.xml", lambda: feed(item(None))),
    "Atom": ("a.xml", lambda: _ATOM),
    "JSON feed": ("a.json", lambda: json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "static.wixstatic.com", "items": [{"id": "1", "url": f"{SITE}/post/a-pot", "title": "A pot", "content_html": f"<p>{WORDS}</p><img src='https://static.wixstatic.com/media/a.jpg'>"}]})),
    "Ricos document": ("a.json", lambda: json.dumps(RICOS)),
    "Ricos post of the API": ("a.json", lambda: _json(richContent=RICOS)),
    "Draft.js document": ("a.json", lambda: json.dumps(DRAFT)),
    "post with a plain text only": ("a.json", lambda: _json(contentText=WORDS)),
    "lines of JSON": ("a.jsonl", lambda: "\n".join(json.dumps({**POST, "slug": f"a-pot-{n}", "title": f"Pot {n}", "richContent": RICOS}) for n in (1, 2))),
    "rendered HTML in JSON": ("a.json", lambda: json.dumps([{"title": "A pot", "html": body(p(WORDS))}])),
    "CSV of the CMS": ("a.csv", _csv),
    "text dump": ("a.txt", lambda: page("one")),
    "Markdown dump": ("a.md", lambda: page("one", is_markdown=True)),
    "records of text dumps": ("a.jsonl", lambda: "\n".join(json.dumps({"url": url(name), "text": page(name)}) for name in NAMES)),
}  # fmt: skip


def _posts(folder: Path, name: str, data: bytes | str) -> list[WrittenPost]:
    raw = data if isinstance(data, bytes) else data.encode()
    results = [convert_page(page) for page in pages_of(folder / name, raw)]
    assert not [result.failed for result in results if result.failed]
    return [post for result in results for post in result.posts]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_has_a_ledger(form: str, tmp_path: Path) -> None:
    name, make = FORMS[form]
    posts = _posts(tmp_path, name, make())
    assert posts
    for post in posts:
        assert post.ledger is not None, post.problems
        assert post.ledger.post >= 7
        assert post.ledger.unaccounted == 0
        assert not {"account-missing", "account-of-parsed-page"} & {problem.kind for problem in post.problems}


#: Forms with HTML that contains a text in an element that the reader leaves out.
_HTML = {
    "page of Wix Studio": STUDIO, "page of the old blog": OLD, "page of another blog app": FRAMED, "AMP page": AMP,
    "page with several posts": TWO, "fragment of a page": body(p(WORDS)), "RSS": feed(item(f"<p>{WORDS}</p>")).decode(),
}  # fmt: skip


@pytest.mark.parametrize("form", _HTML)
def test_lost_words_are_detected_in_every_form(form: str, tmp_path: Path) -> None:
    lost = f"<svg><text>{LOST}</text></svg>"
    data = _HTML[form].replace(WORDS, WORDS + (escape(lost) if form == "page of another blog app" else lost), 1)
    post = _posts(tmp_path, FORMS[form][0], data)[0]
    assert LOST not in post.body
    assert post.ledger is not None
    assert post.ledger.unaccounted_words == LOST.split()
    assert post.result == "lossy"


def test_a_drawing_with_a_page_in_it_hides_nothing_in_an_amp_copy(tmp_path: Path) -> None:
    lost = f"<svg><foreignObject><div><p>{LOST}</p></div></foreignObject></svg>"
    (post,) = _posts(tmp_path, "a.html", AMP.replace(WORDS, WORDS + lost))
    assert post.ledger is not None
    assert (post.ledger.unaccounted_words, post.result) == (LOST.split(), "lossy")


#: End tags without start tags, and what follows them.
_STRAY = (
    "</div>{}",
    "</div><p>{}</p>",
    "</div></div><p>{}</p>",
    "</div></section></div><ul><li>{}</li></ul>",
    "</div><div class='x'><p>{}</p></div>",
)


@pytest.mark.parametrize("stray", _STRAY)
@pytest.mark.parametrize("place", ["before", "within", "behind"])
@pytest.mark.parametrize(
    "form", ["page of the old blog", "page of another blog app", "AMP page", "RSS", "page of Wix Studio"]
)
def test_end_tags_too_many_hide_no_text_in_any_form(form: str, place: str, stray: str, tmp_path: Path) -> None:
    markup, framed = stray.format(LOST), form == "page of another blog app"
    page = _FRAME if framed else _HTML[form]
    paragraph = re.search(rf"<p[^<]*>(?:<span>)*{WORDS}\.?(?:</span>)*</p>", page)
    assert paragraph
    old = WORDS if place == "within" else paragraph[0]
    damaged = page.replace(old, markup + old if place == "before" else old + markup, 1)
    (post,) = _posts(tmp_path, FORMS[form][0], FRAMED.replace(escape(_FRAME), escape(damaged)) if framed else damaged)
    assert post.result == "lossy" or (LOST in post.body and WORDS in post.body), post.body
    if "class" not in stray and form != "page of Wix Studio":
        assert LOST in post.body
        assert not [problem for problem in post.problems if problem.severity == "error"]


def test_text_behind_a_stray_end_of_a_fragment_is_detected(tmp_path: Path) -> None:
    (post,) = _posts(tmp_path, "a.html", body(p(WORDS) + f"</body></html><p>{LOST}, and two towels for the wheel</p>"))
    assert LOST in post.body or post.result == "lossy"


@pytest.mark.parametrize("markup", ["<x-note>{}</x-note>", '<embed src="https://x.example/plan.pdf"><p>{}</p>'])
def test_elements_of_other_programs_lose_nothing_in_feeds(markup: str, tmp_path: Path) -> None:
    (post,) = _posts(tmp_path, "a.xml", feed(item(f"<p>{WORDS}</p>{markup.format(LOST)}<p>Fire it.</p>")))
    assert LOST in post.body
    assert "Fire it." in post.body
    assert post.result == "incomplete"  # as all posts of feeds


def test_a_part_of_a_post_that_shows_a_few_lines_does_not_make_it_a_teaser(tmp_path: Path) -> None:
    posts = _posts(tmp_path, "a.html", TWO.replace(WORDS, f'{WORDS}<div style="-webkit-line-clamp:3">{LOST}</div>', 1))
    assert len(posts) == 2
    assert LOST in posts[0].body


def test_words_of_the_other_posts_of_a_page_have_an_account(tmp_path: Path) -> None:
    first, second = _posts(tmp_path, "a.html", TWO)
    assert first.ledger is not None
    assert second.ledger is not None
    assert (first.ledger.post, first.ledger.other_post) == (8, 8)
    assert (second.ledger.post, second.ledger.other_post) == (8, 8)
    assert first.ledger.site + second.ledger.site == 8  # the titles, twice
