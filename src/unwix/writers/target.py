"""The description of a target, as data: where files go, which fields a post has, how its Markdown and its URLs look.

Each module in `targets/` (and `targets/imports/`) defines one `TARGET`; the registry there finds it by its name.
`path`, `undated` and `drafts` are patterns of `blog/paths.py`: `{slug}`, `{title}`, `{year}`, `{date}`, `{lang}` …;
`{lang}` is empty for the blog's main language, and an empty part of a path is left out.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import unquote

from .markdown.flavor import MarkdownFlavor
from .slugs import ascii_slug

if TYPE_CHECKING:
    from .import_files.import_format import ImportFormat
    from .import_files.import_html import ImportHtml

#: The names that every target but `markdown` gives to two of our fields: `comments: 0` would turn comments on in some
#: themes, and a `canonical_url` of the old site would keep the new one out of search engines.
USUAL_NAMES = {"comments": "comment_count", "canonical_url": "original_url"}
#: The names of generators whose templates are written in JavaScript.
CAMEL_CASE_NAMES = {
    **USUAL_NAMES, "slug": "", "cover": "image", "cover_alt": "imageAlt", "language": "lang",
    "translation_id": "translationKey",
}  # fmt: skip

#: How a link to another note stands in an article: `wiki:file.md#heading` (`links="wiki"`).
WIKI = "wiki:"


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """How a generator wants the fields of a post."""

    format: Literal["yaml", "toml", "meta"] = "yaml"
    """`yaml` between `---`, `toml` between `+++`, `meta`: `Key: value` lines as Python-Markdown reads them."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Our field → the generator's. `a.b` nests, `a[]` makes a list of one value, "" leaves the field out."""
    dates: Literal["iso", "local"] = "iso"
    """`local`: without zone and fractions, for readers that take no others (Obsidian)."""
    draft: tuple[str, Any] = ("draft", True)
    """The field and the value that keep a post from being published."""
    fixed: Mapping[str, Any] = field(default_factory=dict)
    """Fields that every post has."""
    url: str | None = None
    """The field that sets the post's URL, where the generator has one."""
    file: str | None = None
    """The field that names the file the page is built into (Pelican, whose themes put a `/` before URLs)."""
    aliases: str | None = None
    """The field of old URLs from which the generator itself redirects."""
    html: frozenset[str] = frozenset()
    """Fields that themes print as HTML: `<` and `&` are written as character references."""
    markdown: frozenset[str] = frozenset()
    """Fields that the generator reads as Markdown."""
    single_word_tags: bool = False
    """Tags are single words (Obsidian)."""
    needs_title: bool = False
    """The generator refuses a post without a title: such a post gets its slug as title."""
    shared_slugs: bool = False
    """Translations have the slug of the post that they translate (Pelican)."""
    draft_url: Literal["same", "none", "false"] = "same"
    """The URL field of a draft: as usual, left out, or `false`, which keeps it from being built."""
    one_category: bool = False
    """The generator takes one category; all of them are in `categories` too (Pelican)."""
    listed: frozenset[str] = frozenset()
    """Fields of several values, each of which is a list of its own (Hexo's categories)."""
    one_author: bool = False
    """A single author is a string, not a list."""
    with_local_cover: Mapping[str, Any] = field(default_factory=dict)
    """Fields of posts whose cover is a copied file."""


@dataclass(frozen=True, slots=True)
class SupportFile:
    """A small file that posts of a target need next to them. It never replaces a file of the owner's."""

    path: str
    """Below OUTPUT."""
    text: str
    needed_by: str = ""
    """Text in a post's body that needs the file; empty: every post needs it."""


@dataclass(frozen=True, slots=True)
class RecordForm:
    """How a post is written as a JSON record: its metadata, its texts and the result of the conversion."""

    html: type[ImportHtml] | None = None
    """The HTML of the body in the record; None leaves it out."""
    indent: int | None = None
    """None: the record is one line."""


@dataclass(frozen=True, slots=True)
class SitePages:
    """The pages that a built site has next to its posts, as the generator's own starter or defaults make them."""

    patterns: Mapping[str, str] = field(default_factory=dict)
    """Kind of page (`category`, `tag`, `author`, `home`, `feed`; `post` overrides the target's own) → its path;
    `{name}` is the term as the generator spells it. A kind that is missing has no page."""
    slug: Callable[[str], str | None] = ascii_slug
    static: str = ""
    """The directory below OUTPUT whose files are copied to the site as they are."""
    author_slug: Callable[[str], str | None] | None = None
    """The slug of an author, where it is another one than that of a category."""


