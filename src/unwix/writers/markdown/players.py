"""Players: addresses of films and sounds whose site offers a player to embed, and how a page embeds it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

FILMS = frozenset({".mp4", ".webm", ".ogv", ".mov", ".m4v"})
SOUNDS = frozenset({".mp3", ".m4a", ".ogg", ".oga", ".wav", ".aac", ".flac"})


@dataclass(frozen=True, slots=True)
class Player:
    """A site's player: the address that people see, and the one that a frame shows; `{id}` is what both share."""

    name: str
    address: str
    frame: str
    kind: str = "video"

    def id_of(self, address: str) -> str | None:
        """The id in an address; None when the address is none of this player, or says more than the id."""
        return _between(self.address, address)

    def id_in_frame(self, source: str) -> str | None:
        """The id in the address of a frame."""
        return _between(self.frame, source)


#: Players that need no key and call nobody when a site is built. An address in any other spelling stays a link, since
#: reading the page back could not tell it.
PLAYERS: tuple[Player, ...] = (
    Player("youtube", "https://www.youtube.com/watch?v={id}", "https://www.youtube-nocookie.com/embed/{id}"),
    Player("vimeo", "https://vimeo.com/{id}", "https://player.vimeo.com/video/{id}"),
    Player(
        "dailymotion", "https://www.dailymotion.com/video/{id}", "https://geo.dailymotion.com/player.html?video={id}"
    ),
    Player("spotify", "https://open.spotify.com/{id}", "https://open.spotify.com/embed/{id}", "audio"),
    Player("soundcloud", "https://soundcloud.com/{id}", "https://w.soundcloud.com/player/?url={address}", "audio"),
)
#: What an id looks like; one that looks otherwise is none.
_IDS = {
    "youtube": r"[\w-]{11}",
    "vimeo": r"\d{5,12}",
    "dailymotion": r"[a-z0-9]{5,12}",
    "spotify": r"(?:track|album|episode|show|playlist)/[A-Za-z0-9]{22}",
    "soundcloud": r"[\w-]+/[\w-]+",
}


def _between(pattern: str, address: str) -> str | None:
    name = next(player.name for player in PLAYERS if pattern in (player.address, player.frame))
    if "{address}" in pattern:
        before = pattern.partition("{address}")[0]
        return _between(_player(name).address, unquote(address[len(before) :])) if address.startswith(before) else None
    before, _, after = pattern.partition("{id}")
    found = re.fullmatch(re.escape(before) + f"({_IDS[name]})" + re.escape(after), address, re.ASCII)
    return found[1] if found else None


def _player(name: str) -> Player:
    return next(player for player in PLAYERS if player.name == name)


def player_of(address: str) -> tuple[Player, str] | None:
    """The player that shows an address, and the id there."""
    for player in PLAYERS:
        if (identity := player.id_of(address)) is not None:
            return player, identity
    return None


def frame_of(address: str) -> str | None:
    """The address of a frame that plays what is at an address."""
    found = player_of(address)
    return found[0].frame.format(id=found[1], address=quote(address, safe="")) if found else None


def address_of(source: str) -> str:
    """The address that people see, for the source of a frame, a film or a sound; itself, where it is none of ours."""
    source = re.sub(r"^(?:https?:)?//www\.youtube\.com/embed/", "https://www.youtube-nocookie.com/embed/", source)
    for player in PLAYERS:
        if (identity := player.id_in_frame(source.partition("&")[0])) is not None:
            return player.address.format(id=identity)
    return source


def plays_itself(address: str) -> str | None:
    """`video` or `audio` when the address is a file that a browser plays."""
    path = urlsplit(address).path.lower()
    ending = path[path.rfind(".") :] if "." in path else ""
    return "video" if ending in FILMS else "audio" if ending in SOUNDS else None
