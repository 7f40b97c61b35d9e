"""Remove what web clippers and chat programs add to the text of a page: a quoted excerpt, sentences of an answer."""

from __future__ import annotations

import re
from collections.abc import Callable

from ..tool_formats.line import Line
from .fields import MAILING_URL, stated_in
from .part import Part

HEADING = re.compile(r"\s*#{1,6}\s+(\S.*?)\s*#*\s*\Z")
#: The headings that export tools write above the parts of a post.
_SECTIONS = {
    **dict.fromkeys(("excerpt", "summary", "description"), "excerpt"),
    **dict.fromkeys(("content", "body", "full content", "post content", "full text"), "content"),
}
_IMAGE = re.compile(r"\s*!\[[^\]]*\]\([^)]*\)\s*\Z")
RULE = re.compile(r"\s*(?:-{3,}|={3,}|\*{3,}|_{3,}|#{3,})\s*\Z")
_BOLD = re.compile(r"\s*(?:\*\*|__)\S.*\S(?:\*\*|__)\s*\Z")
_QUOTED_HEADING = re.compile(r"\s*>\s*#{1,6}\s+\S")
_LIST_HEADING = re.compile(r"(?:Images|Links/Buttons|Links|Buttons):\s*\Z")
_LIST_SIGN = re.compile(r"^\s*(?:[-*]|\d+\.)\s+!?\[|unsubscribe|opt-?out|email-?preferences", re.I | re.M)
_LISTED = re.compile(r"\s*(?:[-*]|\d+\.)\s+!?\[.*\]\(\S*\)\s*\Z")
_UNSUBSCRIBE = re.compile(r"https?://\S*(?:unsubscribe|opt-?out|email-?preferences)", re.I)
#: The lines of an email's header, and names that only emails have in it.
_MAIL_LINE, _LONGEST_MAIL_HEADER = re.compile(r"[A-Za-z][\w-]*:(?:\s|\Z)|[ \t]+\S"), 200
_OF_MAIL = frozenset("received mime-version message-id delivered-to return-path content-type x-mailer".split())
#: The fence above a whole text in Markdown, and the maximum number of lines above it and below its end.
_FENCE_BEGINS, _MOST_AROUND = re.compile(r"\s*```(?:markdown|md)\s*\Z", re.I), 4
#: The maximum number of words in a chat program's line above a text, and of characters in the line below it.
_MOST_PREAMBLE, _LONGEST_OFFER = 40, 300
#: The maximum number of lines and characters of an excerpt.
_MOST_LINES, _LONGEST_EXCERPT = 40, 1500


def first_filled(lines: list[Line]) -> int | None:
    """Return the index of the first line with text, or None."""
    return next((n for n, line in enumerate(lines) if line.text.strip(" \t\ufeff")), None)


def peel_answer(part: Part, is_head: Callable[[str], bool]) -> None:
    """Remove what a chat program wrote around a text: `Here is the cleaned text:` above it, and an offer below it.

    A heading or a line of a head (`is_head`) begins the text.
    """
    lines = part.lines
    start = first_filled(lines)
    above = lines[start].text.strip() if start is not None else ""
    if start is None or not above.endswith((":", "：")) or is_head(above) or HEADING.match(above):
        return
    below = start + 1
    while below < len(lines) and (not lines[below].text.strip() or RULE.match(lines[below].text)):
        below += 1
    if not 2 < len(above.split()) <= _MOST_PREAMBLE or below == len(lines):
        return
    if not HEADING.match(lines[below].text) and not is_head(lines[below].text) and not _BOLD.match(lines[below].text):
        return
    _remove(part, 0, below, "the answer around the text")
    filled = [n for n, line in enumerate(lines) if line.text.strip()]
    texts = [lines[n].text for n in filled]
    has_text = any(not (HEADING.match(text) or RULE.match(text) or is_head(text)) for text in texts[:-2])
    if has_text and RULE.match(texts[-2]) and len(texts[-1]) < _LONGEST_OFFER and "://" not in texts[-1]:
        _remove(part, filled[-2], len(lines), "the answer around the text")


def peel_code_block(part: Part) -> None:
    """Remove the fences of a block of Markdown that is the whole text, and the sentences of an answer around it."""
    if not any("```" in line.text for line in part.lines[: 4 * _MOST_AROUND]):
        return
    filled = [n for n, line in enumerate(part.lines) if line.text.strip()]
    start = next((n for n in filled[:_MOST_AROUND] if _FENCE_BEGINS.match(part.lines[n].text)), None)
    if start is None:
        return
    end = next((n for n in reversed(filled[-_MOST_AROUND:]) if part.lines[n].text.strip() == "```"), None)
    around = sum(len(line.text) for line in part.lines[:start])
    if end is None or end - start < 2 or around > _LONGEST_OFFER:
        return
    part.is_markdown = True
    _remove(part, end, len(part.lines), "the answer around the text")
    _remove(part, 0, start + 1, "the answer around the text")


