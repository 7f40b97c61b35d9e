"""Imports: the blog systems that take posts as one file, one row each, beside the site generators of targets.py."""

from __future__ import annotations

from .flavors import DIALECTS
from .table import TARGETS, FrontMatter, Target

#: Blog systems that take posts by import: no Markdown, one file. `import_file.py` writes it.
IMPORTS: dict[str, Target] = {
    target.name: target
    for target in (
        Target(
            "wordpress",
            path="wordpress.xml!/{slug}",
            base="wordpress.xml!",
            file="wordpress.xml",
            front=FrontMatter(),
            dialect=DIALECTS["import"],
            url="/{place}/",
        ),
        Target(
            "ghost",
            path="ghost.json!/{slug}",
            base="ghost.json!",
            file="ghost.json",
            front=FrontMatter(),
            dialect=DIALECTS["import"],
            url="/{place}/",
            media="content/images",
            media_address="/content/images/{file}",  # Ghost looks for the file's name letter by letter
        ),
    )
}
NAMES = (*TARGETS, *IMPORTS)


def target_of(name: str) -> Target:
    """The target of a name: a site generator's or a blog system's. Raises KeyError for others."""
    return TARGETS[name] if name in TARGETS else IMPORTS[name]
