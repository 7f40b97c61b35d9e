"""Run real web servers on a free port of 127.0.0.1 with a file of redirects, and send requests byte by byte."""

from __future__ import annotations

import contextlib
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from support.programs import program

HOST = "127.0.0.1"


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        return int(taken.getsockname()[1])


def answer(port: int, target: str) -> tuple[int, str | None]:
    """Return status and Location (its path, if on the same host) for a request target, which is sent unchanged."""
    with socket.create_connection((HOST, port), timeout=10) as link:
        link.sendall(b"GET " + target.encode() + b" HTTP/1.1\r\nHost: new.example\r\nConnection: close\r\n\r\n")
        data = b""
        while b"\r\n\r\n" not in data and (more := link.recv(65536)):
            data += more
    head = data.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    location = next((line[10:] for line in head if line.lower().startswith("location: ")), None)
    return int(head[0].split()[1]), location and re.sub(r"^http://new\.example(:\d+)?", "", location)


@contextlib.contextmanager
def running(command: list[str], port: int, folder: Path) -> Iterator[int]:
    """Run the server, from when it accepts connections until the end of the block."""
    log = (folder / "log.txt").open("wb")
    server = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder)
    try:
        for _ in range(200):
            with contextlib.suppress(OSError), socket.create_connection((HOST, port), timeout=1):
                break
            assert server.poll() is None, (folder / "log.txt").read_text(errors="replace")
            time.sleep(0.05)
        yield port
    finally:
        server.terminate()
        server.wait(10)
        log.close()


@contextlib.contextmanager
def nginx(folder: Path, rules: Path) -> Iterator[int]:
    """Run nginx with the file of rules; every other path is answered with 404."""
    port = free_port()
    temporary = " ".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "main.conf").write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1; events {{ }}\n"
        f"http {{ access_log off; {temporary}\ninclude {rules};\n"
        f"server {{ listen {HOST}:{port}; if ($unwix_new) {{ return 301 $unwix_new$is_args$args; }} return 404; }} }}\n"
    )
    command = [program("nginx", "/usr/sbin/nginx"), "-e", str(folder / "error.log"), "-c", str(folder / "main.conf")]
    with running(command, port, folder) as there:
        yield there


@contextlib.contextmanager
def apache(folder: Path, rules: Path) -> Iterator[int]:
    """Run Apache with the file as the `.htaccess` of its root."""
    port = free_port()
    root = folder / "root"
    root.mkdir()
    shutil.copy(rules, root / ".htaccess")
    modules = Path("/usr/lib/apache2/modules")
    names = ("mpm_event", "authz_core", "dir", "rewrite", "mime")
    loads = "".join(f"LoadModule {n}_module {modules}/mod_{n}.so\n" for n in names)
    (folder / "types").write_text("")
    (folder / "main.conf").write_text(
        f"ServerRoot {folder}\nServerName new.example\nListen {HOST}:{port}\nPidFile {folder}/pid\nErrorLog {folder}/error.log\n"
        f"{loads}TypesConfig {folder}/types\nDocumentRoot {root}\nDefaultRuntimeDir {folder}\n"
        f'<Directory "/">\nAllowOverride None\n</Directory>\n<Directory "{root}">\nAllowOverride FileInfo\nRequire all granted\n</Directory>\n'
    )
    command = [program("apache2", "/usr/sbin/apache2"), "-X", "-f", str(folder / "main.conf")]
    with running(command, port, folder) as there:
        yield there


@contextlib.contextmanager
def caddy(folder: Path, rules: Path) -> Iterator[int]:
    """Run Caddy with the file imported into its site."""
    port = free_port()
    (folder / "main").write_text(
        f"{{\n\tadmin off\n\tauto_https off\n}}\nhttp://:{port} {{\n\tbind {HOST}\n\timport {rules}\n\trespond 404\n}}\n"
    )
    command = [program("caddy"), "run", "--config", str(folder / "main"), "--adapter", "caddyfile"]
    with running(command, port, folder) as there:
        yield there


SERVERS = {"nginx": nginx, "apache": apache, "caddy": caddy}
