"""Describe a target as data: paths of its files, front matter, flavor of Markdown and URLs.

Each module in `targets/` and its packages defines one `TARGET`; the registry finds it by the name of the module.
`path`, `undated` and `drafts` are patterns of `blog/paths.py`: `{slug}`, `{title}`, `{year}`, `{date}`, `{lang}` …;
`{lang}` is empty for the blog's main language, and empty parts of a path are left out.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import unquote

from msgspec import Struct, field

from .markdown.flavor import MarkdownFlavor
from .slugs import ascii_slug

if TYPE_CHECKING:
    from .import_files.import_format import ImportFormat
    from .import_files.import_html import ImportHtml

#: The names of two fields for every target but `markdown`: `comments: 0` would turn comments on in some themes, and a
#: `canonical_url` of the old site would keep the new one out of search engines.
USUAL_NAMES = {"comments": "comment_count", "canonical_url": "original_url"}
#: Names of fields for generators whose templates are written in JavaScript.
CAMEL_CASE_NAMES = {
    **USUAL_NAMES, "slug": "", "cover": "image", "cover_alt": "imageAlt", "language": "lang",
    "translation_id": "translationKey",
}  # fmt: skip

#: The prefix of a link to another note in an article: `wiki:file.md#heading` (`links="wiki"`).
WIKI = "wiki:"


class FrontMatter(Struct, frozen=True):
    """The form in which a generator reads the fields of a post."""

    format: Literal["yaml", "toml", "meta"] = "yaml"
    """`yaml` between `---`, `toml` between `+++`, `meta`: `Key: value` lines as Python-Markdown reads them."""
    names: Mapping[str, str] = field(default_factory=dict)
    """The field of unwix → the generator's. `a.b` nests, `a[]` makes a list of one value, "" leaves the field out."""
    dates: Literal["iso", "local"] = "iso"
    """`local`: without time zone and fractions of a second, for programs that accept no others (Obsidian)."""
    draft: tuple[str, Any] = ("draft", True)
    """The field and the value that prevent the publication of a draft."""
    fixed: Mapping[str, Any] = field(default_factory=dict)
    """Fields of every post, with their values."""
    url: str | None = None
    """The field that sets the post's URL, if the generator has one."""
    file: str | None = None
    """The field that sets the file into which the page is built (Pelican, whose themes put a `/` before URLs)."""
    aliases: str | None = None
    """The field of old URLs, which the generator itself redirects."""
    html: frozenset[str] = frozenset()
    """Fields that themes print as HTML; their `<` and `&` are written as character references."""
    markdown: frozenset[str] = frozenset()
    """Fields that the generator reads as Markdown."""
    single_word_tags: bool = False
    """Tags are single words (Obsidian)."""
    needs_title: bool = False
    """The generator refuses a post without a title, so that such a post gets its slug as title."""
    shared_slugs: bool = False
    """Translations have the slug of the post that they translate (Pelican)."""
    draft_url: Literal["same", "none", "false"] = "same"
    """The URL field of a draft: as for other posts, left out, or `false`, which prevents that it is built."""
    one_category: bool = False
    """The generator accepts one category; all of them are also in `categories` (Pelican)."""
    listed: frozenset[str] = frozenset()
    """Fields of several values, each of which is written as a list of its own (Hexo's categories)."""
    one_author: bool = False
    """A single author is a string, not a list."""
    with_local_cover: Mapping[str, Any] = field(default_factory=dict)
    """Fields of posts whose cover is a local file."""


class SupportFile(Struct, frozen=True):
    """A small file that the posts of a target need. It never replaces a file of the user."""

    path: str
    """The path below OUTPUT."""
    text: str
    needed_by: str = ""
    """Text in a post's body that requires the file; empty: every post requires it."""


class RecordForm(Struct, frozen=True):
    """The form of a post as a JSON record: its metadata, its texts and the result of the conversion."""

    html: type[ImportHtml] | None = None
    """The form of the HTML body in the record; None leaves it out."""
    indent: int | None = None
    """The indentation of the JSON; None: the record is one line."""


class SitePages(Struct, frozen=True):
    """The pages of a built site besides posts, by the generator's starter or its defaults."""

    patterns: Mapping[str, str] = field(default_factory=dict)
    """Kind of page (`category`, `tag`, `author`, `home`, `feed`; `post` overrides the target's pattern) → its path;
    `{name}` is the term as the generator spells it. The site has no page of a kind that is missing."""
    slug: Callable[[str], str | None] = ascii_slug
    static: str = ""
    """The directory below OUTPUT whose files are copied to the site unchanged."""
    author_slug: Callable[[str], str | None] | None = None
    """The function for slugs of authors, if it differs from that of categories."""


