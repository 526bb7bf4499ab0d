"""Opening a store: what is no store, or a newer one, is told apart before anything is written.

A new store is made beside its place and renamed, so that it is there whole or not at all. A store
of an older version is copied, and the copy verified, before it is changed.
"""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

from brm_desktop.domain.errors import NewerStore, NotAStore, StoreDamaged, StoreProblem
from brm_desktop.domain.phrase import phrase
from brm_desktop.storage.driver import (
    DriverError,
    as_database,
    check_version,
    connect,
    in_memory,
    is_damage,
    make_durable,
    told_of,
)
from brm_desktop.storage.places import refuse_network
from brm_desktop.storage.vault import StoreKey

if TYPE_CHECKING:
    from sqlite3 import Connection  # noqa: TID251 -- its types only

    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

APPLICATION_ID: Final = 0x42524D31
"""``BRM1`` in the file's header: how a store is told from any other SQLite file."""


def create_store(path: Path, site: int, key: StoreKey | None = None) -> None:
    """Make an empty store whose device is known by ``site``, 64 random bits; with a key, encrypted.

    Raises
    ------
    StoreProblem
        When there is something at ``path`` already, or no file can be made there.
    """
    check_version()
    if path.exists():
        raise StoreProblem(phrase("There is a file {name} already.", name=path.name))
    _check_folder(path)
    refuse_network(path)
    part = _beside(path, "part")
    with told_of(path):
        part.unlink(missing_ok=True)
        try:
            with closing(connect(part, "rwc", key)) as connection:
                _have_durable(path, connection)
                db = as_database(connection)
                _ours().apply(db)
                _add_site(db, site)
                # Closing would write the log back too, but say nothing when the disk is full.
                db.execute("PRAGMA wal_checkpoint(truncate)").fetchall()
            part.rename(path)
        finally:
            part.unlink(missing_ok=True)
            part.with_name(f"{part.name}-wal").unlink(missing_ok=True)
    _make_name_durable(path)


def open_store(
    path: Path, migrations: Migrations | None = None, key: StoreKey | None = None
) -> Database:
    """Open a store for writing, brought to today's schema; nobody else can open it meanwhile.

    An encrypted one needs its ``key``.

    Raises
    ------
    StoreProblem
        One sentence on what it is that cannot be opened; the file is left as it was.
    """
    check_version()
    _check_file(path)
    refuse_network(path)
    steps = migrations or _ours()
    log = path.with_name(f"{path.name}-wal")
    with told_of(path):
        _check_header(path, steps, key)
        broken_off = log.exists() and log.stat().st_size > 0
        connection = connect(path, "rw", key)
        try:
            db = as_database(connection)
            _take(path, connection)
            if broken_off:
                _check_whole(path, connection)
            _bring_up_to_date(path, db, steps, key)
        except BaseException:
            connection.close()
            raise
        return db


def _ours() -> Migrations:
    from brm_desktop.storage.migrations import migrations

    return migrations


def _check_file(path: Path) -> None:
    if path.is_dir():
        raise NotAStore(phrase("{name} is a folder, not a BRM store.", name=path.name))
    if not path.exists():
        raise StoreProblem(phrase("There is no file {name}.", name=str(path)))
    if not path.is_file() or not path.stat().st_size:
        raise NotAStore(phrase("{name} is not a BRM store.", name=path.name))
    if not os.access(path, os.R_OK):
        raise StoreProblem(phrase("{name} cannot be read: permission is denied.", name=path.name))
    if not os.access(path, os.W_OK):
        raise StoreProblem(phrase("{name} cannot be written: it is read-only.", name=path.name))
    _check_folder(path)


def _check_folder(path: Path) -> None:
    folder = path.absolute().parent
    if not folder.is_dir():
        raise StoreProblem(phrase("There is no folder {name}.", name=str(folder)))
    if not os.access(folder, os.W_OK | os.X_OK):
        raise StoreProblem(
            phrase(
                "The folder {name} is read-only, so no store can be kept there.", name=str(folder)
            )
        )


def _check_header(path: Path, steps: Migrations, key: StoreKey | None) -> None:
    """Tell foreign and newer files by looking only: no lock, no journal, no byte written."""
    application, version = _header(path, key)
    if application != APPLICATION_ID:
        raise NotAStore(phrase("{name} is not a BRM store.", name=path.name))
    _check_not_newer(path, version, steps)


