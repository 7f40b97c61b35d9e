"""Fields of the front matter from pages of all kinds: live browsers, mirrors, older footers, single elements."""

from __future__ import annotations

import pytest

from support import post_pages as pages
from unwix.model.post import Metadata
from unwix.readers.saved_page.reader import read_saved_page

TEXT = "Clay must rest before it is turned, and nobody can say for how long. The wheel waits."


def metadata(content: str = "", head: str = "", body: str = pages.p(TEXT)) -> Metadata:
    raw = (
        pages.post_text(body)
        .replace("</head>", f"{head}</head>")
        .replace("</article></div>", f"{content}</article></div>", 1)
    )
    (post,) = read_saved_page("page.html", raw.encode())
    return post.metadata


HERO = f'<section data-hook="post-hero-image"><img src="https://static.wixstatic.com/media/{pages.PICTURE}" alt=""></section>'


def test_the_image_above_the_post_is_the_cover_if_the_page_states_no_other():
    assert metadata(content=HERO).cover == f"https://static.wixstatic.com/media/{pages.PICTURE}"
    head = '<meta property="og:image" content="https://static.wixstatic.com/media/ab12cd_4567456789abcdef4567456789abcdef~mv2.jpg">'
    assert "4567456789abcdef" in (metadata(content=HERO, head=head).cover or "")


# ---- counters ----------------------------------------------------------------------------------------------------

LIVE = '<div aria-label="{0} {1}" role="status"><div aria-hidden="true">{0}</div><span>{0} {1}</span></div>'


@pytest.mark.parametrize(
    ("markup", "counts"),
    [
        (f'<div data-hook="post-stats"><div>{LIVE.format(15, "views")}</div><div>{LIVE.format(3, "comments")}</div></div>', (15, 3)),
        (f'<div data-hook="view-count">{LIVE.format("1,234", "vues")}</div><div data-hook="comment-count">{LIVE.format(0, "commentaires")}</div>', (1234, 0)),
        ('<div data-hook="view-count"><div aria-hidden="true">1.2K</div><span>1,204 views</span></div>', (1204, None)),
        ('<div data-hook="post-stats"><span>24 Ansichten</span><span>7 Kommentare</span></div>', (24, 7)),
        ('<div data-hook="view-count" aria-hidden="true">31</div>', (31, None)),
        ('<div data-hook="post-stats"><span>조회수 24회</span><span>댓글 7개</span></div>', (24, 7)),
        ('<div data-hook="post-stats"><span>閲覧数：1.2万回</span><span>コメント7件</span></div>', (None, 7)),
        ('<div data-hook="post-stats"><span>1,2 B görüntüleme</span><span>7 yorum</span></div>', (None, 7)),
        ('<div data-hook="post-stats"><span>12 тыс. просмотров</span><span>7 комментариев</span></div>', (None, 7)),
        ('<div data-hook="post-stats"><span>7 comments</span></div>', (None, 7)),
    ],
)  # fmt: skip
def test_exact_counters_are_read_once(markup: str, counts: tuple[int | None, int | None]) -> None:
    found = metadata(markup)
    assert (found.views, found.comments) == counts


# ---- tags and categories -----------------------------------------------------------------------------------------

TAGS = '<ul><li><a href="https://www.potter-lane.example/blog/tags/clay">clay</a></li><li><a href="../blog/tags/slow%20glaze.html">slow glaze</a></li></ul>'


@pytest.mark.parametrize(
    "markup",
    [
        f'<div id="post-footer" class="x"><div><nav aria-label="Étiquettes">{TAGS}</nav></div></div>',
        f'<footer data-hook="post-footer">{TAGS}</footer>',
        f'<nav data-hook="tag-cloud-root">{TAGS}</nav>',
        f"<div><nav>{TAGS}</nav></div>",
    ],
)
def test_tags_of_footers_of_all_years(markup: str) -> None:
    assert metadata(markup).tags == ["clay", "slow glaze"]


def test_links_to_tags_elsewhere_are_not_the_posts_tags() -> None:
    other = f'<header><nav>{TAGS}</nav></header><div data-hook="recent-posts">{TAGS}</div>'
    assert metadata(other, body=pages.p(TEXT) + f"<div>{TAGS}</div>").tags == []


def test_categories_without_ids() -> None:
    data = pages.warmup(
        "s",
        {"title": "T", "categoryIds": ["c1"]},
        categories=[{"id": "c1", "label": "Glaze"}, {"label": "Clay"}, {"id": "c2", "label": "Else"}],
    )
    assert metadata(data).categories == ["Glaze", "Clay"]  # fmt: skip


# ---- the page's own URL ------------------------------------------------------------------------------------------

SITE = "https:\\/\\/ada.wixsite.com\\/pots"


def url(og_url: str, **settings: str) -> str | None:
    model = "".join(f'"{name}":"{value}",' for name, value in settings.items())
    script = f'<script type="application/json" id="wix-viewer-model">{{{model}"x":1}}</script>'
    links = f'<meta property="og:url" content="{og_url}"><link rel="canonical" href="{og_url}">'
    raw = pages.post_text(pages.p(TEXT), url="", head=links + script)
    (post,) = read_saved_page("page.html", raw.encode())
    return post.metadata.canonical_url


