"""Test `--to wordpress` and `--to ghost`: one file that the blog system imports, compared with the posts."""

from __future__ import annotations

import json
import re
import subprocess
from copy import deepcopy
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from lxml import etree

from support import block_samples as samples
from support.ghost_cards import without_interface
from support.paths import ROOT_DIR, TESTS_DIR
from support.post_pages import p as paragraph
from support.post_pages import picture, post_page, save
from support.programs import node_package, program
from support.ricos_documents import item, node, p, read, text
from support.terminal import on_a_terminal, run
from support.wix_api import post as api_post
from unwix.fidelity.compare import compare
from unwix.fidelity.markdown import html_facts
from unwix.model.article import element
from unwix.model.page import Page
from unwix.model.post import Metadata
from unwix.readers import read as read_posts
from unwix.writers.import_files.ghost_json import ghost_json as ghost
from unwix.writers.import_files.import_format import FileLimits
from unwix.writers.import_files.import_html import import_html
from unwix.writers.import_files.records import Record, record_of
from unwix.writers.import_files.same_names import SameNames
from unwix.writers.import_files.wxr_files import wxr_files
from unwix.writers.permalinks import permalinks_of
from unwix.writers.slugs import Slugs, transliterated_slug
from unwix.writers.targets.imports.ghost import GhostHtml
from unwix.writers.targets.imports.wordpress import WordPressHtml

FORMS = {"wordpress": WordPressHtml, "ghost": GhostHtml}
ROOT = ROOT_DIR
SAMPLES = ROOT / "samples"
NODE = TESTS_DIR / "node"
NS = {
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "excerpt": "http://wordpress.org/export/1.2/excerpt/",
    "wp": "http://wordpress.org/export/1.2/",
}
PICTURE = "https://static.wixstatic.com/media/ab12cd_0123456789abcdef0123456789abcdef~mv2.jpg"


def items(xml: str | bytes, kind: str = "post") -> list[etree._Element]:
    root = etree.fromstring(xml.encode() if isinstance(xml, str) else xml)
    return [found for found in root.iter("item") if found.findtext("wp:post_type", namespaces=NS) == kind]


def text_in(found: etree._Element, name: str) -> str | None:
    return found.findtext(name, namespaces=NS)


def terms(found: etree._Element, domain: str) -> list[str | None]:
    return [c.text for c in found.iter("category") if c.get("domain") == domain]


def wxr(*records: Record) -> str:
    """Return the one file of these records."""
    (text,) = wxr_files(lambda: iter(records), FileLimits())
    return text


def made(*records: Record) -> tuple[etree._Element, dict[str, Any]]:
    """Return the first post of both files that are made of records."""
    xml = wxr(*records)
    data = json.loads("".join(ghost(lambda: iter(records))))["db"][0]["data"]
    return items(xml)[0], data


# ---- a whole run ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def wordpress(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wordpress")
    result = run("convert", SAMPLES, "-o", out, "--to", "wordpress", "-j", 0)
    assert result.code == 0, result
    return out


@pytest.fixture(scope="module")
def ghost_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("ghost")
    assert run("convert", SAMPLES, "-o", out, "--to", "ghost", "-j", 0).code == 0
    return out


def rows(folder: Path) -> list[dict[str, Any]]:
    data: list[dict[str, Any]] = json.loads((folder / "report.json").read_text(encoding="utf-8"))["posts"]
    return data


def test_every_sample_is_in_the_file_and_lossless(wordpress: Path, ghost_folder: Path) -> None:
    posts = items((wordpress / "wordpress.xml").read_bytes())
    assert len(posts) == len(rows(wordpress)) > 30
    assert all(row["result"] != "lossy" for row in (*rows(wordpress), *rows(ghost_folder)))
    assert [f"wordpress.xml!/{text_in(post, 'wp:post_name')}" for post in posts] == [
        r["output"] for r in rows(wordpress)
    ]
    data = json.loads((ghost_folder / "ghost.json").read_text(encoding="utf-8"))["db"][0]["data"]
    assert [f"ghost.json!/{post['slug']}" for post in data["posts"]] == [row["output"] for row in rows(ghost_folder)]


