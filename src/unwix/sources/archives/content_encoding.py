"""Undo the content encoding of a response body (RFC 9110 section 8.4.1), and convert text to UTF-8.

Recorders differ: some keep the body as sent, others decompress it and keep the header. So bytes are decompressed only
if they are compressed.
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable

from ...model.errors import UnreadablePage
from ...model.page import MAX_BYTES
from .streams import Damaged, Reads

_BLOCK = 65_536
_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<rss", b"<!--", b"{", b"[")


class _Brotli:
    """A brotli stream, decompressed on demand."""

    def __init__(self, stream: Reads) -> None:
        import brotli

        self._stream, self._unpack, self._rest = stream, brotli.Decompressor(), b""
        self._error = brotli.error

    def read(self, size: int, /) -> bytes:
        try:
            while not self._rest and not self._unpack.is_finished():
                asks = self._unpack.can_accept_more_data()
                fresh = self._stream.read(_BLOCK) if asks else b""
                if asks and not fresh:
                    raise Damaged("the brotli stream ends early")
                self._rest = self._unpack.process(fresh, output_buffer_limit=_BLOCK)
        except self._error as error:
            raise Damaged(str(error)) from None
        out, self._rest = self._rest[:size], self._rest[size:]
        return out


def _inflated(stream: Reads) -> Reads:
    """Decompress `deflate`: zlib data, which some servers send without its header."""
    raw = stream.read(MAX_BYTES)
    for bits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        try:
            return io.BytesIO(zlib.decompressobj(bits).decompress(raw, MAX_BYTES + 1))
        except zlib.error:
            continue
    return io.BytesIO(raw)


def _unknown(_stream: Reads) -> Reads:
    raise UnreadablePage("the answer is packed by zstd, which unwix does not read")


_UNPACK: dict[str, Callable[[io.BufferedReader], Reads]] = {
    "gzip": lambda stream: gzip.GzipFile(fileobj=stream) if stream.peek(2)[:2] == b"\x1f\x8b" else stream,
    "deflate": _inflated,
    "br": _Brotli,
    "zstd": _unknown,
}


def decode_body(stream: io.BufferedReader, encoding: str) -> Reads:
    """Decode a body by its `Content-Encoding`. Raises UnreadablePage for an unknown one."""
    unpack = _UNPACK.get(encoding.strip().lower().removeprefix("x-"))
    if unpack is None or stream.peek(16).lstrip().lower().startswith(_MARKUP):
        return stream
    return unpack(stream)


def charset_of(content_type: str) -> str | None:
    """Return the character encoding that a server states; None if it states none, or UTF-8."""
    from email.message import Message

    message = Message()
    message["Content-Type"] = content_type
    try:
        name = message.get_content_charset()
    except (LookupError, UnicodeError):
        return None
    return None if name in ("utf-8", "utf8") else name


def to_utf8(data: bytes, name: str | None) -> bytes:
    """Convert a text whose encoding only its server states (`charset`) to UTF-8; return everything else unchanged."""
    if not name:
        return data
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        try:
            return data.decode(name).encode("utf-8")
        except (LookupError, UnicodeError):
            pass
    return data
