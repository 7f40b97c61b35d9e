"""Test the review page in a real browser, opened from the file system: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support.check_cases import PNG
from support.post_pages import PICTURE, h, p, picture, post_page
from support.programs import node_package, program
from support.review_pages import ATTACKS, edit, lossy, make, page_of, report, review, usual
from support.terminal import run

pytestmark = pytest.mark.tools
playwright = pytest.importorskip("playwright.sync_api")
expect = playwright.expect
expect.set_options(timeout=30_000)

_FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
_WIDTHS = {"phone": 390, "tablet": 900, "desktop": 1440}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    path = program("chromium", "chromium-browser", "google-chrome")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=path, args=_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def tab(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
    page = context.new_page()
    page.set_default_timeout(30_000)
    yield page
    context.close()


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Review a blog with a failed post, one with losses, one whose source has no gallery, clean ones, and attacks."""
    folder = tmp_path_factory.mktemp("blog")
    attacks = {
        f"attack{n}.html": post_page(
            p("Before.")
            + (h(attack) + p(attack) if "<svg" not in attack and "<math" not in attack else "")
            + picture(attack.replace('"', "&quot;"), "x"),
            f"Attack {n} {attack}",
            f"attack-{n}",
        )
        for n, attack in enumerate(ATTACKS)
    }
    table = '<div data-breakout="normal"><table data-hook="table-component"><tbody><tr><td>a</td><td>b</td></tr></tbody></table></div>'
    more = {"list.html": post_page(f"{h('Tools', 4)}<ul><li>knife</li></ul>{table}<pre>x  y</pre>", "Tools", "tools")}
    make(folder, usual() | attacks | more | {"broken.html": post_page()[:2500]}, "--offline")
    edit(folder, "a-kiln.md", ("of patience and a night", "of and a long night"), ("# Firing", "# Firing pots"))
    path = folder / "out/a-kiln.md"
    path.write_text("\n".join(line for line in path.read_text().splitlines() if not line.startswith("![")))
    lossy(folder, "a-kiln.md", words=[9, 10], images=[0, 1])
    for n, attack in enumerate(ATTACKS):
        if name := next(
            (row["output"] for row in report(folder)["posts"] if row["source"].endswith(f"attack{n}.html")), None
        ):
            edit(folder, name, ("Before.", f"Before.\n\n{attack}\n\n[go](javascript:window.hurt=1)"))
    review(folder, "--offline")
    return folder


def address(folder: Path, path: str = "index.html") -> str:
    return (folder / "out/_review" / path).as_uri()


# A page acts after the driver's call has returned (a search waits for the next key, a click opens another page), so
# that the effect of each action is awaited with `expect`, which retries for up to 30 seconds.


def titles(tab: Any) -> Any:
    return tab.locator("#posts .post:not([hidden]) .what a")


def shown(tab: Any) -> list[str]:
    """Return the titles of the list by the text of the nodes, because a post out of sight has no inner text."""
    return [title.strip() for title in titles(tab).all_text_contents()]


def focused(tab: Any) -> Any:
    return tab.locator("*:focus")


def script_has_run(tab: Any) -> None:
    """Wait until the script of a post's page has run, because a key pressed earlier has no effect."""
    expect(tab.get_by_label("Reviewed")).to_be_visible()


# ---- the list -----------------------------------------------------------------------------------------------------


def test_review_opens_from_the_file_system(tab: Any, blog: Path) -> None:
    text: list[str] = []
    tab.on("console", lambda message: text.append(message.text))
    tab.on("pageerror", lambda error: text.append(str(error)))
    tab.goto(address(blog))
    assert tab.locator("h1").inner_text().endswith("need attention")
    assert tab.locator("#posts .post").first.get_attribute("data-verdict") == "failed"
    assert shown(tab)[1] == "A kiln"
    assert tab.evaluate("getComputedStyle(document.querySelector('.posts')).borderStyle") == "solid"
    assert tab.locator(".controls").is_visible()
    assert text == []


