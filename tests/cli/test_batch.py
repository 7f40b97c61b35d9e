"""`unwix batch`: each subdirectory is a site; one table, one report, one exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.post_pages import save
from support.terminal import run


@pytest.fixture
def clients(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    save(Path("clients/ada"), 2)
    save(Path("clients/ben"), 3)
    return tmp_path


def test_each_subdirectory_is_a_site(clients: Path) -> None:
    result = run("batch", "clients", "-o", "out", "-j", 0)
    assert result.code == 0, result
    lines = [line.split() for line in result.out.splitlines()]
    assert lines[0] == ["site", "posts", "complete", "incomplete", "lossy", "failed", "skipped", "seconds"]
    assert [line[:3] for line in lines[1:]] == [["ada", "2", "2"], ["ben", "3", "3"], ["total", "5", "5"]]
    assert len(list(Path("out/ben").glob("*.md"))) == 3
    report = json.loads(Path("out/batch.json").read_text())
    assert report["summary"]["posts"] == 5
    assert [site["site"] for site in report["sites"]] == ["ada", "ben"]


def test_a_site_that_fails_does_not_stop_the_others(clients: Path) -> None:
    Path("clients/ada/void.html").write_bytes(b"\0")
    Path("clients/aaa").mkdir()
    result = run("batch", "clients", "-o", "out", "-j", 0)
    assert result.code == 1
    assert "  no blog post found (no files)\n" in result.out
    assert "2 of 3 sites need attention: aaa, ada." in result.err
    assert len(list(Path("out/ben").glob("*.md"))) == 3


def test_a_site_without_posts_has_a_reason(clients: Path) -> None:
    Path("clients/ada").rename("ada")
    Path("clients/zoe").mkdir()
    Path("clients/zoe/story.pdf").write_bytes(b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF")
    assert "  no blog post found (1 × a PDF, office document or book)\n" in run("batch", "clients", "-o", "out").out
    result = run("batch", "clients", "-o", "out", "-j", 0, "--slug", "nothing")
    assert "  The filters exclude all posts found. Change or remove options such as" in result.out


def test_options_of_convert_are_passed_on(clients: Path) -> None:
    assert run("batch", "clients", "-o", "out", "-j", 0, "--path", "{site}/{slug}").code == 0
    assert Path("out/ada/ada/pot-0.md").is_file()
    result = run("batch", "clients", "-o", "out", "-j", 0, "--stritc")
    assert (result.code, "Did you mean" in result.err or "--strict" in result.err) == (2, True)


def test_a_directory_without_subdirectories_is_a_usage_error(clients: Path) -> None:
    result = run("batch", "clients/ada", "-o", "out")
    assert (result.code, "has no subdirectories. Use unwix convert" in result.err) == (2, True)


def test_a_domain_without_a_scheme_is_explained(clients: Path) -> None:
    result = run("convert", "example.com", "-o", "out")
    assert (result.code, "No such file: example.com. For a live site use https://example.com" in result.err) == (
        2,
        True,
    )


def test_a_site_can_have_its_own_options(clients: Path) -> None:
    Path("clients/ben/unwix.toml").write_text('[convert]\nto = "hugo"\n', encoding="utf-8")
    result = run("batch", "clients", "-o", "out", "-j", 0)
    assert result.code == 0, result
    assert list(Path("out/ada").glob("*.md"))
    assert list(Path("out/ben/content").rglob("*.md"))
    assert json.loads(Path("out/ben/report.json").read_text())["summary"]["skipped"] == 0, "the file is not a page"
