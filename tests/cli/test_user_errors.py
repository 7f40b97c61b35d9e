"""Test messages about user errors: they are plain and exact and name the next step; nothing is damaged."""

from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from support.paths import ROOT_DIR
from support.post_pages import files, list_page, p, post_page, save
from support.terminal import Result, Screen, environment, run
from unwix.cli.main import COMMANDS
from unwix.cli.terminal.progress import Progress, shortened, width

ROOT = ROOT_DIR
HEBREW = ROOT / "samples/saved/2025-hebrew-lentil-soup.html"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def elsewhere(*args: object, **more: str) -> Result:
    """Run `unwix ARGS` as a process in another environment."""
    result = subprocess.run(
        [sys.executable, "-m", "unwix", *map(str, args)],
        capture_output=True,
        env={**environment(), **more},
        timeout=120,
        check=False,
    )
    return Result(result.returncode, result.stdout.decode("utf-8", "replace"), result.stderr.decode("utf-8", "replace"))


# ---- what is no post ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "reason", "advice"),
    [
        ("a.pdf", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF", "a PDF", "a PDF. Export the document as HTML or text"),
        ("a.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF", "an image", "an image."),
        ("void.html", b"", "an empty file", "an empty file. Save the page again."),
        ("list.html", list_page(), "a page with a list of posts", "a blog list page. Lists contain only"),
        (
            "login.html",
            b'<!doctype html><meta name="generator" content="Wix.com Website Builder"><title>Log In</title><body>'
            b'<form><input type="email"><input type="password"></form>',
            "a page of a Wix site that asks for a password",
            "a page of a Wix site that asks for a password; log in, and save the post's page again.",
        ),
        (
            "dashboard.html",
            b"<!DOCTYPE html><!-- saved from url=(0052)https://manage.wix.com/dashboard/1234/blog/posts --><html><head>"
            b'<title>Posts</title></head><body><div data-hook="sidebar">Dashboard Setup Catalog</div></body></html>',
            "a page without a Wix blog post",
            "a page of the Wix dashboard, not of the blog. unwix converts Wix blogs only. Save the page of a post",
        ),
        (
            "other.html",
            b"<!doctype html><title>Mine</title><p>Words.</p>",
            "a page without a Wix blog post",
            "a page without a Wix blog post. unwix converts Wix blogs only.",
        ),
    ],
)
def test_source_without_posts_is_described(name: str, data: bytes, reason: str, advice: str) -> None:
    Path(name).write_bytes(data)
    result = run("convert", name, "-o", "out", "-j", 0)
    assert (result.code, result.out) == (2, "0 posts; 1 page skipped\n")
    first, *rest = result.err.splitlines()
    assert first.startswith(f"     1 × skipped: {reason}")
    assert rest[:2] == ["Details of problems and skipped files: out/report.json", "No blog post found."]
    assert rest[2].startswith(f"  {name}: {advice}")
    assert rest[3:] == [
        "Give saved pages of posts or the URL of the site (https://…); unwix inspect FILE shows what is in a file."
    ]


