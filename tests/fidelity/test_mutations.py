"""Test that the fidelity check detects a damaged writer and a fault in an output.

Each method of the Markdown writer and of each target is damaged, one at a time, and more than 60 kinds of faults are inserted
into an output. Every change of the text must be reported; undamaged output gives no finding.
"""

from __future__ import annotations

import inspect
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from support.mutation_page import PAGE
from unwix import readers
from unwix.fidelity.compare import compare
from unwix.fidelity.markdown import markdown_facts
from unwix.model.errors import UnwixError
from unwix.model.page import Page
from unwix.model.post import Post
from unwix.run.import_file import ImportFile
from unwix.run.output_folder import Folder
from unwix.run.write_post import Options, write
from unwix.writers import plain_text
from unwix.writers.article_html import ArticleHtml
from unwix.writers.import_files import (
    ghost_json,
    portable_html,
    portable_text,
    post_tables,
    read_back,
    sanity_ndjson,
    wxr,
    wxr_elements,
    wxr_files,
)
from unwix.writers.import_files.import_format import FileLimits
from unwix.writers.import_files.import_html import ImportHtml
from unwix.writers.markdown.writer import MarkdownWriter, write_markdown
from unwix.writers.targets import TARGETS


def the_post() -> Post:
    (post,) = readers.read(Page("x", data=PAGE))
    return post


MARKDOWN = write_markdown(the_post().article)
FACTS = the_post().facts


def findings(markdown: str) -> list[str]:
    """Return what fidelity reports of a Markdown text."""
    return [f"{problem.kind}: {problem.detail}" for problem in compare(FACTS, markdown_facts(markdown)).problems]


# ---- faults in the output -----------------------------------------------------------------------------------------

FAULTS: dict[str, tuple[str, str]] = {
    "comma lost": ("_second_", "second_ _"),
    "full stop lost": ("Between the images.", "Between the images"),
    "exclamation mark lost": ("</sup>!", "</sup>"),
    "question mark to full stop": ("Really?", "Really."),
    "emoji lost": ("\U0001f600", ""),
    "emoji changed": ("\U0001f600", "\U0001f601"),
    "currency lost": ("5 €", "5"),
    "bracket lost": ("(or", "or"),
    "semicolon to comma": (");", "),"),
    "ampersand lost": ("clay & water", "clay water"),
    "punctuation swapped": ("Really? Yes", "Really Yes ?"),
    "literal asterisks": ("**first**", r"\*\*first\*\*"),
    "upper case": ("Really", "REALLY"),
    "lower case": ("Words of another", "words of another"),
    "bold lost": ("**first**", "first"),
    "bold on another word": ("**last paragraph** ends", "last **paragraph ends**"),
    "bold half lost": ("**last paragraph**", "**last** paragraph"),
    "bold added": ("Between", "**Between**"),
    "bold to italics": ("**first**", "_first_"),
    "italics lost": ("_second_", "second"),
    "italics added": ("Really", "_Really_"),
    "strike lost": ("~~third~~", "third"),
    "subscript lost": ("<sub>2</sub>", "2"),
    "superscript lost": ("<sup>3</sup>", "3"),
    "superscript to subscript": ("<sup>3</sup>", "<sub>3</sub>"),
    "heading one level lower": ("### Of fire", "#### Of fire"),
    "heading one level higher": ("### Of fire", "## Of fire"),
    "heading to bold": ("### Of fire", "**Of fire**"),
    "paragraph to heading": ("Between the images.", "## Between the images."),
    "divider lost": ("\n---\n", "\n"),
    "divider twice": ("\n---\n", "\n---\n\n---\n"),
    "ordered list to unordered": ("1. wedge\n2. centre", "- wedge\n- centre"),
    "unordered list to ordered": ("- bowls", "\n1. bowls"),
    "nested item flattened": ("  - handles", "- handles"),
    "item nested": ("- bowls", "  - bowls"),
    "item to task": ("- bowls", "- [ ] bowls"),
    "items joined": ("1. wedge\n2. centre", "1. wedge centre"),
    "items swapped": ("1. wedge\n2. centre", "1. centre\n2. wedge"),
    "quote to paragraph": ("> Words", "Words"),
    "paragraph to quote": ("Between the images.", "> Between the images."),
    "code to text": ("```\nturn(clay)\n    wait(2)\n```", "turn(clay)\nwait(2)"),
    "indent of code lost": ("    wait(2)", "wait(2)"),
    "line of code joined": ("turn(clay)\n    wait(2)", "turn(clay) wait(2)"),
    "code changed": ("wait(2)", "wait(3)"),
    "row of a table lost": ("| green | grey |\n", ""),
    "cell of a table lost": ("| green | grey |", "| green |"),
    "cells of a table swapped": ("| green | grey |", "| grey | green |"),
    "quote nested": ("> Words", "> > Words"),
    "paragraph moved into a quote": ("> Words of another.\n\n", "> Words of another.\n>\n> "),
    "column added": ("| red | blue |\n| --- | --- |", "| red | blue | |\n| --- | --- | --- |"),
    "hard break lost": (re.search(r"line one(.*\n)line two", MARKDOWN)[1], " "),  # type: ignore[index]
    "hard break to paragraph break": ("line one\\\nline two", "line one\n\nline two"),
    "paragraph break to hard break": ("line two\n\nSee", "line two\\\nSee"),
    "paragraphs joined": (" ends.", " ends."),
    "link target changed": ("https://x.example/oven", "https://x.example/over"),
    "link lost": ("[the kiln](https://x.example/kiln)", "the kiln"),
    "links swapped": ("[the kiln](https://x.example/kiln)", "[the kiln](https://x.example/oven)"),
    "link text shortened": ("[the kiln]", "the [kiln]"),
    "link text longer": ("See [the kiln]", "[See the kiln]"),
    "image lost": (re.search(r"!\[a jug\].*\n", MARKDOWN)[0], "\n"),  # type: ignore[index]
    "alternative text lost": ("![a pot]", "![]"),
    "alternative text changed": ("![a pot]", "![a pan]"),
    "caption lost": ("_Its caption_", ""),
    "caption no longer in italics": ("_Its caption_", "Its caption"),
    "video lost": ("https://www.youtube.com/watch?v=abcdefghijk", ""),
    "video changed": ("abcdefghijk", "abcdefghijx"),
    "word lost": ("first", ""),
    "word added": ("Between the", "Between all the"),
    "words swapped": ("the images", "images the"),
    "letter lost": ("Between", "Betwen"),
    "escape lost": (r"\_one_", "_one_"),
    "text as HTML": (r"\<b>", "<b>"),
    "paragraph twice": ("Between the images.", "Between the images.\n\nBetween the images."),
}  # fmt: skip


