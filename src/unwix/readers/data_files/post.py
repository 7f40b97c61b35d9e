"""Build a Post from a post's object and its body in Wix's own format."""

from __future__ import annotations

from ...fidelity.documents.ledger import account_document
from ...fidelity.ledger.fields_left_out import fields_left_out
from ...fidelity.ledger.plain_text import account_text
from ...model.facts import Facts
from ...model.post import Post
from ...model.problems import Problem
from ...model.source_info import SourceInfo
from ...web.json_path import Json, dig, flag, line, obj
from ...web.saved_links import LinkRestorer
from ...wix.avatar import avatar_in_data
from ...wix.ids import ids_of
from ...wix.media_urls import image_url
from ..article_building.context import Context
from ..article_building.finish_metadata import finish_from_text
from ..documents.body import DOCUMENT_PATHS, PREVIEW_ONLY, Body, body_facts, document, read_body
from ..documents.metadata import document_metadata, post_url, state
from ..documents.names import Names


def make_post(source: str, post: Json, body: Body, names: Names) -> Post:
    """Return the Post of an object and its body."""
    metadata, places, problems = document_metadata(post, names)
    restorer = LinkRestorer(post_url(post) or line(post, "url", "base") or None)
    ctx = Context(restorer)
    article, facts = read_body(body, ctx), body_facts(body, restorer)
    finish_from_text(metadata, places, article)
    if metadata.cover:
        ctx.note_media(metadata.cover, _cover_names(post, metadata.cover))
    problems += [*ctx.problems, *_another(post, body, facts, restorer)]
    if flag(post, "preview"):
        problems.append(PREVIEW_ONLY)
    info = SourceInfo(state=state(post), avatar=avatar_in_data(post))
    new_post = Post(source, body.form, metadata, article, places, problems, facts, info, document=body.as_stored())
    if body.form == "text":
        new_post.ledger = account_text(body.value, article)
    else:
        new_post.ledger, left_out = account_document(body.value, article)
        new_post.problems += left_out
    new_post.problems += fields_left_out(post.items(), article, metadata)
    new_post.media = ctx.media
    new_post.ids = ids_of(post)
    return new_post


def _cover_names(post: Json, cover: str) -> list[str]:
    """Return the references of the cover that contain more than its URL: `wix:image://v1/<id>/<name>`."""
    named = (post.get("coverImage"), post.get("heroImage"), dig(post, "media", "wixMedia", "image"))
    return [name for name in named if isinstance(name, str) and image_url(name.strip()) == cover]


def _another(post: Json, body: Body, facts: Facts, restorer: LinkRestorer) -> list[Problem]:
    """Return a problem if a second document of the same post has a different text.

    Wix keeps the old format of migrated posts.
    """
    values = (dig(post, *path) for path in DOCUMENT_PATHS if path[0] in post)
    others = (
        other_body
        for value in values
        if value is not body.value and (other_body := document(value)) is not None and other_body.value != body.value
    )
    if body.form == "text" or all(body_facts(other, restorer).words == facts.words for other in others):
        return []
    return [
        Problem(
            "sources-disagree", "body", "the file has a second document of this post with other words; it was not used"
        )
    ]


def name_of(post: Json) -> str:
    """Return the name of a post within its file: its slug, else its id."""
    return (
        line(post, "slug")
        or line(obj(post, "url"), "path").rstrip("/").rpartition("/")[2]
        or line(post, "id")
        or line(post, "_id")
    )
