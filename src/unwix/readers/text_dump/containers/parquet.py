"""Rows of Parquet tables, in which corpora for language models are published. Needs the extra `parquet`."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from ....model.errors import UnreadablePage

_NEEDED = "reading a Parquet table needs the extra “parquet”: pip install 'unwix[parquet]'"
_ROWS = 256


def read_parquet(raw: bytes) -> list[dict[str, Any]]:
    """Return the rows of a table. Raises UnreadablePage if it is damaged or pyarrow is not installed."""
    return [row for batch in _batches(io.BytesIO(raw)) for row in batch]


def rows_of_parquet(stream: BinaryIO) -> Iterator[tuple[int, bytes, bool]]:
    """Yield the rows of a large table as lines of JSON: the number, the line, and False (a part may end anywhere).

    Raises UnreadablePage if the table is damaged or pyarrow is not installed.
    """
    number = 0
    for batch in _batches(stream):
        for row in batch:
            number += 1
            yield number, json.dumps(row, ensure_ascii=False, default=str).encode("utf-8", "replace") + b"\n", False


def _batches(stream: BinaryIO) -> Iterator[list[dict[str, Any]]]:
    try:
        from pyarrow import parquet  # type: ignore[import-untyped,import-not-found,unused-ignore] # noqa: PLC0415
    except ModuleNotFoundError:
        raise UnreadablePage(_NEEDED) from None
    try:
        for batch in parquet.ParquetFile(stream).iter_batches(batch_size=_ROWS):
            yield batch.to_pylist()
    except Exception as error:  # pyarrow raises many types, all of which mean a damaged file
        reason = " ".join(str(error).split())[:200]
        raise UnreadablePage(f"the Parquet table cannot be read: {reason}") from None
