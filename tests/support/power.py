"""A disk that loses power: SQLite's files through ``power_cut.c``, the program's own through here.

What SQLite writes and does not sync is lost or torn by the C program. The program's own files and
names are followed at the calls that make them last: a file whose content was not synced is empty,
torn or whole after a cut, and of the renames and removals since their folder was synced only the
first few have happened, as on a file system with a journal.
"""

from __future__ import annotations

import ctypes
import os
import random
import shutil
import stat
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3

from brm_desktop.domain.errors import StoreProblem
from brm_desktop.storage.driver import DriverError

SOURCE = Path(__file__).resolve().parent.parent / "storage" / "power_cut.c"
Undo = Callable[[], object]


class PowerGone(BaseException):
    """The program stopped here; nothing catches it but the test."""


class Power:
    """The simulated disk under one folder."""

    def __init__(self, shim: ctypes.CDLL) -> None:
        self._shim = shim
        self._folder = Path()
        self._synced: dict[Path, bytes] = {}
        self._names: list[tuple[Path, Undo]] = []

    def on(self, folder: Path) -> None:
        """Begin with a folder; all that lies in it is on the disk."""
        self._shim.cut_forget()
        self._folder = folder
        self._synced = {path: path.read_bytes() for path in _files(folder)}
        self._names.clear()

    def cut_after(self, operations: int) -> None:
        """Cut the power at the so many-th operation from now; 0: never."""
        self._shim.cut_after(operations)

    def cut_now(self) -> None:
        """Cut the power, unless it is gone already."""
        if not self.is_cut:
            self.cut_after(1)
            self._shim.cut_operation()

    @property
    def is_cut(self) -> bool:
        """Whether the power went."""
        return bool(self._shim.cut_happened())

    @property
    def counted(self) -> int:
        """The operations since the last :meth:`cut_after`."""
        return int(self._shim.cut_counted())

    def lasts(self, work: Callable[[], object]) -> bool:
        """Whether some work was done before the power went; other problems are raised."""
        try:
            work()
        except (PowerGone, StoreProblem, DriverError):
            if not self.is_cut:
                raise
            return False
        return True

    def back(self, seed: int) -> bool:
        """Leave in the folder what is on the disk when the power is back; whether it was cut."""
        chance, was_cut = random.Random(seed), self.is_cut
        if was_cut:
            for path in _files(self._folder):
                if not self._sqlite_wrote(path) and self._synced.get(path) != path.read_bytes():
                    _tear(path, chance)
            self._shim.cut_power(seed)
            for _, undo in reversed(self._names[chance.randint(0, len(self._names)) :]):
                undo()
        self.on(self._folder)
        return was_cut

    @contextmanager
    def under(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        """The program's own calls go to the simulated disk, too."""
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", self._in_front(os.fsync, self._before_fsync))
            for name in ("rename", "replace"):
                patch.setattr(os, name, self._in_front(getattr(os, name), self._before_rename))
            patch.setattr(os, "link", self._in_front(os.link, self._before_link))
            for name in ("unlink", "remove"):
                patch.setattr(os, name, self._in_front(getattr(os, name), self._before_unlink))
            yield

    def _in_front(
        self, call: Callable[..., Any], before: Callable[..., None]
    ) -> Callable[..., Any]:
        def called(*arguments: Any, **options: Any) -> Any:
            where = arguments[0]
            path = Path(f"/proc/self/fd/{where}").readlink() if isinstance(where, int) else where
            if not Path(path).is_relative_to(self._folder):
                return call(*arguments, **options)
            if self._shim.cut_operation():
                raise PowerGone
            before(Path(path), *map(Path, arguments[1:2]))
            return call(*arguments, **options)

        return called

    def _sqlite_wrote(self, path: Path) -> bool:
        return bool(self._shim.cut_follows(os.fsencode(path)))

    def _before_fsync(self, path: Path) -> None:
        if stat.S_ISDIR(path.stat().st_mode):
            self._names = [one for one in self._names if one[0] != path]
        else:
            self._synced[path] = path.read_bytes()
            self._shim.cut_synced(os.fsencode(path))

    def _before_rename(self, source: Path, target: Path) -> None:
        self._shim.cut_renamed(os.fsencode(source), os.fsencode(target))
        if source.is_file():
            overwritten = target.read_bytes() if target.exists() else None
            synced = self._synced.pop(source, None)
            self._synced.pop(target, None)
            if synced is not None:
                self._synced[target] = synced
        else:
            overwritten = None

        def undo() -> None:
            if target.exists():
                target.rename(source)
            if overwritten is not None:
                target.write_bytes(overwritten)

        self._names.append((target.parent, undo))

    def _before_link(self, source: Path, target: Path) -> None:
        if source in self._synced:
            self._synced[target] = self._synced[source]
        elif self._sqlite_wrote(source):
            self._synced[target] = source.read_bytes()
        self._names.append((target.parent, lambda: target.unlink(missing_ok=True)))

    def _before_unlink(self, path: Path) -> None:
        if path.is_file():
            self._shim.cut_removed(os.fsencode(path))
            content = path.read_bytes()
            self._names.append((path.parent, lambda: path.write_bytes(content)))


def power_of(folder: Path) -> tuple[Power, Callable[[], None]]:
    """The simulated disk, put under every connection opened from now; and the way to stop."""
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.skip("there is no C compiler to build the simulated disk with")
    library = folder / "power_cut.so"
    command = [compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(SOURCE)]
    built = subprocess.run(command, capture_output=True, check=False, text=True)
    if built.returncode:
        pytest.skip(f"the simulated disk cannot be built here: {built.stderr[:200]}")
    (driver,) = Path(sqlcipher3.__file__).parent.glob("_sqlite3*.so")
    sqlite, shim = ctypes.CDLL(str(driver)), ctypes.CDLL(str(library))
    sqlite.sqlite3_vfs_find.restype = shim.cut_made.restype = ctypes.c_void_p
    shim.cut_made.argtypes = [ctypes.c_void_p]
    sqlite.sqlite3_vfs_register.argtypes = [ctypes.c_void_p, ctypes.c_int]
    own = sqlite.sqlite3_vfs_find(None)
    sqlite.sqlite3_vfs_register(shim.cut_made(own), 1)
    return Power(shim), lambda: sqlite.sqlite3_vfs_register(own, 1)


def copies(template: Path, count: int) -> Iterator[tuple[int, Path]]:
    """So many copies of a folder, numbered, one after the other."""
    for number in range(count):
        folder = template.with_name(str(number))
        shutil.copytree(template, folder)
        yield number, folder
        shutil.rmtree(folder)


def cut_everywhere(
    power: Power,
    template: Path,
    work: Callable[[Path], object],
    look: Callable[[Path, bool], object],
    count: int,
) -> None:
    """Do a work so many times and stop it at its first operation, its second, and so on.

    The last is the moment after it was done. ``look`` is told whether it was acknowledged as done.
    """
    operations = 0
    for number, folder in copies(template, count):
        power.on(folder)
        power.cut_after(0 if not number else 1 + number % (operations + 1))
        done = power.lasts(partial(work, folder))
        operations = operations or power.counted
        power.cut_now()
        power.back(number)
        look(folder, done)
    assert operations


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _tear(path: Path, chance: random.Random) -> None:
    """Leave a file that was not synced as it is, or a part of it, or nothing."""
    size = path.stat().st_size
    os.truncate(path, chance.choice([0, chance.randint(0, size), size]))
