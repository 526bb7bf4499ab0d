"""What is done once the window has come to rest: memory that nobody needs is given back.

While a store is read its pages are kept, as they may be asked for again; and what the C library is
given back it keeps for whoever asks next. A window over very many accounts would hold a third more
for it until it is closed.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from brm_desktop.domain.errors import Problem
from brm_desktop.domain.phrase import phrase
from brm_desktop.gui.work import Cancelled, Job, Progress

if TYPE_CHECKING:
    from brm_desktop.gui.desk import Desk
    from brm_desktop.session.session import Session

_AFTER_MS: Final = 3_000


class Resting(QObject):
    """Gives memory back when nothing has been computed for some seconds."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._own: Job | None = None
        self._timer = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._timer.timeout.connect(self.give_back)
        desk.jobs.ended.connect(self._ended)

    def give_back(self) -> None:
        """Give back, in a worker, what reading took; later while something is under way."""
        if self._desk.jobs.running:
            self._timer.start()
            return
        session = self._desk.session if self._desk.is_open else None

        def work(_progress: Progress) -> None:
            _give_back(session)

        self._own = self._desk.jobs.run(
            phrase("Computing"), work, self._done, self._failed, quiet=True
        )

    def _ended(self, job: Job) -> None:
        if job is not self._own:
            self._timer.start()

    def _done(self, _result: None) -> None:
        self._own = None

    def _failed(self, error: BaseException) -> None:
        """A store that is out of reach is told to whoever asks something of it; this did not."""
        self._own = None
        if not isinstance(error, Cancelled | Problem):
            self._desk.messages.failed(error)


def _give_back(session: Session | None) -> None:
    if session is not None:
        session.let_go()
    if sys.platform == "linux":
        from ctypes import CDLL

        trim = getattr(CDLL(None), "malloc_trim", None)
        if trim is not None:  # glibc has it, and no other
            trim(0)
