"""Convert URLs of Wix's images, videos and files to the originals."""

from __future__ import annotations

import json
import re
from urllib.parse import unquote

from .url_keys import MEDIA_NAME

MEDIA_URL = "https://static.wixstatic.com/media/"
VIDEO_URL = "https://video.wixstatic.com/"

#: A media id with its extension: `16f8d7_<32 hex>~mv2.png`, `<32 hex>.jpg`, `…~mv2_d_3934_3445_s_4_2.jpg`,
#: `nsplsh_….jpg`. Saving programs write `~` as `_` (HTTrack) or `%7E`; the older `mv1` ids have the same form.
_ID = re.compile(
    rf"(?<![0-9a-z_])({MEDIA_NAME})"
    r"(?:[~_](mv\d(?:_d_\d+_\d+_s_\d+(?:_\d+)*)?))?(f\d{3})?\.(jpe?g|png|gif|webp|svg|bmp|tiff?|heic|avif|jfif|ico)",
    re.I,
)
#: A bare name instead of a URL is always a media id, in any form.
_FILE_NAME = re.compile(r"[\w~-]{8,}\.(?:jpe?g|png|gif|webp|svg|bmp|tiff?|heic|avif)", re.I)
_YOUTUBE = re.compile(
    r"(?:youtu\.be/|youtube(?:-nocookie)?\.com/(?:embed/|watch\?(?:[^\"'\s#]*&)?v=|shorts/|live/|v/)|ytimg\.com/vi(?:_webp)?/)([\w-]{11})"
)
#: Frames of YouTube that show no single video: their names are as long as the id of a video.
_YOUTUBE_LIST = re.compile(r"youtube(?:-nocookie)?\.com/embed/?(?:videoseries)?/?\?(?:[^\"'\s#]*[&;])?list=([\w-]+)")
_YOUTUBE_CHANNEL = re.compile(r"youtube(?:-nocookie)?\.com/embed/live_stream/?\?(?:[^\"'\s#]*[&;])?channel=([\w-]+)")
#: An unlisted video has a key behind its number, in the path or as `h`: its page does not open without the key.
_VIMEO = re.compile(
    r"(?:player\.)?vimeo\.com/(?:video/)?(\d{6,})(?:/([0-9a-f]{6,})\b|/?\?(?:[^\"'\s#]*[&;])?h=([0-9a-f]{6,}))?"
)
_POSTER = re.compile(r"(?:media/)?((?:[0-9a-z]{4,8}_)?[0-9a-f]{32})f\d{3}\.(?:jpg|png|webp)", re.I)
_BACKGROUND = re.compile(r"url\(\s*[\"']?([^\"')]+)")


def media_id(text: str) -> str | None:
    """Return the media id in a URL, a `wix:image:` reference or an attribute, spelled as Wix does.

    None if there is none.
    """
    plain = unquote(text)
    match = _ID.search(plain)
    if match:
        base, version, frame, extension = match.groups()
        return f"{base}{'~' + version if version else ''}{frame or ''}.{extension}"
    return None


def original_url(url: str) -> str:
    """Return the original of an image's URL: a Wix image without its resizing (`/v1/…`), any other unchanged.

    `wix:image://v1/<id>/<name>#…` and a bare id become URLs too (docs/wix/media-urls.md#references).
    """
    url = url.strip()
    wix = "wixstatic.com" in url or "wix:image" in url or "wixmp.com" in url
    if wix or "/" not in url or not url.startswith(("http", "//")):
        url_found = media_id(url.split("#")[0])
        if url_found:
            return MEDIA_URL + url_found
        if "wixstatic.com" in url and "/media/" in url:
            return MEDIA_URL + unquote(url.split("/media/", 1)[1].split("/")[0].split("?")[0])
        if _FILE_NAME.fullmatch(url):
            return MEDIA_URL + url
    return "https:" + url if url.startswith("//") else url