@pytest.mark.parametrize("name", ["2024-building-a-clay-oven", "2025-which-clay-for-what", "2025-hebrew-lentil-soup"])
def test_import_file_contains_the_text_of_each_post(name: str, tmp_path: Path) -> None:
    source = SAMPLES / f"saved/{name}.html"
    post = read_posts(Page("x", path=source))[0]
    for target in ("wordpress", "ghost"):
        assert run("convert", source, "-o", tmp_path / target, "--to", target, "-j", 0).code == 0
    elements = items((tmp_path / "wordpress/wordpress.xml").read_bytes())[0]
    data = json.loads((tmp_path / "ghost/ghost.json").read_text(encoding="utf-8"))["db"][0]["data"]
    there, meta = data["posts"][0], post.metadata
    assert text_in(elements, "title") == there["title"] == meta.title
    assert (text_in(elements, "wp:post_name"), there["slug"]) == (meta.slug, transliterated_slug(meta.slug or ""))
    assert (meta.date or "")[:19].replace("T", " ") == text_in(elements, "wp:post_date_gmt") == there["published_at"]
    assert text_in(elements, "excerpt:encoded") == there.get("custom_excerpt", "") == (meta.description or "")
    names = {tag["id"]: tag["name"] for tag in data["tags"]}
    assert [names[row["tag_id"]] for row in data["posts_tags"]] == [*meta.categories, *meta.tags]
    assert terms(elements, "category") == meta.categories
    assert [user["name"] for user in data["users"]] == meta.authors[:1]
    for target, html in (("wordpress", text_in(elements, "content:encoded")), ("ghost", there["html"])):
        assert compare(post.facts, html_facts(FORMS[target].read_back(html or ""))).lossless


def test_the_same_run_gives_the_same_bytes_and_an_edited_file_is_kept(tmp_path: Path) -> None:
    save(tmp_path / "in", 2)
    for _ in range(2):
        assert run("convert", tmp_path / "in", "-o", tmp_path / "out", "--to", "ghost", "-j", 0).code == 0
    path = tmp_path / "out/ghost.json"
    first = path.read_bytes()
    path.write_text("mine")
    result = run("convert", tmp_path / "in", "-o", tmp_path / "out", "--to", "ghost", "-j", 0)
    assert "unwix: ghost.json: kept (edited); the new version is in ghost.json.new." in result.err.splitlines()
    assert (path.read_text(), path.with_suffix(".json.new").read_bytes()) == ("mine", first)


def test_images_are_attachments_once_and_the_cover_is_one_of_them(tmp_path: Path) -> None:
    for name in ("a", "b"):
        raw = post_page(paragraph("Words.") + picture("A pot", "Mine"), name.upper(), name)
        (tmp_path / f"{name}.html").write_bytes(raw)
    assert run("convert", tmp_path, "-o", tmp_path / "out", "--to", "wordpress", "-j", 0).code == 0
    xml = (tmp_path / "out/wordpress.xml").read_bytes()
    elements = items(xml, "attachment")
    addresses = [text_in(one, "wp:attachment_url") for one in elements]
    assert PICTURE in addresses
    assert len(addresses) == len(set(addresses))
    numbers = [text_in(one, "wp:post_id") for one in (*items(xml), *elements)]
    assert len(numbers) == len(set(numbers))
    assert len({text_in(one, "title") for one in elements}) == len(elements), (
        "the importer takes equal titles for one file"
    )
    number = next(text_in(one, "wp:post_id") for one in elements if text_in(one, "wp:attachment_url") == PICTURE)
    body = str(text_in(items(xml)[0], "content:encoded"))
    assert f'<!-- wp:image {{"id":{number},"sizeSlug":"full","linkDestination":"none"}} -->' in body
    assert f'<img src="{PICTURE}" alt="A pot" class="wp-image-{number}"/>' in body


