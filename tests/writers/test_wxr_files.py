"""Test WXR files of a limited size: each has everything that its posts need, and can be imported alone and again."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from support.post_pages import p, picture, post_page
from support.terminal import on_a_terminal, run
from unwix.writers.import_files.import_format import FileLimits
from unwix.writers.import_files.records import Record
from unwix.writers.import_files.wxr_files import wxr_files

NS = {
    "wp": "http://wordpress.org/export/1.2/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
}


def _texts(node: Any, name: str) -> list[str]:
    return [found.text or "" for found in node.iterfind(name, NS)]


def _text(node: Any, name: str) -> str:
    return str(node.findtext(name, namespaces=NS) or "")


def _items(channel: Any, kind: str) -> list[Any]:
    return [item for item in channel.iter("item") if _text(item, "wp:post_type") == kind]


def _image(number: int) -> str:
    return f"https://static.wixstatic.com/media/{number}.jpg"


def _record(number: int, images: list[int], names: list[str], size: int, date: str) -> Record:
    blocks = (
        f'<!-- wp:image {{"id":0,"sizeSlug":"full"}} -->\n<figure class="wp-block-image size-full">'
        f'<img src="{_image(image)}" alt="{image}" class="wp-image-0"/></figure>\n<!-- /wp:image -->'
        for image in images
    )
    record: Record = {"id": str(number), "slug": f"post-{number}", "title": f"Post {number}", "html": "".join(blocks)}
    record["html"] += "é" * size
    record["images"] = [(_image(image), str(image)) for image in images]
    if names:
        record["authors"], record["categories"], record["tags"] = names[:2], names, names[::-1]
    if images:
        record["cover"] = _image(images[0])
    if date:
        record["date"] = date
    return record


_RECORDS = st.lists(
    st.tuples(
        st.lists(st.integers(0, 30), max_size=6),
        st.lists(st.sampled_from(["Ada", "Töpfe", "Topfe", "陶器", "A & B", "Kilns"]), max_size=3, unique=True),
        st.integers(0, 4_000),
        st.sampled_from(["", "2024-03-01 10:00:00", "2019-12-31 23:59:59"]),
    ),
    min_size=1,
    max_size=12,
).map(lambda rows: [_record(number, *row) for number, row in enumerate(rows)])


@given(_RECORDS, st.sampled_from([3_000, 8_000, 20_000]), st.sampled_from([1, 5, 1000]))
def test_each_file_is_complete_and_within_the_limits(records: list[Record], size: int, images: int) -> None:
    texts = [*wxr_files(lambda: iter(records), FileLimits(size, images))]
    channels = [etree.fromstring(text.encode()).find("channel") for text in texts]
    assert [_text(post, "wp:post_name") for channel in channels for post in _items(channel, "post")] == [
        record["slug"] for record in records
    ]
    ids: dict[str, str] = {}
    slugs: dict[tuple[str, str], str] = {}
    for text, channel in zip(texts, channels, strict=True):
        posts, attachments = _items(channel, "post"), _items(channel, "attachment")
        assert len(posts) == 1 or (len(text.encode()) <= size and len(attachments) <= images)
        urls = {_text(item, "wp:attachment_url"): _text(item, "wp:post_id") for item in attachments}
        assert len(urls) == len(attachments)
        for url, number in urls.items():
            assert ids.setdefault(url, number) == number, "an image has one id in all files"
        logins = _texts(channel, "wp:author/wp:author_login")
        terms = {
            "category": dict(zip(_texts(channel, "wp:category/wp:category_nicename"), _texts(channel, "wp:category/wp:cat_name"), strict=True)),
            "post_tag": dict(zip(_texts(channel, "wp:tag/wp:tag_slug"), _texts(channel, "wp:tag/wp:tag_name"), strict=True)),
        }  # fmt: skip
        used: set[str] = set()
        for post in posts:
            assert {*_texts(post, "dc:creator")} <= {*logins}
            body = _text(post, "content:encoded")
            assert all(urls[url] == number for url, number in re.findall(r'src="([^"]*)".*?wp-image-(\d+)', body))
            used |= {*re.findall(r'src="([^"]*)"', body)}
            for term in post.iter("category"):
                domain, slug, name = str(term.get("domain")), str(term.get("nicename")), str(term.text)
                assert terms[domain][slug] == name
                assert slugs.setdefault((domain, name), slug) == slug, "a name has one slug in all files"
        assert used == {*urls}, "a file has no image that its posts do not show"
        kinds = [_text(item, "wp:post_type") for item in channel.iter("item")]
        assert kinds == sorted(kinds), "images first: an import that breaks off among them has created no post"
    numbers = [_text(post, "wp:post_id") for channel in channels for post in _items(channel, "post")]
    assert len({*numbers, *ids.values()}) == len(numbers) + len(ids)


def test_an_image_is_downloaded_again_when_an_import_is_repeated() -> None:
    """The importer does not replace the URLs of images that it skips as known: title and date must not match."""
    (text,) = wxr_files(lambda: iter([_record(1, [7], [], 0, "2024-03-01 10:00:00")]), FileLimits())
    (image,) = _items(etree.fromstring(text.encode()), "attachment")
    assert _text(image, "wp:post_date") == "0000-00-00 00:00:00"
    meta = dict(zip(_texts(image, "wp:postmeta/wp:meta_key"), _texts(image, "wp:postmeta/wp:meta_value"), strict=True))
    assert meta["_wp_attached_file"] == "2024/03/7.jpg", "the directory that WordPress puts it into"
    assert _text(image, "guid") == _image(7)


def _convert(folder: Path, *options: object) -> tuple[list[str], str]:
    result = run("convert", folder / "in", "-o", folder / "out", "--to", "wordpress", "-j", 0, *options)
    assert result.code == 0, result.err
    return sorted(path.name for path in (folder / "out").glob("*.xml*")), result.err


def test_a_blog_that_is_too_large_for_one_upload_becomes_several_files(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in "abc":
        page = post_page(p("Words. " * 3_000) + picture("A pot", "Mine"), name.upper(), name)
        (tmp_path / f"in/{name}.html").write_bytes(page)
    assert _convert(tmp_path)[0] == ["wordpress.xml"]
    names, err = _convert(tmp_path, "--split", "0.05")
    assert names == ["wordpress-1.xml", "wordpress-2.xml"], "the file of the earlier run is gone"
    markup = "\n".join(
        on_a_terminal("convert", "in", "-o", "out", "--to", "wordpress", "--split", "0.05", cwd=tmp_path, NO_COLOR="1")
    )
    assert re.search(r"out/wordpress-\*\.xml\s+import them one by one: Tools", markup), markup
    (tmp_path / "out/wordpress-2.xml").write_text("mine", encoding="utf-8")
    names, err = _convert(tmp_path, "--split", "0.05")
    assert names == ["wordpress-1.xml", "wordpress-2.xml", "wordpress-2.xml.new"]
    assert "wordpress-2.xml: kept (edited); the new version is in wordpress-2.xml.new." in err
    assert _convert(tmp_path, "--split", "0")[0] == ["wordpress-2.xml", "wordpress-2.xml.new", "wordpress.xml"]


@pytest.mark.parametrize("target", ["hugo", "ghost"])
def test_other_targets_are_not_split(target: str, tmp_path: Path) -> None:
    result = run("convert", tmp_path, "-o", tmp_path / "out", "--to", target, "--split", "2")
    assert (result.code, "--split can be used with --to wordpress only." in result.err) == (2, True)
