"""Test `unwix check` on any file: faults are reported, other posts are checked, other directories are not changed."""

from __future__ import annotations

import os
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.check_cases import PNG, post
from support.terminal import run
from unwix.checks.check_output import Lint
from unwix.checks.markdown_file import Writing
from unwix.checks.output_folder import OutputFolder
from unwix.checks.rules.image_files import file_fault
from unwix.checks.settings import Settings
from unwix.writers.targets import MARKDOWN_TARGETS

PIECES = """--- +++ title: - [ ] ( ) ! # > | * ** ~~ ` ``` <details> </summary> <a \\ &#x6a; javascript: :// ../ %00 %2e%2e/ {% {{< >}} [[ ]] {#x} :
unwix-check: <!-- --> data-hook= =7 {static} @/ null [a]: // \t \r \u200d \u202e \ufeff \x00 \ud7ff 😀 é ש Title:""".split(
    " "
)
TEXTS = st.lists(st.sampled_from([*PIECES, " ", "\n", "\n\n", "a"]), max_size=40).map("".join)


def lint(text: str, target: str = "markdown", folder: Path | None = None) -> set[str]:
    """Return the rules with findings in a post."""
    work = Lint(OutputFolder(folder, Writing(MARKDOWN_TARGETS[target])), Settings(), str)
    return {f.rule for f in [*work.post("a/b.md", text), *work.rest()]}


@given(TEXTS, st.sampled_from(sorted(MARKDOWN_TARGETS)))
@settings(max_examples=150)
def test_any_text_is_checked(text: str, target: str) -> None:
    lint(text, target)
    lint(f"---\ntitle: a\n---\n\n{text}", target)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n" * 10_000,
        ">" * 20_000 + " deep",
        "<div>" * 20_000,
        "- " * 3_000 + "x",
        "[" * 20_000,
        "![](" * 5_000,
        "*a **b " * 5_000,
        "| a " * 3_000 + "\n" + "| - " * 3_000 + "\n" + "| b " * 3_000,
        "<!-- unwix: " * 3_000,
        "---\n" + "a: [" * 3_000,
        "---\na: &a [x]\n" + "".join(f"b{n}: [*a, *a]\n" for n in range(200)) + "---\n\nx\n",
        "+++\n" + "[a.b]\n" * 3_000 + "+++\n\nx\n",
        "Recent Posts\n\n" * 3_000,
        "Write a comment" + "." * 50_000,
        "\u200b" * 20_000,
        "`" * 20_000,
        "x" * 1_000_000,
        "<a href='" + "../" * 20_000 + "x'>y</a>",
    ],
    ids=lambda text: text[:12].replace("\n", " "),
)
def test_any_size_and_depth_is_checked(text: str, tmp_path: Path) -> None:
    (tmp_path / "report.json").write_text('{"unwix": "0.1.0", "posts": [], "skipped": []}')
    (tmp_path / "bad.md").write_text(post(text) if not text.startswith(("---", "+++")) else text)
    (tmp_path / "good.md").write_text(post("Cl\u200bay.\n"))
    result = run("check", tmp_path)
    assert f"{tmp_path}/good.md:7: error: ZERO WIDTH SPACE" in result.out, "the other posts go on"
    assert result.code == 1


@pytest.mark.parametrize(
    "address",
    [
        "../../../etc/passwd",
        "/etc/passwd",
        "..%2f..%2fetc/passwd",
        "a/../../secret.png",
        "./link/secret.png",
        "C:\\x.png",
        "\\\\host\\x.png",
        "a.png%00.md",
        "x" * 5_000 + ".png",
    ],
)
def test_nothing_outside_of_the_output_is_read(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (tmp_path / "secret.png").write_bytes(b"no picture")
    (out / "link").symlink_to(tmp_path)
    looked: list[str] = []
    monkeypatch.setattr(
        "unwix.checks.output_folder.file_fault", lambda path: looked.append(os.path.realpath(path)) or "x"
    )
    lint(post(f"![x](<{address}>) [y](<{address}>)\n"), folder=out)
    assert [path for path in looked if not path.startswith(os.path.realpath(out) + os.sep)] == []


def test_image_with_huge_dimensions_is_not_decoded(tmp_path: Path) -> None:
    huge = bytearray(PNG)
    huge[16:24] = (60_000).to_bytes(4, "big") * 2
    huge[29:33] = zlib.crc32(huge[12:29]).to_bytes(4, "big")
    (tmp_path / "a.png").write_bytes(bytes(huge))
    assert "claims" in str(file_fault(tmp_path / "a.png"))
    (tmp_path / "b.svg").write_text('<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg>&a;</svg>')
    file_fault(tmp_path / "b.svg")


def test_damaged_files_of_unwix_are_reported(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(post())
    for name, text in (
        ("report.json", '{"unwix": 1, "posts": {'),
        (".unwix-state.json", "[" * 100_000),
        ("media.json", "[1]"),
    ):
        (tmp_path / name).write_text(text)
    result = run("check", tmp_path)
    assert result.code == 1
    assert [line.split(":")[0].rpartition("/")[2] for line in result.out.splitlines()[:-1]] == [
        ".unwix-state.json",
        "media.json",
        "report.json",
    ]


def test_report_rows_of_any_shape_are_accepted(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(post())
    (tmp_path / "report.json").write_text(
        '{"unwix": 1, "posts": [1, {"output": ["a.md"]}, {"output": "a.md", "fidelity": {"words": "x"}, "problems": 3}]}'
    )
    (tmp_path / "media.json").write_text(
        '{"media": [1, {"file": 3, "copies": 4, "state": "edited"}, {"copies": ["../../x"]}]}'
    )
    (tmp_path / ".unwix-state.json").write_text(
        '{"target": 3, "options": [], "files": {"a.md": 3, "../b.md": {"output": 1}}}'
    )
    result = run("check", tmp_path)
    assert result.code == 1  # only the report is wrong
    assert result.out.count(": error: ") == 1
    assert "post 1 has no valid fields" in result.out
