"""Test JSON and CSV files with posts in Wix's forms: they are detected by their structure, and all fields are read."""

from __future__ import annotations

import base64
import csv
import io
import json
from typing import Any

import pytest

from support.post_pages import p as html_p
from support.post_pages import post_page
from support.ricos_documents import PICTURE, Json, draft, image, node, p
from unwix import readers
from unwix.model.article import text_of
from unwix.model.errors import UnreadablePage
from unwix.model.page import Page
from unwix.model.post import Post
from unwix.model.skipped import Skipped
from unwix.readers.source_view import source_view
from unwix.run.write_post import write
from unwix.wix.url_keys import image_key

GUID = "11111111-2222-4333-8444-555555555555"
OTHER = "99999999-2222-4333-8444-555555555555"
DOCUMENT = {"nodes": [p("The fog came in at noon.")]}


def posts(value: Any) -> list[Post]:
    """Return the posts of a file: text unchanged, any other value as JSON."""
    raw = value if isinstance(value, bytes) else (value if isinstance(value, str) else json.dumps(value)).encode()
    return readers.read(Page("file.json", data=raw))


def api_post(**more: Any) -> Json:
    return {
        "id": GUID,
        "title": "Fog",
        "slug": "fog",
        "excerpt": "A day without a view.",
        "firstPublishedDate": "2024-05-01T10:00:00.000Z",
        "lastPublishedDate": "2024-05-02T10:00:00.000Z",
        "url": {"base": "https://www.example.com", "path": "/post/fog"},
        "richContent": DOCUMENT,
        **more,
    }


def capture(*contents: Json) -> Json:
    """Return a HAR capture of these responses."""
    request = {"url": "https://www.example.com/_api"}
    return {"log": {"entries": [{"request": request, "response": {"content": content}} for content in contents]}}


def kinds(post: Post) -> list[str]:
    return [problem.kind for problem in post.problems]


# ---- captures ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("packed", [False, True])
def test_a_capture_has_pages_and_documents(packed: bool) -> None:
    """A visit loads the first post as a page, and the next as a document; images are ignored."""
    texts = [post_page(html_p("Clay – and water."), "Pot", "pot").decode(), json.dumps(api_post())]
    contents = [
        {"text": base64.b64encode(text.encode()).decode(), "encoding": "base64"} if packed else {"text": text}
        for text in texts
    ]
    contents.append({"text": base64.b64encode(b"\x89PNG\xff").decode(), "encoding": "base64"})
    raw = json.dumps(capture(*contents)).encode()
    found = readers.read(Page("visit.har", data=raw))
    assert [(post.metadata.title, text_of(post.article)) for post in found] == [
        ("Pot", "Clay – and water."),
        ("Fog", "The fog came in at noon."),
    ]
    assert len(source_view(Page("visit.har", data=raw), found)) == 2


# ---- shapes -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    [
        DOCUMENT,
        node("PARAGRAPH", "The fog came in at noon."),
        draft("The fog came in at noon."),
        [DOCUMENT],
        api_post(),
        {"post": api_post()},
        {"posts": [api_post()], "pagingMetadata": {"count": 1}},
        {"draftPost": {"id": GUID, "title": "Fog", "status": "UNPUBLISHED", "richContent": DOCUMENT}},
        {"postPage": {"post": api_post(), "relatedPosts": [{"id": OTHER, "title": "Sun", "slug": "sun"}]}},
        {"postFeedPage": {"posts": {"posts": [api_post()]}}},
        [{"id": GUID, "slug": "fog", "title": "Fog", "content": draft("The fog came in at noon.")}],
        {"title": "Fog", "slug": "fog", "richContent": json.dumps(DOCUMENT)},
        {"title": "Fog", "slug": "fog", "draft": {"content": draft("The fog came in at noon.")}},
        {"title": "Fog", "slug": "fog", "richContent": None, "plainContent": "The fog came in at noon."},
        capture({"mimeType": "application/json", "text": json.dumps({"post": api_post()})}),
        capture({"encoding": "base64", "text": base64.b64encode(json.dumps(api_post()).encode()).decode()}),
        json.dumps(api_post()) + "\n\n",
        "\ufeff" + json.dumps(api_post()),
    ],
)  # fmt: skip
def test_posts_in_every_json_shape_are_read(value: Any) -> None:
    found = posts(value)
    assert [text_of(post.article) for post in found] == ["The fog came in at noon."]
    assert found[0].source == "file.json"


