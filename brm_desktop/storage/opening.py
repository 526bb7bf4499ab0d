"""Opening a store: what is no store, or a newer one, is told apart before anything is written.

A new store is made beside its place and renamed, so that it is there whole or not at all. A store
of an older version is backed up, and the copy verified, before it is changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from brm_desktop.domain.errors import (
    NewerStore,
    NotAStore,
    StoreDamaged,
    StoreLocked,
    StoreProblem,
    WrongSecret,
)
from brm_desktop.domain.phrase import phrase
from brm_desktop.storage.copies.backups import BackupKind, back_up
from brm_desktop.storage.driver import (
    DriverError,
    as_database,
    connect,
    in_memory,
    is_damage,
    is_foreign,
    make_durable,
    salt_of,
    told_of,
)
from brm_desktop.storage.keys.encrypted import is_encrypted
from brm_desktop.storage.keys.store_key import StoreKey
from brm_desktop.storage.keys.vault import forget_key_file, lock_away
from brm_desktop.storage.own_schema import TODAYS_VERSION, check_schema, has_todays_schema
from brm_desktop.storage.place.durable import make_name_durable
from brm_desktop.storage.place.found import check_file, check_folder
from brm_desktop.storage.place.places import refuse_network

if TYPE_CHECKING:
    from sqlite3 import Connection  # noqa: TID251 -- its types only

    from brm_desktop.storage.sqlite_tools import Database, Migrations

APPLICATION_ID: Final = 0x42524D31
"""``BRM1`` in the file's header: how a store is told from any other SQLite file."""


LOOKED_THROUGH: Final = 4_000_000
"""Up to so many bytes every page is looked at on opening: 0.15 s at most, encrypted. What is larger
is looked through by the daily backup, off the window's thread (docs/decisions)."""


def create_store(
    path: Path, site: int, key: StoreKey | None = None, passphrase: str | None = None
) -> None:
    """Make an empty store whose device is known by ``site``, 64 random bits; with a key, encrypted.

    With a passphrase, the key is locked away under it before the store has its name.

    Raises
    ------
    StoreProblem
        When there is something at ``path`` already, or no file can be made there.
    """
    if path.exists():
        raise StoreProblem(phrase("There is a file {name} already.", name=path.name))
    check_folder(path)
    refuse_network(path)
    _check_no_log(path)
    part = _beside(path, "part")
    with told_of(path), ExitStack() as undone:
        part.unlink(missing_ok=True)
        try:
            with closing(connect(part, "rwc", key)) as connection:
                _have_durable(path, connection)
                db = as_database(connection)
                _ours().apply(db)
                _add_site(db, site)
                # Closing would write the log back too, but say nothing when the disk is full.
                db.execute("PRAGMA wal_checkpoint(truncate)").fetchall()
            if key is not None and passphrase is not None:
                salt = salt_of(part)
                undone.callback(forget_key_file, path, salt)
                lock_away(path, salt, key, passphrase)
            part.rename(path)
            undone.pop_all()
        finally:
            part.unlink(missing_ok=True)
            part.with_name(f"{part.name}-wal").unlink(missing_ok=True)
    make_name_durable(path)


def open_store(
    path: Path, migrations: Migrations | None = None, key: StoreKey | None = None
) -> Connection:
    """Open a store for writing, brought to today's schema; nobody else can open it meanwhile.

    An encrypted one needs its ``key``.

    Raises
    ------
    StoreProblem
        One sentence on what it is that cannot be opened; the file is left as it was.
    """
    check_file(path)
    refuse_network(path)
    log = path.with_name(f"{path.name}-wal")
    with told_of(path), _fitting(path, key):
        broken_off = log.exists() and log.stat().st_size > 0
        _check_header(path, migrations, key, broken_off=broken_off)
        connection = connect(path, "rw", key)
        try:
            _take(path, connection)
            _check_ours(path, connection)
            is_todays = migrations is None and has_todays_schema(connection)
            if not is_todays:
                check_schema(path.name, connection, migrations or _ours())
            if broken_off or path.stat().st_size <= LOOKED_THROUGH:
                _check_whole(path, connection)
            if not is_todays:
                _bring_up_to_date(path, as_database(connection), migrations or _ours(), key)
        except BaseException:
            connection.close()
            raise
        return connection


def require_ours(path: Path, connection: Connection) -> None:
    """See that a closed store or a copy of one is what some version of this program made.

    Raises ``NotAStore`` and ``NewerStore``.
    """
    _check_ours(path, connection)
    _check_not_newer(path, _pragma(connection, "user_version"), None)
    if not has_todays_schema(connection):
        check_schema(path.name, connection, _ours())


