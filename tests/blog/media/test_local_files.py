"""Test media in archives and directories of a run: they are used under the rules for downloads, without the network."""

from __future__ import annotations

import base64
import email.mime.application
import email.mime.image
import email.mime.multipart
import email.mime.text
import json
import tracemalloc
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from support import post_pages as pages
from support.archive_files import Warc, tarred, zipped
from support.media_posts import FILM, HEX, STATIC, convert, film, image, listed, media, name, problems, run
from support.media_server import MP3, MP4, PDF, SORRY, Answer, Web, png
from unwix.blog.media.item import MediaItem
from unwix.blog.media.local_files import LocalFiles
from unwix.blog.media.urls import media_key
from unwix.sources.archives import streams
from unwix.sources.files import Files

ADDRESS = "https://www.potter-lane.example/post/pot"
VIDEO = "https://video.wixstatic.com" + FILM
SOUND = f"https://static.wixstatic.com/mp3/{HEX}.mp3"
LIST = "https://docs.wixstatic.com/ugd/ab12cd_01.pdf"
GIF = b"GIF89a\1\0\1\0" + bytes(20) + b";"
RENDITION = "{}/v1/fill/w_{},h_{},al_c,q_90/file.jpg"


def page(*bodies: str, **more: Any) -> bytes:
    return pages.post_page(pages.p("Some words.") + "".join(bodies), "Pot", "pot", **more)


def rendition(number: int, width: int, height: int) -> str:
    return STATIC + RENDITION.format(name(number), width, height)


# ---- the forms of archives: each holds a page and, by their addresses, the files that it shows ----------------------


def in_warc(html: bytes, files: Mapping[str, bytes], gzip: bool = True) -> bytes:
    warc = Warc(gzip).answer(ADDRESS, html)
    for address, data in files.items():
        warc.answer(address, data, "image/png")
    return warc.bytes()


def in_mhtml(html: bytes, files: Mapping[str, bytes]) -> bytes:
    mail = email.mime.multipart.MIMEMultipart("related", type="text/html")
    mail["Snapshot-Content-Location"] = ADDRESS
    parts = [email.mime.text.MIMEText(html.decode(), "html", "utf-8")]
    parts[0]["Content-Location"] = ADDRESS
    for address, data in files.items():
        part = email.mime.application.MIMEApplication(data)
        part["Content-Location"] = address
        parts.append(part)  # type: ignore[arg-type]
    for part in parts:
        mail.attach(part)
    return mail.as_bytes()


def in_har(html: bytes, files: Mapping[str, bytes]) -> bytes:
    """The post is in a response of the API, so that the HTML of the page does not matter."""
    picture = {"image": {"src": {"id": name(1)}, "width": 8, "height": 6}, "altText": "A pot"}
    post = {
        "post": {
            "id": "p1",
            "title": "Pot",
            "slug": "pot",
            "firstPublishedDate": "2024-05-01T10:00:00.000Z",
            "richContent": {"nodes": [{"type": "IMAGE", "id": "a", "nodes": [], "imageData": picture}]},
        }
    }

    def entry(address: str, content: dict[str, str]) -> dict[str, Any]:
        return {"request": {"url": address}, "response": {"status": 200, "content": content}}

    entries = [entry(f"{pages.SITE}/_api/posts/pot", {"text": json.dumps(post), "mimeType": "application/json"})]
    for address, data in files.items():
        packed = base64.b64encode(data).decode()
        entries.append(entry(address, {"mimeType": "image/png", "encoding": "base64", "text": packed}))
    return json.dumps({"log": {"version": "1.2", "entries": entries}}).encode()


def as_mirror(html: bytes, files: Mapping[str, bytes]) -> dict[str, bytes]:
    named = {address.removeprefix("https://"): data for address, data in files.items()}
    return {"www.potter-lane.example/post/pot.html": html, **named}


FORMS: dict[str, Callable[[bytes, Mapping[str, bytes]], bytes]] = {
    "crawl.warc": lambda html, files: in_warc(html, files, gzip=False),
    "crawl.warc.gz": in_warc,
    "crawl.wacz": lambda html, files: zipped({"archive/data.warc.gz": in_warc(html, files)}),
    "page.mhtml": in_mhtml,
    "mirror.zip": lambda html, files: zipped(as_mirror(html, files)),
    "mirror.tar.gz": lambda html, files: tarred(as_mirror(html, files)),
    "all.zip": lambda html, files: zipped({"a/page.mhtml": in_mhtml(html, files)}),
    "capture.har": in_har,
}


