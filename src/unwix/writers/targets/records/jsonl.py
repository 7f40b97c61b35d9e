"""JSON Lines: one record for each post, in one file or on standard output.

`-o -` writes the records to standard output, one line each, as soon as they are ready, and nothing else; messages are
on standard error. `-o posts.jsonl` writes that file alone. `-o DIRECTORY` writes `posts.jsonl` and `report.json`.
Records are those of [json](#json) without `html`.
"""

from __future__ import annotations

from ...import_files.import_format import ImportFormat
from ...import_files.import_html import ImportHtml
from ...import_files.records import json_lines
from ...markdown.flavor import PLAIN
from ...target import FrontMatter, RecordForm, Target

TARGET = Target(
    "jsonl",
    path="posts.jsonl!/{slug}",
    base="posts.jsonl!",
    front=FrontMatter(),
    flavor=PLAIN,
    url="/{place}/",
    links="keep",
    record=RecordForm(),
    import_format=ImportFormat("posts.jsonl", ImportHtml, json_lines),
)
