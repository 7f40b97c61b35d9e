"""Test targets with the real renderers of their systems: each post renders, and the HTML has the whole post.

mdx: @mdx-js/mdx and remark-gfm. vitepress: its Markdown renderer and Vue. nuxt: the parser of Nuxt Content, MDC. hexo:
Hexo with the renderer of its starter.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

from support.paths import ROOT_DIR, SHARED_DIR
from support.post_pages import one_post, p, post_page
from support.programs import NODE, node_package, program
from support.proofs import blocks_of, prove_blocks, proves
from support.sign_pages import write_sign_pages
from test_cases import FOLDERS, source_of
from unwix import readers
from unwix.fidelity.compare import compare
from unwix.fidelity.markdown import html_facts
from unwix.model.errors import UnwixError
from unwix.model.page import Page
from unwix.model.post import Post
from unwix.model.skipped import Skipped
from unwix.run.write_post import Options, write
from unwix.writers.markdown.read_back import PLAYER, player_link
from unwix.writers.targets.mdx import jsx

PACKAGES = {
    "mdx": ("@mdx-js/mdx", "remark-gfm"),
    "vitepress": ("vitepress", "vue"),
    "nuxt": ("@nuxtjs/mdc", "remark-emoji"),
    "hexo": ("hexo", "hexo-renderer-marked"),
}
#: Changes of a target's edits, by the kind of their note.
EDITED = {
    "headings-lowered": ("heading levels",),
    "cover-removed": ("images:", "alts:", "captions:"),
    "mark-extended": ("bold:", "italic:", "links:"),
}
#: The beginnings of comparison results that a renderer causes for any Markdown. Nuxt's parser writes the paragraphs of a
#: list item as lines of one (`li` with `br`), also those of a loose list.
RENDERER_CAUSED = {"nuxt": ("paragraphs that were joined",)}
CORPUS = SHARED_DIR / "corpus" / "pages"


def _posts(files: Iterable[Path]) -> dict[str, Post]:
    posts: dict[str, Post] = {}
    for file in files:
        try:
            found = readers.read(Page(file.name, path=file))
        except (Skipped, UnwixError):
            continue
        posts |= {f"{file}#{number}": post for number, post in enumerate(found)}
    return posts


def _rendered(target: str, bodies: dict[str, str]) -> dict[str, dict[str, str]]:
    for name in PACKAGES[target]:
        node_package(name)
    result = subprocess.run(
        [program("node"), str(NODE / f"{target}.mjs")],
        input=json.dumps(bodies),
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    results: dict[str, dict[str, str]] = json.loads(result.stdout)
    return results


def _faults(target: str, posts: dict[str, Post]) -> list[str]:
    """Return posts that do not render, and what is lost between the source and the rendered HTML."""
    written = {name: write(post, Options(target=target)) for name, post in posts.items()}
    results = _rendered(target, {name: post.body for name, post in written.items()})
    faults = [f"{name}: {result['error']}" for name, result in results.items() if "error" in result]
    for name, post in posts.items():
        if "html" in results[name]:
            facts = html_facts(re.sub(PLAYER, player_link, results[name]["html"]))
            edited = tuple(part for edit in written[name].problems for part in EDITED.get(edit.kind, ()))
            edited += RENDERER_CAUSED.get(target, ())
            faults += [
                f"{name}: {problem.detail}"
                for problem in compare(post.facts, facts).problems
                if not problem.detail.startswith(edited)
            ]
    return faults


@pytest.mark.tools
@pytest.mark.parametrize("target", PACKAGES)
@proves(
    {
        "mdx": ("@mdx-js/mdx", "gallery video collapsible table code"),
        "hexo": ("Hexo's renderer", "gallery video collapsible table code"),
        "vitepress": ("VitePress's renderer and Vue", "gallery video collapsible table code"),
        "nuxt": ("Nuxt Content's parser", "gallery video collapsible table code"),
    }
)
def test_cases_and_samples_render_without_loss(target: str, tmp_path: Path) -> None:
    files = [*map(source_of, FOLDERS), *sorted((ROOT_DIR / "samples").rglob("*"))]
    files += sorted(write_sign_pages(tmp_path, 60).iterdir())
    posts = _posts(file for file in files if file.is_file())
    assert len(posts) > 250
    prove_blocks(_faults(target, posts), [blocks_of(post.article) for post in posts.values()])


@pytest.mark.tools
@pytest.mark.skipif(not CORPUS.is_dir(), reason=f"the shared corpus is not here ({CORPUS})")
@pytest.mark.parametrize("target", PACKAGES)
def test_corpus_posts_render_without_loss(target: str) -> None:
    posts = _posts(path for path in sorted(CORPUS.rglob("*")) if path.is_file())
    assert len(posts) > 40
    assert _faults(target, posts) == []


@pytest.mark.tools
@pytest.mark.parametrize("target", PACKAGES)
def test_lost_word_is_detected(target: str) -> None:
    post = one_post(post_page(p("Clay rests before it is turned.")))
    body = write(post, Options(target=target)).body.replace("turned", "")
    html = _rendered(target, {"x": body})["x"]["html"]
    assert not compare(post.facts, html_facts(html)).lossless


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a < 3 {x} <b>", "a &lt; 3 \\{x\\} &lt;b>"),
        ("import fs from here", "&#105;mport fs from here"),
        ("export it", "&#101;xport it"),
        ("important", "important"),
    ],
)
def test_text_is_not_mdx_code(text: str, written: str) -> None:
    escaped = text.replace("<", "&lt;")
    assert write(one_post(post_page(p(escaped))), Options(target="mdx")).body == written + "\n"


def test_html_is_jsx() -> None:
    markup = '<td colspan="2"><img src="a&amp;b"><br>2 * 3 &amp; {x}</td><!-- note -->'
    assert jsx(markup) == '<td colSpan="2"><img src="a&amp;b" /><br />{"2 * 3 & {x}"}</td>{/* note */}'
    assert jsx("<pre><code>if x:&#10;  y</code></pre>") == '<pre><code>{"if x:\\n  y"}</code></pre>'


@pytest.mark.parametrize(
    ("target", "text", "written"),
    [
        ("vitepress", "{{ x }}", "<div v-pre>\n\n\\{\\{ x }}\n\n</div>\n"),
        ("vitepress", "Well :) and :tada:", "Well &#58;) and &#58;tada:\n"),
        ("nuxt", "see :note and {x}", "see &#58;note and \\{x\\}\n"),
        ("nuxt", ":smile:", "&#58;<!-- -->smile:\n"),
        ("hexo", "{{ x }} and {% y %}", "&#123;{ x }} and &#123;% y %}\n"),
    ],
)
def test_text_is_not_a_template(target: str, text: str, written: str) -> None:
    assert write(one_post(post_page(p(text))), Options(target=target)).body == written
