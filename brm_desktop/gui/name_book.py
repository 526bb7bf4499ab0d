"""The names of the whole store, so that the palette finds who is in accounts not opened yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from brm_desktop.domain.change import Change
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Account, AccountId, Person, PersonId, ProjectId
from brm_desktop.domain.spelling import name_order, spellings
from brm_desktop.gui.desk import Desk, Page, Place, Tab
from brm_desktop.gui.work import Cancelled, Progress

if TYPE_CHECKING:
    from brm_desktop.session.session import NameLine

_AFTER_MS = 250
"""How long to wait for more changes before the names are read again."""
_CHECK_EVERY = 500


class NameBook(QObject):
    """People and projects of all accounts, read off the window's thread.

    What is loaded is read from the records themselves, so only what happens elsewhere in the store
    makes the book old: an import, an undo, an account removed.
    """

    renewed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._lines: list[NameLine] = []
        self._wanted: tuple[AccountId, PersonId] | None = None
        self._timer = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._timer.timeout.connect(self._read)
        desk.opened.connect(self._timer.start)
        desk.closed.connect(self._forget)
        desk.changed.connect(self._changed)
        desk.arrived.connect(self._arrived)

    def elsewhere(self) -> list[NameLine]:
        """Who and what is in accounts that are not loaded."""
        loaded = self._desk.records.all(Account)
        return [line for line in self._lines if line.account not in loaded]

    def go_to(self, line: NameLine) -> None:
        """Open the account, and show the person or the project in it."""
        if line.kind is Person:
            self._wanted = (line.account, PersonId(line.id))
            self._desk.go(Place(Page.ACCOUNT, line.account, Tab.MAP))
        else:
            self._desk.go(Place(Page.ACCOUNT, line.account, Tab.CHAINS, ProjectId(line.id)))

    def _arrived(self, place: Place) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is not None and place.account == wanted[0]:
            QTimer.singleShot(0, self, lambda: self._show(*wanted))

    def _show(self, account: AccountId, person: PersonId) -> None:
        here = self._desk.is_open and self._desk.place.account == account
        if here and self._desk.records.get(Person, person) is not None:
            self._desk.show_person(person)

    def _changed(self, change: Change) -> None:
        if not change or any(isinstance(record, Account) for record in change.before.values()):
            self._timer.start()

    def _forget(self) -> None:
        self._timer.stop()
        self._lines, self._wanted = [], None

    def _read(self) -> None:
        if not self._desk.is_open:
            return
        session = self._desk.session

        def work(progress: Progress) -> list[NameLine]:
            lines = session.names()
            for place, line in enumerate(lines):
                if place % _CHECK_EVERY == 0:
                    progress.check()
                spellings(line.name)
                name_order(line.account_name)
            return lines

        self._desk.jobs.run(
            phrase("Reading the names"), work, self._have, self._not_read, quiet=True
        )

    def _not_read(self, error: BaseException) -> None:
        if not isinstance(error, Cancelled):
            self._desk.messages.failed_unasked(error)

    def _have(self, lines: list[NameLine]) -> None:
        self._lines = lines
        self.renewed.emit()
