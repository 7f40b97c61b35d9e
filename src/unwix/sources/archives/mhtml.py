"""Read MHTML: a page that a browser saved as one file in the format of an email, whose root part is the page."""

from __future__ import annotations

import email.parser
import email.policy
import io
import re
from collections.abc import Iterator
from email.message import Message
from functools import partial
from io import BytesIO

from ...model.errors import UnreadablePage
from ...model.skipped import Skipped
from .member import Member, is_web_url, printable_name
from .streams import Budget

#: The size limit, for a page with all of its images.
_MOST = 200_000_000
_CID = re.compile(rb"cid:([^\"'\s)<>&]+)")


def members(stream: io.BufferedReader, budget: Budget) -> Iterator[Member]:
    """Yield the page with its URL, under the name of the file itself; the URLs of its frames are restored."""
    raw = stream.read(_MOST + 1)
    if len(raw) > _MOST:
        raise UnreadablePage("the saved page has more than 200 MB; save it as HTML only")
    mail = email.parser.BytesParser(policy=email.policy.compat32).parsebytes(raw.lstrip())
    parts = [part for part in mail.walk() if not part.is_multipart()]
    root = _root(mail, parts)
    if root is None:
        raise Skipped("mail")
    urls = {_id(part): location for part in parts if is_web_url(location := _location(part)) and location and _id(part)}
    html = _CID.sub(lambda cid: urls.get(cid[1].decode("ascii", "replace"), "").encode() or cid[0], _text(root))
    url = next((a for a in (_location(root), mail.get("Snapshot-Content-Location")) if is_web_url(a)), None)
    yield Member("", partial(BytesIO, html), url=url, captured=mail.get("Date"), whole=True)
    for part in parts:
        if part is not root:
            where = _location(part) or f"cid:{_id(part)}"
            location = where if is_web_url(where) else None
            yield Member(printable_name(where), partial(_bytes, part), url=location, whole=True, aside=True)


def _root(mail: Message, parts: list[Message]) -> Message | None:
    """Return the part that is the page: the one named by `start` (RFC 2387), else the first HTML."""
    pages = [part for part in parts if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    start = mail.get_param("start")
    named = str(start).strip("<>") if start else None
    return next((part for part in pages if named and _id(part) == named), next(iter(pages), None))


def _bytes(part: Message) -> BytesIO:
    payload = part.get_payload(decode=True)
    return BytesIO(payload if isinstance(payload, bytes) else b"")


def _text(part: Message) -> bytes:
    """Return the part's HTML as UTF-8, whatever encoding its headers state."""
    raw = _bytes(part).getvalue()
    charset = part.get_content_charset("utf-8")
    if charset in ("utf-8", "us-ascii"):
        return raw
    try:
        return raw.decode(charset).encode("utf-8", "replace")
    except (LookupError, UnicodeDecodeError):
        return raw  # the page itself may declare it more precisely


def _id(part: Message) -> str:
    return str(part.get("Content-ID") or "").strip().strip("<>")


def _location(part: Message) -> str | None:
    location = part.get("Content-Location")
    return "".join(str(location).split()) if location else None
