"""The starters and themes that people begin a blog with: laid out, filled by the documented steps, and built."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from support.generator_sites import modern_hugo
from support.paths import TESTS_DIR
from support.programs import NODE, node_package, program
from unwix.writers.themes import THEMES

SKELETONS = TESTS_DIR / "starters"
"""Starters that no registry has, rebuilt from their documentation and public source: what decides how a post is shown."""
_SECONDS = 240
_ANSWERS = "\n\n\n\nn\nn\nEtc/UTC\nn\n"


@dataclass(frozen=True)
class Starter:
    """One starter: how its site begins, the options of `unwix convert`, how it is built, and what it shows."""

    options: tuple[str, ...]
    begin: Callable[[Path], None]
    build: Callable[[], list[str]]
    built: str
    home: str = "/"
    archive: str = "/"
    feed: str | None = None
    post: str = "/post/{slug}/"
    packages: tuple[str, ...] = ()
    """npm packages that the site needs."""
    newest: int = 4
    """So many posts are on the home page."""
    dead: tuple[str, ...] = ()
    """What the generator itself links to without making it."""
    shows: str = "author cover tags"
    """What its pages show of a post next to title, date and text: `preview` is a cover for social networks only."""

    @property
    def target(self) -> str:
        """The target that its posts are written for."""
        kind, value = self.options
        return THEMES[value].target if kind == "--theme" else value


def _copied(name: str) -> Callable[[Path], None]:
    return lambda site: shutil.copytree(SKELETONS / name, site) and None


def _jekyll_new(site: Path) -> None:
    _run([program("jekyll"), "new", str(site), "--skip-bundle"], site.parent)
    (site / "Gemfile").unlink()  # Debian's gems, without bundler
    next((site / "_posts").iterdir()).unlink()
    with (site / "_config.yml").open("a", encoding="utf-8") as config:
        config.write("exclude: [report.json, media.json, unwix.toml]\n")  # as docs/moving/jekyll.md says


def _pelican_quickstart(site: Path) -> None:
    site.mkdir()
    command = [str(Path(sys.executable).with_name("pelican-quickstart")), "-t", "Blog", "-a", "Owner", "-l", "en"]
    _run(command, site, _ANSWERS)


def mkdocs_new(site: Path) -> None:
    """Begin a site of MkDocs."""
    _run([*_MKDOCS, "new", "-q", str(site)], site.parent)


_MKDOCS = [sys.executable, "-W", "ignore", "-m", "mkdocs"]

_PAPERMOD = Starter(
    ("--theme", "papermod"),
    _copied("papermod"),
    lambda: [modern_hugo(), "--baseURL", "/"],
    "public",
    archive="/archives/",
    feed="/index.xml",
)
STARTERS: dict[str, Starter] = {
    "papermod": _PAPERMOD,
    "papermod-0.111": replace(
        _PAPERMOD,
        build=lambda: [program("hugo"), "--baseURL", "/"],
        dead=("/tags/c (404)",),  # a tag with `#`
    ),
    "ananke": Starter(
        ("--theme", "ananke"),
        _copied("ananke"),
        lambda: [modern_hugo(), "--baseURL", "/"],
        "public",
        archive="/post/",
        feed="/index.xml",
    ),
    "minima": Starter(
        ("--theme", "minima"),
        _jekyll_new,
        lambda: [program("jekyll"), "build", "--trace"],
        "_site",
        feed="/feed.xml",
        shows="author preview",
    ),
    "eleventy-base-blog": Starter(
        ("--theme", "eleventy-base-blog"),
        _copied("eleventy-base-blog"),
        lambda: [program("node"), str(node_package("@11ty/eleventy") / "cmd.cjs")],
        "_site",
        archive="/blog/",
        feed="/feed/feed.xml",
        newest=3,
        packages=("@11ty/eleventy-img", "@11ty/eleventy-plugin-rss", "@11ty/eleventy-plugin-syntaxhighlight"),
        shows="tags",
    ),
    "astro-blog": Starter(
        ("--theme", "astro-blog"),
        _copied("astro-blog"),
        lambda: [program("node"), str(node_package("astro") / "astro.js"), "build"],
        "dist",
        home="/blog/",
        archive="/blog/",
        feed="/rss.xml",
        post="/blog/{slug}/",
        packages=("astro", "@astrojs/rss"),
        shows="cover",
    ),
    "pelican": Starter(
        ("--to", "pelican"),
        _pelican_quickstart,
        lambda: [sys.executable, "-W", "ignore", "-m", "pelican", "content", "-s", "publishconf.py"],
        "output",
        archive="/archives.html",
        feed="/feeds/all.atom.xml",
        shows="author tags",
    ),
    "pelican-simple": Starter(
        ("--to", "pelican"),
        _pelican_quickstart,
        lambda: [sys.executable, "-W", "ignore", "-m", "pelican", "content", "-s", "publishconf.py", "-t", "simple"],
        "output",
        archive="/archives.html",
        feed="/feeds/all.atom.xml",
        shows="author tags",
    ),
    "material": Starter(
        ("--theme", "material"),
        lambda site: site.mkdir(),
        lambda: [*_MKDOCS, "build", "--strict"],
        "site",
        home="/blog/",
        archive="/blog/archive/2024/",
        post="/blog/{slug}/",
        shows="author",
    ),
    "hexo": Starter(
        ("--to", "hexo"),
        _copied("hexo"),
        lambda: [program("node"), "generate.mjs"],
        "public",
        archive="/archives/",
        feed="/atom.xml",
        packages=("hexo", "hexo-theme-landscape", "hexo-generator-feed"),
        shows="tags",
    ),
}


def begin(name: str, site: Path) -> None:
    """Lay the starter out, with the npm packages that it needs."""
    starter = STARTERS[name]
    starter.begin(site)
    for package in starter.packages:
        node_package(package)
    if starter.packages:
        (site / "node_modules").symlink_to(NODE / "node_modules")


def build(name: str, site: Path) -> Path:
    """Build the site; return the directory that a server shows."""
    _run(STARTERS[name].build(), site)
    return site / STARTERS[name].built


def _run(command: list[str], folder: Path, answers: str = "") -> None:
    environment = {**os.environ, "ASTRO_TELEMETRY_DISABLED": "1", "NO_COLOR": "1", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    environment |= {"NO_MKDOCS_2_WARNING": "1"}
    run = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        input=answers,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=_SECONDS,
        check=False,
    )
    assert run.returncode == 0, f"{' '.join(command)}\n{run.stdout[-3000:]}\n{run.stderr[-3000:]}"


def build_mkdocs(site: Path) -> Path:
    """Build a site of MkDocs with its own theme."""
    _run([*_MKDOCS, "build", "--strict"], site)
    return site / "site"