@dataclass(frozen=True, slots=True)
class Target:
    """One destination of posts."""

    name: str
    path: str
    """A post's file below OUTPUT; default of `--path`."""
    front: FrontMatter
    flavor: MarkdownFlavor
    url: str
    """A post's URL path on the built site: `{place}` is its file's path below `base`, without date and extension."""
    pages: SitePages = field(default_factory=SitePages)
    undated: str | None = None
    """The file of a post that has no date, where `path` or the generator needs one."""
    drafts: str | None = None
    """The file of an unpublished post, where the generator has no field for drafts: it does not look there."""
    media: str = "media"
    """Directory of the media below OUTPUT; "" with media_in="bundle"."""
    images: str | None = None
    """Directory of the images, where it is not `media`."""
    cover_as_path: bool = False
    """The cover is named by the path of its copied file, from the post's file, instead of its URL."""
    media_in: Literal["folder", "bundle"] = "folder"
    """`bundle`: next to the post, in its own directory."""
    media_url: str = "{relative}"
    """How a post refers to a media file: a path with `{relative}` (from the post's file) or `{name}`, both
    percent-encoded, or `{file}`, the name as it is."""
    links: Literal["relative", "absolute", "wiki", "keep"] = "absolute"
    """Default of `--links`."""
    links_between: Literal["urls", "files"] = "urls"
    """What a link to another post names: its URL, or its file, which the generator resolves."""
    shows_title: bool = False
    """The usual themes show the title as heading of level 1: headings of the body are one level lower."""
    title_heading: bool = False
    """The usual themes show no title: the text begins with it, as heading of level 1."""
    draws_cover: bool = False
    """The usual themes show the cover above the post: it is not repeated as the first image of the body."""
    support_files: tuple[SupportFile, ...] = ()
    base: str = ""
    """The directory below OUTPUT that a user's `--path` is put under, unless it names that directory itself."""
    dated: bool = False
    """A post's file name must begin with its date (Jekyll)."""
    shared_bundles: bool = False
    """Translations of a post are files in one directory, and are known as translations only by that (Zola)."""
    names: Literal["address", "file"] = "address"
    """`file`: a slug is kept as far as a file name allows; `address`: as far as a URL allows."""
    slug: Callable[[str], str | None] | None = None
    """A further change to the slugs of posts, for systems that accept not all letters."""
    import_format: ImportFormat | None = None
    """For a system that imports all posts as one file: how that file and its posts are written."""

    record: RecordForm | None = None
    """For targets whose posts are JSON records instead of Markdown with front matter."""

    @property
    def suffix(self) -> str:
        """The extension of a post's file, with the dot; empty if a post has no file of its own."""
        return "" if self.file else self.path[self.path.rindex(".") :]

    @property
    def file(self) -> str | None:
        """The one file that holds all posts, or None; a post's own path begins with it."""
        return self.import_format.file if self.import_format else None

    def plain_markdown(self, file_body: str) -> str:
        """Return the text of a post's file below the front matter as plain Markdown, without the title."""
        body = _TITLE_HEADING.sub(r"\1\n", file_body) if self.title_heading else file_body
        return self.flavor.to_plain_markdown(body)

    def needed_files(self, body: str) -> tuple[str, ...]:
        """Return the paths of the support files that a post with this body needs."""
        return tuple(file.path for file in self.support_files if file.needed_by in body)

    def support_text(self, path: str) -> str:
        """Return the text of a support file."""
        return next(file.text for file in self.support_files if file.path == path)


#: The heading that is written for the title (`title_heading`). A body has no other of level 1.
_TITLE_HEADING = re.compile(r"\A(\s*)(?:# [^\n]*|<h1>[^\n]*</h1>)\n(?=\n|\Z)")
#: Files that image plugins of generators process.
_IMAGE_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg)$", re.I)


def media_folder(target: Target, name: str) -> str:
    """Return the directory below OUTPUT of a media file with this name, where media are not next to the posts."""
    return target.images if target.images is not None and _IMAGE_FILE.search(name) else target.media


def cover_path(target: Target, output: str, cover: str) -> str:
    """Return the cover of the post in the file `output` as the target names it; `cover` is its URL."""
    before, sign, _ = target.media_url.partition("{name}")
    if not target.cover_as_path or not sign or not cover.startswith(before):
        return cover
    name = unquote(cover.removeprefix(before))
    return posixpath.relpath(posixpath.join(media_folder(target, name), name), posixpath.dirname(output) or ".")


def url_path(target: Target, output: str) -> str:
    """Return the URL path, from the site's root, of the post in the file `output`; it follows from the path alone."""
    pattern = target.url
    place = output.removesuffix(target.suffix)
    if target.base:
        inside = place.removeprefix(target.base + "/")
        pattern, place = (pattern, inside) if inside != place else ("/{place}/", place)
    folder, _, name = place.rpartition("/")
    if target.dated:
        name = re.sub(r"^\d{4}-\d\d-\d\d-", "", name)
    index, _, language = name.partition(".")
    parts = [language, folder] if index == "index" and target.media_in == "bundle" else [folder, name]
    return pattern.format(place="/".join(part for part in parts if part))