def test_arc_files_contain_images(web: Web, tmp_path: Path) -> None:
    head = "filedesc://a.arc 0.0.0.0 20240501100000 text/plain 68\n1 0 Archive\nURL IP-address Archive-date Content-type Archive-length\n\n"
    made = head.encode()
    for address, kind, data in ((ADDRESS, "text/html", page(image(1, size=(8, 6)))), (STATIC + name(1), "image/png", png(8, 6))):  # fmt: skip
        answer = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode() + data
        made += f"{address} 10.0.0.1 20240501100000 {kind} {len(answer)}\n".encode() + answer + b"\n"
    (tmp_path / "a.arc").write_bytes(made)
    (row,) = convert(web, tmp_path / "a.arc", tmp_path / "out")
    assert (row["state"], web.asked) == ("archive", [])


@pytest.mark.parametrize("form", FORMS)
def test_image_is_read_from_the_archive(web: Web, tmp_path: Path, form: str) -> None:
    source = tmp_path / form
    source.write_bytes(FORMS[form](page(image(1, alt="A pot", size=(8, 6))), {STATIC + name(1): png(8, 6)}))
    (row,) = convert(web, source, tmp_path / "out")
    assert (row["state"], row["width"], row["height"], row.get("problem")) == ("archive", 8, 6, None)
    assert row["from"].startswith(f"{source.as_posix()}!/")
    assert row["from"].endswith(f"static.wixstatic.com/media/{name(1)}")
    assert (tmp_path / "out" / row["file"]).read_bytes() == png(8, 6)
    (post,) = (tmp_path / "out").glob("*.md")
    assert f"![A pot]({row['file']})" in post.read_text()
    assert problems(tmp_path / "out") == []
    assert web.asked == []
    assert not (tmp_path / "out" / ".unwix-cache").exists()


@pytest.mark.parametrize("form", [form for form in FORMS if form != "capture.har"])
def test_all_media_of_a_post_are_read_from_the_archive(web: Web, tmp_path: Path, form: str) -> None:
    markup = '<div data-hook="image-item"><wow-image id="{}" data-image-info="{{}}"><img alt=""></wow-image></div>'
    gallery = f'<div data-hook="gallery-viewer">{markup.format(name(2))}</div>'
    sound = (
        f'<figure data-hook="figure-AUDIO"><div data-hook="audio-viewer"><audio src="{SOUND}"></audio></div></figure>'
    )
    gif = '<figure data-hook="figure-GIF"><video src="https://media.giphy.com/media/ab/giphy.mp4"></video></figure>'
    linked = pages.p(f'See <a href="{LIST}">the list</a>.')
    blocks = [image(1), pages.block(gallery, "gallery"), film(), pages.block(sound, "audio"), pages.block(gif, "gif")]
    html = page(*blocks, linked, head=f'<meta property="og:image" content="{STATIC}{name(3)}/v1/fit/w_9,h_9/x.jpg">')
    stored_files = {STATIC + name(n): png(800 + n, 600) for n in (1, 2, 3)}
    stored_files |= {
        VIDEO.format("1080p"): MP4,
        SOUND: MP3,
        LIST: PDF,
        "https://media.giphy.com/media/ab/giphy.gif": GIF,
    }
    (tmp_path / form).write_bytes(FORMS[form](html, stored_files))
    rows = convert(web, tmp_path / form, tmp_path / "out", "--offline")
    assert {(row["kind"], row["state"]) for row in rows} == {
        (kind, "archive") for kind in ("image", "gallery", "cover", "video", "audio", "gif", "file")
    }
    assert set(media(tmp_path / "out").values()) == set(stored_files.values())
    assert web.asked == []


def test_media_are_found_in_other_sources_of_the_run(web: Web, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(page(image(1, size=(8, 6)), image(2, size=(9, 6))))
    (tmp_path / "others.warc").write_bytes(Warc(False).answer(STATIC + name(1), png(8, 6), "image/png").bytes())
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / name(2)).write_bytes(png(9, 6))
    run(web, "convert", tmp_path / "page.html", tmp_path / "others.warc", tmp_path / "pictures", "-o", tmp_path / "out", "--media", "copy")  # fmt: skip
    rows = listed(tmp_path / "out")
    assert [row["state"] for row in rows] == ["archive", "local"]
    assert (tmp_path / "pictures" / name(2)).is_file()
    assert web.asked == []


