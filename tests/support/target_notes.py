"""The introductions of docs/targets.md; the rest comes from the docstrings of the targets and from the code."""

from __future__ import annotations

HEAD = """# Targets

Made by `tests/docs/test_targets_doc.py` from the files in `writers/targets/` and one small document of each kind.

`unwix convert SOURCE -o SITE --to NAME` writes posts as a site generator needs them; `SITE` is the directory of the site's
project. Nothing there is overwritten: a file that you have edited stays, and the new text is written next to it.

* `--path '{year}/{slug}'` names the files otherwise, below the generator's own directory (`{base}` in the table). It may
  contain `{slug}` `{title}` `{date}` `{year}` `{month}` `{day}` `{lang}` `{category}` `{author}`. Whatever a post contains,
  its file stays in that directory.
* `--field date:created,tags:topics` renames fields (by the names of [front matter](front-matter.md)), `views:` leaves one
  out, `layout=post` adds one, `layout?=post` only where it is missing; `extra.toc=true` nests.
* `--theme NAME` does this for a theme or starter, and writes the small files that it needs: see [Themes](#themes).
* URLs follow from the files, so that links and redirects are known before the site is built. Where a generator lets a post
  set its URL, the post sets it. Blogs on Wix have their posts under `/post/`; they keep these URLs where the new site
  allows it.
* `comments` (a number) is `comment_count`, because some themes turn comments on by a field `comments`; `canonical_url` is
  `original_url`, because a canonical URL of the old site would keep the new one out of search engines.
* **Languages.** Posts in other languages get directories or extensions of their own when the blog has them on purpose: when
  translations share an id, when Wix gave the language URLs of its own (`/de/post/…`, `de.…`, `?lang=de`), or when
  `--main-language` names the blog's.
* **Fidelity** is checked for every target: what was written is read back, with its shortcodes and attributes.
"""

IMPORT_HEAD = """
# Systems that import one file

These systems take no Markdown files: their target is one file that they import, for WordPress sometimes several.
`report.json` lists its posts as `wordpress.xml!/slug`. `--path`, `--field`, `--sidecar` and `--review` apply to files of
posts and are refused here. `--links`, `--base-url` and `--permalink` define where posts will be, as for all targets; the
default URLs are those of a new installation. [Moving](moving/index.md) has the steps one by one.

* **Fidelity**: the HTML in the file is compared with the source like all Markdown. Tests put it through Ghost's own converter
  and editor and through WordPress's own editor, which finds every block valid, and import it into both systems; in a
  browser, images, tables and players stay inside the column of text on a phone and on a large screen.
* The importer plugin of WordPress and the plugin Redirection are in no package registry. The tests import by WordPress's own
  functions, in the order of the importer, and hold the redirects against the documented form.
* A post without a date gets none, and the system gives it the day of the import.
* A draft stays a draft. A post for paying readers is `private` in WordPress and `paid` in Ghost, so that nobody reads it by
  mistake.
* Counters (views, likes) and translations of each other are not in the file. Comments are in WordPress's with `--comments`.
"""

RECORD_HEAD = """
# Records for programs

For search indexes, language models, scripts, and systems without a target of their own: each post is one JSON record.
`--review` needs Markdown files and is refused here.
"""

PROOF_HEAD = """
## What is proven

● a test puts the samples into the real program and looks at what it shows; the test declares this mark and fails if it has
not looked (`tests/support/proofs.py`). ○ it is written by the documented rule. – the destination has no such thing.

"""

#: The fields for which a destination has no place.
MISSING: dict[str, str] = {
    "obsidian": "redirects",
    "markdown": "redirects",
    "json": "redirects",
    "jsonl": "redirects",
    "sanity": "redirects",
}

THEMES_HEAD = """
## Themes

`unwix convert SOURCE -o SITE --theme NAME`. Files are written where there are none; yours stay.

| theme | target | fields | posts in | files |
| --- | --- | --- | --- | --- |
"""
