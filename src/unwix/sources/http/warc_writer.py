"""Write the responses of a run as a standard web archive (WARC 1.1, ISO 28500)."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from ...model.errors import UnwixError
from ...version import __version__
from ..archives.warc import PURPOSE, SEARCH

#: Suffix of the name of an incomplete archive.
PART = ".part"
#: Headers about the transport, which the archive does not keep, and about the visitor, for privacy.
_DROPPED = frozenset(
    "authorization content-encoding transfer-encoding content-length connection set-cookie cookie".split()
)


class ArchiveWriter:
    """Writes each URL once; the file appears when it is complete.

    Bodies are stored decompressed. Responses that were requested only to find posts are marked, so that the archive
    converts to the same posts as the live site. Raises UnwixError if the file exists or cannot be written.
    """

    def __init__(self, path: Path, agent: str) -> None:
        if path.exists():
            raise UnwixError(f"{path} is there already. Choose another name.")
        self._path = path
        self._part = path.with_name(path.name + PART)
        self._seen: set[tuple[str, bytes, bool]] = set()
        """URL, body of the request, and whether it only leads to posts."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._part.open("wb")
        except OSError as error:
            raise UnwixError(f"{path} cannot be written: {error.strerror or error}. Choose another file.") from None
        self._writer = WARCWriter(self._file, gzip=path.suffix == ".gz", warc_version="1.1")
        about = {"software": f"unwix/{__version__}", "format": "WARC File Format 1.1", "http-header-user-agent": agent}
        self._writer.write_record(self._writer.create_warcinfo_record(path.name, about))

    def add(self, url: str, response: Any, searching: bool = False) -> None:
        """Add one response, from the site or from the cache, with its request; `searching`: it only leads to posts."""
        sent = response.request.body or b""
        sent = sent.encode() if isinstance(sent, str) else sent
        if (url, sent, False) in self._seen or (url, sent, searching) in self._seen:
            return
        self._seen.add((url, sent, searching))
        body: bytes = response.content
        headers = [(name, value) for name, value in response.headers.items() if name.lower() not in _DROPPED]
        headers.append(("Content-Length", str(len(body))))
        status = f"{response.status_code} {response.reason or ''}".strip()
        when = getattr(response, "created_at", None) or datetime.now(UTC)
        about = {"WARC-Date": when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}
        if searching:
            about[PURPOSE] = SEARCH
        answer = self._writer.create_warc_record(
            url,
            "response",
            payload=BytesIO(body),
            http_headers=StatusAndHeaders(status, headers, protocol="HTTP/1.1"),
            warc_headers_dict=about,
        )
        request_headers = [
            (name, value) for name, value in response.request.headers.items() if name.lower() not in _DROPPED
        ]
        target = str(getattr(response.request, "path_url", "") or "/")
        method = response.request.method or "GET"
        request = self._writer.create_warc_record(
            url,
            "request",
            payload=BytesIO(sent),
            http_headers=StatusAndHeaders(f"{method} {target} HTTP/1.1", request_headers, is_http_request=True),
            warc_headers_dict=about,
        )
        try:
            self._writer.write_request_response_pair(request, answer)
        except OSError as error:
            raise UnwixError(f"{self._path} cannot be written: {error.strerror or error}.") from None

    def add_file(self, url: str, file: Path, kind: str) -> None:
        """Add a file that was downloaded in this run or an earlier one: its bytes and its media type."""
        if (url, b"", False) in self._seen:
            return
        self._seen.add((url, b"", False))
        try:
            with file.open("rb") as stream:
                record = self._writer.create_warc_record(
                    url, "resource", payload=stream, length=file.stat().st_size, warc_content_type=kind
                )
                self._writer.write_record(record)
        except OSError as error:
            raise UnwixError(f"{self._path} cannot be written: {error.strerror or error}.") from None

    def close(self, finished: bool) -> None:
        """Rename a complete archive to its final name; delete an incomplete one, because the cache has everything."""
        self._file.close()
        if finished:
            self._part.replace(self._path)
        else:
            self._part.unlink(missing_ok=True)
