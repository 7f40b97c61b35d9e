"""A real Ghost imports the samples: what its pages show, and where its redirects lead."""

from __future__ import annotations

import http.client
import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from support.ghost_cards import without_interface
from support.ghost_server import Ghost, ghost_server
from support.paths import ROOT_DIR
from support.terminal import run
from unwix.blog.redirects.hosts.rules import requests_for
from unwix.blog.redirects.plan import build_redirects
from unwix.fidelity.compare import compare
from unwix.fidelity.markdown import html_facts
from unwix.run.read_report import read_report
from unwix.writers.permalinks import permalinks_of
from unwix.writers.targets import TARGETS
from unwix.writers.targets.imports.ghost import GhostHtml

pytestmark = pytest.mark.tools


def _answer(ghost: Ghost, request: str) -> tuple[int, str]:
    """Return the status and the path of `Location`, without following it."""
    connection = http.client.HTTPConnection(urlsplit(ghost.url).netloc, timeout=60)
    connection.request("GET", request)
    response = connection.getresponse()
    return response.status, (response.getheader("Location") or "").partition("?")[0]


def test_ghost_shows_every_post_and_leads_every_old_url_to_it(tmp_path: Path) -> None:
    out = tmp_path / "move"
    assert run("convert", ROOT_DIR / "samples", "-o", out, "--to", "ghost", "-j", 0).code in (0, 1)
    assert run("redirects", out, "--for", "ghost", "--verify").code == 0
    written = json.loads((out / "ghost.json").read_text("utf-8"))["db"][0]["data"]["posts"]
    with ghost_server() as ghost:
        imported = {post["slug"]: post for post in ghost.import_posts(out / "ghost.json", len(written))}
        assert {post["slug"] for post in written} <= {*imported}
        faults = []
        for post in written:
            markup = (imported[post["slug"]]["html"] or "").replace(f"{ghost.url}/", "/")
            facts = html_facts(GhostHtml.read_back(post.get("html", "")))
            faults += [
                (post["slug"], fault) for fault in compare(facts, html_facts(without_interface(markup))).problems
            ]
        assert faults == []
        ghost.upload_redirects(out / "redirects/redirects.json")
        rules = build_redirects(
            read_report(out)["posts"], None, permalinks_of("ghost", {}, TARGETS["ghost"].pages), None
        ).rules
        # Ghost answers 400 to bare UTF-8, which browsers never send.
        asked = [(rule, request) for rule in rules for request in requests_for(rule) if request.isascii()]
        wrong = [(request, rule.new) for rule, request in asked if _answer(ghost, request) != (301, rule.new)]
        assert wrong == []
        assert {new: _answer(ghost, new)[0] for new in {rule.new for rule in rules}} == {
            rule.new: 200 for rule in rules
        }
