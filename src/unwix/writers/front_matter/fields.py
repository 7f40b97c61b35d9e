"""Convert a post's metadata into the fields of a target, with the user's changes (`--field`)."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import unquote

import yaml
from msgspec import Struct, field

from ...model.errors import UnwixError
from ...model.post import Metadata
from ...web.urls import split_url
from ..target import FrontMatter

OURS = frozenset(Metadata.__struct_fields__)
_NAME = re.compile(r"[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*(?:\[\])?")
_ITEM = re.compile(r"(?:\[[^\]]*\]|\"[^\"]*\"|'[^']*'|[^,])+")


class BadField(UnwixError):
    """Raised for a `--field` that cannot be parsed; the message shows the syntax."""


class Moment(str):
    """A date or time in ISO 8601, which YAML and TOML write as a type of its own."""

    __slots__ = ()


class Changes(Struct, frozen=True):
    """The user's changes: the field of unwix → its new name ("" leaves it out), and fields that every post gets."""

    renames: Mapping[str, str] = field(default_factory=dict)
    added: Mapping[str, Any] = field(default_factory=dict)
    defaults: Mapping[str, Any] = field(default_factory=dict)
    """Fields for those posts that do not have a field of the same name."""


NO_CHANGES = Changes()


def parse_changes(texts: Iterable[str]) -> Changes:
    """Parse `--field`: `date:created,tags:topics` renames, `views:` leaves out, `layout=post` adds.

    `layout?=post` adds a field only to posts that do not have it. Raises BadField.
    """
    renames: dict[str, str] = {}
    added: dict[str, Any] = {}
    defaults: dict[str, Any] = {}
    for text in texts:
        for item in (item.strip() for item in _ITEM.findall(text)):
            name, sign, rest = re.match(r"([^:=]*)([:=]?)(.*)", item, re.S).groups()  # type: ignore[union-attr]
            name, rest = name.strip(), rest.strip()
            values = defaults if sign == "=" and name.endswith("?") else added
            name = name.removesuffix("?") if values is defaults else name
            if not sign or not _NAME.fullmatch(name) or (sign == ":" and rest and not _NAME.fullmatch(rest)):
                raise BadField(
                    f"--field {item!r} is not a change: date:created renames, views: leaves out, layout=post adds."
                )
            if sign == "=":
                values[name] = _value(item, rest)
            elif name not in OURS:
                raise BadField(f"--field {item!r}: there is no field {name!r}. docs/front-matter.md lists the fields.")
            else:
                renames[name] = rest
    return Changes(renames, added, defaults)


def _value(item: str, text: str) -> Any:
    try:
        value = yaml.safe_load(text)
    except yaml.YAMLError:
        raise BadField(f"--field {item!r}: the value is not valid YAML. Put it in quotes.") from None
    return Moment(text) if hasattr(value, "isoformat") else value


def fields_of(
    metadata: Metadata, front: FrontMatter, url: str | None = None, changes: Changes = NO_CHANGES
) -> dict[str, Any]:
    """Return the known fields with a target's names and values, in the order of the docs, then the user's fields.

    `url` is the post's URL on the new site. If two fields get the same name, the first stays; a field that the user
    adds replaces an existing one.
    """
    fields: dict[str, Any] = {}
    for name, value in _with_forms(metadata, front).items():
        usual = front.names.get(name, name)
        if name == "draft":
            usual, value = front.draft  # noqa: PLW2901
        _put(fields, changes.renames.get(name, usual), value)
    if metadata.cover and not split_url(metadata.cover).scheme:
        for name, value in front.with_local_cover.items():
            _put(fields, name, value)
    for name, value in (*_url_fields(metadata, front, url), *front.fixed.items(), *changes.defaults.items()):
        _put(fields, name, value)
    for name, value in changes.added.items():
        _put(fields, name, value, over=True)
    return fields


def _url_fields(metadata: Metadata, front: FrontMatter, url: str | None) -> Iterator[tuple[str, Any]]:
    """Yield the fields that set a post's URL on the new site, its file there, and its old URL."""
    if front.url and metadata.draft and front.draft_url == "false":
        yield front.url, False
    elif front.url and url and not (metadata.draft and front.draft_url == "none"):
        yield front.url, url.lstrip("/") if front.file else url
        if front.file:
            yield front.file, url.strip("/") + "/index.html"
    if front.aliases and url and (old := old_path(metadata.canonical_url)) and not _is_taken(old, url):
        yield front.aliases, [old]


