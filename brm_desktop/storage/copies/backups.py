"""Backups of a store: a folder of verified copies beside it, and which of them are let go.

``NAME.brm.backups/2026-11-22T091500-daily.brm`` was made on that day and minute of the computer's
clock. Seven daily copies are kept, four weekly ones (each made with the first daily copy of an ISO
week), and three from before a change of schema or an import, together. What the user made by hand,
and what a restore put aside, stays until the user removes it: nothing a person asked to keep goes
by itself.

A clock can be wrong. The order of copies is that of their names, but a copy dated after the present
moment counts as older than all others: it was made while the clock was ahead. So the copy just made
is always the newest, and a clock set back or forward by a year costs at most the oldest copies.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from brm_desktop.domain.errors import StoreProblem
from brm_desktop.domain.phrase import Word, phrase
from brm_desktop.storage.copies.copying import (
    Stopped,
    copy_whole,
    never,
    require_same,
    write_copy,
)
from brm_desktop.storage.driver import told_of
from brm_desktop.storage.keys.key_file import KeyFile
from brm_desktop.storage.keys.store_key import StoreKey
from brm_desktop.storage.keys.vault import ENDING, key_file_beside
from brm_desktop.storage.place.durable import make_name_durable, write_whole

if TYPE_CHECKING:
    from sqlite3 import Connection  # noqa: TID251 -- its types only


class BackupKind(Word):
    """Why a copy was made."""

    DAILY = "daily", "Daily"
    WEEKLY = "weekly", "Weekly"
    BEFORE_MIGRATION = "before-migration", "Before an update"
    BEFORE_IMPORT = "before-import", "Before an import"
    BY_HAND = "by-hand", "Made by hand"
    REPLACED = "replaced", "Replaced by a restore"


_KINDS: Final = {kind.value: kind for kind in BackupKind}
_BEFORE: Final = frozenset({BackupKind.BEFORE_MIGRATION, BackupKind.BEFORE_IMPORT})
_KEPT: Final = (
    (frozenset({BackupKind.DAILY}), 7),
    (frozenset({BackupKind.WEEKLY}), 4),
    (_BEFORE, 3),
)
FOLDER_ENDING: Final = ".backups"
_STAMP: Final = "%Y-%m-%dT%H%M%S"
_NAME: Final = re.compile(
    rf"(\d{{4}}-\d\d-\d\dT\d{{6}})-({'|'.join(BackupKind)})(?:-(\d{{1,6}}))?\.brm"
)


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy in the folder of backups: when and why it was made, and its bytes on disk."""

    path: Path
    kind: BackupKind
    made_at: datetime
    size: int
    number: int = 1
    """Tells copies of one second apart."""


def folder_of(store: Path) -> Path:
    """Where the backups of a store are kept: beside the store, not beside a link to it."""
    place = Path(os.path.realpath(store))
    return place.with_name(f"{place.name}{FOLDER_ENDING}")


def backups_of(store: Path) -> list[Backup]:
    """The backups of a store, the newest first; files that are none are passed over."""
    with told_of(store):
        folder = folder_of(store)
        if not folder.is_dir():
            return []
        found = [backup for path in folder.iterdir() if (backup := read_name(path)) is not None]
    return sorted(found, key=lambda one: (one.made_at, one.number, one.path.name), reverse=True)


def read_name(path: Path) -> Backup | None:
    """What a file's name says of a copy; ``None`` when it is no name of one."""
    parts = _NAME.fullmatch(path.name)
    if parts is None:
        return None
    try:
        made_at = datetime.strptime(parts[1], _STAMP).astimezone()
        size = path.stat().st_size
    except (ValueError, OverflowError, OSError):
        return None
    return Backup(path, _KINDS[parts[2]], made_at, size, int(parts[3] or 1))


def is_due(store: Path, now: datetime) -> bool:
    """Whether there is no daily copy of the day it is."""
    day = now.astimezone().date()
    return not any(
        one.kind is BackupKind.DAILY and one.made_at.date() == day for one in backups_of(store)
    )


def superfluous(backups: Iterable[Backup], newest: Backup) -> list[Backup]:
    """The copies beyond what is kept of their kinds, in the order they may be let go.

    ``newest`` is the one just made, whatever the clock says of the others.
    """

    def order(one: Backup) -> tuple[bool, bool, datetime, int]:
        ahead = one.made_at > newest.made_at
        return (one.path == newest.path, not ahead, one.made_at, one.number)

    in_order = sorted(backups, key=order)
    going = []
    for kinds, kept in _KEPT:
        alike = [one for one in in_order if one.kind in kinds]
        going.extend(alike[: max(0, len(alike) - kept)])
    return going


