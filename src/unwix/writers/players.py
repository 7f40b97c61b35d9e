"""List the video and audio sites that offer an embeddable player: the URL of the page and the URL of the frame."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

from msgspec import Struct

from ..web.urls import split_url
from ..wix.url_keys import youtube_id

VIDEO_EXTENSIONS = frozenset({".mp4", ".webm", ".ogv", ".mov", ".m4v"})
AUDIO_EXTENSIONS = frozenset({".mp3", ".m4a", ".ogg", ".oga", ".wav", ".aac", ".flac"})


class Player(Struct, frozen=True):
    """A site's player. `{id}` is the part that both URLs share."""

    name: str
    page: str
    """The URL of the page that visitors open."""
    frame: str
    """The URL that an `<iframe>` shows."""
    kind: str = "video"

    def id_of(self, url: str) -> str | None:
        """Return the id in a page's URL; None for other URLs and for URLs with more than the id."""
        return _id_between(self.page, url)

    def id_in_frame(self, source: str) -> str | None:
        """Return the id in the URL of a frame, or None."""
        return _id_between(self.frame, source)


#: Players that need no API key and call no server when a site is built. A URL in another spelling stays a link, because
#: it could not be recognized when the page is read back; `youtube_id` knows the spellings of YouTube.
PLAYERS: tuple[Player, ...] = (
    Player("youtube", "https://www.youtube.com/watch?v={id}", "https://www.youtube-nocookie.com/embed/{id}"),
    Player("vimeo", "https://vimeo.com/{id}", "https://player.vimeo.com/video/{id}"),
    Player(
        "dailymotion", "https://www.dailymotion.com/video/{id}", "https://geo.dailymotion.com/player.html?video={id}"
    ),
    Player("spotify", "https://open.spotify.com/{id}", "https://open.spotify.com/embed/{id}", "audio"),
    Player("soundcloud", "https://soundcloud.com/{id}", "https://w.soundcloud.com/player/?url={page}", "audio"),
)
_IDS = {
    "youtube": r"[\w-]{11}",
    "vimeo": r"\d{5,12}",
    "dailymotion": r"[a-z0-9]{5,12}",
    "spotify": r"(?:track|album|episode|show|playlist)/[A-Za-z0-9]{22}",
    "soundcloud": r"[\w-]+/[\w-]+",
}


def _id_between(pattern: str, url: str) -> str | None:
    name = next(player.name for player in PLAYERS if pattern in (player.page, player.frame))
    if "{page}" in pattern:
        before = pattern.partition("{page}")[0]
        return _id_between(_player(name).page, unquote(url[len(before) :])) if url.startswith(before) else None
    before, _, after = pattern.partition("{id}")
    match = re.fullmatch(re.escape(before) + f"({_IDS[name]})" + re.escape(after), url, re.ASCII)
    return match[1] if match else None


def _player(name: str) -> Player:
    return next(player for player in PLAYERS if player.name == name)


def player_of(url: str) -> tuple[Player, str] | None:
    """Return the player for a URL and the id in the URL, or None."""
    if url.lower().startswith(("http://", "https://")) and (identity := youtube_id(url)):
        return _player("youtube"), identity
    for player in PLAYERS:
        if (identity := player.id_of(url)) is not None:
            return player, identity
    return None


def is_video(url: str) -> bool:
    """Return whether a URL is that of a video on a known site."""
    known = player_of(url)
    return known is not None and known[0].kind == "video"


def frame_url(url: str) -> str | None:
    """Return the URL of a frame that plays a page's video or audio, or None."""
    known = player_of(url)
    return known[0].frame.format(id=known[1], page=quote(url, safe="")) if known else None


def frame_title(url: str, title: str | None = None) -> str:
    """Return a title for a frame, for screen readers: the author's title, else one such as `Video from vimeo.com`."""
    known = player_of(url)
    kind = known[0].kind.capitalize() if known else "Page"
    host = (split_url(known[0].page if known else url).hostname or "").removeprefix("www.")
    return title if title and title != url else f"{kind} from {host}"


def own_title(url: str, title: str | None) -> str | None:
    """Return the author's title of a player, or None if `frame_title` generated it."""
    return None if not title or title == frame_title(url) else title


def page_url(source: str) -> str:
    """Return the page URL for the source of a frame, video or audio element; an unknown source unchanged."""
    source = re.sub(r"^(?:https?:)?//www\.youtube\.com/embed/", "https://www.youtube-nocookie.com/embed/", source)
    for player in PLAYERS:
        if (identity := player.id_in_frame(source.partition("&")[0])) is not None:
            return player.page.format(id=identity)
    return source


def media_kind(url: str) -> str | None:
    """Return `video` or `audio` if a URL is that of a file that browsers play, else None."""
    path = split_url(url).path.lower()
    extension = path[path.rfind(".") :] if "." in path else ""
    return "video" if extension in VIDEO_EXTENSIONS else "audio" if extension in AUDIO_EXTENSIONS else None
