"""Test later runs: orphaned files, filters, dry runs, configuration files."""

from __future__ import annotations

import json
import os
import shlex
import signal
import time
from datetime import date
from pathlib import Path

import pytest

from support.post_pages import p, post_page, save
from support.terminal import run, unheard
from unwix.blog.filters import Filters
from unwix.model.post import Metadata
from unwix.run.output_folder import DryRunFolder, Folder
from unwix.run.state_file import JOURNAL, STATE


def files(folder: Path) -> dict[str, bytes]:
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


def statuses(text: str) -> dict[str, str]:
    return {line[11:].split()[0]: line[:11].strip() for line in text.splitlines() if ".md" in line}


# ---- what no source makes any more ------------------------------------------------------------------------------


def two_runs(tmp_path: Path, *options: str) -> tuple[Path, str, str]:
    """Convert three posts, and then only the first of them; one of the others was edited in between."""
    first, *_ = save(tmp_path / "in", 3)
    out = tmp_path / "out"
    run("convert", tmp_path / "in", "-o", out, "-j", 0)
    with (out / "pot-2.md").open("a") as file:
        file.write("My own line.\n")
    result = run("convert", first, "-o", out, "-j", 0, *options)
    assert result.code == 0
    return out, result.out, result.err


def test_orphaned_files_are_counted(tmp_path: Path) -> None:
    out, output, err = two_runs(tmp_path)
    assert statuses(output) == {"pot-0.md": "unchanged"}
    assert (
        "1 file of an earlier run has no source in this run. Use --prune list to list, --prune remove to delete.\n"
        in err
    )
    assert {"pot-1.md", "pot-2.md"} <= {*files(out)}


def test_orphaned_files_are_listed(tmp_path: Path) -> None:
    out, output, _ = two_runs(tmp_path, "--prune", "list")
    assert statuses(output) == {"pot-0.md": "unchanged", "pot-1.md": "orphaned"}
    assert (out / "pot-1.md").exists()


def test_orphaned_files_are_removed_and_edited_files_stay(tmp_path: Path) -> None:
    out, output, _ = two_runs(tmp_path, "--prune", "remove")
    assert statuses(output) == {"pot-0.md": "unchanged", "pot-1.md": "removed"}
    assert {*files(out)} == {"pot-0.md", "pot-2.md", "report.json", STATE}


def test_a_dry_run_removes_nothing(tmp_path: Path) -> None:
    out, _, _ = two_runs(tmp_path, "--prune", "remove", "--dry-run")
    assert (out / "pot-1.md").exists()


def test_empty_directories_are_removed(tmp_path: Path) -> None:
    first = Folder(tmp_path)
    assert first.put("2024/05/a.md", "a\n") == "written"
    assert first.put("2024/b.md", "b\n") == "written"
    first.remember()
    later = Folder(tmp_path)
    assert later.put("2024/b.md", "b\n") == "unchanged"
    assert later.orphaned() == ["2024/05/a.md"]
    later.remove("2024/05/a.md")
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_dir()) == ["2024"]
    later.remember()
    assert Folder(tmp_path).orphaned() == ["2024/b.md"]


def test_filtered_post_is_not_orphaned(tmp_path: Path) -> None:
    save(tmp_path / "in", 2)
    out = tmp_path / "out"
    run("convert", tmp_path / "in", "-o", out, "-j", 0)
    result = run("convert", tmp_path / "in", "-o", out, "-j", 0, "--slug", "pot-0", "--prune", "remove")
    assert statuses(result.out) == {"pot-0.md": "unchanged"}
    assert (out / "pot-1.md").exists()
    skipped = json.loads((out / "report.json").read_text())["skipped"]
    assert [row["detail"] for row in skipped] == ["left out by --slug"]


# ---- a run that was killed --------------------------------------------------------------------------------------


@pytest.mark.parametrize("jobs", [0, 2])
@pytest.mark.parametrize("after", [1, 7])
def test_killed_run_resumes_with_a_changed_source(after: int, jobs: int, tmp_path: Path) -> None:
    """Killed, source changed, run again: no file of unwix is regarded as a file of the user."""
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    for number in range(150):
        page = post_page(p("Clay and water. " * 200), f"Pot {number}", f"pot-{number}")
        (source / f"{number:03d}.html").write_bytes(page)
    with unheard("convert", source, "-o", out, "-j", jobs) as child:
        deadline = time.monotonic() + 60
        while len(list(out.glob("*.md"))) < after and time.monotonic() < deadline:
            time.sleep(0.001)
        os.kill(child.pid, signal.SIGKILL)
    assert (out / JOURNAL).exists()
    for page_file in source.iterdir():
        page_file.write_bytes(page_file.read_bytes().replace(b"Clay and water", b"Sand and water"))
    result = run("convert", source, "-o", out, "-j", 0)
    assert {*statuses(result.out).values()} == {"written"}
    written_files = files(out)
    assert {name for name in written_files if not name.startswith("pot-")} == {"report.json", STATE}
    assert all(b"Sand and water" in text for name, text in written_files.items() if name.endswith(".md"))


