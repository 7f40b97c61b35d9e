"""Test the command line: its output on both streams, and its exit codes."""

from __future__ import annotations

import gzip
import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest

from support.paths import ROOT_DIR
from support.post_pages import SITE, files, h, list_page, p, post_page, save
from support.terminal import environment, process, run, unheard
from unwix import __version__
from unwix.cli.help import Command
from unwix.model.problems import Problem


def report_of(folder: Path) -> dict[str, list[dict[str, str]]]:
    data: dict[str, list[dict[str, str]]] = json.loads((folder / "report.json").read_text())
    return data


# ---- the program ------------------------------------------------------------------------------------------------


def test_version_as_a_process() -> None:
    assert process("--version") == (0, f"unwix {__version__}\n", "")


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_version_and_help_import_no_parser(option: str) -> None:
    names = ("lxml", "bs4", "markdownify", "yaml", "requests", "cmarkgfm", "pebble")
    code = (
        "import sys\n"
        f"sys.argv = ['unwix', '{option}']\n"
        "from unwix.cli import main as cli\n"
        "try:\n"
        "    cli.main()\n"
        "except SystemExit:\n"
        f"    print([name for name in {names} if name in sys.modules])\n"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment(), check=True)
    assert result.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("args", [("--help",), ("-h",), ("convert", "--help"), ("check", "-h"), ("inspect", "-h")])
def test_help_goes_to_stdout(args: tuple[str, ...]) -> None:
    result = run(*args)
    assert result.code == 0
    assert result.out.startswith("Usage: unwix")
    assert result.err == ""


def test_help_names_the_commands_and_options() -> None:
    output = run("--help").out
    assert {"check", "convert", "inspect"} <= set(re.findall(r"^  (\w+)  ", output, re.M))
    assert {"--output", "--to", "--jobs", "--strict", "--json"} <= set(
        re.findall(r"--\w+", run("convert", "--help").out)
    )


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (("convert",), "Missing argument 'SOURCE...'."),
        (("convert", "x"), "Missing option '--output' / '-o'."),
        (
            ("convert", "x", "-o", "out", "--jobs", "-1"),
            "Invalid value for '--jobs' / '-j': -1 is not in the range 0<=x<=256.",
        ),
        (("convert", "x", "-o", "out", "--to", "word"), "Invalid value for '--to'"),
        (("melt", "x"), "There is no command “melt”."),
        (("convert", "--fast", "x", "-o", "out"), "No such option"),
        (("check", "x", "--expect", "nowhere"), "Directory 'nowhere' does not exist."),
    ],
)
def test_usage_errors_are_one_sentence(
    args: tuple[str, ...], sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*args)
    assert result.code == 2
    assert result.out == ""
    assert sentence in result.err
    assert "Traceback" not in result.err
    assert files(tmp_path) == {}