def test_ghosts_images_can_be_copied_next_to(tmp_path: Path) -> None:
    made = run("convert", SAMPLES / "browser", "-o", tmp_path, "--to", "ghost", "-j", 0, "--media", "list")
    assert made.code == 0
    assert json.loads((tmp_path / "media.json").read_text(encoding="utf-8"))


# ---- fields ---------------------------------------------------------------------------------------------------------


def record(**fields: Any) -> Record:
    article = read(p("Words."))[0]
    return record_of(Metadata(**{"title": "Pots", **fields}), "pots", "<p>Words.</p>", article)


def test_missing_fields_are_not_invented() -> None:
    post, data = made(record())
    assert text_in(post, "wp:post_date") == ""
    assert text_in(post, "dc:creator") is None
    assert data["posts"] == [
        {
            "id": "1",
            "title": "Pots",
            "slug": "pots",
            "html": "<p>Words.</p>",
            "type": "post",
            "status": "published",
            "visibility": "public",
        }
    ]
    assert [data[table] for table in ("tags", "users", "posts_tags", "posts_authors", "posts_meta")] == [[]] * 5


@pytest.mark.parametrize(
    ("fields", "status", "state"),
    [
        ({}, "publish", ("published", "public")),
        ({"draft": True, "scheduled": True, "date": "2090-01-01"}, "future", ("draft", "public")),
        ({"pricing_plans": ["gold"]}, "private", ("published", "paid")),
    ],
)
def test_drafts_and_restricted_posts_stay_hidden(fields: dict[str, Any], status: str, state: tuple[str, str]) -> None:
    post, data = made(record(**fields))
    assert text_in(post, "wp:status") == status
    assert (data["posts"][0]["status"], data["posts"][0]["visibility"]) == state


def test_dates_are_utc_and_a_day_begins_at_midnight() -> None:
    post, data = made(record(date="2024-09-27T11:42:11.550+02:00", updated="2024-09-28"))
    assert text_in(post, "wp:post_date_gmt") == data["posts"][0]["published_at"] == "2024-09-27 09:42:11"
    assert data["posts"][0]["updated_at"] == "2024-09-28 00:00:00"


def test_names_of_all_scripts_have_slugs_of_their_own() -> None:
    slugs = Slugs("category")
    assert [slugs.of(name) for name in ("Töpfe", "Topfe", "陶器", "Töpfe")] == [
        "topfe",
        "topfe-2",
        "category-3",
        "topfe",
    ]
    post, data = made(record(authors=["Ада", "Ben"], categories=["陶器"], tags=["Clay", "陶器"]))
    assert text_in(post, "dc:creator") == "ada"
    assert terms(post, "category") == ["陶器"]
    assert {(user["name"], user["email"]) for user in data["users"]} == {
        ("Ада", "ada@authors.invalid"),
        ("Ben", "ben@authors.invalid"),
    }
    assert [row["tag_id"] for row in data["posts_tags"]] == ["tao-qi", "clay"], "a name is one tag, and once"


def test_spellings_of_one_name_are_one_term_and_are_reported(tmp_path: Path) -> None:
    posts = [
        api_post(number, richContent={"nodes": [p(f"Pot number {number} is dry.")]}, hashtags=names)
        for number, names in enumerate(
            (["Kiln", "C++"], ["kiln", "KILN", "C#", "Wood-fired  pots"], ["wood fired pots"])
        )
    ]
    source = tmp_path / "posts.json"
    source.write_text(json.dumps({"posts": posts}), encoding="utf-8")
    for target in ("ghost", "wordpress"):
        result = run("convert", source, "-o", tmp_path / target, "--to", target, "-j", 0)
        assert "“Kiln” stands for “kiln” and “KILN”, too" in result.out + result.err
        report = json.loads((tmp_path / target / "report.json").read_text("utf-8"))
        assert report["merged_names"] == {"Kiln": ["kiln", "KILN"], "Wood-fired pots": ["wood fired pots"]}
    found = items((tmp_path / "wordpress/wordpress.xml").read_bytes())
    expected = [["Kiln", "C++"], ["Kiln", "C#", "Wood-fired pots"], ["Wood-fired pots"]]
    assert [terms(post, "post_tag") for post in found] == expected
    data = json.loads((tmp_path / "ghost/ghost.json").read_text("utf-8"))["db"][0]["data"]
    names = {tag["id"]: tag["name"] for tag in data["tags"]}
    tagged = [(row["post_id"], names[row["tag_id"]]) for row in data["posts_tags"]]
    assert tagged == [(str(number), name) for number, post in enumerate(expected, 1) for name in post]