def test_journal_line_without_its_file_is_ignored(tmp_path: Path) -> None:
    """Killed between the line and the file: the file is still that of the run before."""
    first = Folder(tmp_path)
    first.put("a.md", "old\n")
    first.remember()
    (tmp_path / JOURNAL).write_text(json.dumps(["a.md", "0" * 64, ""]) + "\n")
    assert Folder(tmp_path).put("a.md", "new\n") == "written"


def test_ctrl_c_after_a_file_was_put_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace = os.replace

    def stop(source: str, target: str) -> None:
        replace(source, target)
        raise KeyboardInterrupt

    folder = Folder(tmp_path)
    monkeypatch.setattr(os, "replace", stop)
    with pytest.raises(KeyboardInterrupt):
        folder.put("a.md", "a\n")
    monkeypatch.undo()
    folder.remember()
    assert [*json.loads((tmp_path / STATE).read_text())["files"]] == ["a.md"]


@pytest.mark.parametrize("name", ["../mine.md", "/tmp/mine.md", "a/../../mine.md", "..\\mine.md"])
def test_a_state_names_no_file_outside_of_its_folder(name: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    folder = Folder(out)
    folder.put("a.md", "mine\n")
    folder.remember()
    digest = json.loads((out / STATE).read_text())["files"]["a.md"]["output"]
    (tmp_path / "mine.md").write_text("mine\n")
    (out / STATE).write_text(json.dumps({"files": {name: {"output": digest, "source": ""}}}))
    again = Folder(out)
    assert again.orphaned() == []


def test_truncated_journal_is_read_up_to_the_cut(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.put("a.md", "a\n")
    folder.put("b.md", "b\n")
    journal = tmp_path / JOURNAL
    journal.write_text(journal.read_text()[:-5])
    again = Folder(tmp_path)
    assert again.put("a.md", "new\n") == "written"
    assert again.put("b.md", "new\n") == "edited"


# ---- a dry run ----------------------------------------------------------------------------------------------------


def test_dry_run_reports_all_actions_and_writes_nothing(tmp_path: Path) -> None:
    save(tmp_path / "in", 2)
    out = tmp_path / "out"
    dry = run("convert", tmp_path / "in", "-o", out, "-j", 0, "--dry-run")
    assert dry.code == 0
    assert not out.exists()
    real = run("convert", tmp_path / "in", "-o", out, "-j", 0)
    assert dry.out == real.out.replace("written   ", "to write  ").replace("2 written", "2 to write")
    assert "Nothing was written. Run the command without --dry-run to write the files." in dry.err.splitlines()
    (out / "pot-0.md").write_text("mine\n")
    (out / "pot-1.md").unlink()
    before = files(out)
    dry = run("convert", tmp_path / "in", "-o", out, "-j", 0, "--dry-run")
    assert statuses(dry.out) == {"pot-0.md": "edited", "pot-1.md": "to write"}
    assert files(out) == before


def test_dry_run_reports_the_same_obstacles(tmp_path: Path) -> None:
    (tmp_path / "posts").write_text("a file")
    (tmp_path / "a.md").mkdir()
    for kind in (DryRunFolder, Folder):
        folder = kind(tmp_path)
        assert folder.put("a.md", "a\n") == "failed"
        assert folder.put("posts/b.md", "b\n") == "failed"
        assert folder.put("new/b.md", "b\n") == "written"


# ---- filters ------------------------------------------------------------------------------------------------------

POST = Metadata(
    title="Pots",
    slug="old-pots",
    date="2024-05-31T23:30:00.000Z",
    authors=["Ada Potter"],
    categories=["Clay & Co"],
    tags=["kiln"],
    hashtags=["mud"],
    language="pt-BR",
)


@pytest.mark.parametrize(
    ("filters", "refused"),
    [
        (Filters(), None),
        (Filters(since=date(2024, 5, 31), until=date(2024, 5, 31)), None),
        (Filters(since=date(2024, 6, 1)), "--since"),
        (Filters(until=date(2024, 5, 30)), "--until"),
        (Filters(slug=("old-*",)), None),
        (Filters(slug=("*new*", "pots")), "--slug"),
        (Filters(category=("clay*",)), None),
        (Filters(category=("clay",)), "--category"),
        (Filters(tag=("KILN",)), None),
        (Filters(tag=("mud",)), None),
        (Filters(tag=("sand",)), "--tag"),
        (Filters(author=("ada potter",)), None),
        (Filters(author=("Bob",)), "--author"),
        (Filters(language=("pt",)), None),
        (Filters(language=("pt-br",)), None),
        (Filters(language=("de",)), "--language"),
        (Filters(drafts="without"), None),
        (Filters(drafts="only"), "--drafts"),
    ],
)
def test_filters_select_posts(filters: Filters, refused: str | None) -> None:
    assert filters.refusal(POST) == (refused and f"left out by {refused}")


@pytest.mark.parametrize(
    ("filters", "refused"),
    [
        (Filters(since=date(1990, 1, 1)), "--since"),
        (Filters(until=date(2090, 1, 1)), "--until"),
        (Filters(language=("en",)), "--language"),
        (Filters(drafts="only"), None),
        (Filters(drafts="without"), "--drafts"),
    ],
)
def test_filter_excludes_posts_without_the_field(filters: Filters, refused: str | None) -> None:
    assert filters.refusal(Metadata(draft=True)) == (refused and f"left out by {refused}")


def test_filters_without_matching_posts_are_reported(tmp_path: Path) -> None:
    save(tmp_path / "in", 1)
    result = run("convert", tmp_path / "in", "-o", tmp_path / "out", "--since", "2090-01-01")
    assert result.code == 2
    assert result.err.endswith(
        "The filters exclude all posts found. Change or remove options such as --since and --slug.\n"
    )


# ---- options from a file ----------------------------------------------------------------------------------------


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    save(tmp_path / "in", 2)
    return tmp_path


def test_options_come_from_a_file_and_the_run_states_how_to_repeat_it(here: Path) -> None:
    (here / "mine.toml").write_text('[convert]\noutput = "out"\nslug = "pot-1"\njobs = 0\nstrict = true\n')
    result = run("convert", "in", "--config", "mine.toml")
    assert statuses(result.out) == {"pot-1.md": "written"}
    line = next(line for line in result.err.splitlines() if line.startswith("To repeat: "))
    assert line == "To repeat: unwix convert in --output out --jobs 0 --slug pot-1 --strict"
    first = files(here / "out")
    again = run(*shlex.split(line.removeprefix("To repeat: unwix ")))
    assert statuses(again.out) == {"pot-1.md": "unchanged"}
    assert files(here / "out")["pot-1.md"] == first["pot-1.md"]


def test_option_wins_over_the_configuration_file(here: Path) -> None:
    (here / "unwix.toml").write_text('[convert]\noutput = "out"\nslug = ["pot-1"]\n')
    result = run("convert", "in", "--slug", "pot-0", "-j", 0)
    assert statuses(result.out) == {"pot-0.md": "written"}
    assert "unwix: using options from unwix.toml\n" in result.err


def test_check_uses_the_options_of_convert(here: Path) -> None:
    (here / "unwix.toml").write_text('[convert]\noutput = "out"\nslug = ["pot-1"]\njobs = 0\n')
    assert run("convert", "in").code == 0
    assert run("check", "in", "--expect", "out").code == 0
    assert run("check", "in", "--expect", "out", "--slug", "*").code == 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[convert]\nout-put = 'x'\n", "[convert] has “out-put”, which is not an option. Did you mean “output”?"),
        ("[convert]\nzzz = 1\n", "[convert] has “zzz”, which is not an option."),
        ("convert = 3\n", "convert is not a table; write [convert] on a line of its own."),
        ("[convert\n", "cannot be read"),
        ("[convert]\njobs = 'many'\noutput = 'out'\n", "'many' is not a valid integer"),
    ],
)
def test_a_faulty_file_is_reported(text: str, sentence: str, here: Path) -> None:
    (here / "unwix.toml").write_text(text)
    result = run("convert", "in", "-o", "out")
    assert result.code == 2
    assert sentence in result.err
    assert "Traceback" not in result.err
    assert not (here / "out").exists()
