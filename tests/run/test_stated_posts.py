"""The number of posts that a list page of a mirror states is compared with the posts of the run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.post_pages import list_page, p, post_page
from support.terminal import run

DATA = '<script type="application/json" id="wix-warmup-data">{"postFeedPage":{"posts":{"pagingMetaData":{"count":9,"offset":0,"total":%d}}}}</script></body>'


@pytest.mark.parametrize(("value", "is_warned"), [(3, True), (2, False), (1, False)])
def test_fewer_posts_than_the_list_states_are_a_warning(tmp_path: Path, value: int, is_warned: bool) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("one", "two"):
        (folder / f"{name}.html").write_bytes(post_page(p(f"Words of {name}."), name, name))
    (folder / "blog.html").write_bytes(list_page().replace(b"</body>", (DATA % value).encode()))
    result = run("convert", folder, "-o", tmp_path / "out", "-j", 0)
    assert ("a list page states 3 posts; this run has 2" in result.err) == is_warned
    (row,) = json.loads((tmp_path / "out/report.json").read_text())["skipped"]
    assert (row["kind"], row["posts"]) == ("list-page", value)
