"""Seeing that the numbers of every month that has ended are kept, while a store is open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from brm_desktop.domain.change import Change, StaleChange
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Account
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.work import Cancelled, Progress

if TYPE_CHECKING:
    from brm_desktop.session.session import Written
    from brm_desktop.session.snapshots import MonthBuilding

_AFTER_OPENING_MS = 400
_LOOK_EVERY_MS = 60_000
_ACCOUNTS_AT_ONCE = 8
"""So many accounts' months are written at once: the store is not kept from others for long."""


class SnapshotKeeper(QObject):
    """Builds missing months soon after a store is opened, and when a month has turned.

    ``writing`` is true while months are brought in: pages need not read accounts again for them.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._building: MonthBuilding | None = None
        self._anew = False
        self._month = None if not desk.is_open else _month_of(desk.session.today())
        self._upset = False
        self.writing = False
        self._soon = QTimer(self, singleShot=True, interval=_AFTER_OPENING_MS)
        self._soon.timeout.connect(self._begin)
        self._look = QTimer(self, interval=_LOOK_EVERY_MS)
        self._look.timeout.connect(self.look)
        desk.opened.connect(self._opened)
        desk.closed.connect(self._closed)
        desk.changed.connect(self._changed)

    def build_anew(self) -> None:
        """Build every month again, as after importing older statements."""
        if self._desk.session.supposing:
            self._desk.messages.say(phrase("Keep or discard the what-if first."))
            return
        self._anew = True
        self._begin()

    def look(self) -> None:
        """See whether a month has ended since."""
        if self._desk.is_open and _month_of(self._desk.session.today()) != self._month:
            self._begin()

    def _opened(self) -> None:
        self._soon.start()
        self._look.start()

    def _closed(self) -> None:
        self._soon.stop()
        self._look.stop()
        self._building = None
        self._anew = self._upset = False

    def _changed(self, change: Change) -> None:
        if self.writing:
            return
        gone = any(isinstance(one, Account) for one in change.before.values())
        self._upset = self._upset or gone or not change

    def _begin(self) -> None:
        if not self._desk.is_open or self._desk.session.supposing:
            return
        if self._building is not None and not self._anew:
            return
        session = self._desk.session
        self._month = _month_of(session.today())
        self._upset = False
        anew, self._anew = self._anew, False

        def plan(_progress: Progress) -> MonthBuilding:
            from brm_desktop.session.snapshots import MonthBuilding

            return MonthBuilding(session, session.months(), anew=anew)

        self._run(plan, partial(self._planned, anew), quiet=True)

    def _planned(self, anew: bool, building: MonthBuilding) -> None:
        if not self._desk.session.supposing:
            self._building = building
            self._next(quiet=not anew, anew=anew)

    def _next(self, *, quiet: bool, anew: bool) -> None:
        building = self._building
        if building is None:
            return
        if building.done:
            self._building = None
            if anew:
                self._desk.messages.say(phrase("The month-end numbers are built anew."))
            return

        session = self._desk.session

        def work(progress: Progress) -> Written:
            from brm_desktop.session.snapshots import NAME

            progress.report(building.share)
            change = building.build_next(_ACCOUNTS_AT_ONCE, progress.check)
            return session.write(NAME, change, undoable=False)

        def done(written: Written) -> None:
            self._show(written)
            if self._upset:
                self._building = None  # what is still to come may not hold any more; begin again
                self._soon.start()
            else:
                self._next(quiet=quiet, anew=anew)

        self._run(work, done, quiet=quiet)

    def _show(self, written: Written) -> None:
        """Bring months of what is loaded into memory; of other accounts nothing is to be told."""
        if written.coming:
            self.writing = True
            try:
                self._desk.session.show_written(replace(written, change=written.coming))
            finally:
                self.writing = False

    def _run(
        self,
        work: Callable[[Progress], object],
        done: Callable[..., None],
        *,
        quiet: bool,
    ) -> None:
        def failed(error: BaseException) -> None:
            self._building = None
            if isinstance(error, StaleChange | Refused):
                self._month = None  # an account went meanwhile, or a what-if began: later again
            elif not isinstance(error, Cancelled):
                self._desk.messages.failed_unasked(error)

        self._desk.jobs.run(phrase("Building month-end numbers"), work, done, failed, quiet=quiet)


def _month_of(day: date) -> date:
    """The month of a day; what else snapshots are made of is not needed to open a store."""
    from brm_desktop.domain.snapshots import month_of

    return month_of(day)