def test_a_name_of_one_spelling_stays_as_it_is() -> None:
    records = [record(tags=["Kiln", "Café", "Cafe", "C++", "C#", "-"]), record(tags=["Kiln"], categories=["kiln"])]
    merging = SameNames((("categories",), ("tags",)))
    assert [*merging.of(lambda: iter(records))()] == records
    assert [*merging.merged()] == []


def test_values_that_ghost_would_refuse_are_left_out() -> None:
    data = made(record(description="x" * 400, cover_alt="y" * 200, cover=PICTURE))[1]
    assert "custom_excerpt" not in data["posts"][0]
    assert data["posts_meta"] == [{"post_id": "1", "meta_description": "x" * 400}]


def test_a_title_with_tags_is_text_in_wordpress() -> None:
    for title, written in {
        "Why <b> is not <strong>": "Why &lt;b&gt; is not &lt;strong&gt;",
        "The entity &amp; its friends": "The entity &amp;amp; its friends",
        "Salt & pepper, 3 < 4": "Salt & pepper, 3 < 4",
    }.items():
        assert text_in(made(record(title=title))[0], "title") == written


@pytest.mark.parametrize("title", ["<b>tag</b>", "3 < 4 & &amp; <i>5</i>", "&lt;tag&gt;", "a &copy b", "<!-- x -->"])
@pytest.mark.parametrize("target", ["wordpress", "ghost"])
def test_any_title_is_read_back(title: str, target: str, tmp_path: Path) -> None:
    source = tmp_path / "post.html"
    source.write_bytes(post_page(paragraph("Two words."), title=escape(title)))
    result = run("convert", source, "-o", tmp_path / "out", "--to", target)
    assert result.code == 0, result.err


def test_characters_that_xml_cannot_contain_are_removed() -> None:
    odd = record(title="A ]]> B \x0b \ud800 & < c", description="]]>")
    post = items(wxr(odd))[0]
    assert text_in(post, "title") == "A ]]> B � � & < c"
    assert text_in(post, "excerpt:encoded") == "]]>"


# ---- the body -------------------------------------------------------------------------------------------------------


def html_of(target: str, *nodes: Any) -> str:
    return import_html(read(*nodes)[0], FORMS[target])


def test_wordpress_finds_no_shortcode_in_the_authors_text() -> None:
    made = html_of("wordpress", p("See [gallery ids=1] and [x]"))
    assert made == "<!-- wp:paragraph -->\n<p>See &#91;gallery ids=1] and &#91;x]</p>\n<!-- /wp:paragraph -->"


def film(title: str = "") -> Any:
    address = "https://www.youtube.com/watch?v=abcdefghijk"
    return node("VIDEO", videoData={"video": {"src": {"url": address}}, "title": title})


def test_videos_use_the_player_of_each_system() -> None:
    embed = html_of("wordpress", film())
    assert embed.startswith('<!-- wp:embed {"url":"https://www.youtube.com/watch?v=abcdefghijk","type":"video",')
    assert "\nhttps://www.youtube.com/watch?v=abcdefghijk\n</div></figure>\n<!-- /wp:embed -->" in embed
    assert html_of("ghost", film()) == (
        '<figure class="kg-card kg-embed-card">'
        '<iframe src="https://www.youtube-nocookie.com/embed/abcdefghijk" title="Video from youtube.com"'
        ' width="200" height="113" frameborder="0" allowfullscreen></iframe></figure>'
    )


