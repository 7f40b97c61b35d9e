"""Define inline styles of galleries and players, because themes have no styles for them.

Without these styles a browser shows the images of a gallery one below the other, and a player as a small box with a
border.
"""

from __future__ import annotations

GALLERY = "display:grid;grid-template-columns:repeat(auto-fit,minmax(min(12rem,45%),1fr));gap:1rem"
IN_GALLERY = "margin:0"
FRAMES = {"video": "width:100%;aspect-ratio:16/9;border:0"}
"""By kind of player."""
OTHER_FRAME = "width:100%;border:0"
VIDEO_FILE = "max-width:100%"