def back_up(
    store: Path,
    source: Connection,
    kind: BackupKind,
    at: datetime,
    key: StoreKey | None,
    stopped: Stopped = never,
) -> Backup:
    """Make a copy of what a connection to a store sees, verified before it gets its name.

    With the first daily copy of a week goes a weekly one. Older copies are let go only after the
    new one stands. A copy that cannot be made leaves nothing behind.

    Raises
    ------
    StoreProblem
        One sentence on why there is no new copy; all others are as they were.
    """
    now = at.astimezone().replace(microsecond=0)
    with _told_why(store):
        folder = _ready_folder(store)
        counted: dict[str, int] = {}

        def write(part: Path) -> None:
            counted.update(write_copy(source, part, key, stopped))

        made = _named(folder, kind, now, write)
        keep_key_file(store)
        if kind is BackupKind.DAILY and _wants_weekly(store, now):

            def copy(part: Path) -> None:
                copy_whole(made.path, part)
                require_same(part, key, counted)

            _named(folder, BackupKind.WEEKLY, now, copy)
        for one in superfluous(backups_of(store), made):
            remove(one)
    return made


def keep_as_replaced(store: Path, at: datetime, log: Path) -> Backup:
    """Put a store that cannot be opened among the backups byte for byte, its ``log`` beside it.

    Raises ``StoreProblem``.
    """
    now = at.astimezone().replace(microsecond=0)
    with _told_why(store):

        def copy(part: Path) -> None:
            copy_whole(store, part)

        made = _named(_ready_folder(store), BackupKind.REPLACED, now, copy)
        keep_key_file(store)
        if log.exists():
            copy_whole(log, log_of(made.path))
    return made


def remove(backup: Backup) -> None:
    """Let a copy go for good; raises ``StoreProblem``."""
    with told_of(backup.path):
        backup.path.unlink(missing_ok=True)
        log_of(backup.path).unlink(missing_ok=True)


def remove_all(store: Path) -> None:
    """Let all copies go with their folder, as of the sample; raises ``StoreProblem``."""
    folder = folder_of(store)
    with told_of(folder):
        if folder.is_dir():
            shutil.rmtree(folder)


def keep_key_file(store: Path) -> None:
    """Put the key file of an encrypted store beside its copies, one for each key it ever had.

    Called when a copy is made and when the passphrase changes: then no copy opens with the old one.
    The store itself is not looked into: to open and close it would give up this process's locks.
    """
    keys, folder = key_file_beside(store), folder_of(store)
    if not keys.is_file() or not folder.is_dir():
        return
    with told_of(keys):
        content = keys.read_bytes()
        try:
            salt = KeyFile.from_bytes(content).store
        except ValueError:
            return  # no key file of ours; the copies open with the recovery key
        place = folder / f"{store.name}-{salt.hex()}{ENDING}"
        write_whole(place, content)
        for older in folder.glob(f"*-{salt.hex()}{ENDING}"):
            if older.name != place.name:  # of the name the store had before
                older.unlink(missing_ok=True)


def log_of(path: Path) -> Path:
    """The file in which SQLite keeps what is not written back yet."""
    return path.with_name(f"{path.name}-wal")


def _wants_weekly(store: Path, now: datetime) -> bool:
    week = now.isocalendar()[:2]
    return not any(
        one.kind is BackupKind.WEEKLY and one.made_at.isocalendar()[:2] == week
        for one in backups_of(store)
    )


def _ready_folder(store: Path) -> Path:
    """The folder of backups, made if need be for its owner only, without what was broken off."""
    folder = folder_of(store)
    if not folder.is_dir():
        folder.mkdir(mode=0o700)
        make_name_durable(folder)
    for part in folder.glob("*.part*"):
        part.unlink(missing_ok=True)
    return folder


def _named(
    folder: Path, kind: BackupKind, now: datetime, write: Callable[[Path], object]
) -> Backup:
    """Have a copy written under a passing name, and give it its own when that has been done."""
    path = _free_name(folder, f"{now.strftime(_STAMP)}-{kind.value}")
    part = path.with_name(f"{path.name}.part")
    try:
        write(part)
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)
    make_name_durable(path)
    made = read_name(path)
    assert made is not None
    return made


def _free_name(folder: Path, stem: str) -> Path:
    path, number = folder / f"{stem}.brm", 1
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}.brm"
    return path


@contextmanager
def _told_why(store: Path) -> Iterator[None]:
    """Say of what is wrong that it kept a backup from being made."""
    try:
        with told_of(store):
            yield
    except StoreProblem as problem:
        sentence = phrase(
            "No backup of {name} was made: {reason}", name=store.name, reason=problem.sentence
        )
        raise type(problem)(sentence) from problem
