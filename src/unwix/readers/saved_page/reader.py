"""Read the posts in an HTML page of a Wix site, saved by any program, or determine what else the page is."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from ...fidelity import viewer_html as source_facts
from ...model.article import Element, element, text_of
from ...model.errors import UnreadablePage, UnwixError
from ...model.post import Metadata, Post
from ...model.problems import Problem
from ...model.source_info import SourceInfo
from ...web import language_detection as languages
from ...web.replays import pywb, wayback
from ...web.saved_links import LinkRestorer, depth_of
from ...web.text_cleaning import plain
from ...wix.avatar import AVATAR_HOOK, avatar_in_data, avatar_on_page
from ...wix.hooks import SPOILER_BUTTONS
from ...wix.ids import ids_of
from ..article_building.context import Context
from ..article_building.finish_metadata import finish_from_text
from ..capture_date import capture_date
from ..page_account import account_own_document, account_page, account_posts
from ..viewer import inline
from ..viewer import walk as rendered
from . import parse as html_page
from . import reformatted_html as reindented
from .field_sources import Sources, lists
from .fill_from_other_form import InPage, in_document
from .find_body import body_elements
from .injected_markup import MACHINE_TRANSLATED
from .metadata import add_from_document, printed_day, read_metadata
from .other_markup.other_apps import framed_post
from .other_markup.view_source import undo_view_source
from .page_data import PageData, id_on, page_data, time_zone
from .page_url import page_url
from .parse import HtmlPage, JsonLd
from .post_signs import is_post_page, skip_reason
from .titles import title_hook

if TYPE_CHECKING:
    from ...model.facts import Facts
    from .page_document import PageDocument

_PINNED = re.compile(r"https?://[^\s\"']+")


def read_saved_page(
    source: str, raw: bytes, source_url: str | None = None, stated_date: str | None = None
) -> list[Post]:
    """Return the posts of a page. Its source may know its URL (`source_url`) and the date of saving (`stated_date`).

    Raises Skipped for a page of another kind, UnreadablePage for one that cannot be read.
    """
    own = undo_view_source(raw)
    page = html_page.parse(own, partial(_undo_replay, source_url))
    page.url = wayback.archived_url(source_url) if source_url else None
    page.replayed = page.replayed or own is not raw
    posts = _read_posts(source, page)
    captured = capture_date(page.notes, source_url, stated_date)
    for post in posts:
        post.source_info.captured = captured
    return posts


def _undo_replay(url: str | None, raw: bytes, notes: bytes) -> bytes:
    return pywb.undo_replay(wayback.undo_replay(raw, notes, url), notes)


def _read_posts(source: str, page: HtmlPage) -> list[Post]:
    """Return the posts of a parsed page."""
    ld, data = JsonLd.of(page), page_data(page)
    url = page_url(page, ld, data)
    bodies = body_elements(page, ld, url)
    if not bodies:
        post = _read_post(source, page, element("div"), page.tree, ld, data) if data.post else None
        if post is None or post.reader == "viewer":
            if framed := framed_post(page, url):
                post = _read_post(source, *framed, framed[0].tree, JsonLd.of(framed[0]), PageData())
                account_page(post, *framed)
                return [post]
            raise _no_body(page, ld, url)
        account_own_document(post, page)
        return [post]  # saved before its scripts had run; its document contains everything
    if len(bodies) == 1 and (page.metas.get("og:type", "article") == "article" or is_post_page(page, ld, url)):
        post = _read_post(source, page, bodies[0], page.tree, ld, data)
        account_page(post, page, bodies[0])
        return [post]
    # A list page with whole posts: each has its own title, author and body, and none has the page's.
    bare = HtmlPage(page.tree, problems=page.problems, mirrored=page.mirrored, depth=page.depth, hooks=page.hooks)
    bare.url, bare.site = page.url, page.site
    posts = [_read_post(source, bare, body, _own_root(body), JsonLd({}), PageData()) for body in bodies]
    account_posts(posts, page, bodies)
    return posts


def _no_body(page: HtmlPage, ld: JsonLd, url: str | None) -> UnwixError:
    """Return why a page contains no post."""
    if page.cut_off:
        return UnreadablePage("the page is nested too deeply to be read")
    is_post = page.metas.get("og:type") == "article" and "forum-content-wrapper" not in page.hooks
    if page.truncated and is_post:
        return UnreadablePage("the file ends before the post begins")
    return skip_reason(page, ld, url)


def _own_root(body: Element) -> Element:
    """Return the element of one post among several: it contains title, author and body."""
    hooks = ("post", "post-page", "post-list-item")
    return next((a for a in body.iterancestors() if a.get("data-hook") in hooks), body)


def _read_post(source: str, page: HtmlPage, body: Element, root: Element, ld: JsonLd, data: PageData) -> Post:
    single = root is page.tree
    url = (page_url(page, ld, data) if single else _link_of(root)) or _pinned_url(body)
    base = url or page.url or (f"https://{page.mirrored}" if page.mirrored else None) or _base_of(page)
    hrefs = (a.get("href") or "" for a in page.tree.iter("a"))
    restorer = LinkRestorer(base, page.depth or (depth_of(hrefs, base) if page.has_folders else None))
    if not single and url:
        url = restorer.restore(url).href
    sources = Sources(page, ld, data, root, url, body)
    if data.post and data.is_of_another_post(title_hook(sources), url):
        data = sources.embedded = data.set_aside()
    metadata, places, problems = read_metadata(sources)
    if data.post:
        add_from_document(data, metadata, places)
    if not single:
        metadata.language = plain(page.tree.get("lang"))
    nodes = list(body.iter())  # lxml makes a new Python object of an element for each walk, unless the last is held
    formatted = reindented.undo(body, page.wrapped, metadata.language or "")
    page_facts = source_facts.viewer_facts(body, restorer)
    own = _own_document(page, data, page_facts, url)
    lost_end: list[Problem] = []
    if own is not None and own.is_source:
        reader, facts = str(own.body.form), own.facts
        ctx = Context(LinkRestorer(url), lookup=InPage(body, restorer, facts.optional_words), video_titles=False)
        article = own.read(ctx)
        if direction := rendered.text_direction(body):
            article.set("dir", direction)
        inline.note_images(body, Context(restorer, media=ctx.media))
    else:
        reader, facts = "viewer", page_facts
        lookup = in_document(data.nodes, restorer, facts.optional_words)
        ctx = Context(restorer, rendered.blocks, lookup, spoilers=not SPOILER_BUTTONS.isdisjoint(page.hooks))
        article = rendered.read_body(body, ctx)
        lost_end = _lost_end(page, body)
    finish_from_text(metadata, places, article)
    damage = [
        *page.problems,
        *([MACHINE_TRANSLATED] if page.translated else []),
        *([data.problem] if data.problem else []),
    ]
    problems = [*damage, *problems, *formatted, *ctx.problems, *lost_end, *_language_problem(metadata, article)]
    info = _source_info(page, body, data)
    info.avatar = avatar_in_data(data.post) or (avatar_on_page(root, body) if AVATAR_HOOK in page.hooks else None)
    post = Post(source, reader, metadata, article, places, problems, facts, info)
    post.media = ctx.media
    post.list_names = lists(sources, restorer)
    post.ids = ids_of(data.post) or ([post_id] if (post_id := id_on(page, metadata.slug)) else [])
    post.site = page.site
    post.time_zone = time_zone(page.raw, page.settings_at)
    post.printed_day = printed_day(sources) if single else None
    if own is not None:
        post.document = own.body.as_stored()
        post.other_facts += [body_facts] if (body_facts := own.source_facts(page_facts)) else []
        post.problems += own.problems()
    nodes.clear()
    return post


def _own_document(page: HtmlPage, data: PageData, page_facts: Facts, url: str | None) -> PageDocument | None:
    """Return the document that the page embeds; most pages have none, and need no reader of documents."""
    if not data.post:
        return None
    from .page_document import page_document

    return page_document(data, page_facts, page.metas.get("article:modified_time"), LinkRestorer(url))


def _base_of(page: HtmlPage) -> str | None:
    """Return the base URL of the page's links, as `<base>` states it."""
    bases = (plain(base.get("href")) or "" for base in page.tree.iter("base"))
    return next((base for base in bases if _PINNED.fullmatch(base)), None)


