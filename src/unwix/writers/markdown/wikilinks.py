"""Wiki: links between the notes of an Obsidian vault (help.obsidian.md/links)."""

from __future__ import annotations

import re

from bs4 import Tag

from .read_back import Reading

#: How a link to another note stands in the article: `wiki:file.md#heading`.
WIKI = "wiki:"
_PLAIN = re.compile(r"[^\[\]|#^\\`*_~<>=$&%\n]+")


def wiki_link(el: Tag, place: str) -> str | None:
    """`[[file#heading|text]]`; None where the text is more than plain, or stands in a table."""
    said = el.get_text()
    if not _PLAIN.fullmatch(said) or el.find(True) is not None or el.find_parent("table") is not None:
        return None
    file, mark, heading = place.partition("#")
    short = file.removesuffix(".md") + mark + heading
    return f"[[{short}]]" if said == short else f"[[{short}|{said}]]"


def _as_markdown(found: re.Match[str]) -> str:
    file, heading, text = found.groups(default="")
    return f"[{text or file + heading}](<{file}.md{heading}>)"


#: What turns such links back into those of Markdown.
WIKI_LINKS: Reading = (r"(?<![!\\])\[\[([^\[\]|#\n]+)(#[^\[\]|\n]*)?(?:\|([^\[\]\n]+))?\]\]", _as_markdown)
