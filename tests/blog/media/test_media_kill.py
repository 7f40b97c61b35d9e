"""Test that a run with media that was killed at any point and restarted gives the result of an uninterrupted run."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from support import post_pages as pages
from support.media_posts import image, listed, name, write
from support.media_server import PDF, Answer, Web, png, serve
from support.paths import TESTS_DIR

DRIVER = TESTS_DIR / "support" / "media_run.py"
#: Every run has the same posts and files: images of two sizes, one also under other URLs, one that is missing, a file,
#: similar names.
PICTURES = 14


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    with serve(tmp_path_factory.mktemp("web")) as web:
        for number in range(PICTURES):
            seed = number % (PICTURES - 1)
            body = png(8, 6, seed, extra=600_000 if seed % 5 == 0 else 30_000)
            web.answers[f"/media/{name(number)}"] = Answer(body, delay=0.01, etag=f'"{number}"')
        web.answers["/ugd/ab12cd_01.pdf"] = Answer(PDF)
        yield web


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    bodies = [
        image(number % PICTURES, alt="IMG.JPG" if number % 3 else "")
        + image((number * 5) % PICTURES)
        + image(99)
        + pages.p('<a href="https://docs.wixstatic.com/ugd/ab12cd_01.pdf">list</a>')
        for number in range(20)
    ]
    return write(tmp_path_factory.mktemp("in"), *bodies)


def command(web: Web, source: Path, output: Path) -> list[str]:
    plain, secure = web.ports
    options = ["--media", "copy", "--media-jobs", "3", "--media-rate", "1000", "-j", "0"]
    driver = [sys.executable, str(DRIVER), str(plain), str(secure), web.ca]
    return [*driver, "convert", str(source), "-o", str(output), *options]


def finished(web: Web, source: Path, output: Path) -> dict[str, Any]:
    """Run to the end and return the content of OUTPUT, without the parts of the report that depend on earlier files."""
    result = subprocess.run(command(web, source, output), capture_output=True, text=True, timeout=120, check=False)
    assert result.returncode == 0, result.stderr
    listed(output)
    found: dict[str, Any] = dict(pages.files(output))
    report = json.loads(found.pop("report.json"))
    for row in report["posts"]:
        assert row.pop("file") in ("written", "unchanged")
    return {**found, "report.json": report}


@pytest.fixture(scope="module")
def undisturbed(web: Web, source: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    found = finished(web, source, tmp_path_factory.mktemp("alone") / "out")
    assert sum(path.startswith("media/") for path in found) == PICTURES  # two are equal; the file
    return found


def moment(web: Web, output: Path, seed: int) -> Callable[[], bool]:
    """Return a random point of the run: a number of requests or of files in OUTPUT, or the existence of the index."""
    chance = random.Random(seed)
    before, least = len(web.asked), chance.randint(1, PICTURES + 2)
    files = chance.randint(1, PICTURES + 20)
    pause = chance.random() * 0.02
    points: list[Callable[[], bool]] = [
        lambda: len(web.asked) - before >= least,
        lambda: sum(len(names) for _, _, names in os.walk(output)) >= files,
        (output / "media.json").exists,
    ]

    def is_now() -> bool:
        there = points[seed % 3]()
        if there and seed % 3 != 2:
            time.sleep(pause)
        return there

    return is_now


def killed(web: Web, source: Path, output: Path, seed: int) -> bool:
    """Start a run and kill it; return whether it was still running."""
    is_now = moment(web, output, seed)
    process = subprocess.Popen(
        command(web, source, output), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    while process.poll() is None and not is_now():
        time.sleep(0.0001)
    alive = process.poll() is None
    if alive:
        os.kill(process.pid, signal.SIGKILL)
    process.wait()
    return alive


def once(web: Web, source: Path, output: Path, undisturbed: dict[str, Any], seed: int) -> bool:
    alive = killed(web, source, output, seed)
    halves = [path for path in pages.files(output) if path.startswith("media/")] if output.exists() else []
    for path in halves:
        data = (output / path).read_bytes()
        assert path.rpartition("/")[2].startswith(".unwix-") or data == undisturbed[path], f"{path} is half there"
    assert finished(web, source, output) == undisturbed, f"seed {seed}"
    return alive


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_killed_run_resumes(web: Web, source: Path, tmp_path: Path, undisturbed: dict[str, Any], seed: int) -> None:
    once(web, source, tmp_path / "out", undisturbed, seed)


def test_stopped_run_does_not_wait_for_the_server(web: Web, source: Path, tmp_path: Path) -> None:
    """Ctrl-C while every download hangs ends the run at once, with a message, and the next run can resume."""
    for number in range(3, PICTURES):
        web.answers[f"static.wixstatic.com/media/{name(number)}"] = Answer(png(), delay=25)
    try:
        before = len(web.asked)
        process = subprocess.Popen(command(web, source, tmp_path / "out"), stderr=subprocess.PIPE, text=True)
        while len(web.asked) < before + 5 and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        stderr = process.communicate(timeout=15)[1]  # a silent server times out after 30 seconds
    finally:
        for number in range(3, PICTURES):
            del web.answers[f"static.wixstatic.com/media/{name(number)}"]
    assert process.returncode == 130
    assert "Stopped." in stderr
    assert "Traceback" not in stderr
    assert not (tmp_path / "out" / "media.json").exists()


@pytest.mark.tools
@pytest.mark.parametrize("seed", range(100, 130))
def test_a_run_killed_at_any_point_is_resumed(
    web: Web, source: Path, tmp_path: Path, undisturbed: dict[str, Any], seed: int
) -> None:
    once(web, source, tmp_path / "out", undisturbed, seed)


@pytest.mark.tools
def test_repeatedly_killed_run_resumes(web: Web, source: Path, tmp_path: Path, undisturbed: dict[str, Any]) -> None:
    for seed in range(200, 210):
        killed(web, source, tmp_path / "out", seed)
    assert finished(web, source, tmp_path / "out") == undisturbed
