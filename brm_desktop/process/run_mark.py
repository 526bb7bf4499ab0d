"""The mark of a run: there while the window is open, so that the next start finds a bad end.

``running.json`` in the state folder says which process of which version runs since when; it goes
when the program ends in order. What a crash leaves is in ``crash.log`` of the log folder: that of
the present run, and that of the one before as ``crash.old.log``.
"""

from __future__ import annotations

import faulthandler
import json
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TextIO

from brm_desktop import __version__
from brm_desktop.process.alive import birth_of, is_alive
from brm_desktop.process.folders import own_file, own_folder
from brm_desktop.process.frames import told_of_dump

_MARK: Final = "running.json"
_CRASH: Final = "crash.log"
_CRASH_BEFORE: Final = "crash.old.log"
_LARGEST_MARK: Final = 2_000
LARGEST_DUMP: Final = 64_000
_LONGEST_VERSION: Final = 40


@dataclass(frozen=True, slots=True)
class BadEnd:
    """A run that did not end in order: since when it ran, its version, and what its crash left."""

    since: str
    version: str
    trace: tuple[str, ...] = ()


class RunMark:
    """The mark of this run."""

    def __init__(self, folder: Path, since: str) -> None:
        """``since`` is when the run began, as people write it."""
        self._file = folder / _MARK
        self._since = since
        self._set = False

    def set(self) -> None:
        """Leave the mark, once; where it cannot be written a bad end stays unnoticed."""
        if self._set:
            return
        content = {
            "pid": os.getpid(),
            "birth": birth_of(os.getpid()),
            "since": self._since,
            "version": __version__,
        }
        with suppress(OSError):
            own_folder(self._file.parent)
            with open(self._file, "w", encoding="utf-8", opener=own_file) as file:
                json.dump(content, file)
            self._set = True

    def remove(self) -> None:
        """Take the mark away: everything is saved and closed."""
        if self._set:
            self._file.unlink(missing_ok=True)
            self._set = False

    def bad_end(self, trace: tuple[str, ...] = ()) -> BadEnd | None:
        """The run before this one, when it left its mark and is gone; ``trace`` is of its crash."""
        try:
            with self._file.open("rb") as file:
                found = json.loads(file.read(_LARGEST_MARK))
            pid, birth = int(found["pid"]), str(found["birth"])
            since, version = str(found["since"]), str(found["version"])
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            return None
        if pid != os.getpid() and is_alive(pid, birth):
            return None
        return BadEnd(_short(since), _short(version), trace)


def crash_trace(folder: Path) -> tuple[str, ...]:
    """What the crash of the run before left, kinds and places only; asked before the dump is on."""
    try:
        with (folder / _CRASH).open("rb") as file:
            dump = file.read(LARGEST_DUMP)
    except OSError:
        return ()
    return tuple(told_of_dump(dump.decode("utf-8", errors="replace")))


def dump_crashes(folder: Path) -> TextIO | None:
    """Have a crash write where every thread was; the file of the run before is kept, no older one.

    The file stays open as long as the run; ``None`` where none can be written.
    """
    file = folder / _CRASH
    try:
        own_folder(folder)
        if file.exists() and file.stat().st_size:
            _keep_start(file)
            file.replace(folder / _CRASH_BEFORE)
        crash = open(  # noqa: SIM115  it stays open as long as the run
            file, "w", encoding="utf-8", opener=own_file
        )
    except OSError:
        return None
    faulthandler.enable(crash, all_threads=True)
    return crash


def _keep_start(file: Path) -> None:
    if file.stat().st_size > LARGEST_DUMP:
        os.truncate(file, LARGEST_DUMP)


def _short(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable())[:_LONGEST_VERSION]