def test_filtering_by_tile_problem_and_reader(tab: Any, blog: Path) -> None:
    tab.goto(address(blog))
    total = len(shown(tab))
    lost = [row for row in report(blog)["posts"] if row["result"] == "lossy"]
    tab.locator('.tiles [data-show="lost"]').click()
    expect(tab.locator("#found")).to_have_text(f"{len(lost)} of {total} posts")
    assert sorted(shown(tab)) == sorted(row["title"] for row in lost)
    tab.locator('.tiles [data-show="all"]').click()
    tab.get_by_label("Problem").select_option("gallery-missing")
    expect(titles(tab)).to_have_text(["The market"])
    expect(tab).to_have_url(re.compile(r"#kind=gallery-missing$"))
    tab.get_by_label("Problem").select_option("")
    tab.get_by_label("Source format").select_option("viewer")
    expect(titles(tab)).to_have_count(total - 1)  # the failed one has no reader


def test_searching_folds_case_and_accents_and_looks_at_files_too(tab: Any, blog: Path) -> None:
    tab.goto(address(blog))
    total = len(shown(tab))
    assert total > 10
    for expected, found in (
        ("KÏLN", ["A kiln"]),
        ("the-market.md", ["The market"]),
        ("מרק", ["מרק"]),
        ("market gallery", ["The market"]),
    ):
        tab.get_by_label("Search").fill(expected)
        expect(titles(tab), expected).to_have_text(found)
    tab.get_by_label("Search").fill("nowhere to be found")
    expect(titles(tab)).to_have_count(0)
    tab.get_by_role("button", name="Show all").click()
    expect(titles(tab)).to_have_count(total)


def test_the_order_can_be_changed_and_is_kept_in_the_url(tab: Any, blog: Path) -> None:
    tab.goto(address(blog))
    worst = shown(tab)
    tab.get_by_label("Order").select_option("title")
    expect(titles(tab)).not_to_have_text(worst)
    assert sorted(shown(tab)) == sorted(worst)
    tab.reload()
    expect(tab.get_by_label("Order")).to_have_value("title")
    tab.get_by_label("Order").select_option("worst")
    expect(titles(tab)).to_have_text(worst)


def test_review_works_with_the_keyboard(tab: Any, blog: Path) -> None:
    tab.goto(address(blog))
    total = len(shown(tab))
    tab.keyboard.press("/")
    tab.keyboard.type("a kiln")
    expect(titles(tab)).to_have_text(["A kiln"])
    tab.keyboard.press("Escape")
    expect(titles(tab)).to_have_count(total)
    tab.keyboard.press("j")
    tab.keyboard.press("j")
    expect(focused(tab)).to_have_text("A kiln")
    tab.keyboard.press("k")
    expect(focused(tab)).not_to_have_text("A kiln")
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/posts/*.html")
    expect(tab.locator("h1")).to_have_text("A kiln")
    script_has_run(tab)
    for key, place in (("n", "d1"), ("n", "d2"), ("p", "d1")):
        tab.keyboard.press(key)
        expect(focused(tab)).to_have_id(place)
    tab.keyboard.press("d")
    expect(tab.locator(".row:visible")).to_have_count(1 + tab.locator(".row[id]").count())
    tab.keyboard.press("d")
    tab.keyboard.press("v")
    expect(tab.locator(".cell.written").first).not_to_be_visible()
    tab.keyboard.press("v")
    expect(tab.locator(".cell.source").first).not_to_be_visible()
    tab.keyboard.press("v")
    tab.keyboard.press("f")
    expect(tab.locator("#front tbody")).to_be_visible()
    tab.keyboard.press("x")
    expect(tab.locator("#cut li").first).to_be_visible()
    tab.keyboard.press("j")
    expect(tab.locator("h1")).not_to_have_text("A kiln")
    script_has_run(tab)
    tab.keyboard.press("k")
    expect(tab.locator("h1")).to_have_text("A kiln")
    script_has_run(tab)
    tab.keyboard.press("u")
    tab.wait_for_url("**/index.html*")
    expect(focused(tab)).to_have_text("A kiln")


