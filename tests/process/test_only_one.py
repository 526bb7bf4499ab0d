"""One window per user and settings: a lock that goes with its process, and an address."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from brm_desktop.process import only_one
from brm_desktop.process.folders import own_folder
from brm_desktop.process.only_one import OnlyOne, address_of_window, name_of_window

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="of POSIX")
HOLD = """
import sys
from pathlib import Path
from brm_desktop.process.only_one import OnlyOne
print(OnlyOne(Path(sys.argv[1]), "window").take(), flush=True)
right = OnlyOne(Path(sys.argv[1]), "other")
print(right.take(), flush=True)
sys.stdin.read()
"""


def test_the_right_is_had_once_and_goes_with_its_process(tmp_path: Path) -> None:
    right = OnlyOne(tmp_path, "window")
    assert right.take()
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdout is not None
    assert (other.stdout.readline(), other.stdout.readline()) == ("False\n", "True\n")
    assert not OnlyOne(tmp_path, "other").take()
    other.kill()
    other.communicate()
    after_the_crash = OnlyOne(tmp_path, "other")
    assert after_the_crash.take()
    for one in (right, after_the_crash):
        one.let_go()
        one.let_go()
    assert OnlyOne(tmp_path, "window").take()


def test_where_no_lock_can_be_kept_nobody_is_turned_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "state").write_text("in the way", encoding="utf-8")
    assert OnlyOne(tmp_path / "state", "window").take()

    def none(_file: int) -> None:
        raise OSError("No locks available")

    monkeypatch.setattr(only_one, "_lock", none)
    assert OnlyOne(tmp_path, "window").take()


def test_a_window_is_known_by_its_user_and_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = name_of_window(tmp_path / "config")
    assert name == name_of_window(tmp_path / "config")
    assert name != name_of_window(tmp_path / "elsewhere")
    monkeypatch.setattr("brm_desktop.process.only_one.computer", lambda: "another computer")
    assert name != name_of_window(tmp_path / "config")


def test_a_user_without_a_number_is_known_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "getuid", raising=False)
    monkeypatch.setattr("getpass.getuser", lambda: "li.na")
    name = name_of_window(tmp_path)

    def nobody() -> str:
        raise KeyError

    monkeypatch.setattr("getpass.getuser", nobody)
    assert name != name_of_window(tmp_path)


@POSIX
def test_the_address_is_in_a_folder_of_the_users_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    near = tmp_path / "s"
    monkeypatch.setattr(only_one, "_LONGEST_ADDRESS", len(os.fsencode(near / "window")))
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    assert address_of_window(near, "window") == str(near / "window")
    assert near.stat().st_mode & 0o777 == 0o700
    assert address_of_window(tmp_path / "far" / "away", "window") is None


@POSIX
def test_a_long_home_has_its_address_among_the_temporary_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    home = tmp_path / f"brm-desktop-{os.getuid()}"
    monkeypatch.setattr(only_one, "_LONGEST_ADDRESS", len(os.fsencode(home / "window")))
    assert address_of_window(tmp_path / ("x" * 200), "window") == str(home / "window")
    assert home.stat().st_mode & 0o777 == 0o700


@POSIX
def test_a_folder_of_somebody_else_is_no_place_to_listen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_folder(tmp_path / "s")
    real = Path.lstat

    def of_another(path: Path) -> os.stat_result:
        found = list(real(path))
        found[4] = found[4] + 1
        return os.stat_result(found)

    monkeypatch.setattr(Path, "lstat", of_another)
    assert address_of_window(tmp_path / "s", "window") is None


@POSIX
def test_a_link_in_place_of_the_folder_is_no_place_to_listen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path / "file"))
    assert address_of_window(tmp_path / "link", "window") is None