def _lost_end(page: HtmlPage, body: Element) -> list[Problem]:
    """Return the problem if the end of the post, or of what follows it, may be missing in the page."""
    result = []
    if page.cut_off:
        detail = "the parser gave up on elements that are nested too deeply; the end of the post may be missing"
        result.append(Problem("nesting-too-deep", "file", detail))
    if page.truncated and not page.cut_off and _is_followed(body):
        result.append(
            Problem("page-truncated-after-post", "file", "the file ends before the page does; the post itself is whole")
        )
    elif page.truncated:
        detail = "the file ends before the page does; the end of the post may be missing"
        result.append(Problem("truncated", "file", detail))
    return result


def _is_followed(body: Element) -> bool:
    """Return True if the page continues after a body, which is then complete."""
    return any(node.getnext() is not None for node in (body, *body.iterancestors()))


def _link_of(root: Element) -> str | None:
    """Return the URL of one post among several: the link of its title."""
    titles = (n for n in root.iter() if isinstance(n.tag, str) and n.get("data-hook") == "post-title")
    for title in titles:
        around = [*title.iterancestors("a"), *title.iter("a")]
        if around and around[0].get("href"):
            return str(around[0].get("href"))
    return None


def _pinned_url(body: Element) -> str | None:
    """Return the post's URL from `data-pin-url` of its images: the only URL in an HTML fragment."""
    pins = {pin for image in body.iter("img") if (pin := image.get("data-pin-url")) and _PINNED.match(pin)}
    return pins.pop() if len(pins) == 1 else None


