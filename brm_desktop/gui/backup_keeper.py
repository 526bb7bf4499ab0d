"""Seeing that there is a backup of every day a store is worked on, without a word about it.

A few seconds after opening, when nothing else is under way and nobody types, the daily copy is made
off the window's thread; and again when a day has turned while the store stays open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from brm_desktop.domain.errors import Problem
from brm_desktop.domain.phrase import phrase
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.sync.asset_band import is_asset
from brm_desktop.gui.work import Cancelled, Progress

if TYPE_CHECKING:
    from brm_desktop.session.backups import Backup

_AFTER_OPENING_MS = 4_000
_QUIET_FOR_MS = 2_000
_LOOK_EVERY_MS = 60_000

NAME = phrase("Making a backup")


class BackupKeeper(QObject):
    """Makes the daily backup; a failure is said once while a store is open."""

    made = Signal(object)
    """A backup was made, by the keeper or by hand."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._told = False
        self._under_way = False
        self._soon = QTimer(self, singleShot=True, interval=_AFTER_OPENING_MS)
        self._soon.timeout.connect(self._begin)
        self._look = QTimer(self, interval=_LOOK_EVERY_MS)
        self._look.timeout.connect(self._begin)
        desk.opened.connect(self._opened)
        desk.closed.connect(self._closed)
        desk.changed.connect(self._changed)

    def make_now(self) -> None:
        """Make a backup by hand, and say so."""
        if is_asset(self._desk):
            self._desk.messages.warn(phrase("This is a copy of the shared asset; it is not kept."))
            return
        session = self._desk.session

        def work(progress: Progress) -> Backup:
            from brm_desktop.session.backups import BackupKind

            return session.back_up(BackupKind.BY_HAND, lambda: progress.stopped)

        def done(backup: Backup) -> None:
            self.made.emit(backup)
            self._desk.messages.say(
                phrase("Backup made and verified: {file}", file=backup.path.name)
            )

        def failed(error: BaseException) -> None:
            if not isinstance(error, Cancelled):
                self._desk.messages.failed(error)

        self._desk.jobs.run(NAME, work, done, failed)

    def _opened(self) -> None:
        self._told = False
        self._soon.start(_AFTER_OPENING_MS)
        self._look.start()

    def _closed(self) -> None:
        self._soon.stop()
        self._look.stop()
        self._under_way = False

    def _changed(self) -> None:
        """Somebody is at work: wait until the hands rest, if the copy is still to come."""
        if self._soon.isActive():
            self._soon.start(max(_QUIET_FOR_MS, self._soon.remainingTime()))

    def _begin(self) -> None:
        if not self._desk.is_open or self._under_way or is_asset(self._desk):
            return
        if self._desk.jobs.running:
            self._soon.start(_QUIET_FOR_MS)
            return
        session = self._desk.session
        self._under_way = True

        def work(progress: Progress) -> Backup | None:
            from brm_desktop.session.backups import BackupKind, is_due

            if not is_due(session.path, session.moment()):
                return None
            return session.back_up(BackupKind.DAILY, lambda: progress.stopped)

        self._desk.jobs.run(NAME, work, self._done, self._failed, quiet=True)

    def _done(self, backup: Backup | None) -> None:
        self._under_way = False
        if backup is not None:
            self.made.emit(backup)

    def _failed(self, error: BaseException) -> None:
        self._under_way = False
        if not isinstance(error, Problem):
            self._desk.messages.failed(error)
        elif not self._told:
            self._told = True
            self._desk.messages.failed(error)
