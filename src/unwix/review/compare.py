"""Compare the blocks of a source with those of the Markdown, row by row, and mark differences word by word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct, field

from ..fidelity.equal_runs import Run, equal_runs
from ..model.article import Element
from ..model.facts import Facts
from ..model.results import counted
from ..wix.url_keys import url_key
from .highlight import Highlights, highlight
from .word_positions import Words, read_words, split_words

#: The maximum number of quoted phrases that neither side shows, and of words in each.
MOST_PHRASES, LONGEST_PHRASE = 20, 30


class Row(Struct):
    """Blocks with the same words, side by side; one side may be empty."""

    source: list[Element] = field(default_factory=list)
    written: list[Element] = field(default_factory=list)
    kind: str = "same"
    """`lost`, `missing`, `added`, `found` (in the page's own data or a duplicate), `aside` (the site's) or `same`."""


class Count(Struct, frozen=True):
    """The amount of a post that has one mark."""

    words: int = 0
    images: int = 0

    def __bool__(self) -> bool:
        return bool(self.words or self.images)

    def __str__(self) -> str:
        """Return a phrase such as `3 words and 1 image`."""
        named = ((self.words, "word"), (self.images, "image"))
        return " and ".join(counted(number, noun) for number, noun in named if number)


class Comparison(Struct):
    """All rows of a post, and how much of it is marked."""

    rows: list[Row]
    lost: Count = field(default_factory=Count)
    added: Count = field(default_factory=Count)
    unseen: list[str] = field(default_factory=list)
    """Phrases of the source that neither side shows."""


def compare(
    source: Element,
    written: Element,
    all_facts: Sequence[Facts],
    filled: bool = False,
    changed: Sequence[int] = (),
    unaccounted: Sequence[str] = (),
) -> Comparison:
    """Compare two trees of plain blocks; marks are added to both.

    The facts (the source's first) distinguish the author's words from those of a player or a button, and what a page's
    own document adds from words that no source has. `filled`: images that the source lacks came from a duplicate.
    `changed`: the numbers of the words of the Markdown whose formatting was changed. `unaccounted`: words of the source
    that are in no account.
    """
    source_words, written_words = read_words(source), read_words(written)
    _number_images(source_words, written_words)
    runs = _without_islands(
        equal_runs(source_words.keys, written_words.keys), len(source_words.keys), len(written_words.keys)
    )
    for run in runs:
        _share_images(source_words, written_words, run)
    sure = [_sure_words(facts) for facts in all_facts]
    images = {image for facts in all_facts for image in facts.images}
    lost, aside = _only_in_source(source_words, written_words, runs, [*sure, split_words(list(unaccounted))], images)
    players = {_stem(url_key(a.get("href") or "")) for a in source.iter("a") if a.get("class") == "player"}
    extra = list(_extra(written_words, _places(runs, 1), source_words, all_facts, players))
    known = _places(equal_runs(sure[0], written_words.keys), 1) if sure else set()
    found, added = _partition(
        extra, lambda n: n in known or written_words.keys[n][1:] in images or (filled and written_words.is_image(n))
    )
    marks = (
        Highlights(source_words, lost, "lost", "del"),
        Highlights(written_words, [n for n in changed if n not in {*added, *found}], "changed", "span"),
        Highlights(written_words, added, "added", "ins"),
        Highlights(written_words, found, "found", "span"),
        Highlights(source_words, aside, "aside", "span"),
    )
    rows = list(_rows(source, written, source_words, written_words, runs))
    place = {block: n for tree in (source, written) for n, block in enumerate(tree)}
    touched = [(mark, mark.blocks) for mark in marks]
    for row in rows:
        row.kind = _kind(row, place, touched, source_words)
    highlight(marks)
    unseen = list(_unseen(sure[0], source_words.keys, written_words.keys)) if sure else []
    return Comparison(rows, _counted(source_words, lost), _counted(written_words, added), unseen)


def _only_in_source(
    source_words: Words, written_words: Words, runs: list[Run], sure: list[list[str]], images: set[str]
) -> tuple[list[int], list[int]]:
    """Return the words that only the source shows: the author's, which are lost, and the site's own."""
    authored = {n for words in sure for n in _places(equal_runs(words, source_words.keys), 1)}
    shown = {key for n, key in enumerate(written_words.keys) if written_words.is_image(n)}

    def is_lost(n: int) -> bool:
        key = source_words.keys[n]
        return key not in shown and key[1:] in images if source_words.is_image(n) else n in authored

    positions = _places(runs, 0)
    return _partition((n for n in range(len(source_words.keys)) if n not in positions), is_lost)


def _partition(numbers: Iterable[int], is_in_first: Callable[[int], bool]) -> tuple[list[int], list[int]]:
    """Split numbers into those for which the condition holds, and the others."""
    yes: list[int] = []
    no: list[int] = []
    for n in numbers:
        (yes if is_in_first(n) else no).append(n)
    return yes, no


def _sure_words(facts: Facts) -> list[str]:
    return split_words([word for n, word in enumerate(facts.words) if n not in facts.uncertain])


def _counted(side: Words, numbers: list[int]) -> Count:
    images = sum(map(side.is_image, numbers))
    return Count(len(numbers) - images, images)


def _number_images(source_words: Words, written_words: Words) -> None:
    """Match images in order if they were copied under other names and their number is equal."""
    images, originals = (
        [n for n in range(len(side.keys)) if side.is_image(n)] for side in (written_words, source_words)
    )
    names = {source_words.keys[n] for n in originals}
    if len(images) == len(originals) and {written_words.keys[n] for n in images} - names:
        for number, (n, m) in enumerate(zip(images, originals, strict=True)):
            written_words.keys[n] = source_words.keys[m] = f"\0{number}"


def _places(runs: Iterable[Run], side: int) -> set[int]:
    return {n for run in runs for n in range(run[side], run[side] + run[2])}


def _without_islands(runs: list[Run], length: int, other: int) -> list[Run]:
    """Return the runs without single words inside different texts, which are equal by chance."""
    out: list[Run] = []
    for n, (i, j, size) in enumerate(runs):
        before_i, before_j = (out[-1][0] + out[-1][2], out[-1][1] + out[-1][2]) if out else (0, 0)
        after_i, after_j = runs[n + 1][:2] if n + 1 < len(runs) else (length, other)
        distances = (i - before_i, j - before_j, after_i - i - size, after_j - j - size)
        if size > 1 or min(distances) < 3:
            out.append((i, j, size))
    return out


def _extra(
    written_words: Words, matched: set[int], source_words: Words, all_facts: Sequence[Facts], players: set[str]
) -> Iterator[int]:
    """Yield the words that only the Markdown contains, without the title of an embed and a GIF shown as a video."""
    optional = Counter(split_words([word for facts in all_facts[:1] for word in facts.optional_words.elements()]))
    images = {key for n, key in enumerate(source_words.keys) if source_words.is_image(n)}
    for n, key in enumerate(written_words.keys):
        if n in matched or (written_words.is_image(n) and (key in images or _stem(key[1:]) in players)):
            continue
        if optional[key] > 0:
            optional[key] -= 1
        elif not _stands_alone(written_words.spots[n].pieces[0][0]):
            yield n


def _stem(url: str) -> str:
    """Return a URL without its query and the extension of its file."""
    return url.partition("?")[0].rpartition(".")[0]


def _stands_alone(node: Element) -> bool:
    """Return True for a word in a link that is a paragraph of its own: an embed with its title or URL."""
    link = node if node.tag == "a" else next(node.iterancestors("a"), None)
    around = link.getparent() if link is not None else None
    if link is None or around is None:
        return False
    return len(around) == 1 and not (around.text or "").strip() and not (link.tail or "").strip()


def _share_images(source_words: Words, written_words: Words, run: Run) -> None:
    """Show an image of the source from the copied file in the Markdown, if there is one."""
    i, j, length = run
    for n in range(length):
        if source_words.is_image(i + n):
            original, image = source_words.spots[i + n].pieces[0][0], written_words.spots[j + n].pieces[0][0]
            original.set("copy", image.get("copy") or image.get("src") or "")


def _rows(
    source: Element, written: Element, source_words: Words, written_words: Words, runs: list[Run]
) -> Iterator[Row]:
    """Yield rows: blocks that share words form one row; blocks between two such rows keep their position."""
    left, right = list(source), list(written)
    at, to = 0, 0  # the first blocks that are not in a row yet
    for first, last in _joined(_edges(source_words, written_words, runs)):
        yield from _between(left[at : first[0]], right[to : first[1]])
        at, to = last[0] + 1, last[1] + 1
        yield Row(left[first[0] : at], right[first[1] : to])
    yield from _between(left[at:], right[to:])


def _between(left: list[Element], right: list[Element]) -> Iterator[Row]:
    """Yield rows of blocks without common words: paired if both sides have some, else one row each."""
    if left and right:
        yield Row(left, right)
    else:
        yield from (Row([block], []) for block in left)
        yield from (Row([], [block]) for block in right)


def _edges(source_words: Words, written_words: Words, runs: list[Run]) -> Iterator[tuple[int, int]]:
    seen: tuple[int, int] | None = None
    for i, j, length in runs:
        for n in range(length):
            edge = source_words.spots[i + n].block, written_words.spots[j + n].block
            if edge != seen:
                yield edge
            seen = edge


def _joined(edges: Iterator[tuple[int, int]]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield connected blocks that share words, as (first, last) block on either side."""
    first: tuple[int, int] | None = None
    last = (0, 0)
    for edge in edges:
        if first is not None and edge[0] > last[0] and edge[1] > last[1]:
            yield first, last
            first = None
        first = first or edge
        last = edge
    if first is not None:
        yield first, last


def _kind(
    row: Row, place: dict[Element, int], touched: Sequence[tuple[Highlights, set[int]]], source_words: Words
) -> str:
    """Return the most severe kind of a row. The marks are in that order, each with the blocks that contain it."""
    kinds = [
        mark.kind
        for mark, blocks in touched
        if any(place[block] in blocks for block in (row.source if mark.words is source_words else row.written))
    ]
    if "lost" not in kinds and any(p.get("class") == "missing" for block in row.written for p in block.iter("p")):
        return "missing"
    return kinds[0] if kinds else "same"


def _unseen(sure: list[str], *sides: list[str]) -> Iterator[str]:
    """Yield phrases of the source facts that neither side shows, shortened."""
    positions = {n for side in sides for n in _places(equal_runs(sure, side), 0)}
    phrases: list[list[str]] = []
    previous = -2
    for n, word in enumerate(sure):
        if n in positions:
            continue
        if previous == n - 1:
            phrases[-1].append(word)
        else:
            phrases.append([word])
        previous = n
    for phrase in phrases[:MOST_PHRASES]:
        yield " ".join(phrase[:LONGEST_PHRASE]) + (" …" if len(phrase) > LONGEST_PHRASE else "")
