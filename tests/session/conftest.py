"""A company with an asset, and two of its reps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from company import Company

from brm_desktop.session.session import Session


@pytest.fixture
def company(tmp_path: Path) -> Company:
    """A company whose asset is in a folder."""
    return Company(tmp_path)


@pytest.fixture
def wang(company: Company) -> Iterator[Session]:
    """A rep who takes part."""
    with company.rep("Wang Min") as session:
        yield session


@pytest.fixture
def li(company: Company) -> Iterator[Session]:
    """A colleague who takes part."""
    with company.rep("Li Lei") as session:
        yield session
