"""One thing after another computed off the window's thread, only the newest that was asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject

from brm_desktop.domain.phrase import phrase
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.work import Cancelled

T = TypeVar("T")


class Working(QObject):
    """Computes one thing after another off the window's thread, only the newest asked for."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._next: Callable[[], None] | None = None
        self._running = False

    def ask(self, work: Callable[[], T], done: Callable[[T], object]) -> None:
        """Compute, and hand the result over unless something newer was asked for meanwhile."""
        self._next = partial(self._start, work, done)
        if not self._running:
            self._go()

    def _go(self) -> None:
        start, self._next = self._next, None
        if start is not None and self._desk.is_open:
            start()

    def _start(self, work: Callable[[], T], done: Callable[[T], object]) -> None:
        self._running = True

        def over(result: T) -> None:
            self._running = False
            if self._next is None:
                done(result)
            self._go()

        def failed(error: BaseException) -> None:
            self._running = False
            if not isinstance(error, Cancelled):
                self._desk.messages.failed_unasked(error)
            self._go()

        self._desk.jobs.run(phrase("Computing"), lambda _progress: work(), over, failed, quiet=True)
