"""Three short posts for tests of containers of text dumps, as pages and as articles, with the expected results."""

from __future__ import annotations

from io import BytesIO

from warcio.warcwriter import WARCWriter

from unwix import readers
from unwix.model.article import text_of
from unwix.model.page import Page
from unwix.model.post import Post

NAMES = ("one", "two", "three")
AUTHOR, DAY = "Nora Quill", "2023-05-04"
TITLES = {"one": "Why the ferry runs late", "two": "Painting the old gate", "three": "A winter without snow"}
BODIES = {
    "one": [
        "The ferry leaves when the tide allows it, and the tide has never read a timetable in its whole long life.",
        "On Mondays the captain waits for the baker, because without bread nobody on the island will open a door to him.",
        "So we learned to sit on the pier with a thermos, and to count the gulls instead of the minutes that were lost.",
    ],
    "two": [
        "A gate that has stood in the wind for forty years takes paint the way dry earth takes the first rain of June.",
        "I scraped for two days, and under the green there was a blue that my grandmother must have chosen herself.",
        "We kept one board as it was, so that whoever scrapes next will find all the colours in their proper order.",
    ],
    "three": [
        "The sledges stayed in the shed until March, and the children learned the names of all the kinds of rain.",
        "My neighbour says that the frogs came five weeks early and looked about them with a certain embarrassment.",
        "When it finally froze in April it froze the plums, and we have been buying jam from the valley ever since.",
    ],
}


def url(name: str) -> str:
    """Return the URL of a post."""
    return "https://www.salt-and-rope.example/post/" + "-".join(TITLES[name].lower().split())


def page(name: str, edges: bool = True, is_markdown: bool = False) -> str:
    """Return the dump of a post's whole page; without edges it is a browser's `innerText`."""
    sign = "# " if is_markdown else ""
    body = "\n\n".join(BODIES[name])
    text = (
        f"{sign}{TITLES[name]}\n\n{AUTHOR}\n\nMay 4, 2023\n\n3 min read\n\n{body}\n\n"
        "Recent Posts\n\nSee All\n\nAnother story\n"
    )
    return f"top of page\n\nHome\n\nBlog\n\n{text}\nbottom of page\n" if edges else text


def article(name: str) -> str:
    """Return a post's body alone, without any sign of its origin."""
    return "\n\n".join(BODIES[name]) + "\n"


def read(data: str | bytes) -> list[Post]:
    """Return the posts in a file."""
    return readers.read(Page("posts", data=data if isinstance(data, bytes) else data.encode()))


def summary(post: Post) -> dict[str, object]:
    """Return the properties of a post that the tests compare."""
    metadata = post.metadata
    return {
        "title": metadata.title,
        "authors": metadata.authors,
        "date": metadata.date and metadata.date[:10],
        "url": metadata.canonical_url,
        "body": [text_of(block) for block in post.article],
    }


def expected(name: str, **other: object) -> dict[str, object]:
    """Return the expected summary of a post; `other` replaces values in it."""
    return {
        "title": TITLES[name],
        "authors": [AUTHOR],
        "date": DAY,
        "url": url(name),
        "body": BODIES[name],
        **other,
    }


def wet(texts: dict[str, str]) -> bytes:
    """Return a compressed WET file in the form of Common Crawl: texts without blank lines, with their URLs."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=True)
    for address, text in texts.items():
        lines = "\n".join(line for line in text.split("\n") if line.strip())
        writer.write_record(writer.create_warc_record(address, "conversion", payload=BytesIO(lines.encode())))
    return out.getvalue()
