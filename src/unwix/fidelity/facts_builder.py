"""Tally: facts in the making, for the witnesses of documents. Shared with no reader."""

from __future__ import annotations

import re
from typing import Any

from ..model.facts import Facts, image_key, text_key, url_key, words
from ..web.saved_links import LinkRestorer
from ..wix import media_urls as media

_MARKERS = re.compile(r"\{\$h\d?\}")
_ABSOLUTE = re.compile(r"(?:https?:)?//|mailto:|tel:|sms:", re.I)


def get(value: Any, *path: str) -> Any:
    """What lies at a path of keys, None when any step is missing."""
    for step in path:
        value = value.get(step) if isinstance(value, dict) else None
    return value


def string(value: Any, *path: str) -> str:
    """The string at a path, empty when there is none."""
    found = get(value, *path)
    return found if isinstance(found, str) else ""


def dicts(value: Any, *path: str) -> list[dict[str, Any]]:
    """The objects in the list (or the values of the object) at a path."""
    found = get(value, *path)
    found = list(found.values()) if isinstance(found, dict) else found
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def without_markers(text: str) -> str:
    """A text without the marks of an old editor: `{$h2}words{$h}` (docs/wix/draftjs.md#inline-headers)."""
    return _MARKERS.sub("", text) if "{$h" in text else text


class FactsBuilder:
    """Facts in the making."""

    def __init__(self, restorer: LinkRestorer, video_titles: bool = True) -> None:
        self.facts = Facts()
        self.video_titles = video_titles
        self.said: list[str] = []
        self.beside: list[str] = []
        """Of what is said, what stands beside the text of the post: names, captions and titles of media."""
        self.restorer = restorer
        self._linked = ("", 0)
        """The last link's address, and how much was said at its end."""

    def text(self, text: str) -> None:
        """A piece of the post's text."""
        self.said.append(without_markers(text))

    def say(self, text: str) -> None:
        """Words beside the text, in a place of their own."""
        self.said.append(f"\n{without_markers(text)}\n")
        self.beside.append(self.said[-1])

    def since(self, start: int) -> str:
        """The words said since a mark, as a key."""
        return text_key("".join(self.said[start:]))

    def film_title(self, text: str) -> None:
        """A film's own title, which no page shows."""
        if self.video_titles:
            self.say(text)
        else:
            self.aside(text)

    def aside(self, text: str) -> None:
        """Words that may be in the Markdown or not."""
        self.facts.optional_words.update(words(text))

    def picture(self, source: Any, alt: str = "") -> None:
        """A picture's source (the string, or an object with `url`, `id` or `custom`) and its alternative text."""
        address = media.image_url(source_of(source))
        if address and not self.restorer.restore(address).problem:
            self.facts.images[image_key(address)] += 1
            if said := text_key(alt):
                self.facts.alts[said] += 1

    def link(self, url: str, text: str = "x") -> bool:
        """A link that leads out of the post and has words to click on; whether it is one."""
        found = self._address(url)
        if found and words(text):
            address, end = self._linked
            self._linked = (url_key(found), len(self.said))
            # Parts of one link that differ in their marks follow each other with nothing else said between them.
            if address != self._linked[0] or "".join(self.said[end:-1]).strip():
                self.facts.links[self._linked[0]] += 1
        return found is not None

    def embed(self, url: str) -> None:
        """A video, sound, file or page that is shown by its address."""
        found = self._address(url)
        if found:
            self.facts.embeds[url_key(found)] += 1
            self.aside(found)

    def poll(self, poll: Any) -> None:
        """A poll, which both formats spell alike: its question, its answers, and their pictures."""
        self.say(string(poll, "title"))
        for holder in (poll, *dicts(poll, "options")):
            self.picture(get(holder, "image", "src") or string(holder, "mediaId"))
        for option in dicts(poll, "options"):
            self.say(string(option, "title"))
            self.facts.items += bool(words(string(option, "title")))

    def _address(self, url: str) -> str | None:
        url = next((part for part in url.split()[1:] if part.startswith(("http://", "https://"))), "".join(url.split()))
        if re.match(r"www\.|[\w-]+(\.[\w-]+)+(/|\Z)", url):
            url = "http://" + url
        found = self.restorer.restore(url).href if _ABSOLUTE.match(url) or url.startswith("/") else None
        return found if found and _ABSOLUTE.match(found) and "#viewer-" not in found else None


def source_of(source: Any) -> str:
    """What a picture or file is named by."""
    if isinstance(source, str):
        return " ".join(source.split())
    found = (" ".join(string(source, name).split()) for name in ("url", "id", "custom", "_id"))
    return next((s for s in found if s), "")
