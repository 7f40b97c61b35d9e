"""Map the `data-hook` of everything in a rendered body that is not plain text to the function that reads it.

The table contains the hooks of every era (docs/wix/viewer.md#hook-names). The interface text of a plugin (buttons,
sizes, votes, player controls) is left out; the author's text is kept.
"""

from __future__ import annotations

from collections.abc import Callable

from ...model.article import Blocks, Element
from ..article_building.context import Context
from . import collapsibles, images, widgets
from . import embeds as players

PLUGINS: dict[str, Callable[[Element, Context, int], Blocks]] = {
    **dict.fromkeys(("imageViewer", "image-viewer", "figure-IMAGE"), images.image_block),
    **dict.fromkeys(("galleryViewer", "gallery-viewer"), images.gallery),
    **dict.fromkeys(("figure-GIF", "giphy-player", "giphyViewer"), images.gif),
    **dict.fromkeys(
        ("reactPlayerWrapper", "video-player", "videoViewer", "figure-VIDEO", "video-ssr-viewer"), players.video
    ),
    **dict.fromkeys(("audio-viewer", "audioViewer", "soundCloud", "soundCloudViewer"), players.audio),
    **dict.fromkeys(("HtmlComponent", "html-component", "iframe-component"), players.embed),
    **dict.fromkeys(("linkPreviewViewer", "link-preview-viewer"), players.link_preview),
    "vertical-embed": players.app_embed,
    **dict.fromkeys(("mapViewer", "map-viewer"), players.map_),
    **dict.fromkeys(("buttonViewer", "button-viewer"), widgets.button),
    **dict.fromkeys(("fileUploadViewer", "file-upload-viewer"), widgets.file),
    **dict.fromkeys(("polls-viewer", "pollViewer"), widgets.poll),
    "collapsible-list-component": collapsibles.collapsible_list,
    **dict.fromkeys(("divider", "divider-single", "divider-double", "divider-dashed", "divider-dotted"), widgets.rule),
}
