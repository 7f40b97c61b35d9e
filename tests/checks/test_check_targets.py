"""Test `unwix check` on outputs for every target: fresh outputs have no findings, and faults are reported."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from support.paths import ROOT_DIR
from support.post_pages import h, p, picture, post_page
from support.terminal import run
from unwix.checks.check_output import lint_output
from unwix.checks.findings import Finding
from unwix.checks.markdown_file import Document, Writing
from unwix.checks.output_folder import writing_of
from unwix.checks.settings import settings
from unwix.model.post import Metadata
from unwix.run.state_file import state_of
from unwix.writers.front_matter.write import front_matter
from unwix.writers.targets import MARKDOWN_TARGETS

ROOT = ROOT_DIR
SAMPLES = [
    ROOT / "samples/saved/2026-how-to-mend-a-lamp.html",
    ROOT / "samples/saved/2025-glazes-that-lie.html",
    ROOT / "samples/saved/2025-which-clay-for-what.html",
    ROOT / "samples/saved/2025-hebrew-lentil-soup.html",
]
#: Findings of the samples themselves: an audio player missing in the page, an image without alternative text.
OF_SAMPLES = {"placeholder", "image-alt", "losses-reported"}


@pytest.fixture(scope="module", params=MARKDOWN_TARGETS)
def output(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Convert the samples for a target."""
    folder = tmp_path_factory.mktemp("out") / str(request.param)
    assert run("convert", *SAMPLES, "-o", folder, "--to", request.param, "-j", 0).code == 0
    return folder


def lint(folder: Path) -> list[Finding]:
    found = lint_output(folder, settings([], {}), writing_of(state_of(folder)))
    return [finding for _, findings in found for finding in findings]


def lamp(folder: Path) -> Path:
    """Return the path of the post about a lamp, which each target names differently."""
    return next(path for path in folder.rglob("*.md*") if "Tomas Lind" in path.read_text(encoding="utf-8"))


def change(folder: Path, output: Path, old: str, new: str) -> Path:
    """Copy the output with a change in that post; return the path of its file."""
    shutil.copytree(output, folder, dirs_exist_ok=True)
    path = lamp(folder)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


# ---- nothing is reported of what unwix writes -------------------------------------------------------------------


def test_untouched_output_has_no_findings(output: Path) -> None:
    found = lint(output)
    assert {finding.rule for finding in found} <= OF_SAMPLES
    assert sum(not path.name.startswith("_") for path in output.rglob("*.md*")) == len(SAMPLES)  # Zola has _index.md


def test_target_is_read_from_the_output(output: Path) -> None:
    result = run("check", *SAMPLES, "--expect", output, "-j", 0)
    assert result.code == 0, result.out
    assert run("check", output).out.endswith(" notes)\n") or run("check", output).out.endswith("all well\n")
    if output.name != "markdown":
        assert run("check", *SAMPLES, "--expect", output, "-j", 0, "--to", "markdown").code == 1


@pytest.mark.parametrize("name", MARKDOWN_TARGETS)
def test_all_fields_are_read_back(name: str) -> None:
    """Fields that a target renames, leaves out or writes in its own form are checked against our schema."""
    metadata = Metadata(
        title="Möhren: <b> & Co",
        slug="möhren",
        date="2024-02-29T11:42:11.550Z",
        updated="2024-03-01T00:00:00.000Z",
        authors=["Ada Crewe"],
        description="A *short* one",
        categories=["Garden", "Kitchen & co"],
        tags=["roots"],
        cover="https://www.example.com/a.jpg",
        cover_alt="Roots",
        language="de",
        canonical_url="https://www.example.com/post/möhren",
        views=12,
        comments=0,
        likes=3,
        commenting="closed",
        draft=True,
        seo_title="Roots",
    )
    target = MARKDOWN_TARGETS[name]
    document = Document("a.md", front_matter(metadata, target, url="/post/möhren/"), Writing(target))
    assert document.front.fault is None
    expected_fields: dict[str, Any] = metadata.as_dict()
    dropped = {ours for ours, theirs in target.front.names.items() if theirs == ""}
    for field, value in expected_fields.items():
        text = document.front.fields.get(field)
        if field in ("date", "updated"):
            assert str(text).replace("+00:00", "Z")[:19] == value[:19]
        elif field == "description" and target.front.markdown:
            assert text is not None
        elif field not in dropped:
            assert text == value, field


