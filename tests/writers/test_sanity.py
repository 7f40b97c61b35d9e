"""Test the target sanity: the real @portabletext/to-html renders everything that the source shows."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from support.paths import ROOT_DIR
from support.post_pages import h, p, post_page
from support.programs import NODE, node_package, program
from support.proofs import blocks_of, prove, prove_blocks, proves
from support.terminal import run
from test_cases import FOLDERS, source_of
from unwix import readers
from unwix.fidelity.compare import compare
from unwix.fidelity.markdown import html_facts
from unwix.model.article import Element, element
from unwix.model.errors import UnwixError
from unwix.model.page import Page
from unwix.model.post import Post
from unwix.model.skipped import Skipped
from unwix.run.write_post import Options, write
from unwix.writers.import_files.portable_html import portable_html
from unwix.writers.import_files.portable_text import portable_text

SAMPLES = ROOT_DIR / "samples"


def _posts() -> dict[str, Post]:
    posts: dict[str, Post] = {}
    for file in [*map(source_of, FOLDERS), *sorted(SAMPLES.rglob("*"))]:
        try:
            found = readers.read(Page(file.name, path=file)) if file.is_file() else []
        except (Skipped, UnwixError):
            continue
        posts |= {f"{file}#{number}": post for number, post in enumerate(found)}
    return posts


def _node(bodies: dict[str, Any], documents: list[Any]) -> dict[str, Any]:
    for name in ("@portabletext/to-html", "@sanity/import"):
        node_package(name)
    result = subprocess.run(
        [program("node"), str(NODE / "sanity.mjs")],
        input=json.dumps({"bodies": bodies, "documents": documents}),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    data: dict[str, Any] = json.loads(result.stdout)
    return data


def _body(post: Post) -> list[dict[str, Any]]:
    blocks: list[dict[str, Any]] = json.loads(json.loads(write(post, Options(target="sanity")).text)["html"])
    return blocks


@pytest.mark.tools
@proves({"sanity": ("@portabletext/to-html", "gallery video collapsible table code")})
def test_the_real_renderer_shows_the_whole_post() -> None:
    posts = _posts()
    assert len(posts) > 250
    rendered = _node({name: _body(post) for name, post in posts.items()}, [])["html"]
    faults = [
        f"{name}: {problem.detail}"
        for name, post in posts.items()
        for problem in compare(post.facts, html_facts(rendered[name])).problems
    ]
    prove_blocks(faults, [blocks_of(post.article) for post in posts.values()])


def test_fidelity_finds_nothing_missing() -> None:
    faults = [
        f"{name}: {problem.detail}"
        for name, post in _posts().items()
        for problem in write(post, Options(target="sanity")).fidelity.problems
    ]
    assert faults == []


def _documents(folder: Path) -> list[dict[str, Any]]:
    lines = (folder / "sanity/data.ndjson").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.tools
@proves({"sanity": ("@sanity/import", "drafts")})
def test_the_real_import_accepts_the_documents(tmp_path: Path) -> None:
    assert run("convert", SAMPLES, "-o", tmp_path, "--to", "sanity", "-j", 0).code in (0, 1)
    documents = _documents(tmp_path)
    found = _node({}, documents)
    assert found["faults"] == []
    assert {kind for kind, _ in found["assets"]} == {"image"}
    assert all(url.startswith("https://") for _, url in found["assets"])
    ids = {document["_id"] for document in documents}
    drafts = [document for document in documents if document["_id"].startswith("drafts.")]
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    prove("drafts", 0 < len(drafts) < len(report["posts"]), ids)
    referred = [ref["_ref"] for document in documents for ref in _references(document)]
    assert referred
    assert {*referred} <= ids


def _references(node: Any) -> list[dict[str, Any]]:
    if isinstance(node, list):
        return [ref for inner in node for ref in _references(inner)]
    if isinstance(node, dict):
        own = [node] if node.get("_type") == "reference" else []
        return own + [ref for inner in node.values() for ref in _references(inner)]
    return []


def test_ids_and_keys_are_the_same_in_each_run(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.html").write_bytes(post_page(h("Part") + p("Words."), "A", "a"))
    (tmp_path / "in/b.html").write_bytes(post_page(p("Other words."), "B", "b"))
    texts = []
    for name in ("one", "two"):
        assert run("convert", tmp_path / "in", "-o", tmp_path / name, "--to", "sanity", "-j", 0).code == 0
        texts.append((tmp_path / name / "sanity/data.ndjson").read_bytes())
    assert texts[0] == texts[1]
    author, *posts = _documents(tmp_path / "one")
    assert (author["_type"], author["name"]) == ("author", "Ada Potter")
    assert posts[0]["author"] == {"_type": "reference", "_ref": author["_id"]}
    assert posts[0]["slug"] == {"_type": "slug", "current": "a"}
    assert posts[0]["publishedAt"].startswith("2025-03-04T05:06:07")
    (tmp_path / "in/a.html").unlink()
    assert run("convert", tmp_path / "in", "-o", tmp_path / "three", "--to", "sanity", "-j", 0).code == 0
    assert _documents(tmp_path / "three")[1]["_id"] == posts[1]["_id"]
    assert (tmp_path / "one/sanity/schema.ts").read_text(encoding="utf-8").count("defineType") > 3


# ---- forms ----------------------------------------------------------------------------------------------------------


def _written(*nodes: Element) -> list[dict[str, Any]]:
    return [_without_keys(block) for block in portable_text(element("article", *nodes))]


def _without_keys(node: Any) -> Any:
    if isinstance(node, list):
        return [_without_keys(inner) for inner in node]
    if isinstance(node, dict):
        return {name: _without_keys(inner) for name, inner in node.items() if name != "_key"}
    return node


def _span(text: str, *marks: str) -> dict[str, Any]:
    return {"_type": "span", "text": text, "marks": list(marks)}


def test_text_with_marks_and_a_link() -> None:
    link = element("a", "here", href="https://a.example")
    (block,) = portable_text(element("article", element("p", "See ", element("strong", "it ", link), ".")))
    definition = block["markDefs"][0]
    assert definition == {"_type": "link", "_key": definition["_key"], "href": "https://a.example"}
    spans = [(span["text"], span["marks"]) for span in block["children"]]
    assert spans == [("See ", []), ("it ", ["strong"]), ("here", ["strong", definition["_key"]]), (".", [])]


def test_a_list_has_levels_with_boxes() -> None:
    inner = element("ol", element("li", element("p", "b")))
    blocks = _written(element("ul", element("li", element("p", "a"), inner, checked="true")))
    assert [(block["listItem"], block["level"], block.get("checked")) for block in blocks] == [
        ("bullet", 1, True),
        ("number", 2, None),
    ]


def test_list_that_levels_cannot_express_is_an_object() -> None:
    (block,) = _written(element("ol", element("li", element("p", "a"), element("p", "b")), start="3"))
    assert (block["_type"], block["kind"], block["start"]) == ("list", "number", 3)
    assert [part["children"] for part in block["items"][0]["content"]] == [[_span("a")], [_span("b")]]
    two = _written(element("ul", element("li", element("p", "a"))), element("ul", element("li", element("p", "b"))))
    assert [block["_type"] for block in two] == ["block", "list"]


def test_images_galleries_and_players_are_objects() -> None:
    image = element("img", src="https://static.wixstatic.com/media/a.jpg", alt="A tower")
    figure = element("figure", image, element("figcaption", "In ", element("em", "1902")))
    film = element("figure", element("a", "Film", href="https://youtu.be/x"), class_="video")
    local = element("figure", element("img", src="media/b%20c.jpg", alt=""))
    assert _written(figure, element("figure", local, class_="gallery"), film) == [
        {
            "_type": "image",
            "alt": "A tower",
            "_sanityAsset": "image@https://static.wixstatic.com/media/a.jpg",
            "caption": [
                {
                    "_type": "block",
                    "style": "normal",
                    "markDefs": [],
                    "children": [_span("In "), _span("1902", "em")],
                }
            ],
        },
        {"_type": "gallery", "items": [{"_type": "image", "_sanityAsset": "image@file://./media/b%20c.jpg"}]},
        {"_type": "embed", "kind": "video", "title": "Film", "url": "https://youtu.be/x"},
    ]


def test_lost_word_is_detected() -> None:
    post = readers.read(Page("x", data=post_page(p("Clay rests before it is turned."))))[0]
    html = portable_html(json.dumps(_body(post)).replace("turned", ""))
    assert not compare(post.facts, html_facts(html)).lossless