def test_next_and_previous_follow_the_filtered_list(tab: Any, blog: Path) -> None:
    """A click does not wait for the page that it leads to: `expect` does."""
    tab.goto(address(blog))
    tab.get_by_label("Search").fill("attack")
    expect(tab.locator("#found")).to_contain_text(" of ")
    number = len(shown(tab))
    tab.locator("#posts .post:visible a").first.click()
    position = tab.locator("#position")
    expect(position).to_have_text(f"1 of {number}")
    expect(tab.locator("#previous")).not_to_be_visible()
    for step in range(2, number + 1):
        tab.locator("#next").click()
        expect(position).to_have_text(f"{step} of {number}")
    tab.locator("#back").click()
    expect(tab.get_by_label("Search")).to_have_value("attack")
    expect(tab.locator("#found")).to_contain_text(" of ")
    assert len(shown(tab)) == number


def test_keys_are_explained_and_can_be_switched_off(tab: Any, blog: Path) -> None:
    tab.goto(address(blog))
    tab.keyboard.press("?")
    expect(tab.get_by_role("dialog", name="Keys")).to_be_visible()
    tab.get_by_label("Single keys work").uncheck()
    tab.keyboard.press("Escape")
    expect(tab.locator("dialog")).not_to_be_visible()
    tab.keyboard.press("/")
    assert tab.evaluate("document.activeElement.id") != "search"


