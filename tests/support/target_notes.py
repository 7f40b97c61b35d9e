"""What docs/targets.md says of each target in words; the tables beside it are made from the code."""

from __future__ import annotations

HEAD = """# Targets

Made by `tests/docs/test_targets_doc.py` from the files in `writers/targets/` and one small document of each kind.

`unwix convert SOURCE -o SITE --to NAME` writes posts as a site generator wants them; `SITE` is the folder of the site's
project. Nothing that is there is overwritten: a file that you have edited stays, and the new text is put beside it.

* `--path '{year}/{slug}'` names the files otherwise, below the generator's own folder (`{base}` in the table);
  `{slug}` `{title}` `{date}` `{year}` `{month}` `{day}` `{lang}` `{category}` `{author}` may stand in it. Whatever a post
  says, its file stays in that folder.
* `--field date:created,tags:topics` renames fields (by the names of [front matter](front-matter.md)), `views:` drops one,
  `layout=post` adds one; `extra.toc=true` nests.
* Addresses are those of the files, so that links and redirects can be told before the site is built. Where a generator
  lets a post say its address, it says it. Blogs on Wix have their posts under `/post/`, and so they keep their addresses
  where the new site may have them.
* `comments` (a number) is `comment_count`, since some themes turn comments on by a field `comments`; `canonical_url` is
  `original_url`, since a canonical address of the old site would keep the new one out of search engines.
* **Languages.** Posts of other languages get folders or endings of their own when the blog has them on purpose: when
  translations share an id, when Wix gave the language addresses of its own (`/de/post/…`, `de.…`, `?lang=de`), or when
  `--main-language` names the blog's.
* **Fidelity** holds for every target: what was written is read back, its shortcodes and attributes too.
"""

#: For each target what its owner should know.
NOTES = {
    "markdown": "Plain Markdown that reads well as text: [what becomes of each block](blocks.md). Links stay as they are.",
    "hugo": """Works with Hugo's defaults (0.111 and later): page bundles, its own `figure`, `youtube` and `vimeo`. Hugo drops HTML in
Markdown, so what has no Markdown is in the shortcode `rawhtml`, which is written to `layouts/shortcodes/rawhtml.html`
when a post needs it. Shortcodes in the author's text are quoted as Hugo wants (`{{</* … */>}}`). Old addresses that
differ are `aliases`. Translations are `index.LANGUAGE.md` with a common `translationKey`; `hugo.toml` must name the
languages (`[languages.de]`), the blog's main one as `defaultContentLanguage`.""",
    "jekyll": """Works with Jekyll 4 and GitHub Pages' 3.10, kramdown with GFM. `{{` and `{%` of the author's text stand in `{% raw %}`. Each
post says its address (`permalink`), so `_config.yml` may say what it wants. `redirect_from` is read by the plugin
jekyll-redirect-from. Drafts are `published: false`. A post without a date cannot stand in `_posts` and becomes a page.
Jekyll copies every file: put `exclude: [report.json, media.json]` into `_config.yml`.""",
    "astro": """A content collection, in `.md` rather than `.mdx`: Markdown needs no escapes for braces and `<`, and reads the same without
an integration. The names are those of Astro's own blog template. Its `src/content.config.ts` asks for a `description`
and a local `heroImage`; posts may have none, so say `description: z.string().optional()` and
`heroImage: z.string().optional()`. Drafts go to `drafts/`, outside of the collection.""",
    "eleventy": """Works with Eleventy 3 and its Liquid or Nunjucks: `{{`, `{%` and `{#` of the author's text stand in `{% raw %}`. The input
folder is `content`, as in Eleventy's base blog; a layout comes from a data file (`content/post/post.json`) or
`--field layout=post.njk`. Drafts have `permalink: false` and are not built. Copy the media with
`eleventyConfig.addPassthroughCopy({ "public": "/" })`.""",
    "obsidian": """Notes at the top of the vault, named by their titles. Tags are single words; dates are what Obsidian's date fields take.
Collapsible lists are folded callouts, or headings where their title is one; films are embeds.""",
    "pelican": """Works with Pelican 4 and its defaults: `Key: value` lines, HTML in titles escaped (themes print them as HTML). Pelican has one
category a post: the first; all of them are in `Categories`. Each post says its file and address. A post without a date
becomes a page. Translations have the slug of the post that they translate, and their `Lang`.""",
    "mkdocs": """Works with MkDocs' defaults. MkDocs sets right addresses in Markdown only, so pictures stay Markdown, and galleries are
pictures. Drafts go to `drafts/`, outside of `docs/`.""",
    "zola": """Page bundles with TOML. Zola refuses a taxonomy that `config.toml` does not name: add
`taxonomies = [{name = "categories"}, {name = "tags"}]`, or use `--field categories:extra.categories,tags:extra.tags`.
Everything Zola has no field for is under `[extra]`. Translations are `index.LANGUAGE.md` in the folder of the post that
they translate, and `config.toml` must name the languages.""",
}

IMPORT_HEAD = """
# Blog systems

WordPress and Ghost take no Markdown files: their target is one file that they import. `report.json` lists its posts as
`wordpress.xml!/slug`. Nothing but the file is theirs: `--path`, `--field`, `--sidecar`, `--comments` and `--review` mean
nothing here, and are refused. `--links`, `--base-url` and `--address` say where posts will be, as for all targets; the usual
addresses are those of a new installation. [Moving](moving.md) has the steps one by one.

* **Fidelity**: the HTML in the file is held against the source like all Markdown. Tests put it through Ghost's own
  converter and editor, and through WordPress's own making of paragraphs, and hold what comes out against it. No test has
  run the two systems themselves.
* A post without a date gets none, and the system gives it the day of the import.
* A draft stays a draft, a scheduled post becomes one. A post for paying readers is `private` in WordPress and `paid` in
  Ghost, so that nobody reads it by mistake.
* Counters (views, likes), translations of each other and comments are not in the file.
"""

#: For each blog system what its owner should know.
IMPORT_NOTES = {
    "wordpress": """`wordpress.xml`, in WordPress's own export format (WXR 1.2): Tools → Import → WordPress. Choose “Download and import file
attachments” there: each picture is an attachment, WordPress downloads the original from Wix's servers and refers to its
copy, so import before the old site goes. Films, sounds and files that were uploaded to Wix stay there. Authors are
users that you may map to your own; of several authors of a post WordPress takes the first. The description is the excerpt,
hashtags are tags. The text is HTML without blocks (the editor shows it as “Classic”, and converts it on demand); `[` is
written as `&#91;`, as WordPress would take `[gallery]` in the author's text for a shortcode. SEO titles belong to plugins
and are not in the file. A server may refuse large uploads: `--since` and `--until` make several files.""",
    "ghost": """`ghost.json`, in Ghost's import format (Ghost 5 and later): Settings → Import/Export. With `--media copy` the pictures, films
and files are in `content/images/`; pack both into a ZIP, without `report.json`, and import that:

```
zip -qr ghost.zip ghost.json content
```

Without, posts refer to Wix's servers. What Ghost's editor has no block for (tables, collapsibles, players, marks of what
is missing) is an HTML card, whole. Categories and tags are tags, the first of them the primary one. Ghost wants an e-mail
address of each author: `NAME@authors.invalid`, which is nobody's; change it, or give the posts to others. Such users are
contributors and cannot log in. A description beyond 300 characters is the meta description instead of the excerpt; what is
longer than Ghost takes (meta description 500, alternative text of the cover 191) is left out.""",
}
