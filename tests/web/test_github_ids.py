"""Test GitHub's ids of headings."""

from __future__ import annotations

import json
import subprocess
import unicodedata

import pytest

from support.programs import node_package, program
from unwix.web.github_ids import github_id, github_ids


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("Opening hours", "opening-hours"),
        ("What’s new? (2024)", "whats-new-2024"),
        ("Möhren säen – geht das?", "möhren-säen--geht-das"),
        ("snake_case & kebab-case", "snake_case--kebab-case"),
        ("हिन्दी में", "हिन्दी-में"),
        ("夜だけ焼けるパン。", "夜だけ焼けるパン"),
        ("🍞 Bread", "-bread"),
        ("½ pound, Ⅳ and Ⓐ", "-pound-ⅳ-and-ⓐ"),
        ("a\u00a0b", "ab"),
        ("…", ""),
    ],
)
def test_heading_id_keeps_letters_and_digits(text: str, anchor: str) -> None:
    assert github_id(text) == anchor


def test_a_taken_id_gets_the_first_free_number() -> None:
    assert github_ids(["Part", "Part", "Part 1", "Part"]) == ["part", "part-1", "part-1-1", "part-2"]


@pytest.mark.tools
def test_the_ids_are_those_of_github_slugger() -> None:
    """For every character below U+3000 that is older than github-slugger's tables."""
    package = node_package("github-slugger")
    texts = [chr(n) for n in range(0x3000) if unicodedata.ucd_3_2_0.category(chr(n)) != "Cn"]
    texts += ["Part", "part", "PART 1", "İstanbul’da", "Ⓐ Ⅳ ½", "🍞", "🍞", "", "a  b", "¿Qué?"]
    script = f"""
    import Slugger from {json.dumps((package / "index.js").as_uri())}
    import {{ readFileSync }} from 'node:fs'
    const slugger = new Slugger()
    console.log(JSON.stringify(JSON.parse(readFileSync(0, 'utf8')).map(text => slugger.slug(text))))
    """
    result = subprocess.run(
        [program("node", "nodejs"), "--input-type=module", "--eval", script],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    theirs, ours = json.loads(result.stdout), github_ids(texts)
    assert [text for text, a, b in zip(texts, theirs, ours, strict=True) if a != b] == []