def test_review_is_readable_without_scripts(browser: Any, blog: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(address(blog))
    assert not tab.locator(".controls").is_visible()
    tab.get_by_role("link", name="A kiln").click()
    expect(tab.locator("del.lost").nth(1)).to_be_visible()
    tab.locator("#front > summary").click()
    expect(tab.locator("#front tbody")).to_be_visible()
    context.close()


def test_the_list_shows_covers_and_dates(tab: Any, tmp_path: Path) -> None:
    """A copied cover is shown without a network; the place of a missing cover stays empty."""
    image = tmp_path / "in/static.wixstatic.com/media" / PICTURE
    image.parent.mkdir(parents=True)
    image.write_bytes(PNG)
    head = f'<meta property="og:image" content="https://static.wixstatic.com/media/{PICTURE}">'
    (tmp_path / "in/one.html").write_bytes(post_page(title="With a cover", slug="one", head=head))
    (tmp_path / "in/two.html").write_bytes(post_page(p("Other words."), title="Without", slug="two"))
    run("convert", tmp_path / "in", "-o", tmp_path / "out", "--jobs", 0, "--media", "copy", "--offline")
    review(tmp_path, "--offline")
    tab.goto(address(tmp_path))
    cover = tab.locator(".post", has_text="With a cover").locator(".cover img")
    expect(cover).to_have_attribute("loading", "lazy")
    expect(cover).to_have_js_property("complete", True)
    expect(cover).not_to_have_js_property("naturalWidth", 0)
    expect(tab.locator(".post", has_text="Without").locator(".cover img")).to_have_count(0)
    expect(tab.locator(".post .date").first).to_have_text("2025-03-04")


# ---- a post -------------------------------------------------------------------------------------------------------


def test_losses_are_shown_as_lost(tab: Any, blog: Path) -> None:
    tab.goto(page_of(blog, "A kiln").as_uri())
    lost = tab.locator(".row.is-lost")
    assert lost.count() == 2
    assert lost.first.locator("del.lost").inner_text() == "patience"
    line = lost.first.locator("del.lost").evaluate("node => getComputedStyle(node).textDecorationLine")
    assert line == "line-through"
    assert lost.nth(1).locator(".image.lost").is_visible()
    assert lost.nth(1).locator(".written").inner_text() == "nothing here"
    assert tab.locator(".meters .short").all_inner_texts() == ["words\n9\u2009/\u200910", "images\n0\u2009/\u20091"]
    tab.locator(".troubles a").first.click()
    expect(tab).to_have_url(re.compile(r"#d2$"))
    expect(tab.locator(":target")).to_have_id(str(lost.first.get_attribute("id")))


def test_a_missing_piece_is_shown_where_it_was(tab: Any, blog: Path) -> None:
    tab.goto(page_of(blog, "The market").as_uri())
    tab.locator(".troubles a").click()
    mark = tab.locator(".row:target .missing")
    assert mark.inner_text() == "missing gallery: the saved page does not contain its images"
    assert mark.evaluate("node => node.getBoundingClientRect().top > 40")  # not under the strip


def test_browser_runs_no_code_of_a_post(tab: Any, blog: Path) -> None:
    urls: list[str] = []
    tab.on("request", lambda request: urls.append(request.url))
    tab.on("dialog", lambda dialog: pytest.fail(dialog.message))
    root = (blog / "out/_review").as_uri()
    pages = [address(blog), *(path.as_uri() for path in sorted((blog / "out/_review/posts").iterdir()))]
    assert len(pages) > len(ATTACKS)
    for page in pages:
        tab.goto(page)
        tab.wait_for_timeout(30)
        assert tab.evaluate("window.hurt") is None, page
        assert tab.evaluate("document.styleSheets.length") == 1
        assert "default-src 'none'" in tab.locator("meta[http-equiv]").get_attribute("content")
    assert [url for url in urls if not url.startswith(root)] == []


def test_content_security_policy_blocks_raw_attacks(tab: Any, blog: Path, tmp_path: Path) -> None:
    """Raw attacks are inserted into the page: the browser refuses them because of the page's own policy."""
    path = page_of(blog, "The market")
    raw = path.read_text().replace(
        "Few words",
        "<script>window.hurt=1</script><img src=x onerror='window.hurt=2'><a id=go href='javascript:window.hurt=3'>go</a>Few words",
        1,
    )
    spoilt = path.with_name("spoilt.html")
    spoilt.write_text(raw)
    try:
        tab.goto(spoilt.as_uri())
        tab.locator("#go").click()
        tab.wait_for_timeout(100)
        assert tab.evaluate("window.hurt") is None
    finally:
        spoilt.unlink()


def test_right_to_left_post_is_aligned_right(tab: Any, blog: Path) -> None:
    tab.goto(page_of(blog, "מרק").as_uri())
    style = "node => [getComputedStyle(node).direction, getComputedStyle(node).textAlign]"
    assert tab.locator(".cell.written p").first.evaluate(style) == ["rtl", "start"]
    cells = tab.locator(".row:not(.heads)").first
    source, written = (cells.locator(f".{side}").bounding_box()["x"] for side in ("source", "written"))
    assert source < written  # like the column heads, whatever the post's direction


def test_posts_are_marked_as_reviewed_and_the_marks_exported(tab: Any, blog: Path) -> None:
    tab.goto(address(blog))
    total = len(shown(tab))
    tab.get_by_role("link", name="A kiln").click()
    tab.wait_for_url("**/posts/*.html")  # the list has a field of that name as well
    tab.get_by_label("Reviewed").check()
    tab.locator("#back").click()
    expect(tab.locator("#found")).to_have_text(f"{total} posts, 1 reviewed")
    tab.get_by_label("Reviewed").select_option("done")
    expect(titles(tab)).to_have_text(["A kiln"])
    tab.get_by_label("Reviewed").select_option("open")
    expect(titles(tab)).to_have_count(total - 1)
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Export marks").click()
    rows = json.loads(Path(download.value.path()).read_text())
    assert [row["title"] for row in rows if row["reviewed"]] == ["A kiln"]
    assert {"file", "title", "result", "reviewed"} == set(rows[0])


def test_one_key_leads_to_the_next_post_to_check(tab: Any, blog: Path) -> None:
    rows = report(blog)["posts"]
    attention = sum(row["result"] != "complete" or row["file"] == "failed" for row in rows)
    tab.goto(address(blog))
    tab.locator("#posts .post a").first.click()
    tab.wait_for_url("**/posts/*.html")
    seen: set[str] = set()
    for _ in range(attention - 1):
        seen.add(tab.url)
        script_has_run(tab)
        tab.keyboard.press("r")
        expect(tab.get_by_label("Reviewed")).to_be_checked()
        before = tab.url
        tab.keyboard.press("a")
        expect(tab).not_to_have_url(before)
    assert len(seen) == attention - 1  # none of them twice


def test_the_markdown_file_is_shown_and_copied(tab: Any, blog: Path) -> None:
    tab.goto(page_of(blog, "Tools").as_uri())
    tab.keyboard.press("m")
    text = tab.locator("#text")
    expect(text).to_be_visible()
    assert "title: Tools" in text.inner_text()
    tab.get_by_role("button", name="Copy").click()
    expect(tab.locator("#copied")).to_have_text("Copied.")


def test_the_comparison_is_in_the_first_screen(tab: Any, blog: Path) -> None:
    for title in ("A kiln", "The market", "מרק", "Tools"):
        tab.goto(page_of(blog, title).as_uri())
        assert tab.locator(".rows").bounding_box()["y"] < 800, title


def test_printed_page_has_no_controls(tab: Any, blog: Path) -> None:
    tab.goto(page_of(blog, "A kiln").as_uri())
    tab.emulate_media(media="print")
    assert not tab.locator(".strip").is_visible()
    assert not tab.locator(".tools").is_visible()
    assert tab.locator("del.lost").first.is_visible()


# ---- at every size, for everybody ----------------------------------------------------------------------------------


@pytest.mark.parametrize("width", _WIDTHS.values(), ids=_WIDTHS)
def test_nothing_is_wider_than_the_screen(tab: Any, blog: Path, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 800})
    for page in (address(blog), *(page_of(blog, title).as_uri() for title in ("A kiln", "The market", "מרק", "Tools"))):
        tab.goto(page)
        tab.evaluate("document.querySelectorAll('details').forEach(box => box.open = true)")
        assert tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page