def test_an_untouched_output_gives_no_finding() -> None:
    assert findings(MARKDOWN) == []


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_is_noticed(name: str) -> None:
    old, new = FAULTS[name]
    if name == "paragraphs joined":
        faulty = MARKDOWN.replace("Between the images.\n\n", "Between the images. ")
    else:
        assert old in MARKDOWN, MARKDOWN
        faulty = MARKDOWN.replace(old, new, 1)
    assert findings(faulty), faulty


def test_images_that_change_places_are_noticed() -> None:
    faulty = MARKDOWN.replace("1" * 32, "x").replace("2" * 32, "1" * 32).replace("x", "2" * 32)
    assert findings(faulty)


def test_an_image_in_another_place_is_noticed() -> None:
    image = re.search(r"!\[a jug\].*\n\n", MARKDOWN)
    assert image
    faulty = MARKDOWN.replace(image[0], "") + "\n" + image[0]
    assert any("place" in finding for finding in findings(faulty))


# ---- a broken writer ----------------------------------------------------------------------------------------------

#: Methods whose result is no text of the post: an anchor, a mark of an unknown place, a URL that is checked elsewhere.
_NO_TEXT = frozenset({"anchor", "anchored", "fragment", "place", "missing", "_anchored", "_apart", "raw", "task"})

#: Methods of the HTML writers whose result is an attribute or what encloses a block.
_HTML_WITHOUT_TEXT = frozenset({"_id", "_anchor", "card", "played", "player"})


def _methods(of: type) -> Iterator[str]:
    for name, function in inspect.getmembers(of, inspect.isfunction):
        if not name.startswith("__") and name not in _NO_TEXT and "str" in str(function.__annotations__.get("return")):
            yield name


def _break(monkeypatch: pytest.MonkeyPatch, of: type | ModuleType, name: str, mutant: Callable[[Any], Any]) -> None:
    original = getattr(of, name)

    def broken(*args: Any, **named: Any) -> Any:
        return mutant(original(*args, **named))

    monkeypatch.setattr(of, name, broken)


MUTANTS: dict[str, Callable[[Any], Any]] = {
    "nothing": lambda text: "" if isinstance(text, str) else text,
    "without punctuation": lambda text: re.sub(r"[,!?](?!\[)", "", text) if isinstance(text, str) else text,
    "without its first word": lambda text: (
        re.sub(r"\b[a-z]{3,}\b(?![:/.])", "", text, count=1) if isinstance(text, str) else text
    ),
}


