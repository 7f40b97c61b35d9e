"""Test redirects with nginx, Apache and Caddy on 127.0.0.1, and with the vendors' own parsers of their formats."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from test_redirects import HOSTILE, SAMPLE, SITE, redirects, row

from support.programs import NODE, node_package, program
from support.servers import SERVERS, answer
from unwix.blog.redirects.hosts import HOSTS
from unwix.blog.redirects.hosts.rules import Rule, requests_for, with_normal_forms

pytestmark = pytest.mark.tools
LANGUAGES = redirects(
    row("x", language="en"), row("x", new="x-fr", url=f"{SITE}/post/x?lang=fr", language="fr"), row("y")
).rules
HOSTILE_RULES = redirects(
    *(row(text, new=f"n{n}") for n, text in enumerate([
        *HOSTILE.split(), HOSTILE, "\"", "'", "`", "{", "}", "{{x}}", "{$PATH}", "{env.PATH}", "$", "$0", "%", "%2", "%20", "%{TIME}",
        ".*", "a|b", "a b", " a ", "#x", "a#b", "é\u2028x", "\u00a0", "🏺", "a\u0301", "~^x", "default", "include", "hostnames",
    ]))
).rules  # fmt: skip


def lead(port: int, rules: list[Rule]) -> list[str]:
    """Return the faults: each request must be redirected with 301 to the new URL, which must not be an old URL."""
    wrong = []
    for rule in rules:
        for request in requests_for(rule):
            status, location = answer(port, request)
            path, _, query = (location or "").partition("?")
            requests = request.partition("?")[2]
            if (status, path) != (301, rule.new) or query != requests:
                wrong.append(f"{request}: {status} {location}; wanted {rule.new}")
        if answer(port, rule.new)[0] != 404:
            wrong.append(f"{rule.new} is redirected again")
    return wrong


#: Slugs, categories and tags with accents, in scripts that Unicode writes in two normal forms.
ACCENTED = with_normal_forms(
    redirects(
        *(
            row(slug, categories=["Thé"], tags=["Việt"])
            for slug in ("möhren-säen", "한국어-글", "cafe\u0301", "čaj", "が")
        )
    ).rules
)


def test_old_urls_have_six_spellings() -> None:
    """Plain, with a slash, with a query, lower-case escapes, bare UTF-8, and the other normal form."""
    requests = {
        request for rule in ACCENTED if rule.new == "/posts/čaj/" or "aj/" in rule.new for request in requests_for(rule)
    }
    expected = (
        "/post/%C4%8Daj",
        "/post/%C4%8Daj/",
        "/post/%C4%8Daj?utm_source=feed&fbclid=x",
        "/post/%c4%8daj",
        "/post/čaj",
        "/post/c%CC%8Caj",
    )
    assert {*expected} <= requests


@pytest.mark.parametrize(
    "rules", [SAMPLE, LANGUAGES, HOSTILE_RULES, ACCENTED], ids=["usual", "languages", "hostile", "accented"]
)
@pytest.mark.parametrize("name", SERVERS)
def test_real_server_redirects_every_old_url(name: str, rules: list[Rule], tmp_path: Path) -> None:
    host_files = HOSTS[name].write(rules)
    assert host_files.unsupported == host_files.over_limit == []
    file = tmp_path / "rules"
    file.write_text(host_files.files[str(HOSTS[name].file)], encoding="utf-8")
    with SERVERS[name](tmp_path, file) as port:
        assert lead(port, rules) == []
        for other in ("/", "/post/a-pot-2", "/post", "/x/post/a-pot", "/style.css?post=/post/a-pot"):
            assert answer(port, other)[0] in (404, 403, 200), other


@pytest.mark.parametrize("name", SERVERS)
def test_a_real_server_takes_ten_thousand_rules(name: str, tmp_path: Path) -> None:
    rules = redirects(*(row(f"post-number-{n}-é") for n in range(2_500))).rules
    assert len(rules) > 7_500
    file = tmp_path / "rules"
    file.write_text(HOSTS[name].write(rules).files[str(HOSTS[name].file)], encoding="utf-8")
    with SERVERS[name](tmp_path, file) as port:
        assert lead(port, rules[::997]) == []


# ---- the vendors' parsers -----------------------------------------------------------------------------------------


def node(script: str, value: Any, tmp_path: Path) -> Any:
    """Return the result of a script of tests/node for JSON."""
    file = tmp_path / "given.json"
    file.write_text(json.dumps(value), encoding="utf-8")
    result = subprocess.run(
        [program("node"), str(NODE / script), str(file)], capture_output=True, text=True, timeout=60, check=False
    )
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout.splitlines()[-1])  # a package may have printed lines before it


ALL = list({rule.old: rule for rule in [*SAMPLE, *HOSTILE_RULES, *ACCENTED]}.values())


def test_netlifys_own_parser_reads_the_file(tmp_path: Path) -> None:
    node_package("@netlify/redirect-parser")
    rules = [*ALL, *(rule for rule in LANGUAGES if rule.kind == "post")]
    host_files = HOSTS["netlify"].write(rules)
    file = tmp_path / "_redirects"
    file.write_text(host_files.files["_redirects"], encoding="utf-8")
    found = node("netlify.mjs", str(file), tmp_path)
    assert found["errors"] == []
    assert len(found["redirects"]) == host_files.count
    assert {rule["status"] for rule in found["redirects"]} == {301}
    assert {rule["to"] for rule in found["redirects"]} == {rule.new for rule in rules}
    assert [rule["query"] for rule in found["redirects"] if rule["query"]] == [{"lang": "fr"}]


def test_vercels_own_routing_leads_every_old_url(tmp_path: Path) -> None:
    node_package("@vercel/routing-utils")
    rules = ALL[:1000]
    host_files = HOSTS["vercel"].write(rules)
    unsupported = {rule for rule, _ in host_files.unsupported}
    asked = [(request, rule.new) for rule in rules if rule not in unsupported for request in requests_for(rule)]
    requests = [request.partition("?")[0] for request, _ in asked]
    data = node("vercel.mjs", {"config": json.loads(host_files.files["vercel.json"]), "requests": requests}, tmp_path)
    assert data["error"] is None
    wrong = [(r, got, want) for (r, want), got in zip(asked, data["locations"], strict=True) if got != want]
    assert wrong == []


def test_cloudflares_own_rules_lead_every_old_url(tmp_path: Path) -> None:
    node_package("redirects-in-workers")  # Cloudflare's parser and matcher as a package
    for rules in (ALL, ACCENTED, redirects(*(row(f"post-{n}") for n in range(1_500))).rules):
        host_files = HOSTS["cloudflare"].write(rules)
        unsupported = {rule for rule, _ in host_files.unsupported}
        # `fetch` of a browser or a crawler sends a URL in the form of the URL standard.
        asked = [(r, rule.new) for rule in rules[:700] if rule not in unsupported for r in requests_for(rule)]
        requests = [request.partition("?")[0] for request, _ in asked]
        found = node("cloudflare.mjs", {"file": host_files.files["_redirects"], "requests": requests}, tmp_path)
        wrong = [(r, got, want) for (r, want), got in zip(asked, found, strict=True) if got != want]
        assert wrong == []