def test_phone_shows_equal_rows_once(tab: Any, blog: Path) -> None:
    tab.set_viewport_size({"width": 390, "height": 800})
    tab.goto(page_of(blog, "A kiln").as_uri())
    different = tab.locator(".row.is-lost").first
    assert [different.locator(f".{side}").is_visible() for side in ("source", "written")] == [True, True]
    assert different.locator(".side").all_text_contents() == ["Source", "Markdown"]
    displays = different.locator(".side").evaluate_all("nodes => nodes.map(node => getComputedStyle(node).display)")
    assert displays == ["block", "block"]
    tab.goto(page_of(blog, "Tools").as_uri())
    alike = tab.locator(".row.is-same").first
    assert [alike.locator(f".{side}").is_visible() for side in ("source", "written")] == [False, True]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", _WIDTHS.values(), ids=_WIDTHS)
def test_axe_finds_no_violation(browser: Any, blog: Path, scheme: str, width: int) -> None:
    axe = (node_package("axe-core") / "axe.min.js").read_text(encoding="utf-8")
    # The page's own policy would block axe; the policy is tested above.
    context = browser.new_context(
        color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True, offline=True
    )
    tab = context.new_page()
    attack = next(row["title"] for row in report(blog)["posts"] if "Attack 2" in str(row["title"]))
    pages = [
        address(blog),
        *(page_of(blog, title).as_uri() for title in ("A kiln", "The market", "מרק", "Tools", attack)),
    ]
    found = {}
    for page in pages:
        tab.goto(page)
        tab.evaluate("document.querySelectorAll('details').forEach(box => box.open = true)")
        tab.add_style_tag(content=".row, .post { content-visibility: visible !important }")
        tab.add_script_tag(content=axe)
        result = tab.evaluate("axe.run(document, {resultTypes: ['violations']})")
        assert len(result["passes"]) > 10
        found |= {
            f"{page.rsplit('/', 1)[-1]} {v['id']}": [n["html"][:200] for n in v["nodes"]][:3]
            for v in result["violations"]
        }
    context.close()
    assert json.dumps(found, indent=1) == "{}"
