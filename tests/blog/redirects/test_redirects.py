"""Test redirects from each old URL to the new one, in the format of each host, in every spelling."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.post_pages import SITE, h, p, post_page
from support.terminal import run
from unwix.blog.redirects.hosts import HOSTS
from unwix.blog.redirects.hosts.rules import Rule, request_spellings, requests_for, with_normal_forms
from unwix.blog.redirects.plan import Redirects, build_redirects
from unwix.blog.redirects.verify import find_faults
from unwix.model.report_rows import LinksRow
from unwix.writers.permalinks import permalinks_of
from unwix.writers.targets.hexo import term_slug

HUGO = permalinks_of("hugo", {"post": "/posts/{slug}/", "home": "/posts/"})
#: A slug that Wix does not produce, with the syntax of each configuration format.
HOSTILE = "a\"b'; } return 200 {$HOME} {query} $1 $uri ${x} %{ENV:x} %41 (x)+*[q]^|~ \\z `w` <b> # & ?"


def row(slug: str, **more: Any) -> dict[str, Any]:
    new = more.pop("new", slug)
    return {
        "output": f"content/posts/{new}/index.md",
        "url": f"{SITE}/post/{quote(slug)}",
        "slug": slug,
        "date": "2023-04-05T06:07:08Z",
        **more,
    }


def redirects(*rows: dict[str, Any], base_url: str | None = None, **links: Any) -> Redirects:
    return build_redirects(list(rows), LinksRow.read(links), HUGO, base_url)


def by_old(found: Redirects) -> dict[str, str]:
    return {rule.old + ("/*" if rule.below else ""): rule.new for rule in found.rules}


SAMPLE = redirects(
    row("a-pot"),
    row("křehký-hrnek", categories=["Tips & Tricks", "Řeč"], tags=["raku"]),
    row("it's-a-(test)!", new="test"),
    row("היי-שלום", new="shalom"),
    row("25-pots", url=f"{SITE}/post/2017/07/07/25-pots", date="2017-07-07"),
    row("Clay-Days", url=f"{SITE}/single-post/2016/01/02/Clay-Days", date="2016-01-02"),
    row("clay-days"),
    row("a:b*c", new="abc"),
    row(HOSTILE, new="hostile"),
    aliases={"/single-post/2015/11/12/a-pot": "content/posts/a-pot/index.md"},
    lists={"/blog/categories/rec-1": "Řeč", "/profile/ada/profile": "Ada"},
).rules


# ---- rules ------------------------------------------------------------------------------------------------------


def test_all_old_urls_of_a_post() -> None:
    assert by_old(redirects(row("a-pot"))) == {
        **dict.fromkeys(("/post/a-pot", "/single-post/a-pot", "/amp/a-pot"), "/posts/a-pot/"),
        "/blog": "/posts/",
        "/blog/page/*": "/posts/",
        "/blog-feed.xml": "/index.xml",
        "/feed.xml": "/index.xml",
    }


def test_old_blog_urls_contain_the_date() -> None:
    rules = by_old(redirects(row("x", date="2018-03-04"), row("y", url=f"{SITE}/post/2019/05/06/y"), row("z")))
    assert rules["/single-post/2018/03/04/x"] == "/posts/x/"
    assert rules["/single-post/2019/05/06/y"] == rules["/post/2019/05/06/y"] == rules["/post/y"] == "/posts/y/"
    assert not [old for old in rules if re.search(r"\d{4}/.*z$", old)]


def test_lists_at_the_urls_that_pages_state() -> None:
    rules = by_old(
        redirects(
            row("x", categories=["Řeč", "Tips & Tricks"], tags=["Raku"]),
            lists={"/blog/categories/rec-1": "Řeč", "/kiln/tags/x-1": "X"},
        )
    )
    assert rules["/blog/categories/rec-1"] == f"/categories/{quote('řeč')}/"
    assert rules["/blog/categories/rec-1/page/*"] == f"/categories/{quote('řeč')}/"
    assert rules["/blog/categories/tips-tricks"] == "/categories/tips--tricks/"
    assert rules["/blog/tags/raku"] == rules["/blog/hashtags/raku"] == "/tags/raku/"
    assert rules["/kiln/tags/x-1"] == "/tags/x/"
    assert "/blog/categories/řeč" not in rules  # the page states its URL


def test_the_surest_urls_come_first() -> None:
    rules = redirects(row("x"), row("y"), aliases={"/old/x": "content/posts/x/index.md"}).rules
    assert [rule.old for rule in rules[:3]] == ["/post/x", "/post/y", "/old/x"]


def test_unchanged_urls_have_no_rule() -> None:
    pages = permalinks_of("hugo", {"post": "/post/{slug}/", "home": "/blog/"})
    found = build_redirects([row("x")], None, pages)
    assert set(by_old(found)) == {"/single-post/x", "/amp/x", "/blog-feed.xml", "/feed.xml"}
    assert found.left_out == []


def test_no_rule_hides_a_page_of_the_new_site() -> None:
    pages = permalinks_of("hugo", {"post": "/post/{slug}/"})
    swapped = [row("x", new="y"), row("y", new="x")]
    found = build_redirects(swapped, None, pages)
    assert "/post/x" not in by_old(found)
    assert [old for old, _ in found.left_out] == ["/post/x", "/post/y"]
    assert "a page of the new site has this URL" in found.left_out[0][1]


def test_old_url_has_one_target() -> None:
    rules = redirects(row("x"), row("x", new="x-2", url=f"{SITE}/post/x"))
    assert by_old(rules)["/post/x"] == "/posts/x/"
    assert rules.left_out == [("/post/x", "it already leads to /posts/x/")]


def test_translations_that_differ_in_the_query() -> None:
    rules = redirects(row("x", language="en"), row("x", new="x-fr", url=f"{SITE}/post/x?lang=fr", language="fr")).rules
    assert {(rule.old, rule.language): rule.new for rule in rules if rule.old == "/post/x"} == {
        ("/post/x", None): "/posts/x/",
        ("/post/x", "fr"): "/posts/x-fr/",
    }


def test_a_query_may_lead_away_from_a_page_that_stays() -> None:
    pages = permalinks_of("hugo", {"post": "/post/{slug}/"})
    rows = [row("x", language="en"), row("x", new="x-fr", url=f"{SITE}/post/x?lang=fr", language="fr")]
    found = build_redirects(rows, None, pages)
    assert [(r.old, r.new, r.language) for r in found.rules if r.language] == [("/post/x", "/post/x-fr/", "fr")]
    assert found.left_out == []
    for name in ("netlify", "vercel", "nginx", "apache", "caddy", "csv"):
        host_files = HOSTS[name].write(found.rules)
        match = HOSTS[name].read(host_files.files)
        assert list(find_faults(found.rules, host_files, match)) == []
        assert match("/post/x") is None
        assert match("/post/x/?lang=de") is None


def test_languages_have_their_own_directories() -> None:
    rules = by_old(redirects(row("x", url=f"{SITE}/fr/post/x", language="fr")))
    assert {"/fr/post/x", "/fr/amp/x", "/post/x"} <= set(rules)


def test_drafts_have_no_old_url() -> None:
    assert not [old for old in by_old(redirects(row("x", draft=True), row("y"))) if old.endswith("/x")]


def test_the_site_of_a_free_url_is_no_part_of_the_path() -> None:
    assert "/post/x" in by_old(redirects(row("x", url="https://ada.wixsite.com/pots/post/x")))


def test_base_url_goes_before_the_new_url() -> None:
    rules = by_old(redirects(row("x"), base_url="https://ada.example/notes"))
    assert rules["/post/x"] == "https://ada.example/notes/posts/x/"


@pytest.mark.parametrize("slug", ["a\nb", "a\rb", "a\x00b", "..", ".", "x" * 5000, "a\\b", "\ud800"])
def test_invalid_urls_have_no_rule(slug: str) -> None:
    rules = redirects({**row("fine"), "slug": slug})
    assert not [old for old in by_old(rules) if old.endswith("/" + slug)]
    assert [old for old, _ in rules.left_out if old.endswith("/" + slug)]


def test_failed_rows_and_reports_without_links_are_ignored() -> None:
    failed = {"source": "x", "output": None, "url": None}
    assert build_redirects([failed], None, HUGO).rules == []
    assert build_redirects([failed, row("x")], None, HUGO).rules != []
    assert build_redirects([], None, HUGO).left_out == []


# ---- formats ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", HOSTS)
def test_every_host_redirects_every_old_url(name: str) -> None:
    host = HOSTS[name]
    host_files = host.write(SAMPLE)
    assert host_files.count > 0
    assert host_files.over_limit == host_files.usual_only == []
    assert list(find_faults(SAMPLE, host_files, host.read(host_files.files))) == []
    unsupported = {rule for rule, _ in host_files.unsupported}
    assert {rule.old for rule in SAMPLE if rule.kind == "post" and "hrnek" in rule.old} & {
        r.old for r in unsupported
    } == set()


@pytest.mark.parametrize("name", HOSTS)
def test_other_requests_are_not_redirected(name: str) -> None:
    host_files = HOSTS[name].write(SAMPLE)
    match = HOSTS[name].read(host_files.files)
    for request in ("/", "/index.html", "/posts/a-pot/", "/post", "/post/", "/post/a-pot-2", "/x/post/a-pot", "/post/a-pot/x", "/posting", "/style.css?post=/post/a-pot"):  # fmt: skip
        assert match(request) is None, request


@pytest.mark.parametrize("name", HOSTS)
def test_damaged_redirects_are_detected(name: str) -> None:
    """A missing rule, one with a wrong target, and one that leads to another rule."""
    host = HOSTS[name]
    host_files = host.write(SAMPLE)
    new = "/posts/a-pot/"
    spoiled = {
        "miss": {file: "\n".join(x for x in text.split("\n") if "post/a-pot" not in x.replace("\\", "")) if len(host_files.files) == 1 else text for file, text in host_files.files.items() if not file.startswith("post/a-pot")},
        "wrong": {file: text.replace(new, "/posts/other/") for file, text in host_files.files.items()},
        "chain": {file: text.replace(new, "/post/25-pots") for file, text in host_files.files.items()},
    }  # fmt: skip
    for kind, files in spoiled.items():
        found = {fault.kind for fault in find_faults(SAMPLE, host_files, host.read(files))}
        assert found & {kind, "wrong"}, (kind, found)


def test_loops_and_chains_are_different_faults() -> None:
    rules = [Rule("/a", "/b"), Rule("/b", "/a"), Rule("/c", "/a2"), Rule("/a2", "/d")]
    host_files = HOSTS["csv"].write(rules)
    found = {fault.request: fault.kind for fault in find_faults(rules, host_files, HOSTS["csv"].read(host_files.files))}
    assert found == {"/a": "loop", "/b": "loop", "/c": "chain"}


def skeleton(text: str) -> set[str]:
    """Return the lines of a configuration without quoted text and numbers."""
    return {re.sub(r'"(?:\\.|[^"\\])*"|\d+', "…", line) for line in text.split("\n")}


@pytest.mark.parametrize("name", HOSTS)
@given(slugs=st.lists(st.text(min_size=1, max_size=24), min_size=1, max_size=4), new=st.text(max_size=12))
def test_hostile_slugs_inject_no_rules(name: str, slugs: list[str], new: str) -> None:
    """For any slugs the file has exactly the expected rules, and each has its target."""
    rules = redirects(
        *(row(slug, new=f"{new}{n}") for n, slug in enumerate([*slugs, *(s + HOSTILE for s in slugs)]))
    ).rules
    host = HOSTS[name]
    host_files = host.write(rules)
    match = host.read(host_files.files)
    assert list(find_faults(rules, host_files, match)) == []
    plain = redirects(*(row(f"s{n}", new=f"n{n}") for n in range(2 * len(slugs)))).rules
    if host.file and name in ("nginx", "apache", "caddy"):
        assert skeleton(host_files.files[host.file]) <= skeleton(host.write(plain).files[host.file])
    assert all(
        re.fullmatch(r"[^\x00-\x1f\x7f]*", line.replace("\t", ""))
        for text in host_files.files.values()
        for line in text.split("\n")
    )
    assert all(not part.startswith(".") or part == ".htaccess" for file in host_files.files for part in file.split("/"))


@given(st.text(min_size=1, max_size=40))
def test_spellings_are_one_path(path: str) -> None:
    path = "/" + path
    assert {unquote(text, errors="replace") for text in request_spellings(path)} == {
        path.encode("utf-8", "replace").decode()
    }


def test_a_request_for_each_spelling() -> None:
    found = list(requests_for(Rule("/post/řeč", "/x/")))
    assert found[:2] == ["/post/%C5%99e%C4%8D", "/post/%C5%99e%C4%8D/"]
    assert "/post/%c5%99e%c4%8d" in found
    assert "/post/řeč/" in found
    assert any("utm_source" in request for request in found)


# ---- limits -----------------------------------------------------------------------------------------------------


def many(number: int) -> list[Rule]:
    return redirects(
        *(row(f"post-{n}{'é' * (n % 9 == 0)}", categories=[f"C{n % 60}"], tags=[f"T{n % 200}"]) for n in range(number))
    ).rules


@pytest.mark.parametrize(("name", "limit"), [("cloudflare", 2_100), ("vercel", 1_024)])
def test_a_large_blog_fits_into_the_limit(name: str, limit: int) -> None:
    rules = many(1_500)
    assert len(rules) > 2 * limit
    host = HOSTS[name]
    host_files = host.write(rules)
    assert host_files.count < limit
    assert host_files.over_limit == []
    assert list(find_faults(rules, host_files, host.read(host_files.files))) == []


def test_posts_that_moved_one_by_one_go_before_the_pattern() -> None:
    rows = [row(f"post-{n}", new="elsewhere" if n == 7 else f"post-{n}") for n in range(1_500)]
    host_files = HOSTS["cloudflare"].write(redirects(*rows).rules)
    match = HOSTS["cloudflare"].read(host_files.files)
    assert match("/post/post-7") == "/posts/elsewhere/"
    assert match("/post/post-8") == "/posts/post-8/"


def test_rules_over_the_limit_are_reported() -> None:
    rules = redirects(*(row(f"post-{n}", new=f"{n}-other") for n in range(2_500))).rules
    host = HOSTS["cloudflare"]
    host_files = host.write(rules)
    assert host_files.count <= 2_100
    assert host_files.over_limit
    found = list(find_faults(rules, host_files, host.read(host_files.files)))
    assert {fault.kind for fault in found} == {"miss"}
    assert len(found) == len(host_files.over_limit)


def test_no_pattern_matches_pages_of_the_new_site() -> None:
    pages = permalinks_of("hugo", {"post": "/post/{slug}-x/"})
    rules = build_redirects([row(f"post-{n}") for n in range(1_500)], None, pages).rules
    match = HOSTS["cloudflare"].read(HOSTS["cloudflare"].write(rules).files)
    assert match("/post/post-3-x/") is None


# ---- the single formats -----------------------------------------------------------------------------------------


def test_stubs_redirect_and_show_the_new_url() -> None:
    files = (
        HOSTS["github-pages"]
        .write([Rule("/post/řeč", "/posts/a%22b/"), Rule("/blog-feed.xml", "/x.xml", "feed")])
        .files
    )
    assert set(files) == {"post/řeč.html", "post/řeč/index.html"}
    page = files["post/řeč.html"]
    assert '<link rel="canonical" href="/posts/a%22b/">' in page
    assert '<meta http-equiv="refresh" content="0; url=/posts/a%22b/">' in page
    assert page.startswith("<!doctype html>")


def test_tables_are_csv() -> None:
    rules = [Rule("/post/a,b", "/x/"), Rule("/blog/page", "/", "home", below=True)]
    table = list(csv.reader(io.StringIO(HOSTS["csv"].write(rules).files["redirects.csv"])))
    assert table == [
        ["old", "new", "status", "kind", "lang"],
        ["/post/a,b", "/x/", "301", "post", ""],
        ["/blog/page/*", "/", "301", "home", ""],
    ]
    for name, head in (("shopify", ["Redirect from", "Redirect to"]), ("webflow", ["Old Path", "Redirect to"])):
        host_files = HOSTS[name].write(rules)
        table = list(csv.reader(io.StringIO(host_files.files[f"{name}-redirects.csv"])))
        assert table[:2] == [head, ["/post/a,b", "/x/"]]
        assert [rule.old for rule, _ in host_files.unsupported] == ["/blog/page"]


def test_wordpress_plugin_file_matches_any_query() -> None:
    rules = [Rule("/post/a,b", "/x/"), Rule("/blog/page", "/", "home", below=True)]
    data = json.loads(HOSTS["wordpress"].write(rules).files["redirection.json"])
    first, second = data["redirects"]
    assert {first["group_id"], second["group_id"]} == {data["groups"][0]["id"]}
    assert (first["url"], first["action_data"], first["action_code"]) == ("/post/a,b", {"url": "/x/"}, 301)
    assert first["match_data"]["source"] == {
        "flag_query": "pass", "flag_case": False, "flag_trailing": True, "flag_regex": False,
    }  # fmt: skip
    assert (second["url"], second["regex"]) == ("^/blog/page/.", True)


def test_ghost_finds_every_spelling_of_a_path() -> None:
    (row,) = json.loads(HOSTS["ghost"].write([Rule("/post/möh-1!", "/moh-1/")]).files["redirects.json"])
    assert row == {"from": r"^/post/m%[Cc]3%[Bb]6h-1(?:%21|\x21)/?$", "to": "/moh-1/", "permanent": True}


def test_the_plugin_of_wordpress_passes_queries_on() -> None:
    rules = [Rule("/post/x", "/x/"), Rule("/post/x", "/fr/x/", language="fr"), Rule("/blog/page", "/", below=True)]
    data = json.loads(HOSTS["wordpress"].write(rules).files["redirection.json"])
    first, second, third = data["redirects"]
    assert (first["url"], first["action_data"]) == ("/post/x?lang=fr", {"url": "/fr/x/"})
    assert (second["url"], second["match_data"]["source"]["flag_query"]) == ("/post/x", "pass")
    assert (third["url"], third["regex"], third["match_data"]["source"]["flag_regex"]) == ("^/blog/page/.", True, True)
    assert {redirect["group_id"] for redirect in data["redirects"]} == {data["groups"][0]["id"]}


# ---- Unicode normal forms -----------------------------------------------------------------------------------------


def test_a_path_with_accents_has_a_rule_for_each_normal_form() -> None:
    rules = [Rule("/post/café", "/a/"), Rule("/post/plain", "/b/"), Rule("/post/cafe\u0301-2", "/c/")]
    found = with_normal_forms(rules)
    assert {rule.old for rule in found[3:]} == {"/post/café-2", "/post/cafe\u0301"}
    assert all(rule.is_alternative for rule in found[3:])
    both = [Rule("/post/café", "/a/"), Rule("/post/cafe\u0301", "/b/")]
    assert with_normal_forms(both) == both


@pytest.mark.parametrize("name", HOSTS)
def test_every_host_answers_both_normal_forms(name: str) -> None:
    rules = with_normal_forms([Rule("/post/café-möhre", "/new/"), Rule("/blog/tags/thé", "/t/", "tag")])
    assert len(rules) == 4
    host_files = HOSTS[name].write(rules)
    match = HOSTS[name].read(host_files.files)
    assert list(find_faults(rules, host_files, match)) == []
    if HOSTS[name].file:  # a file name has one form
        assert match("/post/cafe%CC%81-mo%CC%88hre?utm_source=x") == "/new/"
        assert match("/post/cafe%cc%81-mo%cc%88hre/") == "/new/"


def test_alternative_spellings_are_dropped_at_a_limit() -> None:
    rules = with_normal_forms(redirects(*(row(f"post-{n}-é", new=f"{n}-other") for n in range(700))).rules)
    host_files = HOSTS["vercel"].write(rules)
    assert host_files.over_limit == [] or not any(rule.is_alternative for rule in host_files.over_limit)
    assert any("another Unicode form" in reason for _, reason in host_files.unsupported)


def test_vercel_is_json() -> None:
    host_files = HOSTS["vercel"].write([Rule("/post/a(b)", "/x/"), Rule("/post/x", "/fr/", language="fr")])
    assert json.loads(host_files.files["vercel.json"]) == {
        "redirects": [
            {
                "source": "/post/x{/}?",
                "has": [{"type": "query", "key": "lang", "value": "fr"}],
                "destination": "/fr/",
                "statusCode": 301,
            },
            {"source": "/(post/a\\(b\\)|post/a%28b%29){/}?", "destination": "/x/", "statusCode": 301},
        ]
    }


# ---- the command ------------------------------------------------------------------------------------------------


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    for slug in ("one", "two", "křehký-hrnek"):
        (tmp_path / "in" / f"{slug}.html").write_bytes(post_page(h("Part") + p("Words."), slug.title(), slug))
    assert run("convert", tmp_path / "in", "-o", tmp_path / "out", "--to", "hugo", "-j", 0).code == 0
    return tmp_path / "out"


def test_the_command_writes_where_the_generator_looks(blog: Path) -> None:
    result = run("redirects", blog, "--for", "netlify", "--verify")
    assert (result.code, result.err) == (0, "")
    assert result.out.splitlines()[0].endswith(f"redirects for Netlify: {blog}/static/_redirects")
    assert "all lead to the right page, without chains or loops" in result.out
    assert "/amp/one " in (blog / "static/_redirects").read_text()
    again = run("redirects", blog, "--for", "netlify")
    assert again.code == 0


def test_state_files_are_not_published(blog: Path) -> None:
    """Hugo publishes all of static/; a file for one host is not orphaned when another one's is written."""
    run("redirects", blog, "--for", "netlify")
    result = run("redirects", blog, "--for", "nginx")
    assert "no longer needed" not in result.err
    assert [path.name for path in (blog / "static").rglob(".*")] == []
    assert sorted(path.name for path in blog.glob(".unwix-redirects*")) == [
        ".unwix-redirects-netlify.json",
        ".unwix-redirects-nginx.json",
    ]