# ---- which copy ----------------------------------------------------------------------------------------------------


def test_largest_rendition_in_the_archive_is_used(web: Web, tmp_path: Path) -> None:
    stored_files = {rendition(1, w, w): png(w, w) for w in (20, 80, 40)}
    (tmp_path / "a.warc").write_bytes(in_warc(page(image(1, size=(80, 80))), stored_files))
    (row,) = convert(web, tmp_path / "a.warc", tmp_path / "out")
    assert (row["state"], row["width"]) == ("archive", 80)
    assert row["from"].endswith(rendition(1, 80, 80))
    assert web.asked == []


def test_original_beats_enlarged_rendition(web: Web, tmp_path: Path) -> None:
    stored_files = {rendition(1, 160, 120): png(160, 120), STATIC + name(1): png(80, 60)}
    (tmp_path / "a.warc").write_bytes(in_warc(page(image(1, size=(80, 60))), stored_files))
    (row,) = convert(web, tmp_path / "a.warc", tmp_path / "out")
    assert row["from"].endswith(STATIC + name(1))


def test_smaller_copy_is_the_last_resort(web: Web, tmp_path: Path) -> None:
    html = page(image(1, size=(80, 60), src=rendition(1, 20, 15)))
    (tmp_path / "a.warc").write_bytes(in_warc(html, {rendition(1, 40, 30): png(40, 30)}))
    web.answers[f"/media/{RENDITION.format(name(1), 20, 15)}"] = Answer(png(20, 15))
    (row,) = convert(web, tmp_path / "a.warc", tmp_path / "out")
    assert (row["state"], row["width"], row["problem"]) == ("archive", 40, "the server answered 404")
    ((kind, detail),) = problems(tmp_path / "out")
    assert (kind, detail.partition("used instead: ")[2]) == ("media-lower-resolution", row["from"])
    assert web.paths() == [f"/media/{name(1)}"]
    # Smaller copies are requested again, and replaced by the original.
    web.answers[f"/media/{name(1)}"] = Answer(png(80, 60))
    (row,) = convert(web, tmp_path / "a.warc", tmp_path / "out")
    assert (row["state"], row["width"]) == ("original", 80)
    assert list(media(tmp_path / "out").values()) == [png(80, 60)]


def test_larger_download_beats_local_copy(web: Web, tmp_path: Path) -> None:
    html = page(image(1, size=(80, 60), src=rendition(1, 40, 30)))
    (tmp_path / "a.warc").write_bytes(in_warc(html, {rendition(1, 20, 15): png(20, 15)}))
    web.answers[f"/media/{RENDITION.format(name(1), 40, 30)}"] = Answer(png(40, 30))
    (row,) = convert(web, tmp_path / "a.warc", tmp_path / "out")
    assert (row["state"], row["width"]) == ("rendition", 40)


def test_cropped_rendition_loses_to_uncropped(web: Web, tmp_path: Path) -> None:
    html = page(image(1, size=(60, 80), src=rendition(1, 33, 44)))
    stored_files = {rendition(1, 45, 34): png(45, 34), rendition(1, 30, 40): png(30, 40)}
    (tmp_path / "a.warc").write_bytes(in_warc(html, stored_files))
    (row,) = convert(web, tmp_path / "a.warc", tmp_path / "out", "--offline")
    assert (row["width"], row["height"]) == (30, 40)
    (tmp_path / "b.warc").write_bytes(in_warc(html, {rendition(1, 45, 34): png(45, 34)}))
    web.answers[f"/media/{RENDITION.format(name(1), 33, 44)}"] = Answer(png(33, 44))
    (row,) = convert(web, tmp_path / "b.warc", tmp_path / "b")
    assert (row["state"], row["width"], row["height"]) == ("rendition", 33, 44)


def test_offline_run_reports_missing_media(web: Web, tmp_path: Path) -> None:
    html = page(image(1, size=(80, 60)), image(2))
    (tmp_path / "a.warc").write_bytes(in_warc(html, {rendition(1, 40, 30): png(40, 30)}))
    rows = convert(web, tmp_path / "a.warc", tmp_path / "out", "--offline")
    message = "it was not asked for, as --offline says"
    assert [(row["state"], row["problem"]) for row in rows] == [("archive", message), ("failed", message)]
    assert [kind for kind, _ in problems(tmp_path / "out")] == ["media-lower-resolution", "download-failed"]
    convert(web, tmp_path / "a.warc", tmp_path / "strict", "--offline", "--strict", code=1)
    assert web.asked == []


