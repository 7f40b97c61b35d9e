"""Test targets: the contracts of each for every post."""

from __future__ import annotations

import json
import re
import tomllib
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

import markdown as python_markdown
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from support.documented_rules import obsidian_faults, zola_faults
from support.paths import ROOT_DIR
from support.post_pages import h, outcome, p, post_page
from support.ricos_documents import node, written
from support.ricos_documents import p as ricos_p
from support.sign_pages import write_sign_pages
from support.terminal import run
from test_cases import CASES, FOLDERS, source_of
from unwix import readers
from unwix.blog.paths import BadPattern, Paths, parse_pattern
from unwix.model.page import Page
from unwix.model.post import Metadata, Post
from unwix.run.write_post import Options, write
from unwix.writers.front_matter.fields import BadField, parse_changes
from unwix.writers.front_matter.write import front_matter
from unwix.writers.target import url_path
from unwix.writers.targets import MARKDOWN_TARGETS, TARGETS

ROOT = ROOT_DIR
GENERATORS = [name for name in MARKDOWN_TARGETS if name != "markdown"]
FULL = Metadata(
    title="Clay & <b>fire</b>: 1",
    slug="clay-and-fire",
    date="2024-09-27T11:42:11.550Z",
    updated="2024-10-01",
    authors=["Ada Potter", "Lind, Tomas"],
    description="What *burns*, and {{ why }}.",
    categories=["Clay, wet", "News"],
    tags=["two words", "2024", "raku"],
    cover="https://static.wixstatic.com/media/ab12cd_0123456789abcdef0123456789abcdef~mv2.jpg",
    cover_alt="A kiln",
    language="en",
    canonical_url="https://www.example.com/single-post/2024/clay-and-fire",
    reading_minutes=3,
    comments=0,
    translation_id="1e3",
)


# ---- every target says all of every post ----------------------------------------------------------------------------


@cache
def _cases() -> list[Post]:
    posts = [readers.read(Page(f.name, data=source_of(f).read_bytes()))[0] for f in FOLDERS[::2]]
    assert len(posts) > 80
    return posts


@pytest.mark.parametrize("name", GENERATORS)
def test_written_posts_are_read_back_without_loss(name: str) -> None:
    lossy = {
        f"{post.source}: {problem.detail}"
        for post in _cases()
        for problem in write(post, Options(target=name)).fidelity.problems
    }
    plain = {
        f"{post.source}: {problem.detail}" for post in _cases() for problem in write(post, Options()).fidelity.problems
    }
    assert lossy == plain == set()


@pytest.mark.parametrize("name", GENERATORS)
def test_loss_in_a_flavor_is_detected(name: str) -> None:
    """The check itself is tested: a word removed from the output must be reported."""
    post = readers.read(Page("x", data=post_page(p("Clay rests before it is turned.") + h("The kiln"))))[0]
    body = write(post, Options(target=name)).text
    from unwix.fidelity.compare import compare
    from unwix.fidelity.markdown import markdown_facts

    text = MARKDOWN_TARGETS[name].flavor.to_plain_markdown(body.replace("turned", "").rpartition("---\n")[2])
    assert not compare(post.facts, markdown_facts(text)).lossless


@pytest.mark.parametrize("name", GENERATORS)
def test_every_target_aligns_the_columns_of_tables(name: str) -> None:
    source = source_of(CASES / "viewer" / "table-column-alignment")
    post = readers.read(Page(source.name, data=source.read_bytes()))[0]
    body = write(post, Options(target=name)).text
    assert "| :--- | ---: | :---: | --- |" in body
    assert re.search(r"<td align=.right.>", body), "a table with merged cells is HTML, and has the alignment, too"