def test_many_files_without_posts_are_named_by_kind() -> None:
    Path("in").mkdir()
    for number in range(3):
        Path(f"in/{number}.pdf").write_bytes(b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF")
    Path("in/void.html").touch()
    lines = run("convert", "in", "-o", "out", "-j", 0).err.splitlines()
    assert lines[-3].startswith("  in/0.pdf and 2 more: a PDF, office document or book. Export")
    assert lines[-2] == "  in/void.html: an empty file. Save the page again."


def test_a_wrong_path_does_not_spoil_what_an_earlier_run_wrote() -> None:
    save(Path("in"), 2)
    assert run("convert", "in", "-o", "out", "-j", 0).code == 0
    before = files(Path("out"))
    Path("empty").mkdir()
    assert run("convert", "empty", "-o", "out", "-j", 0, "--prune", "remove").code == 2
    assert run("convert", "in", "-o", "out", "-j", 0, "--slug", "nothing").code == 2
    assert files(Path("out")) == before


@pytest.mark.parametrize("name", ["report.json", "media.json"])
@pytest.mark.parametrize("text", ["{}", '{"tests": 3}', "coverage: 80 %"])
def test_a_file_of_another_program_is_not_replaced(name: str, text: str) -> None:
    save(Path("in"), 1)
    Path("out").mkdir()
    Path("out", name).write_text(text)
    result = run("convert", "in", "-o", "out", "-j", 0, "--media", "list")
    assert (result.code, result.err) == (
        2,
        f"unwix: out/{name} was not written by unwix and would be replaced. Move it, or choose another -o.\n",
    )
    assert files(Path("out")) == {name: text.encode()}


def test_an_empty_folder_is_reported_by_every_command() -> None:
    Path("empty").mkdir()
    result = run("convert", "empty", "-o", "new/out")
    assert (result.code, result.err.splitlines()[-1]) == (
        2,
        "No blog post found. empty contains no files that unwix reads. Give saved pages of posts or the URL of the site "
        "(https://…).",
    )
    assert not Path("new").exists()
    assert run("inspect", "empty") == (2, "", "unwix: empty contains no files.\n")
    assert run("check", "empty", "-j", 0) == (
        2,
        "",
        "No blog post found in the sources. Run unwix doctor SOURCE to see what they contain.\n",
    )
    assert run("doctor", "empty", "-j", 0).code == 2
    for command in (("redirects", "empty", "--for", "netlify"), ("review", "empty")):
        result = run(*command)
        assert result.code == 2
        assert result.err == (
            "unwix: empty is not an output of unwix: it has no report.json. Give the directory that unwix convert has "
            "written (-o).\n"
        )
    assert run("review", "nowhere").err == (
        "unwix: nowhere does not exist. Give the directory that unwix convert has written (-o).\n"
    )


# ---- what is no address, no word, no day ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("htp://www.example.com", "Did you mean https://www.example.com?"),
        ("https:/example.com", "Did you mean https://example.com?"),
        ("http:/example.com/blog", "Did you mean http://example.com/blog?"),
        ("ftp://example.com/a", "URLs of sites begin with https://."),
        ("file:///no/such/page", "URLs of sites begin with https://."),
    ],
)
def test_misspelt_url_is_reported(text: str, hint: str) -> None:
    result = run("convert", text, "-o", "out")
    assert result.code == 2
    assert f"“{text}” is not a valid URL. {hint}" in result.err


def test_the_url_of_a_file_is_its_path() -> None:
    Path("a.html").touch()
    path = Path("a.html").absolute()
    assert f"Did you mean {path}?" in run("convert", f"file://{path}", "-o", "out").err


@pytest.mark.parametrize(
    ("url", "page"),
    [
        ("https://manage.wix.com/dashboard/1234/blog/posts", "a page of the Wix dashboard, which needs your login"),
        ("https://www.wix.com/my-account/sites", "a page of the Wix dashboard, which needs your login"),
        ("https://editor.wix.com/html/editor", "the Wix editor, which needs your login"),
        ("https://users.wix.com/signin", "the login page of Wix"),
    ],
)
def test_a_page_of_the_dashboard_is_not_the_blog(url: str, page: str) -> None:
    for command in (("convert", url, "-o", "out"), ("doctor", url), ("fetch", url, "-o", "out.warc.gz")):
        result = run(*command)
        assert result.code == 2
        assert f"{url} is {page}. Give the public URL of the blog: https://www.example.com/blog" in result.err


# ---- standard output ------------------------------------------------------------------------------------------------


def into_head(*args: str) -> tuple[int, str]:
    """Return the exit code and stderr of `unwix ARGS`, whose stdout nobody reads."""
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as stdout:
        result = subprocess.run(
            [sys.executable, "-m", "unwix", *args],
            stdout=stdout,
            stderr=subprocess.PIPE,
            env=environment(),
            check=False,
        )
    return result.returncode, result.stderr.decode()


def test_run_piped_into_head_writes_its_posts() -> None:
    save(Path("in"), 3)
    code, errors = into_head("convert", "in", "-o", "out", "-j", "0")
    assert (code, "Traceback" in errors, "Exception" in errors) == (0, False, False)
    assert len(list(Path("out").glob("*.md"))) == 3
    assert Path("out/report.json").is_file()


@pytest.mark.parametrize("args", [("explain",), ("convert", "in", "-o", "-", "--to", "jsonl"), ("inspect", "in")])
def test_command_piped_into_head_ends_without_error(args: tuple[str, ...]) -> None:
    save(Path("in"), 1)
    code, errors = into_head(*args)
    assert (code, "Traceback" in errors, "Exception" in errors) == (0, False, False), errors


