"""Store results by key in one SQLite file, shared by all processes of all runs.

The store is only an optimization: if the file is damaged, locked, full or not accessible, results are computed again.
Values are pickles, so the directory must belong to the user and be closed to others.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import time
from contextlib import suppress
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

#: A larger file is reduced to half this size; a post takes about 30 kB.
MAX_BYTES = 500_000_000
_NAME = "posts.sqlite"
#: Seconds to wait for another process that is writing.
_WAIT = 2.0
_DAY = 86_400
#: The number of results kept in memory before they are written.
_BATCH = 16
_SCHEMA = """
PRAGMA auto_vacuum = INCREMENTAL;
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
CREATE TABLE IF NOT EXISTS results (key BLOB PRIMARY KEY, day INTEGER NOT NULL, value BLOB NOT NULL);
"""


class Store:
    """Results by key. No method raises: results that cannot be read or stored are computed again."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / _NAME
        self._new: dict[bytes, bytes] = {}
        self._used: list[bytes] = []
        self._today = int(time.time() // _DAY)
        self._connection = self._open()

    def get(self, key: bytes) -> bytes | None:
        """Return the value of a key, or None if there is none."""
        if self._connection is None:
            return None
        if key in self._new:
            return self._new[key]
        try:
            row = self._connection.execute("SELECT value, day FROM results WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error:
            self._give_up()
            return None
        if row is None or not isinstance(row[0], bytes):
            return None
        if row[1] != self._today:
            self._used.append(key)
        return row[0]

    def put(self, key: bytes, value: bytes) -> None:
        """Store a value. It may be written a little later."""
        if self._connection is not None:
            self._new[key] = value
            if len(self._new) >= _BATCH:
                self.flush()

    def flush(self) -> None:
        """Write pending values."""
        if self._connection is None or not (self._new or self._used):
            return
        try:
            with self._connection as writing:
                rows = ((key, self._today, value) for key, value in self._new.items())
                writing.executemany("INSERT OR REPLACE INTO results VALUES (?, ?, ?)", rows)
                writing.executemany(
                    "UPDATE results SET day = ? WHERE key = ?", ((self._today, key) for key in self._used)
                )
        except sqlite3.OperationalError:
            pass  # locked or full: these results are computed again
        except sqlite3.Error:
            self._give_up()
        self._new.clear()
        self._used.clear()

    def close(self) -> None:
        """Write pending values, and delete the least recently used ones if the file is too large."""
        self.flush()
        if self._connection is None:
            return
        with suppress(sqlite3.Error):
            ((pages,),) = self._connection.execute("PRAGMA page_count").fetchall()
            ((size,),) = self._connection.execute("PRAGMA page_size").fetchall()
            if pages * size > MAX_BYTES:
                self._shrink(self._connection)
        with suppress(sqlite3.Error):
            self._connection.close()
        self._connection = None

    def _shrink(self, connection: sqlite3.Connection) -> None:
        """Delete the least recently used results until about half of MAX_BYTES is left."""
        sizes = connection.execute("SELECT rowid, length(value) FROM results ORDER BY day DESC, rowid DESC").fetchall()
        totals = accumulate(size for _, size in sizes)
        old_rows = [(row,) for (row, _), total in zip(sizes, totals, strict=True) if total > MAX_BYTES // 2]
        with connection as writing:
            writing.executemany("DELETE FROM results WHERE rowid = ?", old_rows)
        connection.execute("PRAGMA incremental_vacuum").fetchall()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def _open(self) -> sqlite3.Connection | None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            if not _is_private(self._path.parent):
                return None
            return self._connect()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                return None
            _remove(self._path)  # the file is damaged, or another program's
        except OSError:
            return None
        try:
            return self._connect()
        except (sqlite3.Error, OSError):
            return None

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=_WAIT)
        try:
            connection.executescript(_SCHEMA)
            connection.execute("SELECT key, day, value FROM results LIMIT 1").fetchone()
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def _give_up(self) -> None:
        """Continue without the store, and delete it if it is damaged."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(sqlite3.Error):
                connection.close()
        _remove(self._path)


def _remove(path: Path) -> None:
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
        with suppress(OSError):
            path.with_name(name).unlink()


def _is_private(folder: Path) -> bool:
    """Return True if only the user can write to the directory."""
    if not hasattr(os, "getuid"):
        return True  # Windows: the cache directory is in the user's profile
    status = folder.stat()
    return status.st_uid == os.getuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def store_of(folder: Path) -> Store:
    """Return the store of this process: connections cannot be shared with the parent process."""
    return _store(folder, os.getpid())


@lru_cache(maxsize=2)
def _store(folder: Path, _process: int) -> Store:
    return Store(folder)


def forget_stores() -> None:
    """Close the stores of this process."""
    _store.cache_clear()
