"""That one window runs per user and settings: a lock that the system lets go with its process.

There is no stale lock to tell apart: a crashed process holds nothing. It needs no Qt, so that a
second start is told before anything else is done.
"""

from __future__ import annotations

import os
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final
from zlib import adler32, crc32

from brm_desktop.process.alive import computer
from brm_desktop.process.folders import own_file, own_folder

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


_LONGEST_ADDRESS: Final = 96
"""Bytes of the path of a socket: systems allow 104 or 108, and Qt adds a few while it makes it."""


def name_of_window(config: Path) -> str:
    """What the window of this user with these settings on this computer is known by."""
    known = "\0".join((_user(), str(config.absolute()), computer()))
    words = known.encode("utf-8", "surrogateescape")
    return f"window-{crc32(words):08x}{adler32(words):08x}"


def address_of_window(folder: Path, name: str) -> str | None:
    """Where the window listens for a second start: a place that only this user reaches.

    A socket's path must be short, so it may have to lie in a folder of the user's among the
    temporary ones; ``None`` when that folder is somebody else's.
    """
    if sys.platform == "win32":
        return f"brm-desktop-{name}"
    if _fits(folder / name) and _is_own(folder):
        return str(folder / name)
    import tempfile

    home = Path(tempfile.gettempdir()) / f"brm-desktop-{os.getuid()}"
    return str(home / name) if _fits(home / name) and _is_own(home) else None


class OnlyOne:
    """The right to be the one window; held until the process ends or it is let go."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self._file = folder / f"{name}.lock"
        self._held: int | None = None

    def take(self) -> bool:
        """Take the right; false when another process has it.

        Where no lock can be kept nobody is turned away: the store's own lock still holds.
        """
        try:
            own_folder(self._folder)
            held = own_file(self._file, os.O_RDWR | os.O_CREAT)
        except OSError:
            return True
        try:
            _lock(held)
        except BlockingIOError:
            os.close(held)
            return False
        except OSError:
            os.close(held)
            return True
        self._held = held
        return True

    def let_go(self) -> None:
        """Give the right back."""
        if self._held is not None:
            os.close(self._held)
            self._held = None


def _fits(address: Path) -> bool:
    return len(os.fsencode(address)) <= _LONGEST_ADDRESS


def _is_own(folder: Path) -> bool:
    """Whether a folder, made where it is missing, is this user's and closed to all others."""
    try:
        own_folder(folder)
        found = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()


def _user() -> str:
    if hasattr(os, "getuid"):
        return str(os.getuid())
    import getpass

    with suppress(OSError, KeyError):
        return getpass.getuser()
    return ""


if sys.platform == "win32":

    def _lock(file: int) -> None:
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except PermissionError as error:
            raise BlockingIOError from error

else:

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
