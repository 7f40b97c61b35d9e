"""Servers that tests start on 127.0.0.1 and stop again."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import requests

from support.programs import program

START_SECONDS = 180


def free_port() -> int:
    """Return a port that no program uses."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def running(command: list[str | Path], log: Path, **options: object) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program; terminate it at the end."""
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, **options)  # type: ignore[call-overload]
    try:
        yield process
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(20)
        process.kill()
        process.wait()


def wait_until(is_ready: Callable[[], bool], log: Path, process: subprocess.Popen[bytes]) -> None:
    """Wait for a server; fail with the end of its log, at once if its process has ended."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        with suppress(requests.RequestException):
            if is_ready():
                return
        time.sleep(0.3)
    raise AssertionError(log.read_text("utf-8", "replace")[-2000:])


@contextmanager
def folder_for(name: str) -> Iterator[Path]:
    """Make a directory with a short path, because the path of a socket may have only 107 characters."""
    folder = Path(tempfile.mkdtemp(prefix=f"{name}-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True)
class Database:
    """A MariaDB with one empty database, whose name, user and password are the same word."""

    name: str
    port: int


@contextmanager
def mariadb(folder: Path, name: str) -> Iterator[Database]:
    """Start MariaDB with its data in a directory."""
    server, install, client_path = program("mariadbd"), program("mariadb-install-db"), program("mariadb")
    database, socket_path, log = Database(name, free_port()), folder / "db.sock", folder / "db.log"
    options = [
        "--no-defaults",
        f"--datadir={folder / 'db'}",
        f"--user={'root' if os.geteuid() == 0 else os.environ['USER']}",
    ]
    subprocess.run([install, *options, "--auth-root-authentication-method=normal"], check=True, capture_output=True)
    address = [f"--socket={socket_path}", f"--port={database.port}", "--bind-address=127.0.0.1"]
    client = [client_path, "--no-defaults", f"--socket={socket_path}", "-u", "root", "-e"]
    ask = [*client, "select 1"]
    with running([server, *options, *address], log) as process:
        wait_until(lambda: subprocess.run(ask, capture_output=True, check=False).returncode == 0, log, process)
        users = (
            f"create user {name}@'{host}' identified by '{name}'; grant all on {name}.* to {name}@'{host}';"
            for host in ("127.0.0.1", "localhost")
        )
        subprocess.run([*client, f"create database {name}; {''.join(users)}"], check=True, capture_output=True)
        yield database