@pytest.mark.parametrize("mutant", MUTANTS)
@pytest.mark.parametrize("method", sorted(_methods(MarkdownWriter)))
def test_a_broken_method_of_the_writer_is_noticed(method: str, mutant: str, monkeypatch: pytest.MonkeyPatch) -> None:
    article = the_post().article
    _break(monkeypatch, MarkdownWriter, method, MUTANTS[mutant])
    try:
        faulty = write_markdown(article)
    except Exception:  # an exception of the writer is noticed in any case
        return
    if markdown_facts(faulty) != markdown_facts(MARKDOWN):
        assert findings(faulty), faulty


@pytest.mark.parametrize("name", sorted(name for name in TARGETS if not (TARGETS[name].file or TARGETS[name].record)))
def test_a_broken_method_of_a_target_is_noticed(name: str) -> None:
    flavor = TARGETS[name].flavor
    whole = write(the_post(), Options(target=name))
    assert whole.fidelity.problems == []
    facts = markdown_facts(flavor.to_plain_markdown(whole.body))
    changed = 0
    for method in sorted(_methods(type(flavor.blocks))):
        with pytest.MonkeyPatch.context() as patch:
            _break(patch, type(flavor.blocks), method, MUTANTS["nothing"])
            try:
                faulty = write(the_post(), Options(target=name))
            except Exception:  # an exception of the target is noticed in any case
                continue
        if markdown_facts(flavor.to_plain_markdown(faulty.body)) != facts:
            changed += 1
            assert faulty.fidelity.problems, f"{method}: {faulty.body}"
    assert changed >= 3


#: Targets that are one file with posts in HTML.
_IMPORTS = sorted(
    name
    for name in TARGETS
    if (form := TARGETS[name].import_format) and not TARGETS[name].record and not form.read_back
)


@pytest.mark.parametrize("name", _IMPORTS)
def test_a_broken_method_of_an_import_file_is_noticed(name: str) -> None:
    whole = write(the_post(), Options(target=name))
    assert whole.fidelity.problems == []
    changed = 0
    for method in sorted(_methods(ArticleHtml)):
        with pytest.MonkeyPatch.context() as patch:
            for of in (ArticleHtml, *ArticleHtml.__subclasses__(), *ImportHtml.__subclasses__()):
                if method in vars(of):
                    _break(patch, of, method, MUTANTS["nothing"])
            try:
                faulty = write(the_post(), Options(target=name))
            except Exception:  # an exception of the target is noticed in any case
                changed += 1
                continue
        if faulty.text != whole.text and method not in _HTML_WITHOUT_TEXT:
            changed += 1
            assert faulty.fidelity.problems, f"{method}: {faulty.text}"
    assert changed > 8


# ---- a broken record ----------------------------------------------------------------------------------------------

_PLAIN_TEXT = sorted(
    name
    for name, function in inspect.getmembers(plain_text, inspect.isfunction)
    if function.__module__ == plain_text.__name__
)
_RECORDS = sorted(name for name in TARGETS if TARGETS[name].record)


def _as_text(result: Any) -> str:
    return result if isinstance(result, str) else "".join(result)


