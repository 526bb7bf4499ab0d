"""Putting a copy in the place of a store, so that a power cut leaves the one or the other.

The order is what makes it safe. The copy is readied beside the store: a new site, everything
written out, verified. The present store goes among the backups, verified too. Then what its log
holds is written back into it, and the log is gone: SQLite would replay a log left behind on
whatever file has the name, and ruin it. Only now is the copy renamed over the store, which a file
system does at once or not at all, and the folder written out.
"""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Final

from brm_desktop.domain.errors import NewerStore, NotAStore, StoreDamaged, StoreLocked, StoreProblem
from brm_desktop.domain.phrase import phrase
from brm_desktop.storage.copies.backups import Backup, BackupKind, back_up, keep_as_replaced, log_of
from brm_desktop.storage.copies.copying import copy_whole, make_content_durable, require_same, sizes
from brm_desktop.storage.driver import as_database, connect, make_durable, salt_of, told_of
from brm_desktop.storage.keys.store_key import StoreKey
from brm_desktop.storage.keys.vault import find_key_file, put_aside_as
from brm_desktop.storage.place.durable import make_name_durable, write_whole
from brm_desktop.storage.place.holding import told_by_whom
from brm_desktop.storage.place.holdings import look_into

_OLD_SITE: Final = "UPDATE site SET own = 0, status = 'former' WHERE own = 1"
_NEW_SITE: Final = (
    "INSERT INTO site (site, own, device, rep, applied_sequence, status)"
    " SELECT ?, 1, device, rep, 0, 'own' FROM site WHERE own = 1"
)


def replace_store(
    store: Path,
    copy: Path,
    key: StoreKey | None,
    present_key: StoreKey | None,
    site: int,
    at: datetime,
) -> Backup | None:
    """Put a verified copy in the place of a store that is closed; gives what was there, kept.

    The copy becomes ``site``, 64 random bits, since the stamps of the present site went on after it
    was made. ``key`` is the copy's, ``present_key`` the present store's.

    Raises
    ------
    StoreProblem
        When the copy is not whole, the store is open somewhere, or there is no room; then the
        store is as it was.
    """
    look_into(copy, key)
    part = store.with_name(f"{store.name}.restoring")
    with told_of(store):
        try:
            _ready(copy, part, key, site)
            kept = _put_aside(store, present_key, at) if store.exists() else None
            _bring_key_file(store, copy, key)
            log = log_of(store)
            if log.exists():
                log.unlink()
                make_name_durable(store)
            part.replace(store)
        finally:
            for rest in (part, part.with_name(f"{part.name}-journal")):
                rest.unlink(missing_ok=True)
        make_name_durable(store)
    return kept


def _ready(copy: Path, part: Path, key: StoreKey | None, site: int) -> None:
    """Make the file that is to take the store's name: the copy, with a site of its own."""
    copy_whole(copy, part)
    with closing(connect(part, "rw", key)) as connection:
        db = as_database(connection)
        wanted = sizes(connection)
        with db.atomic():
            db.execute(_NEW_SITE, [site.to_bytes(8, "big")])
            db.execute(_OLD_SITE + " AND site <> ?", [site.to_bytes(8, "big")])
    wanted["site"] += 1
    make_content_durable(part)
    require_same(part, key, wanted)


def _put_aside(store: Path, key: StoreKey | None, at: datetime) -> Backup:
    """Keep the present store among the backups, as it is when it cannot be read, and close its log.

    What is written to its log is brought back into it here, so that no log is left. SQLite throws
    away the log of a file that it cannot read; so the log is copied before it looks.
    """
    log, saved = log_of(store), store.with_name(f"{store.name}.restoring-log")
    if _holds_something(log):
        copy_whole(log, saved)
    try:
        with told_by_whom(store), told_of(store), closing(connect(store, "rw", key)) as connection:
            connection.execute("PRAGMA locking_mode = exclusive")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
            make_durable(connection)
            kept = back_up(store, connection, BackupKind.REPLACED, at, key)
            connection.execute("PRAGMA wal_checkpoint(truncate)")
    except (StoreDamaged, NotAStore, NewerStore, StoreLocked):
        return keep_as_replaced(store, at, saved)
    finally:
        saved.unlink(missing_ok=True)
    if _holds_something(log):
        raise StoreProblem(
            phrase("The last changes could not be written into {name}; try again.", name=store.name)
        )
    return kept


def _holds_something(log: Path) -> bool:
    return log.exists() and log.stat().st_size > 0


def _bring_key_file(store: Path, copy: Path, key: StoreKey | None) -> None:
    """Have the key file of the copy beside the store, where its salt finds it."""
    if key is None:
        return
    salt = salt_of(copy)
    if find_key_file(store, salt) is None:
        file = find_key_file(copy, salt)
        if file is not None:
            write_whole(put_aside_as(store, salt), file.to_bytes())
