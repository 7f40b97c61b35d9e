"""Test the quality of text dumps: dumps of real pages by several tools, and the seed document.

Pages and scorer are in ../shared and are not part of the project. The minimum values were reached on 2026-11-30,
rounded down; they are raised by hand.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from statistics import mean
from typing import Any

import pytest
from bs4 import BeautifulSoup
from markdownify import markdownify

from support.scorer import SHARED, scorer
from unwix.model.page import Page
from unwix.readers.text_dump.learn_site_lines import site_lines_of
from unwix.readers.text_dump.reader import read_text
from unwix.run.steps import convert_page
from unwix.run.write_post import Options, WrittenPost

DUMPS = SHARED / "corpus/text/pages"
SEED = SHARED / "corpus/text/ketamine-seed.txt"

pytestmark = pytest.mark.skipif(not DUMPS.is_dir(), reason="../shared/corpus, the real pages, is not here")

#: Shares of posts (title, author, all correct) and of words (recall, precision), for dumps of ../shared/score/dump.py.
FLOOR = {"right": 1.0, "recall": 0.999, "precision": 0.999, "title": 1.0, "author": 1.0}
#: The same dumps without blank lines, like Common Crawl's texts: tags cannot be distinguished from short lines in them.
FLOOR_WITHOUT_BLANK_LINES = {"right": 0.92, "recall": 0.999, "precision": 0.985, "title": 1.0, "author": 1.0}
#: The same pages, dumped by tools from PyPI.
FLOORS = {
    "html2text": {"right": 0.98, "recall": 0.999, "precision": 0.999, "title": 1.0, "author": 1.0},
    "inscriptis": {"right": 0.92, "recall": 0.999, "precision": 0.997, "title": 1.0, "author": 1.0},
    "markdownify": {"right": 0.92, "recall": 0.999, "precision": 0.997, "title": 1.0, "author": 1.0},
    "wrapped quote": {"right": 1.0, "recall": 0.999, "precision": 0.999, "title": 1.0, "author": 1.0},
    "pieces": {"right": 0.88, "recall": 0.999, "precision": 0.985, "title": 1.0, "author": 1.0},
}


def options_of(dumps: Mapping[Path, bytes]) -> Options:
    """Return the options of a run over dumps: lines that recur in them belong to the site."""
    return Options(site_lines=site_lines_of(Page(path.name, data=raw) for path, raw in dumps.items()))


def converted(dumps: Mapping[Path, bytes]) -> dict[Path, WrittenPost]:
    """Return the post of each dump of a run."""
    options = options_of(dumps)
    found = {}
    for path, raw in dumps.items():
        outcome = convert_page(Page(path.name, data=raw), options)
        assert len(outcome.posts) == 1, f"{path.name}: {outcome.skipped or outcome.failed or len(outcome.posts)}"
        found[path] = outcome.posts[0]
    return found


@cache
def written(spaced: bool) -> dict[Path, WrittenPost]:
    """Return the post of each dump, read separately; without its blank lines if not `spaced`."""
    dumps = {}
    for path in sorted(DUMPS.rglob("*.txt")):
        text = path.read_text(encoding="utf-8")
        dumps[path] = (text if spaced else "\n".join(line for line in text.split("\n") if line.strip())).encode()
    return converted(dumps)


def measure(posts: dict[Path, WrittenPost]) -> dict[str, float]:
    """Return the shares of a floor, for posts by the paths of their pages inside the corpus."""
    score = scorer()
    rows: list[dict[str, Any]] = []
    for path, post in posts.items():
        page = (SHARED / "corpus/pages" / path).with_suffix(".html")
        rows.append(score.compare_text(score.read_page(page), *score.split(post.text)))
    right = [row["recall"] >= 0.995 and row["precision"] >= 0.995 and all(row["meta"].values()) for row in rows]
    means = {name: mean(row["meta"][name] for row in rows if name in row["meta"]) for name in ("title", "author")}
    return {
        "right": mean(right),
        "recall": mean(row["recall"] for row in rows),
        "precision": mean(row["precision"] for row in rows),
        **means,
    }


def held(reached: dict[str, float], floor: dict[str, float]) -> None:
    assert {name: reached[name] >= least for name, least in floor.items()} == dict.fromkeys(floor, True), reached


@pytest.mark.parametrize(
    ("spaced", "floor"), [(True, FLOOR), (False, FLOOR_WITHOUT_BLANK_LINES)], ids=["dumps", "without-blank-lines"]
)
def test_floor(spaced: bool, floor: dict[str, float]) -> None:
    held(measure({path.relative_to(DUMPS): post for path, post in written(spaced).items()}), floor)


def html_of(path: Path) -> str:
    """Return a page without its scripts and styles, which these tools would print or process slowly."""
    html = scorer().read_page(path).decode("utf-8", "replace")
    return re.sub(r"<(script|style)\b.*?</\1>", "", html, flags=re.S | re.I)


def by_html2text(path: Path) -> str:
    converter = pytest.importorskip("html2text", reason="html2text is not installed").HTML2Text(bodywidth=0)
    converter.ignore_links = converter.ignore_images = True
    return str(converter.handle(html_of(path)))


def by_inscriptis(path: Path) -> str:
    return str(pytest.importorskip("inscriptis", reason="inscriptis is not installed").get_text(html_of(path)))


def by_markdownify(path: Path) -> str:
    body = BeautifulSoup(html_of(path), "lxml").body
    assert body is not None
    for node in body.select("svg, iframe, noscript, template"):
        node.decompose()
    return str(markdownify(str(body), heading_style="ATX"))


def wrapped_and_quoted(path: Path) -> str:
    text = (DUMPS / path.relative_to(SHARED / "corpus/pages")).with_suffix(".txt").read_text(encoding="utf-8")
    lines = (
        textwrap.wrap(line, 72, break_long_words=False, break_on_hyphens=False) or [""] for line in text.split("\n")
    )
    return "\r\n".join(f"> {line}" for paragraph in lines for line in paragraph)


def in_pieces(path: Path) -> str:
    return BeautifulSoup(html_of(path), "lxml").get_text("\n", strip=True)


TOOLS: dict[str, Callable[[Path], str]] = {
    "html2text": by_html2text,
    "inscriptis": by_inscriptis,
    "markdownify": by_markdownify,
    "wrapped quote": wrapped_and_quoted,
    "pieces": in_pieces,
}


@pytest.mark.parametrize("tool", TOOLS)
def test_floor_of_other_tools(tool: str) -> None:
    pages = SHARED / "corpus/pages"
    dumps = {path: TOOLS[tool](path).encode("utf-8", "replace") for path in sorted(pages.rglob("*.html"))}
    held(measure({path.relative_to(pages): post for path, post in converted(dumps).items()}), FLOORS[tool])


@pytest.mark.parametrize("spaced", [True, False])
def test_nothing_is_lost_between_the_dump_and_the_markdown(spaced: bool) -> None:
    assert [path.name for path, post in written(spaced).items() if not post.fidelity.lossless] == []


def test_each_line_of_a_dump_is_in_the_post_or_listed_as_removed() -> None:
    for path, post in written(True).items():
        cut = {number for number, _, _ in post.removed_lines}
        lines = path.read_text(encoding="utf-8").split("\n")
        left = [line for number, line in enumerate(lines, 1) if line.strip() and number not in cut]
        text = set(re.findall(r"\w+", post.text))
        lost = [line for line in left if not set(re.findall(r"\w+", line)) <= text]
        assert len(lost) <= len(left) // 100, (path.name, lost[:3])


def test_seed_document() -> None:
    (post,) = read_text("seed.txt", SEED.read_bytes())
    metadata = post.metadata
    assert metadata.title == "How Ketamine Therapy Is Revolutionizing Treatment-Resistant Depression"
    assert (metadata.authors, metadata.language, metadata.date) == (["Josh Brar"], "en", None)
    assert metadata.commenting in (None, "closed")
    text = convert_page(Page("seed.txt", path=SEED)).posts[0]
    assert text.fidelity.lossless
    placeholder = f"the image “{metadata.title}” is missing here"
    assert text.text.count(placeholder) == 1, "the image that only its alternative text shows has a placeholder"
    assert text.text.replace(placeholder, "").count(metadata.title) == 1, "else the title is in the front matter alone"
    assert "top of page" not in text.text
    assert not re.search(r"^(Recent Posts|See All|\d+ views.*)$", text.text, re.M)
