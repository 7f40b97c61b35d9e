"""`unwix` without arguments on a terminal: ask what to convert to what, show the command, and run it."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

import click

from .options.sources import SourceType
from .options.targets import NAMES

#: What people call the targets, in the order in which the wizard offers them.
_TARGETS = {
    "markdown": "plain Markdown files",
    "wordpress": "WordPress (one import file)",
    "ghost": "Ghost (one import file)",
    "hugo": "Hugo",
    "astro": "Astro",
    "jekyll": "Jekyll",
    "eleventy": "Eleventy",
    "obsidian": "Obsidian",
    "pelican": "Pelican",
    "mkdocs": "MkDocs",
    "zola": "Zola",
    "sanity": "Sanity (one import file)",
    "webflow": "Webflow (one table)",
    "shopify": "Shopify (one table)",
    "mdx": "MDX (Next.js, Docusaurus, Nextra)",
    "hexo": "Hexo",
    "vitepress": "VitePress",
    "nuxt": "Nuxt Content",
    "json": "JSON files for another system",
}
_HOW_TO_SAVE = """\
Where is your blog? Give one of these:
  - the URL of your site, while it is still online: https://www.example.com
  - a folder with saved pages. In the browser: open a post, press Ctrl+S (Cmd+S
    on a Mac), choose “Web page, complete”, and save all posts into one folder
  - a file: a feed (blog-feed.xml), a ZIP, a web archive, an export
You can drag a file or a folder into this window."""


def run_wizard() -> list[str]:
    """Ask the questions, and return the arguments of the command to run; empty if the user does not want to run it."""
    click.echo("unwix converts a Wix blog to Markdown. Nothing is written before you confirm;\npress Ctrl+C to stop.\n")
    click.echo(_HOW_TO_SAVE)
    source = _ask_source()
    while isinstance(source, Path) and click.confirm("\nLook at the source first? Nothing is written.", default=True):
        if _show_diagnosis(source):
            break
        click.echo("\nIt contains no blog post. Give another source, or press Ctrl+C to stop.")
        source = _ask_source()
    target = _ask_target()
    copies = target not in ("wordpress", "webflow", "shopify") and click.confirm(
        "\nWithout a copy, posts load images from Wix, and lose them with the old site."
        "\nCopy images and files into the output?",
        default=True,
    )
    default = "blog" if target in ("markdown", "obsidian") else f"{target}-blog"
    output = click.prompt("\nFolder for the result", default=_unused(default))
    arguments = ["convert", str(source), "--output", str(output)]
    arguments += ["--to", target] if target != "markdown" else []
    arguments += ["--media", "copy"] if copies else []
    click.echo(f"\nThe command is:\n  {shlex.join(['unwix', *arguments])}\n")
    return arguments if click.confirm("Run it now?", default=True) else []


def _ask_source() -> str | Path:
    """Ask until the answer is a URL or an existing path."""
    while True:
        text = _dropped_path(click.prompt("\nSource").strip())
        try:
            source = SourceType().convert(text, None, None)
        except click.BadParameter as error:
            click.echo(error.message)
            continue
        if isinstance(source, str) or source.exists():
            return source
        click.echo(f"There is no file or folder {source}.")


def _dropped_path(text: str) -> str:
    """Return a path without the quotes and backslashes that terminals add to dropped files."""
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1]
    elif os.name != "nt" and not Path(text).exists():
        text = re.sub(r"\\(.)", r"\1", text)
    return os.path.expanduser(text)


def _ask_target() -> str:
    click.echo("\nWhere do you want to go?")
    names = [name for name in _TARGETS if name in NAMES]
    for number, name in enumerate(names, 1):
        click.echo(f"  {number:>2}  {_TARGETS[name]}")
    while True:
        answer = str(click.prompt("Number", default="1")).strip()
        if answer.isdecimal() and 1 <= int(answer) <= len(names):
            return names[int(answer) - 1]
        if answer.lower() in names:
            return answer.lower()
        click.echo(f"Give a number from 1 to {len(names)}.")


def _unused(name: str) -> str:
    """Return a name of a directory that does not exist or is an output of unwix."""
    from ..checks.output_folder import is_output

    number, path = 1, Path(name)
    while path.exists() and not is_output(path):
        number += 1
        path = Path(f"{name}-{number}")
    return str(path)


def _show_diagnosis(source: Path) -> bool:
    """Print what `unwix doctor` finds, except for the command. Return whether it finds posts."""
    from ..run.workers import Workers
    from ..sources.files import Files
    from .commands.doctor import diagnosis
    from .terminal.progress import Progress

    with Workers() as workers:
        findings = diagnosis(str(source), [Files([source])], workers, Progress())
    has_posts, findings.posts = findings.posts > 0, 0  # the wizard proposes the command
    click.echo("\n" + "\n".join(findings.lines(80)))
    return has_posts