def test_json_lines_are_read() -> None:
    second = api_post(id=OTHER, slug="sun", title="Sun")
    found = posts(json.dumps(api_post()) + "\n" + json.dumps(second) + "\n{broken\n")
    assert [post.source for post in found] == ["file.json#fog", "file.json#sun"]
    assert "line-unreadable" in kinds(found[0])


def test_the_same_post_twice_in_a_capture_is_one() -> None:
    assert len(posts([api_post(), {"again": api_post()}])) == 1


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"comment": {"content": {"richContent": DOCUMENT}, "parentIdsInThread": []}}, "comments"),
        ({"posts": [{"id": GUID, "title": "Fog", "slug": "fog", "minutesToRead": 1}]}, "without their bodies"),
        ({"name": "package", "version": "1.0.0"}, "JSON without a Wix blog post"),
        ({"title": "A graph", "nodes": [{"type": "town"}]}, "JSON without a Wix blog post"),
        ({"title": "Concert", "registration": {}, "richContent": DOCUMENT}, "JSON without a Wix blog post"),
        ([], "JSON without a Wix blog post"),
    ],
)
def test_json_without_posts_is_reported(value: Any, text: str) -> None:
    with pytest.raises(Skipped, match=text):
        posts(value)


@pytest.mark.parametrize("value", ['{"post": {"title": "cut of', "[" * 100_000, '{"a": 1}} x'])
def test_broken_json_is_reported(value: str) -> None:
    with pytest.raises(UnreadablePage):
        posts(value)


def test_a_second_document_with_other_words_is_reported() -> None:
    assert "sources-disagree" in kinds(posts(api_post(content=draft("An older text.")))[0])
    assert "sources-disagree" not in kinds(posts(api_post(content=draft("The fog came in at noon.")))[0])


# ---- metadata ---------------------------------------------------------------------------------------------------


def test_all_fields_of_a_post_are_read() -> None:
    value = {
        "postPage": {
            "post": api_post(
                owner={"id": GUID, "name": "Ada Keeper", "image": {}},
                categoryIds=["c1", "c2"],
                tagIds=["t1"],
                hashtags=["fog"],
                media={
                    "wixMedia": {"image": f"wix:image://v1/{PICTURE}/x.jpg#originWidth=1&originHeight=1"},
                    "altText": "Fog",
                },
                language="en",
                minutesToRead=2,
                metrics={"views": 7, "comments": 0, "likes": 1},
                commentingEnabled=False,
                featured=True,
                pinned=False,
                translationId=OTHER,
                pricingPlanIds=[OTHER],
                seoData={
                    "tags": [
                        {"type": "title", "children": "Fog at sea"},
                        {"type": "meta", "props": {"name": "description", "content": "A day without a view."}},
                    ]
                },
            ),
            "categories": [
                {"id": "c1", "label": "Weather"},
                {"id": "c2", "label": "Sea"},
                {"id": "c3", "label": "Not this one"},
            ],
            "tags": [{"id": "t1", "label": "fog"}],
        }
    }
    post = posts(value)[0]
    assert post.metadata.as_dict() == {
        "title": "Fog",
        "slug": "fog",
        "date": "2024-05-01T10:00:00.000Z",
        "updated": "2024-05-02T10:00:00.000Z",
        "authors": ["Ada Keeper"],
        "description": "A day without a view.",
        "categories": ["Weather", "Sea"],
        "tags": ["fog"],
        "cover": f"https://static.wixstatic.com/media/{PICTURE}",
        "cover_alt": "Fog",
        "language": "en",
        "canonical_url": "https://www.example.com/post/fog",
        "reading_minutes": 2,
        "views": 7,
        "comments": 0,
        "likes": 1,
        "commenting": "closed",
        "hashtags": ["fog"],
        "featured": True,
        "translation_id": OTHER,
        "seo_title": "Fog at sea",
        "pricing_plans": [OTHER],
    }
    assert post.problems == []


def test_ids_without_names_are_reported_and_never_written_as_names() -> None:
    post = posts(api_post(memberId=GUID, categoryIds=[OTHER], tagIds=[OTHER]))[0]
    assert post.metadata.authors == post.metadata.categories == post.metadata.tags == []
    assert post.metadata.author_id == GUID
    assert kinds(post) == ["unresolved-names"] * 3