def _is_taken(old: str, url: str) -> bool:
    """Return True if a post has this URL on the new site: this one, or another, so that this one got `/post/a-2/`."""
    return re.fullmatch(re.escape(old.strip("/")) + r"(?:-\d+)?", url.strip("/")) is not None


def _with_forms(metadata: Metadata, front: FrontMatter) -> dict[str, Any]:
    """Return the known fields under the names of unwix, with values in the target's forms."""
    known = metadata.as_dict()
    if front.needs_title and "title" not in known and metadata.slug:
        known = {"title": metadata.slug, **known}
    for name in ("date", "updated"):
        if name in known:
            known[name] = Moment(_date(known[name], front.dates))
    if known.get("draft") is False:
        del known["draft"]
    known = _with_list_forms(known, front)
    for name in front.html & known.keys():
        known[name] = _each(known[name], html.escape if name == "description" else _text)
    for name in front.markdown & known.keys():
        known[name] = _each(known[name], lambda text: re.sub(r"[\\`*_\[\]<&{]", lambda m: f"&#{ord(m[0])};", text))
    return known


def _with_list_forms(known: dict[str, Any], front: FrontMatter) -> dict[str, Any]:
    """Return the fields with categories, tags and authors in the target's forms."""
    if front.one_category and known.get("categories"):
        first, *more = known["categories"]
        known = {k: v for name, v in known.items() for k, v in _categories(name, v, first, bool(more))}
    for name in front.listed & known.keys():
        known[name] = [[value] for value in known[name]]
    if front.single_word_tags and "tags" in known:
        known["tags"] = [word for tag in known["tags"] if (word := _tag_word(tag))]
    if front.one_author and len(known.get("authors", [])) == 1:
        known["authors"] = known["authors"][0]
    return known


def _categories(name: str, value: Any, first: str, more: bool) -> list[tuple[str, Any]]:
    if name != "categories":
        return [(name, value)]
    return [("category", first), ("categories", value)] if more else [("category", first)]


def _text(text: str) -> str:
    """Return text for use in HTML. “Food & Drink” is unchanged, because some themes escape it, too."""
    is_plain = html.unescape(text) == text and not re.search(r"<[a-zA-Z/!?]", text)
    return text if is_plain else html.escape(text, quote=False)


def _each(value: Any, change: Any) -> Any:
    return [change(text) for text in value] if isinstance(value, list) else change(value)


def _date(text: str, form: str) -> str:
    """Return a date in the target's form: unchanged, or without time zone and fractions of a second."""
    if form == "iso" or len(text) <= 10:
        return text
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return moment.strftime("%Y-%m-%dT%H:%M:%S")  # the time in the blog's time zone


def _tag_word(tag: str) -> str:
    """Return a tag for Obsidian: letters, digits, `_`, `-` and `/`, and not only digits."""
    word = re.sub(r"[^\w/-]+", "-", tag.strip()).strip("-/")
    return f"_{word}" if word and not re.search(r"[^\W\d]", word) else word


def old_path(url: str | None) -> str | None:
    """Return the decoded path of an old URL; None for the front page and for text that is not a URL."""
    if not url:
        return None
    path = unquote(split_url(url).path)
    clean = re.sub(r"[\x00-\x20\x7f]|/\.{1,2}(?=/|$)", "", re.sub("/{2,}", "/", path))
    return clean if clean.startswith("/") and clean != "/" else None


def _put(fields: dict[str, Any], name: str, value: Any, over: bool = False) -> None:
    """Put a value under a name: `a.b` nests, `a[]` makes a list of it, "" leaves it out."""
    if not name:
        return
    if name.endswith("[]"):
        name, value = name[:-2], [value]
    *tables, last = name.split(".")
    for table in tables:
        inner = fields.setdefault(table, {})
        if not isinstance(inner, dict):
            return
        fields = inner
    if over:
        fields[last] = value
    else:
        fields.setdefault(last, value)