@pytest.mark.parametrize(
    ("og_url", "settings", "found"),
    [
        ("post-1.html", {"requestUrl": f"{SITE}\\/post\\/slow-clay"}, "https://ada.wixsite.com/pots/post/slow-clay"),
        ("", {"requestUrl": f"{SITE}\\/post\\/slow-clay?utm_source=x&lang=fr#a"}, "https://ada.wixsite.com/pots/post/slow-clay?lang=fr"),
        ("../../post/slow-clay/", {"externalBaseUrl": "https:\\/\\/www.pots.example"}, "https://www.pots.example/post/slow-clay"),
        ("../post/slow-clay.html", {"externalBaseUrl": SITE, "requestUrl": f"{SITE}\\/post\\/other"}, "https://ada.wixsite.com/pots/post/slow-clay"),
        ("../post/slow-clay2b3f.html", {"externalBaseUrl": SITE, "requestUrl": f"{SITE}\\/post\\/slow-clay"}, "https://ada.wixsite.com/pots/post/slow-clay"),
        ("page.html", {"externalBaseUrl": SITE}, None),
        ("https://www.pots.example/post/a", {"requestUrl": f"{SITE}\\/post\\/b"}, "https://www.pots.example/post/a"),
    ],
)  # fmt: skip
def test_relative_url_of_a_mirror_is_completed(og_url: str, settings: dict[str, str], found: str | None) -> None:
    assert url(og_url, **settings) == found


# ---- title -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "og_title", "title", "seo_title"),
    [
        ("A fine day out, easily", "A day out in 7 steps | Potter Lane", "A fine day out, easily", "A day out in 7 steps"),
        ("A day out in 7 steps", "A day out in 7 steps", "A day out in 7 steps", None),
        ("Blog", "A day out in 7 steps", "A day out in 7 steps", None),
        ("Potter Lane", "A day out in 7 steps", "A day out in 7 steps", None),
        ("</h1><h1>Two</h1><h1>Three", "A day out in 7 steps", "A day out in 7 steps", None),
        ("Pots</h1><h1>Pots", "How pots are made", "Pots", "How pots are made"),
    ],
)  # fmt: skip
def test_the_visible_heading_is_the_title(heading: str, og_title: str, title: str, seo_title: str | None) -> None:
    raw = (
        f'<html lang="en"><head><meta property="og:type" content="article"><meta property="og:title" content="{og_title}">'
        '<meta property="og:site_name" content="Potter Lane"><meta property="og:url" content="https://x.example/post/a"></head><body>'
        f'<header><h1>Welcome to all</h1></header><h1>{heading}</h1><div data-id="content-viewer"><h1 id="viewer-a">A heading</h1>'
        f'<p id="viewer-b">{TEXT}</p></div></body></html>'
    )
    (post,) = read_saved_page("page.html", raw.encode())
    assert (post.metadata.title, post.metadata.seo_title) == (title, seo_title)


# ---- description -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("Clay must rest before it is turned, and nobody can say for how lo", False),
        ("Clay must rest before it is turned, and nobody can say for how long. The wheel waits.Then it", False),
        ("“Clay must rest before it is turned…", False),
        ("Why patience is the first tool of a potter.", True),
        ("Clay must rest.", True),
        ("Then it turns, and the room smells of rain.", False),
        ("The wheel waits. Clay must rest before it is turned.", True),
    ],
)
def test_teaser_is_not_a_description(description: str, expected: bool) -> None:
    head = f'<meta name="description" content="{description}">'
    body = pages.h("How it goes") + pages.p(TEXT) + pages.p("Then it turns, and the room smells of rain.")
    assert metadata(head=head, body=body).description == (description if expected else None)


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        # the title of a video, which the body does not show, is between the blocks
        ("A day at the wheelAda throws a jar“Clay first” is her rule.Foto: © Ada HoltClay comes from the river",
         "A day at the wheel Ada throws a jar “Clay first” is her rule. Foto: © Ada Holt Clay comes from the river"),
        # an author's own summary
        ("AdaHolt shows BROOKClay, a ClayFoto app and the ClayWheel.",) * 2,
    ],
)  # fmt: skip
def test_blocks_in_a_description_are_separated(description: str, expected: str) -> None:
    """Wix joins the blocks of a teaser without spaces."""
    head = f'<meta name="description" content="{description}">'
    lines = (
        "“Clay first” is her rule.",
        "Foto: © Ada Holt",
        "Clay comes from the river, and sand too.",
        "Clay",
        "Wheel",
    )
    assert (
        metadata(head=head, body=pages.h("A day at the wheel") + "".join(map(pages.p, lines))).description == expected
    )


def test_teaser_with_item_numbers_is_not_a_description() -> None:
    head = '<meta name="description" content="Clay must rest a night.1. Knead it well2. Cover it wi">'
    body = pages.p("Clay must rest a night.") + pages.ul("Knead it well", "Cover it with a cloth")
    assert metadata(head=head, body=body).description is None


def test_filler_is_not_an_alternative_text() -> None:
    raw = pages.post_page(
        pages.picture(alt="ree") + pages.picture(alt="Reeds", name=pages.PICTURE.replace("ab12", "cd34"))
    )
    text = pages.written(raw).text
    assert ("![](" in text, "![Reeds](" in text, "![ree](" in text) == (True, True, False)