def test_ghost_gets_html_cards_for_other_blocks() -> None:
    for name in ("TABLE_CELL", "COLLAPSIBLE_ITEM_TITLE"):
        made = html_of("ghost", *samples.NODES[name])
        assert made.startswith("<!--kg-card-begin: html-->\n"), name
        assert made.count("kg-card-begin") == made.count("kg-card-end") == 1, "a card in a card would end it"
    assert html_of("ghost", node("BULLETED_LIST", item(p("one"))), p("b")) == "<ul><li>one</li></ul>\n\n<p>b</p>"
    assert html_of("ghost", node("BULLETED_LIST", item(p("one"), p("two")))).startswith("<!--kg-card-begin")


def _figure(*children: etree._Element | None, kind: str | None = None) -> etree._Element:
    return element("figure", *children, class_=kind)


def _image(number: int, **size: str) -> etree._Element:
    return element("img", src=f"https://static.wixstatic.com/media/{number}.jpg", alt=f"Pot {number}", **size)


_SIZE = {"width": "600", "height": "400"}
_HREF = "https://www.example.com/"
#: Blocks, and Ghost's card for each; None: the card would lose something.
_CARDS: list[tuple[etree._Element, str | None]] = [
    (_figure(*(_figure(_image(n, **_SIZE)) for n in range(10)), kind="gallery"), "gallery"),
    (_figure(_figure(_image(1)), kind="gallery"), None),
    (_figure(_figure(_image(1, **_SIZE), element("figcaption", "Clay")), kind="gallery"), None),
    (_figure(_figure(element("a", _image(1, **_SIZE), href=_HREF)), kind="gallery"), None),
    (element("p", element("a", "Book", href=_HREF), class_="button"), "button"),
    (element("p", element("a", element("strong", "Book"), href=_HREF), class_="button"), None),
    (element("details", element("summary", "Lift?"), element("p", "No.")), "toggle"),
    (element("details", element("summary", "Lift?"), element("p", "No, ", element("em", "sorry"), ".")), None),
    (element("details", element("summary", "Lift?"), element("p", "a < b & c")), None),
    (element("details", element("summary", "Lift?"), element("p", "No."), element("p", "Yes.")), None),
    (_figure(element("a", href=_HREF + "a.mp4"), element("figcaption", "Fire"), kind="video"), "video"),
    (_figure(element("a", "Fire", href=_HREF + "a.mp4"), kind="video"), None),
    (_figure(element("a", "Horn", href=_HREF + "a.mp3"), element("figcaption", "Fog"), kind="audio"), "audio"),
    (_figure(element("a", "Fog & horn", href=_HREF + "a.mp3"), kind="audio"), None),
    (_figure(element("a", "The <b> keeper", href=_HREF + "?a=1&b=2"), kind="embed"), "bookmark"),
    (_figure(element("a", href="https://vimeo.com/12345678"), element("figcaption", "c"), kind="video"), "embed"),
    (
        _figure(
            element("a", href="https://vimeo.com/12345678"), element("figcaption", element("sup", "c")), kind="video"
        ),
        None,
    ),
]


@pytest.mark.parametrize(("block", "card"), _CARDS)
def test_ghost_gets_native_cards_without_loss(block: etree._Element, card: str | None) -> None:
    made = import_html(element("article", deepcopy(block)), GhostHtml)
    cards = set(re.findall(r'class="kg-card kg-(\w+)-card', made))
    assert cards == ({card} if card else set()), made


def test_ghost_gallery_has_at_most_nine_images() -> None:
    made = import_html(element("article", deepcopy(_CARDS[0][0])), GhostHtml)
    assert [card.count("<img") for card in made.split("\n\n")] == [9, 1]


