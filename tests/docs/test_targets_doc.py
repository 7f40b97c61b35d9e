"""Test that docs/targets.md, which is generated from the targets and small documents, is up to date.

`UPDATE_EXPECTED=1` rewrites it and fails, so that somebody reads the difference.
"""

from __future__ import annotations

import importlib
import inspect
import os
from typing import Any

import pytest

from support import block_samples as samples
from support.paths import ROOT_DIR
from support.proofs import FEATURES, declared_proofs, prove, proves
from support.ricos_documents import Json, image, node, p, read, text
from support.target_notes import HEAD, IMPORT_HEAD, MISSING, PROOF_HEAD, RECORD_HEAD, THEMES_HEAD
from unwix.blog.links.rewrite import remove_unused_ids
from unwix.cli.options.targets import NAMES
from unwix.model.article import Element
from unwix.model.post import Metadata
from unwix.writers.markdown.writer import write_markdown
from unwix.writers.target import Target
from unwix.writers.targets import IMPORT_TARGETS, MARKDOWN_TARGETS, RECORD_TARGETS, TARGETS
from unwix.writers.themes import THEMES

_MODULES = {
    path.stem: ".".join(path.relative_to(ROOT_DIR / "src").with_suffix("").parts)
    for path in (ROOT_DIR / "src/unwix/writers/targets").rglob("[a-z]*.py")
}
DOC = ROOT_DIR / "docs" / "targets.md"
#: The examples of each flavor: a name and the nodes of a document.
SHOWN: dict[str, list[Json]] = {
    "image with caption": samples.NODES["CAPTION"],
    "gallery": samples.NODES["GALLERY"],
    "video": [node("VIDEO", videoData={"video": {"src": {"url": "https://www.youtube.com/watch?v=abcdefghijk"}}})],
    "audio file": samples.NODES["AUDIO"],
    "embedded page": samples.NODES["EMBED"],
    "collapsible": samples.NODES["COLLAPSIBLE_ITEM"],
    "button": samples.NODES["BUTTON"],
    "file": samples.NODES["FILE"],
    "table with merged cells": samples.NODES["TABLE_CELL"],
    "numbered from 3": samples.NODES["ORDERED_LIST"],
    "check list": samples.NODES["CHECKBOX_LIST"],
    "code": [node("CODE_BLOCK", "{{< figure >}}\n{{ page.title }}")],
    "raised, struck out": [p("m", text("2", "SUPERSCRIPT"), " and ", text("gone", "STRIKETHROUGH"))],
    "characters": [p("Write {{ x }}, {% y %}, a|b, 5 * 3, <b> and #tag.")],
    "place in the page": [
        p(text("see below", {"type": "ANCHOR", "anchorData": {"anchor": "h1a"}})),
        node("HEADING", "The way up", key="h1a", headingData={"level": 2}),
    ],
    "place: a heading twice": [
        p(text("see below", {"type": "ANCHOR", "anchorData": {"anchor": "h2a"}})),
        node("HEADING", "Again", key="h1a", headingData={"level": 2}),
        node("HEADING", "Again", key="h2a", headingData={"level": 2}),
    ],
    "missing": samples.NODES["EXTERNAL"],
    "linked image": [image(alt="The tower", link={"url": "https://www.example.com/tower"})],
}


def test_each_target_is_known_to_the_command_line_and_the_document() -> None:
    assert {*NAMES} == {*TARGETS}
    assert all(name == target.name == target.flavor.name for name, target in MARKDOWN_TARGETS.items())


def notes_of(name: str) -> str:
    """Return the notes for users: the docstring of the target's module."""
    return inspect.getdoc(importlib.import_module(_MODULES[name])) or ""


def _code(phrase: str) -> str:
    line = phrase.replace("\n\n", "\n").replace("\n", " ⏎ ").replace("|", "\\|")
    return f"``{' ' if line[0] == '`' else ''}{line}{' ' if line[-1] == '`' else ''}``" if line else "–"


def _files(target: Target) -> list[str]:
    front = target.front
    rows = [
        ("a post", f"`{target.path}`"),
        ("in another language", "`…/index.{lang}.md`" if target.media_in == "bundle" else ""),
        ("without a date", f"`{target.undated}`" if target.undated else ""),
        ("a draft", f"`{target.drafts}`" if target.drafts else f"`{front.draft[0]}: {str(front.draft[1]).lower()}`"),
        ("base of `--path`", f"`{target.base}/`" if target.base else ""),
        ("URL", f"`{target.url}`" if target.base else ""),
        ("sets its URL in", f"`{front.url}`" if front.url else ""),
        ("old URL in", f"`{front.aliases}`" if front.aliases else ""),
        ("media", f"`{target.media}/`" if target.media else "next to the post"),
        ("front matter", {"yaml": "YAML", "toml": "TOML", "meta": "`Key: value` lines"}[front.format]),
        ("fields of every post", ", ".join(f"`{k}: {v}`" for k, v in front.fixed.items())),
        ("next to the posts", ", ".join(f"`{file.path}`" for file in target.support_files)),
    ]
    return ["| | |", "| --- | --- |", *(f"| {what} | {text} |" for what, text in rows if text)]


