"""Find texts in the fields of a post's record that neither its article nor its front matter has.

A record is an object of the API, a row of a table or an item of a feed. Sites and programs add fields to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ...model.article import Element
from ...model.facts import text_key, words
from ...model.post import Metadata
from ...model.problems import Problem
from .html_ledger import article_text, other_texts, text_of_page
from .shown_strings import LETTERS, SPACELESS, shown_strings

#: Fields with words of other people or other posts, of machines, or that are read in other ways.
_OTHERS = frozenset(
    {
        "draft", "owner", "member", "lastEditedBy", "moderationDetails",
        "seoData", "seoTags", "advancedSeoData", "translations", "relatedPosts", "topComments", "comments", "metrics",
        "postCountInfo", "embedMedia", "siteMemberOwner", "tags", "categories", "mainCategory", "changeOrigin",
    }
)  # fmt: skip
#: Fields with a date: one that cannot be read has a problem of its own.
_DATES = frozenset({"firstPublishedDate", "lastPublishedDate", "publishedDate", "editedDate", "scheduledPublishDate"})
#: Fields with the document of the post.
_DOCUMENTS = frozenset({"richContent", "richContentString", "content"})
#: Fields with all words of the document in another form.
_WHOLE_TEXTS = frozenset({"content", "contentText", "plainContent"})
#: So many texts of a field are reported.
_MOST = 5
_LONGEST_QUOTE = 200


def fields_left_out(fields: Iterable[tuple[str, Any]], article: Element, metadata: Metadata) -> Iterator[Problem]:
    """Yield a note for each text of several words that a post lacks. `fields`: names and values of its record."""
    written = ""
    for name, value in fields:
        if (
            name in _OTHERS
            or name in _DATES
            or not isinstance(value, (str, list, dict))
            or (name in _DOCUMENTS and _is_document(value))
        ):
            continue
        written = written or f" {text_key(_texts_of(article, metadata))} "
        if name in _WHOLE_TEXTS and isinstance(value, str):
            texts = [_words_left(value, written)]
        else:
            texts = [text for text in shown_strings(value, name, _OTHERS) if _is_text(text)]
        for text in texts[:_MOST]:
            if (key := text_key(text)) and f" {key} " not in written:
                quoted = " ".join(text.split())[:_LONGEST_QUOTE]
                detail = f"the field “{name}” has a text that the post lacks: “{quoted}”"
                yield Problem("field-left-out", "file", detail)


def _words_left(text: str, written: str) -> str:
    """Return the pieces of a text, without tags, with words that are not written. Its last word can be cut."""
    own_text = text_of_page(text) if "</" in text else text
    if f" {text_key(own_text)} " in written:  # as in most posts
        return ""
    pieces, written_words = own_text.split(), set(written.split())
    left = [piece for piece in pieces if not written_words.issuperset(words(piece))]
    if len(left) == 1 and left[0] in pieces[-2:] and all(f" {word}" in written for word in words(left[0])):
        return ""
    return " ".join(dict.fromkeys(left))


def _is_document(value: Any) -> bool:
    signs = ("nodes", "blocks")
    if isinstance(value, str):
        return value.lstrip(' \n\t"').startswith("{") and any(sign in value for sign in signs)
    return isinstance(value, dict) and any(sign in value for sign in signs)


def _is_text(text: str) -> bool:
    return len(LETTERS.findall(text)) > 1 or SPACELESS.search(text) is not None


def _texts_of(article: Element, metadata: Metadata) -> str:
    """Return the texts of an article and of its front matter, one line each."""
    values = (value if isinstance(value, list) else [value] for value in metadata.as_dict().values())
    names = (str(value) for items in values for value in items)
    return "\n".join((article_text(article), *other_texts(article), *names))
