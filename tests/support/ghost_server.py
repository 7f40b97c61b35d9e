"""A real Ghost on this machine: its own server and MariaDB, on ports of 127.0.0.1."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from support.paths import TESTS_DIR
from support.programs import missing, program

#: Where .ci/tools installs it.
_INSTALLED = TESTS_DIR / "node/ghost"
_USER = {"name": "A", "email": "a@example.com", "password": "correct horse 9 battery", "blogTitle": "T"}
_START_SECONDS = 180


@dataclass
class Ghost:
    """A running Ghost with its owner logged in."""

    url: str
    session: requests.Session

    def _api(self, method: str, path: str, **options: Any) -> Any:
        response = self.session.request(method, f"{self.url}/ghost/api/admin/{path}", timeout=60, **options)
        assert response.ok, response.text
        return response.json() if response.text.startswith("{") else {}

    def import_posts(self, file: Path, number: int) -> list[dict[str, Any]]:
        """Import a file and wait until its posts are there: Ghost answers before it has read the file."""
        before = len(self.posts())
        self._api("POST", "db/", files={"importfile": (file.name, file.read_bytes(), "application/json")})
        end = time.monotonic() + _START_SECONDS
        while len(self.posts()) < before + number and time.monotonic() < end:
            time.sleep(1)
        return self.posts()

    def posts(self) -> list[dict[str, Any]]:
        """Return all posts, with the HTML that a page shows."""
        return list(self._api("GET", "posts/?limit=all&formats=html")["posts"])

    def upload_redirects(self, file: Path) -> None:
        """Replace the redirects."""
        self._api("POST", "redirects/upload/", files={"redirects": (file.name, file.read_bytes(), "application/json")})

    def set_up(self) -> None:
        """Create the owner and log in."""
        self._api("POST", "authentication/setup/", json={"setup": [_USER]})
        self._api("POST", "session/", json={"username": _USER["email"], "password": _USER["password"]})


@contextmanager
def ghost_server() -> Iterator[Ghost]:
    """Start Ghost with an empty database; stop both at the end."""
    package = _INSTALLED / "package"
    if not (package / "node_modules").is_dir():
        missing("Ghost is not installed (see .ci/tools)")
    server, install = program("mariadbd"), program("mariadb-install-db")
    folder = Path(tempfile.mkdtemp(prefix="ghost-"))
    database_port, port = _free_port(), _free_port()
    started: list[subprocess.Popen[bytes]] = []
    try:
        _start_database(folder, server, install, database_port, started)
        shutil.copytree(package / "content", folder / "content", symlinks=True)
        environment = {**os.environ, **_as_variables(_config(folder, port, database_port))}
        command = [_INSTALLED / "node_modules/.bin/node", "index.js"]
        with (folder / "ghost.log").open("wb") as log:
            started.append(subprocess.Popen(command, cwd=package, stdout=log, stderr=log, env=environment))
        session = requests.Session()
        session.headers["Origin"] = url = f"http://127.0.0.1:{port}"
        _wait(lambda: session.get(url, timeout=10).ok, folder / "ghost.log")
        ghost = Ghost(url, session)
        ghost.set_up()
        yield ghost
    finally:
        for process in reversed(started):
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(20)
            process.kill()
        shutil.rmtree(folder, ignore_errors=True)


def _start_database(folder: Path, server: str, install: str, port: int, started: list[subprocess.Popen[bytes]]) -> None:
    data, socket_path = folder / "db", folder / "db.sock"
    account = [f"--user={'root' if os.geteuid() == 0 else os.environ['USER']}"]
    subprocess.run(
        [install, "--no-defaults", f"--datadir={data}", "--auth-root-authentication-method=normal", *account],
        check=True, capture_output=True,
    )  # fmt: skip
    address = [f"--socket={socket_path}", f"--port={port}", "--bind-address=127.0.0.1"]
    with (folder / "db.log").open("wb") as log:
        started.append(
            subprocess.Popen([server, "--no-defaults", f"--datadir={data}", *address, *account], stdout=log, stderr=log)
        )
    client = [program("mariadb"), "--no-defaults", f"--socket={socket_path}", "-u", "root", "-e"]
    _wait(
        lambda: subprocess.run([*client, "select 1"], capture_output=True, check=False).returncode == 0,
        folder / "db.log",
    )
    users = "".join(
        f"create user g@'{host}' identified by 'g'; grant all on ghost.* to g@'{host}';"
        for host in ("127.0.0.1", "localhost")
    )
    subprocess.run([*client, f"create database ghost; {users}"], check=True, capture_output=True)


def _config(folder: Path, port: int, database_port: int) -> dict[str, Any]:
    """Return a configuration in which Ghost asks nothing outside of this machine."""
    account = {"host": "127.0.0.1", "port": database_port, "user": "g", "password": "g", "database": "ghost"}
    return {
        "url": f"http://127.0.0.1:{port}/",
        "server": {"port": port, "host": "127.0.0.1"},
        "database": {"client": "mysql", "connection": account},
        "mail": {"transport": "Direct", "from": "a@example.com"},
        "logging": {"transports": ["stdout"], "level": "error"},
        "process": "local",
        "paths": {"contentPath": str(folder / "content")},
        "security": {"staffDeviceVerification": False},
        "privacy": {"useUpdateCheck": False, "useGravatar": False, "useRpcPing": False},
        "imageOptimization": {"resize": False, "srcsets": False},
    }


def _as_variables(config: dict[str, Any], prefix: str = "") -> dict[str, str]:
    """Return a configuration as environment variables, in which Ghost separates names by `__`."""
    variables = {"NODE_ENV": "production"}
    for name, value in config.items():
        if isinstance(value, dict):
            variables |= _as_variables(value, f"{prefix}{name}__")
        else:
            variables[prefix + name] = value if isinstance(value, str) else json.dumps(value)
    return variables


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait(is_ready: Any, log: Path) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end:
        with suppress(requests.RequestException):
            if is_ready():
                return
        time.sleep(0.5)
    raise AssertionError(log.read_text("utf-8", "replace")[-2000:])
