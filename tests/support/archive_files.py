"""Build archives from pages that tests write."""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from unwix.model.page import Page
from unwix.sources import open_sources


def zipped(files: Mapping[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(files: Mapping[str, bytes], mode: str = "w:gz") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return out.getvalue()


class Warc:
    """A WARC file under construction."""

    def __init__(self, gzip: bool = True) -> None:
        self.out = io.BytesIO()
        self.writer = WARCWriter(self.out, gzip=gzip)
        self.writer.write_record(self.writer.create_warcinfo_record("test.warc", {"software": "a test"}))

    def answer(
        self, address: str, body: bytes, kind: str = "text/html", status: str = "200 OK", **headers: str
    ) -> Warc:
        named = [("Content-Type", kind), *((name.replace("_", "-"), value) for name, value in headers.items())]
        self.record(address, body, StatusAndHeaders(status, named, protocol="HTTP/1.1"))
        return self

    def record(
        self, address: str, body: bytes, http: StatusAndHeaders | None = None, record_type: str = "response"
    ) -> Warc:
        record = self.writer.create_warc_record(address, record_type, payload=io.BytesIO(body), http_headers=http)
        self.writer.write_record(record)
        return self

    def bytes(self) -> bytes:
        return self.out.getvalue()


def mhtml(html: bytes, address: str = "https://www.potter-lane.example/post/clay", encoding: str = "base64") -> bytes:
    """Return a page as Chrome saves it (MHTML): the page, an image and a frame."""
    import base64
    import quopri

    packed = base64.encodebytes(html) if encoding == "base64" else quopri.encodestring(html)
    mark = "----MultipartBoundary--x"
    head = (
        f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {address}\r\nSubject: Clay\r\n"
        "Date: Tue, 24 Nov 2026 07:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="{mark}"\r\n\r\n\r\n'
    )
    page = f"--{mark}\r\nContent-Type: text/html\r\nContent-ID: <frame-1@mhtml.blink>\r\nContent-Transfer-Encoding: {encoding}\r\nContent-Location: {address}\r\n\r\n"
    frame = (
        f"\r\n--{mark}\r\nContent-Type: text/html\r\nContent-ID: <frame-2@mhtml.blink>\r\n"
        "Content-Location: https://maps.example.com/kiln\r\n\r\n<html><body>a map</body></html>\r\n"
        f"--{mark}\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n"
        f"Content-Location: https://static.wixstatic.com/media/x.png\r\n\r\niVBORw0KGgo=\r\n--{mark}--\r\n"
    )
    return (head + page).encode() + packed + frame.encode()


def pages_of(path: Path, data: bytes) -> list[Page]:
    """Return the pages of a file with these bytes."""
    path.write_bytes(data)
    return [page for source in open_sources([path]) for page in source.pages()]
