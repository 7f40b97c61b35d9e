"""Compare an output with another form of the same post."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice, pairwise

from ..model.facts import Facts
from ..model.problems import Problem
from ..model.results import counted

#: The things that are compared with another form of a post, and the singular of each.
_THINGS = {"headings": "heading(s)", "links": "link(s)", "images": "image(s)", "embeds": "video(s)"}
#: The number of quoted words.
_QUOTED = 6


def all_disagreements(others: Iterable[tuple[str, Facts]], written: Facts) -> list[Problem]:
    """Return the differences between what was written and all other forms of a post, each with its name.

    A difference that several forms share, such as an older page and an older feed, is one problem that names all of
    them.
    """
    sources_by_detail: dict[str, list[str]] = {}
    for name, facts in others:
        for problem in disagreements(name, facts, written):
            sources_by_detail.setdefault(problem.detail.removeprefix(name), []).append(name)
    return [
        Problem("sources-disagree", "body", f"{first}{detail}{_same_in(more)}")
        for detail, (first, *more) in sources_by_detail.items()
    ]


def _same_in(names: list[str]) -> str:
    return f" (the same in {', '.join(names)})" if names else ""


def disagreements(name: str, other: Facts, written: Facts) -> Iterator[Problem]:
    """Yield problems for each difference between another form of the post, called `name`, and what was written.

    Words are compared in both directions; headings, links, images and videos must be in the Markdown.
    """
    parts = _different_words(other, written) if other.words != written.words else []
    if parts:
        yield Problem("sources-disagree", "body", f"{name} {', and '.join(parts)}")
    for field, title in _THINGS.items():
        more = [key for key in getattr(other, field) if key not in getattr(written, field)]
        if more:
            yield Problem(
                "sources-disagree", "body", f"{name} has {len(more)} {title} more; the first is “{more[0][:80]}”"
            )


def _different_words(other: Facts, written: Facts) -> list[str]:
    """Return how the words of another form of the post differ from those that were written."""
    other_words, written_words = Counter(other.words), Counter(written.words)
    other_words, written_words = (
        _split_joined_words(other_words, written_words, written.words),
        _split_joined_words(written_words, other_words, other.words),
    )
    optional = other.optional_words + Counter(written.words[n] for n in written.uncertain)
    lost = other_words - written_words - Counter(other.words[n] for n in other.uncertain)
    added = written_words - other_words - optional
    parts = []
    if lost:
        parts.append(f"has {counted(lost.total(), 'word')} more; the first are “{_first(lost, other.words)}”")
    if added:
        parts.append(f"has {counted(added.total(), 'word')} fewer; the first are “{_first(added, written.words)}”")
    return parts


def _split_joined_words(words: Counter[str], known: Counter[str], other: list[str]) -> Counter[str]:
    """Return the words, with joined ones split if the other form has the two words next to each other.

    A feed loses the line breaks inside of a paragraph. `known` are the words of the other form, counted.
    """
    if not (unknown := words.keys() - known.keys()):
        return words
    pairs = {glued: (one, next_one) for one, next_one in pairwise(other) if (glued := one + next_one) in unknown}
    parted = words.copy()
    for glued, pair in pairs.items():
        number = parted.pop(glued)
        for word in pair:
            parted[word] += number
    return parted


def _first(counts: Counter[str], words: list[str]) -> str:
    """Return the first of the counted words, in the order of the text; halves of joined words come last."""
    rest = counts.copy()
    quoted: list[str] = []
    for word in words:
        if rest[word] > 0 and len(quoted) < _QUOTED:
            rest[word] -= 1
            quoted.append(word)
    return " ".join([*quoted, *islice((+rest).elements(), _QUOTED - len(quoted))])
