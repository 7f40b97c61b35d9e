"""Replace URLs of a post's links, images and cover, in the article and in the facts; report images that have none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Container, Mapping

from ...model.article import HEADINGS, Element
from ...model.facts import Facts, replace_images
from ...model.post import Post
from ...model.problems import with_kind
from ...web.urls import ABSOLUTE
from ...wix.url_keys import image_key, url_key
from ...writers.target import WIKI


def rewrite_urls(post: Post, new: Mapping[str, str]) -> None:
    """Replace each URL that is a key of `new`, in place.

    The facts of the source change with it, so that the comparison expects the new URL in the Markdown.
    """
    if not new:
        return
    for node in post.article.iter("a", "img"):
        name = "href" if node.tag == "a" else "src"
        if (old := node.get(name)) is not None and old in new:
            node.set(name, new[old])
    if post.metadata.cover in new:
        post.metadata.cover = new[str(post.metadata.cover)]
    _rewrite_facts(post.facts, new)


def _rewrite_facts(facts: Facts, new: Mapping[str, str]) -> None:
    facts.links = _renamed(facts.links, new, url_key)
    facts.embeds = _renamed(facts.embeds, new, url_key)
    facts.images = _renamed(facts.images, new, image_key)
    if facts.text:
        images = {image_key(old): image_key(url.removeprefix(WIKI)) for old, url in new.items()}
        facts.text = replace_images(facts.text, images)
    for key in {url_key(url) for pair in new.items() for url in pair}:
        facts.link_spellings.pop(key, None)
    urls = {url_key(old): url_key(url.removeprefix(WIKI)) for old, url in new.items()}
    for letters in (facts.link_letters, facts.link_letters_at_most):
        for old in [key for key in letters if urls.get(key, key) != key]:
            letters[urls[old]] = letters.get(urls[old], "") + letters.pop(old)


def report_uncopied(post: Post, copied: Container[str]) -> None:
    """Make `image-only-local` a warning if no such image of the post was copied: its link leads nowhere.

    `copied` are the URLs of media that have new ones.
    """
    if all(problem.kind != "image-only-local" for problem in post.problems):
        return
    local = [src for image in post.article.iter("img") if (src := image.get("src")) and not ABSOLUTE.match(src)]
    if local and not any(src in copied for src in local):
        post.problems = with_kind(post.problems, "image-only-local", "image-not-copied")


def _renamed(counted: Counter[str], new: Mapping[str, str], key: Callable[[str], str]) -> Counter[str]:
    keys = {key(old): key(url.removeprefix(WIKI)) for old, url in new.items()}
    out: Counter[str] = Counter()
    for name, number in counted.items():
        out[keys.get(name, name)] += number
    return out


def remove_unused_ids(article: Element, needed: Collection[str]) -> None:
    """Remove the id of every heading that no link of this or another post points to."""
    inside = {str(a.get("href"))[1:] for a in article.iter("a") if (a.get("href") or "").startswith("#")}
    for heading in article.iter(*HEADINGS):
        if (key := heading.get("id")) is not None and key not in inside and key not in needed:
            del heading.attrib["id"]