@pytest.mark.parametrize("name", TARGETS)
def test_a_button_without_url_is_text_and_one_without_label_shows_its_url(name: str) -> None:
    url = "https://www.example.com/visit"
    buttons = ({"type": "ACTION", "text": "Wave"}, {"text": "Go", "link": {"url": ""}}, {"link": {"url": url}})
    text, problems = written(name, *(node("BUTTON", buttonData=data) for data in buttons))
    assert problems == []
    if name == "sanity":
        before = text.partition('"href"')[0]
        assert all(f'"text": "{word}", "marks": []' in before for word in ("Wave", "Go"))
        return
    before = text.rpartition(url)[0]
    assert re.search(r"(?m)^(?:<p>)?Wave(?:</p>)?$", before), text
    assert re.search(r"(?m)^(?:<p>)?Go(?:</p>)?$", before), text
    assert not re.search(r'href=""|\]\(\)|></a>', text), text


@pytest.mark.parametrize("name", [name for name in TARGETS if name not in ("markdown", "jsonl", "obsidian", "sanity")])
def test_a_heading_in_the_title_of_a_collapsible_stays_on_the_line_of_the_triangle(name: str) -> None:
    title = node("COLLAPSIBLE_ITEM_TITLE", node("HEADING", "Firing", headingData={"level": 3}))
    listed = node("COLLAPSIBLE_LIST", node("COLLAPSIBLE_ITEM", title, node("COLLAPSIBLE_ITEM_BODY", ricos_p("A day."))))
    in_item = node("BULLETED_LIST", node("LIST_ITEM", ricos_p("One"), listed))
    for block in (listed, in_item):
        text, problems = written(name, block)
        assert problems == []
        style = r' style=(?:"display:inline"|\{\{display: "inline"\}\})'
        assert re.search(rf"<summary[^>]*><h3{style}(?: class=.wp-block-heading.)?>Firing</h3></summary>", text), text


def test_wordpress_aligns_cells_as_its_editor_does() -> None:
    source = source_of(CASES / "viewer" / "table-column-alignment")
    post = readers.read(Page(source.name, data=source.read_bytes()))[0]
    html = json.loads(write(post, Options(target="wordpress")).text)["html"]
    assert '<td class="has-text-align-right" data-align="right">12 €</td>' in html


def test_a_draftjs_cell_has_the_alignment_of_its_paragraph() -> None:
    cells = [
        {"content": {"blocks": [{"text": text, "type": "unstyled", "data": {"textAlignment": align}}], "entityMap": {}}}
        for text, align in (("Kilometres", "left"), ("14", "right"))
    ]
    rows = [{"columns": [cell]} for cell in cells]
    entity = {"type": "wix-rich-content-plugin-table", "data": {"config": {"rows": rows}}}
    atomic = {"key": "a", "type": "atomic", "text": " ", "entityRanges": [{"offset": 0, "length": 1, "key": 0}]}
    document = {"title": "Walks", "content": {"blocks": [atomic], "entityMap": {"0": entity}}}
    post = readers.read(Page("old.json", data=json.dumps(document).encode()))[0]
    assert "| Kilometres |\n| ---: |\n| 14 |" in write(post, Options()).text


# ---- documented rules -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "faults"), [("zola", zola_faults), ("obsidian", obsidian_faults)])
def test_the_documented_rules_are_kept(name: str, faults: Any, tmp_path: Path) -> None:
    signs = write_sign_pages(tmp_path / "signs", 40)
    result = run("convert", ROOT / "samples", signs, "-o", tmp_path / "out", "--to", name, "--jobs", 0)
    assert result.code in (0, 1), result.err  # fidelity tests what the pages of special characters lose
    rows = json.loads((tmp_path / "out/report.json").read_text(encoding="utf-8"))["posts"]
    assert len(rows) > 60
    texts = {row["output"]: (tmp_path / "out" / row["output"]).read_text(encoding="utf-8") for row in rows}
    assert [fault for output, text in texts.items() for fault in faults(output, text, texts)] == []


def test_documented_rule_checks_detect_faults() -> None:
    bad_zola = "+++\nviews = 3\n+++\n\n{{ youtube(id=1) }}\n"
    assert len([*zola_faults("content/post/a.md", bad_zola)]) == 3
    bad_note = "---\ntags: ['2024']\nimage: {path: a}\n---\n\n#tag and [[link]] %%x%%\n"
    assert len([*obsidian_faults("a#b.md", bad_note)]) == 6


# ---- fields ---------------------------------------------------------------------------------------------------------


