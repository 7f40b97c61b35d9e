"""Test links between posts: every spelling is rewritten to the new URL, and missing targets are reported."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.post_pages import SITE, h, p, post_page
from support.terminal import run
from unwix.blog.links.resolve import Links
from unwix.model.post import Metadata
from unwix.model.post_summary import MediaRef, PostSummary
from unwix.writers.permalinks import permalinks_of

FREE = "https://ada.wixsite.com/pots"


def entry(slug: str, *links: str, url: str | None = None, **more: object) -> PostSummary:
    metadata = Metadata(
        title=slug, slug=slug, canonical_url=f"{SITE}/post/{slug}" if url is None else url or None, **more
    )  # type: ignore[arg-type]
    return PostSummary(f"{slug}.html", "viewer", metadata, links=list(links))


def settled(*entries: PostSummary, target: str = "hugo", mode: str = "absolute", **more: object) -> Links:
    links = Links(permalinks_of(target), mode, **more)  # type: ignore[arg-type]
    for summary in entries:
        links.add(summary, output_of(summary, target))
    links.finalize()
    return links


def output_of(summary: PostSummary, target: str = "hugo") -> str:
    slug = summary.metadata.slug
    return f"content/posts/{slug}/index.md" if target == "hugo" else f"{slug}.md"


def new_urls(links: Links, summary: PostSummary, target: str = "hugo") -> dict[str, str]:
    return links.new_urls(summary, output_of(summary, target))


@pytest.mark.parametrize(
    "address",
    [
        f"{SITE}/post/křehký-hrnek",
        f"{SITE}/post/k%C5%99ehk%C3%BD-hrnek/",
        f"http://{SITE.removeprefix('https://www.')}/post/k%c5%99ehk%c3%bd-hrnek?utm_source=x&fbclid=y",
        f"{SITE}/single-post/křehký-hrnek",
        f"{SITE}/single-post/2016/02/03/křehký-hrnek",
        f"{SITE}/post/2016/02/03/křehký-hrnek",
        f"{SITE}/amp/křehký-hrnek",
        f"{SITE}/cs/post/křehký-hrnek?lang=cs",
        f"{SITE}/post/Křehký-Hrnek.html",
        "/post/křehký-hrnek",
        "../post/křehký-hrnek.html",
    ],
)
def test_every_spelling_of_a_post_is_rewritten(address: str) -> None:
    other, here = entry("křehký-hrnek"), entry("here", address)
    links = settled(other, here)
    assert new_urls(links, here) == {address: "/posts/k%C5%99ehk%C3%BD-hrnek/"}
    assert links.not_exported == []


def test_free_and_premium_url_are_one_site_with_the_option_site() -> None:
    address = f"{FREE}/post/other-one"
    other, here = entry("other-one"), entry("here", address)
    assert new_urls(settled(other, here), here) == {}
    assert new_urls(settled(other, here, sites=["ada.wixsite.com/pots"]), here) == {address: "/posts/other-one/"}


def test_free_and_premium_url_are_one_site_when_links_prove_it() -> None:
    two = [entry("how-to-fire-raku"), entry("what-a-glaze-is")]
    here = entry("here", *(f"{FREE}/post/{other.metadata.slug}" for other in two), f"{FREE}/contact")
    links = settled(*two, here)
    assert new_urls(links, here) == {
        f"{FREE}/post/how-to-fire-raku": "/posts/how-to-fire-raku/",
        f"{FREE}/post/what-a-glaze-is": "/posts/what-a-glaze-is/",
    }
    assert links.sites.learned["ada.wixsite.com/pots"] == "links that name 2 posts of this run there"
    assert [found.href for found in links.not_exported] == [f"{FREE}/contact"]


def test_one_link_is_no_proof_but_a_hint() -> None:
    other = entry("how-to-fire-raku")
    here = entry("here", f"{FREE}/post/how-to-fire-raku", f"{FREE}/post/how-to-fire-raku?x=1")
    links = settled(other, here)
    assert new_urls(links, here) == {}
    assert links.sites.suggested == ["ada.wixsite.com/pots"]


def test_short_slugs_prove_nothing() -> None:
    here = entry("here", f"{FREE}/post/welcome", f"{FREE}/post/about-us")
    links = settled(entry("welcome"), entry("about-us"), here)
    assert new_urls(links, here) == {}
    assert links.sites.suggested == []


def test_two_blogs_in_one_run_do_not_lead_into_each_other() -> None:
    mine = entry("a-pot", url="https://one.example/post/a-pot")
    theirs = entry("welcome", url="https://two.example/post/welcome")
    here = entry("here", "https://two.example/post/a-pot", "https://two.example/post/welcome", url="https://one.example/post/here")  # fmt: skip
    links = settled(mine, theirs, here)
    assert new_urls(links, here) == {"https://two.example/post/welcome": "/posts/welcome/"}
    assert [found.href for found in links.not_exported] == ["https://two.example/post/a-pot"]


def test_documents_without_a_url_belong_to_the_only_site() -> None:
    document = entry("from-json", url="")
    here = entry("here", f"{SITE}/post/from-json")
    assert new_urls(settled(document, here), here) == {f"{SITE}/post/from-json": "/posts/from-json/"}


def test_drafts_are_not_built_and_nothing_links_to_them() -> None:
    draft = entry("draft", f"{SITE}/post/here", draft=True)
    here = entry("here", f"{SITE}/post/draft")
    links = settled(draft, here)
    assert new_urls(links, here) == {}
    assert new_urls(links, draft) == {f"{SITE}/post/here": "/posts/here/"}
    assert [found.reason for found in links.not_exported] == ["no such published post in this run"]
    notes = settled(draft, here, target="markdown", mode="relative")
    assert new_urls(notes, here, "markdown") == {f"{SITE}/post/draft": "draft.md"}


def test_translations_with_one_slug() -> None:
    en = entry("raku", url=f"{SITE}/post/raku", language="en")
    fr = entry("raku", url=f"{SITE}/fr/post/raku", language="fr")
    here = entry("here", f"{SITE}/post/raku?lang=fr", f"{SITE}/post/raku", f"{SITE}/fr/post/raku", f"{SITE}/single-post/raku", language="fr")  # fmt: skip
    links = Links(permalinks_of("hugo"), "absolute")
    for found, output in ((en, "content/posts/raku.md"), (fr, "content/posts/raku-2.md"), (here, "content/posts/here.md")):  # fmt: skip
        links.add(found, output)
    links.finalize()
    assert links.new_urls(here, "content/posts/here.md") == {
        f"{SITE}/post/raku?lang=fr": "/posts/raku-2/",
        f"{SITE}/post/raku": "/posts/raku/",
        f"{SITE}/fr/post/raku": "/posts/raku-2/",
        f"{SITE}/single-post/raku": "/posts/raku-2/",  # the linking post's language
    }


def test_links_to_lists_of_the_blog() -> None:
    here = entry(
        "here",
        f"{SITE}/blog/categories/tips-tricks",
        f"{SITE}/blog/tags/resena",
        f"{SITE}/blog/categories/notas-1",
        f"{SITE}/blog",
        f"{SITE}/blog-feed.xml",
        f"{SITE}/blog/categories/unknown",
        f"{SITE}/kiln/categories/ash/page/2",
        f"{SITE}/shop/categories/tips-tricks",
        f"{SITE}/profile/ada/profile",
        categories=["Tips & Tricks"],
        tags=["Reseña"],
    )
    here.list_names = {"/blog/categories/notas-1": "Notas.", "/kiln/categories/ash": "Ash"}
    links = settled(here)
    assert new_urls(links, here) == {
        f"{SITE}/blog/categories/tips-tricks": "/categories/tips--tricks/",
        f"{SITE}/blog/tags/resena": "/tags/rese%C3%B1a/",
        f"{SITE}/blog/categories/notas-1": "/categories/notas./",
        f"{SITE}/kiln/categories/ash/page/2": "/categories/ash/",
        f"{SITE}/blog": "/post/",
        f"{SITE}/blog-feed.xml": "/index.xml",
    }
    assert {found.reason for found in links.not_exported} == {
        "no such category in this run, or the target has no page for it",
        "no such author in this run, or the target has no page for authors",
    }


def test_link_modes() -> None:
    address = f"{SITE}/post/other"
    other, here = entry("other"), entry("here", address)
    base = "https://ada.example/notes"
    assert new_urls(settled(other, here, mode="relative", base_url=base), here) == {address: "../other/"}
    assert new_urls(settled(other, here, mode="absolute", base_url=base), here) == {address: f"{base}/posts/other/"}
    assert new_urls(settled(other, here, mode="absolute"), here) == {address: "/posts/other/"}
    assert new_urls(settled(other, here, mode="keep"), here) == {}
    assert new_urls(settled(other, here, target="markdown", mode="relative"), here, "markdown") == {address: "other.md"}
    assert new_urls(settled(other, here, target="markdown", mode="wiki"), here, "markdown") == {
        address: "wiki:other.md"
    }


def test_files_in_folders_link_to_each_other() -> None:
    links = Links(permalinks_of("markdown"))
    other, here = entry("other"), entry("here", f"{SITE}/post/other")
    links.add(other, "2023/öther (1).md")
    links.add(here, "2024/here.md")
    links.finalize()
    assert links.new_urls(here, "2024/here.md") == {f"{SITE}/post/other": "../2023/%C3%B6ther%20%281%29.md"}


def test_links_to_anchors_in_posts() -> None:
    other = entry("other")
    other.headings = [("aaa1", "Firing"), ("", "Firing"), ("bbb2", "Firing"), ("ccc3", "Ash & Salt")]
    here = entry(
        "here",
        f"{SITE}/post/other#viewer-bbb2",
        f"{SITE}/post/other?lang=en#viewer-ccc3",
        f"{SITE}/post/other#ash-salt-ccc3",  # the heading's own id in pages of 2026
        f"{SITE}/post/other#viewer-gone",
        f"{SITE}/post/here?utm_source=x#viewer-own1",
        "#first-own1",
        "#own1",
    )
    here.anchors = ["own1"]
    links = settled(other, here)
    assert new_urls(links, here) == {
        f"{SITE}/post/other#viewer-bbb2": "/posts/other/#firing-2",
        f"{SITE}/post/other?lang=en#viewer-ccc3": "/posts/other/#ash-salt",
        f"{SITE}/post/other#ash-salt-ccc3": "/posts/other/#ash-salt",
        f"{SITE}/post/other#viewer-gone": "/posts/other/",
        f"{SITE}/post/here?utm_source=x#viewer-own1": "#own1",
        "#first-own1": "#own1",
    }
    assert links.anchors(output_of(other)) >= {"bbb2", "ccc3"}
    assert [found.href for found in links.missing_anchors] == ["/post/other#viewer-gone"]


def test_heading_ids_are_computed_from_the_whole_post(tmp_path: Path) -> None:
    """A heading to which the post itself links gets its id first, whatever links of other posts need."""
    body = h("Ash &amp; salt", key="aaaa1") + h("Ash &amp; salt", key="bbbb2") + p('<a href="#viewer-aaaa1">up</a>')
    write(tmp_path / "in", "one", body)
    write(tmp_path / "in", "two", link(f"{SITE}/post/one#viewer-bbbb2"))
    for target, folder in (
        ("hugo", "content/post"),
        ("zola", "content/post"),
        ("jekyll", "_posts"),
        ("mkdocs", "docs"),
    ):
        out = tmp_path / target
        assert run("convert", tmp_path / "in", "-o", out, "--to", target, "-j", 0).code == 0
        one = next(path.read_text() for path in (out / folder).rglob("*.md") if "one" in path.as_posix())
        two = next(path.read_text() for path in (out / folder).rglob("*.md") if "two" in path.as_posix())
        place = re.search(r"\[there\]\([^)]*#([^)]*)\)", two)
        assert place
        up = re.search(r"\[up\]\(#([^)]*)\)", one)
        assert up
        assert place[1] != up[1]
        assert re.search(rf'#{place[1]}\}}|id="{place[1]}"', one), one


def test_links_to_media_are_not_rewritten() -> None:
    here = entry("here", f"{SITE}/_files/ugd/a.pdf", f"{SITE}/film.mp4")
    here.media = [MediaRef(f"{SITE}/film.mp4", "video")]
    links = settled(here)
    assert new_urls(links, here) == {}
    assert links.not_exported == []


@given(st.lists(st.text(max_size=40), max_size=8), st.text(max_size=30))
def test_any_links_give_plain_urls(hrefs: list[str], slug: str) -> None:
    here = entry("here", *hrefs, *(f"{SITE}/post/{href}" for href in hrefs), f"{SITE}/{hrefs}")
    other = entry(slug or "x")
    links = Links(permalinks_of("hugo"))
    links.add(other, "content/posts/x.md")
    links.add(here, "content/posts/here.md")
    links.finalize()
    for old, new in links.new_urls(here, "content/posts/here.md").items():
        assert old in here.links
        assert new.isascii()
        assert new.startswith(("/", "#", ".."))


# ---- the whole way ----------------------------------------------------------------------------------------------


def write(folder: Path, slug: str, body: str, **more: object) -> None:
    folder.mkdir(exist_ok=True)
    (folder / f"{slug}.html").write_bytes(post_page(body, slug.title(), slug, **more))  # type: ignore[arg-type]


def link(address: str, text: str = "there") -> str:
    return p(f'See <a href="{address}">{text}</a> now.')


def test_a_run_rewrites_links_and_stays_lossless(tmp_path: Path) -> None:
    write(tmp_path / "in", "one", h("Firing &amp; ash", key="abcde") + p("Words."))
    write(tmp_path / "in", "two", link(f"{SITE}/post/one?utm_source=x#viewer-abcde") + link(f"{SITE}/post/three"))
    result = run("convert", tmp_path / "in", "-o", tmp_path / "out", "-j", 0, "--links", "relative")
    assert result.code == 0, result.err
    assert "See [there](one.md#firing--ash) now." in (tmp_path / "out/two.md").read_text()
    assert f"[there]({SITE}/post/three)" in (tmp_path / "out/two.md").read_text()
    assert "Posts link to 1 URL of the old site that is not in this run; it stays as it is." in result.err
    report = json.loads((tmp_path / "out/report.json").read_text())
    assert report["links"]["not_exported"] == [
        {
            "source": f"{tmp_path}/in/two.html",
            "href": f"{SITE}/post/three",
            "reason": "no such published post in this run",
        }
    ]
    assert all(row["result"] != "lossy" for row in report["posts"])
    assert run("check", tmp_path / "in", "--expect", tmp_path / "out", "--links", "relative", "-j", 0).code == 0


def test_target_markdown_keeps_links_as_they_are(tmp_path: Path) -> None:
    write(tmp_path / "in", "one", p("Words."))
    write(tmp_path / "in", "two", link(f"{SITE}/post/one"))
    assert run("convert", tmp_path / "in", "-o", tmp_path / "out", "-j", 0).code == 0
    assert f"({SITE}/post/one)" in (tmp_path / "out/two.md").read_text()


def test_the_order_and_the_number_of_jobs_change_nothing(tmp_path: Path) -> None:
    for number in range(6):
        write(tmp_path / "in", f"post-{number}", "".join(link(f"{SITE}/post/post-{n}") for n in range(6)))
    texts = []
    for jobs in (0, 2):
        assert run("convert", tmp_path / "in", "-o", tmp_path / str(jobs), "-j", jobs, "--links", "relative").code == 0
        texts.append([path.read_bytes() for path in sorted((tmp_path / str(jobs)).glob("*.md"))])
    assert texts[0] == texts[1]
    assert all(b"(post-3.md)" in text or b"post-3" in text for text in texts[0])


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--links", "wiki"), "--links wiki needs --to obsidian"),
        (("--base-url", "ada.example"), "it should be like https://www.example.org"),
        (("--site", "potter"), "is not the URL of a site"),
        (("--permalink", "post"), "must look like post=/blog/{slug}/"),
    ],
)
def test_user_errors_are_one_sentence(tmp_path: Path, args: tuple[str, ...], message: str) -> None:
    write(tmp_path / "in", "one", p("Words."))
    result = run("convert", tmp_path / "in", "-o", tmp_path / "out", *args)
    assert result.code == 2
    assert message in result.err
    assert "Traceback" not in result.err


def test_obsidian_gets_wikilinks(tmp_path: Path) -> None:
    write(tmp_path / "in", "one", h("Firing &amp; [ash] #1", key="abcde") + p("Words."))
    write(
        tmp_path / "in",
        "two",
        link(f"{SITE}/post/one")
        + link(f"{SITE}/post/one#viewer-abcde", "a part")
        + link(f"{SITE}/post/one", "<strong>bold</strong> and a|b")
        + link(f"{SITE}/post/one", "One")
        + link("https://x.example/note", "[1]")  # `[[1]](…)` would be a link to the note “1”
        + p("[[no link]]"),
    )
    result = run("convert", tmp_path / "in", "-o", tmp_path / "out", "-j", 0, "--to", "obsidian")
    assert result.code == 0, result.err
    text = (tmp_path / "out/Two.md").read_text()
    assert "See [[One|there]] now." in text
    assert "See [[One#Firing & ash 1|a part]] now." in text
    assert "(One.md)" in text
    assert "See [[One]] now." in text
    assert r"See [\[1\]](https://x.example/note) now." in text
    report = json.loads((tmp_path / "out/report.json").read_text())
    assert all(row["result"] != "lossy" for row in report["posts"]), report["posts"]


@pytest.mark.parametrize(
    ("target", "file", "text"),
    [
        ("hugo", "content/post/two/index.md", "[there](/post/one/#firing)"),
        ("jekyll", "_posts/2025-03-04-two.md", "[there](/post/one/#firing)"),
        ("astro", "src/content/blog/two.md", "[there](/blog/one/#firing)"),
        ("eleventy", "content/post/two.md", "[there](/post/one/"),
        ("pelican", "content/two.md", "[there](/post/one/"),
        ("mkdocs", "docs/post/two.md", "[there](one.md#firing)"),
        ("zola", "content/post/two/index.md", "[there](/post/one/#firing)"),
    ],
)
def test_each_target_links_as_its_sites_do(target: str, file: str, text: str, tmp_path: Path) -> None:
    write(tmp_path / "in", "one", h("Firing", key="abcde") + p("Words."))
    write(tmp_path / "in", "two", link(f"{SITE}/post/one?utm_source=x#viewer-abcde"))
    result = run("convert", tmp_path / "in", "-o", tmp_path / "out", "-j", 0, "--to", target)
    assert result.code == 0, result.err
    assert text in (tmp_path / "out" / file).read_text()
    report = json.loads((tmp_path / "out/report.json").read_text())
    assert all(row["result"] != "lossy" for row in report["posts"]), report["posts"]