def test_edited_redirects_are_kept_and_verified(blog: Path) -> None:
    run("redirects", blog, "--for", "netlify")
    file = blog / "static/_redirects"
    file.write_text(file.read_text().replace("/amp/one ", "/amp/none ") + "/mine /there 301\n")
    result = run("redirects", blog, "--for", "netlify", "--verify")
    assert result.code == 1
    assert "miss: /amp/one" in result.out
    assert "_redirects: kept (edited); the new version is in _redirects.new" in result.err
    assert "/mine /there 301" in file.read_text()
    assert "/amp/one " in (blog / "static/_redirects.new").read_text()


def test_foreign_file_is_kept(blog: Path) -> None:
    (blog / "vercel.json").write_text('{"cleanUrls": true}')
    result = run("redirects", blog, "--for", "vercel")
    assert result.code == 1
    assert (blog / "vercel.json").read_text() == '{"cleanUrls": true}'
    assert "amp" in (blog / "vercel.json.new").read_text()


@pytest.mark.parametrize("name", HOSTS)
def test_command_writes_every_host(blog: Path, name: str) -> None:
    result = run("redirects", blog, "--for", name, "--verify", "--base-url", "https://ada.example/notes")
    assert result.code == 0, result.out + result.err
    assert "Traceback" not in result.err


