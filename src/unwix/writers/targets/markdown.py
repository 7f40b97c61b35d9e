"""Target `markdown`: plain Markdown that reads well as text, with front matter in YAML."""

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