def _read(name: str, text: str) -> dict[str, Any]:
    if name == "zola":
        return tomllib.loads(text.removeprefix("+++\n").removesuffix("+++\n"))
    if name == "pelican":
        reader = python_markdown.Markdown(extensions=["meta"])
        reader.convert(text + "\nbody")
        meta: dict[str, Any] = {key: " ".join(value) for key, value in reader.Meta.items()}  # type: ignore[attr-defined]
        return meta
    data: dict[str, Any] = yaml.safe_load(text.removeprefix("---\n").removesuffix("---\n"))
    return data


@pytest.mark.parametrize("name", GENERATORS)
def test_every_known_field_is_written(name: str) -> None:
    front = MARKDOWN_TARGETS[name].front
    text = _read(name, front_matter(FULL, MARKDOWN_TARGETS[name], url="/post/clay-and-fire/"))
    for field in FULL.as_dict():
        place: Any = text
        for part in front.names.get(field, field).removesuffix("[]").split("."):
            place = place[part] if part else "left out on purpose"
        assert place is not None
    if front.url:
        assert text[front.url].strip("/") == "post/clay-and-fire"
    if front.aliases:
        assert text[front.aliases] == ["/single-post/2024/clay-and-fire"]


@pytest.mark.parametrize("name", ["jekyll", "pelican", "mkdocs"])
def test_characters_are_escaped_only_where_they_begin_a_block(name: str) -> None:
    body = h("1. Wedge it", 3) + p("<em>- two kilos</em>") + p("<strong>2. Wait</strong>") + p("- of clay")
    (post,) = readers.read(Page("post.html", data=post_page(body)))
    written = write(post, Options(target=name)).text.splitlines()
    assert [line for line in written if line][-4:] == [
        "### 1. Wedge it", "_- two kilos_", "**2. Wait**", "\\- of clay"
    ]  # fmt: skip


def test_unchanged_url_is_not_an_alias() -> None:
    kept = Metadata(title="A", canonical_url="https://www.example.com/post/a")
    assert "aliases" not in front_matter(kept, MARKDOWN_TARGETS["hugo"], url="/post/a/")


def test_texts_that_other_readers_of_yaml_take_for_numbers_are_quoted() -> None:
    assert "translationKey: '1e3'" in front_matter(FULL, MARKDOWN_TARGETS["hugo"])


def test_pelican_fields_printed_as_html_are_escaped() -> None:
    text = front_matter(FULL, MARKDOWN_TARGETS["pelican"], url="/post/clay-and-fire/")
    assert "Title: Clay &amp; &lt;b&gt;fire&lt;/b&gt;: 1\n" in text
    assert "Authors: Ada Potter; Lind, Tomas\n" in text
    assert "Save_as: post/clay-and-fire/index.html\n" in text


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("hugo", "draft: true"),
        ("jekyll", "published: false"),
        ("eleventy", "permalink: false"),
        ("pelican", "Status: skip"),
    ],
)
def test_a_draft_is_not_published(name: str, expected: str) -> None:
    assert expected in front_matter(Metadata(title="A", slug="a", draft=True), MARKDOWN_TARGETS[name], url="/post/a/")


def test_categories_of_hexo_are_next_to_each_other() -> None:
    """Hexo reads a plain list as one path of nested categories (hexo.io/docs/front-matter)."""
    text = _read("hexo", front_matter(FULL, MARKDOWN_TARGETS["hexo"], url="/post/clay-and-fire/"))
    assert text["categories"] == [["Clay, wet"], ["News"]]


@pytest.mark.parametrize(
    ("name", "folder"),
    [("mdx", "drafts"), ("nuxt", "drafts"), ("vitepress", "drafts"), ("hexo", "source/_drafts")],
)
def test_a_draft_is_in_a_directory_of_drafts(name: str, folder: str) -> None:
    target = MARKDOWN_TARGETS[name]
    place = Paths(target).take(Metadata(title="A", slug="a", date="2024-01-02", draft=True), "x")
    assert place.output == f"{folder}/a{target.suffix}"


