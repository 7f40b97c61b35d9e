"""Read the pages of a built site: the content of a post's page, and broken links."""

from __future__ import annotations

import contextlib
import functools
import http.server
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, unquote, urljoin, urlsplit
from urllib.request import urlopen

from lxml import etree, html

from unwix.fidelity.markdown import html_facts
from unwix.model.facts import Facts
from unwix.writers.players import own_title, page_url

_SAFE = "%/:=&?~#+!$,;'@()*[]"
_PARSER = html.HTMLParser(encoding="utf-8", huge_tree=True)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_args: Any) -> None:
        pass


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve the directory on 127.0.0.1 and yield its URL."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@dataclass
class Crawl:
    """All pages that can be reached from a site's front page, and its broken links."""

    pages: dict[str, bytes] = field(default_factory=dict)
    """Decoded path → page."""
    files: dict[str, str] = field(default_factory=dict)
    """Path → media type, for files that are not pages."""
    links: set[tuple[str, str]] = field(default_factory=set)
    """(path of a page, path and fragment of a link in it), decoded, both on the site."""
    dead: list[str] = field(default_factory=list)

    def leads(self, page: str, place: str) -> bool:
        """Return True if a page has a link to another page, or to an anchor in it."""
        return (page, place) in self.links


def crawl(start: str, *paths: str) -> Crawl:
    """Follow every internal link, image, video, audio file and frame, from the front page and the given pages."""
    found = Crawl()
    first = [start, *(start + path.lstrip("/") for path in paths)]
    waiting, seen, fragments = [(page, "the front page") for page in first], {*first}, []
    while waiting:
        address, where = waiting.pop()
        try:
            with urlopen(quote(address, safe=_SAFE), timeout=20) as answer:
                body, kind, final = answer.read(), answer.headers.get_content_type(), answer.url
        except HTTPError as error:
            found.dead.append(f"{unquote(urlsplit(address).path)} ({error.code}), on {where}")
            continue
        path = unquote(urlsplit(final).path)
        if kind != "text/html":
            found.files[path] = kind
            continue
        found.pages[path] = body
        for target in _targets(body):
            full = quote(urljoin(final, target), safe=_SAFE)
            if not full.startswith(start):
                continue
            page, _, fragment = full.partition("#")
            place = unquote(urlsplit(page).path)
            found.links |= {(path, place), (path, f"{place}#{unquote(fragment)}")}
            if fragment:
                fragments.append((page, unquote(fragment), path))
            if page not in seen:
                seen.add(page)
                waiting.append((page, path))
    for page, fragment, where in fragments:
        there = found.pages.get(unquote(urlsplit(page).path))
        if there is not None and fragment not in _ids(there):
            found.dead.append(f"{unquote(urlsplit(page).path)}#{fragment}, on {where}")
    return found


def _root(page: bytes) -> Any:
    return html.fromstring(page, parser=_PARSER)


def _targets(page: bytes) -> Iterator[str]:
    for element, name, value, _ in _root(page).iterlinks():
        if name in ("href", "src", "poster") and element.tag != "link":
            yield value.strip()


@functools.lru_cache(maxsize=64)
def _ids(page: bytes) -> frozenset[str]:
    root = _root(page)
    return frozenset({*root.xpath("//@id"), *root.xpath("//a/@name")})


def post_facts(page: bytes) -> Facts:
    """Return the facts of the post on a built page, with players as links and without checkboxes and highlighting."""
    articles = _root(page).xpath("//article[@class='post-body']")
    assert len(articles) == 1, f"{len(articles)} posts on one page"
    article = articles[0]
    for player in article.xpath(".//iframe | .//video | .//audio"):
        _as_link(player)
    return html_facts(etree.tostring(article, encoding="unicode", method="html", with_tail=False))


#: Parameters that Hugo's `youtube` and `vimeo` add to the URL of a player.
_HUGOS_PARAMETERS = re.compile(r"\?(?:autoplay=0&controls=1&.*|dnt=0)$")


def _as_link(player: Any) -> None:
    """Return a paragraph with a link instead of a player."""
    address = page_url(_HUGOS_PARAMETERS.sub("", player.get("src") or ""))
    link = html.Element("a", href=address)
    link.text = own_title(address, player.get("title")) or address
    paragraph = html.Element("p")
    paragraph.append(link)
    paragraph.tail = player.tail
    player.getparent().replace(player, paragraph)