def test_local_video_needs_the_stated_resolution(web: Web, tmp_path: Path) -> None:
    stored_files = {VIDEO.format("480p"): MP4, VIDEO.format("720p"): MP4 + bytes(9)}
    (tmp_path / "a.warc").write_bytes(in_warc(page(film("720p")), stored_files))
    (row,) = convert(web, tmp_path / "a.warc", tmp_path / "out")
    assert (row["state"], row["bytes"], row.get("problem")) == ("archive", len(MP4) + 9, None)
    assert web.asked == []
    (tmp_path / "b.warc").write_bytes(in_warc(page(film("1080p")), stored_files))
    (row,) = convert(web, tmp_path / "b.warc", tmp_path / "lower")
    assert (row["state"], row["bytes"], row["problem"]) == ("archive", len(MP4) + 9, "the server answered 404")


def test_low_resolution_video_does_not_prevent_download(web: Web, tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(in_warc(page(film()), {VIDEO.format("360p"): MP4}))
    web.answers[FILM.format("480p")] = Answer(MP4 + bytes(9))
    (row,) = convert(web, tmp_path / "a.warc", tmp_path / "out")
    assert (row["state"], row["bytes"]) == ("rendition", len(MP4) + 9)


def test_media_stay_if_the_archive_is_missing_in_the_next_run(web: Web, tmp_path: Path) -> None:
    html = page(image(1, size=(80, 60), src=rendition(1, 20, 15)))
    (tmp_path / "a.warc").write_bytes(in_warc(html, {rendition(1, 40, 30): png(40, 30)}))
    (tmp_path / "b.warc").write_bytes(in_warc(html, {rendition(1, 24, 18): png(24, 18)}))
    (tmp_path / "a.html").write_bytes(html)
    web.answers[f"/media/{RENDITION.format(name(1), 20, 15)}"] = Answer(png(20, 15))
    first = convert(web, tmp_path / "a.warc", tmp_path / "out")
    for again in ("a.html", "b.warc", "a.warc"):
        assert convert(web, tmp_path / again, tmp_path / "out") == first
        assert list(media(tmp_path / "out").values()) == [png(40, 30)]


@pytest.mark.parametrize("replay", ["https://web.archive.org/web/20240501100000im_/", "http://web.archive.org/web/2024id_/"])  # fmt: skip
def test_wayback_image_counts_as_original(web: Web, tmp_path: Path, replay: str) -> None:
    warc = Warc().answer(f"https://web.archive.org/web/20240501100000/{ADDRESS}", page(image(1, size=(8, 6))))
    warc.answer(replay + STATIC + name(1), png(8, 6), "image/png")
    (tmp_path / "a.warc.gz").write_bytes(warc.bytes())
    (row,) = convert(web, tmp_path / "a.warc.gz", tmp_path / "out")
    assert (row["state"], web.asked) == ("archive", [])


def test_image_next_to_a_page_in_an_archive_is_used(web: Web, tmp_path: Path) -> None:
    body = pages.block('<figure data-hook="figure-IMAGE"><img src="./pot_files/own.png"></figure>', "image")
    files = {"x/pot.html": page(body), "x/pot_files/own.png": png(4, 3), "pot_files/own.png": png(9, 9)}
    for form, data in (("a.zip", zipped(files)), ("a.tar", tarred(files, "w"))):
        (tmp_path / form).write_bytes(data)
        (row,) = convert(web, tmp_path / form, tmp_path / f"out-{form}")
        assert (row["state"], row["width"], row["from"]) == ("archive", 4, f"{tmp_path / form}!/x/pot_files/own.png")


def test_mhtml_image_is_found_by_content_id(web: Web, tmp_path: Path) -> None:
    body = pages.block('<figure data-hook="figure-IMAGE"><img src="cid:own@x"></figure>', "image")
    mail = email.message_from_bytes(in_mhtml(page(body), {}))
    part = email.mime.image.MIMEImage(png(4, 3))
    part["Content-ID"] = "<own@x>"
    mail.attach(part)  # type: ignore[attr-defined]
    (tmp_path / "a.mhtml").write_bytes(mail.as_bytes())
    (row,) = convert(web, tmp_path / "a.mhtml", tmp_path / "out")
    assert (row["state"], row["width"], row["from"]) == ("archive", 4, f"{tmp_path / 'a.mhtml'}!/cid:own@x")


# ---- running again, and what may not be -------------------------------------------------------------------------------


def test_second_run_does_not_read_archives_for_media(web: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.warc").write_bytes(in_warc(page(image(1, size=(8, 6))), {STATIC + name(1): png(8, 6)}))
    rows = convert(web, tmp_path / "a.warc", tmp_path / "out")
    before = pages.files(tmp_path / "out")
    monkeypatch.setattr(Files, "resources", lambda self: pytest.fail("all is there"))
    assert convert(web, tmp_path / "a.warc", tmp_path / "out") == rows
    after = pages.files(tmp_path / "out")
    assert {n: d for n, d in after.items() if n != "report.json"} == {
        n: d for n, d in before.items() if n != "report.json"
    }


def test_equal_bytes_at_two_urls_are_one_file(web: Web, tmp_path: Path) -> None:
    stored_files = {STATIC + name(n): png(8, 6) for n in (1, 2)}
    (tmp_path / "a.warc").write_bytes(in_warc(page(*(image(n, size=(8, 6)) for n in (1, 2))), stored_files))
    rows = convert(web, tmp_path / "a.warc", tmp_path / "out")
    assert len({row["file"] for row in rows}) == len(media(tmp_path / "out")) == 1


def test_bundles_get_copies_out_of_archives(web: Web, tmp_path: Path) -> None:
    second = pages.post_page(pages.p("Other words.") + image(1, size=(8, 6)), "Jug", "jug")
    warc = Warc().answer(ADDRESS, page(image(1, size=(8, 6)))).answer(ADDRESS.replace("pot", "jug"), second)
    (tmp_path / "a.warc.gz").write_bytes(warc.answer(STATIC + name(1), png(8, 6), "image/png").bytes())
    (row,) = convert(web, tmp_path / "a.warc.gz", tmp_path / "out", "--to", "hugo")
    assert [(tmp_path / "out" / path).read_bytes() for path in (row["file"], *row["copies"])] == [png(8, 6)] * 2


def refused(web: Web, source: Path, output: Path, *more: object) -> None:
    (row,) = convert(web, source, output, "--offline", *more)
    assert (row["state"], row["file"]) == ("failed", None)
    assert media(output) == {}
    assert not (output / ".unwix-cache").exists()


@pytest.mark.parametrize(
    "data",
    [SORRY, b"MZ\x90\0" + bytes(200), b"#!/bin/sh\nrm -r /\n", png(8, 6)[:-30], MP4],
    ids=["page", "program", "script", "half", "film"],
)
@pytest.mark.parametrize("form", ["crawl.warc.gz", "page.mhtml", "mirror.zip", "capture.har"])
def test_file_with_wrong_type_is_not_an_image(web: Web, tmp_path: Path, form: str, data: bytes) -> None:
    (tmp_path / form).write_bytes(FORMS[form](page(image(1)), {STATIC + name(1): data}))
    refused(web, tmp_path / form, tmp_path / "out")


def test_local_svg_is_checked_like_a_download(web: Web, tmp_path: Path) -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="6"><script>alert(1)</script></svg>'
    web.answers[f"/media/{name(1)}"] = Answer(drawing)
    (tmp_path / "a.html").write_bytes(page(image(1)))
    (tmp_path / "a.warc").write_bytes(in_warc(page(image(1)), {STATIC + name(1): drawing}))
    for source in ("a.html", "a.warc"):
        run(web, "convert", tmp_path / source, "-o", tmp_path / f"out-{source}", "--media", "copy")
    assert media(tmp_path / "out-a.html") == media(tmp_path / "out-a.warc")


def test_compression_bomb_is_not_decompressed(web: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "_ALWAYS", 1_000_000)
    bomb = png(8, 6) + bytes(5_000_000)
    source = tmp_path / "a.zip"
    source.write_bytes(zipped(as_mirror(page(image(1)), {STATIC + name(1): bomb})))
    refused(web, source, tmp_path / "out")


def test_media_limit_applies_to_local_files(web: Web, tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(in_warc(page(image(1)), {STATIC + name(1): png(800, 600, extra=1_100_000)}))
    refused(web, tmp_path / "a.warc", tmp_path / "out", "--media-limit", 1)


@pytest.mark.parametrize("path", ["../secret.png", "pot_files/..%2F..%2Fsecret.png", "/secret.png"])
def test_archived_page_cannot_reference_outside_files(web: Web, tmp_path: Path, path: str) -> None:
    (tmp_path / "secret.png").write_bytes(png(80, 60))
    body = image(1, path, size=(80, 60))
    files = {"x/pot.html": page(body), "secret.png": png(80, 60), "../secret.png": png(80, 60)}
    (tmp_path / "a.zip").write_bytes(zipped(files))
    refused(web, tmp_path / "a.zip", tmp_path / "out")


def test_a_member_whose_path_climbs_is_read_and_never_written_there(web: Web, tmp_path: Path) -> None:
    climbs = f"../../../{name(1)}"
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.zip").write_bytes(zipped({"pot.html": page(image(1, size=(8, 6))), climbs: png(8, 6)}))
    before = {path for path in tmp_path.rglob("*") if "out" not in path.parts}
    (row,) = convert(web, tmp_path / "in" / "a.zip", tmp_path / "out")
    assert (row["state"], row["file"]) == ("archive", f"media/{name(1)[:-4]}.png")
    assert {path for path in tmp_path.rglob("*") if "out" not in path.parts} == before


def test_symbolic_link_is_not_followed(web: Web, tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(png(800, 600))
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "pot.html").write_bytes(page(image(1)))
    (tmp_path / "in" / name(1)).symlink_to(tmp_path / "secret.png")
    refused(web, tmp_path / "in", tmp_path / "out")


@pytest.mark.parametrize(
    ("status", "headers", "taken"),
    [
        ("206 Partial Content", {"Content_Range": "bytes 0-9/5000"}, False),
        ("206 Partial Content", {"Content_Range": f"bytes 0-{len(MP4) - 1}/{len(MP4)}"}, True),
        ("206 Partial Content", {}, False),
        ("404 Not Found", {}, False),
    ],
)
def test_partial_file_is_not_used(web: Web, tmp_path: Path, status: str, headers: dict[str, str], taken: bool) -> None:
    warc = Warc().answer(ADDRESS, page(film())).answer(VIDEO.format("1080p"), MP4, "video/mp4", status, **headers)
    (tmp_path / "a.warc.gz").write_bytes(warc.bytes())
    (row,) = convert(web, tmp_path / "a.warc.gz", tmp_path / "out", "--offline")
    assert row["state"] == ("archive" if taken else "failed")


def test_truncated_video_in_an_archive_is_not_used(web: Web, tmp_path: Path) -> None:
    made = in_warc(page(film(), image(1, size=(8, 6))), {STATIC + name(1): png(8, 6), VIDEO.format("1080p"): MP4}, gzip=False)  # fmt: skip
    (tmp_path / "a.warc").write_bytes(made[:-500])
    rows = convert(web, tmp_path / "a.warc", tmp_path / "out", "--offline", code=1)
    assert [(row["kind"], row["state"]) for row in rows] == [("image", "archive"), ("video", "failed")]


# ---- pictures that lie in the page itself ------------------------------------------------------------------------------


def inlined(data: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(data).decode()}"


BIG = png(80, 60, extra=5000)


@pytest.mark.parametrize("form", ["page.html", "page.zip", "crawl.warc"])
def test_singlefile_images_are_used(web: Web, tmp_path: Path, form: str) -> None:
    html = page(image(1, inlined(BIG), alt="A pot", size=(80, 60)))
    (tmp_path / form).write_bytes(
        {"page.html": html, "page.zip": zipped({"page.html": html}), "crawl.warc": in_warc(html, {})}[form]
    )
    (row,) = convert(web, tmp_path / form, tmp_path / "out")
    assert (row["state"], row["url"], row.get("problem")) == ("archive", STATIC + name(1), None)
    assert row["from"].startswith((tmp_path / form).as_posix())
    assert (tmp_path / "out" / row["file"]).read_bytes() == BIG
    assert web.asked == []


def test_singlefile_image_in_style_sheet_is_used(web: Web, tmp_path: Path) -> None:
    data_url = "data:image/svg+xml,<svg xmlns=&quot;http://www.w3.org/2000/svg&quot;></svg>"
    markup = image(1, f'{data_url}" style="background-image:var(--sf-img-7)!important', size=(8, 6))
    sheet = f'<style>:root{{--sf-img-6:url("{inlined(png(1, 1))}");--sf-img-7: /* original URL: x */ url("{inlined(png(8, 6))}")}}</style>'  # fmt: skip
    (tmp_path / "page.html").write_bytes(page(markup, markup, head=sheet))
    (row,) = convert(web, tmp_path / "page.html", tmp_path / "out")
    assert (row["state"], row["width"], row["from"]) == (
        "archive",
        8,
        f"{tmp_path / 'page.html'}!/inline/--sf-img-7",
    )


def test_embedded_image_is_checked_like_a_download(web: Web, tmp_path: Path) -> None:
    lies = f"data:image/png;base64,{base64.b64encode(SORRY * 40).decode()}"
    (tmp_path / "lies.html").write_bytes(page(image(1, lies)))
    refused(web, tmp_path / "lies.html", tmp_path / "out")
    (tmp_path / "small.html").write_bytes(page(image(1, inlined(BIG), size=(800, 600))))
    web.answers[f"/media/{name(1)}"] = Answer(png(800, 600))
    (row,) = convert(web, tmp_path / "small.html", tmp_path / "small")
    assert (row["state"], row["width"]) == ("original", 800)


def test_singlefile_page_without_media_copy_is_unchanged(web: Web, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(page(image(1, inlined(BIG), alt="A pot")))
    run(web, "convert", tmp_path / "page.html", "-o", tmp_path / "out")
    text = (tmp_path / "out" / "pot.md").read_text()
    assert f"![A pot]({STATIC}{name(1)})" in text
    assert "inline/" not in text


def test_dry_run_lists_downloads_that_no_source_has(web: Web, tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(in_warc(page(image(1), image(2)), {STATIC + name(1): png(800, 600)}))
    output = run(web, "convert", tmp_path / "a.warc", "-o", tmp_path / "out", "--media", "copy", "--dry-run").output
    assert [line.split()[1] for line in output.splitlines() if line.startswith("download")] == [STATIC + name(2)]
    output = run(web, "convert", tmp_path / "a.warc", "-o", tmp_path / "out", "--media", "copy", "--dry-run", "--offline").output  # fmt: skip
    assert not [line for line in output.splitlines() if line.startswith("download")]
    assert not (tmp_path / "out").exists()
    assert web.asked == []


def test_a_large_archive_needs_little_memory(tmp_path: Path) -> None:
    film_of_30_mb = MP4 + bytes(30_000_000)
    stored_files = {VIDEO.format("1080p"): film_of_30_mb, VIDEO.format("720p"): film_of_30_mb}
    (tmp_path / "a.warc").write_bytes(in_warc(page(), stored_files, gzip=False))
    item = MediaItem(VIDEO.format("1080p"), "video")
    carried = LocalFiles(tmp_path / "cache", Files([tmp_path / "a.warc"]).resources, 1_000_000_000)
    tracemalloc.start()
    try:
        carried.collect({media_key(item.url): item})
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    copy = carried.best(media_key(item.url))
    assert copy is not None
    assert (copy.file.size, copy.is_original) == (len(film_of_30_mb), True)
    assert peak < 8_000_000
    assert [path.stat().st_size for path in (tmp_path / "cache").iterdir()] == [len(film_of_30_mb)]


@pytest.mark.parametrize(
    ("options", "kind", "severity"),
    [((), "image-not-copied", "warning"), (("--media", "copy", "--offline"), "image-only-local", "note")],
)
def test_image_that_is_only_in_the_page_is_missing_unless_it_is_copied(
    web: Web, tmp_path: Path, options: tuple[str, ...], kind: str, severity: str
) -> None:
    markup = f'<figure data-hook="figure-IMAGE"><div data-hook="image-viewer"><img alt="A cat" src="{inlined(BIG)}"></div></figure>'
    (tmp_path / "page.html").write_bytes(page(pages.block(markup, "image")))
    run(web, "convert", tmp_path / "page.html", "-o", tmp_path / "out", *options)
    (row,) = json.loads((tmp_path / "out" / "report.json").read_text())["posts"]
    assert [(problem["kind"], problem["severity"]) for problem in row["problems"]] == [(kind, severity)]
    assert row["result"] == ("incomplete" if severity == "warning" else "complete")
