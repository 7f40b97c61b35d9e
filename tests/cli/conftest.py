"""Fixtures for commands over a live site."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support.fake_web import FakeClock, Web
from support.wix_site import WixSite
from unwix.cli.options import sources as live
from unwix.sources.http.public_hosts import Network
from unwix.sources.http.rate_limit import Clock


@pytest.fixture
def web() -> Iterator[Web]:
    with Web().running() as web:
        yield web


@pytest.fixture
def site(web: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WixSite:
    """Return a site, with the command line set up to resolve it to this machine and not to wait."""
    usual = live._fetching
    clock = FakeClock()

    def here(chosen: dict[str, Any]) -> Any:
        settings = usual(chosen)
        settings.network, settings.clock = Network(web.resolve), Clock(clock.now, clock.sleep)
        settings.cache = settings.cache or tmp_path / "usual cache"
        return settings

    monkeypatch.setattr(live, "_fetching", here)
    return WixSite(web)
