"""The store that was opened last is found again, by the window and the command line."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from brm_desktop.domain.errors import FileProblem
from brm_desktop.session.last_store import config_folder, last_store, remember_store


def test_a_first_start_knows_no_store() -> None:
    assert last_store() is None


def test_the_store_remembered_last_is_found(tmp_path: Path) -> None:
    for name in ("first.brm", "second.brm"):
        (tmp_path / name).write_bytes(b"")
        remember_store(tmp_path / name)
    assert last_store() == tmp_path / "second.brm"
    assert [path.name for path in config_folder().iterdir()] == ["last_store.json"]


def test_a_store_that_is_gone_is_forgotten(tmp_path: Path) -> None:
    remember_store(tmp_path / "gone.brm")
    assert last_store() is None


@pytest.mark.parametrize("spoilt", ["", "[]", '{"store": 7}', "\x00", "[" * 20_000, " " * 99_999])
def test_a_spoilt_memory_is_no_memory(spoilt: str) -> None:
    config_folder().mkdir(parents=True)
    (config_folder() / "last_store.json").write_text(spoilt, encoding="utf-8")
    assert last_store() is None


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    config_folder().parent.mkdir(parents=True)
    config_folder().write_text("a file is in the way", encoding="utf-8")
    with pytest.raises(FileProblem, match="cannot be written"):
        remember_store(tmp_path / "store.brm")


@pytest.mark.skipif(sys.platform == "win32", reason="files there inherit from folders")
def test_where_the_store_lies_is_nobody_elses_business(tmp_path: Path) -> None:
    remember_store(tmp_path / "customer.brm")
    (note,) = config_folder().iterdir()
    assert note.stat().st_mode & 0o777 == 0o600
