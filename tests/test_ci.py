"""Test the examples of docs/ci.md: the files fit their schemas, and the scripts work as documented."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

import unwix
from support.paths import ROOT_DIR
from support.programs import program
from support.terminal import run

ROOT = ROOT_DIR
DOC = (ROOT / "docs/ci.md").read_text(encoding="utf-8")
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
HOOK: dict[str, Any] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))[0]
EXAMPLES = {
    "workflows": [text for text in re.findall(r"```yaml\n(.*?)```", DOC, re.S) if text.startswith("name: ")],
    "pre-commit": [text for text in re.findall(r"```yaml\n(.*?)```", DOC, re.S) if text.startswith("repos:")],
    "gitlab": [text for text in re.findall(r"```yaml\n(.*?)```", DOC, re.S) if text.startswith("posts:")],
}


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    """Make a repository as in the document: sources, and their conversion."""
    folder = tmp_path / "a blog"
    (folder / "samples").mkdir(parents=True)
    for name in ("2026-how-to-mend-a-lamp.html", "2025-which-clay-for-what.html"):
        shutil.copy(ROOT / "samples/saved" / name, folder / "samples")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert run("convert", "samples", "-o", "output", "-j", 0).code == 0
    return folder


def spoil(blog: Path) -> None:
    """Insert a fault into the output, and one into another post that the source does not show."""
    lamp, clay = blog / "output/how-to-mend-a-lamp.md", blog / "output/which-clay-for-what.md"
    lamp.write_text(lamp.read_text(encoding="utf-8").replace("Pull the plug", "Push the plug"), encoding="utf-8")
    clay.write_text(clay.read_text(encoding="utf-8") + "\n[x](nowhere.md)\n", encoding="utf-8")


# ---- the files are of their schemas -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        ("vendor.github-actions", [(ROOT / "action.yml").read_text(encoding="utf-8")]),
        ("vendor.github-workflows", EXAMPLES["workflows"]),
        ("vendor.gitlab-ci", EXAMPLES["gitlab"]),
    ],
)
def test_ci_files_fit_their_schemas(kind: str, texts: list[str], tmp_path: Path) -> None:
    """The schemas of check-jsonschema."""
    assert texts
    for number, text in enumerate(texts):
        path = tmp_path / f"{number}.yml"
        path.write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", kind, str(path)]
        result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
        assert result.returncode == 0, result.stdout + result.stderr


def test_hook_fits_the_schema_of_pre_commit(tmp_path: Path) -> None:
    from pre_commit.clientlib import load_config, load_manifest

    assert load_manifest(str(ROOT / ".pre-commit-hooks.yaml"))[0]["id"] == "unwix-check"
    (tmp_path / "config.yaml").write_text(EXAMPLES["pre-commit"][0], encoding="utf-8")
    assert load_config(str(tmp_path / "config.yaml"))["repos"][0]["hooks"][0]["id"] == HOOK["id"]


def test_the_document_has_every_input_of_the_action() -> None:
    rows = [line.split("|")[1] for line in DOC.splitlines() if line.startswith("| `")]
    assert [name for row in rows for name in re.findall(r"`([\w-]+)`", row)] == sorted(
        ACTION["inputs"], key=lambda name: DOC.index(f"`{name}`", DOC.index("| input |"))
    )
    assert set(ACTION["inputs"]) == {name for row in rows for name in re.findall(r"`([\w-]+)`", row)}


def test_no_input_is_inserted_into_a_script() -> None:
    """An input inserted into the text of a script would be run as part of it."""
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step["run"]
        assert step["shell"] == "bash"


def test_project_uses_the_documented_workflow() -> None:
    match = re.search(r"in this way:\n\n```\n(.*?)```", DOC, re.S)
    assert match
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert [line for line in match[1].splitlines() if f".venv/bin/{line}\n" not in script] == []


# ---- the action -------------------------------------------------------------------------------------------------


def value_of(phrase: str, inputs: dict[str, str]) -> str:
    """Evaluate an expression of a workflow, as far as the action uses them."""
    known = {**{f"inputs.{name}": value for name, value in inputs.items()}, "github.action_path": str(ROOT)}
    return re.sub(r"\$\{\{ ([\w.-]+) \}\}", lambda found: known[found[1]], phrase)


def act(blog: Path, install: bool = False, **chosen: str) -> tuple[int, str, str, str]:
    """Run the action's steps like GitHub's runner; return exit code, log, `passed`, the summary."""
    options = {name.replace("_", "-"): value for name, value in chosen.items()}
    assert set(options) <= set(ACTION["inputs"])
    inputs = {name: options.get(name, option["default"]) for name, option in ACTION["inputs"].items()}
    temp = blog.parent / "runner temp"
    temp.mkdir(exist_ok=True)
    files = {name: temp / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    for path in files.values():
        path.write_text("")
    steps = ACTION["runs"]["steps"]
    if not install:
        steps = [step for step in steps if step["name"] != "Install unwix"]
        (temp / "unwix/bin").mkdir(parents=True, exist_ok=True)
        link = temp / "unwix/bin/unwix"
        link.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m unwix "$@"\n')
        link.chmod(0o755)
    log = ""
    for step in steps:
        env = {name: value_of(value, inputs) for name, value in step["env"].items()}
        surroundings = {**os.environ, **env, "RUNNER_TEMP": str(temp), **{n: str(p) for n, p in files.items()}}
        # The command of GitHub for `shell: bash`.
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        result = subprocess.run(
            command, cwd=blog, env=surroundings, capture_output=True, text=True, check=False, timeout=500
        )
        log += result.stdout + result.stderr
        if result.returncode:
            break
    passed = files["GITHUB_OUTPUT"].read_text().removeprefix("passed=").strip()
    return result.returncode, log, passed, files["GITHUB_STEP_SUMMARY"].read_text()


def test_action_compares_output_with_sources(blog: Path) -> None:
    code, log, passed, summary = act(blog, sources="samples\n")
    assert (code, passed, summary) == (0, "true", "### unwix check: passed\n\nChecked 2 posts: no problems found\n"), (
        log
    )
    spoil(blog)
    code, log, passed, summary = act(blog, sources="samples")
    assert (code, passed) == (1, "false")
    assert "::error file=output/how-to-mend-a-lamp.md,title=unwix%3A differs::output differs" in log
    assert "Checked 2 posts: 2 errors" in summary


def test_the_action_checks_an_output_alone(blog: Path) -> None:
    assert act(blog)[:1] == (0,)
    spoil(blog)
    code, log, passed, _ = act(blog)
    assert (code, passed) == (1, "false")
    assert re.search(r"^::error file=output/which-clay-for-what.md,line=\d+,title=unwix%3A link-broken::", log, re.M)
    assert act(blog, rules_off="link-broken edited")[0] == 0


def test_the_action_takes_its_other_inputs(blog: Path) -> None:
    with_rules = {
        "sources": "  samples/2026-how-to-mend-a-lamp.html\n\nsamples/2025-which-clay-for-what.html\n",
        "output": "",
    }
    code, log, _, summary = act(blog, **with_rules, strict="true", sarif="a b.sarif", junit="c.xml", min_fidelity="0.5")
    assert code == 0, log
    assert summary.startswith("### unwix check: passed")
    assert json.loads((blog / "a b.sarif").read_text())["version"] == "2.1.0"
    assert (blog / "c.xml").exists()
    summary = act(blog, output="", sources="samples", arguments="--slug\nwhich-clay-*")[3]
    assert "Checked 1 post: no problems found" in summary


@pytest.mark.parametrize("number", range(len(EXAMPLES["workflows"])))
def test_the_workflows_run_as_pasted(blog: Path, number: int) -> None:
    """With the documented inputs of the action; a directory of sources replaces the live site."""
    steps = yaml.safe_load(EXAMPLES["workflows"][number])["jobs"]["check"]["steps"]
    (step,) = (step for step in steps if step["uses"].startswith("OWNER/unwix@"))
    inputs = {name: text.replace("https://www.example.com", "samples") for name, text in step["with"].items()}
    code, log, passed, summary = act(blog, **inputs)
    assert (code, passed) == (0, "true"), log
    assert summary.startswith("### unwix check: passed")


def test_every_example_names_the_version_of_the_package() -> None:
    assert set(re.findall(r"(?:unwix@v|rev: v|-v)(\d[\w.]*)", DOC)) == {unwix.__version__}


def test_action_reports_invalid_inputs(blog: Path) -> None:
    code, log, passed, _ = act(blog, output="nowhere; touch injected")
    assert (code, passed) == (2, "false")
    assert "injected" in log
    assert not (blog / "injected").exists()


@pytest.mark.tools
def test_the_action_installs_itself(blog: Path) -> None:
    """From the checkout, like `uses: ./`; its dependencies come from PyPI."""
    code, log, passed, _ = act(blog, install=True, python=sys.executable, sources="samples")
    assert (code, passed) == (0, "true"), log


# ---- GitLab -----------------------------------------------------------------------------------------------------


def test_gitlab_script_works_as_documented(blog: Path) -> None:
    job = yaml.safe_load(EXAMPLES["gitlab"][0])["posts"]
    bin_folder = blog.parent / "bin"
    bin_folder.mkdir()
    for name, value in {"pip": 'echo "pip $*"', "unwix": f'exec "{sys.executable}" -m unwix "$@"'}.items():
        (bin_folder / name).write_text(f"#!/bin/sh\n{value}\n")
        (bin_folder / name).chmod(0o755)
    env = {**os.environ, "PATH": f"{bin_folder}:{os.environ['PATH']}"}

    def script() -> subprocess.CompletedProcess[str]:
        command = ["bash", "-eo", "pipefail", "-c", "\n".join(job["script"])]
        return subprocess.run(command, cwd=blog, env=env, capture_output=True, text=True, check=False, timeout=120)

    assert script().returncode == 0
    spoil(blog)
    result = script()
    assert result.returncode == 1
    assert result.stdout.startswith("pip install --quiet git+https://github.com/OWNER/unwix@v")
    assert "<failure" in (blog / job["artifacts"]["reports"]["junit"]).read_text(encoding="utf-8")


# ---- pre-commit -------------------------------------------------------------------------------------------------


def git(folder: Path, *args: str) -> str:
    who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com", "-c", "init.defaultBranch=main"]
    command = [program("git"), *who, *args]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True, timeout=120).stdout.strip()


def committed(folder: Path) -> str:
    """Make a repository of a directory; return its commit."""
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "As it is")
    return git(folder, "rev-parse", "HEAD")


@pytest.mark.tools
def test_the_hook_runs_in_pre_commit(blog: Path, tmp_path: Path) -> None:
    """A real pre-commit, with the hook from a clone of this project; the dependencies come from PyPI."""
    clone = tmp_path / "unwix"
    clone.mkdir()
    for name in git(ROOT, "ls-files", "--cached", "--others", "--exclude-standard").splitlines():
        if not name.startswith(("tests/", "samples/", "output/", '"')) and (ROOT / name).is_file():
            (clone / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, clone / name)
    config = yaml.safe_load(EXAMPLES["pre-commit"][0])
    config["repos"][0] |= {"repo": str(clone), "rev": committed(clone)}
    (blog / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    committed(blog)
    env = {**os.environ, "PRE_COMMIT_HOME": str(tmp_path / "home"), "PIP_DISABLE_PIP_VERSION_CHECK": "1"}

    def hook() -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pre_commit", "run", "--all-files", "--verbose"]
        return subprocess.run(command, cwd=blog, env=env, capture_output=True, text=True, check=False, timeout=500)

    result = hook()
    assert result.returncode == 0, result.stdout + result.stderr
    assert "Checked 2 posts: no problems found" in result.stdout
    spoil(blog)
    git(blog, "add", "--all")
    result = hook()
    assert result.returncode == 1
    assert "+Pull the plug. **Then pull it again.**" in result.stdout
