"""Compare an output with another form of the same post."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice, pairwise

from ..model.facts import Facts
from ..model.problems import Problem


def all_disagreements(others: Iterable[tuple[str, Facts]], written: Facts) -> list[Problem]:
    """Return the differences of all other forms of a post, each with its name, from what was written.

    A difference that several forms share, such as an older page and an older feed, is one problem that names them all.
    """
    found: dict[str, list[str]] = {}
    for name, facts in others:
        for problem in disagreements(name, facts, written):
            found.setdefault(problem.detail.removeprefix(name), []).append(name)
    return [
        Problem("sources-disagree", "body", f"{first}{detail}{_also(more)}") for detail, (first, *more) in found.items()
    ]


def disagreements(name: str, witness: Facts, written: Facts) -> Iterator[Problem]:
    """What another form of the post, called `name`, says otherwise than what was written.

    Words in either direction; headings, links, pictures and videos that it has and the Markdown has not.
    """
    there, here = Counter(witness.words), Counter(written.words)
    there, here = _apart(there, here, written.words), _apart(here, there, witness.words)
    soft = witness.optional_words + Counter(written.words[n] for n in written.uncertain)
    lost = there - here - Counter(witness.words[n] for n in witness.uncertain)
    added = here - there - soft
    told = []
    if lost:
        told.append(f"has {_counted(lost)} more; the first are “{_first(lost, witness.words)}”")
    if added:
        told.append(f"lacks {_counted(added)}; the first are “{_first(added, written.words)}”")
    if told:
        yield Problem("sources-disagree", "body", f"{name} {', and '.join(told)}")
    for counter, one in _DIFFERING.items():
        beyond = [said for said in getattr(witness, counter) if said not in getattr(written, counter)]
        if beyond:
            yield Problem(
                "sources-disagree", "body", f"{name} has {len(beyond)} {one} more; the first is “{beyond[0][:80]}”"
            )


def _also(names: list[str]) -> str:
    return f" (the same in {', '.join(names)})" if names else ""


def _apart(words: Counter[str], known: Counter[str], other: list[str]) -> Counter[str]:
    """The words, two that are glued together parted where the other form has them side by side.

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


#: What is held against another form of a post, and how one of it is called.
_DIFFERING = {"headings": "heading(s)", "links": "link(s)", "images": "picture(s)", "embeds": "video(s)"}


def _counted(found: Counter[str]) -> str:
    return f"{found.total()} word{'s' if found.total() != 1 else ''}"


def _first(counted: Counter[str], words: list[str]) -> str:
    """The first six of the words that are counted, in the order of the text; halves of glued words come last."""
    rest = counted.copy()
    found: list[str] = []
    for word in words:
        if rest[word] > 0 and len(found) < 6:
            rest[word] -= 1
            found.append(word)
    return " ".join([*found, *islice((+rest).elements(), 6 - len(found))])
