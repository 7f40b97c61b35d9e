"""Read one text of a container: find the posts in it, and the account of each line."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec.structs import replace

from ...model.article import element
from ...model.facts import count_words, text_key
from ...model.ledger import Ledger
from ...model.post import Metadata, Post
from ...model.problems import Problem
from ...model.skipped import Skipped
from ...model.source_info import RemovedLine, SourceInfo
from ...web import language_detection as languages
from ...wix.media_urls import MEDIA_URL
from ...wix.post_urls import WixUrl, parse_url
from ..article_building.block_cleanup import tidy_blocks
from .blocks import body_blocks, body_facts
from .containers.one_line import has_glued_page
from .containers.part import Part, Stated
from .ending import BELOW_COPYRIGHT, CARDS, GUESS, TEXT_RECURS, find_end
from .head.layout import find_layout
from .head.read_head import Head, read_counters, read_head
from .head.titles import announced_titles
from .images import Body, author_lines
from .labels import cut_labels
from .lines import ENOUGH, Lines, word_count
from .posts import PostRange, find_posts, is_of_no_post
from .site_lines import SiteLines
from .stated_metadata import fill_metadata, same_day
from .tool_formats.dump import Dump
from .tool_formats.forms import undo
from .tool_formats.markdown import is_images, plain, relative

_WEB = re.compile(r"(?:https?|mailto|tel):", re.I)
#: Kinds of URLs that are not blog posts, and the reason for skipping their texts.
_LISTS = {
    "category": "category-page",
    "tag": "tag-page",
    "author": "member-page",
    "home": "list-page",
    "list": "archive-page",
}
#: The minimum number of words of a text with a title and a URL, but without signs of Wix.
_LEAST_WORDS = 40
#: Lists of highlights, as reading apps export them.
_HIGHLIGHT = re.compile(r"\((?:\[?(?:View Highlight|Location)\b)", re.I)
#: Rules whose lines are part of the post, as its metadata.
_METADATA = frozenset({"title", "author", "byline", "label"})
_SITE = ("above the post", "footer", "copyright line", "below the copyright line", "menu again", "recurs")


def read_part(source: str, part: Part, dump: Dump, problems: list[Problem], site_lines: SiteLines | None) -> list[Post]:
    """Return the posts in one text whose tool's format was undone. Raises Skipped for a text that is not a post."""
    lines = Lines(
        dump.lines,
        dump.linked,
        "Markdown" in dump.formats,
        one_line_bylines=dump.one_line_bylines,
        stated_language=part.stated.language,
    )
    if site_lines is not None:
        lines.site_lines = site_lines.in_text(lines.bare)
        lines.site_texts = site_lines.texts_in(lines.bare)
        lines.labels = site_lines.labels_in(lines.bare)
    _check(lines, part)
    ranges = find_posts(lines)
    read = [_read_post(source, part, dump, lines, one, problems) for one in ranges]
    posts = [post for post in read if post is not None]
    if not posts:
        raise Skipped("post-not-loaded")
    return posts


def _check(lines: Lines, part: Part) -> None:
    """Raise Skipped for a text that is not a post page."""
    stated = part.stated
    url = parse_url(stated.url) if stated.url else None
    kind = url.kind if url is not None else None
    if kind in _LISTS and (kind not in ("home", "list") or lines.score() < ENOUGH):
        raise Skipped(_LISTS[kind])
    if lines.score() < ENOUGH and has_glued_page(lines.text):
        raise Skipped("no-line-breaks")
    if sum("(" in line and bool(_HIGHLIGHT.search(line)) for line in lines.bare) * 2 > len(lines.filled(0)) // 2:
        raise Skipped("no-wix-signs")
    if kind == "page" and is_of_no_post(lines, part):
        raise Skipped("site-page")
    if lines.score() >= ENOUGH:
        return
    if not part.is_sure:
        raise Skipped("no-wix-signs")
    if not _is_enough(lines, part, url):
        raise _too_few_signs(lines)


def _is_enough(lines: Lines, part: Part, url: WixUrl | None) -> bool:
    """Return True if the metadata of a text without Wix's own lines identifies it as a post."""
    stated, count = part.stated, sum(map(word_count, lines.bare))
    is_long = count >= _LEAST_WORDS
    if part.is_article and stated.title and is_long:
        return True
    is_post = url is not None and url.kind == "post"
    has_media = stated.title and stated.slug and any(MEDIA_URL in line for line in lines.text)
    if (is_post or has_media) and count >= _LEAST_WORDS // 2:
        return True
    first = lines.first_filled(0)
    has_title = stated.title or stated.date or (first is not None and lines.level(first) == 1)
    return bool(stated.url and has_title and is_long and (url is None or url.path))


