"""Make a language file from the official table that pages of 2023 and 2024 embed.

Such pages contain the Blog app's strings in their own language (`postPage.translations`,
docs/wix/ui-texts.md#blog-app-table).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

#: Wix's keys by the kind of line that their text makes.
KEYS: dict[str, tuple[str, ...]] = {
    "author": ("aria-label.authors-picture",),
    "minutes": ("time-to-read.label",),
    "updated": ("post.update-date",),
    "relative": ("few-seconds-ago",),
    "views": ("post-footer.view-count", "view-count.label"),
    "comments": ("post-footer.total-comments", "comment-count.label"),
    "like": ("like-button.is-liked", "like-button.is-unliked"),
    "recent": ("recent-posts.title", "related-posts.title"),
    "see_all": ("recent-posts.all-posts-link",),
    "search": ("search-input.placeholder",),
    "login": ("header.login", "header.sign-up-button"),
    "tags_label": ("post-page.tags-label",),
    "write_comment": ("text-editor.comment-placeholder", "write-comment.write-a-comment"),
    "commenting_off": ("post-page.commenting-disabled", "post-page.commenting-blocked"),
    "comments_widget": ("no-comments.title", "no-comments.content"),
    "ratings": ("ratings-display.count", "ratings-display.no-ratings", "ratings-display.rating-aria-label"),
    "share": (
        "share-button.via-facebook",
        "share-button.via-twitter",
        "share-button.via-linked-in",
        "share-button.via-link",
    ),
    "role": ("badge.admin", "badge.owner", "badge.writer", "badge.editor"),
}
_PLURAL = re.compile(r"\{\w+,\s*plural,\s*((?:[^{}]|\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\})*)\}")
_BRANCH = re.compile(r"(?:=\d+|zero|one|two|few|many|other)\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
_NUMBER = re.compile(r"\{\s*(?:count|rating|minutes|number)\s*(?:,\s*number\s*)?\}|#")


def catalogue(translations: Mapping[str, object], language: str) -> str:
    """Return the text of a catalogue file; every string in it is marked L, official."""
    lines = [
        f"# What Wix prints around a blog post, from the table in a page of a site in “{language}”.",
        f'language = "{language}"',
    ]
    for kind, keys in KEYS.items():
        texts = [form for key in keys if isinstance(text := translations.get(key), str) for form in forms(text)]
        texts = list(dict.fromkeys(text for text in texts if text))
        if texts:
            lines += ["", f"[{kind}]", f"L = {json.dumps(texts, ensure_ascii=False)}"]
    return "\n".join(lines) + "\n"


def forms(text: str) -> list[str]:
    """Return the forms that an ICU message takes, numbers as `{n}`."""
    plural = _PLURAL.search(text)
    if plural is None:
        form = _NUMBER.sub("{n}", text).strip()
        return [form] if "{" not in form.replace("{n}", "").replace("{date}", "") else []
    before, after = text[: plural.start()], text[plural.end() :]
    return [form for branch in _BRANCH.findall(plural[1]) for form in forms(before + branch + after)]
