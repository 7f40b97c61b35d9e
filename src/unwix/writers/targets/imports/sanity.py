"""Sanity: documents with Portable Text, one NDJSON file for `sanity dataset import`.

```
sanity dataset import sanity production --replace
```

imports the directory `sanity/` into the dataset `production`; with `--replace` a second import replaces the first. The
file contains documents of the types `post`, `author` and `category`, with the fields of the blog in Sanity's
documentation, and `coAuthors`, `tags`, `excerpt`, `seo`, `language` and `originalUrl`. Ids are the same in each run; a
draft has the id of a draft. The import uploads the images: from Wix, so import before the old site goes, or with
`--media copy` from `sanity/media/`.

The schema of all types is in `sanity/schema.ts`. Text is `block` with the marks `strong`, `em`, `code`, `underline`,
`strike-through`, `sup`, `sub` and the annotation `link`; lists are blocks with levels, with `checked` in check lists.
Other types: `image` (`alt`, `caption`, `href`), `gallery` (`items`), `embed` (`kind`, `url` or `file`, `title`,
`caption`), `button`, `file`, `code`, `divider`, `table` (`rows` of `cells` with blocks), `details` (`summary`,
`content`), `quote` and `list` for those that blocks cannot express, `missing` for placeholders. A heading that links
lead to has an `id`.
"""

from __future__ import annotations

import json
from pathlib import Path

from ...import_files.import_format import ImportFormat
from ...import_files.import_html import ImportHtml
from ...import_files.portable_html import portable_html
from ...import_files.portable_text import portable_text
from ...import_files.read_back import sanity_posts
from ...import_files.sanity_ndjson import sanity_ndjson
from ...markdown.flavor import MarkdownFlavor
from ...target import FrontMatter, SitePages, SupportFile, Target

#: The schema of the documents for Sanity Studio.
_SCHEMA = Path(__file__).parents[2] / "import_files" / "sanity_schema.ts"

TARGET = Target(
    "sanity",
    path="sanity/data.ndjson!/{slug}",
    base="sanity/data.ndjson!",
    front=FrontMatter(),
    flavor=MarkdownFlavor("import"),
    url="/post/{place}",
    pages=SitePages({"home": "/"}, static="redirects"),
    media="sanity/media",
    media_url="media/{name}",
    support_files=(SupportFile("sanity/schema.ts", _SCHEMA.read_text(encoding="utf-8")),),
    import_format=ImportFormat(
        "sanity/data.ndjson",
        ImportHtml,
        sanity_ndjson,
        posts=sanity_posts,
        body=lambda article: json.dumps(portable_text(article), ensure_ascii=False),
        read_back=portable_html,
    ),
)