def _header(path: Path, key: StoreKey | None) -> tuple[int, int]:
    """The application id and the schema version that the file names.

    SQLite reads them, because to open and close a file otherwise gives up the locks this process
    may have on it. Only when a log was not written back to its end does the file look damaged
    without it; then the bytes are read as they lie there.
    """
    try:
        with closing(connect(path, "immutable", key)) as connection:
            return _pragma(connection, "application_id"), _pragma(connection, "user_version")
    except DriverError as error:
        if not is_damage(error):
            raise
    with path.open("rb") as file:
        start = file.read(100)
    return int.from_bytes(start[68:72], "big"), int.from_bytes(start[60:64], "big")


def _check_not_newer(path: Path, version: int, steps: Migrations) -> None:
    if version > newest_version(steps):
        raise NewerStore(
            phrase(
                "{name} was written by a newer version of BRM Desktop; update this one to open it.",
                name=path.name,
            )
        )


def newest_version(steps: Migrations | None = None) -> int:
    """The version of the schema after all migrations."""
    with closing(in_memory()) as empty:
        return len((steps or _ours()).pending(as_database(empty)))


def _have_durable(path: Path, connection: Connection) -> None:
    if not make_durable(connection):
        raise StoreProblem(
            phrase("{name} lies where its changes cannot be written safely.", name=path.name)
        )


def _take(path: Path, connection: Connection) -> None:
    _have_durable(path, connection)
    connection.execute("BEGIN EXCLUSIVE")
    connection.execute("ROLLBACK")


def _check_whole(path: Path, connection: Connection) -> None:
    """After a run that was broken off: is the file sound? A moment's work, and rarely needed."""
    if connection.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]:
        raise StoreDamaged(phrase("{name} is damaged; restore a copy of it.", name=path.name))


def _bring_up_to_date(path: Path, db: Database, steps: Migrations, key: StoreKey | None) -> None:
    _check_not_newer(path, _pragma(db.conn, "user_version"), steps)
    if not steps.pending(db):
        return
    _keep_copy(path, db, key)
    steps.apply(db)
    db.execute("PRAGMA wal_checkpoint(truncate)")


def _keep_copy(path: Path, db: Database, key: StoreKey | None) -> Path:
    """Write a copy of the store as it is, open it, compare it, and only then give it its name."""
    version = _pragma(db.conn, "user_version")
    part = _beside(path, "part")
    part.unlink(missing_ok=True)
    try:
        db.execute("VACUUM INTO ?", [str(part)])
        _verify_copy(db, part, key)
        copy = _free_name(path, f"v{version}")
        part.rename(copy)
    finally:
        part.unlink(missing_ok=True)
    _make_name_durable(copy)
    return copy


def _verify_copy(db: Database, part: Path, key: StoreKey | None) -> None:
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    with closing(connect(part, "immutable", key)) as connection:
        sound = connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        if not sound or _sizes(connection) != _sizes(db.conn):
            raise StoreDamaged(
                phrase("{name} could not be copied, so it was not changed.", name=part.stem)
            )


def _sizes(connection: Connection) -> dict[str, int]:
    """The number of rows of every table."""
    names = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"
    ).fetchall()
    return {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
        for (name,) in names
    }


def _add_site(db: Database, site: int) -> None:
    with db.atomic():
        db.execute(
            "INSERT INTO site (site, own, device, rep, applied_sequence, status)"
            " VALUES (?, 1, '', '', 0, 'own')",
            [site.to_bytes(8, "big")],
        )


def _pragma(connection: Connection, name: str) -> int:
    (value,) = connection.execute(f"PRAGMA {name}").fetchone()
    return int(value)


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(f"{path.name}.{ending}")


def _free_name(path: Path, ending: str) -> Path:
    name, number = _beside(path, ending), 1
    while name.exists():
        number += 1
        name = _beside(path, f"{ending}-{number}")
    return name


def _make_name_durable(path: Path) -> None:
    """Have the folder written out, so that a power cut cannot take the new name away."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    folder = os.open(path.absolute().parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
