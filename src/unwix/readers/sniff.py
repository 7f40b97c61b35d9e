"""Detect what a file is by its bytes, never by its name."""

from __future__ import annotations

import re
import zlib
from enum import Enum
from typing import IO

from ..model.errors import UnreadablePage
from ..model.page import MAX_BYTES
from ..web.encoding import utf16
from ..web.file_types import HEAD, format_of
from .feed_streams import is_stream
from .json_feed import SIGN as JSON_FEED


class Kind(Enum):
    """The type of a file; the value is its name in reports."""

    HTML = "an HTML page"
    TEXT = "plain text"
    JSON = "JSON"
    FEED = "a feed"
    SITEMAP = "a sitemap"
    XML = "an XML file"
    CSV = "a CSV table"
    PARQUET = "a Parquet table"
    ARCHIVE = "an archive"
    IMAGE = "an image"
    PDF = "a PDF"
    MEDIA = "a video, font or other media file"
    WET = "an archive of texts"
    CODE = "a style sheet or script"
    BINARY = "a binary file"
    EMPTY = "an empty file"
    NULS = "a file of NUL characters"


#: Signatures that the sources know better than the format library, and their kinds.
_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"PK\x03\x04", Kind.ARCHIVE),
    (b"WARC/", Kind.WET),
    (b"%PDF-", Kind.PDF),
    (b"PAR1", Kind.PARQUET),
    (b"7z\xbc\xaf", Kind.ARCHIVE),
    *((b"BZh%d1AY&SY" % level, Kind.ARCHIVE) for level in range(1, 10)),
    (b"\xfd7zXZ", Kind.ARCHIVE),
    (b"(\xb5/\xfd", Kind.ARCHIVE),  # zstd
)
_HTML = re.compile(
    rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|data-rce-version=|data-hook=[\"']post-|id=[\"']viewer-", re.I
)
_DOCUMENT = re.compile(rb"<(?:!doctype|html|head|body)[\s>]", re.I)
#: The number of bytes that decide what a file is; the first of them are enough for most.
_SNIFFED, _FIRST_BYTES = 200_000, 4000
_TAGS = re.compile(rb"<(?:p|div|section|article|span|h[1-6]|ul|ol|img|a|br)\b[^>]*>", re.I)
_WIX_TAG = re.compile(rb"<[a-z][^<>]*\s(?:data-rce-version=|data-hook=[\"']post-|id=[\"']viewer-)", re.I)
#: A text can begin with a bracket too: `[1]Home` from a text browser, `[]` from pandoc, `[Home](…)` in Markdown.
_TEXT_IN_BRACKETS = re.compile(rb"\[(?:[^\s{\"\[\]\d-]|\]\s*\S|\d+\]\s*[^\s,\]])")
_CSS_OR_JS = re.compile(
    rb"^\s*(?:@charset|@import|@font-face|/\*|[.#]?[\w-]+\s*\{"
    rb"|!?function\b|\(function|\"use strict\"|var |const |let |import |window\.|\(?self\b)"
)
#: Comments above a Markdown text, and a URL in angle brackets.
_COMMENTS_OR_URL = re.compile(
    rb"(?:<!--(?:[^<>-]|-(?!->)|<https?:[^<>]*>){0,2000}-->\s*)+(?=[^<\s])|<https?://[^\s<>]+>\s", re.I
)
_FRONT_MATTER = re.compile(rb"(?:---|\+\+\+|;;;|```)[a-z]*[ \t]*\r?\n", re.I)
#: HTTP headers that `curl -i` and `wget --save-headers` write above a page.
_HTTP = re.compile(rb"HTTP/\d[^\r\n]*\r?\n(?:[\w-]+:[^\r\n]*\r?\n)*\s*(?=<)")
#: A heading, or a line that begins with a link or an image.
_MARKDOWN_LINE = re.compile(rb"^[ \t]*(?:#{1,6} \S|(?:[*+-][ \t]+)*!?\[[^\]\r\n]*\]\([^\s)])", re.M)
#: A table in a Markdown text.
_TABLE = re.compile(rb"^[ \t]*<table[\s>].*?</table>[ \t]*$", re.M | re.S)
_TAG_LINE = re.compile(rb"^[ \t]*</?[a-zA-Z!]", re.M)
_LEAST_MARKDOWN = 3
#: What pandoc keeps of a page in Markdown: fences or tags around blocks, and none of the elements that Markdown has.
_FENCES = re.compile(rb"^[ \t]*(?:[*+-][ \t]+)?:{3,}(?:[ \t]*(?:\{|[\w-]+[ \t]*$)|[ \t]*$)", re.M)
_ELEMENT_LINE = re.compile(rb"^<(?:div|span|section)[\s>]", re.I | re.M)
#: An end tag between blank lines, as pandoc writes nearly all of them.
_LONE_TAG = re.compile(rb"\n\r?\n</div>\r?(?:\n\r?\n|\n?\Z)")
#: The XML of trafilatura has the text of one article.
_TRAFILATURA = re.compile(rb"(?:<\?xml[^>]{0,200}\?>\s*)?<doc\s[^>]{0,20000}>\s*<main\b")
_HTML_BLOCKS = re.compile(rb"<(?:p|h[1-6]|li|ul|ol|html|head|body|script|meta)[\s>]", re.I)
#: Up to this many zero bytes are damage to a text; binary files begin with more.
_FEW_ZEROS = 5
_CONTROLS = bytes(b for b in range(32) if b < 9 or b > 13)
_SOMETHING = re.compile(rb"[^ \t\r\n\0\xef\xbb\xbf]")
#: Columns that only a table of Wix posts has (docs/wix/csv-exports.md#columns).
_POST_COLUMNS = (b"rich content", b"richcontent", b"plain content", b"plaincontent", b"contenttext")
#: The beginning of a document in a cell, which a table of posts has whatever its columns are called.
_DOCUMENT_CELL = re.compile(rb'"\{\s*""(?:nodes|blocks|entityMap|metadata|documentStyle)""\s*:')
_SEPARATOR_LINE = re.compile(rb"sep=[^\r\n]\r?\n", re.I)
_TABLE_HEAD = 20_000
_CSV = re.compile(rb"[^\r\n<]{0,4000}(?:Title|title)[^\r\n<]*,[^\r\n<]*")


def unzip(raw: bytes) -> bytes:
    """Return the content of a gzip file, as wget leaves a page; other bytes unchanged.

    Raises UnreadablePage if it is damaged or too large.
    """
    if raw[:2] != b"\x1f\x8b":
        return raw
    # Decompress up to the limit: a small file can unpack to a million times its size.
    data = b""
    while raw[:2] == b"\x1f\x8b" and len(data) <= MAX_BYTES:
        unpacker = zlib.decompressobj(wbits=31)
        try:
            data += unpacker.decompress(raw, MAX_BYTES + 1 - len(data))
        except zlib.error:
            raise UnreadablePage("the file looks like gzip, but cannot be unpacked") from None
        raw = unpacker.unused_data  # web archives are several gzip members in a row
    if len(data) > MAX_BYTES:
        raise UnreadablePage("the file unpacks to more than 50 MB; a saved post page has at most 50")
    return data


def sniff(raw: bytes) -> Kind:
    """Return the type of the bytes, which `unzip` has unpacked."""
    if not _SOMETHING.search(raw):
        return Kind.NULS if b"\0" in raw else Kind.EMPTY
    for magic, kind in _MAGIC:
        if raw.startswith(magic):
            return kind
    if (file_format := format_of(raw[:HEAD])) is not None and file_format.group != "page":
        return Kind.IMAGE if file_format.group == "image" else Kind.MEDIA
    head = raw[:_SNIFFED]
    if name := utf16(raw):
        plain = head.decode(name, "ignore").lstrip("\ufeff")
        # Without a byte order mark, only a page counts as text: bytes of images and audio can look like text.
        head = plain.encode() if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or plain.lstrip()[:1] == "<" else head
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n\x1e")
    if (headers := _HTTP.match(start)) is not None:
        start = start[headers.end() :]
    if start[:2000].count(0) > _FEW_ZEROS:
        return Kind.BINARY
    return _text(start, head)


def sniff_file(file: IO[bytes]) -> Kind:
    """Return the type of a file by its first bytes, or more if it begins with tags: it can be Markdown of pandoc."""
    head = file.read(_FIRST_BYTES)
    kind = sniff(head)
    if kind is Kind.HTML and _DOCUMENT.search(head) is None:
        kind = sniff(head + file.read(_SNIFFED - len(head)))
    return kind


def _text(start: bytes, head: bytes) -> Kind:
    """Return the type of a text; `start` is its beginning without a byte order mark and white space."""
    if start[:1] == b"{" and JSON_FEED in start[:2000].replace(b"\\/", b"/"):
        return Kind.FEED
    if start[:1] == b"{" and is_stream(start[:4000]):
        return Kind.FEED
    if start[:1] == b"{" or (start[:1] == b"[" and not _TEXT_IN_BRACKETS.match(start)):
        return Kind.JSON
    if _is_markdown_of_pandoc(start, head) or _TRAFILATURA.match(start):
        return Kind.TEXT
    if start[:1] == b"<":
        return Kind.TEXT if _is_tagged_text(start) else _markup(start)
    if _is_post_table(_SEPARATOR_LINE.sub(b"", start, count=1)) or _is_text_table(start):
        return Kind.CSV
    if _CSS_OR_JS.match(start) and not _FRONT_MATTER.match(start) and not _HTML.search(start[:2000]):
        return Kind.CODE
    # A text may mention HTML; a page without its first lines, or after HTTP headers, contains much of it.
    if _has_html(head) and _has_html(_TABLE.sub(b"", head)) and not _is_markdown(head):
        return Kind.HTML
    if _CSV.match(start) and start.split(b"\n", 1)[0].count(b",") > 3:
        return Kind.CSV
    sample = start[:4000]
    odd = len(sample) - len(sample.translate(None, _CONTROLS))
    return Kind.BINARY if odd > len(sample) // 50 else Kind.TEXT


def _has_html(head: bytes) -> bool:
    return len(_TAGS.findall(head[:20_000])) > 5 or _WIX_TAG.search(head) is not None


def _is_markdown(head: bytes) -> bool:
    """Return True if more lines begin with Markdown than with a tag: tools leave some elements in HTML."""
    lines = len(_MARKDOWN_LINE.findall(head))
    return lines >= _LEAST_MARKDOWN and lines > len(_TAG_LINE.findall(head))


def _is_markdown_of_pandoc(start: bytes, head: bytes) -> bool:
    """Return whether a text is Markdown with pandoc's fences, or with the elements of the page around its blocks."""
    if start[:3] == b":::" or (b"\n:::" in head[:4000] and start[:1] != b"<"):
        return len(_FENCES.findall(head)) >= _LEAST_MARKDOWN
    if _ELEMENT_LINE.search(start[:2000]) is None:
        return False
    if _HTML_BLOCKS.search(head) is not None and _HTML_BLOCKS.search(_TABLE.sub(b"", head)) is not None:
        return False
    if len(_MARKDOWN_LINE.findall(head)) >= _LEAST_MARKDOWN:
        return True
    lone = len(_LONE_TAG.findall(head))
    return lone > 1 and 2 * lone >= head.count(b"</div>")


def _is_tagged_text(start: bytes) -> bool:
    """Return True if a text begins with tags that are not HTML, as in prompts, or with comments."""
    if _COMMENTS_OR_URL.match(start):
        return not _HTML.search(start[:2000])
    head = start[:2000]
    is_page = b"<html" in head.lower() or b"<!doctype" in head.lower() or _WIX_TAG.search(head) is not None
    is_html = is_page or len(_TAGS.findall(start[:20_000])) > 5
    if is_html:
        return False
    from .text_dump.containers.tagged import begins_with_tags  # noqa: PLC0415  # few files need it

    return begins_with_tags(head.decode("utf-8", "replace"))


def _is_text_table(start: bytes) -> bool:
    """Return True if a table begins with a header that has a column for the texts of pages."""
    header = start.split(b"\n", 1)[0]
    if len(header) >= 2000:
        return False
    from .text_dump.containers.records import is_text_table  # noqa: PLC0415  # few files need it

    return is_text_table(start[:_TABLE_HEAD].decode("utf-8", "replace"))


def _is_post_table(start: bytes) -> bool:
    """Return True for a table of Wix posts, by its header only: cells can contain whole HTML pages."""
    header = start.split(b"\n", 1)[0].lower()
    return (
        len(header) < 4000
        and b"<" not in header
        and (
            (b"title" in header and any(name in header for name in _POST_COLUMNS))
            or _DOCUMENT_CELL.search(start[:_TABLE_HEAD]) is not None
        )
    )


def _markup(start: bytes) -> Kind:
    opening = start[:3000].lower()
    if b"<rss" in opening or b"<feed" in opening or b"<rdf:rdf" in opening:
        return Kind.FEED
    if b"<urlset" in opening or b"<sitemapindex" in opening:
        return Kind.SITEMAP
    if opening.startswith(b"<?xml") and b"<html" not in opening:
        return Kind.XML
    return Kind.HTML