@pytest.mark.parametrize("name", ["astro", "mkdocs"])
def test_draft_is_in_a_directory_that_is_not_built(name: str) -> None:
    place = Paths(MARKDOWN_TARGETS[name]).take(Metadata(title="A", slug="a", date="2024-01-02", draft=True), "x")
    assert place.output == "drafts/a.md"


def test_fields_are_renamed_dropped_and_added() -> None:
    changes = parse_changes(["date:created, tags:topics,updated:", "layout=post,toc=true,extra.order=[1, 2]"])
    text = _read("hugo", front_matter(FULL, MARKDOWN_TARGETS["hugo"], changes=changes))
    assert text["topics"] == FULL.tags
    assert text["created"]
    assert not {"date", "tags", "lastmod", "updated"} & text.keys()
    assert (text["layout"], text["toc"], text["extra"]) == ("post", True, {"order": [1, 2]})


@pytest.mark.parametrize("bad", ["date", "data:x", "date:a b", "x y=1", "=1", "layout={", "a..b=1"])
def test_invalid_field_change_is_reported(bad: str) -> None:
    with pytest.raises(BadField, match=r"--field"):
        parse_changes([bad])


_TEXT = st.text(st.characters(blacklist_categories=["Cs"]), max_size=20)


@given(title=_TEXT.filter(bool), tag=_TEXT, description=_TEXT)
def test_no_text_escapes_its_field(title: str, tag: str, description: str) -> None:
    metadata = Metadata(title=title, slug="a", tags=[tag], description=description, authors=["A"])
    for name in GENERATORS:
        if name == "pelican":
            lines = front_matter(metadata, MARKDOWN_TARGETS[name]).splitlines()
            assert len(lines) == len(metadata.as_dict())
            continue
        text = _read(name, front_matter(metadata, MARKDOWN_TARGETS[name]))
        if name != "mkdocs":  # whose titles are HTML
            assert text["title"] == title


# ---- paths ----------------------------------------------------------------------------------------------------------

_HOSTILE = st.one_of(
    _TEXT,
    st.sampled_from(
        ["../../etc/passwd", "/abs", "a/b", "..", ".", "con", "a\\b", "C:x", "\x00", "index", "%2e%2e", "~"]
    ),
)
_PATTERNS = ["{year}/{slug}", "{category}/{author}/{title}", "{lang}/{date}-{slug}", "x/{slug}/index", "{slug}.md"]


@given(slug=_HOSTILE, title=_HOSTILE, category=_HOSTILE, language=_HOSTILE, pattern=st.sampled_from(_PATTERNS))
def test_no_post_leaves_the_output_directory(slug: str, title: str, category: str, language: str, pattern: str) -> None:
    metadata = Metadata(
        title=title, slug=slug, categories=[category], authors=[title], language=language, date="2024-01-02T00:00:00Z"
    )
    for target in MARKDOWN_TARGETS.values():
        for paths in (Paths(target), Paths(target, parse_pattern(pattern, target))):
            places = [paths.take(metadata, "x.html") for _ in range(3)]
            assert len({place.output.casefold() for place in places}) == 3
            for place in places:
                parts = PurePosixPath(place.output).parts
                assert not place.output.startswith("/")
                assert not {"..", "."} & {*parts}
                assert "\\" not in place.output
                assert place.output.endswith(target.suffix)
                assert len(parts) == len(place.output.split("/"))


@pytest.mark.parametrize(
    "bad", ["{nothing}/{slug}", "../{slug}", "/x/{slug}", "{slug", "posts", "C:/{slug}", "a\\{slug}"]
)
def test_invalid_pattern_is_reported(bad: str) -> None:
    with pytest.raises(BadPattern, match=r"--path"):
        parse_pattern(bad, MARKDOWN_TARGETS["hugo"])


