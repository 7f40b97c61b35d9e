"""The `data-hook` names of Wix's viewer as data, of every era.

Class names are hashed and differ by release; only hooks, ids and marker types are stable
(docs/wix/viewer.md#container).
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model.article import HEADINGS, Element, text_of
from ..web.tags import NO_TEXT
from .ui_texts.catalogue import viewer_words

#: The button that reveals what a spoiler hides.
SPOILER_BUTTONS = frozenset({"reveal-spoiler-button", "revealSpoilerBtn"})
#: Hooks that follow a post. The parser moves them into a body with an unclosed element.
BEHIND_HOOKS = ("post-footer", "post-main-actions-desktop", "post-main-actions-mobile", "recent-posts", "wc-root")
#: Helper elements of the viewer without meaning.
HELPER_HOOKS = frozenset(
    {
        "gap-spacer",
        "css-scroll-indicator",
        "image-expand-button",
        "imageExpandButton",
        "tooltip-portal",
        "placeholder",
        "seo-hidden",
    }
)

#: A label of the interface has no more words, whatever the language.
LONGEST_LABEL = 3
#: Elements of widgets behind a post whose texts are titles of posts and names of actions.
_WIDGET_TAGS = frozenset({"a", "button", "h2"})

#: Types of the empty marker `<div type="…" data-hook="rcv-block7">` that follows a block of text, since 2022.
TEXT_MARKERS = frozenset(
    {
        "first", "last", "paragraph", "empty-line", "text", "unstyled", "heading", *HEADINGS, "blockquote", "pre",
        "code_block", "code-block", "list", "list_item", "bulleted_list", "ordered_list", "unordered-list-item",
        "ordered-list-item", "table_row", "table_cell", "table row", "table cell",
    }
)  # fmt: skip
#: The missing content for an empty block of each marker type; other types are named by the type.
EMPTY_BLOCKS = {
    "video": "video", "gallery": "gallery", "image": "image", "audio": "audio", "map": "map", "html": "embed",
}  # fmt: skip
#: Hooks of elements that contain only interface text.
INTERFACE_HOOKS = (
    "image-expand-button", "imageExpandButton", "tooltip-portal", "video-ssr-viewer", "love-button", "love-counter",
    "social-button", "share-button", "item-download",
)  # fmt: skip
#: Hooks of buttons with the author's words.
SPEAKING_BUTTONS = ("button-viewer", "buttonViewer", *SPOILER_BUTTONS)
#: Hooks of plugins that mix the author's words with interface text …
WIDGET_HOOKS = (
    "fileUploadViewer", "file-upload-viewer", "linkPreviewViewer", "link-preview-viewer", "vertical-embed",
    "polls-viewer", "audio-viewer", "HtmlComponent", "html-component", "reactPlayerWrapper", "video-player",
    "gallery-viewer", "galleryViewer", "mapViewer",
)  # fmt: skip
#: … and the hooks in them with the author's words.
AUTHOR_HOOKS = (
    "fileUploadName", "fileUploadExtension", "file-upload-name", "file-upload-extension", "polls-question-text",
    "polls-answer-text", "audio-title", "audio-creator", "vertical-embed-title", "item-title", "gallery-item-title",
    "item-description", "gallery-item-description", "item-hover-",
)  # fmt: skip


def is_interface(node: Element) -> bool:
    """Return True for an element of the interface: by its hook, or because it is a button with only interface text.

    A button with other words is the author's, whatever program wrote it.
    """
    hook = node.get("data-hook") or ""
    if hook and (hook.startswith(INTERFACE_HOOKS) or (hook in BEHIND_HOOKS and is_behind(node))):
        return True
    if node.tag != "button" or hook.startswith(SPEAKING_BUTTONS):
        return False
    text = " ".join(text_of(node).split())
    return not text or text in viewer_words() or text.isdigit()


def is_behind(node: Element) -> bool:
    """Return True for what stands behind a post: no block of the post follows it, and its texts are those of a widget.

    The texts of such a widget are links, titles and short labels, or have hooks of their own; all others are the
    author's, whatever hook is around them.
    """
    for sibling in node.itersiblings():
        if isinstance(sibling.tag, str) and sibling.get("data-hook") not in BEHIND_HOOKS and _has_block(sibling):
            return False
    has_signs = any(part.get("data-hook") or part.tag == "a" for part in node.iterdescendants())
    longest = LONGEST_LABEL if has_signs else 0
    return all(_is_of_widget(part, text, node, longest) for part in node.iter() for text in _own_texts(part))


def _has_block(node: Element) -> bool:
    return any(
        (part.get("id") or "").startswith("viewer-") or (part.get("data-hook") or "").startswith("rcv-block")
        for part in node.iter()
        if isinstance(part.tag, str)
    )


def _own_texts(part: Element) -> Iterator[str]:
    """Yield the texts that stand in an element itself."""
    if isinstance(part.tag, str) and part.tag not in NO_TEXT:
        yield from (text for text in (part.text, *(child.tail for child in part)) if text and text.strip())


def _is_of_widget(part: Element, text: str, widget: Element, longest: int) -> bool:
    """Return True for a text that a widget behind the post shows; `part` is the element that it stands in."""
    line = " ".join(text.split())
    if len(line.split()) <= longest or line in viewer_words():
        return True
    around: Element | None = part
    while around is not None and around is not widget:
        if around.get("data-hook") or around.tag in _WIDGET_TAGS:
            return True
        around = around.getparent()
    return False
