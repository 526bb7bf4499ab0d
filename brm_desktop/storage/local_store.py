"""The local store: one file, one connection, one lock; every call all or nothing.

Any thread may call; calls wait for each other. What goes wrong outside the program is raised as
``StoreProblem`` with one sentence, and then nothing has been written.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any, Final

from brm_desktop.domain.change import Change
from brm_desktop.domain.errors import StoreBusy, StoreProblem
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import AccountId, Record, Records
from brm_desktop.domain.stamp import GREATEST, Stamp
from brm_desktop.storage import checking, history, undo
from brm_desktop.storage.copies import backups
from brm_desktop.storage.copies.backups import Backup, BackupKind
from brm_desktop.storage.copies.copying import Stopped, never, write_copy
from brm_desktop.storage.driver import as_database, connect, told_of
from brm_desktop.storage.keys.encrypted import is_encrypted
from brm_desktop.storage.keys.store_key import StoreKey
from brm_desktop.storage.merging.shared_part import SharedPart
from brm_desktop.storage.opening import create_store, open_store
from brm_desktop.storage.place.holding import leave_note, take_note_away, told_by_whom
from brm_desktop.storage.place.holdings import Holding, holding_of, look_into
from brm_desktop.storage.place.places import cloud_folder, file_of
from brm_desktop.storage.rows import blocks, loading, months, pieces, unseen
from brm_desktop.storage.rows.lazy_records import LazyRecords
from brm_desktop.storage.rows.lines import (
    AccountLine,
    HistoryLine,
    MonthsLine,
    NameLine,
    PersonLine,
)
from brm_desktop.storage.rows.mapping import readable, to_json
from brm_desktop.storage.rows.writing import Entry, write_change
from brm_desktop.storage.undo import Step

if TYPE_CHECKING:
    from sqlite3 import Connection  # noqa: TID251 -- its types only

    from brm_desktop.storage.driver import Reader
    from brm_desktop.storage.sqlite_tools import Database


_SITE_BYTES: Final = 8


class LocalStore(SharedPart):
    """An open store."""

    def __init__(self, path: Path, key: StoreKey | None = None) -> None:
        """Open the store at ``path``, an encrypted one with its key; raises ``StoreProblem``."""
        self.path = path
        self.key = key
        """What the store is encrypted with; ``None`` for a plain one and for a closed one."""
        self._lock = RLock()
        self._copying = RLock()
        self._written = self._untold = 0
        with told_by_whom(path):
            self._connection = open_store(path, key=key)
        self.site = _own_site(path, self._connection)
        """The 64 bits that this store's stamps end with."""
        leave_note(path)
        self._place = file_of(path)
        self.warning: Phrase | None = cloud_folder(path)
        """What the user is to know of the place the store lies in, said once when it is opened."""

    @staticmethod
    def create(
        path: Path, site: int, key: StoreKey | None = None, passphrase: str | None = None
    ) -> LocalStore:
        """Make an empty store and open it; one with a key is encrypted, the key locked away.

        Raises ``StoreProblem``.
        """
        create_store(path, site, key, passphrase)
        return LocalStore(path, key)

    @property
    def schema(self) -> int:
        """The version of the schema."""
        with self._asking() as db:
            (version,) = db.execute("PRAGMA user_version").fetchone()
            return int(version)

    def greatest_stamp(self, upto: Stamp = GREATEST) -> Stamp | None:
        """The greatest stamp the store has seen, of any site; the greatest up to one."""
        with self._asking() as db, readable("history", "operation"):
            return history.greatest_upto(db, upto)

    def load_shared(self) -> Records:
        """Whoever is no customer, and the project types."""
        with self._asking() as db:
            return loading.shared_records(db)

    def load_account(self, account: AccountId) -> Records:
        """The working set of one account; empty when there is none of that id.

        Others come to the store meanwhile; when one of them wrote, it is read anew, alone.
        """
        written = self._written
        records = loading.account_records(self._asking, account)
        if self._written == written:
            return records
        with self._asking():
            return loading.account_records(self._asking, account)

    def load_block(
        self, accounts: Iterable[AccountId], known: Container[str], *, due: bool = False
    ) -> Records:
        """What the numbers of some accounts are computed from; others come to the store meanwhile.

        Of people elsewhere those that are ``known`` are left out; with ``due`` what is due is in.
        """
        return blocks.account_block(self._asking, accounts, known, due=due)

    def lazy_account(self, account: AccountId) -> Records:
        """An account's records, each read when it is asked for: for one question about a few."""
        return LazyRecords(self._asking, account)

    def people_lines(self, account: AccountId, today: date) -> list[PersonLine]:
        """What the people of an account who have not left by a day may be called."""
        with self._asking() as db:
            return loading.people_lines(db, account, today)

    def load_guests(self, records: Iterable[Record], known: Container[str]) -> list[Record]:
        """Whoever some records name that is neither among them nor known, with organisations."""
        return loading.guests(self._asking, records, known)

    def belonging(self, records: Iterable[Record], accounts: Iterable[AccountId]) -> set[str]:
        """The ids of those records that are of the shared part or of one of the accounts."""
        with self._asking() as db:
            return loading.belonging(db, records, accounts)

    def unseen(self, change: Change, known: Container[str]) -> list[Record]:
        """The records that bear on a change and were not known when it was decided."""
        with self._asking() as db:
            return unseen.unseen(db, change, known)

    def load_all(self) -> Records:
        """Everything that is not deleted."""
        with self._asking() as db:
            return loading.all_records(db)

    def each_of(self, kinds: Iterable[type[Record]]) -> Iterator[Record]:
        """Everything of some kinds that is not deleted; others come to the store meanwhile."""
        return pieces.kinds_in_pieces(self._asking, kinds)

    def each_with(self, kind: type[Record], ids: Iterable[str]) -> Iterator[Record]:
        """What of a kind has one of the ids and is not deleted; read as :meth:`each_of`."""
        return pieces.ids_in_pieces(self._asking, kind, ids)

    def portfolio(self) -> list[AccountLine]:
        """Every account; by the numbers of the signs of their names."""
        with self._asking() as db:
            return loading.portfolio(db)

    def account_names(self) -> list[tuple[AccountId, str, str]]:
        """Id, name and short name of every account."""
        with self._asking() as db:
            return loading.account_names(db)

    def names(self, most: int) -> list[NameLine]:
        """The people and projects of all accounts, at most so many; others come meanwhile."""
        return list(pieces.names_in_pieces(self._asking, most))

    def months(self, millis: int) -> list[MonthsLine]:
        """The months kept of every account and company, but for those taken after a moment."""
        return months.months(self._asking, millis)

    def counts(self) -> dict[str, int]:
        """How many records of each kind there are."""
        with self._asking() as db:
            return loading.counts(db)

    def history(
        self, record_id: str | None, account: AccountId | None, limit: int
    ) -> list[HistoryLine]:
        """The newest lines of history, of a record or an account when one is given."""
        with self._asking() as db:
            return history.lines(db, record_id, account, limit)

    def lines_of_edit(self, stamp: str) -> list[HistoryLine]:
        """What the edit of a stamp did, newest first; one that came from a colleague, too."""
        with self._reading() as db:
            return history.lines_of_edit(db, stamp)

    def check(self) -> list[Phrase]:
        """What is wrong with the store, a sentence each."""
        with self._reading() as db:
            return checking.problems(db)

    def write(
        self,
        change: Change,
        entry: Entry,
        *,
        undoable: bool = True,
        last_look: Callable[[], object] | None = None,
    ) -> Change:
        """Write a change, its stamps and its history, and make it the step that undo takes back.

        What came from elsewhere is not ``undoable``. ``last_look`` is called when all is written
        and not yet committed; what it raises rolls everything back. Gives what the change brings
        into sight or out of it besides itself. Raises ``StaleChange`` and ``StoreProblem``.
        """
        if undoable:
            self.require_own()
        with self._writing(told=True) as db:
            write_change(db, change, entry)
            seen_anew = _see_anew(db, change, entry)
            if undoable:
                undo.add_step(db, entry)
            if last_look is not None:
                last_look()
            return seen_anew

    @contextmanager
    def trying(self, change: Change, entry: Entry) -> Iterator[None]:
        """What is read inside is read as if a change were written; nothing of it stays.

        Raises ``StaleChange`` and ``StoreProblem`` as writing it would.
        """
        with self._asking() as db:
            if not change or db.in_transaction:
                yield
                return
            db.execute("BEGIN IMMEDIATE")
            try:
                write_change(self._db, change, entry)
                yield
            finally:
                db.rollback()

    def step_to_undo(self) -> Step | None:
        """The edit that would be undone next."""
        with self._asking() as db:
            return undo.step_to_undo(db)

    def step_to_redo(self) -> Step | None:
        """The edit that would be redone next."""
        with self._asking() as db:
            return undo.step_to_redo(db)

    def change_of_step(self, step: Step) -> Change:
        """The change that undoes or redoes a step; raises ``StaleChange``."""
        with self._asking() as db:
            return undo.change_of_step(db, step)

    def write_step(self, step: Step, change: Change, entry: Entry) -> Change:
        """Write the change of a step and mark it; gives what else comes into sight or goes."""
        with self._writing(told=True) as db:
            write_change(db, change, entry)
            seen_anew = _see_anew(db, change, entry)
            undo.mark_step(db, step)
            return seen_anew

    def drop_step(self, step: Step) -> None:
        """Forget a step that can be taken back or made again no more; what it did stays."""
        with self._writing() as db:
            undo.drop_step(db, step)

    def read_settings(self) -> dict[str, Any]:
        """The settings as values of JSON."""
        with self._asking() as db, readable("setting", "value"):
            return {
                key: json.loads(value)
                for key, value in db.execute('SELECT "key", value FROM setting')
            }

    def write_settings(self, values: dict[str, Any]) -> None:
        """Keep some settings; the others stay."""
        with self._writing(told=True) as db:
            db.conn.executemany(
                'INSERT OR REPLACE INTO setting ("key", value) VALUES (?, ?)',
                [(key, to_json(value)) for key, value in values.items()],
            )

    def back_up(self, kind: BackupKind, at: datetime, stopped: Stopped = never) -> Backup:
        """Make a verified copy beside the store, while others go on; raises ``StoreProblem``."""
        with self._standing_still() as still:
            return backups.back_up(self.path, still, kind, at, self.key, stopped)

    def copy_to(self, path: Path, stopped: Stopped = never) -> None:
        """Write a verified copy with the same key, while others go on; raises ``StoreProblem``."""
        with self._standing_still() as still:
            write_copy(still, path, self.key, stopped)

    def holding(self) -> Holding:
        """What the store holds, as it is said of a backup; counted while others go on."""
        with self._standing_still() as still:
            return holding_of(still, encrypted=self.key is not None)

    def look_into(self, copy: Path) -> Holding:
        """What a copy of this store holds; raises ``StoreProblem``."""
        return look_into(copy, self.key if is_encrypted(copy) else None)

    def let_go(self) -> None:
        """Give back the memory of pages that were read; they are read again when they are asked."""
        with self._asking() as db:
            db.execute("PRAGMA shrink_memory")

    def close(self) -> None:
        """Write what the log holds into the file and close it; closing twice does no harm."""
        with self._copying:
            take_note_away(self.path)
            with self._asking() as db:
                db.close()
            self.key = None

    @contextmanager
    def _standing_still(self) -> Iterator[Connection]:
        """A connection to the store as it is now, of which others need not wait for the end.

        What they write meanwhile stays in the log; the file is read, with all there was till now.
        """
        with self._copying, told_of(self.path):
            self._require_place()
            with self._asking() as db:
                _write_back(db)
                db.execute("PRAGMA wal_autocheckpoint = 0")
            try:
                with closing(connect(self.path, "immutable", self.key)) as still:
                    yield still
            finally:
                with self._asking() as db:
                    db.execute("PRAGMA wal_autocheckpoint = 1000")

    @contextmanager
    def _asking(self) -> Iterator[Connection]:
        with self._lock, told_of(self.path):
            yield self._connection

    @contextmanager
    def _reading(self) -> Iterator[Database]:
        with self._asking():
            yield self._db

    def _require_place(self) -> None:
        """See that the path still leads to this store; raises ``StoreProblem``."""
        if file_of(self.path) != self._place:
            raise StoreProblem(
                phrase("{name} is no longer in its folder; put it back.", name=self.path.name)
            )

    @cached_property
    def _db(self) -> Database:
        """The connection as sqlite-utils sees it, once more than asking is wanted of it."""
        return as_database(self._connection)

    def transaction(self) -> AbstractContextManager[Database]:
        """All or nothing, for what an asset keeps besides records; raises ``StoreProblem``."""
        return self._writing()

    @contextmanager
    def _writing(self, *, told: bool = False) -> Iterator[Database]:
        """All or nothing; ``told`` of what history tells all of."""
        with self._lock, told_of(self.path):
            self._require_place()
            self._written += 1
            self._untold += not told
            with self._db.atomic():
                yield self._db


def _see_anew(db: Database, change: Change, entry: Entry) -> Change:
    from brm_desktop.storage.merging.after_edit import see_anew

    return see_anew(db, change, entry)


def _write_back(db: Reader) -> None:
    """Bring all that the log holds into the file; raises ``StoreBusy`` when somebody reads."""
    (busy, *_) = db.execute("PRAGMA wal_checkpoint(truncate)").fetchone()
    if busy:
        raise StoreBusy(phrase("The store is in use just now; try again."))


def _own_site(path: Path, db: Connection) -> int:
    """The device that the store says it is of; a store that says none is closed and refused."""
    try:
        with told_of(path), readable("site", "own"):
            (own,) = db.execute("SELECT site FROM site WHERE own = 1").fetchone()
            if len(own) != _SITE_BYTES:
                raise ValueError(own)
            return int.from_bytes(own, "big")
    except BaseException:
        db.close()
        raise
