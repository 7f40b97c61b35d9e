"""For all tests: Ctrl-C, a server of media, and profiles of hypothesis (`HYPOTHESIS_PROFILE=deep` looks much longer)."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from itertools import count

import pytest
from hypothesis import HealthCheck, settings

from support.media_server import Web, serve
from support.schemas import faults

# A shell starts jobs in the background deaf to Ctrl-C, and so would be every program that a test starts and stops.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

_QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
settings.register_profile("quick", max_examples=60, deadline=None, derandomize=True, suppress_health_check=_QUIET)
settings.register_profile("deep", max_examples=2_000, deadline=None, suppress_health_check=_QUIET)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


_test_numbers = count()


@pytest.fixture(autouse=True)
def _cache_of_the_test(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test a cache directory of its own, in place of the user's."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / f"cache-{next(_test_numbers)}"))


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    """A server of media, for all tests of a file."""
    with serve(tmp_path_factory.mktemp("web")) as web:
        yield web


@pytest.fixture
def web(running: Web) -> Web:
    """The same, that answers nothing yet and was asked nothing. Files with another web have their own."""
    running.answers.clear()
    running.asked.clear()
    return running


@pytest.fixture(autouse=True)
def _outputs_fit_their_schemas(request: pytest.FixtureRequest) -> Iterator[None]:
    """Hold each report.json and media.json of a test against its schema, but for tests that damage them."""
    folder = request.getfixturevalue("tmp_path") if "tmp_path" in request.fixturenames else None
    yield
    if folder is not None and request.node.get_closest_marker("damaged_output") is None:
        assert list(faults(folder)) == []
