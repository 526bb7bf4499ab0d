"""Reading all accounts off the window's thread, and telling the pages of relations what came."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from brm_desktop.domain.alike import Alike
from brm_desktop.domain.change import Change
from brm_desktop.domain.errors import Problem
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Account, AccountId
from brm_desktop.domain.relations_held import AccountRelations
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.snapshot_keeper import SnapshotKeeper
from brm_desktop.gui.work import Cancelled, Progress
from brm_desktop.session.company import AccountsBook, OfAccount, Reading

A = TypeVar("A", bound=OfAccount)

_TOLD_EVERY = 0.8
"""Seconds after which a worker hands over what it has read so far."""
_AFTER_MS = 120


class AccountsGathered(QObject, Generic[A]):
    """Something small of all accounts, as it comes; what that is says :meth:`look_at`.

    Nothing is read before a page asks. ``renewed`` is told when more is known or something is
    forgotten; ``read`` of ``of`` accounts are known.
    """

    renewed = Signal()
    _came = Signal(object, object)
    at_once = 1
    """How many accounts :meth:`look_at_some` is given."""

    def __init__(self, desk: Desk, book: AccountsBook[A] | None = None) -> None:
        super().__init__(desk)
        self._desk = desk
        self._book: AccountsBook[A] = AccountsBook() if book is None else book
        self._ids: list[AccountId] | None = None
        self._asked = False
        self._running = False
        self._round = 0
        self._forgotten: set[AccountId] = set()
        self._settled = False
        self.stopped = False
        self.of = 0
        self._timer = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._timer.timeout.connect(self._read)
        self._came.connect(self._take)
        desk.changed.connect(self._changed)
        desk.settings_changed.connect(self._begin_anew)
        desk.opened.connect(self._begin_anew)
        desk.closed.connect(self._close)

    def accounts(self) -> list[AccountId]:
        """Which accounts, in the order they are read in; asked of the store once they changed."""
        if self._ids is None:
            self._ids = self._desk.session.account_ids()
        return self._ids

    def look_at(self, reading: Reading, account: AccountId) -> A | None:
        """What is kept of an account, ``None`` when it is gone; called in a worker."""
        raise NotImplementedError

    def look_at_some(self, reading: Reading, accounts: Sequence[AccountId]) -> Iterable[A]:
        """What is kept of some accounts, of those that are there; called in a worker."""
        found = (self.look_at(reading, account) for account in accounts)
        return [one for one in found if one is not None]

    @property
    def held(self) -> tuple[A, ...]:
        """What is known so far, by the accounts' names."""
        return self._book.held

    @property
    def read(self) -> int:
        """How many accounts are known."""
        return len(self._book)

    @property
    def settled(self) -> bool:
        """Whether all accounts are known."""
        return self._settled

    def ask(self) -> None:
        """See that everything is read; a page that is shown asks."""
        self._asked = True
        if not self._settled and not self.stopped and not self._running:
            self._read()

    def rest(self) -> None:
        """Begin to read nothing until somebody asks again, as while no page is looked at."""
        self._asked = False

    def go_on(self) -> None:
        """Read on after the user stopped it."""
        self.stopped = False
        self.ask()

    def _changed(self, change: Change) -> None:
        if self._are_others(change):
            self._ids = None
        keeper = self._desk.findChild(SnapshotKeeper)
        if keeper is not None and keeper.writing:
            return  # months that are kept move nothing of today
        if self._book.is_empty and not (self._asked or self._running):
            self._settled = False
            return
        touched = self._book.forget(self._desk.records, change)
        if touched == frozenset():
            return
        if touched is None:
            self._round += 1
        else:
            self._forgotten |= touched
        self._settled = False
        if self._asked:
            self._timer.start()

    def _are_others(self, change: Change) -> bool:
        """Whether an account may have come or gone; to open one, or to rename it, is neither."""
        known = frozenset(self._ids or ())
        both = (*change.before.values(), *change.after.values())
        keys = {one.id for one in both if isinstance(one, Account)}
        return not change or any(key not in change.after or key not in known for key in keys)

    def _begin_anew(self) -> None:
        self._ids = None
        self._book.clear()
        self._round += 1
        self._settled = False
        self.stopped = False
        if self._asked and self._desk.is_open:
            self._timer.start()

    def _close(self) -> None:
        self._ids = None
        self._book.clear()
        self._timer.stop()
        self._asked = self._running = self._settled = False
        self._round += 1
        self.of = 0

    def _read(self) -> None:
        if not self._desk.is_open or self._running:
            return
        session = self._desk.session
        accounts = self.accounts()
        self.of = len(accounts)
        wanted = self._book.missing(accounts, session.today())
        self._forgotten.clear()
        self._settled = not wanted
        if not wanted:
            self.renewed.emit()
            return
        self._running = True
        work = partial(self._work, Reading.of(session), wanted, self._round)
        self._desk.jobs.run(phrase("Reading the accounts"), work, self._done, self._failed)

    def _work(
        self, reading: Reading, wanted: list[AccountId], of_round: int, progress: Progress
    ) -> None:
        found: list[A] = []
        told, alike = time.monotonic(), Alike()
        for place in range(0, len(wanted), self.at_once):
            progress.report(place / len(wanted))
            some = self.look_at_some(reading, wanted[place : place + self.at_once])
            found += map(alike.one, some)
            if time.monotonic() - told > _TOLD_EVERY:
                self._came.emit(of_round, found)
                found, told = [], time.monotonic()
        self._came.emit(of_round, found)

    def _take(self, of_round: int, found: list[A]) -> None:
        if of_round == self._round and self._desk.is_open:
            for one in found:
                if one.account not in self._forgotten:
                    self._book.have(one)
            self.renewed.emit()

    def _done(self, _result: None) -> None:
        self._running = False
        self._read()

    def _failed(self, error: BaseException) -> None:
        self._running = False
        self.stopped = True
        self.renewed.emit()
        if not isinstance(error, Cancelled | Problem):
            self._desk.messages.failed(error)


class Gathering(AccountsGathered[AccountRelations]):
    """The relations held in all accounts."""

    def look_at(self, reading: Reading, account: AccountId) -> AccountRelations | None:
        """The relations an account holds."""
        return reading.relations(account)


def gathering_of(desk: Desk) -> Gathering:
    """The one gathering of a window."""
    found = desk.findChild(Gathering)
    return found if isinstance(found, Gathering) else Gathering(desk)
