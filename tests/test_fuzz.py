"""Test samples with seeded damage: they are read, or refused with a reason, and never raise."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from support.paths import ROOT_DIR
from unwix.model.page import Page
from unwix.run.steps import convert_page

SAMPLES = sorted(
    path for path in (ROOT_DIR / "samples").rglob("*") if path.suffix in {".html", ".json", ".xml", ".csv", ".txt", ".md"}
)  # fmt: skip
TAG = re.compile(rb"<[^<>]{1,200}>")
ROUNDS = 3


def flip(raw: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(raw)
    for _ in range(1 + len(raw) // 20_000):
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
    return bytes(damaged)


def truncate(raw: bytes, chance: random.Random) -> bytes:
    return raw[: chance.randrange(len(raw))]


def delete_tags(raw: bytes, chance: random.Random) -> bytes:
    return TAG.sub(lambda tag: b"" if chance.random() < 0.02 else tag[0], raw)


def add_end_tags(raw: bytes, chance: random.Random) -> bytes:
    ends = (b"</div>", b"</p></section>", b"</body></html>", b"]}", b"-->")
    return TAG.sub(lambda tag: tag[0] + chance.choice(ends) if chance.random() < 0.02 else tag[0], raw)


def insert_bytes(raw: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(raw))
    return raw[:at] + chance.choice((b"\xff", b"\0", b"\x0b", b"\xed\xa0\x80", b"\xef\xbf\xbe")) * 3 + raw[at:]


def splice(raw: bytes, chance: random.Random) -> bytes:
    other = chance.choice(SAMPLES).read_bytes()
    return raw[: chance.randrange(len(raw))] + other[chance.randrange(len(other) + 1) :]


def repeat(raw: bytes, chance: random.Random) -> bytes:
    start, to = chance.randrange(len(raw)), chance.randrange(len(raw))
    return raw[:to] + raw[start : start + 2_000] + raw[to:]


def break_urls(raw: bytes, chance: random.Random) -> bytes:
    hosts = (b"://[", b"://[]", b"://[::1", b"://\xe2\x84\x80", b"://a:b@", b"://a:99999999", b":///")
    return re.sub(rb"://", lambda url: chance.choice(hosts) if chance.random() < 0.2 else url[0], raw)


def change_values(raw: bytes, chance: random.Random) -> bytes:
    values = (b"null", b'""', b"[]", b"{}", b"-1", b"2.5", b"true", b"[null]", b'{"a": 1}', b"9" * 30)
    return re.sub(
        rb'(?<=":)\s*(?:"(?:[^"\\]|\\.)*"|\d+|true|false|null)',
        lambda value: chance.choice(values) if chance.random() < 0.05 else value[0],
        raw,
    )


DAMAGES = [flip, truncate, delete_tags, add_end_tags, insert_bytes, splice, repeat, break_urls, change_values]


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_damaged_samples_never_raise(sample: Path, damage: Callable[[bytes, random.Random], bytes]) -> None:
    raw = sample.read_bytes()
    if not raw:
        return
    for seed in range(ROUNDS):
        result = convert_page(Page(sample.name, data=damage(raw, random.Random(f"{sample.name} {seed}"))))
        assert result.posts or result.skipped or result.failed or result.left_out
        assert "unwix itself failed" not in str(result.failed), (seed, result.failed)


def _words(text: str) -> Counter[str]:
    """Count the words of a Markdown text without URLs, because a deleted `<a>` removes its URL."""
    text = re.sub(r"\]\([^()\s]*\)|<https?:[^>\s]*>", "]", text)
    plain = re.sub(r"[\\\\*_#>|\[\]()`<]", " ", text.lower())
    return Counter(word for word in re.findall(r"\w+", plain) if word.isalpha() and len(word) > 2)


def _delete_tags_but_meta(raw: bytes, chance: random.Random) -> bytes:
    """Delete tags, except those that declare the encoding."""
    return TAG.sub(lambda tag: b"" if chance.random() < 0.02 and b"<meta" not in tag[0].lower() else tag[0], raw)


#: AMP pages have no markup of the viewer, and so no ledger of the page.
PAGES = [path for path in SAMPLES if path.suffix == ".html" and b"<html amp" not in path.read_bytes()[:400]]


@pytest.mark.parametrize("damage", [_delete_tags_but_meta, add_end_tags])
@pytest.mark.parametrize("sample", PAGES, ids=lambda path: path.name)
def test_a_post_with_lost_text_is_never_complete(sample: Path, damage: Callable[[bytes, random.Random], bytes]) -> None:
    """The damage keeps all text that a browser shows: each word is in the Markdown, or the post is not complete."""
    raw = sample.read_bytes()
    whole = convert_page(Page(sample.name, data=raw)).posts
    if len(whole) != 1:
        return
    for seed in range(ROUNDS):
        posts = convert_page(Page(sample.name, data=damage(raw, random.Random(f"{sample.name} {seed}")))).posts
        if posts and all(post.result == "complete" for post in posts):
            written = sum((_words(post.body) for post in posts), Counter[str]())
            assert _words(whole[0].body) - written == Counter(), seed


@pytest.mark.parametrize("end", [b"</div></div></div>", b"</section>", b"</body></html>"])
@pytest.mark.parametrize("sample", PAGES, ids=lambda path: path.name)
def test_an_end_tag_between_blocks_hides_nothing(sample: Path, end: bytes) -> None:
    raw = sample.read_bytes()
    blocks = [match.start() for match in re.finditer(rb"<\w+ [^<>]*\bid=\"viewer-", raw)]
    whole = convert_page(Page(sample.name, data=raw)).posts
    if len(blocks) < 4 or len(whole) != 1:
        return
    at = blocks[len(blocks) // 2]
    posts = convert_page(Page(sample.name, data=raw[:at] + end + raw[at:])).posts
    if posts and all(post.result == "complete" for post in posts):
        assert _words(whole[0].body) - sum((_words(post.body) for post in posts), Counter[str]()) == Counter()