def test_members_of_the_same_file_name_the_authors() -> None:
    value = {"posts": [api_post(memberId=OTHER)], "members": [{"id": OTHER, "profile": {"nickname": "Ada Keeper"}}]}
    assert posts(value)[0].metadata.authors == ["Ada Keeper"]


@pytest.mark.parametrize(
    ("status", "marks"),
    [
        ("UNPUBLISHED", {"draft": True}),
        ("SCHEDULED", {"draft": True, "scheduled": True}),
        ("DELETED", {"draft": True}),
        ("UNLISTED", {"unlisted": True}),
        ("PUBLISHED", {}),
    ],
)
def test_post_states(status: str, marks: dict[str, bool]) -> None:
    post = posts({"draftPost": api_post(status=status)})[0]
    metadata = post.metadata.as_dict()
    assert {name: metadata[name] for name in ("draft", "scheduled", "unlisted") if name in metadata} == marks
    assert ("not-published" in kinds(post)) is ("draft" in marks)


def test_ids_of_the_javascript_sdk() -> None:
    """The SDK renames every `id` to `_id`: of posts, members and categories, of images and options."""
    document = {
        "nodes": [
            {**p("The fog came in at noon."), "_id": "a1"},
            {**image(), "imageData": {"image": {"src": {"_id": PICTURE}}}},
            node("POLL", pollData={"poll": {"_id": "p", "title": "More?", "options": [{"_id": "1", "title": "Yes"}]}}),
        ],
        "metadata": {"_id": "m"},
    }
    value = {
        "posts": [{**api_post(memberId=OTHER, categoryIds=[GUID]), "id": None, "_id": GUID, "richContent": document}],
        "members": [{"_id": OTHER, "profile": {"nickname": "Ada Keeper"}}],
        "categories": [{"_id": GUID, "label": "Weather"}],
    }
    post = posts(value)[0]
    assert (post.metadata.authors, post.metadata.categories) == (["Ada Keeper"], ["Weather"])
    assert [img.get("src") for img in post.article.iter("img")] == [f"https://static.wixstatic.com/media/{PICTURE}"]
    assert text_of(post.article).endswith("More?Yes")
    assert post.problems == []


@pytest.mark.parametrize("wrong", [5, [], {}, "\ud83c", None, True, [[]], {"id": []}, 10**40])
def test_values_of_wrong_types_are_ignored(wrong: Any) -> None:
    names = (
        "title",
        "slug",
        "url",
        "owner",
        "categoryIds",
        "tagIds",
        "media",
        "coverMedia",
        "seoData",
        "metrics",
        "hashtags",
        "status",
        "firstPublishedDate",
        "language",
    )
    for name in names:
        post = posts(api_post(**{name: wrong}))[0]
        assert text_of(post.article) == "The fog came in at noon."
        str(post.metadata.as_dict()).encode()
    posts({"post": api_post(), "categories": [wrong, {"id": wrong, "label": wrong}]})


def test_old_posts_and_velo_records() -> None:
    old = {"id": "a" * 24, "title": "Fog", "slugs": ["old", "fog"], "owner": {"name": "Ada", "siteMemberId": GUID}, "isCommentsDisabled": True, "viewCount": 3,
           "coverImage": {"src": {"file_name": PICTURE}}, "timeToRead": 4, "categories": [{"id": "c", "menuLabel": "Sea"}], "content": draft("x")}  # fmt: skip
    metadata = posts(old)[0].metadata
    assert (
        metadata.slug,
        metadata.authors,
        metadata.commenting,
        metadata.views,
        metadata.reading_minutes,
        metadata.categories,
    ) == (
        "fog",
        ["Ada"],
        "closed",
        3,
        4,
        ["Sea"],
    )
    velo = {
        "title": "Fog",
        "slug": "fog",
        "publishedDate": {"$date": "2020-02-03T04:05:06.000Z"},
        "coverImage": f"wix:image://v1/{PICTURE}/a.jpg#x",
        "richContent": DOCUMENT,
    }
    metadata = posts(velo)[0].metadata
    assert metadata.date == "2020-02-03T04:05:06.000Z"
    assert metadata.cover == f"https://static.wixstatic.com/media/{PICTURE}"


