"""`--exclude` leaves out files, directories and members of archives; `--password` opens encrypted ZIP archives."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from support.encrypted_zip import encrypted_zip
from support.post_pages import save
from support.terminal import run
from unwix.sources.files import is_excluded


@pytest.mark.parametrize(
    ("path", "patterns", "excluded"),
    [
        ("2019/drafts/a.html", ("drafts",), True),
        ("2019/drafts/a.html", ("drafts/",), True),
        ("2019/drafts/a.html", ("2019/*",), True),
        ("2019/drafts/a.html", ("*.htm",), False),
        ("2019/drafts/a.html", ("a.*",), True),
        ("2019/drafts/a.html", ("2020", "b.html"), False),
        ("a.html", (), False),
        ("", ("*",), False),
    ],
)
def test_patterns(path: str, patterns: tuple[str, ...], excluded: bool) -> None:
    assert is_excluded(path, patterns) is excluded


def _posts(tmp_path: Path) -> int:
    return int(json.loads((tmp_path / "out/report.json").read_text())["summary"]["posts"])


def test_directories_files_and_members_are_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    save(Path("in/kept"), 3)
    save(Path("in/drafts"), 2)
    first = sorted(Path("in/kept").iterdir())[0]
    with zipfile.ZipFile("in/more.zip", "w") as archive:
        archive.writestr("old/x.html", sorted(Path("in/drafts").iterdir())[0].read_bytes())
    result = run(
        "convert", "in", "-o", "out", "-j", 0, "--exclude", "drafts", "--exclude", first.name, "--exclude", "old/*"
    )
    assert result.code == 0, result
    assert _posts(tmp_path) == 2
    assert f"--exclude drafts --exclude {first.name} --exclude 'old/*'" in result.err


def test_an_encrypted_archive_needs_its_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    save(Path("in"), 1)
    page = next(Path("in").iterdir())
    Path("a.zip").write_bytes(encrypted_zip("post.html", page.read_bytes(), "s3cret word"))
    result = run("convert", "a.zip", "-o", "out", "-j", 0)
    assert result.code == 1
    assert "all files of the archive need a password; give it with --password, or unpack the archive" in result.out
    result = run("convert", "a.zip", "-o", "out", "-j", 0, "--password", "wrong")
    assert result.code == 1
    assert "the password of the archive is wrong" in result.out
    result = run("convert", "a.zip", "-o", "out", "-j", 0, "--password", "s3cret word")
    assert result.code == 0, result
    assert _posts(tmp_path) == 1


def test_the_password_is_not_recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    save(Path("in"), 1)
    Path("a.zip").write_bytes(encrypted_zip("post.html", next(Path("in").iterdir()).read_bytes(), "s3cret"))
    monkeypatch.setenv("UNWIX_PASSWORD", "s3cret")
    result = run("convert", "a.zip", "-o", "out", "-j", 0)
    assert result.code == 0, result
    assert "s3cret" not in result.out + result.err
    assert not [path for path in Path("out").rglob("*") if path.is_file() and b"s3cret" in path.read_bytes()]
