"""Score converters on generated Wix posts: words, order, headings, links, images, captions, lists, tables, metadata.

`python benchmarks/quality.py` prints a table of means (1 is best). Contenders that are not installed are left out
(`pip install -e '.[bench]'` and `npm install --prefix benchmarks defuddle jsdom` install all).
The posts and their truth come from quality_posts.py, which knows nothing about unwix.
"""

from __future__ import annotations

import argparse
import io
import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from importlib import metadata
from pathlib import Path

import cmarkgfm
import yaml
from cmarkgfm.cmark import Options
from lxml import html as lxml_html
from rapidfuzz.distance import LCSseq

from quality_posts import Truth, generate

Convert = Callable[[bytes], str]
MEASURES = "words order headings links images captions lists tables embeds metadata".split()


# ---- contenders -----------------------------------------------------------------------------------------------------


def with_unwix() -> Convert:
    from unwix.model.page import Page
    from unwix.run.steps import convert_page

    return lambda raw: convert_page(Page("page", data=raw)).posts[0].text


def with_script() -> Convert:
    """The usual home-made script: the element of the post, and markdownify."""
    from bs4 import BeautifulSoup
    from markdownify import MarkdownConverter

    def convert(raw: bytes) -> str:
        body = BeautifulSoup(raw, "lxml").select_one("[data-hook=post-description]")
        return str(MarkdownConverter(heading_style="ATX").convert_soup(body))

    return convert


def with_trafilatura() -> Convert:
    import trafilatura

    return lambda raw: (
        trafilatura.extract(
            raw.decode(),
            output_format="markdown",
            with_metadata=True,
            include_links=True,
            include_images=True,
            include_tables=True,
        )
        or ""
    )


def with_readability() -> Convert:
    from markdownify import markdownify
    from readability import Document

    return lambda raw: str(markdownify(Document(raw.decode()).summary(), heading_style="ATX"))


def with_markitdown() -> Convert:
    from markitdown import MarkItDown

    converter = MarkItDown()
    return lambda raw: converter.convert_stream(io.BytesIO(raw), file_extension=".html").markdown


def with_html_to_markdown() -> Convert:
    import html_to_markdown

    def convert(raw: bytes) -> str:
        result = html_to_markdown.convert(raw.decode())
        return result if isinstance(result, str) else str(getattr(result, "content", result))

    return convert