def test_choices_ignore_case_and_misspellings_are_reported() -> None:
    save(Path("in"), 1)
    assert run("convert", "in", "-o", "out", "--to", "Hugo", "-j", 0).code == 0
    assert Path("out/content").is_dir()
    result = run("convert", "in", "-o", "out2", "--to", "hugoo")
    assert result.code == 2
    assert "“hugoo” is not one of markdown, " in result.err
    assert "Did you mean “hugo”?" in result.err
    assert "Missing option '--for'. Choose one of netlify, cloudflare," in run("redirects", "in").err
    result = run("convert", "in", "-o", "out2", "--since", "yesterday")
    assert (result.code, "“yesterday” is not a date; write it as 2024-09-27." in result.err) == (2, True)


def test_date_in_a_configuration_file() -> None:
    save(Path("in"), 1)
    Path("unwix.toml").write_text("[convert]\nsince = 2001-01-01\n")
    assert run("convert", "in", "-o", "out", "-j", 0).code == 0


def test_unknown_command_table_is_reported() -> None:
    save(Path("in"), 1)
    Path("unwix.toml").write_text("[chek]\noff = []\n")
    result = run("check", "in", "-j", 0)
    assert result.code == 2
    assert "unwix.toml: [chek] is not a command of unwix. Did you mean [check]?" in result.err


def test_the_id_of_a_site_needs_the_api() -> None:
    result = run("convert", "--site-id", "12345678-90ab-cdef-1234-567890abcdef", "-o", "out")
    assert (result.code, "--site-id needs --api." in result.err) == (2, True)


# ---- what the system does not let us do -----------------------------------------------------------------------------

#: For a user to whom permissions apply, even if the tests run as root.
_HELD = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []


def held(*args: object) -> Result:
    """Run `unwix ARGS` as a user without permission to read and write everything."""
    if _HELD and not shutil.which("setpriv"):
        pytest.skip("setpriv is missing, and root may read everything")
    result = subprocess.run(
        [*_HELD, sys.executable, "-m", "unwix", *map(str, args)],
        capture_output=True,
        text=True,
        env=environment(),
        timeout=120,
        check=False,
    )
    return Result(result.returncode, result.stdout, result.stderr)


def test_unreadable_directory_fails() -> None:
    save(Path("in"), 1)
    Path("in/locked").mkdir(mode=0)
    result = held("convert", "in", "-o", "out", "-j", 0)
    assert result.code == 1
    assert "failed     in/locked: the file cannot be read: Permission denied" in result.out.splitlines()
    result = held("convert", "in/locked/a.html", "-o", "out2", "-j", 0)
    assert result == (2, "", "unwix: in/locked/a.html cannot be read: Permission denied.\n")


def test_unreadable_post_is_a_finding() -> None:
    save(Path("in"), 2)
    run("convert", "in", "-o", "out", "-j", 0)
    Path("out/pot-0.md").chmod(0)
    result = held("check", "out")
    assert result.code == 1
    assert "Traceback" not in result.err
    assert "[unreadable]" in result.out


def test_inspect_reports_an_unreadable_file() -> None:
    save(Path("in"), 1)
    Path("in/0000.html").chmod(0)
    assert held("inspect", "in") == (1, "in/0000.html: the file cannot be read: Permission denied\n", "")


def test_full_disk_is_reported_and_the_next_run_resumes(monkeypatch: pytest.MonkeyPatch) -> None:
    save(Path("in"), 4)
    usual, room = os.replace, iter(range(2))

    def full(old: str, new: str) -> None:
        if next(room, None) is None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        usual(old, new)

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", full)
        result = run("convert", "in", "-o", "out", "-j", 0)
    assert result.code == 1
    assert result.err.splitlines()[-1] == (
        "unwix: out/.unwix-state.json cannot be written: No space left on device. All files written so far are "
        "complete; fix the cause and run the same command again to resume."
    )
    again = run("convert", "in", "-o", "out", "-j", 0)
    assert again.out.splitlines()[-1] == "4 posts: 4 complete, 0 incomplete, 0 lossy"
    assert list(Path("out").glob("*.new")) == []


def test_full_temporary_directory_is_reported() -> None:
    command = f"ulimit -f 8; exec {sys.executable} -m unwix convert {ROOT}/samples/saved -o out -j 0"
    result = subprocess.run(["sh", "-c", command], capture_output=True, text=True, env=environment(), check=False)
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert (
        f"Standard output or the directory for temporary files, {tempfile.gettempdir()}, may be full." in result.stderr
    )


# ---- terminals of other letters -------------------------------------------------------------------------------------


