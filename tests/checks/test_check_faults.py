"""Test faults in good outputs: `check SOURCE --expect OUTPUT` finds all, `check OUTPUT` those that need no source.

The outputs are those of the samples. If `alone` is None only the source shows the fault; the note `edited` then still
states that the file is not as unwix wrote it.
"""

from __future__ import annotations

import json
import shutil
from functools import cache
from pathlib import Path

import pytest

from support.output_faults import FAULTS, LAMP, SOURCES, Fault
from support.paths import ROOT_DIR
from support.terminal import run
from unwix.checks.check_conversion import Conversion
from unwix.checks.settings import settings

ROOT = ROOT_DIR


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Convert the samples."""
    folder = tmp_path_factory.mktemp("samples") / "out"
    assert run("convert", *SOURCES, "-o", folder, "-j", 0).code == 0
    return folder


def against_sources(folder: Path) -> set[tuple[str, str | None]]:
    """Return (rule, file) of the errors of the output compared with its sources."""
    result = run("check", *SOURCES, "--expect", folder, "-j", 0, "--format", "json")
    data = {(f["rule"], f["file"]) for f in json.loads(result.out)["findings"] if f["severity"] == "error"}
    assert result.code == (1 if data else 0)
    return data


@cache
def alone(folder: Path) -> set[tuple[str, str | None]]:
    """Return (rule, file) of all findings in the output, without the losses of its conversion."""
    result = run("check", folder, "--format", "json")
    return {
        (f["rule"], f["file"] and Path(f["file"]).name)
        for f in json.loads(result.out)["findings"]
        if f["rule"] not in ("losses-reported", "placeholder")
    }


def test_untouched_outputs_have_no_findings(untouched: Path) -> None:
    assert against_sources(untouched) == set()
    data = json.loads(run("check", untouched, "--format", "json").out)
    assert data["passed"]
    assert {f["rule"] for f in data["findings"]} <= {"placeholder", "image-alt", "losses-reported"}, (
        "only what is true of the samples"
    )


def test_enough_faults_are_tested() -> None:
    assert len(FAULTS) >= 60
    assert len({fault.what for fault in FAULTS}) == len(FAULTS)


def put_in(fault: Fault, untouched: Path, folder: Path) -> Path:
    """Copy the output with one fault; return the path of its file."""
    shutil.copytree(untouched, folder, dirs_exist_ok=True)
    path = folder / fault.file
    text = path.read_text(encoding="utf-8")
    assert fault.old in text, "the samples have changed: the fault cannot be put in"
    path.write_text(text.replace(fault.old, fault.new, 1), encoding="utf-8")
    return path


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.what)
def test_each_fault_is_reported(fault: Fault, untouched: Path, tmp_path: Path) -> None:
    path = put_in(fault, untouched, tmp_path)
    # What the command below does for each post.
    conversion = Conversion(tmp_path, settings([], {}))
    conversion.put(fault.file, (untouched / fault.file).read_text(encoding="utf-8"))
    found = [f for f in conversion.rest() if f.rule == "differs"]
    assert [(f.file, f.severity) for f in found] == [(path.as_posix(), "error")]
    assert len([line for line in found[0].diff.splitlines() if line[:1] in "+-"]) > 2

    new = {rule for rule, _ in alone(tmp_path) - alone(untouched)}
    assert "edited" in new
    if fault.alone is None:
        assert new == {"edited"}, "told after all: say so in `alone`"
    else:
        assert fault.alone in new


def test_command_reports_a_fault_in_each_file(untouched: Path, tmp_path: Path) -> None:
    first = {fault.file: fault for fault in FAULTS}
    paths = {put_in(fault, untouched, tmp_path / f"{n}") for n, fault in enumerate(first.values())}
    for path in paths:
        assert against_sources(path.parent) == {("differs", path.as_posix())}


def test_a_post_lost_and_a_post_added_are_reported(untouched: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    shutil.copytree(untouched, folder)
    (folder / LAMP).rename(folder / "lamp.md")
    assert {rule for rule, _ in against_sources(folder)} == {"post-missing", "post-extra"}
    assert ("post-gone", LAMP) in alone(folder)