# ---- faults are told --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("Pull the plug", "Pull the\u200b plug", "invisible-character"),
        ("There is a tin.", "There is a tin.\n\n209 views0 comments", "interface-text"),
        ("(#before-you-start)", "(#before-you-began)", "anchor-broken"),
        ("https://repair.example.com/the-toaster-rule", "javascript:alert(1)", "link-unsafe"),
        ('> "A lamp', '[x](file:///home/ada/x.html)\n\n> "A lamp', "link-localhost"),
        ('> "A lamp', '![x](nowhere/x.jpg)\n\n> "A lamp', "file-not-found"),
        ("Pull the plug. ", "", "content-removed"),
    ],
)
def test_faults_of_the_body_are_reported(old: str, new: str, rule: str, output: Path, tmp_path: Path) -> None:
    if '> "A lamp' not in lamp(output).read_text(encoding="utf-8"):  # targets write quotation marks in different forms
        old, new = (text.replace('> "A lamp', "Type this") for text in (old, new))
    if output.name == "obsidian":  # the anchor is the heading's text
        old = old.replace("(#before-you-start)", "(#Before%20you%20start)")
    path = change(tmp_path, output, old, new)
    found = {finding.rule: finding for finding in lint(tmp_path)}
    assert rule in found
    assert found[rule].file == path.as_posix()
    if found[rule].line and "\n" not in new and rule != "anchor-broken":
        assert new in path.read_text(encoding="utf-8").splitlines()[found[rule].line - 1]


def test_faults_are_reported_with_their_lines(output: Path, tmp_path: Path) -> None:
    shutil.copytree(output, tmp_path, dirs_exist_ok=True)
    path = lamp(tmp_path)
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}\nClay ** and** fire\n\n[]( )\n\ntop of page\n", encoding="utf-8")
    last = text.count("\n")
    expected = {"stray-markup": last + 2, "link-empty": last + 4, "interface-text": last + 6}
    assert {finding.rule: finding.line for finding in lint(tmp_path) if finding.rule in expected} == expected


def test_faults_of_the_front_matter_are_reported(output: Path, tmp_path: Path) -> None:
    form = MARKDOWN_TARGETS[output.name].front.format
    title = {"yaml": "\ntitle:", "toml": "\ntitle =", "meta": "Title:"}[form]
    path = change(tmp_path, output, title, title + "\n" + title if form == "meta" else title + " [")
    found = [finding for finding in lint(tmp_path) if finding.rule == "front-matter-unreadable"]
    assert [finding.file for finding in found] == [path.as_posix()]


def test_a_field_of_another_kind_is_reported_under_its_own_name(output: Path, tmp_path: Path) -> None:
    front = MARKDOWN_TARGETS[output.name].front
    minutes = re.compile(r"(?im)^reading_minutes( = |: )7$")
    shutil.copytree(output, tmp_path, dirs_exist_ok=True)
    path = lamp(tmp_path)
    text = path.read_text(encoding="utf-8")
    assert minutes.search(text)
    many = '"many"' if front.format == "toml" else "many"
    path.write_text(minutes.sub(rf"reading_minutes\g<1>{many}", text), encoding="utf-8")
    (found,) = (finding for finding in lint(tmp_path) if finding.rule == "front-matter-schema")
    assert "reading_minutes must be a whole number" in found.message
    assert found.line is not None
    assert "many" in path.read_text(encoding="utf-8").splitlines()[found.line - 1]


