"""Plain Markdown that reads well as text, with front matter in YAML.

What becomes of each block is in [blocks](blocks.md). Links stay as they are, except those
to tags and hashtags of the old site, which become text.
"""

from __future__ import annotations

from ..markdown.flavor import PLAIN
from ..target import FrontMatter, Target

TARGET = Target(
    "markdown",
    path="{slug}.md",
    names="file",
    front=FrontMatter(),
    flavor=PLAIN,
    url="/{place}/",
    links="keep",
    links_between="files",
)