@pytest.mark.parametrize(
    "args", [("convert", "no such file", "-o", "out"), ("check", "no such file"), ("inspect", "no such file")]
)
def test_a_missing_source_is_reported(args: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    sentence = "Give a file or a directory with saved pages, or the URL of a site (https://…)."
    assert run(*args) == (2, "", f"unwix: no such file does not exist. {sentence}\n")
    assert list(tmp_path.iterdir()) == []


def test_a_missing_source_as_a_process(tmp_path: Path) -> None:
    assert process("convert", "nowhere", "-o", "out", cwd=tmp_path) == (
        2,
        "",
        "unwix: nowhere does not exist. Give a file or a directory with saved pages, or the URL of a site (https://…).\n",
    )


# ---- convert ----------------------------------------------------------------------------------------------------


def test_each_post_has_a_line_and_there_is_a_total(tmp_path: Path) -> None:
    save(tmp_path / "in", 2)
    (tmp_path / "in/list.html").write_bytes(list_page())
    out = tmp_path / "out"
    result = process("convert", tmp_path / "in", "-o", out)
    assert result.code == 0
    assert result.out.splitlines() == [
        "written    pot-0.md  6/6 words  complete",
        "written    pot-1.md  6/6 words  complete",
        "2 posts: 2 complete, 0 incomplete, 0 lossy",
    ]
    assert result.err == (
        "2 written; 1 page skipped\n"
        "     1 × skipped: a page with a list of posts\n"
        f"Details of problems and skipped files: {out}/report.json\n"
        f"To repeat: unwix convert {tmp_path}/in --output {out}\n"
    )
    assert {*files(out)} == {"pot-0.md", "pot-1.md", "report.json", ".unwix-state.json"}


def test_report_has_the_agreed_form(tmp_path: Path) -> None:
    save(tmp_path / "in", 1)
    (tmp_path / "in/list.html").write_bytes(list_page())
    (tmp_path / "in/void.html").write_bytes(b"\0")
    assert run("convert", tmp_path / "in", "-o", tmp_path / "out", "-j", 0).code == 1
    text = (tmp_path / "out/report.json").read_text()
    assert text.endswith("}\n")
    report = json.loads(text)
    assert list(report) == ["unwix", "schema", "summary", "posts", "skipped", "links"]
    assert report["summary"] == {"posts": 2, "complete": 1, "incomplete": 0, "lossy": 0, "failed": 1, "skipped": 1}
    assert list(report["links"]) == ["sites", "suggested_sites", "lists", "aliases", "not_exported", "missing_anchors"]
    assert report["unwix"] == __version__
    good, bad = report["posts"]
    always = ["source", "output", "url", "title", "file", "result", "reader", "fidelity", "ledger", "problems"]
    assert list(good) == [*always, "slug", "date", "language", "authors"]
    assert good["source"] == f"{tmp_path}/in/0000.html"
    assert (good["output"], good["url"], good["title"], good["file"], good["reader"]) == (
        "pot-0.md",
        f"{SITE}/post/pot-0",
        "Pot 0",
        "written",
        "viewer",
    )
    assert good["fidelity"]["words"] == [6, 6]
    assert good["result"] == "complete"
    assert (bad["file"], bad["output"], bad["problems"]) == (
        "failed",
        None,
        [Problem("failed", "file", "the file contains only NUL characters; it is damaged").as_dict()],
    )
    assert report["skipped"] == [
        {"source": f"{tmp_path}/in/list.html", "kind": "list-page", "detail": "a blog list page"}
    ]


def test_nothing_to_convert(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/list.html").write_bytes(list_page())
    result = run("convert", tmp_path / "in", "-o", tmp_path / "out", "-j", 0)
    assert result.code == 2
    assert result.out == "0 posts; 1 page skipped\n"
    assert result.err.splitlines() == [
        "     1 × skipped: a page with a list of posts",
        f"Details of problems and skipped files: {tmp_path}/out/report.json",
        "No blog post found.",
        f"  {tmp_path}/in/list.html: a blog list page. Lists contain only the beginnings of posts. Give the pages of the "
        "posts, or the URL of the site: unwix then finds all posts.",
        "Give saved pages of posts or the URL of the site (https://…); unwix inspect FILE shows what is in a file.",
    ]
    assert report_of(tmp_path / "out")["posts"] == []
    (tmp_path / "empty").mkdir()
    assert run("convert", tmp_path / "empty", "-o", tmp_path / "out2", "-j", 0).code == 2
    assert run("check", tmp_path / "empty", "-j", 0).code == 2


def test_one_failure_makes_exit_code_1(tmp_path: Path) -> None:
    save(tmp_path / "in", 1)
    (tmp_path / "in/void.html").write_bytes(b"\0")
    result = run("convert", tmp_path / "in", "-o", tmp_path / "out", "-j", 0)
    assert result.code == 1
    assert (
        result.out.splitlines()[1]
        == f"failed     {tmp_path}/in/void.html: the file contains only NUL characters; it is damaged"
    )
    assert result.out.splitlines()[-1] == "2 posts: 1 complete, 0 incomplete, 0 lossy, 1 failed"


def test_strict_fails_for_missing_content(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(
        post_page(
            p("Words.") + '<div data-hook="galleryViewer"></div><div type="gallery" data-hook="rcv-block4"></div>'
        )
    )
    loose = run("convert", tmp_path / "a.html", "-o", tmp_path / "out", "-j", 0)
    strict = run("convert", tmp_path / "a.html", "-o", tmp_path / "out", "-j", 0, "--strict")
    assert (loose.code, strict.code) == (0, 1)
    assert "[gallery-missing]" in loose.out
    assert "     1 × gallery-missing: the saved page does not contain the images of a gallery" in loose.err.splitlines()
    assert (
        run("check", tmp_path / "a.html", "-j", 0).code,
        run("check", tmp_path / "a.html", "-j", 0, "--strict").code,
    ) == (0, 1)


def test_events_are_json_lines(tmp_path: Path) -> None:
    save(tmp_path / "in", 2)
    (tmp_path / "in/list.html").write_bytes(list_page())
    (tmp_path / "in/void.html").write_bytes(b"\0")
    result = run("convert", tmp_path / "in", "-o", tmp_path / "out", "-j", 0, "--json")
    events = [json.loads(line) for line in result.out.splitlines()]
    assert [event["event"] for event in events] == ["skipped", "post", "post", "post", "done"]
    assert [event.get("file") for event in events] == [None, "written", "written", "failed", None]
    assert {name: events[-1][name] for name in ("posts", "complete", "failed", "skipped", "files")} == {
        "posts": 3,
        "complete": 2,
        "failed": 1,
        "skipped": 1,
        "files": {"written": 2, "failed": 1},
    }
    assert {**events[1]} == {"event": "post", **report_of(tmp_path / "out")["posts"][0]}


def test_number_of_jobs_does_not_change_the_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    save(tmp_path / "in", 30)
    for number in range(0, 30, 7):
        (tmp_path / f"in/{number:04d}-copy.html").write_bytes((tmp_path / f"in/{number:04d}.html").read_bytes())
        (tmp_path / f"in/{number:04d}-list.html").write_bytes(list_page())
        (tmp_path / f"in/{number:04d}-void.html").write_bytes(b"\0")
    made, messages = [], []
    for jobs in (0, 1, 2, 4):
        messages.append(run("convert", "in", "-o", f"out{jobs}", "-j", jobs))
        made.append(files(tmp_path / f"out{jobs}"))
    assert made[0] == made[1] == made[2] == made[3]
    assert messages[0].out == messages[1].out == messages[2].out == messages[3].out
    assert [row["source"] for row in report_of(tmp_path / "out4")["posts"]] == sorted(
        row["source"] for row in report_of(tmp_path / "out4")["posts"]
    )


def test_sources_are_read_in_the_order_given_and_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    save(tmp_path / "in", 3)
    run("convert", "in/0002.html", "in", "in/0001.html", "-o", "out", "-j", 0)
    report = report_of(tmp_path / "out")
    assert [row["source"] for row in report["posts"]] == ["in/0002.html", "in/0000.html", "in/0001.html"]
    assert report["skipped"] == []


def test_output_inside_the_source_is_not_read_again(tmp_path: Path) -> None:
    save(tmp_path, 2)
    assert run("convert", tmp_path, "-o", tmp_path / "out", "-j", 0).code == 0
    first = files(tmp_path / "out")
    assert run("convert", tmp_path, "-o", tmp_path / "out", "-j", 0).code == 0
    assert {name: messages for name, messages in files(tmp_path / "out").items() if name.endswith(".md")} == {
        name: content for name, content in first.items() if name.endswith(".md")
    }
    assert len(report_of(tmp_path / "out")["posts"]) == 2


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    save(tmp_path / "in", 2)
    out = tmp_path / "out"
    run("convert", tmp_path / "in", "-o", out, "-j", 0)
    first = files(out)
    times = {path.name: path.stat().st_mtime_ns for path in out.glob("*.md")}
    result = run("convert", tmp_path / "in", "-o", out, "-j", 0)
    assert [line.split()[0] for line in result.out.splitlines()[:2]] == ["unchanged", "unchanged"]
    assert {n: s for n, s in files(out).items() if n.endswith(".md")} == {
        n: s for n, s in first.items() if n.endswith(".md")
    }
    assert {path.name: path.stat().st_mtime_ns for path in out.glob("*.md")} == times


def test_a_file_that_its_owner_has_edited_is_kept(tmp_path: Path) -> None:
    (path,) = save(tmp_path / "in", 1)
    out = tmp_path / "out"
    run("convert", path, "-o", out, "-j", 0)
    edited = (out / "pot-0.md").read_bytes() + b"My own line.\n"
    (out / "pot-0.md").write_bytes(edited)
    path.write_bytes(post_page(p("Other words."), "Pot 0", "pot-0"))
    result = run("convert", path, "-o", out, "-j", 0)
    assert result.out.startswith("edited     pot-0.md")
    assert (out / "pot-0.md").read_bytes() == edited
    assert (out / "pot-0.md.new").read_bytes().endswith(b"Other words.\n")
    # A file that nobody has edited is rewritten.
    (out / "pot-0.md").unlink()
    assert run("convert", path, "-o", out, "-j", 0).out.startswith("written")
    path.write_bytes(post_page(p("Third words."), "Pot 0", "pot-0"))
    assert run("convert", path, "-o", out, "-j", 0).out.startswith("written")
    assert (out / "pot-0.md").read_bytes().endswith(b"Third words.\n")


def test_gzip_is_detected_by_the_bytes(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(gzip.compress(post_page(title="Packed", slug="packed")))
    (tmp_path / "page.html.gz").write_bytes(post_page(title="Plain", slug="plain"))
    result = run("convert", tmp_path / "page.html", tmp_path / "page.html.gz", "-o", tmp_path / "out", "-j", 0)
    assert [line.split()[1] for line in result.out.splitlines()[:2]] == ["packed.md", "plain.md"]


def test_closed_pipe_is_not_an_error(tmp_path: Path) -> None:
    save(tmp_path / "in", 300)
    with subprocess.Popen(
        [sys.executable, "-m", "unwix", "convert", tmp_path / "in", "-o", tmp_path / "out", "-j", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    ) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.readline()
        child.stdout.close()
        assert b"Traceback" not in child.stderr.read()
    assert not list((tmp_path / "out").glob("*.tmp"))


# ---- terminals --------------------------------------------------------------------------------------------------


def test_pipe_has_no_colour_and_no_progress_bar(tmp_path: Path) -> None:
    save(tmp_path / "in", 3)
    result = process("convert", tmp_path / "in", "-o", tmp_path / "out")
    assert not re.search("[\x1b\r]", result.out + result.err)
    assert "pages  [" not in result.err


def test_terminal_shows_a_progress_bar_with_the_rate(tmp_path: Path) -> None:
    save(tmp_path / "in", 60)
    ours, theirs = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-m", "unwix", "convert", tmp_path / "in", "-o", tmp_path / "out", "-j", "1"],
        stdout=subprocess.PIPE,
        stderr=theirs,
        env={**environment(), "TERM": "xterm", "COLUMNS": "120"},
    )
    os.close(theirs)
    assert child.stdout is not None
    out = child.stdout.read().decode()
    child.stdout.close()
    seen = b""
    try:
        while piece := os.read(ours, 65536):
            seen += piece
    except OSError:  # Linux reports that the other end is closed
        pass
    os.close(ours)
    assert child.wait() == 0
    bar = seen.decode()
    assert "reading" in bar
    assert "writing" in bar
    assert "60/60" in bar
    assert re.search(r"\d+/s", bar)
    assert not re.search("[\x1b\r]", out)
    assert len(out.splitlines()) == 61


# ---- stopping ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "jobs", "exit_code"),
    [
        (signal.SIGINT, 0, 130),
        (signal.SIGINT, 2, 130),
        (signal.SIGTERM, 0, 143),
        (signal.SIGTERM, 2, 143),
        (signal.SIGHUP, 2, 129),
    ],
)
def test_stopped_run_leaves_only_complete_files(number: int, jobs: int, exit_code: int, tmp_path: Path) -> None:
    """All processes get the signal, as from a terminal or a service manager."""
    total = 200
    source = tmp_path / "in"
    source.mkdir()
    blocks = "".join(h(f"Part {n}") + p("Clay <b>and</b> water and fire. " * 10) for n in range(20))
    for n in range(total):
        (source / f"{n:04d}.html").write_bytes(post_page(blocks + p("The end."), f"Pot {n}", f"pot-{n}"))
    out = tmp_path / "out"
    with unheard("convert", source, "-o", out, "-j", jobs) as child:
        deadline = time.monotonic() + 60
        while len(list(out.glob("*.md"))) < 10 and time.monotonic() < deadline:
            time.sleep(0.01)
        os.killpg(child.pid, number)
        stderr = child.communicate(timeout=60)[1].decode()
        code = child.returncode
    assert code == exit_code
    # click ends the line on which the terminal shows ^C.
    assert (
        stderr.lstrip("\n")
        == "unwix: Stopped. All files written so far are complete; run the same command again to resume.\n"
    )
    written_files = files(out)
    posts = {name: text for name, text in written_files.items() if name.endswith(".md")}
    assert 10 <= len(posts) < total
    assert all(text.endswith(b"The end.\n") for text in posts.values())
    assert {*written_files} - {*posts} == {".unwix-state.json"}
    assert {*json.loads(written_files[".unwix-state.json"])["files"]} == {*posts}
    # The next run resumes, and does not regard its own files as files of the user.
    again = run("convert", source, "-o", out, "-j", 0)
    assert again.code == 0
    assert again.out.splitlines()[-1] == f"{total} posts: {total} complete, 0 incomplete, 0 lossy"
    assert again.err.startswith(f"{total - len(posts)} written, {len(posts)} unchanged; 0 pages skipped\n")


# ---- inspect ----------------------------------------------------------------------------------------------------


def test_inspect_describes_a_post(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(post_page(h("A part") + p("Words."), "A pot", "a-pot"))
    result = process("inspect", tmp_path / "a.html")
    assert (result.code, result.err) == (0, "")
    lines = result.out.splitlines()
    assert lines[0] == f"{tmp_path}/a.html"
    assert "  reader: viewer" in lines
    assert "  title            A pot  ← data-hook post-title" in lines
    assert any(line.startswith("  not stated       updated, ") for line in lines), lines
    assert "  heading levels   1 of 1" in lines
    assert not any(line.endswith("0 of 0") for line in lines)
    assert "  ##  A part" in lines
    assert "  p  Words." in lines
    assert "  result           complete" in lines


def test_inspect_states_the_result_that_convert_gives(tmp_path: Path) -> None:
    page = ROOT_DIR / "samples/saved/2025-the-market-in-pictures.html"
    lines = run("inspect", page).out.splitlines()
    run("convert", page, "-o", tmp_path / "out", "--jobs", 0)
    (row,) = report_of(tmp_path / "out")["posts"]
    assert f"  result           {row['result']}" in lines
    assert row["result"] == "incomplete"


def test_inspect_explains_a_page_that_is_not_a_post(tmp_path: Path) -> None:
    (tmp_path / "list.html").write_bytes(list_page())
    (tmp_path / "void.html").write_bytes(b"\0")
    assert run("inspect", tmp_path / "list.html") == (
        0,
        f"{tmp_path}/list.html: not a blog post: a blog list page\n",
        "",
    )
    assert (
        run("inspect", tmp_path / "void.html").out
        == f"{tmp_path}/void.html: the file contains only NUL characters; it is damaged\n"
    )


def test_worse_copy_that_is_read_first_leaves_no_file(tmp_path: Path) -> None:
    """Without a state, as in a fresh clone, the worse copy must neither leave a `.new` nor change the file's state."""
    whole = post_page(p("One two three.") + p("Four five six."), slug="pot", url="https://www.example.com/post/pot")
    worse = post_page(p("One two three."), slug="pot", url="https://www.example.com/post/pot")
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.html").write_bytes(worse)
    (tmp_path / "in/b.html").write_bytes(whole)
    for memory in (True, False, True):
        result = run("convert", tmp_path / "in", "-o", tmp_path / "out", "-j", 0)
        assert result.code == 0
        assert sorted(f.name for f in (tmp_path / "out").iterdir()) == [".unwix-state.json", "pot.md", "report.json"]
        assert "Four five six." in (tmp_path / "out/pot.md").read_text()
        if not memory:
            continue
        (tmp_path / "out/.unwix-state.json").unlink()
    assert json.loads((tmp_path / "out/report.json").read_text())["posts"][0]["file"] == "unchanged"


def test_a_command_that_is_started_alone_has_both_names_of_the_help_option() -> None:
    """The wizard starts commands so: click remembers the option of a command's first context."""
    alone = Command("alone", callback=lambda: None)
    assert "-h, --help" in alone.get_help(click.Context(alone))