class Target(Struct, frozen=True):
    """A destination of posts: a site generator, an application or a blog system."""

    name: str
    path: str
    """The pattern of a post's file below OUTPUT; default of `--path`."""
    front: FrontMatter
    flavor: MarkdownFlavor
    url: str
    """A post's URL path on the built site: `{place}` is its file's path below `base`, without date and extension."""
    pages: SitePages = field(default_factory=SitePages)
    undated: str | None = None
    """The file of a post without a date, if `path` or the generator needs one."""
    drafts: str | None = None
    """The file of an unpublished post, for generators without a field for drafts: a directory that they do not read."""
    media: str = "media"
    """Directory of the media below OUTPUT; "" with media_in="bundle"."""
    images: str | None = None
    """Directory of the images, if it is not `media`."""
    cover_as_path: bool = False
    """The cover is stated as the path of its file relative to the post's file, instead of as its URL."""
    media_in: Literal["folder", "bundle"] = "folder"
    """`bundle`: in the post's own directory, next to the post."""
    media_url: str = "{relative}"
    """How a post refers to a media file: a path with `{relative}` (from the post's file) or `{name}`, both
    percent-encoded, or `{file}`, the name without encoding."""
    links: Literal["relative", "absolute", "wiki", "keep"] = "absolute"
    """Default of `--links`."""
    links_between: Literal["urls", "files"] = "urls"
    """What a link to another post states: its URL, or its file, which the generator resolves."""
    shows_title: bool = False
    """The usual themes show the title as a heading of level 1: headings of the body are one level lower."""
    title_heading: bool = False
    """The usual themes show no title: the body begins with it as a heading of level 1."""
    draws_cover: bool = False
    """The usual themes show the cover above the post: it is not repeated as the first image of the body."""
    support_files: tuple[SupportFile, ...] = ()
    base: str = ""
    """The directory below OUTPUT to which a user's `--path` is relative, unless it names that directory itself."""
    dated: bool = False
    """A post's file name must begin with its date (Jekyll)."""
    shared_bundles: bool = False
    """Translations of a post are files in one directory, and are recognized as translations only there (Zola)."""
    names: Literal["url", "file"] = "url"
    """`file`: characters that no file name allows are removed from a slug; `url`: those that no URL allows."""
    slug: Callable[[str], str | None] | None = None
    """A further change to the slugs of posts, for systems that do not accept all letters."""
    import_format: ImportFormat | None = None
    """For a system that imports all posts as one file: the form of the file and of its posts."""

    record: RecordForm | None = None
    """For targets whose posts are JSON records instead of Markdown with front matter."""

    @property
    def suffix(self) -> str:
        """The extension of a post's file with the dot; empty if a post has no file of its own."""
        return "" if self.file else self.path[self.path.rindex(".") :]

    @property
    def file(self) -> str | None:
        """The one file that contains all posts, or None; a post's path begins with it."""
        return self.import_format.file if self.import_format else None

    def plain_markdown(self, file_body: str) -> str:
        """Return the text of a post's file below the front matter as plain Markdown, without a title heading."""
        body = _TITLE_HEADING.sub(r"\1\n", file_body) if self.title_heading else file_body
        return self.flavor.to_plain_markdown(body)

    def needed_files(self, body: str) -> tuple[str, ...]:
        """Return the paths of the support files that a post with this body needs."""
        return tuple(file.path for file in self.support_files if file.needed_by in body)

    def support_text(self, path: str) -> str:
        """Return the text of a support file."""
        return next(file.text for file in self.support_files if file.path == path)


#: The heading that states the title (`title_heading`). A body has no other heading of level 1.
_TITLE_HEADING = re.compile(r"\A(\s*)(?:# [^\n]*|<h1>[^\n]*</h1>)\n(?=\n|\Z)")
#: Files that image plugins of generators process.
_IMAGE_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg)$", re.I)


def media_folder(target: Target, name: str) -> str:
    """Return the directory below OUTPUT of a media file, if media are not next to the posts."""
    return target.images if target.images is not None and _IMAGE_FILE.search(name) else target.media


def cover_path(target: Target, output: str, cover: str) -> str:
    """Return the cover of the post in the file `output` as the target states it; `cover` is its URL."""
    before, sign, _ = target.media_url.partition("{name}")
    if not target.cover_as_path or not sign or not cover.startswith(before):
        return cover
    name = unquote(cover.removeprefix(before))
    return posixpath.relpath(posixpath.join(media_folder(target, name), name), posixpath.dirname(output) or ".")


def url_path(target: Target, output: str) -> str:
    """Return the URL path from the site's root of the post in the file `output`; it depends only on that path."""
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