def _fields(target: Target) -> list[str]:
    renamed = {name: target.front.names.get(name, name) for name in Metadata.__struct_fields__}
    renamed["draft"] = target.front.draft[0]
    changed = [f"`{name}` → {f'`{new}`' if new else 'left out'}" for name, new in renamed.items() if name != new]
    return [f"Fields: {', '.join(changed)}; all others as in [front matter](front-matter.md).", ""] if changed else []


def _article(*nodes: Any) -> Element:
    """Return the article as in a run: with the ids that links point to."""
    article = read(*nodes)[0]
    remove_unused_ids(article, ())
    return article


def _forms(target: Target) -> list[str]:
    rows = [
        f"| {name} | {_code(write_markdown(_article(*nodes), flavor=target.flavor).strip())} |"
        for name, nodes in SHOWN.items()
    ]
    return ["", "| | is written as |", "| --- | --- |", *rows]


def _import_forms(name: str) -> list[str]:
    written = IMPORT_TARGETS[name].import_format
    assert written is not None
    if written.body is not None:
        return []  # JSON; the notes name its types
    rows = [f"| {what} | {_code(written.body_of(_article(*nodes)))} |" for what, nodes in SHOWN.items()]
    return ["| | is written as |", "| --- | --- |", *rows]


def _proof() -> str:
    rows = [f"| target | proven with | {' | '.join(FEATURES)} |", "| --- | --- " + "| --- " * len(FEATURES) + "|"]
    proofs = [*declared_proofs()]
    for name in TARGETS:
        program = ", ".join(dict.fromkeys(program for target, program, _, _ in proofs if target == name)) or "–"
        proven = " ".join(features for target, _, features, _ in proofs if target == name)
        marks = (
            "–" if feature in MISSING.get(name, "").split() else "●" if feature in proven.split() else "○"
            for feature in FEATURES
        )
        rows.append(f"| [{name}](#{name}) | {program} | {' | '.join(marks)} |")
    return PROOF_HEAD + "\n".join(rows) + "\n"


def _themes() -> str:
    rows = []
    for name, theme in THEMES.items():
        fields = ", ".join(f"`{change}`" for change in theme.fields) or "–"
        files = ", ".join(f"`{path}`" for path in theme.files) or "–"
        rows.append(
            f"| `{name}` | {theme.target} | {fields} | {f'`{theme.path}`' if theme.path else '–'} | {files} |\n"
        )
    return THEMES_HEAD + "".join(rows)


def test_proofs_name_known_targets_and_columns() -> None:
    proofs = [*declared_proofs()]
    assert len({test for *_, test in proofs}) > 5
    assert {target for target, *_ in proofs} | {*MISSING} <= {*TARGETS}
    for target, _, features, test in proofs:
        assert {*features.split()} <= {*FEATURES} - {*MISSING.get(target, "").split()}, test


def test_declared_proof_without_examination_fails() -> None:
    @proves({"hugo": ("Hugo", "title cover"), "zola": ("Zola", "title")})
    def looks(target: str) -> None:
        prove("title", target != "")

    looks(target="zola")
    with pytest.raises(AssertionError, match=r"hugo: .*cover"):
        looks(target="hugo")
    with pytest.raises(AssertionError, match="title"):
        looks(target="")


def document() -> str:
    parts = [HEAD, _proof(), _themes()]
    for name, target in MARKDOWN_TARGETS.items():
        lines = [f"\n## {name}\n", notes_of(name), "", *_fields(target), *_files(target)]
        parts.append("\n".join([*lines, *_forms(target), ""]))
    parts.append(IMPORT_HEAD)
    sections = ([f"\n## {name}\n", notes_of(name), "", *_import_forms(name), ""] for name in IMPORT_TARGETS)
    parts += ["\n".join(lines) for lines in sections]
    parts.append(RECORD_HEAD)
    parts += [f"\n## {name}\n\n{notes_of(name)}\n" for name in RECORD_TARGETS]
    return "".join(parts)


def test_the_document_is_up_to_date() -> None:
    made = document()
    if os.environ.get("UPDATE_EXPECTED"):
        DOC.write_text(made, encoding="utf-8")
        pytest.fail("docs/targets.md was written anew: read the difference, then run again without UPDATE_EXPECTED")
    assert DOC.read_text(encoding="utf-8") == made
