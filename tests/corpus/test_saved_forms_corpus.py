"""Test that real pages in all saved forms give the same posts as the pages themselves.

The pages are in ../shared. `floor.json` has, for each form, the number of sampled pages with exactly the same words,
Markdown and front matter. Forms without a page's scripts are compared with the page without them.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from functools import cache
from urllib.parse import quote, unquote, urlsplit

import pytest
from bs4 import BeautifulSoup

from support.paths import TESTS_DIR
from support.scorer import SHARED
from unwix.model.page import Page
from unwix.readers.saved_page import parse as html_page
from unwix.readers.saved_page.page_data import page_data
from unwix.readers.saved_page.page_url import page_url
from unwix.run.steps import convert_page
from unwix.web.saved_links import LinkRestorer

CORPUS = SHARED / "corpus/pages"
FLOOR: dict[str, int] = json.loads((TESTS_DIR / "corpus" / "floor.json").read_text(encoding="utf-8"))["forms"]
#: The step of the sample, which limits the time.
EACH = 4

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="skipped: ../shared is not here")

_SCRIPT = re.compile(r"<script\b.*?</script>", re.S)
_STYLE = re.compile(r"<style\b.*?</style>", re.S)
_CODE = re.compile(r"(<(?:script|style)\b.*?</(?:script|style)>)", re.S)
_ADDRESS = re.compile(r"(\s(?:href|src)=)\"([^\"]*)\"")


def outside(text: str, change: Callable[[str], str]) -> str:
    """Return the text with changed markup; scripts and styles stay."""
    return "".join(part if n % 2 else change(part) for n, part in enumerate(_CODE.split(text)))


def readdressed(text: str, change: Callable[[str, str], str | None]) -> str:
    """Return the text with other URLs: `change` gets the attribute and the URL, None keeps it."""

    def one(match: re.Match[str]) -> str:
        new = change(match[1].strip(" ="), html.unescape(match[2]))
        return match[0] if new is None else f'{match[1]}"{html.escape(new)}"'

    return outside(text, lambda part: _ADDRESS.sub(one, part))


@cache
def sample() -> list[tuple[str, str]]:
    """Return pages as their server sent them, without the changes of mirrors, with their URLs."""
    found = []
    for path in sorted(CORPUS.rglob("*.html"))[::EACH]:
        page = html_page.parse(path.read_bytes())
        url = page_url(page, html_page.JsonLd.of(page), page_data(page)) or "https://www.example.com/post/x"
        restorer = LinkRestorer(url, page.depth)

        def restored(_name: str, href: str, restorer: LinkRestorer = restorer) -> str | None:
            return restorer.restore(href).href if href and not href.startswith(("#", "data:")) else None

        text = path.read_bytes().decode("utf-8", "replace").lstrip("\ufeff")
        text = re.sub(r"<!-- Mirrored from.*?-->|<!-- /?Added by HTTrack -->", "", text)
        found.append((readdressed(text, restored), url))
    return found


def page_words(raw: bytes) -> str:
    outcome = convert_page(Page("page", data=raw))
    return "\n".join(post.text for post in outcome.posts) or str(outcome.failed or outcome.skipped)


def bare(text: str) -> str:
    """Return the page without its styles and without the scripts that embed the post's data."""
    return _STYLE.sub("", _SCRIPT.sub(lambda found: found[0] if "ld+json" in found[0][:300] else "", text))


def browser(text: str, url: str) -> str:
    saved = readdressed(text, lambda name, href: _beside(href) if name == "src" and href.startswith("http") else None)
    return f"<!DOCTYPE html>\n<!-- saved from url=({len(url):04d}){url} -->\n" + saved


def _beside(href: str) -> str:
    return "./A post_files/" + (quote(unquote(href.partition("?")[0].rstrip("/")).rsplit("/", 1)[-1]) or "x")


def mirror(text: str, url: str, folders: bool = False, hosts: bool = True) -> str:
    """Return pages in the form of `wget -k` and HTTrack: links lead from file to file."""
    site = urlsplit(url)
    here = unquote(site.path).strip("/").split("/")[: None if folders else -1]

    def change(name: str, href: str) -> str | None:
        to = urlsplit(href)
        path = unquote(to.path).strip("/")
        if to.netloc == site.netloc and not to.query and name == "href":
            file = (f"{path}/index.html" if folders else f"{path}.html") if path else "index.html"
            return "../" * len(here) + quote(file) + (f"#{to.fragment}" if to.fragment else "")
        if hosts and to.netloc == "static.wixstatic.com":
            return "../" * (len(here) + 1) + to.netloc + quote(unquote(to.path).replace("~mv2", "_mv2"))
        return None

    return readdressed(text, change)