def test_links_within_the_site_become_absolute() -> None:
    linked = {
        "type": "TEXT",
        "textData": {"text": "x", "decorations": [{"type": "LINK", "linkData": {"link": {"url": "/about"}}}]},
    }
    post = posts(api_post(richContent={"nodes": [node("PARAGRAPH", linked)]}))[0]
    assert post.article[0][0].get("href") == "https://www.example.com/about"
    assert kinds(posts({"nodes": [node("PARAGRAPH", linked)]})[0]) == ["title-missing", "relative-link"]


def test_previews_of_paid_posts_are_reported() -> None:
    assert "preview-only" in kinds(posts(api_post(preview=True))[0])


# ---- CSV --------------------------------------------------------------------------------------------------------


def table(*rows: dict[str, str], encoding: str = "utf-8-sig", delimiter: str = ",") -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0].keys(), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


SHOWN = {
    "Title": "Fog", "Slug": "fog", "Excerpt": "A day.", "Rich Content": json.dumps(DOCUMENT), "Plain Content": "The fog came in at noon.", "Author": GUID,
    "Main Category": "Weather", "Categories": json.dumps([OTHER]), "Tags": "[]", "Cover Image": f"wix:image://v1/{PICTURE}/a b.jpg#originWidth=1",
    "Published Date": "2024-05-01T10:00:00Z", "Post Page URL": "/post/fog", "Time To Read": "2", "View Count": "7",
    "Featured": "FALSE", "Pinned": "true", "My own": "x",
}  # fmt: skip
FIELD_IDS = {
    "title": "Fog",
    "slug": "fog",
    "richContent": json.dumps(DOCUMENT),
    "firstPublishedDate": "2024-05-01T10:00:00Z",
    "memberId": GUID,
    "media": f"wix:image://v1/{PICTURE}/a.jpg",
}


@pytest.mark.parametrize(
    "row", [SHOWN, FIELD_IDS, dict(reversed(SHOWN.items())), {k: SHOWN[k] for k in ("Title", "Plain Content")}]
)
def test_both_date_dialects_in_any_order(row: dict[str, str]) -> None:
    post = posts(table(row))[0]
    assert text_of(post.article) == "The fog came in at noon."
    assert post.metadata.title == "Fog"


def test_all_fields_of_a_row_are_read() -> None:
    post = posts(table(SHOWN))[0]
    assert post.metadata.as_dict() == {
        "title": "Fog", "slug": "fog", "date": "2024-05-01T10:00:00Z", "description": "A day.", "categories": ["Weather"],
        "cover": f"https://static.wixstatic.com/media/{PICTURE}", "reading_minutes": 2, "views": 7, "pinned": True, "author_id": GUID,
    }  # fmt: skip
    assert kinds(post) == ["unresolved-names", "unresolved-names"]


def test_rows_without_a_document_use_the_text_and_are_reported() -> None:
    rows = [
        SHOWN,
        {**SHOWN, "Slug": "sun", "Rich Content": ""},
        {**SHOWN, "Slug": "cut", "Rich Content": '{"nodes":[{"type":"PARA'},
    ]
    found = posts(table(*rows))
    assert [post.source for post in found] == ["file.json#fog", "file.json#sun", "file.json#cut"]
    assert [post.reader for post in found] == ["ricos", "text", "text"]
    assert "plain-text-only" in kinds(found[1])
    assert {"plain-text-only", "embedded-data-unreadable"} <= set(kinds(found[2]))


def test_tables_saved_by_spreadsheets_are_read() -> None:
    row = {"Title": "Café", "Rich Content": json.dumps(DOCUMENT)}
    assert posts(table(row, encoding="cp1252"))[0].metadata.title == "Café"
    assert posts(table(row, delimiter=";"))[0].metadata.title == "Café"
    twice = {"Title": "Café – €".encode().decode("cp1252"), "Rich Content": json.dumps(DOCUMENT)}
    assert posts(table(twice))[0].metadata.title == "Café – €"


def test_large_cells_are_read() -> None:
    page = "<!DOCTYPE html><html><body><p>" + "tide " * 50_000 + "</p></body></html>"
    row = {"Title": "Fog", "Rich Content": json.dumps({"nodes": [node("HTML", htmlData={"html": page})]})}
    assert text_of(posts(table(row))[0].article).startswith("tide tide")


