"""Run a real Ghost on this machine: its server and MariaDB, on ports of 127.0.0.1."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from support.paths import TESTS_DIR
from support.programs import missing
from support.services import START_SECONDS, Database, folder_for, free_port, mariadb, running, wait_until

#: The directory into which .ci/tools installs it.
_INSTALLED = TESTS_DIR / "node/ghost"
_USER = {"name": "A", "email": "a@example.com", "password": "correct horse 9 battery", "blogTitle": "T"}


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
        """Import a file and wait until its posts exist: Ghost responds before it has read the file."""
        before = len(self.posts())
        self._api("POST", "db/", files={"importfile": (file.name, file.read_bytes(), "application/json")})
        end = time.monotonic() + START_SECONDS
        while len(self.posts()) < before + number and time.monotonic() < end:
            time.sleep(1)
        return self.posts()

    def posts(self) -> list[dict[str, Any]]:
        """Return all posts, with the HTML that a page shows."""
        return list(self._api("GET", "posts/?limit=all&formats=html&include=tags,authors")["posts"])

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
    with folder_for("ghost") as folder, mariadb(folder, "ghost") as database:
        shutil.copytree(package / "content", folder / "content", symlinks=True)
        port, log = free_port(), folder / "ghost.log"
        environment = {**os.environ, **_as_variables(_config(folder, port, database))}
        with running([_INSTALLED / "node_modules/.bin/node", "index.js"], log, cwd=package, env=environment) as process:
            session = requests.Session()
            session.headers["Origin"] = url = f"http://127.0.0.1:{port}"
            wait_until(lambda: session.get(url, timeout=10).ok, log, process)
            ghost = Ghost(url, session)
            ghost.set_up()
            yield ghost


def _config(folder: Path, port: int, database: Database) -> dict[str, Any]:
    """Return a configuration in which Ghost makes no requests to other machines."""
    account = {"host": "127.0.0.1", "port": database.port}
    account |= dict.fromkeys(("user", "password", "database"), database.name)
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
    """Return a configuration as environment variables; Ghost separates the parts of names by `__`."""
    variables = {"NODE_ENV": "production"}
    for name, value in config.items():
        if isinstance(value, dict):
            variables |= _as_variables(value, f"{prefix}{name}__")
        else:
            variables[prefix + name] = value if isinstance(value, str) else json.dumps(value)
    return variables
