"""Test media in whole runs with a real server: paths of files, references in posts, and second runs."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import unicodedata
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from support import post_pages as pages
from support.media_posts import FILM, HEX, STATIC, convert, film, image, listed, media, name, problems, run, write
from support.media_server import MP3, MP4, PDF, SORRY, Answer, Web, png
from unwix.blog.media.file_names import MediaNames
from unwix.blog.media.index_file import FileInfo
from unwix.blog.media.item import MediaItem, MediaResult
from unwix.cli.main import cli
from unwix.web.file_types import Format

# ---- what is written ----------------------------------------------------------------------------------------------


def test_every_kind_of_media_is_copied_and_referred_to(web: Web, tmp_path: Path) -> None:
    gallery = (
        '<div data-hook="galleryViewer"><div data-hook="item-container"><img data-hook="gallery-item-image-img-preload" '
        f'src="{STATIC}{name(2)}/v1/fit/w_9,h_9/x.jpg"></div></div>'
    )
    sound = f'<figure data-hook="figure-AUDIO"><div data-hook="audio-viewer"><audio src="https://static.wixstatic.com/mp3/{HEX}.mp3"></audio></div></figure>'
    gif = '<figure data-hook="figure-GIF"><video src="https://media.giphy.com/media/ab/giphy.mp4"></video></figure>'
    body = (
        image(1, alt="A rose")
        + pages.block(gallery, "gallery")
        + film()
        + pages.block(sound, "audio")
        + pages.block(gif, "gif")
        + pages.p('See <a href="https://docs.wixstatic.com/ugd/ab12cd_01.pdf">the list</a>.')
    )
    cover = f'<meta property="og:image" content="{STATIC}{name(3)}/v1/fit/w_9,h_9/x.jpg">'
    for number in (1, 2, 3):
        web.answers[f"/media/{name(number)}"] = Answer(png(number, 1))
    web.answers[FILM.format("1080p")] = Answer(MP4)
    web.answers[f"/mp3/{HEX}.mp3"] = Answer(MP3)
    web.answers["/media/ab/giphy.gif"] = Answer(b"GIF89a\1\0\1\0" + bytes(20) + b";")
    web.answers["/ugd/ab12cd_01.pdf"] = Answer(PDF)
    rows = convert(web, write(tmp_path / "in", body, head=cover), tmp_path / "out")

    assert {(row["kind"], row["state"]) for row in rows} == {
        (kind, "original") for kind in ("image", "gallery", "cover", "video", "audio", "gif", "file")
    }
    text = (tmp_path / "out" / "pot-0.md").read_text()
    for row in rows:
        assert (tmp_path / "out" / row["file"]).stat().st_size == row["bytes"]
        assert row["file"] in text
    assert "wixstatic.com" not in text
    assert f"cover: media/{name(3)[:-4]}.png" in text
    assert f"![A rose](media/{name(1)[:-4]}.png)" in text
    assert "[the list](media/ab12cd_01.pdf)" in text
    assert problems(tmp_path / "out") == []
    assert not (tmp_path / "out" / ".unwix-cache").exists()
    rose = next(row for row in rows if row["kind"] == "image")
    assert (rose["alt"], rose["width"], rose["height"], rose["used_by"]) == ("A rose", 1, 1, ["pot-0.md"])


def test_ghost_post_references_each_file_of_the_zip(web: Web, tmp_path: Path) -> None:
    """Ghost searches for the exact path of the file in the text (content-file-importer.js)."""
    info = json.dumps({"imageData": {"uri": name(1), "name": "Möhre & Topf.png"}}).replace('"', "&quot;")
    body = image(1).replace('data-image-info="', f'data-image-info="{info}" data-was="') + film()
    web.answers[f"/media/{name(1)}"] = Answer(png(1, 1))
    web.answers[f"/media/{name(3)}"] = Answer(png(3, 1))
    web.answers[FILM.format("1080p")] = Answer(MP4)
    cover = f'<meta property="og:image" content="{STATIC}{name(3)}/v1/fit/w_9,h_9/x.jpg">'
    rows = convert(web, write(tmp_path / "in", body, head=cover), tmp_path / "out", "--to", "ghost")
    post = json.loads((tmp_path / "out/ghost.json").read_text(encoding="utf-8"))["db"][0]["data"]["posts"][0]
    text = post["html"] + post["feature_image"]
    assert len(rows) == 3
    for row in rows:
        assert (tmp_path / "out" / row["file"]).is_file()
        assert f"/{row['file']}" in text
    assert "wixstatic.com" not in text


def test_original_with_several_urls_is_downloaded_once(web: Web, tmp_path: Path) -> None:
    web.answers[f"/media/{name(1)}"] = Answer(png())
    body = image(1) + image(1, f"{STATIC}{name(1)}/v1/fill/w_9,h_9/file.jpg")
    rows = convert(web, write(tmp_path / "in", body, body), tmp_path / "out")
    assert [(row["file"], row["used_by"]) for row in rows] == [(f"media/{name(1)[:-4]}.png", ["pot-0.md", "pot-1.md"])]
    assert len(web.asked) == 1


def test_equal_bytes_are_one_file(web: Web, tmp_path: Path) -> None:
    for number in (1, 2):
        web.answers[f"/media/{name(number)}"] = Answer(png(7, 7))
    rows = convert(web, write(tmp_path / "in", image(1) + image(2)), tmp_path / "out")
    assert len({row["file"] for row in rows}) == 1
    assert len(media(tmp_path / "out")) == 1


def test_file_names_of_the_author_are_kept_and_distinct(web: Web, tmp_path: Path) -> None:
    alts = ["Café (1).JPG", "CAFE\u0301 (1).png", "../../x.jpg", "con.jpg", "_draft.png", "a b%20&lt;c&gt;.png"]
    for number in range(len(alts)):
        web.answers[f"/media/{name(number)}"] = Answer(png(number + 1, 1))
    body = "".join(image(number, alt=alt) for number, alt in enumerate(alts))
    rows = convert(web, write(tmp_path / "in", body), tmp_path / "out")
    names = [row["file"] for row in rows]
    assert names == [
        "media/Café-1.png",
        "media/CAFÉ-1-2.png",
        f"media/{name(2)[:-4]}.png",
        "media/file_con.png",
        "media/draft.png",
        "media/a-b-20-c.png",
    ]
    text = (tmp_path / "out" / "pot-0.md").read_text()
    assert "(media/Caf%C3%A9-1.png)" in text
    assert json.loads((tmp_path / "out" / "report.json").read_text())["posts"][0]["result"] != "lossy"


def test_file_of_the_user_is_not_changed(web: Web, tmp_path: Path) -> None:
    web.answers[f"/media/{name(1)}"] = Answer(png())
    mine = tmp_path / "out" / "media" / f"{name(1)[:-4].upper()}.PNG"
    mine.parent.mkdir(parents=True)
    mine.write_bytes(b"mine")
    rows = convert(web, write(tmp_path / "in", image(1)), tmp_path / "out")
    assert rows[0]["file"] == f"media/{name(1)[:-4]}-2.png"
    assert mine.read_bytes() == b"mine"


def test_avatars_are_copied_on_request(web: Web, tmp_path: Path) -> None:
    web.answers[f"/media/{name(7)}"] = Answer(png())
    face = (
        f'<div data-hook="avatar-image" style="background-image:url({STATIC}{name(7)}/v1/fill/w_9,h_9/file.jpg)"></div>'
    )
    source = write(tmp_path / "in", "")
    page = (source / "0.html").read_text()
    (source / "0.html").write_text(page.replace('<span data-hook="user-name">', face + '<span data-hook="user-name">'))
    assert convert(web, source, tmp_path / "without") == []
    (row,) = convert(web, source, tmp_path / "with", "--avatars")
    assert (row["kind"], row["state"], row["url"]) == ("avatar", "original", STATIC + name(7))


def test_wordpress_uses_the_media_url(web: Web, tmp_path: Path) -> None:
    web.answers[f"/media/{name(1)}"] = Answer(png(1, 1))
    place = "https://www.new.example/wp-content/uploads/wix"
    source = write(tmp_path / "in", image(1, alt="A rose"))
    (row,) = convert(web, source, tmp_path / "out", "--to", "wordpress", "--media-url", f"{place}/")
    file = row["file"].removeprefix("uploads/")
    assert (tmp_path / "out/uploads" / file).is_file()
    text = (tmp_path / "out/wordpress.xml").read_text(encoding="utf-8")
    assert f'<img src="{place}/{quote(file)}" alt="A rose" class="wp-image-' in text
    assert f"<wp:attachment_url><![CDATA[{place}/{quote(file)}]]>" in text
    assert "wixstatic" not in text


def test_markdown_uses_the_media_url(web: Web, tmp_path: Path) -> None:
    web.answers[f"/media/{name(1)}"] = Answer(png(1, 1))
    source = write(tmp_path / "in", image(1, alt="A rose"))
    (row,) = convert(web, source, tmp_path / "out", "--media-url", "https://cdn.example/{a}")
    file = row["file"].removeprefix("media/")
    assert f"![A rose](https://cdn.example/%7Ba%7D/{quote(file)})" in (tmp_path / "out/pot-0.md").read_text()


def test_each_bundle_has_its_own_copy(web: Web, tmp_path: Path) -> None:
    web.answers[f"/media/{name(1)}"] = Answer(png())
    source = write(tmp_path / "in", image(1, alt="a.png"), image(1))
    (row,) = convert(web, source, tmp_path / "out", "--to", "hugo")
    posts = [path for path in pages.files(tmp_path / "out") if path.endswith("index.md")]
    assert [row["file"], *row["copies"]] == [post.replace("index.md", "a.png") for post in posts]
    assert all((tmp_path / "out" / path).read_bytes() == png() for path in (row["file"], *row["copies"]))
    assert all("a.png" in (tmp_path / "out" / post).read_text() for post in posts)
    before = pages.files(tmp_path / "out")
    (tmp_path / "out" / row["file"]).unlink()
    web.asked.clear()
    convert(web, source, tmp_path / "out", "--to", "hugo")
    assert web.asked == []
    assert pages.files(tmp_path / "out").keys() == before.keys()


def test_audio_at_several_hosts_is_one_file(web: Web, tmp_path: Path) -> None:
    web.answers[f"music.wixstatic.com/mp3/{HEX}.mp3"] = Answer(MP3)
    sound = '<figure data-hook="figure-AUDIO"><div data-hook="audio-viewer"><audio src="https://{}.wixstatic.com/mp3/{}.mp3"></audio></div></figure>'
    bodies = [pages.block(sound.format(host, HEX), "audio") for host in ("static", "music")]
    (row,) = convert(web, write(tmp_path / "in", *bodies), tmp_path / "out", "--to", "hugo")
    assert (row["state"], len(row["copies"])) == ("original", 1)
    assert all((tmp_path / "out" / path).read_bytes() == MP3 for path in (row["file"], *row["copies"]))


@pytest.mark.parametrize(
    "target", ["hugo", "jekyll", "astro", "eleventy", "obsidian", "pelican", "mkdocs", "zola", "markdown"]
)
def test_every_target_references_existing_files(web: Web, tmp_path: Path, target: str) -> None:
    web.answers[f"/media/{name(1)}"] = Answer(png())
    web.answers[FILM.format("1080p")] = Answer(MP4)
    source = write(tmp_path / "in", image(1, alt="Ü b.png") + film())
    rows = convert(web, source, tmp_path / "out", "--to", target)
    assert {row["state"] for row in rows} == {"original"}
    report = json.loads((tmp_path / "out" / "report.json").read_text())
    assert report["posts"][0]["result"] != "lossy"
    text = (tmp_path / "out" / report["posts"][0]["output"]).read_text()
    assert "wixstatic.com" not in text
    for row in rows:
        assert (tmp_path / "out" / row["file"]).is_file()
        stem = Path(row["file"]).name
        assert stem in text or quote(stem) in text


_NAMES = st.one_of(
    st.text(max_size=60),
    st.text("aA._-~# %é\u0301/\\\\", max_size=12),
    st.sampled_from(["CON", "file.jpg", "..", "_x"]),
)


@given(
    st.lists(st.tuples(_NAMES, _NAMES), max_size=12),
    st.sampled_from([None, Format("png", "image"), Format("zip", "document")]),
)
def test_media_file_names_are_safe_and_distinct(named: list[tuple[str, str]], found: Format | None) -> None:
    items = {}
    for number, (address, author) in enumerate(named):
        item = MediaItem(f"https://x.example/{address}", "file", name=author or None)
        item.got = MediaResult("original", FileInfo(Path("x"), 1, f"{number}", found))
        items[str(number)] = item
    MediaNames(Path("/nowhere"), lambda _item, name: [name]).assign(items, {})
    names = [str(item.file_name) for item in items.values()]
    for text in names:
        assert text == Path(text).name == unicodedata.normalize("NFC", text)
        assert not re.search(r"[\s/\\\\<>:\"|?*%#&\x00-\x1f]", text)
        assert text[0] not in "._-~#"
        assert not re.match(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", text, re.I)
        assert len(text.encode()) < 250
    assert len({unicodedata.normalize("NFKC", phrase).casefold() for phrase in names}) == len(names)


# ---- what cannot be had -------------------------------------------------------------------------------------------


def test_failed_download_is_reported_and_keeps_its_url(web: Web, tmp_path: Path) -> None:
    web.answers[f"/media/{name(1)}"] = Answer(SORRY, headers={"Content-Type": "image/jpeg"})
    source = write(tmp_path / "in", image(1) + image(2), image(3))
    web.answers[f"/media/{name(3)}"] = Answer(png())
    rows = convert(web, source, tmp_path / "out")
    assert [(row["state"], row.get("problem")) for row in rows] == [
        ("failed", "the server sends a page instead of the image"),
        ("failed", "the server answered 404"),
        ("original", None),
    ]
    assert problems(tmp_path / "out") == [
        ("download-failed", f"the image {STATIC}{name(1)}: the server sends a page instead of the image"),
        ("download-failed", f"the image {STATIC}{name(2)}: the server answered 404"),
    ]
    assert f"]({STATIC}{name(1)})" in (tmp_path / "out" / "pot-0.md").read_text()
    convert(web, source, tmp_path / "strict", "--strict", code=1)
    convert(web, write(tmp_path / "well", image(3)), tmp_path / "well-out", "--strict")


def test_best_video_resolution_is_downloaded(web: Web, tmp_path: Path) -> None:
    web.answers[FILM.format("1080p")] = Answer(SORRY, 403)
    web.answers[FILM.format("480p")] = Answer(MP4)
    (row,) = convert(web, write(tmp_path / "in", film()), tmp_path / "out")
    assert (row["state"], row["file"]) == ("rendition", f"media/{HEX}.mp4")
    assert row["from"].endswith("480p/mp4/file.mp4")
    ((kind, detail),) = problems(tmp_path / "out")
    assert kind == "media-lower-resolution"
    assert detail.endswith(f"the server answered 403; used instead: {row['from']}")


def test_largest_rendition_is_used_if_the_original_is_missing(web: Web, tmp_path: Path) -> None:
    rendition = f"{name(1)}/v1/fill/w_740,h_493,al_c,q_90/{name(1)}"
    web.answers[f"/media/{rendition}"] = Answer(png(74, 49))
    (row,) = convert(web, write(tmp_path / "in", image(1, STATIC + rendition)), tmp_path / "out")
    assert (row["state"], row["from"], row["width"]) == ("rendition", STATIC + rendition, 74)


# ---- the saved page's own pictures --------------------------------------------------------------------------------


def saved(folder: Path, size: tuple[int, int], at: str = "0_files/x.png") -> Path:
    (folder / at).parent.mkdir(parents=True, exist_ok=True)
    (folder / at).write_bytes(png(*size))
    return folder


def test_a_saved_image_as_large_as_the_original_is_used(web: Web, tmp_path: Path) -> None:
    source = saved(write(tmp_path / "in", image(1, "0_files/x.png", size=(80, 60))), (60, 80))
    (row,) = convert(web, source, tmp_path / "out")
    assert (row["state"], row["width"], row["height"]) == ("local", 60, 80)
    assert web.asked == []
    assert problems(tmp_path / "out") == []


def test_a_smaller_saved_image_is_used_only_when_the_original_is_gone(web: Web, tmp_path: Path) -> None:
    source = saved(write(tmp_path / "in", image(1, "0_files/x.png", size=(80, 60))), (40, 30))
    (row,) = convert(web, source, tmp_path / "gone")
    assert (row["state"], row["width"], row["problem"]) == ("local", 40, "the server answered 404")
    assert problems(tmp_path / "gone")[0][0] == "media-lower-resolution"
    web.answers[f"/media/{name(1)}"] = Answer(png(80, 60))
    (row,) = convert(web, source, tmp_path / "there")
    assert (row["state"], row["width"]) == ("original", 80)
    # The original is requested again in the next run, and replaces the copy.
    (row,) = convert(web, source, tmp_path / "gone")
    assert (row["state"], row["width"]) == ("original", 80)
    assert list(media(tmp_path / "gone").values()) == [png(80, 60)]


def test_image_known_only_as_local_file_is_used(web: Web, tmp_path: Path) -> None:
    body = pages.block('<figure data-hook="figure-IMAGE"><img src="./0_files/own.png"></figure>', "image")
    source = saved(write(tmp_path / "in", body), (4, 3), "0_files/own.png")
    (row,) = convert(web, source, tmp_path / "out")
    assert (row["state"], row["file"], row.get("problem")) == ("local", "media/own.png", None)
    assert "](media/own.png)" in (tmp_path / "out" / "pot-0.md").read_text()


@pytest.mark.parametrize(
    "path", ["../secret.png", "0_files/..%2F..%2Fsecret.png", "0_files/link.png", "..%2fsecret.png"]
)
def test_page_cannot_reference_files_outside_its_directory(web: Web, tmp_path: Path, path: str) -> None:
    (tmp_path / "secret.png").write_bytes(png(80, 60))
    source = saved(write(tmp_path / "in", image(1, path, size=(80, 60))), (1, 1))
    (source / "0_files" / "link.png").symlink_to(tmp_path / "secret.png")
    (row,) = convert(web, source, tmp_path / "out")
    assert row["state"] == "failed"


def test_image_in_another_directory_of_a_mirror_is_used(web: Web, tmp_path: Path) -> None:
    source = write(tmp_path / "in" / "www.x.example", image(1, f"../static.wixstatic.com/media/{name(1)}", size=(8, 6)))
    saved(tmp_path / "in", (8, 6), f"static.wixstatic.com/media/{name(1)}")
    (row,) = convert(web, source, tmp_path / "out")
    assert row["state"] == "local"


# ---- running again ------------------------------------------------------------------------------------------------


def test_second_run_makes_no_requests_and_no_changes(web: Web, tmp_path: Path) -> None:
    for number in range(3):
        web.answers[f"/media/{name(number)}"] = Answer(png(number + 1, 2))
    source = write(tmp_path / "in", image(0, alt="a.png") + image(1, alt="A.PNG"), image(2) + image(0))
    convert(web, source, tmp_path / "out")
    before = pages.files(tmp_path / "out")
    web.asked.clear()
    convert(web, source, tmp_path / "out")
    assert web.asked == []
    after = pages.files(tmp_path / "out")
    assert {n: d for n, d in after.items() if n != "report.json"} == {
        n: d for n, d in before.items() if n != "report.json"
    }


def test_deleted_media_are_downloaded_again(web: Web, tmp_path: Path) -> None:
    web.answers[f"/media/{name(1)}"] = Answer(png())
    source = write(tmp_path / "in", image(1))
    convert(web, source, tmp_path / "out")
    before = media(tmp_path / "out")
    (tmp_path / "out" / next(iter(before))).unlink()
    convert(web, source, tmp_path / "out")
    assert media(tmp_path / "out") == before


def test_edited_image_is_kept(web: Web, tmp_path: Path) -> None:
    web.answers[f"/media/{name(1)}"] = Answer(png(9, 9))
    source = write(tmp_path / "in", image(1))
    (row,) = convert(web, source, tmp_path / "out")
    (tmp_path / "out" / row["file"]).write_bytes(png(5, 5))
    for _ in range(2):
        (row,) = convert(web, source, tmp_path / "out")
        assert (row["state"], row["width"]) == ("edited", 5)
        assert media(tmp_path / "out") == {row["file"]: png(5, 5)}


def test_run_with_other_posts_keeps_media_names(web: Web, tmp_path: Path) -> None:
    for number in (1, 2):
        web.answers[f"/media/{name(number)}"] = Answer(png(number, 2))
    convert(web, write(tmp_path / "one", image(1, alt="a.png")), tmp_path / "out")
    (tmp_path / "two").mkdir()
    (tmp_path / "two" / "b.html").write_bytes(
        pages.post_page(pages.p("Others.") + image(2, alt="a.png") + image(1), "Later", "later")
    )
    rows = convert(web, tmp_path / "two", tmp_path / "out")
    assert [(row["file"], row["used_by"]) for row in rows] == [
        ("media/a.png", ["later.md", "pot-0.md"]),
        ("media/a-2.png", ["later.md"]),
    ]
    again = convert(web, tmp_path / "one", tmp_path / "out")
    assert again == rows


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"media": 3}',
        '{"media": [3, {"url": 4}, {"url": "x", "file": "../../x", "used_by": 5}]}',
    ],
)
def test_damaged_media_index_is_rebuilt(web: Web, tmp_path: Path, text: str) -> None:
    web.answers[f"/media/{name(1)}"] = Answer(png())
    source = write(tmp_path / "in", image(1))
    convert(web, source, tmp_path / "out")
    (tmp_path / "out" / "media.json").write_text(text)
    rows = convert(web, source, tmp_path / "out")
    assert [row["file"] for row in rows] == [f"media/{name(1)[:-4]}.png"]


def test_unused_media_are_pruned(web: Web, tmp_path: Path) -> None:
    for number in (1, 2, 3):
        web.answers[f"/media/{name(number)}"] = Answer(png(number, 2))
    source = write(tmp_path / "in", image(1), image(1) + image(2), image(3))
    rows = convert(web, source, tmp_path / "out")
    edited = tmp_path / "out" / rows[2]["file"]
    edited.write_bytes(png(1, 1, seed=5))
    (source / "1.html").unlink()
    (source / "2.html").unlink()
    arguments = ("convert", source, "-o", tmp_path / "out", "-j", 0, "--media", "copy", "--prune")
    assert rows[1]["file"] not in run(web, *arguments, "list").output
    output = run(web, *arguments, "remove", "--json").output
    events = [json.loads(line) for line in output.splitlines() if line.startswith("{")]
    assert {"event": "removed", "output": rows[1]["file"]} in events
    assert {"event": "media", "listed": 1, "files": 1, "bytes": len(png(1, 2)), "missing": 0} in events
    assert sorted(media(tmp_path / "out")) == sorted([rows[0]["file"], rows[2]["file"]])
    assert edited.read_bytes() == png(1, 1, seed=5)


# ---- other modes --------------------------------------------------------------------------------------------------


def test_media_list_writes_only_the_index(web: Web, tmp_path: Path) -> None:
    source = write(tmp_path / "in", image(1, alt="A rose"))
    run(web, "convert", source, "-o", tmp_path / "out", "-j", 0, "--media", "list")
    (row,) = listed(tmp_path / "out")
    assert (row["state"], row["file"], row["alt"], row["width"]) == ("listed", None, "A rose", 800)
    assert web.asked == []
    run(web, "convert", source, "-o", tmp_path / "link", "-j", 0)
    assert (tmp_path / "link" / "pot-0.md").read_bytes() == (tmp_path / "out" / "pot-0.md").read_bytes()
    assert not (tmp_path / "link" / "media.json").exists()


def test_media_list_keeps_copied_files(web: Web, tmp_path: Path) -> None:
    web.answers[f"/media/{name(1)}"] = Answer(png())
    source = write(tmp_path / "in", image(1))
    rows = convert(web, source, tmp_path / "out")
    run(web, "convert", source, "-o", tmp_path / "out", "-j", 0, "--media", "list")
    assert listed(tmp_path / "out") == rows


def test_dry_run_lists_downloads(web: Web, tmp_path: Path) -> None:
    for number in (1, 2):
        web.answers[f"/media/{name(number)}"] = Answer(png(number, 1))
    convert(web, write(tmp_path / "in", image(1)), tmp_path / "out")
    web.asked.clear()
    before = pages.files(tmp_path / "out")
    source = write(tmp_path / "in", image(1), image(2))
    output = run(web, "convert", source, "-o", tmp_path / "out", "-j", 0, "--media", "copy", "--dry-run").output
    assert f"download   {STATIC}{name(2)}" in output
    assert f"download   {STATIC}{name(1)}" not in output
    assert "unchanged  pot-0.md" in output
    assert web.asked == []
    assert pages.files(tmp_path / "out") == before


def test_check_knows_copied_media(web: Web, tmp_path: Path) -> None:
    web.answers[f"/media/{name(1)}"] = Answer(png())
    source = write(tmp_path / "in", image(1) + image(2))
    convert(web, source, tmp_path / "out")
    web.asked.clear()
    arguments = ("--expect", tmp_path / "out", "--media", "copy", "-j", 0)
    output = run(web, "check", source, *arguments, code=1).output
    assert "is still on Wix: the server answered 404" in output
    assert "1 error, 2 notes" in output
    web.answers[f"/media/{name(2)}"] = Answer(png(2, 2))
    convert(web, source, tmp_path / "out")
    web.asked.clear()
    run(web, "check", source, *arguments)
    assert web.asked == []


@pytest.mark.parametrize("target", ["markdown", "hugo"])
def test_review_shows_local_copies(web: Web, tmp_path: Path, target: str) -> None:
    for number in (1, 2, 3):
        web.answers[f"/media/{name(number)}"] = Answer(png(number, 1))
    source = write(tmp_path / "in", image(1, alt="A rose") + image(2, alt="A thorn") + pages.p("Between.") + image(3))
    convert(web, source, tmp_path / "out", "--to", target, "--review")
    page = tmp_path / "out/_review/posts/00001.html"
    html = page.read_text()
    assert 'class="image lost"' not in html
    assert 'class="image added"' not in html
    shown = re.findall(r'<img src="([^"]+)"', html)
    assert len(shown) == 6  # three requests for each of the two hosts
    for address in shown:
        assert (page.parent / unquote(address)).is_file(), address
    assert "img-src 'self';" in html
    post = next(tmp_path.glob("out/**/*pot-0*.md" if target == "markdown" else "out/**/pot-0/index.md"))
    post.write_text("\n".join(line for line in post.read_text().splitlines() if "A thorn" not in line))
    run(web, "review", tmp_path / "out", "-j", 0)
    lost = re.findall(r'class="image lost">.*?<bdi>alt:</bdi> <bdi>([^<]*)', page.read_text(), re.S)
    assert lost == ["A thorn"]


def test_number_of_jobs_does_not_change_the_output(web: Web, tmp_path: Path) -> None:
    for number in range(6):
        web.answers[f"/media/{name(number)}"] = Answer(png(number % 4 + 1, 2), delay=0.02 * (number % 3))
    source = write(tmp_path / "in", *(image(n, alt="same.png") + image(5 - n) for n in range(6)))
    convert(web, source, tmp_path / "one", "--media-jobs", 1)
    convert(web, source, tmp_path / "many", "--media-jobs", 16)
    assert pages.files(tmp_path / "one") == pages.files(tmp_path / "many")


def test_a_full_disk_is_one_sentence(web: Web, tmp_path: Path) -> None:
    web.answers[f"/media/{name(1)}"] = Answer(png())
    source = write(tmp_path / "in", image(1))
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / ".unwix-cache").write_text("a file where the cache should be")
    result = CliRunner().invoke(
        cli, ["convert", str(source), "-o", str(tmp_path / "out"), "-j", "0", "--media", "copy"], obj=web.network
    )
    assert "The media cannot be written to" in str(result.exception)
    assert not (tmp_path / "out" / "media.json").exists()


class Crash(BaseException):
    """A stop like a power cut, which no code of ours catches."""


@pytest.mark.parametrize(
    ("target", "removes"),
    [
        ("markdown", False),
        pytest.param("markdown", True, marks=pytest.mark.tools),
        pytest.param("hugo", True, marks=pytest.mark.tools),
    ],
)
def test_crash_between_any_two_steps_is_recovered(
    web: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str, removes: bool
) -> None:
    """A run can end at each renaming, copying and removal of a file; each is tested."""
    for number in range(4):
        web.answers[f"/media/{name(number)}"] = Answer(png(max(1, number), 3))
    source = write(tmp_path / "in", image(0, alt="a.png") + image(1), image(2, alt="A.png") + image(0), image(3))
    more = ("--to", target, "--media-jobs", 1)
    convert(web, source, tmp_path / "alone", *more)
    alone = pages.files(tmp_path / "alone")

    steps = {"left": 0}

    def crashing(real: Any) -> Any:
        def step(*arguments: Any, **named: Any) -> Any:
            steps["left"] -= 1
            if steps["left"] == 0:
                raise Crash
            return real(*arguments, **named)

        return step

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", crashing(os.replace))
        patch.setattr(shutil, "copyfile", crashing(shutil.copyfile))
        if removes:
            patch.setattr(Path, "unlink", crashing(Path.unlink))
        crashed = 0
        while crashed < 200:
            output = tmp_path / str(crashed)
            steps["left"] = crashed + 1
            arguments = ["convert", source, "-o", output, "-j", 0, "--media", "copy", *more]
            with contextlib.suppress(Crash):
                CliRunner().invoke(cli, [str(a) for a in arguments], obj=web.network)
            if steps["left"] > 0:
                break
            steps["left"] = 0
            convert(web, source, output, *more)
            again = pages.files(output)
            for found in (again, alone):
                found["report.json"] = found["report.json"].replace(b'"unchanged"', b'"written"')
            assert again == alone, f"crash at step {crashed + 1}"
            crashed += 1
    assert 10 < crashed < 200