def with_defuddle() -> Convert:
    """Defuddle of npm: `npm install --prefix benchmarks defuddle jsdom`. Raises ImportError where it is missing."""
    if shutil.which("node") is None or not _DEFUDDLE.is_file():
        raise ImportError
    script = Path(__file__).with_name("defuddle.mjs")
    node = subprocess.Popen(["node", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def convert(raw: bytes) -> str:
        assert node.stdin is not None
        assert node.stdout is not None
        node.stdin.write(json.dumps(raw.decode()) + "\n")
        node.stdin.flush()
        return str(json.loads(node.stdout.readline()))

    return convert


_DEFUDDLE = Path(__file__).with_name("node_modules") / "defuddle" / "package.json"
CONTENDERS: dict[str, tuple[str, Callable[[], Convert]]] = {
    "unwix": ("unwix", with_unwix),
    "selector script (bs4 + markdownify)": ("markdownify", with_script),
    "trafilatura": ("trafilatura", with_trafilatura),
    "readability-lxml + markdownify": ("readability-lxml", with_readability),
    "markitdown": ("markitdown", with_markitdown),
    "html-to-markdown": ("html-to-markdown", with_html_to_markdown),
    "defuddle": ("defuddle", with_defuddle),
}


# ---- scores ---------------------------------------------------------------------------------------------------------


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def shared(truth: Iterable[object], found: Iterable[object]) -> float:
    """Return the F1 score of two multisets; 1 if both are empty."""
    a, b = Counter(truth), Counter(found)
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 1.0


def split_front_matter(text: str) -> tuple[dict[str, object], str]:
    match = re.match(r"---\n(.*?)\n---\n", text, re.S)
    if not match:
        return {}, text
    try:
        fields = yaml.safe_load(match[1])
    except yaml.YAMLError:
        fields = {}
    return (fields if isinstance(fields, dict) else {}), text[match.end() :]


def texts(nodes: Iterable[lxml_html.HtmlElement]) -> list[str]:
    return [" ".join(words(str(node.text_content()))) for node in nodes]


def plain(strings: Iterable[str]) -> list[str]:
    return [" ".join(words(string)) for string in strings]


def score(text: str, truth: Truth) -> dict[str, float]:
    """Return the score of each measure, 0 to 1."""
    fields, markdown = split_front_matter(text)
    rendered = cmarkgfm.github_flavored_markdown_to_html(markdown, options=Options.CMARK_OPT_UNSAFE)
    root = lxml_html.fromstring(f"<div>{rendered}</div>")
    for link in root.iter("a"):
        if str(link.text_content()) == link.get("href"):  # a bare URL stands for a video, and is no word of the author
            link.text = ""
    found = words(str(root.text_content()))
    wanted = words(" ".join(truth.words))
    images = re.findall(r"ab12cd_[0-9a-f]{32}~mv2\.jpg", " ".join(str(img.get("src")) for img in root.iter("img")))
    small = sum("/v1/" in str(img.get("src")) for img in root.iter("img"))
    links = [(" ".join(words(str(a.text_content()))), str(a.get("href")).rstrip("/")) for a in root.iter("a")]
    expected_links = [(" ".join(words(text)), url.rstrip("/")) for text, url in truth.links]
    own_items = [
        (str(li.getparent().tag), " ".join(words("".join(li.xpath("text()|*[not(self::ul|self::ol)]//text()")))))
        for li in root.iter("li")
    ]
    titles = set(plain(truth.collapsible_titles))  # a heading or a summary: both are right
    emphasized = set(texts(root.iter("em", "figcaption")))
    return {
        "words": shared(wanted, found),
        "order": LCSseq.normalized_similarity(wanted, found),
        "headings": shared(
            [(f"h{level}", " ".join(words(text))) for level, text in truth.headings],
            [
                (str(h.tag), " ".join(words(str(h.text_content()))))
                for h in root.iter("h1", "h2", "h3", "h4", "h5", "h6")
                if " ".join(words(str(h.text_content()))) not in titles
            ],
        ),
        "links": sum(link in links for link in expected_links) / len(expected_links) if expected_links else 1.0,
        "images": shared(truth.images, images) * (1 - small / max(len(images), 1)),
        "captions": sum(c in emphasized for c in plain(truth.captions)) / len(truth.captions) if truth.captions else 1,
        "lists": shared([(tag, " ".join(words(text))) for tag, text in truth.items], own_items),
        "tables": shared(plain(truth.cells), texts(root.iter("td", "th"))),
        "embeds": sum(name in markdown for name in truth.embeds) / len(truth.embeds) if truth.embeds else 1.0,
        "metadata": metadata_score(fields, truth),
    }


def metadata_score(fields: dict[str, object], truth: Truth) -> float:
    """Return the share of title, author, date and tags that the front matter states."""
    dump = json.dumps(fields, default=str)
    checks = [
        truth.title in dump,
        truth.author in dump,
        truth.date in dump,
        all(f'"{tag}"' in dump for tag in truth.tags),
    ]
    return sum(checks) / len(checks)


def version(package: str) -> str:
    if package == "defuddle":
        return str(json.loads(_DEFUDDLE.read_text(encoding="utf-8"))["version"])
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "?"


def measure(posts_per_era: int, seed: int, only: Collection[str] = ()) -> dict[str, dict[str, float]]:
    """Return for each installed contender the mean of each measure, and the share of posts that are all right."""
    posts = generate(posts_per_era, seed)
    table: dict[str, dict[str, float]] = {}
    for name, (package, load) in CONTENDERS.items():
        if only and name not in only:
            continue
        try:
            convert = load()
        except ImportError:
            print(f"{name}: not installed, left out", file=sys.stderr)
            continue
        scores = []
        for _, raw, truth in posts:
            try:
                scores.append(score(convert(raw), truth))
            except Exception as error:  # a contender that fails has no output
                print(f"{name}: {type(error).__name__}: {error}", file=sys.stderr)
                scores.append(dict.fromkeys(MEASURES, 0.0))
        row = {measure: sum(s[measure] for s in scores) / len(scores) for measure in MEASURES}
        row["all right"] = sum(min(s.values()) > 0.9999 for s in scores) / len(scores)
        table[f"{name} {version(package)}" if package != "unwix" else name] = row
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=50, help="posts per era (default: 50)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path, help="write the figures to this file, too")
    options = parser.parse_args()
    table = measure(options.posts, options.seed)
    columns = [*MEASURES, "all right"]
    print("| | " + " | ".join(columns) + " |")
    print("|---|" + "---|" * len(columns))
    for name, row in table.items():
        print(f"| {name} | " + " | ".join(f"{row[column]:.2f}" for column in columns) + " |")
    if options.json:
        options.json.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
