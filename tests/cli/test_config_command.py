"""`unwix config`: the options in effect."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from support.terminal import run


def test_values_of_the_file_are_set_and_defaults_are_comments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("unwix.toml").write_text('[convert]\nto = "hugo"\nfield = "date:created"\n', encoding="utf-8")
    result = run("config", "convert")
    assert result.code == 0
    assert tomllib.loads(result.out) == {"convert": {"to": "hugo", "field": ["date:created"]}}
    assert result.out.startswith("# Options from unwix.toml\n")
    assert "# jobs = N\n" in result.out
    assert "# strict = false\n" in result.out


def test_check_has_the_options_of_convert_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("unwix.toml").write_text('[convert]\nto = "hugo"\n[check]\nstrict = true\n', encoding="utf-8")
    assert tomllib.loads(run("config", "check").out) == {"check": {"to": "hugo", "strict": True}}


def test_the_output_is_a_configuration_file_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.toml").write_text('[convert]\nmedia-limit = 7\nstrict = true\ntag = ["a", "b"]\n', encoding="utf-8")
    Path("b.toml").write_text(run("config", "--config", "a.toml").out, encoding="utf-8")
    assert tomllib.loads(Path("b.toml").read_text(encoding="utf-8"))["convert"] == {
        "media-limit": 7,
        "strict": True,
        "tag": ["a", "b"],
    }


def test_without_a_file_all_options_have_their_defaults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("config")
    assert result.out.startswith("# No unwix.toml in this directory: all options have their defaults.\n")
    assert tomllib.loads(result.out) == {"convert": {}, "check": {}}


@pytest.mark.parametrize(
    ("arguments", "text", "message"),
    [
        (["review"], "", "“review” reads no configuration file. Commands that do: convert, check."),
        ([], "[convert]\ntoo = 1\n", "[convert] has “too”, which is not an option. Did you mean “to”?"),
        ([], "[convrt]\nto = 1\n", "[convrt] is not a command of unwix. Did you mean [convert]?"),
        ([], "to =", "cannot be read"),
    ],
)
def test_user_errors_are_one_sentence(
    arguments: list[str], text: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("unwix.toml").write_text(text, encoding="utf-8")
    result = run("config", *arguments)
    assert result.code == 2
    assert message in result.err
    assert "Traceback" not in result.err