def test_output_in_another_encoding_does_not_fail() -> None:
    """On Windows a pipe is cp1252: characters that it does not have are `?`, and JSON stays UTF-8."""
    result = elsewhere("convert", HEBREW, "-o", "out", "-j", 0, PYTHONIOENCODING="cp1252")
    assert (result.code, result.err.count("Traceback")) == (0, 0)
    assert re.search(r"^written {4}\?+-\?+", result.out)
    result = elsewhere("convert", HEBREW, "-o", "out", "-j", 0, "--json", PYTHONIOENCODING="cp1252")
    assert "מרק" in result.out
    result = elsewhere("check", HEBREW, "-j", 0, "--format", "json", PYTHONIOENCODING="cp1252")
    assert (result.code, "Traceback" in result.err) == (0, False)


def test_file_name_that_the_system_refuses_is_reported() -> None:
    bare = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    result = elsewhere("convert", HEBREW, "-o", "out", "-j", 0, **bare)
    assert result.code == 1
    assert result.err.splitlines()[-1] == (
        "unwix: File names on this system cannot contain all characters (ascii). Set PYTHONUTF8=1 and retry."
    )
    assert elsewhere("convert", HEBREW, "-o", "out", "-j", 0, **{**bare, "PYTHONUTF8": "1"}).code == 0


# ---- what --update did ----------------------------------------------------------------------------------------------


def test_update_states_what_it_rewrote_and_what_it_kept() -> None:
    save(Path("in"), 2)
    run("convert", "in", "-o", "out", "-j", 0)
    Path("out/pot-0.md").write_text("mine")
    Path("out/pot-1.md").unlink()
    result = run("check", "in", "--expect", "out", "--update", "-j", 0)
    assert result.code == 1
    message = (
        "out: 1 file rewritten, 1 edited file kept (new versions in FILE.new). Read the diff, then run check again."
    )
    assert result.err.splitlines()[-1] == message


# ---- help and progress ----------------------------------------------------------------------------------------------


def test_every_help_fits_80_columns_and_cuts_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for args in ((), *((name,) for name in COMMANDS)):
        lines = run(*args, "--help").out.splitlines()
        assert [line for line in lines if len(line) > 80] == []
        assert [line for line in lines if line.endswith("...") and not line.startswith("Usage")] == []


def test_every_option_is_in_the_help_once() -> None:
    output = run("convert", "--help").out
    options = re.findall(r"^  (?:-\w, )?(--[\w-]+)", output, re.M)
    assert len(options) == len(set(options))
    assert {"--output", "--media", "--jobs", "--json", "--help"} <= set(options)
    assert [line for line in output.splitlines() if re.fullmatch(r"\w[\w' ]+:", line)] == [
        "Output:",
        "Which posts:",
        "Images and other media:",
        "Links between posts:",
        "Live site:",
        "Wix REST API:",
        "Run:",
        "Examples:",
    ]


@pytest.mark.parametrize("columns", [40, 60, 80, 120])
def test_progress_line_is_narrower_than_the_terminal(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line that is wider than the screen scrolls it at every step."""
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("COLUMNS", str(columns))
    now = iter(range(100_000))
    progress = Progress(lambda: next(now))
    progress.phase("reading", 4000)
    for number in range(30):
        progress.step(f"saved/長い名前の頁 🇫🇷 that goes on and on and on and on {number}.html", 4000)
    progress.end()
    lines = re.split(r"[\r\n]", re.sub(r"\x1b\[(?:\?25[hl]|K)", "", screen.text))
    assert max(map(width, lines)) < columns
    assert any(line.startswith("reading  [") for line in lines)


def test_empty_phase_shows_no_progress_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    assert list(Progress().each(iter(()), "downloading", 0)) == []
    assert screen.text == ""


def test_long_name_is_shortened_at_its_beginning() -> None:
    assert shortened("a/very/long/path.html", 10) == "…path.html"
    assert shortened("頁頁頁頁", 5) == "…頁頁"


# ---- a truncated page -----------------------------------------------------------------------------------------------


def test_a_page_that_ends_early_is_reported() -> None:
    raw = post_page(p("First words.") + p("More words."), "Pot", "pot")
    Path("a.html").write_bytes(raw[: raw.index(b"More")])
    result = run("convert", "a.html", "-o", "out", "-j", 0, "--strict")
    assert result.code == 1
    assert "     1 × truncated: the file ends in the middle of the post" in result.err.splitlines()
