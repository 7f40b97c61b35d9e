"""The `data-hook` names of Wix's viewer as data, of every era.

Class names are hashed and differ by release; only hooks, ids and marker types are stable
(docs/wix/viewer.md#container).
"""

from __future__ import annotations

from ..model.article import HEADINGS, Element, text_of
from .ui_texts.catalogue import viewer_words

#: The button that reveals what a spoiler hides.
SPOILER_BUTTONS = frozenset({"reveal-spoiler-button", "revealSpoilerBtn"})
#: What stands behind a post. The parser puts it inside of a body some element of which was left open.
BEHIND_HOOKS = ("post-footer", "post-main-actions-desktop", "post-main-actions-mobile", "recent-posts", "wc-root")
#: Elements that help the viewer and say nothing.
HELPER_HOOKS = frozenset(
    {
        *BEHIND_HOOKS,
        "gap-spacer",
        "css-scroll-indicator",
        "image-expand-button",
        "imageExpandButton",
        "tooltip-portal",
        "placeholder",
        "seo-hidden",
    }
)

#: Types of the empty marker `<div type="…" data-hook="rcv-block7">` that follows a block of text, since 2022.
TEXT_MARKERS = frozenset(
    {
        "first", "last", "paragraph", "empty-line", "text", "unstyled", "heading", *HEADINGS, "blockquote", "pre",
        "code_block", "code-block", "list", "list_item", "bulleted_list", "ordered_list", "unordered-list-item",
        "ordered-list-item", "table_row", "table_cell", "table row", "table cell",
    }
)  # fmt: skip
#: What is missing where the block of a marker type is empty; other types are missing blocks of their own name.
EMPTY_BLOCKS = {
    "video": "video", "gallery": "gallery", "image": "image", "audio": "audio", "map": "map", "html": "embed",
}  # fmt: skip
#: Hooks whose element and all in it is the viewer's alone.
INTERFACE_HOOKS = (
    *BEHIND_HOOKS, "image-expand-button", "imageExpandButton", "tooltip-portal", "video-ssr-viewer", "love-button",
    "love-counter", "social-button", "share-button", "item-download",
)  # fmt: skip
#: Hooks of buttons whose words are the author's.
SPEAKING_BUTTONS = ("button-viewer", "buttonViewer", *SPOILER_BUTTONS)
#: Hooks of plugins that mix the author's words with the viewer's …
WIDGET_HOOKS = (
    "fileUploadViewer", "file-upload-viewer", "linkPreviewViewer", "link-preview-viewer", "vertical-embed",
    "polls-viewer", "audio-viewer", "HtmlComponent", "html-component", "reactPlayerWrapper", "video-player",
    "gallery-viewer", "galleryViewer", "mapViewer",
)  # fmt: skip
#: … and the hooks in them whose words are the author's.
AUTHOR_HOOKS = (
    "fileUploadName", "fileUploadExtension", "file-upload-name", "file-upload-extension", "polls-question-text",
    "polls-answer-text", "audio-title", "audio-creator", "vertical-embed-title", "item-title", "gallery-item-title",
    "item-description", "gallery-item-description", "item-hover-",
)  # fmt: skip


def is_interface(node: Element) -> bool:
    """Return True for an element of the viewer's own: a hook states so, or a button has no text but the interface's.

    A button with other words is the author's, whatever program wrote it.
    """
    hook = node.get("data-hook") or ""
    if hook and hook.startswith(INTERFACE_HOOKS):
        return True
    if node.tag != "button" or hook.startswith(SPEAKING_BUTTONS):
        return False
    text = " ".join(text_of(node).split())
    return not text or text in viewer_words() or text.isdigit()
