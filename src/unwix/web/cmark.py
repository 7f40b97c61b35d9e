"""GFM: Markdown as GitHub's own parser (cmark-gfm) reads it, raw HTML let through.

cmarkgfm's own function for this looks its extensions up at each call and never frees the tree and the text that C made:
60 kB a post, which a batch of a hundred thousand would not survive. So its parts are called here one by one.
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
    """C's functions that free a tree and a text.

    None where the library does not show them (on Windows), and they stay.
    """
    try:
        free = ctypes.CDLL(_C.__file__).cmark_node_free, ctypes.CDLL(None).free
    except (OSError, AttributeError, TypeError):
        return None
    for function in free:
        function.argtypes, function.restype = [ctypes.c_void_p], None
    return free


def _pointer(found: Any) -> ctypes.c_void_p:
    return ctypes.c_void_p(int(_C.ffi.cast("uintptr_t", found)))


def render(markdown: str, positions: bool = False) -> str:
    """HTML of a Markdown text. Bare addresses stay text, as CommonMark has it.

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
    # cmark cuts a letter in two where it takes `![^0]…` for a footnote; what it made of that is no match for anything.
    html = str(_C.ffi.string(text).decode("utf-8", "replace"))
    _C.lib.cmark_parser_free(parser)
    if (free := _free()) is not None:
        free_tree, free_text = free
        free_tree(_pointer(root))
        free_text(_pointer(text))
    return html
