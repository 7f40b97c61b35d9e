"""Compare the facts of the Markdown with the facts of the source."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from msgspec import Struct, field

from ..model.facts import IMAGE, IMAGE_END, QUOTE, QUOTE_END, Facts, letters
from ..model.problems import Problem
from ..model.results import counted
from .align import Differences, differences
from .compare_places import changed_places
from .structure import same_cells
from .text_lines import has_empty_blocks

#: Things that are counted individually: all of them must be written.
_THINGS = ("headings", "links", "images", "embeds", "quotes", "captions", "alts")
#: Kinds that report.json always contains; others are included if the post has them.
_ALWAYS = frozenset({"words", *_THINGS, "items", "cells"})
#: Marks of text that a target must keep. Markdown has no underline.
_MARKS = ("bold", "italic", "strike", "superscript", "subscript", "code")


class Fidelity(NamedTuple):
    """How much of the source is in the output: for each kind of content (written, in the source)."""

    counts: dict[str, tuple[int, int]]
    lossless: bool
    problems: list[Problem]

    def as_dict(self) -> dict[str, object]:
        """Return the result in the form of report.json."""
        counts = {name: list(pair) for name, pair in self.counts.items() if name in _ALWAYS or any(pair)}
        return {**counts, "lossless": self.lossless}


class _Result(Struct):
    """The intermediate result of a comparison."""

    counts: dict[str, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def report(self, kind: str, detail: str, where: str = "body") -> None:
        self.problems.append(Problem(kind, where, detail))


def compare(source: Facts, written: Facts) -> Fidelity:
    """Return the comparison of the output's facts with the source's."""
    result = _Result()
    if source.has_structure and written.has_structure:
        text_differences = differences(source.text, written.text, source.optional_words)
    elif source.words == written.words or _sure_words(source) == _sure_words(written):
        text_differences = Differences()
    else:
        text_differences = differences(_words_with_marks(source), _words_with_marks(written), source.optional_words)
    _compare_words(source, text_differences, result)
    _compare_things(source, written, result)
    if source.has_structure and written.has_structure:
        _compare_text_structure(source, written, text_differences, result)
        _compare_structure(source, written, result)
        _compare_list_starts(source, written, result)
        _compare_marks(source, written, result)
        _compare_link_texts(source, written, result)
        for detail in changed_places(source, written, not text_differences.of_kind("word")):
            result.report("structure-changed", detail)
    return Fidelity(result.counts, not result.problems, result.problems)


def _sure_words(facts: Facts) -> list[str]:
    """Return the words of facts that are certain, in order."""
    return [word for n, word in enumerate(facts.words) if n not in facts.uncertain] if facts.uncertain else facts.words


def _words_with_marks(facts: Facts) -> str:
    """Return the words of facts as a text, with uncertain words enclosed by marks."""
    return " ".join(f"\x02{w}\x03" if n in facts.uncertain else w for n, w in enumerate(facts.words))


# ---- the text -----------------------------------------------------------------------------------------------------


def _compare_words(source: Facts, text_differences: Differences, result: _Result) -> None:
    _, sure = source.word_counts()
    lost, added = text_differences.net("word")
    moved = not (lost or added) and bool(text_differences.of_kind("word"))
    number = lost.total() or moved
    result.counts["words"] = (max(0, sure - number), sure)
    if (lost or added or moved) and text_differences.first:
        detail = f"the source has “{text_differences.first[0]}”, the Markdown “{text_differences.first[1]}”"
        result.report("words-lost" if number else "words-added", detail, f"word {text_differences.first_word + 1}")


def _compare_text_structure(source: Facts, written: Facts, text_differences: Differences, result: _Result) -> None:
    """Compare characters that are not words, dividers, line breaks and the positions of images."""
    lost, added = text_differences.net("character")
    if lost:
        result.report("characters-lost", f"{counted(lost.total(), 'character')} missing: {_quoted(lost)}")
    if added:
        result.report("characters-added", f"{counted(added.total(), 'character')} too many: {_quoted(added)}")
    words_agree = not text_differences.of_kind("word")
    if words_agree and not (lost or added) and (moved := text_differences.of_kind("character")):
        result.report("characters-lost", f"characters are in another order: {_quoted(Counter(moved))}")
    lost, added = text_differences.net("divider")
    dividers = source.text.count("\x06")
    result.counts["dividers"] = (dividers - lost.total(), dividers)
    if lost or added:
        result.report("structure-changed", f"dividers: {dividers - lost.total() + added.total()} instead of {dividers}")
    elif words_agree and text_differences.of_kind("divider"):
        result.report("structure-changed", "a divider is in another place")
    lost, added = text_differences.net("image")
    # The other form can have images of its own: the thumbnail of a video or of another page.
    keys = (token.strip(IMAGE + IMAGE_END) for token in added)
    again = [key for key in keys if 0 < source.images[key] < written.images[key]]
    if again:
        result.report(
            "structure-changed", f"images that are written too often: {len(again)}; the first: “{again[0][:80]}”"
        )
    if words_agree and not (lost or added) and text_differences.of_kind("image"):
        result.report("structure-changed", "an image is in another place in the text")
    if words_agree and text_differences.breaks:
        result.report(
            "structure-changed",
            f"line breaks differ in {len(text_differences.breaks)} places: “{text_differences.breaks[0]}”",
        )
    _compare_containers(source, written, text_differences, result)
    if words_agree:
        _compare_paragraphs(source, text_differences, result)


def _compare_containers(source: Facts, written: Facts, text_differences: Differences, result: _Result) -> None:
    """Compare which text is in quotes and collapsible blocks, and in which cell of a row."""
    if text_differences.of_kind("word") or source.optional_structure:
        return
    quotes, all_quotes = result.counts["quotes"]
    if quotes == all_quotes and (moved := text_differences.of_kind("container")):
        name = "a quote" if moved[0] in (QUOTE, QUOTE_END) else "a collapsible block"
        result.report("structure-changed", f"the beginning or end of {name} is in another place")
    if len(source.rows) == len(written.rows) and not all(map(same_cells, source.rows, written.rows)):
        result.report("structure-changed", "the text of a cell is in another cell of its row")


def _compare_paragraphs(source: Facts, text_differences: Differences, result: _Result) -> None:
    """Compare which line breaks are within a paragraph, and which between two."""
    changes = text_differences.paragraphs
    spaced = bool(changes) and has_empty_blocks(source.text)
    split = [change for change in changes if not change.was_between]
    joined = [
        change for change in changes if change.was_between and not (change.is_list() or (spaced and change.is_short()))
    ]
    for found, title in ((split, "line breaks that became paragraph breaks"), (joined, "paragraphs that were joined")):
        if found:
            name = f"{title}: {len(found)}; the first: “{found[0].before[-40:]}” / “{found[0].after[:40]}”"
            result.report("structure-changed", name)


def _quoted(counts: Counter[str]) -> str:
    return " ".join(list(counts.elements())[:8])


# ---- things that are counted --------------------------------------------------------------------------------------


def _compare_things(source: Facts, written: Facts, result: _Result) -> None:
    text = " ".join(written.words) if source.captions else ""
    for name in _THINGS:
        expected, actual = getattr(source, name), getattr(written, name)
        if name == "captions":
            number = sum(n for caption, n in expected.items() if caption in text)
        else:
            number = (expected & actual).total() if expected else 0
        result.counts[name] = (number, expected.total())
        if number < expected.total():
            lost = [w for w in expected if (w not in text if name == "captions" else actual[w] < expected[w])]
            first = f"“{lost[0][:80]}”" if lost else "–"
            result.report(
                "blocks-lost", f"{name}: {number} of {expected.total()} written; the first that is missing: {first}"
            )
    invented = written.alts - source.alts
    if invented and source.has_structure and written.images.keys() <= source.images.keys():
        own_text = letters(source.text)  # Hugo writes a caption as the alternative text, too
        if new := [alt for alt in invented if letters(alt) not in own_text]:
            detail = f"an alternative text that the source does not have: “{new[0][:80]}”"
            result.report("structure-changed", detail)
    for key in source.links.keys() & source.embeds.keys() if not source.links_are_embeds else ():
        if written.links[key] < source.links[key] + source.embeds[key] and written.links[key] >= source.links[key]:
            result.report(
                "blocks-lost", f"embeds: one URL is both a link and an embed, and one is missing: “{key[:80]}”"
            )
    for name in ("items", "cells"):
        expected, actual = getattr(source, name), getattr(written, name)
        result.counts[name] = (min(expected, actual), expected)
        if actual < expected:
            result.report("blocks-lost", f"{name}: {actual} of {expected} written")


#: Facts that are lists in reading order: their name in report.json, their name in messages, and the count of the same
#: things; if some of those are lost, the list is not reported in addition.
_SEQUENCES = {
    "levels": ("levels", "heading levels", "headings"),
    "lists": ("lists", "kind and depth of list items", "items"),
    "tables": ("tables", "rows and columns of tables", "cells"),
    "code": ("code_lines", "lines of code", ""),
}


def _compare_structure(source: Facts, written: Facts, result: _Result) -> None:
    added = [quote for quote in written.quotes if quote not in source.quotes]
    if added and source.quotes.total() < written.quotes.total() and not source.optional_structure:
        result.report("structure-changed", f"a quote that is none in the source: “{added[0][:60]}”")
    for name, (count, title, things) in _SEQUENCES.items():
        expected, actual = getattr(source, name), getattr(written, name)
        number = len(expected) if expected == actual else (Counter(expected) & Counter(actual)).total()
        result.counts[count] = (number, len(expected))
        if len(actual) > len(expected) and source.optional_structure:
            actual = _without_optional(actual, expected, name, source.optional_structure)
        have, all_of_them = result.counts.get(things, (0, 0))
        if expected != actual and have == all_of_them:
            was, now = next(
                pair for pair in zip([*expected, "(none)"], [*actual, "(none)"], strict=False) if pair[0] != pair[1]
            )
            result.report("structure-changed", f"{title}: “{was[:60]}” became “{now[:60]}”")


def _compare_list_starts(source: Facts, written: Facts, result: _Result) -> None:
    """Compare the first numbers of ordered lists. A list that continues the one before it can be joined to it."""
    added, lost = written.starts - source.starts, source.starts - written.starts
    has_same_number = written.starts.total() == source.starts.total()
    if source.optional_structure or not ((added.total() - added["1"]) or (lost and has_same_number)):
        return
    was, now = (" ".join(numbers.elements()) or "(none)" for numbers in (lost, added))
    result.report("structure-changed", f"first numbers of ordered lists: {was} became {now}")


def _without_optional(actual: list[str], expected: list[str], name: str, optional: Counter[str]) -> list[str]:
    """Return the entries of an output without those that the source optionally has."""
    from rapidfuzz.distance import Indel

    added = {
        n for op in Indel.opcodes(expected, actual) if op.tag == "insert" for n in range(op.dest_start, op.dest_end)
    }
    left = optional.copy()
    out = []
    for n, entry in enumerate(actual):
        if n in added and left[f"{name} {entry}"] > 0:
            left[f"{name} {entry}"] -= 1
        else:
            out.append(entry)
    return out


# ---- letters ------------------------------------------------------------------------------------------------------


def _compare_marks(source: Facts, written: Facts, result: _Result) -> None:
    for name in _MARKS:
        expected, actual = source.marks.get(name, ""), written.marks.get(name, "")
        lost, added = _letters_apart(expected, actual)
        if added:  # optional words can have marks
            added -= min(added, _letters_of_optional(source, written))
        result.counts[name] = (len(expected) - lost, len(expected))
        if lost:
            result.report("structure-changed", f"{name}: {counted(lost, 'letter')} of {len(expected)} lost it")
        if added:
            result.report("structure-changed", f"{name}: {counted(added, 'letter')} too many")


def _letters_of_optional(source: Facts, written: Facts) -> int:
    """Return the number of letters of the optional words that were written."""
    if not source.optional_words:
        return 0
    extra = (Counter(written.words) - Counter(source.words)) & source.optional_words
    return sum(len(word) * number for word, number in extra.items())


def _letters_apart(expected: str, actual: str) -> tuple[int, int]:
    """Return how many letters each of two texts has that the other lacks."""
    if expected == actual:
        return 0, 0
    from rapidfuzz.distance import Indel

    common = (len(expected) + len(actual) - Indel.distance(expected, actual)) // 2
    return len(expected) - common, len(actual) - common


def _compare_link_texts(source: Facts, written: Facts, result: _Result) -> None:
    """Compare the letters of each link: the output must have all certain ones, and none that are not in the source."""
    lost = 0
    for key, text in source.link_letters.items():
        if written.links[key] < source.links[key]:
            continue  # a lost link was reported already
        missing, _ = _letters_apart(text, written.link_letters_at_most.get(key, ""))
        too_many, _ = _letters_apart(written.link_letters.get(key, ""), source.link_letters_at_most.get(key, ""))
        lost += missing
        if missing or too_many:
            name = f"{counted(missing, 'letter')} missing" if missing else f"{counted(too_many, 'letter')} too many"
            result.report("structure-changed", f"the text of the link to “{key[:80]}”: {name}")
    total = sum(map(len, source.link_letters.values()))
    result.counts["link_letters"] = (total - lost, total)