def test_convert_does_not_change_redirects(blog: Path) -> None:
    run("redirects", blog, "--for", "hugo")
    stub = blog / "static/amp/one.html"
    assert stub.exists()
    result = run("convert", blog.parent / "in", "-o", blog, "--to", "hugo", "--prune", "remove", "-j", 0)
    assert result.code == 0
    assert stub.exists()


def test_stubs_of_removed_posts_are_pruned_on_request(blog: Path) -> None:
    run("redirects", blog, "--for", "hugo")
    report = json.loads((blog / "report.json").read_text())
    report["posts"] = [found for found in report["posts"] if found["slug"] != "one"]
    (blog / "report.json").write_text(json.dumps(report))
    result = run("redirects", blog, "--for", "hugo")
    assert "of an earlier run no longer needed; --prune remove deletes them" in result.err
    assert (blog / "static/amp/one.html").exists()
    assert run("redirects", blog, "--for", "hugo", "--prune", "remove").code == 0
    assert not (blog / "static/amp/one.html").exists()
    assert (blog / "static/amp/two.html").exists()


def test_another_folder_and_other_urls(blog: Path, tmp_path: Path) -> None:
    result = run(
        "redirects", blog, "--for", "csv", "--output", tmp_path / "rules", "--permalink", "post=/{year}/{slug}/"
    )
    assert result.code == 0
    assert "/amp/one,/2025/one/,301,post," in (tmp_path / "rules/redirects.csv").read_text()


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (
            lambda out: (out / "report.json").unlink(),
            "is not an output of unwix: it has no report.json. Give the directory",
        ),
        (lambda out: (out / "report.json").write_text('{"posts": ['), "cannot be read. Convert again to rewrite it."),
        (lambda out: (out / "report.json").write_bytes(b"\xff\xfe"), "cannot be read. Convert again to rewrite it."),
        (lambda out: (out / "report.json").write_text("[]"), "is not a report of unwix: it has no list of posts."),
        (
            lambda out: (out / "report.json").write_text('{"posts": []}'),
            "No redirects needed (or no original URLs known).",
        ),
        (lambda out: (out / ".unwix-state.json").unlink(), "The target of OUTPUT is unknown; give --to"),
    ],
)
def test_user_errors_are_one_sentence(blog: Path, spoil: Any, message: str) -> None:
    spoil(blog)
    result = run("redirects", blog, "--for", "netlify")
    assert result.code == 2
    assert message in result.err
    assert "Traceback" not in result.err