def peel_mail(part: Part) -> None:
    """Remove the header of a saved email, and decode its text."""
    end = next((n for n, line in enumerate(part.lines[:_LONGEST_MAIL_HEADER]) if not line.text.strip()), 0)
    if not end or not all(_MAIL_LINE.match(line.text) for line in part.lines[:end]):
        return
    names = {line.text.partition(":")[0].casefold() for line in part.lines[:end]}
    if not {"from", "subject"} <= names or names.isdisjoint(_OF_MAIL):
        return
    from email import message_from_bytes, policy  # noqa: PLC0415  # few files need it

    mail = message_from_bytes("\n".join(line.text for line in part.lines).encode(), policy=policy.default)
    if (
        str(mail["content-transfer-encoding"] or "8bit").lower() in ("7bit", "8bit", "binary")
        and not mail.is_multipart()
    ):
        mail.set_param("charset", "utf-8")  # the file's encoding, whatever the header states
    try:
        body = mail.get_body(("plain",))
        text = str(body.get_content()) if body is not None else ""
    except (LookupError, ValueError):
        return  # an unknown character set, or damaged parts
    if not text.strip():
        return
    header = {name: str(mail[name] or "") for name in ("subject", "from", "date")}
    own = [Line(one, part.lines[end].number + n) for n, one in enumerate(text.replace("\r\n", "\n").split("\n"), 1)]
    first = next((line.text.strip() for line in own if line.text.strip()), "")
    if header["subject"].endswith(first):
        header["subject"] = first  # `New post: Ten books`
    part.removed += [(line.number, "head of the file", line.text.strip()) for line in part.lines[:end]]
    part.lines = own
    part.stated.fill(stated_in(header, "the header of the email"))


def peel_mailing(part: Part) -> None:
    """Remove the link to an email's copy above its text: `View in browser: https://…`."""
    start = first_filled(part.lines)
    if start is None or "://" not in (text := part.lines[start].text) or len(text) > _LONGEST_OFFER:
        return
    if any(MAILING_URL.match(word.strip("<>()")) for word in text.split()):
        _remove(part, start, start + 1, "the mailing's link to itself")


def peel_lists(part: Part) -> bool:
    """Remove Jina Reader's lists of images and links below a text, and a mailing's link for unsubscribing.

    Return True if there were any.
    """
    tail = "\n".join(line.text for line in part.lines[-_MOST_LINES:])
    if not _LIST_SIGN.search(tail):
        return False
    filled = [n for n, line in enumerate(part.lines) if line.text.strip()]
    start = len(filled)
    for at in range(len(filled) - 1, 0, -1):
        text = part.lines[filled[at]].text
        if _LIST_HEADING.match(text):
            start = at
        elif not _LISTED.match(text) and not (at == start - 1 and _UNSUBSCRIBE.search(text)):
            break
        elif _UNSUBSCRIBE.search(text):
            start = at
    if start < len(filled):
        _remove(part, filled[start], len(part.lines), "the tool's list of links")
    return start < len(filled)


def peel_excerpt(part: Part) -> None:
    """Remove the title and the excerpt in a quote that a clipper writes below its head, with a rule under them."""
    lines = part.lines
    filled = [n for n in range(min(len(lines), _MOST_LINES)) if lines[n].text.strip()]
    heading = HEADING.match(lines[filled[0]].text) if filled and part.stated.url else None
    if heading is None or len(filled) < 3 or not _QUOTED_HEADING.match(lines[filled[1]].text):
        return
    rule = next((n for n in filled[2:] if RULE.match(lines[n].text)), None)
    if rule is None:
        return
    excerpt = " ".join(" ".join(line.text.lstrip("> \t") for line in lines[filled[1] + 1 : rule]).split())
    if len(excerpt) > _LONGEST_EXCERPT:
        return
    part.stated.title = part.stated.title or heading[1].strip("*_ ")
    part.stated.description = part.stated.description or excerpt or None
    _remove(part, 0, rule + 1, "head of the file")


def peel_repeated_title(part: Part) -> None:
    """Remove a heading with the title directly below the head if the page's own title follows."""
    start = first_filled(part.lines)
    first_heading = HEADING.match(part.lines[start].text) if start is not None and not part.stated.is_empty() else None
    if first_heading is None:
        return
    title = first_heading[1].strip("*_ ")
    titles = [
        n
        for n, line in enumerate(part.lines[:_MOST_LINES])
        if (heading := HEADING.match(line.text)) and title == heading[1].strip("*_ ")
    ]
    if len(titles) > 1:
        part.stated.title = part.stated.title or title
        first = part.lines[titles[0]]
        part.removed.append((first.number, "head of the file", first.text.strip()))
        part.lines = part.lines[titles[0] + 1 :]


def _remove(part: Part, start: int, end: int, rule: str) -> None:
    part.removed += [(line.number, rule, line.text.strip()) for line in part.lines[start:end] if line.text.strip()]
    del part.lines[start:end]


def peel_sections(part: Part) -> None:
    """Remove the headings “Excerpt” and “Content” of an export tool below a head, and the excerpt between them."""
    filled = [n for n, line in enumerate(part.lines[:_MOST_LINES]) if line.text.strip()]
    headings = [(n, _section(part.lines[n].text)) for n in filled if HEADING.match(part.lines[n].text)]
    if (
        part.stated.is_empty()
        or not headings
        or any(not _IMAGE.match(part.lines[n].text) for n in filled if n < headings[0][0])
    ):
        return
    (start, name), (below, content) = headings[0], [*headings, (0, None)][1]
    if name == "excerpt" and content == "content":
        excerpt = " ".join(" ".join(line.text for line in part.lines[start + 1 : below]).split())
        if len(excerpt) > _LONGEST_EXCERPT:
            return
        part.stated.description = part.stated.description or excerpt or None
        _remove(part, start, below + 1, "head of the file")
    elif name == "content":
        _remove(part, start, start + 1, "head of the file")


def _section(heading: str) -> str | None:
    """Return `excerpt` or `content` for the heading of such a section."""
    match = HEADING.match(heading)
    return _SECTIONS.get(match[1].strip("*_: ").casefold()) if match else None
