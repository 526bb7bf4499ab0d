"""The disk that loses power, for the tests that cut it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from power import Power, power_of


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Power]:
    """The simulated disk, under every connection that the product opens meanwhile."""
    power, stop = power_of(tmp_path_factory.mktemp("disk"))
    yield power
    stop()


@pytest.fixture
def power(disk: Power, monkeypatch: pytest.MonkeyPatch) -> Iterator[Power]:
    """The same under the program's own files, too."""
    with disk.under(monkeypatch):
        yield disk
        disk.on(Path("/nowhere"))