def test_dry_run_lists_redirects(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/one.html").write_bytes(post_page(p("Words."), "One", "one"))
    dry_run = ("convert", tmp_path / "in", "-o", tmp_path / "out", "--to", "astro", "-j", 0, "--dry-run")
    assert "redirect   /post/one → /blog/one/" in run(*dry_run).out.splitlines()
    events = [json.loads(line) for line in run(*dry_run, "--json").out.splitlines()]
    assert {"event": "redirect", "old": "/post/one", "new": "/blog/one/"} in events
    assert not (tmp_path / "out").exists()


def test_a_second_category_has_no_page_in_pelican() -> None:
    rows = [{**row("a", categories=["Kilns", "Clay"]), "output": "content/post/a.md"}]
    linked = {"/blog/categories/k-1": "Kilns", "/blog/categories/c-1": "Clay"}
    for lists, kilns in (({}, "/blog/categories/kilns"), (linked, "/blog/categories/k-1")):
        found = by_old(build_redirects(rows, LinksRow.read({"lists": lists}), permalinks_of("pelican")))
        assert found[kilns] == "/category/kilns.html"
        assert [old for old, new in found.items() if "clay" in new] == []


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Slow firing", "Slow-firing"),
        ("Ton / Lehm", "Ton-Lehm"),
        ("C++", "C"),
        ("???", None),
        ("Größe & Maß", "Grose-Mas"),
        ("Œuvre Łódź", "OEuvre-Lodz"),
        ("한국어 글", "한국어-글"),
        ("Việt", "Viet"),
        ("Речь", "Речь"),
        ("q’s “x”", "q’s-“x”"),
    ],
)
def test_terms_of_hexo_keep_their_case(name: str, slug: str | None) -> None:
    assert term_slug(name) == slug
