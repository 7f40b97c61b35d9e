"""Test the end of `unwix convert`: a table on a terminal, plain lines in a pipe, events for scripts."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import click
import jsonschema
import pytest

from support.paths import ROOT_DIR
from support.post_pages import list_page, p, post_page, save
from support.review_pages import usual
from support.terminal import environment, on_a_terminal, run
from unwix.cli.terminal.summary_table import WIDEST, RunSummary, closing_table
from unwix.model.problems import KINDS
from unwix.run.report import Report
from unwix.run.rows import failed_row

ROOT = ROOT_DIR
SAMPLE = ROOT / "samples/saved/2025-glazes-that-lie.html"
SCHEMA = json.loads((ROOT / "src/unwix/schema/events.schema.json").read_text(encoding="utf-8"))


def blog(folder: Path) -> None:
    (folder / "in").mkdir()
    for name, raw in usual().items():
        (folder / "in" / name).write_bytes(raw)
    (folder / "in/list.html").write_bytes(list_page())
    (folder / "in/void.html").write_bytes(b"\0")


# ---- the table ----------------------------------------------------------------------------------------------------


def test_a_terminal_gets_a_table(tmp_path: Path) -> None:
    blog(tmp_path)
    lines = [click.unstyle(line) for line in on_a_terminal("convert", "in", "-o", "out", "-j", 0, cwd=tmp_path)]
    assert lines[:2] == [
        "written    the-market.md  5/5 words  incomplete  [gallery-missing]",
        "failed     in/void.html: the file contains only NUL characters; it is damaged",
    ]
    assert lines[2:] == [
        "",
        "4 posts: 2 complete, 1 incomplete (1 gallery missing), 0 lossy, 1 failed",
        "Files     3 written, 1 failed",
        "Skipped   1 × a page with a list of posts (list.html)",
        "",
        "Problems  (see unwix explain KIND)",
        "      1   warning  gallery-missing  the saved page does not contain the images",
        "                                    of a gallery",
        "",
        "Next",
        "  unwix inspect in/void.html        see why a file could not be read",
        "  unwix review out                  compare each post with its source",
        "  unwix doctor in                   where to find the missing content",
        "  unwix convert in --output out --jobs 0 --media copy",
        "      download the images, which are still on Wix's servers",
        "  out/report.json                   details of problems and skipped files",
    ]


def test_a_terminal_shows_all_posts_with_verbose_and_none_with_quiet(tmp_path: Path) -> None:
    blog(tmp_path)
    plain = on_a_terminal("convert", "in", "-o", "out", "-j", 0, cwd=tmp_path)
    assert not any("words  complete" in line for line in plain)
    verbose = on_a_terminal("convert", "in", "-o", "out", "-j", 0, "-v", cwd=tmp_path)
    assert any("words  complete" in line for line in verbose)
    assert on_a_terminal("convert", "in", "-o", "out", "-j", 0, "-q", cwd=tmp_path) == []


def test_quiet_reports_failed_posts(tmp_path: Path) -> None:
    blog(tmp_path)
    result = run("convert", tmp_path / "in", "-o", tmp_path / "out", "-j", 0, "-q")
    assert (result.code, result.out) == (1, "")
    totals = "2 complete, 1 incomplete (1 gallery missing), 0 lossy, 1 failed"
    assert result.err == f"unwix: {totals}; see {tmp_path}/out/report.json\n"


def test_the_log_file_has_every_post_and_every_skipped_file(tmp_path: Path) -> None:
    blog(tmp_path)
    log = tmp_path / "run.log"
    run("convert", tmp_path / "in", "-o", tmp_path / "out", "-j", 0, "-q", "--log-file", log)
    text = log.read_text()
    assert text.count("written    ") == 3
    assert "failed     " in text
    assert "skipped    " in text
    assert "4 posts: 2 complete, 1 incomplete" in text
    result = run("convert", tmp_path / "in", "-o", tmp_path / "out", "-j", 0, "--log-file", tmp_path / "no/run.log")
    assert (result.code, result.err.count("\n")) == (2, 1)


def test_a_dry_run_needs_no_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    save(Path("in"), 1)
    result = run("convert", "in", "--dry-run", "-j", 0)
    assert result.code == 0
    assert "to write   pot-0.md" in result.out
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_output_is_coloured_unless_turned_off(tmp_path: Path) -> None:
    save(tmp_path / "in", 1)
    assert any("\x1b[" in line for line in on_a_terminal("convert", "in", "-o", "out", "-j", 0, cwd=tmp_path))
    plain = on_a_terminal("convert", "in", "-o", "out", "-j", 0, cwd=tmp_path, NO_COLOR="1")
    assert not any("\x1b[" in line for line in plain)


def test_next_steps_match_the_result(tmp_path: Path) -> None:
    save(tmp_path / "in", 1)
    dry = on_a_terminal("convert", "in", "-o", "out", "-j", 0, "--dry-run", cwd=tmp_path)
    assert click.unstyle(dry[-1]) == "  nothing was written               run the command without --dry-run"
    assert click.unstyle(dry[2]) == "Files     1 to write"
    reviewed = on_a_terminal("convert", "in", "-o", "out", "-j", 0, "--review", cwd=tmp_path)
    assert "  open out/_review/index.html" in click.unstyle("\n".join(reviewed))
    (tmp_path / "out/pot-0.md").write_text("mine")
    kept = on_a_terminal("convert", "in", "-o", "out", "-j", 0, cwd=tmp_path)
    assert "  compare POST with POST.new        merge the new versions into your edits" in map(click.unstyle, kept)


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_table_fits_the_terminal(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    report = Report("1")
    report.add(failed_row("x", "y"))
    report.kinds.update(dict.fromkeys(KINDS, 123_456))
    long = Path("長い名前のフォルダ" * 5)
    lines = closing_table(RunSummary(report, (long,), long, long / "report.json"))
    assert len(lines) > 20
    for line in lines:
        shown = click.unstyle(line)
        if "長" not in shown:  # a command is not wrapped, because half of it could not be copied
            assert len(shown) <= min(WIDEST, columns), shown
        assert not re.search(r"\x1b\[[^m]*$", line)


@pytest.mark.parametrize("target", ["markdown", "wordpress", "ghost"])
@pytest.mark.parametrize("linked", [True, False])
def test_next_steps_name_the_url_of_an_output_on_object_storage(target: str, linked: bool) -> None:
    """The temporary directory of the run is gone when the command ends."""
    report = Report("1")
    row = failed_row("in/a.html", "y")
    row |= {"file": "written", "result": "complete", "output": "a.md", "fidelity": {"images": [3, 3]}}
    report.add(row)
    local = Path("/tmp/unwix-output-x1")
    ending = RunSummary(
        report, ("in",), local, local / "report.json", linked=linked, target=target, url="s3://shop/blog/"
    )
    text = click.unstyle("\n".join(closing_table(ending)))
    assert "  s3://shop/blog/report.json" in text
    assert "unwix-output-x1" not in text
    if target == "wordpress":
        assert "  s3://shop/blog/wordpress.xml" in text


def test_meaning_of_a_problem_is_shown_on_a_narrow_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    report = Report("1")
    report.add(failed_row("x", "y"))
    report.kinds["gallery-missing"] = 1
    lines = [
        click.unstyle(line) for line in closing_table(RunSummary(report, (), Path("out"), Path("out/report.json")))
    ]
    assert any("gallery" in line for line in lines)
    assert not any("…" in line for line in lines)


def test_the_next_commands_can_be_pasted_whatever_the_names(tmp_path: Path) -> None:
    """Directories with spaces, quotes, `$` and a leading dash: a shell runs each command below the table."""
    folder = "-my $HOME `x` pages' (2026)"
    save(tmp_path / folder, 1)
    (tmp_path / folder / "void.html").write_bytes(b"\0")
    lost = p("Words.") + '<div data-hook="galleryViewer"></div><div type="gallery" data-hook="rcv-block4"></div>'
    (tmp_path / folder / "lost.html").write_bytes(post_page(lost, "Lost", "lost"))
    seen = on_a_terminal("convert", f"./{folder}", "-o", f"{folder} out", "-j", 0, cwd=tmp_path)
    commands = [line.strip() for line in map(click.unstyle, seen) if line.startswith("  unwix ")]
    assert [command.split()[1] for command in commands] == ["inspect", "review", "doctor"]
    for command in commands:
        line = re.split(r"(?<=')\s{2,}", command.replace("unwix", f"{sys.executable} -m unwix", 1))[0]
        result = subprocess.run(
            ["sh", "-c", line], cwd=tmp_path, env=environment(), capture_output=True, text=True, check=False
        )
        assert "does not exist" not in result.stderr, (line, result)
        assert result.returncode == (1 if "inspect" in line else 0), (line, result)


def test_images_on_wix_servers_are_reported(tmp_path: Path) -> None:
    picture = '<figure><img src="https://static.wixstatic.com/media/ab12cd_0123456789abcdef0123456789abcdef~mv2.jpg"></figure>'
    (tmp_path / "a.html").write_bytes(post_page(p("Words.") + picture, "Pot", "pot"))
    seen = on_a_terminal("convert", "a.html", "-o", "out", "-j", 0, cwd=tmp_path)
    assert "  unwix convert a.html --output out --jobs 0 --media copy" in map(click.unstyle, seen)


def test_dumb_terminal_gets_no_codes(tmp_path: Path) -> None:
    save(tmp_path / "in", 1)
    assert not any(
        "\x1b" in line for line in on_a_terminal("convert", "in", "-o", "out", "-j", 0, cwd=tmp_path, TERM="dumb")
    )


def test_pipe_gets_plain_text(tmp_path: Path) -> None:
    blog(tmp_path)
    result = run("convert", tmp_path / "in", "-o", tmp_path / "out", "-j", 0, "--review")
    assert "\x1b" not in result.out + result.err
    assert result.out.splitlines()[-2:] == [
        "4 posts: 2 complete, 1 incomplete (1 gallery missing), 0 lossy, 1 failed",
        f"Review: {tmp_path}/out/_review/index.html (4 posts)",
    ]
    assert (tmp_path / "out/_review/posts/00004.html").is_file()


# ---- events -------------------------------------------------------------------------------------------------------


def events(*args: object) -> list[dict[str, object]]:
    """Return the events of a run, each of which fits the schema."""
    validator = jsonschema.Draft202012Validator(SCHEMA)
    data = [json.loads(line) for line in run(*args, "-j", 0, "--json").out.splitlines()]
    for one in data:
        assert [error.message for error in validator.iter_errors(one)] == [], one
    return data


def test_every_event_fits_the_schema(tmp_path: Path) -> None:
    blog(tmp_path)
    (tmp_path / "in/dump.txt").write_bytes((ROOT / "samples/text/de-ein-fahrrad-im-fluss.txt").read_bytes())
    output = tmp_path / "out"
    first = events("convert", tmp_path / "in", "-o", output, "--review")
    (tmp_path / "in/kiln.html").unlink()
    (tmp_path / "in/soup.html").write_bytes(post_page(p("Other words."), "Soup", "soup"))
    (output / "soup.md").write_text("mine")
    second = events("convert", tmp_path / "in", "-o", output, "--prune", "list")
    third = events("convert", tmp_path / "in", "-o", output, "--prune", "remove")
    dry = events(
        "convert",
        tmp_path / "in/market.html",
        SAMPLE,
        "-o",
        tmp_path / "new",
        "--dry-run",
        "--media",
        "copy",
        "--to",
        "astro",
    )
    listed = events("convert", SAMPLE, "-o", tmp_path / "new", "--media", "list")
    seen = [str(one["event"]) for one in (*first, *second, *third, *dry, *listed)]
    # Live sites give `warning` (tests/cli/test_live_cli.py), `unwix fetch` gives others (tests/cli/test_fetch.py).
    elsewhere = {"warning", "saved", "failed", "fetched"}
    assert {*seen} | elsewhere == {n for n, form in SCHEMA["$defs"].items() if "event" in form.get("properties", {})}
    statuses = {one["file"] for one in (*first, *second, *third) if one["event"] == "post"}
    assert statuses == {"written", "unchanged", "edited", "failed"}
    assert first[-1] == {
        "event": "done",
        "posts": 5,
        "complete": 3,
        "incomplete": 1,
        "lossy": 0,
        "failed": 1,
        "skipped": 1,
        "files": {"written": 4, "failed": 1},
        "problems": {"gallery-missing": 1},
    }
    assert first[-2] == {"event": "review", "index": f"{output}/_review/index.html", "posts": 5, "alone": 0}


DONE = {
    "event": "done",
    **dict.fromkeys(("posts", "complete", "incomplete", "lossy", "failed", "skipped"), 0),
    "files": {},
    "problems": {},
}


def test_schema_accepts_the_end_of_an_empty_run() -> None:
    assert not list(jsonschema.Draft202012Validator(SCHEMA).iter_errors(DONE))


@pytest.mark.parametrize(
    "wrong",
    [
        {"event": "skipped", "source": "a"},
        {"event": "unknown"},
        {"event": "post", "source": "a"},
        {**DONE, "posts": -1},
        {"event": "orphaned", "output": "a", "more": 1},
    ],
)
def test_schema_refuses_other_objects(wrong: dict[str, object]) -> None:
    assert list(jsonschema.Draft202012Validator(SCHEMA).iter_errors(wrong))


def test_the_document_names_every_event_and_field() -> None:
    text = (ROOT / "docs/events.md").read_text(encoding="utf-8")
    rows = {row.split("`")[1]: row for row in text.splitlines() if row.startswith("| `")}
    forms = {name: form for name, form in SCHEMA["$defs"].items() if "event" in form.get("properties", {})}
    assert {*rows} == {*forms}
    for name, form in forms.items():
        optional = set() if name != "post" else {*form["properties"]} - {*form["required"]}
        assert [f for f in form["properties"] if f not in {"event", *optional} and f"`{f}`" not in rows[name]] == []


def test_a_run_without_posts_has_no_table(tmp_path: Path) -> None:
    """The message on stderr explains the files."""
    (tmp_path / "story.pdf").write_bytes(b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF")
    assert on_a_terminal("convert", "story.pdf", "-o", "out", "-j", 0, cwd=tmp_path) == ["0 posts; 1 page skipped"]


@pytest.mark.parametrize("args", [("check", "in", "-j", 0, "--notes"), ("inspect", "in"), ("explain",)])
def test_long_lines_are_wrapped_between_words(args: tuple[object, ...], tmp_path: Path) -> None:
    blog(tmp_path)
    lines = [click.unstyle(line) for line in on_a_terminal(*args, cwd=tmp_path, columns=60)]
    assert [line for line in lines if len(line) > 60 and " " in line.strip()] == []
    assert any(line.startswith("  ") for line in lines)


def test_a_finding_is_one_line_in_a_pipe(tmp_path: Path) -> None:
    blog(tmp_path)
    findings = run("check", tmp_path / "in", "-j", 0, "--notes").out.splitlines()[:-1]
    assert findings
    assert [line for line in findings if not line.endswith("]")] == []