def _too_few_signs(lines: Lines) -> Skipped:
    """Return the reason for skipping a text, with its signs of a Wix page and what would help."""
    if not lines.signals():
        return Skipped("no-wix-signs")
    signals = ", ".join(signal.replace("_", " ") for signal in lines.signals())
    next_step = "write its title and URL above it as front matter, or convert it with --as text"
    return Skipped("no-wix-signs", f"a text without the signs of a Wix post page (only: {signals}); {next_step}")


def _read_post(
    source: str, part: Part, dump: Dump, lines: Lines, post_range: PostRange, problems: list[Problem]
) -> Post | None:
    stated = part.stated
    layout = find_layout(lines, stated, post_range.byline, post_range.start, post_range.end)
    head = read_head(lines, layout, stated, post_range.end)
    behind = find_end(lines, head, post_range.end)
    read_counters(lines, behind, post_range.end, head)
    end = cut_labels(lines, behind, head, stated.categories)
    metadata = head.metadata
    body = author_lines(lines, head.body, end, metadata.title or stated.title, metadata.authors or stated.authors)
    if not lines.filled(post_range.start, head.first):  # an article's cover can be above its title
        above = {n: lines.text[n] for n in range(post_range.start, head.first) if is_images(lines.text[n])}
        body.lines = {**above, **body.lines}
    is_empty = not any(lines.bare[n] or n in body.marks or lines.text[n].strip() for n in body.lines)
    if is_empty and (metadata.title is None or not (post_range.byline or metadata.views is not None or stated.url)):
        return None
    own = [line for n, line in body.lines.items() if n not in body.marks]
    text = plain("\n".join(own))
    _fill(head, stated, text)
    source_lines = [lines.text[n] for n in body.lines]  # without the heading of the author's box
    blocks = body_blocks(body.lines.values(), lines.spaced, lines.is_markdown, source_lines)
    article = element("article", *tidy_blocks(blocks))
    problems = [*problems, *head.problems, *body.problems, *_link_problems(lines, body, dump)]
    if metadata.title is None:
        problems.append(Problem("title-missing", "front matter", "the text states no title"))
    if is_empty:
        problems.append(Problem("body-empty", "body", "nothing stands between the head of the post and its end"))
    post = Post(source, "text", metadata, article, head.provenance, problems, body_facts(body.lines.values()))
    if metadata.language is None and (language := languages.detect(text) or stated.language or lines.language()):
        metadata.language, head.provenance["language"] = language, "the text itself"
    post.source_info = SourceInfo(
        detection_signals=lines.signals(),
        detection_score=f"{lines.score()}; {ENOUGH} is enough",
        ui_language=lines.language(),
        body_lines=(lines.numbers[min(head.body, len(lines.text) - 1)], lines.numbers[max(0, end - 1)]),
        tool_formats=list(dump.formats),
    )
    _account(post, part, dump, lines, body, post_range)
    return post


def _fill(head: Head, stated: Stated, text: str) -> None:
    """Copy metadata from the container if the text itself states none."""
    metadata = head.metadata
    if stated.url:
        metadata.canonical_url = None
        metadata.slug = None
    is_unclear = any(problem.kind == "date-unclear" for problem in head.problems)
    if is_unclear and stated.saved:
        stated = replace(stated, date=None)
    if stated.description and _is_teaser(stated.description, text):
        stated = replace(stated, description=None)
    fill_metadata(metadata, head.provenance, stated)
    if metadata.date is not None:
        head.problems[:] = [p for p in head.problems if p.kind != "date-unclear"]
    elif stated.unclear_date and not is_unclear:
        detail = f"{stated.where} states only “{stated.unclear_date}”, which is no exact date"
        head.problems.append(Problem("date-unclear", "front matter", detail))
    if metadata.updated and same_day(metadata.updated, metadata.date) and head.provenance["updated"] == stated.where:
        metadata.updated = None


def _is_teaser(description: str, text: str) -> bool:
    """Return True if a description is the beginning of the text, which Wix truncates."""
    start = "".join(c for c in description.casefold() if c.isalnum())
    body = "".join(c for c in text[: 2 * len(description) + 400].casefold() if c.isalnum())
    return len(start) > 20 and start[: max(20, len(start) - 20)] in body