@pytest.mark.parametrize(
    ("name", "output", "address"),
    [
        ("hugo", "content/post/a/index.md", "/post/a/"),
        ("hugo", "content/post/a/index.de.md", "/de/post/a/"),
        ("jekyll", "_posts/2024-01-02-a.md", "/post/a/"),
        ("jekyll", "post/a.md", "/post/a/"),
        ("astro", "src/content/blog/de/a.md", "/blog/de/a/"),
        ("eleventy", "content/de/post/a.md", "/de/post/a/"),
        ("mkdocs", "docs/post/a.md", "/post/a/"),
        ("pelican", "content/a.md", "/post/a/"),
        ("zola", "content/post/a/index.md", "/post/a/"),
        ("mdx", "posts/a.mdx", "/posts/a"),
        ("hexo", "source/_posts/de/a.md", "/post/de/a/"),
        ("vitepress", "docs/posts/a.md", "/posts/a.html"),
        ("nuxt", "content/posts/a.md", "/posts/a"),
    ],
)
def test_the_file_states_the_url(name: str, output: str, address: str) -> None:
    assert url_path(MARKDOWN_TARGETS[name], output) == address


def test_user_patterns_are_below_the_directory_of_the_generator() -> None:
    post = Metadata(title="A", slug="a", date="2024-01-02")
    made = {
        name: Paths(t, parse_pattern("{year}/{slug}", t)).take(post, "x").output for name, t in MARKDOWN_TARGETS.items()
    }
    assert made["hugo"] == "content/2024/a/index.md"
    assert made["jekyll"] == "_posts/2024/2024-01-02-a.md"
    assert made["astro"] == "src/content/blog/2024/a.md"
    assert made["mdx"] == "2024/a.mdx"
    assert made["markdown"] == "2024/a.md"


# ---- the command line -----------------------------------------------------------------------------------------------


def test_the_shortcode_is_written_when_a_post_needs_it_and_an_own_one_stays(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.html").write_bytes(post_page(p("Plain words.")))
    shortcode = tmp_path / "site/layouts/shortcodes/rawhtml.html"
    assert run("convert", tmp_path / "in", "-o", tmp_path / "site", "--to", "hugo", "--jobs", 0).code == 0
    assert not shortcode.exists()
    (tmp_path / "in/b.html").write_bytes(post_page(p("m<sup>2</sup>"), "Another", "another"))
    shortcode.parent.mkdir(parents=True)
    shortcode.write_text("my own {{ .Inner }}", encoding="utf-8")
    assert run("convert", tmp_path / "in", "-o", tmp_path / "site", "--to", "hugo", "--jobs", 0).code == 0
    assert shortcode.read_text(encoding="utf-8") == "my own {{ .Inner }}"
    assert "{{< rawhtml >}}<sup>2</sup>{{< /rawhtml >}}" in (tmp_path / "site/content/post/another/index.md").read_text(
        encoding="utf-8"
    )


def test_user_errors_are_one_sentence(tmp_path: Path) -> None:
    result = run("convert", ROOT / "samples", "-o", tmp_path, "--to", "hugo", "--path", "../{slug}")
    assert result.code == 2
    assert result.err == "unwix: --path '../{slug}' leads out of the output directory; give a path below it.\n"
    result = run("convert", ROOT / "samples", "-o", tmp_path, "--to", "hugo", "--field", "datum:created")
    assert result.code == 2
    assert result.err == (
        "unwix: --field 'datum:created': there is no field 'datum'. docs/front-matter.md lists the fields.\n"
    )


def test_a_blog_in_two_languages_is_distinguished_by_its_urls(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    site = "https://www.potter-lane.example"
    for n in range(3):
        (folder / f"en{n}.html").write_bytes(post_page(p("Clay must rest."), f"Post {n}", f"post-{n}"))
    german = post_page(p("Ton muss ruhen."), "Beitrag", "beitrag", url=f"{site}/de/post/beitrag", lang="de")
    (folder / "de.html").write_bytes(german)
    assert outcome(german).posts[0].metadata.language == "de"
    # A page that only states another language is not separated.
    (folder / "fr.html").write_bytes(post_page(p("L’argile."), "Argile", "argile", lang="fr"))
    assert run("convert", folder, "-o", tmp_path / "out", "--to", "hugo", "--jobs", 0).code == 0
    made = {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out/content").rglob("*.md")}
    assert "content/post/beitrag/index.de.md" in made
    assert "content/post/argile/index.md" in made
    assert "content/post/post-0/index.md" in made
