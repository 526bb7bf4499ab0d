"""Saving what can be read of a damaged store into a new one of today's schema.

The damaged file is only looked at, page by page and past SQLite, which gives up on whatever a
damaged page leads to (``pages``, ``strewn``). What was read goes into a new store of the same
version, which is then brought to today's. A record whose row is
lost and whose history is not is built again from its history. What cannot be read or kept is
listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from brm_desktop.domain.errors import NewerStore, NotAStore, StoreDamaged, StoreProblem
from brm_desktop.domain.kinds import kind_word
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.storage.copies.backups import log_of
from brm_desktop.storage.copies.copying import copy_whole, make_content_durable
from brm_desktop.storage.driver import (
    DriverError,
    as_database,
    connect,
    in_memory,
    salt_of,
    told_of,
)
from brm_desktop.storage.keys.store_key import StoreKey
from brm_desktop.storage.keys.vault import lock_away
from brm_desktop.storage.opening import APPLICATION_ID, newest_version
from brm_desktop.storage.place.durable import make_name_durable
from brm_desktop.storage.place.places import refuse_network
from brm_desktop.storage.rows.loading import counts
from brm_desktop.storage.rows.mapping import BY_NAME
from brm_desktop.storage.salvaging.mending import mend
from brm_desktop.storage.salvaging.pages import Pages, pages_of
from brm_desktop.storage.salvaging.scanned import LostRows, Scanned
from brm_desktop.storage.salvaging.strewn import MIGRATIONS, Shape, Strewn, shape_of, steps_applied

if TYPE_CHECKING:
    from sqlite_utils import Database

_OTHER_TABLES: Final = {
    "bundle": phrase("list of bundles"),
    "history": phrase("history"),
    "same_as": phrase("verdict on a duplicate"),
    "setting": phrase("setting"),
    "site": phrase("device"),
    "undo_step": phrase("step to undo"),
    "unknown_field": phrase("field of a newer version"),
}
"""What the tables are called that hold no records; all others are about sharing."""
_SHARING: Final = phrase("what is known of sharing")


@dataclass(slots=True)
class Salvaged:
    """What came of it: records by kind, rows that could not be read, what was not kept and why."""

    counts: dict[str, int] = field(default_factory=dict)
    lost: list[LostRows] = field(default_factory=list)
    rebuilt: dict[str, int] = field(default_factory=dict)
    """So many records by kind were built again from their history."""
    dropped: list[Phrase] = field(default_factory=list)

    def sentences(self) -> list[Phrase]:
        """All of it to be read, a sentence each."""
        again = [
            phrase(
                "{table}: {n} built again from their history, as far as it could be read",
                table=kind_word(kind),
                n=count,
            )
            for kind, count in self.rebuilt.items()
        ]
        return [*map(_lost_said, self.lost), *again, *self.dropped]


def salvage(
    source: Path,
    target: Path,
    key: StoreKey | None,
    site: int,
    new_key: StoreKey | None,
    passphrase: str | None = None,
    salts: Iterable[bytes] = (),
) -> Salvaged:
    """Write what can be read of a store into a new one; ``new_key`` encrypts it.

    With a ``passphrase`` the new key is locked away under it. ``salts`` are those that the store
    may have when its own, at its very beginning, is damaged.

    Raises
    ------
    StoreProblem
        When nothing can be read at all, or the new store cannot be written; then there is none.
    """
    if target.exists():
        raise StoreProblem(phrase("There is a file {name} already.", name=target.name))
    refuse_network(target)
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    found = Salvaged()
    with told_of(target):
        try:
            read = _read(source, part, key, salts)
            found.lost = [lost for scanned in read.tables for lost in scanned.lost]
            with closing(connect(part, "rwc", new_key)) as connection:
                _write(as_database(connection), read, site, found)
            make_content_durable(part)
            if new_key is not None and passphrase is not None:
                lock_away(target, salt_of(part), new_key, passphrase)
            part.rename(target)
        finally:
            for rest in (part, part.with_name(f"{part.name}-journal")):
                rest.unlink(missing_ok=True)
        make_name_durable(target)
    return found


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read of a store of some version of the schema."""

    version: int
    shapes: dict[str, Shape]
    tables: list[Scanned]


def _read(source: Path, part: Path, key: StoreKey | None, salts: Iterable[bytes]) -> _Read:
    with _reading(source, part, key) as file, told_of(source):
        known = () if key is None else (salt_of(file), *salts)
        with pages_of(file, key, known) as pages:
            version = _version(source, pages)
            shapes = _shapes_of(version)
            strewn = Strewn(pages, shapes)
            return _Read(version, shapes, [strewn.scan(table) for table in shapes])


@contextmanager
def _reading(source: Path, part: Path, key: StoreKey | None) -> Iterator[Path]:
    """A file to read, with what only the log of the store has."""
    log = log_of(source)
    if not log.exists() or not log.stat().st_size:
        yield source
        return
    copy = part.with_name(f"{part.name}.read")
    try:
        copy_whole(source, copy)
        copy_whole(log, log_of(copy))
        with suppress(DriverError), closing(connect(copy, "rw", key)) as connection:
            connection.execute("PRAGMA locking_mode = exclusive")
            connection.execute("PRAGMA wal_checkpoint(truncate)").fetchall()
        yield copy
    finally:
        for rest in (copy, log_of(copy)):
            rest.unlink(missing_ok=True)


