"""A window on an encrypted store that has the people of the sample portfolio."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import pytest
from protected import WORDS, Protected, asked_at_start, encrypted_sample
from windowing import Windows

from brm_desktop import language


@pytest.fixture(scope="session")
def encrypted_file(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """An encrypted store to copy, and its recovery key."""
    path = tmp_path_factory.mktemp("encrypted") / "accounts.brm"
    language.use("en")
    return path, encrypted_sample(path)


@pytest.fixture
def store(encrypted_file: tuple[Path, str], tmp_path: Path) -> Path:
    """A copy of the encrypted store with its key file."""
    source, _ = encrypted_file
    for name in (source.name, f"{source.name}.keys"):
        copyfile(source.with_name(name), tmp_path / name)
    return tmp_path / source.name


@pytest.fixture
def asked(windows: Windows, store: Path, encrypted_file: tuple[Path, str]) -> Iterator[Protected]:
    """A window that was started on the encrypted store and asks for its secret."""
    protected = asked_at_start(windows, store)
    protected.recovery_key = encrypted_file[1]
    yield protected
    protected.window.jobs.stop()


@pytest.fixture
def opened(asked: Protected) -> Protected:
    """The encrypted store, open."""
    asked.unlock(WORDS)
    assert asked.window.desk.is_open
    return asked