def test_ghost_does_not_join_two_lists() -> None:
    lists = (element(tag, element("li", element("p", "a"))) for tag in ("ul", "ul", "ol"))
    made = import_html(element("article", *lists), GhostHtml)
    divider = "<!--kg-card-begin: html-->\n<!-- -->\n<!--kg-card-end: html-->"
    assert made == f"<ul><li>a</li></ul>\n\n{divider}\n\n<ul><li>a</li></ul>\n\n<ol><li>a</li></ol>"


def test_link_targets_exist_in_the_page() -> None:
    place = (
        p(text("see", {"type": "ANCHOR", "anchorData": {"anchor": "h1"}})),
        node("HEADING", "The way", key="h1", headingData={"level": 2}),
    )
    assert '<h2 class="wp-block-heading" id="the-way">The way</h2>' in html_of("wordpress", *place)
    assert html_of("ghost", *place) == '<p><a href="#the-way">see</a></p>\n\n<h2>The way</h2>', "Ghost's own id"
    twice = (*place, node("HEADING", "The way", key="h2", headingData={"level": 2}))
    assert '<a id="the-way-2"></a>\n<!--kg-card-end: html-->\n\n<h2>The way</h2>' in html_of("ghost", *twice)


_BLOCK = re.compile(r"<!-- (/?)wp:([a-z/-]+)( \{.*?\})? (/?)-->")


@pytest.mark.parametrize("name", samples.NODES)
def test_wordpress_blocks_are_nested_and_cover_the_whole_body(name: str) -> None:
    """Nothing is outside a block: the editor would show it as a classic block."""
    body = html_of("wordpress", *samples.NODES[name])
    open_blocks: list[str] = []
    at = 0
    for match in _BLOCK.finditer(body):
        if not open_blocks:
            assert not body[at : match.start()].strip()
        if match[3]:
            assert isinstance(json.loads(match[3]), dict)
        if match[1]:
            assert open_blocks.pop() == match[2]
        elif not match[4]:
            open_blocks.append(match[2])
        at = match.end()
    assert (open_blocks, body[at:].strip()) == ([], "")


def test_wordpress_has_a_block_for_everything_that_an_editor_has_one_for() -> None:
    body = "".join(html_of("wordpress", *nodes) for nodes in samples.NODES.values())
    blocks = {match[2] for match in _BLOCK.finditer(body)}
    assert blocks >= {
        "paragraph", "heading", "list", "list-item", "quote", "code", "separator", "table", "image", "gallery",
        "embed", "audio", "details", "buttons", "button", "file",
    }  # fmt: skip


def test_a_gallery_of_wordpress_has_images_only() -> None:
    """The editor calls a gallery with other content invalid."""
    poster = _figure(element("a", _image(2), href=_HREF + "a.mp4"), kind="video")
    film = _figure(element("a", href=_HREF + "b.mp4"), kind="video")
    gallery = _figure(_figure(_image(1)), poster, film, _figure(_image(3)), kind="gallery")
    body = import_html(element("article", gallery), WordPressHtml)
    assert [match[2] for match in _BLOCK.finditer(body) if not match[1]] == [
        "gallery", "image", "image", "video", "gallery", "image",
    ]  # fmt: skip


def test_wordpress_accepts_an_empty_post_with_its_slug_as_title() -> None:
    assert text_in(made(record_of(Metadata(), "pots", "", read(p("x"))[0]))[0], "title") == "pots"
    assert text_in(made(record(title=None))[0], "title") == ""


def test_the_editor_of_wordpress_finds_one_text_in_a_collapsibles_title() -> None:
    body = html_of("wordpress", *samples.NODES["COLLAPSIBLE_ITEM_TITLE"])
    assert '<summary><h3 style="display:inline" class="wp-block-heading">Parking</h3></summary>' in body
    assert '"showDownloadButton":false} -->' in html_of("wordpress", *samples.NODES["FILE"])


def test_a_placeholder_is_in_the_editor_and_not_on_the_page() -> None:
    body = html_of("wordpress", *samples.NODES["EXTERNAL"])
    assert re.fullmatch(r'<!-- wp:unwix/missing \{"text":"block of an external app[^<>]*"\} /-->', body)