# ---- links between posts ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("markdown", "kiln.md", "kilns.md"),
        ("hugo", "/post/kiln/", "/post/kilns/"),
        ("hugo", "../kiln/", "../kilns/"),
        ("jekyll", "/post/kiln/", "/post/kilns/"),
        ("astro", "/blog/kiln/#firing", "/blog/kiln/#fired"),
        ("eleventy", "/post/kiln/", "/post/kilns/"),
        ("pelican", "/post/kiln/", "/post/kilns/"),
        ("mkdocs", "kiln.md#firing", "kiln.md#fired"),
        ("obsidian", "[[The kiln#Firing|the kiln]]", "[[The kilns|the kiln]]"),
        ("zola", "@/post/kiln/index.md", "@/post/kilns/index.md"),
    ],
)
def test_links_between_posts_resolve_as_the_site_is_built(name: str, good: str, bad: str, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    body = h("Firing") + p("It takes a day.")
    (tmp_path / "in/kiln.html").write_bytes(
        post_page(body, "The kiln", "kiln", url="https://www.example.com/post/kiln")
    )
    (tmp_path / "in/pot.html").write_bytes(
        post_page(p("A day."), "The pot", "pot", url="https://www.example.com/post/pot")
    )
    out = tmp_path / "out"
    assert run("convert", tmp_path / "in", "-o", out, "--to", name, "-j", 0).code == 0
    pot = next(path for path in out.rglob("*.md") if "A day." in path.read_text(encoding="utf-8"))
    text = pot.read_text(encoding="utf-8")
    for link, rules in ((good, []), (bad, ["link-broken"])):
        phrase = link if link.startswith("[[") else f"[the kiln]({link})"
        pot.write_text(f"{text}\n{phrase}\n", encoding="utf-8")
        assert [f.rule for f in lint(out) if f.severity == "error"] == rules, link


def test_absolute_links_to_the_site_are_resolved(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    link = p('<a href="https://www.example.com/post/kiln">the kiln</a>')
    for slug, body in (("kiln", p("A day.")), ("pot", link)):
        page = post_page(body, slug.title(), slug, url=f"https://www.example.com/post/{slug}")
        (tmp_path / f"in/{slug}.html").write_bytes(page)
    options = ("--to", "hugo", "--links", "absolute", "--base-url", "https://new.example/blog/")
    assert run("convert", tmp_path / "in", "-o", tmp_path / "out", *options, "-j", 0).code == 0
    assert [finding.rule for finding in lint(tmp_path / "out")] == []
    pot = tmp_path / "out/content/post/pot/index.md"
    text = pot.read_text(encoding="utf-8")
    assert "https://new.example/blog/post/kiln/" in text
    pot.write_text(text.replace("blog/post/kiln/", "blog/post/kilns/"), encoding="utf-8")
    assert [finding.rule for finding in lint(tmp_path / "out") if finding.severity == "error"] == ["link-broken"]


def test_options_are_read_from_the_output(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/kiln.html").write_bytes(post_page(p("<u>A day.</u>") + picture(), "The kiln", "kiln"))
    options = ("--path", "{year}/{slug}", "--field", "slug:name,layout=post", "--to", "eleventy", "--include-deleted")
    assert run("convert", tmp_path / "in", "-o", tmp_path / "out", *options, "-j", 0).code == 0
    state = json.loads((tmp_path / "out/.unwix-state.json").read_text())
    assert state["options"]["fields"] == ["slug:name,layout=post"]
    result = run("check", tmp_path / "in", "--expect", tmp_path / "out", "-j", 0)
    assert result.code == 0, result.out
    assert run("check", tmp_path / "in", "--expect", tmp_path / "out", "-j", 0, "--path", "{slug}").code == 1
    state["target"] = "drupal"
    (tmp_path / "out/.unwix-state.json").write_text(json.dumps(state))
    result = run("check", tmp_path / "in", "--expect", tmp_path / "out", "-j", 0)
    assert result.code == 2
    assert "The output was written by another version of unwix" in result.err


def test_default_options_are_not_recorded(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(post_page(p("A day.")))
    run("convert", tmp_path / "a.html", "-o", tmp_path / "out", "-j", 0)
    assert set(json.loads((tmp_path / "out/.unwix-state.json").read_text())) == {"unwix", "target", "files"}
