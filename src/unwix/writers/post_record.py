"""Write a post as a JSON record for programs: its metadata, its texts, and the result of its conversion."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from ..model.article import Element
from ..model.problems import ProblemRow
from .import_files.import_html import import_html
from .import_files.records import as_line
from .plain_text import plain_text
from .target import RecordForm


def post_record(
    form: RecordForm,
    article: Element,
    *,
    identity: str,
    source: str,
    reader: str,
    metadata: Mapping[str, Any],
    markdown: str,
    result: str,
    problems: Sequence[ProblemRow],
) -> str:
    """Return the record as JSON with a line break at the end; `metadata` has the final names of the fields."""
    record = {
        "id": identity,
        "source": source,
        "reader": reader,
        "result": result,
        "metadata": metadata,
        **({"html": import_html(article, form.html)} if form.html else {}),
        "markdown": markdown,
        "text": plain_text(article),
        "problems": problems,
    }
    if form.indent is None:
        return as_line(record)
    return json.dumps(record, ensure_ascii=False, indent=form.indent) + "\n"
