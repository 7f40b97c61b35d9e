"""For MkDocs: links from the documentation to other files of the repository become the names of these files."""

from __future__ import annotations

import re
from typing import Any

_OUTSIDE = re.compile(r"\[([^\]\n]+)\]\((?:\.\./)+((?!docs/)[^)\s]+)\)")


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Replace links to files outside of docs/, which the site does not contain, by text."""

    def without_link(found: re.Match[str]) -> str:
        depth = found[0].count("../")
        if depth <= page.file.src_uri.count("/"):
            return found[0]  # a link inside of docs/
        text, path = found[1].strip("`"), found[2].partition("#")[0]
        return f"`{path}`" if text == path or path.endswith(text) else f"{found[1]} (`{path}`)"

    return _OUTSIDE.sub(without_link, markdown)
