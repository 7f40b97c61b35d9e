"""Open archives: files that contain others, detected by their first bytes and never by their names.

An archive is streamed from front to back, whatever its size; nothing is written to disk. Nested archives are opened too
(WACZ is a ZIP of web archives), to a bounded depth.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import cast

from msgspec.structs import replace

from ...model.errors import UnreadablePage, UnwixError
from ...model.page import MAX_BYTES, Page
from ...model.skipped import Skipped
from .member import Member
from .plist import is_plist
from .shortcut import is_shortcut
from .streams import HEAD, PACKED, Budget, TooMuch, counted, decompressed, describe_error

Members = Callable[[io.BufferedReader, Budget], Iterator[Member]]
_RELATED = re.compile(rb"^content-type:\s*multipart/related", re.I | re.M)
_MIME = re.compile(rb"^mime-version:", re.I | re.M)


def _is_mhtml(head: bytes) -> bool:
    """Return True for a page in the form of an email, by the headers before the first empty line."""
    start = head.lstrip()
    if start[:1] == b"<":
        return False  # most members of an archive are pages, and the search below costs as much as decompressing one
    headers = re.split(rb"\r?\n\r?\n", start, maxsplit=1)[0]
    return _MIME.search(headers) is not None and _RELATED.search(headers) is not None


#: The kinds of archives: a test of the first bytes (decompressed), and the module whose `members` opens it, which is
#: imported on demand.
KINDS: tuple[tuple[Callable[[bytes], bool], str], ...] = (
    (lambda head: head.startswith((b"PK\x03\x04", b"PK\x05\x06")), "zip"),
    (lambda head: head.startswith((b"WARC/", b"filedesc://")), "warc"),
    (lambda head: head[257:262] == b"ustar", "tar"),
    (_is_mhtml, "mhtml"),
    (is_plist, "plist"),
    (is_shortcut, "shortcut"),
)
#: A ZIP of WACZ files with WARCs has depth three.
DEEPEST = 3
#: Archives that are not supported.
_FOREIGN = ((b"7z\xbc\xaf\x27\x1c", "7z"), (b"Rar!\x1a\x07", "RAR"))


def pages_in(page: Page, password: str | None = None) -> Iterator[Page]:
    """Yield the pages in an archive; if the file is not an archive, the file itself.

    A member that cannot be read is a page with an error; the others are read.
    """
    try:
        file = page.open()
    except OSError:
        yield page  # the reader reports why
        return
    with file:
        budget = Budget.of(page.path.stat().st_size if page.path else 0, password)
        archive_members = members_of(cast(io.BufferedReader, file), budget)
        if archive_members is None:
            yield page
        else:
            yield from walk(archive_members, page, budget, 1)


def may_be_archive(head: bytes) -> bool:
    """Return True for the first bytes (at least `HEAD`) of an archive, and of any packed file."""
    if head.startswith((*PACKED, *(magic for magic, _ in _FOREIGN))):
        return True
    return any(belongs(head) for belongs, _ in KINDS)


def members_of(stream: io.BufferedReader, budget: Budget) -> Iterator[Member] | None:
    """Return the members of a stream; None if it is not an archive."""
    try:
        inner = decompressed(stream, budget)
        head = inner.peek(HEAD)
    except OSError:
        return None  # the reader reports a page that cannot be decompressed
    for belongs, module in KINDS:
        if belongs(head):
            members: Members = import_module(f".{module}", __package__).members
            return members(inner, budget)
    for magic, name in _FOREIGN:
        if head.startswith(magic):
            refusal = Skipped("archive", f"a {name} archive; unpack it and give the folder")
            return iter([Member("", refusal=refusal)])
    return None


def walk(members: Iterator[Member], around: Page, budget: Budget, depth: int) -> Iterator[Page]:
    """Yield the pages of an archive; `around` is the page of the archive itself."""
    is_reported = False
    try:
        for member in members:
            for page in _pages_of(member, around, budget, depth) if not member.aside else ():
                is_reported |= page.error is not None and page.source == around.source
                yield page
        if budget.damage is not None:
            yield Page(around.source, error=_cut_off(budget))
    except TooMuch as reason:
        if depth > 1:
            raise
        yield Page(around.source, error=reason)
    except UnwixError as reason:
        yield Page(around.source, error=reason)
    except Exception as error:  # for damaged bytes, the libraries raise any kind of exception
        if is_reported:
            return  # the damage that was reported ends the archive
        budget.damage = budget.damage or describe_error(error)
        yield Page(around.source, error=_cut_off(budget))


def _pages_of(member: Member, around: Page, budget: Budget, depth: int) -> Iterator[Page]:
    source = member_source(around.source, member)
    page = Page(source, as_text=around.as_text, url=member.url, captured=member.captured, error=member.refusal)
    if member.refusal is not None:
        yield page
    else:
        yield from _opened(member, page, budget, depth)
    if budget.damage is not None:
        # Streams are read ahead: the damage can be behind this member, which may be whole.
        yield Page(around.source, error=_cut_off(budget, member.name))


def member_source(around: str, member: Member) -> str:
    """Return the name in reports of a member of the archive `around`."""
    return f"{around}!/{member.name}" if member.name else around


def _cut_off(budget: Budget, near: str = "") -> UnreadablePage:
    """Return the error for damaged bytes, which is reported once; `near` is the last member before the damage."""
    budget.damages += 1
    place = f" (at or after {near})" if near else ""
    reason = f"it is damaged, or ends too early{place}; what precedes the damage was read ({budget.damage})"
    budget.damage = None
    return UnreadablePage(reason)


def _opened(member: Member, page: Page, budget: Budget, depth: int) -> Iterator[Page]:
    """Yield the page of a member, or the pages of a member that is itself an archive."""
    try:
        stream = counted(member.open(), budget)
        inner = None if member.whole else members_of(stream, budget)
        if inner is None:
            from .content_encoding import to_utf8
            from .foreign_pages import is_foreign_page

            data = to_utf8(_read(stream), member.charset)
            if member.is_response and is_foreign_page(data):
                yield replace(page, error=Skipped("other-page"))
            else:
                yield replace(page, data=data)
            return
    except TooMuch:
        raise
    except UnwixError as reason:
        yield replace(page, error=reason)
        return
    except Exception as error:
        yield replace(page, error=UnreadablePage(f"it cannot be unpacked ({describe_error(error)})"))
        return
    if depth == DEEPEST:
        yield replace(page, error=Skipped("archive", "an archive too deep in others; unpack it and give the folder"))
        return
    yield from walk(inner, page, budget, depth + 1)


def _read(stream: io.BufferedReader) -> bytes:
    """Return the bytes of a member; of a binary one only the first, which show its type."""
    head = stream.peek(HEAD)[:HEAD]
    if b"\0" in head[:1000] and not head.startswith((b"\xff\xfe", b"\xfe\xff", b"\x1f\x8b")):
        return head
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise UnreadablePage(
            "it has more than 50 MB, and a saved post page has at most that; a large table is read outside "
            "of its archive"
        )
    return data
