"""What a run leaves behind lies where the system wants it, closed to other users."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from brm_desktop.process.folders import (
    cache_folder,
    log_folder,
    own_file,
    own_folder,
    state_folder,
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="rights are of POSIX")


def test_state_log_and_cache_lie_in_the_users_own_folders() -> None:
    assert cache_folder().name == "brm-desktop"
    assert state_folder().name == "brm-desktop"
    assert state_folder() in log_folder().parents or sys.platform == "darwin"


def test_folders_and_files_are_closed_to_others_however_they_were(tmp_path: Path) -> None:
    folder = own_folder(tmp_path / "a" / "b")
    assert folder.stat().st_mode & 0o777 == 0o700
    folder.chmod(0o777)
    assert own_folder(folder).stat().st_mode & 0o777 == 0o700
    (folder / "file").write_text("", encoding="utf-8")
    (folder / "file").chmod(0o666)
    os.close(own_file(folder / "file", os.O_WRONLY))
    assert (folder / "file").stat().st_mode & 0o777 == 0o600


def test_a_link_in_place_of_a_file_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "log").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match="symbolic links"):
        own_file(tmp_path / "log", os.O_WRONLY | os.O_CREAT)
    assert not (tmp_path / "elsewhere").exists()


def test_a_system_without_rights_of_open_files_makes_them_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "fchmod")
    os.close(own_file(tmp_path / "file", os.O_WRONLY | os.O_CREAT))
    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o600
