"""Fidelity: what was written against what was there.

The Markdown is read back with cmark-gfm and counted, and the counts are held against the facts that the reader's
witness took from the source.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice, pairwise

from lxml import etree

from ..model.article import HEADINGS, Element
from ..model.facts import UNCERTAIN, UNCERTAIN_END, Facts, image_key, text_key, url_key, words_and_uncertain
from ..model.problems import Problem
from ..web import cmark as gfm

_INLINE = frozenset({"a", "strong", "em", "del", "sup", "sub", "code", "u", "b", "i", "s", "span"})
_COUNTERS = ("headings", "links", "images", "embeds", "quotes", "captions", "alts")
_NUMBERS = ("items", "cells")
_PARSER = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, collect_ids=False)


@dataclass(frozen=True, slots=True)
class Fidelity:
    """How much of the source is in the Markdown: for each kind of thing (written, in the source)."""

    counts: dict[str, tuple[int, int]]
    lossless: bool
    problems: list[Problem] = field(default_factory=list)

    def as_dict(self) -> dict[str, object]:
        """The result as report.json has it."""
        return {**{name: list(pair) for name, pair in self.counts.items()}, "lossless": self.lossless}


def markdown_facts(markdown: str) -> Facts:
    """The facts of a Markdown text, as GitHub's parser reads it."""
    return html_facts(gfm.render(markdown))


def html_facts(html: str) -> Facts:
    """The facts of a text in HTML: of a post's body on a page that a site generator built, say."""
    facts = Facts()
    if not html.strip():
        return facts
    root = etree.fromstring(f"<main>{html}</main>".encode(), _PARSER)
    text: list[str] = []
    _count(root, facts, text)
    facts.words, facts.uncertain = words_and_uncertain("".join(text))
    return facts


def _count(node: Element, facts: Facts, text: list[str]) -> None:
    tag = str(node.tag)
    block = tag not in _INLINE
    if block:
        text.append("\n")
    start = len(text)
    if node.text:
        text.append(node.text)
    for child in node:
        if isinstance(child.tag, str):
            _count(child, facts, text)
        if child.tail:
            text.append(child.tail)
    if tag == "a" and _stands_alone(node):
        # A link alone in its paragraph may be an embed under an address or a title that the page does not show.
        text[start:] = [" ", UNCERTAIN, *text[start:], UNCERTAIN_END, " "]
    _note(node, tag, text[start:], facts)
    if block:
        text.append("\n")


def _note(node: Element, tag: str, text: list[str], facts: Facts) -> None:
    """Count what an element is; `text` is all that it says."""
    if tag in ("td", "th"):
        facts.cells += 1
    elif tag == "img":
        facts.images[image_key(node.get("src") or "")] += 1
        if said := text_key(node.get("alt") or ""):
            facts.alts[said] += 1
    elif tag == "a" and (href := node.get("href")):
        facts.links[url_key(href)] += 1
        facts.embeds[url_key(href)] += 1
    elif (tag in HEADINGS or tag in ("blockquote", "li")) and (said := text_key("".join(text))):
        if tag == "li":
            facts.items += 1
        else:
            (facts.quotes if tag == "blockquote" else facts.headings)[said] += 1


def _stands_alone(node: Element) -> bool:
    parent = node.getparent()
    if parent is None or parent.tag not in ("p", "td", "th") or len(parent) > 1:
        return False
    return not (parent.text or "").strip() and not (node.tail or "").strip()


def compare(source: Facts, written: Facts) -> Fidelity:
    """What of the source's facts the Markdown has."""
    problems: list[Problem] = []
    here = written.words
    counts: dict[str, tuple[int, int]] = {}
    lost, at = _align(source, written)
    sure = len(source.words) - len(source.uncertain)
    counts["words"] = (max(0, sure - lost), sure)
    if at is not None:
        was, now = (" ".join(f.words[n : n + 6]) or "(end)" for f, n in zip((source, written), at, strict=True))
        problems.append(
            Problem(
                "words-lost" if lost else "words-added",
                f"word {at[0] + 1}",
                f"the source says “{was}”, the Markdown “{now}”",
            )
        )
    said = " ".join(here)
    for name in _COUNTERS:
        wanted, have = getattr(source, name), getattr(written, name)
        if name == "captions":
            counts[name] = (sum(caption in said for caption in wanted), len(wanted))
        else:
            counts[name] = (sum((wanted & have).values()), sum(wanted.values()))
        if counts[name][0] < counts[name][1]:
            first = _first_lost(name, wanted, have, said)
            problems.append(
                Problem(
                    "blocks-lost",
                    "body",
                    f"{name}: {counts[name][0]} of {counts[name][1]} written; not written: {first}",
                )
            )
    for name in _NUMBERS:
        wanted, have = getattr(source, name), getattr(written, name)
        counts[name] = (min(wanted, have), wanted)
        if have < wanted:
            problems.append(Problem("blocks-lost", "body", f"{name}: {have} of {wanted} written"))
    return Fidelity(counts, not problems, problems)


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


def _first_lost(name: str, wanted: Counter[str], have: Counter[str], said: str) -> str:
    """The first thing that is not written, shortened."""
    lost = [w for w in wanted if (w not in said if name == "captions" else have[w] < wanted[w])]
    return f"“{lost[0][:80]}”" if lost else "–"


def _sure_from(facts: Facts, at: int) -> int:
    """The first position from here whose word the other form must have."""
    while at in facts.uncertain:
        at += 1
    return at


def _align(source: Facts, written: Facts) -> tuple[int, tuple[int, int] | None]:
    """Both word lists side by side: how many words are lost, and where they first part.

    A difference in order alone counts as one word lost. Words that one form may have alone are passed over; where both
    have such words at once it is open whose come first, so both orders are tried.
    """
    if source.words == written.words:
        return 0, None
    first = _walk(source, written, eager=True)
    return (
        first
        if first[1] is None
        else min(first, _walk(source, written, eager=False), key=lambda found: (found[1] is not None, found[0]))
    )


def _walk(source: Facts, written: Facts, eager: bool) -> tuple[int, tuple[int, int] | None]:
    there, here = source.words, written.words
    extra = Counter(source.optional_words)
    i = j = 0
    while i < len(there) or j < len(here):
        if i < len(there) and j < len(here) and there[i] == here[j]:
            i, j = i + 1, j + 1
            continue
        ahead = _sure_from(source, i)
        if (
            i < ahead < len(there)
            and j < len(here)
            and there[ahead] == here[j]
            and (eager or j not in written.uncertain)
        ):
            i = ahead
        elif j in written.uncertain:
            j += 1
        elif i in source.uncertain:
            i += 1
        elif j < len(here) and extra[here[j]] > 0:
            extra[here[j]] -= 1
            j += 1
        else:
            rest_there = Counter(w for n, w in enumerate(there[i:], i) if n not in source.uncertain)
            rest_here = Counter(w for n, w in enumerate(here[j:], j) if n not in written.uncertain)
            lost, added = sum((rest_there - rest_here).values()), sum((rest_here - rest_there).values())
            return lost or (0 if added else 1), (i, j)
    return 0, None
