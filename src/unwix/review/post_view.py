"""Collect everything that the review page of one post shows, as plain data for its template."""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup
from msgspec import Struct, field

from ..model.article import HEADINGS, Element
from ..model.post import Metadata, Post
from ..readers.source_view import SourceView
from ..writers.target import Target
from .compare import Comparison, Count, compare
from .compare import Row as Beside
from .formatting import FormattingChanges, formatting_changes
from .image_files import Place
from .normalize_html import normalize_html
from .parse_output import has_same_content, parse_output
from .sanitize import sanitize
from .verdict import VERDICTS, Row, meaning, severity, verdict

_RIGHT_TO_LEFT = frozenset("ar he iw fa ur yi ps sd ug dv ckb syr arc nqo".split())
#: The maximum number of rows and differences shown for a post; the page states how many more there are.
MOST_ROWS, MOST_DIFFERENCES = 5_000, 100
LONGEST_TEXT = 500_000
_EXCERPT = 80
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
#: Descriptions of the source column, by the form in which the source is shown.
_FORMS = {
    "page": "The post’s body as the saved page has it, without its styles and scripts.",
    "lines": "The post’s lines as the text dump has them.",
    "document": "The source is the post’s data (Ricos or Draft.js), shown as unwix reads it.",
}
_ALONE = "The source was not found, so only the Markdown is shown."
_ALONE_LIVE = (
    "The source was the live site, so only the Markdown is shown. Convert with --archive FILE, then from that file, "
    "to see both."
)
_KIND_NAMES = {"lost": "lost", "changed": "changed", "missing": "missing in the source", "added": "added"}


class Cell(Struct):
    """One row of the comparison."""

    kind: str
    source: Markup
    written: Markup
    id: str | None = None
    excerpt: str = ""
    excerpt_kind: str = ""
    under: str = ""
    """The heading above it."""


class Trouble(Struct):
    """One problem of the report."""

    kind: str
    severity: str
    meaning: str
    where: str
    detail: str
    anchor: str | None = None


class PostView(Struct):
    """Data for the template of a post's page."""

    row: Row
    verdict: str
    verdict_text: str
    language: str | None
    direction: str
    troubles: list[Trouble]
    counts: list[tuple[str, int, int]]
    fields: list[tuple[str, str, str | None]]
    head: str
    form: str | None = None
    cells: list[Cell] = field(default_factory=list)
    lost: Count = field(default_factory=Count)
    added: Count = field(default_factory=Count)
    changes: list[str] = field(default_factory=list)
    """Changes of the formatting since the conversion."""
    marks: set[str] = field(default_factory=set)
    """The kinds of marks in the texts."""
    unseen: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    around: list[str] = field(default_factory=list)
    removed: list[dict[str, Any]] = field(default_factory=list)
    hosts: list[str] = field(default_factory=list)
    text: str = ""
    """The post's file, as far as it is shown."""

    @property
    def date(self) -> str:
        """Return the day of the post, empty if its front matter states none."""
        value = next((value for name, value, _ in self.fields if name.lower() in ("date", "pubdate")), "")
        return value[:10] if _DAY.match(value) else ""

    @property
    def differs_now(self) -> bool:
        """Return True if the file differs from its source now, although the conversion lost nothing."""
        return self.verdict == "changed" or (
            self.verdict not in ("lost", "failed") and bool(self.lost or self.added or self.changes)
        )

    @property
    def groups(self) -> list[tuple[Trouble, list[Trouble]]]:
        """Return the problems by kind, the most severe first: the first of a kind, and all of that kind."""
        kinds: dict[str, list[Trouble]] = {}
        for trouble in sorted(self.troubles, key=lambda one: ("error", "warning", "note").index(one.severity)):
            kinds.setdefault(trouble.kind, []).append(trouble)
        return [(differences[0], differences) for differences in kinds.values()]

    @property
    def differences(self) -> list[Cell]:
        """Return the first rows that need a look."""
        return [cell for cell in self.cells if cell.id][:MOST_DIFFERENCES]

    @property
    def more_differences(self) -> int:
        """Return the number of further rows that need a look."""
        return sum(1 for cell in self.cells if cell.id) - len(self.differences)


