"""Test `--to` with copied media: a blog in two languages, whose media all exist on the built site.

The media come from a server on 127.0.0.1. Every post links to its neighbour and to an anchor in it, shows images, a
video, an audio and a file, and has a translation; the crawl of the built site finds all of them, and no URL of Wix.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from support.built_pages import Crawl, crawl, served
from support.generator_sites import GENERATORS, build, lay_out
from support.media_posts import listed
from support.media_server import MP3, MP4, PDF, Answer, Web, png, serve
from support.ricos_documents import Json, link, node, p, text
from unwix.cli.main import cli
from unwix.writers.target import url_path
from unwix.writers.targets import MARKDOWN_TARGETS

pytestmark = pytest.mark.tools

SITE = "https://www.potter-lane.example"
HEX = "ab12cd_0123456789abcdef0123456789abcdef"


def _name(number: int) -> str:
    return f"ab12cd_{number:032x}~mv2.png"


def _picture(number: int, *children: Json) -> Json:
    image = {"image": {"src": {"id": _name(number)}, "width": 800, "height": 600}, "altText": f"Picture {number}"}
    return node("IMAGE", *children, imageData=image)


def _post(number: int, slug: str, language: str, path: str, neighbour: str) -> Json:
    gallery = {"items": [{"image": {"media": {"src": {"url": _name(10 + number)}}}, "altText": "In the gallery"}]}
    film = {"video": {"src": {"id": f"video/{HEX}/1080p/mp4/file.mp4"}}, "title": "The film"}
    nodes = [
        p("Clay rests. ", text("The next post", link(f"{SITE}{neighbour}")), " has more, and "),
        p(text("a place in it", link(f"{SITE}{neighbour}#viewer-kiln1")), "."),
        _picture(number, node("CAPTION", "The wheel")),
        node("GALLERY", galleryData=gallery),
        node("VIDEO", videoData=film),
        node("AUDIO", audioData={"audio": {"src": {"id": f"mp3/{HEX}.mp3"}}, "name": "The horn"}),
        node("FILE", fileData={"src": {"url": "https://docs.wixstatic.com/ugd/ab12cd_01.pdf"}, "name": "list.pdf"}),
        node("HEADING", "The kiln", key="kiln1", headingData={"level": 2}),
        p(f"Post {number} ends."),
    ]
    return {
        "id": f"p{number}",
        "title": slug.replace("-", " ").title(),
        "slug": slug,
        "language": language,
        "translationId": f"t-{number % 2}",
        "firstPublishedDate": f"2024-05-0{1 + number}T10:00:00.000Z",
        "url": {"base": SITE, "path": path},
        "richContent": {"nodes": nodes},
    }


def _blog() -> list[Json]:
    return [
        _post(0, "rest", "en", "/post/rest", "/post/turn"),
        _post(1, "turn", "en", "/post/turn", "/post/rest"),
        _post(2, "ruhe", "de", "/de/post/ruhe", "/de/post/drehen"),
        _post(3, "drehen", "de", "/de/post/drehen", "/de/post/ruhe"),
    ]


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    with serve(tmp_path_factory.mktemp("web")) as running:
        for number in (0, 1, 2, 3, 10, 11, 12, 13):
            running.answers[f"/media/{_name(number)}"] = Answer(png(number + 1, 1))
        running.answers[f"/video/{HEX}/1080p/mp4/file.mp4"] = Answer(MP4)
        running.answers[f"/mp3/{HEX}.mp3"] = Answer(MP3)
        running.answers["/ugd/ab12cd_01.pdf"] = Answer(PDF)
        yield running


def _moved(name: str, site: Path, web: Web) -> dict[str, str]:
    """Convert the blog with copied media; return the URL of each post by its slug."""
    (site / "blog.json").parent.mkdir(parents=True, exist_ok=True)
    (source := site.parent / "blog.json").write_text(json.dumps({"posts": _blog()}), encoding="utf-8")
    arguments = ["convert", source, "-o", site, "--to", name, "-j", 0, "--media", "copy", "--main-language", "en"]
    result = CliRunner().invoke(cli, [str(a) for a in arguments], obj=web.network)
    assert result.exit_code == 0, result.output
    rows = json.loads((site / "report.json").read_text(encoding="utf-8"))["posts"]
    assert all(row["result"] != "lossy" for row in rows)
    assert {row["state"] for row in listed(site)} == {"original"}
    slugs = ["rest", "turn", "ruhe", "drehen"]
    return {slug: url_path(MARKDOWN_TARGETS[name], row["output"]) for slug, row in zip(slugs, rows, strict=True)}


@pytest.mark.parametrize("name", GENERATORS)
def test_blog_in_two_languages_has_its_media_on_the_built_site(name: str, tmp_path: Path, web: Web) -> None:
    addresses, found = _crawled(name, tmp_path / "site", web)
    assert found.dead == []
    assert {*addresses.values()} <= found.pages.keys()
    for slug, neighbour in (("rest", "turn"), ("turn", "rest"), ("ruhe", "drehen"), ("drehen", "ruhe")):
        page = found.pages[addresses[slug]].decode()
        assert "wixstatic.com" not in page.partition("post-body")[2]
        assert found.leads(addresses[slug], addresses[neighbour])
        assert found.leads(addresses[slug], addresses[neighbour] + "#the-kiln")
    assert _kinds(found) >= {"image/png", "video/mp4", "audio/mpeg", "application/pdf"}
    assert len([path for path, kind in found.files.items() if kind == "image/png"]) >= 8


def _crawled(name: str, site: Path, web: Web) -> tuple[dict[str, str], Crawl]:
    """Return the URLs of the posts on the built site, and the crawl of it."""
    lay_out(name, site)
    addresses = _moved(name, site, web)
    built, complaints = build(name, site)
    assert complaints == []
    with served(built) as start:
        return addresses, crawl(start)


def _kinds(found: Crawl) -> set[str]:
    return {*found.files.values()}


@pytest.mark.parametrize("name", ["hugo", "pelican"])
def test_translations_link_to_each_other(name: str, tmp_path: Path, web: Web) -> None:
    addresses, found = _crawled(name, tmp_path / "site", web)
    for one, other in (("rest", "ruhe"), ("turn", "drehen")):
        assert f'hreflang="de" href="{addresses[other]}"' in found.pages[addresses[one]].decode()
        assert f'hreflang="en" href="{addresses[one]}"' in found.pages[addresses[other]].decode()