@pytest.mark.parametrize("mutant", MUTANTS)
@pytest.mark.parametrize("function", _PLAIN_TEXT)
@pytest.mark.parametrize("name", _RECORDS)
def test_a_broken_plain_text_of_a_record_is_noticed(
    name: str, function: str, mutant: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = write(the_post(), Options(target=name))
    assert whole.result == "complete"
    original = getattr(plain_text, function)

    def broken(*args: Any) -> Any:
        result = original(*args)
        changed = MUTANTS[mutant](_as_text(result))
        return changed if isinstance(result, str) else iter([changed])

    monkeypatch.setattr(plain_text, function, broken)
    faulty = write(the_post(), Options(target=name))
    lost = Counter("".join(json.loads(whole.text)["text"].split())) - Counter(
        "".join(json.loads(faulty.text)["text"].split())
    )
    if lost - Counter("apotjug"):  # alternative texts of images are not words of the source
        assert [problem for problem in faulty.problems if problem.where == "text"], json.loads(faulty.text)["text"]
        assert faulty.result == "lossy"


@pytest.mark.parametrize("name", [name for name in _RECORDS if (form := TARGETS[name].record) and form.html])
def test_a_broken_method_of_the_html_of_a_record_is_noticed(name: str) -> None:
    whole = json.loads(write(the_post(), Options(target=name)).text)
    changed = 0
    for method in sorted(_methods(ArticleHtml)):
        with pytest.MonkeyPatch.context() as patch:
            for of in (ArticleHtml, *ArticleHtml.__subclasses__()):
                if method in vars(of):
                    _break(patch, of, method, MUTANTS["nothing"])
            try:
                faulty = write(the_post(), Options(target=name))
            except Exception:  # an exception of the target is noticed in any case
                continue
        if json.loads(faulty.text)["html"] != whole["html"] and method not in _HTML_WITHOUT_TEXT:
            changed += 1
            assert [problem for problem in faulty.problems if problem.where == "html"], method
            assert faulty.result == "lossy"
    assert changed > 8


def _nothing(result: Any) -> Any:
    """Return an empty result of the same kind."""
    return type(result)() if isinstance(result, str | list | dict) else iter(())


def _functions(module: ModuleType) -> list[str]:
    functions = inspect.getmembers(module, inspect.isfunction)
    return sorted(
        name
        for name, function in functions
        if function.__module__ == module.__name__
        and str(function.__annotations__.get("return")).startswith(("str", "Block", "list", "dict", "Iterator"))
    )


@pytest.mark.parametrize(
    "function",
    [f"portable_text.{name}" for name in _functions(portable_text)]
    + [f"portable_html.{name}" for name in _functions(portable_html)],
)
def test_a_broken_function_of_portable_text_or_its_reading_back_is_noticed(function: str) -> None:
    whole = write(the_post(), Options(target="sanity"))
    assert whole.fidelity.problems == []
    body = json.loads(whole.text)["html"]
    module_name, _, name = function.partition(".")
    module = portable_text if module_name == "portable_text" else portable_html
    shown = portable_html.portable_html(body)
    for mutant in (_nothing, *list(MUTANTS.values())[1:]):
        if name in ("_location", "image_asset") and mutant is not _nothing:
            continue  # images are compared by their ids
        with pytest.MonkeyPatch.context() as patch:
            _break(patch, module, name, mutant)
            try:
                faulty = write(the_post(), Options(target="sanity"))
                is_changed = portable_html.portable_html(json.loads(faulty.text)["html"]) != shown
            except Exception:  # an exception of the target is noticed in any case
                continue
        if is_changed and name != "portable_html":  # the function is defined in the target
            assert faulty.fidelity.problems, faulty.text


# ---- a broken import file -----------------------------------------------------------------------------------------

#: Modules that write the posts into the file of a target.
_FILE_MODULES = {
    "wordpress": (wxr, wxr_elements, wxr_files), "ghost": (ghost_json,), "sanity": (sanity_ndjson,),
    "webflow": (post_tables,), "shopify": (post_tables,),
}  # fmt: skip
_FILE_FUNCTIONS = [
    (target, module, name)
    for target, modules in _FILE_MODULES.items()
    for module in modules
    for name in _functions(module)
]


def _import_file(target: str, records: list[str], folder: Path) -> dict[str, str]:
    """Write the records of posts into the files of a target, and return the files."""
    sink = ImportFile(Folder(folder), TARGETS[target], FileLimits())
    for number, record in enumerate(records):
        sink.put(f"{number}", record)
    sink.finish()
    return {path.name: path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.is_file()}


def _posts_in(target: str, files: dict[str, str]) -> list[tuple[str, str]]:
    form = TARGETS[target].import_format
    assert form is not None
    assert form.posts is not None
    name = str(TARGETS[target].file).rpartition("/")[2]
    return [(title, read_back.key_of("", body)) for title, body in form.posts(files[name])]


@pytest.mark.parametrize(("target", "module", "name"), _FILE_FUNCTIONS)
def test_a_broken_function_of_an_import_file_is_noticed(
    target: str, module: ModuleType, name: str, tmp_path: Path
) -> None:
    records = [write(the_post(), Options(target=target)).text]
    whole = _posts_in(target, _import_file(target, records, tmp_path / "whole"))
    assert len(whole) == 1
    for number, mutant in enumerate((_nothing, *list(MUTANTS.values())[1:])):
        with pytest.MonkeyPatch.context() as patch:
            for part in _FILE_MODULES[target]:
                if name in vars(part):
                    _break(patch, part, name, mutant)
            try:
                faulty = _posts_in(target, _import_file(target, records, tmp_path / f"{number}"))
            except Exception:  # a fault found in the file, or an exception of the writer
                continue
        assert faulty == whole


def test_an_import_file_without_the_text_of_a_post_stops_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = [write(the_post(), Options(target="ghost")).text]
    monkeypatch.setattr(ghost_json, "_known", lambda **values: {**values, "html": "Other words."})
    with pytest.raises(UnwixError, match=r"ghost\.json does not have the title and text of 1 of 1 posts"):
        _import_file("ghost", records, tmp_path)
