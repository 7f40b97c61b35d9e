"""JSON: one neutral file for each post, for programs and for systems that have no target of their own.

A record has `id` (the same in each run), `source`, `reader`, `metadata` (the fields of
[front matter](front-matter.md)), the body as `html`, `markdown` and plain `text`, the `result` of the conversion
(`complete`, `incomplete` or `lossy`) and its `problems`. In the plain text, links are their text, images their
alternative text, and items of lists begin with `-` or a number. With `--media copy` the files are in `media/`.
"""

from __future__ import annotations

from ...import_files.import_html import ImportHtml
from ...markdown.flavor import PLAIN
from ...target import FrontMatter, RecordForm, Target

TARGET = Target(
    "json",
    path="posts/{slug}.json",
    base="posts",
    front=FrontMatter(),
    flavor=PLAIN,
    url="/{place}/",
    links="keep",
    links_between="files",
    record=RecordForm(html=ImportHtml, indent=2),
)
