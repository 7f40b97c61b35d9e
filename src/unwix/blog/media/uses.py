"""Find every image, video, audio file and attachment that a post uses, with its texts and names."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.article import Element, text_of
from ...model.post import MediaNote, Post
from ...model.post_summary import MediaRef
from ...readers.article_building.image_renditions import author_file_name
from .urls import is_file, kind_of

#: Figures and paragraphs of the article whose link is a video, an audio file or a file (article.py).
_FORMS = frozenset({"video", "audio", "file"})
_NOTHING = MediaNote()


def media_of(post: Post) -> Iterator[MediaRef]:
    """Return the media of a post, the cover first, then in the order of the text; repeated uses are repeated."""
    if post.metadata.cover:
        yield _media_ref(post, post.metadata.cover, "cover", post.metadata.cover_alt)
    if avatar := post.source_info.avatar:
        yield MediaRef(avatar, "avatar")
    galleries = {figure for figure in post.article.iter("figure") if figure.get("class") == "gallery"}
    inside = {image for gallery in galleries for image in gallery.iter("img")}
    for node in post.article.iter("img", "a"):
        if node.tag == "img":
            if source := node.get("src"):
                kind = "gallery" if node in inside else "gif" if _is_gif(source) else "image"
                size = _number(node.get("width")), _number(node.get("height"))
                yield _media_ref(post, source, kind, node.get("alt"), *size)
        elif href := node.get("href"):
            yield from _linked(post, node, href)


def _linked(post: Post, node: Element, href: str) -> Iterator[MediaRef]:
    """Return the file that a link leads to, or None: pages of video and music services are not files."""
    parent = node.getparent()
    form = (parent.get("class") or "") if parent is not None else ""
    kind = form if form in _FORMS else None
    if kind == "file" and href.startswith(("https://", "http://")):
        label = text_of(node).strip()
        yield MediaRef(href, "file", name=label if "." in label else None)
    elif is_file(href, kind):
        yield _media_ref(post, href, kind or kind_of(href))


def _media_ref(
    post: Post, url: str, kind: str, alt: str | None = None, width: int | None = None, height: int | None = None
) -> MediaRef:
    note = post.media.get(url, _NOTHING)
    name = note.name or (author_file_name(alt) if alt else None)
    return MediaRef(url, kind, alt or None, name, width, height, note.copies, note.source)


def _is_gif(url: str) -> bool:
    return url.partition("?")[0].lower().endswith(".gif")


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 7 else None
