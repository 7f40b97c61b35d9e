"""The directory in the system's cache directory for responses of live sites and results of earlier runs."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_cache_path


def cache_folder() -> Path:
    """Return the directory, which may not exist yet."""
    return user_cache_path("unwix", appauthor=False)
