"""Account for the words of a source that is plain text only."""

from __future__ import annotations

from collections import Counter

from ...model.article import Element
from ...model.facts import words
from ...model.ledger import Ledger
from .html_ledger import article_text, in_order

_QUOTED = 12


def account_text(text: str, article: Element) -> Ledger:
    """Return the accounts of the words of a text; those that are not in the article are unaccounted."""
    all_words = Counter(words(text))
    left = all_words - Counter(words(article_text(article)))
    unaccounted = in_order(text, left) if left else []
    return Ledger(
        post=all_words.total() - len(unaccounted),
        unaccounted=len(unaccounted),
        unaccounted_words=unaccounted[:_QUOTED],
    )