def test_plugins_find_the_seo_fields() -> None:
    post, _ = made(record(seo_title="Pots, cheap", seo_description="All about pots"))
    meta = {text_in(row, "wp:meta_key"): text_in(row, "wp:meta_value") for row in post.iterfind("wp:postmeta", NS)}
    assert meta["_yoast_wpseo_title"] == meta["rank_math_title"] == meta["_aioseo_title"] == "Pots, cheap"
    assert meta["_yoast_wpseo_metadesc"] == "All about pots"


def test_wordpress_accepts_the_user_name_of_every_author() -> None:
    """WordPress keeps only ASCII in a user name, and refuses the second of two that are equal then."""
    authors = ["김하늘", "박바다", "Zoë Ånd", "秋"]
    root = etree.fromstring(wxr(record(authors=authors)).encode())
    rows = root.findall(".//wp:author", NS)
    logins = [text_in(row, "wp:author_login") for row in rows]
    assert [text_in(row, "wp:author_display_name") for row in rows] == authors
    assert logins == ["gimhaneul", "bagbada", "zoe-and", "qiu"]
    assert permalinks_of("wordpress").list_page("author", "김하늘") == "/author/gimhaneul/"
    assert permalinks_of("wordpress").list_page("category", "꿀") == f"/category/{quote('꿀')}/"


def test_a_date_with_a_zone_is_local_and_utc() -> None:
    post, _ = made(record(date="2024-03-01T00:30:00+05:30"))
    assert text_in(post, "wp:post_date") == "2024-03-01 00:30:00"
    assert text_in(post, "wp:post_date_gmt") == "2024-02-29 19:00:00"


@pytest.mark.parametrize(
    ("slug", "wordpress_slug", "ghost_slug"),
    [
        ("möhren-säen", "mohren-saen", "mohren-saen"),
        ("straße-łódź-ærø", "strasse-lodz-aero", "strasse-lodz-aero"),
        ("도시-양봉", "도시-양봉", "dosi-yangbong"),
        ("秋の夜", "秋の夜", "qiu-no-ye"),
        ("50-%-off", "50-off", "50-off"),
    ],
)
def test_slugs_are_those_that_the_system_keeps(slug: str, wordpress_slug: str, ghost_slug: str, tmp_path: Path) -> None:
    """File, links between posts and redirects have the same slug."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.html").write_bytes(post_page(paragraph("Words."), "A", slug))
    link = f'<a href="https://www.potter-lane.example/post/{slug}">there</a>'
    (tmp_path / "in/b.html").write_bytes(post_page(paragraph(link), "B", "b"))
    for target, slug_function in (("wordpress", wordpress_slug), ("ghost", ghost_slug)):
        out = tmp_path / target
        assert run("convert", tmp_path / "in", "-o", out, "--to", target, "-j", 0).code == 0
        file = (out / rows(out)[0]["output"].partition("!")[0]).read_text(encoding="utf-8")
        assert f"!/{slug_function}" in "".join(row["output"] + "\n" for row in rows(out))
        assert f"/{quote(slug_function)}/" in file
        assert run("redirects", out, "--for", "csv", "--verify").code == 0


@pytest.mark.parametrize("name", samples.NODES)
def test_blocks_for_ghost_contain_no_line_breaks(name: str) -> None:
    """Except in code; each block is one line."""
    if "CODE" in name:
        return
    made = html_of("ghost", *samples.NODES[name]).replace("<!--kg-card-begin: html-->\n", "")
    assert "\n" not in made.replace("\n<!--kg-card-end: html-->", "").replace("\n\n", "")


# ---- the systems themselves -----------------------------------------------------------------------------------------


def through(script: str, texts: list[str], *packages: str) -> Any:
    for package in packages:
        node_package(package)
    result = subprocess.run(
        [program("node"), NODE / script], input=json.dumps(texts), capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


@pytest.mark.tools
def test_ghosts_own_converter_loses_nothing(ghost_folder: Path) -> None:
    posts = json.loads((ghost_folder / "ghost.json").read_text(encoding="utf-8"))["db"][0]["data"]["posts"]
    texts = [post.get("html", "") for post in posts]
    texts += [html_of("ghost", *nodes) for nodes in samples.NODES.values()]
    texts += [import_html(element("article", deepcopy(block)), GhostHtml) for block, _ in _CARDS]
    shown = through("ghost.mjs", texts, "@tryghost/kg-html-to-lexical", "@tryghost/kg-lexical-html-renderer")
    for before, after in zip(texts, shown, strict=True):
        facts = html_facts(GhostHtml.read_back(before))
        assert compare(facts, html_facts(without_interface(after))).problems == [], before


@pytest.mark.tools
def test_wordpress_finds_no_shortcode_and_reads_the_blocks(wordpress: Path) -> None:
    """WordPress's own parsers; it adds no paragraphs to a post that has blocks."""
    posts = items((wordpress / "wordpress.xml").read_bytes())
    texts = [str(text_in(post, "content:encoded")) for post in posts]
    texts += [html_of("wordpress", *nodes) for nodes in samples.NODES.values()]
    shown = through("wordpress.mjs", texts, "@wordpress/block-serialization-default-parser", "@wordpress/shortcode")
    for before, after in zip(texts, shown, strict=True):
        assert after["codes"] == [], before
        assert after["classic"] == 0, before
        back = compare(html_facts(WordPressHtml.read_back(before)), html_facts(WordPressHtml.read_back(after["html"])))
        assert back.problems == [], before


