"""The paths of media files for a target, and how its posts refer to them."""

from __future__ import annotations

import posixpath
from urllib.parse import quote

from ...writers.target import Target, media_folder


class Locations:
    """The media locations of one target."""

    def __init__(self, target: Target) -> None:
        self._target = target

    def path(self, name: str, output: str) -> str:
        """Return the path below OUTPUT of a file with this name, for the post in the file `output`."""
        in_bundle = self._target.media_in == "bundle"
        folder = posixpath.dirname(output) if in_bundle else media_folder(self._target, name)
        return posixpath.join(folder, name)

    def reference(self, name: str, output: str) -> str:
        """Return the URL by which the post refers to the file, encoded for a link."""
        relative = posixpath.relpath(self.path(name, output), posixpath.dirname(output) or ".")
        encoded, path = quote(name, safe="~"), quote(relative, safe="/~")
        return self._target.media_url.format(name=encoded, relative=path, file=name)
