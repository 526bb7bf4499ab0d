"""What a session tells of a whole store, opened or not, without loading any of it."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator
from datetime import date
from pathlib import Path

from brm_desktop.domain.change import Change
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import Phrase
from brm_desktop.domain.records import (
    AccountId,
    Opportunity,
    Record,
    Records,
    Snapshot,
    id_of,
)
from brm_desktop.session.clock import Clock
from brm_desktop.session.naming import named_account
from brm_desktop.session.supposing import NOT_WHILE_SUPPOSING, Book, Supposition
from brm_desktop.storage.copies.backups import Backup
from brm_desktop.storage.local_store import LocalStore
from brm_desktop.storage.place.holdings import Holding
from brm_desktop.storage.rows.lines import (
    AccountLine,
    HistoryLine,
    MonthsLine,
    NameLine,
    PersonLine,
)

__all__ = ["Overview", "PersonLine"]


class Overview:
    """The part of a session that only reads.

    What is supposed shows in accounts, names and records; history, counts and check are of what
    is saved.
    """

    _clock: Clock

    def __init__(self, store: LocalStore) -> None:
        self._store = store
        self._book: Book = store
        """Where changes are entered: the store, or in its place what is supposed."""

    @property
    def path(self) -> Path:
        """The store's file."""
        return self._store.path

    @property
    def warning(self) -> Phrase | None:
        """What the user is to know of the store's place; to be said once, when it was opened."""
        return self._store.warning

    @property
    def supposing(self) -> bool:
        """Whether edits are only supposed: in memory and views, and nowhere else."""
        return self._supposed is not None

    @property
    def supposed(self) -> Change:
        """All that is supposed now, as one change of what is saved."""
        return Change() if self._supposed is None else self._supposed.change

    @property
    def supposed_count(self) -> int:
        """How many changes are supposed now."""
        return 0 if self._supposed is None else self._supposed.count

    def leave_supposing_first(self) -> None:
        """Refuse what would carry a what-if out of memory, or mix it with what comes in."""
        if self.supposing:
            raise Refused(NOT_WHILE_SUPPOSING)

    def can_undo(self) -> Phrase | None:
        """The name of the edit that :meth:`undo` would take back."""
        step = self._book.step_to_undo()
        return step.name if step else None

    def can_redo(self) -> Phrase | None:
        """The name of the edit that :meth:`redo` would make again."""
        step = self._book.step_to_redo()
        return step.name if step else None

    @property
    def _supposed(self) -> Supposition | None:
        return self._book if isinstance(self._book, Supposition) else None

    @property
    def schema(self) -> int:
        """The version of the store's schema."""
        return self._store.schema

    def portfolio(self) -> list[AccountLine]:
        """Every account, without loading any, in an order that is not yet that of names."""
        return self._book.portfolio()

    def account_ids(self) -> list[AccountId]:
        """Every account, and nothing else of it: for pages that read them in a worker."""
        return [account for account, *_ in self._book.account_names()]

    def names(self, most: int = 200_000) -> list[NameLine]:
        """The people and projects of all accounts, without loading any; safe on a worker thread."""
        return self._book.names(most)

    def find_account(self, name: str) -> AccountId:
        """The account of an id, an exact name or short name, or a unique beginning of a name.

        Raises
        ------
        NotFound
            When nothing fits; ``Ambiguous`` when several do.
        """
        return named_account(self._book.account_names(), name)

    def all_records(self) -> Records:
        """Everything in the store, for exports and checks; nothing of it comes into memory."""
        return self._book.load_all()

    def records_of(self, kinds: Iterable[type[Record]]) -> Records:
        """Everything of some kinds, as it is saved; safe on a worker thread."""
        return Records(self.each_of(kinds))

    def each_of(self, kinds: Iterable[type[Record]]) -> Iterator[Record]:
        """Everything of some kinds, as it is saved, one by one; safe on a worker thread."""
        return self._store.each_of(kinds)

    def records_with(self, kind: type[Record], ids: Iterable[str]) -> Iterator[Record]:
        """What of a kind has one of the ids, as it is saved; safe on a worker thread."""
        return self._store.each_with(kind, ids)

    def opportunities(self) -> list[Opportunity]:
        """The opportunities of all accounts, supposed ones too; safe on a worker thread."""
        found = Records(self.each_of((Opportunity,)))
        supposed = self.supposed
        if supposed:
            gone, come = supposed.before.values(), supposed.after.values()
            found = found.with_changes(
                (one for one in gone if isinstance(one, Opportunity)),
                (one for one in come if isinstance(one, Opportunity)),
            )
        return list(found.all(Opportunity).values())

    def snapshots_of(self, subjects: Iterable[str], months: Collection[date]) -> list[Snapshot]:
        """The kept numbers of some accounts or companies in some months, by subject and month.

        Safe on a worker thread; found by their ids, however many others there are.
        """
        ids = (id_of(Snapshot, subject, month) for subject in subjects for month in months)
        found = Records(self.records_with(Snapshot, ids)).all(Snapshot).values()
        return sorted(found, key=lambda one: (one.subject, one.month))

    def read_block(
        self, accounts: Iterable[AccountId], known: Container[str], *, due: bool = False
    ) -> Records:
        """What the numbers of some accounts are computed from; shown to nobody.

        Of people elsewhere those that are ``known`` are left out; with ``due`` what is due is in.
        Safe on a worker thread.
        """
        return self._book.load_block(accounts, known, due=due)

    def lines_of_edit(self, stamp: str) -> list[HistoryLine]:
        """What the edit of a stamp did to each record, a colleague's too; newest first."""
        return self._store.lines_of_edit(stamp)

    def account_in_pieces(self, account: AccountId) -> Records:
        """An account's records, each read when it is asked for: for a question about a few people.

        Nothing of it comes into memory; what it reads is what is saved.
        """
        return self._store.lazy_account(account)

    def people_lines(self, account: AccountId, today: date) -> list[PersonLine]:
        """What an account's people may be called, without loading any; as they are saved."""
        return self._store.people_lines(account, today)

    def history(
        self,
        record_id: str | None = None,
        account: AccountId | None = None,
        limit: int = 500,
    ) -> list[HistoryLine]:
        """What was done to a record, to anything of an account, or at all; newest first."""
        return self._store.history(record_id, account, limit)

    def months(self) -> list[MonthsLine]:
        """The months that are kept of accounts and companies; safe on a worker thread.

        Those that were taken while the clock was ahead of now are not among them.
        """
        return self._store.months(self._clock.millis())

    def counts(self) -> dict[str, int]:
        """How many records of each kind the store holds, by the kind's name (``person``, …)."""
        return self._store.counts()

    def check(self) -> list[Phrase]:
        """What is wrong with the store, a sentence each: schema, file, rules, clocks, history."""
        return self._store.check()

    def let_go(self) -> None:
        """Give back the memory that reading took, of the store's pages; safe on a worker thread."""
        self._store.let_go()

    def holding(self) -> Holding:
        """What the store holds now, as it is said of a backup; safe on a worker thread."""
        return self._store.holding()

    def look_into(self, backup: Backup) -> Holding:
        """What a backup holds that was made with the key of today; safe on a worker thread.

        Raises ``StoreProblem`` when it is not whole, or has another key.
        """
        return self._store.look_into(backup.path)