# ---- the command line -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--path", "{slug}"), "--path cannot be used with --to wordpress, which writes one file, wordpress.xml."),
        (("--sidecar",), "--sidecar cannot be used with --to wordpress"),
        (("--review",), "--review cannot be used with --to wordpress"),
        (("--media", "copy"), "--media-url https://www.example.com/wp-content/uploads/wix"),
        (("--media-url", "https://www.example.com/"), "--media-url is for copied files: add --media copy."),
        (("--media", "copy", "--media-url", "uploads"), "Invalid value for '--media-url'"),
    ],
)
def test_options_without_effect_are_refused(options: tuple[str, ...], sentence: str, tmp_path: Path) -> None:
    save(tmp_path / "in", 1)
    result = run("convert", tmp_path / "in", "-o", tmp_path / "out", "--to", "wordpress", *options)
    assert (result.code, sentence in result.err) == (2, True), result
    assert not (tmp_path / "out").exists()


def test_commands_for_post_files_name_an_alternative(wordpress: Path) -> None:
    review, check = run("review", wordpress), run("check", wordpress)
    assert (review.code, check.code) == (2, 2)
    assert "contains only wordpress.xml, an import file. For a review, convert to Markdown as well" in review.err
    assert "Check the conversion instead: unwix check SOURCE --to wordpress" in check.err
    assert run("check", SAMPLES / "saved", "--to", "wordpress", "-j", 0).code == 0


def test_redirects_point_to_the_new_blog(wordpress: Path, ghost_folder: Path) -> None:
    for folder, host, new in ((wordpress, "wordpress", "/2025/"), (ghost_folder, "csv", "/glazes-that-lie/")):
        result = run("redirects", folder, "--for", host, "--verify")
        assert result.code == 0, result
        assert new in next((folder / "redirects").iterdir()).read_text(encoding="utf-8")


def test_table_states_how_to_import(tmp_path: Path) -> None:
    save(tmp_path / "in", 1)
    phrase = "\n".join(
        on_a_terminal("convert", "in", "-o", "out", "--to", "wordpress", "-j", 0, cwd=tmp_path, NO_COLOR="1")
    )
    assert "  out/wordpress.xml\n      import it: Tools → Import → WordPress, with attachments" in phrase
    assert "--media copy" not in phrase