def test_other_tables_are_skipped() -> None:
    with pytest.raises(Skipped, match="columns"):
        posts(b"Title,Price,Weight,Colour,Size,Stock\nrope,1,2,red,4,5\n")


# ---- dates and labels -------------------------------------------------------------------------------------------


def dates(*cells: str) -> list[tuple[str | None, list[str]]]:
    rows = [{"Title": f"Post {n}", "Plain Content": "Clay.", "Published Date": cell} for n, cell in enumerate(cells)]
    return [
        (post.metadata.date, [p.detail for p in post.problems if p.kind == "date-unclear"])
        for post in posts(table(*rows))
    ]


def test_dates_of_a_spreadsheet_are_read_where_they_have_one_meaning() -> None:
    assert dates("1/5/2023", "1/15/2023 10:00 AM", "44931.5", "Thu Jan 05 2023 10:00:00 GMT+0000 (UTC)") == [
        ("2023-01-05", []),
        ("2023-01-15T10:00:00", []),
        ("2023-01-05T12:00:00", []),
        ("2023-01-05T10:00:00Z", []),
    ]


def test_a_date_with_two_meanings_is_left_out_and_reported() -> None:
    assert dates("1/5/2023", "in spring") == [
        (None, ["the date “1/5/2023” has no certain meaning"]),
        (None, ["the date “in spring” has no certain meaning"]),
    ]


def test_labels_need_no_ids() -> None:
    post = api_post() | {
        "categoryIds": ["c-1"],
        "categories": [{"label": "Clay"}, {"id": "c-1", "label": "Kilns"}, {"name": "Fire"}, {}],
        "tagIds": [],
        "tags": [{"label": "oak"}, "ash"],
    }
    (read_post,) = posts(json.dumps({"post": post}).encode())
    assert read_post.metadata.categories == ["Kilns", "Clay", "Fire"]
    assert read_post.metadata.tags == ["oak", "ash"]


def test_lone_surrogates_are_removed_from_urls() -> None:
    document = {"nodes": [image(), p("Clay")]}
    text = json.dumps({"post": {"title": "Clay", "slug": "clay", "richContent": document}})
    (post,) = posts(text.replace(PICTURE, PICTURE.replace("~", "\\ud83d~")).encode())
    assert list(post.facts.images) == [image_key(str(i.get("src"))) for i in post.article.iter("img")]


@pytest.mark.parametrize(
    ("excerpt", "description"),
    [
        ("The fog came in at noon and stayed until the fer", None),  # Wix's own, cut within a word
        ("Two days without a view, and one with it.", "Two days without a view, and one with it."),
    ],
)
def test_an_excerpt_that_wix_took_from_the_text_is_no_description(excerpt: str, description: str | None) -> None:
    text = "The fog came in at noon and stayed until the ferry had left without us."
    document = {"nodes": [p(text)]}
    (post,) = posts({"post": api_post(excerpt=excerpt, richContent=document)})
    assert post.metadata.description == description
    table = io.StringIO()
    csv.writer(table).writerows(
        [["Title", "Slug", "Excerpt", "Rich Content"], ["Fog", "fog", excerpt, json.dumps(document)]]
    )
    (row,) = posts(table.getvalue())
    assert row.metadata.description == description


def test_title_and_description_of_an_image_of_a_gallery_are_its_caption() -> None:
    texts = {"title": "The kiosk", "description": "Seen from the tram."}
    items = [{"image": {"media": {"src": {"id": PICTURE}}}, **texts}]
    (ricos,) = posts({"post": api_post(richContent={"nodes": [node("GALLERY", galleryData={"items": items})]})})
    entity = {
        "type": "wix-draft-plugin-gallery",
        "mutability": "IMMUTABLE",
        "data": {"items": [{"url": PICTURE, "metadata": texts}]},
    }
    block = {"key": "a", "type": "atomic", "text": " ", "entityRanges": [{"key": 0, "offset": 0, "length": 1}]}
    (old,) = posts(
        {"post": api_post(richContent=None, content=json.dumps({"blocks": [block], "entityMap": {"0": entity}}))}
    )
    for post in (ricos, old):
        written = write(post)
        assert "_The kiosk\\\nSeen from the tram._" in written.text
        assert written.result == "complete"
