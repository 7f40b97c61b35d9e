"""Lay out the starters and themes with which people begin a blog, add posts by the documented steps, and build them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from support.generator_sites import modern_hugo, zola_build
from support.paths import TESTS_DIR
from support.programs import NODE, node_package, program
from unwix.writers.themes import THEMES

SKELETONS = TESTS_DIR / "starters"
"""Starters that are in no registry, rebuilt from their documentation and public source, as far as they show posts."""
_SECONDS = 240
_ANSWERS = "\n\n\n\nn\nn\nEtc/UTC\nn\n"


@dataclass(frozen=True)
class Starter:
    """A starter: its first files, the options of `unwix convert`, the command that builds it, and what it shows."""

    options: tuple[str, ...]
    begin: Callable[[Path], None]
    build: Callable[[], list[str]]
    built: str
    home: str = "/"
    archive: str = "/"
    feed: str | None = None
    feed_is_xml: bool = True
    """The generator escapes all names in its feed."""
    post: str = "/post/{slug}/"
    packages: tuple[str, ...] = ()
    """npm packages that the site needs."""
    node: Path = NODE
    """The directory whose node_modules has them."""
    newest: int = 4
    """The number of posts on the home page."""
    dead: tuple[str, ...] = ()
    """URLs to which the generator itself links without building them."""
    joins_hyphens: bool = False
    """The URLs of tags and categories have one hyphen where newer versions have several (Hugo 0.111)."""
    shows: str = "date author cover tags"
    """What its pages show of a post in addition to title and text: `preview` is a cover for social networks only."""

    @property
    def target(self) -> str:
        """The target for which its posts are written."""
        kind, value = self.options
        return THEMES[value].target if kind == "--theme" else value


def _copied(name: str) -> Callable[[Path], None]:
    return lambda site: shutil.copytree(SKELETONS / name, site) and None


def _jekyll_new(site: Path) -> None:
    _run([program("jekyll"), "new", str(site), "--skip-bundle"], site.parent)
    (site / "Gemfile").unlink()  # Debian's gems, without bundler
    next((site / "_posts").iterdir()).unlink()
    with (site / "_config.yml").open("a", encoding="utf-8") as config:
        config.write("exclude: [report.json, media.json, unwix.toml]\n")  # as docs/moving/jekyll.md states


#: The files that chirpy-starter copies from the theme; the rest is in the gem.
_CHIRPY_FILES = ("_config.yml", "_tabs", "index.html")
_CHIRPY_PLUGINS = (
    "jekyll-paginate jekyll-redirect-from jekyll-seo-tag jekyll-archives jekyll-sitemap jekyll-include-cache"
)


def _chirpy_starter(site: Path) -> None:
    """Begin a site with the theme of the npm package, as the gem of rubygems.org in a directory of the site."""
    theme, gems = node_package("jekyll-theme-chirpy"), site / ".gems"
    # A locale with a symbol of Ruby, which Psych 4 refuses, and the owner of the package as author are left out.
    ignored = shutil.ignore_patterns("tr-TR.yml", "authors.yml")
    shutil.copytree(theme, gems / "gems/jekyll-theme-chirpy-5.3.21", ignore=ignored)
    (gems / "specifications").mkdir()
    needed = "".join(f"s.add_runtime_dependency '{name}'; " for name in _CHIRPY_PLUGINS.split())
    (gems / "specifications/jekyll-theme-chirpy-5.3.21.gemspec").write_text(
        "Gem::Specification.new { |s| s.name = 'jekyll-theme-chirpy'; s.version = '5.3.21'; s.summary = 'Chirpy'; "
        f"s.authors = ['Cotes Chung']; {needed}}}\n",
        encoding="utf-8",
    )
    for name in _CHIRPY_FILES:
        (shutil.copytree if (theme / name).is_dir() else shutil.copy)(theme / name, site / name)  # type: ignore[operator]
    config = (site / "_config.yml").read_text(encoding="utf-8")
    config = re.sub("(?m)^(url|img_cdn|timezone): .*", "", config) + "\nurl: https://www.example.com\ntimezone: UTC\n"
    # As docs/moving/jekyll.md states.
    config = config.replace("\nexclude:\n", "\nexclude:\n  - report.json\n  - media.json\n  - unwix.toml\n")
    (site / "_config.yml").write_text(config, encoding="utf-8")


def _with_gems() -> list[str]:
    command = 'GEM_PATH="$PWD/.gems:$(ruby -e "puts Gem.path.join(%q(:))")" exec "$0" build --trace'
    return ["sh", "-c", command, program("jekyll")]


_DOCUSAURUS = NODE / "docusaurus"


def _create_docusaurus(site: Path) -> None:
    create = node_package("create-docusaurus", _DOCUSAURUS) / "bin/index.js"
    _run([program("node"), str(create), site.name, "classic", "--javascript", "--skip-install"], site.parent)
    shutil.rmtree(site / "blog")  # as docs/moving/mdx.md states


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
        joins_hyphens=True,
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
        shows="date author preview",
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
        shows="date tags",
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
        shows="date cover",
    ),
    "pelican": Starter(
        ("--to", "pelican"),
        _pelican_quickstart,
        lambda: [sys.executable, "-W", "ignore", "-m", "pelican", "content", "-s", "publishconf.py"],
        "output",
        archive="/archives.html",
        feed="/feeds/all.atom.xml",
        shows="date author tags",
    ),
    "pelican-simple": Starter(
        ("--to", "pelican"),
        _pelican_quickstart,
        lambda: [sys.executable, "-W", "ignore", "-m", "pelican", "content", "-s", "publishconf.py", "-t", "simple"],
        "output",
        archive="/archives.html",
        feed="/feeds/all.atom.xml",
        shows="date author tags",
    ),
    "material": Starter(
        ("--theme", "material"),
        lambda site: site.mkdir(),
        lambda: [*_MKDOCS, "build", "--strict"],
        "site",
        home="/blog/",
        archive="/blog/archive/2024/",
        post="/blog/{slug}/",
        shows="date author",
    ),
    "chirpy": Starter(
        ("--theme", "chirpy"),
        _chirpy_starter,
        _with_gems,
        "_site",
        archive="/archives/",
        feed="/feed.xml",
        feed_is_xml=False,  # a title with quotation marks
        packages=("jekyll-theme-chirpy",),
        shows="date author cover tags",
    ),
    "docusaurus": Starter(
        ("--theme", "docusaurus"),
        _create_docusaurus,
        lambda: [program("node"), str(node_package("@docusaurus/core", _DOCUSAURUS) / "bin/docusaurus.mjs"), "build"],
        "build",
        home="/blog/",
        archive="/blog/archive/",
        feed="/blog/rss.xml",  # its Atom feed does not escape a tag with `&`
        post="/blog/{slug}",
        packages=("@docusaurus/core",),
        node=_DOCUSAURUS,
        shows="date author tags preview",
    ),
    "vitepress": Starter(
        ("--to", "vitepress"),
        _copied("vitepress"),
        lambda: [program("node"), str(node_package("vitepress") / "bin/vitepress.js"), "build", "docs"],
        "docs/.vitepress/dist",
        post="/posts/{slug}.html",
        packages=("vitepress",),
        shows="",
    ),
    "zola": Starter(
        ("--to", "zola"),
        _copied("zola"),
        zola_build,
        "public",
        archive="/post/",
        feed="/atom.xml",
        shows="date author tags",
    ),
    "hexo": Starter(
        ("--to", "hexo"),
        _copied("hexo"),
        lambda: [program("node"), "generate.mjs"],
        "public",
        archive="/archives/",
        feed="/atom.xml",
        packages=("hexo", "hexo-theme-landscape", "hexo-generator-feed"),
        shows="date tags",
    ),
}


def begin(name: str, site: Path) -> None:
    """Lay the starter out with its npm packages."""
    starter = STARTERS[name]
    starter.begin(site)
    for package in starter.packages:
        node_package(package, starter.node)
    if starter.packages:
        (site / "node_modules").symlink_to(starter.node / "node_modules")


def build(name: str, site: Path) -> Path:
    """Build the site; return the directory to serve."""
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
    """Build a site of MkDocs with its default theme."""
    _run([*_MKDOCS, "build", "--strict"], site)
    return site / "site"