def make_post_view(
    row: Row,
    text: str | None,
    target: Target,
    place: Place,
    post: Post | None = None,
    seen: SourceView | None = None,
    fresh: str | None = None,
) -> PostView:
    """Build the view of a post: `text` is its file, `post` and `seen` its source, None if it was not found.

    `fresh` is the text of a fresh conversion if the file was edited.
    """
    file = parse_output(text or "", target)
    is_reformatted = fresh is not None and has_same_content(parse_output(fresh, target), file)
    places = _places({**post.provenance, **row["merged_from"]}, target) if post else {}
    language = (post.metadata.language if post else None) or file.fields.get("language") or file.fields.get("lang")
    rtl = (language or "").split("-")[0].lower() in _RIGHT_TO_LEFT or (post and post.article.get("dir") == "rtl")
    sheet = PostView(
        row=row,
        verdict=verdict(row, fresh is not None and not is_reformatted),
        verdict_text="",
        language=language,
        direction="rtl" if rtl else "auto",
        troubles=[
            Trouble(p["kind"], severity(p["kind"]), meaning(p["kind"]), p["where"], p["detail"])
            for p in row["problems"]
        ],
        counts=list(_counts(row)),
        fields=[(name, value, places.get(name.lower())) for name, value in file.fields.items()],
        head=file.head,
        removed=row["removed"],
        text=(text or "")[:LONGEST_TEXT],
    )
    blocks = _with_originals(file.blocks(), place)
    failed = row["file"] == "failed"
    if text is None and not failed:
        sheet.notes.append("The file of the post does not exist any more, or is too large to be shown.")
    if is_reformatted:
        sheet.notes.append("The file was reformatted after the conversion; its content is the same.")
    if post is None or seen is None:
        if not failed:
            sheet.notes.append(_ALONE_LIVE if row["source"].startswith("http") else _ALONE)
        _show(sheet, Comparison([Beside([], [block]) for block in blocks]), place)
    elif text is not None:
        sheet.form = _FORMS[seen.form]
        sheet.around = seen.around
        all_facts = [post.facts, *(facts for _name, facts in post.other_facts)]
        filled = any(name not in Metadata.__struct_fields__ for name in row["merged_from"])
        changes = FormattingChanges()
        if fresh is not None:
            changes = formatting_changes(parse_output(fresh, target).blocks(), blocks)
        sheet.changes = changes.descriptions
        unaccounted = [word.lower() for word in post.ledger.unaccounted_words] if post.ledger else []
        comparison = compare(normalize_html(seen.body), blocks, all_facts, filled, changes.numbers, unaccounted)
        _show(sheet, comparison, place)
    if sheet.differs_now:
        sheet.verdict = "changed"
    sheet.verdict_text = VERDICTS[sheet.verdict]
    sheet.hosts = sorted(place.hosts)
    return sheet


def _with_originals(blocks: Element, place: Place) -> Element:
    """Return the blocks with the original URL of each copied image, next to the copy."""
    for image in blocks.iter("img"):
        if original := place.original(image.get("src") or ""):
            image.set("copy", image.get("src") or "")
            image.set("src", original)
    return blocks


def _places(places: dict[str, str], target: Target) -> dict[str, str]:
    """Return the source of each field, by the first part of its name in the target."""
    texts_by_kind: dict[str, list[str]] = {}
    for name, place in places.items():
        target_name = target.front.names.get(name, name).partition(".")[0].removesuffix("[]").lower()
        texts_by_kind.setdefault(target_name, []).append(place)
    return {name: "; ".join(dict.fromkeys(places)) for name, places in texts_by_kind.items() if name}


def _counts(row: Row) -> Any:
    for name, value in (row["fidelity"] or {}).items() if isinstance(row.get("fidelity"), dict) else ():
        if isinstance(value, list) and len(value) == 2 and value[0] < value[1]:
            yield name, value[0], value[1]


def _show(sheet: PostView, comparison: Comparison, place: Place) -> None:
    """Add the rows of a comparison as cells; rows that need a look are numbered."""
    sheet.lost, sheet.added, sheet.unseen = comparison.lost, comparison.added, comparison.unseen
    places: dict[str, list[str]] = {}
    first: dict[str, str] = {}
    number = 0
    under = ""
    for pair in comparison.rows[:MOST_ROWS]:
        name = None
        kinds, excerpt = _excerpt(pair)
        if pair.kind in _KIND_NAMES:
            number += 1
            name = f"d{number}"
            first.setdefault(pair.kind, name)
            for text in _missing_marks(pair.written):
                places.setdefault(text, []).append(name)
        sheet.marks |= {node.get("class") or "" for block in (*pair.source, *pair.written) for node in block.iter()}
        cell = Cell(pair.kind, Markup(), Markup(), name, excerpt, kinds, under)
        under = next(map(_text, (b for b in reversed(pair.written or pair.source) if b.tag in HEADINGS)), under)
        cell.source = Markup(sanitize(pair.source, place, "s"))
        cell.written = Markup(sanitize(pair.written, place, "m"))
        sheet.cells.append(cell)
    if len(comparison.rows) > MOST_ROWS:
        sheet.notes.append(f"Only the first {MOST_ROWS} of {len(comparison.rows)} blocks are shown.")
    for trouble in sheet.troubles:
        if trouble.kind in ("words-lost", "blocks-lost", "characters-lost", "characters-added", "structure-changed"):
            trouble.anchor = first.get("lost")
        elif trouble.kind == "words-added":
            trouble.anchor = first.get("added")
        else:
            named = places.get(trouble.detail, [])
            trouble.anchor = named.pop(0) if len(named) > 1 else next(iter(named), None)


def _text(node: Element) -> str:
    return " ".join("".join(map(str, node.itertext())).split())[:_EXCERPT]


def _missing_marks(blocks: list[Element]) -> list[str]:
    return [mark.text or "" for block in blocks for mark in block.iter("p") if mark.get("class") == "missing"]


def _excerpt(pair: Beside) -> tuple[str, str]:
    """Return the kind of difference of a row, and the first words of it."""
    if pair.kind not in _KIND_NAMES:
        return "", ""
    blocks = pair.source if pair.kind == "lost" else pair.written
    texts = [
        (node.get("alt") or node.get("src") or "image") if node.tag == "img" else "".join(map(str, node.itertext()))
        for block in blocks
        for node in block.iter()
        if node.get("class") == pair.kind
    ]
    text = " ".join(" ".join(texts).split())
    return _KIND_NAMES[pair.kind], text if len(text) <= _EXCERPT else text[: _EXCERPT - 1] + "…"
