"""Test `--media copy` with the real site generators: they build the output, and every file exists on the built site.

Each builds the samples, posts with every kind of media, and real pages if the corpus is present; a local server
replaces Wix. A crawl over loopback then finds the bytes of every file at the URL in a post, and no URL of Wix's
servers.
"""

from __future__ import annotations

import hashlib
import http.server
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urljoin, urlsplit
from urllib.request import urlopen

import pytest
from click.testing import CliRunner
from lxml import html

from support import post_pages as pages
from support.built_pages import crawl, served
from support.generator_sites import GENERATORS, build, lay_out
from support.media_posts import HEX, STATIC, film, image, listed, name, write
from support.media_server import MP3, MP4, PDF, Answer, Web, png, serve
from support.paths import ROOT_DIR
from unwix.cli.main import cli
from unwix.sources.http.public_hosts import Network

ROOT = ROOT_DIR
CORPUS = ROOT.parent / "shared" / "corpus" / "pages"
GIF = b"GIF89a\1\0\1\0" + bytes(20) + b";"
#: The response for paths of Wix's hosts, by a part of the path; images depend on the whole path.
_KINDS = {"/video/": MP4, "/mp3/": MP3, "/ugd/": PDF, ".gif": GIF}

pytestmark = [pytest.mark.tools, pytest.mark.filterwarnings("ignore:Unverified HTTPS")]


def _serve(handler: http.server.BaseHTTPRequestHandler) -> None:
    made = next((body for part, body in _KINDS.items() if part in handler.path), None)
    body = png(4, 3, seed=zlib.crc32(handler.path.encode())) if made is None else made + handler.path.encode()
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    with serve(tmp_path_factory.mktemp("web")) as web:
        web.default = Answer(act=_serve)
        resolve = web.network.resolve
        assert resolve is not None
        # Pages may contain image URLs of any host: all of them resolve to this server, without checking its
        # certificate.
        web.network = Network(lambda _host, port: resolve("static.wixstatic.com", port), False, backoff=0.001)
        yield web


def _posts(folder: Path) -> Path:
    gallery = "".join(
        '<div data-hook="item-container"><img data-hook="gallery-item-image-img-preload" '
        f'src="{STATIC}{name(number)}/v1/fit/w_9,h_9/x.jpg"></div>'
        for number in (1, 2)
    )
    sound = f'<figure data-hook="figure-AUDIO"><div data-hook="audio-viewer"><audio src="https://static.wixstatic.com/mp3/{HEX}.mp3"></audio></div></figure>'
    gif = '<figure data-hook="figure-GIF"><video src="https://media.giphy.com/media/ab/giphy.mp4"></video></figure>'
    every = (
        image(1, alt="Grüße (1) & <b>.png")
        + pages.block(f'<div data-hook="galleryViewer">{gallery}</div>', "gallery")
        + film()
        + pages.block(sound, "audio")
        + pages.block(gif, "gif")
        + pages.p('See <a href="https://docs.wixstatic.com/ugd/ab12cd_01.pdf">the list</a>.')
    )
    names = "".join(
        image(number, alt=alt) for number, alt in enumerate(("_a.png", "A b.png", "a{{b}}.png", "#1.png"), 10)
    )
    cover = f'<meta property="og:image" content="{STATIC}{name(3)}/v1/fit/w_9,h_9/x.jpg">'
    return write(folder, every, names + image(1), image(2) + film(), head=cover)


def _named(page: bytes) -> set[str]:
    """Return all URLs of media and links on a page."""
    root = html.fromstring(page, parser=html.HTMLParser(encoding="utf-8"))
    found = root.xpath("//article[@class='post-body']//@src | //article[@class='post-body']//@href")
    return {str(value) for value in found}


def _bytes_at(address: str) -> str | None:
    with urlopen(quote(address, safe="%/:=&?~#+!$,;'@()*[]"), timeout=20) as answer:
        return None if answer.headers.get_content_type() == "text/html" else hashlib.sha256(answer.read()).hexdigest()


def _in_bodies(output: Path, rows: list[dict[str, Any]]) -> set[str]:
    """Return the hashes of the files in the body of a published post."""
    kinds = {"image", "gallery", "video", "audio", "gif", "file"}
    return {row["sha256"] for row in rows if row["kind"] in kinds and row["sha256"]}


@pytest.mark.parametrize("generator", GENERATORS)
def test_every_file_exists_on_the_built_site(generator: str, web: Web, tmp_path: Path) -> None:
    site = tmp_path / "site"
    lay_out(generator, site)
    sources = [ROOT / "samples", _posts(tmp_path / "in"), *([CORPUS] if CORPUS.is_dir() else [])]
    arguments = ["convert", *sources, "-o", site, "--to", generator, "--media", "copy", "--media-rate", 1000, "-j", 0]
    result = CliRunner().invoke(cli, [str(argument) for argument in arguments], obj=web.network)
    assert result.exit_code == 0, result.output
    rows = listed(site)
    assert {row["state"] for row in rows} == {"original"}
    posts = json.loads((site / "report.json").read_text())["posts"]
    assert [post["output"] for post in posts if post["result"] == "lossy"] == []
    built, complaints = build(generator, site)
    assert complaints == []
    with served(built) as start:
        found = crawl(start)
        assert [dead for dead in found.dead if "." in dead.partition(" (")[0].rpartition("/")[2]] == []
        alive: set[str] = set()
        still_there = []
        for path, page in found.pages.items():
            if b"post-body" not in page:
                continue
            for target in _named(page):
                full = urljoin(urljoin(start, quote(path)), target)
                if full.startswith(start) and not urlsplit(full).path.endswith("/"):
                    alive.add(_bytes_at(unquote(full.partition("#")[0])) or "")
                elif (urlsplit(full).hostname or "").endswith(("wixstatic.com", "usrfiles.com", "giphy.com")):
                    still_there.append(f"{path}: {target}")
    assert still_there == []
    missing = _in_bodies(site, rows) - alive
    assert [row["file"] for row in rows if row["sha256"] in missing] == []
