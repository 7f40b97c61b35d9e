"""Test Safari's files: web archives are sources, shortcuts name their URL."""

from __future__ import annotations

import json
import plistlib
from pathlib import Path
from typing import Any

import pytest

from support import post_pages as pages
from support.archive_files import pages_of
from support.media_posts import image, name
from support.media_server import png
from support.terminal import run
from unwix.model.skipped import Skipped

URL = "https://www.potter-lane.example/post/a-pot-of-ones-own"
FORMATS = {"binary": plistlib.FMT_BINARY, "xml": plistlib.FMT_XML}


def web_archive(html: bytes, **more: Any) -> dict[str, Any]:
    main = {
        "WebResourceData": html,
        "WebResourceMIMEType": "text/html",
        "WebResourceURL": URL,
        "WebResourceFrameName": "",
    }
    return {"WebMainResource": {**main, "WebResourceTextEncodingName": "UTF-8"}, **more}


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_a_web_archive_is_a_page_with_its_images(tmp_path: Path, form: Any) -> None:
    resource = {"WebResourceData": png(8, 6), "WebResourceURL": f"https://static.wixstatic.com/media/{name(1)}"}
    frame = web_archive(b"<p>frame", WebSubresources=[{"WebResourceURL": 3}, "x"])
    data = web_archive(
        pages.post_page(pages.p("Words.") + image(1)), WebSubresources=[resource], WebSubframeArchives=[frame]
    )
    (tmp_path / "a.webarchive").write_bytes(plistlib.dumps(data, fmt=form))
    output = tmp_path / "out"
    result = run("convert", tmp_path / "a.webarchive", "-o", output, "-j", 0, "--media", "copy", "--offline")
    assert result.code == 0, result.err
    (row,) = json.loads((output / "report.json").read_text())["posts"]
    assert (row["url"], row["result"]) == (URL, "complete")
    (medium,) = json.loads((output / "media.json").read_text())["media"]
    assert medium["state"] == "archive"


def test_the_encoding_is_the_one_that_the_archive_states(tmp_path: Path) -> None:
    data = web_archive("<p>größer".encode("latin-1"))
    data["WebMainResource"]["WebResourceTextEncodingName"] = "ISO-8859-1"
    (page,) = pages_of(tmp_path / "a.webarchive", plistlib.dumps(data, fmt=plistlib.FMT_BINARY))
    assert page.read() == "<p>größer".encode()


SHORTCUTS = {
    "webloc": plistlib.dumps({"URL": URL}),
    "binary webloc": plistlib.dumps({"URL": URL}, fmt=plistlib.FMT_BINARY),
    "url": f"[InternetShortcut]\r\nURL={URL}\r\nIconIndex=0\r\n".encode(),
    "url with more sections": f"[{{000214A0}}]\r\nProp3=19,2\r\n[InternetShortcut]\r\nURL={URL}\r\n".encode(),
    "url with a mark": f"\ufeff[InternetShortcut]\nurl={URL}\n".encode(),
    "desktop": f"[Desktop Entry]\nType=Link\nName=A pot\nURL={URL}\n".encode(),
}


@pytest.mark.parametrize("data", SHORTCUTS.values(), ids=SHORTCUTS)
def test_a_shortcut_names_its_url(tmp_path: Path, data: bytes) -> None:
    (page,) = pages_of(tmp_path / "a", data)
    assert isinstance(page.error, Skipped)
    assert page.error.kind == "shortcut"
    assert URL in page.error.detail


@pytest.mark.parametrize("cut", [9, 20, 100, -40])
@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_damaged_plists_end(tmp_path: Path, cut: int, form: Any) -> None:
    data = plistlib.dumps(web_archive(b"<p>words" * 50), fmt=form)[:cut]
    for page in pages_of(tmp_path / "a", data):
        assert page.error is not None or page.read()