def image_data(raw: str | None) -> dict[str, object]:
    """Return the `imageData` of a `<wow-image data-image-info>`: `uri`, `width`, `height`; {} if unreadable."""
    try:
        data = json.loads(raw or "{}").get("imageData")
    except (ValueError, AttributeError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def background_url(style: str | None) -> str | None:
    """Return the URL in a style's `background-image`."""
    match = _BACKGROUND.search(style or "")
    return match[1] if match else None


def video_page_url(url: str) -> str | None:
    """Return the page of a YouTube or Vimeo video for any of its URLs: player, short link, YouTube's thumbnail.

    The frame of a playlist becomes the playlist's page, the frame of a live stream that of the channel's stream.
    """
    if match := _YOUTUBE_LIST.search(url):
        return "https://www.youtube.com/playlist?list=" + match[1]
    if match := _YOUTUBE_CHANNEL.search(url):
        return f"https://www.youtube.com/channel/{match[1]}/live"
    if match := _YOUTUBE.search(url):
        return "https://www.youtube.com/watch?v=" + match[1]
    if match := _VIMEO.search(url):
        return "/".join(filter(None, ("https://vimeo.com", *match.groups())))
    return None


def wix_video_url(poster: str) -> str | None:
    """Return the file of a video uploaded to Wix, given the URL of its poster (`<id>f000.jpg`).

    The directory states the resolution, which the poster does not; 1080p is the usual one.
    """
    match = _POSTER.search(unquote(poster))
    return f"{VIDEO_URL}video/{match[1]}/1080p/mp4/file.mp4" if match else None


# ---- sources in documents (docs/wix/media-urls.md#names-in-documents) --------------------------------------------

STATIC_URL = "https://static.wixstatic.com/"
MUSIC_URL = "https://music.wixstatic.com/"
_WIX_URI = re.compile(r"wix:(?:image|video|audio|document|vector)://v1/([^#]+?)(?:/[^/#]*)?(?:#.*)?\Z")
_WIX_VIDEO = re.compile(r"(?:video/)?((?:[0-9a-z]{4,8}_)?[0-9a-f]{32})(?:/file)?\Z", re.I)
_AUDIO = frozenset({"mp3", "wav", "m4a", "ogg", "flac", "aac", "wma", "aiff"})
_VIDEOS = frozenset({"mp4", "mov", "avi", "mkv", "webm", "mpeg", "mpg", "m4v", "wmv", "3gp"})
_IMAGES = frozenset({"jpg", "jpeg", "png", "gif", "webp", "svg", "bmp", "tif", "tiff", "heic", "avif"})


def _has_host(url: str) -> bool:
    """Return True if a URL without a scheme starts with a host: `www.x.com/a.jpg`, `media3.giphy.com/x.gif`."""
    host, slash, _ = url.partition("/")
    return host.startswith("www.") or (bool(slash) and "." in host)


def _absolute(url: str) -> str | None:
    """Return the URL with a scheme if it has a host; None for a bare file name or id."""
    if url.startswith(("http://", "https://")):
        return url
    if url.startswith("//"):
        return "https:" + url
    return "https://" + url if _has_host(url) else None


def _file_of(name: str) -> tuple[str | None, str]:
    """Return the whole URL of a file in a document, else the path in an id or a `wix:` reference."""
    if known := _absolute(name):
        return known, ""
    reference = _WIX_URI.match(name)
    return None, (reference[1] if reference else name).lstrip("/")


def _is_local(name: str) -> bool:
    """Return True if it references nothing, or something that existed only in the author's browser."""
    return not name or name.startswith(("data:", "blob:"))


def image_url(name: str) -> str | None:
    """Return the original of an image in a document: an id, a path, a `wix:image:` reference or a URL."""
    if _is_local(name):
        return None
    url_found = original_url(name)
    if known := _absolute(url_found):
        return known
    reference = _WIX_URI.match(name)
    path = (reference[1] if reference else url_found).lstrip("/")
    return STATIC_URL + path if path.startswith("shapes/") else MEDIA_URL + path.removeprefix("media/")


def video_url(name: str) -> tuple[str | None, bool]:
    """Return the URL of a video in a document, and True if its resolution had to be assumed."""
    if _is_local(name):
        return None, False
    known, path = _file_of(name)
    if known:
        return known, False
    if bare := _WIX_VIDEO.match(path):
        return f"{VIDEO_URL}video/{bare[1]}/1080p/mp4/file.mp4", True
    return VIDEO_URL + (path if path.startswith("video/") else f"video/{path}"), False


def audio_url(name: str) -> str | None:
    """Return the URL of an audio file in a document."""
    if _is_local(name):
        return None
    known, path = _file_of(name)
    if known:
        return known
    return STATIC_URL + (path if "/" in path else f"mp3/{path}")


def document_url(name: str, extension: str) -> str | None:
    """Return the public URL of an uploaded file, or None if only Wix's own server provides it.

    Images, videos and audio are on public hosts; documents are below the site's id, which a document does not state.
    """
    if _is_local(name):
        return None
    known, path = _file_of(name)
    if known:
        return known
    if "/" not in path:
        return None
    kind = (extension or path.rpartition(".")[2]).lower().lstrip(".")
    host = STATIC_URL if kind in _IMAGES else VIDEO_URL if kind in _VIDEOS else MUSIC_URL if kind in _AUDIO else None
    return host + path if host else None