def httrack(text: str, url: str) -> str:
    note = f"<!-- Mirrored from {url.split('://')[1]} by HTTrack Website Copier/3.x, Sat, 05 Apr 2025 10:22:35 GMT -->"
    return re.sub(r"(<html[^>]*>)", lambda tag: tag[1] + note, mirror(text, url), count=1)


def single_file(text: str, url: str) -> str:
    drawn = readdressed(bare(text), lambda name, _: f"data:image/png;base64,{'A' * 3000}" if name == "src" else None)
    note = f"<!--\n Page saved with SingleFile \n url: {url} \n saved date: Fri Nov 27 2026 \n-->"
    small = re.sub(r"</(?:p|li|body|html)>", "", drawn)
    return re.sub(r"(<html[^>]*>)", lambda tag: tag[1] + note, small, count=1)


def replay(text: str, url: str) -> str:
    def change(name: str, href: str) -> str | None:
        kind = "im_" if name == "src" else ""
        return f"https://web.archive.org/web/20240102030405{kind}/{href}" if href.startswith("http") else None

    head = '<script src="https://web-static.archive.org/_static/js/wombat.js"></script>\n<!-- End Wayback Rewrite JS Include -->'
    return readdressed(text, change).replace("<head>", "<head>" + head, 1)


def other_classes(text: str, _url: str) -> str:
    def change(match: re.Match[str]) -> str:
        return ' class="' + " ".join(f"_{hash(name) % 99991:x}" for name in match[1].split()) + '"'

    return outside(text, lambda part: re.sub(r'\sclass="([^"]*)"', change, part))


def capitals(text: str, _url: str) -> str:
    return re.sub(r"<(/?)([a-z][a-z0-9-]*)(?=[\s>])", lambda tag: f"<{tag[1]}{tag[2].upper()}", text)


def lines(text: str, _url: str) -> str:
    blocks = "div|section|article|p|ul|ol|li|h[1-6]|figure|blockquote|header|footer|nav|table|tr|td|wow-image"
    return outside(text, lambda part: re.sub(rf"(</(?:{blocks})>)(?=<)", "\\1\n    ", part))


def prettify(text: str, _url: str) -> str:
    return str(BeautifulSoup(bare(text), "lxml").prettify())


def translator(text: str, _url: str) -> str:
    wrapper = '<font style="vertical-align: inherit;">'
    return outside(text, lambda part: re.sub(r">([^<>]*\w[^<>]*)<", rf">{wrapper}{wrapper}\1</font></font><", part))


def extension(text: str, _url: str) -> str:
    nodes = '<span data-pin-log="button" class="PIN_1">Save</span><grammarly-popups>Fix</grammarly-popups><div style="display:none !important">Ad</div>'
    return text.replace("</figure>", "</figure>" + nodes).replace("</body>", nodes + "</body>")


#: For each form: the function that makes it, and whether it is compared with the page without its scripts.
FORMS: dict[str, tuple[Callable[[str, str], str], bool]] = {
    "a browser": (browser, False),
    "wget": (mirror, False),
    "wget, a folder for each page": (lambda text, url: mirror(text, url, folders=True), False),
    "… and none for the host": (lambda text, url: mirror(text, url, folders=True, hosts=False), False),
    "HTTrack": (httrack, False),
    "SingleFile": (single_file, True),
    "the Internet Archive": (replay, False),
    "scripts stripped": (lambda text, _url: bare(text), True),
    "classes of another release": (other_classes, False),
    "capitals": (capitals, False),
    "lines between blocks": (lines, False),
    "prettify": (prettify, True),
    "a translator's wrappers": (translator, False),
    "nodes of extensions": (extension, False),
    "two copies in one file": (lambda text, _url: text + text, False),
}


@pytest.mark.parametrize("form", FORMS)
def test_form_gives_the_same_post(form: str) -> None:
    make, is_bare = FORMS[form]
    same = sum(page_words(make(text, url).encode()) == whole(n, is_bare) for n, (text, url) in enumerate(sample()))
    assert same >= FLOOR[form]


@cache
def whole(number: int, is_bare: bool) -> str:
    text = sample()[number][0]
    return page_words((bare(text) if is_bare else text).encode())


def test_each_form_has_its_floor() -> None:
    assert set(FLOOR) == set(FORMS)
