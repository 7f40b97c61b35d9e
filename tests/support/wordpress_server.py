"""Run a real WordPress on this machine: Debian's package, PHP's server and MariaDB, on ports of 127.0.0.1."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from support.paths import TESTS_DIR
from support.programs import missing, program
from support.services import Database, folder_for, free_port, mariadb, running, wait_until

_PACKAGE = Path("/usr/share/wordpress")
#: The password of the user admin.
PASSWORD = "correct horse"
#: Two block themes and a classic one.
THEMES = ("twentytwentythree", "twentytwentytwo", "twentytwentyone")
_SCRIPTS = TESTS_DIR / "wordpress"


@dataclass
class WordPress:
    """A running WordPress."""

    url: str
    folder: Path
    posts: list[dict[str, str]] = field(default_factory=list)
    """The imported posts: `slug`, `status`, `url`."""
    images: dict[str, str] = field(default_factory=dict)
    """The old URL of each imported image by its path."""

    def import_posts(self, file: Path) -> list[dict[str, str]]:
        """Import a WXR file with WordPress's own functions, and return its posts: those of `posts`, and `new` ones."""
        found = json.loads(_php(_SCRIPTS / "import.php", self.folder, file))
        self.posts += [post for post in found["posts"] if post["new"]]
        self.images |= {new.removeprefix(self.url): old for old, new in found["images"].items()}
        return list(found["posts"])

    def use_theme(self, name: str) -> None:
        """Show all pages in another theme."""
        _php("-r", f"require '{self.folder}/wp-load.php'; switch_theme('{name}');")


@contextmanager
def wordpress_server() -> Iterator[WordPress]:
    """Start a new WordPress with permalinks by day and name; stop it at the end."""
    for theme in THEMES:
        if not (_PACKAGE / "wp-content/themes" / theme).is_dir():
            missing(f"WordPress with the theme {theme} is not installed (see .ci/apt-packages)")
    with folder_for("wordpress") as folder, mariadb(folder, "wordpress") as database:
        root, port = folder / "site", free_port()
        shutil.copytree(_PACKAGE, root)
        (root / "wp-config.php").unlink()
        url = f"http://127.0.0.1:{port}"
        (root / "wp-config.php").write_text(_config(url, database), "utf-8")
        (root / "wp-content/mu-plugins").mkdir()
        shutil.copy(_SCRIPTS / "players.php", root / "wp-content/mu-plugins")
        _php(_SCRIPTS / "install.php", root, THEMES[0], PASSWORD)
        server = [program("php"), "-S", f"127.0.0.1:{port}", "-t", root, _SCRIPTS / "router.php"]
        with running(server, folder / "php.log") as process:
            wait_until(lambda: requests.get(url, timeout=10).ok, folder / "php.log", process)
            yield WordPress(url, root)


def _php(*command: Path | str) -> str:
    result = subprocess.run([program("php"), *command], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def _config(url: str, database: Database) -> str:
    """Return a configuration in which WordPress asks nothing outside of this machine."""
    constants: dict[str, Any] = {
        "DB_NAME": database.name,
        "DB_USER": database.name,
        "DB_PASSWORD": database.name,
        "DB_HOST": f"127.0.0.1:{database.port}",
        "WP_HOME": url,
        "WP_SITEURL": url,
        "WP_HTTP_BLOCK_EXTERNAL": True,
        "DISABLE_WP_CRON": True,
        "AUTOMATIC_UPDATER_DISABLED": True,
    }
    lines = [f"define({json.dumps(name)}, {json.dumps(value)});" for name, value in constants.items()]
    tail = "$table_prefix = 'wp_';\nif (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');\nrequire ABSPATH . 'wp-settings.php';"
    return "\n".join(["<?php", *lines, tail, ""])
