"""Test the structure of the code: layers, imports, sizes of files and directories, public names."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import unwix
from unwix.model.problems import KINDS
from unwix.model.skipped import SKIP_KINDS

PACKAGE = Path(unwix.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))
NAMES = [path.relative_to(PACKAGE).with_suffix("").as_posix().replace("/", ".") for path in FILES]
#: The layers, lowest first: a package imports only packages of the layers before its own.
LAYERS = [
    {"model"},
    {"web"},
    {"wix"},
    {"fidelity"},
    {"readers", "writers", "sources"},
    {"blog"},
    {"run"},
    {"checks"},
    {"diagnose", "review"},
    {"cli"},
]
LAYER_OF = {package: number for number, layer in enumerate(LAYERS) for package in layer}
#: The package itself (its version and the library's functions), the start of `python -m unwix`, and data files.
OUTSIDE = {"__init__", "__main__", "schema", "version"}
MOST_MODULES = 15
MOST_LINES = 300
NETWORK = {"requests", "urllib.request", "urllib3", "http.client", "socket", "ftplib", "aiohttp", "httpx"}


def module(name: str) -> ast.Module:
    return ast.parse((PACKAGE / (name.replace(".", "/") + ".py")).read_text(encoding="utf-8"))


def imports(name: str, ours: bool) -> Iterator[str]:
    """Return the imports of a module, at any place in it: ours by their name inside the package, and others."""
    here = name.split(".")[:-1]
    for node in ast.walk(module(name)):
        if isinstance(node, ast.Import) and not ours:
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            if not ours:
                yield from (f"{node.module}.{alias.name}" for alias in node.names)
                yield str(node.module)
            assert (node.module or "").split(".")[0] != "unwix", f"{name} imports unwix by its full name"
        elif isinstance(node, ast.ImportFrom) and ours:
            base = here[: len(here) - (node.level - 1)]
            start = [*base, *([node.module] if node.module else [])]
            yield from (".".join([*start, alias.name]) for alias in node.names)


def package(name: str) -> str:
    return name.split(".", maxsplit=1)[0]


def test_every_package_has_a_layer() -> None:
    assert {package(name) for name in NAMES} == {*LAYER_OF, *OUTSIDE}


@pytest.mark.parametrize("name", [name for name in NAMES if package(name) not in OUTSIDE])
def test_modules_import_only_earlier_layers(name: str) -> None:
    used = {package(target) for target in imports(name, ours=True)} - {"version", "schema", package(name)}
    assert {target for target in used if LAYER_OF[target] >= LAYER_OF[package(name)]} == set()


def test_no_import_cycles() -> None:
    """`TYPE_CHECKING` imports count, too."""
    graph = {name: {resolve(target) for target in imports(name, ours=True)} for name in NAMES}
    cycles = [sorted(names) for names in strongly_connected(graph) if len(names) > 1]
    assert cycles == []


def resolve(target: str) -> str:
    """Return the module that an imported name belongs to."""
    while target and target not in NAMES:
        if f"{target}.__init__" in NAMES:
            return f"{target}.__init__"
        target = target.rpartition(".")[0]
    return target or "__init__"


def strongly_connected(graph: dict[str, set[str]]) -> list[set[str]]:
    """Return the sets of modules that reach each other, by two walks over the graph."""

    def reached(start: str, edges: dict[str, set[str]]) -> set[str]:
        seen, waiting = set(), [start]
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                waiting += edges.get(name, set())
        return seen

    back: dict[str, set[str]] = {}
    for name, targets in graph.items():
        for target in targets:
            back.setdefault(target, set()).add(name)
    left, found = set(graph), []
    while left:
        name = min(left)
        found.append(reached(name, graph) & reached(name, back))
        left -= found[-1]
    return found


@pytest.mark.parametrize("directory", sorted({path.parent for path in FILES}), ids=lambda path: path.name)
def test_directories_are_small(directory: Path) -> None:
    assert len([path for path in directory.glob("*.py") if path.name != "__init__.py"]) <= MOST_MODULES


@pytest.mark.parametrize("name", NAMES)
def test_only_sources_and_media_touch_the_network(name: str) -> None:
    if package(name) == "sources" or name.startswith("blog.media.download"):
        return
    assert not {
        found
        for found in imports(name, ours=False)
        if any(found == net or found.startswith(net + ".") for net in NETWORK)
    }


@pytest.mark.parametrize("name", NAMES)
def test_only_the_command_line_prints_or_exits(name: str) -> None:
    if package(name) == "cli":
        return
    for node in ast.walk(module(name)):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            assert called not in (
                "print",
                "exit",
                "quit",
                "sys.exit",
                "os._exit",
                "click.echo",
                "sys.stdout.write",
                "sys.stderr.write",
            ), f"line {node.lineno}: {called}"
        if isinstance(node, ast.Raise) and node.exc is not None:
            assert not ast.unparse(node.exc).startswith("SystemExit")


@pytest.mark.parametrize("name", [name for name in NAMES if package(name) in ("readers", "writers")])
def test_readers_and_writers_use_no_clock_and_no_files(name: str) -> None:
    found = {*imports(name, ours=False)}
    assert not found & {"time", "random", "os", "tempfile", "shutil", "subprocess", "threading"}
    for node in ast.walk(module(name)):
        if isinstance(node, ast.Call):
            assert not re.search(r"\b(now|today|utcnow|urandom)$", ast.unparse(node.func)), f"line {node.lineno}"


@pytest.mark.parametrize("name", NAMES)
def test_package_names_are_specific(name: str) -> None:
    assert not {*name.split(".")} & {"utils", "util", "helpers", "helper", "common", "manager", "misc", "tools", "base"}


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_files_are_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


@pytest.mark.parametrize("name", NAMES)
def test_public_names_have_docstrings(name: str) -> None:
    tree = module(name)
    if tree.body:
        assert ast.get_docstring(tree), name
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{name}.{node.name}"
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            for method in node.body:
                if isinstance(method, ast.FunctionDef) and not method.name.startswith("_"):
                    assert ast.get_docstring(method), f"{name}.{node.name}.{method.name}"


# ---- problems -----------------------------------------------------------------------------------------------------


def test_every_kind_of_problem_is_used_and_known() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in FILES if path.name != "problems.py")
    assert [kind for kind in KINDS if f'"{kind}"' not in text] == []
    made = set(re.findall(r"Problem\(\s*\"([a-z-]+)\"", text)) | set(re.findall(r"\.problem\(\s*\"([a-z-]+)\"", text))
    assert made <= {*KINDS}


def test_every_kind_of_skipped_input_is_used() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in FILES if path.name != "skipped.py")
    assert [kind for kind in SKIP_KINDS if f'"{kind}"' not in text] == []


def test_every_kind_of_problem_is_a_plain_sentence() -> None:
    for severity, meaning in KINDS.values():
        assert severity in ("error", "warning", "note")
        assert not meaning.endswith(".")
        assert "\n" not in meaning


def test_test_modules_have_names_of_their_own() -> None:
    """pytest imports test modules by their file names: two with one name stop the collection."""
    paths = Path(__file__).parent.rglob("test_*.py")
    names = [path.name for path in paths if "node_modules" not in path.parts]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", ["bs4", "click", "lxml", "markdownify", "requests"])
def test_the_packages_that_the_project_is_built_on_are_used(name: str) -> None:
    """The owner of the project chose them (docs/decisions.md): no faster module may replace them."""
    assert any(imported.split(".")[0] == name for module_name in NAMES for imported in imports(module_name, ours=False))


#: Dataclasses that compute a field from others, which a struct of msgspec cannot declare.
DATACLASSES = {"readers/text_dump/lines.py", "run/run.py", "sources/site/visitor_api.py"}


def test_value_classes_are_structs() -> None:
    """A dataclass takes 25 times as long to define, and a command defines 70 value classes (docs/decisions.md)."""
    found = {path.relative_to(PACKAGE).as_posix() for path in FILES if "@dataclass" in path.read_text("utf-8")}
    assert found == DATACLASSES
