"""A company of two colleagues, whose stores are sound at the end of every test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from small_company import Colleague, Company


@pytest.fixture
def company() -> Company:
    """What the asset holds, in memory."""
    return Company()


@pytest.fixture
def ann(tmp_path: Path) -> Iterator[Colleague]:
    """One colleague."""
    ann = Colleague(tmp_path / "ann.brm", 0xA)
    yield ann
    assert ann.store.check() == []
    ann.store.close()


@pytest.fixture
def bob(tmp_path: Path) -> Iterator[Colleague]:
    """Another one."""
    bob = Colleague(tmp_path / "bob.brm", 0xB)
    yield bob
    assert bob.store.check() == []
    bob.store.close()
