"""Render Markdown with GitHub's own parser (cmark-gfm), with raw HTML.

cmarkgfm's own function never frees the tree and the text that the C library allocates: 60 kB a post, too much for a
batch of 100,000 posts. This module therefore calls the functions of the C library itself.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache
from typing import Any

from cmarkgfm import cmark

_C: Any = cmark._cmark
_OPTIONS = cmark.Options.CMARK_OPT_UNSAFE | cmark.Options.CMARK_OPT_FOOTNOTES
_EXTENSIONS = ("table", "strikethrough", "tasklist")
_Free = Callable[[ctypes.c_void_p], None]


@cache
def _extensions() -> list[Any]:
    cmark.core_extensions_ensure_registered()
    return [cmark.find_syntax_extension(name) for name in _EXTENSIONS]


@cache
def _free() -> tuple[_Free, _Free] | None:
    """Return the C functions that free a tree and a text, or None where they are not exported (Windows)."""
    try:
        free = ctypes.CDLL(_C.__file__).cmark_node_free, ctypes.CDLL(None).free
    except (OSError, AttributeError, TypeError):
        return None
    for function in free:
        function.argtypes, function.restype = [ctypes.c_void_p], None
    return free


def _pointer(handle: Any) -> ctypes.c_void_p:
    return ctypes.c_void_p(int(_C.ffi.cast("uintptr_t", handle)))


def render(markdown: str, positions: bool = False) -> str:
    """Return the HTML of a Markdown text. Bare URLs stay text, as in CommonMark.

    With `positions` each block has its lines and columns in `data-sourcepos`: `3:1-5:12`.
    """
    data = markdown.encode("utf-8", "replace")
    options = _OPTIONS | (cmark.Options.CMARK_OPT_SOURCEPOS if positions else 0)
    parser = _C.lib.cmark_parser_new(options)
    for extension in _extensions():
        _C.lib.cmark_parser_attach_syntax_extension(parser, extension)
    _C.lib.cmark_parser_feed(parser, data, len(data))
    root = _C.lib.cmark_parser_finish(parser)
    text = _C.lib.cmark_render_html(root, options, _C.lib.cmark_parser_get_syntax_extensions(parser))
    # cmark cuts a multi-byte character in two where it reads `![^0]…` as a footnote: replaced, it matches nothing.
    html = str(_C.ffi.string(text).decode("utf-8", "replace"))
    _C.lib.cmark_parser_free(parser)
    if (free := _free()) is not None:
        free_tree, free_text = free
        free_tree(_pointer(root))
        free_text(_pointer(text))
    return html