def _language_problem(metadata: Metadata, article: Element) -> list[Problem]:
    language = languages.detect(text_of(article))
    declared = (metadata.language or "").split("-")[0].lower()
    if not language or not declared or language == declared:
        return []
    return [
        Problem("language-differs", "front matter", f"the page declares “{declared}”, the text reads like “{language}”")
    ]


def _source_info(page: HtmlPage, body: Element, data: PageData) -> SourceInfo:
    """Return how the page was saved and which kind of Wix page it is.

    Source: docs/wix/pages.md#how-pages-are-saved, docs/wix/pages.md#eras.
    """
    version = next((v for n in body.iter("div") if (v := n.get("data-rce-version"))), None)
    savers = (
        (page.mirrored, "HTTrack"),
        (page.depth, "wget or the like"),
        (page.saved_from, "a browser"),
        (page.replayed, "the Internet Archive"),
    )
    saved = next((name for sign, name in savers if sign), "a plain download")
    amp = page.is_amp
    return SourceInfo(
        saved_by=saved,
        viewer_version=version or "unknown",
        era="AMP version (until about 2024)" if amp else _era(page, data, version),
        is_amp=amp,
    )


def _era(page: HtmlPage, data: PageData, version: str | None) -> str:
    major, _, rest = (version or "0.0").partition(".")
    minor = rest.split(".")[0]
    number = (int(major) if major.isdigit() else 0, int(minor) if minor.isdigit() else 0)
    if number >= (11, 0):
        return "E (2026 and later)"
    if data.post:
        return "C (2024: the page embeds the post's own data)"
    if number >= (10, 121):
        return "D (2025 and later)"
    if not any(hook.startswith("rcv-block") for hook in page.hooks):
        return "A (2021 and before)"
    return "B (2022 to 2023)"