def _version(source: Path, pages: Pages) -> int:
    """The version of the schema, told by the first page, or else by the migrations that ran."""
    application, version = pages.application(), pages.version()
    if not pages.has_start():
        application, version = APPLICATION_ID, steps_applied(pages, _names_of_steps())
    if application != APPLICATION_ID:
        raise NotAStore(phrase("{name} is not a BRM store.", name=source.name))
    if version > newest_version():
        raise NewerStore(
            phrase(
                "{name} was written by a newer version of BRM Desktop; update this one to open it.",
                name=source.name,
            )
        )
    if version < 1:
        raise StoreDamaged(
            phrase("Nothing can be read from {name}: restore a backup.", name=source.name)
        )
    return version


def _names_of_steps() -> list[str]:
    from brm_desktop.storage.sqlite_tools import our_migrations

    with closing(in_memory()) as empty:
        return [step.name for step in our_migrations().pending(as_database(empty))]


def _one_line(sql: str) -> str:
    return " ".join(sql.split())


def _shapes_of(version: int) -> dict[str, Shape]:
    """The tables of a version of the schema."""
    with closing(in_memory()) as empty:
        fresh = as_database(empty)
        _migrate(fresh, version)
        return {
            name: shape_of(
                name,
                empty.execute(f'PRAGMA table_info("{name}")').fetchall(),
                _one_line(fresh.table(name).schema),
            )
            for name in fresh.table_names()
            if name != MIGRATIONS
        }


def _write(db: Database, read: _Read, site: int, found: Salvaged) -> None:
    """Fill a new store with what was read, bring it to today's schema, and mend it."""
    _migrate(db, read.version)
    with db.atomic():
        for scanned in read.tables:
            _insert(db, scanned, read.shapes[scanned.table].columns, found)
        _settle_sites(db, site)
    _migrate(db, newest_version())
    with db.atomic():
        mended = mend(db)
    found.rebuilt = mended.rebuilt
    for table, count in mended.unreadable.items():
        found.dropped.append(_dropped(table, count))
    found.counts = counts(db)


def _migrate(db: Database, version: int) -> None:
    from brm_desktop.storage.migrations import migrations

    following = [step.name for step in migrations.pending(db)]
    done = newest_version() - len(following)
    later = following[version - done :]
    migrations.apply(db, stop_before=later[0] if later else None)


def _insert(db: Database, scanned: Scanned, columns: Sequence[str], found: Salvaged) -> None:
    """Put rows into their table; those that its rules refuse are counted."""
    listed, marks = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
    sql = f'INSERT INTO "{scanned.table}" ({listed}) VALUES ({marks})'
    refused = 0
    for _, row in sorted(scanned.rows.items()):
        try:
            db.conn.execute(sql, row)
        except DriverError:
            refused += 1
    if refused:
        found.dropped.append(_dropped(scanned.table, refused))


def _settle_sites(db: Database, site: int) -> None:
    """Have a site for all of history, and be a new one: the damaged store may still be in use."""
    db.execute("DELETE FROM site WHERE length(site) <> 8")
    db.execute("DELETE FROM history WHERE length(site) <> 8 OR length(operation) <> 16")
    db.execute("UPDATE site SET own = 0, status = 'former' WHERE own <> 0")
    columns = "(site, own, device, rep, applied_sequence, status)"
    db.execute(
        f"INSERT OR IGNORE INTO site {columns}"
        " SELECT DISTINCT site, 0, '', '', 0, 'former' FROM history"
    )
    db.execute(
        f"INSERT INTO site {columns} VALUES (?, 1, '', '', 0, 'own')", [site.to_bytes(8, "big")]
    )


def _dropped(table: str, count: int) -> Phrase:
    return phrase(
        "{table}: {n} not kept, since what was read breaks the rules of a store",
        table=_word(table),
        n=count,
    )


def _word(table: str) -> Phrase | str:
    return _OTHER_TABLES.get(table) or (kind_word(table) if table in BY_NAME else _SHARING)


def _lost_said(lost: LostRows) -> Phrase:
    name = _word(lost.table)
    if lost.first is None and lost.last is not None:
        return phrase("{table}: some rows may be missing", table=name)
    if not lost.first and lost.last is None:
        return phrase("{table}: nothing could be read", table=name)
    if lost.last is None:
        return phrase(
            "{table}: nothing could be read from row {first} on", table=name, first=lost.first
        )
    if lost.rows is None:
        return phrase(
            "{table}: rows {first} to {last} could not be read, as far as there were any",
            table=name,
            first=lost.first,
            last=lost.last,
        )
    return phrase(
        "{table}: {n} could not be read (rows {first} to {last})",
        table=name,
        n=lost.rows,
        first=lost.first,
        last=lost.last,
    )
