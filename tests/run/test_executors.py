"""All executors give the same output, the same report and the same lines, in a first run and in a second one."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from support.archive_files import Warc
from support.dask_cluster import dask_cluster
from support.paths import ROOT_DIR
from support.post_pages import SITE, files, p, picture, post_page
from support.terminal import Result, run
from unwix.run.cache import keys
from unwix.run.executors import prepared_file

#: How each executor is chosen; `CACHE` and `CLUSTER` are replaced.
WAYS: dict[str, tuple[object, ...]] = {
    "in process": ("-j", 0, "--no-cache"),
    "one worker": ("-j", 1, "--no-cache"),
    "two workers": ("-j", 2, "--no-cache"),
    "in process, first run of a cache": ("-j", 0, "--cache", "CACHE"),
    "two workers, cache": ("-j", 2, "--cache", "CACHE"),
    "Dask": ("--executor", "CLUSTER", "--no-cache"),
}


@pytest.fixture(scope="module")
def cluster() -> Iterator[str | None]:
    """Yield the URL of a Dask scheduler with two workers, None where Dask is not installed."""
    if find_spec("distributed") is None:
        yield None
        return
    with dask_cluster() as url:
        yield url


@pytest.fixture(autouse=True)
def _files_are_old(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Files of tests were changed just now, and would not be remembered."""
    monkeypatch.setattr(keys, "_RACY", 0)
    monkeypatch.chdir(tmp_path)


def odd_blog(folder: Path) -> None:
    """Write a blog with duplicates, two posts at one URL, links, pages that fail, other files and a crawl."""
    folder.mkdir()
    for n in range(40):
        link = f'<a href="{SITE}/post/pot-{(n * 7) % 40}">See Pot {(n * 7) % 40}</a>'
        body = p(f"Clay and water, part {n}.") + p(f"More: {link}.") + picture(f"Bowl {n}")
        (folder / f"{n:02}.html").write_bytes(post_page(body, f"Pot {n}", f"pot-{n}"))
    shutil.copy(folder / "03.html", folder / "again.html")
    (folder / "longer.html").write_bytes(post_page(p("Clay and water, part 4.") + p("The end."), "Pot 4", "pot-4"))
    (folder / "other.html").write_bytes(post_page(p("Nothing of the kind. " * 30), "A kiln in the garden", "pot-5"))
    (folder / "void.html").write_bytes(b"\0")
    (folder / "cut.html").write_bytes((folder / "06.html").read_bytes()[:400])
    (folder / "style.css").write_text("p { color: red }")
    (folder / "notes.txt").write_text("Buy clay.\n")
    crawl = Warc()
    for n in range(38, 46):
        crawl.answer(f"{SITE}/post/pot-{n}", post_page(p(f"From {n}."), f"Pot {n}", f"pot-{n}"))
    (folder / "crawl.warc.gz").write_bytes(crawl.bytes())


def converted(source: Path, output: str, how: tuple[object, ...], cluster: str | None) -> Result:
    shutil.rmtree(output, ignore_errors=True)
    words = [{"CACHE": Path("cache").absolute(), "CLUSTER": cluster}.get(str(word), word) for word in how]
    return run("convert", source, "-o", output, "-v", *words)


@pytest.mark.parametrize("source", ["odd blog", "samples"])
def test_all_executors_give_the_same(source: str, cluster: str | None) -> None:
    folder = Path("blog")
    if source == "samples":
        folder = ROOT_DIR / "samples"
    else:
        odd_blog(folder)
    expected, written = None, {}
    for way, how in WAYS.items():
        if way == "Dask" and cluster is None:
            continue
        done = converted(folder, "out", how, cluster)
        found = (done.code, done.out, files(Path("out")))
        expected, written = expected or found, found[2]
        assert found == expected, way
        assert not [path for path in Path("out").rglob(".unwix-*") if path.suffix == ".tmp"], way
    assert len(written) > 30


@pytest.mark.parametrize("jobs", [0, 2])
def test_a_second_run_keeps_what_was_edited(jobs: int) -> None:
    odd_blog(Path("blog"))
    how = ("-j", jobs, "--no-cache")
    assert converted(Path("blog"), "out", how, None).code == 1
    Path("out/pot-1.md").write_text("mine\n", encoding="utf-8")
    Path("out/pot-2.md").unlink()
    Path("out/pot-3.md").unlink()
    Path("out/pot-3.md").mkdir()
    done = run("convert", "blog", "-o", "out", "-v", *how)
    states = {line.split()[1]: line.split()[0] for line in done.out.splitlines() if line.split()[1].endswith(".md")}
    assert {name: state for name, state in states.items() if state != "unchanged"} == {
        "pot-1.md": "edited",
        "pot-2.md": "written",
    }
    assert "pot-3.md cannot be written: a directory has that name" in done.out
    assert Path("out/pot-1.md").read_text(encoding="utf-8") == "mine\n"
    assert Path("out/pot-1.md.new").is_file()
    assert not list(Path("out").rglob(".unwix-*.tmp"))


@pytest.mark.parametrize("jobs", [0, 2])
def test_a_file_that_cannot_be_written_ends_the_run_with_one_sentence(
    jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Workers write the files; the main process reports what stops them."""
    odd_blog(Path("blog"))

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(prepared_file.os, "chmod", full)
    done = run("convert", "blog", "-o", "out", "-j", jobs, "--no-cache")
    assert (done.code, "Traceback" in done.err) == (1, False)
    assert "cannot be written: No space left on device. All files written so far are complete;" in done.err
    assert not list(Path("out").rglob(".unwix-*.tmp"))
