"""Disks for bad days: small ones that fill, that turn read-only, that are pulled out."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


class SmallDisk:
    """A disk of some megabytes at a folder, in memory; only root can have one."""

    def __init__(self, folder: Path, megabytes: int = 4) -> None:
        self.folder = folder
        self._filler = folder / "films"
        folder.mkdir()
        mount, umount = shutil.which("mount"), shutil.which("umount")
        if os.name == "nt" or os.geteuid() != 0 or not mount or not umount:
            pytest.skip("only root can make a small disk")
        self._mount, self._umount = mount, umount
        if not self._done(mount, "-t", "tmpfs", "-o", f"size={megabytes}m", "none", str(folder)):
            pytest.skip("no small disk can be made here")

    def fill(self, leave: int = 0) -> None:
        """Fill it with something else, but for so many bytes."""
        with self._filler.open("ab", buffering=0) as file:
            for size in (1 << 16, 1 << 12, 1):
                while self._takes(file.fileno(), size):
                    pass
        if leave:
            os.truncate(self._filler, max(0, self._filler.stat().st_size - leave))

    def free(self) -> None:
        """Make room again."""
        self._filler.unlink()

    @contextmanager
    def read_only(self) -> Iterator[None]:
        """Let nobody write for a while, as a switch on a card does."""
        if not self._done(self._mount, "-o", "remount,ro", str(self.folder)):
            pytest.skip("a disk in use cannot be made read-only here")
        yield
        assert self._done(self._mount, "-o", "remount,rw", str(self.folder))

    def pull(self) -> None:
        """Take it away while files on it are open."""
        assert self._done(self._umount, "-l", str(self.folder))

    def go(self) -> None:
        """Take it away in the end."""
        if self.folder.is_mount():
            self.pull()

    @staticmethod
    def _takes(file: int, size: int) -> bool:
        try:
            return os.write(file, bytes(size)) == size
        except OSError:
            return False

    @staticmethod
    def _done(*command: str) -> bool:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0


@contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    """Let this process write no byte beyond a place in any file, as a disk with a bad spot does."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
