"""Copies of a store that are known to be good: written by SQLite, then opened and counted."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

from brm_desktop.domain.errors import StoreDamaged, StoreProblem
from brm_desktop.domain.phrase import phrase
from brm_desktop.storage.driver import DriverError, connect, was_stopped
from brm_desktop.storage.keys.store_key import StoreKey
from brm_desktop.storage.place.durable import appearing_whole, make_own

if TYPE_CHECKING:
    from sqlite3 import Connection  # noqa: TID251 -- its types only

Stopped = Callable[[], bool]
_AT_ONCE: Final = 1 << 20
_ASK_EVERY: Final = 20_000
"""So many steps of SQLite's machine between two looks at whether to stop: some milliseconds."""


def never() -> bool:
    """Nobody asks to stop."""
    return False


def write_copy(
    source: Connection, part: Path, key: StoreKey | None, stopped: Stopped = never
) -> dict[str, int]:
    """Write a copy of what a connection sees, with the same key; gives its rows by table.

    The source is looked through first, so that no copy is taken of what is damaged.

    Raises
    ------
    StoreDamaged
        When the source is not whole, or the copy is not what the source is.
    StoreProblem
        When ``stopped`` said so.
    """
    source.set_progress_handler(stopped, _ASK_EVERY)
    try:
        require_whole(source, part.name)
        os.close(make_own(part))
        source.execute("VACUUM INTO ?", [str(part.absolute())])
        wanted = sizes(source)
    except DriverError as error:
        if was_stopped(error):
            raise StoreProblem(phrase("The backup was stopped.")) from error
        raise
    finally:
        source.set_progress_handler(None, 0)
    make_content_durable(part)
    require_same(part, key, wanted)
    return wanted


def require_same(part: Path, key: StoreKey | None, wanted: dict[str, int]) -> None:
    """See that a copy opens, is whole and has the rows it should have; raises ``StoreDamaged``."""
    with closing(connect(part, "immutable", key)) as connection:
        require_whole(connection, part.name)
        if sizes(connection) != wanted:
            raise StoreDamaged(
                phrase("{name} did not turn out as the store is; try again.", name=part.stem)
            )


def require_whole(connection: Connection, name: str) -> None:
    """See that every page is as it should be; raises ``StoreDamaged``."""
    if connection.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]:
        raise StoreDamaged(
            phrase("{name} is damaged; restore a backup, or save what can be read.", name=name)
        )


def sizes(connection: Connection) -> dict[str, int]:
    """The number of rows of every table."""
    names = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"
    ).fetchall()
    return {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
        for (name,) in names
    }


def make_content_durable(path: Path) -> None:
    """Have a file's bytes written out, so that a power cut cannot take them away."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def copy_whole(source: Path, target: Path) -> None:
    """Copy a file under a name that it gets only once all of it is written out."""
    with source.open("rb") as whole, appearing_whole(target) as copy:
        shutil.copyfileobj(whole, copy, _AT_ONCE)