def _ours() -> Migrations:
    from brm_desktop.storage.sqlite_tools import our_migrations

    return our_migrations()


def _check_no_log(path: Path) -> None:
    """Refuse a name that a log was left under: it would be read into the new store."""
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and log.stat().st_size:
        raise StoreProblem(
            phrase(
                "{name} is left over from a store that is gone: remove it or choose another name.",
                name=log.name,
            )
        )


@contextmanager
def _fitting(path: Path, key: StoreKey | None) -> Iterator[None]:
    """Say of a file that is noise with a key that the key is wrong, and without one that it lacks.

    Raises ``WrongSecret`` and ``StoreLocked``.
    """
    try:
        yield
    except DriverError as error:
        if not is_foreign(error):
            raise
        if key is not None:
            raise WrongSecret(phrase("That key does not open {name}.", name=path.name)) from error
        if not is_encrypted(path):
            raise
        raise StoreLocked(
            phrase("{name} is encrypted: its passphrase is needed.", name=path.name)
        ) from error


def _check_header(
    path: Path, steps: Migrations | None, key: StoreKey | None, *, broken_off: bool
) -> None:
    """Tell foreign and newer files by looking only: no lock, no journal, no byte written."""
    header = _header(path, key, broken_off=broken_off)
    if header is not None:
        application, version = header
        if application != APPLICATION_ID:
            raise NotAStore(phrase("{name} is not a BRM store.", name=path.name))
        _check_not_newer(path, version, steps)


def _header(path: Path, key: StoreKey | None, *, broken_off: bool) -> tuple[int, int] | None:
    """The application id and the schema version that the file names.

    SQLite reads them, because to open and close a file otherwise gives up the locks this process
    may have on it. Only when a log was not written back to its end does the file look damaged
    without it; then the bytes are read as they lie there. An encrypted file says nothing then: it
    gives ``None``, and is looked at when its log is read.
    """
    try:
        with closing(connect(path, "immutable", key)) as connection:
            return _pragma(connection, "application_id"), _pragma(connection, "user_version")
    except DriverError as error:
        if key is not None and broken_off and (is_damage(error) or is_foreign(error)):
            return None
        if key is not None or not is_damage(error):
            raise
    with path.open("rb") as file:
        start = file.read(100)
    return int.from_bytes(start[68:72], "big"), int.from_bytes(start[60:64], "big")


def _check_not_newer(path: Path, version: int, steps: Migrations | None) -> None:
    if version > newest_version(steps):
        raise NewerStore(
            phrase(
                "{name} was written by a newer version of BRM Desktop; update this one to open it.",
                name=path.name,
            )
        )


def newest_version(steps: Migrations | None = None) -> int:
    """The version of the schema after all migrations, by default after ours."""
    if steps is None:
        return TODAYS_VERSION
    with closing(in_memory()) as empty:
        return len(steps.pending(as_database(empty)))


def _have_durable(path: Path, connection: Connection) -> None:
    if not make_durable(connection):
        raise StoreProblem(
            phrase("{name} lies where its changes cannot be written safely.", name=path.name)
        )


def _take(path: Path, connection: Connection) -> None:
    _have_durable(path, connection)
    connection.execute("BEGIN EXCLUSIVE")
    connection.execute("ROLLBACK")


def _check_ours(path: Path, connection: Connection) -> None:
    """Look again, now with what the log holds, and before anything is written."""
    if _pragma(connection, "application_id") != APPLICATION_ID:
        raise NotAStore(phrase("{name} is not a BRM store.", name=path.name))


def _check_whole(path: Path, connection: Connection) -> None:
    """Is the file sound? Also a large one is asked after a run that was broken off."""
    if connection.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]:
        raise StoreDamaged(
            phrase("{name} is damaged; restore a backup, or save what can be read.", name=path.name)
        )


def _bring_up_to_date(path: Path, db: Database, steps: Migrations, key: StoreKey | None) -> None:
    _check_not_newer(path, _pragma(db.conn, "user_version"), steps)
    if not steps.pending(db):
        return
    back_up(path, db.conn, BackupKind.BEFORE_MIGRATION, _now(), key)
    steps.apply(db)
    db.execute("PRAGMA wal_checkpoint(truncate)")


def _now() -> datetime:
    """When a copy is made; a store is opened before there is a session with a clock."""
    return datetime.now().astimezone()  # noqa: TID251 -- only for the copy's name


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
