"""Knowing how much is to be looked at, whatever page is on show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from brm_desktop.domain.errors import Problem
from brm_desktop.domain.phrase import phrase
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.work import Cancelled, Progress

if TYPE_CHECKING:
    from brm_desktop.gui.review.findings import Findings

_AFTER_OPENING_MS = 3_000
_AFTER_A_CHANGE_MS = 1_500
_LONG_MS = 2_000
"""A store that takes longer to look through is looked through when the page asks for it."""
_MANY = 1_000
"""What more findings are about takes ten megabytes: they are held by the page, once it is seen."""


class ReviewKeeper(QObject):
    """Looks through the store when it changed; ``found`` tells all, ``counted`` what presses."""

    found = Signal(object)
    counted = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._looking = self._again = False
        self._took = 0
        self._clock = QElapsedTimer()
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self.look)
        self.findings: Findings | None = None
        desk.opened.connect(lambda: self._soon.start(_AFTER_OPENING_MS))
        desk.changed.connect(self._changed)
        desk.closed.connect(self._closed)

    def look(self) -> None:
        """Look through the store now, off the window's thread."""
        if not self._desk.is_open:
            return
        if self._looking:
            self._again = True
            return
        self._looking = True
        self._clock.start()
        session = self._desk.session

        def work(progress: Progress) -> Findings:
            from brm_desktop.gui.review.findings import find

            return find(session, progress)

        def done(findings: Findings) -> None:
            self._looking = False
            self._took = self._clock.elapsed()
            if self._desk.is_open and self._desk.session is session:
                many = len(findings.pressing) + len(findings.perhaps) > _MANY
                self.findings = None if many else findings
                self.counted.emit(len(findings.pressing))
                self.found.emit(findings)
            if self._again:
                self._again = False
                self.look()

        def failed(error: BaseException) -> None:
            self._looking = False
            if not isinstance(error, Cancelled | Problem):
                self._desk.messages.failed(error)

        self._desk.jobs.run(
            phrase("Looking for conflicts and duplicates"),
            work,
            done,
            failed,
            quiet=True,
        )

    def _changed(self) -> None:
        if self._desk.is_open and self._took < _LONG_MS:
            self._soon.start(_AFTER_A_CHANGE_MS)

    def _closed(self) -> None:
        self._soon.stop()
        self._looking = self._again = False
        self.findings = None
        self.counted.emit(0)
