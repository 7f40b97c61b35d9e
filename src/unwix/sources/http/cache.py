"""Cache responses on disk with their validators, and keep a journal of an unfinished run.

A second run asks only whether something changed (`If-None-Match`, `If-Modified-Since`); a run that was stopped, even by
`kill -9`, resumes without requesting again what it already has.
"""

from __future__ import annotations

import base64
import json
import time
import zlib
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any, cast

import requests
from requests_cache import NEVER_EXPIRE, CachedSession, SerializerPipeline, Stage
from requests_cache.serializers.preconf import make_stage

from ...model.errors import UnwixError
from ...model.page import MAX_BYTES

#: Responses that are cached: success, redirects, and missing pages.
CACHED_STATUSES = (200, 203, 301, 302, 303, 307, 308, 404, 410)
#: A stopped run is resumed within this many seconds; after that everything is requested again.
JOURNAL_SECONDS = 24 * 3600
_FILE = "http.sqlite"


def cached_session(session: requests.Session, folder: Path) -> CachedSession:
    """Return the session with a cache in a directory. Raises UnwixError if the directory cannot be written."""
    # JSON instead of the library's default pickle: reading a cache from somebody else must not run code.
    fields = make_stage("cattr.preconf.json")
    fields.converter.register_unstructure_hook(bytes, _packed)
    fields.converter.register_structure_hook(bytes, lambda text, _: _unpacked(text))
    as_json = Stage(dumps=lambda value: json.dumps(value).encode(), loads=json.loads)
    # base64 enlarges a compressed body; compression undoes that
    serializer = SerializerPipeline(
        [fields, as_json, Stage(dumps=_compressed, loads=_decompressed)], "unwix", is_binary=True
    )
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        cached = CachedSession.wrap(
            session,
            cache_name=str(folder / _FILE),
            backend="sqlite",
            serializer=serializer,
            decode_content=False,
            expire_after=NEVER_EXPIRE,
            allowable_codes=CACHED_STATUSES,
            allowable_methods=("GET", "HEAD", "POST"),
            always_revalidate=True,
            busy_timeout=10_000,
            wal=True,
        )
    except Exception as error:  # sqlite3.Error, OSError: the directory or a file cannot be used
        raise UnwixError(f"The cache {folder} cannot be used: {error}. Choose another folder with --cache.") from None
    return cast(CachedSession, cached)


def _compressed(data: bytes) -> bytes:
    return zlib.compress(data, 1)


def _decompressed(data: bytes) -> bytes:
    return zlib.decompressobj().decompress(data, 2 * MAX_BYTES)


def _packed(body: bytes | None) -> str | None:
    return base64.b64encode(zlib.compress(body, 6)).decode("ascii") if body else None


def _unpacked(text: str | None) -> bytes:
    return zlib.decompressobj().decompress(base64.b64decode(text), MAX_BYTES + 1) if text else b""


def has_validator(cached: Any) -> bool:
    """Return True if the server can state whether a cached response has changed."""
    return "ETag" in cached.headers or "Last-Modified" in cached.headers


def fetched_at(cached: Any) -> float:
    """Return the time when a cached response was fetched, in seconds since 1970."""
    when: datetime = cached.created_at
    return when.timestamp()


class Journal:
    """The requests of an unfinished run: one line per URL in a file next to the cache, deleted when the run is done.

    It grows by eight bytes per URL.
    """

    def __init__(self, folder: Path, start: str) -> None:
        self._path = folder / f"run-{blake2b(start.encode('utf-8', 'replace'), digest_size=8).hexdigest()}.journal"
        self._done: set[bytes] = set()
        self.began = time.time()
        goes_on = False
        try:
            if time.time() - self._path.stat().st_mtime < JOURNAL_SECONDS:
                first, *lines = self._path.read_text(encoding="ascii", errors="replace").splitlines()
                self.began = float(first)
                self._done = {_mark(line) for line in lines}
                goes_on = True
        except (OSError, ValueError):
            pass
        self.resumed = bool(self._done)
        """Whether it resumes an earlier run that had made requests."""
        try:
            self._file = self._path.open("a" if goes_on else "w", encoding="ascii")
            if not goes_on:
                self._write(repr(self.began))
        except OSError as error:
            raise UnwixError(
                f"The cache {folder} cannot be used: {error.strerror or error}. Choose another folder with --cache."
            ) from None

    def _write(self, line: str) -> None:
        self._file.write(line + "\n")
        self._file.flush()

    def has(self, key: str, fetched: float) -> bool:
        """Return True if this run has requested a URL already; `fetched` is the time of the cached response."""
        return fetched >= self.began or _mark(key) in self._done

    def add(self, key: str) -> None:
        """Record that this run has requested a URL."""
        mark = _mark(key)
        if mark not in self._done:
            self._done.add(mark)
            self._write(key)

    def finish(self) -> None:
        """End the run: the next one requests everything again."""
        self._file.close()
        self._path.unlink(missing_ok=True)

    def close(self) -> None:
        """Close the file; the next run resumes from here."""
        self._file.close()


def _mark(key: str) -> bytes:
    return key.encode("ascii", "replace")[:16]
