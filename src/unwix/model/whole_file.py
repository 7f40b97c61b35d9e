"""Write a file completely or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Yield the path of a new file that becomes `target` when the block ends; after an error `target` is unchanged.

    The path is known before the file exists: after Ctrl-C at any moment no temporary file is left. Raises OSError.
    """
    temporary = target.with_name(f".unwix-{os.getpid()}.tmp")
    temporary.unlink(missing_ok=True)
    try:
        yield temporary
        os.chmod(temporary, 0o644)
        os.replace(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)
