"""Test large web archives in slices: the same output for any number of workers, and a bad page fails alone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from support.archive_files import Warc
from support.post_pages import p, post_page
from support.terminal import run
from unwix.model.page import Page
from unwix.run import workers as workers_module
from unwix.run.steps import ReadResult
from unwix.run.workers import Workers, read_pages
from unwix.run.write_post import Options
from unwix.sources import slices
from unwix.sources.slices import Slice


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(slices, "PLAIN_SIZE", 4_000)
    monkeypatch.setattr(slices, "GZIP_SIZE", 1_500)
    monkeypatch.chdir(tmp_path)


def crawl(path: str, packed: bool = True, number: int = 25) -> None:
    warc = Warc(gzip=packed)
    for n in range(number):
        page = post_page(p(f"Words of {n}, and {n * n} more."), f"Pot {n}", f"pot-{n}")
        warc.answer(f"https://www.example.com/post/pot-{n}", page)
        warc.answer(f"https://other.example/{n}", b"<html><title>Other</title>")
        warc.answer(f"https://www.example.com/{n}", b"", status="302 Found")
    Path(path).write_bytes(warc.bytes())


def tree(folder: str) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in Path(folder).rglob("*") if path.is_file()}


@pytest.mark.parametrize("packed", [True, False])
def test_the_output_is_the_same_for_any_number_of_workers(packed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    crawl("crawl.warc", packed)
    for jobs in (0, 1, 2):
        assert run("convert", "crawl.warc", "-o", f"out-{jobs}", "-j", jobs, "--no-cache").code == 0
    monkeypatch.setattr(slices, "PLAIN_SIZE", 10**9)
    monkeypatch.setattr(slices, "GZIP_SIZE", 10**9)
    assert run("convert", "crawl.warc", "-o", "whole", "-j", 2, "--no-cache").code == 0
    assert len(tree("whole")) == 27
    assert tree("out-0") == tree("out-1") == tree("out-2") == tree("whole")


def test_names_in_a_slice_are_known_to_the_posts_of_all_files() -> None:
    """A JSON response in the crawl is searched for names before the first post is read."""
    crawl("crawl.warc")
    answer = b'{"categories": [{"id": "c1", "label": "Clay", "slug": "clay"}]}'
    warc = Warc().answer("https://www.wixapis.com/blog/v3/categories", answer, "application/json").bytes()
    Path("crawl.warc").write_bytes(Path("crawl.warc").read_bytes() + warc)
    for jobs in (0, 2):
        assert run("convert", "crawl.warc", "-o", f"out-{jobs}", "-j", jobs, "--no-cache").code in (0, 1)
    assert tree("out-0") == tree("out-2")


class _Fatal:
    """Read a page, or kill the process that reads it."""

    def __call__(self, page: Page) -> ReadResult:
        if page.source.endswith("pot-7"):
            os._exit(9)
        return ReadResult(page.source)


def test_page_that_kills_its_worker_fails_alone_in_a_slice(monkeypatch: pytest.MonkeyPatch) -> None:
    crawl("crawl.warc")
    page = Page("crawl.warc", path=Path("crawl.warc"))
    parts = slices.proposed_slices(page)
    settled = slices.settled_slices(parts, [slices.survey(part, len) for part in parts])
    assert len(settled) > 2
    monkeypatch.setattr(workers_module, "partial", lambda *_, **__: _Fatal())
    with Workers(2) as workers:
        results = list(read_pages(workers, (part for part, _ in settled), Options()))
    assert [result.source for result in results] == [found.source for part, _ in settled for found in part.pages()]
    assert [result.source for result in results if result.failed] == ["crawl.warc!/https://www.example.com/post/pot-7"]
    assert all(isinstance(part, Slice) for part, _ in settled)
