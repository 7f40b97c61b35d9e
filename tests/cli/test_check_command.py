"""Test `unwix check`: sources compared with an output, an output alone; its output and exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.post_pages import h, p, picture, post_page
from support.terminal import process, run

GALLERY = '<div data-breakout="normal"><div data-hook="gallery-viewer"></div></div><div type="gallery" data-hook="rcv-block9"></div>'


def save(folder: Path, count: int) -> None:
    """Write this number of saved pages."""
    folder.mkdir()
    for n in range(count):
        page = post_page(
            p(f"Words of number {n}."), f"Pot {n}", f"pot-{n}", url=f"https://www.example.com/post/pot-{n}"
        )
        (folder / f"{n}.html").write_bytes(page)


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def pots(tmp_path: Path) -> Path:
    """Write a directory with three saved pages in `in`, and their conversion in `out`."""
    save(tmp_path / "in", 3)
    run("convert", tmp_path / "in", "-o", tmp_path / "out", "-j", 0)
    return tmp_path


def expect(folder: Path, *more: object) -> tuple[int, list[str], str]:
    result = run("check", folder / "in", "--expect", folder / "out", "-j", 0, *more)
    return result.code, result.out.splitlines(), result.err


# ---- sources ----------------------------------------------------------------------------------------------------


def test_fresh_output_has_no_findings(pots: Path) -> None:
    before = files(pots)
    assert run("check", pots / "in", "--expect", pots / "out", "-j", 0) == (
        0,
        "Checked 3 posts: no problems found\n",
        "",
    )
    assert run("check", pots / "in", "-j", 0) == (0, "Checked 3 posts: no problems found\n", "")
    assert run("check", pots / "out") == (0, "Checked 3 posts: no problems found\n", "")
    assert files(pots) == before


def test_differences_are_reported_and_nothing_is_written(pots: Path) -> None:
    out = pots / "out"
    (out / "pot-0.md").write_text((out / "pot-0.md").read_text().replace("Words of", "Lies of"))
    (out / "pot-1.md").unlink()
    (out / "other.md").write_text("---\ntitle: Other\n---\n\nx\n")
    before = files(pots)
    result = process("check", pots / "in", "--expect", out)
    assert (result.code, result.err) == (1, "")
    assert files(pots) == before
    lines = result.out.splitlines()
    assert lines[:3] == [
        f"{out}/other.md: error: extra in {out}; no source produces it [post-extra]",
        f"{out}/pot-0.md: error: output differs from a fresh conversion [differs]",
        f"--- {out}/pot-0.md",
    ]
    assert lines[3] == "+++ pot-0.md as converted now"
    assert "-Lies of number 0." in lines
    assert "+Words of number 0." in lines
    assert f"{out}/pot-1.md: error: missing in {out} [post-missing]" in lines
    assert lines[-1] == "Checked 3 posts: 3 errors"


def test_a_file_that_cannot_be_read_is_reported(pots: Path) -> None:
    (pots / "out/pot-0.md").write_bytes(b"\xff\xfe")
    code, lines, _ = expect(pots)
    assert code == 1
    assert lines[0].endswith(
        "pot-0.md: error: the file cannot be read: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte [unreadable]"
    )


def test_a_file_without_a_line_end_makes_a_readable_diff(pots: Path) -> None:
    path = pots / "out/pot-0.md"
    path.write_text(path.read_text().rstrip("\n"))
    assert "\\ No newline at end of file" in expect(pots)[1]


def test_pages_that_fail_are_reported(tmp_path: Path) -> None:
    save(tmp_path / "in", 1)
    (tmp_path / "in/void.html").write_bytes(b"\0")
    result = run("check", tmp_path / "in", "-j", 0)
    assert result.code == 1
    assert result.out.splitlines() == [
        f"{tmp_path}/in/void.html: error: the file contains only NUL characters; it is damaged [post-failed]",
        "Checked 2 posts: 1 error",
    ]


def test_missing_content_fails_only_with_strict(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(post_page(p("Clay.") + GALLERY, slug="a"))
    result = run("check", tmp_path / "a.html", "-j", 0)
    assert result.code == 0
    assert f"{tmp_path}/a.html: warning: gallery-missing (block 1)" in result.out
    assert run("check", tmp_path / "a.html", "-j", 0, "--strict").code == 1
    assert run("check", tmp_path / "a.html", "-j", 0, "--strict", "--off", "incomplete").code == 0
    assert run("check", tmp_path / "a.html", "-j", 0, "--severity", "incomplete=error").code == 1


def test_a_post_without_an_output_is_reported_by_its_source(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(post_page(h("Firing") + picture(), slug="a"))
    assert f"{tmp_path}/a.html: note: a.md:" in run("check", tmp_path / "a.html", "-j", 0, "--notes").out


def test_filtered_posts_are_not_extra(pots: Path) -> None:
    assert expect(pots, "--slug", "pot-1") == (0, ["Checked 1 post: no problems found"], "")


def test_source_without_posts_is_a_usage_error(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("p{}")
    result = run("check", tmp_path, "-j", 0)
    assert (result.code, result.err) == (
        2,
        "No blog post found in the sources. Run unwix doctor SOURCE to see what they contain.\n",
    )


# ---- --update ---------------------------------------------------------------------------------------------------


def test_update_rewrites_differences_and_fails(pots: Path) -> None:
    before = files(pots)
    save(pots / "more", 1)
    page = (pots / "in/0.html").read_bytes().replace(b"Words of number 0.", b"Other words.")
    (pots / "in/0.html").write_bytes(page)
    code, lines, err = expect(pots, "--update")
    assert code == 1
    assert "+Other words." in lines
    assert err == f"{pots}/out: 1 file rewritten. Read the diff, then run check again.\n"
    assert "Other words." in (pots / "out/pot-0.md").read_text()
    assert files(pots)["out/pot-1.md"] == before["out/pot-1.md"]
    assert expect(pots) == (0, ["Checked 3 posts: no problems found"], "")
    assert json.loads((pots / "out/report.json").read_text())["posts"][0]["file"] == "written"


def test_update_keeps_edited_files(pots: Path) -> None:
    path = pots / "out/pot-0.md"
    path.write_text(path.read_text() + "\nMine.\n")
    assert expect(pots, "--update")[0] == 1
    assert path.read_text().endswith("\nMine.\n")
    assert "Mine" not in (pots / "out/pot-0.md.new").read_text()


def test_update_without_differences_succeeds(pots: Path) -> None:
    assert expect(pots, "--update") == (0, ["Checked 3 posts: no problems found"], "")


# ---- an output --------------------------------------------------------------------------------------------------


def test_output_alone_is_checked(pots: Path) -> None:
    path = pots / "out/pot-1.md"
    path.write_text(path.read_text() + "\n[x](pot-9.md)\n")
    result = run("check", pots / "out")
    assert result.code == 1
    assert result.out.splitlines() == [
        f"{path}:{len(path.read_text().splitlines())}: error: pot-9.md does not exist; did you mean pot-2.md? [link-broken]",
        "Checked 3 posts: 1 error, 1 note (--notes shows the note)",
    ]


def test_posts_of_the_user_are_checked_and_notes_are_not(pots: Path) -> None:
    (pots / "out/mine.md").write_text("---\ntitle: Mine\n---\n\n[x](nowhere.md)\n")
    (pots / "out/todo.md").write_text("[x](nowhere.md)\n")
    (pots / "out/README.md").write_text("---\ntitle: 7\n---\n")
    result = run("check", pots / "out")
    assert [line.split(":")[0].rpartition("/")[2] for line in result.out.splitlines()[:-1]] == ["mine.md"]
    assert result.out.splitlines()[-1].startswith("Checked 4 posts: ")


def test_windows_line_ends_are_accepted(pots: Path) -> None:
    path = pots / "out/pot-1.md"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert run("check", pots / "out").code == 0


def test_an_output_is_not_mixed_with_sources(pots: Path) -> None:
    result = run("check", pots / "out", pots / "in")
    assert result.code == 2
    assert f"{pots}/out is an output of unwix and {pots}/in is not." in result.err


def test_several_outputs_are_checked_at_once(pots: Path) -> None:
    run("convert", pots / "in/0.html", "-o", pots / "two", "-j", 0)
    assert run("check", pots / "out", pots / "two").out == "Checked 4 posts: no problems found\n"


def test_empty_output_is_a_usage_error(pots: Path) -> None:
    for path in (pots / "out").glob("*.md"):
        path.unlink()
    result = run("check", pots / "out", "--off", "post-gone")
    assert (result.code, result.err) == (2, "No blog post found in the output.\n")


# ---- options ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "text"),
    [
        (("--off", "chrom"), "There is no rule “chrom”. Run unwix check --rules for the list."),
        (("--severity", "chrome"), "--severity expects RULE=LEVEL, not “chrome”."),
        (("--save", "junit"), "--save expects FORMAT=FILE, not “junit”."),
        (
            ("--save", "xml=a.xml"),
            "Unknown format “xml” for --save; use one of text, json, junit, sarif, github, markdown.",
        ),
        (("--severity", "lossy=fatal"), "“fatal” is not a severity for lossy; use error, warning or note."),
        (("--update",), "--update needs --expect OUTPUT, the directory to rewrite."),
        (("--min-fidelity", "2"), "2.0 is not in the range 0<=x<=1."),
    ],
)
def test_options_without_effect_are_a_usage_error(args: tuple[str, ...], text: str, pots: Path) -> None:
    result = run("check", pots / "in", *args, "-j", 0)
    assert result.code == 2
    assert text in result.err.replace("\n", " ")


def test_rules_are_chosen_in_a_file(pots: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = pots / "out/pot-1.md"
    path.write_text(path.read_text() + "\nRecent Posts\n\nSee All\n\n[the kiln](nowhere.md)\n")
    monkeypatch.chdir(pots)
    assert run("check", "out").code == 1
    Path("unwix.toml").write_text(
        '[check]\noff = ["link-broken", "edited"]\n\n[check.severity]\ninterface-text = "note"\n'
    )
    result = run("check", "out", "--notes")
    assert (result.code, result.err) == (0, "unwix: using options from unwix.toml\n")
    assert [line.rpartition("[")[2] for line in result.out.splitlines()[:-1]] == ["interface-text]", "interface-text]"]
    assert run("check", "out", "--severity", "interface-text=error").code == 1
    Path("unwix.toml").write_text('[check]\noff = ["link-brocken"]\n')
    assert "There is no rule “link-brocken”. Did you mean “link-broken”?" in run("check", "out").err


def test_notes_are_counted_and_shown_only_on_request(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(post_page("".join(picture() for _ in range(13)), slug="a"))
    result = run("check", tmp_path / "a.html", "-j", 0)
    assert result.out == "Checked 1 post: 13 notes (--notes shows the notes)\n"
    result = run("check", tmp_path / "a.html", "-j", 0, "--notes")
    assert result.out.count("[image-alt]") == 13
    assert result.out.endswith("Checked 1 post: 13 notes\n")


def test_the_most_severe_findings_come_first(pots: Path) -> None:
    (pots / "out/pot-0.md").write_text("---\ntitle: A\n---\n\n![](a.png)\n\n[]()\n\n\\*\\*\n")
    (pots / "out/pot-1.md").write_text("---\ntitle: B\n---\n\n[x](nowhere.md)\n")
    levels = [line.split(": ")[1] for line in run("check", pots / "out", "--notes").out.splitlines()[:-1]]
    assert levels == sorted(levels, key=("error", "warning", "note").index)
    assert {*levels} == {"error", "warning", "note"}


def test_findings_are_saved_to_files_as_well(pots: Path) -> None:
    xml, log = pots / "unwix.xml", pots / "unwix.sarif"
    result = run("check", pots / "out", "--save", f"junit={xml}", "--save", f"sarif={log}")
    assert (result.code, result.out) == (0, "Checked 3 posts: no problems found\n")
    assert xml.read_text().startswith("<?xml")
    assert json.loads(log.read_text())["version"] == "2.1.0"
    result = run("check", pots / "out", "--save", f"junit={pots}/nowhere/unwix.xml")
    assert (result.code, result.out) == (1, "")
    assert result.err == f"unwix: {pots}/nowhere/unwix.xml cannot be written: No such file or directory.\n"
