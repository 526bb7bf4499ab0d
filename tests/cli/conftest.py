"""What the tests of commands share: a sample portfolio that they only read."""

from __future__ import annotations

from pathlib import Path

import pytest

from brm_desktop import language
from brm_desktop.session.demo import write_demo


@pytest.fixture(scope="session", autouse=True)
def _one_application(qapp: object) -> None:
    """The application is that of the windows; a command that draws would make a lesser one."""


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sample portfolio that tests only read."""
    path = tmp_path_factory.mktemp("sample") / "sample.brm"
    language.use("en")
    write_demo(path)
    return path