def _link_problems(lines: Lines, body: Body, dump: Dump) -> list[Problem]:
    problems = [
        Problem("relative-link", lines.place(n), f"the URL “{url[:100]}”")
        for n, line in body.lines.items()
        for url in relative(line)
    ]
    links = [url for n in body.lines for url in dump.links.get(lines.numbers[n], []) if _WEB.match(url)]
    if links:
        detail = f"the text does not state on which words these links stood: {' '.join(dict.fromkeys(links))}"
        problems.append(Problem("links-without-anchor-text", "body", detail))
    return problems


def _account(post: Post, part: Part, dump: Dump, lines: Lines, body: Body, post_range: PostRange) -> None:
    """List the removed lines with their rules, count the words of each account, and report uncertain removals."""
    own = body.lines.keys() - body.marks
    removed: list[RemovedLine] = []
    own_texts: list[str] = []
    texts: dict[str, list[str]] = {"post": [], "platform": [], "site": [], "other_post": []}
    behind_texts: list[str] = []
    guessed_texts: list[str] = []
    for n in lines.filled(0):
        text = lines.bare[n]
        if n in own:
            own_texts.append(text)
            continue
        outside = not post_range.start <= n < post_range.end
        rule = "another post of the file" if outside else lines.rules.get(n) or lines.kinds[n] or "above the post"
        removed.append(RemovedLine(lines.numbers[n], rule, plain(lines.text[n]).strip()))
        if outside:
            texts["other_post"].append(text)
        elif rule in _METADATA or lines.kinds[n] in ("counters", "views", "comments"):
            texts["post"].append(text)
        elif lines.kinds[n] is not None:
            texts["platform"].append(text)
        else:
            texts["site"].append(text)
            if rule == "behind the post" and n not in lines.site_lines:
                behind_texts.append(text)
            elif rule in (GUESS, BELOW_COPYRIGHT, CARDS, TEXT_RECURS):
                guessed_texts.append(text)
    extra = [RemovedLine(*row) for row in (*part.removed, *dump.removed)]
    texts["site"] += [row.text for row in extra]
    own_words, behind, guessed = map(_number_of_words, (own_texts, behind_texts, guessed_texts))
    counts = {name: _number_of_words(one) for name, one in texts.items()}
    post.removed_lines = sorted((*removed, *extra))
    post.ledger = Ledger(counts["post"] + own_words, counts["platform"], counts["site"], counts["other_post"])
    if behind > max(own_words, 60) and _has_texts(lines, post_range, behind):
        detail = f"{behind} words behind the post are left out, more than the {own_words} words that are kept"
        post.problems.append(Problem("more-removed-than-kept", "behind the post", detail))
    elif guessed:
        detail = (
            f"{guessed} words at the end are left out, because they look like the site's footer or links to other posts"
        )
        post.problems.append(Problem("removed-by-guess", "end of the body", detail))


def _number_of_words(texts: Iterable[str]) -> int:
    return count_words("\n".join(texts))[0]


def _has_texts(lines: Lines, post_range: PostRange, behind: int) -> bool:
    """Return True if texts, and not cards with titles, follow the post."""
    texts = [
        n
        for n in lines.filled(post_range.start, post_range.end)
        if lines.rules.get(n) == "behind the post" and lines.is_text(n)
    ]
    return 2 * _number_of_words(lines.bare[n] for n in texts) > behind


def plain_post(source: str, part: Part, problems: list[Problem]) -> Post:
    """Return a text unchanged as a post, with the metadata of its head."""
    text = [line.text for line in part.lines]
    dump = undo(part.lines, part.stated.url, part.is_markdown)
    lines = Lines(dump.lines, dump.linked, "Markdown" in dump.formats)
    head = Head(Metadata())
    announced = announced_titles(lines, part.stated) if part.stated.title else frozenset()
    first = lines.first_filled(0)
    skip = first if first is not None and text_key(lines.bare[first]) in announced else -1
    body = [line for n, line in enumerate(lines.text) if n != skip]
    _fill(head, part.stated, "\n".join(text))
    article = element("article", *tidy_blocks(body_blocks(body, lines.spaced, lines.is_markdown)))
    problems = list(problems)
    if head.metadata.title is None:
        problems.append(Problem("title-missing", "front matter", "the text states no title"))
    post = Post(source, "text", head.metadata, article, head.provenance, problems, body_facts(body))
    title = [RemovedLine(lines.numbers[skip], "title", lines.bare[skip])] if skip >= 0 else []
    head_lines = [RemovedLine(*row) for row in (*part.removed, *dump.removed)]
    post.removed_lines = sorted((*title, *head_lines))
    post.ledger = Ledger(
        _number_of_words(lines.bare[n] for n in lines.filled(0)), 0, _number_of_words(row.text for row in head_lines), 0
    )
    return post
